"""Noticing that a file of the report changed, whichever way it was saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from watchfiles import awatch

STEP: Final = 15
"""Milliseconds for which changes are gathered: a save is often several."""
PATIENCE: Final = 2.0
"""Seconds after which files are looked at even if nobody told of a change: a folder on a network, a laptop that slept."""
Print = frozenset[tuple[str, int, int, int]]


def fingerprint(paths: Iterable[Path]) -> Print:
    """Return what tells one state of the files from another: name, size, time and number of each that is there."""
    found = set()
    for path in paths:
        with suppress(OSError):
            state = path.stat()
            found.add((str(path), state.st_size, state.st_mtime_ns, state.st_ino))
    return frozenset(found)


def folders_of(path: Path, paths: Iterable[Path]) -> frozenset[Path]:
    """Return every folder in which a change may concern the report at ``path``.

    These are its own folder with all below, or of a single file its folder alone, and those of ``paths``.
    """
    own = [path, *(item for item in path.rglob("*") if _is_shown(item, path))] if path.is_dir() else [path.parent]
    named = {item.parent for item in paths}
    return frozenset(folder.resolve() for folder in (*own, *named) if folder.is_dir())


def files_of(path: Path, paths: Iterable[Path]) -> set[Path]:
    """Return every file that the report at ``path`` is made of, or could be made of after a change."""
    if not path.is_dir():
        return {path, *paths}
    return {item for item in path.rglob("*") if not item.is_dir() and _is_shown(item, path)} | set(paths)


async def changes(
    path: Path, paths: Callable[[], Iterable[Path]], stop: asyncio.Event, patience: float = PATIENCE
) -> AsyncIterator[None]:
    """Yield whenever a file changed, came or went.

    Args:
        path: The report: a file or a folder.
        paths: Returns the files that were read last, wherever they are.
        stop: Ends the watch.
        patience: Seconds between looks at the files themselves.
    """
    seen = fingerprint(files_of(path, paths()))
    while not stop.is_set():
        folders = folders_of(path, paths())
        watched = awatch(
            *(folders or {Path.cwd()}),
            watch_filter=None,
            debounce=STEP * 4,
            step=STEP,
            stop_event=stop,
            rust_timeout=int(patience * 1000),
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        )
        async for _ in watched:
            now = fingerprint(files_of(path, paths()))
            if now != seen:
                seen = now
                yield
            if folders_of(path, paths()) != folders:
                break  # the watch begins anew with the folders that there are now


def _is_shown(item: Path, home: Path) -> bool:
    return not any(part.startswith(".") for part in item.relative_to(home).parts)
