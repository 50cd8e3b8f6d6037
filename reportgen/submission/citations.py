"""Citations inside a text: ``[@s1]``, ``[@s1, p. 12]``, ``[@s1; @s2, art. 3]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CITATION: Final = re.compile(r"\[(@[\w.-]+[^\[\]\n]{0,200}(?:\n[^\[\]\n]{0,200})?)\]")
_ONE: Final = re.compile(r"\s*@([\w.-]*\w)\s*(?:,\s*([^@]+?))?\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a source, with the place in it (``p. 12``) where one is given."""

    source: str
    locator: str = ""


def parse_citation(inside: str) -> tuple[Citation, ...]:
    """Return the citations within one pair of brackets, or nothing if it is not well-formed."""
    cited = []
    for piece in inside.split(";"):
        match = _ONE.fullmatch(piece)
        if not match:
            return ()
        cited.append(Citation(match.group(1), " ".join((match.group(2) or "").split())))
    return tuple(cited)


def citations(text: str) -> Iterator[Citation]:
    """Yield every citation of ``text`` in order."""
    for match in CITATION.finditer(text):
        yield from parse_citation(match.group(1))
