"""Archives that mean harm, or were harmed on the way: made here, so that none has to lie in the repository."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from reportgen.bundle import archive as ours
from reportgen.bundle.archive import pack
from tests.samples import MINIMAL

TEXT = MINIMAL.format(answer="", rest="", language="en").encode()
_CENTRAL, _END = b"PK\1\2", b"PK\5\6"


def picture(form: str = "PNG", size: tuple[int, int] = (4, 4)) -> bytes:
    """A picture."""
    sink = BytesIO()
    Image.new("RGB", size, "green").save(sink, form)
    return sink.getvalue()


GOOD = {"submission.yaml": TEXT, "images/1.png": picture()}


def alike(files: Mapping[str, bytes] | list[tuple[str | bytes, bytes]], *, stored: bool = False) -> bytes:
    """An archive of just the form of a bundle, whatever its files are called and however large they are."""
    entries = []
    for name, data in files.items() if isinstance(files, Mapping) else files:
        method = 0 if stored or (isinstance(name, str) and name.endswith((".png", ".jpg"))) else 8
        packed = ours._deflated(data) if method else data
        raw = name.encode() if isinstance(name, str) else name
        entries.append(ours._Entry(raw, method, zlib.crc32(data), len(data), packed))
    return ours._whole(entries)


def one(packed: bytes, size: int, *, method: int = 8) -> bytes:
    """A bundle of one text, which is packed as it likes."""
    return ours._whole([ours._Entry(b"submission.yaml", method, zlib.crc32(TEXT), size, packed)])


def _endless() -> bytes:
    """Everything is there, and more could follow."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(TEXT) + packer.flush(zlib.Z_SYNC_FLUSH)


def _bomb() -> bytes:
    """What unpacks to three thousand million bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(b"a" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * 300 + packer.flush()


def as_zip(files: Mapping[str, bytes] | list[tuple[Any, bytes]], **more: Any) -> bytes:
    """An archive as any other program makes it; the bundle's own text is always in it."""
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(name, data, **more)
    return sink.getvalue()


def _of_kind(mode: int) -> bytes:
    """A bundle whose list says that a file in it is something else."""
    return pack(GOOD).replace(struct.pack("<I", 0o100600 << 16), struct.pack("<I", mode << 16))


def _changed(at: Callable[[bytes], int], form: str, value: Any) -> bytes:
    """A good bundle in which one number says something else."""
    data = bytearray(pack(GOOD))
    struct.pack_into(form, data, at(bytes(data)), value)
    return bytes(data)


def _zip64() -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w") as archive, archive.open("submission.yaml", "w", force_zip64=True) as member:
        member.write(TEXT)
    return sink.getvalue()


def _hidden() -> bytes:
    """Something between the files that no list names."""
    data = pack(GOOD)
    at = data.index(_CENTRAL)
    hidden = b"PK\3\4hidden"
    return data[:at] + hidden + data[at:-6] + struct.pack("<I", at + len(hidden)) + data[-2:]


def _with_field() -> bytes:
    """A further field before the file, in which anything may stand."""
    data = pack(GOOD)
    end = 30 + len("submission.yaml")
    data = data[:28] + struct.pack("<H", 6) + data[30:end] + b"\1\0\2\0xx" + data[end:]
    at = data.index(_END)
    return data[: at + 16] + struct.pack("<I", data.index(_CENTRAL)) + data[at + 20 :]


def _overlapping() -> bytes:
    """Two names for the same bytes."""
    data = pack({"submission.yaml": TEXT})
    start, end = data.index(_CENTRAL), data.index(_END)
    listed = data[start:end]
    other = listed.replace(b"submission.yaml", b"submission-.yam")
    return data[:start] + listed + other + _END + struct.pack("<4H2IH", 0, 0, 2, 2, 2 * len(listed), start, 0)


