"""What was searched for names before, and held none: a report changes in one place at a time, and all of it is searched.

Of each part that holds nothing a mark is kept, which depends on the part, on everything that must not appear, and on a
key of the user's, so that it tells nothing to anybody and holds for nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.protection.secrets import Secrets

_SIZE: Final = 16
"""Bytes of a mark, and of a digest."""
REACH: Final = 2_000
"""Characters over which a name may go on, with all that stands within it."""
_BORDERS: Final = 21
"""Of 256 parts so many end a window."""


class Clean:
    """The marks of what holds nothing.

    Without a key it keeps what it learns for as long as it lives.

    Attributes:
        earlier: What an earlier search learned.
    """

    def __init__(self, key: bytes = b"", earlier: bytes = b"") -> None:
        """Take up what an earlier search learned.

        Args:
            key: The user's, 64 bytes at most.
            earlier: What :meth:`written` gave.
        """
        self._key = key
        self.earlier = earlier
        self._known = {earlier[at : at + _SIZE] for at in range(0, len(earlier), _SIZE)}
        self._used: dict[bytes, None] = {}

    def mark(self, secrets: Secrets, *parts: bytes) -> bytes:
        """Return the mark of something that is searched for ``secrets``.

        Args:
            secrets: What must not appear in it.
            parts: Everything that the search depends on.
        """
        return digest_of(secrets.fingerprint, *parts, key=self._key)

    def knows(self, mark: bytes) -> bool:
        """Whether it was searched before and held nothing."""
        if mark in self._known:
            self._used[mark] = None
            return True
        return mark in self._used

    def add(self, mark: bytes) -> None:
        """Note that something was searched and holds nothing."""
        self._used[mark] = None

    def written(self) -> bytes:
        """Return the marks that were asked for or added, for the next search."""
        return b"".join(self._used)


def digest_of(*parts: bytes, key: bytes = b"") -> bytes:
    """Return a digest of several parts, none of which runs into the next.

    Args:
        parts: They.
        key: What only who made it knows, 64 bytes at most; nothing for a digest that anybody can make.
    """
    digest = hashlib.blake2b(digest_size=_SIZE, key=key)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def windows(prints: Sequence[bytes], reach: int) -> Iterator[tuple[int, int]]:
    """Divide a row of parts into windows that reach into each other, so that what goes over a border stands in one.

    Args:
        prints: A digest of each part.
        reach: How many parts of the next window belong to each; nothing that is searched is as long.

    Yields:
        The first part of each and the one behind its last.
    """
    for first, last in pairwise(borders(prints)):
        yield first, min(last + reach, len(prints))


def borders(prints: Sequence[bytes], of_256: int = _BORDERS) -> list[int]:
    """Return where windows of a row of parts begin, and where the last one ends: an edit moves none but those near it.

    Args:
        prints: A digest of each part, which has it whether a window ends there.
        of_256: After how many parts of 256 one does.
    """
    return sorted({0, *(at for at, one in enumerate(prints, 1) if one[0] < of_256), len(prints)})


__all__ = ["REACH", "Clean", "borders", "digest_of", "windows"]
