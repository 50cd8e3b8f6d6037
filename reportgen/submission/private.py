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
    the file, or would take it with the next ``git add``. Where Git does not say (it is missing, the repository is damaged,
    or it belongs to somebody else), that is no good news.

    Args:
        path: The file.
    """
    repository = _has_repository(path)
    tracked = _git(path, "ls-files", "--error-unmatch") if repository else 1
    if tracked == 0:
        return Exposure.VERSIONED
    if os.name == "posix" and path.stat().st_mode & _SHARED:
        return Exposure.READABLE
    ignored = _git(path, "check-ignore", "--quiet") if repository else 0
    if ignored == 1:
        return Exposure.NOT_IGNORED
    return Exposure.NONE if (tracked, ignored) == (1, 0) else Exposure.UNKNOWN


def _has_repository(path: Path) -> bool:
    return any((folder / ".git").exists() for folder in path.resolve().parents)


def _git(path: Path, *question: str) -> int | None:
    """Ask Git about one file; ``None`` where Git is missing or does not answer."""
    home = path.resolve().parent
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(home), *question, "--", path.name]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), "LC_ALL": "C"}
    try:
        return subprocess.run(command, capture_output=True, env=environment, timeout=_PATIENCE, check=False).returncode  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None


__all__ = ["Exposure", "exposure"]
