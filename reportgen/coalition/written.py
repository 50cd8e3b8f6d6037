"""Writing a merged submission as YAML that people can read and that reads back as the same."""

from __future__ import annotations

import re
from collections.abc import Sequence as Listed
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from reportgen.coalition.build import keys, leaves
from reportgen.submission.images import MOST_BYTES, figures
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence
from reportgen.submission.yaml_reader import MAX_BYTES, MAX_NODES

_WIDTH: Final = 100
_SHORT: Final = 72
_TAGS: Final = {"text": "tag:yaml.org,2002:str", "list": "tag:yaml.org,2002:seq", "keys": "tag:yaml.org,2002:map"}


class _Dumper(yaml.CDumper):
    """Takes every value for text, as the reader does: ``no`` and ``2024`` need no quotation marks."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - pyyaml's own way of saying so


def to_yaml(root: Keys, comment: str = "") -> str:
    """Write ``root``; the same root gives the same bytes.

    Args:
        root: A submission as nodes.
        comment: Lines for the top of the file.
    """
    head = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines())
    masks = _Masks()
    body: str = yaml.serialize(_node(root, masks), Dumper=_Dumper, allow_unicode=True, width=_WIDTH)
    return head + masks.taken_off(body)


class _Masks:
    """Signs for which libyaml would leave a block of lines and write escapes, and what stands in for them meanwhile.

    A block is needed: in quotation marks the reader takes a line break for a paragraph. The stand-ins are private-use
    characters, which the reader refuses, so that no author has written one.
    """

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def put_on(self, text: str) -> str:
        """Return ``text`` as libyaml writes it in one piece: nothing above U+FFFF; in lines, no tab and no space at an end."""
        signs = _IN_LINES if "\n" in text else _ABOVE
        return signs.sub(lambda match: self.of.setdefault(match[0], chr(_PRIVATE + len(self.of))), text)

    def taken_off(self, text: str) -> str:
        """Return what was written, with the signs themselves."""
        return text.translate({ord(mask): sign for sign, mask in self.of.items()})


_PRIVATE: Final = 0xE000
_ABOVE: Final = re.compile("[\U00010000-\U0010ffff]")
_IN_LINES: Final = re.compile("[\t\U00010000-\U0010ffff]| (?=\n)")


_APART: Final = ("sources", "statistics")
_PART: Final = "# reportgen merge: part of a merged submission"
"""Begins each file of a folder that was written instead of one file, so that a later merge can clear it."""


def merged_files(root: Keys, name: str, comment: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the merged submission as one file or, where that could not be read again, as the files of a folder.

    Beside the files, the names of those that are too large all the same.

    Args:
        root: It.
        name: Name of the one file; the folder is called the same, without ending.
        comment: Lines for the top of each file.
    """
    if sum(len(leaf.text) for _, leaf in leaves(root)) <= MAX_BYTES:
        whole = to_yaml(root, comment).encode()
        if _fits(root, whole):
            return {name: whole}, ()
    folder = PurePosixPath(name).stem
    answers = root.entries.get("answers")
    parts = {f"{folder}/report.yaml": _only(root, [key for key in root.entries if key not in {*_APART, "answers"}])}
    parts |= {f"{folder}/{key}.yaml": _only(root, [key]) for key in _APART if key in root.entries}
    if isinstance(answers, Keys):
        for article in answers.entries:
            parts[f"{folder}/answers/{article}.yaml"] = keys(root.span, {"answers": _only(answers, [article])})
    files = {path: to_yaml(part, f"{_PART[2:]}\n{comment}").encode() for path, part in parts.items()}
    return files, tuple(path for path, part in parts.items() if not _fits(part, files[path]))


def _fits(root: Node, data: bytes) -> bool:
    """Whether the reader takes a file of this size."""
    return len(data) <= MAX_BYTES and _count(root) <= MAX_NODES


def _count(node: Node) -> int:
    """Count as the reader does: keys, values, lists and mappings."""
    if isinstance(node, Scalar):
        return 1
    if isinstance(node, Sequence):
        return 1 + sum(map(_count, node.items))
    return 1 + len(node.entries) + sum(map(_count, node.entries.values()))


def clear_other_form(target: Path, written: Listed[Path]) -> None:
    """Take away what an earlier merge wrote in the other form, or for an article that nobody answers any more."""
    folder = target.with_suffix("")
    for path in [target, *folder.glob("*.yaml"), *folder.glob("answers/*.yaml")]:
        if path in written or not path.is_file():
            continue
        with suppress(OSError, UnicodeDecodeError):
            if path == target or path.read_text("utf-8").startswith(_PART):
                path.unlink()


def _only(node: Keys, names: Listed[str]) -> Keys:
    return keys(node.span, {name: node.entries[name] for name in names}, node.keys)


def _node(node: Node, masks: _Masks) -> yaml.Node:
    if isinstance(node, Scalar):
        return _scalar(node, masks)
    if isinstance(node, Sequence):
        flat = all(
            isinstance(item, Scalar) and len(item.text) < _SHORT and "\n" not in item.text for item in node.items
        )
        return yaml.SequenceNode(_TAGS["list"], [_node(item, masks) for item in node.items], flow_style=flat)
    pairs = [(_scalar(Scalar(key, node.span), masks), _node(entry, masks)) for key, entry in node.entries.items()]
    return yaml.MappingNode(_TAGS["keys"], pairs, flow_style=_brief(node))


def _brief(node: Keys) -> bool:
    """Whether keys may stand on one line: figures by year, a short text in two languages."""
    scalars = [entry for entry in node.entries.values() if isinstance(entry, Scalar)]
    if len(scalars) < len(node.entries) or any(scalar.missing or "\n" in scalar.text for scalar in scalars):
        return False
    return sum(len(key) + len(scalar.text) for key, scalar in zip(node.entries, scalars, strict=True)) < _SHORT


def _scalar(node: Scalar, masks: _Masks) -> yaml.ScalarNode:
    """Choose how a value is written: short ones as they are, longer ones as a block, in lines of a readable length."""
    text, style = node.text.strip(), None
    if not node.plain and text in {"~", "null"}:
        style = '"'
    elif "\n" in text:
        style = "|"
    elif len(text) > _SHORT and " " in text:
        style = ">"
    return yaml.ScalarNode(_TAGS["text"], masks.put_on(text), style=style)


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
