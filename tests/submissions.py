"""Made-up submissions, for tests that try many: texts with all that Markdown offers, in two languages, complete or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reportgen.writers.pdf import render_pdf
from tests.samples import document
from tests.thorough import made_up, tried
from tests.writers.test_pdf import failures

_SENTENCES = {
    "en": "the law of 2019 was amended; nobody was charged “in practice”, although victims – many of them children – asked",
    "fr": "la loi de 2019 a été modifiée ; personne n’a été poursuivi « en pratique », et l’État ne publie rien",
}
_WORDS = {language: words.split() for language, words in _SENTENCES.items()}
_ARTICLES = ("untoc-5", "untoc-6", "untoc-8", "untoc-23", "tip-5", "som-6")
_LAW = ("full", "largely", "partly", "none", "unknown", "not_rated")
_PRACTICE = ("good", "moderate", "poor", "none", "unknown", "not_rated")
_KINDS = ("deficiency", "good_practice", "case", "statistic", "development")


def _phrase(language: str) -> st.SearchStrategy[str]:
    words = st.lists(st.sampled_from(_WORDS[language]), min_size=1, max_size=12).map(" ".join)
    return st.tuples(
        words,
        st.sampled_from(
            ["", "**{}**", "*{}*", "[{}](https://a.example/b)", "[**{}** more](https://c.example)", "`{}`", "1^er^ {}"]
        ),
        st.sampled_from(_WORDS[language]),
        st.sampled_from(["", " [@s1]", " [@s2, p. 3]", "[^n]", " [@s1][@s2]", "."]),
    ).map(lambda parts: f"{parts[0]} {parts[1].format(parts[2])}{parts[3]}")


def _block(language: str) -> st.SearchStrategy[str]:
    phrase = _phrase(language)
    several = st.lists(phrase, min_size=1, max_size=3)
    return st.one_of(
        phrase,
        several.map(" ".join),
        several.map(lambda items: "\n".join(f"- {item}" for item in items)),
        several.map(lambda items: "\n\n".join(f"- {item}" for item in items)),
        several.map(lambda items: "\n\n".join(f"{n}. {item}\n\n   more\n   - deep" for n, item in enumerate(items, 1))),
        several.map(lambda items: "\n>\n".join(f"> {item}" for item in items)),
        several.map(lambda items: "- first\n\n  > quoted " + items[0]),
        several.map(
            lambda items: "| A | B |\n|---|--:|\n" + "\n".join(f"| {item} | 1 |" for item in items) + "\n|  |  |"
        ),
        phrase.map(lambda words: f"## {words}"),
        st.just("---"),
    )


def _markdown(language: str) -> st.SearchStrategy[str]:
    def joined(blocks: list[str]) -> str:
        text = "\n\n".join(blocks)
        return f"{text}\n\n[^n]: A note, see [@s2]." if "[^n]" in text else text

    return st.lists(_block(language), min_size=1, max_size=3).map(joined)


def _text(value: Any) -> st.SearchStrategy[Any]:
    """A text in both languages or in one of them; ``value`` makes a strategy for a language."""
    return st.one_of(
        st.fixed_dictionaries({"en": value("en"), "fr": value("fr")}),
        st.fixed_dictionaries({"en": value("en")}),
        st.fixed_dictionaries({"fr": value("fr")}),
    )


def _line(language: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_WORDS[language]), min_size=1, max_size=9).map(" ".join)


_SOURCES = st.lists(st.sampled_from(["s1", "s2"]), unique=True)
_FINDING = st.fixed_dictionaries(
    {"kind": st.sampled_from(_KINDS), "text": _text(_markdown), "sources": _SOURCES},
    optional={"title": _text(_line)},
)
_ADVICE = st.fixed_dictionaries(
    {"text": _text(_line), "addressee": _text(_line), "priority": st.sampled_from(["high", "medium", "low"])},
    optional={"timeframe": _text(_line), "indicator": _text(_line)},
)
_ARTICLE = st.fixed_dictionaries(
    {"law": st.sampled_from(_LAW), "practice": st.sampled_from(_PRACTICE)},
    optional={
        "grounds": _text(_markdown),
        "findings": st.lists(_FINDING, max_size=2),
        "recommendations": st.lists(_ADVICE, max_size=2),
        "state_answer": st.sampled_from(["yes", "in_part", "no", "not_published"]),
    },
)
_FIGURES = st.dictionaries(st.integers(2015, 2023), st.integers(0, 10**6), min_size=1, max_size=6)
_SERIES = st.fixed_dictionaries(
    {
        "title": _text(_line),
        "unit": st.just({"en": "persons", "fr": "personnes"}),
        "articles": st.just(["untoc-5"]),
        "sources": st.just(["s1"]),
        "chart": st.sampled_from(["bars", "lines", "none"]),
        "series": st.fixed_dictionaries(
            {"a": st.fixed_dictionaries({"label": _text(_line), "values": _FIGURES})},
            optional={"b": st.fixed_dictionaries({"label": _text(_line), "values": _FIGURES})},
        ),
    },
    optional={"definition": _text(_markdown)},
)


@st.composite
def submissions(draw: st.DrawFn) -> str:
    """A submission as YAML (which holds all of JSON)."""
    scope = draw(st.lists(st.sampled_from(_ARTICLES), min_size=1, max_size=2, unique=True))
    whole: dict[str, Any] = {
        "format": "1",
        "language": draw(st.sampled_from(["en", "fr"])),
        "state": {"code": "XSL", "name": {"en": "Solvania", "fr": "Solvanie"}, "french": {"article": "la", "in": "en"}},
        "cluster": "1",
        "report": {
            "title": draw(_text(_line)),
            "date": "2024-09-30",
            "scope": scope,
            "summary": draw(_text(_markdown)),
            "methodology": draw(_text(_markdown)),
        },
        "organisations": {"org": {"name": draw(_text(_line)), "named": "true"}},
        "answers": {article: draw(_ARTICLE) for article in scope},
        "sources": {
            "s1": {"kind": "ngo_report", "title": draw(_line("fr")), "date": "2023", "language": "fr"},
            "s2": {"kind": "official_document", "title": "A report", "date": "2022-03", "url": "https://d.example/e"},
        },
    }
    if draw(st.booleans()):
        whole["statistics"] = {"cases": draw(_SERIES)}
    return json.dumps(whole, ensure_ascii=False, indent=1)


EACH = tried(8, 25)
"""Submissions in each share; all of the two hundred take a laptop a quarter of an hour."""


def all_conform(language: str, share: int, folder: Path, count: int = EACH) -> None:
    """Set ``count`` submissions, drafts and final ones, and fail on any rule that the file breaks.

    Args:
        language: Language of the reports.
        share: Which of the endless row of submissions; the same number gives the same ones.
        folder: A folder for files.
        count: How many.
    """

    @made_up(count, share)
    @given(submissions(), st.booleans())
    def conforms(text: str, final: bool) -> None:
        path = folder / "submission.yaml"
        path.write_text(text, "utf-8")
        data, warnings = render_pdf(document(path, language, final=final))
        assert warnings == ()
        assert failures(data, folder) == []

    conforms()
