"""Every key of a theme changes the pages, and only as it says: the finished files are opened and looked at."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pytest

from reportgen.document.model import Document
from reportgen.theme.model import ACCENT, GOOD, MAIN, StyleSheet, Theme
from reportgen.theme.read import read_theme
from reportgen.writers.html import render_html
from reportgen.writers.pdf import ignored, render_pdf
from reportgen.writers.write import told
from tests.samples import FIRST, document, write
from tests.theme.looks import FONTS, SAMPLE, Pages, dressed, font, sound

FINDINGS = """\
findings:
  - {kind: good_practice, text: Good., sources: [s1]}
  - {kind: case, text: A case., sources: [s1]}
"""
STATISTICS = """\
statistics:
  cases:
    title: Cases
    unit: persons
    articles: [untoc-5]
    sources: [s1]
    series: {one: {label: One, values: {2022: 3, 2023: 4}}, two: {label: Two, values: {2022: 1, 2023: 2}}}
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A short report with a good practice, a case and a chart."""
    return document(write(tmp_path_factory.mktemp("plain"), FINDINGS, STATISTICS))


@pytest.fixture(scope="module")
def usual(plain: Document) -> Pages:
    """Its pages in the program's own look."""
    return Pages.of(plain)


@pytest.fixture(scope="module", params=["en", "fr"])
def sample(request: pytest.FixtureRequest) -> tuple[str, Document, Pages]:
    """The first report in the sample theme, in each language."""
    theme = read_theme(SAMPLE).theme
    assert theme
    made = dressed(FIRST, theme, request.param)
    return request.param, made, Pages.of(made)


def test_a_theme_that_says_nothing_leaves_every_byte(plain: Document, usual: Pages, tmp_path: Path) -> None:
    """The default is the program's own look, in both forms."""
    themed = replace(plain, theme=sound(tmp_path, ""))
    assert render_html(themed, "screen") == render_html(plain, "screen")
    assert render_pdf(themed)[0] == usual.data


def test_paper(plain: Document, usual: Pages, tmp_path: Path) -> None:
    """Every page has the size, and the cover fits on one of them."""
    letter = Pages.of(replace(plain, theme=sound(tmp_path, "paper: Letter\n")))
    assert usual.sizes() == {(595, 842)}
    assert letter.sizes() == {(612, 792)}
    for pages in (usual, letter):
        assert "Imprint" in pages.words(1)
        assert "Imprint" not in pages.words(0)


def test_colours_are_painted_with(plain: Document, usual: Pages, tmp_path: Path) -> None:
    """Cover, kickers, good practice, signs of the ratings, chart: the new colours, and none of the old."""
    theme = sound(tmp_path, "colours: {main: '#7a0019', accent: '#00706d', good: '#3d3d00'}\n")
    pages = Pages.of(dressed_again(plain, theme, tmp_path))
    assert {MAIN, ACCENT, GOOD} <= usual.colours()
    assert {"#7a0019", "#00706d", "#3d3d00"} <= pages.colours()
    assert not {MAIN, ACCENT, GOOD} & pages.colours()
    assert pages.warnings == ()


def dressed_again(_: Document, theme: Theme, folder: Path) -> Document:
    """Compose the short report anew: a chart takes its colours when it is drawn."""
    return dressed(write(folder, FINDINGS, STATISTICS), theme)


def test_one_colour_changes_nothing_else(plain: Document, usual: Pages, tmp_path: Path) -> None:
    """The others stay as they are."""
    pages = Pages.of(replace(plain, theme=sound(tmp_path, "colours: {good: '#3d3d00'}\n")))
    assert pages.colours() == usual.colours() - {GOOD} | {"#3d3d00"}


def test_charts_and_signs_on_screen(tmp_path: Path) -> None:
    """The HTML has the same colours, and shades of them for dark screens."""
    theme = sound(tmp_path, "colours: {main: '#7a0019'}\n")
    html = render_html(dressed(write(tmp_path, FINDINGS, STATISTICS), theme), "screen")
    assert 'fill="#7a0019"' in html
    assert "%237a0019" in html
    assert MAIN not in html.split("--deep: #7a0019")[1]
    assert f"%23{MAIN[1:]}" not in html
    dark = re.search(r"prefers-color-scheme: dark\) \{ :root:root \{ --deep: (#\w{6}); --field: #7a0019;", html)
    assert dark


