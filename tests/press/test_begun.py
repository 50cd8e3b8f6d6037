"""What was begun can be dropped: it goes on nowhere, and who comes next finds the press as it was."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.press import run as press
from reportgen.press.begun import Begun
from reportgen.press.job import Job, length_of
from reportgen.press.run import Press
from reportgen.press.store import FOLDER, Store
from reportgen.theme.model import StyleSheet, Template, Theme
from tests.press.test_run import job, processes
from tests.samples import FIRST, SOLO, write

ONE_PIECE = Theme(css=StyleSheet("x.css", ""))
STEP = tuple[str, int, float]


def begun_with(opened: Press, long: Job, store: Store, *, wait: bool = True) -> tuple[Begun, list[STEP]]:
    """Begin with a long report, and wait until its pages are being set; return what is told of it, too."""
    steps: list[STEP] = []
    seen = threading.Event()

    def tell(*step: object) -> None:
        steps.append(step)  # type: ignore[arg-type]
        seen.set()

    store.hold()
    begun = opened.begin([long], tell, store=store)  # what is held back is never let go
    assert not wait or seen.wait(60)
    return begun, steps


@pytest.mark.parametrize("late", [False, True])
def test_what_was_dropped_goes_on_nowhere(late: bool, temporary: Path, tmp_path: Path) -> None:
    """Not what waits, nor what is composed or set; none of it is told or kept, and the next report is as ever."""
    with Press(lasting=True) as opened:
        expected = opened.run([job(FIRST)])
        begun, steps = begun_with(opened, job(SOLO), Store(tmp_path / FOLDER), wait=late)
        begun.drop()
        steps.clear()
        assert opened.run([job(FIRST)]) == expected
        assert steps == []
        assert all(one.done() for one in begun.printed)
        assert not (tmp_path / FOLDER).exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process by its command line")
def test_a_process_that_waits_serves_who_comes_next(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the one that sets what is dropped ends; no other starts as long as one waits."""
    monkeypatch.setattr(press, "most_processes", lambda: 2)
    with Press(lasting=True) as opened:
        opened.run([job(FIRST)])
        begun, _ = begun_with(opened, replace(job(SOLO), theme=ONE_PIECE), Store(None))
        before = set(processes(temporary))
        begun.drop()
        after = set(processes(temporary))
        assert (len(before), len(after)) == (3, 2)
        assert after < before
        opened.run([replace(job(FIRST), theme=ONE_PIECE)])
        assert set(processes(temporary)) == after


def test_of_several_reports_one_that_fails_drops_the_others(temporary: Path) -> None:
    """Nobody waits for them any more, and the press does what comes next."""

    told: list[str] = []

    def tell(language: str, pages: int, share: float) -> None:
        told.append(language)
        raise RuntimeError("nobody wants it")

    with Press(lasting=True) as opened:
        begun = opened.begin([job(FIRST), job(SOLO, "fr")], tell)
        with pytest.raises(RuntimeError, match="nobody wants it"):
            list(begun)
        assert opened.run([job(FIRST)])[0].files
        assert all(one.done() for one in begun.printed)
    assert set(told) == {"en"}


@pytest.mark.parametrize("failing", [False, True])
def test_who_composes_ends_when_all_is_composed(failing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one language is short, which another process composes, and where it can't be composed at all."""
    long = job(write(tmp_path, f"grounds: {'The law is old. ' * 200}"))
    short = job(FIRST)
    monkeypatch.setattr(press, "_LONG", length_of(short) + 1)
    if failing:
        short = replace(short, theme=Theme(templates=(Template("report.html.j2", "x.html.j2", "{{ nothing }}"),)))
    with Press() as opened:
        made = opened.run([long, short])
        assert [bool(one.files) for one in made] == [True, not failing]
        assert opened._composer
        assert opened._composer.ended
