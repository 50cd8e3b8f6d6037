"""Objects of PDF that can come to stand at any number: quires are written once, whatever is bound before them.

A reference is written between two bytes that no dictionary contains (pydyf writes text outside of ASCII in hexadecimal
digits), and becomes a number when it is known at which one the quire begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_OPEN: Final = re.compile(rb"([\xfc\xfd])(\d+)\xfe")
_ENDS: Final = {b"\xfc": b"%d 0 R", b"\xfd": b"%d"}
"""What an open reference becomes, and an open key."""
_APART: Final = b"\xff"
"""Divides objects, and stands in none."""
LEVEL: Final = 6
"""How hard streams are compressed."""
CATALOGUE, PAGES, TREE, DOCUMENT, FONTS, PROFILE, METADATA, INFO, PARENTS, IDS, OUTLINE, PLACES = range(1, 13)
"""Numbers of what stands once in a file."""
FIRST: Final = 16
"""Number from which quires begin."""


class Key(int):
    """A number by which the parent tree finds what a mark or an area belongs to, counted within a quire."""


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects with their references open, numbered from 0: first those that are packed together, then the streams.

    Attributes:
        packed: Dictionaries and arrays, the elements of the tag tree last.
        streams: The dictionary of each stream, without its length, and its content as it stands in the file.
        tags: How many elements there are. They are packed apart, since who shows a page needs none of them.
    """

    packed: tuple[bytes, ...]
    streams: tuple[tuple[bytes, bytes], ...]
    tags: int = 0

    def __len__(self) -> int:
        return len(self.packed) + len(self.streams) + len(self.groups)  # what holds the packed ones are objects too

    @property
    def groups(self) -> tuple[int, ...]:
        """How many are packed in each stream that holds some."""
        return (len(self.packed) - self.tags, self.tags) if self.tags else (len(self.packed),)


@dataclass(frozen=True, slots=True)
class Placed:
    """Objects as they stand in a file.

    Attributes:
        base: Number of the first.
        data: They, one after the other.
        offsets: Where each stream begins in ``data``, in the order of their numbers; last, what holds the packed ones.
        groups: How many those are in each.
    """

    base: int
    data: bytes
    offsets: tuple[int, ...]
    groups: tuple[int, ...]


def reference(number: int) -> bytes:
    """Return an open reference."""
    return b"\xfc%d\xfe" % number


def settled(data: bytes, base: int) -> bytes:
    """Return ``data`` with its references as they are where the quire begins at ``base``."""

    def number(match: re.Match[bytes]) -> bytes:
        return _ENDS[match[1]] % (base + int(match[2]))

    return _OPEN.sub(number, data)


def _settled(packed: Sequence[bytes], base: int) -> list[bytes]:
    """Return what :func:`settled` makes of each, all at once: there are tens of thousands."""
    parts = _OPEN.split(_APART.join(packed))
    parts[2::3] = [_ENDS[kind] % (base + int(number)) for kind, number in zip(parts[1::3], parts[2::3], strict=True)]
    del parts[1::3]
    return b"".join(parts).split(_APART)


def opened(
    kept: Sequence[Any], fixed: Mapping[int, bytes], first: Sequence[Any] = ()
) -> tuple[Objects, dict[int, int]]:
    """Open the references of objects of pydyf.

    Args:
        kept: The objects.
        fixed: What to write for others, by their number.
        first: Objects that have no number yet and stand first.

    Returns:
        The objects, and the new number of each by the one it had.
    """
    tags = [item for item in kept if is_tag(item)]
    packed = [item for item in kept if item.compressible and not is_tag(item)] + tags
    streams = [item for item in kept if not item.compressible]
    numbers = {item.number: number for number, item in enumerate((*packed, *streams), len(first))}

    def target(number: int) -> bytes:
        return fixed[number] if number in fixed else reference(numbers[number])

    return (
        Objects(
            tuple(written(item, target) for item in (*first, *packed)),
            tuple(_stream(item, target) for item in streams),
            len(tags),
        ),
        numbers,
    )


