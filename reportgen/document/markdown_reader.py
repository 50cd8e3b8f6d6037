"""Markdown as people expect it, bounded and without HTML.

Raw HTML is shown as text, a figure becomes a token, as do citations and notes. The result passes an allow-list (nh3)
before anything else sees it. What stands within a line is read by ``markdown_inlines``; ``markdown_lines`` makes the
lines regular.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from html import unescape
from typing import Final

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.preprocessors import Preprocessor

from reportgen.diagnostics import Span
from reportgen.document.markdown_inlines import register
from reportgen.document.markdown_lines import regular_lines, take_addresses, take_notes
from reportgen.document.model import NOTE_CLOSE, NOTE_OPEN, note_token
from reportgen.learned import learned
from reportgen.submission.citations import Citation
from reportgen.submission.images import Figure
from reportgen.submission.yaml_reader import forbidden

Call = tuple[Citation, ...] | str | Figure
"""What stands behind a token: citations, the Markdown of a note, or a figure."""

MOST_REMEMBERED: Final = 5_000
"""Texts that are kept as they were read; a report of three hundred pages has half as many."""
DEEPEST: Final = 40
"""Elements within each other; what the renderer can follow is more than ten times as much."""
_TAGS: Final = {"p", "br", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "a", "hr"} | {
    "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "td": {"align"}, "th": {"align"}, "ol": {"start"}}
_REFERENCE: Final = re.compile(r"&#?\w{1,40};")
_TOKEN: Final = re.compile(f"\\s*{NOTE_OPEN}(\\d+){NOTE_CLOSE}\\s*")


class ProseError(Exception):
    """A text can't be set: it is nested too deep.

    Attributes:
        span: Where the text was written, once known.
    """

    def __init__(self, span: Span | None = None) -> None:
        super().__init__("nested too deep")
        self.span = span


@learned(MOST_REMEMBERED)
def read_markdown(text: str) -> tuple[ET.Element, list[Call]]:
    """Turn Markdown into a tree of allowed elements.

    Args:
        text: What an author wrote; its length is bounded by the reader.

    Returns:
        A root element whose children are the blocks, and what its tokens stand for. A token holds its index in that
        list; the order of the list is not that of the text, for the library reads inner elements later. Both are
        remembered, for a text stands in several chapters and is read again after every edit: nobody may change them.

    Raises:
        ProseError: Lists or quotations are nested deeper than the library can follow.
    """
    engine, desk = _IDLE.pop() if _IDLE else _engine()
    desk.notes, desk.calls = {}, []
    try:
        html = engine.convert(_REFERENCE.sub(_harmless, text))
    except RecursionError:
        raise ProseError from None
    engine.reset()
    _IDLE.append((engine, desk))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        url_relative="deny",
        clean_content_tags=set(),
    )
    wellformed = re.sub(r"<(br|hr)>", r"<\1/>", clean).replace("&nbsp;", "\u00a0")
    root = ET.fromstring(f"<div>{wellformed}</div>")  # noqa: S314 - our own allow-listed output
    if _depth(root) > DEEPEST:
        raise ProseError
    return root, desk.calls


def figure_of(element: ET.Element, calls: list[Call]) -> Figure | None:
    """Return the figure that a block is, if it is one."""
    token = _TOKEN.fullmatch(element.text or "") if element.tag == "p" and not len(element) else None
    call = calls[int(token[1])] if token else None
    return call if isinstance(call, Figure) else None


def _harmless(reference: re.Match[str]) -> str:
    """Keep a reference such as ``&eacute;``; one to a character that the input may not hold is shown as it stands.

    Else ``&#xE000;`` could forge the token of a note.
    """
    character = unescape(reference[0])
    return reference[0] if character and not any(map(forbidden, character)) else f"&amp;{reference[0][1:]}"


def _depth(root: ET.Element) -> int:
    depth, row = 0, list(root)
    while row and depth <= DEEPEST:
        depth, row = depth + 1, [child for element in row for child in element]
    return depth


@dataclass
class _Desk:
    """What the engine needs to know about the text it reads at the moment."""

    notes: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def words_of(self, note: str) -> str | None:
        """Return the words of a note by its name."""
        return self.notes.get(note)

    def call(self, what: Call) -> str:
        """Remember what a token stands for and return the token."""
        self.calls.append(what)
        return note_token(len(self.calls) - 1)


_IDLE: Final[list[tuple[Markdown, _Desk]]] = []
"""Engines at rest: making one takes longer than reading a paragraph."""


def _engine() -> tuple[Markdown, _Desk]:
    desk = _Desk()
    extensions: list[Extension] = [TableExtension(use_align_attribute=True), SaneListExtension(), _Ours(desk)]
    return Markdown(extensions=extensions, output_format="xhtml"), desk


class _Ours(Extension):
    def __init__(self, desk: _Desk) -> None:
        super().__init__()
        self.desk = desk

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take out what is active or surprising, put in what reports need."""
        md.preprocessors.deregister("html_block")
        for name in ("code", "setextheader", "reference", "quote"):
            md.parser.blockprocessors.deregister(name)
        md.parser.blockprocessors.register(_Quotations(md.parser), "quote", 20)
        md.preprocessors.register(_Lines(md, self.desk), "lines", 25)
        register(md, self.desk.words_of, self.desk.call)


class _Lines(Preprocessor):
    """Takes notes, figures and the addresses of links out of the text, and makes its lines regular."""

    def __init__(self, md: Markdown, desk: _Desk) -> None:
        super().__init__(md)
        self.desk = desk

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as the library wants them."""
        lines, self.desk.notes = take_notes(lines)
        lines, addresses = take_addresses(lines)
        self.md.references = {name: (address, "") for name, address in addresses.items()}
        return regular_lines(lines, self.desk.call)


class _Quotations(BlockQuoteProcessor):
    """Quotations with an empty line between them are two: two people may have said them."""

    def lastChild(self, parent: ET.Element) -> ET.Element | None:  # noqa: N802 - the library's name
        return None
