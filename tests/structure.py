"""Reads the tag tree of a PDF: what a screen reader finds, with the words of every element, as data and as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage


@dataclass
class Part:
    """An element of the tree.

    Attributes:
        kind: Its structure type.
        kids: What it holds in reading order: elements and words.
        language: Its own, if it says one.
        key: Its identifier.
        alt: The words for a picture.
        attributes: Scope, heads, list numbering and so on.
        links: What the areas of a link say, one for each.
        pages: The pages its own words are on.
    """

    kind: str
    kids: list[Part | str] = field(default_factory=list)
    language: str = ""
    key: str = ""
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    def parts(self, kind: str = "") -> Iterator[Part]:
        """This element and all below it in reading order, of one structure type or of any."""
        if kind in {"", self.kind}:
            yield self
        for kid in self.kids:
            if isinstance(kid, Part):
                yield from kid.parts(kind)

    def words(self, *, without: frozenset[str] = frozenset()) -> str:
        """All words, those of some structure types left out."""
        pieces = (
            kid if isinstance(kid, str) else "" if kid.kind in without else kid.words(without=without)
            for kid in self.kids
        )
        return " ".join(" ".join(pieces).split())

    def outline(self) -> list[str]:
        """The kinds of the elements directly in it."""
        return [kid.kind if isinstance(kid, Part) else "words" for kid in self.kids]

    def dump(self, depth: int = 0) -> str:
        """The tree as text, one line an element or run of words."""
        said = [self.kind]
        said += [f"[{self.language}]"] if self.language else []
        said += [f"#{self.key}"] if self.key else []
        said += [f"{name}={value}" for name, value in sorted(self.attributes.items()) if name not in {"O", "BBox"}]
        said += [f"alt={self.alt!r}"] if self.alt else []
        said += [f"({link})" for link in dict.fromkeys(self.links)]
        lines = ["  " * depth + " ".join(said)]
        run: list[str] = []
        for kid in [*self.kids, None]:
            if isinstance(kid, str):
                run.append(kid)
                continue
            if words := " ".join(" ".join(run).split()):
                lines.append("  " * (depth + 1) + f"“{words}”")
            run = []
            if kid is not None:
                lines.append(kid.dump(depth + 1))
        return "\n".join(lines)


@dataclass
class Tagged:
    """A PDF as a screen reader sees it.

    Attributes:
        root: The tree.
        artifacts: Words that are not read, by page, with what the file says they are.
        loose: Words that are neither read nor said not to be.
        pages: The number of pages.
    """

    root: Part
    artifacts: list[tuple[int, dict[str, str], str]]
    loose: list[str]
    pages: int


def read(data: bytes) -> Tagged:
    """Read the tag tree of a PDF, and check on the way that what is read is what the pages hold, each part once."""
    marked: dict[tuple[int, int], str] = {}
    artifacts: list[tuple[int, dict[str, str], str]] = []
    loose: list[str] = []
    manager = PDFResourceManager()
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data))):
        device = _Words(manager)
        PDFPageInterpreter(manager, device).process_page(page)
        marked |= {(number, key): words for key, words in device.marked.items()}
        artifacts += [(number, properties, words) for properties, words in device.artifacts if words.strip()]
        loose += [device.loose] if device.loose.strip() else []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        places = {sheet.objgen: number for number, sheet in enumerate(pdf.pages)}
        left = dict(marked)
        tree: Any = pdf.Root.StructTreeRoot
        root = _part(tree.K[0], places, left, None)
    assert not left, "marks that no element holds"
    return Tagged(root, artifacts, loose, len(places))


def _part(element: Any, places: dict[Any, int], marked: dict[tuple[int, int], str], page: int | None) -> Part:
    part = Part(str(element.S)[1:], language=str(element.get("/Lang", "")), key=str(element.get("/ID", "")))
    part.alt = str(element.get("/Alt", ""))
    part.attributes = {key[1:]: _plain(value) for key, value in element.get("/A", {}).items()}
    page = places[element.Pg.objgen] if "/Pg" in element else page
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            assert page is not None
            part.pages.add(page)
            part.kids.append(marked.pop((page, kid)))
        elif kid.get("/Type") == "/OBJR":
            part.links.append(str(kid.Obj.Contents))
        elif kid.get("/Type") == "/MCR":
            part.pages.add(places[kid.Pg.objgen])
            part.kids.append(marked.pop((places[kid.Pg.objgen], int(kid.MCID))))
        else:
            assert kid.P.objgen == element.objgen, "an element that names another parent"
            part.kids.append(_part(kid, places, marked, page))
    return part


def _plain(value: Any) -> Any:
    if isinstance(value, pikepdf.Array):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, int) else re.sub("^/", "", str(value))


class _Words(PDFDevice):
    """Collects words by the marks they stand between."""

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.marked: dict[int, str] = {}
        self.artifacts: list[tuple[dict[str, str], str]] = []
        self.loose = ""
        self._open: list[tuple[str, Any]] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self._open.append((tag.name, props or {}))
        if "MCID" in (props or {}):
            self.marked.setdefault(props["MCID"], "")
        elif tag.name == "Artifact":
            said = {key: value.name for key, value in (props or {}).items()}
            self.artifacts.append((said, ""))

    def end_tag(self) -> None:
        self._open.pop()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        words = "".join(
            textstate.font.to_unichr(sign)
            for piece in seq
            if isinstance(piece, bytes)
            for sign in textstate.font.decode(piece)
        )
        for tag, props in reversed(self._open):
            if "MCID" in props:
                self.marked[props["MCID"]] += words
                return
            if tag == "Artifact":
                said, before = self.artifacts.pop()
                self.artifacts.append((said, before + words))
                return
        self.loose += words
