"""The file that is sent: a ZIP archive of one plain form, which is read back only if it has that form to the last byte.

Archives can say one thing in their list and another before each file, hide files between files, name devices, point out
of the folder or grow to a thousand times their size (PKWARE, APPNOTE.TXT 6.3). None of that is looked for here. What is
read is put together again as this program would have written it; unless every byte is the same, it is refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reportgen.submission.images import MOST_BYTES as IMAGE_BYTES
from reportgen.submission.images import MOST_IMAGES
from reportgen.submission.yaml_reader import MAX_BYTES as TEXT_BYTES

MOST_TEXTS: Final = 99
MOST_TOTAL: Final = 100_000_000
"""Bytes of all members; an e-mail takes a quarter of it."""
_NAME: Final = re.compile(r"submission(?:-[0-9]{2})?\.yaml|images/[1-9][0-9]{0,2}\.(?:png|jpg)")
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_VERSION, _UNIX, _FILE_0600 = 20, 3, 0o100600 << 16
_DATE: Final = (0, 1 << 5 | 1)
"""Midnight of 1 January 1980, the first that the form knows: when a bundle was made is nobody's business."""
_STORED, _DEFLATED = 0, 8


class ArchiveFault(Exception):  # noqa: N818 - a fault of the input, reported as such
    """An archive is none of ours, or damaged."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file as it lies in the archive."""

    name: bytes
    method: int
    check: int
    size: int
    packed: bytes

    def local(self) -> bytes:
        return _LOCAL.pack(b"PK\3\4", _VERSION, 0, *self._common, len(self.name), 0) + self.name + self.packed

    def central(self, offset: int) -> bytes:
        made_by = _UNIX << 8 | _VERSION
        head = (b"PK\1\2", made_by, _VERSION, 0, *self._common, len(self.name), 0, 0, 0, 0, _FILE_0600, offset)
        return _CENTRAL.pack(*head) + self.name

    @property
    def _common(self) -> tuple[int, ...]:
        return (self.method, *_DATE, self.check, len(self.packed), self.size)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return ``files`` as an archive; the same files give the same bytes.

    Raises:
        ArchiveFault: There are more or larger ones than may be read back.
    """
    entries = []
    for name, data in files.items():
        text = name.endswith(".yaml")
        if not _NAME.fullmatch(name) or len(data) > _largest(name):
            raise ArchiveFault
        packed = _deflated(data) if text else data
        entries.append(_Entry(name.encode(), _DEFLATED if text else _STORED, zlib.crc32(data), len(data), packed))
    _bounded(entries)
    return _whole(entries)


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files in an archive of ours, by name.

    Raises:
        ArchiveFault: It is none, or damaged.
    """
    entries: list[_Entry] = []
    offset = 0
    while data.startswith(b"PK\3\4", offset) and len(entries) <= MOST_TEXTS + MOST_IMAGES:
        entry = _entry_at(data, offset)
        entries.append(entry)
        offset += len(entry.local())
    _bounded(entries)
    if _whole(entries) != data:
        raise ArchiveFault
    return {entry.name.decode(): _content(entry) for entry in entries}


def _entry_at(data: bytes, offset: int) -> _Entry:
    start = offset + _LOCAL.size
    if start > len(data):
        raise ArchiveFault
    _, _, _, method, _, _, check, packed, size, length, _ = _LOCAL.unpack_from(data, offset)
    name = data[start : start + length]
    return _Entry(name, method, check, size, data[start + length : start + length + packed])


def _bounded(entries: list[_Entry]) -> None:
    names = [entry.name.decode("ascii", "replace") for entry in entries]
    texts = sum(name.endswith(".yaml") for name in names)
    if (
        not texts
        or texts > MOST_TEXTS
        or len(names) - texts > MOST_IMAGES
        or len(set(names)) < len(names)
        or not all(map(_NAME.fullmatch, names))
        or any(entry.size > _largest(name) for entry, name in zip(entries, names, strict=True))
        or sum(entry.size for entry in entries) > MOST_TOTAL
    ):
        raise ArchiveFault


def _largest(name: str) -> int:
    return TEXT_BYTES if name.endswith(".yaml") else IMAGE_BYTES


def _whole(entries: list[_Entry]) -> bytes:
    body, listed = bytearray(), bytearray()
    for entry in entries:
        listed += entry.central(len(body))
        body += entry.local()
    count = len(entries)
    return bytes(body + listed) + _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), len(body), 0)


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def _content(entry: _Entry) -> bytes:
    """Unpack one file; it can't become larger than it says, and pictures are not packed at all."""
    text = entry.name.endswith(b".yaml")
    if entry.method != (_DEFLATED if text else _STORED):
        raise ArchiveFault
    data = entry.packed
    if text:
        packer = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = packer.decompress(entry.packed, entry.size + 1)
        except zlib.error as error:
            raise ArchiveFault from error
        if not packer.eof or packer.unused_data or packer.unconsumed_tail:
            raise ArchiveFault
    if len(data) != entry.size or zlib.crc32(data) != entry.check:
        raise ArchiveFault
    return data


__all__ = ["MOST_TEXTS", "MOST_TOTAL", "ArchiveFault", "pack", "unpack"]
