"""Finding the paragraph that a place in the files belongs to: what a message is about is rarely where a text begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from reportgen.diagnostics import Span
from reportgen.preview.engine import View


def finder(view: View, texts: Mapping[str, str]) -> Callable[[Span | None], str]:
    """Return what finds the part of the page that shows a place in the files.

    That is what stands on its line; else the nearest text in the smallest part of the file that holds both, as its
    indentation tells. So a finding leads to its own words, which are written below it, and not to what stands above.
    Nothing is found across parts at the margin, such as ``report:`` and ``answers:``.

    Args:
        view: The page.
        texts: The text of each file.
    """
    known: dict[str, dict[int, str]] = {}
    for row in view.rows:
        for cell in row.cells.values():
            for name, passage in cell.origins.items():
                if passage.span:
                    known.setdefault(passage.span.file, {}).setdefault(passage.span.line, name)
    ordered = {file: sorted(names) for file, names in known.items()}
    lines: dict[str, list[str]] = {}

    def find(span: Span | None) -> str:
        if span is None or span.file not in known:
            return ""
        names, starts = known[span.file], ordered[span.file]
        if span.line in names:
            return names[span.line]
        if span.file not in lines:
            lines[span.file] = texts.get(span.file, "").split("\n")
        for first, last in _around(lines[span.file], span.line):
            before = bisect_right(starts, span.line)
            if before and starts[before - 1] >= first:
                return names[starts[before - 1]]
            if before < len(starts) and starts[before] <= last:
                return names[starts[before]]
        return ""

    return find


def _around(lines: Sequence[str], line: int) -> Iterator[tuple[int, int]]:
    """Yield first and last line of every indented part that holds ``line``, from the smallest on."""
    while 0 < line <= len(lines):
        depth = _depth(lines[line - 1])
        if depth == 0:
            return
        if depth is not None:
            last = line
            while last < len(lines) and ((below := _depth(lines[last])) is None or below > depth):
                last += 1
            yield line, last
            if lines[line - 1].lstrip(" ").startswith("- "):
                return  # what stands beside it in the list is something else
        line -= 1
        while line and depth is not None and ((above := _depth(lines[line - 1])) is None or above >= depth):
            line -= 1


def _depth(line: str) -> int | None:
    """Return how far a line is indented; of one that is empty or a remark, ``None``."""
    words = line.lstrip(" ")
    return None if not words.strip() or words.startswith("#") else len(line) - len(words)


__all__ = ["finder"]
