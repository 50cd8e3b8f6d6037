"""Rows: every block of every language once, in the order of the report, beside its counterpart."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reportgen.preview.engine import Engine
from reportgen.preview.rows import FRONT, Cell, Sheet, rows
from reportgen.publication.audience import Audience
from tests.preview.desks import lay_out
from tests.samples import document, write

NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


def columns(*orders: list[str]) -> dict[str, dict[str, tuple[str, Cell]]]:
    """Return columns of cells with these names."""
    return {language: {name: ("c", Cell(f"{language} {name}")) for name in order} for language, order in zip(("en", "fr"), orders, strict=False)}  # fmt: skip


@given(NAMES, NAMES)
def test_every_block_of_either_language_has_its_row(one: list[str], other: list[str]) -> None:
    """None is lost or shown twice, whichever of the languages lacks it or has it elsewhere."""
    made = rows(columns(one, other))
    assert sorted(row.id for row in made) == sorted({*one, *other})
    for row in made:
        assert set(row.cells) == {language for language, names in (("en", one), ("fr", other)) if row.id in names}
        assert all(cell.html == f"{language} {row.id}" for language, cell in row.cells.items())


@given(NAMES, st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_the_order_is_that_of_the_report(order: list[str], here: set[str], there: set[str]) -> None:
    """Where each language lacks other blocks of the same report, both columns are read in their own order."""
    one, other = [name for name in order if name in here], [name for name in order if name in there]
    made = [row.id for row in rows(columns(one, other))]
    assert [name for name in made if name in here] == one
    assert [name for name in made if name in there] == other


def test_what_only_one_language_has_stands_where_it_belongs() -> None:
    """After what it follows there, not at the end."""
    assert [row.id for row in rows(columns(["a", "c"], ["a", "b", "c", "d"]))] == ["a", "b", "c", "d"]
    assert [row.id for row in rows(columns(["a", "c"], ["b", "c"]))] in (["a", "b", "c"], ["b", "a", "c"])


def test_rows_are_the_report(tmp_path: Path) -> None:
    """Put one after the other the cells hold every numbered paragraph and chapter of the document, in its order."""
    made = document(lay_out(tmp_path / "report"), final=False)
    cells = Sheet().cells(made)
    assert next(iter(cells)) == FRONT
    whole = "".join(cell.html for _, cell in cells.values())
    places = [whole.index(f"{finding} begins.") for finding in ("Five1", "Five2", "Five11", "Six1", "Six11")]
    assert places == sorted(places)
    assert whole.count('class="head"') == len(made.chapters)
    assert all(f'id="{chapter.id}"' in whole for chapter in made.chapters)


def test_an_english_block_without_a_french_one_has_an_empty_place(tmp_path: Path) -> None:
    """Notes that only one language has leave the other's cell out, and all rows after it are in step again."""
    path = write(
        tmp_path,
        'grounds: {en: "Word.[^1]\\n\\n[^1]: Note.", fr: Mot.}\nfindings: [{kind: case, text: {en: Last, fr: Fin}}]',
    )
    engine = Engine(path)
    list(engine.look())
    made = {row.id: row for row in engine.view(Audience.PUBLIC).rows}
    assert set(made["untoc-5/notes"].cells) == {"en"}
    assert set(next(row for row in made.values() if "Last" in row.cells["en"].html).cells) == {"en", "fr"}


def test_a_cell_knows_its_place_and_state(tmp_path: Path) -> None:
    """Each paragraph leads to the line of its own language; a missing translation is one."""
    path = write(tmp_path, "grounds: {en: Word, fr: Mot}\nfindings:\n  - {kind: case, text: {en: Only}}")
    engine = Engine(path)
    list(engine.look())
    lines = path.read_text("utf-8").splitlines()
    seen = 0
    for row in engine.view(Audience.PUBLIC).rows:
        for cell in row.cells.values():
            for passage in cell.origins.values():
                if passage.span and passage.text in ("Word", "Mot", "Only"):
                    assert passage.text in lines[passage.span.line - 1][passage.span.column - 1 :]
                    seen += 1
        if "Only" in row.cells["en"].html and "finding" in row.id:
            assert (row.cells["en"].state, row.cells["fr"].state) == ("", "missing")
            assert (row.cells["en"].original, row.cells["fr"].original) == (True, False)
    assert seen >= 3
