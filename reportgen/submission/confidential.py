"""Which lines of the input are confidential, so that no message shows them.

This looks at the YAML, not at the model: a part may be confidential and at the same time too broken to become one.
Whatever is not plainly public counts as confidential.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.diagnostics import Diagnostic
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence

_SPOKEN = frozenset({"interview", "testimony"})


def confidential_lines(root: Mapping | None) -> frozenset[tuple[str, int]]:
    """Return file and line of everything that must not be shown outside the author's own text."""
    if root is None:
        return frozenset()
    return frozenset(
        (node.span.file, line)
        for part in _confidential_parts(root)
        for node in _nodes(part)
        for line in [node.span.line]
    )


def withhold(diagnostics: Iterable[Diagnostic], lines: frozenset[tuple[str, int]]) -> tuple[Diagnostic, ...]:
    """Take the words of the input out of every diagnostic that lies on one of ``lines``."""
    return tuple(d.withheld() if d.span and (d.span.file, d.span.line) in lines else d for d in diagnostics)


def _confidential_parts(root: Mapping) -> Iterator[Mapping]:
    for source in _children(root.entries.get("sources")):
        kind, level = _word(source, "kind"), _word(source, "level")
        if level not in {"", "public"} or (not level and (not kind or kind in _SPOKEN)):
            yield source
    for organisation in _children(root.entries.get("organisations")):
        if _word(organisation, "named") not in {"", "true", "yes", "on", "oui", "vrai"}:
            yield organisation
    for statistic in _children(root.entries.get("statistics")):
        if _word(statistic, "level") not in {"", "public"}:
            yield statistic
    for answer in _children(root.entries.get("answers")):
        for part in (*_children(answer.entries.get("questions")), *_children(answer.entries.get("findings"))):
            if _word(part, "level") not in {"", "public"}:
                yield part


def _children(node: Node | None) -> Iterator[Mapping]:
    children = node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    return (child for child in children if isinstance(child, Mapping))


def _word(node: Mapping, key: str) -> str:
    entry = node.entries.get(key)
    return entry.text.strip().casefold() if isinstance(entry, Scalar) else "" if entry is None else "?"


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    children: Iterable[Node] = (
        node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    )
    for child in children:
        yield from _nodes(child)
