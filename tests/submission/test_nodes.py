"""Trees of YAML: what did not change in a file is the very same part after it was read again."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.memory import Memory
from reportgen.submission.nodes import Mapping, Scalar, Sequence, graft
from reportgen.submission.yaml_reader import read_yaml

WORDS = st.sampled_from(["a", "b", "some words", "x: y"])
TREES = st.dictionaries(
    st.sampled_from("klmn"),
    st.recursive(
        WORDS,
        lambda below: st.one_of(
            st.lists(below, min_size=1, max_size=3),
            st.dictionaries(st.sampled_from("pqr"), below, min_size=1, max_size=3),
        ),
    ),
    min_size=1,
)


def read(tree: dict[str, Any]) -> Mapping:
    root, found = read_yaml(yaml.safe_dump(tree, sort_keys=False).encode(), "f.yaml")
    assert root is not None, found
    return root


@settings(max_examples=200)
@given(TREES, TREES)
def test_a_graft_changes_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Whatever stood there before, what is read is what the file says now, order and places included."""
    old, new = read(one), read({**one, **other})
    made = graft(old, new)
    assert made == new
    assert isinstance(made, Mapping)
    assert list(made.entries) == list(new.entries)
    for key, child in made.entries.items():
        assert child is old.entries.get(key) or child != old.entries.get(key)
    assert graft(old, read(one)) is old


def test_only_what_changed_is_new() -> None:
    """An edit within a line leaves all other parts as they were; what moved to another line is new."""
    text = "a: {b: one, c: [x, y]}\nd: {e: two}\nf: {g: three}\n"
    memory = Memory()
    with memory.used():
        first, _ = read_yaml(text.encode(), "f.yaml")
    with memory.used():
        edited, _ = read_yaml(text.replace("two", "2").encode(), "f.yaml")
    with memory.used():
        moved, _ = read_yaml(("\n" + text).encode(), "f.yaml")
    assert first
    assert edited
    assert moved
    assert edited.entries["a"] is first.entries["a"]
    assert edited.entries["f"] is first.entries["f"]
    assert edited.entries["d"] is not first.entries["d"]
    assert isinstance(moved.entries["a"], Mapping)
    assert moved.entries["a"].span.line == 2
    value = moved.entries["a"].entries["c"]
    assert isinstance(value, Sequence)
    first_item = value.items[0]
    assert isinstance(first_item, Scalar)
    assert (first_item.text, first_item.span.line) == ("x", 2)
