"""From HTML to the tag tree, one construct at a time, whatever our templates make of it today."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.theme.model import USUAL
from reportgen.writers.bind import bind, faces
from reportgen.writers.pdf import Setting
from reportgen.writers.pieces import Piece
from tests.structure import Tagged, read
from tests.writers.test_pdf import failures

PAGE = """<html lang="en"><head><title>Title</title><meta name="author" content="Author">
<style>@font-face {{ font-family: "Noto Sans"; src: url("asset:fonts/NotoSans-Regular.ttf") }}
@page {{ size: 120mm 100mm; margin: 10mm; @top-left {{ content: "Head" }} @bottom-left {{ content: counter(page) }} }}
body {{ font: 10pt "Noto Sans" }} ul {{ list-style-type: "– " }} .fn {{ float: footnote }}
.fn::footnote-call, .fn::footnote-marker {{ content: none }} {style}</style></head><body><h1>Title</h1>{body}</body></html>"""


def tagged(body: str, folder: Path, style: str = "", warned: bool = False) -> Tagged:
    """Set some HTML, check the rules, and read the tree back."""
    setting = Setting(USUAL, {})
    quire = setting.quire(Piece("", PAGE.format(body=body, style=style)))
    data = bind([quire], setting.fonts(faces([quire])))
    assert bool(quire.warnings) == warned, quire.warnings
    assert failures(data, folder) == []
    found = read(data)
    assert found.loose == []
    return found


CASES = {
    "a loose list with a quotation and a list in an item": (
        "<ul><li><p>one</p><p>two</p></li><li>three<blockquote><p>quoted</p></blockquote><ol><li>deep</li></ol></li></ul>",
        """
L ListNumbering=Disc
  LI
    Lbl
      “–”
    LBody
      P
        “one”
      P
        “two”
  LI
    Lbl
      “–”
    LBody
      “three”
      BlockQuote
        P
          “quoted”
      L ListNumbering=Decimal
        LI
          Lbl
            “1.”
          LBody
            “deep”""",
    ),
    "terms, one of them without a meaning": (
        "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd><dt>e</dt><dd></dd></dl>",
        """
L ListNumbering=None
  LI
    Lbl
      “a”
    Lbl
      “b”
    LBody
      “c”
    LBody
      “d”
  LI
    Lbl
      “e”
    LBody""",
    ),
    "a link around other elements": (
        '<p>See <a href="https://a.example/x"><strong>this <em>one</em></strong><sup>2</sup></a>, <a>no link</a>.</p>',
        """
P
  “See”
  Link (this one2)
    “this one 2”
  “,”
  Span
    “no link”
  “.”""",
    ),
    "a link that says where it leads": (
        '<p id="x"><a href="#x" title="To the top">1</a></p>',
        """
P
  Link (To the top)
    “1”""",
    ),
    "a part in another language, and a part of it in the first": (
        '<div lang="fr"><p>Oui <strong>non</strong> <span lang="en">yes</span></p></div><p>No <i lang="fr">si</i></p>',
        """
Div [fr]
  P [fr]
    “Oui non”
    Span [en]
      “yes”
P
  “No”
  Span [fr]
    “si”""",
    ),
    "contents in two levels": (
        ('<nav><ol style="list-style:none"><li><a href="#s">A</a> 1<ol style="list-style:none"><li><a href="#s">B</a></li></ol></li>'
        '</ol></nav><p id="s">x</p>'),
        """
Sect
  TOC
    TOCI
      Reference
        Link (A)
          “A”
        “1”
      TOC
        TOCI
          Reference
            Link (B)
              “B”
P
  “x”""",
    ),
    "notes after the words that call them": (
        ('<p>One<sup><a href="#n1">1</a></sup><span class="fn" id="n1"><a href="#n1">1</a> First.</span> and '
        'two<sup><a href="#n2">2</a></sup><span class="fn" id="n2">2 <em>Second</em>.</span> end.</p><p>Next.</p>'),
        """
P
  “One”
  Reference
    Link (1)
      “1”
  “and two”
  Reference
    Link (2)
      “2”
  “end.”
  Note #n1
    Lbl
      Link (1)
        “1”
    “First.”
  Note #n2
    “2 Second .”
P
  “Next.”""",
    ),
    "a note of a heading": (
        '<h2>Head<a href="#n1">1</a><span class="fn" id="n1">Note.</span></h2><p>Next.</p>',
        """
H2
  “Head”
  Reference
    Link (1)
      “1”
P
  Note #n1
    “Note.”
P
  “Next.”""",
    ),
    "a table with groups, spans and a corner": (
        ('<table><caption>All</caption><thead><tr><th scope="col" rowspan="2">No.</th><th scope="colgroup" colspan="2">Two</th></tr>'
        '<tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" colspan="3">Group</th></tr><tr><th scope="row" rowspan="2">1</th><td>a</td><td>b</td></tr>'
        '<tr><td colspan="2">c</td></tr></tbody></table>'),
        """
