"""What is done with a task: compose a document, set a piece of it, embed its fonts. No fault leaves as an exception."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.press.job import Fonts, Look, Printed, Sheet
from reportgen.writers.pdf import PangoMissing, Progress, RenderFault, Setting, ignored
from reportgen.writers.pieces import Piece


class Hand:
    """Does one task after another; what it learned of fonts and style sheets it keeps."""

    def __init__(self) -> None:
        self._settings: dict[int, Setting] = {}

    def do(self, task: Any, progress: Progress | None = None) -> Any:
        """Do a task; whatever stops it is told by a diagnostic.

        Args:
            task: A ``Job`` to compose, a :class:`Piece` to set, :class:`Fonts` to embed, a :class:`Sheet` to look
                through, each with the number of its look; or a :class:`Look`.
            progress: Told of each step of setting.

        Returns:
            What it comes to; :class:`Printed` with what was found and no files where it was stopped.
        """
        number, what = task
        try:
            if isinstance(what, Look):
                self._settings[number] = Setting(what.theme, what.images)
                return None
            if isinstance(what, Piece):
                return self._settings[number].quire(what, progress)
            if isinstance(what, Fonts):
                return self._settings[number].fonts(what.faces)
            if isinstance(what, Sheet):
                return ignored(what.sheet)
            from reportgen.press.composing import composed

            return composed(what)
        except tuple(_TOLD) as fault:
            return Printed(found=(_TOLD[type(fault)](fault),))


def no_room(error: BaseException | None) -> Diagnostic | None:
    """Tell that temporary files have no room, if that is what went wrong: in the words of the system, without a path."""
    if not isinstance(error, OSError) or error.errno is None or error.errno not in _FULL:
        return None
    return diagnostic("RG709", reason=os.strerror(error.errno))


_FULL: Final = frozenset(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))
_TOLD: Final[dict[type[BaseException], Callable[[BaseException], Diagnostic]]] = {
    PangoMissing: lambda _: diagnostic("RG705"),
    RenderFault: lambda fault: no_room(fault.__cause__) or diagnostic("RG702", reason=str(fault)),
}
"""What each fault is told as."""
