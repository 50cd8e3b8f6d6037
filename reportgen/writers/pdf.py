"""A document as PDF, by WeasyPrint, which is imported only where a PDF is made: it takes a third of a second.

The renderer can fetch the program's fonts, the files of the theme, the pictures of the report and data that stand in
the page, and nothing else. Every warning of it is returned, none is lost.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages import fonts
from reportgen.resources import resource
from reportgen.submission.images import Image
from reportgen.theme.model import USUAL, StyleSheet, Theme
from reportgen.writers.bind import bind, faces
from reportgen.writers.embed import embed
from reportgen.writers.finish import VARIANT
from reportgen.writers.later import later
from reportgen.writers.mends import mend
from reportgen.writers.objects import Objects
from reportgen.writers.pieces import Piece, cut
from reportgen.writers.quire import Face, Quire, gather
from reportgen.writers.thrift import let_go, roomy
from reportgen.writers.write import placeless

if TYPE_CHECKING:
    from reportgen.document.model import Document

Progress = Callable[[str], None]
"""Told what the renderer is doing, in its own words."""


_PLACE: Final = re.compile(r" at (?P<line>\d+):(?P<column>\d+)")


class PangoMissing(Exception):  # noqa: N818 - a fact about the machine
    """The library that sets the pages is not installed."""


class RenderFault(Exception):  # noqa: N818 - reported as such
    """The renderer failed."""


def render_pdf(document: Document, progress: Progress | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Set the pages, piece by piece, and bind them.

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
    from reportgen.writers.html import render_html

    pieces = cut(render_html(document, "print"), document.theme)
    with _no_collection():
        setting = Setting(document.theme, document.images)
        quires = [setting.quire(piece, progress) for piece in pieces]
        data = bind(quires, setting.fonts(faces(quires)))
    return data, tuple(dict.fromkeys(warning for quire in quires for warning in quire.warnings))


class Setting:
    """The renderer in this process: it reads fonts and style sheets once, whatever it sets."""

    def __init__(self, theme: Theme, images: Mapping[str, Image]) -> None:
        """Get ready.

        Args:
            theme: The look; its files can be used.
            images: The pictures of the report.

        Raises:
            PangoMissing: The machine lacks Pango.
        """
        self._weasyprint = import_weasyprint()
        from weasyprint.text.fonts import FontConfiguration

        self._theme = theme
        self._fetcher = _fetcher(self._weasyprint, theme, images)
        self._fonts = FontConfiguration()

    @roomy
    def quire(self, piece: Piece, progress: Progress | None = None) -> Quire:
        """Set a piece.

        Args:
            piece: The piece.
            progress: Told of each step.

        Raises:
            RenderFault: The renderer failed.
        """
        with _records("weasyprint") as warnings, _told(progress), _no_collection(), _faults():
            page = self._weasyprint.HTML(string=with_faces(piece.html, self._theme.signs), url_fetcher=self._fetcher)
            laid_out = page.render(font_config=self._fonts, pdf_variant=VARIANT, presentational_hints=True)
            made = gather(
                self._weasyprint,
                laid_out,
                piece.name,
                piece.sources,
                first=piece.first,
                numbered=piece.numbered,
            )
            let_go(laid_out)
        return replace(made, warnings=tuple(dict.fromkeys((*piece.warnings, *warnings))))

    def fonts(self, united: Mapping[str, Face]) -> Objects:
        """Embed the fonts of quires.

        Raises:
            RenderFault: The renderer failed.
        """
        bundled = (path.read_bytes() for path in (resource("templates") / "fonts").glob("*.ttf"))
        own = (data for data, _ in self._theme.assets.values())
        with _records("weasyprint"), _faults():
            return embed(self._weasyprint, united, (*bundled, *own))


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


def import_weasyprint() -> Any:
    """Import the renderer without the fifty processes that ``find_library`` would start on Linux.

    Raises:
        PangoMissing: A library it needs can't be loaded.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        with later("fontTools.subset", "fontTools.varLib.instancer"):
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


def _fetcher(weasyprint: Any, theme: Theme = USUAL, pictures: Mapping[str, Image] | None = None) -> Any:
    """Return a fetcher that knows the program's own files, the theme's, the images and inline data, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    images = {f"asset:images/{name}": image for name, image in (pictures or {}).items()}
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
def _faults() -> Iterator[None]:
    """Turn whatever the renderer raises into a fault of its own, but for a lack of memory."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise RenderFault(type(error).__name__) from error


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
