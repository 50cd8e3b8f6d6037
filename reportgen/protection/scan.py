"""What stands in a finished file, wherever in it: the last look before it leaves.

Nothing is trusted to be what it is meant to be: bytes are read as what they begin with, archives member by member, and
what can't be searched counts as much as a name.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from reportgen.diagnostics import Diagnostic
from reportgen.protection.clean import Clean
from reportgen.protection.look import Look, TooMuch
from reportgen.protection.scan_markup import scan_markup
from reportgen.protection.secrets import Secrets

_DEEPEST: Final = 4
"""Files within files."""
_MOST_MEMBERS: Final = 5_000
_ACTIVE: Final = ("vbaproject", "embeddings/", "activex", "attachedtemplate")
"""What a document of Word may hold and a report never does."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURE: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
"""The parts of a PNG that are the picture; all others can hold words (W3C, PNG, 4.7.2), and some are nobody's but an author's."""
_END: Final = 0xD9


def leaks(name: str, data: bytes, secrets: Secrets, clean: Clean | None = None) -> tuple[Diagnostic, ...]:
    """Return every place of a finished file that holds what must not leave, or that acts by itself.

    Args:
        name: Its name, for messages; it is searched too.
        data: Its bytes: PDF, HTML, a ZIP archive (DOCX, a bundle), an image or text.
        secrets: What must not appear in it; where there are none, it is still searched for what acts.
        clean: What was searched before; what holds nothing now is added to it.

    Returns:
        Errors, without any value; nothing where the file may leave.
    """
    look = Look(name, secrets, clean=clean or Clean())
    look.text(name, "name")
    try:
        _scan(data, "", look, 0)
    except (TooMuch, RecursionError, MemoryError):
        look.unread("…")
    return tuple(look.found)


def get_ready() -> None:
    """Import what PDF is read with, while there is nothing else to do."""
    import reportgen.protection.scan_pdf  # noqa: F401 - that is all


def _scan(data: bytes, place: str, look: Look, depth: int) -> None:
    """Search bytes of any kind.

    Args:
        data: The bytes.
        place: Where they were found; empty for the file itself.
        look: Takes what is found.
        depth: How many files they lie in.
    """
    if depth > _DEEPEST:
        look.unread(place)
        return
    before = f"{place}, " if place else ""

    def within(part: bytes, where: str) -> None:
        look.unpacked(len(part))
        _scan(part, before + where, look, depth + 1)

    if b"%PDF-" in data[:1024]:
        from reportgen.protection.scan_pdf import scan_pdf

        scan_pdf(data, look, before, within)
    elif data.startswith(_ZIP):
        _scan_zip(data, look, before, within)
    elif data.startswith(_PNG):
        look.texts((f"{before}PNG {kind}", text) for kind, text in _png_texts(data))
    elif data.startswith(b"\xff\xd8\xff"):
        look.texts((f"{before}JPEG {kind}", text) for kind, text in _jpeg_texts(data))
    elif (text := _text_of(data)) is None:
        look.data(data, place or "…")
    elif text.lstrip("\ufeff \r\n\t").startswith("<"):
        head = text[:2000].casefold()
        scan_markup(text, before + ("HTML" if "<html" in head or "<!doctype html" in head else "XML"), look, within)
    else:
        lines = text.split("\n")
        look.texts(((f"{before}l. {number}", line) for number, line in enumerate(lines, 1)), flowing=True)


def _text_of(data: bytes) -> str | None:
    """Return bytes as text, or ``None`` where they are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1") if data.lstrip().startswith(b"<") else None


def _scan_zip(data: bytes, look: Look, before: str, within: object) -> None:
    assert callable(within)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise TooMuch
            look.text(_bytes_text(archive.comment), f"{before}ZIP")
            for number, member in enumerate(members, 1):
                place = f"ZIP, {number}"
                look.texts(
                    [(before + place, member.filename), (before + place, _bytes_text(member.comment + member.extra))]
                )
                if any(part in member.filename.casefold() for part in _ACTIVE):
                    look.acts(before + place)
                if not member.is_dir():
                    within(_member(archive, member, look), place)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, OSError, EOFError):
        look.unread(f"{before}ZIP")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, look: Look) -> bytes:
    """Unpack one member, whatever size it says it has."""
    with archive.open(member) as source:
        data = source.read(look.left + 1)
    if len(data) > look.left:
        raise TooMuch
    return data


def _bytes_text(data: bytes) -> str:
    return data.decode("utf-8", "replace") + "\n" + data.decode("latin-1")


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts beside the picture, and whatever stands after its end."""
    position = len(_PNG)
    while position + 12 <= len(data):
        (size,), kind = struct.unpack(">I", data[position : position + 4]), data[position + 4 : position + 8]
        body = data[position + 8 : position + 8 + size]
        position += size + 12
        if kind not in _PICTURE:
            for part in (body, *_inflated(body)):
                yield kind.decode("latin-1"), _bytes_text(part)
        if kind == b"IEND":
            break
    if position < len(data):
        yield "…", _bytes_text(data[position:])


def _inflated(body: bytes) -> Iterator[bytes]:
    """Yield what is packed in a text of a PNG, which begins after a few words and a zero."""
    for start in range(len(body) - 1):
        if body[start] & 0x0F == 8 and int.from_bytes(body[start : start + 2]) % 31 == 0:  # RFC 1950, 2.2
            try:
                yield zlib.decompressobj().decompress(body[start:], 1_000_000)
            except zlib.error:
                continue


def _jpeg_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every segment that is no picture (COM, EXIF, XMP …), between its scans too, and whatever stands outside of all.

    Within a scan, 0xFF is followed by zero or the number of a restart (ITU-T T.81, B.1.1.2); any other begins a segment.
    """
    position, scanned = 2, False
    while (start := data.find(b"\xff", position)) >= 0:
        if start > position and not scanned:
            yield "…", _bytes_text(data[position:start])
        kind = data[start + 1] if start + 1 < len(data) else _END
        position = start + 2
        if kind == _END:
            break
        if kind in {0x00, 0x01, 0xFF} or 0xD0 <= kind <= 0xD7:
            position -= kind == 0xFF
            continue
        size = int.from_bytes(data[position : position + 2])
        if not (0xC0 <= kind <= 0xCF or 0xDA <= kind <= 0xDD):
            name = "COM" if kind == 0xFE else f"APP{kind - 0xE0}" if 0xE0 <= kind <= 0xEF else f"{kind:02X}"
            yield name, _bytes_text(data[position + 2 : position + size])
        position, scanned = position + max(size, 2), kind == 0xDA
    if 0 < position < len(data):
        yield "…", _bytes_text(data[position:])


__all__ = ["get_ready", "leaks"]
