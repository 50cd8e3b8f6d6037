"""Numbers on a page that are not known while it is set, or change when it does not: those of pages, and of sources.

The number of a page is written when all pieces are bound, the number of a source over the one that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

from reportgen.writers.tagging import NOUGHT, Numeral, SourceNumeral

SCALE: Final = 0.75
"""Points in a pixel of CSS."""
_DIGITS: Final = "0123456789"
_GLYPHS: Final = re.compile(rb"<((?:[0-9a-f]{4})*)>")
"""Glyphs as the renderer writes them, four signs each."""
_LINK: Final = re.compile(
    rb"/Contents (?:\([^()]*?(?P<words>0+)[^()]*\)|<(?:[0-9a-f]{4})*?(?P<wide>(?:0030)+)[0-9a-f]*>)/Dest \(source-(?P<place>0+)\)"
)
"""A link to a source: its number among the words that say where it leads, and in the name of that place."""
_PLAIN: Final = tuple(b"%d" % digit for digit in range(10))
_WIDE: Final = tuple(b"%04x" % ord(digit) for digit in _DIGITS)


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
class Cited:
    """The number of a source where a page cites it.

    Attributes:
        source: Place of the source in the order of those that are cited.
        number: The number that stands there.
        holder: Of several that could hold it, which does: the parts of a page, or the objects of a quire.
        places: Where in that each digit is written, in bytes.
        digits: How the ten digits are written there.
    """

    source: int
    number: str
    holder: int
    places: tuple[int, ...]
    digits: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a quire with the numbers on it.

    Attributes:
        parts: What is drawn before, between and after the numbers of pages: all of a page that says where others stand,
            of any other one only what its own number needs. Nothing if there are none.
        numbers: They.
        cited: The numbers of sources.
        body: The stream of the quire that they stand in; if none, in the parts.
    """

    parts: tuple[bytes, ...] = ()
    numbers: tuple[Number, ...] = ()
    cited: tuple[Cited, ...] = ()
    body: int | None = None


def take_out(body: Any, height: float, numerals: Sequence[Numeral | SourceNumeral], sources: Sequence[str]) -> Page:
    """Take the numbers of pages out of what is drawn on a page, and write those of sources.

    The page's own number is then drawn behind all the rest, so that this need not change with it.

    Args:
        body: The stream of the page.
        height: Of the page, in pixels.
        numerals: Its numbers.
        sources: The numbers of the sources, in the order in which they are cited.
    """
    of_pages = [numeral for numeral in numerals if isinstance(numeral, Numeral)]
    if any(numeral.target for numeral in of_pages):
        parts, cited = _divided(body.stream, sources)
        return Page(parts, tuple(map(_number, of_pages)), cited)
    if not numerals:
        return Page()
    items = (b"q", *(b"" if isinstance(item, Numeral) else item for item in body.stream), b"Q")
    body.stream, cited = _divided(items, sources)
    around, numbers = [b""], []
    for numeral in of_pages:
        before, after, number = _alone(numeral, height)
        around[-1] += before
        around.append(after)
        numbers.append(number)
    return Page(tuple(around) if numbers else (), tuple(numbers), cited)


def stands_apart(page: Page) -> bool:
    """Whether a page's own number is the only one on it, and is drawn by itself."""
    return not any(number.target for number in page.numbers)


def write_in(holders: Sequence[bytes], cited: Iterable[Cited]) -> tuple[bytes, ...]:
    """Return ``holders`` with the numbers of sources written over those that stand there."""
    changed: dict[int, bytearray] = {}
    for one in cited:
        data = changed.setdefault(one.holder, bytearray(holders[one.holder]))
        for place, digit in zip(one.places, one.number, strict=True):
            written = one.digits[int(digit)]
            data[place : place + len(written)] = written
    return tuple(bytes(changed.get(at, data)) for at, data in enumerate(holders))


