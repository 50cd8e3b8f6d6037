"""What WeasyPrint 70 works out anew for every box, worked out once for every style.

Boxes by the hundred share a style, and a style changes no more once boxes are laid out: where the renderer needs
another, it takes a copy, which knows nothing of what is kept here.

*Lengths.* Margins, paddings, widths and heights of a style without percentages are the same in any containing block.

*Lines.* So is the strut of its lines. Whether a line may end between two signs is asked between any two boxes in it.

*Frames.* CPython keeps the frames of functions in chunks of 16 KiB, and gives a chunk back to the system as soon as it
is left. A renderer that calls itself dozens of times goes to and fro over the end of one. So all is called from a frame
that needs a large chunk, and finds room in it.

Nothing is set differently for this: the file is the same, byte for byte.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache, wraps
from types import SimpleNamespace
from typing import Any, Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

_SIZES: Final = tuple(f"{bound}{size}" for size in ("width", "height") for bound in ("", "min_", "max_"))
_LENGTHS: Final = _SIZES + tuple(
    f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")
)
_WORDS: Final = None, "auto"
_BORDERS: Final = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
_RADII: Final = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_MOST_FILES: Final = 32
_MOST_PAIRS: Final = 4096
_ROOM: Final = 70_000
"""What a frame claims to need, in values: a little more than half of a chunk of 1 MiB, of which only what is used is taken."""
_CONTEXT: Final = "reportgen_context"
_USED, _STRUT, _SQUARE = "reportgen_used", "reportgen_strut", "reportgen_square"
"""Attributes of a style that hold what is known about it."""


def spare() -> None:
    """Put what remembers in the place of what works out anew; once is enough."""
    from tinyhtml5.inputstream import HTMLUnicodeInputStream
    from weasyprint.document import Document
    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.layout import percent
    from weasyprint.pdf import fonts
    from weasyprint.text import line_break

    replace_all(percent.resolve_percentages, _lengths(percent.resolve_percentages))
    replace_all(percent.resolve_radii_percentages, _radii(percent.resolve_radii_percentages))
    HTMLUnicodeInputStream.chars_until = _signs(HTMLUnicodeInputStream.chars_until)
    Box.is_in_normal_flow = _flow(Box.is_in_normal_flow)
    fonts.get_hb_object_data = _files(fonts.get_hb_object_data)
    Document._build_layout_context = _kept(Document._build_layout_context)  # noqa: SLF001
    replace_all(line_break.can_break_text, lru_cache(_MOST_PAIRS)(line_break.can_break_text))
    replace_all(line_break.strut, once(_STRUT, line_break.strut))


def roomy(do: Callable[_P, _R]) -> Callable[_P, _R]:
    """Have a function find room for the frames of all that it calls."""

    def with_room(*arguments: _P.args, **options: _P.kwargs) -> _R:
        return do(*arguments, **options)

    with_room.__code__ = with_room.__code__.replace(co_stacksize=_ROOM)
    return wraps(do)(with_room)


def let_go(document: Any) -> None:
    """Let go of what a document was laid out with, when it is drawn.

    Pictures, pages and styles hold it, or each other, in circles, and with them all boxes: memory that only the garbage
    collector would give back, which rests while pages are set.
    """
    context = vars(document._html).pop(_CONTEXT)  # noqa: SLF001 - no public way to it
    for page in document.pages:
        page._page_box.children = ()  # noqa: SLF001
    for style in context.style_for.get_computed_styles().values():
        while style is not None:
            facts = vars(style)
            style = facts.get("anonymous_style")  # noqa: PLW2901 - down to the last below it
            facts.clear()
    vars(context).clear()


def _kept(build: Callable[..., Any]) -> Callable[..., Any]:
    def build_layout_context(html: Any, *arguments: Any) -> Any:
        """Keep the context of a document with its HTML."""
        context = build(html, *arguments)
        setattr(html, _CONTEXT, context)
        return context

    return build_layout_context


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
    fixed = once(_USED, lambda style: _fixed(style, resolve))

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        """Give a box the lengths of its style; those of collapsed borders stay as its table has resolved them."""
        used = fixed(box.style)
        if not used:
            resolve(box, containing_block)
            return
        lengths, collapsed = used
        facts = _facts(box)
        facts.update(lengths)
        for name, width in collapsed:
            facts.setdefault(name, width)

    return resolve_percentages


def _fixed(
    style: Any, resolve: Callable[[Any, Any], None]
) -> tuple[dict[str, Any], tuple[tuple[str, Any], ...]] | tuple[()]:
    """Return the lengths of a style and the widths of its collapsed borders; nothing if they depend on more than it."""
    if any(
        value not in _WORDS and getattr(value, "unit", None) != "px" for value in (style[name] for name in _LENGTHS)
    ):
        return ()
    collapses = style["border_collapse"] == "collapse"
    if collapses and style["box_sizing"] != "content-box" and any(style[name] not in _WORDS for name in _SIZES):
        return ()
    box = SimpleNamespace(style=style)
    resolve(box, (0, 0))
    lengths = vars(box)
    del lengths["style"]
    return lengths, tuple((name, lengths.pop(name)) for name in _BORDERS) if collapses else ()


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


def _flow(look: Callable[[Any], bool]) -> Callable[[Any], bool]:
    def is_in_normal_flow(box: Any) -> bool:
        """Whether a box neither floats nor is positioned: what nearly all are is asked first."""
        style = box.style
        return (style["float"] == "none" and style["position"] in {"static", "relative"}) or look(box)

    return is_in_normal_flow


def _signs(read: Callable[..., str]) -> Callable[..., str]:
    from tinyhtml5.inputstream import characters_until_regex as known

    def chars_until(stream: Any, characters: Any, opposite: bool = False) -> str:
        """Read up to some signs; the expression for them is kept under their own name, not under its own."""
        if (characters, opposite) not in known:
            signs = "".join(f"\\x{ord(sign):02x}" for sign in characters)
            known[characters, opposite] = re.compile(f"[{'' if opposite else '^'}{signs}]+")
        return read(stream, characters, opposite)

    return chars_until


def _files(read: Callable[..., Any]) -> Callable[..., Any]:
    from weasyprint.text.ffi import ffi

    known: dict[int, tuple[Any, Any]] = {}

    def get_hb_object_data(face: Any, ot_color: str | None = None, glyph: Any = None) -> Any:
        """Return the file of a font, the same for all pieces; its face is kept, so that no other takes its place."""
        if ot_color is not None:
            return read(face, ot_color, glyph)
        address = int(ffi.cast("uintptr_t", face))
        if address not in known:
            known[address] = face, read(face)
            if len(known) > _MOST_FILES:
                del known[next(iter(known))]
        return known[address][1]

    return get_hb_object_data
