"""The real pages: the PDF of what the desk shows, made in the background by the same press as ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.order import Order
from reportgen.pipeline import build
from reportgen.press.process import PressFault
from reportgen.press.run import Press
from reportgen.publication.audience import Audience

_PATIENCE: Final = 300.0
"""Seconds for which processes wait that hold a hundred megabytes each."""


class Stopped(Exception):  # noqa: N818 - no fault
    """Raised by who is told of progress: nobody wants the pages any more."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What came of a build.

    Attributes:
        files: The PDF of each language.
        found: What was found; with an error there is no file.
        revision: That of the view they show, or an older one.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    revision: int = 0


class PagePress:
    """The press of a desk: its processes wait for the next edit, and end when nobody asks for pages for a while."""

    def __init__(self) -> None:
        self._press: Press | None = None
        self._one_at_a_time = threading.Lock()
        self._idle = threading.Timer(0, self.close)

    def make(
        self,
        path: Path,
        audience: Audience,
        theme: Path | None,
        templates: Path | None,
        tell: Callable[[int, float], None],
        revision: int = 0,
    ) -> Pages:
        """Build the PDF of every language.

        Args:
            path: The submission or coalition.
            audience: Who will read it.
            theme: A theme instead of its own.
            templates: A folder of templates instead of the program's.
            tell: Told how many pages are set, and what share of the text that is. It may raise ``Stopped``.
            revision: That of the view at the beginning.
        """
        order = Order(formats=("pdf",), audience=audience, theme=theme, templates=templates, kept=True)
        done: dict[str, tuple[int, float]] = {}

        def progress(language: str, pages: int, share: float) -> None:
            done[language] = pages, share
            tell(sum(pages for pages, _ in done.values()), sum(share for _, share in done.values()) / len(done))

        with self._one_at_a_time:
            self._idle.cancel()
            if self._press is None:
                self._press = Press(lasting=True)
                self._press.get_ready(path, pages=True)
            try:
                built = build(path, order, progress, self._press)
            except (PressFault, Stopped):
                return Pages(revision=revision)
            except BaseException:
                self.close()  # nobody knows what it was doing
                raise
            finally:
                self._idle = threading.Timer(_PATIENCE, self.close)
                self._idle.daemon = True
                self._idle.start()
        return Pages({name.rsplit(".", 2)[1]: data for name, data in built.files.items()}, built.found, revision)

    def close(self) -> None:
        """End the processes; the next pages start others."""
        self._idle.cancel()
        press, self._press = self._press, None
        if press:
            press.close()
