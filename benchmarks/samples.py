"""Start-up, checks and builds of the samples: commands beside ``python -c pass``, builds beside plain WeasyPrint.

Runs are taken in turn (A B A B …); the builds are of the same page, in the same fonts.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.documents import MACHINE
from benchmarks.measure import ROOT, Run, measure, middle, program
from benchmarks.peers import own_work, prepared
from benchmarks.reports import document

SOLO: Final = ROOT / "sample_inputs" / "solo"
COALITION: Final = ROOT / "sample_inputs" / "coalition"


@dataclass(frozen=True)
class Row:
    """What is compared.

    Attributes:
        name: What it is called.
        command: What is run.
        base: The name of what it is measured against.
        goal: The goal, as a ratio of ``what`` is compared.
        what: ``cpu`` or ``wall``.
        before: Done before each run.
    """

    name: str
    command: list[str]
    base: str = ""
    goal: float | None = None
    what: str = "cpu"
    before: Callable[[], object] = lambda: None


def commands(solo: Path, coalition: Path) -> list[Row]:
    """Return what is measured of start-up and of checks of two reports; bases come first."""
    us = program()
    anew = ["--no-cache"]
    nothing = "python -c pass"
    return [
        Row(nothing, [sys.executable, "-c", "pass"]),
        Row("reportgen --help", [*us, "--help"], nothing, 6),
        Row("reportgen articles", [*us, "articles"], nothing),
        Row("check, one page", [*us, "check", "sample_inputs/first.yaml", *anew], nothing),
        Row("check, solo sample, anew", [*us, "check", str(solo), *anew], nothing),
        Row(
            "check, solo sample, nothing changed",
            again := [*us, "check", str(solo)],
            nothing,
            20,
            before=partial(measure, again),
        ),
        Row("check, sample coalition, anew", [*us, "check", str(coalition), *anew], nothing),
        Row(
            "check, sample coalition, nothing changed",
            again := [*us, "check", str(coalition)],
            nothing,
            20,
            before=partial(measure, again),
        ),
    ]


def builds(report: Path, folder: Path, goals: tuple[float, float]) -> list[Row]:
    """Return what is measured of one report in English.

    Args:
        report: A copy of it; it is edited.
        folder: Where the files go.
        goals: For a build that knows nothing, and for one of what did not change.
    """
    page = prepared(document(report), folder / f"{report.name}-page")["html"]
    build = [*program(), "build", str(report), "--format", "pdf"]
    one = [*build, "--language", "en", "-o", str(folder)]
    plain = f"{report.name}: plain WeasyPrint, pdf/ua-1, same HTML"
    edited = _Edits(max(report.rglob("untoc-05.yaml")))
    return [
        Row(plain, own_work("weasyprint", page, folder / "plain.pdf")),
        Row(f"{report.name}: build, nothing known", [*one, "--no-cache"], plain, goals[0], "wall"),
        Row(f"{report.name}: build, nothing changed", one, plain, goals[1], "wall", partial(measure, one)),
        Row(f"{report.name}: build after one edit", one, plain, None, "wall", edited),
        Row(
            f"{report.name}: both languages, nothing known",
            [*build, "-o", str(folder), "--no-cache"],
            plain,
            None,
            "wall",
        ),
    ]


class _Edits:
    """Writes another word into an answer, each time it is called."""

    def __init__(self, path: Path) -> None:
        self._path, self._text, self._count = path, path.read_text("utf-8"), 0

    def __call__(self) -> None:
        self._count += 1
        text = re.sub(r"en: >-\s+", rf"\g<0>Edit {self._count}, ", self._text, count=1)
        assert text != self._text
        self._path.write_text(text, "utf-8")


def table(runs: int) -> str:
    """Measure everything in turn and return the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hidden = shutil.ignore_patterns(".*", "merged")
        solo, coalition = (shutil.copytree(one, folder / one.name, ignore=hidden) for one in (SOLO, COALITION))
        listed = [
            *commands(solo, coalition),
            *builds(solo, folder, (0.45, 0.05)),
            *builds(coalition, folder, (0.35, 0.02)),
        ]
        taken: dict[str, list[Run]] = {row.name: [] for row in listed}
        for _ in range(runs):
            for row in listed:
                row.before()
                taken[row.name].append(measure(row.command))
    lines = [
        f"`python -m benchmarks.run --only samples --write`: medians of {runs} runs taken in turn; {MACHINE}. Ratios are of",
        "processor time for commands, of wall time for builds.",
        "",
        "| what | wall s | CPU s | peak MiB | ÷ base | goal |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in listed:
        own = middle(taken[row.name])
        ratio = f"{getattr(own, row.what) / getattr(middle(taken[row.base]), row.what):.3g}" if row.base else "–"
        goal = f"≤ {row.goal:g}" if row.goal else ""
        lines.append(f"| {row.name} | {own.wall:.3f} | {own.cpu:.3f} | {own.memory:.0f} | {ratio} | {goal} |")
    return "\n".join(lines) + "\n"
