"""The parent's side of the press: composing, setting piece by piece on all processors, binding.

Processes take a second to get ready, so they are started before it is known what they will do.

What was set before and did not change is taken from the store. Whatever stops the program, its processes end with it and
clear their folders.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from reportgen.diagnostics import Diagnostic
from reportgen.memory import Memory
from reportgen.press.job import (
    MEMORY,
    SECONDS_AT_LEAST,
    Composed,
    Fonts,
    Job,
    Limits,
    Look,
    Printed,
    Sheet,
    length_of,
    limits_for,
)
from reportgen.press.process import Ended, Process, Running, read, whole
from reportgen.press.store import FOLDER, Store, home_of, key_of
from reportgen.press.versions import program, versions
from reportgen.writers.bind import bind, faces
from reportgen.writers.pieces import Piece
from reportgen.writers.quire import Face, Quire
from reportgen.writers.write import told

Progress = Callable[[str, int, float], None]
"""Told the language, the pages that are set, and which share of the text that is."""
_NOTHING_KEPT: Final = Store(None)
_MOST_LOOKS: Final = 8
"""Looks that one process keeps in mind; at one more another takes its place."""
_TAKES: Final = 200 * 1024**2
"""Bytes that a process takes while it sets a chapter of some twenty pages."""
_FEW: Final = 50
"""Files that are looked at to tell a long report from a short one."""
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
        self._to_compose = 0
        self._asked: list[Future[bytes]] = []
        self._running = Running()
        self._here = threading.local()
        self._looks: dict[str, int] = {}
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

    def get_ready(self, path: Path, *, pages: bool, known: bool) -> None:
        """Start what will be needed, long before it is asked for.

        Args:
            path: The submission or coalition.
            pages: Whether pages are to be set.
            known: Whether what was set before is used, if there is any.
        """
        limits = Limits(MEMORY, SECONDS_AT_LEAST)
        if not pages:
            self._jobs.submit(self._composes, limits)
        elif _is_long(path):
            self._jobs.submit(self._composes, limits)
            self._start(limits, few=known and Store(home_of(path) / FOLDER).used)
        else:
            self._setting.submit(self._ready, limits)

    def _start(self, limits: Limits, *, few: bool) -> None:
        for _ in range(1 if few else self._count):
            self._setting.submit(self._ready, limits)

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
        made = [one.result() for one in self.begin(jobs, progress, limits, store)]
        store.tidy()
        return made

    def begin(
        self,
        jobs: Sequence[Job],
        progress: Progress | None = None,
        limits: Limits | None = None,
        store: Store = _NOTHING_KEPT,
    ) -> list[Future[Printed]]:
        """Begin with every job.

        Args:
            jobs: The reports to make.
            progress: Told how far each is, from several threads.
            limits: What each task may take; by default in proportion to the text of the report.
            store: What was set before.

        Returns:
            What will come of each job, in the order of ``jobs``; or a :class:`PressFault`.
        """
        self._to_compose = len(jobs)
        self._asked = []
        return [self._jobs.submit(self._one, job, progress, limits or limits_for(job), store) for job in jobs]

    def drop(self) -> None:
        """Do no more of what was begun: nobody wants it."""
        for one in self._asked:
            one.cancel()

    def _one(self, job: Job, progress: Progress | None, limits: Limits, store: Store) -> Printed:
        try:
            composed = self._composed(job, limits, store)
            files: dict[str, bytes] = {}
            found: tuple[Diagnostic, ...] = ()
            for form in job.formats:
                if form == "html":
                    files[f"{composed.stem}.html"] = composed.screen
                else:
                    edition = _Edition(self, job, limits, store, progress)
                    files[f"{composed.stem}.pdf"], found = edition.bound(composed)
        except Ended as end:
            return Printed(found=(end.found,))
        return Printed(files, found)

    def _composed(self, job: Job, limits: Limits, store: Store) -> Composed:
        """Compose: a long document in a process of its own, while those that set get ready."""
        key = key_of(program(), "learned", job.language, job.publication.audience.value)
        job = replace(job, learned=store.get(key) or b"")
        if "pdf" in job.formats and length_of(job) < _LONG:
            composed = whole(read(self._setting.submit(lambda: self._ready(limits).ask((0, job), limits)).result()))
        else:
            if "pdf" in job.formats:
                self._start(limits, few=store.used)
            with self._composing:
                process = self._composes(limits)
                try:
                    composed = whole(read(process.ask((0, job), limits)))
                finally:
                    self._to_compose -= 1
                    if not (self._to_compose or self._lasting):
                        process.end()
        assert isinstance(composed, Composed)
        if composed.learned != job.learned:
            store.put(key, composed.learned)
        return composed

    def _composes(self, limits: Limits) -> Process:
        """Return the process that composes."""
        with self._composing:
            if self._composer is None or self._composer.ended:
                self._composer = Process(self._running, limits, sets=False)
            return self._composer

    def _ready(self, limits: Limits) -> Process:
        """Return the process of this thread."""
        process: Process | None = getattr(self._here, "process", None)
        if process is None or process.ended:
            process = self._here.process = Process(self._running, limits, sets=True)
        return process

    def number_of(self, look: Look) -> int:
        """Return the number of a look, the same one for the same look."""
        key = key_of(pickle.dumps(look, 5))
        with self._lock:
            return self._looks.setdefault(key, len(self._looks) + 1)

    def submit(
        self, number: int, look: Look, task: Any, limits: Limits, tell: Callable[[str], None] | None
    ) -> Future[bytes]:
        """Have something done by the next process that is free.

        Raises:
            Ended: By the future: it was stopped, and why.
        """

        def do() -> bytes:
            process = self._ready(limits)
            if number not in process.looks:
                if len(process.looks) >= _MOST_LOOKS:
                    process.end()
                    process = self._ready(limits)
                whole(read(process.ask((number, look), limits)))
                process.looks.add(number)
            return process.ask((number, task), limits, tell)

        future = self._setting.submit(do)
        self._asked.append(future)
        return future


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
    files = islice(path.rglob("*.yaml"), _FEW) if path.is_dir() else [path]
    with suppress(OSError):
        return sum(file.stat().st_size for file in files) > 2 * _LONG
    return False


class _Edition:
    """The PDF of one job in the making."""

    def __init__(self, press: Press, job: Job, limits: Limits, store: Store, progress: Progress | None) -> None:
        self._press, self._job, self._limits, self._store, self._progress = press, job, limits, store, progress
        self._look = Look(job.theme, {image.name: image for image in job.publication.images.values()})
        self._number = press.number_of(self._look)
        self._pages: dict[int, int] = {}
        self._done = 0
        self._lock = threading.Lock()

    def bound(self, composed: Composed) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Set what is not in the store, bind it all, and tell what the renderer said.

        Raises:
            Ended: Something was stopped, and why.
        """
        pieces = composed.pieces
        total = sum(len(piece.html) for piece in pieces)
        asked = {}
        for at in sorted(range(len(pieces)), key=lambda at: -len(pieces[at].html)):  # so that all end together
            asked[at] = self._asked(self._key(pieces[at]), pieces[at], partial(self._step, at, total))
        quires: list[Quire] = []
        for at, piece in enumerate(pieces):
            quires.append(asked[at]())
            self._tell(at, len(quires[-1].pages), len(piece.html), total)
        united = faces(quires)
        fonts = self._asked(self._key(united), Fonts(united))()
        warnings = [warning for quire in quires for warning in quire.warnings]
        sheet = self._job.theme.css
        of_sheet = self._asked("", Sheet(sheet))() if sheet and warnings else {}
        return bind(quires, fonts), told(warnings, composed.places, of_sheet)

    def _asked(self, key: str, task: Any, tell: Callable[[str], None] | None = None) -> Callable[[], Any]:
        """Ask for something, of the store or of the processes; what is returned waits for it."""
        if key and (data := self._store.get(key)):
            with suppress(Exception):  # somebody put it there that reads as nothing of ours
                known = whole(read(data))
                return lambda: known
        future = self._press.submit(self._number, self._look, task, self._limits, tell)

        def take() -> Any:
            data = future.result()
            value = whole(read(data))
            if key:
                self._store.put(key, data)
            return value

        return take

    def _key(self, what: Piece | Mapping[str, Face]) -> str:
        """Return the key of a piece, which is all that its pages depend on, or of fonts."""
        if not isinstance(what, Piece):
            return key_of(versions(), "fonts", repr(what))
        theme = self._look.theme
        pictures = [image for name, image in sorted(self._look.images.items()) if f"asset:images/{name}" in what.html]
        assets = [data for _, (data, _) in sorted(theme.assets.items())]
        told_of = (what.name, what.html, repr((what.first, what.numbered, what.warnings, theme.signs)))
        return key_of(versions(), *told_of, *(image.data for image in pictures), *assets)

    def _step(self, at: int, total: int, step: str) -> None:
        """Tell that a page is being set."""
        page = step.rpartition("Page ")[2]
        if page.isdigit():
            self._tell(at, int(page), 0, total)

    def _tell(self, at: int, pages: int, done: int, total: int) -> None:
        if self._progress:
            with self._lock:
                self._pages[at] = pages
                self._done += done
                self._progress(self._job.language, sum(self._pages.values()), self._done / total)
