"""What WeasyPrint 70 works out anew for every box, worked out once for every style.

Boxes by the hundred share a style, and a style changes no more once boxes are laid out: where the renderer needs
another, it takes a copy, which knows nothing of what is kept here.

*Lengths.* Margins, paddings, widths and heights of a style without percentages are the same in any containing block.

*Text.* The context, the description of the font and the strut of a line depend on the style alone.

Nothing is set differently for this: the file is the same, byte for byte.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Final

_LENGTHS: Final = tuple(
    f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")
) + tuple(f"{bound}{size}" for size in ("width", "height") for bound in ("", "min_", "max_"))
_BORDERS: Final = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_RADII: Final = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_USED, _TEXT, _STRUT, _SQUARE = "reportgen_used", "reportgen_text", "reportgen_strut", "reportgen_square"
"""Attributes of a style that hold what is known about it."""


def spare() -> None:
    """Put what remembers in the place of what works out anew; once is enough."""
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    replace_all(percent.resolve_percentages, _lengths(percent.resolve_percentages))
    replace_all(percent.resolve_radii_percentages, _radii(percent.resolve_radii_percentages))
    replace_all(line_break.strut, _once(_STRUT, line_break.strut))
    line_break.Layout.setup = _setup(line_break.Layout.setup)


def replace_all(original: Any, other: Any) -> None:
    """Put ``other`` in the place of ``original`` in every module of the renderer that has taken it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint"):
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, other)


def _once(attribute: str, work_out: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Have a function of a style work out its result once for each."""

    def known(style: Any) -> Any:
        facts = style.__dict__
        return facts[attribute] if attribute in facts else _keep(style, attribute, work_out(style))

    return known


def _keep(style: Any, attribute: str, fact: Any) -> Any:
    """Keep what is known of a style, in all pieces if it is shared."""
    style.__dict__[attribute] = fact
    if "known" in style.__dict__:
        style.known.facts[attribute] = fact
    return fact


def _lengths(resolve: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Give a box the lengths of its style; those of collapsed borders stay as its table has resolved them."""
        style = box.style
        used = style.__dict__.get(_USED)
        if used is None:
            used = _keep(style, _USED, _fixed(style))
        if not used:
            resolve(box, containing_block)
            return
        lengths, collapsed = used
        facts = box.__dict__
        facts.update(lengths)
        for name, width in collapsed:
            facts.setdefault(name, width)

    return resolve_percentages


def _fixed(style: Any) -> tuple[dict[str, Any], tuple[tuple[str, Any], ...]] | tuple[()]:
    """Return the lengths of a style and the widths of its collapsed borders; nothing if they depend on more than it."""
    if style["box_sizing"] != "content-box":
        return ()
    lengths = {}
    for name in _LENGTHS:
        value = style[name]
        if value is None or value == "auto":
            lengths[name] = 0 if name in {"min_width", "min_height"} else value
        elif getattr(value, "unit", None) == "px":
            lengths[name] = value.value
        else:
            return ()
    borders = {name: style[name] for name in _BORDERS}
    if style["border_collapse"] == "collapse":
        return lengths, tuple(borders.items())
    return lengths | borders, ()


def _radii(resolve: Callable[[Any], None]) -> Callable[[Any], None]:
    square = dict.fromkeys(_RADII, (0, 0))
    is_square = _once(_SQUARE, lambda style: all((0, "px") in style[name] for name in _RADII))

    def resolve_radii_percentages(box: Any) -> None:
        """Give a box the radii of its corners."""
        if is_square(box.style):
            box.__dict__.update(square)
        else:
            resolve(box)

    return resolve_radii_percentages


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
        if not plain or font_features(*(style[name] for name in features)):
            return ()
        contexts = style.font_config.__dict__.setdefault(_TEXT, {})
        key = style["direction"], style["lang"]
        if key not in contexts:
            contexts[key] = context(style)
        return *contexts[key], get_font_description(style)

    features = (
        "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
        "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    )  # fmt: skip
    known_text = _once(_TEXT, text)

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
