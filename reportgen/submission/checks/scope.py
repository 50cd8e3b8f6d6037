"""Is it about the right State, instruments, articles and questions?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic, diagnostic, nearest
from reportgen.languages.pairs import ISO_639_1, OUTPUT_LANGUAGES
from reportgen.submission.checks.facts import Facts
from reportgen.submission.model import Level, Need, Organisation, Source, Statistic, Voice
from reportgen.submission.parts import Part, own_texts, walk_parts
from reportgen.submission.voices import about_whole, cell_of, says_something, subjects


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check instruments, cluster, articles, questions, milestones and languages against the catalogue; who speaks, too."""
    yield from _instruments(facts)
    yield from _cluster(facts)
    yield from _milestones(facts)
    yield from _languages(facts)
    yield from _speakers(facts)
    yield from _betrayals(facts)


def _instruments(facts: Facts) -> Iterator[Diagnostic]:
    submission = facts.submission
    for index, instrument in enumerate(submission.instruments):
        if instrument not in facts.catalogue.instruments:
            suggestion = nearest(instrument, facts.catalogue.instruments) or ""
            yield diagnostic("RG303", submission.place("instruments", index), key=instrument, suggestion=suggestion)
    known = set(submission.instruments) <= set(facts.catalogue.instruments)
    if known and submission.instruments and "untoc" not in submission.instruments:
        yield diagnostic("RG309", submission.place("instruments"))


def _cluster(facts: Facts) -> Iterator[Diagnostic]:
    submission, cluster = facts.submission, facts.cluster
    if cluster is None:
        yield diagnostic("RG305", submission.place("cluster"), value=submission.cluster)
        return
    if not cluster.verified:
        yield diagnostic("RG306", submission.place("cluster"), cluster=cluster.number)
    for key, answer in submission.answers.items():
        problem = _article(facts, submission, ("answers", key), key)
        if problem:
            yield problem
        if key not in facts.catalogue.articles:
            continue
        if not facts.is_party(key) and set(submission.instruments) <= set(facts.catalogue.instruments):
            yield diagnostic("RG304", submission.place("answers", key), key=key)
        elif _left_out(facts, key) and not answer.silent:
            yield diagnostic("RG422", submission.place("answers", key), key=key)
        yield from _questions(facts, key, answer)
    for index, key in enumerate(submission.report.scope):
        if problem := _article(facts, submission.report, ("scope", index), key):
            yield problem
    for part, path, key in _article_references(facts):
        if key not in facts.catalogue.articles:
            yield _unknown_article(facts, part, path, key)


def _left_out(facts: Facts, article: str) -> bool:
    """Whether a scope that can be understood leaves ``article`` out."""
    scope = facts.submission.report.scope
    return bool(scope) and article not in scope and set(scope) <= set(facts.catalogue.articles)


def _article_references(facts: Facts) -> Iterator[tuple[Part, tuple[str | int, ...], str]]:
    parts: tuple[Statistic | Need, ...] = (
        *facts.submission.statistics.values(),
        *facts.submission.technical_assistance,
    )
    return ((part, ("articles", index), key) for part in parts for index, key in enumerate(part.articles))


def _article(facts: Facts, part: Part, path: tuple[str | int, ...], key: str) -> Diagnostic | None:
    cluster = facts.cluster
    assert cluster is not None
    if key not in facts.catalogue.articles:
        return _unknown_article(facts, part, path, key)
    if key in cluster.articles:
        return None
    if key in cluster.candidates:
        return diagnostic("RG310", part.place(*path), key=key, cluster=cluster.number)
    return diagnostic("RG302", part.place(*path), key=key, cluster=cluster.number, known=", ".join(cluster.articles))


def _unknown_article(facts: Facts, part: Part, path: tuple[str | int, ...], key: str) -> Diagnostic:
    listed = facts.cluster.articles if facts.cluster else ()
    suggestion = nearest(key, listed) or nearest(key, facts.catalogue.articles) or ""
    return diagnostic(
        "RG301",
        part.place(*path),
        key=key[:40],
        suggestion=suggestion,
        cluster=facts.submission.cluster,
        known=", ".join(listed),
    )


def _questions(facts: Facts, article: str, answer: Part) -> Iterator[Diagnostic]:
    known = [question.id for question in facts.catalogue.questions(article)]
    questions = facts.submission.answers[article].questions
    for key in questions:
        home = key.partition(".")[0]
        if known and key not in known and key in {question.id for question in facts.catalogue.questions(home)}:
            yield diagnostic("RG308", answer.key_place("questions", key), key=key, article=home)
        elif known and key not in known:
            suggestion = nearest(key, known) or nearest(f"{article}.{key}", known) or ""
            yield diagnostic(
                "RG307", answer.key_place("questions", key), key=key, suggestion=suggestion, known=", ".join(known)
            )


def _milestones(facts: Facts) -> Iterator[Diagnostic]:
    review = facts.submission.review
    known = [milestone.id for milestone in facts.catalogue.milestones]
    for key in review.actual if review else ():
        if review and key not in known:
            yield diagnostic(
                "RG312",
                review.key_place("actual", key),
                key=key,
                suggestion=nearest(key, known) or "",
                known=", ".join(known),
            )


def _languages(facts: Facts) -> Iterator[Diagnostic]:
    report = facts.submission.report
    for index, language in enumerate(report.languages):
        if language not in OUTPUT_LANGUAGES:
            yield diagnostic("RG313", report.place("languages", index), value=language[:20])
    for source in facts.submission.sources.values():
        if source.language and source.language not in ISO_639_1:
            suggestion = nearest(source.language, ("en", "fr")) or ""
            yield diagnostic("RG226", source.place("language"), value=source.language[:20], suggestion=suggestion)


def _speakers(facts: Facts) -> Iterator[Diagnostic]:
    """Report organisations that nobody submits as, and voices of which nobody could tell what they hold."""
    known = facts.written("organisations")
    for _, part in walk_parts(facts.submission):
        for index, key in enumerate(getattr(part, "by", ())):
            if key not in known:
                suggestion = nearest(key, known) or ""
                yield diagnostic("RG314", part.place("by", index), value=key[:80], suggestion=suggestion)
        for voice in getattr(part, "voices", ()):
            if not _understood(part, voice):
                options = ", ".join(subjects(part))
                yield diagnostic("RG315", voice.place("about"), known=options)


def _understood(part: Part, voice: Voice) -> bool:
    if isinstance(part, Statistic):
        known = not voice.about or cell_of(part, voice) is not None
    else:
        known = voice.about in subjects(part) or (not voice.about and about_whole(part))
    return known and (says_something(part, voice) or voice.unreadable("text"))


def _betrayals(facts: Facts) -> Iterator[Diagnostic]:
    """Report texts in which readers find the name of an organisation that is not to be named.

    Sources may name it as an author: whoever publishes is cited, and nobody learns from it who submits the report.
    """
    names = {
        name
        for item in facts.submission.organisations.values()
        if item.secrecy is not Level.PUBLIC
        for name in (*item.name.versions.values(), item.acronym or "")
        if len(name) > 1
    }
    if not names:
        return
    hidden = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(names)))})(?!\w)")
    for _, part in walk_parts(facts.submission):
        if isinstance(part, Source) or (isinstance(part, Organisation) and part.secrecy is not Level.PUBLIC):
            continue
        for _, text in own_texts(part):
            for language, version in text.versions.items():
                if match := hidden.search(version):
                    yield diagnostic("RG316", facts.locate(text, language, match[0]))