def is_tag(item: Any) -> bool:
    """Whether an object of pydyf is an element of the tag tree."""
    return isinstance(item, dict) and item.get("Type") == "/StructElem"


def written(value: Any, target: Callable[[int], bytes]) -> bytes:
    """Write a value as pydyf does, with what ``target`` says in the place of references."""
    import pydyf

    if isinstance(value, pydyf.Dictionary):
        return (
            b"<<"
            + b"".join(b"/%s %s" % (str(key).encode(), written(item, target)) for key, item in value.items())
            + b">>"
        )
    if isinstance(value, pydyf.Array):
        return b"[" + b" ".join([written(item, target) for item in value]) + b"]"
    if isinstance(value, bytes):
        found = _REFERENCE.fullmatch(value)
        return target(int(found[1])) if found else value
    if isinstance(value, Key):
        return b"\xfd%d\xfe" % value
    made: bytes = pydyf._to_bytes(value)  # noqa: SLF001 - how numbers are written
    return made


def _stream(item: Any, target: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """Return the dictionary of a stream, left open for its length, and its content."""
    import pydyf

    content = b"\n".join(pydyf._to_bytes(part) for part in item.stream)  # noqa: SLF001
    extra = pydyf.Dictionary(dict(item.extra))
    if item.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    return written(extra, target)[:-2], content


@lru_cache(maxsize=128)
def place(objects: Objects, base: int) -> Placed:
    """Write objects as they stand in a file where the first of them has the number ``base``; those that stay so are known."""
    parts: list[bytes] = []
    offsets: list[int] = []
    at = 0
    closed = _settled(objects.packed, base)
    streams = [(settled(head, base), content) for head, content in objects.streams]
    first = 0
    for count in objects.groups:
        streams.append(packed(list(enumerate(closed, base))[first : first + count]))
        first += count
    for number, (dictionary, content) in enumerate(streams, base + len(objects.packed)):
        data = stream(number, dictionary, content)
        offsets.append(at)
        parts.append(data)
        at += len(data)
    return Placed(base, b"".join(parts), tuple(offsets), objects.groups)


def packed(numbered: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Pack objects in a stream (ISO 32000-1, 7.5.7).

    Args:
        numbered: The objects with their numbers.

    Returns:
        Its dictionary, without its length, and its content.
    """
    places: list[int] = []
    end = 0
    for number, data in numbered:
        places += (number, end)
        end += len(data) + 1
    head = b" ".join(b"%d" % place for place in places)
    content = zlib.compress(b"\n".join((head, *(data for _, data in numbered))), LEVEL)
    return b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode" % (len(places) // 2, len(head) + 1), content


def stream(number: int, dictionary: bytes, content: bytes) -> bytes:
    """Write a stream as an object.

    A content that ends in a carriage return gets an end of line of two signs, so that its own is not taken for one
    (ISO 19005-2, 6.1.7.1).
    """
    end = b"\r\n" if content.endswith(b"\r") else b"\n"
    return b"%d 0 obj\n%s/Length %d>>\nstream\n%s%sendstream\nendobj\n" % (
        number,
        dictionary,
        len(content),
        content,
        end,
    )


def entries(placed: Placed, at: int) -> bytes:
    """Return the entries of the cross-reference stream (fields of 1, 4 and 3 bytes) for objects that begin at ``at``."""
    first = placed.base + sum(placed.groups) + len(placed.offsets) - len(placed.groups)
    within = (within_stream(holder, count) for holder, count in enumerate(placed.groups, first))
    return b"".join((*within, *(entry(at + offset) for offset in placed.offsets)))


def within_stream(holder: int, count: int) -> bytes:
    """Return the entries of as many objects as are packed in the stream ``holder``."""
    start = b"\x02" + holder.to_bytes(4, "big")
    return b"".join(start + number.to_bytes(3, "big") for number in range(count))


def entry(at: int) -> bytes:
    """Return the entry of an object that begins at ``at``."""
    return b"\x01" + at.to_bytes(4, "big") + b"\x00\x00\x00"
