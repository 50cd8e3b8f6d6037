"""The files of a theme: only from its own folder, only so large."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Final

from reportgen.diagnostics import Span, nearest
from reportgen.submission.kinds import Context

MEGABYTE: Final = 1_000_000
MAX_PICTURE: Final = 10
MAX_FONT: Final = 10
MAX_TEXT: Final = 1
"""Megabytes."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a theme."""

    home: Path

    def read(self, name: str, span: Span, context: Context, limit: int) -> bytes | None:
        """Return the bytes of the file called ``name``; report one that lies elsewhere, is missing or too large.

        Args:
            name: As it stands in the theme, with ``/`` between folders.
            span: Where it stands.
            context: Takes the reports.
            limit: Megabytes it may have.
        """
        path = self.home / name
        if PureWindowsPath(name).drive or PureWindowsPath(name).root or not _within(path, self.home):
            context.refuse("RG715", span, value=name)
            return None
        try:
            data = _bytes_of(path, limit)
        except OSError:
            beside = [item.relative_to(self.home).as_posix() for item in sorted(self.home.glob("*")) if item.is_file()]
            context.refuse("RG716", span, value=name, suggestion=nearest(name, beside) or "")
            return None
        if len(data) > limit * MEGABYTE:
            context.refuse("RG717", span, value=name, limit=limit)
            return None
        return data


def _within(path: Path, home: Path) -> bool:
    try:
        return path.resolve().is_relative_to(home.resolve())
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no system takes
        return False


def _bytes_of(path: Path, limit: int) -> bytes:
    """Read no more than shows that a file is too large; a device or a pipe is no file."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as source:
        return source.read(limit * MEGABYTE + 1)


def text_of(data: bytes, file: str, context: Context) -> str | None:
    """Return ``data`` as text with plain line ends; report where it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        line = before.count("\n") + 1
        context.refuse("RG103", Span(file, line, len(before.rpartition("\n")[2]) + 1))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
