"""Writing files: complete or not at all; an older good file survives whatever happens."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write ``files`` into ``folder``, which is made if need be.

    Each is written beside its target under a private name, flushed to the disk and then put in its place in one step,
    and none is put in place before all are written.

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
        for temporary_path, target in waiting:
            temporary_path.replace(target)
        return [target for _, target in waiting]
    finally:
        for temporary_path, _ in waiting:
            with suppress(OSError):
                temporary_path.unlink(missing_ok=True)
