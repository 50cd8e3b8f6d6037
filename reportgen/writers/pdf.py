"""A document as PDF, by WeasyPrint, which is imported only where a PDF is made: it takes a third of a second.

The renderer can fetch the program's fonts, the files of the theme, the pictures of the report and data that stand in
the page, and nothing else. Every warning of it is returned, none is lost.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.document.model import Document
from reportgen.languages import fonts
from reportgen.resources import resource
from reportgen.theme.model import USUAL, StyleSheet, Theme
from reportgen.writers.finish import VARIANT, finish
from reportgen.writers.html import render_html
from reportgen.writers.mends import mend

Progress = Callable[[str], None]
"""Told what the renderer is doing, in its own words."""


_PLACE: Final = re.compile(r" at (?P<line>\d+):(?P<column>\d+)")


class PangoMissing(Exception):  # noqa: N818 - a fact about the machine
    """The library that sets the pages is not installed."""


class RenderFault(Exception):  # noqa: N818 - reported as such
    """The renderer failed."""


def render_pdf(document: Document, progress: Progress | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Set the pages.

    Args:
        document: What to show.
        progress: Told of each step.

    Returns:
        The PDF (tagged, PDF/UA-1 and PDF/A-2a) and the renderer's warnings.

    Raises:
        PangoMissing: The machine lacks Pango.
        RenderFault: The renderer failed.
        TemplateFault: A template can't be used.
    """
    html = render_html(document, "print")
    weasyprint = import_weasyprint()
    with _records("weasyprint") as warnings, _told(progress), _no_collection():
        try:
            page = weasyprint.HTML(
                string=with_faces(html, document.theme.signs),
                url_fetcher=_fetcher(weasyprint, document.theme, document),
            )
            data: bytes = page.write_pdf(pdf_variant=VARIANT, finisher=finish, presentational_hints=True)
        except MemoryError:
            raise
        except Exception as error:
            raise RenderFault(type(error).__name__) from error
    return data, tuple(dict.fromkeys(warnings))


def with_faces(html: str, more: tuple[tuple[int, ...], ...] = ()) -> str:
    """Declare the fonts that the pages need, and put a visible sign in the place of each that no font has.

    The fonts of a theme have ``more`` signs. Such signs are told by the checks, with their place; the file stays valid
    (ISO 14289-1, 7.21.8: no ``.notdef``).
    """
    html = re.sub("[\ufe00-\ufe0f]", "", html)  # selectors of coloured pictures, which no font here has
    for sign in fonts.lacking(html, more):
        html = html.replace(sign, fonts.REPLACEMENT)
    faces = "\n".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("asset:fonts/{face.file}"); '
        f"font-weight: {face.weight}; font-style: {'italic' if face.italic else 'normal'}; }}"
        for face in (*fonts.BASE, *fonts.needed(html))
    )
    made, found = re.subn(r"<style\b[^>]*>", lambda style: f"{style.group()}\n{faces}", html, count=1)
    return made if found else html.replace("</head>", f"<style>\n{faces}\n</style></head>", 1)


def ignored(sheet: StyleSheet) -> dict[str, Diagnostic]:
    """Return what the renderer will do without in a style sheet of the theme's, by its warning as :func:`placeless`.

    The warnings of a whole document count lines in the page; here they are those of the file.
    """
    weasyprint, found = import_weasyprint(), {}
    with _records("weasyprint") as warnings:
        weasyprint.CSS(string=sheet.text, url_fetcher=_fetcher(weasyprint))
    for warning in warnings:
        place = _PLACE.search(warning)
        span = Span(sheet.file, int(place["line"]), int(place["column"])) if place else Span(sheet.file)
        reason = placeless(warning).strip(" .")[:200]
        found[placeless(warning)] = diagnostic("RG724", span, reason=reason)
    return found


def placeless(warning: str) -> str:
    """Return a warning of the renderer about a style sheet without its line and column."""
    return _PLACE.sub("", warning)


def import_weasyprint() -> Any:
    """Import the renderer without the fifty processes that ``find_library`` would start on Linux.

    Raises:
        PangoMissing: A library it needs can't be loaded.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        import weasyprint
    except OSError:
        ctypes.util.find_library = search
        try:
            import weasyprint
        except OSError as error:
            raise PangoMissing from error
    finally:
        ctypes.util.find_library = search
    mend()
    return weasyprint


def _fetcher(weasyprint: Any, theme: Theme = USUAL, document: Document | None = None) -> Any:
    """Return a fetcher that knows the program's own files, the theme's, the images and inline data, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    images = {f"asset:images/{name}": image for name, image in (document.images if document else {}).items()}
    known = {f"fonts/{path.name}": path for path in (resource("templates") / "fonts").glob("*.ttf")}

    class AssetFetcher(URLFetcher):  # type: ignore[misc] # untyped base
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix("asset:")
            if name.startswith("theme/") and (asset := theme.assets.get(name.removeprefix("theme/"))):
                return URLFetcherResponse(url, asset[0], {"Content-Type": asset[1]})
            if image := images.get(url):
                return URLFetcherResponse(url, image.data, {"Content-Type": image.media})
            if not url.startswith("asset:") or name not in known:
                raise ValueError("nothing from elsewhere can be used")
            return URLFetcherResponse(url, known[name].read_bytes(), {"Content-Type": "font/ttf"})

    return AssetFetcher(allowed_protocols=("asset", "data"))


@contextmanager
def _records(name: str) -> Iterator[list[str]]:
    """Collect what a logger says at warning level or above, and keep it off the terminal."""
    logger, kept = logging.getLogger(name), []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(record.getMessage())

    handler, propagate, handlers = Keep(logging.WARNING), logger.propagate, logger.handlers[:]
    logger.handlers, logger.propagate = [handler], False
    try:
        yield kept
    finally:
        logger.handlers, logger.propagate = handlers, propagate


@contextmanager
def _told(progress: Progress | None) -> Iterator[None]:
    """Pass the renderer's progress on."""
    if progress is None:
        yield
        return
    tell: Progress = progress
    logger = logging.getLogger("weasyprint.progress")

    class Tell(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            tell(record.getMessage())

    handler, level = Tell(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector: a fifth of the time of rendering goes into walking boxes that all stay alive."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:  # else the process ends, and its memory with it
            gc.enable()
            gc.collect()
