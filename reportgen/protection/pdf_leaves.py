"""The pages of a PDF as a reader sees them: what each draws, by the tables of its fonts (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final

import pikepdf

from reportgen.protection.clean import digest_of
from reportgen.protection.look import Look
from reportgen.protection.pdf_strings import STRING, shown, strings, to_unicode

_OPERATORS: Final = re.compile(
    rb"/(?P<font>[^\s/\[\]<>()]+)\s+-?[\d.]+\s+Tf\b"
    rb"|(?P<many>\[(?:" + STRING + rb"|[^\]<(]++)*+\])\s*+TJ\b"
    rb"|(?P<one>" + STRING + rb")\s*+(?:Tj|['\"])"
    rb"|/(?P<tag>\w+)\s*+(?P<more><<(?:" + STRING + rb"|<<[^<>]*+>>|[^<>(]++)*+>>|/\w+)?\s*+(?:BDC|BMC)\b"
    rb"|\b(?P<end>EMC)\b",
    re.DOTALL,
)
_MARK: Final = re.compile(rb"/MCID\s+(\d+)")
Drawn = tuple[int | None, str]
"""What one operator draws: the number of its mark (MCID) and its words."""


class Leaf:
    """One page: what it draws, by itself and in groups and appearances, read when it is asked for."""

    def __init__(self, page: Any, place: str, fonts: Fonts, done: set[tuple[int, int]], look: Look) -> None:
        self.place = place
        self._streams = [(_content(page), fonts.of(page.get("/Resources")))]
        self._streams += [(_bytes_of(form), fonts.of(form.get("/Resources"))) for form in _forms(page, done)]
        look.unpacked(sum(len(content) for content, _ in self._streams))
        self.digest = digest_of(
            *(part for content, named in self._streams for part in (content, named.digest(content)))
        )

    @cached_property
    def _drawn(self) -> list[tuple[Drawn, ...]]:
        return [_drawn_once(content, named) for content, named in self._streams]

    def text(self, between: str) -> str:
        """Return its words, with ``between`` between what is drawn at once."""
        return "\n".join(between.join(words for _, words in drawn) for drawn in self._drawn)

    @cached_property
    def marked(self) -> dict[int, str]:
        """The words of each mark (MCID)."""
        marked: dict[int, str] = {}
        for mark, words in self._drawn[0]:
            if mark is not None:
                marked[mark] = marked.get(mark, "") + words
        return marked


def _content(page: Any) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    return _bytes_of(contents) if isinstance(contents, pikepdf.Stream) else b"\n".join(map(_bytes_of, contents))


def _bytes_of(stream: Any) -> bytes:
    return bytes(stream.read_bytes())


def _forms(home: Any, done: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield everything else that a page draws: groups, and appearances of its annotations."""

    def below(resources: Any) -> Iterator[Any]:
        for key in ("/XObject", "/Pattern"):
            yield from _values(resources.get(key, {})) if resources is not None else ()

    waiting = [*below(home.get("/Resources"))]
    for annotation in home.get("/Annots", []):
        waiting += _streams(annotation.get("/AP"))
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Stream) or item.objgen in done or item.get("/Subtype") == "/Image":
            continue
        done.add(item.objgen)
        yield item
        waiting += below(item.get("/Resources"))


def _streams(value: Any) -> Iterator[Any]:
    if isinstance(value, pikepdf.Stream):
        yield value
    elif isinstance(value, pikepdf.Dictionary):
        for item in _values(value):
            yield from _streams(item)


def _values(dictionary: Any) -> list[Any]:
    """Return the values of a dictionary in the order of their names, which is the same in every process."""
    return [value for _, value in sorted(dict(dictionary).items(), key=itemgetter(0))]


@dataclass(frozen=True, slots=True)
class _Font:
    """How many bytes a sign has, and what each stands for."""

    wide: bool = False
    table: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Named:
    """The fonts of a stream, by their names in it, with a digest of each, by which they are compared."""

    fonts: Mapping[str, _Font] = field(compare=False, default_factory=dict)
    digests: tuple[tuple[bytes, bytes], ...] = ()

    def digest(self, content: bytes) -> bytes:
        """Return a digest of those that ``content`` uses."""
        return digest_of(*(part for name, digest in self.digests if name in content for part in (name, digest)))


class Fonts:
    """The fonts of a file, each read once."""

    def __init__(self) -> None:
        self._known: dict[Any, tuple[_Font, bytes]] = {}
        self._sets: dict[Any, _Named] = {}

    def of(self, resources: Any) -> _Named:
        """Return the fonts that ``resources`` name."""
        fonts = resources.get("/Font") if resources is not None else None
        if fonts is None:
            return _Named()
        key = fonts.objgen
        if key not in self._sets or key == (0, 0):
            read = {name: self._read(font) for name, font in sorted(dict(fonts).items(), key=itemgetter(0))}
            digests = tuple((name.encode("latin-1", "replace"), digest) for name, (_, digest) in read.items())
            self._sets[key] = _Named({name: font for name, (font, _) in read.items()}, digests)
        return self._sets[key]

    def _read(self, font: Any) -> tuple[_Font, bytes]:
        key = font.objgen
        if key not in self._known or key == (0, 0):
            wide = font.get("/Subtype") == "/Type0"
            table = font.get("/ToUnicode")
            if wide and table is None:
                raise ValueError("a font that tells no words")
            data = _bytes_of(table) if table is not None else b""
            self._known[key] = _Font(wide, to_unicode(data)), digest_of(bytes([wide]), data)
        return self._known[key]


_NO_FONT: Final = _Font()


@lru_cache(maxsize=128)
def _drawn_once(content: bytes, named: _Named) -> tuple[Drawn, ...]:
    """Return what ``content`` draws; a program that lives sees the pages around an edit again and again."""
    return tuple(_drawn(content, named))


def _drawn(content: bytes, named: _Named) -> Iterator[Drawn]:
    """Yield what ``content`` draws, sign by sign as its fonts say."""
    font = _NO_FONT
    marks: list[int | None] = []
    for match in _OPERATORS.finditer(content):
        if match["font"]:
            font = named.fonts.get("/" + match["font"].decode("latin-1"), _NO_FONT)
        elif match["end"]:
            del marks[-1:]
        elif match["tag"]:
            mark = _MARK.search(match["more"] or b"")
            marks.append(int(mark[1]) if mark else marks[-1] if marks else None)
            for _, text in strings(match["more"] or b""):
                yield None, text
        else:
            codes = shown(match["many"] or match["one"])
            yield (marks[-1] if marks else None), _signs(codes, font)


def _signs(codes: bytes, font: _Font) -> str:
    return codes.decode("utf-16-be" if font.wide else "latin-1", "replace").translate(font.table)


__all__ = ["Fonts", "Leaf"]
