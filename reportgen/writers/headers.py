"""Which heads belong to which cell of a table, so that a screen reader can say them (ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from reportgen.writers.tags import Name, Node

_SCOPES: Final = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def associate(table: Node, key: str) -> None:
    """Give every head of ``table`` its scope and name, and every cell the names of its heads.

    A head of rows is itself under the head of its column (the corner); a head of a group of rows counts for all cells
    below it in the group. An empty corner, as people write it in Markdown, makes the first column heads of their rows.
    A caption that is not shown becomes the summary.

    Args:
        table: The table; its rows may have cells that reach over several columns and rows.
        key: What the names of its heads begin with.
    """
    caption = next((child for child in table.element if child.tag == "caption"), None)
    if caption is not None and not any(node.kind == "Caption" for node in table.nodes()):
        table.attributes = {"O": Name("Table"), "Summary": " ".join("".join(caption.itertext()).split())}
    _name_rows(table)
    above: defaultdict[int, list[str]] = defaultdict(list)
    beside: defaultdict[int, list[str]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    group, of_group = None, ""
    for number, row in enumerate(node for node in table.nodes() if node.kind == "TR"):
        if row.parent is not group:
            group, of_group = row.parent, ""
        for column, cell in _places(row, number, taken):
            width, height = cell.span
            across, down = range(column, column + width), range(number, number + height)
            taken |= {(line, place) for line in down for place in across}
            asked = cell.element.get("scope", "") if cell.kind == "TH" else ""
            scope = _SCOPES.get(asked, "Column" if group is not None and group.kind == "THead" else "Row")
            heads = [name for place in across for name in above[place]] if asked != "rowgroup" else []
            if scope == "Row" or cell.kind == "TD":
                heads += [name for line in down for name in beside[line]]
                heads += [of_group] if of_group and asked != "rowgroup" else []
            cell.attributes = {"O": Name("Table")}
            if cell.kind == "TH":
                name = cell.more["ID"] = f"{key}-{number + 1}-{column + 1}"
                cell.attributes["Scope"] = Name(scope)
                if asked == "rowgroup":
                    of_group = name
                else:
                    for place in across if scope == "Column" else down:
                        (above if scope == "Column" else beside)[place].append(name)
            cell.attributes |= {key: size for key, size in (("ColSpan", width), ("RowSpan", height)) if size != 1}
            if heads:
                cell.attributes["Headers"] = list(dict.fromkeys(heads))


def _name_rows(table: Node) -> None:
    """Make the first column heads of rows where the corner above them is empty."""
    rows = [[cell for cell in node.kids if isinstance(cell, Node)] for node in table.nodes() if node.kind == "TR"]
    in_head = [node.kind == "THead" for node in table.nodes() if node.kind in {"THead", "TBody", "TFoot"}]
    if not rows or not rows[0] or in_head[:1] != [True] or rows[0][0].kids or rows[0][0].kind != "TD":
        return
    for cells in rows[1:]:
        if len(cells) == len(rows[0]) and cells[0].kind == "TD" and cells[0].kids:
            cells[0].kind = "TH"


def _places(row: Node, number: int, taken: set[tuple[int, int]]) -> Iterator[tuple[int, Node]]:
    """The cells of a row with their columns, past those that cells from above reach down into."""
    column = 0
    for cell in row.kids:
        if isinstance(cell, Node):
            while (number, column) in taken:
                column += 1
            yield column, cell
            column += cell.span[0]
