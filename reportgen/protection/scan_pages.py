"""A PDF as a reader goes through it: page by page, and, since a word may go on overleaf, by the order of the tag tree."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from secrets import token_bytes
from typing import Any, Final

import pikepdf

from reportgen.protection.clean import digest_of, windows
from reportgen.protection.look import Look
from reportgen.protection.pdf_leaves import Fonts, Leaf
from reportgen.protection.pdf_strings import STREAM

_FIRST: Final = re.compile(rb"/First\s+(\d+)")
_NAMED: Final = re.compile(rb"(\d+) \d+ R|null")
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)\b")
_REACH: Final = 2
"""Pages over which a name may go on."""


def scan_pages(pdf: pikepdf.Pdf, data: bytes, look: Look, before: str) -> None:
    """Search what a reader sees or hears.

    Args:
        pdf: The file.
        data: Its bytes.
        look: Takes what is found.
        before: What stands before places.
    """
    fonts, done = Fonts(), set[tuple[int, int]]()
    leaves = {
        page.obj.objgen[0]: Leaf(page.obj, f"{before}PDF, p. {number}", fonts, done, look)
        for number, page in enumerate(pdf.pages, 1)
    }
    _search_pages(list(leaves.values()), look)
    _search_tags(pdf, _holders(data), leaves, f"{before}PDF, p. …", look)


def _search_pages(leaves: Sequence[Leaf], look: Look) -> None:
    """Search what is drawn, page by page."""
    prints = [leaf.digest for leaf in leaves]
    for first, last in windows(prints, _REACH):
        known = b"pages", *prints[first:last]
        if not look.knows(*known):
            told = look.told
            for between in _joints(look):
                look.texts([(leaf.place, leaf.text(between)) for leaf in leaves[first:last]], flowing=True)
            look.learn(told, *known)


def _search_tags(
    pdf: pikepdf.Pdf, holders: Mapping[int, bytes], leaves: Mapping[int, Leaf], place: str, look: Look
) -> None:
    """Search what is drawn in the order in which it is read, in which no page breaks a word.

    That of a page is known if what it draws is, its elements, and whatever is packed with these.
    """
    pages = list(leaves)
    owners = {page: _owners(pdf, page) for page in pages}
    prints = []
    for page in pages:
        packed = {holders.get(number, b"") for number in owners[page]}
        whole = [token_bytes()] if b"" in packed or not packed else sorted(packed)
        prints.append(digest_of(leaves[page].digest, repr([one - page for one in owners[page]]).encode(), *whole))
    new = []
    for first, last in windows(prints, _REACH):
        known = b"tags", *prints[first:last]
        if not look.knows(*known):
            new.append((frozenset(pages[first:last]), known))
    asked = {page for some, _ in new for page in some}
    few = len(asked) < len(pages) and all(_knows_marks(owners[page], leaves[page]) for page in asked)
    only = _with_those_above(pdf, [owners[page] for page in asked]) if few else None
    runs = _in_order(pdf, only) if new else []
    for some, known in new:
        words = [leaves[page].marked.get(mark, "") for page, marks in runs if page in some for mark in marks]
        told = look.told
        look.texts((place, between.join(words)) for between in _joints(look))
        look.learn(told, *known)


def _owners(pdf: pikepdf.Pdf, page: int) -> list[int]:
    """Return the numbers of the elements to which the marks of a page belong, as far as the parent tree says so."""
    root = pdf.Root.get("/StructTreeRoot")
    tree = root.get("/ParentTree") if root is not None else None
    key = pdf.get_object(page, 0).get("/StructParents")
    if tree is None or not isinstance(key, int):
        return []
    listed = pikepdf.NumberTree(tree).get(key)
    return (_named(listed) or []) if isinstance(listed, pikepdf.Array) else []


def _named(listed: pikepdf.Array) -> list[int] | None:
    """Return the numbers of the objects in a list, 0 for none; nothing if it holds anything else.

    They are not looked at: whatever they are packed with would be read as well.
    """
    written = listed.unparse(resolved=True)
    return None if _NAMED.sub(b"", written).strip(b"[ ]") else [int(one or 0) for one in _NAMED.findall(written)]


def _knows_marks(owned: Sequence[int], leaf: Leaf) -> bool:
    """Whether each mark of a page has an element among those that are known."""
    return all(mark < len(owned) and owned[mark] for mark in leaf.marked)


def _with_those_above(pdf: pikepdf.Pdf, owners: Iterable[Iterable[int]]) -> frozenset[int]:
    """Return the numbers of elements and of all that they are in."""
    known: set[int] = set()
    for numbers in owners:
        for number in numbers:
            above = number
            while above and above not in known:
                known.add(above)
                parent = pdf.get_object(above, 0).get("/P")
                above = parent.objgen[0] if parent is not None else 0
    return frozenset(known)


def _in_order(pdf: pikepdf.Pdf, only: frozenset[int] | None = None) -> list[tuple[int, list[int]]]:
    """Return the marks in the order of the tag tree, those on one page after each other together with its number.

    Args:
        pdf: The file.
        only: Numbers of the elements that are looked at; all without.
    """
    root = pdf.Root.get("/StructTreeRoot")
    runs: list[tuple[int, list[int]]] = []
    waiting: list[tuple[Any, int]] = [(root, 0)] if root is not None else []
    seen: set[int] = set()
    while waiting:
        item, page = waiting.pop()
        if isinstance(item, int):
            if not runs or runs[-1][0] != page:
                runs.append((page, []))
            runs[-1][1].append(item)
            continue
        number = item.objgen[0]
        if number in seen or (only is not None and number and number not in only):
            continue
        if isinstance(item, pikepdf.Dictionary):
            if number:
                seen.add(number)
            home = item.get("/Pg")
            page = home.objgen[0] if home is not None else page
            kids = item.get("/K")
            if kids is None:
                kids = item.get("/MCID")
            if isinstance(kids, pikepdf.Array):
                named = None if only is None else _named(kids)
                some = list(kids) if named is None else [pdf.get_object(one, 0) for one in named if one in (only or ())]
                waiting += [(kid, page) for kid in reversed(some)]
            elif kids is not None:
                waiting.append((kids, page))
    return runs


def _holders(data: bytes) -> dict[int, bytes]:
    """Return, by the number of each object that is packed in a stream (ISO 32000-1, 7.5.7), a digest of all in that stream."""
    holders: dict[int, bytes] = {}
    for match in STREAM.finditer(data):
        head = data[data.rfind(b"obj", 0, match.start()) : match.start()]
        if b"/ObjStm" in head and (first := _FIRST.search(head)):
            packed = data[match.end() : data.find(b"endstream", match.end())]
            length = _LENGTH.search(head)
            whole = (
                length is not None and packed[int(length[1]) :].strip() == b""
            )  # the word may stand in what is packed
            digest = digest_of(head, packed) if whole else token_bytes()
            with suppress(zlib.error, ValueError):
                places = zlib.decompressobj().decompress(packed, max(int(first[1]), 1))
                for number in places.split()[::2]:
                    holders[int(number)] = holders.get(int(number), b"") + digest
    return holders


def _joints(look: Look) -> Sequence[str]:
    """Return what to put between what is drawn at once; where words end counts for short names only."""
    return ("\n", "") if look.secrets.short else ("\n",)


__all__ = ["scan_pages"]
