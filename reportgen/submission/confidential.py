"""Which lines of the input are confidential, so that no message shows them.

This looks at the YAML, not at the model: a part may be confidential and at the same time too broken to become one.
Whatever is not plainly public counts as confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.diagnostics import Diagnostic
from reportgen.submission.model import SourceKind
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence

_OPEN = frozenset(kind.value for kind in SourceKind if not kind.from_a_person)
_ONE_WORD = re.compile(r"[\w.-]{0,40}")


def confidential_lines(root: Mapping | None) -> frozenset[tuple[str, int]]:
    """Return file and line of everything that must not be shown outside the author's own text."""
    if root is None:
        return frozenset()
    return frozenset(
        (node.span.file, line) for part in _confidential_parts(root) for node in _nodes(part) for line in _lines(node)
    )


def withhold(diagnostics: Iterable[Diagnostic], lines: frozenset[tuple[str, int]]) -> tuple[Diagnostic, ...]:
    """Take the words of the input out of every diagnostic that lies on one of ``lines``."""
    return tuple(_withheld(d) if d.span and (d.span.file, d.span.line) in lines else d for d in diagnostics)


def _withheld(diagnostic: Diagnostic) -> Diagnostic:
    """Withhold also the second of two confidential dates, and a key of several words.

    Such a key is a sentence with a colon in it, which YAML took for a key.
    """
    withheld = diagnostic.withheld()
    theirs = set() if _ONE_WORD.fullmatch(withheld.params.get("key", "")) else {"key"}
    if withheld.code == "RG417":
        theirs.add("limit")
    return replace(withheld, params={name: "…" if name in theirs else text for name, text in withheld.params.items()})


def _confidential_parts(root: Mapping) -> Iterator[Node]:
    for source in _all_children(root.entries.get("sources")):
        level = _word(source, "level")
        if level != "public" and (level or _word(source, "kind") not in _OPEN):
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


def _all_children(node: Node | None) -> Iterable[Node]:
    if isinstance(node, Mapping):
        return node.entries.values()
    return node.items if isinstance(node, Sequence) else () if node is None else (node,)


def _children(node: Node | None) -> Iterator[Mapping]:
    return (child for child in _all_children(node) if isinstance(child, Mapping))


def _word(node: Node, key: str) -> str:
    """The word under ``key``, folded as :func:`reportgen.submission.kinds.one_of` does."""
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    if not isinstance(entry, Scalar):
        return "" if entry is None else "?"
    return entry.text.strip().replace("-", "_").replace(" ", "_").casefold()


def _lines(node: Node) -> range:
    """The lines of a text; of a list or a group of keys the first, since its parts have their own."""
    return range(node.span.line, max(node.span.line, node.last_line if isinstance(node, Scalar) else 0) + 1)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in () if isinstance(node, Scalar) else _all_children(node):
        yield from _nodes(child)
