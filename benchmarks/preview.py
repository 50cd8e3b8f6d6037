"""From saving a file to the new paragraph in the browser, beside the bare cost of reading the changed file.

    .venv/bin/python -m benchmarks.preview [--edits 30] [--write]

The real command and a real browser (Debian's Chromium). An edit changes a word of one answer; the clock runs from the
end of the save until the page holds the new words, both languages side by side. ``--write`` puts the table into
``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import math
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.coalition import write
from benchmarks.documents import MACHINE, put
from benchmarks.measure import ROOT
from reportgen.submission.yaml_reader import read_yaml

SAMPLES: Final = ROOT / "sample_inputs"
MARK: Final = "quickly"
PAUSES: Final = (4.0, 1.0)
"""Seconds between edits: so that the desk is at rest, and so that it is not."""
HEADING: Final = "From a save to the page"
WATCH: Final = """
new MutationObserver((changes) => {
  const text = changes.flatMap((change) => [...change.addedNodes]).map((node) => node.textContent).join(" ");
  for (const word of text.match(/quickly\\d+/g) ?? []) (window.seen ??= {})[word] ??= performance.timeOrigin + performance.now();
}).observe(document.getElementById("report"), { childList: true, subtree: true, characterData: true });
"""


@dataclass(frozen=True)
class Case:
    """What is edited: a report, one of its files."""

    name: str
    path: Path
    file: Path


@dataclass(frozen=True)
class Times:
    """Seconds from each save to the page by the pause before it, what reading the file alone takes, the size of the report."""

    edits: dict[float, list[float]]
    parsing: float
    words: int
    memory: tuple[float, float]


def cases(folder: Path) -> list[Case]:
    """Return the reports: the samples, and a coalition of twice their size, made up."""
    for name in ("solo", "coalition"):
        shutil.copytree(SAMPLES / name, folder / name)
    shutil.copy(SAMPLES / "first.yaml", folder / "first.yaml")
    (folder / "large").mkdir()
    write(folder / "large", 8)
    return [
        Case("one page", folder / "first.yaml", folder / "first.yaml"),
        Case("solo sample", folder / "solo", folder / "solo/answers/untoc-05.yaml"),
        Case("sample coalition", folder / "coalition", folder / "coalition/members/law/answers/untoc-05.yaml"),
        Case("made-up coalition", folder / "large", folder / "large/members/m003.yaml"),
    ]


def resident(process: int) -> float:
    """Return the memory of a process in MiB."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(told.split("VmRSS:")[1].split()[0]) / 1024


def measured(case: Case, edits: int) -> Times:
    """Edit a report again and again while it is open in a browser."""
    from playwright.sync_api import sync_playwright

    server = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "--lang", "en", "preview", str(case.path), "--no-open"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout
    address = next(line.strip() for line in server.stdout if "http" in line)
    text = case.file.read_text("utf-8")
    place = re.search(r"(?<!_)\b(?:grounds|answer):(?: *[>|]-?| *\n +en: *(?:[>|]-?)?)?\s+(?:[\"']?)(?=\w)", text)
    assert place
    began = text[: place.end()], text[place.end() :]
    took: dict[float, list[float]] = {pause: [] for pause in PAUSES}
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector("#report .row", timeout=120_000)
            page.evaluate(WATCH)
            words = page.evaluate("document.getElementById('report').textContent.split(/\\s+/).length")
            first = 0.0
            pauses = [PAUSES[0]] * 3 + [pause for pause in PAUSES for _ in range(edits)]
            for number, pause in enumerate(pauses):
                time.sleep(pause)
                word = f"{MARK}{number}"
                case.file.write_text(f"{began[0]}{word} {began[1]}", "utf-8")
                saved = time.time()
                while not (seen := page.evaluate(f"window.seen?.{word} ?? 0")):  # its policy forbids what waits within
                    assert time.time() < saved + 60, "the change does not come"
                    time.sleep(0.02)
                if number >= 3:  # the first ones find nothing remembered
                    took[pause].append(seen / 1000 - saved)
                if number == 3:
                    first = resident(server.pid)
            last = resident(server.pid)
            browser.close()
    finally:
        server.terminate()
        server.wait()
        case.file.write_text(text, "utf-8")
    data = text.encode()
    started = time.perf_counter()
    for _ in range(5):
        read_yaml(data, "x.yaml")
    return Times(took, (time.perf_counter() - started) / 5, words, (first, last))


def table(edits: int) -> str:
    """Return the table and what it says about growth."""
    rows, points = [], []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases(Path(folder)):
            times = measured(case, edits)
            points.append((times.words, statistics.median(times.edits[PAUSES[0]])))
            told = " | ".join(
                f"{statistics.median(took) * 1000:.0f} / {max(took) * 1000:.0f}" for took in times.edits.values()
            )
            rows.append(
                f"| {case.name} | {times.words:,} | {times.parsing * 1000:.0f} | {told} "
                f"| {times.memory[0]:.0f} | {times.memory[1]:.0f} |"
            )
            print(rows[-1], flush=True)
    (small, fast), (large, slow) = points[1], points[-1]
    growth = math.log(slow / fast) / math.log(large / small)
    return "\n".join(
        [
            f"`python -m benchmarks.preview --write`: {edits} edits of one answer in a real browser, the desk at rest before each,",
            "then as many one a second, while it still checks what was written before.",
            f"{MACHINE}.",
            "",
            "| Report | Words, both languages | Reading the changed file alone (ms) | Save to page, at rest: median / worst (ms) | One a second: median / worst (ms) | Memory after the first edit (MiB) | After the last |",
            "|---|---:|---:|---:|---:|---:|---:|",
            *rows,
            "",
            f"Growth from the solo sample to the made-up coalition: exponent {growth:.2f} of the number of words.",
            "",
        ]
    )


def main() -> None:
    """Measure and show, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    made = table(given.edits)
    print(made)
    if given.write:
        put(HEADING, made)


if __name__ == "__main__":
    main()
