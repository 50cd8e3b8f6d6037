"""Which runs of a document of HTML or XML have to be searched: those with bytes that were not searched before.

A part of it ends where a paragraph, a row or the like does, outside of tags, comments, scripts and style sheets, whichever
way the source is read. So each part is read by itself as it is within the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.protection.clean import REACH, borders, digest_of

if TYPE_CHECKING:
    from reportgen.protection.look import Look

TAG: Final = re.compile(r"<!--.*?(?:-->|\Z)|<[!?/]?[A-Za-z\[](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>?", re.DOTALL)
CODE: Final = re.compile(r"(<(style|script)\b[^>]*>)(.*?)(</\2\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LAST: Final = re.compile(r"</(?:p|li|dd|tr|h[1-6]|section|svg)\s*>", re.IGNORECASE)
"""Tags that end a part."""
_FEW: Final = 6
"""Of 256 parts so many end a window; parts are short."""
_CODE: Final = "\0"
"""Stands for a sign of a script or style sheet."""
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass
class Run:
    """A run of a document that is searched at once.

    Attributes:
        start: Where it begins, and
        stop: where it ends.
        known: By what its windows are known when they hold nothing.
    """

    start: int
    stop: int
    known: list[tuple[bytes, ...]]


def new_runs(source: str, kind: str, look: Look) -> list[Run]:
    """Return the runs that were not searched before: of a document that is new one, the whole.

    Args:
        source: The document.
        kind: What it is.
        look: Knows what was searched.
    """
    shown = CODE.sub(lambda code: code[1] + _CODE * len(code[3]) + code[4], source)
    ends = sorted(_ends(source) & _ends(shown) | {len(source)})  # the same ones, whether code is read or not
    starts = [0, *ends[:-1]]
    prints = [
        digest_of(source[one:end].encode("utf-8", "surrogatepass")) for one, end in zip(starts, ends, strict=True)
    ]
    runs: list[Run] = []
    new_until = -1
    for first, last in pairwise(borders(prints, _FEW)):
        behind, left = last, REACH
        while behind < len(prints) and left > 0:
            left -= _letters(shown[starts[behind] : ends[behind]])
            behind += 1
        known = b"markup", kind.encode(), *prints[first:behind]
        if look.knows(*known):
            continue
        if first != new_until:
            runs.append(Run(starts[first], ends[behind - 1], []))
        runs[-1].stop = ends[behind - 1]
        runs[-1].known.append(known)
        new_until = last
    return runs


def _ends(source: str) -> set[int]:
    """Return where parts end."""
    return {tag.end() for tag in TAG.finditer(source) if _LAST.fullmatch(tag[0])}


def _letters(part: str) -> int:
    """Count the letters of a part that can be seen; numbers between the halves of a name are passed over."""
    return len(_LETTER.findall(TAG.sub("", part)))


__all__ = ["CODE", "TAG", "Run", "new_runs"]
