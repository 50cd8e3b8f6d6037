"""The chapter of an article: obligation and ratings, what the State says, law, practice, figures, findings, recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from reportgen.catalogue import Aspect, Question
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.gaps import still_unanswered, unsourced
from reportgen.document.compose.statistics import figure
from reportgen.document.compose.voices import AXES, beside, holders_of, mark, not_decided, notes, rated, signed
from reportgen.document.model import (
    Answer,
    Block,
    Chapter,
    Finding,
    Inline,
    Opening,
    Prose,
    Rating,
    RecommendationRow,
    Recommendations,
    Section,
    Stand,
    Text,
    Views,
)
from reportgen.document.setter import Setter
from reportgen.languages.formats import article_label
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Assessment, Recommendation, Reply
from reportgen.publication.model import Finding as Found
from reportgen.submission.model import Agreement, Priority, StateAnswer
from reportgen.submission.words import WORDS

_TEXTS = (
    ("grounds", N_("Assessment"), ("", "grounds", *AXES)),
    ("state_position", N_("What the State says"), ("state_position",)),
)
"""The running texts of a chapter: key, heading, and what voices may be about that stand below."""
_SECTIONS = {Aspect.LAW: N_("The law"), Aspect.PRACTICE: N_("Practice"), Aspect.FIGURES: N_("Figures and data")}


def article_chapter(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Chapter:
    """Compose the chapter of one article with its own ``setter``."""
    key = assessment.article
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
        yield from _text(desk, assessment, setter, assessment.not_applicable, "not_applicable")
        yield from notes(setter, assessment.notes)
        return
    yield from _text(desk, assessment, setter, None, "not_applicable")
    for name, title, subjects in _TEXTS:
        passage: Passage | None = getattr(assessment, name)
        if blocks := tuple(_text(desk, assessment, setter, passage, *subjects)):
            yield _section(key, "state" if name == "state_position" else name, title, setter)
            yield from blocks
    yield from _answers(desk, assessment, setter)
    if assessment.findings:
        yield _section(key, "findings", N_("Findings"), setter)
        for finding in assessment.findings:
            yield _finding(desk, finding, setter)
    if assessment.recommendations:
        yield _section(key, "recommendations", N_("Recommendations"), setter)
        yield _recommendations(desk, assessment, setter)
    yield from notes(setter, assessment.notes)
    yield from still_unanswered(desk, assessment, setter)


def _text(
    desk: Desk, assessment: Assessment[Passage], setter: Setter, passage: Passage | None, *subjects: str
) -> Iterator[Block]:
    """Yield a common text and what some say about its subjects."""
    voices = [voice for voice in assessment.voices if voice.about in subjects and voice.rating is None]
    holders = mark(desk, assessment.by, differs=bool(voices))
    said = beside(desk, setter, setter.prose(passage) if passage else None, voices, holders)
    if said.prose:
        yield Text(said.prose, Stand(assessment.by))
    yield from said.blocks


def _finding(desk: Desk, finding: Found[Passage], setter: Setter) -> Finding:
    text, references = setter.prose(finding.text), setter.references(finding.sources, already=[finding.text])
    gaps = unsourced(desk, setter, text, references)
    title = setter.inline(finding.title) if finding.title else None
    said = beside(desk, setter, text, finding.voices)
    assert said.prose is not None
    return Finding(
        finding.kind.value.replace("_", "-"),
        setter.say(WORDS[finding.kind]),
        title,
        said.prose,
        references,
        (*gaps, *not_decided(desk, setter, undecided=finding.undecided)),
        mark(desk, finding.by, differs=bool(finding.voices)),
        (*said.blocks, *notes(setter, finding.notes)),
        Stand(finding.by, said.against),
    )


def _recommendations(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Recommendations:
    """List the recommendations on an article, with what some say beside them."""
    rows: list[RecommendationRow] = []
    blocks: list[Block] = []
    for index, item in enumerate(assessment.recommendations, 1):
        number = _number(desk, assessment, index)
        holders = mark(desk, item.by, differs=bool(item.voices))
        said = beside(desk, setter, setter.prose(item.text, numbered=False), item.voices, holders, on=number)
        assert said.prose is not None
        rows.append(_row(desk, assessment, setter, item, number, said.prose, Stand(item.by, said.against)))
        blocks += said.blocks
    return Recommendations(
        tuple(rows), setter.say("Recommendations on this article"), form="list", beside=tuple(blocks)
    )


def _section(key: str, name: str, title: str, setter: Setter) -> Section:
    return Section(f"{key}-{name}", setter.plain(setter.say(title)))


def _opening(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Opening:
    enquiry = desk.catalogue.enquiries.get(assessment.article)
    obligation = setter.plain(in_language(enquiry.obligation, desk.language)) if enquiry else setter.plain("")
    ratings: dict[str, Rating] = {}
    views: list[Views] = []
    against: set[int] = set()
    held: list[tuple[str, tuple[int, ...]]] = []
    for name in AXES:
        ratings[name], boxes = rated(desk, setter, assessment, name)
        views += boxes
        if whose := holders_of(assessment, name):
            held.append((setter.say(AXES[name]), whose))
        against |= {by for voice in assessment.voices if voice.about == name and voice.rating for by in voice.by}
    known = (
        assessment.state_answer is not StateAnswer.NOT_PUBLISHED
        or assessment.agreement is not Agreement.CANNOT_SAY
        or any(voice.rating and voice.about not in {"law", "practice"} for voice in assessment.voices)
    )
    everyone = tuple(range(len(desk.publication.organisations)))
    return Opening(
        obligation,
        ratings["law"],
        ratings["practice"],
        ratings["state_answer"].word if known else "",
        ratings["agree_with_state"].word if known else "",
        tuple(views),
        Stand(assessment.by or everyone, tuple(sorted(against))),
        tuple(held),
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
    own = [reply for reply in assessment.replies if reply.question not in questions]
    if own:
        yield _section(assessment.article, "own", N_("Further questions"), setter)
    for reply in own:
        yield _answer(reply, None, desk, setter)


def _home(desk: Desk, articles: tuple[str, ...]) -> str:
    """The chapter a statistic stands in: that of the first of its articles that is assessed."""
    return next((key for key in articles if desk.is_assessed(key)), "")


def _answer(reply: Reply[Passage], question: Question | None, desk: Desk, setter: Setter) -> Answer:
    said = reply.answer or reply.not_applicable or reply.no_information
    state = (
        ""
        if reply.answer or not said
        else setter.say("Not applicable")
        if reply.not_applicable
        else setter.say("No information")
    )
    asked = setter.plain(in_language(question.text, desk.language) if question else reply.question)
    text = setter.prose(said) if said else None
    references = setter.references(reply.sources, already=[said] if said else [])
    more = beside(desk, setter, text, reply.voices, mark(desk, reply.by, differs=bool(reply.voices)))
    return Answer(
        f"q-{reply.question.replace('.', '-')}",
        asked,
        question.aspect.value if question else "",
        state,
        more.prose or Prose(()),
        references,
        not_decided(desk, setter, undecided=reply.undecided),
        (*more.blocks, *notes(setter, reply.notes)),
        Stand(reply.by, more.against),
    )


def recommendation_rows(
    desk: Desk, assessment: Assessment[Passage], setter: Setter, priority: Priority | None = None
) -> Iterator[RecommendationRow]:
    """Yield the recommendations on one article, or those of one priority, for another chapter than its own.

    Their numbers are those of its chapter; to it a note refers where views differ.
    """
    for index, item in enumerate(assessment.recommendations, 1):
        if priority and item.priority is not priority:
            continue
        prose = setter.prose(item.text, numbered=False)
        chapter = desk.chapter_numbers[assessment.article]
        calls = (
            setter.note(setter.plain(setter.say("Views differ: see chapter {chapter}.", chapter=chapter)).html)
            if item.voices
            else Markup()
        )
        prose = signed(setter, prose, mark(desk, item.by, differs=bool(item.voices)), calls)
        yield _row(desk, assessment, setter, item, _number(desk, assessment, index), prose, Stand(item.by))


def _number(desk: Desk, assessment: Assessment[Passage], index: int) -> str:
    return f"R{desk.chapter_numbers[assessment.article]}.{index}"


def _row(
    desk: Desk,
    assessment: Assessment[Passage],
    setter: Setter,
    item: Recommendation[Passage],
    number: str,
    prose: Prose,
    stand: Stand,
) -> RecommendationRow:
    def short(passage: Passage | None) -> Inline | None:
        return setter.inline(passage) if passage else None

    setter.origins[number.replace(".", "-").lower()] = item.text
    told = [prose.mark, *not_decided(desk, setter, undecided=item.undecided)]
    return RecommendationRow(
        number=number,
        text=replace(prose, mark=" · ".join(word for word in told if word)),
        addressee=short(item.addressee),
        priority=setter.say(WORDS[item.priority]),
        priority_level=item.priority.value,
        timeframe=short(item.timeframe),
        indicator=short(item.indicator),
        article=desk.article_name(assessment.article, setter),
        chapter=assessment.article,
        stand=stand,
    )
