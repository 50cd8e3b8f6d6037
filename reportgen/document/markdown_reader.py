"""Markdown as people expect it, bounded and without HTML: the one place that knows the library.

Raw HTML is shown as text, images are left out, a list may follow a paragraph at once, citations and notes become
tokens. The result passes an allow-list (nh3) before anything else sees it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from reportgen.diagnostics import Span
from reportgen.document.model import note_token
from reportgen.submission.citations import CITATION, Citation, parse_citation

TakeNote = Callable[[tuple[Citation, ...], str], int]
"""Takes the citations, or the Markdown, of a note and returns its number."""

_TAGS: Final = {"p", "br", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "a", "hr"} | {
    "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "td": {"align"}, "th": {"align"}, "ol": {"start"}}
_NOTE_DEFINITION: Final = re.compile(r"^ {0,3}\[\^([\w.-]{1,40})\]:[ \t]*(.*)$")
_ITEM: Final = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_ANY_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")


class ProseError(Exception):
    """A text can't be set: it is nested too deep.

    Attributes:
        span: Where the text was written, once known.
    """

    def __init__(self, span: Span | None = None) -> None:
        super().__init__("nested too deep")
        self.span = span


def read_markdown(text: str, take_note: TakeNote) -> ET.Element:
    """Turn Markdown into a tree of allowed elements.

    Args:
        text: What an author wrote; its length is bounded by the reader.
        take_note: Called for each citation and note, in order.

    Returns:
        A root element whose children are the blocks; note calls stand in the text as tokens.

    Raises:
        ProseError: Lists or quotations are nested deeper than the library can follow.
    """
    engine, desk = _IDLE.pop() if _IDLE else _engine()
    desk.definitions, desk.take_note = {}, take_note
    try:
        html = engine.convert(text)
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
    return ET.fromstring(f"<div>{wellformed}</div>")  # noqa: S314 - our own allow-listed output


@dataclass
class _Desk:
    """What the engine needs to know about the text it reads at the moment."""

    definitions: dict[str, str]
    take_note: TakeNote


_IDLE: Final[list[tuple[Markdown, _Desk]]] = []
"""Engines at rest: making one takes longer than reading a paragraph. A note within a text takes a second one."""


def _engine() -> tuple[Markdown, _Desk]:
    desk = _Desk({}, lambda cited, words: 0)  # noqa: ARG005 - replaced before use
    extensions: list[Extension] = [TableExtension(use_align_attribute=True), SaneListExtension(), _Safe(desk)]
    return Markdown(extensions=extensions, output_format="xhtml"), desk


class _Safe(Extension):
    def __init__(self, desk: _Desk) -> None:
        super().__init__()
        self.desk = desk

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take out what is active or surprising, put in what reports need."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")
        md.preprocessors.register(_Notes(md, self.desk), "notes", 25)
        md.preprocessors.register(_ListsAfterText(md), "lists_after_text", 24)
        image = r"!\[([^\[\]]{0,500})\](?:\([^()\s]{0,1000}[^()]{0,200}\)|\[[^\[\]]{0,100}\])"
        md.inlinePatterns.register(_Image(image, md), "image", 185)
        md.inlinePatterns.register(_NoteCall(md, self.desk), "note_call", 184)
        md.inlinePatterns.register(_CitationCall(md, self.desk), "citation", 183)


class _Notes(Preprocessor):
    """Collects ``[^1]: …`` with its indented continuation."""

    def __init__(self, md: Markdown, desk: _Desk) -> None:
        super().__init__(md)
        self.desk = desk

    def run(self, lines: list[str]) -> list[str]:
        """Take the definitions out of the text."""
        kept: list[str] = []
        current: str | None = None
        for line in lines:
            if match := _NOTE_DEFINITION.match(line):
                current = match.group(1)
                self.desk.definitions.setdefault(current, match.group(2))
            elif current is not None and line.startswith(("    ", "\t")) and line.strip():
                self.desk.definitions[current] += f" {line.strip()}"
            else:
                current = None
                kept.append(line)
        return kept


class _ListsAfterText(Preprocessor):
    """A list may follow a line of text at once, as everybody writes it."""

    def run(self, lines: list[str]) -> list[str]:
        spaced: list[str] = []
        for line in lines:
            before = spaced[-1] if spaced else ""
            continues = not before.strip() or _ANY_ITEM.match(before) or before.startswith((" ", "\t", ">", "|"))
            if _ITEM.match(line) and not continues:
                spaced.append("")
            spaced.append(line)
        return spaced


class _Image(InlineProcessor):
    """Images are not printed; their description is."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802 - the library's signature
        return m.group(1), m.start(0), m.end(0)


class _NoteCall(InlineProcessor):
    def __init__(self, md: Markdown, desk: _Desk) -> None:
        super().__init__(r"\[\^([\w.-]{1,40})\]", md)
        self.desk = desk

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - the library's signature
        definition = self.desk.definitions.get(m.group(1))
        if not definition:
            return None, None, None
        return note_token(self.desk.take_note((), definition)), m.start(0), m.end(0)


class _CitationCall(InlineProcessor):
    def __init__(self, md: Markdown, desk: _Desk) -> None:
        super().__init__(r"\s*" + CITATION.pattern, md)
        self.desk = desk

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - the library's signature
        cited = parse_citation(m.group(1))
        if not cited:
            return None, None, None
        return note_token(self.desk.take_note(cited, "")), m.start(0), m.end(0)
