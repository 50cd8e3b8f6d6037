"""A publication: what one audience may read, and nothing else.

These types hold no level, no consent and no confidential field, so that no template, chart or message can show one.
``W`` is the type of words: :class:`~reportgen.languages.pairs.Text` while all languages are there,
:class:`~reportgen.languages.pairs.Passage` once one has been chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from reportgen.catalogue import Cluster
from reportgen.languages.pairs import Passage, Text
from reportgen.languages.states import State
from reportgen.publication.audience import Audience
from reportgen.submission.images import Image
from reportgen.submission.kinds import Count, Day, Few
from reportgen.submission.model import (
    Agreement,
    Attribution,
    Chart,
    FindingKind,
    Form,
    Law,
    Practice,
    Priority,
    ReportLabel,
    SourceKind,
    StateAnswer,
)

W = TypeVar("W", Text, Passage)


@dataclass(frozen=True, slots=True)
class Organisation(Generic[W]):
    """A submitting organisation as readers may know it; one that is not named has only its description as a name.

    ``mark`` is what stands beside what it says: its acronym, or a letter, which tells nothing of who it is.
    """

    name: W
    mark: str = ""
    acronym: str = ""
    founded: int | None = None
    mandate: W | None = None
    contact: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Voice(Generic[W]):
    """What some organisations hold beside, or against, the common text.

    Attributes:
        about: Key of what it is about within its part; empty where it is about all of it.
        by: Positions of those who hold it.
        form: How it is printed.
        text: What they say.
        rating: The rating they hold.
        sources: What it rests on.
        undecided: Whether the coalition still has to decide about it.
    """

    about: str
    by: tuple[int, ...]
    form: Form
    text: W | None = None
    rating: Law | Practice | StateAnswer | Agreement | None = None
    sources: tuple[str, ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that some organisations give for a year of a series, where others give another or none was agreed.

    ``given`` tells that it is the figure that is printed: then it says whose that is.
    """

    series: int
    year: str
    figure: Decimal | Few
    by: tuple[int, ...]
    undecided: bool = False
    given: bool = False


