"""What is read plainly is the tree that a browser would make; what it would mend is left to the renderer."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.theme.model import USUAL
from reportgen.writers.html import render_html
from reportgen.writers.markup import plain
from reportgen.writers.pdf import with_faces
from reportgen.writers.pieces import cut
from tests.samples import FIRST, document

HEAD = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<title>One &amp; two</title>\n<style>p > a { }</style>\n</head>\n'
NAMES = ("p", "div", "a", "em", "strong", "span", "section", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code",
         "blockquote", "table", "caption", "colgroup", "thead", "tbody", "tr", "td", "th", "svg", "title", "b")  # fmt: skip
HELD = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd"), "tbody": ("tr",), "thead": ("tr",), "tr": ("td", "th"),
        "table": ("caption", "thead", "tbody")}  # fmt: skip
WORDS = ("", "", " ", "\n", "One", " two ", "a &amp; b", "&#39;", "\u00a0", "\nThree")
SIGNS = ("", "", ' id="x"', ' class="a b" lang="fr"', ' title="&quot;\n&lt;"', " hidden", ' id="x" id="y"')


def page(body: str) -> str:
    """A page with ``body``."""
    return f'{HEAD}<body class="print">{body}\n</body>\n</html>\n'


def told(element: Any) -> Any:
    """All that a tree says."""
    below = [told(child) for child in element]
    return element.tag, list(element.attrib.items()), element.text, element.tail, below


def browsed(html: str) -> Element:
    """The tree by the rules of HTML."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


@st.composite
def elements(draw: st.DrawFn, within: str = "body", depth: int = 0) -> str:
    """An element that may stand where it should, or anywhere."""
    usual = HELD.get(within, ("p", "em", "a", "span", "ul", "dl", "table", "div", "h2", "br", "img"))
    name = draw(st.sampled_from(usual if draw(st.integers(0, 9)) else NAMES))
    start = f"<{name}{draw(st.sampled_from(SIGNS))}>"
    if name in {"br", "img"}:
        return start
    words = st.sampled_from(WORDS[:4] if name in HELD else WORDS)
    kids = [draw(elements(name, depth + 1)) + draw(words) for _ in range(draw(st.integers(0, 3 if depth < 5 else 0)))]
    return f"{start}{draw(words)}{''.join(kids)}</{name}>"


@settings(max_examples=200, deadline=None)
@given(st.lists(elements(), max_size=3))
def test_what_is_read_plainly_is_what_a_browser_reads(bodies: list[str]) -> None:
    """Whatever stands in a page: the same tree, or none."""
    html = page("\n".join(bodies))
    root = plain(html)
    assert root is None or told(root) == told(browsed(html))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_of_a_report_are_plain(language: str) -> None:
    """Else nothing would be gained."""
    pieces = cut(render_html(document(FIRST, language), "print"), USUAL)
    pages = [with_faces(piece.html) for piece in pieces if "<svg" not in piece.html]
    assert len(pages) > 3
    for html in pages:
        root = plain(html)
        assert root is not None
        assert told(root) == told(browsed(html))


@pytest.mark.parametrize(
    "body",
    [
        "<p>One<p>Two</p></p>",
        "<p>One<table></table></p>",
        '<a href="#x">One <span><a href="#y">two</a></span></a>',
        "<em>One <strong>two</em> three</strong>",
        "<ul><li>One<div><li>Two</li></div></li></ul>",
        "<table><tr><td>One</td></tr></table>",
        "<table><tbody>One<tr><td>Two</td></tr></tbody></table>",
        "<table>\u00a0<tbody></tbody></table>",
        "<pre>\nOne</pre>",
        "<h2>One<h3>Two</h3></h2>",
        "<p>One &copy two</p>",
        "<p>One &#150; two</p>",
        "<p>One\r\ntwo</p>",
        "<p\u00a0hidden>One</p>",
        "<P>One</P>",
        "<p class=one>Two</p>",
        "<p/>One",
        "<!--One--><p>Two</p>",
        "</body><p>One</p>",
        "<p>One",
        "One</p>",
        "<svg><title>One</title></svg>",
    ],
)
def test_what_a_browser_would_mend_is_not_plain(body: str) -> None:
    """Elements that are moved, closed or added, and signs that are read as others."""
    assert plain(page(body)) is None
