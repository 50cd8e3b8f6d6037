"""What may stand between the pieces of a name, and is passed over when it is searched: citations, notes, parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.memory import remembered
from reportgen.submission.citations import CITATION

_CALLS: Final = re.compile(rf"{CITATION.pattern}|\[\^[^\[\]\n]{{1,80}}\]|https?://[^\s<>()\[\]]+|&#?\w{{1,20}};")
"""Citations, calls of notes, addresses, signs that are written by their name."""
_ROUND: Final = re.compile(r"\([^()]{0,400}\)")
_SQUARE: Final = re.compile(r"\[[^\[\]]{0,400}\]")
_DIGIT: Final = r"[\d⁰¹²³⁴-⁹]"
_NUMBERS: Final = re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{1,4}}(?!{_DIGIT})")
"""What the call of a note has become in a finished file."""
_UNSEEN: Final = "\u00ad"
"""Takes the place of what is passed over, so that all else keeps its own."""


@remembered
def written(text: str) -> Sequence[str]:
    """Return the text of an author, and what it reads without asides, if it has any."""
    inner = _CALLS.sub(_unseen, text)
    return tuple(dict.fromkeys((text, inner, _without_brackets(inner))))


def printed(text: str) -> Iterator[str]:
    """Yield the text of a finished file, and what it reads without numbers, and without asides as well."""
    yield from dict.fromkeys((text, *(_NUMBERS.sub(_unseen, one) for one in (text, _without_brackets(text)))))


def printed_closely(text: str) -> Iterator[str]:
    """Yield what :func:`printed` does, but with the numbers left out altogether, which takes a fraction of the time."""
    yield text
    yield from dict.fromkeys(_NUMBERS.sub("", one) for one in (text, _without_brackets(text)))


def _without_brackets(text: str) -> str:
    """Pass over what stands in brackets, and in brackets within them."""
    return _SQUARE.sub(_unseen, _ROUND.sub(_unseen, _ROUND.sub(_unseen, text)))


def _unseen(match: re.Match[str]) -> str:
    return _UNSEEN * len(match[0])


__all__ = ["printed", "printed_closely", "written"]
