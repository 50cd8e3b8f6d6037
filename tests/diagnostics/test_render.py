"""Protects what people read when something is wrong: the words, the place, and that nothing confidential is shown.

The four renderings are held to whole texts, with codes of their own, so that better wording of a message changes
nothing here; the messages are checked at the end.
"""

from __future__ import annotations

import ast
import json
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.cli.console import Console
from reportgen.diagnostics import Diagnostic, Related, Severity, Span, diagnostic, render
from reportgen.diagnostics.codes import CODES, Code
from reportgen.diagnostics.render import (
    excerpt,
    few,
    ordered,
    severity_of,
    tell,
    to_github,
    to_html,
    to_json,
    to_text,
    visible,
)
from tests.french import french_translations
from tests.samples import ROOT

ANSWERS: Final = """\
format: 1
sources:
  s1: {kind: media, date: 30.09.2024}
  s2:
    kind: interview
    title: Maria & <b>Lopez</b>
    date: vendredi
"""
SOURCES: Final = {"report/sources.yaml": ANSWERS}
PLANTED: Final = {
    "RG198": Code(
        Severity.ERROR, "The key “{key}” stands here twice.", "Keep one of the two, and merge what they say."
    ),
    "RG298": Code(
        Severity.ERROR,
        "“{value}” is not a date.",
        "Write year, month, day: 2024-09-30.",
        "Did you mean “{suggestion}”?",
    ),
    "RG398": Code(Severity.ERROR, "“{value}” is not known.", "Known: {known}.", "Did you mean “{suggestion}”?"),
    "RG498": Code(Severity.NOTE, "Readers will see only its kind.", "Describe it in “described_as”."),
    "RG798": Code(Severity.WARNING, "While the PDF was made: {reason}."),
}
PLAIN: Final = diagnostic("RG298", Span("report/sources.yaml", 3, 27, 10), value="30.09.2024", suggestion="2024-09-30")
WITHHELD: Final = diagnostic(
    "RG298", Span("report/sources.yaml", 7, 11, 8), value="vendredi", suggestion="x"
).withheld()
TWICE: Final = diagnostic(
    "RG198", Span("b.yaml", 9, 1, 3), related=[Related(Span("b.yaml", 2, 1, 3), "note")], key="law"
)
NOTE: Final = diagnostic("RG498", Span("report/sources.yaml", 4, 3, 2))
NOWHERE: Final = diagnostic("RG798", None, reason="a font was not found")


@pytest.fixture(autouse=True, scope="module")
def _planted() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "CODES", {**CODES, **PLANTED})
        yield


def english(message: str) -> str:
    return message


def plain(text: str, _: str) -> str:
    return text


def test_terminal() -> None:
    assert (
        to_text([NOTE, PLAIN, WITHHELD, NOWHERE, TWICE], SOURCES, english, plain, 80)
        == """\
report/sources.yaml:4:3 note RG498
  Readers will see only its kind.
  4 |   s2:
    |   ^^
  → Describe it in “described_as”.

warning RG798
  While the PDF was made: a font was not found.

b.yaml:9:1 error RG198
  The key “law” stands here twice.
  → Keep one of the two, and merge what they say.
  ↳ b.yaml:2:1: note

report/sources.yaml:3:27 error RG298
  “30.09.2024” is not a date.
  3 |   s1: {kind: media, date: 30.09.2024}
    |                           ^^^^^^^^^^
  → Did you mean “2024-09-30”? Write year, month, day: 2024-09-30.

report/sources.yaml:7:11 error RG298
  “…” is not a date.
  7 |     date: ···
    |           ^^^
  → Write year, month, day: 2024-09-30."""
    )


def test_terminal_in_french() -> None:
    written = to_text([TWICE, NOWHERE, NOTE], {}, french_translations().gettext, plain, 80)
    assert "b.yaml:9:1 erreur RG198\n" in written
    assert "avertissement RG798\n" in written
    assert "note RG498\n" in written or "remarque RG498\n" in written


