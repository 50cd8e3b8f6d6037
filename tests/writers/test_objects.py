"""Objects come to stand at any number, and what was placed once is placed alike ever after."""

from __future__ import annotations

import re
import zlib

from hypothesis import given
from hypothesis import strategies as st

from reportgen.writers.bind import bases
from reportgen.writers.numbers import Page
from reportgen.writers.objects import FIRST, Objects, entries, place, reference, settled
from reportgen.writers.quire import Quire

_DATA = st.lists(
    st.one_of(
        st.sampled_from([b"<<", b">>", b"/K [", b"]", b"\n", b"(1 0 R)", b" "]),
        st.integers(0, 90_000).map(reference),
        st.integers(0, 90_000).map(lambda key: b"\xfd%d\xfe" % key),
    ),
    max_size=9,
).map(b"".join)


@given(st.lists(_DATA, min_size=1, max_size=12), st.integers(1, 10**6))
def test_objects_are_settled_together_as_each_by_itself(packed: list[bytes], base: int) -> None:
    """Tens of thousands are, in a tenth of the time."""
    placed = place(Objects(tuple(packed), ()), base)
    held = zlib.decompressobj().decompress(placed.data[placed.data.index(b"stream\n") + 7 :])
    offsets = [int(one) for one in held.split(b"\n")[0].split()[1::2]]
    body = held[len(held.split(b"\n")[0]) + 1 :]
    ends = [*(offset - 1 for offset in offsets[1:]), len(body)]
    assert [body[start:end] for start, end in zip(offsets, ends, strict=True)] == [
        settled(data, base) for data in packed
    ]


def test_tags_are_packed_apart() -> None:
    """Who shows pages, or looks through those that are new, reads a third of what he would read else."""
    placed = place(Objects((b"<<page>>", b"<<link>>", b"<<tag>>"), ((b"<<", b"drawn"),), 1), 7)
    assert placed.groups == (2, 1)
    bodies = [zlib.decompress(part) for part in re.findall(rb"stream\n(x.*?)\nendstream", placed.data, re.DOTALL)]
    assert bodies == [b"7 0 8 9\n<<page>>\n<<link>>", b"9 0\n<<tag>>"]
    assert re.findall(rb"(\d+) 0 obj\n<<(?:/Type (/ObjStm)/N (\d+))?", placed.data) == [
        (b"10", b"", b""),
        (b"11", b"/ObjStm", b"2"),
        (b"12", b"/ObjStm", b"1"),
    ]
    written = entries(placed, 100)
    assert len(written) == 8 * 6
    assert [(written[at], int.from_bytes(written[at + 1 : at + 5]), written[at + 7]) for at in (0, 8, 16)] == [
        (2, 11, 0),
        (2, 11, 1),
        (2, 12, 0),
    ]


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=20), st.integers(0, 19), st.integers(-200, 200))
def test_an_edit_seldom_moves_what_stands_behind_it(sizes: list[int], at: int, more: int) -> None:
    """No two quires have a number in common; one that grows moves the others by a whole step, or not at all."""
    at %= len(sizes)
    grown = [*sizes[:at], max(1, sizes[at] + more), *sizes[at + 1 :]]
    before, after = (bases([_quire(size) for size in one]) for one in (sizes, grown))
    assert before[0] == FIRST
    assert all(last - first > size for first, last, size in zip(before, before[1:], sizes, strict=False))
    assert before[: at + 1] == after[: at + 1]
    moved = {new - old for old, new in zip(before[at + 1 :], after[at + 1 :], strict=True)}
    assert len(moved) == 1
    assert not moved.pop() % 256


def _quire(size: int) -> Quire:
    return Quire(Objects((b"",) * size, ()), (Page(),), (), (), {}, (), (), {})
