"""PDF: the words of every page, drawn where they are seen or not, and every string that stands in the file.

Two ways lead through a PDF, and both are taken. As a reader does, from page to page: what each draws becomes text by the
tables of its fonts (ISO 32000-1, 9.10.3), in the order of drawing and, since a word may go on after the notes of a
page, in the order of the tag tree. And as somebody with tools does, from the first byte to the last: every stream is
unpacked, whether anything refers to it or not, so that earlier revisions and what stands after the end are searched as well.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from reportgen.protection.look import Look, TooMuch

if TYPE_CHECKING:
    import pikepdf

_STRING: Final = rb"\((?:[^\\()]|\\.|\((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*+\))*+\))*+\)|<[0-9A-Fa-f\s]*>"
_STRINGS: Final = re.compile(rb"(?:/([^\s/\[\]<>(){}%]+)\s*+)?(" + _STRING + rb")", re.DOTALL)
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_WHOLE: Final = re.compile(rb"<((?:[0-9A-Fa-f]{2})*+)>")
_NAMES: Final = re.compile(rb"/([^\s/\[\]<>(){}%]+)")
_COMMENTS: Final = re.compile(rb"%[^\r\n]+")
_PREDICTED: Final = re.compile(rb"/Predictor\s+(?!1\b)")
"""Tells that a stream holds differences and not its bytes (ISO 32000-1, 7.4.4.4), as pictures and tables do, and no words."""
_NO_WORDS: Final = re.compile(rb"/(?:Image|XRef)\b")
_STREAM: Final = re.compile(rb"\bstream\r?\n")
_ACTS: Final = frozenset(
    {"JavaScript", "JS", "Launch", "OpenAction", "AA", "SubmitForm", "ImportData", "GoToR", "GoToE", "XFA"}
    | {"EmbeddedFile", "EmbeddedFiles", "AF", "FileAttachment", "RichMedia", "Movie", "Sound", "Rendition", "Trans3D"}
)
"""Names of what acts by itself, asks elsewhere or is attached (ISO 32000-1, 12.6 and 7.11.4)."""
_OPERATORS: Final = re.compile(
    rb"/(?P<font>[^\s/\[\]<>()]+)\s+-?[\d.]+\s+Tf\b"
    rb"|(?P<many>\[(?:" + _STRING + rb"|[^\]<(]++)*+\])\s*+TJ\b"
    rb"|(?P<one>" + _STRING + rb")\s*+(?:Tj|['\"])"
    rb"|/(?P<tag>\w+)\s*+(?P<more><<(?:" + _STRING + rb"|<<[^<>]*+>>|[^<>(]++)*+>>|/\w+)?\s*+(?:BDC|BMC)\b"
    rb"|\b(?P<end>EMC)\b",
    re.DOTALL,
)
_MARK: Final = re.compile(rb"/MCID\s+(\d+)")
_ESCAPES: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r": b"", b"\r\n": b""}
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_LARGEST: Final = 100_000_000

Within = Callable[[bytes, str], None]
Drawn = tuple[int | None, str]
"""What one operator draws: the number of its mark (MCID) and its words."""


def scan_pdf(data: bytes, look: Look, before: str, within: Within) -> None:
    """Search a PDF.

    Args:
        data: Its bytes.
        look: Takes what is found.
        before: What stands before places.
        within: Searches a file within it.
    """
    import pikepdf

    try:
        with pikepdf.open(_io(data)) as pdf:
            if pdf.is_encrypted:
                look.unread(f"{before}PDF")
                return
            if look.secrets:
                _read_pages(pdf, look, before)
    except TooMuch:
        raise
    except Exception:  # whatever a damaged file causes: it can't be searched
        look.unread(f"{before}PDF")
    _read_bytes(data, look, before, within)


def _io(data: bytes) -> Any:
    from io import BytesIO

    return BytesIO(data)


# As a reader does


def _read_pages(pdf: pikepdf.Pdf, look: Look, before: str) -> None:
    fonts = _Fonts()
    pages: list[tuple[str, str]] = []
    close: list[tuple[str, str]] = []
    marked: dict[tuple[int, int], str] = {}
    done: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        place = f"{before}PDF, p. {number}"
        drawn = list(fonts.drawn(_content(page.obj), page.obj.get("/Resources"), look))
        for mark, words in drawn:
            if mark is not None:
                key = page.obj.objgen[0], mark
                marked[key] = marked.get(key, "") + words
        drawings = ["\n".join(words for _, words in drawn)]
        closely = ["".join(words for _, words in drawn)]
        for form in _forms(page.obj, done):
            more = [words for _, words in fonts.drawn(_bytes_of(form), form.get("/Resources"), look)]
            drawings.append("\n".join(more))
            closely.append("".join(more))
        pages.append((place, "\n".join(drawings)))
        close.append((place, "\n".join(closely)))
    look.texts(pages, flowing=True)
    look.texts(close, flowing=True)
    tagged = list(_in_order(pdf, marked))
    place = f"{before}PDF, p. …"
    look.texts([(place, "\n".join(tagged)), (place, "".join(tagged))])


def _content(page: Any) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    return (
        _bytes_of(contents)
        if hasattr(contents, "read_bytes") and not _is_array(contents)
        else b"\n".join(map(_bytes_of, contents))
    )


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _bytes_of(stream: Any) -> bytes:
    return bytes(stream.read_bytes())


def _forms(home: Any, done: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield everything else that a page draws: groups, and appearances of its annotations."""
    import pikepdf

    def below(resources: Any) -> Iterator[Any]:
        for key in ("/XObject", "/Pattern"):
            yield from dict(resources.get(key, {})).values() if resources is not None else ()

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
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        yield value
    elif isinstance(value, pikepdf.Dictionary):
        for item in dict(value).values():
            yield from _streams(item)


