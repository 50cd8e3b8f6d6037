"""Running commands and asking living processes: wall time, processor time, and memory of all processes together.

Memory is the proportional set size (what processes share is counted once), looked at again and again while they run.
Processor time is that of the command and all it waited for, or what was seen of its processes, whichever is more:
some programs never wait for their children.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
_TICK: Final = os.sysconf("SC_CLK_TCK")
_PAUSE: Final = 0.02
_SHARE: Final = 10
"""A look takes time from what is looked at; the pause after it is so many times as long."""


def program() -> list[str]:
    """Return how our program is called: as users do, where it is installed beside this Python."""
    installed = Path(sys.executable).with_name("reportgen")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "reportgen"]


class Failed(Exception):  # noqa: N818 - what came of a command
    """A command failed or took too long; says which."""


@dataclass(frozen=True)
class Run:
    """What one run took: processor seconds, wall seconds, peak memory in MiB."""

    cpu: float
    wall: float
    memory: float


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of runs."""
    return Run(*(statistics.median(getattr(run, what) for run in runs) for what in ("cpu", "wall", "memory")))


def measure(command: Sequence[str], patience: float = 3600) -> Run:
    """Run a command once, by itself.

    Args:
        command: It.
        patience: Seconds after which it is stopped.

    Raises:
        Failed: It failed or was stopped.
    """
    started = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        watch = _Watch(process.pid)
        alarm = threading.Timer(patience, _end, [process.pid])
        alarm.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.close()
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    if process.returncode:
        raise Failed(
            f"takes more than {patience:g} s" if wall >= patience else f"{Path(command[0]).name}: {said[-400:]}"
        )
    return Run(max(usage.ru_utime + usage.ru_stime, watch.cpu), wall, watch.memory)


class Living:
    """A process that does the same again and again: for each line that it is given it answers with one."""

    def __init__(self, command: Sequence[str], patience: float = 3600) -> None:
        """Start it, without waiting until it is ready.

        Args:
            command: What to start.
            patience: Seconds for each answer.
        """
        self._patience = patience
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._watch = _Watch(self._process.pid)

    def __enter__(self) -> Living:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            _end(self._process.pid)
            self._process.wait()
        self._watch.close()
        if self._process.stdout:
            self._process.stdout.close()

    def ask(self, line: str) -> Run:
        """Give it a line and wait for the answer.

        Raises:
            Failed: It ended, or took too long.
        """
        assert self._process.stdin
        assert self._process.stdout
        alarm = threading.Timer(self._patience, _end, [self._process.pid])
        alarm.start()
        self._watch.memory = 0.0
        before, started = self._watch.look(), time.perf_counter()
        try:
            print(line, file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        wall = time.perf_counter() - started
        alarm.cancel()
        if not answer:
            raise Failed("a living process ended or was too slow")
        return Run(self._watch.look() - before, wall, self._watch.memory)


@dataclass
class _Watch:
    """Looks at a process and all below it until it ends, and notes the most memory and all processor time."""

    process: int
    memory: float = 0.0
    _seen: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def cpu(self) -> float:
        """Processor seconds of all that was seen."""
        return sum(self._seen.values())

    def look(self) -> float:
        """Look once more; return the processor seconds so far."""
        with self._lock:
            family = _family(self.process)
            for one in family:
                self._seen[one] = max(_cpu(one), self._seen.get(one, 0.0))
            self.memory = max(self.memory, sum(map(_memory, family)))
            return self.cpu

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause):
            started = time.thread_time()  # and not what it waited for a processor
            self.look()
            pause = max(_PAUSE, _SHARE * (time.thread_time() - started))


def _family(process: int) -> list[int]:
    found = [process]
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            found += [one for child in task.read_text().split() for one in _family(int(child))]
    return found


def _memory(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return int(rollup.partition("Pss:")[2].split()[0]) / 1024
    except (OSError, IndexError):  # it has ended
        return 0.0


def _cpu(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / _TICK


def _end(process: int) -> None:
    """End a process and all below it."""
    for one in reversed(_family(process)):
        with suppress(ProcessLookupError):
            os.kill(one, 9)
