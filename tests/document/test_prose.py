"""Markdown becomes what people expect, nothing active survives, and notes, citations and numbers are in their places."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from markupsafe import Markup

from reportgen.diagnostics import Span
from reportgen.document.markdown_reader import ProseError
from reportgen.document.model import Answer, Finding, Prose
from reportgen.document.setter import Setter
from reportgen.languages.pairs import Freshness, Passage
from reportgen.pipeline import check, has_errors
from reportgen.submission.citations import Citation
from reportgen.submission.kinds import MAX_TEXT
from tests.samples import document, write


def setter(language: str = "en") -> Setter:
    """A setter of chapter 3 that cites by identifier."""

    def cite(citation: Citation) -> Markup:
        return Markup(f"<{citation.source}|{citation.locator}>")

    return Setter(language, "3", cite, {"s1": 4, "s2": 9})


def prose(text: str, language: str = "en", wanted: str = "") -> Prose:
    """Set a text."""
    return setter(wanted or language).prose(Passage(text, language, wanted or language, Freshness.ORIGINAL))


def html(text: str, language: str = "en") -> str:
    """Set a text and return its pieces, one a line, notes as ``{n}``."""
    lines = [f"{piece.kind}: {piece.html}" for piece in prose(text, language).pieces]
    return re.sub("\ue000(\\d+)\ue001", r"{\1}", "\n".join(lines))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One *two* **three** `four`.", "p: One <em>two</em> <strong>three</strong> <code>four</code>."),
        ("A line\n- one\n- two", "p: A line\nul: <ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("A line\n1. one\n2. two", "p: A line\nol: <ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("- one\n\n- two\n\n  more", "ul: <ul>\n<li><p>one</p></li>\n<li><p>two</p><p>more</p></li>\n</ul>"),
        ("- one\n  - inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("1) one\n2) two", "ol: <ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("text\n\n    indented, not code", "p: text\np: indented, not code"),
        ("so:\n• one\n• two", "p: so:\nul: <ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("so:\n– one ;\n– two.", "p: so:\nul: <ul>\n<li>one;</li>\n<li>two.</li>\n</ul>"),
        ("- one\n\t- inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("> so\n> - one", "blockquote: <blockquote>\n<p>so</p>\n<ul>\n<li>one</li>\n</ul>\n</blockquote>"),
        ("- one\n    - inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("> said\n> again", "blockquote: <blockquote>\n<p>said\nagain</p>\n</blockquote>"),
        ("(www.a.example).", 'p: (<a class="address" href="https://www.a.example">www.a.example</a>).'),
        ("www. and www.x are no addresses", "p: www. and www.x are no addresses"),
        ("[words](https://a.example/x?y=1&z=2)", 'p: <a href="https://a.example/x?y=1&amp;z=2">words</a>'),
        ("[**bold** words](https://a.example)", 'p: <a href="https://a.example"><strong>bold</strong> words</a>'),
        ("# Heading\n\ntext", "h: Heading\np: text"),
        ("| a | b |\n|---|--:|\n| 1 | 2 |", "table"),
        ("In 2019\n1998 was better.", "p: In 2019\n1998 was better."),
        ("x <b>y</b> & z", "p: x &lt;b&gt;y&lt;/b&gt; &amp; z"),
        ("see ![a map](map.png) here", "p: see a map here"),
        ("5 < 6 > 4", "p: 5 &lt; 6 &gt; 4"),
        ("Петров и محمد", "p: Петров и محمد"),
    ],
)
def test_markdown(written: str, expected: str) -> None:
    """What an officer writes comes out as she expects."""
    assert html(written).startswith(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("see https://a.example/x.", 'p: see <a class="address" href="https://a.example/x">https://a.example/x</a>.'),
        (
            "(see https://a.example/x_(y))",
            'p: (see <a class="address" href="https://a.example/x_(y)">https://a.example/x_(y)</a>)',
        ),
        (
            "**https://a.example/**",
            'p: <strong><a class="address" href="https://a.example/">https://a.example/</a></strong>',
        ),
        ("<https://a.example/x>", 'p: <a class="address" href="https://a.example/x">https://a.example/x</a>'),
        (
            "«https://a.example/é», “https://b.example”",
            'p: “<a class="address" href="https://a.example/é">https://a.example/é</a>”, “<a class="address" href="https://b.example">https://b.example</a>”',
        ),
        ("https://a.example/x[@s1]", 'p: <a class="address" href="https://a.example/x">https://a.example/x</a>{1}'),
        (
            "https://a.example/?a=1&b=2&amp;c=3",
            'p: <a class="address" href="https://a.example/?a=1&amp;b=2&amp;c=3">https://a.example/?a=1&amp;b=2&amp;c=3</a>',
        ),
        (
            "write to a.b@c.example, or <x@y.example>.",
            'p: write to <a class="address" href="mailto:a.b@c.example">a.b@c.example</a>, or <a class="address" href="mailto:x@y.example">x@y.example</a>.',
        ),
        (
            "[https://a.example/x](https://a.example/x)",
            'p: <a class="address" href="https://a.example/x">https://a.example/x</a>',
        ),
        ("https:// and http://…", "p: https:// and http://…"),
        ("www.a.example", 'p: <a class="address" href="https://www.a.example">www.a.example</a>'),
        ("[^1]\n\n[^1]: See https://a.example/x.", "p: {1}"),
        ("`https://a.example`", "p: <code>https://a.example</code>"),
        ('[text](https://a.example/a_(b) "Title (x)")', 'p: <a href="https://a.example/a_(b)">text</a>'),
        ("[text](<https://a.example/a b>)", 'p: <a href="https://a.example/a b">text</a>'),
        ("[text](mailto:a@b.example)", 'p: <a href="mailto:a@b.example">text</a>'),
        ("[text](file.docx)", "p: text"),
        (
            '[a][law] and [law]\n\n[law]: https://a.example/law "T"',
            'p: <a href="https://a.example/law">a</a> and <a href="https://a.example/law">law</a>',
        ),
        ("[Note]: important", "p: [Note]: important"),
        ("[1]: https://a.example", 'p: [1]: <a class="address" href="https://a.example">https://a.example</a>'),
        ("[@s1]: The law.", "p: :{1} The law."),
        ("[x](https://a.example/&#14;y)", 'p: <a href="https://a.example/&amp;#14;y">x</a>'),
        (
            "1. one\n- sub\n- sub\n2. two",
            "ol: <ol>\n<li>one<ul>\n<li>sub</li>\n<li>sub</li>\n</ul></li>\n<li>two</li>\n</ol>",
        ),
        ("• a\no\tb\n• d", "ul: <ul>\n<li>a<ul>\n<li>b</li>\n</ul></li>\n<li>d</li>\n</ul>"),
        ("1. one\n   - sub\n2. two", "ol: <ol>\n<li>one<ul>\n<li>sub</li>\n</ul></li>\n<li>two</li>\n</ol>"),
        (
            "1. a\n\n   - b\n\n   c\n2. d",
            "ol: <ol>\n<li><p>a</p><ul>\n<li>b</li>\n</ul><p>c</p></li>\n<li><p>d</p></li>\n</ol>",
        ),
        (
            "- a\n  - b\n    - c\n- e",
            "ul: <ul>\n<li>a<ul>\n<li>b<ul>\n<li>c</li>\n</ul></li>\n</ul></li>\n<li>e</li>\n</ul>",
        ),
        ("- a\n    b\n\n    c", "ul: <ul>\n<li><p>a b</p><p>c</p></li>\n</ul>"),
        ("1. one\n\ntext\n\n2. two", 'ol: <ol>\n<li>one</li>\n</ol>\np: text\nol: <ol start="2">\n<li>two</li>\n</ol>'),
        ("- a\n-\n- b", "ul: <ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- 5. five\n- 1998. six\n- #7", "ul: <ul>\n<li>5. five</li>\n<li>1998. six</li>\n<li>#7</li>\n</ul>"),
        ("10. a\n11. b", 'ol: <ol start="10">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("text\n12. more", "p: text\n12. more"),
        ("1998. A year", "p: 1998. A year"),
        ("le rapport\n– publié en 2023 – dit", "p: le rapport –\xa0publié en 2023\xa0– dit"),
        ("so:\n– one\n– two", "p: so:\nul: <ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("(a) first;\n(b) second.", "p: (a) first;<br>\n(b) second."),
        ("1. a:\n   (i) x;\n   (ii) y.", "ol: <ol>\n<li>a:<br>\n    (i) x;<br>\n    (ii) y.</li>\n</ol>"),
        ("* * *", "hr: <hr>"),
        ("+33 6 12", "p: +33 6 12"),
        ("- a\nlazy\n- b", "ul: <ul>\n<li>a lazy</li>\n<li>b</li>\n</ul>"),
        ("- a\\\n  b", "ul: <ul>\n<li>a<br>\n    b</li>\n</ul>"),
        (
            "> said\n> — Name, [@s1]",
            'blockquote: <blockquote>\n<p>said</p>\n<p class="attribution">—\xa0Name,{1}</p>\n</blockquote>',
        ),
        ("> a\n>\n> — Name", 'blockquote: <blockquote>\n<p>a</p>\n<p class="attribution">—\xa0Name</p>\n</blockquote>'),
        (
            "> a\n\n> b",
            "blockquote: <blockquote>\n<p>a</p>\n</blockquote>\nblockquote: <blockquote>\n<p>b</p>\n</blockquote>",
        ),
        ("> a\nafter", "blockquote: <blockquote>\n<p>a</p>\n</blockquote>\np: after"),
        ("> – Un\n> – Deux", "blockquote: <blockquote>\n<ul>\n<li>Un</li>\n<li>Deux</li>\n</ul>\n</blockquote>"),
        ("> 50 per cent", "p: &gt; 50\xa0per cent"),
        ("- > 50 per cent", "ul: <ul>\n<li>&gt; 50\xa0per cent</li>\n</ul>"),
        ("> a  \n> b", "blockquote: <blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
        (
            "Text:\n| a | b |\n|---|--:|\n| 1 | 2 |\nafter",
            'p: Text:\ntable: <table>\n<thead>\n<tr>\n<th scope="col">a</th>\n<th scope="col" class="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="right">2</td>\n</tr>\n</tbody>\n</table>\np: after',
        ),
        (
            "a | b\n--|--\n1 | 2",
            'table: <table>\n<thead>\n<tr>\n<th scope="col">a</th>\n<th scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            "| a | b |\n|---|\n| 1 | 2 |",
            'table: <table>\n<thead>\n<tr>\n<th scope="col">a</th>\n<th scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            "| a |\n|---|\n| 1<br>2 \\| 3 |",
            'table: <table>\n<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1<br>\n2 | 3</td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            "| | b |\n|---|---|\n| x | `a|b` |",
            'table: <table>\n<thead>\n<tr>\n<td></td>\n<th scope="col">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x</td>\n<td><code>a|b</code></td>\n</tr>\n</tbody>\n</table>',
        ),
        ("un*frigging*believable snake_case_name", "p: un<em>frigging</em>believable snake_case_name"),
        ("5*3*2, 5 * 3, 2 ** 3", "p: 5*3*2, 5 * 3, 2 ** 3"),
        ("Prix* et coût*", "p: Prix* et coût*"),
        (
            "*a **b** c* **a *b* c** ***x*** **a *b***",
            "p: <em>a <strong>b</strong> c</em> <strong>a <em>b</em> c</strong> <strong><em>x</em></strong> <strong>a <em>b</em></strong>",
        ),
        ("_a b_ __c__ a_b_c", "p: <em>a b</em> <strong>c</strong> a_b_c"),
        ("\\*no\\* \\[x\\] \\# 1\\. \\_", "p: *no* [x] # 1. _"),
        ("1\\. no", "p: 1. no"),
        ("#MeToo and\n#5", "p: #MeToo and\n#5"),
        ("# Heading #\ntext", "h: Heading\np: text"),
        ("## C#", "h: C#"),
        ("Title\n=====\ntext", "h: Title\np: text"),
        ("two\nlines\n---\ntext", "p: two\nlines\nhr: <hr>\np: text"),
        ("a  \nb", "p: a<br>\nb"),
        ("a\\\nb", "p: a<br>\nb"),
        ("a\\", "p: a\\"),
        ("`code *x* <b>` ``a ` b``", "p: <code>code *x* &lt;b&gt;</code> <code>a ` b</code>"),
        ("&eacute;&amp;&nbsp;&lt;b&gt; &#233;", "p: é&amp;\xa0&lt;b&gt; é"),
        ("&#14; &#xE000;0&#xE001; &nosuch;", "p: &amp;#14; &amp;#xE000;0&amp;#xE001; &amp;nosuch;"),
        ("<!-- note --> a<br>b", "p: &lt;!-- note --&gt; a<br>\nb"),
        ("~~x~~ ^a^ $5 {x} {{y}} [ ] [x]", "p: ~~x~~ ^a^ $5 {x} {{y}} [ ] [x]"),
        ("a\n\n\n\nb", "p: a\np: b"),
    ],
)
def test_what_people_type_and_paste(written: str, expected: str) -> None:
    """Addresses, links, lists, quotations, tables and signs, each as exactly what it was meant to be."""
    assert html(written) == expected


def test_addresses_in_notes_are_links() -> None:
    desk = setter()
    desk.prose(Passage("A.[^1]\n\n[^1]: See https://a.example/x.\n    And more.", "en", "en", Freshness.ORIGINAL))
    address = '<a class="address" href="https://a.example/x">https://a.example/x</a>'
    assert [str(note.html) for note in desk.notes] == [f"See {address}. And more."]


def test_no_link_stands_within_a_link() -> None:
    """An address in the words of a link is not one more link."""
    assert html("[at https://a.example now](https://b.example)").count("<a ") == 1


def test_the_reader_looks_no_further_than_an_author_writes() -> None:
    """A bracket that is closed a page later opens no link; to look for it would take time that grows with its square."""
    assert "<a " in html("[" + "word " * 200 + "](https://a.example)")
    assert "<a " not in html("[" + "word " * 400 + "](mailto:a)")


@pytest.mark.parametrize(
    "deep", ["*a **b " * 400 + "c** d* " * 400, "> " * 45 + "x", "\n".join("  " * level + "- x" for level in range(60))]
)
def test_what_is_nested_too_deep_is_refused_with_its_place(deep: str) -> None:
    """The renderer could not follow."""
    place = Span("a.yaml", 3, 5)
    with pytest.raises(ProseError) as error:
        setter().prose(Passage(deep, "en", "en", Freshness.ORIGINAL, place))
    assert error.value.span == place


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,boo)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        "<svg onload=alert(1)>",
        "[x](https://a.example 'title\" onclick=\"alert(1)')",
        "[x]: javascript:alert(1)\n\n[x]",
        "{{ 7*7 }} {% include 'x' %}",
        "<a href='file:///etc/passwd'>x</a>",
    ],
)
def test_nothing_active_survives(hostile: str) -> None:
    """No element, attribute or address that is not on the list reaches the page."""
    made = html(hostile)
    assert not re.search(r"<(?!/?(?:p|em|strong|a|ul|ol|li|br|code|pre|blockquote)\b)", made)
    assert not re.search(r'href="(?!https?://|mailto:)', made)
    assert not re.search(r"<[^>]*\bon\w+=", made)


def test_a_table_has_header_scopes_and_alignment() -> None:
    """Screen readers announce the column of a cell."""
    made = html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert '<th scope="col">a</th>' in made
    assert '<td class="right">2</td>' in made


def test_notes_and_citations_are_numbered_in_order() -> None:
    """Calls follow punctuation in English and precede it in French."""
    desk = setter()
    made = desk.prose(
        Passage(
            "First [@s1, p. 12]. Second[^a], third [@s1; @s2].\n\n[^a]: A *note* [@s2].", "en", "en", Freshness.ORIGINAL
        )
    )
    shown = re.sub("\ue000(\\d+)\ue001", r"{\1}", str(made.pieces[0].html))
    assert shown == "First.{1} Second,{2} third.{3}"
    assert [str(note.html) for note in desk.notes] == ["<s1|p. 12>.", "A <em>note</em> (<s2|>).", "<s1|>; <s2|>."]
    assert html("Un [@s1]. Deux [@s2] ; trois.", "fr") == "p: Un{1}. Deux{2}\u202f; trois."


def test_an_undefined_note_stays_visible() -> None:
    """Nothing the author wrote vanishes."""
    assert html("Text[^x].") == "p: Text[^x]."


def test_paragraphs_are_numbered_within_the_chapter() -> None:
    """Lists and tables belong to the paragraph before them."""
    made = prose("One\n\n- a\n\nTwo")
    assert [piece.number for piece in made.pieces] == ["3.1", "", "3.2"]


def test_fallback_and_stale_texts_are_marked() -> None:
    """No reader takes a fallback for a translation."""
    fallback = prose("Bonjour", "fr", "en")
    assert fallback.language == "fr"
    assert "Not translated" in fallback.mark
    stale = setter("fr").prose(Passage("Bonjour", "fr", "fr", Freshness.STALE))
    assert stale.mark
    assert not prose("Hello").mark


def test_long_real_text_survives(tmp_path: Path) -> None:
    """Lists, tables, quotations, links, notes and names in other scripts, inside a submission, in one answer."""
    answer = """\
