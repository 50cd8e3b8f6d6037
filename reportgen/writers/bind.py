"""Binding quires to one file: pages numbered through, one outline, one tag tree, one set of fonts.

The same quires make the same bytes, whoever set them and wherever they were kept in between.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

from reportgen.writers.finish import Frame
from reportgen.writers.numbers import Number, Page
from reportgen.writers.objects import (
    CATALOGUE,
    DOCUMENT,
    FIRST,
    FONTS,
    IDS,
    INFO,
    LEVEL,
    METADATA,
    OUTLINE,
    PAGES,
    PARENTS,
    PLACES,
    PROFILE,
    TREE,
    Objects,
    Placed,
    entries,
    entry,
    packed,
    place,
    settled,
    stream,
    within_stream,
)
from reportgen.writers.quire import Bookmark, Face, Quire

_ROUND: Final = 256
"""Of round numbers of objects. With 1024 readers that expect three bytes of file for each (qpdf 12) refuse a short report of many pieces."""
_HEAD: Final = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


class Binding:
    """A file in the making."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0
        self._runs: list[tuple[int, bytes]] = [(0, b"\x00\x00\x00\x00\x00\x00\xff\xff")]
        self.add(_HEAD)

    def add(self, data: bytes) -> int:
        """Add bytes and return where they begin."""
        at = self._at
        self._parts.append(data)
        self._at += len(data)
        return at

    def add_placed(self, placed: Placed) -> None:
        """Add objects."""
        self._runs.append((placed.base, entries(placed, self.add(placed.data))))

    def add_stream(self, number: int, dictionary: bytes, content: bytes) -> None:
        """Add a stream."""
        self._runs.append((number, entry(self.add(stream(number, dictionary, content)))))

    def add_packed(self, holder: int, objects: Mapping[int, bytes]) -> None:
        """Add objects that have each a number of its own, held by the stream ``holder``."""
        self.add_stream(holder, *packed(list(objects.items())))
        entries_ = within_stream(holder, len(objects))
        self._runs += [(number, entries_[8 * at : 8 * at + 8]) for at, number in enumerate(objects)]

    def finished(self, number: int) -> bytes:
        """Close the file with the cross-reference stream, which has this number."""
        start = self._at
        self._runs.append((number, entry(start)))
        self._runs.sort()
        index: list[int] = []
        for first, data in self._runs:
            count = len(data) // 8
            if index and index[-2] + index[-1] == first:
                index[-1] += count
            else:
                index += (first, count)
        digest = hashlib.md5(b"".join(self._parts), usedforsecurity=False).hexdigest().encode()
        dictionary = b"<</Type /XRef/Index [%s]/W [1 4 3]/Size %d/Root %d 0 R/Info %d 0 R/ID [(%s) (%s)]/Filter /FlateDecode" % (
            b" ".join(b"%d" % one for one in index), number + 1, CATALOGUE, INFO, digest, digest,
        )  # fmt: skip
        self.add(stream(number, dictionary, zlib.compress(b"".join(data for _, data in self._runs), LEVEL)))
        self.add(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)


