"""The same report for others: one walk over our page for paper writes what Typst reads, and what pandoc reads.

The page is what plain WeasyPrint and Chromium are given, so nobody has another word. What goes over: headings, paragraphs
with their numbers, emphasis, links within and without, notes, lists, terms, tables with their heads, contents and page
references. What stays behind is looks: colours, symbols beside words, the field of the cover.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Final

import tinyhtml5

SPACE: Final = re.compile(r"[ \t\r\n\f]+")  # no-break spaces are kept
_NUMBER: Final = re.compile(r"^(\d+)([.)])(?= )")
_INLINE: Final = {"a", "abbr", "br", "cite", "code", "em", "span", "strong", "sub", "sup"}
_LEFT_OUT: Final = {"call", "back", "comma"}
"""Calls of notes, ways back and commas between: everybody makes their own."""
Rows = Sequence[Sequence[tuple[str, int]]]
"""Cells by row: what is in them, and how many columns they take."""


class Markup(ABC):
    """A language of markup."""

    special: re.Pattern[str]
    """Signs that mean something."""

    def text(self, words: str) -> str:
        """Return words as they are."""
        return self.special.sub(r"\\\g<0>", words)

    @abstractmethod
    def head(self, title: str, running: str) -> str:
        """Return what stands before everything."""

    @abstractmethod
    def emphasis(self, inside: str) -> str:
        """Return emphasis."""

    @abstractmethod
    def strong(self, inside: str) -> str:
        """Return strong emphasis."""

    @abstractmethod
    def link(self, target: str, inside: str) -> str:
        """Return a link to an address, or to ``#name`` within."""

    @abstractmethod
    def note(self, inside: str) -> str:
        """Return a footnote."""

    @abstractmethod
    def page_of(self, name: str) -> str:
        """Return the number of the page where something is."""

    @abstractmethod
    def anchor(self, name: str) -> str:
        """Return a place that can be linked to."""

    @abstractmethod
    def line_break(self) -> str:
        """Return the end of a line."""

    @abstractmethod
    def heading(self, level: int, inside: str, name: str) -> str:
        """Return a heading; ``name`` is empty where nobody links to it."""

    @abstractmethod
    def terms(self, entries: Sequence[tuple[str, str]]) -> str:
        """Return terms and what is said of each."""

    @abstractmethod
    def quotation(self, inside: str) -> str:
        """Return a quotation of blocks."""

    @abstractmethod
    def table(self, caption: str, head: Rows, body: Rows) -> str:
        """Return a table."""

    @abstractmethod
    def contents(self) -> str:
        """Return the contents, with numbers of pages."""

    @abstractmethod
    def new_page(self) -> str:
        """Return the beginning of a page."""

    def items(self, entries: Sequence[str], *, numbered: bool) -> str:
        """Return a list of blocks."""
        mark = self.numbered if numbered else "-"
        return "\n".join(f"{mark} {indented(entry, len(mark) + 1)}" for entry in entries)

    numbered = "1."


def rewritten(html: str, markup: Markup) -> str:
    """Write a page for paper in another language of markup.

    Args:
        html: The page, as ``render_html(document, "print")`` makes it.
        markup: The language.
    """
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    linked = {a.get("href", "")[1:] for a in body.iter("a") if a.get("class") not in _LEFT_OUT}
    linked |= {span.get("data-to", "")[1:] for span in body.iter("span")}
    walk = _Walk(markup, linked)
    title = markup.text(root.find("head/title").text or "")
    return "\n\n".join([markup.head(title, markup.text(body.get("data-running", ""))), *walk.blocks(body)]) + "\n"


class _Walk:
    """Goes over the elements of a page."""

    def __init__(self, markup: Markup, linked: set[str]) -> None:
        self._markup, self._linked = markup, linked

    def blocks(self, element: Any) -> Iterator[str]:
        """Return the blocks in an element, each without an end of line at its end."""
        run = self._words(element.text)
        for child in element:
            if child.tag in _INLINE:
                run += self._inline(child)
            else:
                yield from _paragraph(run)
                run = ""
                yield from self._block(child)
            run += self._words(child.tail)
        yield from _paragraph(run)

    def _block(self, element: Any) -> Iterator[str]:
        name, kind, markup = element.tag, element.get("class", ""), self._markup
        if name in {"svg", "style", "img", "hr"} or not isinstance(name, str):
            return
        if name in {"section", "nav", "header"} and kind != "head":
            yield markup.new_page()
        if name == "h1":
            yield markup.strong(self.line(element))
        elif name in {"h2", "h3", "h4"}:
            yield markup.heading(int(name[1]) - 1, self.line(element), self._named(element))
        elif name == "nav":
            yield from self._block(element[0])
            yield markup.contents()
        elif name in {"ul", "ol"}:
            entries = ["\n\n".join(self.blocks(item)) for item in element]
            entries = [
                (markup.anchor(key) if (key := self._named(item)) else "") + entry
                for item, entry in zip(element, entries, strict=True)
            ]
            yield markup.items(entries, numbered=name == "ol" and not kind)
        elif name == "dl":
            said = iter(" ".join(self.blocks(part)) for part in element)
            yield markup.terms(list(zip(said, said, strict=True)))
        elif name == "blockquote":
            yield markup.quotation("\n\n".join(self.blocks(element)))
        elif name == "table":
            caption = element.find("caption")
            head, body = (list(map(self._row, element.findall(f"{part}/tr"))) for part in ("thead", "tbody"))
            yield markup.table("" if caption is None else self.line(caption), head, body)
        else:
            yield from self.blocks(element)

    def _row(self, row: Any) -> list[tuple[str, int]]:
        return [(" ".join(self.blocks(cell)), int(cell.get("colspan", "1"))) for cell in row]

    def line(self, element: Any) -> str:
        """Return what an element of running text holds."""
        inside = self._words(element.text)
        for child in element:
            inside += self._inline(child) + self._words(child.tail)
        return inside.strip(" ")

    def _inline(self, element: Any) -> str:
        name, kind, markup = element.tag, element.get("class", ""), self._markup
        if kind in _LEFT_OUT:
            return ""
        if name == "br":
            return markup.line_break()
        if kind == "page":
            return markup.page_of(element.get("data-to", "")[1:])
        inside = self.line(element)
        if not inside:
            return ""
        if kind == "fn":
            return markup.note(inside)
        if name == "a":
            return markup.link(element.get("href", ""), inside)
        if name in {"em", "cite"}:
            return markup.emphasis(inside)
        if name == "strong":
            return markup.strong(inside)
        return f"{inside} " if kind in {"number", "kind", "source-number"} else inside

    def _words(self, words: str | None) -> str:
        return self._markup.text(SPACE.sub(" ", words or ""))

    def _named(self, element: Any) -> str:
        name = element.get("id", "")
        return name if name in self._linked else ""


def _paragraph(run: str) -> Iterator[str]:
    """Return a paragraph, if there is one; a number at its beginning makes no list."""
    if run := run.strip(" "):
        yield _NUMBER.sub(r"\1\\\2", run)


def indented(block: str, width: int) -> str:
    """Return a block whose further lines are moved in."""
    return block.replace("\n", "\n" + " " * width)
