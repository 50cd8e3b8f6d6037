"""Rules are found for each element as the library that matches them finds them."""

from __future__ import annotations

from typing import Any

from reportgen.theme.model import USUAL
from reportgen.writers.html import render_html
from reportgen.writers.pdf import import_weasyprint, with_faces
from reportgen.writers.rules import Matching
from tests.samples import FIRST, document

SHEET = """
p { --a: 1 } .one { --a: 2 } p.one { --a: 3 } #x { --a: 4 } p#x.one { --a: 5 } * { --a: 6 } [lang] { --a: 7 }
:lang(fr) { --a: 8 } p:first-child { --a: 9 } p + p { --a: 10 } div > p { --a: 11 } div p::before { --a: 12 }
[data-a] { --a: 13 } [data-a="1"] { --a: 14 } [data-a="ONE" i] { --a: 15 } p[data-b^="t"] { --a: 16 } a:link { --a: 17 }
a[href^="#"] { --a: 18 } a[href="#y"] { --a: 19 } [title] { --a: 20 } [title="y"] { --a: 21 } [hidden] { --a: 22 }
:not([data-a]) { --a: 23 } :is(.one, [data-a="2"]) { --a: 24 } p:nth-child(2n) { --a: 25 } :root { --a: 26 } [id] { --a: 27 }
[id="y"] { --a: 28 } td:empty { --a: 29 } [class~="two"] { --a: 30 } p:has(a) { --a: 31 } [lang|="fr"] { --a: 32 }
"""
BODY = """
<div><p>1<p class="one">2<p class="one" id="x">3<p class="two one" id="y">4<p data-a="1">5<p data-a="one">6<p data-a="2">7
<p data-a="1" data-b="two">8<p data-b="one">9<p lang="fr">10<p lang="fr-CA">11<p lang="en">12<p hidden>13</div>
<p><a href="#x">1</a><a href="#y">2</a><a href="y">3</a><a>4</a><a title="x">5</a><a title="y">6</a>
<table><tr><td><td>1</table><svg xmlns="http://www.w3.org/2000/svg"><title>1</title></svg>
"""


def test_the_rules_are_those_that_match() -> None:
    """For elements that have much in common as well, in their order and with their weight."""
    weasyprint = import_weasyprint()
    sheet = weasyprint.CSS(string=SHEET)
    pages = [f"<html><body>{BODY}</html>", f'<html lang="fr"><body>{BODY}</html>']
    pages.append(with_faces(render_html(document(FIRST, "fr"), "print").replace("<!--cut-->", ""), USUAL.signs))
    for html in pages:
        page = weasyprint.HTML(string=html)
        sheets = [(one, "author", None) for one in (sheet, *page._ua_stylesheets(), *page._ph_stylesheets())]
        matching = Matching(sheets)
        found = [matching.rules(element) for element in page.wrapper_element.iter_subtree()]
        assert found == [_matched(sheets, element) for element in page.wrapper_element.iter_subtree()]
        assert len(matching._known) < len(found)


def _matched(sheets: Any, element: Any) -> list[Any]:
    return [
        ("author", specificity, part, said, float("inf"))
        for sheet, _, _ in sheets
        for specificity, _, part, (said, _) in sheet.matcher.match(element)
    ]
