"""Strings and names as PDF writes them, and the texts that the codes of a font stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from urllib.parse import unquote

STRING: Final = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\))*+\)|<[0-9A-Fa-f\s]*>"
"""A string of PDF, as an expression."""
STREAM: Final = re.compile(rb"stream(?<!\wstream)\r?\n")
"""Where the content of a stream begins."""
_STRINGS: Final = re.compile(rb"(?:/([^\s/\[\]<>(){}%]+)\s*+)?(" + STRING + rb")", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_WHOLE: Final = re.compile(rb"<((?:[0-9A-Fa-f]{2})*+)>")
_ESCAPES: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r": b"", b"\r\n": b""}
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def strings(source: bytes) -> Iterator[tuple[str, str]]:
    """Yield every string, with the name before it, in each way in which it may be written."""
    for key, written in _STRINGS.findall(source):
        name, raw = name_of(key), _raw(written)
        if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
            yield name, raw.decode("utf-16", "replace")
        else:
            yield name, raw.decode("latin-1")
            if not raw.isascii():
                yield name, raw.decode("utf-8", "replace")


@cache
def name_of(name: bytes) -> str:
    """Return a name as it is meant (ISO 32000-1, 7.3.5)."""
    return unquote(name.replace(b"%", b"%25").replace(b"#", b"%").decode("latin-1"))


def _raw(written: bytes) -> bytes:
    """Return the bytes that a string stands for (ISO 32000-1, 7.3.4)."""
    if written.startswith(b"<"):
        return bytes.fromhex(_even(written[1:-1]).decode())
    inner = written[1:-1]
    return _ESCAPES.sub(_escaped, inner) if b"\\" in inner else inner


def _escaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPED.get(sign, sign)


def shown(written: bytes) -> bytes:
    """Return the codes of the signs that an operator shows, whatever moves stand between them."""
    if b"(" not in written:
        whole = _WHOLE.findall(written)
        if len(whole) == written.count(b"<"):
            return bytes.fromhex(b"".join(whole).decode())
        digits = [_even(part) for part in _HEX.findall(written)]
        return bytes.fromhex(b"".join(digits).decode())
    return b"".join(_raw(part) for _, part in _STRINGS.findall(written))


def _even(digits: bytes) -> bytes:
    return (
        digits
        if digits.isalnum() and not len(digits) % 2
        else (plain := b"".join(digits.split())) + b"0" * (len(plain) % 2)
    )


def to_unicode(data: bytes) -> dict[int, str]:
    """Read the table of a font (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, block in _BLOCK.findall(data):
        if kind == b"bfchar":
            table.update((int(code, 16), _utf16(signs)) for code, signs in _PAIR.findall(block))
            continue
        for first, last, start, each in _RANGE.findall(block):
            codes = range(int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF) + 1)
            if each:
                table.update(zip(codes, map(_utf16, re.findall(rb"<([0-9A-Fa-f]*)>", each)), strict=False))
            else:
                head, tail = _utf16(start)[:-1], ord(_utf16(start)[-1:] or "\0")
                table.update((code, head + chr(min(tail + code - codes[0], 0x10FFFF))) for code in codes)
    return table


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


__all__ = ["STREAM", "STRING", "name_of", "shown", "strings", "to_unicode"]
