"""The PDF, opened and measured: PDF/UA-1 and PDF/A-2a, contents that tell the right pages, notes on their pages, nothing lost.

One module, so that the full sample is set once a language however many workers run the tests.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from weasyprint.layout import LayoutContext as OriginalContext

from reportgen.document.model import Document
from reportgen.writers import pdf as writer
from reportgen.writers.html import render_html
from reportgen.writers.pdf import RenderFault, render_pdf, with_faces
from tests.samples import FIRST, SOLO, document, write

ORIGINAL_UPDATE = OriginalContext._update_footnote_area
"""The renderer's own function, taken before it is mended."""


@dataclass(frozen=True)
class Made:
    """A finished PDF beside the document it shows."""

    document: Document
    data: bytes
    warnings: tuple[str, ...]

    def words(self) -> list[str]:
        """The text of each page, with single spaces."""
        with pypdfium2.PdfDocument(self.data) as pdf:
            return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in pdf]


@pytest.fixture(scope="module", params=["en", "fr"])
def solo(request: pytest.FixtureRequest) -> Made:
    """The full sample, set."""
    made = document(SOLO, request.param)
    return Made(made, *render_pdf(made))


def failures(data: bytes, folder: Path) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-2a that a file breaks."""
    path = folder / "report.pdf"
    path.write_bytes(data)
    results = [page_validation.validate_pdf(str(path), profile=profile) for profile in ("ua1", "2a")]
    return [failure.rule_id for result in results for failure in result.failures]


def test_no_rule_is_broken(solo: Made, tmp_path: Path) -> None:
    """ISO 14289-1 (accessible) and ISO 19005-2 level A (to be kept)."""
    assert failures(solo.data, tmp_path) == []


def test_the_renderer_had_nothing_to_complain_about(solo: Made) -> None:
    """No missing glyph, anchor or style."""
    assert solo.warnings == ()


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Page number of every named destination."""
    pages = {sheet.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
    names: Any = pdf.Root.Names.Dests
    flat = _leaves(names)
    return {str(key): pages[target[0].objgen] for key, target in flat}


def _leaves(node: Any) -> Iterator[tuple[Any, Any]]:
    for child in node.get("/Kids", []):
        yield from _leaves(child)
    listed = list(node.get("/Names", []))
    yield from zip(listed[::2], listed[1::2], strict=True)


def test_contents_tell_the_right_pages(solo: Made) -> None:
    """Every chapter stands on the page that the contents and the bookmarks name."""
    with pikepdf.open(io.BytesIO(solo.data)) as pdf:
        where = destinations(pdf)
        contents = " ".join(solo.words()[2:4])
        for chapter in solo.document.chapters:
            title = re.escape(" ".join(chapter.title.text.split())).replace("\\’", ".")
            assert re.search(rf"{title} {where[chapter.id]}\b", contents), chapter.id
        with pdf.open_outline() as outline:
            titles = [" ".join(str(item.title).split()) for item in outline.root]
        for chapter in solo.document.chapters:
            assert any(chapter.title.text.split()[-1] in title for title in titles), chapter.id


def test_the_summary_can_be_torn_off(solo: Made) -> None:
    """What is said, what is asked and the ratings of sixteen articles stand on two pages."""
    with pikepdf.open(io.BytesIO(solo.data)) as pdf:
        where = destinations(pdf)
    assert where["about"] - where["summary"] == 2


def test_a_heading_stands_above_its_table_on_the_same_page(tmp_path: Path) -> None:
    """Neither a heading nor the caption below it is left at the foot of a page, wherever on it they fall."""
    table = '<div class="table"><table><caption>Caption</caption><thead><tr><th scope="col">A</th></tr></thead><tbody>{}</tbody></table></div>'
    rows = "".join(f"<tr><td>Row {row}</td></tr>" for row in range(9))
    chapters = "".join(
        f'<section class="chapter">{"<p>Line</p>" * lines}<h3>Heading</h3>{table.format(rows)}</section>'
        for lines in range(24, 36)
    )
    html = re.sub(
        "<!--cut-->.*</body>", lambda _: f"{chapters}</body>", render_html(document(FIRST), "print"), flags=re.S
    )
    weasyprint = writer.import_weasyprint()
    page = weasyprint.HTML(string=with_faces(html), url_fetcher=writer._fetcher(weasyprint))
    words = [words for words in Made(document(FIRST), page.write_pdf(), ()).words() if "Heading" in words]
    assert len(words) == 12
    assert 0 < sum("Line" in page for page in words) < 12
    assert [page for page in words if "Caption" not in page or "Row 0" not in page] == []


def test_no_note_is_lost_or_before_its_call(solo: Made) -> None:
    """Each note stands on the page of its call or, where there is no room, on the next."""
    with pikepdf.open(io.BytesIO(solo.data)) as pdf:
        where = destinations(pdf)
    count = 0
    for chapter in solo.document.chapters:
        for note in chapter.notes:
            call, body = where[f"{chapter.id}-r{note.number}"], where[f"{chapter.id}-n{note.number}"]
            assert 0 <= body - call <= 1, (chapter.id, note.number, call, body)
            count += 1
    assert count > 300


def test_notes_stand_in_order(solo: Made) -> None:
    """On every page the numbers of the notes rise."""
    with pikepdf.open(io.BytesIO(solo.data)) as pdf:
        where = destinations(pdf)
    for chapter in solo.document.chapters:
        pages = [where[f"{chapter.id}-n{note.number}"] for note in chapter.notes]
        assert pages == sorted(pages), chapter.id


def test_every_word_is_on_a_page(solo: Made) -> None:
    """What was composed is what is printed: the titles, and the first words of every paragraph."""
    printed = re.sub(r"[\s\u00ad\u2010-\u2011-]+", "", "".join(solo.words()))
    html = render_html(solo.document, "print")
    paragraphs = re.findall(r'<p class="numbered"[^>]*><span class="number">([\d.]+)</span> ([^<]{20,60})', html)
    assert len(paragraphs) > 200
    for number, words in paragraphs:
        plain = words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        assert re.sub(r"[\s\u00ad\u2010-\u2011-]+", "", plain)[:30] in printed, number


OURS = {
    "Noto-Serif", "Noto-Serif-Italic", "Noto-Serif-Semi-Bold", "Noto-Serif-Semi-Bold-Italic",
    "Noto-Sans", "Noto-Sans-Italic", "Noto-Sans-Semi-Bold", "Noto-Sans-Semi-Bold-Italic",
    "Noto-Sans-Math", "Noto-Sans-Symbols-2,", "IBM-Plex-Sans-Arabic", "IBM-Plex-Sans-Arabic-Semi-Bold",
}  # fmt: skip


def fonts(data: bytes) -> set[str]:
    """The names of all fonts of a file, each of which is embedded."""
    names = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                names.add(str(item.FontName).split("+")[-1])
                assert any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return names


def test_fonts_are_embedded_and_ours(solo: Made) -> None:
    """No font of this machine was used."""
    assert fonts(solo.data)
    assert fonts(solo.data) <= OURS


def test_title_language_and_dates(solo: Made) -> None:
    """The viewer shows the title; language and date come from the input, not from a clock."""
    with pikepdf.open(io.BytesIO(solo.data)) as pdf:
        assert str(pdf.Root.Lang) == solo.document.language
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert solo.document.title.text in str(pdf.docinfo["/Title"])
        assert "2024" in str(pdf.docinfo["/CreationDate"])


def test_same_input_same_bytes() -> None:
    """Twice in one process; what differs between machines is the next issue's."""
    made = document(FIRST)
    assert render_pdf(made)[0] == render_pdf(made)[0]


def test_names_in_other_scripts_have_glyphs(tmp_path: Path) -> None:
    """Arabic, Cyrillic, Greek and the usual signs are in the bundled fonts, and can be read aloud."""
    path = write(tmp_path, "grounds: 'Иван Петров, محمد الأمين, Ελλάδα, ₣ € № § † ✓ ☐ ● ▲ ½ ² ≥ → − … ‰'")
    data, warnings = render_pdf(document(path))
    assert warnings == ()
    assert failures(data, tmp_path) == []
    assert fonts(data) <= OURS


def test_a_sign_that_no_font_has_is_replaced_visibly(tmp_path: Path) -> None:
    """The file stays valid and the reader sees that something is missing; the author was told by the check."""
    data, warnings = render_pdf(document(write(tmp_path, "grounds: Hieroglyph 𓀀 and 漢字.")))
    assert warnings == ()
    assert failures(data, tmp_path) == []
    assert any("Hieroglyph � and ��" in words for words in Made(document(FIRST), data, ()).words())


@pytest.mark.parametrize(
    ("written", "font"),
    [
        ("שלום", "Hebrew"),
        ("საქართველო", "Georgian"),
        ("የኢትዮጵያ", "Ethiopic"),
        ("हिन्दी", "Noto-Sans"),
        ("မြန်မာ", "Myanmar"),
    ],
)
def test_other_scripts_have_their_fonts(written: str, font: str, tmp_path: Path) -> None:
    """A name in the script of the country is printed in a bundled font, and in no other."""
    data, warnings = render_pdf(document(write(tmp_path, f"grounds: The {written} text.")))
    assert warnings == ()
    assert failures(data, tmp_path) == []
    assert any(font in name for name in fonts(data))


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n- b\n\n  more\n\n  > quote\n\n- c\n  - d",
        "> a\n> - b\n>\n> c",
        "| a | b |\n|---|---|\n| 1 | **x** [l](https://a.example) |\n|   |   |",
        "# One\n\n### Three\n\ntext",
        "[**b** `c`](https://a.example) and `x < y`",
        "Note[^a] and [@s1].\n\n[^a]: With [@s1, p. 3] and *emphasis*.",
        "1. a\n2. b\n   1. c\n\n---\n\nend",
    ],
)
def test_whatever_markdown_the_file_stays_accessible(text: str, tmp_path: Path) -> None:
    """Loose lists, quotations in lists, empty cells: no rule breaks."""
    indented = "\n".join(f"  {line}" for line in text.splitlines())
    data, warnings = render_pdf(document(write(tmp_path, f"grounds: |-\n{indented}")))
    assert warnings == ()
    assert failures(data, tmp_path) == []


