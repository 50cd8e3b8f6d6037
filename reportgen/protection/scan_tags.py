"""The words of a PDF in the order of its tag tree, in which somebody hears them: no page, note or margin breaks a name there.

A chapter is what the document's element holds: its tags lie packed in one stream of a file of ours (ISO 32000-1,
7.5.7), and lead nowhere else. So its words are those of earlier if that stream and what its pages draw are. A file whose
tags lie otherwise is searched as a whole, each time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final

import pikepdf

from reportgen.protection.clean import REACH, digest_of
from reportgen.protection.look import Look
from reportgen.protection.pdf_leaves import Leaf
from reportgen.protection.pdf_strings import STREAM

_FIRST: Final = re.compile(rb"/First\s+(\d+)")
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)\b(?!\s+\d+\s+R\b)")
_PACKED: Final = re.compile(rb"/ObjStm\b")
_BEGINS: Final = re.compile(rb"obj(?<!endobj)\b")
_NUMBER: Final = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+\Z")
_SPACES: Final = b" \t\r\n\f\v\0"
_LONGEST: Final = 100
"""Bytes before the word that begins an object in which its number is looked for."""
_PAGE: Final = re.compile(rb"/Pg (\d+) 0 R")
_ASIDE: Final = re.compile(rb"/(?:P|Pg|Obj) \d+ 0 R")
"""What leads from an element to what it lies in, its page and its areas."""
_REFERENCE: Final = re.compile(rb"(\d+)\s+\d+\s+R\b")
_LIST: Final = re.compile(rb"\[\s*(?:\d+ \d+ R\s*)*\]")
_LARGEST: Final = 100_000_000


@dataclass(frozen=True)
class _Pack:
    """A stream that holds objects.

    Attributes:
        digest: One of all of it.
        numbers: Those of its objects.
        body: They.
    """

    digest: bytes
    numbers: frozenset[int]
    body: bytes

    @cached_property
    def pages(self) -> list[int]:
        """The numbers of the pages that its elements name."""
        return sorted(set(map(int, _PAGE.findall(self.body))))

    @cached_property
    def is_closed(self) -> bool:
        """Whether nothing but what is in it, and pages, belongs to what is below its elements, and to one of them only."""
        below = list(map(int, _REFERENCE.findall(_ASIDE.sub(b"", self.body))))
        return len(self.numbers.intersection(below)) == len(below)


class _Chapter:
    """What the element of the document holds at one place.

    Attributes:
        digest: One of all that its words depend on, if it is whole.
        is_whole: Whether they depend on nothing else; found out when they are searched, and so of all that is known.
    """

    def __init__(self, pdf: pikepdf.Pdf, number: int, pack: _Pack, leaves: Mapping[int, Leaf]) -> None:
        self._pdf, self._number, self._pack, self._leaves = pdf, number, pack, leaves
        drawn = (part for page in pack.pages if page in leaves for part in (b"%d" % page, leaves[page].digest))
        self.digest = digest_of(b"%d" % number, pack.digest, *drawn)
        self.is_whole = False

    def is_known(self, look: Look) -> bool:
        """Whether it was searched before and held nothing; only what is whole is noted."""
        self.is_whole = look.knows(*self.known)
        return self.is_whole

    @property
    def known(self) -> tuple[bytes, bytes]:
        """By what it is known."""
        return b"chapter", self.digest

    def read(self) -> list[str]:
        """Return the words of each mark, and see whether it is whole."""
        marks = list(self._marks())
        self.is_whole = self._pack.is_closed and {page for page, _ in marks} <= set(self._pack.pages)
        return list(_words(marks, self._leaves))

    def begin(self) -> Iterator[str]:
        """Yield its first words, as far as a name may reach."""
        return _some(_words(self._marks(), self._leaves))

    def end(self) -> list[str]:
        """Return its last words, as far as a name may reach."""
        backwards = self._marks(backwards=True) if self.is_whole else reversed(list(self._marks()))
        return list(_some(_words(backwards, self._leaves)))[::-1]

    def _marks(self, *, backwards: bool = False) -> Iterator[tuple[int, int]]:
        return _marks(self._pdf.get_object(self._number, 0), backwards=backwards)


def search_tags(pdf: pikepdf.Pdf, data: bytes, leaves: Mapping[int, Leaf], place: str, look: Look) -> None:
    """Search what is drawn in the order in which it is read.

    Args:
        pdf: The file.
        data: Its bytes.
        leaves: Its pages, by the numbers of their objects.
        place: What is told as the place of what is found.
        look: Takes what is found.
    """
    chapters = _chapters(pdf, data, leaves)
    if chapters is None:
        root = pdf.Root.get("/StructTreeRoot")
        words = [] if root is None else list(_words(_marks(root), leaves))
        look.texts((place, between.join(words)) for between in look.joints)
        return

    def search(words: Iterable[str]) -> int:
        """Search words, and return how often something was found before."""
        told, said = look.told, list(words)
        look.texts((place, between.join(said)) for between in look.joints)
        return told

    for chapter in chapters:
        if chapter.is_known(look):
            continue
        told = search(chapter.read())
        if chapter.is_whole:
            look.learn(told, *chapter.known)
    for at, chapter in enumerate(chapters):
        near = chapters[at : at + 3]
        border = b"border", *(one.digest for one in near)
        if not look.knows(*border):
            told = search([*chapter.end(), *_some(chain.from_iterable(one.begin() for one in near[1:]))])
            if all(one.is_whole for one in near):
                look.learn(told, *border)


def _some(words: Iterable[str]) -> Iterator[str]:
    """Yield the first words, as far as a name may reach."""
    left = REACH
    for said in words:
        if left <= 0:
            return
        yield said
        left -= len(said)


def _words(marks: Iterable[tuple[int, int]], leaves: Mapping[int, Leaf]) -> Iterator[str]:
    return (leaves[page].marked.get(mark, "") for page, mark in marks if page in leaves)


def _chapters(pdf: pikepdf.Pdf, data: bytes, leaves: Mapping[int, Leaf]) -> list[_Chapter] | None:
    """Return the chapters in the order of reading; nothing if any of them can't be told by its bytes."""
    root = pdf.Root.get("/StructTreeRoot")
    document = root.get("/K") if root is not None else None
    if isinstance(document, pikepdf.Array) and len(document) == 1:
        document = document[0]
    if not isinstance(document, pikepdf.Dictionary) or "/Pg" in document:  # its page would be that of all below it
        return None
    kids = document.get("/K")
    written = kids.unparse(resolved=True) if isinstance(kids, pikepdf.Array) else b""  # to look at them reads all tags
    packs = _packs(data)
    if packs is None or not _LIST.fullmatch(written):
        return None
    numbers = [int(number) for number in _REFERENCE.findall(written)]
    if not all(number in packs for number in numbers):
        return None
    return [_Chapter(pdf, number, packs[number], leaves) for number in numbers]


