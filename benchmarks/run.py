"""How long it takes, side by side with what people would take instead, on the same content, in one run.

    .venv/bin/python -m benchmarks.run [--sizes 10 60 275 1000] [--runs 3] [--only NAME …] [--write]

Two parts: ``samples`` (start-up, checks and builds of the samples) and reports of 10 to 1,000 pages by us and by the peers
that the machine has (``sizes.py``, ``peers.py``). ``--only`` takes any of ``samples``, ``ours`` and the peers. Whatever
was measured is printed; ``--write`` puts it into ``docs/benchmarks.md``, with a plot. A full run takes hours: plain
WeasyPrint alone takes minutes for 1,000 pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks import samples, told
from benchmarks.documents import MACHINE, PICTURES, put
from benchmarks.peers import PEERS
from benchmarks.plot import plot
from benchmarks.sizes import LARGE, NAMES, OURS, Result, Size

SIZES: Final = (10, 60, 275, 1000)
SAMPLES: Final = "samples"
PICTURE: Final = "benchmarks.svg"


def main() -> None:
    """Measure, print, and write it down if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=_numbers, nargs="+", default=[list(SIZES)], help="about how many pages")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=[SAMPLES, *NAMES], default=[SAMPLES, *NAMES])
    parser.add_argument(
        "--patience", type=float, default=3600, help="seconds that one run may take; who would need more is left out"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    if SAMPLES in given.only:
        body = samples.table(given.runs)
        print(body)
        if given.write:
            put("Start-up, checks and builds of the samples", body)
    keys = [key for key in NAMES if key in given.only]
    if keys:
        results = _measured(sorted({size for sizes in given.sizes for size in sizes}), keys, given.runs, given.patience)
        body = _section(results, given.runs)
        print(body)
        if given.write:
            (PICTURES / PICTURE).write_text(plot(results), "utf-8")
            put("Beside other programs", body)


def _measured(sizes: list[int], keys: list[str], runs: int, patience: float) -> list[Result]:
    """Measure all sizes; who took too long for one is not asked for a larger one."""
    peers = [peer for peer in PEERS if peer.key in keys and peer.found()]
    results: list[Result] = []
    for pages in sizes:
        with tempfile.TemporaryDirectory() as folder:
            size = Size(Path(folder), pages, runs, patience)
            new = size.measured(peers, OURS in keys, lambda doing: print(doing, file=sys.stderr, flush=True))
        results += new
        failed = {
            result.key for result in new if (result.fault and not result.runs) or _too_long(result, sizes, patience)
        }
        for result in new:
            if result.fault:
                print(f"{result.key}: {result.fault}", file=sys.stderr, flush=True)
        peers = [peer for peer in peers if peer.key not in failed]
    return results


def _too_long(result: Result, sizes: list[int], patience: float) -> bool:
    """Whether a program would take longer for the next size than anybody may, as it takes for the pages of this one."""
    larger = [size for size in sizes if size > result.pages]
    cold = result.median("cold")
    return bool(larger and cold and cold.wall * larger[0] / result.pages > patience)


def _section(results: list[Result], runs: int) -> str:
    """Return what stands in the docs."""
    told_of = [part for peer in PEERS for part in peer.found().split(", ") if part]
    versions = ", ".join(dict.fromkeys(told_of))
    parts = [
        f"`python -m benchmarks.run --write`: medians of {runs} runs taken in turn, one run above {LARGE} pages; {MACHINE}. {versions}.",
        ABOUT,
        f"![Wall time by pages of reportgen and its peers, on logarithmic scales; the tables below have the figures](images/{PICTURE})",
        "### Goals",
        told.goals(results),
        told.growth(results),
        "### Figures",
        "In each cell: wall seconds / processor seconds / peak memory of all processes together (MiB).",
        told.tables(results),
        told.missing(),
    ]
    return "\n\n".join(filter(None, parts))


ABOUT: Final = """\
Everybody makes the same report: the same words from the same page, with notes at the foot, tables, contents and page
references, on the same paper, in type set so that the pages are about as many. No paragraph comes twice. Every first file
is opened: pages, tags and the words of every fifth paragraph, note and cell are looked for, and after edits the edit. All
files are tagged but those of LaTeX as it usually is called. LaTeX of 2022 can tag paragraphs (headings are some), notes and
links, not tables, with `tagpdf`; that is measured beside it, in two runs, as few as notes and contents need. It is a test
phase of LaTeX, slow, and stumbles over tables of several pages; a newer LaTeX was not measured. Charts are left out, since
not all take them. Ours are finished PDF/A as well, and their time includes reading and checking the YAML,
redaction and the search for names in the finished file; the others begin with finished markup. Chromium is driven by
Playwright, whose start counts. It knows no footnotes or page references without paged.js, so that its own figures are of
less work. A living process makes the report after one edit in one answer, again and again. Who keeps nothing between two
processes begins from nothing each time."""


def _numbers(given: str) -> list[int]:
    return [int(number) for number in given.split(",")]


if __name__ == "__main__":
    main()
