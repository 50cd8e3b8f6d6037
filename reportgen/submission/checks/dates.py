"""Do the dates make sense beside each other?

No clock is read: only dates that were written are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.submission.checks.facts import Facts
from reportgen.submission.kinds import Day
from reportgen.submission.parts import Part


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check the period, the date of the report, and the dates of sources and organisations against it."""
    submission = facts.submission
    report, period = submission.report, submission.period
    if period and period.from_.first > period.to.last:
        yield diagnostic("RG408", period.place("to"), from_=period.from_, to=period.to)
    if report.date is None:
        if not report.unreadable("date"):
            yield diagnostic("RG419", submission.place("report"))
    elif period and period.to.first > report.date.last:
        yield diagnostic("RG410", period.place("to"), to=period.to, limit=report.date)
    yield from _later(report, "correct_as_of", report.correct_as_of, report.date)
    for source in submission.sources.values():
        yield from _later(source, "date", source.date, report.date)
        yield from _later(source, "accessed", source.accessed, report.date)
        if source.accessed and source.date and source.accessed.last < source.date.first:
            yield diagnostic("RG417", source.place("accessed"), value=source.accessed, limit=source.date)
    for organisation in submission.organisations.values():
        if organisation.founded:
            yield from _later(organisation, "founded", Day(organisation.founded), report.date)


def _later(part: Part, key: str, day: Day | None, limit: Day | None) -> Iterator[Diagnostic]:
    if day and limit and day.first > limit.last:
        yield diagnostic("RG409", part.place(key), value=day, limit=limit)
