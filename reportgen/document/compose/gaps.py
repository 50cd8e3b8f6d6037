"""What a draft still lacks, said on its pages: beside the paragraph, at the end of the article, and in a list in front.

A final report has none of this. All of it comes from the publication, so that a draft for the public tells nothing of
what the public may not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.catalogue import Question
from reportgen.document.compose.desk import Desk
from reportgen.document.model import Block, Chapter, Finding, Gap, GapRow, Gaps, Prose, Remark, has_notes
from reportgen.document.setter import Setter
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Freshness, Passage
from reportgen.publication.model import Assessment
from reportgen.publication.walk import parts
from reportgen.submission.model import Law, Practice

FEW, MANY = 3, 7
"""How many recommendations a reader keeps in mind."""


def unsourced(desk: Desk, setter: Setter, prose: Prose, references: Iterable[int]) -> tuple[str, ...]:
    """Return the remark for the margin of a finding that names no source; a final report refuses those (RG403)."""
    return () if desk.final or any(references) or has_notes(prose) else (_no_source(setter),)


def _no_source(setter: Setter) -> str:
    return setter.say("No source")


def still_unanswered(desk: Desk, assessment: Assessment[Passage], setter: Setter) -> Iterator[Block]:
    """Yield the questions of an article that nobody has answered yet."""
    if desk.final or assessment.not_applicable:
        return
    open_questions = tuple(
        setter.plain(in_language(question.text, desk.language)) for question in _open(desk, assessment)
    )
    if open_questions:
        yield Gap(setter.say("Not answered yet"), open_questions)


def gaps_chapter(desk: Desk, chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    """Yield the list of everything that is missing, for the editors of a draft."""
    if desk.final:
        return
    setter = desk.setter("missing")
    rows = tuple(_rows(desk, setter, {chapter.id: chapter for chapter in chapters}))
    blocks: list[Block] = [Remark(sentence) for sentence in _front(desk, setter)]
    if rows:
        blocks.append(Gaps(rows))
    if not blocks:
        return
    yield Chapter("missing", "", setter.plain(setter.say("What this draft still lacks")), "draft", tuple(blocks))


def _rows(desk: Desk, setter: Setter, chapters: dict[str, Chapter]) -> Iterator[GapRow]:
    for key in desk.publication.asked:
        assessment = desk.publication.assessments.get(key)
        name = desk.article_name(key, setter)
        if assessment is None:
            yield GapRow(name, "", len(desk.catalogue.questions(key)), 0, 0, unrated=True)
            continue
        if assessment.not_applicable:
            continue
        row = GapRow(
            name,
            key,
            len(tuple(_open(desk, assessment))),
            sum(isinstance(block, Finding) and _no_source(setter) in block.gaps for block in chapters[key].blocks),
            sum(_untranslated(part) for part in parts(assessment)),
            unrated=(assessment.law is Law.NOT_RATED and "law" not in assessment.contested)
            or (assessment.practice is Practice.NOT_RATED and "practice" not in assessment.contested),
        )
        if row.unanswered or row.unsourced or row.untranslated or row.unrated:
            yield row


def _front(desk: Desk, setter: Setter) -> Iterator[str]:
    front = desk.publication.front
    if any(getattr(part, "undecided", False) for part in parts(desk.publication)):
        yield setter.say("Some of what the organizations hold is not decided yet; it is marked where it stands.")
    yield from _unsettled(desk, setter)
    told = {voice.about for voice in front.voices}
    if not front.summary and "summary" not in told:
        yield setter.say("There is no summary yet.")
    if not front.methodology and "methodology" not in told:
        yield setter.say("The report does not say yet how it was made.")
    addressed = [item.addressee for each in desk.publication.assessments.values() for item in each.recommendations]
    if nobody := sum(addressee is None for addressee in addressed):
        yield setter.say("Recommendations addressed to nobody: {count}.", count=nobody)
    high = desk.priorities
    if high > MANY or (len(desk.publication.assessments) > FEW and 0 < high < FEW):
        yield setter.say("Recommendations of high priority: {count}. A summary bears three to seven.", count=high)
    loose = sum(map(_untranslated, desk.passages)) - sum(
        _untranslated(part) for part in parts(tuple(desk.publication.assessments.values()))
    )
    if loose:
        yield setter.say("Texts outside the articles without a current translation: {count}.", count=loose)


def _unsettled(desk: Desk, setter: Setter) -> Iterator[str]:
    """Yield what members describe differently and what has no place in the text where that could be marked."""
    publication, open_ = desk.publication, desk.publication.unsettled
    if open_ is None:
        return
    if open_.sources:
        items = ", ".join(f"[{desk.numbers[key]}]" for key in open_.sources)
        yield setter.say("Sources that members describe differently, not decided yet: {items}.", items=items)
    if open_.organisations:
        items = "; ".join(publication.organisations[at].name.text for at in open_.organisations)
        yield setter.say("Organizations that members describe differently, not decided yet: {items}.", items=items)
    if open_.statistics:
        items = "; ".join(one.title.text for one in publication.statistics if one.id in open_.statistics)
        yield setter.say("Statistics that members describe differently, not decided yet: {items}.", items=items)
    if open_.acronyms:
        items = ", ".join(open_.acronyms)
        yield setter.say("Acronyms to which members give different meanings, not decided yet: {items}.", items=items)
    if open_.dates:
        yield setter.say("Members give different dates for the review; none of them is decided yet.")


def _open(desk: Desk, assessment: Assessment[Passage]) -> Iterator[Question]:
    said = {reply.question for reply in assessment.replies}
    return (question for question in desk.catalogue.questions(assessment.article) if question.id not in said)


def _untranslated(part: object) -> bool:
    return isinstance(part, Passage) and (part.is_fallback or part.freshness is Freshness.STALE)
