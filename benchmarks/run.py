"""How long the commands take, side by side with what they are measured against, in one run.

    .venv/bin/python -m benchmarks.run [--runs 5] [--write]

Start-up is measured against ``python -c pass``, a build against plain WeasyPrint (``pdf/ua-1``) on the same HTML. Runs
are taken in turn (A B A B …), so that a machine that slows down slows both; medians are given of wall time, of processor
time with all processes, and of the most memory that all processes had together (what they share counted once).
``--write`` puts the tables into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLO = ROOT / "sample_inputs" / "solo"
COALITION = ROOT / "sample_inputs" / "coalition"

PRINT = """
import sys
from pathlib import Path
from reportgen.catalogue import load_catalogue
from reportgen.document.compose import compose
from reportgen.pipeline import published, read
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.writers.html import render_html
whole = read(Path(sys.argv[1]))
report = published(whole.reading.submission, whole.reading.folder, whole.joint, Audience.PUBLIC)
document = compose(localise(report, "en"), load_catalogue(), "en", final=False)
Path(sys.argv[2]).write_text(render_html(document, "print"), "utf-8")
"""

PLAIN = """
import sys, weasyprint
from pathlib import Path
html, fonts, target = sys.argv[1:]
def fetch(url, *rest, **more):
    from weasyprint.urls import URLFetcher, URLFetcherResponse
    if url.startswith("asset:"):
        return URLFetcherResponse(url, (Path(fonts).parent / url.removeprefix("asset:")).read_bytes(), {"Content-Type": "font/ttf"})
    return URLFetcher().fetch(url)
weasyprint.HTML(string=Path(html).read_text("utf-8"), url_fetcher=fetch).write_pdf(target, pdf_variant="pdf/ua-1")
"""


@dataclass(frozen=True)
class Run:
    """One finished command: processor seconds, wall seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


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


def measure(command: list[str]) -> Run:
    """Run a command once, by itself."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, most), daemon=True)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if process.returncode:
        sys.exit(f"failed: {' '.join(command[:8])}")
    return Run(usage.ru_utime + usage.ru_stime, wall, most[0])


def _watch(process: int, most: list[float]) -> None:
    """Note the most memory that a process and those below it have together, until it ends."""
    while Path(f"/proc/{process}/smaps_rollup").exists():
        try:
            most[0] = max(most[0], sum(_memory(one) for one in _family(process)))
        except OSError:
            continue
        time.sleep(0.02)


def _family(process: int) -> list[int]:
    children = [
        int(child) for task in Path(f"/proc/{process}/task").glob("*/children") for child in task.read_text().split()
    ]
    return [process, *(one for child in children for one in _family(child))]


def _memory(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(rollup.partition("Pss:")[2].split()[0]) / 1024


def commands(solo: Path, coalition: Path) -> list[Row]:
    """Return what is measured of start-up and of checks of two reports; bases come first."""
    us = [sys.executable, "-m", "reportgen"]
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
    html = folder / f"{report.name}.html"
    subprocess.run([sys.executable, "-c", PRINT, str(report), str(html)], cwd=ROOT, check=True)
    fonts = str(ROOT / "templates" / "fonts")
    build = [sys.executable, "-m", "reportgen", "build", str(report), "--format", "pdf"]
    one = [*build, "--language", "en", "-o", str(folder)]
    plain = f"{report.name}: plain WeasyPrint, pdf/ua-1, same HTML"
    edited = _Edits(max(report.rglob("untoc-05.yaml")))
    return [
        Row(plain, [sys.executable, "-c", PLAIN, str(html), fonts, str(folder / "plain.pdf")]),
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
    middle = {
        key: {what: statistics.median(getattr(run, what) for run in found) for what in ("cpu", "wall", "memory")}
        for key, found in taken.items()
    }
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    lines = [
        f"Medians of {runs} runs taken in turn; {machine}. Ratios are of processor time for commands, of wall time for builds.",
        "",
        "| what | wall s | CPU s | peak MiB | ÷ base | goal |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in listed:
        own = middle[row.name]
        ratio = f"{own[row.what] / middle[row.base][row.what]:.3g}" if row.base else "–"
        goal = f"≤ {row.goal:g}" if row.goal else ""
        lines.append(f"| {row.name} | {own['wall']:.3f} | {own['cpu']:.3f} | {own['memory']:.0f} | {ratio} | {goal} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, and write it down if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    result = table(given.runs)
    print(result)
    if given.write:
        target = ROOT / "docs" / "benchmarks.md"
        text = f"# Benchmarks\n\nMade by `python -m benchmarks.run --write`; trust the ratios, not the seconds.\n\n{result}"
        _, *others = target.read_text("utf-8").split("\n## ")  # sections of other benchmarks
        target.write_text("\n## ".join([text, *others]), "utf-8")


if __name__ == "__main__":
    main()
