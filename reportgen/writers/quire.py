"""A quire: the pages of one piece of a report, as objects of PDF that can be bound with others into a file.

Nothing in a quire depends on what stands elsewhere: the numbers of pages are left open (:class:`Number`), as are those
of its objects, and its fonts are only named. So a quire can be set beside others, in another process, and kept until its
piece changes; ``writers/bind.py`` makes the file. The numbers of the sources that it cites are those of the report that it
was set for, and are written anew for another (:func:`renumbered`).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from reportgen.writers.finish import VARIANT, Frame, Tagged, frame, profile_of, smoothed, write_tree
from reportgen.writers.numbers import SCALE, Cited, Page, of_link, stands_apart, take_out, write_in
from reportgen.writers.objects import DOCUMENT, FONTS, LEVEL, PAGES, PROFILE, Key, Objects, is_tag, opened, reference
from reportgen.writers.tagging import Tree

_FACTS: Final = (
    "index", "style", "family", "variations", "weight", "hash", "name", "ascent", "descent", "tables", "bitmap",
    "italic_angle", "upem", "png", "svg", "colr", "glyph_count", "stemv", "stemh", "missing", "used_in_forms", "flags",
    "font_size",
)  # fmt: skip
"""What WeasyPrint knows of a font that can be said in plain values."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a link can lead to: its name, the page of the quire, and the place on it."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline, with those below it."""

    title: str
    page: int
    x: float
    y: float
    below: tuple[Bookmark, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A font as a quire uses it.

    Attributes:
        file: SHA-256 of its file.
        facts: What is known about it, by WeasyPrint's names.
        widths: Width of each glyph that is used.
        texts: What each glyph says.
    """

    file: str
    facts: Mapping[str, Any]
    widths: Mapping[int, float]
    texts: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Quire:
    """The pages of a piece.

    Attributes:
        objects: Its objects: first the node of its pages and its leaf of the parent tree. Behind them comes a number for
            the open stream of each page.
        pages: Its pages.
        page_objects: Numbers of their objects.
        elements: The elements of the tag tree that have none above them, by the numbers of their objects.
        ids: The elements that have a name, by it.
        places: What links can lead to.
        bookmarks: Its part of the outline.
        faces: Its fonts, by their names in the file.
        links: The numbers of sources in the objects of links.
        frame: What only the first quire says: title, language, metadata, colours.
        warnings: What the renderer said.
    """

    objects: Objects
    pages: tuple[Page, ...]
    page_objects: tuple[int, ...]
    elements: tuple[int, ...]
    ids: Mapping[str, int]
    places: tuple[Place, ...]
    bookmarks: tuple[Bookmark, ...]
    faces: Mapping[str, Face]
    links: tuple[Cited, ...] = ()
    frame: Frame | None = None
    warnings: tuple[str, ...] = ()


def gather(weasyprint: Any, document: Any, name: str, sources: Sequence[str], *, first: bool, numbered: bool) -> Quire:
    """Draw the pages of a piece that is laid out.

    Args:
        weasyprint: The renderer.
        document: WeasyPrint's document.
        name: What names begin with that the program gives.
        sources: The numbers of the sources that it cites, in the order in which it does.
        first: Whether it is the first piece.
        numbered: Whether the numbers of pages are left open.
    """
    found: list[tuple[Tree, Tagged]] = []

    def tag(pdf: Any, streams: Any) -> None:
        tree = Tree(document.pages, streams, name, numbered=numbered)
        found.append((tree, write_tree(pdf, tree)))

    options = {**weasyprint.DEFAULT_OPTIONS, **weasyprint.pdf.VARIANTS[VARIANT][1], "pdf_variant": VARIANT}
    with _instead(
        weasyprint.pdf,
        add_tags=lambda pdf, _document, _version, streams: tag(pdf, streams),
        add_outlines=lambda *_: None,
        build_fonts_dictionary=_named,
        **({"resolve_links": _kept} if numbered else {}),
    ):
        pdf = weasyprint.pdf.generate_pdf(document, None, 1, **options)
    smoothed(pdf)
    ((tree, tagged),) = found
    bodies = [pdf.objects[_number_of(pdf.objects[number]["Contents"])] for number in pdf.pages["Kids"][::3]]
    pages = [
        take_out(body, page.height, [numeral for numeral in tree.numerals if numeral.page == at], sources)
        for at, (body, page) in enumerate(zip(bodies, document.pages, strict=True))
    ]
    objects, numbers_of = _opened(pdf, pages, tagged)
    citing = [(numbers_of[area.annotation.number], source) for area, source in tree.citing]
    links = tuple(one for at, to in citing for one in of_link(objects.packed[at], at, to, sources[to]))
    objects = replace(objects, packed=write_in(objects.packed, links))
    for at, (body, page) in enumerate(zip(bodies, pages, strict=True)):
        if stands_apart(page):
            pages[at] = replace(page, body=numbers_of[body.number] - len(objects.packed))
    tree.root.take_apart()
    return Quire(
        objects,
        tuple(pages),
        tuple(numbers_of[number] for number in pdf.pages["Kids"][::3]),
        tuple(numbers_of[_number_of(element)] for element in tagged.elements),
        {name: numbers_of[_number_of(element)] for name, element in tagged.names.items()},
        tuple(_places(document)),
        tuple(_bookmark(*one) for one in document.make_bookmark_tree(SCALE, transform_pages=True)),
        {font.hash: _face(font) for font in document.fonts.values()},
        links,
        frame(pdf, document.metadata) if first else None,
    )


