"""Citations inside a text: ``[@s1]``, ``[@s1, p. 12]``, ``[@s1; @s2, art. 3]``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CITATION: Final = re.compile(r"\[(@[\w.-]+[^\[\]\n]{0,200}(?:\n[^\[\]\n]{0,200})?)\]")
MOST_REMEMBERED: Final = 10_000
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


@lru_cache(maxsize=MOST_REMEMBERED)
def citations(text: str) -> tuple[Citation, ...]:
    """Return every citation of ``text`` in order; many ask, so what was found is remembered."""
    if "[@" not in text:
        return ()
    return tuple(citation for match in CITATION.finditer(text) for citation in parse_citation(match.group(1)))
