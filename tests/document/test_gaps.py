"""A draft says plainly what it lacks, where it lacks it; a final report says nothing of the kind."""

from __future__ import annotations

from pathlib import Path

from reportgen.document.model import Answer, Document, Finding, Gap, Gaps, Matrix, Recommendations, Remark
from reportgen.writers.html import render_html
from tests.samples import SOLO, document, write

UNFINISHED = """\
grounds: "No word of it in French."
questions:
  untoc-5.model: {answer: "Nobody says so."}
  untoc-5.roles: {answer: "With one [@s1]."}
findings:
- {kind: deficiency, text: {en: "Nothing behind it.", fr: "Rien derrière."}}
- {kind: case, text: {en: "Said somewhere.", fr: "Dit quelque part."}, sources: [s1]}
recommendations:
- {text: {en: "Do it.", fr: "À faire."}, priority: high}
"""


def draft(folder: Path, language: str = "en", *, final: bool = False) -> Document:
    """An unfinished report."""
    return document(write(folder, UNFINISHED), language, final=final)


def test_what_has_no_source_is_marked_beside_it(tmp_path: Path) -> None:
    """Findings, and only those that lack one: a final report refuses just these."""
    [_, article] = [chapter for chapter in draft(tmp_path).chapters if chapter.id in {"missing", "untoc-5"}]
    marked = [block.gaps for block in article.blocks if isinstance(block, (Answer, Finding))]
    assert marked == [(), (), ("No source",), ()]


def test_open_questions_stand_at_the_end_of_the_article(tmp_path: Path) -> None:
    """All questions of the article that nobody answered."""
    article = next(chapter for chapter in draft(tmp_path).chapters if chapter.id == "untoc-5")
    gap = article.blocks[-1]
    assert isinstance(gap, Gap)
    assert len(gap.items) == 3


def test_the_list_in_front_counts_what_is_missing(tmp_path: Path) -> None:
    """By article: open questions, unsourced findings, untranslated texts."""
    for language, untranslated in (("en", 0), ("fr", 3)):
        front = draft(tmp_path, language).chapters[0]
        assert (front.id, front.number) == ("missing", "")
        table = next(block for block in front.blocks if isinstance(block, Gaps))
        [row] = table.rows
        assert (row.unanswered, row.unsourced, row.untranslated, row.unrated) == (3, 1, untranslated, False)
        assert sum(isinstance(block, Remark) for block in front.blocks) == 3, (
            "summary, methodology, a recommendation to nobody"
        )


def test_a_final_report_says_nothing_of_it(tmp_path: Path) -> None:
    """The same text, final: no mark, no list, the same numbers of chapters."""
    final, unfinished = draft(tmp_path, final=True), draft(tmp_path)
    assert [(one.id, one.number) for one in final.chapters] == [
        (one.id, one.number) for one in unfinished.chapters if one.id != "missing"
    ]
    html = render_html(final, "print")
    assert "No source" not in html
    assert "Not answered yet" not in html
    assert "No source" in render_html(unfinished, "print")


def test_a_complete_draft_has_no_empty_list() -> None:
    """Where nothing is missing there is no such chapter; the pages still say that it is a draft."""
    made = document(SOLO, "fr", final=False)
    assert made.chapters[0].id == "summary"
    assert "data-draft" in render_html(made, "print")


def test_a_draft_for_the_public_tells_nothing_of_what_is_not_public(tmp_path: Path) -> None:
    """A confidential finding without a source leaves no trace in the list of what is missing."""
    path = write(tmp_path, "findings:\n- {kind: case, text: Secret, level: confidential}")
    front = next(chapter for chapter in document(path, final=False).chapters if chapter.id == "missing")
    table = next(block for block in front.blocks if isinstance(block, Gaps))
    assert [row.unsourced for row in table.rows] == [0]


def test_the_summary_names_no_more_than_seven_priorities(tmp_path: Path) -> None:
    """The rest is counted and stands in its chapter; the ratings come last."""
    rows = "\n".join(f"- {{text: Number {n}., priority: high}}" for n in range(9))
    summary = next(
        one for one in document(write(tmp_path, f"recommendations:\n{rows}")).chapters if one.id == "summary"
    )
    named = next(block for block in summary.blocks if isinstance(block, Recommendations))
    assert len(named.rows) == 7
    assert any(isinstance(block, Remark) and "2" in block.text for block in summary.blocks)
    assert isinstance(summary.blocks[-1], Matrix)


def test_places_lead_back_to_the_yaml(tmp_path: Path) -> None:
    """What is found out on paper about a chapter or an answer can be told with its line."""
    path = write(tmp_path, UNFINISHED)
    places = {key: passage.span for key, passage in document(path).origins.items() if passage.span}
    lines = path.read_text().splitlines()
    assert "No word of it" in lines[places["untoc-5"].line - 1]
    assert "With one" in lines[places["q-untoc-5-roles"].line - 1]
