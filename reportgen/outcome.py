"""What a check or a build comes to, kept beside the report until anything in its folder changes.

People check and build again what they have just checked and built. The key of what is kept is a digest of every file in
the folder of the report, with its name, and of the program; so it is never old. Where names are registered or pseudonyms
kept, nothing is: what is said then depends on Git and on who may read the files too. Nothing is kept of members of a
coalition either, whose names the others may register.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Related, Severity, Span
from reportgen.guarded import read_value
from reportgen.press.store import FOLDER, Store, home_of, key_of
from reportgen.press.versions import program
from reportgen.submission.files import COALITION

if TYPE_CHECKING:
    from reportgen.order import Order
    from reportgen.pipeline import Checked

_MOST_FILES: Final = 2_000
_MOST_BYTES: Final = 50_000_000
"""A folder that holds more is not the folder of a report alone."""
_PRIVATE: Final = ("secret", "pseudonym", ".key")
"""How registers of names and keys are called, rightly or nearly so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says of a report.

    Attributes:
        found: Everything found.
        folder: The folder of the report.
        registered: How many names are registered.
        private: Whether anything is searched for, or kept out of messages.
        confidential: Whether parts of the files are confidential.
        restricted: Whether the report is for the authorities only.
        files: The finished files, by name.
        texts: Text of each file in which something was found, for excerpts.
    """

    found: tuple[Diagnostic, ...]
    folder: str
    registered: int = 0
    private: bool = False
    confidential: bool = False
    restricted: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict, compare=False)


def check_outcome(path: Path, *, kept: bool) -> Outcome:
    """Check the report at ``path``.

    Args:
        path: The submission or coalition.
        kept: Whether to use, and keep, what was found before.
    """

    def made() -> Outcome:
        from reportgen.pipeline import check, has_errors
        from reportgen.searched import searched

        store = Store(home_of(path) / FOLDER if kept else None)
        store.hold()
        with searched(store, "texts") as clean:
            checked = check(path, clean=clean)
        store.only_with(checked.secrets.register)
        if not has_errors(checked.found):
            store.release()
        return _outcome(checked, checked.found)

    return _kept(path, ("check",), (), made) if kept else made()


def build_outcome(path: Path, order: Order, progress: Callable[[], Any]) -> Outcome:
    """Build the report at ``path``.

    Args:
        path: The submission or coalition.
        order: What to build.
        progress: Gives, for as long as something is built, who is told how far it is.

    Raises:
        PressFault: The program failed in a way it does not foresee.
    """

    def made() -> Outcome:
        from reportgen.press.run import Press

        with Press() as press, progress() as tell:
            press.get_ready(path, pages="pdf" in order.formats)
            from reportgen.pipeline import build  # takes as long as they do

            built = build(path, order, tell, press)
        return _outcome(built.checked, built.found, built.files)

    if not order.kept:
        return made()
    from reportgen.press.versions import versions

    asked = (*order.languages, "", *order.formats, order.audience.value, str(order.final), versions())
    return _kept(path, asked, [other for other in (order.theme, order.templates) if other], made)


def _outcome(checked: Checked, found: tuple[Diagnostic, ...], files: dict[str, bytes] | None = None) -> Outcome:
    reading = checked.reading
    return Outcome(
        found,
        reading.folder.as_posix(),
        checked.secrets.registered,
        bool(checked.secrets.entries or reading.confidential),
        bool(reading.confidential),
        reading.submission is not None and reading.submission.protection.use.value == "authorities",
        files or {},
        {name: reading.texts[name] for name in _named(found) if name in reading.texts},
    )


def _named(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield the name of each file in which something was found."""
    for item in found:
        yield from (span.file for span in (item.span, *(one.span for one in item.related)) if span)


def _kept(path: Path, asked: tuple[str, ...], others: Sequence[Path], make: Callable[[], Outcome]) -> Outcome:
    """Return what was kept, or make it and keep it."""
    state = None if _is_of_a_coalition(path) else _state(path, *others)
    if state is None:
        return make()
    store = Store(home_of(path) / FOLDER)
    key = key_of(program(), path.as_posix(), *(other.as_posix() for other in others), "\n".join(asked), state)
    if data := store.get(key):
        with suppress(Exception):  # somebody put it there that reads as nothing of ours
            known = read_value(data, (Outcome, Diagnostic, Span, Related, Severity))
            if isinstance(known, Outcome):
                texts = {name: _text(known.folder, name) for name in known.texts}
                return replace(known, texts={name: text for name, text in texts.items() if text is not None})
    made = make()
    if _state(path, *others) == state:  # else somebody wrote while it was read
        store.put(key, pickle.dumps(replace(made, texts=dict.fromkeys(made.texts, "")), 5))
    return made


def _is_of_a_coalition(path: Path) -> bool:
    """Whether a report is a member's, or what was merged: names that others register then hold for it too."""
    home = home_of(path).resolve()
    return any(os.access(above / COALITION, os.F_OK) for above in (home, *home.parents)[path.is_dir() :])


def _state(path: Path, *others: Path) -> str | None:
    """Return a digest of all files that what is said can depend on; ``None`` where that can't be told."""
    digest = hashlib.sha256()
    count = size = 0
    try:
        for home in (path if path.is_dir() else path.parent, *others):
            for file in _files(home):
                state = file.lstat()  # a link may lead anywhere: what lies there is not looked at
                count, size = count + 1, size + state.st_size
                private = any(part in file.name.casefold() for part in _PRIVATE)
                if private or not S_ISREG(state.st_mode) or count > _MOST_FILES or size > _MOST_BYTES:
                    return None
                data = file.read_bytes()
                digest.update(f"{file.as_posix()}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    except OSError:
        return None
    return digest.hexdigest()


def _files(home: Path) -> Iterator[Path]:
    """Yield the files of a folder in a fixed order, but for hidden ones; a file yields itself."""
    if home.is_file():
        yield home
        return
    for folder, folders, files in os.walk(home, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if any(Path(folder, name).is_symlink() for name in folders):
            raise OSError
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def _raise(error: OSError) -> None:
    raise error


def _text(folder: str, name: str) -> str | None:
    """Return the text of a file of the folder as it was read."""
    try:
        if not Path(name).is_relative_to(folder) or not S_ISREG(Path(name).lstat().st_mode):
            return None
        return Path(name).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, ValueError):
        return None


__all__ = ["Outcome", "build_outcome", "check_outcome"]