Table
  Caption
    “All”
  THead
    TR
      TH #table-1-1-1 RowSpan=2 Scope=Column
        “No.”
      TH #table-1-1-2 ColSpan=2 Scope=Column
        “Two”
    TR
      TH #table-1-2-2 Headers=['table-1-1-2'] Scope=Column
        “A”
      TH #table-1-2-3 Headers=['table-1-1-2'] Scope=Column
        “B”
  TBody
    TR
      TH #table-1-3-1 ColSpan=3 Scope=Row
        “Group”
    TR
      TH #table-1-4-1 Headers=['table-1-1-1', 'table-1-3-1'] RowSpan=2 Scope=Row
        “1”
      TD Headers=['table-1-1-2', 'table-1-2-2', 'table-1-4-1', 'table-1-3-1']
        “a”
      TD Headers=['table-1-1-2', 'table-1-2-3', 'table-1-4-1', 'table-1-3-1']
        “b”
    TR
      TD ColSpan=2 Headers=['table-1-1-2', 'table-1-2-2', 'table-1-2-3', 'table-1-4-1', 'table-1-3-1']
        “c”""",
    ),
    "a table with an empty corner": (
        "<table><thead><tr><td></td><th>2022</th></tr></thead><tbody><tr><td>charged</td><td>1</td></tr></tbody></table>",
        """
Table
  THead
    TR
      TD
      TH #table-1-1-2 Scope=Column
        “2022”
  TBody
    TR
      TH #table-1-2-1 Scope=Row
        “charged”
      TD Headers=['table-1-1-2', 'table-1-2-1']
        “1”""",
    ),
    "pictures with words, and decorations": (
        ('<svg width="20" height="20"><title>A square</title><rect width="9" height="9"/></svg>'
        '<p>x<svg aria-hidden="true" width="9" height="9"><rect width="9" height="9"/></svg><span aria-hidden="true">§</span></p>'),
        """
Figure Placement=Block alt='A square'
P
  “x”""",
    ),
    "words among blocks": (
        "<div>loose <b>words</b><p>block</p>more</div>",
        """
Div
  P
    “loose words”
  P
    “block”
  P
    “more”""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_construct_has_its_tree(name: str, tmp_path: Path) -> None:
    """The tree is what ISO 32000-1, 14.8.4 asks for, and no rule of either standard is broken."""
    body, expected = CASES[name]
    lines = tagged(body, tmp_path).root.dump().splitlines()
    assert lines[:3] == ["Document", "  H1", "    “Title”"]
    assert [line[2:] for line in lines[3:]] == expected.strip().splitlines()


def test_signs_of_the_style_sheet_are_not_read(tmp_path: Path) -> None:
    """A triangle before a mark decorates; words that a style sheet adds do not."""
    style = 'p::before { content: "§ " } p::after { content: " (draft)" }'
    found = tagged("<p>x</p>", tmp_path, style)
    assert next(found.root.parts("P")).words() == "x (draft)"
    assert "§" in [words.strip() for _, _, words in found.artifacts]


def test_margins_are_heads_and_feet(tmp_path: Path) -> None:
    """Each is said to be what it is, on every page."""
    found = tagged('<p style="break-after: page">x</p><p>y</p>', tmp_path)
    head, foot = ({"Type": "Pagination", "Subtype": kind} for kind in ("Header", "Footer"))
    assert found.artifacts == [(0, head, "Head"), (0, foot, "1"), (1, head, "Head"), (1, foot, "2")]


def test_a_link_over_two_pages_is_one_with_an_area_a_line(tmp_path: Path) -> None:
    """Also a paragraph, and what it says of its language."""
    style = "p { orphans: 1; widows: 1 }"
    found = tagged(f'<p lang="fr"><a href="https://a.example"><b>{"mot " * 400}</b></a></p>', tmp_path, style)
    (link,) = found.root.parts("Link")
    assert len(link.links) == len(link.kids) > 10  # one on each line, none for the words within
    assert len(link.pages) > 1
    assert [part.language for part in found.root.parts("P")] == ["fr"]


@pytest.mark.parametrize(
    "body",
    [
        "<svg width='9' height='9'><rect width='9' height='9'/></svg>",
        "<p style='opacity: .5'>x</p>",
        "<ul>words<li>x</li></ul>",
    ],
)
def test_what_can_not_be_read_is_told(body: str) -> None:
    """A picture without words, translucent words, words between items: a warning of the quire, hence a message."""
    quire = Setting(USUAL, {}).quire(Piece("", PAGE.format(body=body, style="")))
    assert any("read aloud" in warning for warning in quire.warnings)


def test_text_can_not_pass_for_a_word_of_the_standard(tmp_path: Path) -> None:
    """A summary that begins with a stroke stays text."""
    body = '<table><caption style="display: none">/Scope (a) &gt;&gt;</caption><tr><th scope="col">a</th></tr></table>'
    (table,) = tagged(body, tmp_path).root.parts("Table")
    assert table.attributes["Summary"] == "Scope (a) >>"
