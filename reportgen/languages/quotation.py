"""Quotation marks: from what a keyboard offers to those of the language, and others for a quotation within one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CLOSES: Final = r".,;:!?)\]…"
_MARK: Final = re.compile(
    r"(?P<opens>[«“])|(?P<closes>[»”])"
    r'|(?P<spaced>(?:^|(?<=\s))"(?=\s|\Z))'
    rf'|(?P<before>(?:^|(?<=[\s(\[{{«“‘—–/\'’-]))"(?=[^\s{_CLOSES}]|\Z))'
    r'|(?P<after>")'
)
"""A mark that shows its direction, or a straight one: between spaces, before a word, after a word."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a language, each an opening and a closing one."""

    outer: tuple[str, str]
    inner: tuple[str, str]


FRENCH: Final = Marks(("«", "»"), ("“", "”"))
ENGLISH: Final = Marks(("“", "”"), ("‘", "’"))


def set_quotations(text: str, marks: Marks, opened: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """Set the quotation marks of a text.

    A quotation may begin in an earlier paragraph: where more marks close than open, the text starts within it.

    Args:
        text: Running text; single quotation marks are not looked at, for most are apostrophes.
        marks: Those of the language.
        opened: As the author wrote them, the marks of quotations that are open where the text starts.

    Returns:
        The text, and the marks still open at its end.
    """
    found = list(_MARK.finditer(text))
    stack, missing, kinds = list(opened), 0, []
    for index, match in enumerate(found):
        opens = _opens(match, stack, last=index == len(found) - 1)
        kinds.append(opens)
        if opens:
            stack.append("spaced" if match["spaced"] else match[0])
        elif stack:
            stack.pop()
        else:
            missing += 1
    depth = len(opened) + missing
    kind = iter(kinds)

    def mark(_: re.Match[str]) -> str:
        nonlocal depth
        opens = next(kind)
        depth += 1 if opens else -1
        pair = marks.outer if depth < (2 if opens else 1) else marks.inner
        return pair[0 if opens else 1]

    return _MARK.sub(mark, text), tuple(stack)


def _opens(match: re.Match[str], stack: list[str], *, last: bool) -> bool:
    """Whether a mark opens.

    A straight mark between spaces closes what a straight one opened, and else needs a partner. At the end of the text
    it opens, for emphasis may follow, unless it answers another one between spaces.
    """
    if not match["spaced"]:
        return bool(match["opens"] or match["before"])
    at_end = match.end() == len(match.string)
    if stack:
        return stack[-1] != "spaced" if at_end else stack[-1] not in {"spaced", '"'}
    return not last or at_end
