"""Files that attack what reads YAML are answered with a code and a place, in bounded time and memory, in every form of output."""

from __future__ import annotations

import pytest

from tests.hostile.corpus.yaml_files import BASE, cases
from tests.hostile.world import World, build_run, check_runs

LARGE = 100_000
"""Bytes from which on one form of output is enough."""
CASES = list(cases())


@pytest.mark.parametrize(("code", "data"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_file_is_answered(code: str, data: bytes, world: World) -> None:
    """It is refused with the code that fits, or read; it is never half of each."""
    with world.case() as folder:
        (folder / "hostile.yaml").write_bytes(data)
        checks = check_runs("in/hostile.yaml")[: 1 if len(data) > LARGE else None]
        checked = world.run(folder, checks).said[0]
        assert code in checked.found if code else checked.code == 0, checked.out[:500]
        if checked.code:
            assert not world.run(folder, [build_run("in/hostile.yaml")]).made


def test_what_may_be_read_is_built(world: World) -> None:
    """Those files among them that break no rule become a report like any other, as long as it is a small one."""
    with world.case() as folder:
        for name, code, data in CASES:
            if not code and len(data) < LARGE:
                (folder / f"{name}.yaml").write_bytes(data)
        tried = world.run(
            folder, [build_run(f"in/{path.name}", "--format", "html") for path in sorted(folder.iterdir())[::4]]
        )
    assert {said.code for said in tried.said} == {0}
    assert tried.made


def test_there_are_enough_of_them() -> None:
    """A corpus that shrinks shows less."""
    assert len(CASES) > 200
    assert len({name for name, _, _ in CASES}) == len(CASES)
    assert BASE


def test_the_world_sees_what_it_must(world: World) -> None:
    """The watch over files outside tells of an opened one, and the record of calls of a caller."""
    canary = world.outside / "seen.txt"
    canary.write_text("x")
    world.watch_outside()
    assert not world.touched()
    canary.stat()
    assert not world.touched()
    canary.read_text()
    assert world.touched()
    assert not world.touched()
