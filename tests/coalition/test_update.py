"""A member sends a new version: what it changed is told, article by article, and nothing confidential is kept."""

from __future__ import annotations

from reportgen.coalition.model import Member
from reportgen.coalition.update import Snapshot, changes, from_json, snapshot, to_json
from tests.coalition.coalitions import Tree, frame_of, member_of, member_tree, nodes_of
from tests.coalition.test_conflicts import NEAR, answered


def taken(**trees: Tree) -> Snapshot:
    """Return the snapshot of members."""
    from reportgen.coalition.merge import merge

    members: list[Member] = [member_of(name, nodes_of(tree, f"members/{name}.yaml")) for name, tree in trees.items()]
    return snapshot(members, merge(frame_of(list(trees)), members))


def told_of(before: Tree, after: Tree) -> list[tuple[str, str, str | None, str | None]]:
    found = changes(taken(cij=member_tree("cij", **before)), taken(cij=member_tree("cij", **after)))
    return [
        (
            one.unit.article,
            one.unit.key,
            one.before.words if one.before else None,
            one.after.words if one.after else None,
        )
        for one in found
    ]


def test_each_change_is_told_with_old_and_new() -> None:
    """A rating, a reply, an added and a removed source."""
    before = {
        **answered(law="partly", questions={"untoc-5.model": "Yes."}),
        "sources": {"s1": {"kind": "media", "title": "A"}},
    }
    after = {
        **answered(law="full", questions={"untoc-5.model": "No."}),
        "sources": {"s2": {"kind": "media", "title": "A"}},
    }
    assert told_of(before, after) == [
        ("untoc-5", "law", "partly", "full"),
        ("untoc-5", "questions.untoc-5.model", "Yes.", "No."),
        ("", "sources.s2.kind", None, "media"),
        ("", "sources.s2.title", None, "A"),
        ("", "sources.s1.kind", "media", None),
        ("", "sources.s1.title", "A", None),
    ]


def test_an_entry_put_first_does_not_move_the_others() -> None:
    """Findings have no names: the one that is new is told, the one that was edited is paired with what it was."""
    one, other = {"kind": "case", "text": NEAR}, {"kind": "case", "text": "Nobody was charged in the whole of 2023."}
    new = {"kind": "case", "text": "A ship left the port at night without lights."}
    edited = {**one, "text": NEAR + " of its own motion"}
    found = told_of(answered(findings=[one, other]), answered(findings=[new, edited, other]))
    assert [(before is None, after and "motion" in after) for _, _, before, after in found] == [
        (True, False),
        (False, True),
    ]


def test_nothing_changed_is_nothing_told() -> None:
    """Re-wrapping a text and reordering keys change nothing."""
    assert told_of(answered(law="full", grounds="One two."), answered(grounds="One  two.", law="full")) == []


def test_the_snapshot_keeps_no_confidential_word() -> None:
    """Of what is confidential it holds a fingerprint; that it changed is told all the same."""
    first = {"sources": {"s1": {"kind": "interview", "title": "CANARY"}}}
    second = {"sources": {"s1": {"kind": "interview", "title": "CANARY-2"}}}
    assert "CANARY" not in to_json(taken(cij=member_tree("cij", **first)))
    assert told_of(first, second) == [("", "sources.s1.title", None, None)]


def test_a_snapshot_reads_back_and_a_damaged_one_is_none() -> None:
    """A damaged file means a first merge, never a crash."""
    one = taken(cij=member_tree("cij", **answered(law="full")))
    assert from_json(to_json(one)) == one
    for damaged in (
        "",
        "{",
        "[]",
        "{}",
        '{"format": 99}',
        '{"format": 1, "members": {"a": [[1]]}, "conflicts": {}}',
        '{"format": 1, "members": {"a": [["law", "c34e111c", 2, "a.yaml:1"]]}, "conflicts": {}}',
        '{"format": 1, "members": {}, "conflicts": []}',
        "[" * 100_000,
    ):
        assert from_json(damaged) is None, damaged
