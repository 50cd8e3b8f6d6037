"""What sets a page beside what is on it: the program, the libraries and the fonts, as one value for the keys of the store."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportgen.resources import PACKAGE, resource

_LIBRARIES: Final = ("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "fonttools", "pyphen", "pillow")
_NAMES: Final = {
    "pango_version_string": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "hb_version_string": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
"""Functions that say which version of a library in C is there, and what it is called."""


@lru_cache(maxsize=1)
def versions() -> str:
    """Return what tells this program, with all it sets pages with, from any other."""
    return hashlib.sha256("\n".join(_parts()).encode()).hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """Return what tells this program with its libraries from any other, by the state of its files."""
    parts = []
    for home in (PACKAGE, resource("templates")):
        for file in _files(home):
            with suppress(OSError):  # it vanished meanwhile
                state = file.stat()
                parts.append(f"{file} {state.st_size} {state.st_mtime_ns}")
    for home in map(Path, sys.path):
        if home.is_dir():
            parts += sorted(file.name for file in home.glob("*.dist-info"))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _files(home: Path) -> Iterator[Path]:
    """Yield every file in a fixed order, but for those that Python makes while it runs."""
    for folder, folders, files in os.walk(home):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(folder, name) for name in sorted(files))


def _parts() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    yield sys.version
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
    for function, names in _NAMES.items():
        yield f"{function} {_said(function, names)}"
    for path in sorted((PACKAGE / "writers").glob("*.py")):
        with suppress(OSError):
            yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    for path in sorted((resource("templates") / "fonts").glob("*.ttf")):
        with suppress(OSError):
            yield f"{path.name} {path.stat().st_size}"


def _said(function: str, names: tuple[str, ...]) -> str:
    """Ask a library in C for its version."""
    for name in names:
        with suppress(OSError, AttributeError):
            ask = getattr(ctypes.CDLL(name), function)
            ask.restype = ctypes.c_char_p
            return str(ask().decode())
    return ""
