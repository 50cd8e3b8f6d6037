"""The tag tree of a PDF, built from the HTML that was set: what a screen reader reads, and in what order.

WeasyPrint 70 makes an element of the tree for every box it draws, so that a paragraph over two pages is two paragraphs,
a link over two lines two links, and a list item with a paragraph breaks the rules. Here every element of the HTML is
one element of the tree, whatever the number of its boxes, lines and pages, and everything is in the order of the HTML.

- Notes are read at the end of the paragraph that calls them (``/Note``, ISO 32000-1, 14.8.4.4.1).
- What margins hold, table heads repeated on later pages, ``aria-hidden`` parts and signs without a letter that a style
  sheet adds are artifacts (14.8.2.2).
- A part in another language says so (``/Lang``, 14.9.2), a link says where it leads (``/Contents``, 14.9.3).

``Tree`` reads the boxes and knows no PDF object but the marks in the streams; ``writers/finish.py`` writes it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from reportgen.writers.headers import associate
from reportgen.writers.settle import place_notes, settle
from reportgen.writers.tags import Area, Mark, Name, Node

KINDS: Final = {
    "section": "Sect", "nav": "Sect", "aside": "Sect", "article": "Art",
    "div": "Div", "header": "Div", "footer": "Div", "figure": "Div",
    "p": "P", "pre": "P", "blockquote": "BlockQuote", "q": "Quote", "code": "Code", "a": "Link",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "LI", "dd": "LI",
    "table": "Table", "caption": "Caption", "figcaption": "Caption", "thead": "THead", "tbody": "TBody",
    "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "img": "Figure", "{http://www.w3.org/2000/svg}svg": "Figure",
} | {f"h{level}": f"H{level}" for level in range(1, 7)}  # fmt: skip
"""Standard structure type of each HTML element; others are part of the element around them."""

NOUGHT: Final = "0"
"""What stands for the number of a page until it is known, and for each digit of that of a source."""
_SVG_TITLE: Final = "{http://www.w3.org/2000/svg}title"
_POINTS: Final = 0.75
_LOG: Final = logging.getLogger("weasyprint")


class Tree:
    """The tree of a run of pages: those of a whole document, or of a chapter laid out on its own.

    Attributes:
        root: The element ``Document``.
        pages: How many pages it is about.
        superfluous: Areas of links that lie within another of the same link.
        numerals: The numbers of pages and sources that are left open.
        citing: The areas of links to sources whose numbers are left open, with the places of these in their order.
    """

    def __init__(self, pages: Iterable[Any], streams: Iterable[Any], name: str = "", *, numbered: bool = False) -> None:
        """Read the boxes of the pages.

        Args:
            pages: WeasyPrint's pages, drawn.
            streams: Their content, with the marks that drawing left.
            name: What the names of its tables begin with.
            numbered: Whether the numbers of pages are left open.
        """
        self.root = Node("Document", None)
        self.pages = 0
        self.numbered = numbered
        self.numerals: list[Numeral | SourceNumeral] = []
        self.citing: list[tuple[Area, int]] = []
        self.superfluous: list[Area] = []
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._parents: dict[Any, Any] = {}
        self._heads: dict[Any, int] = {}
        self._notes: dict[Any, Node] = {}
        for number, (page, stream) in enumerate(zip(pages, streams, strict=True)):
            box = page._page_box  # noqa: SLF001 - the renderer's tree of boxes has no public name
            self.pages += 1
            if not number:
                self._know(box)
            _Sheet(self, number, box.margin_height(), stream).walk(box)
        place_notes(self.root, {key: note for key, note in self._notes.items() if note is not self.root})
        settle(self.root)
        tables = (node for node in self.root.nodes() if node.kind == "Table")
        for number, table in enumerate(tables, 1):
            associate(table, f"{name}table-{number}")

    def _know(self, page: Any) -> None:
        """Learn the HTML from its root: who is whose parent, and the language of the whole."""
        html = next(box.element for box in page.children if box.element is not None)
        self._parents = {child: parent for parent in html.iter() for child in parent}
        self.root.element, self.root.language = html, html.get("lang", "")

    def node(self, element: Any, part: str = "") -> Node:
        """Return the element of the tree that holds what ``element`` holds, or its ``part`` (``marker`` …) does."""
        if part == "footnote-call":
            element = self._parents[element]
        part = part if part in {"marker", "footnote-marker"} else ""
        if (element, part) not in self._nodes:
            self._nodes[element, part] = self._label(element) if part else self._make(element)
        return self._nodes[element, part]

    def _label(self, element: Any) -> Node:
        body = self.node(element)
        item = body if body.kind == "Note" or body.parent is None else body.parent
        return item.add("Lbl", element, at=0)

    def _make(self, element: Any) -> Node:
        above = self._parents.get(element)
        if above is None:
            return self.root
        parent = self.node(above)
        language = element.get("lang") or parent.language
        kind = KINDS.get(element.tag, "Span" if language != parent.language else "")
        if element in self._notes:
            note = self._notes[element] = Node("Note", parent, element, language)
            return note
        if not kind or (kind == "Div" and parent.kind == "L"):
            return parent
        if kind == "LI":
            return self._item(parent, element, language)
        if kind == "L" and self._in_contents(element):
            kind = "TOC"
            parent = parent.parent if parent.kind == "Reference" and parent.parent else parent
        node = parent.add(kind, element)
        node.language = language
        if kind == "L":
            node.attributes = {"O": Name("List"), "ListNumbering": Name("None")}
        return node

    def _in_contents(self, element: Any) -> bool:
        while (element := self._parents.get(element)) is not None:
            if element.tag == "nav":
                return True
        return False

    def _item(self, parent: Node, element: Any, language: str) -> Node:
        """An item: label and body. A term of a list of terms is the label of what follows it."""
        last = parent.kids[-1] if parent.kids else None
        part = "Lbl" if element.tag == "dt" else "LBody"
        joins = isinstance(last, Node) and (element.tag == "dd" or (part == "Lbl" and last.ends_with("Lbl")))
        if isinstance(last, Node) and joins:
            item = last
        else:
            item = parent.add("TOCI" if parent.kind == "TOC" else "LI", element)
            item.language = language
        body = item.add("Reference" if item.kind == "TOCI" else part, element)
        body.language = language
        return body

    def is_repeated(self, element: Any, page: int) -> bool:
        """Whether a table head (or foot) stands on an earlier page already."""
        return self._heads.setdefault(element, page) != page

    def is_note(self, element: Any) -> None:
        """Say that ``element`` stands at the foot of the page."""
        self._notes.setdefault(element, self.root)


@dataclass(frozen=True, eq=False, slots=True)
class Numeral:
    """The number of a page, drawn as a nought so far; it stands itself in the place of that in the content of its page.

    Attributes:
        page: The page it stands on.
        box: Its box.
        target: Id of the place whose page is meant; its own page if empty.
        colour: What sets its colour.
        font: Its font, in WeasyPrint's words, and
        size: the size of that in pixels.
    """

    page: int
    box: Any
    target: str
    colour: list[Any]
    font: Any
    size: float


@dataclass(frozen=True, eq=False, slots=True)
class SourceNumeral:
    """The number of a source, drawn as noughts so far; it stands itself in the place of these in the content of its page.

    Attributes:
        page: The page it stands on.
        source: Place of the source in the order of those that are cited.
        drawn: What draws the noughts, and brackets around them.
        font: Their font, in WeasyPrint's words.
    """

    page: int
    source: int
    drawn: bytes
    font: Any


@dataclass
class _Sheet:
    """One page of a tree while its boxes are read."""

    tree: Tree
    number: int
    height: float
    stream: Any

    def __post_init__(self) -> None:
        from weasyprint.formatting_structure import boxes

        self.boxes = boxes
        self.places = {
            item["MCID"]: index
            for index, item in enumerate(self.stream.stream)
            if isinstance(item, dict) and "MCID" in item
        }

    def walk(
        self, box: Any, artifact: dict[str, str] | None = None, *, linked: bool = False, foot: bool = False
    ) -> None:
        """Read a box and those in it.

        Args:
            box: The box.
            artifact: How its content is marked if it is not to be read.
            linked: Whether it lies within the area of a link.
            foot: Whether it is the area of notes.
        """
        if not isinstance(box, self.boxes.Box):
            box = box._box  # noqa: SLF001 - it holds the place of a box
        tag, _, part = (box.element_tag or "").partition("::")
        element = box.element
        if isinstance(box, self.boxes.MarginBox):
            artifact = {"kind": "Pagination", "Subtype": "Header" if "top" in box.at_keyword else "Footer"}
        elif element is not None and artifact is None:
            if foot:
                self.tree.is_note(element)
            if element.get("aria-hidden") == "true":
                artifact = {}
            elif tag in {"thead", "tfoot"} and self.tree.is_repeated(element, self.number):
                artifact = {"kind": "Pagination"}
        node = None if element is None or artifact is not None else self._node(box, element, part)
        if box.link_annotation and element is not None:
            self._link(box, element, superfluous=linked)
        self._mark(box, node, artifact, part)
        for child in box.children:
            self.walk(
                child,
                artifact,
                linked=linked or box.link_annotation is not None,
                foot=isinstance(box, self.boxes.FootnoteAreaBox) or (foot and element is None),
            )

    def _node(self, box: Any, element: Any, part: str) -> Node:
        node = self.tree.node(element, part)
        if node.kind in {"TH", "TD"} and node.element is element and (box.colspan, box.rowspan) != (1, 1):
            node.span = (box.colspan, box.rowspan)
        elif part == "marker" and node.parent and node.parent.parent:
            ordered = node.parent.parent.element.tag == "ol"
            node.parent.parent.attributes["ListNumbering"] = Name("Decimal" if ordered else "Disc")
        return node

    def _mark(self, box: Any, node: Node | None, artifact: dict[str, str] | None, part: str) -> None:
        """Take what was drawn for a box into the tree, or out of what is read."""
        drawn = self.stream._tags.pop(box, None)  # noqa: SLF001 - where drawing leaves the marks
        if drawn is None:
            return
        if drawn["mcid"] not in self.places:
            _LOG.error("Words that are drawn translucent can't be read aloud")
            return
        words = getattr(box, "text", "")
        mark = Mark(self.number, self.stream.stream, self.places[drawn["mcid"]], words)
        if self.tree.numbered and words == NOUGHT and (target := _counted(box, node, artifact, part)) is not None:
            self._leave_open(mark, box, target)
        elif self.tree.numbered and (source := _cited(box.element)) is not None:
            self._leave_source_open(mark, box, source)
        if node is not None and drawn["tag"] == "Figure":
            alt = "" if part else _alternative(node.element)
            if alt:
                node.more["Alt"] = alt
                node.attributes = {"O": Name("Layout"), "Placement": Name("Block"), "BBox": self._bounds(box)}
            else:
                artifact = {}
        elif part in {"before", "after"} and not any(letter.isalnum() for letter in words):
            artifact = {}
        if node is None or artifact is not None:
            mark.make_artifact(**(artifact or {}))
        else:
            node.kids.append(mark)

    def _leave_open(self, mark: Mark, box: Any, target: str) -> None:
        """Take the nought out of what is drawn, and its place on the page."""
        items = mark.stream
        (matrix,) = _drawn(mark, b" Tm")
        (words,) = _drawn(mark, b" TJ")
        colour = self.stream.clone()
        colour.set_color(box.style["color"])
        numeral = Numeral(self.number, box, target, colour.stream, *self._font(box))
        items[matrix], items[words] = b"", numeral
        self.tree.numerals.append(numeral)

    def _leave_source_open(self, mark: Mark, box: Any, source: int) -> None:
        """Take the noughts out of what is drawn for the number of a source."""
        (words,) = _drawn(mark, b" TJ")
        font, _ = self._font(box)
        numeral = SourceNumeral(self.number, source, mark.stream[words], font)
        mark.stream[words] = numeral
        self.tree.numerals.append(numeral)

    def _font(self, box: Any) -> tuple[Any, float]:
        """Return the font of a box of words, in WeasyPrint's words, and its size in pixels."""
        box.pango_layout.reactivate(box.style)
        line, _ = box.pango_layout.get_first_line()
        found: tuple[Any, float] = self.stream.add_font(line.runs[0].data.item.analysis.font)
        box.pango_layout.deactivate()
        return found

    def _bounds(self, box: Any) -> list[float]:
        """Return the place of a picture on the page, in points from the lower left."""
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, self.height - top - box.height, left + box.width, self.height - top)
        return [round(edge * _POINTS, 2) for edge in edges]

    def _link(self, box: Any, element: Any, *, superfluous: bool) -> None:
        """Join the area to its link and say where it leads: its title, or its words."""
        area = Area(self.number, box.link_annotation)
        link: Node | None = self.tree.node(element)
        while link is not None and link.kind != "Link":
            link = link.parent
        if superfluous or link is None:
            self.tree.superfluous.append(area)
            return
        words = " ".join("".join(link.element.itertext()).split())
        area.words = link.element.get("title") or words
        link.kids.append(area)
        if self.tree.numbered and (source := _cited(link.element)) is not None:
            self.tree.citing.append((area, source))


