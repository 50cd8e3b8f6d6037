r"""How tables are written: two lines that start one, and bars between cells; ``\|`` is a bar within a cell."""

from __future__ import annotations

import re


def table_starts(line: str, below: str) -> bool:
    """Whether ``line`` is the header of a table, with the line of hyphens ``below`` it."""
    rule = below.strip()
    return "|" in line and "-" in rule and "|" in rule and set(rule) <= set("|-: ")


def cells(row: str) -> int:
    """Count the cells of a row of a table."""
    return len(re.findall(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) + 1
