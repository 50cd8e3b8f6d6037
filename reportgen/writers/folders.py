"""Writing what must not be there yet: a file, or a folder with all that is in it; whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from reportgen.writers.files import PREFIX, alone_in, make_folder, write_files


def write_new_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, for its owner's eyes only.

    Raises:
        FileExistsError: There is something of that name.
        OSError: It can't be written; nothing of it is left.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` as the new folder ``folder``, for its owner's eyes only.

    Args:
        folder: Made whole under a private name beside it and renamed, so that nobody finds half of it; an empty folder
            of that name is replaced. What a killed run left of one is cleared.
        files: Their bytes by name; ``/`` in a name stands between folders below ``folder``.

    Raises:
        FileExistsError: There is something of that name that is no empty folder.
        OSError: It can't be written; nothing of it is left.
    """
    if os.path.lexists(folder) and not is_empty(folder):
        raise FileExistsError
    make_folder(folder.parent)
    with alone_in(folder.parent) as alone:
        for left in folder.parent.glob(f"{PREFIX}*/") if alone else ():
            shutil.rmtree(left, ignore_errors=True)
        waiting = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder.parent))
        try:
            write_files(waiting, files)
            with suppress(FileNotFoundError):
                folder.rmdir()
            waiting.rename(folder)
        finally:
            shutil.rmtree(waiting, ignore_errors=True)


def is_empty(folder: Path) -> bool:
    """Whether ``folder`` is one, not a link to one, and nothing lies in it."""
    return folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())


__all__ = ["is_empty", "write_new_file", "write_new_folder"]
