"""How long the commands take, side by side with what they are measured against, in one run.

    .venv/bin/python -m benchmarks.run [--runs 5] [--write]

Start-up is measured against ``python -c pass``, a build against plain WeasyPrint (``pdf/ua-1``) on the same HTML. Runs
are taken in turn (A B A B …), so that a machine that slows down slows both; medians of processor time and wall time are
given, and the peak memory of the process. ``--write`` puts the table into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOLO = ROOT / "sample_inputs" / "solo"

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
    """One finished process: processor seconds, wall seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Row:
    """What is compared: a command, what it is measured against, and the goal as a ratio of processor time."""

    name: str
    command: list[str]
    base: str
    goal: float | None


def measure(command: list[str]) -> Run:
    """Run a command once, by itself."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command[:6])}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024)


def rows(folder: Path) -> list[Row]:
    """Return what is measured; bases come first."""
    python = sys.executable
    html = folder / "print.html"
    make = (
        "import sys; from pathlib import Path; from tests.samples import SOLO, document; from reportgen.writers.html import render_html;"
        "Path(sys.argv[1]).write_text(render_html(document(SOLO), 'print'), 'utf-8')"
    )
    subprocess.run([python, "-c", make, str(html)], cwd=ROOT, check=True)
    us = [python, "-m", "reportgen"]
    return [
        Row("python -c pass", [python, "-c", "pass"], "python -c pass", None),
        Row("reportgen --help", [*us, "--help"], "python -c pass", 10),
        Row("reportgen articles", [*us, "articles"], "python -c pass", None),
        Row("reportgen check (one page)", [*us, "check", "sample_inputs/first.yaml"], "python -c pass", None),
        Row("reportgen check (solo sample)", [*us, "check", str(SOLO)], "python -c pass", 25),
        Row(
            "plain WeasyPrint, pdf/ua-1, same HTML",
            [python, "-c", PLAIN, str(html), str(ROOT / "templates" / "fonts"), str(folder / "plain.pdf")],
            "",
            None,
        ),
        Row(
            "reportgen build --format pdf --language en (solo sample)",
            [*us, "build", str(SOLO), "--final", "--format", "pdf", "--language", "en", "-o", str(folder)],
            "plain WeasyPrint, pdf/ua-1, same HTML",
            0.85,
        ),
    ]


def table(runs: int) -> str:
    """Measure everything in turn and return the table."""
    with tempfile.TemporaryDirectory() as name:
        listed = rows(Path(name))
        taken: dict[str, list[Run]] = {row.name: [] for row in listed}
        for _ in range(runs):
            for row in listed:
                taken[row.name].append(measure(row.command))
    middle = {
        key: [statistics.median(getattr(run, what) for run in found) for what in ("cpu", "wall", "memory")]
        for key, found in taken.items()
    }
    lines = [
        f"Medians of {runs} runs taken in turn; {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}.",
        "",
        "| what | CPU s | wall s | peak MiB | CPU ÷ base | goal |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in listed:
        cpu, wall, memory = middle[row.name]
        ratio = f"{cpu / middle[row.base][0]:.2f}" if row.base else "–"
        goal = f"≤ {row.goal:g}" if row.goal else ""
        lines.append(f"| {row.name} | {cpu:.3f} | {wall:.3f} | {memory:.0f} | {ratio} | {goal} |")
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