def bases(quires: Sequence[Quire]) -> list[int]:
    """Return the number at which each quire begins, and last the first that is free.

    They begin at round numbers, so that those behind one that has changed seldom change with it.
    """
    found = [FIRST]
    for quire in quires:
        last = found[-1] + len(quire.objects) + len(quire.pages)
        found.append(-(-last // _ROUND) * _ROUND)
    return found


def place_last(quires: Sequence[Quire]) -> None:
    """Write the objects of the last of ``quires`` ahead of time: where they stand depends on those before it alone."""
    place(quires[-1].objects, bases(quires)[-2])


def faces(quires: Sequence[Quire]) -> dict[str, Face]:
    """Return the fonts of all quires, each with the signs that any of them uses."""
    united: dict[str, Face] = {}
    for quire in quires:
        for name, face in quire.faces.items():
            known = united.get(name, face)
            united[name] = Face(face.file, face.facts, {**face.widths, **known.widths}, {**face.texts, **known.texts})
    return {
        name: Face(face.file, face.facts, dict(sorted(face.widths.items())), dict(sorted(face.texts.items())))
        for name, face in sorted(united.items())
    }


def bind(quires: Sequence[Quire], fonts: Objects) -> bytes:
    """Bind quires to a file.

    Args:
        quires: They, in their order; the first has a frame.
        fonts: The fonts of all of them, the first object their dictionary.

    Returns:
        The file: PDF 1.7, tagged, PDF/UA-1 and PDF/A-2a.
    """
    head = quires[0].frame
    assert head
    file = Binding()
    at = bases(quires)
    starts = [0]
    for quire in quires:
        starts.append(starts[-1] + len(quire.pages))
    numbers = {
        place.name: start + place.page + 1
        for start, quire in zip(starts, quires, strict=False)
        for place in quire.places
    }
    for quire, base, start in zip(quires, at, starts, strict=False):
        file.add_placed(place(quire.objects, base))
        for here, page in enumerate(quire.pages):
            if page.numbers:
                content = zlib.compress(_content(page, start + here + 1, numbers), LEVEL)
                file.add_stream(base + len(quire.objects) + here, b"<</Filter /FlateDecode", content)
    file.add_placed(place(fonts, at[-1]))
    file.add_stream(METADATA, b"<</Type /Metadata/Subtype /XML", head.metadata)
    file.add_stream(PROFILE, *head.profile)
    free = at[-1] + len(fonts)
    once, free = _once(quires, at, starts, free)
    dictionary = settled(fonts.packed[0], at[-1])
    file.add_packed(free, {FONTS: dictionary, INFO: head.info, **once, CATALOGUE: _catalogue(head, once)})
    return file.finished(free + 1)


def _once(quires: Sequence[Quire], at: Sequence[int], starts: Sequence[int], free: int) -> tuple[dict[int, bytes], int]:
    """Write what joins the quires: the trees of pages, tags, names and bookmarks. Return the next free number too."""
    based = list(zip(quires, at, strict=False))
    kids = b" ".join(b"%d 0 R" % base for base in at[:-1])
    leaves = b" ".join(b"%d 0 R" % (base + 1) for base in at[:-1])
    elements = b" ".join(b"%d 0 R" % (base + number) for quire, base in based for number in quire.elements)
    ids = sorted((pdf_text(name), base + number) for quire, base in based for name, number in quire.ids.items())
    once = {
        PAGES: b"<</Type /Pages/Kids [%s]/Count %d>>" % (kids, starts[-1]),
        PARENTS: b"<</Kids [%s]>>" % leaves,
        DOCUMENT: b"<</Type /StructElem/S /Document/P %d 0 R/K [%s]>>" % (TREE, elements),
        TREE: b"<</Type /StructTreeRoot/K [%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%s>>"
        % (DOCUMENT, PARENTS, at[-1], b"/IDTree %d 0 R" % IDS if ids else b""),
    }
    if ids:
        once[IDS] = b"<</Names [%s]>>" % b" ".join(b"%s %d 0 R" % one for one in ids)
    places = sorted(
        (pdf_text(place.name), _target(quire, base, place.page, place.x, place.y))
        for quire, base in based
        for place in quire.places
    )
    once[PLACES] = b"<</Names [%s]>>" % b" ".join(b"%s %s" % one for one in places)
    outline = _Outline(free)
    lines = [(line, quire, base) for quire, base in based for line in quire.bookmarks]
    if lines:
        once |= outline.written(lines)
    return once, outline.free


def _target(quire: Quire, base: int, page: int, x: float, y: float) -> bytes:
    return b"[%d 0 R /XYZ %s %s 0]" % (base + quire.page_objects[page], _real(x), _real(y))


class _Outline:
    """Numbers the bookmarks and writes them."""

    def __init__(self, free: int) -> None:
        self.free = free
        self._objects: dict[int, bytes] = {}

    def written(self, lines: Sequence[tuple[Bookmark, Quire, int]]) -> dict[int, bytes]:
        """Return the objects of the outline; its root is :data:`OUTLINE`."""
        numbers, count = self._level(lines, OUTLINE)
        self._objects[OUTLINE] = b"<</Type /Outlines/Count %d/First %d 0 R/Last %d 0 R>>" % (
            count,
            numbers[0],
            numbers[-1],
        )
        return self._objects

    def _level(self, lines: Sequence[tuple[Bookmark, Quire, int]], above: int) -> tuple[list[int], int]:
        numbers = list(range(self.free, self.free + len(lines)))
        self.free += len(lines)
        shown = len(lines)
        for at, (number, (line, quire, base)) in enumerate(zip(numbers, lines, strict=True)):
            parts = [
                b"/Title %s/Dest %s/Parent %d 0 R"
                % (pdf_text(line.title), _target(quire, base, line.page, line.x, line.y), above)
            ]
            if at:
                parts.append(b"/Prev %d 0 R" % numbers[at - 1])
            if at + 1 < len(numbers):
                parts.append(b"/Next %d 0 R" % numbers[at + 1])
            if line.below:
                below, count = self._level([(one, quire, base) for one in line.below], number)
                parts.append(
                    b"/First %d 0 R/Last %d 0 R/Count %d" % (below[0], below[-1], -count if line.closed else count)
                )
                shown += 0 if line.closed else count
            self._objects[number] = b"<<%s>>" % b"".join(parts)
        return numbers, shown


def _catalogue(head: Frame, once: Mapping[int, bytes]) -> bytes:
    parts = [
        b"/Type /Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R" % (PAGES, TREE, METADATA),
        b"/MarkInfo <</Marked true>>/ViewerPreferences <</DisplayDocTitle true>>",
        b"/Names <</Dests %d 0 R>>/OutputIntents %s" % (PLACES, head.intents),
    ]
    if head.language:
        parts.append(b"/Lang %s" % head.language)
    if OUTLINE in once:
        parts.append(b"/Outlines %d 0 R" % OUTLINE)
    return b"<<%s>>" % b"".join(parts)


def pdf_text(text: str) -> bytes:
    """Write a text as a string of PDF, as pydyf does."""
    if text.isascii():
        return b"(%s)" % text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode()
    return b"<%s>" % (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()


def _content(page: Page, own: int, numbers: Mapping[str, int]) -> bytes:
    """Write a content with the numbers of pages in their places."""
    lines = [page.parts[0]]
    for number, part in zip(page.numbers, page.parts[1:], strict=True):
        lines += (_written(number, numbers[number.target] if number.target else own), part)
    return b"\n".join(lines)


def _written(number: Number, value: int) -> bytes:
    """Write a number so that it ends where it should."""
    glyphs = [number.digits[int(digit)] for digit in str(value)]
    left = number.right - sum(width for _, width in glyphs) * number.size / 1000
    text = b"".join(b"%04x" % glyph for glyph, _ in glyphs)
    return b"1 0 0 -1 %s %s Tm\n[<%s>] TJ" % (_real(left), _real(number.height), text)


def _real(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode()