def _tar() -> bytes:
    sink = BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        info = tarfile.TarInfo("../outside.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    return sink.getvalue()


def _pixels() -> bytes:
    """A picture of 144 million points in a few bytes."""
    sink = BytesIO()
    Image.new("1", (12_000, 12_000)).save(sink, "PNG")
    return sink.getvalue()


def _with(name: str | bytes, data: bytes = TEXT) -> bytes:
    return alike([("submission.yaml", TEXT), (name, data)])


def archives() -> dict[str, bytes]:
    """Return every kind of archive that is no bundle, by what is wrong with it."""
    good = pack(GOOD)
    long = b"a: " + b"b" * 999_000
    many = {f"images/{number}.png": picture() for number in range(1, 102)}
    return {
        "name: parent folder": _with("../outside.txt"),
        "name: parent folder within": _with("images/../../outside.txt"),
        "name: absolute": _with("/tmp/outside.txt"),
        "name: backslash": _with("images\\1.png"),
        "name: drive": _with("C:/outside.txt"),
        "name: network": _with("//server/share/x.yaml"),
        "name: device of Windows": _with("CON"),
        "name: device of Windows with ending": _with("images/NUL.png"),
        "name: stream of Windows": _with("submission.yaml:hidden"),
        "name: dot at the end": _with("submission-01.yaml."),
        "name: hidden": _with(".bashrc"),
        "name: key": _with("pseudonyms.key"),
        "name: of the coalition": _with("coalition.yaml"),
        "name: theme": _with("theme.yaml"),
        "name: too long": _with("images/" + "1" * 5_000 + ".png"),
        "name: escape": _with("images/\x1b]0;1.png"),
        "name: right to left": _with("images/\u202e1.png"),
        "name: line break": _with("images/1\n.png"),
        "name: ends in a line break": _with("images/1.png\n", picture()),
        "name: other digits": _with("images/١.png", picture()),
        "name: NUL": _with("images/1\0.png"),
        "name: no UTF-8": _with(b"images/1\xff.png"),
        "name: empty": _with(""),
        "name: twice": _with("submission.yaml"),
        "name: same but for case": _with("Submission.yaml"),
        "folder": _with("images/", b""),
        "link": _of_kind(stat.S_IFLNK | 0o777),
        "device": _of_kind(stat.S_IFCHR | 0o666),
        "pipe": _of_kind(stat.S_IFIFO | 0o666),
        "readable by others": _of_kind(stat.S_IFREG | 0o644),
        "nested archive": _with("images/1.zip", good),
        "too large altogether": alike(
            {"submission.yaml": TEXT} | {f"images/{n}.png": b"\0" * 9_999_999 for n in range(1, 13)}
        ),
        "no text": alike({"images/1.png": picture()}),
        "nothing": alike({}),
        "too many": alike({"submission.yaml": TEXT} | many),
        "too many texts": alike({f"submission-{n:02}.yaml": TEXT for n in range(100)}),
        "bomb": alike({"submission.yaml": b"a" * 200_000_000}),
        "bomb that lies": one(_bomb(), len(TEXT)),
        "says it is small in the list": _changed(lambda data: data.index(_CENTRAL) + 24, "<I", 40),
        "more than it says": one(ours._deflated(TEXT + b"#"), len(TEXT)),
        "data behind what is packed": one(ours._deflated(TEXT) + b"CANARY", len(TEXT)),
        "packed to no end": one(_endless(), len(TEXT)),
        "packed wrongly": one(b"\xff" * 40, len(TEXT)),
        "another way of packing": one(ours._deflated(TEXT), len(TEXT), method=12),
        "encrypted": _changed(lambda data: 6, "<H", 1),
        "says it is encrypted in the list": _changed(lambda data: data.index(_CENTRAL) + 8, "<H", 1),
        "other compression": as_zip({"submission.yaml": TEXT}, compress_type=zipfile.ZIP_BZIP2),
        "text not compressed": alike({"submission.yaml": TEXT}, stored=True),
        "as another program packs it": as_zip(GOOD),
        "picture compressed": alike([("submission.yaml", TEXT), (b"images/1.png", picture())]),
        "other name in the list": good[: good.index(_CENTRAL)]
        + good[good.index(_CENTRAL) :].replace(b"images/1.png", b"images/2.png"),
        "other size in the list": _changed(lambda data: data.index(_CENTRAL) + 20, "<I", 5),
        "other place in the list": _changed(lambda data: data.index(_CENTRAL) + 42, "<I", 7),
        "wrong sum": _changed(lambda data: 14, "<I", 1),
        "date": _changed(lambda data: 10, "<H", 77),
        "two where there is one": _changed(lambda data: data.index(_END) + 10, "<H", 9),
        "list elsewhere": _changed(lambda data: data.index(_END) + 16, "<I", 1),
        "other disk": _changed(lambda data: data.index(_END) + 4, "<H", 1),
        "ZIP64": _zip64(),
        "ZIP64 that lies": _changed(lambda data: 18, "<I", 0xFFFFFFFF),
        "further field": _with_field(),
        "comment": good[:-2] + b"\4\0MZ\x90\0",
        "data before": b"#!/bin/sh\n" + good,
        "data behind": good + b"CANARY",
        "data between": _hidden(),
        "overlapping": _overlapping(),
        "two archives": good + good,
        "cut in a file": good[: len(good) // 2],
        "cut in the list": good[: good.index(_CENTRAL) + 20],
        "cut at the end": good[:-1],
        "one bit": good[:60] + bytes([good[60] ^ 1]) + good[61:],
        "empty file": b"",
        "head only": b"PK\3\4",
        "heads only": b"PK\3\4" * 100_000,
        "no archive": TEXT,
        "picture": picture(),
        "gzip": gzip.compress(TEXT),
        "tar": _tar(),
        "text too large": alike({"submission.yaml": long + long}),
    }


def pictures() -> dict[str, bytes]:
    """Return bundles whose archive is right and a picture in it is not, by what is wrong with it."""
    return {
        "nested archive": pack({**GOOD, "images/1.png": pack(GOOD)}),
        "no picture": pack({**GOOD, "images/1.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50}),
        "script as a picture": pack({**GOOD, "images/1.png": b"<svg onload='x'/>"}),
        "picture of another kind": pack({**GOOD, "images/1.png": picture("JPEG")}),
        "picture of another name": pack({**GOOD, "images/1.png": picture("GIF")}),
        "picture of too many points": pack({**GOOD, "images/1.png": _pixels()}),
    }


def texts() -> dict[str, bytes]:
    """Return bundles whose archive is right and whose text is not, by what is wrong with it."""
    return {
        "references": pack({"submission.yaml": b"a: &a [x, x]\nb: *a\n" + TEXT}),
        "tag": pack({"submission.yaml": TEXT + b"review: !!python/object/apply:os.system [id]\n"}),
        "deep": pack({"submission.yaml": b"a: " + b"[" * 100_000}),
        "many keys": pack({"submission.yaml": b"".join(b"k%d: 1\n" % number for number in range(60_000))}),
        "unknown key": pack({"submission.yaml": TEXT + b"exec: id\n"}),
        "control character": pack({"submission.yaml": TEXT.replace(b"Title", b"Ti\x1btle")}),
        "no YAML": pack({"submission.yaml": picture()}),
        "empty": pack({"submission.yaml": b""}),
        "said twice": pack({"submission-01.yaml": TEXT, "submission-02.yaml": TEXT}),
        "coalition": pack({"submission.yaml": TEXT + b"members: [../..]\n"}),
    }
