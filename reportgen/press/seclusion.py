"""A process that renders what others wrote: it sees no font of the machine, no network, and has limits.

The limits of memory and processor time are those of POSIX (``setrlimit``); Windows has only the clock, which the
parent watches.

The first line of defence is what the process is given: the renderer's fetcher knows nothing but its own assets, and
templates of others run in a sandbox. The second is here: the interpreter itself refuses connections, other programs,
signals, and files elsewhere (audit hooks, PEP 578). It sees what Python code asks for, not what a library in C does by
itself; a fault in one of those is bounded by the rights of whoever runs the program, and by nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.press.job import Limits
from reportgen.resources import PACKAGE, resource

_PASSED_ON: Final = (
    "PATH",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "WEASYPRINT_DLL_DIRECTORIES",
)
"""What a process needs of the parent's environment to find Python's and Pango's libraries."""
_REFUSED: Final = frozenset(
    {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"}
    | {
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
    }
    | {"os.kill", "os.killpg", "signal.pthread_kill", "os.chdir", "os.link", "os.symlink", "ctypes.dlopen"}
)
_CHANGES: Final = {"os.rename": 2} | dict.fromkeys(
    (f"os.{name}" for name in ("remove", "rmdir", "mkdir", "truncate", "chmod", "chown", "utime", "setxattr")), 1
)
"""What changes files, and how many paths it is told first."""
_FONTS: Final = "fonts.conf"
_LISTS: Final = frozenset({"os.listdir", "os.scandir"})
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of the process: the same on every machine, all temporary files in ``folder``, made later."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys((str(PACKAGE.parent), *_libraries()))),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "0",
        "FONTCONFIG_FILE": str(folder / _FONTS),
        **dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME"), str(folder)),
    }


def _libraries() -> Iterator[str]:
    """Yield where this interpreter finds its libraries, but not the folder the program was started in."""
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # the folder is gone
        here = ""
    yield from (path for path in sys.path if path and os.path.realpath(path) != here)


def furnish(folder: Path) -> Diagnostic | None:
    """Make the folder of this process, which nobody else may enter, and go there.

    Returns:
        Why there can be none, else nothing.
    """
    try:
        folder.mkdir(0o700)
        write_font_config(folder)
        os.chdir(folder)
    except OSError as error:
        return no_folder(error)
    return None


def no_folder(error: OSError) -> Diagnostic:
    """Tell that there can be no temporary files, in the words of the system and without a path."""
    return diagnostic("RG709", reason=os.strerror(error.errno or 0))


def write_font_config(folder: Path) -> Path:
    """Write a configuration of fontconfig that knows no font at all: those of the report come with its style sheet."""
    config = folder / _FONTS
    config.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        "<fontconfig><cachedir>fontconfig-cache</cachedir></fontconfig>\n",
        "utf-8",
    )
    return config


def bound(limits: Limits) -> None:
    """Put the limits on this process for what it does next, as far as the system has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.seconds) + 1
    for kind, amount in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            most = resource.getrlimit(kind)[1]  # the process itself may have more time for its next task
            resource.setrlimit(kind, (amount, most if kind == resource.RLIMIT_CPU else amount))


def shut_in(folder: Path) -> None:
    """From now on this process opens no connection, starts no program and touches no file outside ``folder``.

    It may still read what the program itself is made of: Python, the libraries, the package, time zones.
    """
    from zoneinfo import TZPATH

    ours: tuple[Path | str, ...] = (
        PACKAGE,
        resource("templates"),
        resource("locales"),
        sys.prefix,
        sys.base_prefix,
        *sys.path,
        *TZPATH,
    )
    own, legible = _within([folder]), _within([folder, *(path for path in ours if path)])

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _REFUSED:
            raise PermissionError(event)
        if event == "open" and not isinstance(arguments[0], int):
            known = own if (arguments[2] or 0) & _WRITES else legible
            allowed = known(arguments[0])
        elif event in _CHANGES:  # a path that begins at an open folder could lead anywhere
            paths = arguments[: _CHANGES[event]]
            allowed = all(
                isinstance(path, int) or (Path(os.fsdecode(path)).is_absolute() and own(path)) for path in paths
            )
        else:
            allowed = (
                event not in _LISTS or arguments[0] is None or isinstance(arguments[0], int) or legible(arguments[0])
            )
        if not allowed:
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _within(folders: Iterable[Path | str]) -> Callable[[Any], bool]:
    """Return what tells whether a path leads into one of ``folders``, or nowhere (``/dev/null``)."""
    homes = tuple(os.path.realpath(folder).rstrip(os.sep) + os.sep for folder in folders)

    def within(path: Any) -> bool:
        real = os.path.realpath(os.fsdecode(path))
        return f"{real}{os.sep}".startswith(homes) or real == os.devnull

    return within
