"""From the folder of a coalition to one submission, as the pipeline needs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from reportgen.coalition.folder import Coalition, read_coalition
from reportgen.coalition.merge import merge
from reportgen.coalition.model import Merged
from reportgen.submission.reading import Reading, read_root


@dataclass(frozen=True, slots=True)
class Joint:
    """A coalition with what came of merging it.

    Attributes:
        coalition: What stands in the folder.
        merged: The merge; ``None`` where a file could not be read, for no voice may be left out unseen.
        reading: The one submission, with the places of the members' own lines.
    """

    coalition: Coalition
    merged: Merged | None
    reading: Reading


def read_joint(folder: Path) -> Joint:
    """Read and merge the coalition in ``folder``."""
    coalition = read_coalition(folder)
    reading = coalition.reading
    frame = coalition.frame
    if frame is None or len(coalition.members) < len(frame.members):
        return Joint(coalition, None, reading)
    merged = merge(frame, coalition.members)
    submission, found = read_root(merged.root)
    known = {(item.code, item.span) for item in reading.found}
    new = [item for item in found if (item.code, item.span) not in known]
    return Joint(
        coalition, merged, replace(reading, submission=submission, found=(*reading.found, *new, *merged.found))
    )
