"""HTML, XML and SVG: everything that stands in them, seen or not.

No parser is asked, since each sees another document: tags are cut out of the source as it stands, once leaving a space
and once leaving nothing, so that a name is found whether tags divide it or words are divided by tags only.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from reportgen.protection.markup_runs import CODE, LAST, TAG, new_runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.protection.look import Look

_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
_DATA: Final = re.compile(r"data:(?P<media>[\w/+.-]*)(?P<more>(?:;[\w=.+-]+)*),(?P<data>[^\s\"'<>)]*)", re.IGNORECASE)
_FOR_PROGRAMS: Final = frozenset(
    {"class", "style", "rel", "type", "dir", "role", "scope", "charset", "http-equiv"}
    | {"d", "points", "transform", "fill", "stroke", "viewbox", "xmlns", "font-family"}
)
"""Attributes whose words come from templates; names that are words of these count for nothing there."""
_ACTS: Final = re.compile(
    r"<(?:script|iframe|frame|object|embed|applet|base|portal|link|form|input|video|audio|source|track|foreignobject)\b"
    r"|<meta[^>]+http-equiv\s*=\s*.?refresh",
    re.IGNORECASE,
)
_ASKS: Final = frozenset({"srcdoc", "ping", "action", "formaction", "srcset", "imagesrcset"})
_LOADS: Final = frozenset({"src", "poster", "background", "data", "lowsrc", "manifest"})
_LEADS: Final = frozenset({"href", "xlink:href"})
_WITHIN: Final = ("data:", "#")
"""How an address begins that asks nobody."""
_PROGRAMS: Final = ("javascript:", "vbscript:", "data:")
_UNSEEN: Final = re.compile(r"[\0-\x20\x7f-\xa0]+")
"""What browsers pass over in the beginning of an address."""
_STYLE_LOADS: Final = re.compile(r"@import|url\(\s*[\"']?\s*(?!data:|#|[\"'\s])|image-set\(", re.IGNORECASE)


def scan_markup(source: str, kind: str, look: Look, within: Callable[[bytes, str], None]) -> None:
    """Search a document of HTML or XML, as far as it was not searched before.

    Args:
        source: Its text.
        kind: What it is called in places.
        look: Takes what is found.
        within: Searches a file within it, such as an image in an address; is told its bytes and its place.
    """
    for run in new_runs(source, kind, look):
        told = look.told
        _scan(source[run.start : run.stop], kind, 1 + source.count("\n", 0, run.start), look, within)
        for known in run.known:
            look.learn(told, *known)


def _scan(source: str, kind: str, first: int, look: Look, within: Callable[[bytes, str], None]) -> None:
    """Search a run of a document that begins at the line ``first``."""
    lines = [match.start() for match in re.finditer("\n", source)]

    def at(position: int) -> str:
        return f"{kind}, l. {bisect_right(lines, position - 1) + first}"

    for match in _DATA.finditer(source):
        within(_packed(match), f"{at(match.start())}, data:")
    source = _DATA.sub(_blanked, source)
    if kind.endswith("HTML"):
        for match in _ACTS.finditer(source):
            look.acts(f"{at(match.start())}, {re.sub(r'[^a-z:].*', '', match[0].strip('<').casefold())}")
        for tag in TAG.finditer(source):
            for name in _acting(tag[0]):
                look.acts(f"{at(tag.start())}, {name}")
    code = [(at(match.start(3)), match[3]) for match in CODE.finditer(source)]
    for place, text in code:
        if kind.endswith("HTML") and _STYLE_LOADS.search(text):
            look.acts(f"{place}, url()")
    look.texts(code, machine=True)
    shown = CODE.sub(lambda match: match[1] + "\n" * match[3].count("\n") + match[4], source)
    tags = list(_tags(source, at))
    look.texts([(place, text) for place, text, program in tags if not program])
    look.texts([(place, text) for place, text, program in tags if program], machine=True)
    for space in (" ", ""):
        look.texts(_lines(shown, kind, first, space), flowing=True)
    look.texts(_raw(source, kind, first), flowing=True, machine=True)


def _acting(tag: str) -> Iterator[str]:
    """Yield the attributes of a tag that do something, or ask for something that is not in the file."""
    element = re.match(r"<([A-Za-z][\w:-]*)", tag)
    for match in _ATTRIBUTE.finditer(tag) if element else ():
        assert element
        name = match[1].casefold()
        address = _UNSEEN.sub("", unescape(match[2] or match[3] or match[4] or "")).casefold()
        followed = element[1].casefold() in {"a", "area"}
        if (
            re.fullmatch("on[a-z]+", name)
            or name in _ASKS
            or (name in _LOADS and not address.startswith(_WITHIN))
            or (name in _LEADS and (address.startswith(_PROGRAMS) if followed else not address.startswith(_WITHIN)))
            or (name == "style" and _STYLE_LOADS.search(address))
        ):
            yield name


def _blanked(match: re.Match[str]) -> str:
    """Return what stays of a ``data:`` address: as many signs, and hyphens at its end, which may be those of a comment."""
    address = match[0].rstrip("-")
    return "data:".ljust(len(address)) + "-" * (len(match[0]) - len(address))


def _packed(match: re.Match[str]) -> bytes:
    """Return the bytes in a ``data:`` address."""
    data = unquote_to_bytes(unescape(match["data"]))
    if "base64" not in match["more"].casefold():
        return data
    try:
        return b64decode(data + b"==")
    except (Error, ValueError):
        return data


def _tags(source: str, at: Callable[[int], str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the values of all attributes, their names once, and all comments, with their place and whether programs read them."""
    names: set[str] = set()
    for tag in TAG.finditer(source):
        place = at(tag.start())
        if tag[0].startswith(("<!", "<?")):
            yield f"{place}, <!-- -->", tag[0], False
            continue
        for attribute in _ATTRIBUTE.finditer(tag[0]):
            name = attribute[1].casefold()
            value = unescape(attribute[2] or attribute[3] or attribute[4] or "")
            yield f"{place}, {name}", value, name in _FOR_PROGRAMS
            if name not in names:
                names.add(name)
                yield f"{place}, {name}", name, True


def _lines(source: str, kind: str, first: int, space: str) -> Iterator[tuple[str, str]]:
    """Yield what is left without tags: as a whole, so that lines divide no name, and line by line, for the place."""

    def left(tag: re.Match[str]) -> str:
        apart = tag[0].startswith("</") and LAST.fullmatch(tag[0])
        return (" " if apart else space) + "\n" * tag[0].count("\n")

    whole = unescape(TAG.sub(left, source))
    yield from ((f"{kind}, l. {number}", line) for number, line in enumerate(whole.split("\n"), first))


def _raw(source: str, kind: str, first: int) -> Iterator[tuple[str, str]]:
    """Yield the source itself: nothing that stands in the file is passed over."""
    lines = unescape(source).split("\n")
    yield from ((f"{kind}, l. {number}", line) for number, line in enumerate(lines, first))


__all__ = ["scan_markup"]
