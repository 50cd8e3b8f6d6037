"""Protects what the mechanism asks: the article lists, both languages of every text, a source for every fact.

A wrong article list or a question in one language only would go unnoticed until a report is published.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.catalogue import Aspect, Catalogue, CatalogueError, load_catalogue
from reportgen.catalogue.loader import DATA
from reportgen.languages.pairs import OUTPUT_LANGUAGES, Text

CLUSTER_1 = (
    *("untoc-2", "untoc-5", "untoc-6", "untoc-8", "untoc-9", "untoc-10", "untoc-15", "untoc-23"),
    *("tip-3", "tip-5"),
    *("som-3", "som-5", "som-6"),
    *("firearms-3", "firearms-5", "firearms-8"),
)
"""The articles of criminalization and jurisdiction, resolution 9/1, annex, appendix."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def texts(catalogue: Catalogue) -> Iterator[tuple[str, Text]]:
    """Every text of the catalogue, with what it belongs to."""
    for instrument in catalogue.instruments.values():
        yield from ((instrument.id, text) for text in (instrument.name, instrument.short, instrument.cite))
    yield from ((article.id, article.title) for article in catalogue.articles.values())
    yield from ((f"cluster {cluster.number}", cluster.name) for cluster in catalogue.clusters.values())
    for enquiry in catalogue.enquiries.values():
        yield enquiry.article, enquiry.obligation
        for question in enquiry.questions:
            yield question.id, question.text
            yield from ((f"{question.id}, evidence", hint) for hint in question.evidence)
    yield from ((milestone.id, milestone.name) for milestone in catalogue.milestones)
    yield from ((acronym.letters["en"], acronym.meaning) for acronym in catalogue.acronyms)


def test_cluster_1_lists_exactly_its_sixteen_articles(catalogue: Catalogue) -> None:
    cluster = catalogue.clusters[1]
    assert cluster.verified
    assert cluster.articles == CLUSTER_1
    assert cluster.candidates == ()


def test_the_other_clusters_are_unverified_and_say_why(catalogue: Catalogue) -> None:
    assert list(catalogue.clusters) == [1, 2, 3, 4]
    for number in (2, 3, 4):
        cluster = catalogue.clusters[number]
        assert not cluster.verified
        assert "not verified" in cluster.source.versions["en"]
        assert "non vérifié" in cluster.source.versions["fr"]


def test_no_article_stands_in_two_clusters_or_is_a_candidate_of_one_that_another_lists(catalogue: Catalogue) -> None:
    listed = [article for cluster in catalogue.clusters.values() for article in cluster.articles]
    assert len(listed) == len(set(listed))
    for cluster in catalogue.clusters.values():
        assert not set(cluster.candidates) & set(listed)


@pytest.mark.parametrize(("instrument", "count"), [("untoc", 41), ("tip", 20), ("som", 25), ("firearms", 21)])
def test_every_instrument_has_all_its_articles(catalogue: Catalogue, instrument: str, count: int) -> None:
    articles = catalogue.instruments[instrument].articles
    assert list(articles) == list(range(1, count + 1))
    assert [article.id for article in articles.values()] == [f"{instrument}-{number}" for number in articles]


def test_there_are_107_articles_in_all(catalogue: Catalogue) -> None:
    assert len(catalogue.articles) == 107


def test_every_text_is_in_both_languages(catalogue: Catalogue) -> None:
    for owner, text in texts(catalogue):
        assert tuple(text.versions) == OUTPUT_LANGUAGES, owner
        assert all(version == version.strip() != "" for version in text.versions.values()), owner


def test_titles_of_articles_are_translated_not_copied(catalogue: Catalogue) -> None:
    same = {
        article.title.versions["en"]
        for article in catalogue.articles.values()
        if article.title.versions["en"] == article.title.versions["fr"]
    }
    assert same == {"Extradition", "Information"}


@pytest.mark.parametrize("mark", ["'", '"', "\u00a0", "\u202f", "  "])
def test_french_has_typographic_apostrophes_and_the_spaces_a_keyboard_has(catalogue: Catalogue, mark: str) -> None:
    """No-break spaces are set by the program; one typed by hand would hide that."""
    assert [owner for owner, text in texts(catalogue) if mark in text.versions["fr"]] == []


def test_french_has_a_space_before_high_punctuation(catalogue: Catalogue) -> None:
    assert [owner for owner, text in texts(catalogue) if re.search(r"[\w»)][;:!?](\s|$)", text.versions["fr"])] == []


@pytest.mark.parametrize("article", CLUSTER_1)
def test_every_article_of_cluster_1_is_asked_about(catalogue: Catalogue, article: str) -> None:
    questions = catalogue.questions(article)
    assert 3 <= len(questions) <= 6
    assert {question.aspect for question in questions} >= {Aspect.LAW, Aspect.PRACTICE}
    for question in questions:
        assert question.id.startswith(f"{article}.")
        assert 2 <= len(question.evidence) <= 4
        for language in OUTPUT_LANGUAGES:
            assert question.text.versions[language].endswith("?")


def test_figures_are_asked_for_wherever_something_is_counted(catalogue: Catalogue) -> None:
    """Definitions and jurisdiction are not counted; offences are."""
    counted = {
        enquiry.article
        for enquiry in catalogue.enquiries.values()
        if any(question.aspect is Aspect.FIGURES for question in enquiry.questions)
    }
    assert counted >= {"untoc-5", "untoc-6", "untoc-8", "untoc-23", "tip-5", "som-6", "firearms-5"}


