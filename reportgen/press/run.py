"""The parent's side of the press: composing, setting piece by piece on all processors, binding.

Processes take a second to get ready, so they are started before it is known what they will do.

What was set before and did not change is taken from the store. Whatever stops the program, its processes end with it and
clear their folders.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from reportgen.diagnostics import Diagnostic
from reportgen.memory import Memory
from reportgen.press.begun import Begun, Progress
from reportgen.press.edition import Edition
from reportgen.press.job import (
    MEMORY,
    SECONDS_AT_LEAST,
    Composed,
    Job,
    Limits,
    Look,
    Printed,
    length_of,
    limits_for,
)
from reportgen.press.process import Ended, Process, Running, read, whole
from reportgen.press.store import Store, key_of
from reportgen.press.versions import program

_NOTHING_KEPT: Final = Store(None)
_MOST_LOOKS: Final = 8
"""Looks that one process keeps in mind; at one more another takes its place."""
_TAKES: Final = 200 * 1024**2
"""Bytes that a process takes while it sets a chapter of some twenty pages."""
_MOST_SEEN: Final = 500
"""Files and folders that are looked at to tell a long report from a short one."""
_LONG: Final = 30_000
"""Characters from which on it pays to start more processes than one for each language."""


def run(
    jobs: Sequence[Job], progress: Progress | None = None, limits: Limits | None = None, store: Store = _NOTHING_KEPT
) -> list[Printed]:
    """Do every job, as :meth:`Press.run` does, with processes that end when it is done."""
    with Press() as press:
        return press.run(jobs, progress, limits, store)


class Press:
    """One process that composes, and as many that set as there are processors; between runs they wait."""

    def __init__(self, *, lasting: bool = False) -> None:
        """Open it.

        Args:
            lasting: Whether more is composed after the first run; else that process ends when it is done.
        """
        self.memory = Memory() if lasting else None
        self._lasting = lasting
        self._composer: Process | None = None
        self._composing = threading.RLock()
        self._running = Running()
        self._idle: list[Process] = []
        self._bound_of: dict[str, dict[str, Any]] = {}
        self._looks: dict[str, int] = {}
        self._taught: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._count = most_processes()
        self._jobs = ThreadPoolExecutor(self._count)
        self._setting = ThreadPoolExecutor(self._count)

    def __enter__(self) -> Press:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all processes; this press does nothing more."""
        self._running.stop()
        self._setting.shutdown(wait=False, cancel_futures=True)
        for pool in (self._jobs, self._setting):
            pool.shutdown(cancel_futures=True)

    def get_ready(self, path: Path, *, pages: bool) -> None:
        """Start what will be needed first, long before it is asked for: what composes, which for a short report also sets.

        Args:
            path: The submission or coalition.
            pages: Whether pages are to be set.
        """
        limits = Limits(MEMORY, SECONDS_AT_LEAST)
        if not pages or _is_long(path):
            self._jobs.submit(self._composes, limits)
        else:
            self._start(limits, few=True)

    def _start(self, limits: Limits, *, few: bool) -> None:
        for _ in range(1 if few else self._count):
            self._setting.submit(self._get_ready, limits)

    def _get_ready(self, limits: Limits) -> None:
        with self._setter(limits):
            pass

    def run(
        self,
        jobs: Sequence[Job],
        progress: Progress | None = None,
        limits: Limits | None = None,
        store: Store = _NOTHING_KEPT,
    ) -> list[Printed]:
        """Do every job and wait for it, as :meth:`begin` has it.

        Returns:
            What came of each job, in the order of ``jobs``.

        Raises:
            PressFault: The program failed in a way it does not foresee.
        """
        made = list(self.begin(jobs, progress, limits, store))
        store.tidy()
        return made

    def begin(
        self,
        jobs: Sequence[Job],
        progress: Progress | None = None,
        limits: Limits | None = None,
        store: Store = _NOTHING_KEPT,
    ) -> Begun:
        """Begin with every job.

        Args:
            jobs: The reports to make.
            progress: Told how far each is, from several threads, one at a time.
            limits: What each task may take; by default in proportion to the text of the report.
            store: What was set before.

        Returns:
            What will come of each job, in the order of ``jobs``, unless it is dropped.
        """
        begun = Begun(len(jobs), progress, store)
        for job in jobs:
            do = partial(self._one, begun, job, limits or limits_for(job))
            begun.printed.append(begun.later(self._jobs, do))
        return begun

    def _one(self, begun: Begun, job: Job, limits: Limits) -> Printed:
        try:
            composed = self._composed(begun, job, limits)
            files: dict[str, bytes] = {}
            found: tuple[Diagnostic, ...] = ()
            for form in job.formats:
                if form == "html":
                    files[f"{composed.stem}.html"] = composed.screen
                else:
                    look = Look(job.theme, {image.name: image for image in job.publication.images.values()})
                    submit = partial(self._submit, begun, self.number_of(look), look, limits)
                    edition = Edition(job, look, begun, submit, self._bound_of.get(job.language, {}))
                    files[f"{composed.stem}.pdf"], found = edition.bound(composed)
                    if self._lasting:
                        self._bound_of[job.language] = edition.used
        except Ended as end:
            return Printed(found=(end.found,))
        return Printed(files, found)

    def _composed(self, begun: Begun, job: Job, limits: Limits) -> Composed:
        """Compose, and take up and hand on what is learned from it; who composes ends when all is composed."""
        store = begun.store
        which = job.language, job.publication.audience.value
        key = key_of(program(), "learned", *which) if store.folder and which not in self._taught else ""
        job = replace(job, learned=(key and store.get(key)) or b"", again=self._lasting)
        try:
            composed = whole(read(self._answer(begun, job, limits)))
        finally:
            if begun.all_composed() and not self._lasting:
                with self._composing:
                    if self._composer:
                        self._composer.end()
        assert isinstance(composed, Composed)
        if key and composed.learned != job.learned:
            store.put(key, composed.learned)
        if self._lasting:
            self._taught.add(which)
        return composed

    def _answer(self, begun: Begun, job: Job, limits: Limits) -> bytes:
        """Have a document composed: a long one by a process of its own, while those that set get ready."""
        if "pdf" in job.formats and length_of(job) < _LONG:

            def do() -> bytes:
                with self._setter(limits) as process:
                    return begun.ask(process, (0, job), limits)

            return begun.later(self._setting, do).result()
        if "pdf" in job.formats:
            self._start(limits, few=begun.store.used)
        with self._composing:
            return begun.ask(self._composes(limits), (0, job), limits)

    def _composes(self, limits: Limits) -> Process:
        """Return the process that composes."""
        with self._composing:
            if self._composer is None or self._composer.ended:
                self._composer = Process(self._running, limits, sets=False)
            return self._composer

    @contextmanager
    def _setter(self, limits: Limits, number: int = 0) -> Iterator[Process]:
        """Take a process that sets: one that waits, or else another.

        Args:
            limits: What it may take to get ready.
            number: That of the look it will set in; one with too many others in mind makes way.
        """
        with self._lock:
            process = self._idle.pop() if self._idle else None
        if process and number and number not in process.looks and len(process.looks) >= _MOST_LOOKS:
            process.end()
        if process is None or process.ended:
            process = Process(self._running, limits, sets=True)
        try:
            yield process
        finally:
            if not process.ended:
                with self._lock:
                    self._idle.append(process)

    def number_of(self, look: Look) -> int:
        """Return the number of a look, the same one for the same look."""
        key = key_of(pickle.dumps(look, 5))
        with self._lock:
            return self._looks.setdefault(key, len(self._looks) + 1)

    def _submit(
        self,
        begun: Begun,
        number: int,
        look: Look,
        limits: Limits,
        task: Any,
        tell: Callable[[str], None] | None,
    ) -> Future[bytes]:
        """Have something done by the next process that is free.

        Raises:
            Ended: By the future: it was stopped, and why.
        """

        def do() -> bytes:
            with self._setter(limits, number) as process:
                if number not in process.looks:
                    whole(read(begun.ask(process, (number, look), limits)))
                    process.looks.add(number)
                done = begun.ask(process, (number, task), limits, tell)
            if tell:
                tell("")
            return done

        return begun.later(self._setting, do)


def most_processes() -> int:
    """Return how many processes may set at the same time: one a processor, and together a quarter of the memory at most."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(processors, _memory() // (4 * _TAKES)))


def _memory() -> int:
    """Return the bytes of memory that this computer has; a modest one where it can't be asked (Windows)."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 4 * 1024**3


def _is_long(path: Path) -> bool:
    """Whether the report at ``path`` may be long in one of two languages, as its first files tell."""
    with suppress(OSError):
        if not path.is_dir():
            return path.stat().st_size > 2 * _LONG
        seen = islice(_seen(path), _MOST_SEEN)
        return sum(one.stat().st_size for one in seen if one.name.endswith((".yaml", ".yml"))) > 2 * _LONG
    return False


def _seen(home: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the files and folders below ``home`` one by one, but for those in hidden folders or behind links."""
    folders = [os.fspath(home)]
    for folder in folders:
        with os.scandir(folder) as found:
            for one in found:
                yield one
                if one.is_dir(follow_symlinks=False) and not one.name.startswith("."):
                    folders.append(one.path)
