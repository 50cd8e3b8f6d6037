"""From a submission to a publication: the one place where it is decided what an audience may read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Span
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text, fingerprint
from reportgen.memory import recalled
from reportgen.publication.audience import Audience
from reportgen.publication.model import (
    Assessment,
    Finding,
    FrontMatter,
    Need,
    Publication,
    Recommendation,
    Reply,
    Series,
    Source,
    Statistic,
)
from reportgen.publication.seating import Seating, hidden_names, same_few
from reportgen.publication.unsettled import unsettled
from reportgen.publication.walk import cited_in, cited_sources, parts, with_texts
from reportgen.submission import model as written
from reportgen.submission.checks.facts import Facts
from reportgen.submission.images import without_figures
from reportgen.submission.kinds import Count, Day, Few
from reportgen.submission.parts import Part

_HIGHEST: Final = {Audience.PUBLIC: written.Level.PUBLIC, Audience.MEMBERS: written.Level.MEMBERS}


def redact(
    submission: written.Submission,
    catalogue: Catalogue,
    audience: Audience,
    undecided: frozenset[Span] = frozenset(),
) -> Publication[Text]:
    """Cut ``submission`` to what ``audience`` may read.

    A part above the audience's level is left out, and an image from every text; a source above it stays as a numbered
    reference with its kind and the author's coarse description only. An organisation that is not to be named appears
    as described; who stands behind a part is told by positions, never by identifiers. Counts that rest on a withheld
    source, and dates and places of what a person said, are told as coarsely as the submission asks.

    Args:
        submission: A submission without errors.
        catalogue: What is asked, for the order of articles and questions.
        audience: Who will read it.
        undecided: Of a joint report, the places of what its members have not decided yet.
    """
    facts = Facts(submission, catalogue)
    assert facts.cluster is not None, "checked before"
    highest = _HIGHEST[audience].rank

    def allowed(level: written.Level) -> bool:
        return level.rank <= highest

    report, seating = submission.report, Seating.of(submission, highest, undecided)
    hidden = hidden_names(submission, highest)
    kept_back = frozenset(image.file for image in submission.images if not allowed(image.level))
    whole = Publication(
        audience=audience,
        for_authorities=audience is Audience.PUBLIC and submission.protection.use is written.Use.AUTHORITIES,
        state=submission.state,
        cluster=facts.cluster,
        instruments=tuple(key for key in catalogue.instruments if key in submission.instruments),
        period=(submission.period.from_, submission.period.to) if submission.period else None,
        front=FrontMatter(
            title=report.title,
            label=report.label,
            subtitle=report.subtitle,
            version=report.version or "",
            date=report.date,
            correct_as_of=report.correct_as_of,
            contact=report.contact or "",
            licence=report.licence,
            disclaimer=report.disclaimer,
            summary=report.summary,
            methodology=report.methodology,
            process=report.process,
            context=report.context,
            cross_cutting=report.cross_cutting,
            recent_developments=report.recent_developments,
            attribution=report.attribution,
            voices=seating.voices(report),
        ),
        organisations=seating.organisations(),
        asked=facts.asked,
        left_out=tuple(key for key in facts.cluster.articles if key not in facts.asked and facts.is_party(key)),
        assessments={
            article: assessment
            for article in facts.asked
            if article in submission.answers
            and _says_something(assessment := _seated(article, submission.answers[article], catalogue, seating))
        },
        statistics=tuple(
            _statistic(key, item, seating, submission)
            for key, item in submission.statistics.items()
            if allowed(item.level)
        ),
        sources=_ordered(
            [
                _source(key, source, submission.protection, withheld=not allowed(source.level))
                for key, source in submission.sources.items()
            ]
        ),
        needs=tuple(
            Need(item.need, item.beneficiary, item.provider, item.articles, seating.by(item), seating.open(item))
            for item in submission.technical_assistance
        ),
        acronyms={
            letters: meaning
            for letters, meaning in submission.acronyms.items()
            if not hidden & {fold(letters), *map(fold, meaning.versions.values())}
        },
    )
    shown: Publication[Text] = with_texts(whole, lambda text: _without(text, kept_back)) if kept_back else whole
    used = cited_sources(shown)
    cited = replace(shown, sources={key: source for key, source in shown.sources.items() if key in used})
    return replace(cited, unsettled=unsettled(submission, cited, seating.keys, undecided))


def _without(text: Text, images: frozenset[str]) -> Text:
    """Take images out of a text; a translation that was true to it stays so."""
    versions = {language: without_figures(version, images) for language, version in text.versions.items()}
    if versions == text.versions:
        return text
    old, new = fingerprint(text.source), fingerprint(versions[text.original])
    marks = {language: new if mark == old else mark for language, mark in text.made_from.items()}
    return replace(text, versions=versions, made_from=marks)


def _ordered(sources: list[Source[Text]]) -> dict[str, Source[Text]]:
    """Order sources by kind, then by author and title in their original words, so that all languages number them alike.

    A withheld source is ordered by its description alone: its place must not betray its name.
    """

    def place(source: Source[Text]) -> tuple[int, str, str]:
        words = [fold(text.source) if text else "" for text in (source.author or source.title, source.title)]
        return list(written.SourceKind).index(source.kind), words[0], words[1]

    return {source.id: source for source in sorted(sources, key=place)}


def _source(key: str, source: written.Source, protection: written.Protection, *, withheld: bool) -> Source[Text]:
    if withheld:
        code = source.code or "" if protection.pseudonyms else ""
        return Source(key, source.kind, source.described_as, withheld=True, code=code)
    spoken = source.kind.from_a_person
    regional = spoken and protection.places is written.Places.REGION

    def told(day: Day | None) -> Day | None:
        return coarse_day(day, protection.dates) if spoken else day

    return Source(
        key,
        source.kind,
        source.title,
        author=source.author,
        publisher=source.publisher,
        date=told(source.date),
        url=source.url or "",
        archived=source.archived or "",
        accessed=told(source.accessed),
        language=source.language or "",
        location=source.region if regional else source.location or source.region,
    )


def coarse_day(day: Day | None, precision: written.Precision) -> Day | None:
    """Return a day as exactly as ``precision`` lets it be told."""
    if day is None or precision is written.Precision.DAY:
        return day
    return Day(day.year, None if precision is written.Precision.YEAR else day.month)


def _seated(article: str, answer: written.Answer, catalogue: Catalogue, seating: Seating) -> Assessment[Text]:
    """Return what may be read about an article; the same answer at the same table gives the same."""
    table = (seating.keys, seating.highest, seating.undecided)
    return recalled(
        ("assessment", article, answer, catalogue, *table), lambda: _assessment(article, answer, catalogue, seating)
    )


def _assessment(article: str, answer: written.Answer, catalogue: Catalogue, seating: Seating) -> Assessment[Text]:
    if answer.not_applicable:
        unsaid = written.Answer()
        return Assessment(
            article,
            unsaid.law,
            unsaid.practice,
            unsaid.state_answer,
            unsaid.agree_with_state,
            not_applicable=answer.not_applicable,
            by=seating.by(answer),
            voices=tuple(voice for voice in seating.voices(answer) if voice.about == "not_applicable"),
            notes=_notes(answer, seating),
        )
    order = [question.id for question in catalogue.questions(article)] or list(answer.questions)
    replies = [(key, answer.questions[key]) for key in order if key in answer.questions]
    return Assessment(
        article=article,
        law=answer.law,
        practice=answer.practice,
        state_answer=answer.state_answer,
        agreement=answer.agree_with_state,
        grounds=answer.grounds,
        state_position=answer.state_position,
        replies=tuple(
            Reply(
                key,
                reply.answer,
                reply.not_applicable,
                reply.no_information,
                reply.sources,
                seating.by(reply),
                seating.voices(reply),
                seating.open(reply),
                _notes(reply, seating),
            )
            for key, reply in replies
            if reply.level.rank <= seating.highest
            and (reply.answer or reply.not_applicable or reply.no_information or seating.voices(reply))
        ),
        findings=tuple(
            Finding(
                finding.kind,
                finding.text,
                finding.title,
                finding.sources,
                seating.by(finding),
                seating.voices(finding),
                seating.open(finding),
                _notes(finding, seating),
            )
            for finding in answer.findings
            if finding.level.rank <= seating.highest
        ),
        recommendations=tuple(
            Recommendation(
                article,
                item.text,
                item.priority,
                item.addressee,
                item.timeframe,
                item.indicator,
                seating.by(item),
                seating.voices(item),
                seating.open(item),
            )
            for item in answer.recommendations
        ),
        by=seating.by(answer),
        voices=seating.voices(answer),
        contested=seating.contested(answer),
        held=seating.held(answer),
        notes=_notes(answer, seating),
    )


def _says_something(assessment: Assessment[Text]) -> bool:
    """Whether anything is left of an article: even that something was said about it may be nobody's business."""
    return assessment != replace(_EMPTY, article=assessment.article, by=assessment.by)


