"""The files of a submission: one file, or a folder of them read as one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from reportgen.diagnostics import Diagnostic, Related, Span, diagnostic
from reportgen.marking import N_
from reportgen.submission.nodes import Mapping, Node
from reportgen.submission.yaml_reader import MAX_BYTES, read_yaml

T = TypeVar("T")
MAX_FILES: Final = 400
COALITION: Final = "coalition.yaml"
THEME: Final = "theme.yaml"
"""How the report looks; no part of what it says."""
COMMENTS: Final = "comments.yaml"
"""What editors write to each other about it; of a single file ``x.yaml`` that is ``x.comments.yaml``."""
_SUFFIXES: Final = frozenset({".yaml", ".yml"})
SHARED: Final = frozenset({"answers", "sources", "statistics", "organisations", "report", "acronyms"})
"""Top-level keys whose entries may be spread over several files."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the files.

    Attributes:
        root: All files as one mapping; ``None`` when nothing can be used.
        texts: The text of each file by its name in messages, for excerpts.
        paths: The files read, for watching.
        found: Problems so far.
    """

    root: Mapping | None
    texts: dict[str, str] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def coalition_folder(path: Path) -> Path | None:
    """Return the folder of the coalition that ``path`` (the folder or its ``coalition.yaml``) means, if it means one."""
    if path.name == COALITION and path.is_file():
        return path.parent
    return path if path.is_dir() and (path / COALITION).exists() else None


def read_files(path: Path) -> Written:
    """Read a submission file, or all ``.yaml`` and ``.yml`` files of a folder and its subfolders, in order of name.

    Hidden files and folders are passed over; a link that leads out of the folder is refused, not followed.
    """
    if path.name == COALITION:
        return Written(None, found=(diagnostic("RG132", Span(path.as_posix())),))
    if not path.is_dir():
        return _read_all([(path, path.as_posix())])
    if (path / COALITION).exists():
        return Written(None, found=(diagnostic("RG132", Span((path / COALITION).as_posix())),))
    chosen: list[tuple[Path, str]] = []
    found: list[Diagnostic] = []
    for file in sorted(path.rglob("*"), key=lambda item: item.relative_to(path).as_posix()):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if not hidden and re.search(r"\.ya?ml\.[^.]*$", file.name.casefold()):
            found.append(diagnostic("RG134", Span(file.as_posix())))
        if (
            hidden
            or file.name == THEME
            or _of_editors(file)
            or file.suffix.casefold() not in _SUFFIXES
            or file.is_dir()
        ):
            continue
        if not lies_in(file, path):
            found.append(diagnostic("RG130", Span(file.as_posix())))
        else:
            chosen.append((file, file.as_posix()))
    if not chosen and not found:
        return Written(None, found=(diagnostic("RG128", Span(path.as_posix())),))
    if len(chosen) > MAX_FILES:
        return Written(None, found=(diagnostic("RG129", Span(path.as_posix()), limit=MAX_FILES),))
    written = _read_all(chosen)
    return Written(written.root, written.texts, written.paths, (*found, *written.found))


def read_one(path: Path) -> Written:
    """Read one file, whatever its name; a link that leads out of its folder is refused."""
    if not lies_in(path, path.parent):
        return Written(None, found=(diagnostic("RG130", Span(path.as_posix())),))
    return _read_all([(path, path.as_posix())])


def read_contents(files: AbstractMapping[str, bytes]) -> Written:
    """Read files that are in memory, by name, as one submission; nothing on the disk is looked at."""
    return _united_contents(files.items())


def _of_editors(file: Path) -> bool:
    return file.name == COMMENTS or file.name.endswith(f".{COMMENTS}")


def lies_in(path: Path, folder: Path) -> bool:
    """Whether what ``path`` leads to lies in ``folder``; a link to itself leads nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _read_all(files: list[tuple[Path, str]]) -> Written:
    written = _united_contents((name, _bytes_of(path)) for path, name in files)
    return replace(written, paths=tuple(path for path, _ in files))


def _united_contents(files: Iterable[tuple[str, bytes | None]]) -> Written:
    """Unite files, by name; of one that can't be opened the bytes are missing."""
    roots: list[Mapping] = []
    texts: dict[str, str] = {}
    found: list[Diagnostic] = []
    broken = False
    for name, data in files:
        if data is None:
            found.append(diagnostic("RG131", Span(name)))
            broken = True
            continue
        texts[name] = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        root, problems = read_yaml(data, name)
        found += problems
        if root is None:
            broken = True
        else:
            roots.append(root)
    if broken or not roots:
        return Written(None, texts, found=tuple(found))
    root = _united(roots, found)
    return Written(root, texts, found=tuple(found))


def _bytes_of(path: Path) -> bytes | None:
    """Read no more of a file than shows that it is too large; nothing of what is no file."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except OSError:
        return None


def _united(roots: list[Mapping], found: list[Diagnostic]) -> Mapping:
    """Unite several files; what two of them say about the same thing is a problem, never a choice of ours."""
    entries: dict[str, Node] = {}
    keys: dict[str, Span] = {}
    for root in roots:
        for key, node in root.entries.items():
            earlier = entries.get(key)
            if earlier is None:
                entries[key], keys[key] = node, root.keys[key]
            elif key in SHARED and isinstance(earlier, Mapping) and isinstance(node, Mapping):
                entries[key] = _joined(earlier, node, found)
            else:
                found.append(_twice(key, root.keys[key], keys[key]))
    return Mapping(entries, keys, roots[0].span)


def _joined(one: Mapping, other: Mapping, found: list[Diagnostic]) -> Mapping:
    found += [_twice(key, other.keys[key], one.keys[key]) for key in other.keys if key in one.keys]
    return Mapping({**one.entries, **_new(other.entries, one)}, {**one.keys, **_new(other.keys, one)}, one.span)


def _new(entries: AbstractMapping[str, T], known: Mapping) -> dict[str, T]:
    return {key: value for key, value in entries.items() if key not in known.keys}


def _twice(key: str, span: Span, first: Span) -> Diagnostic:
    return diagnostic(
        "RG127", span, related=[Related(first, N_("the first one"))], key=key, place=f"{first.file}:{first.line}"
    )
