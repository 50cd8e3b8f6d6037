"""Fonts of the house's own: static TrueType or OpenType whose licence lets them be embedded in a document."""

from __future__ import annotations

import io
import logging
from typing import Final

from reportgen.diagnostics import Span
from reportgen.languages.fonts import parse_ranges, write_ranges
from reportgen.submission.kinds import Context

_STATIC: Final = frozenset({"\0\1\0\0", "true", "OTTO"})
_NEEDED: Final = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")
_REFUSES: Final = 0x0002 | 0x0100 | 0x0200
"""Bits of ``OS/2.fsType``: no embedding, no subsets, bitmaps only (OpenType 1.9.1, “OS/2”)."""
_MAY_STILL: Final = 0x0004 | 0x0008
"""Bits that allow embedding; up to version 2 of the table the least restrictive of several counts."""


def examine_font(data: bytes, value: str, span: Span, context: Context) -> tuple[str, tuple[int, ...]] | None:
    """Return the family that a font file says it belongs to, and the signs it has; report a file that can't be used.

    Args:
        data: The file.
        value: Its name, for messages.
        span: Where it is named.
        context: Takes the reports.

    Returns:
        The family, and the ranges of signs as :mod:`reportgen.languages.fonts` keeps them.
    """
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        usable = font.sfntVersion in _STATIC and font.flavor is None and all(table in font for table in _NEEDED)
        usable = usable and ("glyf" in font or "CFF " in font) and bool(font.getBestCmap())
        if usable:  # else nothing more of it is unpacked
            variable, rights = "fvar" in font, font["OS/2"].fsType
            name, signs = font["name"].getBestFamilyName() or "", parse_ranges(write_ranges(font.getBestCmap()))
    except Exception:  # a broken font fails in as many ways as it has tables
        usable = False
    if not usable:
        context.refuse("RG719", span, value=value)
    elif variable:
        context.refuse("RG720", span, value=value)
    elif rights & _REFUSES and not (rights & 0x0002 and rights & _MAY_STILL and not rights & 0x0300):
        context.refuse("RG721", span, value=value)
    else:
        return "".join(sign for sign in name if sign.isalnum() or sign in " -").strip() or "Theme", signs
    return None
