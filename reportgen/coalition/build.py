"""Making YAML nodes: what is merged keeps the places of the members' own lines, what is added takes those beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from reportgen.diagnostics import Span
from reportgen.submission.citations import CITATION
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence

_CITED: Final = re.compile(r"@([\w.-]*\w)")
_PICTURE: Final = re.compile(r"(!\[[^\]\n]*\]\(\s*<?)(?!https?:)(?=[^)\s])")
_ABOUT_TEXT: Final = frozenset({"original", "made_from"})
"""What a text says of itself, and not to its readers."""


def scalar(text: str, span: Span) -> Scalar:
    """Return one value of ours, written at ``span``."""
    return Scalar(text, span, plain=False)


def words(items: Iterable[str], span: Span) -> Sequence:
    """Return a list of identifiers."""
    return Sequence(tuple(scalar(item, span) for item in items), span)


def keys(span: Span, entries: Mapping[str, Node | None], places: Mapping[str, Span] | None = None) -> Keys:
    """Return a mapping of the entries that are there; each key stands at its place, or at its value's.

    The value may be another member's than the one whose keys are known: then its own place counts.
    """
    there = {key: node for key, node in entries.items() if node is not None}
    known = places or {}
    at = {key: place for key, node in there.items() if (place := known.get(key)) and place.file == node.span.file}
    return Keys(there, {key: at.get(key, node.span) for key, node in there.items()}, span)


def with_entries(node: Keys, **entries: Node | None) -> Keys:
    """Return ``node`` with entries put in or, with ``None``, taken out."""
    left = {key: entry for key, entry in node.entries.items() if key not in entries}
    return keys(node.span, {**left, **entries}, node.keys)


def as_text(node: Node, language: str) -> Node:
    """Return a text that says which language it is in, so that it can stand beside texts of another member.

    A text that says so already keeps its order, and the language of its member as the original.
    """
    if isinstance(node, Scalar):
        return keys(node.span, {language: node})
    if isinstance(node, Keys) and "original" not in node.entries and language in node.entries and len(node.entries) > 1:
        return with_entries(node, original=scalar(language, node.span))
    return node


def rewritten(node: Node, change: Callable[[str], str]) -> Node:
    """Return ``node`` with ``change`` applied to every value; places stay."""
    if isinstance(node, Scalar):
        text = change(node.text)
        return node if text == node.text else replace(node, text=text)
    if isinstance(node, Sequence):
        return Sequence(tuple(rewritten(item, change) for item in node.items), node.span)
    return Keys({key: rewritten(entry, change) for key, entry in node.entries.items()}, node.keys, node.span)


def recited(text: str, sources: Mapping[str, str]) -> str:
    """Return a text with its citations naming sources by their new identifiers."""
    if "[@" not in text:
        return text

    def renamed(match: re.Match[str]) -> str:
        return _CITED.sub(lambda cited: f"@{sources.get(cited.group(1), cited.group(1))}", match.group())

    return CITATION.sub(renamed, text)


def repictured(text: str, folder: str) -> str:
    """Return a text whose images are found from the folder of the coalition."""
    return _PICTURE.sub(rf"\g<1>{folder}/", text) if folder and "![" in text else text


def uncited(text: str) -> str:
    """Return a text without its citations, which others may rename."""
    return CITATION.sub("", text) if "[@" in text else text


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield every value that was written below ``node``, with its path."""
    if isinstance(node, Scalar):
        if not node.missing:
            yield path, node
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from leaves(item, (*path, str(index)))
    else:
        for key, entry in node.entries.items():
            yield from leaves(entry, (*path, key))


def plain(node: Node | None) -> str:
    """Return all words of a node on one line, for comparing and for lists."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Sequence):
        return "; ".join(plain(item) for item in node.items)
    return "; ".join(f"{key}: {plain(entry)}" for key, entry in sorted(node.entries.items()) if key not in _ABOUT_TEXT)
