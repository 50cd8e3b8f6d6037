"""What was set before, kept beside the report: a piece that did not change is not set again.

An entry is found by everything it was made from, so it is never old: the piece with its style, pictures and fonts, the
program and the libraries that set it. It holds what its audience may read and no more.

A report may come from others, and an entry with it. So each has a seal that only the same user's program can make; one
without it, of another user, damaged or for another key, is as if it were not there. Where there is no room, no right to
write, or another build at work, there is an entry less, and nothing else happens.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic

FOLDER: Final = ".reportgen-cache"
"""Where it lies: in the folder of the report, so that it is wherever that is kept, and goes with it."""
MOST: Final = 64 * 1024 * 1024
"""Bytes of all entries; beyond that those go first that were not used for longest."""
_SEAL: Final = 32
"""Bytes of the seal before the content of an entry."""
_NAME: Final = re.compile(r"[0-9a-f]{40}|unfinished-\w+")
"""How entries are called, whole ones and those that were being written; nothing else is ever taken away."""
_IGNORED: Final = "# made by reportgen; can be deleted at any time\n*\n"
_UNFINISHED: Final = "unfinished-"
_HOUR: Final = 3600.0
_TELLS_A_NAME: Final = frozenset({"RG910", "RG911", "RG912"})
"""Told where a name is found in a report or a finished file, or may be."""


def home_of(path: Path) -> Path:
    """Return the folder of the report at ``path``."""
    return path if path.is_dir() else path.parent


def forget(path: Path, found: Iterable[Diagnostic]) -> None:
    """Take away all that is kept of the report at ``path`` if a name was found in it, which older entries may hold too."""
    if any(item.code in _TELLS_A_NAME for item in found):
        Store(home_of(path) / FOLDER).clear()


class Store:
    """The entries of one report.

    Attributes:
        folder: Their folder; without one nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._waiting: list[tuple[str, bytes]] | None = None
        self._lock = threading.Lock()

    @property
    def used(self) -> bool:
        """Whether there may be entries."""
        return self._is_ours()

    @property
    def own_key(self) -> bytes:
        """The user's key for marks of which nobody else can make anything; empty where nothing is kept."""
        with suppress(OSError):
            return hmac.digest(_secret(), b"marks", "sha256") if self.folder else b""
        return b""

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry, or ``None`` where there is none or it is damaged."""
        if self.folder is None or not self._is_ours():
            return None
        path = self.folder / key
        try:
            data = path.read_bytes()
            content = data[_SEAL:]
            if not hmac.compare_digest(_seal(key, content), data[:_SEAL]):
                return None
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def has(self, key: str) -> bool:
        """Whether there is an entry, be it damaged or not."""
        return self.folder is not None and self._is_ours() and (self.folder / key).is_file()

    def hold(self) -> None:
        """Write nothing until it is known that the report may be kept."""
        self._waiting = []

    def release(self) -> None:
        """Write what was put meanwhile."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        for key, content in waiting or ():
            self.put(key, content)

    def put(self, key: str, content: bytes) -> None:
        """Keep an entry, all of it or nothing."""
        if self.folder is None:
            return
        with self._lock:
            if self._waiting is not None:
                self._waiting.append((key, content))
                return
        with suppress(OSError):
            seal = _seal(key, content)
            self._open()
            number, name = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(seal + content)
                Path(name).replace(self.folder / key)
            except BaseException:
                with suppress(OSError):
                    Path(name).unlink()
                raise

    def only_with(self, names: bytes) -> None:
        """Take all entries away that were made while other names were registered: one may hold a name that no text has any more.

        Args:
            names: What tells the names that are registered now from all others.
        """
        if self.folder is None:
            return
        with suppress(OSError):
            key, mark = key_of("names"), hmac.digest(_secret(), b"names" + names, "sha256")
            if self.get(key) != mark:
                self.clear()
                self.put(key, mark)

    def tidy(self) -> None:
        """Take away what is too much, and what builds left that were killed."""
        if self._is_ours():
            with suppress(OSError):
                entries = sorted(self._entries(), reverse=True)
                total = 0
                for used, size, path in entries:
                    total += size
                    old = path.name.startswith(_UNFINISHED) and used < entries[0][0] - _HOUR
                    if total > MOST or old:
                        with suppress(OSError):
                            path.unlink()

    def clear(self) -> None:
        """Take all entries away."""
        if self._is_ours():
            with suppress(OSError):
                for _, _, path in self._entries():
                    with suppress(OSError):
                        path.unlink()

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        assert self.folder
        with os.scandir(self.folder) as found:
            for one in found:
                with suppress(OSError):
                    if one.is_file(follow_symlinks=False) and _NAME.fullmatch(one.name):
                        state = one.stat(follow_symlinks=False)
                        yield state.st_mtime, state.st_size, Path(one.path)

    def _is_ours(self) -> bool:
        """Whether the folder is there and is one, not a link to another."""
        try:
            return self.folder is not None and stat.S_ISDIR(self.folder.lstat().st_mode)
        except OSError:
            return False

    def _open(self) -> None:
        assert self.folder
        if not self._is_ours():
            self.folder.mkdir(mode=0o700)
            (self.folder / ".gitignore").write_text(_IGNORED, "utf-8")


def _seal(key: str, content: bytes) -> bytes:
    """Return the seal of an entry.

    Raises:
        OSError: There is no place for the user's secret.
    """
    return hmac.digest(_secret(), key.encode() + b"\0" + content, "sha256")


@lru_cache(maxsize=1)
def _secret() -> bytes:
    """Return the user's secret; it is made when it is needed for the first time, and tells nothing of any report."""
    import click

    path = Path(click.get_app_dir("reportgen")) / "cache.key"
    return _known(path) or _made(path)


def _known(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        if len(known := path.read_bytes()) == _SEAL:
            return known
    return None


def _made(path: Path) -> bytes:
    """Make the secret, in place of one that a kill cut off; of several who want to, the first does, and all have his."""
    from reportgen.writers.files import alone_in, make_folder
    from reportgen.writers.folders import write_new_file

    make_folder(path.parent)
    with alone_in(path.parent):
        if known := _known(path):
            return known
        with suppress(FileNotFoundError):
            if path.stat().st_size != _SEAL:
                path.unlink()
        write_new_file(path, made := secrets.token_bytes(_SEAL))  # without a lock the second keeps nothing this time
        return made


def key_of(*parts: bytes | str) -> str:
    """Return the name of the entry that is made from ``parts``."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:40]
