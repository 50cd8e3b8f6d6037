"""What was begun together: it is waited for together or dropped together, and the press that does it goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, TypeVar

from reportgen.press.job import Limits, Printed
from reportgen.press.process import Process
from reportgen.press.store import Store

T = TypeVar("T")
Progress = Callable[[str, int, float], None]
"""Told the language, the pages that are set, and which share of the text that is."""


class Begun:
    """The jobs of one run.

    Attributes:
        store: What was set before.
        printed: What will come of each job.
    """

    def __init__(self, jobs: int, progress: Progress | None, store: Store) -> None:
        """Begin with nothing.

        Args:
            jobs: How many there will be.
            progress: Told how far each is, by one thread at a time; not after all is dropped.
            store: What was set before.
        """
        self.store = store
        self.printed: list[Future[Printed]] = []
        self._to_compose = jobs
        self._progress = progress
        self._later: list[Future[Any]] = []
        self._at_work: set[Process] = set()
        self._dropped = False
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Printed]:
        """Wait for what comes of each job, in their order; if one fails, the others are dropped.

        Raises:
            PressFault: The program failed in a way it does not foresee.
        """
        try:
            for job in self.printed:
                yield job.result()
        finally:
            self.drop()

    def drop(self) -> None:
        """Do no more of it: what waits is not done, what is being done ends with its process; nobody else's does."""
        with self._lock:
            self._dropped = True
            for future in self._later:
                future.cancel()
            for process in self._at_work:
                process.end()

    def later(self, pool: Executor, do: Callable[[], T]) -> Future[T]:
        """Have something done when its turn comes.

        Raises:
            CancelledError: All is dropped.
        """
        with self._lock:
            self._go_on()
            future = pool.submit(do)
            self._later.append(future)
        return future

    def ask(self, process: Process, task: Any, limits: Limits, tell: Callable[[str], None] | None = None) -> bytes:
        """Have a task done, as :meth:`Process.ask` does.

        Raises:
            CancelledError: All is dropped.
        """
        with self._lock:
            self._go_on()
            self._at_work.add(process)
        try:
            return process.ask(task, limits, tell)
        finally:
            with self._lock:
                self._at_work.discard(process)

    def tell(self, language: str, pages: int, share: float) -> None:
        """Tell how far a job is."""
        with self._lock:
            if self._progress and not self._dropped:
                self._progress(language, pages, share)

    def all_composed(self) -> bool:
        """Count one more job that is composed, or won't be; return whether it was the last."""
        with self._lock:
            self._to_compose -= 1
            return not self._to_compose

    def _go_on(self) -> None:
        if self._dropped:
            raise CancelledError
