"""What WeasyPrint 70 works out anew for every box, worked out once for every style.

Boxes by the hundred share a style, and a style changes no more once boxes are laid out: where the renderer needs
another, it takes a copy, which knows nothing of what is kept here.

*Lengths.* Margins, paddings, widths and heights of a style without percentages are the same in any containing block.

*Lines.* So is the strut of its lines.

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
_USED, _STRUT, _SQUARE = "reportgen_used", "reportgen_strut", "reportgen_square"
"""Attributes of a style that hold what is known about it."""


def spare() -> None:
    """Put what remembers in the place of what works out anew; once is enough."""
    from weasyprint.layout import percent
    from weasyprint.text import line_break

    replace_all(percent.resolve_percentages, _lengths(percent.resolve_percentages))
    replace_all(percent.resolve_radii_percentages, _radii(percent.resolve_radii_percentages))
    replace_all(line_break.strut, once(_STRUT, line_break.strut))


def replace_all(original: Any, other: Any) -> None:
    """Put ``other`` in the place of ``original`` in every module of the renderer that has taken it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint"):
            for key, value in list(vars(module).items()):
                if value is original:
                    setattr(module, key, other)


def once(attribute: str, work_out: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Have a function of a style work out its result once for each."""

    def known(style: Any) -> Any:
        facts = style.__dict__
        return facts[attribute] if attribute in facts else _keep(style, attribute, work_out(style))

    return known


def _facts(box: Any) -> dict[str, Any]:
    """Return the attributes of a box, or of the one whose place it holds."""
    facts: dict[str, Any] = box.__dict__
    return facts["_box"].__dict__ if "_box" in facts else facts


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
        facts = _facts(box)
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
    is_square = once(_SQUARE, lambda style: all((0, "px") in style[name] for name in _RADII))

    def resolve_radii_percentages(box: Any) -> None:
        """Give a box the radii of its corners."""
        if is_square(box.style):
            _facts(box).update(square)
        else:
            resolve(box)

    return resolve_radii_percentages