def test_questions_are_asked_about_articles_of_the_cluster_only(catalogue: Catalogue) -> None:
    assert set(catalogue.enquiries) == set(CLUSTER_1)
    assert catalogue.questions("untoc-7") == ()


def test_every_fact_has_a_source(catalogue: Catalogue) -> None:
    questions = [question for enquiry in catalogue.enquiries.values() for question in enquiry.questions]
    sources = {
        **{instrument.id: instrument.source for instrument in catalogue.instruments.values()},
        **{article.id: article.source for article in catalogue.articles.values()},
        **{f"cluster {cluster.number}": cluster.source.source for cluster in catalogue.clusters.values()},
        **{f"{enquiry.article}, obligation": enquiry.source for enquiry in catalogue.enquiries.values()},
        **{question.id: question.source for question in questions},
        **{milestone.id: milestone.source for milestone in catalogue.milestones},
        **{acronym.letters["en"]: acronym.source for acronym in catalogue.acronyms},
    }
    assert len(sources) > 200
    assert [owner for owner, source in sources.items() if not source.strip()] == []


def planted(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the data of the catalogue and put one fault into it."""
    copy = folder / "data"
    shutil.copytree(DATA, copy)
    text = (copy / file).read_text("utf-8")
    assert re.search(old, text, re.MULTILINE), f"nothing to break in {file}"
    (copy / file).write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), "utf-8")
    return copy


QUESTIONNAIRE = "questionnaire-cluster1.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("clusters.yaml", r"tip: \[3, 5\]", "tip: [3, 55]", "cluster 1: unknown article tip-55"),
        (QUESTIONNAIRE, r"^  untoc-2:", "  untoc-99:", "unknown article untoc-99"),
        (QUESTIONNAIRE, r'^          fr: ".*"', '          fr: ""', "untoc-2.definitions: no text in 'fr'"),
        (QUESTIONNAIRE, r'^          fr: ".*"\n', "", "untoc-2.definitions: no text in 'fr'"),
        (QUESTIONNAIRE, r', fr: ".*"}', "}", "untoc-2.definitions, evidence: no text in 'fr'"),
        (QUESTIONNAIRE, r"^      fr: .*\n", "", "untoc-2: no text in 'fr'"),
        (
            QUESTIONNAIRE,
            r"id: untoc-2\.threshold",
            "id: untoc-2.definitions",
            "duplicate identifier untoc-2.definitions",
        ),
        (QUESTIONNAIRE, r"id: untoc-2\.threshold", "id: untoc-5.threshold", "starts with its article, untoc-2"),
        (QUESTIONNAIRE, r'^        source: ".*"', '        source: ""', "untoc-2.definitions: a fact without a source"),
        (
            QUESTIONNAIRE,
            r"^        aspect: law",
            "        aspect: theory",
            "untoc-2.definitions: unknown aspect theory",
        ),
        (
            "instruments.yaml",
            r'^      2: {en: "Use',
            '      1: {en: "Use',
            r"instruments\.yaml, line \d+: duplicate key 1",
        ),
        ("instruments.yaml", r"^      3: ", "      42: ", "untoc: articles are not numbered from 1 without a gap"),
        ("instruments.yaml", r', fr: "Terminologie"', "", "untoc-2: no text in 'fr'"),
        ("instruments.yaml", r'^    source: ".*"', '    source: " "', "untoc: a fact without a source"),
        (
            "clusters.yaml",
            r"^    source:\n      en: .*\n      fr: .*",
            "    source:",
            "cluster 1: a fact without a source",
        ),
        (
            "clusters.yaml",
            r"untoc: \[2, 5,",
            "untoc: [2, 4, 5,",
            "untoc-4: an article of a verified cluster needs 3 to 6",
        ),
        (
            "calendar.yaml",
            r"after: self_assessment",
            "after: nowhere",
            "feedback: after an unknown or later milestone, nowhere",
        ),
        (
            "calendar.yaml",
            r"after: self_assessment",
            "after: observations",
            "feedback: after an unknown or later milestone",
        ),
        ("calendar.yaml", r'source: "background003"}', 'source: ""}', "start: a fact without a source"),
        ("acronyms.yaml", r'means_fr: "[^"]*"', 'means_fr: ""', "UNTOC: no text in 'fr'"),
        ("acronyms.yaml", r'source: "[^"]*"', 'source: ""', "UNTOC: a fact without a source"),
    ],
)
def test_a_planted_fault_is_refused(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        load_catalogue(planted(tmp_path, file, old, new))


def test_an_article_asked_about_in_two_files_is_refused(tmp_path: Path) -> None:
    folder = planted(tmp_path, QUESTIONNAIRE, "^cluster: 1", "cluster: 1")
    shutil.copy(folder / QUESTIONNAIRE, folder / "questionnaire-cluster2.yaml")
    with pytest.raises(CatalogueError, match="untoc-2 is asked about twice"):
        load_catalogue(folder)


def test_an_untouched_copy_is_accepted(tmp_path: Path) -> None:
    """Else the tests above would prove nothing."""
    assert load_catalogue(planted(tmp_path, "clusters.yaml", "^clusters:", "clusters:")) == load_catalogue()
