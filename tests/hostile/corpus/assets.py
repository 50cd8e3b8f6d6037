"""Pictures and places of pictures that attack what opens them; each with the code that answers it, ``""`` if it is shown."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.hostile.corpus import CANARY

Asset = tuple[str, str, str, Callable[[Path], None]]
"""Name, expected code, path as the text writes it, and what makes the file in the folder of the submission."""


def cases() -> Iterator[Asset]:
    """Yield every asset."""
    for name, (code, data) in _pictures().items():
        yield name, code, "x.png", lambda home, data=data: _write(home / "x.png", data())  # type: ignore[misc]
    yield from _places()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(
    width: int, height: int, depth: int = 8, colour: int = 0, *, data: bytes | None = None, more: bytes = b""
) -> bytes:
    """A black PNG, written by hand so that it may lie about itself."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    if data is None:
        row = b"\0" * (1 + (width * samples * depth + 7) // 8)
        packer = zlib.compressobj(9)
        data = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = _chunk(b"IHDR", head) + more + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _saved(form: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    sink = io.BytesIO()
    Image.new(mode, size).save(sink, form, **more)
    return sink.getvalue()


def _jpeg_with(segment: int, data: bytes) -> bytes:
    jpeg = _saved("JPEG")
    return jpeg[:2] + bytes([0xFF, segment]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = exif[0x9286] = CANARY  # description, comment
    exif[0x0112] = 99  # orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0), 29: CANARY})  # place
    return _saved("JPEG", exif=exif, comment=CANARY)


def _animated(form: str) -> bytes:
    sink = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in range(0, 250, 5)]
    frames[0].save(sink, form, save_all=True, append_images=frames[1:])
    return sink.getvalue()


def _with_words() -> bytes:
    words = PngInfo()
    words.add_text("Author", CANARY)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>", zip=True)
    return _saved("PNG", pnginfo=words)


_SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">%s</svg>'
)


def _pictures() -> dict[str, tuple[str, Callable[[], bytes]]]:
    bomb = zlib.compress(b"\0" * 100_000_000, 9)
    return {
        "png_144_megapixels": ("RG614", lambda: _png(12_000, 12_000, 1)),
        "png_that_says_it_is_endless": ("RG614", lambda: _png(2**31 - 1, 2**31 - 1, data=b"x")),
        "png_25_megapixels_of_64_bits": ("", lambda: _png(5_000, 5_000, 16, 6)),
        "png_one_pixel_high": ("", lambda: _png(2_000_000, 1)),
        "png_one_pixel_wide": ("", lambda: _png(1, 2_000_000)),
        "png_of_nothing": ("RG612", lambda: _png(0, 0)),
        "png_cut": ("RG616", lambda: _saved("PNG", size=(400, 300))[:200]),
        "png_without_data": ("RG616", lambda: _png(40, 30, data=b"")),
        "png_with_too_little_data": ("RG616", lambda: _png(400, 300, data=zlib.compress(b"\0"))),
        "png_with_too_much_data": ("", lambda: _png(40, 30, data=bomb)),
        "png_of_noise": ("", lambda: _png(40, 30, data=bytes(range(1, 256)) * 4)),
        "png_wrong_sum": ("RG612", lambda: _png(40, 30).replace(b"IHDR", b"IHDX")),
        "png_without_palette": ("", lambda: _png(40, 30, 8, 3)),
        "png_words_that_unpack": ("RG616", lambda: _png(40, 30, more=_chunk(b"zTXt", b"k\0\0" + bomb))),
        "png_profile_that_unpacks": ("RG616", lambda: _png(40, 30, more=_chunk(b"iCCP", b"p\0\0" + bomb))),
        "png_of_16_bits": ("", lambda: _png(40, 30, 16)),
        "png_with_an_archive_behind": ("", lambda: _saved("PNG") + b"PK\x03\x04" + b"x" * 1_000),
        "png_with_a_script_behind": ("", lambda: _saved("PNG") + b"<script>alert(1)</script>"),
        "png_with_words": ("", _with_words),
        "png_animated": ("", lambda: _animated("PNG")),
        "jpeg_called_png": ("", lambda: _saved("JPEG")),
        "jpeg_cut": ("RG616", lambda: _saved("JPEG", size=(400, 300))[:300]),
        "jpeg_of_four_colours": ("", lambda: _saved("JPEG", "CMYK")),
        "jpeg_that_says_it_is_huge": ("RG614", lambda: _saved("JPEG").replace(struct.pack(">HH", 30, 40), b"\xff\xff\xff\xff")),
        "jpeg_of_a_thousand_scans": ("RG616", lambda: _saved("JPEG", progressive=True).replace(b"\xff\xda", b"\xff\xda" * 1_000)),
        "jpeg_with_a_place": ("", _exif),
        "jpeg_with_a_comment": ("", lambda: _jpeg_with(0xFE, CANARY.encode() * 500)),
        "jpeg_with_broken_notes": ("", lambda: _jpeg_with(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 500)),
        "jpeg_with_a_profile_of_noise": ("", lambda: _jpeg_with(0xE2, b"ICC_PROFILE\0\x01\xff" + bytes(range(256)) * 2)),
        "jpeg_header_alone": ("RG612", lambda: b"\xff\xd8\xff\xe0"),
        "gif": ("RG612", lambda: _saved("GIF", "P")),
        "gif_animated": ("RG612", lambda: _animated("GIF")),
        "gif_with_a_script": ("RG612", lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)"),
        "tiff": ("RG612", lambda: _saved("TIFF")),
        "webp": ("RG612", lambda: b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40),
        "bmp": ("RG612", lambda: _saved("BMP")),
        "ico": ("RG612", lambda: _saved("ICO")),
        "eps": ("RG612", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n"),
        "pdf": ("RG612", lambda: b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>"),
        "pcx": ("RG612", lambda: _saved("PCX")),
        "ppm": ("RG612", lambda: b"P6 99999 99999 255\n"),
        "xbm": ("RG612", lambda: b"#define x_width 99999\n#define x_height 99999\n"),
        "svg_script": ("RG612", lambda: _SVG % b"<script>alert(1)</script>"),
        "svg_file": ("RG612", lambda: _SVG % b'<image xlink:href="file:///etc/passwd"/>'),
        "svg_use": ("RG612", lambda: _SVG % (b'<g id="a"><use href="#a"/><use href="#a"/></g>' * 100)),
        "svg_entities": ("RG612", lambda: b'<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _SVG % b"&a;"),
        "html": ("RG612", lambda: b"<!doctype html><script>alert(1)</script>"),
        "text": ("RG612", lambda: b"hello"),
        "empty": ("RG612", lambda: b""),
        "one_byte": ("RG612", lambda: b"\x89"),
        "zeros": ("RG612", lambda: b"\0" * 1_000_000),
        "eleven_megabytes": ("RG613", lambda: _saved("PNG") + b"\0" * 11_000_000),
    }  # fmt: skip


def _nothing(_: Path) -> None:
    pass


def _places() -> Iterator[Asset]:
    outside = "../../../outside"  # from the folder of the submission
    written = {
        "above": ("RG611", "../../../outside/canary.png"),
        "above_from_below": ("RG611", "images/../../../../outside/canary.png"),
        "above_by_percent": ("RG611", "%2e%2e/%2e%2e/%2e%2e/outside/canary.png"),
        "above_by_percent_twice": ("RG610", "%252e%252e/outside/canary.png"),
        "above_by_backslash": ("RG611", "..\\..\\..\\outside\\canary.png"),
        "above_by_percent_backslash": ("RG610", "..%5c..%5c..%5coutside%5ccanary.png"),
        "above_overlong": ("RG610", "..%c0%af..%c0%afoutside/canary.png"),
        "absolute": ("RG611", "/etc/passwd"),
        "absolute_by_percent": ("RG611", "%2fetc%2fpasswd"),
        "home": ("RG611", "~/x.png"),
        "of_the_system": ("RG611", "/proc/self/environ"),
        "of_the_system_above": ("RG611", "../../../../../../../../proc/self/environ"),
        "device": ("RG611", "/dev/zero"),
        "input": ("RG611", "/dev/stdin"),
        "address": ("RG611", "http://127.0.0.1:{port}/x.png"),
        "address_of_a_file": ("RG611", "file:///etc/passwd"),
        "data": ("RG611", "data:image/png;base64,iVBORw0KGgo="),
        "asset": ("RG611", "asset:fonts/x.ttf"),
        "drive": ("RG611", "C:\\Windows\\win.ini"),
        "share": ("RG611", "\\\\host\\share\\x.png"),
        "device_of_windows": ("RG610", "CON"),
        "stream_of_windows": ("RG611", "x.png::$DATA"),
        "null": ("RG610", "x%00.png"),
        "itself": ("RG612", "."),
        "endless": ("RG610", "a/" * 240 + "x.png"),
        "endless_name": ("RG610", "a" * 480 + ".png"),
        "letters_of_another_case": ("RG610", "X.PNG"),
        "query": ("RG610", "x.png?a=b#c"),
        "nothing": ("RG610", ""),
    }
    for name, (code, path) in written.items():
        yield f"path_{name}", code, path, _nothing
    yield "link_out", "RG611", "x.png", lambda home: (home / "x.png").symlink_to(f"{outside}/canary.png")
    yield "link_out_absolute", "RG611", "x.png", lambda home: (home / "x.png").symlink_to("/etc/passwd")
    yield "link_to_a_folder_out", "RG611", "far/canary.png", lambda home: (home / "far").symlink_to(outside)
    yield "link_to_itself", "RG610", "x.png", lambda home: (home / "x.png").symlink_to("x.png")
    yield "link_to_a_device", "RG611", "x.png", lambda home: (home / "x.png").symlink_to("/dev/zero")
    yield "link_to_nothing", "RG610", "x.png", lambda home: (home / "x.png").symlink_to("gone.png")
    yield "link_to_its_folder", "RG612", "x.png", lambda home: (home / "x.png").symlink_to(".")
    yield "pipe", "RG612", "x.png", lambda home: os.mkfifo(home / "x.png")
    yield "folder", "RG612", "x.png", lambda home: (home / "x.png").mkdir()