_EMPTY: Final[Assessment[Text]] = Assessment(
    "",
    written.Law.NOT_RATED,
    written.Practice.NOT_RATED,
    written.StateAnswer.NOT_PUBLISHED,
    written.Agreement.CANNOT_SAY,
)


def _notes(part: Part, seating: Seating) -> tuple[Text, ...]:
    notes: tuple[written.Note, ...] = getattr(part, "notes", ())
    return tuple(note.text for note in notes if note.level.rank <= seating.highest)


def _statistic(key: str, item: written.Statistic, seating: Seating, submission: written.Submission) -> Statistic[Text]:
    series = tuple(Series(line.label, line.values) for line in item.series.values()) or (Series(None, item.values),)
    whole = Statistic(
        key,
        item.title,
        item.unit,
        item.chart,
        series,
        item.definition,
        item.articles,
        item.sources,
        seating.by(item),
        seating.voices(item),
        seating.claims(item),
        _notes(item, seating),
    )
    limit = submission.protection.fewer_than
    return _with_few(whole, limit) if rests_on_withheld(whole, submission, seating.highest) else whole


def rests_on_withheld(statistic: Statistic[Text], submission: written.Submission, highest: int) -> bool:
    """Whether any source of a statistic, listed or cited in its texts, is above the audience's level."""
    own = {key for part in parts(statistic) if isinstance(part, Text) for key in cited_in(part)}
    own |= {*statistic.sources, *(key for voice in statistic.voices for key in voice.sources)}
    return any(submission.sources[key].level.rank > highest for key in own if key in submission.sources)


def _with_few(statistic: Statistic[Text], limit: int) -> Statistic[Text]:
    """Tell small counts coarsely; who gives another one than is printed does not differ any more, for all readers see."""
    series = tuple(
        replace(line, values={year: few(figure, limit) for year, figure in line.values.items()})
        for line in statistic.series
    )
    claims = [replace(claim, figure=few(claim.figure, limit) or claim.figure) for claim in statistic.claims]
    return replace(
        statistic,
        series=series,
        claims=tuple(claim for claim in claims if not same_few(claim.figure, series[claim.series].values[claim.year])),
    )


def few(figure: Count, limit: int) -> Count:
    """Return a count as it may be told: one to ``limit`` less one could be told by who knows the persons; none is none."""
    counts = isinstance(figure, Decimal) and 0 < figure < limit and figure == figure.to_integral_value()
    return Few(limit) if counts else figure