def test_terminal_colours_severity_and_marker() -> None:
    coloured = to_text([PLAIN], SOURCES, english, lambda text, role: f"<{role}>{text}</>")
    assert "<error>error RG298</>" in coloured
    assert "<dim>  3 | </>  s1: {kind: media" in coloured
    assert "<dim>    | </><error>                          ^^^^^^^^^^</>" in coloured


def test_terminal_breaks_long_sentences_and_not_words() -> None:
    long = diagnostic("RG798", None, reason="word " * 30 + "w" * 120)
    lines = to_text([long], {}, english, plain, 60).split("\n")
    assert max(len(line) for line in lines[:-1]) <= 60
    assert "w" * 120 in lines[-1]


def test_json() -> None:
    assert (
        to_json([TWICE, WITHHELD, NOWHERE], english)
        == """\
[
  {
    "code": "RG198",
    "severity": "error",
    "message": "The key “law” stands here twice.",
    "remedy": "Keep one of the two, and merge what they say.",
    "file": "b.yaml",
    "line": 9,
    "column": 1,
    "length": 3,
    "related": [
      {
        "file": "b.yaml",
        "line": 2,
        "column": 1,
        "length": 3,
        "message": "note"
      }
    ]
  },
  {
    "code": "RG298",
    "severity": "error",
    "message": "“…” is not a date.",
    "remedy": "Write year, month, day: 2024-09-30.",
    "file": "report/sources.yaml",
    "line": 7,
    "column": 11,
    "length": 0,
    "related": []
  },
  {
    "code": "RG798",
    "severity": "warning",
    "message": "While the PDF was made: a font was not found.",
    "remedy": "",
    "file": null,
    "line": null,
    "column": null,
    "length": null,
    "related": []
  }
]"""
    )
    assert to_json([], english) == "[]"


def test_github() -> None:
    assert (
        to_github([NOTE, PLAIN, WITHHELD, NOWHERE], english)
        == """\
::error file=report/sources.yaml,line=3,col=27,endColumn=37,title=RG298::“30.09.2024” is not a date. \
Did you mean “2024-09-30”? Write year, month, day: 2024-09-30.
::error file=report/sources.yaml,line=7,col=11,endColumn=12,title=RG298::“…” is not a date. \
Write year, month, day: 2024-09-30.
::warning title=RG798::While the PDF was made: a font was not found.
::notice file=report/sources.yaml,line=4,col=3,endColumn=5,title=RG498::Readers will see only its kind. \
Describe it in “described_as”."""
    )


def test_html() -> None:
    named = diagnostic(
        "RG398", Span("report/sources.yaml", 6, 12, 20), value='<b>"x"</b>', suggestion="a", known="a, b"
    )
    assert to_html([named, WITHHELD, NOWHERE], SOURCES, english) == (
        '<ol class="diagnostics">'
        '<li class="error"><p class="place">report/sources.yaml:6:12 RG398</p>'
        '<p class="message">“&lt;b&gt;&quot;x&quot;&lt;/b&gt;” is not known.</p>'
        "<pre>    title: Maria &amp; &lt;b&gt;Lopez&lt;/b&gt;\n"
        "           ^^^^^^^^^^^^^^^^^^^^</pre>"
        '<p class="remedy">Did you mean “a”? Known: a, b.</p></li>'
        '<li class="error"><p class="place">report/sources.yaml:7:11 RG298</p>'
        '<p class="message">“…” is not a date.</p>'
        "<pre>    date: ···\n"
        "          ^^^</pre>"
        '<p class="remedy">Write year, month, day: 2024-09-30.</p></li>'
        '<li class="warning"><p class="place"> RG798</p>'
        '<p class="message">While the PDF was made: a font was not found.</p></li>'
        "</ol>"
    )


