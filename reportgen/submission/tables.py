r"""How tables are written: two lines that start one, and bars between cells; ``\|`` is a bar within a cell."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(r"\s*(?:[^\w\s|]|o|\(?\w{1,4}[.)]|\[\^[\w.-]+\]:)\t")
"""The mark of an item or a note with the tab that a word processor puts after it."""


def table_starts(line: str, below: str) -> bool:
    """Whether ``line`` is the header of a table, with the line of hyphens ``below`` it."""
    rule = below.strip()
    return "|" in line and "-" in rule and "|" in rule and set(rule) <= set("|-: ")


def cells(row: str) -> int:
    """Count the cells of a row of a table."""
    return len(re.findall(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) + 1


def divided_by_tabs(text: str) -> str:
    """Return the words around the first tab of a table as spreadsheets and word processors give it, if there is one.

    Two lines one below the other with a tab between words make a table, or one line with two; joined by YAML they are
    one line.
    """
    above = ""
    for line in text.split("\n"):
        cells = [] if "|" in line else re.findall(r"\S\t+ *(?=\S)", _MARK.sub("", line, count=1).strip())
        words = _around_tab(line) if cells else ""
        if len(cells) > 1 or (above and words):
            return above or words
        above = words
    return ""


def _around_tab(line: str) -> str:
    start = match.end() if (match := _MARK.match(line)) else 0
    match = re.compile(r"\S{1,80}\t+ *\S{1,80}").search(line, start)
    return match.group() if match else ""
