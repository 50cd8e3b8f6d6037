"""The plot of wall time by pages: a panel for each way of working, the same logarithmic scales in all, as SVG.

Who is who stands at the end of each line, and lines differ by their marks too, so that nobody needs the colours. Those
who read no picture are told all figures by its description.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from benchmarks.sizes import NAMES, OURS, PHASES, Phase, Result
from benchmarks.told import seconds

_LOOKS: Final = {
    OURS: ("reportgen", "#1f3a5f", "circle"),
    "weasyprint": ("WeasyPrint", "#8a5a00", "square"),
    "typst": ("Typst", "#0f766e", "triangle"),
    "pdflatex": ("pdfLaTeX", "#6d28d9", "diamond"),
    "tagpdf": ("pdfLaTeX, tagged", "#4c1d95", "plus"),
    "lualatex": ("LuaLaTeX", "#9d174d", "cross"),
    "paged": ("paged.js", "#b91c1c", "ring"),
    "chromium": ("Chromium", "#5b6470", "bar"),
}
"""Short name, colour and mark of each."""
_TITLE: Final = "Wall time by number of pages"
_LEGEND: Final = (
    "Seconds, on logarithmic scales; lower is better. The same words for all. "
    "Dashed: keeps nothing from one process to the next, and begins from nothing."
)
_PANEL: Final = (292.0, 218.0)
_MARGIN: Final = (46.0, 34.0, 86.0, 42.0)
"""Left, above, right, below each panel."""
_TOP: Final = 58.0
_LABEL: Final = 13.5
Point = tuple[float, float]


@dataclass(frozen=True)
class _Scale:
    """A logarithmic scale."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log(value / self.least) / math.log(self.most / self.least)
        return self.start + share * (self.end - self.start)


def plot(results: Sequence[Result]) -> str:
    """Return the plot.

    Args:
        results: What was measured of all sizes.
    """
    lines = {phase: _lines(results, phase) for phase in PHASES}
    times = [time for drawn in lines.values() for points in drawn.values() for _, time in points]
    pages = [one for drawn in lines.values() for points in drawn.values() for one, _ in points]
    if not times:
        return '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>Nothing was measured</title></svg>\n'
    low, high = 10 ** math.floor(math.log10(min(times))), max(times) * 1.25
    few, many = min(pages) * 0.85, max(pages) * 1.15
    left, above, right, below = _MARGIN
    wide, tall = left + _PANEL[0] + right, above + _PANEL[1] + below
    body: list[str] = []
    for at, phase in enumerate(PHASES):
        x, y = (at % 2) * wide + left, _TOP + (at // 2) * tall + above
        across, up = _Scale(few, many, x, x + _PANEL[0]), _Scale(low, high, y + _PANEL[1], y)
        body += _panel(PHASES[phase], across, up, sorted({result.pages for result in results}))
        kept = {result.key for result in results if phase in result.runs}
        body += _drawn(lines[phase], kept, across, up)
    width, height = 2 * wide, _TOP + 2 * tall
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        ' aria-labelledby="title description" font-family="Noto Sans, Helvetica, Arial, sans-serif" font-size="11">'
    )
    return "\n".join(
        [
            head,
            f'<title id="title">{_TITLE}</title>',
            f'<desc id="description">{escape(_description(lines))}</desc>',
            f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>',
            f'<text x="14" y="26" font-size="16" font-weight="600" fill="#1c1c1c">{_TITLE}</text>',
            f'<text x="14" y="44" fill="#4d4d4d">{_LEGEND}</text>',
            *body,
            "</svg>\n",
        ]
    )


def _lines(results: Sequence[Result], phase: Phase) -> dict[str, list[Point]]:
    """Return the points of each program, by pages asked for."""
    found = {
        key: [(float(one.pages), run.wall) for one in results if one.key == key and (run := one.median(phase))]
        for key in NAMES
    }
    return {key: sorted(points) for key, points in found.items() if points}


def _panel(name: str, across: _Scale, up: _Scale, sizes: Sequence[int]) -> Iterator[str]:
    """Draw title, grid and axes."""
    yield f'<text x="{across.start:.1f}" y="{up.end - 12:.1f}" font-size="12.5" font-weight="600" fill="#1f3a5f">{name}</text>'
    for power in range(math.floor(math.log10(up.least)), math.ceil(math.log10(up.most)) + 1):
        if up.least <= 10**power <= up.most:
            y = up(10**power)
            yield f'<path d="M{across.start:.1f} {y:.1f}H{across.end:.1f}" stroke="#d9dee4"/>'
            yield f'<text x="{across.start - 7:.1f}" y="{y + 4:.1f}" text-anchor="end" fill="#4d4d4d">{10**power:,g}</text>'
    yield f'<path d="M{across.start:.1f} {up.start:.1f}H{across.end:.1f}" stroke="#4d4d4d"/>'
    for size in sizes:
        x = across(size)
        yield f'<path d="M{x:.1f} {up.start:.1f}v4" stroke="#4d4d4d"/>'
        yield f'<text x="{x:.1f}" y="{up.start + 17:.1f}" text-anchor="middle" fill="#4d4d4d">{size:,}</text>'
    yield f'<text x="{across.end + 13:.1f}" y="{up.start + 17:.1f}" fill="#4d4d4d">pages</text>'


