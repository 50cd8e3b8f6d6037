"""A quire: the pages of one piece of a report, as objects of PDF that can be bound with others into a file.

Nothing in a quire depends on what stands before it: the numbers of pages are left open (:class:`Number`), as are those
of its objects, and its fonts are only named. So a quire can be set beside others, in another process, and kept until its
piece changes; ``writers/bind.py`` makes the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from reportgen.writers.finish import VARIANT, Frame, Tagged, frame, profile_of, smoothed, write_tree
from reportgen.writers.objects import DOCUMENT, FONTS, PAGES, PROFILE, Key, Objects, is_tag, opened, reference
from reportgen.writers.tagging import Numeral, Tree

SCALE: Final = 0.75
"""Points in a pixel of CSS."""
_FACTS: Final = (
    "index", "style", "family", "variations", "weight", "hash", "name", "ascent", "descent", "tables", "bitmap",
    "italic_angle", "upem", "png", "svg", "colr", "glyph_count", "stemv", "stemh", "missing", "used_in_forms", "flags",
    "font_size",
)  # fmt: skip
"""What WeasyPrint knows of a font that can be said in plain values."""


@dataclass(frozen=True, slots=True)
class Number:
    """A place for the number of a page.

    Attributes:
        target: Id of the place whose page is meant; its own page if empty.
        right: Where it ends, and
        height: where its line stands, in pixels from the upper left.
        size: Size of its font, in pixels.
        digits: Glyph and width, in thousandths of the size, of each digit.
    """

    target: str
    right: float
    height: float
    size: float
    digits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a quire with the numbers on it.

    Attributes:
        parts: What is drawn before, between and after the numbers: all of a page that says where others stand, of any
            other one only what its own number needs. Nothing if there are no numbers.
        numbers: They.
    """

    parts: tuple[bytes, ...]
    numbers: tuple[Number, ...]


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
    frame: Frame | None = None
    warnings: tuple[str, ...] = ()


def gather(weasyprint: Any, document: Any, name: str, *, first: bool, numbered: bool) -> Quire:
    """Draw the pages of a piece that is laid out.

    Args:
        weasyprint: The renderer.
        document: WeasyPrint's document.
        name: What names begin with that the program gives.
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
    pages = [
        _page(pdf, at, page.height, [numeral for numeral in tree.numerals if numeral.page == at])
        for at, page in enumerate(document.pages)
    ]
    objects, numbers_of = _opened(pdf, pages, tagged)
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
        frame(pdf, document.metadata) if first else None,
    )


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
        if page.numbers and not _stands_apart(page)
    }
    kept = [item for item in pdf.objects if item.number not in left_out and item != {}]
    holders = 2 if any(map(is_tag, kept)) else 1
    first_open = len(kept) + 2 + holders  # behind the two objects written below and what holds the packed ones
    kids = pdf.pages["Kids"][::3]
    for at, (number, page) in enumerate(zip(kids, pages, strict=True)):
        pdf.objects[number]["StructParents"] = Key(at)
        if page.numbers:
            bodies = [pdf.objects[number]["Contents"]] if _stands_apart(page) else []
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


def _page(pdf: Any, at: int, height: float, numerals: Sequence[Numeral]) -> Page:
    """Take the numbers out of a page: its own one alone stands apart from what is drawn, so that this need not change."""
    if not numerals:
        return Page((), ())
    body = pdf.objects[_number_of(pdf.objects[pdf.pages["Kids"][3 * at]]["Contents"])]
    if any(numeral.target for numeral in numerals):
        return Page(*_around(body.stream))
    parts, numbers = [b""], []
    for numeral in numerals:
        before, after, number = _alone(numeral, height)
        parts[-1] += before
        parts.append(after)
        numbers.append(number)
    body.stream = [b"q", *(b"" if isinstance(item, Numeral) else item for item in body.stream), b"Q"]
    return Page(tuple(parts), tuple(numbers))


def _stands_apart(page: Page) -> bool:
    return not any(number.target for number in page.numbers)


def _around(items: Sequence[Any]) -> tuple[tuple[bytes, ...], tuple[Number, ...]]:
    """Return the parts of a content between its numbers, and these."""
    import pydyf

    parts: list[list[bytes]] = [[]]
    numbers = []
    for item in items:
        if isinstance(item, Numeral):
            numbers.append(_number(item))
            parts.append([])
        else:
            parts[-1].append(pydyf._to_bytes(item))  # noqa: SLF001 - how pydyf writes it
    return tuple(b"\n".join(part) for part in parts), tuple(numbers)


def _alone(numeral: Numeral, height: float) -> tuple[bytes, bytes, Number]:
    """Return what has to stand before and after a number that is drawn by itself, and it."""
    import pydyf

    font = b"/%s %s Tf" % (numeral.font.hash.encode(), pydyf._to_bytes(numeral.size))  # noqa: SLF001
    colour = [pydyf._to_bytes(item) for item in numeral.colour]  # noqa: SLF001
    scale = b"q\n%g 0 0 %g 0 %s cm" % (SCALE, -SCALE, pydyf._to_bytes(height * SCALE))  # noqa: SLF001
    mark = b"/Artifact <</Type /Pagination/Subtype /Footer>> BDC"
    return b"\n".join((scale, mark, *colour, b"BT", font)), b"ET\nEMC\nQ", _number(numeral)


def _number(numeral: Numeral) -> Number:
    """Say how the number of a page is drawn, and have its font hold all digits."""
    font, box = numeral.font, numeral.box
    digits = glyphs_of(file=font.file_content, index=font.index, signs="0123456789")
    for digit, (glyph, width) in digits.items():
        font.widths.setdefault(glyph, width)
        font.to_unicode.setdefault(glyph, digit)
    at = box.position_x + box.width, box.position_y + box.baseline
    return Number(numeral.target, *at, numeral.size, tuple(digits.values()))


@lru_cache(maxsize=32)
def glyphs_of(*, file: bytes, index: int, signs: str) -> dict[str, tuple[int, int]]:
    """Return the glyph and the width, in thousandths of the size, of each of ``signs`` that a font has."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(file), fontNumber=index, lazy=True)
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    known = {sign: names[ord(sign)] for sign in signs if ord(sign) in names}
    return {sign: (font.getGlyphID(name), round(font["hmtx"][name][0] * scale)) for sign, name in known.items()}


def _number_of(reference_: bytes) -> int:
    return int(reference_.split()[0])
