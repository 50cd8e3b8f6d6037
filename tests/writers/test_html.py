"""The HTML stands alone, is complete in both languages, and templates can't be fooled by data."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reportgen.writers import html as writer
from reportgen.writers.html import TemplateFault, render_html
from tests.samples import FIRST, SOLO, document, write


class Outline(HTMLParser):
    """Collects what the checks below ask about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.addresses: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if name := found.get("id"):
            self.ids.append(name)
        for key in ("href", "src"):
            if value := found.get(key):
                (self.targets if value.startswith("#") else self.addresses).append(value.removeprefix("#"))


@pytest.fixture(scope="module", params=["en", "fr"])
def solo(request: pytest.FixtureRequest) -> str:
    """The full sample on screen, in each language."""
    return render_html(document(SOLO, request.param), "screen")


def test_links_and_headings(solo: str) -> None:
    """Every internal link has its target, identifiers are unique, headings have no gap."""
    outline = Outline(solo)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)
    assert outline.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(outline.headings, outline.headings[1:], strict=False))
    assert len(outline.targets) > 500, "contents, notes, sources and the matrix are linked"


def test_asks_nothing_of_any_network(solo: str) -> None:
    """No script, no frame, no style sheet, font or picture from elsewhere."""
    outline = Outline(solo)
    assert not outline.tags & {"script", "iframe", "object", "embed", "link", "img"}
    assert not re.search(r"url\((?![\"']?data:)", solo)
    assert "@import" not in solo


def test_every_article_and_question_is_there() -> None:
    """All sixteen articles, every question of the questionnaire, every recommendation."""
    made = document(SOLO)
    chapters = [chapter for chapter in made.chapters if chapter.kind == "article"]
    assert len(chapters) == 16
    text = render_html(made, "screen")
    for identifier in ("q-untoc-5-model", "q-som-5-steering", "q-firearms-8-seized"):
        assert f'id="{identifier}"' in text


def test_english_labels_do_not_leak_into_french() -> None:
    """The French report has no word of the program's own English."""
    text = re.sub("<style>.*?</style>", "", render_html(document(SOLO, "fr"), "screen"), flags=re.S)
    for word in (
        "Contents",
        "Imprint",
        "Recommendation ",
        "Believed",
        "Sources:",
        "Practice",
        "Summary",
        "High priority",
        "no data",
        "Figure 1</strong> [A-Z][a-z]+ of",
    ):
        assert not re.search(word, text), word


def test_data_is_never_a_template(tmp_path: Path) -> None:
    """Braces in an answer are text."""
    path = write(tmp_path, 'grounds: "{{ 7*7 }} {% raw %} {{ document }} <b>{# x #}</b>"')
    text = render_html(document(path), "screen")
    assert "{{ 7*7 }} {% raw %} {{ document }} &lt;b&gt;{# x #}&lt;/b&gt;" in text


def test_a_broken_template_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing name stops the build and says where."""
    (tmp_path / "templates" / "style").mkdir(parents=True)
    (tmp_path / "templates" / "report.html.j2").write_text("{{ document.language }}\n{{ nothing.here }}")
    for name in ("faces.css", "shared.css", "screen.css"):
        (tmp_path / "templates" / "style" / name).write_text("")
    monkeypatch.setattr(writer, "resource", lambda name: tmp_path / name)
    writer.style_sheet.cache_clear()
    monkeypatch.setattr(writer, "_environment", writer._environment.__wrapped__)
    with pytest.raises(TemplateFault, match=r"report\.html\.j2"):
        render_html(document(FIRST), "screen")
    writer.style_sheet.cache_clear()
