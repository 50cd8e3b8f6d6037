"""Letters that are also written as two: a Müller is a Mueller in a passport, and Østergård is Oestergaard."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from reportgen.memory import remembered

_ONE: Final = re.compile("[äöüøåÄÖÜØÅ]|[aouAOU]\u0308|[aA]\u030a")
_SIGNS: Final = "äöüøåÄÖÜØÅ\u0308\u030a"
_TWO: Final = dict(zip("äöüøå", ("ae", "oe", "ue", "oe", "aa"), strict=True))


@remembered
def in_two(name: str) -> str:
    """Return a name with two letters for each that may be written so; one without any as it is."""
    return _ONE.sub(_pair, name) if _may_be_two(name) else name


def _may_be_two(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _SIGNS)


def places_in_two(text: str) -> Sequence[int]:
    """Return where each sign of ``in_two(text)`` stands in ``text``."""
    places: list[int] = []
    end = 0
    for match in _ONE.finditer(text):
        places += [*range(end, match.start()), *[match.start()] * len(_pair(match))]
        end = match.end()
    return [*places, *range(end, len(text))]


def _pair(match: re.Match[str]) -> str:
    return _TWO[unicodedata.normalize("NFC", match[0]).casefold()]


__all__ = ["in_two", "places_in_two"]
