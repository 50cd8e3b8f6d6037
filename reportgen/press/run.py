"""The parent's side of the press: one process for each job, as many at once as there are processors.

Whatever stops the program, its processes end with it and clear their folders. An interruption is passed on here; where
the program has no time for that (it was killed, or the terminal was closed), each process sees that its pipe is cut.
Each has a session of its own, so that a signal to the program's whole group leaves it that time.
"""

from __future__ import annotations

import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from reportgen.diagnostics import Diagnostic, Related, Severity, Span, diagnostic
from reportgen.press import seclusion
from reportgen.press.job import Job, Limits, Printed, limits_for
from reportgen.press.pipe import receive, send

Progress = Callable[[str, str, str], None]
"""Told the language, the form and what is being done, in the renderer's words."""
_CRASHES: Final = frozenset({"SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS"})
"""How a process ends by a fault of a library, which may be that it can't have the memory it asks for."""


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
    running = _Running()
    pool = ThreadPoolExecutor(max(min(len(jobs), _processors()), 1))
    try:
        return list(pool.map(lambda job: _one(job, progress, limits or limits_for(job), running), jobs))
    except BaseException:
        running.stop()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class _Running:
    """The processes at work; once they are stopped, no other starts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._stopped = False

    def add(self, process: subprocess.Popen[bytes]) -> None:
        """Take a process in that has just been started."""
        with self._lock:
            self._processes.append(process)
            if self._stopped:
                process.kill()

    def stop(self) -> None:
        """End all of them."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _one(job: Job, progress: Progress | None, limits: Limits, running: _Running) -> Printed:
    try:
        folder = Path(tempfile.mkdtemp(prefix="reportgen-"))
    except OSError as error:
        return Printed(found=(_no_room(error),))
    try:
        try:
            surroundings = seclusion.environment(folder)
        except OSError as error:
            return Printed(found=(_no_room(error),))
        with (
            subprocess.Popen(  # noqa: S603 - this interpreter, our own module
                [sys.executable, "-P", "-m", "reportgen.press.child", str(folder)],
                cwd=folder,  # where a submission lies there may be modules that nobody asked for
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=surroundings,
                start_new_session=True,
            ) as process,
            _clock(process, limits.seconds) as late,
        ):
            running.add(process)
            return _talk(process, job, limits, progress) or Printed(found=(_ended(process, late, limits),))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _clock(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill a process after so many seconds, and at the end in any case; the event tells whether it was late."""
    late = threading.Event()

    def ring() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        process.kill()


def _no_room(error: OSError) -> Diagnostic:
    """Tell that there can be no temporary files, in the words of the system and without a path."""
    return diagnostic("RG709", reason=os.strerror(error.errno or 0))


def _talk(process: subprocess.Popen[bytes], job: Job, limits: Limits, progress: Progress | None) -> Printed | None:
    """Hand the job over and listen until it is done; ``None`` where the process ends before that."""
    assert process.stdin
    assert process.stdout
    try:
        with suppress(OSError):  # it may have ended already; why is told below
            send(process.stdin, (job, limits))
        for kind, message in _messages(process.stdout):
            if kind == "done":
                assert isinstance(message, Printed)
                return message
            if kind == "fault":
                raise PressFault(message)
            if progress:
                progress(*message)
        return None
    finally:
        with suppress(OSError):
            process.stdin.close()  # not before: to the process it means that the program has ended


class _Guarded(pickle.Unpickler):
    """Reads messages of nothing but finished files and diagnostics: a renderer that was taken over stays in its process."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[str, Any] = {each.__name__: each for each in (Printed, Diagnostic, Span, Related, Severity)}
        if name in known and known[name].__module__ == module:
            return known[name]
        raise pickle.UnpicklingError(name)


def _messages(source: IO[bytes]) -> Iterator[tuple[str, Any]]:
    while (data := receive(source)) is not None:
        yield _Guarded(io.BytesIO(data)).load()


def _ended(process: subprocess.Popen[bytes], late: threading.Event, limits: Limits) -> Diagnostic:
    """Say why a process ended before its job was done."""
    code = process.wait()
    name = signal.Signals(-code).name if code < 0 else ""
    if late.is_set() or name == "SIGXCPU":
        return diagnostic("RG707")
    if name == "SIGKILL" or (name in _CRASHES and _most_memory() > limits.memory / 3):
        return diagnostic("RG708")  # the first is how a system takes memory back
    return diagnostic("RG702", reason=name or f"exit {code}")


def _most_memory() -> int:
    """Return the most bytes that any process has had so far that has ended; 0 where the system doesn't bound them."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
