"""The file ``theme.yaml`` as it is declared: reading, messages and the JSON Schema come from here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from reportgen.languages.pairs import Text
from reportgen.submission import nodes
from reportgen.submission.kinds import INTEGER, TEXT, TEXT_SCHEMA, WORD, Context, Kind, Schema, one_of, read_scalar
from reportgen.submission.kinds import invalid as is_invalid
from reportgen.submission.parts import Part, json_schema, listed, optional, part, required
from reportgen.theme.colours import ENOUGH, WHITE, contrast, darker
from reportgen.theme.model import ACCENT, GOOD, MAIN, Paper, Section, Typeface


def _colour(node: nodes.Node, context: Context) -> str:
    """A colour that can be read on white, as ``#rrggbb``; the number sign may be left out, for YAML takes it for a comment."""
    text = read_scalar(node, context)
    if is_invalid(text):
        return text
    if not (match := re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", text.casefold(), re.ASCII)):
        return context.refuse("RG712", node.span, value=text[:40])
    digits = match.group(1)
    colour = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    ratio = contrast(colour, WHITE)
    if ratio < ENOUGH:
        shown = f"{int(ratio * 10) / 10:.1f}"
        return context.refuse("RG713", node.span, value=colour, ratio=shown, suggestion=darker(colour))
    return colour


def _typeface(node: nodes.Node, context: Context) -> Any:
    return FacesPart.read(node, context) if isinstance(node, nodes.Mapping) else one_of(Typeface).read(node, context)


def _sections(node: nodes.Node, context: Context) -> tuple[Section, ...]:
    """The sections named, each once, then the others in their usual order."""
    named = listed(one_of(Section)).read(node, context)
    if is_invalid(named):
        return named
    assert isinstance(node, nodes.Sequence)
    words = [item.text.strip() for item in node.items if isinstance(item, nodes.Scalar)]
    for index, word in enumerate(words):
        if word and word in words[:index]:
            context.refuse("RG725", node.items[index].span, value=word)
    return tuple(dict.fromkeys((*named, *Section)))


COLOUR: Final[Kind[str]] = Kind(
    _colour, lambda: {"type": ["string", "number"], "pattern": "^#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})$"}
)
PAPER: Final[Kind[Paper]] = Kind(one_of(Paper).read, lambda: {"enum": ["A4", "Letter"]})
TYPEFACE: Final[Kind[Any]] = Kind(
    _typeface, lambda: {"anyOf": [one_of(Typeface).schema(), {"$ref": "#/$defs/FacesPart"}]}
)
SECTIONS: Final[Kind[tuple[Section, ...]]] = Kind(_sections, lambda: listed(one_of(Section)).schema())


@dataclass(frozen=True, kw_only=True)
class ColoursPart(Part):
    """Three colours; the lighter ones are derived from them."""

    main: str = optional(COLOUR, "Cover, headings, lines of tables", MAIN)
    accent: str = optional(COLOUR, "Lines above headings, marks, deficiencies", ACCENT)
    good: str = optional(COLOUR, "Good practice", GOOD)


@dataclass(frozen=True, kw_only=True)
class FacesPart(Part):
    """A family of your own: font files in the folder of the theme (TTF or OTF, not variable)."""

    regular: str = required(WORD, "File of the upright font")
    italic: str = optional(WORD, "File of the italic font", "")
    bold: str = optional(WORD, "File of the bold or semibold font", "")
    bold_italic: str = optional(WORD, "File of the bold italic font", "")


@dataclass(frozen=True, kw_only=True)
class FontsPart(Part):
    """Families of text and headings."""

    text: Any = optional(TYPEFACE, "Running text: serif, sans, or files of your own", Typeface.SERIF)
    headings: Any = optional(TYPEFACE, "Headings, tables and notes: serif, sans, or files of your own", Typeface.SANS)
    more: tuple[str, ...] = optional(listed(WORD), "Files of fonts for other scripts", ())


@dataclass(frozen=True, kw_only=True)
class LogoPart(Part):
    """A picture on the cover."""

    file: str = required(WORD, "PNG or JPEG in the folder of the theme")
    description: Text = required(TEXT, "What it shows, for those who can’t see it")


@dataclass(frozen=True, kw_only=True)
class ThemeFile(Part):
    """How a report looks."""

    theme: int = required(INTEGER, "Format of this file: 1")
    paper: Paper = optional(PAPER, "Size of the pages", Paper.A4)
    colours: ColoursPart = optional(part(ColoursPart), "Colours", ColoursPart())
    fonts: FontsPart = optional(part(FontsPart), "Fonts", FontsPart())
    logo: LogoPart | None = optional(part(LogoPart), "Logo on the cover", None)
    sections: tuple[Section, ...] = optional(
        SECTIONS, "Order of the sections; those not named follow in their usual order", tuple(Section)
    )
    css: str = optional(WORD, "Style sheet in the folder of the theme, for those who know CSS", "")


def theme_schema() -> Schema:
    """Return the JSON Schema of ``theme.yaml``, for editors."""
    return json_schema(ThemeFile, {"text": TEXT_SCHEMA}) | {"title": "reportgen theme, format 1"}
