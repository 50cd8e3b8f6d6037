"""Markup that says just what it means is read in a tenth of the time.

The renderer reads HTML as a browser does, whatever it is like: sign by sign, ready to mend what is wrong. Our own pages
need no mending: every element is closed where it was opened. Such a page is the same tree by the rules of HTML
(https://html.spec.whatwg.org/multipage/parsing.html) as by those of XML, if no element stands where HTML would move or
close another one. A page is read here if nothing but such elements is in it; any other is left to the renderer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from io import StringIO
from typing import Any, Final
from xml.etree.ElementTree import TreeBuilder

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {
    "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip
"""What would close a paragraph (13.2.6.4.7)."""
_WORDS: Final = frozenset(
    {"a", "abbr", "br", "cite", "code", "em", "img", "q", "small", "span", "strong", "sub", "sup", "time"}
)
_FLOW: Final = _WORDS | _BLOCKS
_EMPTY: Final = frozenset({"br", "col", "hr", "img", "meta"})
"""What has no end."""
_FRAMES: Final = frozenset({"", "html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr"})
"""What words, and elements of any other kind than these, would be moved out of (13.2.6.4.9)."""
_WITHIN: Final[dict[str, tuple[str, ...]]] = {
    "html": ("",), "head": ("html",), "body": ("html",), "meta": ("head",), "title": ("head",), "style": ("head",),
    "caption": ("table",), "colgroup": ("table",), "thead": ("table",), "tbody": ("table",), "tfoot": ("table",),
    "col": ("colgroup",), "tr": ("thead", "tbody", "tfoot"), "td": ("tr",), "th": ("tr",),
    "li": ("ol", "ul"), "dt": ("dl",), "dd": ("dl",),
}  # fmt: skip
"""Where an element has to stand so that none is added around it or closed before it."""
_PARTS: Final = ["html", "head", "body"]
_LAST: Final = ("body", "html")
"""What only the end of the page ends; what is white before that still stands in the body (13.2.6.4.19)."""
_RAW: Final = frozenset({"style", "title"})
"""What holds no elements."""
_WHITE: Final = " \t\n"
_BEGIN: Final = re.compile(f"<!DOCTYPE html>[{_WHITE}]*<(?=html[ >])")
_ODD: Final = re.compile("&(?!(?:amp|lt|gt|quot|#34|#39);)|[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]")
"""What is not read as it stands, and whatever might not be: signs beyond the first plane as well."""
_START: Final = re.compile(f'([a-z][a-z0-9]*)((?:[{_WHITE}]+[a-z][a-z0-9-]*(?:="[^"]*")?)*)[{_WHITE}]*')
_ATTRIBUTE: Final = re.compile(r'([a-z][a-z0-9-]*)(?:="([^"]*)")?')


def read_plainly() -> None:
    """Have the renderer read plain markup this way; once is enough."""
    import tinyhtml5

    tinyhtml5.parse = _plainly(tinyhtml5.parse)


def _plainly(parse: Callable[..., Any]) -> Callable[..., Any]:
    def parse_plainly(document: Any, namespace_html_elements: bool = True, **more: Any) -> Any:
        """Return the root of a document."""
        found = None
        if isinstance(document, StringIO) and not namespace_html_elements and not more:
            found = plain(document.getvalue())
        return parse(document, namespace_html_elements, **more) if found is None else found

    return parse_plainly


def plain(html: str) -> Any:
    """Return the root of a page, or nothing if it is not plain enough."""
    begins = _BEGIN.match(html)
    if not begins or _ODD.search(html):
        return None
    builder = TreeBuilder()
    opened: list[str] = []
    parts: list[str] = []
    ended = 0
    for piece in html[begins.end() :].split("<"):
        tag, closed, text = piece.partition(">")
        if not closed:
            return None
        if tag[:1] == "/":
            if ended == len(opened) or opened[-1 - ended] != tag[1:]:
                return None
            if tag[1:] in _LAST:
                ended += 1
            else:
                builder.end(opened.pop())
        else:
            found = _start(tag)
            if ended or found is None or not _stands(found[0], opened) or (found[0] == "pre" and text[:1] == "\n"):
                return None
            name, attributes = found
            builder.start(name, attributes.copy())
            if name in _PARTS:
                parts.append(name)
            if name in _EMPTY:
                builder.end(name)
            else:
                opened.append(name)
        if not text or (parts == ["html"] and not text.strip(_WHITE)):  # nobody keeps what is white before the head
            continue
        if (ended or opened[-1] in _FRAMES) and text.strip(_WHITE):
            return None
        if "&" in text:
            if opened[-1] == "style":
                return None
            text = unescape(text)
        builder.data(text)
    if ended != len(_LAST) or parts != _PARTS:
        return None
    for name in _LAST:
        builder.end(name)
    return builder.close()


def _stands(name: str, opened: list[str]) -> bool:
    """Whether an element stands where HTML leaves it and closes nothing."""
    above = opened[-1] if opened else ""
    if name in _WITHIN:
        if above not in _WITHIN[name]:
            return False
    elif above in _FRAMES or above in _RAW or name not in _FLOW:
        return False
    if name in _BLOCKS and "p" in opened:
        return False
    return not ((name == "a" and "a" in opened) or (name in _HEADINGS and not _HEADINGS.isdisjoint(opened)))


@lru_cache(maxsize=1024)
def _start(tag: str) -> tuple[str, dict[str, str]] | None:
    """Return the name of an element and its attributes; nothing if HTML might have others."""
    found = _START.fullmatch(tag)
    if found is None:
        return None
    said = _ATTRIBUTE.findall(found[2])
    attributes = {name: unescape(value) for name, value in said}
    return (found[1], attributes) if len(attributes) == len(said) else None
