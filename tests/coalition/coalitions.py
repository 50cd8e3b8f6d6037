"""Coalitions for tests: made on the spot, of real YAML, read as files are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from reportgen.coalition.merge import merge
from reportgen.coalition.model import Conflict, Frame, Member, Merged
from reportgen.coalition.read import Joint, read_joint
from reportgen.submission.confidential import confidential_lines
from reportgen.submission.kinds import Context
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.reading import Reading, read_root
from reportgen.submission.yaml_reader import read_yaml

STATE: Final = {
    "code": "XSL",
    "name": {"en": "Solvania", "fr": "Solvanie"},
    "french": {"article": "la", "in": "en"},
}
SETTINGS: Final = {"format": 1, "language": "en", "state": STATE, "cluster": 1}
Tree = dict[str, Any]


class _Plainly(yaml.CSafeDumper):
    """Writes everything out: submissions have no references."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def member_tree(name: str, **more: Any) -> Tree:
    """Return the submission of a member, with ``more`` of whatever the format knows."""
    return {
        **SETTINGS,
        "report": {"title": f"Report of {name}"},
        "organisations": {"org": {"name": f"Organisation {name}"}},
        **more,
    }


def frame_tree(members: Sequence[str], **more: Any) -> Tree:
    """Return ``coalition.yaml``."""
    report = {"title": {"en": "Joint", "fr": "Commun"}, "version": "1.0", "date": "2024-09-30"}
    return {**SETTINGS, "report": report, "members": [f"members/{name}.yaml" for name in members], **more}


def as_yaml(tree: Tree) -> str:
    """Return a tree as a person would write it."""
    return yaml.dump(tree, Dumper=_Plainly, allow_unicode=True, sort_keys=False, width=10_000)


def nodes_of(tree: Tree, file: str) -> Keys:
    """Return a tree as it is read from ``file``."""
    root, found = read_yaml(as_yaml(tree).encode(), file)
    assert root is not None, found
    return root


def member_of(name: str, root: Keys) -> Member:
    """Return a member that sent ``root``."""
    submission, found = read_root(root)
    assert submission is not None
    assert not found
    return Member(name, f"members/{name}.yaml", Reading(submission, confidential=confidential_lines(root)))


def frame_of(members: Sequence[str], **more: Any) -> Frame:
    """Return the frame of a coalition."""
    context = Context()
    frame = Frame.read(nodes_of(frame_tree(members, **more), "coalition.yaml"), context)
    assert not context.found, context.found
    return frame


def merged_of(trees: Mapping[str, Tree], **more: Any) -> Merged:
    """Merge members in the order in which they are given."""
    members = [member_of(name, nodes_of(tree, f"members/{name}.yaml")) for name, tree in trees.items()]
    return merge(frame_of(list(trees), **more), members)


def one_conflict(trees: Mapping[str, Tree], **more: Any) -> Conflict:
    """Merge and return the only conflict."""
    (conflict,) = merged_of(trees, **more).conflicts
    return conflict


def write_coalition(folder: Path, trees: Mapping[str, Tree], **more: Any) -> Path:
    """Write a coalition to ``folder`` and return it."""
    (folder / "members").mkdir(parents=True, exist_ok=True)
    (folder / "coalition.yaml").write_text(as_yaml(frame_tree(list(trees), **more)), "utf-8")
    for name, tree in trees.items():
        (folder / "members" / f"{name}.yaml").write_text(as_yaml(tree), "utf-8")
    return folder


def joint_of(folder: Path, trees: Mapping[str, Tree], **more: Any) -> Joint:
    """Write, read and merge a coalition."""
    return read_joint(write_coalition(folder, trees, **more))
