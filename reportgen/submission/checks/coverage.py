"""Does the report answer what it set out to answer? Each article × question: answered, not applicable, no information, silent."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from reportgen.diagnostics import Diagnostic, diagnostic, nearest
from reportgen.submission.checks.facts import Facts
from reportgen.submission.model import Answer, Law, QuestionAnswer, Report
from reportgen.submission.nodes import Mapping, unwritten, walk
from reportgen.submission.parts import Part, declared_fields

_REPLIES = ("answer", "not_applicable", "no_information")
_AXES = ("law", "practice")
_GROUNDS = ("grounds", "findings", "questions")


class Coverage(Enum):
    """What is said in reply to one question."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NO_INFORMATION = "no_information"
    SILENT = "silent"


def coverage_of(reply: QuestionAnswer | None) -> Coverage:
    """Tell what ``reply`` says."""
    if reply is None:
        return Coverage.SILENT
    if reply.answer or (reply.voices and not reply.not_applicable and not reply.no_information):
        return Coverage.ANSWERED
    if reply.not_applicable:
        return Coverage.NOT_APPLICABLE
    return Coverage.NO_INFORMATION if reply.no_information else Coverage.SILENT


def coverage_by_article(facts: Facts) -> dict[str, dict[str, Coverage]]:
    """Return for each article asked about, by identifier of the question, what is said."""
    table = {}
    for article in facts.asked:
        answer = facts.submission.answers.get(article)
        replies = answer.questions if answer else {}
        table[article] = {
            question.id: coverage_of(replies.get(question.id)) for question in facts.catalogue.questions(article)
        }
    return table


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Report silent articles and questions, contradictions within an answer, ratings without grounds, and what frames all."""
    submission = facts.submission
    yield from _frame(submission.report)
    written = facts.written("answers")
    for article, questions in coverage_by_article(facts).items():
        answer = submission.answers.get(article)
        if answer is None or answer.silent:
            if answer or article not in written or _is_empty(facts, article):
                title = facts.catalogue.articles[article].title.versions
                yield diagnostic(
                    "RG401",
                    submission.place("answers", article),
                    key=article,
                    title_en=title["en"],
                    title_fr=title["fr"],
                )
            continue
        silent = [
            key for key, coverage in questions.items() if coverage is Coverage.SILENT and not _unreadable(answer, key)
        ]
        if silent and not answer.not_applicable:
            known = ", ".join(silent)
            yield diagnostic(
                "RG402",
                submission.place("answers", article),
                key=article,
                count=len(silent),
                total=len(questions),
                known=known,
            )
        yield from _within(answer, facts, article)


def _frame(report: Report) -> Iterator[Diagnostic]:
    """What every published report needs around its articles; some of the organisations may have said it as voices."""
    for key, code in (("summary", "RG424"), ("methodology", "RG425")):
        told = getattr(report, key) or any(voice.about == key for voice in report.voices)
        if not told and not report.unreadable(key) and not _mistyped(report, key):
            yield diagnostic(code, report.place(key))


def _is_empty(facts: Facts, article: str) -> bool:
    assert facts.submission.node is not None
    entry, _ = walk(facts.submission.node, ("answers", article))
    return unwritten(entry)


def _unreadable(answer: Answer, question: str) -> bool:
    """Whether a reply was written that could not be read; its fault is reported already."""
    reply = answer.questions.get(question)
    if reply:
        return any(reply.unreadable(name) for name in _REPLIES)
    written = answer.node.entries.get("questions") if answer.node else None
    return isinstance(written, Mapping) and question in written.entries and not unwritten(written.entries[question])


def _within(answer: Answer, facts: Facts, article: str) -> Iterator[Diagnostic]:
    for key, reply in answer.questions.items():
        given = [name for name in _REPLIES if getattr(reply, name)]
        if len(given) > 1:
            yield diagnostic("RG220", reply.place(given[1]))
        elif not given and not reply.voices and not _unreadable(answer, key):
            yield diagnostic("RG416", answer.place("questions", key))
    if answer.not_applicable and answer.says_more:
        yield diagnostic("RG411", answer.place("not_applicable"))
    unrated = [axis for axis in _AXES if not answer.not_applicable and _unrated(answer, axis)]
    if unrated:
        yield diagnostic("RG426", answer.place(unrated[0]), key=article, known=", ".join(unrated))
    supported = (
        answer.grounds or answer.findings or any(reply.answer or reply.voices for reply in answer.questions.values())
    )
    if answer.rated and not supported and not any(answer.unreadable(key) for key in _GROUNDS):
        rated = "law" if answer.law not in {Law.UNKNOWN, Law.NOT_RATED} else "practice"
        yield diagnostic("RG406", answer.place(rated), key=article)
    for recommendation in answer.recommendations:
        if not recommendation.addressee and not recommendation.unreadable("addressee"):
            yield diagnostic("RG412", recommendation.place("text"))


def _unrated(answer: Answer, axis: str) -> bool:
    """Whether nobody has rated an article on ``axis`` yet; “unknown” is a rating, and so is what some hold as a voice."""
    return (
        getattr(answer, axis).value == "not_rated"
        and not any(voice.about == axis for voice in answer.voices)
        and not answer.unreadable(axis)
        and not _mistyped(answer, axis)
    )


def _mistyped(part: Part, key: str) -> bool:
    """Whether ``key`` is there under a name that the format does not know; that is reported already."""
    known = declared_fields(type(part))
    return any(nearest(other, known) == key for other in (part.node.entries if part.node else ()) if other not in known)
