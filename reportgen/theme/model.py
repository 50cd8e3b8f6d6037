"""A theme as a value: it holds the bytes of all its files, so that it can cross into another process whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from reportgen.theme.colours import mix


class Paper(Enum):
    """Sizes of paper."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def css(self) -> str:
        """Its name in style sheets."""
        return {"a4": "A4", "letter": "Letter"}[self.value]


class Typeface(Enum):
    """The families that come with the program."""

    SERIF = "serif"
    SANS = "sans"


class Section(Enum):
    """The parts of a report between contents and back cover, in their usual order."""

    SUMMARY = "summary"
    ABOUT = "about"
    PROCESS = "process"
    CONTEXT = "context"
    ARTICLES = "articles"
    CROSS_CUTTING = "cross_cutting"
    RECENT_DEVELOPMENTS = "recent_developments"
    STATISTICS = "statistics"
    RECOMMENDATIONS = "recommendations"
    ASSISTANCE = "assistance"
    SOURCES = "sources"
    ACRONYMS = "acronyms"


MAIN, ACCENT, GOOD = "#1f3a5f", "#8a5a00", "#2f5d50"
"""The colours of the house, as they stand in ``templates/style/shared.css``."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Three colours, as ``#rrggbb``; the lighter ones of the page are derived from them.

    Attributes:
        main: Cover, headings, lines of tables.
        accent: Kickers, marks, deficiencies.
        good: Good practice.
    """

    main: str = MAIN
    accent: str = ACCENT
    good: str = GOOD

    @property
    def of_charts(self) -> tuple[str, ...]:
        """The colours of the series of a chart: they differ in lightness too."""
        if (self.main, self.accent) == (MAIN, ACCENT):
            return ("#1f3a5f", "#c98a2b", "#7a9cc0", "#5b5b5b")
        return (self.main, mix(self.accent, 0.62), mix(self.main, 0.5), "#5b5b5b")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, known to style sheets and to the fetcher as ``asset:theme/NAME``, and the signs it has."""

    name: str
    data: bytes = field(repr=False)
    bold: bool = False
    italic: bool = False
    signs: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of the house's own: what it calls itself, and its files."""

    name: str
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the cover, with what it shows by language; the key is empty where the words need no translation."""

    name: str
    data: bytes = field(repr=False)
    width: int
    height: int
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet of the house's own, and the file it stands in, for messages."""

    file: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Template:
    """A template that replaces the program's one of the same name, and the file it stands in, for messages."""

    name: str
    file: str
    source: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """How a report looks; as it is made without arguments, it is the program's own look.

    Attributes:
        paper: Size of the pages.
        colours: Its colours.
        text: Family of running text.
        headings: Family of headings, tables and notes.
        more: Further families for signs that the first two lack.
        logo: Picture on the cover.
        sections: The order of all sections.
        css: Style sheet that comes after the program's.
        templates: Templates instead of the program's.
    """

    paper: Paper = Paper.A4
    colours: Colours = Colours()
    text: Typeface | Family = Typeface.SERIF
    headings: Typeface | Family = Typeface.SANS
    more: tuple[Family, ...] = ()
    logo: Logo | None = None
    sections: tuple[Section, ...] = tuple(Section)
    css: StyleSheet | None = None
    templates: tuple[Template, ...] = ()

    @property
    def families(self) -> tuple[Family, ...]:
        """The families of the house's own, each once."""
        own = [family for family in (self.text, self.headings, *self.more) if isinstance(family, Family)]
        return tuple(dict.fromkeys(own))

    @property
    def signs(self) -> tuple[tuple[int, ...], ...]:
        """What the house's own fonts have signs for, as :mod:`reportgen.languages.fonts` keeps it."""
        return tuple(face.signs for family in self.families for face in family.faces)

    @property
    def assets(self) -> dict[str, tuple[bytes, str]]:
        """Bytes and media type of every file that the pages may ask for, by name."""
        files = {face.name: (face.data, "font/ttf") for family in self.families for face in family.faces}
        if self.logo:
            files[self.logo.name] = (self.logo.data, MEDIA_TYPES[self.logo.name.rpartition(".")[2]])
        return files


USUAL: Final = Theme()
"""The program's own look."""
MEDIA_TYPES: Final = {"png": "image/png", "jpg": "image/jpeg"}
