"""How the parts of a submission are declared and read: one declaration for reading, schema and reference.

A part is a frozen dataclass whose fields are made by :func:`required` and :func:`optional`. From that declaration a
YAML mapping is read (unknown and missing keys reported, all at once) and the JSON Schema for editors is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, ClassVar, Final, Self, TypeVar, cast

from reportgen.diagnostics import Diagnostic, Span, nearest
from reportgen.languages.pairs import Text
from reportgen.memory import remembered
from reportgen.submission import nodes
from reportgen.submission.kinds import INVALID, NUMBER, WORD, Context, Count, Kind, Schema

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the submission that remembers where it was written."""

    node: nodes.Mapping | None = field(default=None, repr=False, compare=False)

    shorthand: ClassVar[str] = ""
    """The field that a plain string stands for, where one does."""

    def place(self, *path: str | int) -> Span | None:
        """Return where ``path`` below this part was written, or the nearest enclosing place."""
        return nodes.walk(self.node, path)[1] if self.node else None

    def key_place(self, *path: str) -> Span | None:
        """Return where the last key of ``path`` stands, for faults of the key itself, else the place of ``path``."""
        parent = nodes.walk(self.node, path[:-1])[0] if self.node else None
        key = parent.keys.get(path[-1]) if isinstance(parent, nodes.Mapping) else None
        return key or self.place(*path)

    def unreadable(self, key: str) -> bool:
        """Whether something was written under ``key`` that could not be read: it must not be reported as missing too."""
        entry = self.node.entries.get(key) if self.node else None
        if entry is None or nodes.unwritten(entry):
            return False
        context = Context()
        declared_fields(type(self))[key][1].read(entry, context)
        return bool(context.found)

    @classmethod
    def read(cls, node: nodes.Node, context: Context) -> Self:
        """Read a mapping; ``INVALID`` where a required field can't be had."""
        value, found = _read(cls, node, context.language)
        context.found += found
        return cast("Self", value)

    @classmethod
    def _read_mapping(cls, node: nodes.Node, context: Context) -> Self:
        if isinstance(node, nodes.Scalar) and cls.shorthand and not node.missing:
            node = nodes.Mapping({cls.shorthand: node}, {cls.shorthand: node.span}, node.span)
        if not isinstance(node, nodes.Mapping):
            return not_a_mapping(node, context)
        declared = declared_fields(cls)
        for key, span in node.keys.items():
            if key not in declared and " " in key and nodes.unwritten(node.entries[key]):
                context.refuse("RG227", span)
            elif key not in declared:
                context.refuse(
                    "RG201", span, key=key, suggestion=nearest(key, declared) or "", known=", ".join(declared)
                )
        values: dict[str, Any] = {}
        for key, (name, kind, is_required) in declared.items():
            entry = node.entries.get(key)
            if entry is None or (nodes.unwritten(entry) and not _has_years(entry, kind)):
                if is_required:
                    values[name] = context.refuse("RG200", node.keys.get(key, node.span), key=key)
                continue
            value = kind.read(entry, context)
            if value is not INVALID or is_required:
                values[name] = value
        return cls(node=node, **values) if INVALID not in values.values() else INVALID


@remembered
def _read(form: type[Part], node: nodes.Node, language: str) -> tuple[Part, tuple[Diagnostic, ...]]:
    """Read ``form``; the same node in the same language is always the same part with the same problems."""
    context = Context(language)
    return form._read_mapping(node, context), tuple(context.found)  # noqa: SLF001 - the other half of Part.read


def required(kind: Kind[T], description: str, *, key: str = "") -> T:
    """Declare a field that must be written; ``key`` where the YAML key differs from the attribute."""
    return field(metadata={"kind": kind, "description": description, "key": key})


def optional(kind: Kind[Any], description: str, default: T, *, key: str = "") -> T:
    """Declare a field that may be left out."""
    metadata = {"kind": kind, "description": description, "key": key}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)  # type: ignore[return-value]
    return field(default=default, metadata=metadata)


def declared_fields(part: type[Part]) -> Mapping[str, tuple[str, Kind[Any], bool]]:
    """Return by YAML key: attribute, kind, and whether it must be written."""
    known = _DECLARED.get(part)
    if known is None:
        known = {
            item.metadata["key"] or item.name: (
                item.name,
                item.metadata["kind"],
                item.default is MISSING and item.default_factory is MISSING,
            )
            for item in fields(part)
            if item.metadata
        }
        _DECLARED[part] = known
    return known


_DECLARED: Final[dict[type[Part], Mapping[str, tuple[str, Kind[Any], bool]]]] = {}