class _Fonts:
    """The fonts of a file, each read once: how many bytes a sign has, and what each stands for."""

    def __init__(self) -> None:
        self._known: dict[Any, tuple[bool, dict[int, str]]] = {}

    def drawn(self, content: bytes, resources: Any, look: Look) -> Iterator[Drawn]:
        """Yield what ``content`` draws, sign by sign as its fonts say."""
        look.unpacked(len(content))
        named = dict(resources.get("/Font", {})) if resources is not None else {}
        font = False, {}  # type: tuple[bool, dict[int, str]]
        marks: list[int | None] = []
        for match in _OPERATORS.finditer(content):
            if match["font"]:
                found = named.get("/" + match["font"].decode("latin-1"))
                font = self._table(found) if found is not None else (False, {})
            elif match["end"]:
                del marks[-1:]
            elif match["tag"]:
                mark = _MARK.search(match["more"] or b"")
                marks.append(int(mark[1]) if mark else marks[-1] if marks else None)
                for _, text in _strings(match["more"] or b""):
                    yield None, text
            else:
                shown = _shown(match["many"] or match["one"])
                yield (marks[-1] if marks else None), _signs(shown, *font)

    def _table(self, font: Any) -> tuple[bool, dict[int, str]]:
        key = font.objgen
        if key not in self._known or key == (0, 0):
            wide = font.get("/Subtype") == "/Type0"
            table = font.get("/ToUnicode")
            if wide and table is None:
                raise ValueError("a font that tells no words")
            self._known[key] = wide, _to_unicode(_bytes_of(table)) if table is not None else {}
        return self._known[key]


def _shown(written: bytes) -> bytes:
    """Return the codes of the signs that an operator shows, whatever moves stand between them."""
    if b"(" not in written:
        whole = _WHOLE.findall(written)
        if len(whole) == written.count(b"<"):
            return bytes.fromhex(b"".join(whole).decode())
        digits = [_even(part) for part in _HEX.findall(written)]
        return bytes.fromhex(b"".join(digits).decode())
    return b"".join(_raw(part) for _, part in _STRINGS.findall(written))


def _even(digits: bytes) -> bytes:
    return (
        digits
        if digits.isalnum() and not len(digits) % 2
        else (plain := b"".join(digits.split())) + b"0" * (len(plain) % 2)
    )


def _signs(shown: bytes, wide: bool, table: dict[int, str]) -> str:
    return shown.decode("utf-16-be" if wide else "latin-1", "replace").translate(table)


