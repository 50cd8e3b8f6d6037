"""Reading a coalition: ``coalition.yaml`` and every member it names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportgen.coalition.model import OWN, Frame, Member
from reportgen.diagnostics import Diagnostic, Related, Span, diagnostic, nearest
from reportgen.marking import N_
from reportgen.submission.files import COALITION, lies_in
from reportgen.submission.reading import Reading, read_file_as, read_submission

MOST_MEMBERS: Final = 500


@dataclass(frozen=True, slots=True)
class Coalition:
    """What stands in the folder.

    Attributes:
        frame: ``coalition.yaml``; ``None`` where it can't be read.
        members: The members that could be read, by identifier.
        reading: Texts, paths and problems of all files together.
    """

    frame: Frame | None
    members: tuple[Member, ...]
    reading: Reading


def read_coalition(folder: Path) -> Coalition:
    """Read the coalition in ``folder``; every problem of every file is reported at once."""
    home = folder / COALITION
    own, frame = read_file_as(Frame, home)
    found: list[Diagnostic] = list(own.found)
    members: list[Member] = []
    readings = [own]
    if frame is not None:
        for index, written in enumerate(frame.members):
            member = _member(folder, written, frame.place("members", index), members, found)
            if member:
                readings.append(member.reading)
                found += member.reading.found
                if member.reading.submission:
                    members.append(member)
    whole = Reading(
        None,
        tuple(found),
        {name: text for reading in readings for name, text in reading.texts.items()},
        tuple(path for reading in readings for path in reading.paths),
        frozenset().union(*(reading.confidential for reading in readings)),
        folder,
    )
    return Coalition(frame, tuple(sorted(members, key=lambda member: member.id)), whole)


def _member(
    folder: Path, written: str, span: Span | None, members: list[Member], found: list[Diagnostic]
) -> Member | None:
    """Read one member; a path that leads out of the folder is refused."""
    path = folder / written
    name = re.sub(r"[^\w-]+", "-", Path(written).stem).strip("-").casefold()
    if Path(written).is_absolute() or not lies_in(path, folder) or not name:
        found.append(diagnostic("RG801", span, value=written[:80]))
    elif not os.path.exists(path):  # noqa: PTH110 - the other raises where a name is longer than the system takes
        there = [item.relative_to(folder).as_posix() for item in folder.glob("*/*") if not item.name.startswith(".")]
        found.append(diagnostic("RG802", span, value=written[:80], suggestion=nearest(written, there) or ""))
    elif name == OWN:
        found.append(diagnostic("RG803", span, value=written[:80], key=name))
    elif first := next((member for member in members if member.id == name), None):
        found.append(
            diagnostic(
                "RG803",
                span,
                related=[Related(Span(first.path), N_("the first one"))],
                value=written[:80],
                key=name,
            )
        )
    elif len(members) >= MOST_MEMBERS:
        found.append(diagnostic("RG804", span, limit=MOST_MEMBERS))
    else:
        return Member(name, written, read_submission(path))
    return None
