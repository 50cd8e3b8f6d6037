"""Files beside the inputs that must stay with their owner: who else can get at one?"""

from __future__ import annotations

import os
import stat
import subprocess
from enum import Enum
from pathlib import Path
from typing import Final

_SHARED: Final = stat.S_IRWXG | stat.S_IRWXO
_PATIENCE: Final = 10
"""Seconds that the version control gets to answer."""


class Exposure(Enum):
    """How a file can leave the computer, or its owner's account."""

    NONE = ""
    READABLE = "readable"
    VERSIONED = "versioned"
    NOT_IGNORED = "not_ignored"
    UNKNOWN = "unknown"


def exposure(path: Path) -> Exposure:
    """Tell how ``path``, an existing file, is exposed; the worst of what holds.

    Readable by others: only where the system knows owners (POSIX). Under version control: in a Git repository that has
    the file, had it at any time, or would take it with the next ``git add``. Where Git does not say (it is missing, the repository is damaged,
    or it belongs to somebody else), that is no good news.

    Args:
        path: The file.
    """
    home, file = path.resolve().parent, ("--", path.name)
    repository = _has_repository(home)
    tracked, _ = _git(home, "ls-files", "--error-unmatch", *file) if repository else (1, "")
    past, commit = _git(home, "rev-list", "--all", "--max-count=1", *file) if repository else (0, "")
    if tracked == 0 or commit:
        return Exposure.VERSIONED
    if os.name == "posix" and path.stat().st_mode & _SHARED:
        return Exposure.READABLE
    ignored, _ = _git(home, "check-ignore", "--quiet", *file) if repository else (0, "")
    if ignored == 1:
        return Exposure.NOT_IGNORED
    return Exposure.NONE if (tracked, past, ignored) == (1, 0, 0) else Exposure.UNKNOWN


def is_shared(folder: Path) -> bool:
    """Whether ``folder`` lies in a Git repository that is copied elsewhere, with whatever it takes in."""
    home = folder.resolve()
    return _has_repository(home) and _git(home, "config", "--get-regexp", r"^remote\..*\.url$")[0] == 0


def _has_repository(home: Path) -> bool:
    return any((folder / ".git").exists() for folder in (home, *home.parents))


def _git(home: Path, *question: str) -> tuple[int | None, str]:
    """Ask Git something in a folder: how it ends and what it says; ``None`` where it is missing or does not answer."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(home), *question]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, timeout=_PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None, ""
    return done.returncode, done.stdout.decode("ascii", "replace").strip()


__all__ = ["Exposure", "exposure", "is_shared"]
