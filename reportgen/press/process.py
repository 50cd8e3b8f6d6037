"""A process of the press as the parent sees it: given one task after the other, ended when it is late or not needed.

An interruption is passed on; where the program has no time for that (it was killed, or the terminal was closed), each
process sees that its pipe is cut. Each has a session of its own, so that a signal to the program's whole group leaves it
that time.
"""

from __future__ import annotations

import pickle
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Related, Severity, Span, diagnostic
from reportgen.guarded import read_value
from reportgen.press import seclusion
from reportgen.press.job import Composed, Limits, Printed
from reportgen.press.pipe import receive, send
from reportgen.writers.finish import Frame
from reportgen.writers.numbers import Cited, Number, Page
from reportgen.writers.objects import Objects
from reportgen.writers.pieces import Piece
from reportgen.writers.quire import Bookmark, Face, Place, Quire

_CRASHES: Final = frozenset({"SIGABRT", "SIGTRAP", "SIGSEGV", "SIGBUS"})
"""How a process ends by a fault of a library, which may be that it can't have the memory it asks for."""
_ANSWERS: Final = (Printed, Composed, Piece, Quire, Objects, Frame, Page, Number, Cited, Place, Bookmark, Face)
_KNOWN: Final = (*_ANSWERS, Diagnostic, Span, Related, Severity)


class PressFault(Exception):  # noqa: N818 - reported as such
    """A fault of the program itself in the process that renders.

    Attributes:
        reason: Name and place of the error; never its words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Ended(Exception):  # noqa: N818 - told by its diagnostic
    """A task was not done.

    Attributes:
        found: Why.
    """

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.found = found


class Running:
    """The processes that are there; once they are stopped, no other starts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: list[Process] = []
        self._stopped = False

    def add(self, process: Process) -> None:
        """Take a process in that has just been started."""
        with self._lock:
            self._processes = [one for one in self._processes if not one.ended] + [process]
            stopped = self._stopped
        if stopped:
            process.end()

    def stop(self) -> None:
        """End all of them."""
        with self._lock:
            self._stopped = True
            processes = self._processes[:]
        for process in processes:
            process.end()


class Process:
    """One process, in a private folder, which it makes itself: a program that is killed before that leaves none behind.

    Attributes:
        looks: The numbers of the looks that it knows.
        ended: Whether it does nothing any more.
    """

    def __init__(self, running: Running, limits: Limits, *, sets: bool) -> None:
        """Start it.

        Args:
            running: Where it is counted.
            limits: What it may take to get ready.
            sets: Whether it will set pieces; else it composes.

        Raises:
            Ended: There is no room for temporary files.
        """
        self.looks: set[int] = set()
        self.ended = False
        try:
            self._folder = Path(tempfile.gettempdir(), f"reportgen-{secrets.token_hex(8)}")
        except OSError as error:
            raise Ended(seclusion.no_folder(error)) from error
        self._process = subprocess.Popen(
            # no modules from where a submission lies (-P), nor from a home that is not there yet (-s)
            [sys.executable, "-P", "-s", "-m", "reportgen.press.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=seclusion.environment(self._folder),
            start_new_session=True,
        )
        self._send((sets, limits))
        running.add(self)

    def ask(self, task: Any, limits: Limits, tell: Callable[[str], None] | None = None) -> bytes:
        """Have a task done.

        Args:
            task: What to do.
            limits: What it may take.
            tell: Told of each step.

        Returns:
            The answer, to be read by :func:`read`.

        Raises:
            Ended: The process ended before that, and why.
            PressFault: The program failed in a way it does not foresee.
        """
        with _clock(self._process, limits.seconds) as late:
            try:
                self._send((limits, task))
                for data in self._messages():
                    kind, message = data[:4], data[4:]
                    if kind == b"done":
                        return message
                    if kind == b"fail":
                        raise PressFault(message.decode())  # noqa: TRY301 - the process is ended first
                    if tell:
                        tell(message.decode())
            except BaseException:
                self.end()
                raise
            why = _ended(self._process, late, limits)
        self.end()
        raise Ended(why)

    def end(self) -> None:
        """End it and clear its folder."""
        self.ended = True
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            with suppress(OSError):
                pipe.close()  # to the process it means that the program has ended
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, message: Any) -> None:
        assert self._process.stdin
        with suppress(OSError, ValueError):  # it may have ended already; why is told when it is asked
            send(self._process.stdin, pickle.dumps(message, 5))

    def _messages(self) -> Iterator[bytes]:
        assert self._process.stdout
        with suppress(ValueError):  # it was ended meanwhile
            while (data := receive(self._process.stdout)) is not None:
                yield data


def read(data: bytes) -> Any:
    """Return the value of an answer: a renderer that was taken over stays in its process.

    Raises:
        pickle.UnpicklingError: It holds something that is no answer.
    """
    return read_value(data, _KNOWN)


def whole(answer: Any) -> Any:
    """Return an answer.

    Raises:
        Ended: It says that the task was not done.
    """
    if isinstance(answer, Printed):
        raise Ended(answer.found[0])
    return answer


@contextmanager
def _clock(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill a process after so many seconds; the event tells whether it was late."""
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
