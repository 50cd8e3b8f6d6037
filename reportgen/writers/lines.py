"""Lines of text are measured once and drawn as they were measured.

WeasyPrint 70 has Pango lay out the text of a line up to four times: to find its end, to measure it, again if its
paragraph is laid out again (a note, a cell), and to draw it, since what is measured is thrown away to save memory. Here

- what every text in a style needs, its context and the description of its font, is made once for the style;
- what was measured is kept with the style, for as long as its piece is set;
- a line that is drawn with the very spaces with which it was measured is drawn as it is.

Nothing is set differently for this: the file is the same, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from weakref import ref

from reportgen.writers.thrift import once

_SEPARATOR: Final = re.compile("[\n\r\u2029]")
"""What ends a paragraph for Pango."""
_TEXT, _LINES = "reportgen_text", "reportgen_lines"
"""Attributes of a style that hold what is known about it."""
_FEATURES: Final = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip


def keep_lines() -> None:
    """Put what remembers in the place of what measures anew; once is enough."""
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    Layout.setup = _setup(Layout.setup)
    _keep_drawn(Layout)
    inline.split_first_line = _measured_once(inline.split_first_line)


def _setup(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    from weasyprint.text.constants import PANGO_DIRECTION
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
    from weasyprint.text.fonts import font_features, get_font_description

    def context(style: Any) -> tuple[Any, Any]:
        """Make a context for the direction and language of a style."""
        made = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(made, False)
        pango.pango_context_set_base_dir(made, PANGO_DIRECTION[style["direction"]])
        if not style["lang"]:
            return made, pango.pango_language_get_default()
        pointer, _bytes = unicode_to_char_p(style["lang"])
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(made, language)
        return made, language

    def text(style: Any) -> Any:
        """Say what any text in a style needs; nothing for those that are set as the renderer does."""
        plain = style["text_decoration_line"] == "none" and style["font_language_override"] == "normal"
        if not plain or font_features(*(style[name] for name in _FEATURES)):
            return ()
        contexts = style.font_config.__dict__.setdefault(_TEXT, {})
        key = style["direction"], style["lang"]
        if key not in contexts:
            contexts[key] = context(style)
        return *contexts[key], get_font_description(style)

    known_text = once(_TEXT, text)

    def setup(layout: Any, style: Any) -> None:
        """Get a layout ready for text in a style."""
        known = known_text(style)
        if not known:
            original(layout, style)
            return
        around, layout.language, description = known
        layout.style = style
        layout.first_line_direction = 0
        layout.layout = ffi.gc(pango.pango_layout_new(around), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None

    return setup


def _keep_drawn(kind: Any) -> None:
    """Have layouts keep what they have measured until it is drawn.

    Layouts have these attributes more:

    - ``whole``: whether the text is one line;
    - ``drawn``: whether it is being drawn;
    - ``measured``: the style with which it was measured, if that is kept. It is not held, since it holds its lines.
    """
    from weasyprint.text.ffi import ffi, pango

    set_text, deactivate, reactivate = kind.set_text, kind.deactivate, kind.reactivate
    kind.whole = kind.drawn = False
    kind.measured = None

    def set_text_known(layout: Any, text: str, justify: bool = False) -> None:
        """Set the text; that of one paragraph is marked as such, as it is when it is drawn."""
        pango.pango_layout_set_single_paragraph_mode(layout.layout, not _SEPARATOR.search(text))
        layout.whole = False
        set_text(layout, text, justify)

    def get_first_line(layout: Any) -> tuple[Any, int | None]:
        """Return the first line and where the second begins."""
        first = pango.pango_layout_get_line_readonly(layout.layout, 0)
        second = pango.pango_layout_get_line_readonly(layout.layout, 1)
        layout.whole = second == ffi.NULL
        layout.first_line_direction = first.resolved_dir
        return first, None if layout.whole else second.start_index

    def keep(layout: Any) -> None:
        """Give free what was measured if it was drawn, or is not what is drawn."""
        if layout.drawn or not layout.whole or layout.justification_spacing or _SEPARATOR.search(layout.text):
            layout.drawn, layout.measured = False, None
            deactivate(layout)
        else:
            layout.measured = ref(layout.style)
            del layout.style

    def draw(layout: Any, style: Any) -> None:
        """Get ready to be drawn."""
        if layout.measured and layout.measured() is style:
            layout.style = style
        else:
            reactivate(layout, style)
        layout.drawn = True

    kind.set_text, kind.get_first_line, kind.deactivate, kind.reactivate = set_text_known, get_first_line, keep, draw


def _measured_once(measure: Callable[..., Any]) -> Callable[..., Any]:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, spacing: float, is_line_start: bool = True
    ) -> Any:
        """Return the first line of a text; what was measured goes to the last that asks."""
        lines = style.__dict__.setdefault(_LINES, {})
        key = text, max_width, spacing, is_line_start
        if key not in lines:
            made = lines[key] = measure(text, style, context, max_width, spacing, is_line_start)
            return made
        layout, *facts = lines[key]
        again = object.__new__(type(layout))
        again.__dict__.update(layout.__dict__)
        for name in ("layout", "language", "measured"):
            layout.__dict__.pop(name, None)
        made = lines[key] = again, *facts
        return made

    return split_first_line
