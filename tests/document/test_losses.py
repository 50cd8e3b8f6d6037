"""Nothing an author wrote is lost without a word: what is not printed is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.document.model import Chapter
from reportgen.pipeline import check, for_final, has_errors
from reportgen.writers.html import render_html
from tests.samples import document, write
from tests.writers.test_html import Outline


def codes(path: Path) -> set[str]:
    """The codes of everything found."""
    return {item.code for item in check(path).found}


@pytest.mark.parametrize("text", ["[@s1 p. 12]", "[see @s1]", "[@s1, @s2]", "[ @s1, p. 3; see also @s2]", "(@s1)"])
def test_a_citation_that_cannot_be_read_is_an_error(text: str, tmp_path: Path) -> None:
    assert "RG607" in codes(write(tmp_path, f"grounds: 'So {text}.'"))


@pytest.mark.parametrize(
    "text", ["[@s1, p. 12]", "[@s1; @s2, art. 3]", "mail@s1.example", "`@s1`", "https://x.example/@s1"]
)
def test_a_citation_that_can_be_read_is_not(text: str, tmp_path: Path) -> None:
    assert "RG607" not in codes(write(tmp_path, f"grounds: 'So {text}.'"))


def test_an_article_that_does_not_apply_and_is_rated_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, "not_applicable: Because.\ngrounds: LOST\nrecommendations: [{text: LOST, addressee: A}]")
    found = check(path).found
    assert "RG411" in {item.code for item in found}
    assert has_errors(for_final(found))
    assert "LOST" not in render_html(document(path), "screen")


def test_unknown_is_an_answer(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(
        path.read_text("utf-8").replace("law: partly", "law: unknown").replace("practice: poor", "practice: unknown"),
        "utf-8",
    )
    assert "RG401" not in codes(path)


def test_every_call_in_the_summary_has_its_note(tmp_path: Path) -> None:
    """Recommendations that the summary does not show leave no note there."""
    answer = "recommendations:\n  - {text: 'Medium [@s1].', addressee: A}\n  - {text: 'High [@s1].', addressee: A, priority: high}"
    made = document(write(tmp_path, answer))
    summary: Chapter = made.chapters[0]
    assert len(summary.notes) == 1
    outline = Outline(render_html(made, "screen"))
    assert set(outline.targets) <= set(outline.ids)


def test_sources_have_the_same_number_in_every_language(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: {en: 'One [@s2].', fr: 'Un [@s1] [@s2].'}")
    for language in ("en", "fr"):
        assert 'id="source-2"' in render_html(document(path, language), "screen")


def test_declared_acronyms_are_listed_if_they_are_used(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "grounds: Frontex and ÉNM agree; Ofac is not far.",
        "acronyms: {Frontex: An agency, ÉNM: A school, Moj: Unused}",
    )
    text = render_html(document(path), "screen")
    assert "An agency" in text
    assert "A school" in text
    assert "Unused" not in text


def test_a_word_processors_dots_are_nothing_written(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: …\nstate_position: ...")
    assert "…" not in render_html(document(path), "screen").split("<main", 1)[1]