def _cited(element: Any) -> int | None:
    """Return the place of the source that an element cites, if it does."""
    return int(element.get("data-source")) if element is not None and "data-source" in element.attrib else None


def _drawn(mark: Mark, operator: bytes) -> list[int]:
    """Return where in the content of its page something is drawn for ``mark`` by an operator."""
    items = mark.stream
    within = range(mark.index, items.index(b"EMC", mark.index))
    return [at for at in within if isinstance(items[at], bytes) and items[at].endswith(operator)]


def _alternative(element: Any) -> str:
    """Return the words for a picture; none for a decoration, which has an empty ``alt``."""
    if element.tag == "img":
        alt = element.get("alt")
    else:
        title = element.find(_SVG_TITLE)
        alt = title.text if title is not None else None
    if alt is None:
        _LOG.error("A picture has no words that could be read aloud in its place")
    return " ".join((alt or "").split())


def _counted(box: Any, node: Node | None, artifact: dict[str, str] | None, part: str) -> str | None:
    """Return the id of the place whose page a nought stands for, nothing if its own, ``None`` if it is a nought."""
    if part == "after" and box.element is not None and "data-to" in box.element.attrib:
        return str(box.element.get("data-to")).removeprefix("#")
    return "" if node is None and artifact and artifact.get("Subtype") == "Footer" else None
