"""What is mended in WeasyPrint 70 and pydyf 0.13, in place: no note is lost, and nothing is measured twice.

*Footnotes.* Some notes are lost and some stand in the wrong order. Besides, the note area is laid out anew for every
note that is added to a page; a report has hundreds of notes, so that a third of the time of layout goes there. What the
area needs while lines are placed is only its height, the sum of heights that never change. The finished area is laid out
by the renderer itself, as before.

*Page references.* For every tag of the document the list of all pages was built anew.

*Tags.* The tag tree is built by ``writers/tagging.py`` from the HTML instead of from the boxes.

*Ends of streams.* One compressed stream in 256 ends in a carriage return, which together with the line feed before
``endstream`` reads as one end of line, so that the length of the stream seems wrong (ISO 19005-2, 6.1.7.1).

*Colours.* The file of the colour space of PDF/A stayed open. Colours of ink (``device-cmyk()``) are values that the
renderer doesn't know: the file is for the screen, and says so (ISO 19005-2, 6.2.4.3).

What only saves time stands in ``markup.py``, ``styles.py``, ``lines.py``, ``glyphs.py`` and ``thrift.py``.

Both libraries are pinned for this. ``tests/writers/test_pdf.py`` fails without the mends, and where they are needed no
more.
"""

from __future__ import annotations

import logging
from functools import partial
from io import BytesIO
from typing import Any

from reportgen.writers.glyphs import draw_lines
from reportgen.writers.lines import keep_lines
from reportgen.writers.markup import read_plainly
from reportgen.writers.styles import share
from reportgen.writers.thrift import spare

_HEIGHT = "reportgen_height"
"""Attribute of a note's box that holds its measured height."""


_MOST_SHEETS = 8
_HARFBUZZ = """
hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
"""
"""What is needed to embed a font without Pango."""


def mend() -> None:
    """Put the mended functions in the place of the originals; once is enough."""
    import pydyf
    import tinycss2.color5
    import weasyprint.css
    import weasyprint.pdf
    from weasyprint.layout import LayoutContext, page
    from weasyprint.text.ffi import ffi

    if hasattr(page.make_page, "original"):
        return
    pydyf.PDF.page_references = property(_page_references)
    weasyprint.css.CSS = _read_once(weasyprint.css.CSS)
    ffi.cdef(_HARFBUZZ)
    tinycss2.color5._parse_device_cmyk = lambda *_: None  # noqa: SLF001 - no public way to leave a colour out
    weasyprint.pdf.ColorProfile = partial(_closed, weasyprint.pdf.ColorProfile)
    original = page.make_page

    def make_page(context: Any, *arguments: Any, **options: Any) -> Any:
        """Make a page, then move to the next one every note whose line is set but which was itself passed over.

        ``weasyprint/layout/block.py``, ``_linebox_layout``: a line that fits only once earlier notes have moved to the
        next page is set without its own notes being registered.
        """
        made = original(context, *arguments, **options)
        for box in made[0].descendants():
            if box.footnote and box.footnote in context.footnotes:
                context.footnotes.remove(box.footnote)
                context.reported_footnotes.append(box.footnote)
        context.reported_footnotes.sort(key=_number)
        return made

    make_page.original = original  # type: ignore[attr-defined] # a mark on the function
    page.make_page = make_page
    LayoutContext._update_footnote_area = _update_area  # noqa: SLF001 - the place of the fault
    read_plainly()
    draw_lines()
    keep_lines()
    share()
    spare()


def _page_references(pdf: Any) -> Any:
    """References to all pages, built again only when there are more of them."""
    pages = pdf.pages["Kids"]
    known = pdf.__dict__.get("reportgen_references")
    if known is None or known[0] != len(pages):
        references = tuple(
            b"%d %d R" % (number, generation) for number, generation in zip(pages[::3], pages[1::3], strict=False)
        )
        known = pdf.__dict__["reportgen_references"] = (len(pages), references)
    return known[1]


def _closed(profile: Any, file: Any, *arguments: Any) -> Any:
    """Make a colour profile from an open file, and close it."""
    with file:
        return profile(BytesIO(file.read()), *arguments)


def _read_once(read: Any) -> Any:
    """Read a style sheet once for all pieces with the same fonts, unless it says something about the whole."""
    from weasyprint.logger import LOGGER

    known: dict[tuple[str, int], tuple[Any, Any, list[logging.LogRecord]]] = {}

    def once(string: str | None = None, font_config: Any = None, **more: Any) -> Any:
        if string is None or any(rule in string for rule in ("@import", "@counter-style", "@color-profile", "@layer")):
            return read(string=string, font_config=font_config, **more)
        key = string, id(font_config)
        if key in known and known[key][0] is font_config:
            for record in known[key][2]:  # what it said is said again
                LOGGER.handle(record)
            return known[key][1]
        more |= dict.fromkeys(("page_rules", "layers"))
        said = _Said()
        LOGGER.addHandler(said)
        try:
            sheet = read(string=string, font_config=font_config, **more)
        finally:
            LOGGER.removeHandler(said)
        known[key] = font_config, sheet, said.records
        if len(known) > _MOST_SHEETS:
            del known[next(iter(known))]
        return sheet

    return once


class _Said(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _number(footnote: Any) -> Any:
    """The place of a note in the document."""
    return footnote.cached_counter_values["footnote"]


def _update_area(context: Any) -> bool:
    """Bring the height of the note area, and with it the room for text, up to date.

    Returns:
        Whether the last note overflows the area; the area has no greatest height, so it never does.
    """
    area = context.current_footnote_area
    if area.height != "auto" and not context.in_column:
        context.page_bottom += area.margin_height()
    context.current_page_footnotes.sort(key=_number)
    area.children = context.current_page_footnotes
    area.height = sum(_height(context, footnote) for footnote in area.children)
    if not context.in_column:
        context.page_bottom -= area.margin_height()
    return False


def _height(context: Any, footnote: Any) -> float:
    """Measure a note as the only one of an area; all areas have the same width."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    measured: float | None = getattr(footnote, _HEIGHT, None)
    if measured is None:
        area = context.current_footnote_area.deepcopy()
        area.children = [footnote]
        area.height = "auto"
        laid_out = block_level_layout(
            context,
            build.create_anonymous_boxes(area.deepcopy()),
            -float("inf"),
            None,
            context.current_footnote_area.page,
        )[0]
        measured = float(laid_out.height)
        setattr(footnote, _HEIGHT, measured)
    return measured
