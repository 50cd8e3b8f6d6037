"""The fonts of a file: each with the signs that any quire uses, whatever piece they stand in, and the usual ones.

What a page shows depends on the tables of its fonts. With all the usual signs from the start these do not change when an
edit brings the first 7 in italics, and neither does what was searched on other pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from reportgen.writers.numbers import glyphs_of
from reportgen.writers.objects import Objects, opened
from reportgen.writers.quire import Face

_USUAL: Final = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100))))
    + "ŒœŸ–—‘’“”…€•‹›≤≥\xa0\u2010\u2011\u202f"
)
"""What English and French are written with, and all of :data:`_PAIRS`."""
_WORD_JOINER: Final = "\u2060"
"""Not seen, and says nothing."""
_PAIRS: Final = "()[]{}<>«»‹›≤≥"
_MIRRORED: Final = str.maketrans(_PAIRS, "".join(_PAIRS[i ^ 1] for i in range(len(_PAIRS))))


def embed(weasyprint: Any, faces: Mapping[str, Face], files: Iterable[bytes]) -> Objects:
    """Embed fonts.

    Args:
        weasyprint: The renderer.
        faces: The fonts by their names in the file.
        files: The font files that were there when the pages were set.

    Returns:
        Their objects; the first is the dictionary of all.
    """
    import pydyf
    from weasyprint.pdf.fonts import build_fonts_dictionary

    known = {hashlib.sha256(data).hexdigest(): data for data in files}
    pdf = pydyf.PDF()
    fonts = {name: _font(face, known[face.file]) for name, face in faces.items()}
    options = {**weasyprint.DEFAULT_OPTIONS, "pdf_version": "1.7"}
    dictionary = build_fonts_dictionary(pdf, fonts, True, True, options)
    pdf.add_object(dictionary)
    kept = [item for item in pdf.objects if item.number > 2 and item is not dictionary]
    return opened(kept, {}, [dictionary])[0]


def _font(face: Face, file: bytes) -> Any:
    """Make WeasyPrint's font anew from what was kept of it."""
    from weasyprint.pdf.fonts import Font
    from weasyprint.text.ffi import ffi, harfbuzz

    font = Font.__new__(Font)
    for name, value in face.facts.items():
        setattr(font, name, value)
    font.file_content = file
    data = ffi.from_buffer(file)
    blob = ffi.gc(harfbuzz.hb_blob_create(data, len(file), 1, ffi.NULL, ffi.NULL), harfbuzz.hb_blob_destroy)
    font.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, face.facts["index"]), harfbuzz.hb_face_destroy)
    font.kept = data, blob
    usual = glyphs_of(file=file, index=font.index, signs=_USUAL)
    widths = {**dict(usual.values()), **face.widths}
    texts = {**{glyph: sign for sign, (glyph, _) in reversed(usual.items())}, **face.texts}
    font.widths = dict(sorted(widths.items()))
    font.to_unicode = {glyph: _said(font, glyph, text) or _WORD_JOINER for glyph, text in sorted(texts.items())}
    return font


def _said(font: Any, glyph: int, text: str) -> str:
    """Return the text of a glyph; a bracket that stood mirrored in Arabic first is the other one everywhere else.

    Those that share a character with another glyph (Devanagari, Burmese) have none: ISO 14289-1, 7.21.7 and ISO 19005-2,
    6.2.11.7.2 ask for one.
    """
    if len(text) != 1 or text not in _PAIRS:
        return text
    upright = glyphs_of(file=font.file_content, index=font.index, signs=_USUAL).get(text)
    return text if upright is None or upright[0] == glyph else text.translate(_MIRRORED)
