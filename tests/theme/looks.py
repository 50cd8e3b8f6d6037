"""Themes made on the spot, and what can be seen of them in a finished PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reportgen.catalogue import load_catalogue
from reportgen.document.compose import compose
from reportgen.document.model import Document
from reportgen.pipeline import check, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from reportgen.theme.model import Theme
from reportgen.theme.read import ThemeReading, read_theme
from reportgen.writers.pdf import render_pdf
from tests.samples import ROOT

SAMPLE = ROOT / "sample_inputs" / "theme"
FONTS = ROOT / "templates" / "fonts"


def written(folder: Path, text: str, **files: bytes) -> ThemeReading:
    """Read a theme that is written into ``folder``; ``__`` in the names of its files stands for a full stop."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "theme.yaml").write_text(f"theme: 1\n{text}", "utf-8")
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return read_theme(folder)


def sound(folder: Path, text: str, **files: bytes) -> Theme:
    """Read a theme in which nothing is wrong."""
    reading = written(folder, text, **files)
    assert reading.found == ()
    assert reading.theme
    return reading.theme


def places(reading: ThemeReading) -> list[tuple[str, str, int, int]]:
    """Return code, file, line and column of everything found."""
    spans = [(item.code, item.span) for item in reading.found]
    return [(code, Path(span.file).name, span.line, span.column) if span else (code, "", 0, 0) for code, span in spans]


def dressed(path: Path, theme: Theme, language: str = "en") -> Document:
    """Compose the submission at ``path`` in a theme."""
    checked = check(path)
    assert not has_errors(checked.found)
    assert checked.reading.submission
    publication = localise(redact(checked.reading.submission, load_catalogue(), Audience.PUBLIC), language)
    return compose(publication, load_catalogue(), language, final=True, theme=theme)


def font(name: str, signs: str, rights: int = 0) -> bytes:
    """Make a font that has a triangle for each of ``signs``."""
    glyphs = [".notdef", *(f"g{index}" for index in range(len(signs)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({ord(sign): glyph for sign, glyph in zip(signs, glyphs[1:], strict=True)})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((300, 700))
    pen.lineTo((600, 0))
    pen.closePath()
    triangle = pen.glyph()
    builder.setupGlyf(dict.fromkeys(glyphs, triangle))
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(fsType=rights, sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    sink = io.BytesIO()
    builder.save(sink)
    return sink.getvalue()


@dataclass(frozen=True)
class Pages:
    """A finished PDF, opened."""

    data: bytes
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Pages:
        """Set the pages of a document."""
        return cls(*render_pdf(document))

    @property
    def pdf(self) -> pikepdf.Pdf:
        """The file."""
        return pikepdf.open(io.BytesIO(self.data))

    def sizes(self) -> set[tuple[int, int]]:
        """Width and height of the pages, in points."""
        with self.pdf as pdf:
            return {(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages}

    def words(self, page: int) -> str:
        """The text of a page, counted from 0."""
        with pypdfium2.PdfDocument(self.data) as pdf:
            return str(pdf[page].get_textpage().get_text_range())

    def colours(self) -> set[str]:
        """Every colour that is painted with, pictures aside."""
        found = set()
        with self.pdf as pdf:
            streams: list[Any] = [*pdf.pages]
            streams += [
                item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
            ]
            for stream in streams:
                for step in pikepdf.parse_content_stream(stream):
                    if str(step.operator).lower() == "rg":
                        parts: list[Any] = list(step.operands)
                        found.add("#" + "".join(f"{round(float(part) * 255):02x}" for part in parts))
        return found

    def fonts(self) -> set[str]:
        """The names of the embedded fonts."""
        with self.pdf as pdf:
            return {
                str(item.FontName).split("+")[-1]
                for item in pdf.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            }

    def outline(self) -> list[str]:
        """The bookmarks of the first level."""
        with self.pdf as pdf, pdf.open_outline() as outline:
            return [" ".join(str(item.title).split()) for item in outline.root]

    def figures(self) -> list[tuple[str, str]]:
        """Alternative text and language of every figure in the tag tree."""
        with self.pdf as pdf:
            return [
                (str(part.get("/Alt", "")), str(part.get("/Lang", "")))
                for part in _parts(pdf.Root.StructTreeRoot)
                if part.S == "/Figure"
            ]


def _parts(part: Any) -> Iterator[Any]:
    children = part.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _parts(child)
