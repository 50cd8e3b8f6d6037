"""Writing a merged submission as YAML that people can read and that reads back as the same."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from reportgen.coalition.build import leaves
from reportgen.submission.images import MOST_BYTES, figures
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence

_WIDTH: Final = 100
_SHORT: Final = 72
_TAGS: Final = {"text": "tag:yaml.org,2002:str", "list": "tag:yaml.org,2002:seq", "keys": "tag:yaml.org,2002:map"}


class _Dumper(yaml.Dumper):
    """Takes every value for text, as the reader does: ``no`` and ``2024`` need no quotation marks."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - pyyaml's own way of saying so

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        return super().increase_indent(flow, False)

    def analyze_scalar(self, scalar: str) -> Any:
        """Allow a block for all lines, also with tabs or spaces at the end: what acts on a terminal the reader refused."""
        found = super().analyze_scalar(scalar)
        found.allow_block = found.allow_block or found.multiline
        return found


def to_yaml(root: Keys, comment: str = "") -> str:
    """Write ``root``; the same root gives the same bytes.

    Args:
        root: A submission as nodes.
        comment: Lines for the top of the file.
    """
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    body: str = yaml.serialize(_node(root), Dumper=_Dumper, allow_unicode=True, width=_WIDTH)
    return head + body


def _node(node: Node) -> yaml.Node:
    if isinstance(node, Scalar):
        return _scalar(node)
    if isinstance(node, Sequence):
        flat = all(
            isinstance(item, Scalar) and len(item.text) < _SHORT and "\n" not in item.text for item in node.items
        )
        return yaml.SequenceNode(_TAGS["list"], [_node(item) for item in node.items], flow_style=flat)
    pairs = [(_scalar(Scalar(key, node.span)), _node(entry)) for key, entry in node.entries.items()]
    return yaml.MappingNode(_TAGS["keys"], pairs, flow_style=_brief(node))


def _brief(node: Keys) -> bool:
    """Whether keys may stand on one line: figures by year, a short text in two languages."""
    scalars = [entry for entry in node.entries.values() if isinstance(entry, Scalar)]
    if len(scalars) < len(node.entries) or any(scalar.missing or "\n" in scalar.text for scalar in scalars):
        return False
    return sum(len(key) + len(scalar.text) for key, scalar in zip(node.entries, scalars, strict=True)) < _SHORT


def _scalar(node: Scalar) -> yaml.ScalarNode:
    """Choose how a value is written: short ones as they are, longer ones as a block, in lines of a readable length."""
    text, style = node.text.strip(), None
    if not node.plain and text in {"~", "null"}:
        style = '"'
    elif "\n" in text:
        style = "|"
    elif len(text) > _SHORT and " " in text:
        style = ">"
    return yaml.ScalarNode(_TAGS["text"], text, style=style)


def pictures_of(root: Keys, folder: Path) -> dict[str, dict[str, bytes]]:
    """Return the pictures that the texts ask for, by folder and name, to be put beside the merged submission.

    A picture is found from the folder of its submission alone, so that the merged one needs its own copies.
    """
    found: dict[str, dict[str, bytes]] = {}
    home = folder.resolve()
    for _, leaf in leaves(root):
        for figure in figures(leaf.text):
            path = PurePosixPath(figure.path)
            if path.is_absolute() or ".." in path.parts:
                continue
            with suppress(OSError, ValueError):  # a name that no system takes, a link to itself, no right to read it
                file = (home / path).resolve()
                if file.is_relative_to(home) and file.is_file() and file.stat().st_size <= MOST_BYTES:
                    found.setdefault(path.parent.as_posix(), {})[path.name] = file.read_bytes()
    return found
