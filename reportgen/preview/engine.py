"""What the desk shows: read again after every change, and worked out only where it changed.

The engine knows no network. It is told that files may have changed, and says what is new: first the words, then what
is found about them. What is wrong with the files never takes the last good page away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import load_catalogue
from reportgen.collecting import uncollected
from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.document.compose import Composed, Desk, compose_after
from reportgen.document.markdown_reader import ProseError
from reportgen.languages.pairs import OUTPUT_LANGUAGES
from reportgen.memory import Memory
from reportgen.pipeline import Checked, Read, has_errors, judged, published, read, told_early
from reportgen.preview.rows import Row, Sheet, rows
from reportgen.publication.audience import Audience
from reportgen.publication.illustrate import IllustrationError
from reportgen.publication.localise import localise
from reportgen.publication.pseudonyms import KeyFault
from reportgen.submission.checks.facts import Facts
from reportgen.theme.model import USUAL, Theme
from reportgen.theme.read import ThemeReading, theme_of
from reportgen.writers.html import TemplateFault, screen_style

_FAULTS: Final = (IllustrationError, KeyFault, TemplateFault)
"""What is wrong with the files, told by a diagnostic."""


@dataclass(frozen=True, slots=True)
class View:
    """What one audience would read now.

    Attributes:
        revision: Grows with every change.
        rows: The report.
        style: Its style sheet.
        title: Its title, for the window.
    """

    revision: int = 0
    rows: tuple[Row, ...] = ()
    style: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is new in the view of one audience.

    Attributes:
        audience: Whose.
        before: The revision that this changes.
        view: The view as it is now.
        rows: The rows that are new or others.
        moved: Whether rows came, went or stand elsewhere.
    """

    audience: Audience
    before: int
    view: View
    rows: tuple[Row, ...]
    moved: bool


@dataclass(slots=True)
class _Edition:
    """What is kept of one audience's report for the next time."""

    view: View = field(default_factory=View)
    composed: dict[str, Composed] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)


@dataclass(slots=True)
class Engine:
    """The report at a path, as it stands.

    Attributes:
        path: The submission or coalition.
        theme: A theme instead of its own.
        templates: A folder of templates instead of the program's.
        checked: What is known about it; ``None`` before the first look.
        faults: What keeps the page from being newer than it is.
    """

    path: Path
    theme: Path | None = None
    templates: Path | None = None
    checked: Checked | None = None
    faults: tuple[Diagnostic, ...] = ()
    whole: Read | None = None
    _memory: Memory = field(default_factory=Memory)
    _judged: Memory = field(default_factory=Memory)
    _editions: dict[Audience, _Edition] = field(default_factory=dict)
    _look: ThemeReading = field(default_factory=lambda: ThemeReading(Theme()))
    _revision: int = 0

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that was read."""
        read_ = self.whole.reading.paths if self.whole else ()
        return (*read_, *self._look.paths)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the report."""
        submission = self.whole.reading.submission if self.whole else None
        return Facts(submission, load_catalogue()).languages if submission else OUTPUT_LANGUAGES

    def view(self, audience: Audience) -> View:
        """Return what ``audience`` would read; it is worked out from now on."""
        if audience not in self._editions:
            self._editions[audience] = _Edition()
            if self.whole is not None:
                with self._memory.used(adding=True):
                    list(self._changes([audience]))
        return self._editions[audience].view

    def look(self, *, judge: bool = True) -> Iterator[Change]:
        """Read the files again.

        Args:
            judge: Check them as well; else :meth:`judge` has to be called when there is time.

        Yields:
            What changed, for every audience whose view was asked for. When all is taken, the rest is known too:
            ``checked`` and ``faults`` are those of the new state.
        """
        with self._memory.used(), uncollected():
            self.whole = read(self.path)
            self._look = theme_of(self.path, self.theme, self.templates)
            yield from self._changes(list(self._editions))
        if judge:
            self.judge()

    def judge(self) -> None:
        """Check what was read last."""
        assert self.whole is not None
        with self._judged.used(), uncollected():
            self.checked = judged(self.whole, self._look, before=self.checked)

    def _changes(self, audiences: Sequence[Audience]) -> Iterator[Change]:
        assert self.whole is not None
        faults = [*self.whole.reading.found, *self._look.found]
        submission = self.whole.reading.submission
        if submission is None or has_errors(faults) or submission.cluster not in load_catalogue().clusters:
            self.faults = told_early(self.whole, faults)
            return
        self.faults = ()
        for audience in audiences:
            edition = self._editions.setdefault(audience, _Edition())
            try:
                made = self._rows(audience, edition, self.whole)
            except _FAULTS as fault:
                self.faults = told_early(self.whole, [fault.found])
                return
            except ProseError as fault:
                self.faults = (diagnostic("RG605", fault.span),)
                return
            if change := self._change(audience, edition, made):
                yield change

    def _rows(self, audience: Audience, edition: _Edition, whole: Read) -> tuple[Row, ...]:
        submission = whole.reading.submission
        assert submission is not None
        publication = published(submission, whole.reading.folder, whole.joint, audience)
        theme = self._look.theme or USUAL
        cells = {}
        for language in self.languages:
            desk = Desk(localise(publication, language), load_catalogue(), language, theme, final=False)
            composed = compose_after(edition.composed.get(language), desk)
            cells[language] = edition.sheets.setdefault(language, Sheet()).cells(composed.document)
            edition.composed[language] = composed
        return rows(cells)

    def _change(self, audience: Audience, edition: _Edition, made: tuple[Row, ...]) -> Change | None:
        before = edition.view
        known = {row.id: row for row in before.rows}
        new = tuple(row for row in made if row != known.get(row.id) or _moved(row, known[row.id]))
        moved = [row.id for row in made] != [row.id for row in before.rows]
        style = screen_style(self._look.theme or USUAL)
        title = next(iter(edition.composed.values())).document.title.text
        if not new and not moved and (style, title) == (before.style, before.title):
            return None
        self._revision += 1
        edition.view = View(self._revision, made, style, title)
        return Change(audience, before.revision, edition.view, new, moved)


def _moved(row: Row, before: Row) -> bool:
    """Whether the words of a row stand elsewhere in the files than they did."""
    return any(
        [passage.span for passage in cell.origins.values()]
        != [passage.span for passage in before.cells[language].origins.values()]
        for language, cell in row.cells.items()
    )


def as_json(row: Row, place: Callable[[Span], Any]) -> dict[str, Any]:
    """Return a row as the page takes it.

    Args:
        row: The row.
        place: Writes a place in the files for the page.
    """
    return {
        "id": row.id,
        "chapter": row.chapter,
        "cells": {
            language: {
                "html": cell.html,
                "state": cell.state,
                "original": cell.original,
                "places": {name: place(passage.span) for name, passage in cell.origins.items() if passage.span},
            }
            for language, cell in row.cells.items()
        },
    }


__all__ = ["Change", "Engine", "View", "as_json"]
