"""Charts of statistics, drawn as SVG by this program alone: nothing of the input but its numbers and labels.

They can be read without colour: series differ in lightness and pattern, and every figure is written at its bar or
point. A missing figure is a gap with a dash, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final
from xml.sax.saxutils import escape

from markupsafe import Markup

WIDTH: Final = 480
HEIGHT: Final = 190
_TOP, _BOTTOM, _LEFT, _RIGHT = 26, 24, 8, 8
_LEGEND_ROW: Final = 15
Fills = Sequence[str]
"""Colours of the series, in their order."""
FILLS: Final = ("#1f3a5f", "#c98a2b", "#7a9cc0", "#5b5b5b")
_DASHES: Final = ("none", "5 3", "2 2", "8 3 2 3")


@dataclass(frozen=True, slots=True)
class Line:
    """One series to draw: its label and a figure, or nothing, for each year."""

    label: str
    values: Sequence[Decimal | None]


def draw(
    years: Sequence[str],
    lines: Sequence[Line],
    alternative: str,
    write: Callable[[Decimal], str],
    *,
    as_lines: bool,
    fills: Fills = FILLS,
) -> Markup:
    """Draw a chart.

    Args:
        years: The years, in order; they are the horizontal axis.
        lines: The series.
        alternative: What the chart shows, for those who can't see it.
        write: Writes a figure in the language of the document.
        as_lines: Lines with points instead of bars.
        fills: Colours of the series.
    """
    figures = [value for line in lines for value in line.values if value is not None]
    top = max([*figures, Decimal(1)])
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(years), 1)
    floor = HEIGHT - _BOTTOM

    def height(value: Decimal) -> float:
        return float(max(value, Decimal(0)) / top) * (floor - _TOP - 12)

    parts = [f'<line x1="{_LEFT}" y1="{floor}" x2="{WIDTH - _RIGHT}" y2="{floor}" stroke="#333" stroke-width="0.75"/>']
    for index, year in enumerate(years):
        parts.append(_label(_LEFT + slot * (index + 0.5), HEIGHT - 9, year, 9))
    labels = [line.label for line in lines if line.label]
    above = _LEGEND_ROW * max(_legend_rows(labels) - 1, 0)
    legend = "".join(_legend(labels, fills, as_lines=as_lines))
    painter = _points if as_lines else _bars
    parts += painter(lines, slot, floor, height, write, fills)
    title = escape(alternative)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-above} {WIDTH} {HEIGHT + above}" width="{WIDTH}" height="{HEIGHT + above}" role="img">'
        f'<title>{title}</title><g transform="translate(0 {-above})">{legend}</g>{"".join(parts)}</svg>'
    )


def _label(x: float, y: float, text: str, size: float, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="#222" font-family="Noto Sans">{escape(text)}</text>'


def _legend(labels: Sequence[str], fills: Fills, *, as_lines: bool) -> list[str]:
    """Name the series above the chart, in as many rows as they need."""
    parts, x, y = [], float(_LEFT), 3.0
    for index, label in enumerate(labels):
        width = 34 + 5.0 * len(label)
        if x > _LEFT and x + width > WIDTH:
            x, y = float(_LEFT), y + _LEGEND_ROW
        colour = fills[index % len(fills)]
        if as_lines:
            dash = _DASHES[index % len(_DASHES)]
            parts.append(
                f'<line x1="{x}" y1="{y + 5}" x2="{x + 16}" y2="{y + 5}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
            )
        else:
            parts.append(f'<rect x="{x}" y="{y}" width="10" height="10" fill="{colour}"/>')
        parts.append(_label(x + 20, y + 9, label, 9, "start"))
        x += width
    return parts


def _legend_rows(labels: Sequence[str]) -> int:
    """How many rows the legend takes."""
    rows, x = 1, float(_LEFT)
    for label in labels:
        width = 34 + 5.0 * len(label)
        if x > _LEFT and x + width > WIDTH:
            rows, x = rows + 1, float(_LEFT)
        x += width
    return rows if labels else 0


def _bars(
    lines: Sequence[Line],
    slot: float,
    floor: float,
    height: Callable[[Decimal], float],
    write: Callable[[Decimal], str],
    fills: Fills,
) -> list[str]:
    width = min(slot * 0.78 / max(len(lines), 1), 44)
    parts = []
    for series, line in enumerate(lines):
        for index, value in enumerate(line.values):
            x = _LEFT + slot * (index + 0.5) + (series - len(lines) / 2) * width
            middle = x + width / 2
            if value is None:
                parts.append(_label(middle, floor - 3, "–", 8))
                continue
            tall = height(value)
            parts.append(
                f'<rect x="{x + 0.5:.1f}" y="{floor - tall:.1f}" width="{width - 1:.1f}" height="{tall:.1f}" fill="{fills[series % len(fills)]}"/>'
            )
            parts.append(_label(middle, floor - tall - 3, write(value), 8))
    return parts


def _points(
    lines: Sequence[Line],
    slot: float,
    floor: float,
    height: Callable[[Decimal], float],
    write: Callable[[Decimal], str],
    fills: Fills,
) -> list[str]:
    parts = []
    for series, line in enumerate(lines):
        colour, dash = fills[series % len(fills)], _DASHES[series % len(_DASHES)]
        points = [
            (None if value is None else (_LEFT + slot * (index + 0.5), floor - height(value)))
            for index, value in enumerate(line.values)
        ]
        for one, other in pairwise(points):
            if one and other:
                parts.append(
                    f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
                )
        for point, value, index in zip(points, line.values, range(len(points)), strict=True):
            if point is None or value is None:
                parts.append(_label(_LEFT + slot * (index + 0.5), floor - 3, "–", 8))
                continue
            parts.append(f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3" fill="{colour}"/>')
            parts.append(_label(point[0], point[1] - 6, write(value), 8))
    return parts
