"""From files to a submission: the first stage of the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from reportgen.diagnostics import Diagnostic, diagnostic, nearest
from reportgen.languages.pairs import ISO_639_1
from reportgen.submission.confidential import confidential_lines
from reportgen.submission.files import read_contents, read_files, read_one
from reportgen.submission.kinds import INVALID, Context
from reportgen.submission.model import Submission
from reportgen.submission.nodes import Mapping, Scalar

FORMAT = 1
S = TypeVar("S", bound=Submission)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        submission: The submission, or ``None`` when it can't be had; parts that could not be read are left out, and
            reported.
        found: Problems.
        texts: Text of each file, for excerpts.
        paths: The files read.
        confidential: File and line of what no message may show.
        folder: The folder of the submission, in which its images lie.
    """

    submission: Submission | None
    found: tuple[Diagnostic, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    confidential: frozenset[tuple[str, int]] = frozenset()
    folder: Path = Path()


def read_submission(path: Path) -> Reading:
    """Read the submission at ``path``, a file or a folder; every problem of its form is reported at once."""
    written = read_files(path)
    root = written.root
    if root is None:
        return Reading(None, written.found, written.texts, written.paths)
    if path.is_file() and "format" not in root.entries and (whole := _folder_of(path)):
        part = diagnostic("RG135", root.span, value=whole.as_posix())
        return Reading(None, (*written.found, part), written.texts, written.paths)
    submission, found = _read_as(Submission, root, written.found)
    folder = path if path.is_dir() else path.parent
    return Reading(submission, found, written.texts, written.paths, confidential_lines(root), folder)


def read_file_as(form: type[S], path: Path) -> tuple[Reading, S | None]:
    """Read one file as ``form``, a submission with further keys such as a coalition's."""
    written = read_one(path)
    if written.root is None:
        return Reading(None, written.found, written.texts, written.paths), None
    made, found = _read_as(form, written.root, written.found)
    return Reading(made, found, written.texts, written.paths, confidential_lines(written.root), path.parent), made


def read_bundled(files: AbstractMapping[str, bytes]) -> Reading:
    """Read files that are in memory, by name, as one submission."""
    written = read_contents(files)
    if written.root is None:
        return Reading(None, written.found, written.texts)
    submission, found = _read_as(Submission, written.root, written.found)
    return Reading(submission, found, written.texts, confidential=confidential_lines(written.root))


def read_root(root: Mapping) -> tuple[Submission | None, tuple[Diagnostic, ...]]:
    """Read a submission that is there as nodes, such as one made of many."""
    return _read_as(Submission, root, ())


def _read_as(form: type[S], root: Mapping, found: Iterable[Diagnostic]) -> tuple[S | None, tuple[Diagnostic, ...]]:
    context = Context(found=list(found))
    language = root.entries.get("language")
    if isinstance(language, Scalar) and not language.missing:
        if language.text in ISO_639_1:
            context.language = language.text
        else:
            context.refuse(
                "RG226", language.span, value=language.text[:40], suggestion=nearest(language.text, ("en", "fr")) or ""
            )
    submission = form.read(root, context)
    if submission is not INVALID and submission.format != FORMAT:
        context.refuse("RG225", submission.place("format") or root.span, value=submission.format)
    return (None if submission is INVALID else submission), tuple(context.found)


def _folder_of(path: Path) -> Path | None:
    """Return the folder whose submission the file ``path`` is a part of, as ``reportgen new`` lays it out."""
    return next((folder for folder in list(path.parents)[:2] if (folder / "report.yaml").is_file()), None)
