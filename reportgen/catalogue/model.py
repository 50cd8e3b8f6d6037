"""The catalogue as values: every fact with the source it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from reportgen.languages.pairs import Text


class Aspect(Enum):
    """What a question is about: the law on paper, what happens, or how often."""

    LAW = "law"
    PRACTICE = "practice"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of an instrument.

    Attributes:
        id: ``<instrument>-<number>``, as keys of ``answers``.
        instrument: Identifier of the instrument.
        number: Number of the article.
        title: Its title in both languages.
        source: Where the titles were read.
    """

    id: str
    instrument: str
    number: int
    title: Text
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """The Convention or one of its Protocols."""

    id: str
    name: Text
    short: Text
    cite: Text
    adopted: str
    in_force: str
    resolution: str
    series: str
    source: str
    articles: Mapping[int, Article]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The articles reviewed together in one phase (resolution 9/1, annex, appendix).

    Attributes:
        number: 1 to 4.
        name: Its subject.
        verified: Whether the lists were read in a source; if not, users are told so whenever they are used.
        articles: Identifiers of the articles, instrument by instrument, in the order of the treaty.
        candidates: Articles that an unverified list may hold besides.
        source: Where the lists come from, for whoever asks for them.
    """

    number: int
    name: Text
    verified: bool
    articles: tuple[str, ...]
    candidates: tuple[str, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a civil-society organisation, with what counts as evidence."""

    id: str
    aspect: Aspect
    text: Text
    evidence: tuple[Text, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What is asked about one article: the obligation in a sentence, then the questions."""

    article: str
    obligation: Text
    questions: tuple[Question, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a country review and its planned distance from an earlier one."""

    id: str
    name: Text
    after: str
    weeks: int
    months: int
    civil_society: bool
    source: str


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym of the field; the French one may be empty where none is established."""

    letters: Mapping[str, str]
    meaning: Text
    source: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the mechanism asks, loaded and checked."""

    instruments: Mapping[str, Instrument]
    articles: Mapping[str, Article]
    clusters: Mapping[int, Cluster]
    enquiries: Mapping[str, Enquiry]
    milestones: tuple[Milestone, ...]
    acronyms: tuple[Acronym, ...]

    def questions(self, article: str) -> tuple[Question, ...]:
        """The questions on ``article``; none where the questionnaire does not cover it yet."""
        enquiry = self.enquiries.get(article)
        return enquiry.questions if enquiry else ()
