"""Measurements of all sizes in words: a table for each size, the goals beside what was reached, and the growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.peers import PEERS
from benchmarks.sizes import NAMES, OURS, PHASES, Phase, Result

_MISSING: Final = "–"
_SMALL: Final = 60
"""Below so many pages starting up decides, and there is no growth to see."""
Most = dict[int, float] | float


@dataclass(frozen=True)
class Goal:
    """What we have to reach beside a peer.

    Attributes:
        phase: What we do.
        peer: Who it is measured against.
        beside: What the peer does.
        most: The ratio at most, the same for all or by size.
        what: ``wall`` or ``memory``.
    """

    phase: Phase
    peer: str
    beside: Phase
    most: Most
    what: str = "wall"

    @property
    def name(self) -> str:
        """What the goal is called."""
        ours = PHASES[self.phase].lower() + (", peak memory" if self.what == "memory" else "")
        beside = "" if self.beside == self.phase else f", {PHASES[self.beside].lower()}"
        return f"{ours} ÷ {NAMES[self.peer]}{beside}"


GOALS: Final = (
    Goal("cold", "weasyprint", "cold", {60: 0.45, 275: 0.35}),
    Goal("cold", "tagpdf", "cold", 1.0),
    Goal("cold", "pdflatex", "cold", 1.0),
    Goal("cold", "paged", "cold", 1.0),
    Goal("same", "weasyprint", "cold", {60: 0.05, 275: 0.02}),
    Goal("same", "typst", "cold", 0.4),
    Goal("edited", "typst", "cold", {60: 1.0, 275: 0.6}),
    Goal("living", "typst", "living", {60: 1.5, 275: 0.6}),
    Goal("cold", "weasyprint", "cold", 1.2, "memory"),
)
GROWTH: Final = 1.05


def tables(results: Sequence[Result]) -> str:
    """Return what everybody took, a table for each size."""
    parts = []
    for pages in sizes(results):
        lines = [
            f"**{pages:,} pages**",
            "",
            "| program | pages | kB | tagged | " + " | ".join(PHASES.values()) + " |",
            "| --- | ---: | ---: | --- |" + " ---: |" * len(PHASES),
        ]
        for result in (result for result in results if result.pages == pages):
            made = result.made
            about = (
                f"{made.pages:,} | {made.size // 1000:,} | {'yes' if made.tagged else 'no'}" if made else "– | – | –"
            )
            cells = " | ".join(_cell(result, phase) for phase in PHASES)
            lines.append(f"| {NAMES[result.key]} | {about} | {cells} |")
            lines += [f"| | | | | {' '.join(result.fault.split())[:120]} | | | |"] if result.fault else []
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _cell(result: Result, phase: Phase) -> str:
    run = result.median(phase)
    if run is None:
        return _MISSING
    if phase not in result.runs:
        return "as from nothing"
    return f"{seconds(run.wall)} / {seconds(run.cpu)} / {run.memory:,.0f}"


def goals(results: Sequence[Result]) -> str:
    """Return the goals beside what was reached, and the growth of everybody."""
    found = {(result.pages, result.key): result for result in results}
    listed = sizes(results)
    lines = [
        "| reportgen ÷ peer | " + " | ".join(f"{pages:,} pages" for pages in listed) + " |",
        "| --- |" + " ---: |" * len(listed),
    ]
    for goal in GOALS:
        cells = []
        for pages in listed:
            ratio = _ratio(found.get((pages, OURS)), found.get((pages, goal.peer)), goal)
            most = goal.most.get(pages) if isinstance(goal.most, dict) else goal.most
            cells.append(_judged(ratio, most))
        lines.append(f"| {goal.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def growth(results: Sequence[Result]) -> str:
    """Return how wall time from nothing grows with the pages that everybody made: 1 is in proportion."""
    told = []
    for key, name in NAMES.items():
        points = [
            (result.made.pages, run.wall)
            for result in results
            if result.key == key and result.made and result.pages >= _SMALL and (run := result.median("cold"))
        ]
        if len(points) > 1 and points[-1][0] > points[0][0]:
            (few, fast), (many, slow) = points[0], points[-1]
            power = math.log(slow / fast) / math.log(many / few)
            told.append(f"{name} {_judged(power, GROWTH if key == OURS else None)}")
    return f"Exponents of growth from {_SMALL} pages up, from nothing: {', '.join(told)}." if told else ""


def missing() -> str:
    """Return who is not there, and how to get them."""
    return "\n".join(f"- {peer.name} is not here: {peer.how}." for peer in PEERS if not peer.found())


def _ratio(ours: Result | None, theirs: Result | None, goal: Goal) -> float | None:
    own = ours.median(goal.phase) if ours else None
    peer = theirs.median(goal.beside) if theirs else None
    return getattr(own, goal.what) / getattr(peer, goal.what) if own and peer else None


def _judged(ratio: float | None, most: float | None) -> str:
    if ratio is None:
        return _MISSING
    told = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"
    if most is None:
        return told
    return f"{told} (≤ {most:g}: {'reached' if ratio <= most else '**not reached**'})"


def sizes(results: Sequence[Result]) -> list[int]:
    """Return the sizes that were measured."""
    return sorted({result.pages for result in results})


def seconds(time: float) -> str:
    """Return seconds with as many figures as mean something."""
    return f"{time:.2f}" if time < 10 else f"{time:.1f}" if time < 100 else f"{time:,.0f}"
