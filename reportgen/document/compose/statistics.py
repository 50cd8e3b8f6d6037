"""A statistic: its chart, the table of its figures, and the figures about which views differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from reportgen.document import figures
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.voices import beside, mark, not_decided, who
from reportgen.document.model import Figure, Stand
from reportgen.document.setter import Setter
from reportgen.languages.formats import format_number
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Statistic
from reportgen.submission.model import Chart

MOST_DRAWN: Final = 4


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
    differing = {(claim.series, claim.year) for claim in item.claims}
    against = {by for claim in item.claims for by in claim.by}

    def cell(series: int, year: str, value: object) -> str:
        contested = (series, year) in differing
        return f"{'' if value is None else write(value)}*" if contested else none if value is None else write(value)

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
            (label or unit, tuple(cell(series, year, value) for year, value in zip(years, line.values, strict=True)))
            for series, (label, line) in enumerate(zip(labels, lines, strict=True))
        ),
        missing=any(value is None for line in lines for value in line.values),
        definition=said.prose,
        references=setter.references(item.sources),
        holders=mark(desk, item.by, differs=bool(item.voices or item.claims)),
        remarks=tuple(_claims(desk, setter, item, [label.text if label else "" for label in labels])),
        beside=said.blocks,
        stand=Stand(item.by, tuple(sorted(against | {*said.against}))),
    )


def _claims(desk: Desk, setter: Setter, statistic: Statistic[Passage], labels: Sequence[str]) -> Iterator[str]:
    """Yield a remark on each figure about which views differ, for the foot of the table."""
    for (series, year), group in groupby(statistic.claims, key=lambda claim: (claim.series, claim.year)):
        told = list(group)
        figures = "; ".join(
            f"{format_number(claim.figure, desk.language)} ({who(desk, claim.by)})"
            if claim.by
            else format_number(claim.figure, desk.language)
            for claim in told
        )
        cell = ", ".join(part for part in (labels[series], year) if part)
        agreed = statistic.series[series].values.get(year) is not None
        message = (
            N_("* {cell}: another figure is given – {figures}.")
            if agreed
            else N_("* {cell}: figures differ – {figures}.")
        )
        open_ = not_decided(desk, setter, undecided=any(claim.undecided for claim in told))
        yield " ".join([setter.say(message, cell=cell, figures=figures), *(f"{word}." for word in open_)])