def _to_unicode(data: bytes) -> dict[int, str]:
    """Read the table of a font (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, block in _BLOCK.findall(data):
        if kind == b"bfchar":
            table.update((int(code, 16), _utf16(signs)) for code, signs in _PAIR.findall(block))
            continue
        for first, last, start, each in _RANGE.findall(block):
            codes = range(int(first, 16), min(int(last, 16), int(first, 16) + 0xFFFF) + 1)
            if each:
                table.update(zip(codes, map(_utf16, re.findall(rb"<([0-9A-Fa-f]*)>", each)), strict=False))
            else:
                head, tail = _utf16(start)[:-1], ord(_utf16(start)[-1:] or "\0")
                table.update((code, head + chr(min(tail + code - codes[0], 0x10FFFF))) for code in codes)
    return table


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def _in_order(pdf: pikepdf.Pdf, marked: dict[tuple[int, int], str]) -> Iterator[str]:
    """Yield what is drawn in the order of the tag tree, in which no page breaks a word."""
    import pikepdf

    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[tuple[Any, int]] = [(root, 0)] if root is not None else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        item, page = waiting.pop()
        if isinstance(item, int):
            yield marked.get((page, item), "")
        elif isinstance(item, pikepdf.Array):
            waiting += [(kid, page) for kid in reversed(list(item))]
        elif isinstance(item, pikepdf.Dictionary):
            if item.is_indirect and item.objgen in seen:
                continue
            seen.add(item.objgen)
            home = item.get("/Pg")
            page = home.objgen[0] if home is not None else page
            for key in ("/K", "/MCID"):
                if (kid := item.get(key)) is not None:
                    waiting.append((kid, page))


# As somebody with tools does


def _read_bytes(data: bytes, look: Look, before: str, within: Within) -> None:
    """Search every stream, whether anything refers to it, and all that stands between them."""
    between: list[bytes] = []
    end = 0
    for match in _STREAM.finditer(data):
        if match.start() < end:
            continue
        start = data.rfind(b"obj", 0, match.start())
        head = data[max(start, end) : match.start()]
        body, after = _unpacked(data, match.end(), head, look, before)
        between.append(data[end : match.start()])
        end = after
        if body is not None:
            _read_stream(head, body, look, before, within)
    between.append(data[end:])
    rest = b"\n".join(between)
    _read_objects(rest, look, before)
    look.texts((f"{before}PDF, %", _decoded(comment)) for comment in _COMMENTS.findall(rest))
    last = rest.rpartition(b"%%EOF")[2]
    look.texts([(f"{before}PDF, %%EOF", _decoded(last)), (f"{before}PDF, %%EOF", last.decode("utf-8", "replace"))])


def _unpacked(data: bytes, start: int, head: bytes, look: Look, before: str) -> tuple[bytes | None, int]:
    """Return what is in the stream at ``start``, and where it ends."""
    end = data.find(b"endstream", start)
    end = len(data) if end < 0 else end
    filters = re.search(rb"/Filter\s*(\[[^\]]*\]|/\w+)", head)
    names = re.findall(rb"/(\w+)", filters[1]) if filters else []
    known = names in ([], [b"FlateDecode"], [b"Fl"], [b"DCTDecode"])
    if not known or (_PREDICTED.search(head) and not _NO_WORDS.search(head)):
        look.unread(f"{before}PDF, {b' '.join(names).decode()}")
        return None, end
    if names in ([], [b"DCTDecode"]):
        return data[start:end], end
    for stop in (end, len(data)):  # the word may stand in what is packed
        unpacker = zlib.decompressobj()
        try:
            body = unpacker.decompress(data[start:stop], min(_LARGEST, look.left + 1))
        except zlib.error:
            break
        if unpacker.eof:
            look.unpacked(len(body))
            return body, stop - len(unpacker.unused_data)
    look.unread(f"{before}PDF, FlateDecode")
    return None, end


def _read_stream(head: bytes, body: bytes, look: Look, before: str, within: Within) -> None:
    kinds = frozenset(_NAMES.findall(head))
    if b"Image" in kinds:
        if body.startswith(b"\xff\xd8"):
            within(body, "PDF")
    elif b"EmbeddedFile" in kinds:
        within(body, "PDF, EmbeddedFile")
    elif b"XML" in kinds:
        within(body, "PDF, XMP")
    elif b"ObjStm" in kinds:
        _read_objects(body, look, before)
    elif b"XRef" in kinds:
        pass
    elif b"Length1" in kinds or kinds & {b"OpenType", b"Type1C", b"CIDFontType0C"}:
        look.data(body, f"{before}PDF, font")
    else:
        if b"(" in body or not _draws(body):
            look.texts((f"{before}PDF, stream", text) for _, text in _strings(body))
        if not _draws(body):
            look.data(body, f"{before}PDF, stream")


def _draws(body: bytes) -> bool:
    """Whether a stream is what a page draws, or the table of a font: numbers of signs, which are no text."""
    return bool(re.search(rb"\b(?:cm|BT|re|gs|Do|begincmap)\b", body[:4000]))


def _read_objects(source: bytes, look: Look, before: str) -> None:
    """Search the strings and names of objects."""
    look.texts((f"{before}PDF{', /' + key if key else ''}", text) for key, text in _strings(source))
    names = {_name(name) for name in set(_NAMES.findall(source))}
    # a short name within letters does not count: “Page” and “Parent” are words of every PDF
    look.texts((f"{before}PDF, /", f"x{name}x" if name.isalpha() else name) for name in sorted(names))
    for name in sorted(names & _ACTS):
        look.acts(f"{before}PDF, /{name}")


@cache
def _name(name: bytes) -> str:
    """Return a name as it is meant (ISO 32000-1, 7.3.5)."""
    return unquote(name.replace(b"%", b"%25").replace(b"#", b"%").decode("latin-1"))


def _strings(source: bytes) -> Iterator[tuple[str, str]]:
    """Yield every string, with the name before it, in each way in which it may be written."""
    for key, written in _STRINGS.findall(source):
        name, raw = _name(key), _raw(written)
        if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
            yield name, raw.decode("utf-16", "replace")
        else:
            yield name, raw.decode("latin-1")
            if not raw.isascii():
                yield name, raw.decode("utf-8", "replace")


def _raw(written: bytes) -> bytes:
    """Return the bytes that a string stands for (ISO 32000-1, 7.3.4)."""
    if written.startswith(b"<"):
        return bytes.fromhex(_even(written[1:-1]).decode())
    inner = written[1:-1]
    return _ESCAPES.sub(_escaped, inner) if b"\\" in inner else inner


def _escaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPED.get(sign, sign)


def _decoded(data: bytes) -> str:
    return data.decode("latin-1")


__all__ = ["scan_pdf"]
