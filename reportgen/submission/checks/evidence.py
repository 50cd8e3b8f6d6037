"""Does every statement say where it comes from, and is every source used?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic, diagnostic, nearest
from reportgen.languages.pairs import Text
from reportgen.submission.checks.facts import Facts
from reportgen.submission.citations import citations
from reportgen.submission.model import Agreement, Level, Priority, StateAnswer
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence
from reportgen.submission.parts import own_texts, walk_parts

_FEW, _MANY = 3, 7
_MOST_DRAWN = 4


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check sources, findings, statistics, organisations and what is said about the State's own answer."""
    yield from _sources(facts)
    yield from _findings(facts)
    yield from _statistics(facts)
    yield from _submitters(facts)
    high = sum(
        item.priority is Priority.HIGH
        for answer in facts.submission.answers.values()
        for item in answer.recommendations
    )
    few = len(facts.submission.answers) > _FEW and 0 < high < _FEW
    if few or high > _MANY:
        yield diagnostic("RG420", facts.submission.place("answers"), count=high)


def _sources(facts: Facts) -> Iterator[Diagnostic]:
    submission = facts.submission
    known = facts.written("sources")
    used: set[str] = set()
    for _, part in walk_parts(submission):
        for index, key in enumerate(getattr(part, "sources", ())) if part is not submission else ():
            used.add(key)
            if key not in known:
                yield diagnostic(
                    "RG405", part.place("sources", index), value=key[:80], suggestion=nearest(key, known) or ""
                )
        for _, text in own_texts(part):
            for language, version in text.versions.items():
                for citation in citations(version):
                    used.add(citation.source)
                    if citation.source not in known:
                        place = facts.locate(text, language, f"@{citation.source}", whole=True)
                        yield diagnostic(
                            "RG405", place, value=citation.source[:80], suggestion=nearest(citation.source, known) or ""
                        )
    if submission.node and submission.sources.keys() - used:
        used |= _mentioned(submission.node)
    for key, source in submission.sources.items():
        if key not in used:
            yield diagnostic("RG404", submission.place("sources", key), key=key)
        if source.level is not Level.PUBLIC and not source.described_as and not source.unreadable("described_as"):
            yield diagnostic("RG418", submission.place("sources", key))


def _mentioned(node: Node) -> set[str]:
    """Return every source that is named anywhere below ``node``, also in parts that could not be read."""
    if isinstance(node, Scalar):
        return {citation.source for citation in citations(node.text)}
    named = node.entries.get("sources") if isinstance(node, Mapping) else None
    items = named.items if isinstance(named, Sequence) else (named,)
    children = node.entries.values() if isinstance(node, Mapping) else node.items
    return {item.text for item in items if isinstance(item, Scalar)}.union(*(_mentioned(child) for child in children))


def _cites(text: Text) -> bool:
    return all(any(citations(version)) for version in text.versions.values())


def _findings(facts: Facts) -> Iterator[Diagnostic]:
    for answer in facts.submission.answers.values():
        for finding in answer.findings:
            if not finding.sources and not _cites(finding.text) and not finding.unreadable("sources"):
                yield diagnostic("RG403", finding.place("text"))
        told = any(voice.about == "state_answer" for voice in answer.voices)
        unpublished = (
            not told and answer.state_answer is StateAnswer.NOT_PUBLISHED and not answer.unreadable("state_answer")
        )
        if unpublished and answer.agree_with_state is not Agreement.CANNOT_SAY:
            yield diagnostic("RG407", answer.place("agree_with_state"))


def _statistics(facts: Facts) -> Iterator[Diagnostic]:
    for key, statistic in facts.submission.statistics.items():
        figures = [
            *statistic.values.values(),
            *(figure for series in statistic.series.values() for figure in series.values.values()),
        ]
        place = facts.submission.place("statistics", key)
        if len(statistic.series) > _MOST_DRAWN:
            yield diagnostic("RG423", place)
        if statistic.values and statistic.series:
            yield diagnostic("RG421", statistic.place("series"))
        unreadable = statistic.unreadable("values") or statistic.unreadable("series")
        if not unreadable and not statistic.voices and not any(figure is not None for figure in figures):
            yield diagnostic("RG414", place)
        if not statistic.sources and not statistic.unreadable("sources"):
            yield diagnostic("RG415", place)


def _submitters(facts: Facts) -> Iterator[Diagnostic]:
    submission = facts.submission
    if not facts.written("organisations"):
        yield diagnostic("RG413", submission.place("organisations"))
    for key, organisation in submission.organisations.items():
        unknown = organisation.secrecy is not Level.PUBLIC
        if unknown and not organisation.described_as and not organisation.unreadable("described_as"):
            yield diagnostic("RG311", submission.place("organisations", key))
