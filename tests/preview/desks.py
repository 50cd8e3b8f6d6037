"""Desks for tests: a small report in two languages, and the real command that serves it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FRAME: Final = """\
format: 1
language: en
state: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}
cluster: 1
report:
  title: {en: Small report, fr: Petit rapport}
  date: 2024-09-30
  scope: [untoc-5, untoc-6]
  summary: {en: The summary., fr: Le résumé.}
organisations:
  org: {name: {en: Centre, fr: Centre}}
sources:
  s1: {kind: ngo_report, title: A report, date: 2023}
"""
ARTICLES: Final = {"untoc-5": "Five", "untoc-6": "Six"}
FINDINGS: Final = 12
INNER: Final = "INNER-CANARY"
"""Words for members only."""


def answer(article: str, findings: int = FINDINGS) -> str:
    """Return the file of the answer on one article."""
    name = ARTICLES[article]
    lines = [f"answers:\n  {article}:\n    law: partly\n    practice: poor\n    findings:"]
    for number in range(1, findings + 1):
        words = " ".join(f"{name}{number} said word {word}" for word in range(20))
        mots = " ".join(f"{name}{number} dit mot {word} de plus" for word in range(20))
        level = ", level: members" if number == findings else ""
        inner = f" {INNER}" if level else ""
        lines.append(
            f"      - {{kind: deficiency, sources: [s1]{level}, text: {{en: {name}{number} begins.{inner} {words}., fr: {name}{number} commence.{inner} {mots}.}}}}"
        )
    return "\n".join(lines) + "\n"


def lay_out(folder: Path) -> Path:
    """Write the small report, all of it as it was at first, and nothing else."""
    wanted = {"submission.yaml": FRAME, **{f"{article}.yaml": answer(article) for article in ARTICLES}}
    folder.mkdir(exist_ok=True)
    for file in (item for item in folder.iterdir() if not item.is_dir()):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
    return folder


def edit(file: Path, old: str, new: str) -> None:
    """Write other words in a file, as an editor does that saves in place."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@dataclass
class Desk:
    """A desk that is served."""

    process: subprocess.Popen[str]
    address: str
    path: Path

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.address.split(":")[2].partition("/")[0])

    @property
    def token(self) -> str:
        """The secret in its address."""
        return self.address.rstrip("/").rpartition("/")[2]

    def get(self, name: str) -> bytes:
        """Return what the desk answers."""
        with urllib.request.urlopen(self.address + name, timeout=60) as answer_:
            data: bytes = answer_.read()
        return data

    def view(self, audience: str = "public") -> Any:
        """Return what a page asks for at first."""
        return json.loads(self.get(f"view?audience={audience}"))

    def post(self, name: str, body: Any = None) -> Any:
        """Send something."""
        request = urllib.request.Request(
            self.address + name, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=60) as answer_:
            return json.loads(answer_.read())

    def memory(self) -> int:
        """Return the kilobytes that the process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])


@contextmanager
def served(path: Path, *options: str, language: str = "en", port: int = 0) -> Iterator[Desk]:
    """Serve the report at ``path`` by the real command."""
    with subprocess.Popen(
        [sys.executable, "-m", "reportgen", "--lang", language, "preview", str(path), "--no-open", "--port", str(port), *options],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            address = next((line.strip() for line in process.stdout if "http://" in line), "")
            assert address, "the command printed no address"
            yield Desk(process, address, path)
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
