"""Charts of statistics, drawn as SVG by this program alone: nothing of the input but its numbers and labels.

They can be read without colour: the bars of each series are filled in another way and its points have another shape.
Figures are written at bars and points wherever there is room for all of them; the table below the chart has them in any
case. A missing figure is a gap with a dash, never a zero; one that may not be told is words at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from reportgen.document.markup import in_text

WIDTH: Final = 480
HEIGHT: Final = 180
FILLS: Final = ("#1f3a5f", "#c98a2b", "#7a9cc0", "#5b5b5b")
"""Colours of the series, in their order; a theme may bring others."""
_TOP, _BOTTOM, _SIDE = 26, 22, 8
_LEGEND_ROW: Final = 15
_LETTER: Final = 0.56
"""Width of a figure of our sans serif, in parts of its size."""
_DASHES: Final = ("none", "5 3", "2 2", "8 3 2 3")
_BAR_MOST: Final = 40.0
_MOST_WRITTEN: Final = 24
"""With more points the figures of lines run into each other."""
_NEAR: Final = 11.0
"""Two points closer than this would have their figures over one another."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series to draw: its label and for each year a figure, nothing, or words in place of a figure not to be drawn."""

    label: str
    values: Sequence[Decimal | str | None]


def draw(
    years: Sequence[str],
    lines: Sequence[Line],
    alternative: str,
    write: Callable[[Decimal], str],
    *,
    as_lines: bool,
    fills: Sequence[str] = FILLS,
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
    return _Chart(years, lines, write, fills, as_lines=as_lines).svg(alternative)


@dataclass(frozen=True)
class _Chart:
    years: Sequence[str]
    lines: Sequence[Line]
    write: Callable[[Decimal], str]
    fills: Sequence[str]
    as_lines: bool

    def svg(self, alternative: str) -> Markup:
        legend, rows = self._legend()
        above = _LEGEND_ROW * max(rows - 1, 0)
        body = "".join([*self._axis(), *(self._points() if self.as_lines else self._bars())])
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {-above} {WIDTH} {HEIGHT + above}" width="{WIDTH}" '
            f'height="{HEIGHT + above}" role="img"><title>{in_text(alternative)}</title>'
            f'<g transform="translate(0 {-above})">{legend}</g>{body}</svg>'
        )

    @cached_property
    def _range(self) -> tuple[float, float]:
        """The lowest and the highest value of the vertical axis; zero is always on it."""
        figures = [float(value) for line in self.lines for value in line.values if isinstance(value, Decimal)]
        low, high = min([0.0, *figures]), max([0.0, *figures])
        return (low, high) if high > low else (0.0, 1.0)

    def _y(self, value: float) -> float:
        low, high = self._range
        room = 12.0
        bottom = HEIGHT - _BOTTOM - (room if low < 0 else 0)
        return bottom - (value - low) / (high - low) * (bottom - _TOP - room)

    @cached_property
    def _slot(self) -> float:
        return (WIDTH - 2 * _SIDE) / max(len(self.years), 1)

    def _x(self, index: int) -> float:
        return _SIDE + self._slot * (index + 0.5)

    def _axis(self) -> Iterator[str]:
        zero = self._y(0)
        yield f'<line x1="{_SIDE}" y1="{zero:.1f}" x2="{WIDTH - _SIDE}" y2="{zero:.1f}" stroke="#333" stroke-width="0.75"/>'
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if n * self._slot >= 26)
        for index, year in enumerate(self.years):
            if index % every == 0:
                yield _label(self._x(index), HEIGHT - 7, year, 9)

    @cached_property
    def _size(self) -> float:
        """Size of the figures at bars and points; zero where the narrowest place can't hold the longest of them."""
        written = [self.write(value) for line in self.lines for value in line.values if isinstance(value, Decimal)]
        longest = max((len(text) for text in written), default=1)
        if self.as_lines and len(written) > _MOST_WRITTEN:
            return 0.0
        room = self._slot if self.as_lines else self._bar + 3
        return next((size for size in (8.0, 7.0, 6.2) if longest * size * _LETTER <= room), 0.0)

    @cached_property
    def _bar(self) -> float:
        return min(self._slot * 0.8 / max(len(self.lines), 1), _BAR_MOST)

    def _bars(self) -> Iterator[str]:
        zero = self._y(0)
        for series, line in enumerate(self.lines):
            for index, value in enumerate(line.values):
                x = self._x(index) + (series - len(self.lines) / 2) * self._bar
                if not isinstance(value, Decimal):
                    yield _label(x + self._bar / 2, zero - 3, value or "–", 8)
                    continue
                y = self._y(float(value))
                yield from self._filled(series, x + 0.5, min(y, zero), self._bar - 1, abs(zero - y))
                yield self._figure(x + self._bar / 2, y + (self._size + 2 if value < 0 else -3), value)

    def _filled(self, series: int, x: float, y: float, width: float, height: float) -> Iterator[str]:
        """Draw a bar or its key: full, full, outlined, striped, so that a black and white copy tells them apart."""
        colour, kind = self.fills[series % len(self.fills)], series % 4
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        if kind < 2:
            yield f'<rect {place} fill="{colour}"/>'
            return
        yield f'<rect {place} fill="#fff" stroke="{colour}" stroke-width="1.2"/>'
        if kind == 3:
            stripes = (y + step for step in range(3, int(height), 3))
            yield "".join(
                f'<line x1="{x:.1f}" y1="{at:.1f}" x2="{x + width:.1f}" y2="{at:.1f}" stroke="{colour}" stroke-width="1.2"/>'
                for at in stripes
            )

    def _points(self) -> Iterator[str]:
        for series, line in enumerate(self.lines):
            colour, dash = self.fills[series % len(self.fills)], _DASHES[series % len(_DASHES)]
            places = [
                (self._x(index), self._y(float(value))) if isinstance(value, Decimal) else None
                for index, value in enumerate(line.values)
            ]
            for one, other in pairwise(places):
                if one and other:
                    yield (
                        f'<line x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}" '
                        f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
                    )
            for index, (place, value) in enumerate(zip(places, line.values, strict=True)):
                if place is None or not isinstance(value, Decimal):
                    yield _label(self._x(index), self._y(0) - 3, value if isinstance(value, str) else "–", 8)
                    continue
                yield _point(series, *place, colour)
                below = self._crowded(series, index)
                yield self._figure(place[0], place[1] + (self._size + 5 if below else -6), value)

    def _crowded(self, series: int, index: int) -> bool:
        """Whether a figure above its point would stand on that of another series."""
        own = self.lines[series].values[index]
        assert isinstance(own, Decimal)
        others = [line.values[index] for line in self.lines if line is not self.lines[series]]
        return any(
            isinstance(other, Decimal)
            and (other > own or (other == own and series > 0))
            and self._y(float(own)) - self._y(float(other)) < 2 * _NEAR
            for other in others
        )

    def _figure(self, x: float, y: float, value: Decimal) -> str:
        return _label(x, y, self.write(value), self._size) if self._size else ""

    def _legend(self) -> tuple[str, int]:
        """Name the series above the chart; return the drawing and how many rows it takes."""
        parts: list[str] = []
        x, y, rows = float(_SIDE), 3.0, 0
        for series, line in enumerate(self.lines):
            if not line.label:
                continue
            width = 34 + 5.0 * len(line.label)
            rows = max(rows, 1)
            if x > _SIDE and x + width > WIDTH:
                x, y, rows = float(_SIDE), y + _LEGEND_ROW, rows + 1
            if self.as_lines:
                colour, dash = self.fills[series % len(self.fills)], _DASHES[series % len(_DASHES)]
                parts.append(
                    f'<line x1="{x}" y1="{y + 5}" x2="{x + 16}" y2="{y + 5}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
                )
                parts.append(_point(series, x + 8, y + 5, colour))
            else:
                parts += self._filled(series, x, y, 10, 10)
            parts.append(_label(x + 20, y + 9, line.label, 9, "start"))
            x += width
        return "".join(parts), rows


def _point(series: int, x: float, y: float, colour: str) -> str:
    """Mark a point: disc, square, triangle or ring."""
    kind = series % 4
    if kind == 1:
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"/>'
    if kind == 2:
        return f'<path d="M{x:.1f} {y - 4:.1f}L{x + 4:.1f} {y + 3:.1f}L{x - 4:.1f} {y + 3:.1f}Z" fill="{colour}"/>'
    ring = f'fill="#fff" stroke="{colour}" stroke-width="1.6"' if kind else f'fill="{colour}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" {ring}/>'


def _label(x: float, y: float, text: str, size: float, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="#222" font-family="Noto Sans">{in_text(text)}</text>'
