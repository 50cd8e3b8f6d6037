"""What was learned is what would be worked out, holds no more than was used, and harms nobody who forges it."""

from __future__ import annotations

import pickle

import pytest

from reportgen import learned as module
from reportgen.learned import Learned, Lesson, learned


@pytest.fixture
def doubled(monkeypatch: pytest.MonkeyPatch) -> Learned[[str], str]:
    """A function that can be learned, and what it was asked for."""
    monkeypatch.setattr(module, "_ALL", {})
    asked.clear()

    @learned(3)
    def doubled(text: str) -> str:
        asked.append(text)
        return text * 2

    return doubled


asked: list[str] = []


def test_what_was_learned_is_not_worked_out_again(doubled: Learned[[str], str]) -> None:
    """In the same process, and in another one that was told."""
    with Lesson() as lesson:
        assert [doubled("a"), doubled("a"), doubled("b")] == ["aa", "aa", "bb"]
    doubled.known.clear()
    with Lesson(lesson.written()):
        assert doubled("a") == "aa"
    assert asked == ["a", "b"]


def test_only_what_was_used_is_handed_on(doubled: Learned[[str], str]) -> None:
    """A report for everybody hands on nothing of one for members that the process composed before."""
    with Lesson():
        doubled("for members")
    with Lesson() as lesson:
        doubled("for everybody")
    doubled("between lessons")
    assert b"everybody" in lesson.written()
    assert b"members" not in lesson.written()
    assert b"between" not in lesson.written()


def test_the_oldest_go_first(doubled: Learned[[str], str]) -> None:
    """The memory of a process that lives long is bounded."""
    for text in ("a", "b", "c", "d", "a"):
        doubled(text)
    assert asked == ["a", "b", "c", "d", "a"]
    assert len(doubled.known) == 3


@pytest.mark.parametrize(
    "data", [b"", b"no pickle", b"cos\nsystem\n(S'true'\ntR.", pickle.dumps({"no such": {}}), pickle.dumps([1])]
)
def test_what_can_not_be_read_is_nothing(data: bytes, doubled: Learned[[str], str]) -> None:
    """Damaged, of another version, or made to act."""
    with Lesson(data):
        assert doubled("a") == "aa"
    assert asked == ["a"]
