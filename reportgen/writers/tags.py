"""The elements of a tag tree, before they are written: see ``writers/tagging.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

INLINE: Final = frozenset({"Span", "Link", "Reference", "Quote", "Code", "Note"})
GROUPING: Final = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Hold blocks only; words directly in them become a paragraph."""
FRAMES: Final = frozenset({"L", "LI", "TOC", "Table", "THead", "TBody", "TFoot", "TR"})
"""Hold no words at all."""


class Name(str):
    """A word of the PDF standard among the values of attributes, not text."""

    __slots__ = ()


@dataclass(eq=False)
class Mark:
    """A run of text or a picture in the content of a page, between ``BDC`` and ``EMC``."""

    page: int
    stream: Any
    index: int
    words: str

    def set_number(self, number: int) -> None:
        """Give the mark its number on the page."""
        self.stream[self.index]["MCID"] = number

    def make_artifact(self, kind: str = "Layout", **more: str) -> None:
        """Take the content out of what is read (ISO 32000-1, 14.8.2.2.2)."""
        import pydyf

        self.stream[self.index - 1] = "/Artifact"
        self.stream[self.index] = pydyf.Dictionary(
            {"Type": f"/{kind}"} | {key: f"/{value}" for key, value in more.items()}
        )


@dataclass(eq=False)
class Area:
    """A clickable rectangle of a link, and where it leads, in words."""

    page: int
    annotation: Any
    words: str = ""


@dataclass(eq=False)
class Node:
    """An element of the tree: its structure type, the HTML it stands for, and what it holds in reading order."""

    kind: str
    parent: Node | None
    element: Any = None
    language: str = ""
    kids: list[Node | Mark | Area] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)
    span: tuple[int, int] = (1, 1)

    def add(self, kind: str, element: Any = None, at: int | None = None) -> Node:
        """Add an element below this one; without ``at`` as the last."""
        made = Node(kind, self, self.element if element is None else element, self.language)
        self.kids.insert(len(self.kids) if at is None else at, made)
        return made

    def wrap(self, start: int, count: int, kind: str) -> Node:
        """Put some of the kids into a new element in their place."""
        kids = self.kids[start : start + count]
        del self.kids[start : start + count]
        made = self.add(kind, at=start)
        made.kids = kids
        for kid in kids:
            if isinstance(kid, Node):
                kid.parent = made
        return made

    def ends_with(self, kind: str) -> bool:
        """Whether the last kid is of this structure type."""
        last = self.kids[-1] if self.kids else None
        return isinstance(last, Node) and last.kind == kind

    def nodes(self) -> Iterator[Node]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def take_apart(self) -> None:
        """Let go of all above and below: what holds each other in circles stays in memory while the collector rests."""
        for node in tuple(self.nodes()):
            node.parent, node.kids = None, []


def is_inline(kid: Node | Mark | Area) -> bool:
    """Whether ``kid`` is part of a line of words."""
    return isinstance(kid, Mark) or (isinstance(kid, Node) and kid.kind in INLINE)
