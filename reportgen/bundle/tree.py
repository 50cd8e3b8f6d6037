"""From the model back to YAML: what the format declares and the model holds is written, and nothing else can be.

No comment, no key that the format lacks, no name of a file and no spelling of the author's outlives this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from reportgen.coalition.build import keys, scalar
from reportgen.diagnostics import Span
from reportgen.languages.pairs import Text
from reportgen.languages.states import State, find_state
from reportgen.submission.kinds import CONSENT, RECORDED, Day, Few
from reportgen.submission.model import Submission
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Sequence, unwritten
from reportgen.submission.parts import Part, declared_fields

_HERE: Final = Span("submission.yaml")


def tree_of(submission: Submission) -> Keys:
    """Return ``submission`` as nodes."""
    return part_tree(submission, submission.language)


def part_tree(part: Part, language: str) -> Keys:
    """Return one part as nodes; ``language`` is that of plain texts."""
    entries: dict[str, Node | None] = {}
    for key, (name, kind, _) in declared_fields(type(part)).items():
        value = getattr(part, name)
        if _told(part, key, name, value):
            entries[key] = scalar(RECORDED, _HERE) if kind is CONSENT and value is True else _node(value, language)
    return keys(_HERE, entries)


def _told(part: Part, key: str, name: str, value: Any) -> bool:
    """Whether a field says anything: it has another value than it would have had unwritten, or the usual one was written."""
    if value is None or value in ((), {}):
        return False
    entry = part.node.entries.get(key) if part.node else None
    return value != _usual(part)[name] or (entry is not None and not unwritten(entry))


def _usual(part: Part) -> Mapping[str, Any]:
    """Return what each field is where nothing was written."""
    return {item.name: None if item.default is MISSING else item.default for item in fields(part)}


def _node(value: Any, language: str) -> Node:
    if isinstance(value, Part):
        return part_tree(value, language)
    if isinstance(value, Text):
        return _text(value, language)
    if isinstance(value, State):
        return _state(value)
    if isinstance(value, Mapping):
        return keys(_HERE, {key: _node(child, language) for key, child in value.items()})
    if isinstance(value, tuple):
        return Sequence(tuple(_node(child, language) for child in value), _HERE)
    return scalar(_word(value), _HERE)


def _word(value: Any) -> str:
    """Return one value as it is written; ``None`` is a figure that is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Few):
        return f"<{value.limit}"
    assert isinstance(value, (str, int, Day)), type(value)
    return str(value)


def _text(text: Text, language: str) -> Node:
    if set(text.versions) == {language}:
        return scalar(text.source, _HERE)
    entries: dict[str, Node | None] = {key: scalar(words, _HERE) for key, words in text.versions.items()}
    usual = language if language in text.versions else next(iter(text.versions))
    if text.original != usual:
        entries["original"] = scalar(text.original, _HERE)
    if text.made_from:
        entries["made_from"] = keys(_HERE, {key: scalar(mark, _HERE) for key, mark in text.made_from.items()})
    return keys(_HERE, entries)


def _state(state: State) -> Node:
    if find_state(state.code) == state:
        return scalar(state.code, _HERE)
    name = keys(_HERE, {"en": scalar(state.en, _HERE), "fr": scalar(state.fr, _HERE)})
    french = keys(_HERE, {"article": scalar(state.article, _HERE), "in": scalar(state.preposition, _HERE)})
    return keys(_HERE, {"code": scalar(state.code, _HERE), "name": name, "french": french})


__all__ = ["part_tree", "tree_of"]
