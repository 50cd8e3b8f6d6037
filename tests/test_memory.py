"""What is remembered: the same result of the same arguments, and nothing that nobody asks for any more."""

from __future__ import annotations

import pytest

from reportgen.memory import Memory, recalled, remembered

CALLS: list[object] = []


@remembered
def told(value: object, count: int = 1) -> list[object]:
    """A pure function that notes when it works."""
    CALLS.append(value)
    return [value] * count


@pytest.fixture(autouse=True)
def nobody_worked() -> None:
    CALLS.clear()


def test_without_a_memory_it_works_every_time() -> None:
    told("a")
    told("a")
    assert len(CALLS) == 2


def test_equal_values_are_known() -> None:
    """Words, numbers, and tuples and mappings of them."""
    memory = Memory()
    for _ in range(2):
        with memory.used():
            assert told(("a", 1, {"x": "y"}), 2) == [("a", 1, {"x": "y"})] * 2
            told(("a", 1, {"x": "z"}), 2)
    assert len(CALLS) == 2


def test_of_all_else_the_very_same_object_is_known() -> None:
    """Two parts that look alike may stand in different places."""
    memory, one, other = Memory(), ["a"], ["a"]
    with memory.used():
        told(one)
        told(other)
        told(one)
    assert [one, other] == CALLS
    assert CALLS[0] is one


def test_what_was_not_asked_for_is_forgotten() -> None:
    memory = Memory()
    with memory.used():
        told("a")
    with memory.used():
        told("b")
    with memory.used():
        told("a")
    assert CALLS == ["a", "b", "a"]


def test_a_run_that_adds_or_fails_forgets_nothing() -> None:
    memory = Memory()
    with memory.used():
        told("a")
    with memory.used(adding=True):
        told("b")
    with pytest.raises(ZeroDivisionError), memory.used():
        told(1 // 0)
    with memory.used():
        told("a")
        told("b")
    assert CALLS == ["a", "b"]


def test_nothing_takes_the_place_of_what_is_gone() -> None:
    """Python gives the number of an object that is gone to another one; so what was compared is kept."""
    memory = Memory()
    with memory.used():
        for number in range(100):
            assert told([number]) == [[number]]
    assert len(CALLS) == 100


def test_work_is_known_by_what_it_depends_on() -> None:
    memory = Memory()
    with memory.used():
        assert recalled(("sum", 1, 2), lambda: 3) == 3
        assert recalled(("sum", 1, 2), lambda: 4) == 3
        assert recalled(("sum", 1, 3), lambda: 4) == 4
    assert recalled(("sum", 1, 2), lambda: 5) == 5
