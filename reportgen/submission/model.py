"""A submission: all that an organisation wrote, typed, frozen, each leaf with its place (format 1).

This one declaration drives reading, the JSON Schema for editors and the reference page. Field descriptions are what an
editor shows while typing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final

from reportgen.languages.pairs import Text
from reportgen.languages.states import State
from reportgen.submission.kinds import CONSENT, DAY, FLAG, INTEGER, NAME, STATE, TEXT, URL, WORD, Count, Day, one_of
from reportgen.submission.parts import FIGURES, IDS, Part, keyed, listed, optional, part, required


class Level(Enum):
    """Who may read a part; a higher one is never shown to a lower audience."""

    PUBLIC = "public"
    MEMBERS = "members"
    CONFIDENTIAL = "confidential"

    @property
    def rank(self) -> int:
        """0 for public, rising with secrecy."""
        return list(Level).index(self)


class Law(Enum):
    """How far the law on paper meets the article."""

    FULL = "full"
    LARGELY = "largely"
    PARTLY = "partly"
    NONE = "none"
    UNKNOWN = "unknown"
    NOT_RATED = "not_rated"


class Practice(Enum):
    """How the article is applied."""

    GOOD = "good"
    MODERATE = "moderate"
    POOR = "poor"
    NONE = "none"
    UNKNOWN = "unknown"
    NOT_RATED = "not_rated"


class StateAnswer(Enum):
    """What the State answered in the self-assessment questionnaire."""

    YES = "yes"
    IN_PART = "in_part"
    NO = "no"
    NOT_PUBLISHED = "not_published"


class Agreement(Enum):
    """Whether the organisations agree with that answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class FindingKind(Enum):
    """What a finding is; good practices weigh as much as deficiencies."""

    DEFICIENCY = "deficiency"
    GOOD_PRACTICE = "good_practice"
    CASE = "case"
    STATISTIC = "statistic"
    DEVELOPMENT = "development"


class Priority(Enum):
    """How urgent a recommendation is; those of high priority stand in the summary."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class SourceKind(Enum):
    """What a source is; it decides how it is cited and, for what people said, who may see it."""

    LEGISLATION = "legislation"
    COURT_DECISION = "court_decision"
    OFFICIAL_DOCUMENT = "official_document"
    INTERGOVERNMENTAL = "intergovernmental"
    NGO_REPORT = "ngo_report"
    ACADEMIC = "academic"
    MEDIA = "media"
    DATASET = "dataset"
    INFORMATION_REQUEST = "information_request"
    INTERVIEW = "interview"
    TESTIMONY = "testimony"
    OTHER = "other"

    @property
    def from_a_person(self) -> bool:
        """Whether somebody said it and may be at risk for it."""
        return self in {SourceKind.INTERVIEW, SourceKind.TESTIMONY}


class ReportLabel(Enum):
    """What the report calls itself; « rapport fantôme » is a calque, hence one French word for the last two."""

    PARALLEL = "parallel"
    SHADOW = "shadow"
    ALTERNATIVE = "alternative"


class Chart(Enum):
    """How a statistic is drawn."""

    BARS = "bars"
    LINES = "lines"
    NONE = "none"


class Attribution(Enum):
    """How a joint report shows who stands behind what."""

    ALL = "all"
    PARAGRAPH = "paragraph"
    DISSENT = "dissent"


class Form(Enum):
    """How a voice beside the common text is printed."""

    PARAGRAPH = "paragraph"
    FOOTNOTE = "footnote"
    BOX = "box"


class Use(Enum):
    """What somebody who was interviewed may have agreed to."""

    INTERNAL = "internal"
    AUTHORITIES = "authorities"
    PUBLIC = "public"


class Precision(Enum):
    """How exactly the date of what a person said is told."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Places(Enum):
    """How exactly it is told where a person said something."""

    EXACT = "exact"
    REGION = "region"


_BY: Final = "The organisations that stand behind it, by identifier; default: all."


