"""The PDF of one report in the making: its pieces are taken from the store or set, and bound."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any

from reportgen.diagnostics import Diagnostic
from reportgen.press.begun import Begun
from reportgen.press.job import Composed, Fonts, Job, Look, Sheet
from reportgen.press.process import read, whole
from reportgen.press.store import key_of
from reportgen.press.versions import versions
from reportgen.writers.bind import bind, faces, place_last
from reportgen.writers.pieces import Piece
from reportgen.writers.quire import Face, Quire, renumbered
from reportgen.writers.write import told

Submit = Callable[[Any, Callable[[str], None] | None], Future[bytes]]
"""Has a task done by the next process that is free; told of each step, and of the end by an empty one."""


class Edition:
    """The PDF of one job.

    Attributes:
        used: The quires and fonts that it is bound of, by their keys in the store.
    """

    def __init__(
        self, job: Job, look: Look, begun: Begun, submit: Submit, known: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Begin with nothing.

        Args:
            job: The report.
            look: What its pieces look like.
            begun: What it was begun with.
            submit: Has a piece set, fonts embedded or a sheet looked through in that look.
            known: What an earlier edition was bound of.
        """
        self.used: dict[str, Any] = {}
        self._known = known
        self._job, self._look, self._begun, self._submit = job, look, begun, submit
        self._store = begun.store
        self._pages: dict[int, int] = {}
        self._done = 0.0
        self._lock = threading.Lock()

    def bound(self, composed: Composed) -> tuple[bytes, tuple[Diagnostic, ...]]:
        """Set what is not in the store, bind it all, and tell what the renderer said.

        Raises:
            Ended: Something was stopped, and why.
        """
        pieces = composed.pieces
        total = sum(len(piece.html) for piece in pieces)
        asked = {}
        keys = [self._key(piece) for piece in pieces]
        new = [not (key in self._known or self._store.has(key)) for key in keys]
        first = sorted(range(len(pieces)), key=lambda at: (not new[at], -len(pieces[at].html)))
        for at in first:  # what is new, the longest before the others, so that all end together
            asked[at] = self._asked(keys[at], pieces[at], partial(self._step, at, len(pieces[at].html) / total))
        quires: list[Quire] = []
        for at in range(len(pieces)):
            quires.append(self._current(keys[at], asked[at](), pieces[at]))
            place_last(quires)  # while others are set
            self._tell(at, len(quires[-1].pages))
        united = faces(quires)
        fonts = self._asked(self._key(united), Fonts(united))()
        warnings = [warning for quire in quires for warning in quire.warnings]
        sheet = self._job.theme.css
        of_sheet = self._asked("", Sheet(sheet))() if sheet and warnings else {}
        return bind(quires, fonts), told(warnings, composed.places, of_sheet)

    def _asked(self, key: str, task: Any, tell: Callable[[str], None] | None = None) -> Callable[[], Any]:
        """Ask for something, of what is known, the store or the processes; what is returned waits for it."""
        if key and (known := self._known.get(key) or self._kept(key)):
            self.used[key] = known
            if not self._store.has(key):  # it was cleared meanwhile
                self._store.put(key, pickle.dumps(known, 5))
            if tell:
                tell("")
            return lambda: known
        future = self._submit(task, tell)

        def take() -> Any:
            data = future.result()
            value = whole(read(data))
            if key:
                self._store.put(key, data)
                self.used[key] = value
            return value

        return take

    def _current(self, key: str, quire: Quire, piece: Piece) -> Quire:
        """Return a quire with the numbers that the sources have now, and keep it so."""
        current = renumbered(quire, piece.sources)
        if key and current is not quire:
            self.used[key] = current
            self._store.put(key, pickle.dumps(current, 5))
        return current

    def _kept(self, key: str) -> Any:
        """Return what the store has, if it can be read."""
        with suppress(Exception):  # somebody put it there that reads as nothing of ours
            return whole(read(self._store.get(key) or b""))
        return None

    def _key(self, what: Piece | Mapping[str, Face]) -> str:
        """Return the key of a piece, which is all that its pages depend on, or of fonts; none where nothing is kept."""
        if self._store.folder is None:
            return ""
        if not isinstance(what, Piece):
            return key_of(versions(), "fonts", repr(what))
        theme = self._look.theme
        pictures = [image for name, image in sorted(self._look.images.items()) if f"asset:images/{name}" in what.html]
        assets = [data for _, (data, _) in sorted(theme.assets.items())]
        told_of = (what.name, what.html, repr((what.first, what.numbered, what.warnings, theme.signs)))
        return key_of(versions(), *told_of, *(image.data for image in pictures), *assets)

    def _step(self, at: int, share: float, step: str) -> None:
        """Tell that a page of a piece is being set, or all of it is, which is such a share of the whole."""
        page = step.rpartition("Page ")[2]
        if page.isdigit():
            self._tell(at, int(page))
        elif not step:
            self._tell(at, share=share)

    def _tell(self, at: int, pages: int = 0, share: float = 0) -> None:
        with self._lock:
            self._pages[at] = max(pages, self._pages.get(at, 0))
            self._done += share
            self._begun.tell(self._job.language, sum(self._pages.values()), min(round(self._done, 6), 1))