def walk_parts(part: Part, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    """Yield ``part`` and every part within it, each with its path of YAML keys."""
    yield path, part
    for steps, child in _children(part):
        yield from ((path + steps + below, inner) for below, inner in _walked(child))


@remembered
def _walked(part: Part) -> tuple[tuple[tuple[str | int, ...], Part], ...]:
    below = (((steps + inner, one)) for steps, child in _children(part) for inner, one in _walked(child))
    return (((), part), *below)


def _children(part: Part) -> Iterator[tuple[tuple[str | int, ...], Part]]:
    for key, (name, _, _) in declared_fields(type(part)).items():
        value = getattr(part, name)
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
        if isinstance(value, Part):
            yield (key,), value
        for step, child in children:
            if isinstance(child, Part):
                yield (key, step), child


def own_texts(part: Part) -> Iterator[tuple[str, Text]]:
    """Yield the texts that stand directly in ``part``, each with its YAML key."""
    return iter(_own_texts(part))


@remembered
def _own_texts(part: Part) -> tuple[tuple[str, Text], ...]:
    return tuple(_texts_in(part))


def _texts_in(part: Part) -> Iterator[tuple[str, Text]]:
    for key, (name, _, _) in declared_fields(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, Text):
            yield key, value
        elif isinstance(value, Mapping):
            yield from ((f"{key}.{step}", child) for step, child in value.items() if isinstance(child, Text))


def not_a_mapping(node: nodes.Node, context: Context) -> Any:
    """Report that keys were expected; ``key:value`` without a space is the usual reason."""
    glued = isinstance(node, nodes.Scalar) and node.plain and re.match(r"\w+:\S", node.text)
    return context.refuse("RG219" if glued else "RG203", node.span)


def part(of: type[Part]) -> Kind[Any]:
    """A part of its own."""
    return Kind(of.read, lambda: {"$ref": f"#/$defs/{of.__name__}"})


def keyed(kind: Kind[Any]) -> Kind[Mapping[str, Any]]:
    """A mapping from an identifier of the author's to ``kind``; entries without a value count as not written."""

    def read(node: nodes.Node, context: Context) -> Mapping[str, Any]:
        if not isinstance(node, nodes.Mapping):
            return not_a_mapping(node, context)
        values = {}
        for key, entry in node.entries.items():
            if not re.fullmatch(r"[\w.-]{1,80}", key):
                context.refuse("RG223", node.keys[key])
            elif not nodes.unwritten(entry):
                values[key] = kind.read(entry, context)
        return {key: value for key, value in values.items() if value is not INVALID}

    return Kind(read, lambda: {"type": "object", "additionalProperties": {"anyOf": [kind.schema(), {"type": "null"}]}})


def listed(kind: Kind[T]) -> Kind[tuple[T, ...]]:
    """A list of ``kind``."""

    def read(node: nodes.Node, context: Context) -> tuple[T, ...]:
        if not isinstance(node, nodes.Sequence):
            return context.refuse("RG202", node.span)
        return tuple(
            value
            for value in (kind.read(item, context) for item in node.items if not nodes.unwritten(item))
            if value is not INVALID
        )

    return Kind(read, lambda: {"type": "array", "items": {"anyOf": [kind.schema(), {"type": "null"}]}})


def _read_ids(node: nodes.Node, context: Context) -> tuple[str, ...]:
    """Identifiers; a single one needs no brackets."""
    items = node.items if isinstance(node, nodes.Sequence) else (node,)
    return tuple(value for value in (WORD.read(item, context) for item in items) if value is not INVALID)


def _read_figures(node: nodes.Node, context: Context) -> Mapping[str, Count]:
    """Figure by year; an empty year is a missing figure, and the output says so."""
    if not isinstance(node, nodes.Mapping):
        return not_a_mapping(node, context)
    figures = {}
    for key, entry in node.entries.items():
        if not re.fullmatch(r"[12]\d{3}", key, re.ASCII):
            context.refuse("RG224", node.keys[key], key=key[:40])
        else:
            figures[key] = NUMBER.read(entry, context)
    return {year: figure for year, figure in figures.items() if figure is not INVALID}


def _has_years(node: nodes.Node, kind: Kind[Any]) -> bool:
    """Whether these are figures whose years are known, although each of them is missing or contested."""
    return kind is FIGURES and isinstance(node, nodes.Mapping) and bool(node.entries)


IDS: Final[Kind[tuple[str, ...]]] = Kind(
    _read_ids, lambda: {"type": ["array", "string"], "items": {"type": ["string", "number"]}}
)
FIGURES: Final[Kind[Mapping[str, Count]]] = Kind(
    _read_figures,
    lambda: {"type": "object", "patternProperties": {r"^[12]\d{3}$": NUMBER.schema()}, "additionalProperties": False},
)


def json_schema(root: type[Part], definitions: Schema) -> Schema:
    """Write the JSON Schema (draft 2020-12) of ``root`` and of every part it holds.

    Args:
        root: The part that is a whole submission; a file may hold any of its keys, and a key may still be empty.
        definitions: Definitions that kinds refer to, by name; parts are added to them.
    """
    waiting: list[type[Part]] = [root]
    while waiting:
        current = waiting.pop()
        properties, needed = {}, []
        for item in fields(current):
            if not item.metadata:
                continue
            key = item.metadata["key"] or item.name
            properties[key] = {
                "description": item.metadata["description"],
                "anyOf": [item.metadata["kind"].schema(), {"type": "null"}],
            }
            if item.default is MISSING and item.default_factory is MISSING:
                needed.append(key)
        shape: Schema = {
            "type": "object",
            "description": (current.__doc__ or "").split("\n")[0],
            "properties": properties,
            "additionalProperties": False,
        }
        if needed and current is not root:
            shape["required"] = needed
        definitions[current.__name__] = {"anyOf": [shape, {"type": "string"}]} if current.shorthand else shape
        names = set(re.findall(r"#/\$defs/(\w+)", str(properties)))
        waiting += [
            known for known in Part.__subclasses__() if known.__name__ in names and known.__name__ not in definitions
        ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportgen submission, format 1",
        "$ref": f"#/$defs/{root.__name__}",
        "$defs": definitions,
    }