@dataclass(frozen=True, slots=True)
class Source(Generic[W]):
    """A source as readers may know it.

    Of one that is withheld only the kind and the author's own coarse description remain; ``title`` is ``None`` where
    there is no description either. Where the report gives pseudonyms, ``code`` is the same wherever it speaks.
    """

    id: str
    kind: SourceKind
    title: W | None
    withheld: bool = False
    author: W | None = None
    publisher: W | None = None
    date: Day | None = None
    url: str = ""
    archived: str = ""
    accessed: Day | None = None
    language: str = ""
    location: W | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reply(Generic[W]):
    """What is said in reply to one question: one of the three, or, where views differ, nothing but voices."""

    question: str
    answer: W | None = None
    not_applicable: W | None = None
    no_information: W | None = None
    sources: tuple[str, ...] = ()
    by: tuple[int, ...] = ()
    voices: tuple[Voice[W], ...] = ()
    undecided: bool = False
    notes: tuple[W, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding(Generic[W]):
    """One thing the report establishes."""

    kind: FindingKind
    text: W
    title: W | None = None
    sources: tuple[str, ...] = ()
    by: tuple[int, ...] = ()
    voices: tuple[Voice[W], ...] = ()
    undecided: bool = False
    notes: tuple[W, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation(Generic[W]):
    """What should change, and who should change it."""

    article: str
    text: W
    priority: Priority
    addressee: W | None = None
    timeframe: W | None = None
    indicator: W | None = None
    by: tuple[int, ...] = ()
    voices: tuple[Voice[W], ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Assessment(Generic[W]):
    """What is said about one article.

    ``contested`` are the keys of ratings on which nothing but voices is given; ``held`` says whose a rating is, where
    that is not all who stand behind the assessment.
    """

    article: str
    law: Law
    practice: Practice
    state_answer: StateAnswer
    agreement: Agreement
    grounds: W | None = None
    state_position: W | None = None
    replies: tuple[Reply[W], ...] = ()
    findings: tuple[Finding[W], ...] = ()
    recommendations: tuple[Recommendation[W], ...] = ()
    not_applicable: W | None = None
    by: tuple[int, ...] = ()
    voices: tuple[Voice[W], ...] = ()
    contested: tuple[str, ...] = ()
    held: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    notes: tuple[W, ...] = ()


@dataclass(frozen=True, slots=True)
class Series(Generic[W]):
    """One line of a statistic; a missing figure is ``None``, never zero."""

    label: W | None
    values: Mapping[str, Count]


@dataclass(frozen=True, slots=True)
class Statistic(Generic[W]):
    """Figures by year."""

    id: str
    title: W
    unit: W
    chart: Chart
    series: tuple[Series[W], ...]
    definition: W | None = None
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    by: tuple[int, ...] = ()
    voices: tuple[Voice[W], ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[W, ...] = ()


@dataclass(frozen=True, slots=True)
class Need(Generic[W]):
    """A need for technical assistance."""

    need: W
    beneficiary: W | None = None
    provider: W | None = None
    articles: tuple[str, ...] = ()
    by: tuple[int, ...] = ()
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Endorsement(Generic[W]):
    """An organisation that agreed to the report, as it agreed to be listed: by its name or by a description."""

    name: W
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What members of a coalition describe differently, and have not decided: for drafts alone.

    Attributes:
        sources: Sources by identifier.
        organisations: Positions in the list of organisations.
        statistics: Statistics by identifier.
        acronyms: Acronyms with several meanings.
        dates: Whether they differ on dates of the review.
    """

    sources: tuple[str, ...] = ()
    organisations: tuple[int, ...] = ()
    statistics: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    dates: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter(Generic[W]):
    """Title, imprint and the parts that belong to no article."""

    title: W
    label: ReportLabel
    subtitle: W | None = None
    version: str = ""
    date: Day | None = None
    correct_as_of: Day | None = None
    contact: str = ""
    licence: W | None = None
    disclaimer: W | None = None
    summary: W | None = None
    methodology: W | None = None
    process: W | None = None
    context: W | None = None
    cross_cutting: W | None = None
    recent_developments: W | None = None
    attribution: Attribution = Attribution.ALL
    voices: tuple[Voice[W], ...] = ()


@dataclass(frozen=True, slots=True)
class Publication(Generic[W]):
    """Everything one audience may read.

    Who stands behind a part is told by ``by``: positions in ``organisations``, never identifiers, for these could betray
    who is not to be named. Empty means all of them, or that nobody said.

    Attributes:
        audience: Who it is for.
        state: The State under review.
        cluster: The review cluster.
        instruments: Instruments the State is a party to.
        asked: Articles the report set out to answer, in treaty order.
        left_out: Articles of the cluster that are not in its scope.
        assessments: What is said, by article, in treaty order; an article without one is silent.
        sources: Sources by identifier, in the order in which they are numbered.
        images: The images that the texts ask for, by the path as it was written.
        endorsements: Those that agreed to this version, as they agreed to be listed.
        unsettled: What members describe differently outside the articles.
        for_authorities: Whether it goes to the State under review and is not to be published.
    """

    audience: Audience
    state: State
    cluster: Cluster
    instruments: tuple[str, ...]
    period: tuple[Day, Day] | None
    front: FrontMatter[W]
    organisations: tuple[Organisation[W], ...]
    asked: tuple[str, ...]
    left_out: tuple[str, ...]
    assessments: Mapping[str, Assessment[W]]
    statistics: tuple[Statistic[W], ...]
    sources: Mapping[str, Source[W]]
    needs: tuple[Need[W], ...]
    acronyms: Mapping[str, W] = field(default_factory=dict)
    images: Mapping[str, Image] = field(default_factory=dict)
    endorsements: tuple[Endorsement[W], ...] = ()
    unsettled: Unsettled | None = None
    for_authorities: bool = False
