"""The real pages: the PDF of what the desk shows, made in the background by the same press as ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.diagnostics import Diagnostic
from reportgen.pipeline import Order, build
from reportgen.press.process import PressFault
from reportgen.publication.audience import Audience


class Stopped(Exception):  # noqa: N818 - no fault
    """Raised by who is told of progress: nobody wants the pages any more."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What came of a build.

    Attributes:
        files: The PDF of each language.
        found: What was found; with an error there is no file.
        revision: That of the view they show, or an older one.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()
    revision: int = 0


def make_pages(
    path: Path,
    audience: Audience,
    theme: Path | None,
    templates: Path | None,
    tell: Callable[[str, int], None],
    revision: int = 0,
) -> Pages:
    """Build the PDF of every language.

    Args:
        path: The submission or coalition.
        audience: Who will read it.
        theme: A theme instead of its own.
        templates: A folder of templates instead of the program's.
        tell: Told the language and how many pages are set. It may raise ``Stopped``.
        revision: That of the view at the beginning.
    """

    def progress(language: str, pages: int, _: float) -> None:
        tell(language, pages)

    try:
        order = Order(formats=("pdf",), audience=audience, theme=theme, templates=templates, kept=True)
        built = build(path, order, progress)
    except (PressFault, Stopped):
        return Pages(revision=revision)
    return Pages({name.rsplit(".", 2)[1]: data for name, data in built.files.items()}, built.found, revision)
