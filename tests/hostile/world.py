"""Where hostile inputs are tried: a folder for each, a canary outside that nobody may touch, and what must hold afterwards."""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.hostile.corpus import CANARY
from tests.samples import ROOT

MEMORY: Final = 1_500_000_000
LONGEST: Final = 120.0
"""Seconds after which a case hangs; on a machine that does nothing else none takes ten."""
FORMS: Final = (("en", "text"), ("fr", "json"), ("en", "github"), ("fr", "text"))
_CODES: Final = {0, 1, 2, 3, 4, 5}
_OUTPUT: Final = re.compile(r"[a-z]{3}-cluster[1-4]-(parallel|shadow|alternative)-report\.(en|fr)\.(pdf|html)")
_PLACE: Final = re.compile(r":\d+:\d+ \w+ RG\d{3}$|: RG\d{3}", re.MULTILINE)
_OPENED: Final = 0x21  # IN_ACCESS | IN_OPEN


@dataclass(frozen=True)
class Said:
    """What one run of the command said."""

    code: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """The codes of the diagnostics, in order."""
        return re.findall(r"\bRG\d{3}\b", self.out)


@dataclass(frozen=True)
class Tried:
    """What came of a case."""

    said: list[Said]
    seconds: float
    memory: int
    made: dict[str, bytes]


class World:
    """Runs cases; every case has a new folder, which is gone afterwards."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.outside = home / "outside"
        self.outside.mkdir()
        self._log = home / "calls"
        alone = ["unshare", "-rn"] if _works("unshare", "-rn", "true") else []
        if os.environ.get("CI_ALL"):
            assert alone, "no namespace without network"
        self._server = subprocess.Popen(
            [*alone, sys.executable, "-P", str(Path(__file__).with_name("server.py")), str(self._log)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=home,
            env={**os.environ, "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"},
            text=True,
        )
        self.port: int = self._answer()["port"]
        self._count = 0
        self._watch = _inotify()

    def close(self) -> None:
        """End the server."""
        self._server.kill()
        self._server.communicate()

    def watch_outside(self) -> None:
        """From now on note every file outside that is opened, by whatever process."""
        for folder in [self.outside, *(path for path in self.outside.rglob("*") if path.is_dir())]:
            assert ctypes.CDLL(None).inotify_add_watch(self._watch, os.fsencode(folder), _OPENED) > 0

    def touched(self) -> bool:
        """Whether a file outside was opened since the last time this was asked."""
        try:
            return bool(os.read(self._watch, 100_000))
        except BlockingIOError:
            return False

    def calls(self) -> bytes:
        """Who called on the network."""
        return self._log.read_bytes() if self._log.exists() else b""

    @contextmanager
    def case(self) -> Iterator[Path]:
        """A folder for the input of a case."""
        self._count += 1
        folder = self.home / f"case-{self._count}"
        for name in ("in", "out", "temporary", "told"):
            (folder / name).mkdir(parents=True)
        try:
            yield folder / "in"
        finally:
            shutil.rmtree(folder)

    def run(self, folder: Path, runs: Sequence[Sequence[str]]) -> Tried:
        """Run the command for the case whose input lies in ``folder``, and see that it did no harm.

        Nothing but a diagnosis or a finished file comes out; nothing is printed that acts; nothing outside was read,
        nothing written but the report, nothing left behind, nobody called.
        """
        home = folder.parent
        before = _names(folder)
        case = {
            "runs": [list(run) for run in runs],
            "cwd": str(home),
            "temporary": str(home / "temporary"),
            "told": str(home / "told"),
            "memory": MEMORY,
            "longest": LONGEST,
        }
        assert self._server.stdin
        self._server.stdin.write(json.dumps(case) + "\n")
        self._server.stdin.flush()
        ended = self._answer()
        assert not ended["hung"], "hangs"
        assert ended["ended"] == 0, f"the command ended with {ended['ended']}"
        assert ended["memory"] < MEMORY
        codes = json.loads((home / "told" / "codes").read_text())
        said = [
            Said(
                code,
                (home / "told" / f"{number}.out").read_bytes().decode(),
                (home / "told" / f"{number}.err").read_bytes().decode(),
            )
            for number, code in enumerate(codes)
        ]
        for one in said:
            harmless(one)
        assert _names(folder) == before
        assert list((home / "temporary").iterdir()) == []
        made = {path.name: path.read_bytes() for path in (home / "out").iterdir()}
        for name, data in made.items():
            assert _OUTPUT.fullmatch(name), name
            assert CANARY.encode() not in data
        assert sorted(path.name for path in home.iterdir()) == ["in", "out", "temporary", "told"]
        assert not self.touched(), "a file outside was opened"
        assert self.calls() == b""
        return Tried(said, ended["seconds"], ended["memory"], made)

    def _answer(self) -> Any:
        assert self._server.stdout
        return json.loads(self._server.stdout.readline())


def harmless(said: Said) -> None:
    """See that a run ended as it may and printed nothing that acts on a terminal, hides, or tells of the program's inside."""
    for text in (said.out, said.err):
        acting = {sign for sign in text if sign != "\n" and unicodedata.category(sign) in _ACTING}
        assert not acting, f"printed: {sorted(map(ascii, acting))}"
        assert "Traceback" not in text
        assert CANARY not in text
    assert said.code in _CODES, f"{said.code}: {said.err}"
    if said.code == 1:
        assert _PLACE.search(said.out) or '"line": ' in said.out or "title=RG" in said.out


_ACTING: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check_runs(path: str) -> list[list[str]]:
    """The arguments that check a file in every form of output and both languages."""
    return [["--lang", language, "check", "--all", "--format", form, path] for language, form in FORMS]


def build_run(path: str, *more: str) -> list[str]:
    """The arguments that build a file."""
    return ["--lang", "en", "build", path, "-o", "out", *more]


def _names(folder: Path) -> list[tuple[bytes, int, int]]:
    return sorted((os.fsencode(path), path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*"))


def _inotify() -> int:
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file")
    handle: int = ctypes.CDLL(None).inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    assert handle > 0
    return handle


def _works(*command: str) -> bool:
    return bool(shutil.which(command[0])) and subprocess.run(command, check=False, capture_output=True).returncode == 0
