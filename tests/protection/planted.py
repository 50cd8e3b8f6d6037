"""Documents with a name planted in them, one place at a time."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any, Final

import pikepdf
from PIL import Image

from reportgen.diagnostics import Span
from reportgen.protection.secrets import Secret, Secrets
from reportgen.resources import resource
from reportgen.theme.model import USUAL
from reportgen.writers.bind import bind, faces
from reportgen.writers.pdf import Setting, import_weasyprint
from reportgen.writers.pieces import Piece

NAME: Final = "Orsine Talem"
SHORT: Final = "Ana"
SECRETS: Final = Secrets(
    (
        Secret(NAME, Span("secrets.txt", 3)),
        Secret(SHORT, Span("secrets.txt", 4)),
        Secret("Marenne", Span("secrets.txt", 5)),
    )
)
_FONT: Final = sorted(resource("templates").joinpath("fonts").rglob("*Serif-Regular.ttf"))[0]
_HEAD: Final = (
    "<style>@font-face {{ font-family: Text; src: url({font}) }} html {{ font-family: Text }}"
    " @page {{ size: 100mm 80mm; margin: 10mm }} {style}</style>"
)


def pdf(body: str, head: str = "", style: str = "", **options: Any) -> bytes:
    """Set a page of HTML as it is, by the renderer itself."""
    weasyprint = import_weasyprint()
    font = f"data:font/ttf;base64,{base64.b64encode(_FONT.read_bytes()).decode()}"
    source = f'<html lang="fr">{_HEAD.format(font=font, style=style)}{head}<body>{body}'
    return bytes(weasyprint.HTML(string=source).write_pdf(**options))


def bound(*chapters: str, style: str = "") -> bytes:
    """Set chapters as the pieces of a report, and bind them as the program does."""
    setting = Setting(USUAL, {})
    head = _HEAD.format(font="asset:fonts/NotoSerif-Regular.ttf", style=style)
    quires = [
        setting.quire(Piece(f"c{number}-", f'<html lang="fr"><head>{head}</head><body>{body}', first=not number))
        for number, body in enumerate(chapters)
    ]
    return bind(quires, setting.fonts(faces(quires)))


def changed(data: bytes, change: Any) -> bytes:
    """Change a finished PDF."""
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def jpeg(comment: bytes = b"", exif: str = "") -> bytes:
    """A JPEG with a comment or a description."""
    out = io.BytesIO()
    options: dict[str, Any] = {"comment": comment} if comment else {}
    if exif:
        tags = Image.Exif()
        tags[0x010E] = exif
        options["exif"] = tags
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", **options)
    return out.getvalue()


def jpeg_with(piece: bytes, *, before: bytes, last: bool = False) -> bytes:
    """A JPEG in several scans with ``piece`` before the first marker ``before``, or the last."""
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(out, "JPEG", progressive=True)
    data = out.getvalue()
    at = data.rindex(before) if last else data.index(before)
    return data[:at] + piece + data[at:]


def segment(kind: int, words: str) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, kind]) + (len(words) + 2).to_bytes(2) + words.encode()


def png(kind: bytes = b"", body: bytes = b"") -> bytes:
    """A PNG with a chunk of text."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    data = out.getvalue()
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return data[:33] + chunk + data[33:] if kind else data


def data_address(data: bytes, media: str) -> str:
    """The bytes as an address."""
    return f"data:{media};base64,{base64.b64encode(data).decode()}"
