"""Templates of the house's own: each replaces the program's one of the same name, the others stay."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportgen.diagnostics import Span, nearest
from reportgen.resources import resource
from reportgen.submission.kinds import Context
from reportgen.theme.folder import MAX_TEXT, Folder, text_of
from reportgen.theme.model import Template

SUFFIX: Final = ".html.j2"
PIECE: Final = f"preview/piece{SUFFIX}"
"""Shows one piece of a document by itself."""
_OF_NO_REPORT: Final = frozenset({"merge", "preview"})
"""Folders of templates that are the program's own."""


def template_names() -> tuple[str, ...]:
    """Return the names of the program's templates, such as ``blocks/finding.html.j2``."""
    home = resource("templates")
    names = (path.relative_to(home) for path in home.rglob(f"*{SUFFIX}"))
    return tuple(sorted(name.as_posix() for name in names if name.parts[0] not in _OF_NO_REPORT))


def read_templates(home: Path, context: Context) -> tuple[Template, ...]:
    """Read the templates in the folder ``home``; a file that replaces none of the program's is reported.

    Hidden files are passed over.
    """
    folder, ours = Folder(home), template_names()
    templates = []
    for path in sorted(home.rglob("*")):
        name, span = path.relative_to(home).as_posix(), Span(path.as_posix())
        if path.is_dir() or any(part.startswith(".") for part in name.split("/")):
            continue
        if name not in ours:
            context.refuse("RG726", span, value=name, suggestion=_meant(name, ours), known=", ".join(ours))
            continue
        data = folder.read(name, span, context, MAX_TEXT)
        text = None if data is None else text_of(data, span.file, context)
        if text is not None:
            templates.append(Template(name, span.file, text))
    return tuple(templates)


def _meant(name: str, ours: tuple[str, ...]) -> str:
    """Return the template that was meant: of the same name in another folder, or of a like one."""
    last = {known.rpartition("/")[2]: known for known in ours}
    return last.get(name.rpartition("/")[2]) or nearest(name, ours) or ""