@pytest.mark.parametrize(
    ("text", "gone", "there"),
    [
        ("fonts: {text: sans}\n", "Noto-Serif", "Noto-Sans"),
        ("fonts: {headings: serif}\n", "Noto-Sans", "Noto-Serif"),
    ],
)
def test_bundled_fonts(text: str, gone: str, there: str, plain: Document, usual: Pages, tmp_path: Path) -> None:
    """One family for everything: the other is not in the file."""
    pages = Pages.of(replace(plain, theme=sound(tmp_path, text)))
    assert {gone, there} <= usual.fonts()
    assert there in pages.fonts()
    assert not [name for name in pages.fonts() if re.fullmatch(rf"{gone}(-Italic|-Semi-Bold|-Semi-Bold-Italic)?", name)]
    assert pages.warnings == ()


def test_both_families_can_change_places(plain: Document, usual: Pages, tmp_path: Path) -> None:
    """Not both into one."""
    pages = Pages.of(replace(plain, theme=sound(tmp_path, "fonts: {text: sans, headings: serif}\n")))
    assert {"Noto-Serif", "Noto-Sans"} <= pages.fonts()
    assert pages.data != usual.data


def test_fonts_of_the_house(tmp_path: Path) -> None:
    """Each of the files is embedded where it belongs; what they lack comes from the program's own."""
    faces = {
        "r__ttf": (FONTS / "IBMPlexSansArabic-Regular.ttf").read_bytes(),
        "b__ttf": (FONTS / "IBMPlexSansArabic-SemiBold.ttf").read_bytes(),
    }
    theme = sound(tmp_path / "house", "fonts: {text: {regular: r.ttf, bold: b.ttf}}\n", **faces)
    made = dressed(write(tmp_path, "grounds: Text and **strong** and Ελλάδα."), theme)
    pages = Pages.of(made)
    assert {"IBM-Plex-Sans-Arabic-A", "IBM-Plex-Sans-Arabic-A-Semi-Bold", "Noto-Serif"} <= pages.fonts()
    assert "Noto-Serif-Semi-Bold" not in pages.fonts()
    assert pages.warnings == ()
    html = render_html(made, "screen")
    assert '--text: "IBM Plex Sans Arabic", "Noto Serif", var(--others);' in html
    assert "asset:" not in html


def test_a_font_for_another_script(tmp_path: Path) -> None:
    """A sign that only the house's own font has is printed."""
    theme = sound(tmp_path / "house", "fonts: {more: [x.ttf]}\n", x__ttf=font("House", " 內政部"))
    path = write(tmp_path, "grounds: The 內政部 said so.")
    with_font = Pages.of(replace(document(path), theme=theme))
    assert "House" in with_font.fonts()
    assert with_font.warnings == ()
    assert "House" not in Pages.of(document(path)).fonts()


def test_the_style_sheet_of_the_house_knows_its_fonts(plain: Document, tmp_path: Path) -> None:
    """By the name of the family; the title on the cover is set in it."""
    files = {"x__ttf": font("House", "Tile "), "x__css": b'.cover h1 { font-family: "House", "Noto Serif" }'}
    pages = Pages.of(replace(plain, theme=sound(tmp_path, "fonts: {more: [x.ttf]}\ncss: x.css\n", **files)))
    assert "House" in pages.fonts()
    assert pages.warnings == ()