def test_github_commands_cant_be_forged() -> None:
    hostile = diagnostic("RG398", Span("a,b:c%0A.yaml", 1, 1), value="x\n::error::forged", known="50% done\r")
    written = to_github([hostile], english)
    assert "\n" not in written
    assert written.startswith(
        "::error file=a%2Cb%3Ac%250A.yaml,line=1,col=1,endColumn=2,title=RG398::“x<U+000A>::error::"
    )
    assert "50%25 done<U+000D>" in written


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\x7f", "\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\ue000"]
)
def test_nothing_from_the_input_acts_on_a_terminal(character: str) -> None:
    file = f"a{character}.yaml"
    hostile = diagnostic("RG398", Span(file, 1, 1, 3), value=f"x{character}[31m", known="")
    sources = {file: f"x{character}y\n"}
    for written in (
        to_text([hostile], sources, english, plain),
        to_json([hostile], english),
        to_github([hostile], english),
        to_html([hostile], sources, english),
    ):
        assert character not in written
    assert json.loads(to_json([hostile], english))[0]["file"] == file


@given(st.text())
def test_visible_text_has_no_character_that_acts(text: str) -> None:
    shown = visible(text)
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in shown)
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_characters="\n")), st.integers(1, 300), st.integers(0, 50))
def test_the_marker_never_fails(line: str, column: int, length: int) -> None:
    for code in ("RG198", "RG298"):
        for item in (
            diagnostic(code, Span("a", 1, column, length)),
            diagnostic(code, Span("a", 1, column, length)).withheld(),
        ):
            shown = excerpt(item, {"a": line})
            if shown is not None:
                assert "\n" not in shown[0] + shown[1]
                assert shown[1].endswith("^")


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "marker"),
    [
        ("a: 日本 x", 7, 1, "a: 日本 x", "   \u3000\u3000 ^"),
        ("a: e\u0301te\u0301 x", 10, 1, "a: e\u0301te\u0301 x", "       ^"),
        ("a:\tx", 4, 1, "a: x", "   ^"),
        ("a: x\u202e y", 7, 1, "a: x<U+202E> y", "             ^"),
        ("a: " + "x" * 200, 150, 4, "…" + "x" * 100 + "…", " " * 51 + "^^^^"),
        ("a: " + "x" * 200, 190, 4, "…" + "x" * 100, " " * 87 + "^^^^"),
        ("a: b", 9, 2, "a: b", "    ^"),
    ],
)
def test_the_marker_stands_under_its_word(line: str, column: int, length: int, shown: str, marker: str) -> None:
    got = excerpt(diagnostic("RG298", Span("f", 1, column, length)), {"f": line})
    assert got is not None
    assert got[0] == shown
    assert got[1] == marker or (column > len(line) and got[1].strip() == "^")


@pytest.mark.parametrize(
    ("line", "shape"),
    [
        ("    title: Maria Lopez, nurse", "    title: ···, ···"),
        ("  - name: Maria", "  - name: ···"),
        ("Maria Lopez told us", "···"),
        ('  s1: {title: "Maria", url: https://x.example}', '  ···: {···: "···", ···: ···:···}'),
        ("  Maria: x", "  ···: ···"),
        ("    author: 'Jean-Luc N''Guessan' # x", "    author: '···' # ···"),
        ("    author: O’Neill-Wu, A.", "    author: ···, ···"),
        ("    author: O'Neill -- Wu", "    author: ···"),
    ],
)
def test_of_a_confidential_line_only_the_shape_is_shown(line: str, shape: str) -> None:
    """A key of the format is shown, for it is how people find the place again; one of the author’s own may be a name."""
    at = Span("f", 1, 1, 1)
    for item in (diagnostic("RG298", at).withheld(), diagnostic("RG198", at)):
        got = excerpt(item, {"f": line})
        assert got is not None
        assert got[0] == shape


