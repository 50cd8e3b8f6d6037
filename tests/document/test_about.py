"""Sentences about the report itself, as one would say them for none, one, some and all articles; who submits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.document.model import Document, Organisations, Remark
from tests.samples import document, write


def about(folder: Path, scope: str, answers: str, language: str = "en", organisation: str = "") -> Document:
    """Compose a report with articles in its scope, and further answers than the one on article 5."""
    path = write(folder, "grounds: {en: x, fr: y}", language=language)
    text = (
        path.read_text("utf-8")
        .replace("scope: [untoc-5]", f"scope: [{scope}]")
        .replace("sources:", f"{answers}sources:", 1)
    )
    if organisation:
        text = text.replace("  org: {name: {en: Centre, fr: Centre}}", f"  org: {organisation}")
    path.write_text(text, "utf-8")
    return document(path, language)


def coverage(made: Document) -> str:
    """The sentence that says what the report answers."""
    [chapter] = [chapter for chapter in made.chapters if chapter.id == "about"]
    return next(block.text for block in chapter.blocks if isinstance(block, Remark)).replace("\u00a0", " ")


def test_some_of_the_articles(tmp_path: Path) -> None:
    made = about(tmp_path, "untoc-5, untoc-6", "  untoc-6: {law: full, practice: good, grounds: {en: x, fr: y}}\n")
    assert coverage(made).startswith("This report answers 2 of the 16 articles of cluster 1 ")


def test_one_of_them(tmp_path: Path) -> None:
    assert coverage(about(tmp_path, "untoc-5", "")).startswith("This report answers one of the 16 articles ")


def test_none_of_them(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text("utf-8").replace("    law: partly\n    practice: poor\n", "    law: not_rated\n")
    path.write_text(text, "utf-8")
    assert coverage(document(path)).startswith("This report answers none of the articles ")


def test_all_of_them() -> None:
    from tests.samples import SOLO

    assert coverage(document(SOLO)).startswith("This report answers all 16 articles ")
    assert "des 16 articles" not in coverage(document(SOLO, "fr"))


@pytest.mark.parametrize(
    ("described", "language", "shown"),
    [
        ("{en: a member organisation in the region, fr: une organisation membre}", "en", "A member organisation"),
        ("{en: a member organisation in the region, fr: une organisation membre}", "fr", "Une organisation membre"),
        ("{en: eLaw of the region, fr: eLaw de la région}", "en", "eLaw of"),
    ],
)
def test_an_organisation_without_a_name_starts_its_item_with_a_capital(
    described: str, language: str, shown: str, tmp_path: Path
) -> None:
    made = about(tmp_path, "untoc-5", "", language, f"{{name: {{en: X, fr: X}}, named: no, described_as: {described}}}")
    [chapter] = [chapter for chapter in made.chapters if chapter.id == "about"]
    [listed] = [block for block in chapter.blocks if isinstance(block, Organisations)]
    assert str(listed.entries[0].name.html).startswith(shown)
