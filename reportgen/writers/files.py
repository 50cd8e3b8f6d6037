"""Writing files: complete or not at all; an older good file survives whatever happens.

What holds, and what a file system can't give:

- Each file is whole. It is written beside its target under a private name, flushed to the disk and put in its place in
  one step (POSIX ``rename``); a reader, or a machine that loses its power, finds the old file or the new one.
- Several files are one set as long as the program lives: all are written before the first is put in its place, an error
  or an interruption brings the old ones back, and two runs that write into one folder wait for each other. Only if the
  process is killed in the few microseconds between two of those steps do new files stand beside old ones, each whole.
- What a killed process could not clear (files called ``.reportgen-…``) the next one clears.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Final

PREFIX: Final = ".reportgen-"
"""Begins the name of every file that is not finished yet."""


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` into ``folder`` as one set, readable by their owner alone.

    Args:
        folder: Made if need be, with the folders above it, for their owner alone.
        files: Their bytes by name; ``/`` in a name stands between folders below ``folder``.

    Returns:
        Where they are.

    Raises:
        OSError: The folder can't be written to, or the disk is full; the files in place are untouched.
        ValueError: A name leads out of the folder.
    """
    targets = {folder / _inner(name): data for name, data in files.items()}
    parents = sorted({target.parent for target in targets})
    for parent in parents:
        make_folder(parent)
    with ExitStack() as stack:
        for parent in parents:
            if stack.enter_context(alone_in(parent)):
                _clear(parent.glob(f"{PREFIX}*"))
        waiting: dict[Path, Path] = {}
        stack.callback(lambda: _clear(waiting.values()))
        for target, data in targets.items():
            handle, name = tempfile.mkstemp(prefix=PREFIX, dir=target.parent)
            waiting[target] = Path(name)
            with os.fdopen(handle, "wb") as sink:
                sink.write(data)
                sink.flush()
                os.fsync(sink.fileno())
        _put_in_place(waiting)
        for parent in parents:
            _flush(parent)
    return list(targets)


def stands_in(folder: Path, name: str, data: bytes) -> bool:
    """Whether a file of this name and with these very bytes, not a link to one, is in ``folder`` already."""
    path = folder / name
    with suppress(OSError):
        return not path.is_symlink() and path.stat().st_size == len(data) and path.read_bytes() == data
    return False


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those above it, unless they are there; what is put there later is its owner's alone, too."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _inner(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("a name leads out of the folder")
    return path


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Let one process at a time write into ``folder``; yields whether the system can see to that.

    The lock lies on the folder itself: it leaves no file behind and ends with the process, however that ends.
    """
    with ExitStack() as stack:
        try:
            import fcntl

            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX)
        except (ImportError, OSError):  # Windows, some network drives
            yield False
        else:
            yield True


def _put_in_place(waiting: Mapping[Path, Path]) -> None:
    """Put every file in its place; if one can't be, or the program is interrupted, the old ones come back."""
    olds = {target: temporary.with_name(f"{temporary.name}-old") for target, temporary in waiting.items()}
    begun: list[Path] = []
    try:
        for target in waiting:
            if os.path.lexists(target):
                _keep(target, olds[target])
        for target, temporary in waiting.items():
            begun.append(target)
            temporary.replace(target)
    except BaseException:
        for target in begun:
            if os.path.lexists(olds[target]):
                olds[target].replace(target)
            elif not waiting[target].exists():
                target.unlink(missing_ok=True)
        raise
    finally:
        _clear(olds.values())


def _keep(target: Path, old: Path) -> None:
    """Give what stands at ``target`` a second name; where the file system knows none, a copy."""
    try:
        os.link(target, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(target, old, follow_symlinks=False)


def _clear(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """See that the new names are on the disk too, where a system can do that for a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