@pytest.mark.parametrize("name", ["Wu", "Jean-Luc Okarou", "a b c d e f g h", "x" * 300])
@pytest.mark.parametrize("part", [0, 1])
def test_neither_dots_nor_marker_nor_length_tell_how_long_a_name_is(name: str, part: int) -> None:
    """Nor from where on; what stands after it keeps its marker."""
    line = f"  - author: {name}, date: 2024"
    at = Span("f", 1, 13 + part, len(name) - part)
    assert excerpt(diagnostic("RG298", at).withheld(), {"f": line}) == (
        "  - author: ···, ···: ···",
        "            ^^^",
    )
    assert '"length": 0' in to_json([diagnostic("RG298", at, value=name).withheld()], english)
    later = Span("f", 1, line.index("date") + 1, 4)
    assert excerpt(diagnostic("RG298", later).withheld(), {"f": line}) == (
        "  - author: ···, ···: ···",
        "                 ^^^",
    )


def test_there_is_no_excerpt_where_there_is_nothing_to_show() -> None:
    for span in (None, Span("other", 1, 1), Span("f", 3, 1), Span("f", 2, 1), Span("f", 0, 1)):
        assert excerpt(diagnostic("RG298", span), {"f": "a: 1\n   \n"}) is None


def test_a_confidential_value_is_in_no_rendering() -> None:
    secret = "CANARY"
    sources = {"f": f"title: {secret}\n"}
    item = diagnostic("RG398", Span("f", 1, 8, 6), value=secret, known="a, b", suggestion=secret).withheld()
    for written in (
        to_text([item], sources, english, plain),
        to_json([item], english),
        to_github([item], english),
        to_html([item], sources, english),
    ):
        assert secret not in written
        assert "Did you mean" not in written
        assert "Known: a, b." in written


def test_errors_come_first_then_places_each_once() -> None:
    second = diagnostic("RG298", Span("a.yaml", 2, 1))
    later = diagnostic("RG298", Span("a.yaml", 10, 1))
    right = diagnostic("RG298", Span("a.yaml", 2, 9))
    warning = diagnostic("RG798", Span("a.yaml", 1, 1), reason="s1")
    other = diagnostic("RG798", Span("a.yaml", 1, 1), reason="s2")
    raised = Diagnostic("RG798", Span("z.yaml", 1, 1), {}, severity=Severity.ERROR)
    found = [NOTE, warning, raised, later, other, second, right, second, NOWHERE]
    assert ordered(found) == [second, right, later, raised, NOWHERE, warning, other, NOTE]


# Codes


