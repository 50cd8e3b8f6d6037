"""Markdown as people expect it, bounded and without HTML: the one place that knows the library.

Raw HTML is shown as text, images are left out, a list may follow a paragraph at once, citations and notes become
tokens. The result passes an allow-list (nh3) before anything else sees it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
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

Call = tuple[Citation, ...] | str
"""What stands behind a note: citations, or Markdown."""

_TAGS: Final = {"p", "br", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "a", "hr"} | {
    "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_ATTRIBUTES: Final = {"a": {"href"}, "td": {"align"}, "th": {"align"}, "ol": {"start"}}
_NOTE_DEFINITION: Final = re.compile(r"^ {0,3}\[\^([\w.-]{1,40})\]:[ \t]*(.*)$")
_ITEM: Final = re.compile(r"( *)([-*+•●▪◦‣·–]|\d{1,3}[.)])([ \t]+)(\S.*)")
_MADE_ITEM: Final = re.compile(r"( *)([-*+•●▪◦‣·–]|\d{1,3}[.)])([ \t]+)(\S.*)")
_MAY_INTERRUPT: Final = frozenset({*"-*+•●▪◦‣·–", "1.", "1)"})
"""Marks that start a list in the middle of a paragraph; « 1998. » at the start of a line is a year."""
_STEP: Final = " " * 4


class ProseError(Exception):
    """A text can't be set: it is nested too deep.

    Attributes:
        span: Where the text was written, once known.
    """

    def __init__(self, span: Span | None = None) -> None:
        super().__init__("nested too deep")
        self.span = span


def read_markdown(text: str) -> tuple[ET.Element, list[Call]]:
    """Turn Markdown into a tree of allowed elements.

    Args:
        text: What an author wrote; its length is bounded by the reader.

    Returns:
        A root element whose children are the blocks, and the notes. A note is called in the text by a token that holds
        its index; the order of the list is not that of the text, for the library reads inner elements later.

    Raises:
        ProseError: Lists or quotations are nested deeper than the library can follow.
    """
    engine, desk = _IDLE.pop() if _IDLE else _engine()
    desk.definitions, desk.calls = {}, []
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
    return ET.fromstring(f"<div>{wellformed}</div>"), desk.calls  # noqa: S314 - our own allow-listed output


@dataclass
class _Desk:
    """What the engine needs to know about the text it reads at the moment."""

    definitions: dict[str, str]
    calls: list[Call]

    def call(self, what: Call) -> str:
        """Remember a note and return the token by which the text calls it."""
        self.calls.append(what)
        return note_token(len(self.calls) - 1)


_IDLE: Final[list[tuple[Markdown, _Desk]]] = []
"""Engines at rest: making one takes longer than reading a paragraph."""


def _engine() -> tuple[Markdown, _Desk]:
    desk = _Desk({}, [])
    extensions: list[Extension] = [TableExtension(use_align_attribute=True), SaneListExtension(), _Safe(desk)]
    return Markdown(extensions=extensions, output_format="xhtml"), desk


class _Safe(Extension):
    def __init__(self, desk: _Desk) -> None:
        super().__init__()
        self.desk = desk

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take out what is active or surprising, put in what reports need."""
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("image_link")
        md.inlinePatterns.deregister("image_reference")
        md.preprocessors.register(_Notes(md, self.desk), "notes", 25)
        md.preprocessors.register(_Lists(md), "lists", 24)
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


class _Lists(Preprocessor):
    """Lists as everybody writes them.

    After a line of text at once, nested by two, three or four spaces, with ``1)`` or ``1.``, with the bullets of a word
    processor or the dash of French lists. The library wants an empty line before and four spaces a level; this writes
    the lines so.
    """

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with lists indented as the library wants them, those of quotations too."""
        made: list[str] = []
        for quoted, group in groupby(lines, lambda line: line.startswith(">")):
            if quoted:
                inner = [line.removeprefix(">").removeprefix(" ") for line in group]
                made += [f"> {line}".rstrip() for line in self._respaced(inner)]
            else:
                made += self._respaced(group)
        return made

    def _respaced(self, lines: Iterable[str]) -> list[str]:
        made: list[str] = []
        levels: list[tuple[int, int]] = []
        """Of each open item: where its mark stands, and where its text starts."""
        for line in (written.expandtabs(4) for written in lines):
            item = _ITEM.match(line)
            indent = len(line) - len(line.lstrip(" "))
            after_gap = not made or not made[-1].strip()
            if item and (levels or after_gap or item.group(2) in _MAY_INTERRUPT):
                while levels and indent < levels[-1][0] + 2:
                    levels.pop()
                if not levels and not after_gap and not _MADE_ITEM.match(made[-1]):
                    made.append("")
                mark = item.group(2).replace(")", ".") if item.group(2)[0].isdigit() else "-"
                made.append(f"{_STEP * len(levels)}{mark} {item.group(4)}")
                levels.append((indent, item.end(3)))
            elif levels and line.strip() and (indent or not after_gap):
                while after_gap and len(levels) > 1 and indent < levels[-1][1]:
                    levels.pop()
                made.append(f"{_STEP * len(levels)}{line.strip()}")
            else:
                if line.strip():
                    levels.clear()
                made.append(line)
        return made


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
        return self.desk.call(definition), m.start(0), m.end(0)


class _CitationCall(InlineProcessor):
    def __init__(self, md: Markdown, desk: _Desk) -> None:
        super().__init__(r"\s*" + CITATION.pattern, md)
        self.desk = desk

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int | None, int | None]:  # type: ignore[override]  # noqa: N802 - the library's signature
        cited = parse_citation(m.group(1))
        if not cited:
            return None, None, None
        return self.desk.call(cited), m.start(0), m.end(0)
