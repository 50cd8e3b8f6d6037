"""The chapter of an article: obligation and ratings, what the State says, law, practice, figures, findings, recommendations."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.catalogue import Aspect, Question
from reportgen.document import figures
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.gaps import still_unanswered, unsourced
from reportgen.document.compose.words import rating
from reportgen.document.model import (
    Answer,
    Block,
    Chapter,
    Figure,
    Finding,
    Inline,
    Opening,
    RecommendationRow,
    Recommendations,
    Section,
    Text,
)
from reportgen.document.setter import Setter
from reportgen.languages.formats import article_label, format_number
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Assessment, Reply
from reportgen.submission.model import Agreement, Chart, Priority, StateAnswer
from reportgen.submission.words import WORDS

MOST_DRAWN = 4
_SECTIONS = {Aspect.LAW: N_("The law"), Aspect.PRACTICE: N_("Practice"), Aspect.FIGURES: N_("Figures and data")}


def article_chapter(desk: Desk, assessment: Assessment[Passage]) -> Chapter:
    """Compose the chapter of one article."""
    key = assessment.article
    setter = desk.setter(key)
    article = desk.article(key)
    blocks = tuple(_blocks(desk, assessment, setter))
    instrument = in_language(desk.catalogue.instruments[article.instrument].short, desk.language)
    return Chapter(
        id=key,
        number=desk.chapter_numbers[key],
        title=desk.article_title(key, setter),
        kind="article",
        kicker=setter.say(
            "{instrument}, {article}", instrument=instrument, article=article_label(article.number, desk.language)
        ),
        blocks=blocks,
        notes=tuple(setter.notes),
    )


def _blocks(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Iterator[Block]:
    key = assessment.article
    yield _opening(desk, assessment, setter)
    if assessment.not_applicable:
        yield Text(setter.prose(assessment.not_applicable))
        return
    if assessment.grounds:
        yield _section(key, "grounds", N_("Assessment"), setter)
        yield Text(setter.prose(assessment.grounds))
    if assessment.state_position:
        yield _section(key, "state", N_("What the State says"), setter)
        yield Text(setter.prose(assessment.state_position))
    yield from _answers(desk, assessment, setter)
    if assessment.findings:
        yield _section(key, "findings", N_("Findings"), setter)
        for finding in assessment.findings:
            yield Finding(
                finding.kind.value.replace("_", "-"),
                setter.say(WORDS[finding.kind]),
                setter.inline(finding.title) if finding.title else None,
                text := setter.prose(finding.text),
                references := setter.references(finding.sources, already=[finding.text]),
                unsourced(desk, setter, text, references),
            )
    if assessment.recommendations:
        yield _section(key, "recommendations", N_("Recommendations"), setter)
        yield Recommendations(
            tuple(recommendation_rows(desk, assessment, setter)),
            setter.say("Recommendations on this article"),
            form="list",
        )
    yield from still_unanswered(desk, assessment, setter)


def _section(key: str, name: str, title: str, setter: Setter) -> Section:
    return Section(f"{key}-{name}", setter.plain(setter.say(title)))


def _opening(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Opening:
    enquiry = desk.catalogue.enquiries.get(assessment.article)
    obligation = setter.plain(in_language(enquiry.obligation, desk.language)) if enquiry else setter.plain("")
    known = assessment.state_answer is not StateAnswer.NOT_PUBLISHED or assessment.agreement is not Agreement.CANNOT_SAY
    return Opening(
        obligation,
        rating(assessment.law, setter),
        rating(assessment.practice, setter),
        setter.say(WORDS[assessment.state_answer]) if known else "",
        setter.say(WORDS[assessment.agreement]) if known else "",
    )


def _answers(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Iterator[Block]:
    questions = {question.id: question for question in desk.catalogue.questions(assessment.article)}
    charts = [
        index
        for index, item in enumerate(desk.publication.statistics)
        if _home(desk, item.articles) == assessment.article
    ]
    for aspect, title in _SECTIONS.items():
        replies = [
            reply
            for reply in assessment.replies
            if reply.question in questions and questions[reply.question].aspect is aspect
        ]
        if replies or (aspect is Aspect.FIGURES and charts):
            yield _section(assessment.article, aspect.value, title, setter)
        for reply in replies:
            yield _answer(reply, questions[reply.question], desk, setter)
        if aspect is Aspect.FIGURES:
            for index in charts:
                yield figure(desk, index, setter)
    for reply in assessment.replies:
        if reply.question not in questions:
            yield _answer(reply, None, desk, setter)


def _home(desk: Desk, articles: tuple[str, ...]) -> str:
    """The chapter a statistic stands in: that of the first of its articles that is assessed."""
    return next((key for key in articles if desk.is_assessed(key)), "")


def _answer(reply: Reply[Passage], question: Question | None, desk: Desk, setter: Setter) -> Answer:
    said = reply.answer or reply.not_applicable or reply.no_information
    assert said is not None
    state = (
        "" if reply.answer else setter.say("Not applicable") if reply.not_applicable else setter.say("No information")
    )
    asked = setter.plain(in_language(question.text, desk.language) if question else reply.question)
    text, references = setter.prose(said), setter.references(reply.sources, already=[said])
    return Answer(
        f"q-{reply.question.replace('.', '-')}",
        asked,
        question.aspect.value if question else "",
        state,
        text,
        references,
        unsourced(desk, setter, text, references) if reply.answer else (),
    )


def recommendation_rows(
    desk: Desk, assessment: Assessment[Passage], setter: Setter, priority: Priority | None = None
) -> Iterator[RecommendationRow]:
    """Yield the recommendations on one article, or those of one priority; their numbers are those of its chapter."""
    chapter = desk.chapter_numbers[assessment.article]

    def short(passage: Passage | None) -> Inline | None:
        return setter.inline(passage) if passage else None

    for index, item in enumerate(assessment.recommendations, 1):
        if priority and item.priority is not priority:
            continue
        yield RecommendationRow(
            number=f"R{chapter}.{index}",
            text=setter.prose(item.text, numbered=False),
            addressee=short(item.addressee),
            priority=setter.say(WORDS[item.priority]),
            priority_level=item.priority.value,
            timeframe=short(item.timeframe),
            indicator=short(item.indicator),
            article=desk.article_name(assessment.article, setter),
            chapter=assessment.article,
        )


def figure(desk: Desk, index: int, setter: Setter) -> Figure:
    """Draw the statistic at ``index``, beside the table of its figures."""
    item = desk.publication.statistics[index]
    years = sorted({year for line in item.series for year in line.values})
    title, unit = setter.inline(item.title), setter.inline(item.unit)
    labels = [setter.inline(line.label) if line.label else None for line in item.series]
    lines = [
        figures.Line(label.text if label else "", [line.values.get(year) for year in years])
        for label, line in zip(labels, item.series, strict=True)
    ]

    def write(value: object) -> str:
        return format_number(value, desk.language)  # type: ignore[arg-type]

    alternative = setter.say(
        "Chart: {title}, {first} to {last}. The table below gives the same figures.",
        title=title.text,
        first=years[0],
        last=years[-1],
    )
    drawn = figures.draw(
        years, lines, alternative, write, as_lines=item.chart is Chart.LINES, fills=desk.theme.colours.of_charts
    )
    none = setter.say("no data")
    return Figure(
        id=f"figure-{index + 1}",
        number=index + 1,
        title=title,
        unit=unit,
        svg=drawn if item.chart is not Chart.NONE and len(lines) <= MOST_DRAWN else drawn[:0],
        columns=tuple(years),
        rows=tuple(
            (label or unit, tuple(none if value is None else write(value) for value in line.values))
            for label, line in zip(labels, lines, strict=True)
        ),
        missing=any(value is None for line in lines for value in line.values),
        definition=setter.prose(item.definition, numbered=False) if item.definition else None,
        references=setter.references(item.sources),
    )
