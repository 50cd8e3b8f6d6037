"""The tables on one submission: coverage, translation, sources, length, calendar; those of a coalition stand in front."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from reportgen.catalogue.calendar import planned_dates
from reportgen.diagnostics import Span
from reportgen.languages.formats import format_date
from reportgen.languages.messages import in_language, translations
from reportgen.languages.pairs import Freshness
from reportgen.marking import N_
from reportgen.pipeline import Checked
from reportgen.publication.walk import cited_in
from reportgen.submission.checks.coverage import Coverage, coverage_by_article
from reportgen.submission.checks.facts import Facts
from reportgen.submission.checks.length import length, words_by_article
from reportgen.submission.checks.translations import translatable
from reportgen.submission.model import Level, SourceKind
from reportgen.submission.parts import walk_parts
from reportgen.submission.words import WORDS

NONE = "·"
LANGUAGES = {"en": N_("English"), "fr": N_("French")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes:
        cells: What stands in it.
        leads_to: Identifier of the part of the report it is about, if it is about one.
        span: The place in the files it is about.
        quiet: Whether it is there to be looked up only.
    """

    cells: tuple[str, ...]
    leads_to: str = ""
    span: Span | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table on how far a report is.

    Attributes:
        id: Its name for programs.
        title: What it is about.
        heads: Heads of its columns; from the third on they hold numbers.
        lines: Its lines.
        caption: A remark below.
        worded: How many columns hold words.
    """

    id: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    caption: str = ""
    worded: int = 2


class Say(Protocol):
    """Puts a message into the user's language."""

    def __call__(self, message: str, **values: object) -> str:
        """Return ``message`` with its values."""


@dataclass(frozen=True)
class Overview:
    """What the tables are made of.

    Attributes:
        checked: A submission that could be read, with all that was found.
        language: Language of the tables.
    """

    checked: Checked
    language: str
    facts: Facts = field(init=False)

    def __post_init__(self) -> None:
        """Gather the facts once."""
        submission = self.checked.reading.submission
        assert submission is not None
        object.__setattr__(self, "facts", Facts(submission, self.checked.catalogue, self.checked.reading.texts))

    def say(self, message: str, **values: object) -> str:
        """Return a message in the user's language."""
        return translations(self.language).gettext(message).format(**values)


def overview(whole: Overview, digests: Mapping[str, str]) -> Iterator[Table]:
    """Yield every table that has anything to tell.

    Args:
        whole: What to tell of.
        digests: Of a coalition, the hash of what would be published, by language; none while there are errors.
    """
    from reportgen.overview.coalition import coalition_tables

    for made in (
        *coalition_tables(whole, digests),
        _coverage(whole),
        _translation(whole),
        _sources(whole),
        _unsourced(whole),
        _length(whole),
        _calendar(whole),
    ):
        if made.lines:
            yield made


def _coverage(whole: Overview) -> Table:
    say, facts = whole.say, whole.facts
    heads = (
        say("Article"),
        say("Subject"),
        say("answered"),
        say("not applicable"),
        say("no information"),
        say("silent"),
    )
    lines = []
    for article, questions in coverage_by_article(facts).items():
        numbers = Counter(questions.values())
        title = in_language(facts.catalogue.articles[article].title, whole.language)
        answer = facts.submission.answers.get(article)
        cells = [str(numbers[kind]) if numbers[kind] else NONE for kind in Coverage]
        if answer and answer.not_applicable:
            cells = ["", say("whole article"), "", ""]
        lines.append(Line((article, title, *cells), article, answer.place() if answer else None))
    return Table("coverage", say("Coverage"), heads, tuple(lines))


def _translation(whole: Overview) -> Table:
    say, facts = whole.say, whole.facts
    lines = []
    for language in facts.languages:
        numbers = Counter(
            text.freshness(language) for _, part in walk_parts(facts.submission) for _, text in translatable(part)
        )
        kinds = (Freshness.ORIGINAL, Freshness.FRESH, Freshness.STALE, Freshness.MISSING)
        lines.append(Line((say(LANGUAGES[language]), "", *(str(numbers[kind]) for kind in kinds))))
    heads = (say("Language"), "", say("written"), say("translated"), say("out of date"), say("missing"))
    return Table("translation", say("Translation"), heads, tuple(lines))


def _sources(whole: Overview) -> Table:
    say = whole.say
    lines = []
    for kind in SourceKind:
        chosen = [source for source in whole.facts.submission.sources.values() if source.kind is kind]
        if chosen:
            withheld = sum(source.level is not Level.PUBLIC for source in chosen)
            archived = sum(bool(source.archived) for source in chosen)
            lines.append(
                Line((say(WORDS[kind]), "", str(len(chosen)), str(withheld or NONE), str(archived or NONE)), "sources")
            )
    return Table(
        "sources", say("Sources"), (say("Kind"), "", say("all"), say("not public"), say("archived copy")), tuple(lines)
    )


def _unsourced(whole: Overview) -> Table:
    """List the findings that rest on nothing: a final report refuses them (RG403)."""
    say, hidden = whole.say, whole.checked.reading.confidential
    lines = []
    for article, answer in whole.facts.submission.answers.items():
        for number, finding in enumerate(answer.findings, 1):
            if finding.sources or cited_in(finding.text):
                continue
            span = finding.text.span
            kept_back = span is not None and (span.file, span.line) in hidden
            words = "…" if kept_back else begun(finding.text.source)
            lines.append(Line((article, say("Finding {number}: {words}", number=number, words=words)), article, span))
    return Table("unsourced", say("Findings without a source"), (say("Article"), say("Finding")), tuple(lines))


def _length(whole: Overview) -> Table:
    """Count words by article and language, against the limit that the report sets itself."""
    say, facts = whole.say, whole.facts
    counts, limit = words_by_article(facts), facts.submission.report.words_at_most

    def line(name: str, numbers: Iterable[int], article: str = "") -> Line:
        return Line((name, "", *map(_many, numbers)), article)

    lines = [
        line(article, (counts[article, language] for language in facts.languages), article)
        for article in facts.asked
        if any(counts[article, language] for language in facts.languages)
    ]
    lines.append(line(say("Whole report"), (length(facts, language) for language in facts.languages)))
    if limit:
        lines.append(line(say("At most"), (limit for _ in facts.languages)))
    heads = (say("Article"), "", *(say(LANGUAGES[language]) for language in facts.languages))
    return Table("length", say("Words"), heads, tuple(lines) if any(counts.values()) else ())


def _calendar(whole: Overview) -> Table:
    say, facts = whole.say, whole.facts
    review = facts.submission.review
    lines = []
    if review is not None and review.start is not None:
        planned = planned_dates(facts.catalogue, review.start.first)
        for milestone in facts.catalogue.milestones:
            actual = review.start if milestone.id == "start" else review.actual.get(milestone.id)
            shown = format_date(actual, whole.language) if actual else NONE
            name = in_language(milestone.name, whole.language) + (" *" if milestone.civil_society else "")
            plan = review.start if milestone.id == "start" else planned[milestone.id]
            lines.append(Line((name, "", format_date(plan, whole.language), shown)))
    return Table(
        "calendar",
        say("Calendar of the review (planned dates; most reviews run late)"),
        (say("Milestone"), "", say("planned"), say("actual")),
        tuple(lines),
        say("* civil society can contribute until then"),
    )


def begun(text: str, longest: int = 60) -> str:
    """Return how a text begins, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[:longest].rpartition(' ')[0]} …"


def _many(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f") if number else NONE
