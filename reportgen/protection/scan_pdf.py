"""PDF: the words of every page, drawn where they are seen or not, and every string that stands in the file.

Two ways lead through a PDF, and both are taken. As a reader does, from page to page: what each draws becomes text by the
tables of its fonts (ISO 32000-1, 9.10.3), in the order of drawing and, since a word may go on after the notes of a
page, in the order of the tag tree. And as somebody with tools does, from the first byte to the last: every stream is
unpacked, whether anything refers to it or not, so that earlier revisions and what stands after the end are searched as well.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any, Final

import pikepdf

from reportgen.protection.look import Look, TooMuch
from reportgen.protection.pdf_strings import STREAM, name_of, strings
from reportgen.protection.scan_pages import scan_pages

_NAMES: Final = re.compile(rb"/([^\s/\[\]<>(){}%]+)")
_COMMENTS: Final = re.compile(rb"%[^\r\n]+")
_PREDICTED: Final = re.compile(rb"/Predictor\s+(?!1\b)")
"""Tells that a stream holds differences and not its bytes (ISO 32000-1, 7.4.4.4), as pictures and tables do, and no words."""
_NO_WORDS: Final = re.compile(rb"/(?:Image|XRef)\b")
_ACTS: Final = frozenset(
    {"JavaScript", "JS", "Launch", "OpenAction", "AA", "SubmitForm", "ImportData", "GoToR", "GoToE", "XFA"}
    | {"EmbeddedFile", "EmbeddedFiles", "AF", "FileAttachment", "RichMedia", "Movie", "Sound", "Rendition", "Trans3D"}
)
"""Names of what acts by itself, asks elsewhere or is attached (ISO 32000-1, 12.6 and 7.11.4)."""
_LARGEST: Final = 100_000_000

Within = Callable[[bytes, str], None]


def scan_pdf(data: bytes, look: Look, before: str, within: Within) -> None:
    """Search a PDF.

    Args:
        data: Its bytes.
        look: Takes what is found.
        before: What stands before places.
        within: Searches a file within it.
    """
    try:
        with pikepdf.open(_io(data)) as pdf:
            if pdf.is_encrypted:
                look.unread(f"{before}PDF")
                return
            if look.secrets:
                scan_pages(pdf, data, look, before)
    except TooMuch:
        raise
    except Exception:  # whatever a damaged file causes: it can't be searched
        look.unread(f"{before}PDF")
    _read_bytes(data, look, before, within)


def _io(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


def _read_bytes(data: bytes, look: Look, before: str, within: Within) -> None:
    """Search every stream, whether anything refers to it, and all that stands between them."""
    between: list[bytes] = []
    end = 0
    for match in STREAM.finditer(data):
        if match.start() < end:
            continue
        start = max(data.rfind(b"obj", 0, match.start()), end)
        stop = data.find(b"endstream", match.end())
        known = b"stream", data[start : max(stop, start)]
        between.append(data[end : match.start()])
        if look.knows(*known):
            end = stop
            continue
        told = look.told
        head = data[start : match.start()]
        body, end = _unpacked(data, match.end(), head, look, before)
        if body is not None:
            _read_stream(head, body, look, before, within)
        if end <= stop and not data[end:stop].strip():  # else there is more than what was unpacked
            look.learn(told, *known)
    between.append(data[end:])
    rest = b"\n".join(between)
    _read_objects(rest, look, before)
    look.texts((f"{before}PDF, %", _decoded(comment)) for comment in _COMMENTS.findall(rest))
    last = rest.rpartition(b"%%EOF")[2]
    look.texts([(f"{before}PDF, %%EOF", _decoded(last)), (f"{before}PDF, %%EOF", last.decode("utf-8", "replace"))])


def _unpacked(data: bytes, start: int, head: bytes, look: Look, before: str) -> tuple[bytes | None, int]:
    """Return what is in the stream at ``start``, and where it ends."""
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    filters = re.search(rb"/Filter\s*(\[[^\]]*\]|/\w+)", head)
    names = re.findall(rb"/(\w+)", filters[1]) if filters else []
    known = names in ([], [b"FlateDecode"], [b"Fl"], [b"DCTDecode"])
    if not known or (_PREDICTED.search(head) and not _NO_WORDS.search(head)):
        look.unread(f"{before}PDF, {b' '.join(names).decode()}")
        return None, end
    if names in ([], [b"DCTDecode"]):
        return data[start:end], end
    for stop in (end, len(data)):  # the word may stand in what is packed
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(data[start:stop], min(_LARGEST, look.left + 1))
        except zlib.error:
            break
        if unpacker.eof:
            look.unpacked(len(body))
            return body, stop - len(unpacker.unused_data)
    look.unread(f"{before}PDF, FlateDecode")
    return None, end


def _read_stream(head: bytes, body: bytes, look: Look, before: str, within: Within) -> None:
    kinds = frozenset(_NAMES.findall(head))
    if b"Image" in kinds:
        if body.startswith(b"\xff\xd8"):
            within(body, "PDF")
    elif b"EmbeddedFile" in kinds:
        within(body, "PDF, EmbeddedFile")
    elif b"XML" in kinds:
        within(body, "PDF, XMP")
    elif b"ObjStm" in kinds:
        _read_objects(body, look, before)
    elif b"XRef" in kinds:
        pass
    elif b"Length1" in kinds or kinds & {b"OpenType", b"Type1C", b"CIDFontType0C"}:
        look.data(body, f"{before}PDF, font")
    else:
        if b"(" in body or not _draws(body):
            look.texts((f"{before}PDF, stream", text) for _, text in strings(body))
        if not _draws(body):
            look.data(body, f"{before}PDF, stream")


def _draws(body: bytes) -> bool:
    """Whether a stream is what a page draws, or the table of a font: numbers of signs, which are no text."""
    return bool(re.search(rb"\b(?:cm|BT|re|gs|Do|begincmap)\b", body[:4000]))


def _read_objects(source: bytes, look: Look, before: str) -> None:
    """Search the strings and names of objects."""
    look.texts((f"{before}PDF{', /' + key if key else ''}", text) for key, text in strings(source))
    names = {name_of(name) for name in set(_NAMES.findall(source))}
    # a short name within letters does not count: “Page” and “Parent” are words of every PDF
    look.texts((f"{before}PDF, /", f"x{name}x" if name.isalpha() else name) for name in sorted(names))
    for name in sorted(names & _ACTS):
        look.acts(f"{before}PDF, /{name}")


def _decoded(data: bytes) -> str:
    return data.decode("latin-1")


__all__ = ["scan_pdf"]
