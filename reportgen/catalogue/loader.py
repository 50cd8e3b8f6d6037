"""Load the catalogue from its YAML files and hold it to its own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from reportgen.catalogue.model import (
    Acronym,
    Article,
    Aspect,
    Catalogue,
    Cluster,
    Enquiry,
    Instrument,
    Milestone,
    Question,
)
from reportgen.languages.pairs import OUTPUT_LANGUAGES, Text

DATA: Final = Path(__file__).with_name("data")
QUESTIONS_PER_ARTICLE: Final = range(3, 7)


class CatalogueError(Exception):
    """The catalogue breaks one of its own rules: a fault of the program, not of its user."""


@lru_cache(maxsize=2)
def load_catalogue(folder: Path = DATA) -> Catalogue:
    """Read every file of the catalogue and check it.

    Args:
        folder: Where the YAML files are; another one only in tests.

    Raises:
        CatalogueError: An unknown article, a text without one of the languages, a duplicate identifier, a fact
            without a source, or an article of a verified cluster without 3 to 6 questions.
    """
    instruments = {
        key: _instrument(key, data) for key, data in _file(folder, "instruments.yaml")["instruments"].items()
    }
    articles = {article.id: article for instrument in instruments.values() for article in instrument.articles.values()}
    clusters = dict(_clusters(_file(folder, "clusters.yaml"), articles))
    enquiries: dict[str, Enquiry] = {}
    for path in sorted(folder.glob("questionnaire-*.yaml")):
        for enquiry in _enquiries(_file(folder, path.name), articles):
            if enquiry.article in enquiries:
                raise CatalogueError(f"{path.name}: {enquiry.article} is asked about twice")
            enquiries[enquiry.article] = enquiry
    _unique(question.id for enquiry in enquiries.values() for question in enquiry.questions)
    for cluster in clusters.values():
        for article in cluster.articles if cluster.verified else ():
            if article not in enquiries or len(enquiries[article].questions) not in QUESTIONS_PER_ARTICLE:
                raise CatalogueError(f"{article}: an article of a verified cluster needs 3 to 6 questions")
    milestones = tuple(_milestones(_file(folder, "calendar.yaml")["milestones"]))
    acronyms = tuple(_acronym(data) for data in _file(folder, "acronyms.yaml")["acronyms"])
    return Catalogue(instruments, articles, clusters, enquiries, milestones, acronyms)


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C loader is optional
    """Refuses duplicate keys, which YAML lets pass."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping of distinct keys."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise CatalogueError(f"line {key.start_mark.line + 1}: duplicate key {key.value}")
            seen.add(key.value)
        return dict(super().construct_mapping(node, deep))