grounds: |-
  The report names Иван Петров and محمد الأمين.
  - a list right after a line
  - with a [link](https://www.unodc.org/)

  > A quotation, with a note.[^1]

  | Year | Cases |
  |------|------:|
  | 2022 | 31 |

  [^1]: The note [@s1].
questions:
  untoc-5.model: {answer: "Short [@s2].", sources: [s1]}
findings:
  - {kind: case, text: "Found [@s1].", sources: [s1, s2]}
"""
    made = document(write(tmp_path, answer))
    article = next(chapter for chapter in made.chapters if chapter.id == "untoc-5")
    assert len(article.notes) == 3
    answers = [block for block in article.blocks if isinstance(block, Answer)]
    findings = [block for block in article.blocks if isinstance(block, Finding)]
    assert answers[0].references == (1,)
    assert findings[0].references == (2,), "a source cited in the words is not listed again"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[a](https://a.example) [b](<mailto:a@b.example>) [c]( https://a.example)", set()),
        ("[a](<map.docx>)", {"RG606"}),
        ("[a](www.a.example)", {"RG606"}),
        ("![a](map.docx) in a sentence", {"RG601"}),
        ("| a |\n|---|\n| 1<br>2 |", set()),
        ("<!-- ask Mr X -->", {"RG602"}),
        ("* * * * * * * * * *", set()),
        ("> > > > > > > > deep", {"RG605"}),
        ("- - - - - - - - deep", {"RG605"}),
        ("\u6f22\u5b57" * 300, set()),
        ("a\u00a0" * 300, {"RG604"}),
        ("*a* " * 3_001, {"RG605"}),
        ("[a] " * 1_001, {"RG605"}),
        ("|" + "a|" * 17 + "\n|" + "-|" * 17, {"RG618"}),
        ("a [@s1] " * 301, {"RG619"}),
    ],
)
def test_what_a_text_can_not_hold_is_told(text: str, wanted: set[str], tmp_path: Path) -> None:
    """And nothing that it can hold."""
    path = write(tmp_path, "grounds: |-\n" + "\n".join(f"  {line}" for line in text.split("\n")))
    assert {item.code for item in check(path).found if item.code.startswith("RG6")} == wanted


PILES: Final = {
    "brackets": "[",
    "links": "[a](",
    "images": "![",
    "sections": "<![CDATA[",
    "citations": "[@",
    "backticks": "`a",
    "bars": "|",
    "stars": "*a ",
    "double stars": "**a",
    "references": "&amp;",
    "quotations": "> ",
    "lists": "* ",
    "notes": "[^1]",
    "hashes": "# a #",
    "spaces": " ",
    "at signs": "a@a.",
    "addresses": "https://a.example/(",
}


@pytest.mark.parametrize("pile", PILES)
def test_a_pile_of_signs_ends_in_a_text_or_a_message(pile: str, tmp_path: Path) -> None:
    """The longest text that the reader takes; where this hangs, something looks further than it should."""
    text = (PILES[pile] * MAX_TEXT)[: MAX_TEXT - 2] + "x"
    path = write(tmp_path, f"grounds: |-\n  x\n  {text}")
    if not has_errors(check(path).found):
        assert document(path).chapters


@pytest.mark.parametrize(
    ("language", "wanted", "name"),
    [
        ("ar", "en", "Arabic"),
        ("ar", "fr", "arabe"),
        ("sw", "fr", "swahili"),
        ("en", "fr", "anglais"),
        ("fr", "en", "French"),
    ],
)
def test_the_language_of_an_original_is_named_in_that_of_the_report(language: str, wanted: str, name: str) -> None:
    made = setter(wanted).prose(Passage("Text.", language, wanted, Freshness.MISSING))
    assert f"({name})" in made.mark


def test_the_mark_of_another_language_stays_with_its_words() -> None:
    made = setter("en").inline(Passage("Ministère de la justice", "fr", "en", Freshness.MISSING))
    assert 'justice\u00a0<span class="tongue">[fr]</span>' in made.html
