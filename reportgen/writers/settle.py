"""Putting a tag tree right once all its pages are read: notes to their calls, words into paragraphs."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from reportgen.writers.tags import FRAMES, GROUPING, INLINE, Area, Mark, Node, is_inline

_LOG: Final = logging.getLogger("weasyprint")


def place_notes(root: Node, notes: Mapping[Any, Node]) -> None:
    """Read every note at the end of the words around its call; a heading is not made longer by it.

    Args:
        root: The tree, without the notes.
        notes: The notes by their HTML elements, in their order; each knows the element that it is called from.
    """
    calls = {node.element.get("href"): node for node in root.nodes() if node.kind == "Link"}
    for element, note in notes.items():
        key = element.get("id", "")
        if key:
            note.more["ID"] = key
        note.kids = [kid for kid in note.kids if not isinstance(kid, Node) or kid.kids]
        if note.kids and isinstance(note.kids[0], Node) and note.kids[0].kind == "Link":
            note.wrap(0, 1, "Lbl")
        host = note.parent or root
        while host.parent and host.kind in INLINE:
            host = host.parent
        index = _after_call(host, calls.get(f"#{key}"))
        if re.fullmatch("H[1-6]", host.kind) and host.parent:
            index, host = host.parent.kids.index(host) + 1, host.parent
        while index < len(host.kids) and is_inline(host.kids[index]):
            index += 1
        host.kids.insert(index, note)
        note.parent = host


def _after_call(host: Node, call: Node | None) -> int:
    """Mark the call of a note as a reference and return the place behind it among the kids of ``host``."""
    if call is None or call.parent is None:
        return len(host.kids)
    holder = call.parent.wrap(call.parent.kids.index(call), 1, "Reference")
    while holder.parent and holder.parent is not host:
        holder = holder.parent
    return host.kids.index(holder) + 1 if holder in host.kids else len(host.kids)


def settle(node: Node) -> None:
    """Make words in groups paragraphs and take out what is empty, here and below."""
    if node.kind in GROUPING | FRAMES:
        _wrap_words(node)
    if node.kind == "Link" and not any(isinstance(kid, Area) for kid in node.kids):
        node.kind = "Span"
    for kid in node.kids[:]:
        if isinstance(kid, Node):
            settle(kid)
            if not kid.kids and kid.kind not in {"TH", "TD"} and not (kid.kind == "LBody" and len(node.kids) > 1):
                node.kids.remove(kid)


def _wrap_words(node: Node) -> None:
    """Give runs of words among blocks an element of their own; spaces between blocks are not read."""
    start = 0
    while start < len(node.kids):
        end = start
        while end < len(node.kids) and is_inline(node.kids[end]):
            end += 1
        run = node.kids[start:end]
        marks = [kid for kid in run if isinstance(kid, Mark)]
        blank = len(marks) == len(run) and not any(mark.words.strip() for mark in marks)
        if run and (blank or node.kind in FRAMES):
            for mark in marks:
                mark.make_artifact()
            if not blank:
                _LOG.error("Words outside of the items of a list or the cells of a table can't be read aloud")
            del node.kids[start:end]
            end = start
        elif run:
            node.wrap(start, end - start, "P")
            end = start + 1
        start = end + 1