def _drawn(lines: dict[str, list[Point]], kept: set[str], across: _Scale, up: _Scale) -> Iterator[str]:
    """Draw the lines, ours above the others, and their names beside their ends; who is not in ``kept`` has a dashed one."""
    ends = {key: up(points[-1][1]) for key, points in lines.items()}
    places = _apart(ends)
    for key in sorted(lines, key=lambda key: key == OURS):
        name, colour, mark = _LOOKS[key]
        points = [(across(pages), up(time)) for pages, time in lines[key]]
        ours = key == OURS
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        look = f'stroke-width="{2.6 if ours else 1.4}"' + ("" if key in kept else ' stroke-dasharray="5 4"')
        yield f'<path d="M{path}" fill="none" stroke="{colour}" {look} stroke-linejoin="round"/>'
        yield from (_mark(mark, colour, x, y, 4.2 if ours else 3.4) for x, y in points)
        x, y = points[-1]
        label = places[key]
        if abs(label - y) > 3 or across.end - x > 20:
            start = f"M{x + 5:.1f} {y:.1f}L{across.end + 6:.1f} {label:.1f}"
            yield f'<path d="{start}" stroke="{colour}" stroke-width=".7" stroke-dasharray="1.5 2" fill="none"/>'
        weight = ' font-weight="600"' if ours else ""
        yield f'<text x="{across.end + 9:.1f}" y="{label + 3.8:.1f}" fill="{colour}"{weight}>{name}</text>'


def _apart(ends: dict[str, float]) -> dict[str, float]:
    """Move names apart that would stand on each other, as little as need be."""
    groups: list[tuple[list[str], float]] = []
    for key in sorted(ends, key=lambda key: ends[key]):
        groups.append(([key], ends[key]))
        while len(groups) > 1:
            (above, high), (below, low) = groups[-2:]
            if low - high >= _LABEL * (len(above) + len(below)) / 2:
                break
            keys = above + below
            groups[-2:] = [(keys, sum(ends[key] for key in keys) / len(keys))]
    return {key: middle + _LABEL * (at - (len(keys) - 1) / 2) for keys, middle in groups for at, key in enumerate(keys)}


def _mark(kind: str, colour: str, x: float, y: float, size: float) -> str:
    """Draw a mark; each program has its own."""
    if kind in {"circle", "ring"}:
        inside = colour if kind == "circle" else "#fff"
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{inside}" stroke="{colour}" stroke-width="1.4"/>'
    shapes = {
        "square": f"M{x - size:.1f} {y - size:.1f}h{2 * size:g}v{2 * size:g}h{-2 * size:g}z",
        "triangle": f"M{x - size:.1f} {y + size:.1f}h{2 * size:g}l{-size:g} {-2 * size:g}z",
        "diamond": f"M{x - size:.1f} {y:.1f}l{size:g} {-size:g}l{size:g} {size:g}l{-size:g} {size:g}z",
        "cross": f"M{x - size:.1f} {y - size:.1f}l{2 * size:g} {2 * size:g}m0 {-2 * size:g}l{-2 * size:g} {2 * size:g}",
        "plus": f"M{x - size:.1f} {y:.1f}h{2 * size:g}m{-size:g} {-size:g}v{2 * size:g}",
        "bar": f"M{x - size:.1f} {y:.1f}h{2 * size:g}",
    }
    open_ = kind in {"cross", "plus", "bar"}
    return f'<path d="{shapes[kind]}" fill="{"none" if open_ else colour}" stroke="{colour}" stroke-width="{1.8 if open_ else 1}"/>'


def _description(lines: dict[Phase, dict[str, list[Point]]]) -> str:
    """Say all figures."""
    told = []
    for phase, drawn in lines.items():
        each = "; ".join(
            f"{NAMES[key]} " + ", ".join(f"{seconds(time)} s for {pages:,.0f} pages" for pages, time in points)
            for key, points in drawn.items()
        )
        told.append(f"{PHASES[phase]}: {each}.")
    return " ".join(told)
