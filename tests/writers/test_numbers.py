"""A new source moves the numbers of those behind it; pages that cite these are kept, and say the new ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.document.model import Document
from reportgen.theme.model import USUAL, Family
from reportgen.writers.html import render_html
from reportgen.writers.pdf import Setting
from reportgen.writers.pieces import Piece, cut
from reportgen.writers.quire import Quire, renumbered
from tests.samples import FIRST, document
from tests.writers.test_bind import bound, facts, in_pieces, whole
from tests.writers.test_pdf import failures

_ACT = "  {}: {{kind: legislation, title: Act {}, date: 2001, language: en}}\n"


def citing(folder: Path, *more: str) -> Path:
    """Write the small sample with a summary that cites beside the numbers of pages, a note in Arabic, and more sources.

    Each of ``more`` becomes a source that is cited on the methods and stands before all others of its kind; those whose
    names don't begin with ``act`` read like the interview of the sample.
    """
    text = FIRST.read_text("utf-8")
    summary = "This report recommends two measures."
    assert summary in text
    text = text.replace(summary, f"{summary} [@services, p. 3; @docker]")
    foreign = 'text: "Since 2022 a protocol lets prosecutors refer victims to a shelter [@sps_2023, p. 31]."'
    assert foreign in text
    text = text.replace(
        foreign, 'text: {ar: "منذ 2022 يسمح بروتوكول بإحالة الضحايا إلى مأوى [@services, 12] حتى 2024."}'
    )
    interview = text.partition("  docker:")[2]
    sources = "".join(_ACT.format(one, one) if one.startswith("act") else f"  {one}:{interview}" for one in more)
    text = text.replace("\nsources:\n", f"\nsources:\n{sources}", 1)
    read = "  methodology: >-\n    We read the laws"
    assert read in text
    cited = " ".join(f"[@{one}]" for one in more)
    path = folder / "report.yaml"
    path.write_text(text.replace(read, f"{read} {cited}"), "utf-8")
    return path


def pieces_of(made: Document) -> tuple[Piece, ...]:
    """The pieces of a document on paper."""
    return cut(render_html(made, "print"), made.theme)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_source_sets_what_cites_it_and_the_list_anew(language: str, tmp_path: Path) -> None:
    """All else is kept, and the file is to the byte as if it were set anew; numbers, words and links are right."""
    path = citing(tmp_path)
    known: dict[Piece, Quire] = {}
    before = document(path, language)
    in_pieces(before, known)
    kept = set(known)
    made = document(citing(tmp_path, "act"), language)
    again = in_pieces(made, known)
    assert sorted(piece.name for piece in known if piece not in kept) == ["about-", "sources-"]
    assert again == in_pieces(made, {})
    assert facts(made, again) == facts(made, whole(made))
    assert failures(again, tmp_path) == []
    back = document(citing(tmp_path), language)
    assert in_pieces(back, known) == in_pieces(before, {})


def test_what_was_kept_says_the_numbers_that_sources_have_now(tmp_path: Path) -> None:
    """On the page of the matrix too, whose content waits for numbers of pages; and only there something changes."""
    made = document(citing(tmp_path))
    cited = [piece for piece in pieces_of(made) if piece.sources]
    assert any("data-to=" in piece.html for piece in cited)
    setting = Setting(made.theme, made.images)
    for piece in cited:
        quire = setting.quire(piece)
        more = tuple(str(int(number) + 1) for number in piece.sources)
        moved = renumbered(quire, more)
        assert moved == setting.quire(replace(piece, sources=more)) != quire
        assert renumbered(moved, piece.sources) == quire
        assert renumbered(quire, piece.sources) is quire


def test_a_number_with_another_count_of_digits_is_set_anew(tmp_path: Path) -> None:
    """It takes more room, so that lines may break elsewhere."""
    few, many = (
        {piece.name: piece for piece in pieces_of(document(citing(tmp_path, *map("act{}".format, range(count)))))}
        for count in (1, 8)
    )
    assert [name for name in few if few[name] != many[name]] == [
        "summary-",
        "about-",
        "untoc-5-",
        "tip-5-",
        "sources-",
    ]
    assert "[0]" not in many["summary-"].html.replace("[00]", "")


@pytest.mark.parametrize("change", ["another", "told"])
def test_what_the_list_tells_is_no_part_of_what_cites_it(change: str, tmp_path: Path) -> None:
    """A withheld source that reads like another moves this as any other would; a day that is corrected moves nothing."""
    path = citing(tmp_path)
    before = set(pieces_of(document(path)))
    if change == "another":
        citing(tmp_path, "driver")
    else:
        path.write_text(path.read_text("utf-8").replace("accessed: 2024-07-15", "accessed: 2024-07-16"), "utf-8")
    new = [piece.name for piece in pieces_of(document(path)) if piece not in before]
    assert new == ["about-", "sources-"][change == "told" :]


@pytest.mark.parametrize("words", ['a data-source="7"', '`<a href="#source-1" data-source="7">[1]</a>`'])
def test_words_that_look_like_a_citation_are_none(words: str, tmp_path: Path) -> None:
    """Somebody may write about HTML, in a language whose quotation marks stay as they are."""
    path = citing(tmp_path)
    foreign, text = 'text: {ar: "', path.read_text("utf-8")
    assert foreign in text
    path.write_text(text.replace(foreign, f"text: {{ru: 'См. {words}', ar: \""), "utf-8")
    made = document(path)
    (piece,) = (piece for piece in pieces_of(made) if piece.name == "tip-5-")
    assert 'data-source="7"' in piece.html
    assert piece.sources == ("2", "1")
    assert facts(made, in_pieces(made, {})) == facts(made, whole(made))


def test_letters_of_the_house_keep_their_numbers(tmp_path: Path) -> None:
    """Their digits may differ in width, so that a one could not stand in the place of a nought."""
    made = document(citing(tmp_path))
    own = replace(made, theme=replace(USUAL, headings=Family("Own", ())))
    assert all(not piece.sources and "data-source" not in piece.html for piece in pieces_of(own))
    text = replace(made, theme=replace(USUAL, text=Family("Own", ())))  # notes are set in those of headings
    assert any(piece.sources for piece in pieces_of(text))


def test_bound_pieces_say_what_the_list_says(tmp_path: Path) -> None:
    """Without being kept as well."""
    made = document(citing(tmp_path, *map("act{}".format, range(8))))
    setting = Setting(made.theme, made.images)
    data = bound(made, [setting.quire(piece) for piece in pieces_of(made)])
    assert facts(made, data) == facts(made, whole(made))
