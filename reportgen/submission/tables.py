r"""How tables are written: two lines that start one, and bars between cells; ``\|`` is a bar within a cell."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = re.compile(r"\s*(?:[^\w\s|]|o|\(?\w{1,4}[.)]|\[\^[\w.-]+\]:)\t")
"""The mark of an item or a note with the tab that a word processor puts after it."""
_BEFORE_TAB: Final = re.compile(r"\S{1,80}\t+ *(?=\S)")


def table_starts(line: str, below: str) -> bool:
    """Whether ``line`` is the header of a table, with the line of hyphens ``below`` it."""
    rule = below.strip()
    return "|" in line and "-" in rule and "|" in rule and set(rule) <= set("|-: ")


def cells(row: str) -> int:
    """Count the cells of a row of a table."""
    return len(re.findall(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) + 1


def divided_by_tabs(text: str) -> str:
    """Return the word before the first tab of a table as spreadsheets and word processors give it, if there is one.

    Two lines one below the other with a tab between words make a table, or one line with two; joined by YAML they are
    one line.
    """
    above = ""
    for line in text.split("\n"):
        mark = _MARK.match(line)
        parted: list[str] = [] if "|" in line else _BEFORE_TAB.findall(line, mark.end() if mark else 0)
        if len(parted) > 1 or (above and parted):
            return above or parted[0]
        above = parted[0] if parted else ""
    return ""
