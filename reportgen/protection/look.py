"""One finished file being searched: what is found in it, told by place and never by value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Final
from urllib.parse import unquote

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.protection.asides import printed, printed_closely
from reportgen.protection.clean import Clean
from reportgen.protection.secrets import Secret, Secrets
from reportgen.protection.squash import Finder
from reportgen.resources import resource

MOST_BYTES: Final = 200_000_000
"""What all that is packed in a file may come to."""
MOST_TEXT: Final = 60_000_000
"""Characters that may be searched, some of them several times: twenty times what a thousand pages need."""
_MACHINE: Final = re.compile(
    r"(?<!\w)file:/|(?<![\w/.])/(?:home|users)/[\w.-]+/|(?<!\w)[a-z]:\\+users\\+|(?<!\w)\\\\[\w.-]+\\"
)
_SIGNS: Final = ("file:/", "/home/", "/users/", ":\\", "\\\\")
_ESCAPE: Final = re.compile(r"\\(?:u\{?|x|U|(?=[0-9A-Fa-f]))0*([0-9A-Fa-f]{1,6})\}?[ \t\n]?")
_PRINTED: Final = re.compile(rb"(?:[\x20-\x7e]|[\xc3-\xdf][\x80-\xbf]){6,}")
_BLANKED: Final = bytes(byte if 0x20 <= byte != 0x7F else 0x0A for byte in range(256))
_APART: Final = "qxqzq"
"""Stands between pieces that do not go on in each other; no name reaches over it."""
_BRACKETS: Final = re.compile(r"[()\[\]]")
_DEEPEST: Final = 4
"""Brackets within each other that are looked at."""
_PAIR: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TEMPLATES: Final = frozenset({".html", ".css", ".j2", ".xml", ".svg"})


class TooMuch(Exception):  # noqa: N818 - told as such
    """More is packed in a file than can be searched."""


@dataclass
class Look:
    """A search through one file.

    Attributes:
        name: Name of the file, for messages.
        secrets: What must not appear in it.
        found: Errors so far.
        left: How many bytes may still be unpacked.
        patience: How many characters may still be searched.
        clean: What was searched before.
        told: How often something was found, in however many places.
    """

    name: str
    secrets: Secrets
    found: list[Diagnostic] = field(default_factory=list)
    left: int = MOST_BYTES
    patience: int = MOST_TEXT
    clean: Clean = field(default_factory=Clean)
    told: int = 0

    @property
    def joints(self) -> tuple[str, ...]:
        """What to put between words that are drawn one by one; where words end counts for short names only."""
        return ("\n", "") if self.secrets.short else ("\n",)

    def knows(self, *parts: bytes) -> bool:
        """Whether something was searched before and held nothing."""
        return self.clean.knows(self.clean.mark(self.secrets, *parts))

    def learn(self, told: int, *parts: bytes) -> None:
        """Note that something was searched, unless it holds something.

        Args:
            told: How often something was found before it was searched.
            parts: Everything that the search depends on beside what must not appear.
        """
        if self.told == told:
            self.clean.add(self.clean.mark(self.secrets, *parts))

    def texts(self, pieces: Iterable[tuple[str, str]], *, flowing: bool = False, machine: bool = False) -> None:
        """Search pieces of text, each with its place; all at once, for there are many and most hold nothing.

        Args:
            pieces: Place and text.
            flowing: Whether each piece goes on in the next, as lines and pages do.
            machine: Whether it is read by programs rather than people, such as a style sheet. There a name that is a
                word of the program's own templates, as “Black” or “Page”, counts for nothing.
        """
        known = list(pieces) if flowing else [(place, _closed(text)) for place, text in pieces]
        self._search(known, flowing=flowing, machine=machine)
        for sign, reading in _READINGS.items():
            if any(sign in text for _, text in known):
                self._search(list(_read(known, sign, reading)), flowing=flowing, machine=machine)

    def text(self, text: str, place: str) -> None:
        """Search one text that people may read."""
        self.texts([(place, text)])

    def data(self, data: bytes, place: str) -> None:
        """Search bytes of whatever kind for what looks like text."""
        plain = data.translate(_BLANKED, b"\0")  # without zeros UTF-16 reads as what it is made of
        self.texts((place, run.decode("utf-8", "replace")) for run in _PRINTED.findall(plain))

    def acts(self, place: str) -> None:
        """Report something that acts, is attached, or tells of this computer."""
        self._add(diagnostic("RG913", file=self.name, where=self._harmless(place)))

    def unread(self, place: str) -> None:
        """Report that a part can't be searched, which is as bad as a name in it."""
        self._add(diagnostic("RG912", file=self.name, where=self._harmless(place)))

    def unpacked(self, size: int) -> None:
        """Count what was unpacked.

        Raises:
            TooMuch: It is more than any report holds.
        """
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def _search(self, pieces: Sequence[tuple[str, str]], *, flowing: bool, machine: bool) -> None:
        between = "\n" if flowing else f"\n{_APART}\n"
        whole = between.join(text for _, text in pieces)
        self.patience -= len(whole)
        if self.patience < 0:
            raise TooMuch
        read, closely = (_as_it_stands, _as_it_stands) if machine else (printed, printed_closely)
        found = self.secrets.found(whole, read) if self.secrets.may_stand(closely(whole)) else ()
        hits = [pair for pair in found if not (machine and _is_ours(pair[0].words))]
        if hits:
            starts = list(accumulate((len(text) + len(between) for _, text in pieces), initial=0))
            for secret, hit in hits:
                number = bisect_right(starts, hit.start) - 1
                if flowing or hit.end < starts[number + 1]:
                    self._tell(secret, pieces[number][0])
        if self._tells_place(whole):
            for place, text in pieces:
                if self._tells_place(text):
                    self.acts(f"{place}, file:")

    def _tells_place(self, text: str) -> bool:
        """Whether a text holds the path of a file on this computer, or on any."""
        folders = [re.escape(folder) for folder in self.secrets.folders if folder in text]
        if folders and re.search(rf"(?<!\w)(?:{'|'.join(folders)})(?!\w)", text):
            return True
        plain = text.casefold()
        return any(sign in plain for sign in _SIGNS) and bool(_MACHINE.search(plain))

    def _tell(self, secret: Secret, place: str) -> None:
        source = f"{secret.span.file}:{secret.span.line}"
        self._add(diagnostic("RG911", file=self.name, where=self._harmless(place), place=source))

    def _harmless(self, place: str) -> str:
        """Return a place without names in it, such as those of attributes and of members of an archive."""
        return "…" if self.secrets.found(place) else place

    def _add(self, found: Diagnostic) -> None:
        self.told += 1
        if found not in self.found:
            self.found.append(found)


