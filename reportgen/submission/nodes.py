"""The YAML of a submission as plain text with places, before the schema gives it types."""

from __future__ import annotations

from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass

from reportgen.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, always as text: ``NO`` is not false and ``5.10`` is not a number until the schema says so.

    Attributes:
        text: What it says.
        span: Where it starts.
        plain: Whether it stands without quotation marks.
        last_line: The last line it stands on, where it has several.
    """

    text: str
    span: Span
    plain: bool = True
    last_line: int = 0

    @property
    def missing(self) -> bool:
        """Whether nothing was written: an empty value, ``~``, ``null``, or the dots of a skeleton."""
        return self.text.strip() in {"", "…", "..."} or (self.plain and self.text in {"~", "null"})


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, and the place of each key."""

    entries: AbstractMapping[str, Node]
    keys: AbstractMapping[str, Span]
    span: Span


Node = Scalar | Sequence | Mapping


def unwritten(node: Node) -> bool:
    """Whether a skeleton was left as it came: no value, or only keys and lists without one."""
    if isinstance(node, Scalar):
        return node.missing
    return all(unwritten(child) for child in (node.entries.values() if isinstance(node, Mapping) else node.items))


def graft(old: Node, new: Node) -> Node:
    """Return ``new`` with every part of it that is just as in ``old``, place included, taken from ``old``."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        entries = {
            key: graft(old.entries[key], child) if key in old.entries else child for key, child in new.entries.items()
        }
        kept = len(entries) == len(old.entries) and all(entries[key] is old.entries.get(key) for key in entries)
        same = kept and list(entries) == list(old.entries) and (old.keys, old.span) == (new.keys, new.span)
        return old if same else Mapping(entries, new.keys, new.span)
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        items = tuple(
            graft(old.items[place], child) if place < len(old.items) else child for place, child in enumerate(new.items)
        )
        same = len(items) == len(old.items) and all(one is other for one, other in zip(items, old.items, strict=True))
        return old if same and old.span == new.span else Sequence(items, new.span)
    return old if old == new else new


def walk(node: Node, path: tuple[str | int, ...]) -> tuple[Node, Span]:
    """Follow ``path`` from ``node`` as far as it goes.

    Returns:
        The last node reached and the best place to point at: the key of a mapping's entry where its value is a
        mapping or a list, else the value itself.
    """
    span = node.span
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            key = node.keys[step]
            node = node.entries[step]
            span = node.span if isinstance(node, Scalar) and not node.missing else key
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = node.span
        else:
            break
    return node, span
