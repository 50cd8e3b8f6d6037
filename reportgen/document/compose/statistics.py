"""A statistic: its chart, the table of its figures, and the figures about which views differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from reportgen.document import figures
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.voices import beside, mark, not_decided, notes, who
from reportgen.document.model import Figure, Stand
from reportgen.document.setter import Setter
from reportgen.languages.formats import format_number
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Statistic
from reportgen.submission.kinds import Count, Few
from reportgen.submission.model import Chart

MOST_DRAWN: Final = 4


def figure(desk: Desk, index: int, setter: Setter) -> Figure:
    """Draw the statistic at ``index``, beside the table of its figures."""
    item = desk.publication.statistics[index]
    years = sorted({year for line in item.series for year in line.values})
    title, unit = setter.inline(item.title), setter.inline(item.unit)
    labels = [setter.inline(line.label) if line.label else None for line in item.series]
    differing = {(claim.series, claim.year) for claim in item.claims}
    lines = [
        figures.Line(
            label.text if label else "",
            [_drawn(line.values.get(year), differs=(row, year) in differing) for year in years],
        )
        for row, (label, line) in enumerate(zip(labels, item.series, strict=True))
    ]

    def write(value: Decimal) -> str:
        return format_number(value, desk.language)

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
    against = {by for claim in item.claims for by in claim.by if not claim.given}

    def cell(series: int, year: str, value: Count) -> str:
        told = _told(desk, setter, value)
        return f"{told}*" if (series, year) in differing else told or none

    definition = setter.prose(item.definition, numbered=False) if item.definition else None
    said = beside(desk, setter, definition, item.voices)
    return Figure(
        id=f"figure-{index + 1}",
        number=index + 1,
        title=title,
        unit=unit,
        svg=drawn if item.chart is not Chart.NONE and len(lines) <= MOST_DRAWN else drawn[:0],
        columns=tuple(years),
        rows=tuple(
            (label or unit, tuple(cell(series, year, line.values.get(year)) for year in years))
            for series, (label, line) in enumerate(zip(labels, item.series, strict=True))
        ),
        missing=any(line.values.get(year) is None for line in item.series for year in years),
        definition=said.prose,
        references=setter.references(item.sources),
        holders=mark(desk, item.by, differs=bool(item.voices or item.claims)),
        remarks=(
            *_claims(desk, setter, item, [label.text if label else "" for label in labels]),
            *_few(setter, item),
        ),
        beside=(*said.blocks, *notes(setter, item.notes)),
        stand=Stand(item.by, tuple(sorted(against | {*said.against}))),
    )


def _drawn(value: Count, *, differs: bool) -> Decimal | str | None:
    """Return what stands in the chart; the asterisk of a figure that is contested is that of the table below."""
    if value is None and differs:
        return "*"
    return f"<\u00a0{value.limit}" if isinstance(value, Few) else value


def _told(desk: Desk, setter: Setter, value: Count) -> str:
    if isinstance(value, Few):
        return setter.say("fewer than {limit}", limit=value.limit)
    return "" if value is None else format_number(value, desk.language)


def _few(setter: Setter, statistic: Statistic[Passage]) -> Iterator[str]:
    """Say why some counts are not told."""
    told = [*(value for line in statistic.series for value in line.values.values())]
    told += [claim.figure for claim in statistic.claims]
    if limit := next((value.limit for value in told if isinstance(value, Few)), 0):
        yield setter.say("Counts below {limit} are not given, to protect those concerned.", limit=limit)


def _claims(desk: Desk, setter: Setter, statistic: Statistic[Passage], labels: Sequence[str]) -> Iterator[str]:
    """Yield a remark on each figure about which views differ, for the foot of the table."""
    for (series, year), group in groupby(statistic.claims, key=lambda claim: (claim.series, claim.year)):
        told = list(group)
        whose = next((who(desk, claim.by) for claim in told if claim.given and claim.by), "")
        figures = "; ".join(
            f"{_told(desk, setter, claim.figure)} ({who(desk, claim.by)})"
            if claim.by
            else _told(desk, setter, claim.figure)
            for claim in told
            if not claim.given
        )
        cell = ", ".join(part for part in (labels[series], year) if part)
        agreed = statistic.series[series].values.get(year) is not None
        if not agreed:
            message = N_("* {cell}: figures differ – {figures}.")
        elif whose and figures:
            message = N_("* {cell}: this is the figure of {whose}; another figure is given – {figures}.")
        else:
            message = (
                N_("* {cell}: another figure is given – {figures}.")
                if figures
                else N_("* {cell}: this is the figure of {whose}.")
            )
        open_ = not_decided(desk, setter, undecided=any(claim.undecided for claim in told))
        yield " ".join([setter.say(message, cell=cell, figures=figures, whose=whose), *(f"{word}." for word in open_)])