def of_link(data: bytes, holder: int, source: int, number: str) -> Iterator[Cited]:
    """Yield where a link to a source names this by its number.

    Args:
        data: The object of the link, with noughts.
        holder: Number of the object.
        source: Place of the source in the order of those that are cited.
        number: Its number.
    """
    link = _LINK.search(data)
    assert link
    for kind, digits in (("words", _PLAIN), ("wide", _WIDE), ("place", _PLAIN)):
        if link[kind]:
            places = tuple(range(*link.span(kind), len(digits[0])))
            assert len(places) == len(number)
            yield Cited(source, number, holder, places, digits)


def _divided(items: Iterable[Any], sources: Sequence[str]) -> tuple[tuple[bytes, ...], tuple[Cited, ...]]:
    """Return the parts of a content between the numbers of pages, and the numbers of sources that stand in these now."""
    import pydyf

    parts: list[list[bytes]] = [[]]
    end = 0
    cited: list[Cited] = []
    for item in items:
        if isinstance(item, Numeral):
            parts.append([])
            end = 0
            continue
        if isinstance(item, SourceNumeral):
            data = item.drawn
            cited.append(_cited(item, len(parts) - 1, end, sources[item.source]))
        else:
            data = pydyf._to_bytes(item)  # noqa: SLF001 - how pydyf writes it
        parts[-1].append(data)
        end += len(data) + 1
    return write_in([b"\n".join(part) for part in parts], cited), tuple(cited)


def _cited(numeral: SourceNumeral, part: int, start: int, number: str) -> Cited:
    """Say where the glyphs of a source's number stand in a content in which it is drawn from ``start`` on."""
    digits = tuple(b"%04x" % glyph for glyph, _ in _digits_of(numeral.font).values())
    runs = ((run.start(1), run[1]) for run in _GLYPHS.finditer(numeral.drawn))
    glyphs = {first + at: run[at : at + 4] for first, run in runs for at in range(0, len(run), 4)}
    places = tuple(start + at for at, glyph in glyphs.items() if glyph == digits[int(NOUGHT)])
    assert len(places) == len(number)
    return Cited(numeral.source, number, part, places, digits)


def _alone(numeral: Numeral, height: float) -> tuple[bytes, bytes, Number]:
    """Return what has to stand before and after a number that is drawn by itself, and it."""
    import pydyf

    font = b"/%s %s Tf" % (numeral.font.hash.encode(), pydyf._to_bytes(numeral.size))  # noqa: SLF001
    colour = [pydyf._to_bytes(item) for item in numeral.colour]  # noqa: SLF001
    scale = b"q\n%g 0 0 %g 0 %s cm" % (SCALE, -SCALE, pydyf._to_bytes(height * SCALE))  # noqa: SLF001
    mark = b"/Artifact <</Type /Pagination/Subtype /Footer>> BDC"
    return b"\n".join((scale, mark, *colour, b"BT", font)), b"ET\nEMC\nQ", _number(numeral)


def _number(numeral: Numeral) -> Number:
    """Say how the number of a page is drawn."""
    box = numeral.box
    at = box.position_x + box.width, box.position_y + box.baseline
    return Number(numeral.target, *at, numeral.size, tuple(_digits_of(numeral.font).values()))


def _digits_of(font: Any) -> dict[str, tuple[int, int]]:
    """Return the glyph and the width of each digit; fonts are embedded with all of them (``embed.py``)."""
    return glyphs_of(file=font.file_content, index=font.index, signs=_DIGITS)


@lru_cache(maxsize=32)
def glyphs_of(*, file: bytes, index: int, signs: str) -> dict[str, tuple[int, int]]:
    """Return the glyph and the width, in thousandths of the size, of each of ``signs`` that a font has."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(file), fontNumber=index, lazy=True)
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    known = {sign: names[ord(sign)] for sign in signs if ord(sign) in names}
    return {sign: (font.getGlyphID(name), round(font["hmtx"][name][0] * scale)) for sign, name in known.items()}
