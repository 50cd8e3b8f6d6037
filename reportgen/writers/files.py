"""Writing files: complete or not at all; an older good file survives whatever happens."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` into ``folder``, which is made if need be.

    Each is written beside its target under a private name, flushed to the disk and then put in its place in one step,
    and none is put in place before all are written; if one can't be put in its place, the earlier ones come back.

    Raises:
        OSError: The folder can't be written to, or the disk is full; the files in place are untouched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            handle, temporary = tempfile.mkstemp(prefix=".reportgen-", dir=folder)
            waiting.append((Path(temporary), folder / name))
            with os.fdopen(handle, "wb") as sink:
                sink.write(data)
                sink.flush()
                os.fsync(sink.fileno())
        _replace_all(waiting, folder)
        return [target for _, target in waiting]
    finally:
        for temporary_path, _ in waiting:
            with suppress(OSError):
                temporary_path.unlink(missing_ok=True)


def _replace_all(waiting: list[tuple[Path, Path]], folder: Path) -> None:
    """Put every file in its place; if one can't be, put the earlier ones back."""
    kept: list[tuple[Path | None, Path]] = []
    try:
        for temporary, target in waiting:
            kept.append((_copy_aside(target, folder), target))
            temporary.replace(target)
    except OSError:
        for old, target in kept:
            if old:
                old.replace(target)
            elif target.is_file():
                target.unlink()
        raise
    finally:
        for old, _ in kept:
            if old:
                old.unlink(missing_ok=True)


def _copy_aside(target: Path, folder: Path) -> Path | None:
    """Keep what stands at ``target`` under another name; ``None`` where nothing does."""
    if not target.exists():
        return None
    if not target.is_file():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    handle, name = tempfile.mkstemp(prefix=".reportgen-", dir=folder)
    os.close(handle)
    shutil.copy2(target, name)
    return Path(name)