def _packs(data: bytes) -> dict[int, _Pack] | None:
    """Return the stream that each packed object is in; nothing if there could be two of an object, or one can't be read."""
    packs: dict[int, _Pack] = {}
    for match in STREAM.finditer(data):
        head = data[data.rfind(b"obj", 0, match.start()) : match.start()]
        if b"#" in head:  # a name that is written otherwise
            return None
        if not _PACKED.search(head):
            continue
        first, length = _FIRST.search(head), _LENGTH.search(head)
        if first is None or length is None:
            return None
        packed = data[match.end() : match.end() + int(length[1])]
        if data[match.end() + len(packed) :][:20].lstrip()[:9] != b"endstream":
            return None
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(packed, _LARGEST)
            numbers = [int(number) for number in body[: int(first[1])].split()[::2]]
        except (zlib.error, ValueError):
            return None
        pack = _Pack(digest_of(head, packed), frozenset(numbers), body[int(first[1]) :])
        if not unpacker.eof or len(pack.numbers) < len(numbers) or not packs.keys().isdisjoint(numbers):
            return None
        packs |= dict.fromkeys(numbers, pack)
    for match in _BEGINS.finditer(data):  # objects that stand alone
        before = data[max(match.start() - _LONGEST, 0) : match.start()]
        number = _NUMBER.search(before)
        if (int(number[1]) in packs) if number else before[-1:] in _SPACES:  # the number may stand before a comment
            return None
    return packs


def _marks(top: Any, *, backwards: bool = False) -> Iterator[tuple[int, int]]:
    """Yield page and mark of all that is below an element, as it is read; backwards only where nothing is in it twice."""
    waiting: list[tuple[Any, int]] = [(top, 0)]
    seen: set[int] = set()
    while waiting:
        item, page = waiting.pop()
        if isinstance(item, int):
            yield page, item
            continue
        number = item.objgen[0]
        if number in seen or not isinstance(item, pikepdf.Dictionary):
            continue
        if number:
            seen.add(number)
        home = item.get("/Pg")
        page = home.objgen[0] if home is not None else page
        kids = item.get("/K")
        if kids is None:
            kids = item.get("/MCID")
        if isinstance(kids, pikepdf.Array):
            below = [(kid, page) for kid in kids]
            waiting += below if backwards else below[::-1]
        elif kids is not None:
            waiting.append((kids, page))


__all__ = ["search_tags"]
