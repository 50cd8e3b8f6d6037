"""Markdown becomes what people expect, nothing active survives, and notes, citations and numbers are in their places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from reportgen.document.model import Answer, Finding, Prose
from reportgen.document.setter import Setter
from reportgen.languages.pairs import Freshness, Passage
from reportgen.submission.citations import Citation
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
        ("- one\n\n- two\n\n  more", "ul: <ul>\n<li>one</li>\n<li>two<br>more</li>\n</ul>"),
        ("- one\n  - inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("1) one\n2) two", "ol: <ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("text\n\n    indented, not code", "p: text\np: indented, not code"),
        ("so:\n• one\n• two", "p: so:\nul: <ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("so:\n– one ;\n– two.", "p: so:\nul: <ul>\n<li>one;</li>\n<li>two.</li>\n</ul>"),
        ("- one\n\t- inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("> so\n> - one", "blockquote: <blockquote>\n<p>so</p>\n<ul>\n<li>one</li>\n</ul>\n</blockquote>"),
        ("- one\n    - inner", "ul: <ul>\n<li>one<ul>\n<li>inner</li>\n</ul></li>\n</ul>"),
        ("> said\n> again", "blockquote: <blockquote>\n<p>said\nagain</p>\n</blockquote>"),
        ("[words](https://a.example/x?y=1&z=2)", 'p: <a href="https://a.example/x?y=1&amp;z=2">words</a>'),
        ("[**bold** words](https://a.example)", 'p: <a href="https://a.example">bold words</a>'),
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
    assert [str(note.html) for note in desk.notes] == ["<s1|p. 12>.", "A <em>note</em> <s2|>.", "<s1|>; <s2|>."]
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
    assert "no translation" in fallback.mark
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
