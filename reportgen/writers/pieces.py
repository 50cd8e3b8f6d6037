"""The pieces in which a report is set: cover and imprint, contents, and each chapter, which all begin on a page of their own.

A piece is set by itself, and only again when it changes itself; so nothing in it may depend on what stands elsewhere.
The numbers of pages are left open until all pieces are set (``writers/bind.py``), and those of sources, which a new source
moves, can be written anew where they stand (``writers/quire.py``). A look that could depend on more, by templates or a
style sheet of its own, is set in one piece.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reportgen.theme.model import Family, Theme
from reportgen.writers.tagging import NOUGHT

_CUT: Final = "<!--cut-->"
"""Where ``templates/report.html.j2`` ends a piece."""
_COUNTERS: Final = ("counter(page)", "target-counter(attr(data-to), page)")
"""How ``templates/style/print.css`` says the number of a page."""
_ID: Final = re.compile(r'<[^<>]*\sid="([^"]+)"')
_LINK: Final = re.compile(r'(<a\b[^<>]*?) href="#([^"]+)"')
_SOURCE: Final = re.compile(r'<li id="source-(\d+)">(<span class="source-number">\d+</span>)(.*?)</li>', re.DOTALL)
"""How ``templates/blocks/sources.html.j2`` lists a source, and what cites it:"""
_CITED: Final = re.compile(r'<a\b([^<>]*?) href="#source-(\d+)"([^<>]*)>\[\d+\]</a>')
_OPEN: Final = re.compile(r' data-source="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Piece:
    """A page of HTML for the renderer.

    Attributes:
        name: What names begin with that have to differ from those in other pieces.
        html: It.
        first: Whether it is the first one.
        numbered: Whether the numbers of pages are left open.
        warnings: What was found while it was cut.
        sources: The numbers of the sources that it cites, by their names; noughts stand for them in ``html``.
    """

    name: str
    html: str
    first: bool = True
    numbered: bool = False
    warnings: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = field(default=(), compare=False)


def cut(html: str, theme: Theme) -> tuple[Piece, ...]:
    """Cut a page for paper into pieces.

    Args:
        html: The page of the whole report.
        theme: Its look.
    """
    if theme.templates or theme.css:
        return (Piece("", html.replace(_CUT, "")),)
    numbers: dict[str, str] = {}
    if not (isinstance(theme.text, Family) or isinstance(theme.headings, Family)):  # whose digits may differ in width
        html, numbers = _with_names(html)
    places = set(_ID.findall(html))
    start = html.index("<body")
    start = html.index(">", start) + 1
    end = html.rindex("</body>")
    head, tail = html[:start], html[end:]
    for counter in _COUNTERS:
        assert counter in head
        head = head.replace(counter, '"0"')
    return tuple(
        _piece(head, body, tail, places, numbers, first=not position)
        for position, body in enumerate(html[start:end].split(_CUT))
    )


def _with_names(html: str) -> tuple[str, dict[str, str]]:
    """Name sources by what is told of them instead of their numbers. Return the numbers too, by these names."""
    names: dict[str, str] = {}
    seen: dict[str, int] = {}

    def named(entry: re.Match[str]) -> str:
        number, label, told = entry.groups()
        digest = hashlib.sha256(told.encode()).hexdigest()[:12]
        seen[digest] = seen.get(digest, 0) + 1
        names[number] = f"source-{digest}-{seen[digest]}"  # of several withheld ones the same may be told
        return f'<li id="{names[number]}">{label}{told}</li>'

    def cited(link: re.Match[str]) -> str:
        before, number, after = link.groups()
        if number not in names:
            return link[0]
        name = names[number]
        noughts = NOUGHT * len(number)
        return f'<a{before} href="#{name}" data-source="{name}"{after.replace(number, noughts)}>[{noughts}]</a>'

    html = _SOURCE.sub(named, html)
    return _CITED.sub(cited, html), {name: number for number, name in names.items()}


def _piece(head: str, body: str, tail: str, places: set[str], numbers: Mapping[str, str], *, first: bool) -> Piece:
    missing: dict[str, None] = {}

    def leading(link: re.Match[str]) -> str:
        """Take the target out of a link that leads nowhere."""
        if link[2] in places:
            return link[0]
        missing[link[2]] = None
        return link[1]

    body = _LINK.sub(leading, body)
    named = _ID.search(body)
    return Piece(
        f"{named[1]}-" if named else "",
        f"{head}{body}{tail}",
        first,
        True,
        tuple(f"No anchor #{name} for internal URI reference" for name in missing),
        tuple((name, numbers[name]) for name in dict.fromkeys(_OPEN.findall(body))),
    )