def renumbered(quire: Quire, sources: Sequence[str]) -> Quire:
    """Return a quire with the numbers that the sources have now.

    Args:
        quire: The quire.
        sources: The numbers, in the order in which it cites the sources, each with as many digits as there.
    """
    pages, streams = list(quire.pages), list(quire.objects.streams)
    for at, page in enumerate(quire.pages):
        cited = _now(page.cited, sources)
        if cited == page.cited:
            continue
        if page.body is None:
            pages[at] = replace(page, cited=cited, parts=write_in(page.parts, cited))
        else:
            head, content = streams[page.body]
            (content,) = write_in([zlib.decompress(content)], cited)
            streams[page.body] = head, zlib.compress(content, LEVEL)
            pages[at] = replace(page, cited=cited)
    links = _now(quire.links, sources)
    if (links, pages) == (quire.links, list(quire.pages)):
        return quire
    objects = replace(quire.objects, packed=write_in(quire.objects.packed, links), streams=tuple(streams))
    return replace(quire, objects=objects, pages=tuple(pages), links=links)


def _now(cited: Sequence[Cited], sources: Sequence[str]) -> tuple[Cited, ...]:
    return tuple(replace(one, number=sources[one.source]) for one in cited)


@contextmanager
def _instead(module: Any, **functions: Any) -> Iterator[None]:
    """Have ``module`` call other functions for a while."""
    kept = {name: getattr(module, name) for name in functions}
    try:
        for name, function in functions.items():
            setattr(module, name, function)
        yield
    finally:
        for name, function in kept.items():
            setattr(module, name, function)


def _named(pdf: Any, *_: Any) -> Any:
    """Only name the fonts; they are embedded when all quires are there."""
    import pydyf

    pdf.fonts = pydyf.Dictionary()
    return pdf.fonts


def _kept(pages: Sequence[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Keep the links that lead to other quires; what can be linked to is told by the quire itself."""
    yield from ((list(page.links), []) for page in pages)


def _opened(pdf: Any, pages: Sequence[Page], tagged: Tagged) -> tuple[Objects, dict[int, int]]:
    """Open the references of all that belongs to the quire.

    A page's own number, and whatever says where others stand, is a stream that is written when the quire is bound.
    """
    import pydyf

    fixed = {
        pdf.pages.number: reference(0),
        tagged.root.number: b"%d 0 R" % DOCUMENT,
        pdf.fonts.number: b"%d 0 R" % FONTS,
        profile_of(pdf).number: b"%d 0 R" % PROFILE,
    }
    left_out = {0, pdf.catalog.number, _number_of(pdf.catalog["Metadata"]), *fixed}
    left_out |= {
        _number_of(pdf.objects[number]["Contents"])
        for number, page in zip(pdf.pages["Kids"][::3], pages, strict=True)
        if page.numbers and not stands_apart(page)
    }
    kept = [item for item in pdf.objects if item.number not in left_out and item != {}]
    holders = 2 if any(map(is_tag, kept)) else 1
    first_open = len(kept) + 2 + holders  # behind the two objects written below and what holds the packed ones
    kids = pdf.pages["Kids"][::3]
    for at, (number, page) in enumerate(zip(kids, pages, strict=True)):
        pdf.objects[number]["StructParents"] = Key(at)
        if page.numbers:
            bodies = [pdf.objects[number]["Contents"]] if stands_apart(page) else []
            pdf.objects[number]["Contents"] = pydyf.Array([*bodies, reference(first_open + at)])
    node = {"Type": "/Pages", "Parent": f"{PAGES} 0 R", "Kids": pydyf.Array(pdf.page_references), "Count": len(kids)}
    limits = pydyf.Array([Key(0), Key(tagged.count - 1)])
    leaf = {"Limits": limits, "Nums": tagged.leaf}
    return opened(kept, fixed, [pydyf.Dictionary(node), pydyf.Dictionary(leaf)])


def _places(document: Any) -> Iterator[Place]:
    """Yield what links can lead to; where two have a name, the first has it."""
    seen: set[str] = set()
    for at, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            if name not in seen:
                seen.add(name)
                yield Place(name, at, x * SCALE, (page.height - y) * SCALE)


def _bookmark(title: str, target: tuple[int, float, float], below: Any, state: str) -> Bookmark:
    return Bookmark(title, *target, tuple(_bookmark(*one) for one in below), state == "closed")


def _face(font: Any) -> Face:
    return Face(
        _digest(font.file_content),
        {name: getattr(font, name) for name in _FACTS},
        dict(font.widths),
        dict(font.to_unicode),
    )


@lru_cache(maxsize=32)
def _digest(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()


def _number_of(reference_: bytes) -> int:
    return int(reference_.split()[0])