def _closed(text: str) -> str:
    """Return a text without the brackets that are only opened or closed in it: what stands in brackets is passed over."""
    if not _BRACKETS.search(text):
        return text
    left = text
    for _ in range(_DEEPEST):
        left = _PAIR.sub(lambda pair: "x" * len(pair[0]), left)
    if not _BRACKETS.search(left):
        return text
    return "".join("." if sign in "()[]" else own for own, sign in zip(text, left, strict=True))


def _read(pieces: Sequence[tuple[str, str]], sign: str, reading: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield the pieces with a sign, read otherwise; others that stood between two of them keep them apart."""
    goes_on = True
    for place, text in pieces:
        if sign in text:
            yield place, reading(text)
        elif goes_on:
            yield place, _APART
        goes_on = sign in text


def _as_it_stands(text: str) -> tuple[str]:
    return (text,)


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if number <= 0x10FFFF else ""


_READINGS: Final[dict[str, Callable[[str], str]]] = {
    "%": lambda text: unquote(text, errors="replace"),
    "\\": lambda text: _ESCAPE.sub(_unescaped, text),
}
"""How else a text is read where such a sign stands in it: in addresses; in style sheets, programs and JSON."""


@cache
def _ours() -> str:
    """Return the text of the program's own templates and style sheets."""
    files = sorted(path for path in resource("templates").rglob("*") if path.suffix in _TEMPLATES)
    return "\n".join(path.read_text("utf-8", "replace") for path in files)


@cache
def _is_ours(words: str) -> bool:
    return Finder([words]).found(_ours())


__all__ = ["MOST_BYTES", "Look", "TooMuch"]
