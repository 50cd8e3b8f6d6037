"""The registers of names, ``secrets.txt``: where they lie, who could come by them, and what stands in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.publication.audience import Audience
from reportgen.submission.files import COALITION
from reportgen.submission.private import Exposure, exposure
from reportgen.submission.reading import Reading

FILE: Final = "secrets.txt"
MOST_BYTES: Final = 200_000
MOST_LINES: Final = 2_000
_ALLOW: Final = re.compile(r"allow(?:\s+(members|public))?\s*:\s*(.+)", re.IGNORECASE)
_REMARK: Final = re.compile(r"(?:^|\s)#.*")
_ALIKE: Final = re.compile(r"secrets?(?:[ _-]?\(?\d\)?)?(?:\.\w{1,5})*", re.IGNORECASE)
"""What a register is called by those who mean to write one: an editor adds an ending, a browser a number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register.

    Attributes:
        words: The name, or the phrase.
        span: The line.
        permits: Whether it is a phrase in which the words are no secret.
        home: The folder of the register.
        audience: Of a phrase, before whom the words are none; ``None``: before everybody.
    """

    words: str = field(repr=False)
    span: Span
    permits: bool
    home: Path
    audience: Audience | None = None


def coalition_of(folder: Path) -> Path | None:
    """Return the folder of the coalition that ``folder`` is, or lies in: of a member, or of what was merged."""
    home = folder.resolve()
    above = next((above for above in (home, *home.parents) if os.access(above / COALITION, os.F_OK)), None)
    return above if above is None or folder.is_absolute() else Path(os.path.relpath(above))


def registered(readings: Sequence[Reading], found: list[Diagnostic]) -> Iterator[Entry]:
    """Yield every line of every register that holds for ``readings``.

    That is each beside a submission and, of one that lies in the folder of a coalition, each in that folder: what was
    merged there has no register of its own, and what one member keeps back all of them do.

    Args:
        readings: The submission first; of a coalition, each member's too.
        found: Takes what is wrong with the registers.
    """
    homes = list(dict.fromkeys(reading.folder for reading in readings))
    if len(readings) == 1 and (coalition := coalition_of(homes[0])):
        own = homes[0].resolve()
        homes += sorted(path.parent for path in coalition.rglob(FILE) if path.parent.resolve() != own)
    for home in homes:
        yield from _read(home, found)
    found += _overlooked(readings, homes)


def _overlooked(readings: Sequence[Reading], homes: Sequence[Path]) -> Iterator[Diagnostic]:
    """Tell of files that are meant for a register and are none, beside the submissions and their parts."""
    known = [path for home in homes if (path := home / FILE).exists()]
    beside = [path.parent for reading in readings for path in reading.paths if path.is_relative_to(reading.folder)]
    for folder in dict.fromkeys((*homes, *beside)):
        for path in _alike(folder):
            if not any(path.samefile(one) for one in known):
                yield diagnostic("RG962", Span(path.as_posix(), 0))


def _alike(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if _ALIKE.fullmatch(path.name) and path.is_file())
    except OSError:
        return []


def _read(folder: Path, found: list[Diagnostic]) -> Iterator[Entry]:
    path = folder / FILE
    home = Span(path.as_posix(), 0)
    try:
        if not path.is_symlink() and not path.exists():
            return
        if not path.resolve().is_relative_to(folder.resolve()):
            found.append(diagnostic("RG130", home))
            return
        if not path.is_file():
            found.append(diagnostic("RG131", home))
            return
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
        found += _exposed(path, home)
    except (OSError, RuntimeError):
        found.append(diagnostic("RG131", home))
        return
    told = len(found)
    text = _text_of(data, home, found)
    lines = text.split("\n")
    if len(data) > MOST_BYTES or len(lines) > MOST_LINES + 1:
        found.append(diagnostic("RG904", home, limit=f"{MOST_LINES:,}"))
        return
    said = [(Span(home.file, number), words) for number, line in enumerate(lines, 1) if (words := _said(line))]
    if not said and len(found) == told:
        found.append(diagnostic("RG965", home))
    for span, words in said:
        if permit := _ALLOW.fullmatch(words):
            audience = Audience(permit[1].casefold()) if permit[1] else None
            yield Entry(permit[2], span, permits=True, home=folder, audience=audience)
        else:
            if "," in words or ";" in words:
                found.append(diagnostic("RG969", span))
            yield Entry(words, span, permits=False, home=folder)


def _said(line: str) -> str:
    """Return what a line says beside its remarks."""
    return _REMARK.sub("", line).strip()


def _exposed(path: Path, home: Span) -> Iterator[Diagnostic]:
    """Tell how others could come by the register."""
    how = exposure(path)
    if how is Exposure.VERSIONED:
        yield diagnostic("RG902", home, value=home.file, key=FILE)
    elif how is Exposure.READABLE:
        yield diagnostic("RG901", home, value=home.file)
    elif how is not Exposure.NONE:
        yield diagnostic("RG903", home)


def _text_of(data: bytes, home: Span, found: list[Diagnostic]) -> str:
    """Return the text of a register; nothing where it is saved as anything but UTF-8, and that is told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        found.append(diagnostic("RG102", home, encoding="UTF-16"))
        return ""
    try:
        text = data[:MOST_BYTES].decode("utf-8-sig") if len(data) <= MOST_BYTES else ""
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        found.append(diagnostic("RG103", Span(home.file, before.count(b"\n") + 1)))
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


__all__ = ["FILE", "MOST_BYTES", "MOST_LINES", "Entry", "coalition_of", "registered"]
