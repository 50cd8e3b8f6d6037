"""From a submission to a publication: the one place where it is decided what an audience may read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Span
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text
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
from reportgen.publication.seating import Seating, hidden_names
from reportgen.publication.walk import cited_sources
from reportgen.submission import model as written
from reportgen.submission.checks.facts import Facts

_HIGHEST: Final = {Audience.PUBLIC: written.Level.PUBLIC, Audience.MEMBERS: written.Level.MEMBERS}


def redact(
    submission: written.Submission,
    catalogue: Catalogue,
    audience: Audience,
    undecided: frozenset[Span] = frozenset(),
) -> Publication[Text]:
    """Cut ``submission`` to what ``audience`` may read.

    A part above the audience's level is left out; a source above it stays as a numbered reference with its kind and
    the author's coarse description only. An organisation that is not to be named appears as described; who stands
    behind a part is told by positions, never by identifiers.

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

    report, seating = submission.report, Seating(submission, highest, undecided)
    hidden = hidden_names(submission)
    whole = Publication(
        audience=audience,
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
            article: _assessment(article, submission.answers[article], catalogue, seating)
            for article in facts.asked
            if article in submission.answers and not submission.answers[article].silent
        },
        statistics=tuple(
            _statistic(key, item, seating) for key, item in submission.statistics.items() if allowed(item.level)
        ),
        sources=_ordered(
            [_source(key, source, withheld=not allowed(source.level)) for key, source in submission.sources.items()]
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
    used = cited_sources(whole)
    return replace(whole, sources={key: source for key, source in whole.sources.items() if key in used})


def _ordered(sources: list[Source[Text]]) -> dict[str, Source[Text]]:
    """Order sources by kind, then by author and title in their original words, so that all languages number them alike.

    A withheld source is ordered by its description alone: its place must not betray its name.
    """

    def place(source: Source[Text]) -> tuple[int, str, str]:
        words = [fold(text.source) if text else "" for text in (source.author or source.title, source.title)]
        return list(written.SourceKind).index(source.kind), words[0], words[1]

    return {source.id: source for source in sorted(sources, key=place)}


def _source(key: str, source: written.Source, *, withheld: bool) -> Source[Text]:
    if withheld:
        return Source(key, source.kind, source.described_as, withheld=True)
    return Source(
        key,
        source.kind,
        source.title,
        author=source.author,
        publisher=source.publisher,
        date=source.date,
        url=source.url or "",
        archived=source.archived or "",
        accessed=source.accessed,
        language=source.language or "",
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
            )
            for key, reply in replies
            if reply.level.rank <= seating.highest and (reply.answer or reply.not_applicable or reply.no_information)
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
    )


def _statistic(key: str, item: written.Statistic, seating: Seating) -> Statistic[Text]:
    series = tuple(Series(line.label, line.values) for line in item.series.values()) or (Series(None, item.values),)
    return Statistic(
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
    )
