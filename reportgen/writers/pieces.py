"""The pieces in which a report is set: cover and imprint, contents, and each chapter, which all begin on a page of their own.

A piece is set by itself, and only again when it changes itself; so nothing in it may depend on what stands elsewhere.
The numbers of pages are left open until all pieces are set (``writers/bind.py``), and those of sources, which a new source
moves, can be written anew where they stand (``writers/quire.py``). A look that could depend on more, by templates or a
style sheet of its own, is set in one piece.
"""

from __future__ import annotations

import re
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
_CITED: Final = re.compile(r'<a\b([^<>]*?) href="#source-(\d+)"([^<>]*)>\[\d+\]</a>')
"""How the templates cite a source."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A page of HTML for the renderer.

    Attributes:
        name: What names begin with that have to differ from those in other pieces.
        html: It.
        first: Whether it is the first one.
        numbered: Whether the numbers of pages are left open.
        warnings: What was found while it was cut.
        sources: The number of each source that it cites, in the order in which it first does; noughts stand for it in
            ``html``.
    """

    name: str
    html: str
    first: bool = True
    numbered: bool = False
    warnings: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=(), compare=False)


def cut(html: str, theme: Theme) -> tuple[Piece, ...]:
    """Cut a page for paper into pieces.

    Args:
        html: The page of the whole report.
        theme: Its look.
    """
    if theme.templates or theme.css:
        return (Piece("", html.replace(_CUT, "")),)
    places = set(_ID.findall(html))
    start = html.index("<body")
    start = html.index(">", start) + 1
    end = html.rindex("</body>")
    head, tail = html[:start], html[end:]
    for counter in _COUNTERS:
        assert counter in head
        head = head.replace(counter, '"0"')
    return tuple(
        _piece(head, body, tail, places, theme, first=not position)
        for position, body in enumerate(html[start:end].split(_CUT))
    )


def _without_numbers(body: str) -> tuple[str, tuple[str, ...]]:
    """Write noughts for the numbers of sources. Return the numbers too, in the order in which the sources are first cited."""
    order: dict[str, int] = {}

    def cited(link: re.Match[str]) -> str:
        before, number, after = link.groups()
        at = order.setdefault(number, len(order))
        noughts = NOUGHT * len(number)
        after = after.replace(number, noughts)
        return f'<a{before} href="#source-{noughts}" data-source="{at}"{after}>[{noughts}]</a>'

    return _CITED.sub(cited, body), tuple(order)


def _piece(head: str, body: str, tail: str, places: set[str], theme: Theme, *, first: bool) -> Piece:
    missing: dict[str, None] = {}

    def leading(link: re.Match[str]) -> str:
        """Take the target out of a link that leads nowhere."""
        if link[2] in places:
            return link[0]
        missing[link[2]] = None
        return link[1]

    body = _LINK.sub(leading, body)
    own = isinstance(theme.headings, Family)  # its digits, in which sources are numbered, may differ in width
    body, sources = (body, ()) if own else _without_numbers(body)
    named = _ID.search(body)
    return Piece(
        f"{named[1]}-" if named else "",
        f"{head}{body}{tail}",
        first,
        True,
        tuple(f"No anchor #{name} for internal URI reference" for name in missing),
        sources,
    )
