"""What stands within a line of Markdown: links, addresses, notes, citations, images; emphasis is the library's.

The library's patterns for links look no further here than an author would write, so that no text takes longer than its
length explains.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any, Final

from markdown import Markdown
from markdown.inlinepatterns import (
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SimpleTextInlineProcessor,
)

from reportgen.submission.citations import CITATION, Citation, parse_citation

LONGEST_LINK: Final = 1_500
"""Characters of the words of a link, and of its address."""
Call = Callable[[tuple[Citation, ...] | str], str]
"""Remembers a note and returns the token by which the text calls it."""
Found = tuple[Any, int | None, int | None]
_NOTHING: Final[Found] = (None, None, None)
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


def register(md: Markdown, definitions: Callable[[str], str | None], call: Call) -> None:
    """Put our patterns in the place of the library's.

    Args:
        md: The engine.
        definitions: Returns the words of a note by its name.
        call: Takes a note.
    """
    patterns = md.inlinePatterns
    for name in ("html", "image_link", "image_reference", "short_image_ref", "autolink", "automail"):
        patterns.deregister(name)
    for name, replacement, priority in (
        ("image", _Image(md), 185),
        ("note_call", _NoteCall(md, definitions, call), 184),
        ("citation", _CitationCall(md, call), 183),
        ("reference", _Reference(r"(?<!\!)\[", md), 170),
        ("link", _Link(r"(?<!\!)\[", md), 160),
        ("short_reference", _ShortReference(r"(?<!\!)\[", md), 130),
        ("address", _Address(md), 118),
        ("mail", _Mail(md), 117),
        ("br", _LineBreak(md), 101),
        ("times", SimpleTextInlineProcessor(r"(?<=\d)(\*)(?=\d)", md), 65),
    ):
        if name in patterns:
            patterns.deregister(name)
        patterns.register(replacement, name, priority)


class _Short:
    """A link whose words and address are of a length that people write."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - the library's name
        return super().getText(data[: index + LONGEST_LINK], index)  # type: ignore[misc,no-any-return]

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - the library's name
        return super().getLink(data[: index + LONGEST_LINK], index)  # type: ignore[misc,no-any-return]


class _Link(_Short, LinkInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


class _Reference(_Short, ReferenceInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


class _ShortReference(_Short, ShortReferenceInlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)


class _Image(InlineProcessor):
    """An image within a text is not printed; its description is."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"!\[([^\[\]]{0,500})\](?:\([^()\s]{0,1000}[^()]{0,200}\)|\[[^\[\]]{0,100}\])", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        return m.group(1), m.start(0), m.end(0)


class _NoteCall(InlineProcessor):
    def __init__(self, md: Markdown, definitions: Callable[[str], str | None], call: Call) -> None:
        super().__init__(r"\[\^([\w.-]{1,40})\]", md)
        self.definitions, self.call = definitions, call

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        definition = self.definitions(m.group(1))
        return (self.call(definition), m.start(0), m.end(0)) if definition else _NOTHING


class _CitationCall(InlineProcessor):
    def __init__(self, md: Markdown, call: Call) -> None:
        super().__init__(r"(?<!\s)\s*" + CITATION.pattern, md)
        self.call = call

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        cited = parse_citation(m.group(1))
        return (self.call(cited), m.start(0), m.end(0)) if cited else _NOTHING


class _Address(InlineProcessor):
    """A web address becomes a link, also between < and > or without its scheme; the punctuation after it stays outside."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(
            r"(?<![\w/.@-])<?((?:https?://|www\.(?=[\w-]+\.\w))[^\s<>\"“”«»\x02\x03\ue000-\uf8ff]{1,2000})", md
        )

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        scheme = "https://" if m.group(1).startswith("www.") else ""
        if m.group(0).startswith("<"):
            closed = data[m.end(0) : m.end(0) + 1] == ">"
            return (_anchor(m.group(1), scheme), m.start(0), m.end(0) + 1) if closed else _NOTHING
        address = _without_punctuation(m.group(1))
        if re.fullmatch(r"https?://\W*", address):
            return _NOTHING
        return _anchor(address, scheme), m.start(0), m.start(1) + len(address)


class _Mail(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"(?<![\w.+/@-])(<?)(?:mailto:)?([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})(>?)", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        inside = bool(m.group(1) and m.group(3))
        return _anchor(m.group(2), "mailto:"), m.start(0 if inside else 2), m.end(0 if inside else 2)


class _LineBreak(InlineProcessor):
    """The one element people know by heart, and the only way to break a line within a table."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"<br ?/?>", md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802 - the library's signature
        return ET.Element("br"), m.start(0), m.end(0)


def _anchor(address: str, scheme: str = "") -> ET.Element:
    element = ET.Element("a", href=scheme + address)
    element.text = address
    return element


def _without_punctuation(address: str) -> str:
    """Return an address without what belongs to the sentence: a point, a bracket that was opened before it."""
    surplus = {close: address.count(close) - address.count(open_) for close, open_ in _BRACKETS.items()}
    end = len(address)
    while end and (address[end - 1] in ".,;:!?…'’*_~`|\\" or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return address[:end]
