"""The fonts of the report: which there are, and which signs they have.

No font of the machine is ever used on paper, so that the same text gives the same pages everywhere, and so that a sign
no font has is known before the page is set.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from reportgen.resources import resource

COVERAGE: Final = "coverage.txt"
"""File beside the fonts: of each, the ranges of characters it has, in hexadecimal."""
REPLACEMENT: Final = "\ufffd"
"""What stands on paper for a sign that no font has."""


class Face(NamedTuple):
    """One font file and how a style sheet names it."""

    family: str
    file: str
    weight: int = 400
    italic: bool = False


def _family(family: str, stem: str) -> tuple[Face, ...]:
    return (
        Face(family, f"{stem}-Regular.ttf"),
        Face(family, f"{stem}-Italic.ttf", italic=True),
        Face(family, f"{stem}-SemiBold.ttf", 600),
        Face(family, f"{stem}-SemiBoldItalic.ttf", 600, italic=True),
    )


BASE: Final = (*_family("Noto Serif", "NotoSerif"), *_family("Noto Sans", "NotoSans"))
"""The two families every report is set in: Latin, Greek, Cyrillic, and of the sans serif also Devanagari."""
_SCRIPTS: Final = (
    "Armenian",
    "Bengali",
    "Ethiopic",
    "Georgian",
    "Hebrew",
    "Khmer",
    "Lao",
    "Myanmar",
    "Sinhala",
    "Tamil",
    "Thai",
)
OTHERS: Final = (
    Face("Noto Sans Symbols 2", "NotoSansSymbols2-Regular.ttf"),
    Face("IBM Plex Sans Arabic", "IBMPlexSansArabic-Regular.ttf"),
    Face("IBM Plex Sans Arabic", "IBMPlexSansArabic-SemiBold.ttf", 600),
    *(Face(f"Noto Sans {script}", f"NotoSans{script}-Regular.ttf") for script in _SCRIPTS),
    Face("Noto Sans Math", "NotoSansMath-Regular.ttf"),
)
"""Families for other scripts and signs, in the order in which they are asked."""

_USUAL: Final = re.compile(
    "[^\t\n -~\u00a0-\u017f\u0400-\u045f\u2010-\u2015\u2018-\u201e\u2026\u202f\u2030\u20ac\u2116\u2122]"
)
_UNSEEN: Final = re.compile("[\ue000\ue001\ufe00-\ufe0f]")
"""What never reaches a page: marks by which set text holds its notes, and selectors that ask for a coloured picture."""


@lru_cache(maxsize=1)
def coverage() -> dict[str, tuple[int, ...]]:
    """Return for each font file its ranges: first, last + 1, first, last + 1 and so on."""
    lines = (resource("templates") / "fonts" / COVERAGE).read_text("ascii").splitlines()
    return {name: parse_ranges(ranges) for name, _, ranges in (line.partition(": ") for line in lines)}


def parse_ranges(written: str) -> tuple[int, ...]:
    """Read ranges as they stand in the file of coverage."""
    bounds: list[int] = []
    for part in written.split(","):
        first, _, last = part.partition("-")
        bounds += [int(first, 16), int(last or first, 16) + 1]
    return tuple(bounds)


def write_ranges(codes: Iterable[int]) -> str:
    """Write character codes as ranges, for the file of coverage."""
    parts: list[list[int]] = []
    for code in sorted(codes):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return ",".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in parts)


def has(ranges: tuple[int, ...], sign: str) -> bool:
    """Whether a font with ``ranges`` has ``sign``."""
    return bisect_right(ranges, ord(sign)) % 2 == 1


def unusual(text: str) -> set[str]:
    """Return the signs of ``text`` beyond those that every report uses and the base fonts have."""
    return set(_USUAL.findall(text))


def lacking(text: str, more: Iterable[tuple[int, ...]] = ()) -> set[str]:
    """Return the signs of ``text`` that no font has, neither ours nor ``more``."""
    signs = unusual(_UNSEEN.sub("", text))
    known = (*coverage().values(), *more) if signs else ()
    return {sign for sign in signs if not any(has(ranges, sign) for ranges in known)}


def needed(text: str) -> tuple[Face, ...]:
    """Return the faces that ``text`` needs besides the base: the first family that has each of its signs."""
    families = set()
    sans = coverage()["NotoSans-Regular.ttf"]  # the first of those that style sheets ask next
    for sign in unusual(text):
        if not has(sans, sign):
            families |= {next((face.family for face in OTHERS if has(coverage()[face.file], sign)), "")}
    return tuple(face for face in OTHERS if face.family in families)
