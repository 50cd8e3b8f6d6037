"""Which runs of a document of HTML or XML have to be searched: those with bytes that were not searched before.

A part of it ends where a paragraph, a row or the like does, outside of tags, comments, scripts and style sheets, whichever
way the source is read. So each part is read by itself as it is within the whole.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from reportgen.protection.asides import printed_closely
from reportgen.protection.clean import REACH, borders, digest_of

if TYPE_CHECKING:
    from reportgen.protection.look import Look

TAG: Final = re.compile(r"<!--.*?(?:-->|\Z)|<[!?/]?[A-Za-z\[](?:[^>\"']|\"[^\"]*\"|'[^']*')*+>?", re.DOTALL)
CODE: Final = re.compile(r"(<(style|script)\b[^>]*>)(.*?)(</\2\s*>|\Z)", re.DOTALL | re.IGNORECASE)
LAST: Final = re.compile(r"</(?:p|li|dd|tr|h[1-6]|section|svg)\s*>", re.IGNORECASE)
"""Tags at which a part may end; what they end goes on in nothing else, so that they count as a space."""
_SHORTEST: Final = 30
"""Characters to be seen in a part."""
_FEW: Final = 6
"""Of 256 parts so many end a window; parts are short."""
_CODE: Final = "\0"
"""Stands for a sign of a script or style sheet."""
_LETTERS: Final = {*string.ascii_letters.encode(), *range(0xC3, 0xEE)} - {0xCC, 0xCD, 0xE2}
"""Bytes with which a letter begins in UTF-8; 0xCC and 0xCD are accents that stand alone, 0xE2 punctuation."""
_NO_LETTERS: Final = bytes({*range(256)} - _LETTERS)


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
    ends = _ends(source)
    starts = [0, *ends[:-1]]
    parts = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    prints = [digest_of(part.encode("utf-8", "surrogatepass")) for part in parts]
    letters = list(accumulate(map(_letters, parts), initial=0))
    runs: list[Run] = []
    new_until = -1
    for first, last in pairwise(borders(prints, _FEW)):
        before = max(first - 1, 0)  # what it goes on from
        behind = min(bisect_left(letters, letters[last] + REACH), len(parts))
        known = b"markup", kind.encode(), b"".join(prints[before:behind])
        if look.knows(*known):
            continue
        if first != new_until:
            runs.append(Run(starts[before], ends[behind - 1], []))
        runs[-1].stop = ends[behind - 1]
        runs[-1].known.append(known)
        new_until = last
    return runs


def _ends(source: str) -> list[int]:
    """Return where parts end: at tags that are the same ones whether what stands in code is read or not."""
    shown = CODE.sub(lambda code: code[1] + _CODE * len(code[3]) + code[4], source)
    also = {tag.end() for tag in TAG.finditer(source) if LAST.fullmatch(tag[0])}
    also -= {code.start(3) for code in CODE.finditer(source)}
    ends: list[int] = []
    seen = behind = 0
    for tag in TAG.finditer(shown):
        seen += tag.start() - behind
        behind = tag.end()
        if seen >= _SHORTEST and behind in also and LAST.fullmatch(tag[0]):
            ends.append(behind)
            seen = 0
    return ends if ends and ends[-1] == len(source) else [*ends, len(source)]


def _letters(part: str) -> int:
    """Count the letters of a part between which no name goes on: those that a search does not pass over."""
    shown = unescape(TAG.sub("", CODE.sub("", part) if "<s" in part.casefold() else part))
    *_, closely = printed_closely(shown) if "(" in shown or "[" in shown else (shown,)
    return len(closely.encode("utf-8", "replace").translate(None, _NO_LETTERS))


__all__ = ["CODE", "LAST", "TAG", "Run", "new_runs"]