def test_the_logo_is_a_figure_with_words(sample: tuple[str, Document, Pages]) -> None:
    """Screen readers say what it shows, in the language of the report and as it is set in it."""
    language, made, pages = sample
    alternative = {
        "en": "Lighthouse Centre: a lighthouse with two beams",
        "fr": "Centre du Phare\u00a0: un phare et deux faisceaux",
    }[language]
    assert " ".join(alternative.split()) in [" ".join(words.split()) for words, _ in pages.figures()]
    html = render_html(made, "screen")
    assert f'alt="{alternative}" width="400" height="240"' in html
    assert re.search(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+"', html)


@pytest.mark.parametrize(
    ("description", "attributes"),
    [("A lamp", 'alt="A lamp"'), ("{en: A lamp}", 'alt="A lamp" lang="en"'), ("{fr: Un phare}", 'alt="Un phare"')],
)
def test_words_in_another_language_are_marked(description: str, attributes: str, tmp_path: Path) -> None:
    """A description without a language is taken as it is; another language is named."""
    text = f"logo: {{file: logo.png, description: {description}}}\n"
    theme = sound(tmp_path, text, logo__png=(SAMPLE / "logo.png").read_bytes())
    html = render_html(dressed(FIRST, theme, "fr"), "screen")
    image = re.search("<img [^>]*>", html)
    assert image
    assert [part in image.group() for part in re.findall(r'\w+="[^"]*"', attributes)] == [True] * attributes.count("=")
    assert ("lang=" in image.group()) == ("lang" in attributes)


def test_the_order_of_sections(sample: tuple[str, Document, Pages]) -> None:
    """Chapters, their numbers, contents and bookmarks follow one order; nothing is left out."""
    language, made, pages = sample
    before = document(FIRST, language)
    ids = [chapter.id for chapter in made.chapters]
    assert ids[:3] == ["summary", "recommendations", "about"]
    assert sorted(ids) == sorted(chapter.id for chapter in before.chapters)
    numbers = [chapter.number for chapter in made.chapters if chapter.number]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    marks = [re.sub(r"\W+", " ", mark) for mark in pages.outline()][-len(made.chapters) :]
    for mark, chapter in zip(marks, made.chapters, strict=True):
        assert mark.startswith(chapter.number)
        assert mark.endswith(re.sub(r"\W+", " ", chapter.title.text))


def test_recommendations_are_numbered_by_their_chapter(sample: tuple[str, Document, Pages]) -> None:
    """A number that is quoted leads to the chapter that has it."""
    _, made, _ = sample
    numbers = {chapter.id: chapter.number for chapter in made.chapters}
    rows = [row for chapter in made.chapters for block in chapter.blocks for row in getattr(block, "rows", ())]
    named = [row for row in rows if hasattr(row, "priority")]
    assert named
    assert all(row.number.startswith(f"R{numbers[row.chapter]}.") for row in named)


def test_a_style_sheet_of_the_house_comes_last(plain: Document, tmp_path: Path) -> None:
    """It can change what the program's own says."""
    theme = sound(tmp_path, "css: x.css\n", x__css=b".cover .field { background: #010203 }\n")
    pages = Pages.of(replace(plain, theme=theme))
    assert "#010203" in pages.colours()
    assert pages.warnings == ()


def sheet(theme: Theme) -> StyleSheet:
    """The style sheet of a theme that has one."""
    assert theme.css
    return theme.css


def test_what_the_renderer_ignores_is_told_at_its_place(tmp_path: Path) -> None:
    """Line and column of the house's own file, whatever stands before it on the page, and each once."""
    css = b"/* one\n\n\n   five */\n\ntd { gap: wide; }\n.kind { color: red; colour: red }\n@media screen { a { b: c } }\n"
    theme = sound(tmp_path, "css: x.css\n", x__css=css)
    found = told(render_pdf(dressed(FIRST, theme))[1], {}, ignored(sheet(theme)))
    at = [(item.code, item.span and (Path(item.span.file).name, item.span.line, item.span.column)) for item in found]
    assert at == [("RG724", ("x.css", 6, 6)), ("RG724", ("x.css", 7, 21))]
    assert found[1].params["reason"].startswith("Ignored `colour: red")


def test_colours_of_ink_are_left_out_and_told(plain: Document, tmp_path: Path) -> None:
    """A page in ink of an unknown printer would look different everywhere (ISO 19005-2, 6.2.4.3)."""
    svg = b"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Crect width='9' height='9' fill='device-cmyk(0 1 1 0)'/%3E%3C/svg%3E"
    css = (
        b"h2 { color: device-cmyk(0 81% 81% 30%) }\n"
        b"h3 { background: linear-gradient(device-cmyk(0 1 1 0), red) }\n"
        b":root { --brand: DEVICE-CMYK(0, 1, 1, 0) } p { color: var(--brand) }\n"
        b'.cover { background: url("data:image/svg+xml,' + svg + b'") }\n'
    )
    theme = sound(tmp_path, "css: x.css\n", x__css=css)
    data, warnings = render_pdf(replace(plain, theme=theme))
    found = told(warnings, {}, ignored(sheet(theme)))
    assert [(item.code, item.span and item.span.line) for item in found] == [
        ("RG724", 1),
        ("RG724", 2),
        ("RG706", None),
    ]
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    assert page_validation.validate_pdf(str(path), profile="2a").failures == []


def test_the_style_sheet_reaches_the_screen_as_it_is(tmp_path: Path) -> None:
    """Blank lines within a comment or a string are the house's own."""
    css = b'a::before { content: "x" }\n\n\n/* y\n\n\n   z */'
    html = render_html(dressed(FIRST, sound(tmp_path, "css: x.css\n", x__css=css)), "screen")
    assert css.decode() in html


def test_the_sample_stays_accessible_and_archival(sample: tuple[str, Document, Pages], tmp_path: Path) -> None:
    """PDF/UA-1 and PDF/A-2a hold with a logo, colours and paper of the house."""
    _, _, pages = sample
    path = tmp_path / "report.pdf"
    path.write_bytes(pages.data)
    for profile in ("ua1", "2a"):
        assert [item.rule_id for item in page_validation.validate_pdf(str(path), profile=profile).failures] == []
    assert pages.warnings == ()


def test_same_theme_same_bytes(sample: tuple[str, Document, Pages]) -> None:
    """Read and set twice."""
    language, _, pages = sample
    theme = read_theme(SAMPLE).theme
    assert theme
    assert render_pdf(dressed(FIRST, theme, language))[0] == pages.data
