"""The last stage: a document as the bytes of a file, in one of the forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.document.model import Document

FORMATS: Final = ("pdf", "html")
Progress = Callable[[str, str, str], None]
"""Told the language, the form and what is being done, in the renderer's words."""


def write(document: Document, form: str, progress: Progress | None = None) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Write ``document`` in ``form``, one of :data:`FORMATS`.

    Returns:
        The bytes of the file, and the renderer's warnings.

    Raises:
        TemplateFault: A template can't be used.
        PangoMissing: The machine can't set pages.
        RenderFault: The renderer failed.
    """
    if form == "html":
        from reportgen.writers.html import render_html

        return render_html(document, "screen").encode(), ()
    from reportgen.writers.pdf import render_pdf

    data, warnings = render_pdf(document, (lambda step: progress(document.language, form, step)) if progress else None)
    return data, _told(document, warnings)


def _told(document: Document, warnings: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Tell the renderer's warnings; those on the theme's style sheet at their place in it."""
    sheet = document.theme.css
    if sheet is None or not warnings:
        return tuple(_warning(document, warning) for warning in warnings)
    from reportgen.writers.pdf import ignored, placeless

    of_sheet = ignored(sheet)
    others = [warning for warning in warnings if placeless(warning) not in of_sheet]
    return (*of_sheet.values(), *(_warning(document, warning) for warning in others))


def _place(document: Document, name: str) -> Span | None:
    origin = document.origins.get(name)
    return origin.span if origin else None


def _warning(document: Document, message: str) -> Diagnostic:
    """Tell a warning of the renderer, with the place in the input of the part it names."""
    named = re.search(r"#([\w-]+)", message)
    return diagnostic("RG706", _place(document, named.group(1)) if named else None, reason=message[:200])
