"""What was set before, kept beside the report: a piece that did not change is not set again.

An entry is found by everything it was made from, so it is never old: the piece with its style, pictures and fonts, the
program and the libraries that set it. It holds what its audience may read and no more. It is used only if it is whole.
Where there is no room, no right to write, or another build at work, there is an entry less, and nothing else happens.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = ".reportgen-cache"
"""Where it lies: in the folder of the report, so that it is wherever that is kept, and goes with it."""
MOST: Final = 64 * 1024 * 1024
"""Bytes of all entries; beyond that those go first that were not used for longest."""
_SEAL: Final = 32
"""Bytes of SHA-256 before the content of an entry."""
_IGNORED: Final = "# made by reportgen; can be deleted at any time\n*\n"


class Store:
    """The entries of one report.

    Attributes:
        folder: Their folder; without one nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @property
    def used(self) -> bool:
        """Whether there may be entries."""
        return self.folder is not None and self.folder.is_dir()

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry, or ``None`` where there is none or it is damaged."""
        if self.folder is None:
            return None
        path = self.folder / key
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[_SEAL:]
        if hashlib.sha256(content).digest() != data[:_SEAL]:
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry, all of it or nothing."""
        if self.folder is None:
            return
        with suppress(OSError):
            self._open()
            number, name = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                Path(name).replace(self.folder / key)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise

    def tidy(self) -> None:
        """Take away what is too much, and what builds left that were killed."""
        if self.folder is None:
            return
        with suppress(OSError):
            entries = sorted(self._entries(), reverse=True)
            total = 0
            for used, size, path in entries:
                total += size
                old = path.name.startswith(_UNFINISHED) and used < entries[0][0] - _HOUR
                if total > MOST or old:
                    with suppress(OSError):
                        path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        assert self.folder
        with os.scandir(self.folder) as found:
            for one in found:
                with suppress(OSError):
                    if one.is_file(follow_symlinks=False) and one.name != ".gitignore":
                        state = one.stat(follow_symlinks=False)
                        yield state.st_mtime, state.st_size, Path(one.path)

    def _open(self) -> None:
        assert self.folder
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700)
            (self.folder / ".gitignore").write_text(_IGNORED, "utf-8")


_UNFINISHED: Final = "unfinished-"
_HOUR: Final = 3600.0


def key_of(*parts: bytes | str) -> str:
    """Return the name of the entry that is made from ``parts``."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:40]
