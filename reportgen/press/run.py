"""The parent's side of the press: one process for each job, as many at once as there are processors."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

from reportgen.diagnostics import Diagnostic, Related, Severity, Span, diagnostic
from reportgen.press import seclusion
from reportgen.press.job import Job, Limits, Printed, limits_for

Progress = Callable[[str, str, str], None]
"""Told the language, the form and what is being done, in the renderer's words."""
_NO_MEMORY: Final = frozenset({"SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS", "SIGKILL"})
"""How a process ends when a library can't have the memory it asks for, or the system takes it away."""


class PressFault(Exception):  # noqa: N818 - reported as such
    """A fault of the program itself in the process that renders.

    Attributes:
        reason: Name and place of the error; never its words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def run(jobs: Sequence[Job], progress: Progress | None = None, limits: Limits | None = None) -> list[Printed]:
    """Do every job, each in a process of its own.

    Args:
        jobs: The reports to make.
        progress: Told of each step, from several threads.
        limits: What each may take; by default in proportion to its text.

    Returns:
        What came of each job, in the order of ``jobs``.

    Raises:
        PressFault: The program failed in a way it does not foresee.
    """
    at_once = min(len(jobs), _processors())
    with ThreadPoolExecutor(max(at_once, 1)) as pool:
        return list(pool.map(lambda job: _one(job, progress, limits or limits_for(job)), jobs))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one(job: Job, progress: Progress | None, limits: Limits) -> Printed:
    folder = Path(tempfile.mkdtemp(prefix="reportgen-"))
    try:
        with subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            [sys.executable, "-P", "-m", "reportgen.press.child", str(folder)],
            cwd=folder,  # where a submission lies there may be modules that nobody asked for
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=seclusion.environment(folder),
        ) as process:
            clock = threading.Timer(limits.seconds, process.kill)
            clock.start()
            try:
                return _talk(process, job, limits, progress) or Printed(found=(_ended(process, clock),))
            finally:
                clock.cancel()
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _talk(process: subprocess.Popen[bytes], job: Job, limits: Limits, progress: Progress | None) -> Printed | None:
    """Hand the job over and listen until it is done; ``None`` where the process ends before that."""
    assert process.stdin
    assert process.stdout
    with suppress(OSError):  # it may have ended already; why is told below
        pickle.dump((job, limits), process.stdin, 5)
    with suppress(OSError):
        process.stdin.close()
    for kind, message in _messages(process.stdout):
        if kind == "done":
            assert isinstance(message, Printed)
            return message
        if kind == "fault":
            raise PressFault(message)
        if progress:
            progress(*message)
    return None


class _Guarded(pickle.Unpickler):
    """Reads messages of nothing but finished files and diagnostics: a renderer that was taken over stays in its process."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[str, Any] = {each.__name__: each for each in (Printed, Diagnostic, Span, Related, Severity)}
        if name in known and known[name].__module__ == module:
            return known[name]
        raise pickle.UnpicklingError(name)


def _messages(source: IO[bytes]) -> Iterator[tuple[str, Any]]:
    while len(head := source.read(8)) == 8:
        size = struct.unpack("<Q", head)[0]
        data = source.read(size)
        if len(data) < size:
            return
        yield _Guarded(io.BytesIO(data)).load()


def _ended(process: subprocess.Popen[bytes], clock: threading.Timer) -> Diagnostic:
    """Say why a process ended before its job was done."""
    code = process.wait()
    name = signal.Signals(-code).name if code < 0 else ""
    if not clock.is_alive() or name == "SIGXCPU":
        return diagnostic("RG707")
    if name in _NO_MEMORY:
        return diagnostic("RG708")
    return diagnostic("RG702", reason=name or f"exit {code}")