@dataclass(frozen=True, kw_only=True, eq=False)
class Note(Part):
    """A remark beside the text, for those who write; it is confidential unless it says otherwise."""

    shorthand: ClassVar[str] = "text"

    text: Text = required(TEXT, "The remark.")
    level: Level = optional(one_of(Level), "Who may read it; default: confidential.", Level.CONFIDENTIAL)


_NOTES: Final = "Remarks for those who write; confidential unless they say otherwise."


@dataclass(frozen=True, kw_only=True, eq=False)
class Voice(Part):
    """What some of the organisations hold beside, or against, the common text; nothing of it is smoothed away."""

    about: str = optional(
        WORD, "What it is about: a key of the same part, such as practice or grounds, or the year of a figure.", ""
    )
    text: Text | None = optional(TEXT, "What they say.", None)
    value: str | None = optional(WORD, "The rating, answer or figure they hold.", None)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    form: Form = optional(one_of(Form), "How it is printed.", Form.PARAGRAPH, key="as")
    sources: tuple[str, ...] = optional(IDS, "Identifiers of the sources it rests on.", ())
    level: Level = optional(one_of(Level), "Who may read it.", Level.PUBLIC)


_VOICES: Final = "What some of the organisations hold beside or against it."


@dataclass(frozen=True, kw_only=True, eq=False)
class Protection(Part):
    """How those who spoke are protected, beyond what each source says for itself."""

    use: Use = optional(
        one_of(Use),
        "What the edition without a level is for: public, or authorities where only the State under review gets it.",
        Use.PUBLIC,
    )
    pseudonyms: bool = optional(
        FLAG, "Whether each withheld source bears a code that is the same throughout this report only.", False
    )
    dates: Precision = optional(
        one_of(Precision), "How exactly dates of interviews and testimonies are printed.", Precision.DAY
    )
    places: Places = optional(
        one_of(Places), "Whether the place of an interview or testimony is printed, or its region.", Places.EXACT
    )
    fewer_than: int = optional(
        INTEGER, "Counts below it that rest on a withheld source are printed as “fewer than” it; 0: all are printed.", 5
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Period(Part):
    """The time the report speaks of."""

    from_: Day = required(DAY, "First year, month or day covered.", key="from")
    to: Day = required(DAY, "Last year, month or day covered.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Report(Part):
    """Title, imprint and the parts of the report that belong to no article."""

    title: Text = required(NAME, "Title of the report.")
    subtitle: Text | None = optional(NAME, "Second line of the title.", None)
    label: ReportLabel = optional(one_of(ReportLabel), "What the report calls itself.", ReportLabel.PARALLEL)
    version: str | None = optional(WORD, "Version, as text: “0.3”.", None)
    date: Day | None = optional(DAY, "Date of the report.", None)
    correct_as_of: Day | None = optional(DAY, "The day up to which the facts are believed correct.", None)
    languages: tuple[str, ...] = optional(IDS, "Languages the report is published in; default: English and French.", ())
    scope: tuple[str, ...] = optional(IDS, "The articles this report covers; default: all articles of the cluster.", ())
    contact: str | None = optional(WORD, "Address for questions about the report.", None)
    words_at_most: int | None = optional(
        INTEGER, "How many words it may have in each language, where somebody sets a limit.", None
    )
    licence: Text | None = optional(TEXT, "Terms under which others may use the report.", None)
    disclaimer: Text | None = optional(TEXT, "What the reader must know about the limits of the report.", None)
    summary: Text | None = optional(TEXT, "Executive summary.", None)
    methodology: Text | None = optional(TEXT, "How the report was made: scope, methods, sources, limits.", None)
    process: Text | None = optional(
        TEXT, "The review process as civil society saw it: focal point, schedule, consultation, publication.", None
    )
    context: Text | None = optional(TEXT, "Country context in brief.", None)
    cross_cutting: Text | None = optional(
        TEXT, "Themes across articles: gender, children, human rights, civic space, data.", None
    )
    recent_developments: Text | None = optional(TEXT, "What happened since the State answered.", None)
    attribution: Attribution = optional(
        one_of(Attribution),
        "How a joint report shows who stands behind what: marks and a table, marks alone, or only dissent.",
        Attribution.ALL,
    )
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Organisation(Part):
    """An organisation that submits the report."""

    name: Text = required(NAME, "Full name.")
    acronym: str | None = optional(WORD, "Acronym.", None)
    founded: int | None = optional(INTEGER, "Year of foundation.", None)
    mandate: Text | None = optional(TEXT, "What it does.", None)
    contact: str | None = optional(WORD, "Public address.", None)
    website: str | None = optional(URL, "Web site.", None)
    named: bool = optional(FLAG, "Whether it may be named; if not, only ``described_as`` is ever shown.", True)
    level: Level = optional(
        one_of(Level),
        "Who may know its name; all others read ``described_as``; ``named: no`` is confidential.",
        Level.PUBLIC,
    )
    described_as: Text | None = optional(NAME, "How an organisation that is not named is described.", None)

    @property
    def secrecy(self) -> Level:
        """Who may know its name."""
        return self.level if self.named else Level.CONFIDENTIAL


@dataclass(frozen=True, kw_only=True, eq=False)
class QuestionAnswer(Part):
    """The answer to one question: an answer, or why there is none."""

    shorthand: ClassVar[str] = "answer"

    answer: Text | None = optional(TEXT, "The answer.", None)
    not_applicable: Text | None = optional(TEXT, "Why the question does not apply.", None)
    no_information: Text | None = optional(TEXT, "What was tried, where no information could be had.", None)
    sources: tuple[str, ...] = optional(IDS, "Identifiers of the sources it rests on.", ())
    level: Level = optional(one_of(Level), "Who may read it.", Level.PUBLIC)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())
    notes: tuple[Note, ...] = optional(listed(part(Note)), _NOTES, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Finding(Part):
    """One thing the report establishes."""

    kind: FindingKind = required(one_of(FindingKind), "What it is.")
    text: Text = required(TEXT, "What was found.")
    title: Text | None = optional(NAME, "A short heading.", None)
    sources: tuple[str, ...] = optional(IDS, "Identifiers of the sources it rests on.", ())
    level: Level = optional(one_of(Level), "Who may read it.", Level.PUBLIC)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())
    notes: tuple[Note, ...] = optional(listed(part(Note)), _NOTES, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Recommendation(Part):
    """What should change, and who should change it."""

    text: Text = required(TEXT, "The recommendation.")
    addressee: Text | None = optional(NAME, "Who should act.", None)
    priority: Priority = optional(
        one_of(Priority), "How urgent it is; high ones stand in the summary.", Priority.MEDIUM
    )
    timeframe: Text | None = optional(TEXT, "By when.", None)
    indicator: Text | None = optional(TEXT, "How to see that it was done.", None)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer(Part):
    """What is said about one article."""

    law: Law = optional(one_of(Law), "How far the law meets the article.", Law.NOT_RATED)
    practice: Practice = optional(one_of(Practice), "How the article is applied.", Practice.NOT_RATED)
    state_answer: StateAnswer = optional(one_of(StateAnswer), "What the State answered.", StateAnswer.NOT_PUBLISHED)
    agree_with_state: Agreement = optional(one_of(Agreement), "Whether you agree.", Agreement.CANNOT_SAY)
    grounds: Text | None = optional(TEXT, "Why these two ratings.", None)
    state_position: Text | None = optional(TEXT, "What the State said, as far as known.", None)
    questions: Mapping[str, QuestionAnswer] = optional(
        keyed(part(QuestionAnswer)), "Answers to the questions of the questionnaire, by identifier.", {}
    )
    findings: tuple[Finding, ...] = optional(listed(part(Finding)), "What was found.", ())
    recommendations: tuple[Recommendation, ...] = optional(listed(part(Recommendation)), "What should change.", ())
    not_applicable: Text | None = optional(TEXT, "Why the article is not assessed, instead of an answer.", None)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())
    notes: tuple[Note, ...] = optional(listed(part(Note)), _NOTES, ())

    @property
    def says_more(self) -> bool:
        """Whether anything but ``not_applicable`` is said; of what stands beside it, that says nothing."""
        said = (self.grounds, self.state_position, self.questions, self.findings, self.recommendations)
        ratings = (self.law, self.practice, self.state_answer, self.agree_with_state)
        defaults = (Law.NOT_RATED, Practice.NOT_RATED, StateAnswer.NOT_PUBLISHED, Agreement.CANNOT_SAY)
        return any(said) or ratings != defaults

    @property
    def silent(self) -> bool:
        """Whether nothing is said: a skeleton that was not filled in."""
        return not self.says_more and not self.not_applicable and not self.voices

    @property
    def rated(self) -> bool:
        """Whether either rating says something."""
        silent = {"unknown", "not_rated"}
        return self.law.value not in silent or self.practice.value not in silent


@dataclass(frozen=True, kw_only=True, eq=False)
class Series(Part):
    """One line of a statistic."""

    label: Text = required(NAME, "What it counts.")
    values: Mapping[str, Count] = required(FIGURES, "Figure by year; leave a year empty where the figure is missing.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Statistic(Part):
    """Figures by year, with what exactly they count."""

    title: Text = required(NAME, "Heading of the chart and its table.")
    unit: Text = required(NAME, "What is counted: persons, cases, million euros.")
    definition: Text | None = optional(TEXT, "What exactly is counted, by whom, and what is not.", None)
    articles: tuple[str, ...] = optional(IDS, "The articles it illustrates.", ())
    sources: tuple[str, ...] = optional(IDS, "Identifiers of the sources of the figures.", ())
    chart: Chart = optional(one_of(Chart), "How it is drawn.", Chart.BARS)
    values: Mapping[str, Count] = optional(FIGURES, "Figure by year, where there is one series.", {})
    series: Mapping[str, Series] = optional(keyed(part(Series)), "Several series to compare.", {})
    level: Level = optional(one_of(Level), "Who may read it.", Level.PUBLIC)
    by: tuple[str, ...] = optional(IDS, _BY, ())
    voices: tuple[Voice, ...] = optional(listed(part(Voice)), _VOICES, ())
    notes: tuple[Note, ...] = optional(listed(part(Note)), _NOTES, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class Consent(Part):
    """What a person agreed to, and when (OHCHR, Manual on Human Rights Monitoring: informed consent for each use)."""

    internal: Day | bool = optional(CONSENT, "Among the organisations: the day it was given, or no.", False)
    authorities: Day | bool = optional(CONSENT, "In talks with the State under review: the day, or no.", False)
    public: Day | bool = optional(CONSENT, "In what is published: the day, or no.", False)
    withdrawn: Day | None = optional(DAY, "The day all of it was taken back.", None)

    def covers(self, use: Use) -> bool:
        """Whether the person agreed to ``use``; what may be published the State may read, and the organisations too."""
        wider = list(Use)[list(Use).index(use) :]
        return self.withdrawn is None and any(getattr(self, given.value) for given in wider)


@dataclass(frozen=True, kw_only=True, eq=False)
class Source(Part):
    """Where a statement comes from."""

    kind: SourceKind = required(one_of(SourceKind), "What it is.")
    title: Text = required(NAME, "Title; of an interview: with whom, in general terms.")
    author: Text | None = optional(NAME, "Person or body.", None)
    publisher: Text | None = optional(NAME, "Publisher, newspaper, journal, court.", None)
    date: Day | None = optional(DAY, "Date of publication or of the interview.", None)
    url: str | None = optional(URL, "Web address.", None)
    archived: str | None = optional(URL, "Address of an archived copy.", None)
    accessed: Day | None = optional(DAY, "When it was read on the web.", None)
    language: str | None = optional(WORD, "Language of the source itself, as a code: en, fr, es.", None)
    location: Text | None = optional(NAME, "Where it was said.", None)
    region: Text | None = optional(NAME, "The region of that place, where the place itself is not to be printed.", None)
    described_as: Text | None = optional(NAME, "How a source that may not be named is described to readers.", None)
    consent: Consent | None = optional(part(Consent), "What the person who was interviewed agreed to, and when.", None)
    code: str | None = optional(
        WORD, "Its pseudonym in the report from which a bundle was made; the bundle writes it.", None
    )
    stated_level: Level | None = optional(
        one_of(Level),
        "Who may know it; an interview or testimony is confidential unless it says otherwise.",
        None,
        key="level",
    )

    @property
    def level(self) -> Level:
        """Who may know it: what was written, else confidential for what a person said, else public."""
        return self.stated_level or (Level.CONFIDENTIAL if self.kind.from_a_person else Level.PUBLIC)


@dataclass(frozen=True, kw_only=True, eq=False)
class Need(Part):
    """A need for technical assistance (the Mechanism exists to identify them)."""

    shorthand: ClassVar[str] = "need"

    need: Text = required(TEXT, "What is needed.")
    beneficiary: Text | None = optional(NAME, "Who needs it.", None)
    provider: Text | None = optional(NAME, "Who could give it.", None)
    articles: tuple[str, ...] = optional(IDS, "The articles it serves.", ())
    by: tuple[str, ...] = optional(IDS, _BY, ())


@dataclass(frozen=True, kw_only=True, eq=False)
class ImageRights(Part):
    """Who may see an image, wherever a text shows it."""

    file: str = required(WORD, "The image, by its path as the texts write it.")
    level: Level = required(one_of(Level), "Who may see it.")


@dataclass(frozen=True, kw_only=True, eq=False)
class Review(Part):
    """Where the review of the State stands."""

    group: int | None = optional(INTEGER, "Group of States, 1 to 3.", None)
    start: Day | None = optional(DAY, "Start of the review.", None)
    actual: Mapping[str, Day] = optional(keyed(DAY), "Milestones reached, by identifier, with their date.", {})


@dataclass(frozen=True, kw_only=True, eq=False)
class Submission(Part):
    """Everything one organisation, or one coalition after merging, wrote."""

    format: int = required(INTEGER, "Version of this format: 1.")
    language: str = optional(WORD, "Language of texts that are given in one language only.", "en")
    state: State = required(STATE, "The State under review.")
    cluster: int = required(INTEGER, "Number of the review cluster, 1 to 4.")
    instruments: tuple[str, ...] = optional(
        IDS, "Instruments the State is a party to.", ("untoc", "tip", "som", "firearms")
    )
    period: Period | None = optional(part(Period), "The time the report speaks of.", None)
    report: Report = required(part(Report), "Title, imprint and general parts.")
    organisations: Mapping[str, Organisation] = optional(
        keyed(part(Organisation)), "The organisations that submit the report, by identifier.", {}
    )
    answers: Mapping[str, Answer] = optional(
        keyed(part(Answer)), "What is said about each article: ``<instrument>-<article>``.", {}
    )
    statistics: Mapping[str, Statistic] = optional(keyed(part(Statistic)), "Figures, by identifier.", {})
    sources: Mapping[str, Source] = optional(keyed(part(Source)), "Sources, by identifier.", {})
    technical_assistance: tuple[Need, ...] = optional(listed(part(Need)), "Needs for technical assistance.", ())
    acronyms: Mapping[str, Text] = optional(keyed(NAME), "Acronyms used in the texts, with their meaning.", {})
    review: Review | None = optional(part(Review), "Where the review of the State stands.", None)
    protection: Protection = optional(part(Protection), "How those who spoke are protected.", Protection())
    images: tuple[ImageRights, ...] = optional(listed(part(ImageRights)), "Images that not everybody may see.", ())