def _file(folder: Path, name: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = yaml.load((folder / name).read_text("utf-8"), _Strict)  # noqa: S506 - a safe loader of our own
    except CatalogueError as error:
        raise CatalogueError(f"{name}, {error}") from None
    return data


def _pair(where: str, data: object) -> Text:
    if not isinstance(data, Mapping):
        raise CatalogueError(f"{where}: a text needs {' and '.join(OUTPUT_LANGUAGES)}")
    for language in OUTPUT_LANGUAGES:
        if not str(data.get(language) or "").strip():
            raise CatalogueError(f"{where}: no text in {language!r}")
    return Text({language: str(data[language]) for language in OUTPUT_LANGUAGES}, "en")


def _source(where: str, data: Mapping[str, Any]) -> str:
    if not (source := str(data.get("source") or "").strip()):
        raise CatalogueError(f"{where}: a fact without a source")
    return source


def _sources(where: str, data: Mapping[str, Any]) -> Text:
    _source(where, data)
    return _pair(where, data["source"])


def _instrument(key: str, data: Mapping[str, Any]) -> Instrument:
    titles = data["titles_source"]
    articles = {
        number: Article(
            f"{key}-{number}", key, number, _pair(f"{key}-{number}", title), f"en: {titles['en']}; fr: {titles['fr']}"
        )
        for number, title in data["articles"].items()
    }
    if list(articles) != list(range(1, len(articles) + 1)):
        raise CatalogueError(f"{key}: articles are not numbered from 1 without a gap")
    return Instrument(
        id=key,
        name=_pair(key, data["name"]),
        short=_pair(key, data["short"]),
        cite=_pair(key, data["cite"]),
        adopted=data["adopted"],
        in_force=data["in_force"],
        resolution=data["resolution"],
        series=data["series"],
        source=_source(key, data),
        articles=articles,
    )


def _clusters(data: Mapping[str, Any], articles: Mapping[str, Article]) -> Iterator[tuple[int, Cluster]]:
    for number, record in data["clusters"].items():
        listed = _known(number, record["articles"], articles)
        reviewed_elsewhere = {
            key for other in data["clusters"].values() if other is not record for key in _ids(other["articles"])
        }
        possible = (*_ids(record.get("known", {})), *_ids(data["candidates"])) if not record["verified"] else ()
        candidates = tuple(
            dict.fromkeys(key for key in possible if key not in listed and key not in reviewed_elsewhere)
        )
        yield (
            number,
            Cluster(
                number,
                _pair(f"cluster {number}", record["name"]),
                record["verified"],
                listed,
                candidates,
                _sources(f"cluster {number}", record),
            ),
        )


def _ids(lists: Mapping[str, list[int]]) -> tuple[str, ...]:
    return tuple(f"{instrument}-{number}" for instrument, numbers in lists.items() for number in numbers)


def _known(number: int, lists: Mapping[str, list[int]], articles: Mapping[str, Article]) -> tuple[str, ...]:
    ids = _ids(lists)
    if unknown := [key for key in ids if key not in articles]:
        raise CatalogueError(f"cluster {number}: unknown article {unknown[0]}")
    return ids


def _enquiries(data: Mapping[str, Any], articles: Mapping[str, Article]) -> Iterator[Enquiry]:
    for key, record in data["articles"].items():
        if key not in articles:
            raise CatalogueError(f"questionnaire: unknown article {key}")
        questions = tuple(_question(key, question) for question in record["questions"])
        yield Enquiry(key, _pair(key, record["obligation"]), questions, _source(key, record))


def _question(article: str, data: Mapping[str, Any]) -> Question:
    key = data["id"]
    if not key.startswith(f"{article}."):
        raise CatalogueError(f"{key}: the identifier of a question starts with its article, {article}")
    if data["aspect"] not in {aspect.value for aspect in Aspect}:
        raise CatalogueError(f"{key}: unknown aspect {data['aspect']}")
    evidence = tuple(_pair(f"{key}, evidence", hint) for hint in data["evidence"])
    if not evidence:
        raise CatalogueError(f"{key}: no evidence hint")
    return Question(key, Aspect(data["aspect"]), _pair(key, data["text"]), evidence, _source(key, data))


def _milestones(data: Mapping[str, Any]) -> Iterator[Milestone]:
    earlier = {""}
    for key, record in data.items():
        if record["after"] not in earlier:
            raise CatalogueError(f"{key}: after an unknown or later milestone, {record['after']}")
        earlier.add(key)
        planned = record["planned"]
        yield Milestone(
            key,
            _pair(key, record),
            record["after"],
            planned.get("weeks", 0),
            planned.get("months", 0),
            record["civil_society"],
            _source(key, record),
        )


def _acronym(data: Mapping[str, Any]) -> Acronym:
    meaning = _pair(data["en"], {"en": data["means_en"], "fr": data["means_fr"]})
    return Acronym({"en": data["en"], "fr": data["fr"]}, meaning, _source(data["en"], data))


def _unique(keys: Iterator[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise CatalogueError(f"duplicate identifier {key}")
        seen.add(key)