def test_nothing_outside_can_be_fetched() -> None:
    """Files and addresses are refused, whoever asks for them."""
    weasyprint = writer.import_weasyprint()
    fetcher = writer._fetcher(weasyprint)
    for url in ("file:///etc/passwd", "https://a.example/x.ttf", "asset:fonts/../report.html.j2", "asset:/etc/passwd"):
        with pytest.raises(Exception, match=r"."):
            fetcher.fetch(url)
    assert fetcher.fetch("asset:fonts/NotoSans-Regular.ttf") is not None


def test_a_failing_renderer_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback of a library reaches the user."""
    monkeypatch.setattr(writer, "gather", None)
    with pytest.raises(RenderFault):
        render_pdf(document(FIRST))


def test_measuring_each_note_once_changes_no_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The mended note area gives the same pages as the renderer's own, word for word."""
    from weasyprint.layout import LayoutContext

    text = "\n\n".join(
        f"Paragraph {n} of the text, {'long ' * (n % 40)} [@s1, p. {n}]. And more [@s2]." for n in range(60)
    )
    made = document(write(tmp_path, "grounds: |-\n" + "\n".join(f"  {line}" for line in text.split("\n"))))
    fast = Made(made, *render_pdf(made)).words()
    mended = LayoutContext._update_footnote_area

    def slow(context: Any) -> Any:
        context.current_page_footnotes.sort(key=lambda box: box.cached_counter_values["footnote"])
        return ORIGINAL_UPDATE(context)

    monkeypatch.setattr(LayoutContext, "_update_footnote_area", slow)
    assert LayoutContext._update_footnote_area is not mended
    assert Made(made, *render_pdf(made)).words() == fast


def test_without_the_mend_notes_get_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mend of WeasyPrint is still needed: the sample loses notes without it. If this fails, take the mend out."""
    weasyprint = writer.import_weasyprint()
    from weasyprint.layout import page

    monkeypatch.setattr(page, "make_page", page.make_page.original)
    made = document(SOLO, "en")
    html = render_html(replace(made, chapters=made.chapters[:9]), "print")
    with writer._records("weasyprint") as warnings, suppress(IndexError):  # or the renderer stumbles over them
        weasyprint.HTML(string=with_faces(html), url_fetcher=writer._fetcher(weasyprint)).write_pdf()
        assert any(re.search(r"No anchor #[\w-]+-n\d+ ", warning) for warning in warnings)
