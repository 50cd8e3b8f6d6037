"""Uniting how people are protected: whatever one member keeps back, or makes coarse, the joint report does too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from reportgen.coalition.build import keys, repictured, scalar
from reportgen.coalition.hand import Hand, is_written, strictest
from reportgen.coalition.unite import listed
from reportgen.diagnostics import Span
from reportgen.submission.model import ImageRights, Places, Precision, Use
from reportgen.submission.nodes import Node

_STRICTER: Final[Mapping[str, Callable[[Any], int]]] = {
    "use": lambda value: -list(Use).index(value),
    "pseudonyms": int,
    "dates": list(Precision).index,
    "places": list(Places).index,
    "fewer_than": int,
}
"""How strict each setting is; the highest holds."""


def unite_protection(hands: Sequence[Hand]) -> Node | None:
    """Return the strictest of what the coalition and its members say; what none of them says stays as usual."""
    made: dict[str, Node | None] = {}
    for key, strictness in _STRICTER.items():
        stated = [
            (strictness(getattr(protection, key)), node)
            for hand in hands
            if (protection := hand.member.submission.protection).node
            if is_written(node := protection.node.entries.get(key))
        ]
        if stated:
            made[key] = max(stated, key=lambda one: one[0])[1]
    first = next(iter(made.values()), None)
    return keys(first.span, made) if first else None


def unite_images(hands: Sequence[Hand], span: Span) -> Node | None:
    """Return who may see which image; of several levels of one image the strictest holds."""
    rights: dict[str, list[tuple[ImageRights, Node]]] = {}
    for hand in hands:
        for image in hand.member.submission.images:
            if image.node:
                file = repictured(f"![]({image.file})", hand.folder)[4:-1]
                rights.setdefault(file, []).append((image, image.node.entries["file"]))
    return listed(
        (
            keys(
                said[0][1].span,
                {
                    "file": scalar(file, said[0][1].span),
                    "level": scalar(strictest(*(image.level for image, _ in said)).value, said[0][1].span),
                },
            )
            for file, said in sorted(rights.items())
        ),
        span,
    )
