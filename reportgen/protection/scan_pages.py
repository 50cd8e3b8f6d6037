"""A PDF as a reader goes through it: page by page, and by the order of the tag tree (``scan_tags.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pikepdf

from reportgen.protection.clean import windows
from reportgen.protection.look import Look
from reportgen.protection.pdf_leaves import Fonts, Leaf
from reportgen.protection.scan_tags import search_tags

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
    search_tags(pdf, data, leaves, f"{before}PDF, p. …", look)


def _search_pages(leaves: Sequence[Leaf], look: Look) -> None:
    """Search what is drawn, page by page."""
    prints = [leaf.digest for leaf in leaves]
    for first, last in windows(prints, _REACH):
        known = b"pages", *prints[first:last]
        if not look.knows(*known):
            told = look.told
            for between in look.joints:
                look.texts([(leaf.place, leaf.text(between)) for leaf in leaves[first:last]], flowing=True)
            look.learn(told, *known)


__all__ = ["scan_pages"]
