"""Which lines of the input are confidential, so that no message shows them.

This looks at the YAML, not at the model: a part may be confidential and at the same time too broken to become one.
Whatever is not plainly public counts as confidential.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.diagnostics import Diagnostic, nearest
from reportgen.diagnostics.keys import FORMAT_KEYS
from reportgen.diagnostics.suggest import fold
from reportgen.memory import remembered
from reportgen.submission.images import names_file
from reportgen.submission.model import SourceKind
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence

_OPEN = frozenset(kind.value for kind in SourceKind if not kind.from_a_person)
_SPOKEN = frozenset(kind.value for kind in SourceKind if kind.from_a_person)
_SECRET = frozenset({"confidential", "confidentiel", "confidentielle", "secret", "private", "prive"})
_RESTRICTING = _SECRET | {"members", "membres", "internal", "interne", "restricted"}
"""What keeps a part back under whatever key, which may be the author’s own, or French; the first also as a key."""
_ONE_WORD = re.compile(r"[\w.-]{0,40}")


def confidential_lines(root: Mapping | None) -> frozenset[tuple[str, int]]:
    """Return file and line of everything that must not be shown outside the author's own text."""
    if root is None:
        return frozenset()
    groups = [node for node in _nodes_below(root) if not isinstance(node, Scalar)]
    parts = [*_by_rule(root), *(part for node in (root, *groups) for part in _marked(node))]
    return _lines_of(parts).union(*(_kept_back(node) for group in groups for node in _nodes_below(group)))


@remembered
def _kept_back(node: Node) -> frozenset[tuple[str, int]]:
    """Return the lines of everything in ``node`` that is marked."""
    return _lines_of(part for inner in _nodes(node) for part in _marked(inner))


def _lines_of(parts: Iterable[Node]) -> frozenset[tuple[str, int]]:
    lines = set()
    for part in parts:
        for node in _nodes(part):
            lines |= {(node.span.file, line) for line in _lines(node)}
            if isinstance(node, Mapping):
                lines |= {(span.file, span.line) for span in node.keys.values()}
    return frozenset(lines)


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


def _by_rule(root: Mapping) -> Iterator[Node]:
    """Yield the sources and images that are not plainly public: for them silence means confidential.

    And the place where a person spoke, if its region is printed instead.
    """
    regional = _word(root.entries.get("protection"), "places") not in {"", "exact"}
    for key, node in root.entries.items():
        if nearest(key, ("sources",)):
            for source in _all_children(node):
                if regional and isinstance(source, Mapping) and _word(source, "kind") in _SPOKEN | {"?"}:
                    yield from (place for key, place in source.entries.items() if nearest(key, ("location",)))
                level = _word(source, "level")
                if level != "public" and (level or _word(source, "kind") not in _OPEN):
                    yield source
        if nearest(key, ("images",)):
            yield from _showing(root, {_written(image, "file") for image in _all_children(node)})


def _marked(node: Node) -> Iterator[Node]:
    """Yield ``node`` if it is not plainly public, however its keys are spelt, and its remarks that are not."""
    if not isinstance(node, Mapping):
        return
    if _spoken(node) or any(_restricts(key, value) for key, value in node.entries.items()):
        yield node
    for key, remarks in node.entries.items():
        if key == "notes" or (key not in FORMAT_KEYS and nearest(key, ("notes",))):
            yield from (remark for remark in _all_children(remarks) if _word(remark, "level") != "public")


def _showing(root: Mapping, paths: set[str]) -> Iterator[Node]:
    """Yield every text that shows an image about which a rule was written: its path and caption may tell who is on it."""
    for node in _nodes(root):
        if (
            isinstance(node, Scalar)
            and "![" in node.text
            and any(path and names_file(node.text, path) for path in paths)
        ):
            yield node


def _written(node: Node, key: str) -> str:
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    return entry.text.strip() if isinstance(entry, Scalar) else ""


def _restricts(key: str, value: Node) -> bool:
    """Whether a key, or one that is probably meant, keeps its part from the public."""
    if key == "level" or (key not in FORMAT_KEYS and nearest(key, ("level",))):
        return not (isinstance(value, Scalar) and _folded(value) in {"", "public"})
    if key == "named" or (key not in FORMAT_KEYS and nearest(key, ("named",))):
        return not (isinstance(value, Scalar) and _folded(value) in {"", "true", "yes", "on", "oui", "vrai"})
    if key in FORMAT_KEYS:
        return False
    return fold(key) in _SECRET or (isinstance(value, Scalar) and fold(value.text.strip()) in _RESTRICTING)


def _spoken(node: Mapping) -> bool:
    """Whether a part is what a person said and does not plainly say that it is public."""
    return _word(node, "kind") in _SPOKEN and _word(node, "level") != "public"


def _all_children(node: Node | None) -> Iterable[Node]:
    if isinstance(node, Mapping):
        return node.entries.values()
    return node.items if isinstance(node, Sequence) else () if node is None else (node,)


def _word(node: Node | None, key: str) -> str:
    """The word under ``key``, folded as :func:`reportgen.submission.kinds.one_of` does."""
    entry = node.entries.get(key) if isinstance(node, Mapping) else None
    if not isinstance(entry, Scalar):
        return "" if entry is None else "?"
    return _folded(entry)


def _folded(scalar: Scalar) -> str:
    return scalar.text.strip().replace("-", "_").replace(" ", "_").casefold()


def _lines(node: Node) -> range:
    """The lines of a text; of a list or a group of keys the first, since its parts have their own."""
    return range(node.span.line, max(node.span.line, node.last_line if isinstance(node, Scalar) else 0) + 1)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in _nodes_below(node):
        yield from _nodes(child)


def _nodes_below(node: Node) -> Iterable[Node]:
    return () if isinstance(node, Scalar) else _all_children(node)
