"""A line of text is drawn in one go, not sign by sign.

WeasyPrint 70 asks Pango for five facts of each glyph of a line, and writes it. But what is written of a glyph depends
only on these facts, on its font and on the size of that; so it is written once for them all, and a line is put together
from what is known. What is special (signs of several colours, signs that no font has, raised ones, lines that are cut)
is left to the renderer.

Nothing is drawn differently for this: the file is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import Any, Final

from reportgen.writers.thrift import replace_all

_GLYPHS: Final = "reportgen_glyphs"
"""Attribute of a font that holds, for each size, what is written for a glyph."""
_FACTS: Final = 16
"""Bytes that hold the number of a glyph, its width and where it stands; what follows does not matter here."""
_PANGO: Final = 14802
"""Version of Pango from which on it knows the size of its fonts."""
_LEAST: Final = 1e-6
"""Size of a font that can be written."""


def draw_lines() -> None:
    """Put what draws lines in one go in the place of what draws signs; once is enough."""
    from weasyprint.draw import text
    from weasyprint.text.ffi import ffi, pango

    if pango.pango_version() >= _PANGO and ffi.sizeof("PangoGlyphInfo") >= _FACTS:
        replace_all(text.draw_first_line, _in_one_go(text.draw_first_line))


def _in_one_go(draw: Callable[..., Any]) -> Callable[..., Any]:
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    size_of = ffi.sizeof("PangoGlyphInfo")
    each = Struct(f"={_FACTS}s{size_of - _FACTS}x").iter_unpack

    def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        """Draw the line of a text box."""
        cut = text_overflow == "ellipsis" or block_ellipsis != "none"
        drawn = (
            None if cut or textbox.style["font_size"] < _LEAST or not textbox.text.strip() else line(stream, textbox)
        )
        if drawn is None:
            return draw(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        for font, size, text in drawn:
            stream.set_font_size(font.hash, size)
            if text:
                stream.show_text(text)
        if not drawn or not drawn[-1][2]:
            stream.show_text("")
        return []

    def line(stream: Any, textbox: Any) -> list[tuple[Any, float, str]] | None:
        """Return the parts of a line, each with its font and the size of that; nothing if there is something special."""
        pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
        first, _ = textbox.pango_layout.get_first_line()
        parts: list[tuple[Any, float, str]] = []
        run, before = first.runs[0], None
        while run != ffi.NULL:
            item, run = run.data, run.next
            face = item.item.analysis.font
            if face != before:
                before = face
                font, size = stream.add_font(face)
                if font.bitmap or font.svg or font.png or font.colr:
                    return None
                known = font.__dict__.setdefault(_GLYPHS, {}).setdefault(size, {})
                parts.append((font, size, ""))
            glyphs = item.glyphs
            facts = ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * size_of)
            try:
                written = "".join([known[glyph] for glyph in each(facts)])
            except KeyError:
                if not learn(stream, textbox, item, font, size, known):
                    return None
                written = "".join([known[glyph] for glyph in each(facts)])
            written = f"<{written}>".removesuffix("<>")
            parts[-1] = font, size, parts[-1][2] + written
        return parts

    def learn(stream: Any, textbox: Any, item: Any, font: Any, size: float, known: dict[tuple[bytes], str]) -> bool:
        """Learn what is written for each glyph of a run; ``False`` if one of them is special."""
        string, text = item.glyphs, textbox.pango_layout.text.encode()
        facts = ffi.buffer(string.glyphs, string.num_glyphs * size_of)
        for at, key in enumerate(each(facts)):
            if key in known:
                continue
            glyph, place = string.glyphs[at].glyph, string.glyphs[at].geometry
            if glyph == pango.PANGO_GLYPH_EMPTY:
                known[key] = f">{-place.width / size}<"
                continue
            if glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG or place.y_offset:
                return False
            if glyph not in font.to_unicode:
                font.to_unicode[glyph] = said(item, at, text)
            if glyph not in font.widths:
                face = item.item.analysis.font
                pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
                font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
            offset = place.x_offset / size
            kerning = font.widths[glyph] + offset - place.width * 1000 * FROM_UNITS / size
            before = f">{-offset}<" if offset else ""
            behind = f">{int(kerning)}<" if kerning else ""
            known[key] = f"{before}{glyph:04x}{behind}"
        return True

    def said(item: Any, at: int, text: bytes) -> str:
        """Return the signs that a glyph stands for."""
        clusters, count, length = item.glyphs.log_clusters, item.glyphs.num_glyphs, item.item.length
        last = at == (0 if item.item.analysis.level % 2 else count - 1)
        following = at - 1 if item.item.analysis.level % 2 else at + 1
        end = length if last else clusters[following]
        return text[item.item.offset + clusters[at] : item.item.offset + end].decode()

    return draw_first_line
