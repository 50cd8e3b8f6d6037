"""How merging grows with the number of members: seconds, processor time and peak memory, each size in a process of its own.

    .venv/bin/python -m benchmarks.coalition [--members 10 30 100] [--write]

Each member answers sixteen articles with five questions, four findings and three recommendations each, one in five of
them nearly as another member has it, and brings twenty sources, half of them shared. Reading the files is measured apart
from merging, and the whole command, which also writes the lists of conflicts and the merged submission, apart from both.
The exponents are those of the growth between the smallest and the largest size: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.documents import put
from benchmarks.measure import ROOT
from reportgen.catalogue import load_catalogue

HEADING = "Merging a coalition"
WORDS = [
    "court",
    "police",
    "file",
    "person",
    "year",
    "record",
    "group",
    "border",
    "port",
    "worker",
    "family",
    "money",
    "account",
    "company",
    "officer",
    "decision",
    "law",
    "measure",
    "weapon",
    "victim",
    "trial",
    "appeal",
    "witness",
    "office",
    "district",
    "survey",
    "report",
    "figure",
    "charge",
    "sentence",
    "vessel",
    "passage",
]
MEASURE = """
import gc, json, resource, sys, time
gc.disable()  # as the command does
from pathlib import Path
from reportgen.coalition.folder import read_coalition
from reportgen.coalition.merge import merge
began = time.perf_counter(), time.process_time()
coalition = read_coalition(Path(sys.argv[1]))
read = time.perf_counter(), time.process_time()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
merged = merge(coalition.frame, coalition.members)
done = time.perf_counter(), time.process_time()
assert not [item for item in coalition.reading.found], coalition.reading.found[:3]
print(json.dumps({
    "read": read[0] - began[0], "merge": done[0] - read[0], "cpu": done[1] - read[1],
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "conflicts": len(merged.conflicts),
}))
"""


def sentence(chance: random.Random, length: int = 24) -> str:
    """Return a sentence that nobody else writes."""
    return " ".join(
        chance.choice(WORDS) + (str(chance.randrange(999)) if chance.random() < 0.2 else "") for _ in range(length)
    )


def member(number: int, shared: list[str]) -> dict[str, object]:
    """Return the submission of one member."""
    chance = random.Random(number)

    def text() -> str:
        return chance.choice(shared) + f" {number}" if chance.random() < 0.2 else sentence(chance)

    catalogue = load_catalogue()
    answers = {
        article: {
            "law": chance.choice(["largely", "partly"]),
            "practice": chance.choice(["moderate", "poor"]),
            "grounds": text(),
            "questions": {
                question.id: {"answer": chance.choice(["Yes. ", "No. ", ""]) + sentence(chance, 120), "sources": ["s1"]}
                for question in catalogue.questions(article)
            },
            "findings": [{"kind": "deficiency", "text": text(), "sources": ["s2", "s3"]} for _ in range(4)],
            "recommendations": [{"text": text(), "priority": "high"} for _ in range(3)],
        }
        for article in catalogue.clusters[1].articles
    }
    sources = {
        f"s{one}": {
            "kind": "legislation",
            "title": f"Act {one if one % 2 else f'{one} {number}'}",
            "url": f"https://law.example/{one if one % 2 else f'{one}-{number}'}",
        }
        for one in range(1, 21)
    }
    values = {year: chance.choice([7, 7, 7, 8]) for year in range(2019, 2024)}
    return {
        "format": 1,
        "language": "en",
        "state": "KE",
        "cluster": 1,
        "report": {"title": f"Report {number}"},
        "organisations": {"org": {"name": f"Organisation {number}"}},
        "answers": answers,
        "statistics": {"convictions": {"title": "Convictions", "unit": "persons", "sources": ["s1"], "values": values}},
        "sources": sources,
    }


def write(folder: Path, count: int) -> None:
    """Write a coalition of ``count`` members."""
    chance = random.Random(0)
    shared = [sentence(chance) for _ in range(40)]
    (folder / "members").mkdir()
    paths = []
    for number in range(count):
        paths.append(f"members/m{number:03}.yaml")
        (folder / paths[-1]).write_text(yaml.safe_dump(member(number, shared), width=10_000, sort_keys=False), "utf-8")
    frame = {"format": 1, "state": "KE", "cluster": 1, "report": {"title": "Joint"}, "members": paths}
    (folder / "coalition.yaml").write_text(yaml.safe_dump(frame, sort_keys=False), "utf-8")


def measured(count: int) -> dict[str, float]:
    """Return what merging ``count`` members takes, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), count)
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, folder], cwd=ROOT, capture_output=True, text=True, check=True
        )
        command = subprocess.Popen(
            [sys.executable, "-m", "reportgen", "merge", folder], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(command.pid, 0)
        command.returncode = os.waitstatus_to_exitcode(status)
        assert not command.returncode
    whole = {"command": usage.ru_utime + usage.ru_stime, "command_memory": usage.ru_maxrss / 1024}
    return dict(json.loads(done.stdout)) | whole


def main() -> None:
    """Measure, print a table, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, nargs="+", default=[10, 30, 100])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rows = [(count, measured(count)) for count in asked.members]
    lines = [
        "| Members | Reading (s) | Merging (s) | Merging, CPU (s) | Peak memory (MiB) | Conflicts | `merge`, CPU (s) | Peak memory (MiB) |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {count} | {row['read']:.2f} | {row['merge']:.2f} | {row['cpu']:.2f} | {row['memory']:.0f} | {row['conflicts']:.0f} "
        f"| {row['command']:.2f} | {row['command_memory']:.0f} |"
        for count, row in rows
    ]
    (least, small), (most, large) = rows[0], rows[-1]
    if least < most:
        growth, of_command = (
            math.log(large[what] / small[what]) / math.log(most / least) for what in ("cpu", "command")
        )
        lines += [
            "",
            f"Growth between {least} and {most} members: exponent {growth:.2f} for merging, {of_command:.2f} for the command.",
        ]
    print("\n".join(lines))
    if asked.write:
        about = "Generated coalitions of sixteen articles a member (`python -m benchmarks.coalition --write`):"
        put(HEADING, "\n".join([about, "", *lines]))


if __name__ == "__main__":
    main()