def parameters(code: str) -> set[str]:
    """The placeholders in what a code says."""
    told = CODES[code]
    parts = (told.message, told.remedy, told.guess)
    return {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_can_be_told(code: str, language: str) -> None:
    translate = french_translations().gettext if language == "fr" else english
    params = {name: f"«{name}»" for name in parameters(code)} | {"title_fr": "«title_fr»"}
    told = tell(Diagnostic(code, None, params), translate)
    said = f"{told.message} {told.remedy}"
    for name in parameters(code):
        assert f"«{name}»" in said or (name == "title_en" and "«title_fr»" in said)
    assert "{{" not in said
    assert told.message.strip()
    assert told.message[0].isupper() or told.message[0] in "“«"


def test_a_remedy_that_needs_a_suggestion_is_left_out_where_there_is_none() -> None:
    unknown = diagnostic("RG398", None, value="x", known="a, b", suggestion="")
    assert tell(unknown, english).remedy == "Known: a, b."
    both = diagnostic("RG398", None, value="x", known="a, b", suggestion="a")
    assert tell(both, english).remedy == "Did you mean “a”? Known: a, b."
    nothing_known = diagnostic("RG398", None, value="x", known="", suggestion="")
    assert tell(nothing_known, english).remedy == ""


def test_codes_are_unique_in_form_and_in_order() -> None:
    tree = ast.parse((ROOT / "reportgen" / "diagnostics" / "codes.py").read_text("utf-8"))
    written = [
        key.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    ]
    assert written == sorted(set(written)), "a code stands twice, or not in its place"
    assert written == list(CODES)
    for code in written:
        assert len(code) == 5
        assert code.startswith("RG")
        assert code[2:].isdecimal()
        assert 100 <= int(code[2:]) < 1000


def test_every_code_says_what_happened_in_a_sentence() -> None:
    for code in CODES.values():
        assert code.message.endswith(".")
        assert not code.remedy or code.remedy.endswith((".", "…”."))
        assert code.severity is Severity.WARNING or not code.blocks_final, "an error stops every report, a note none"


def reported() -> Iterator[tuple[Path, int, str, set[str]]]:
    """Every place in the program that reports a code with parameters written out: file, line, code, parameters."""
    for path in sorted((ROOT / "reportgen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or any(keyword.arg is None for keyword in node.keywords):
                continue
            if ast.unparse(node.func).rpartition(".")[2] not in {"diagnostic", "Diagnostic", "refuse", "_report", "at"}:
                continue
            given = {keyword.arg for keyword in node.keywords if keyword.arg} - {"related", "severity"}
            for argument in node.args:
                if isinstance(argument, ast.Dict):
                    given |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
            for argument in node.args:
                choices = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                for choice in choices:
                    if isinstance(choice, ast.Constant) and choice.value in CODES:
                        yield path, node.lineno, choice.value, given


def test_whoever_reports_a_code_gives_all_it_says() -> None:
    """A forgotten parameter would end in a crash, in front of somebody who made a mistake."""
    places = list(reported())
    assert len({code for _, _, code, _ in places}) > 90
    incomplete = [
        f"{path.name}:{line}: {code} lacks {sorted(parameters(code) - given)}"
        for path, line, code, given in places
        if parameters(code) - given
    ]
    assert incomplete == []


@pytest.mark.parametrize(
    ("code", "params", "english", "french"),
    [
        ("RG713", {"value": "#aaa", "ratio": "2.3", "suggestion": ""}, "2.3 to 1", "2,3 to 1"),
        ("RG613", {"value": "a.png", "size": 12.4, "limit": 10}, "12.4 MB", "12,4 MB"),
        ("RG211", {"size": 1234567, "limit": 60000}, "1,234,567 characters; up to 60,000", "1\u202f234\u202f567"),
        ("RG409", {"value": "2024-10-01", "limit": "2024"}, "(2024)", "(2024)"),
    ],
)
def test_figures_have_the_separators_of_the_language(
    code: str, params: dict[str, Any], english: str, french: str
) -> None:
    """A decimal comma in French; dates and years are no figures."""
    told = diagnostic(code, **params)
    assert english in tell(told, str).message
    separators = {"{whole}.{decimals}": "{whole},{decimals}", "{thousands},{units}": "{thousands}\u202f{units}"}
    assert french in tell(told, lambda message: separators.get(message, message)).message


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Else it is broken there, and the marker stands under another word."""
    line = "    answer: " + "word " * 60
    found = [diagnostic("RG298", Span("a.yaml", 1, column, 4), value="word") for column in range(1, 290, 17)]
    for shown in to_text(found, {"a.yaml": line}, english, plain, width).splitlines():
        assert len(shown) <= width


def test_what_is_left_out_counts() -> None:
    """It is as bad as what is shown, and stands behind it."""
    found = [diagnostic("RG298", Span("a.yaml", number), value="x") for number in range(1, 600)]
    kept = few([*found, diagnostic("RG498", Span("a.yaml", 700))])
    (rest,) = (item for item in kept if item.code == "RG941")
    assert severity_of(rest) is Severity.ERROR
    assert kept.index(rest) == len(kept) - 2
    assert Console("en", coloured=False, width=80).summary(kept) == "599 errors, 1 note."
