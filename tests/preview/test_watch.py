"""The watch: whatever happened to the files, and whoever slept meanwhile, the desk ends with what is in them now."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportgen.preview import watch
from reportgen.preview.watch import changes, files_of, fingerprint, folders_of
from tests.preview.desks import Desk, answer, edit, lay_out, served


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for this module."""
    with served(lay_out(tmp_path_factory.mktemp("watch") / "report")) as served_:
        yield served_


def shows(desk: Desk, words: str, seconds: float = 15) -> bool:
    """Whether the desk shows ``words`` before long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if any(words in cell["html"] for row in desk.view()["rows"] for cell in row["cells"].values()):
            return True
        time.sleep(0.1)
    return False


def test_two_hundred_saves_end_right_and_flat(desk: Desk) -> None:
    """Saves faster than they can be followed: the last one shows, and the process holds no more than before (to a fifth)."""
    folder = lay_out(desk.path)
    file = folder / "untoc-5.yaml"
    desk.view("members")
    for number in range(20):  # what is made once, for libraries and caches, is made
        file.write_text(answer("untoc-5").replace("Five3 begins.", f"Five3 warms {number}."), "utf-8")
        time.sleep(0.05)
    assert shows(desk, "Five3 warms 19.")
    before = desk.memory()
    for number in range(200):
        text = answer("untoc-5").replace("Five3 begins.", f"Five3 save {number}.")
        if number % 3:
            file.write_text(text, "utf-8")
        else:
            beside = folder / ".part"
            beside.write_text(text, "utf-8")
            beside.replace(file)
        time.sleep(0.05 if number % 10 else 0)
    assert shows(desk, "Five3 save 199.")
    time.sleep(1)
    assert shows(desk, "Five3 save 199."), "and it stays"
    assert desk.memory() < before * 1.2


def test_a_laptop_that_slept_sees_what_changed(desk: Desk) -> None:
    """The process is stopped, as a sleeping computer stops it, while a file is changed, another added; it wakes and follows."""
    folder = lay_out(desk.path)
    desk.process.send_signal(signal.SIGSTOP)
    edit(folder / "untoc-5.yaml", "Five4 begins.", "Five4 changed asleep.")
    (folder / "untoc-6.yaml").rename(folder / "renamed.yaml")
    edit(folder / "renamed.yaml", "Six1 begins.", "Six1 changed asleep.")
    time.sleep(5)
    desk.process.send_signal(signal.SIGCONT)
    assert shows(desk, "Five4 changed asleep.")
    assert shows(desk, "Six1 changed asleep.")


def test_a_file_is_followed_alone(tmp_path: Path) -> None:
    """Of a report in one file its neighbours are not looked at, and it may be deleted and brought back."""
    path = tmp_path / "one.yaml"
    path.write_text("a", "utf-8")
    (tmp_path / "other.yaml").write_text("b", "utf-8")
    assert files_of(path, [path]) == {path}
    assert folders_of(path, [path]) == {tmp_path.resolve()}
    path.unlink()
    assert fingerprint(files_of(path, [path])) == frozenset()


def test_hidden_files_are_not_watched(tmp_path: Path) -> None:
    """Neither what an editor writes beside a file, nor a folder of version control."""
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    (tmp_path / ".git" / "objects" / "x").write_text("x", "utf-8")
    (tmp_path / ".swap").write_text("x", "utf-8")
    (tmp_path / "a.yaml").write_text("x", "utf-8")
    assert files_of(tmp_path, []) == {tmp_path / "a.yaml"}
    assert folders_of(tmp_path, []) == {tmp_path.resolve()}


def followed(path: Path, patience: float, *steps: Callable[[], object]) -> list[bool]:
    """Do each step under a watch and return whether it was noticed within five seconds."""

    async def run() -> list[bool]:
        stop = asyncio.Event()
        seen = asyncio.Event()

        async def watching() -> None:
            async for _ in changes(path, lambda: (), stop, patience):
                seen.set()

        task = asyncio.create_task(watching())
        await asyncio.sleep(0.3)
        noticed = []
        for step in steps:
            seen.clear()
            step()
            try:
                await asyncio.wait_for(seen.wait(), 5)
                noticed.append(True)
            except TimeoutError:
                noticed.append(False)
        stop.set()
        task.cancel()
        (ended,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(ended, asyncio.CancelledError), ended
        return noticed

    return asyncio.run(run())


def test_a_folder_on_which_the_system_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a network drive nobody tells of changes: the files themselves are looked at, again and again."""
    file = tmp_path / "a.yaml"
    file.write_text("a", "utf-8")
    elsewhere = tmp_path / ".elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(watch, "folders_of", lambda path, paths: frozenset({elsewhere}))
    assert followed(tmp_path, 0.2, lambda: file.write_text("b, longer", "utf-8"), file.unlink) == [True, True]


def test_folders_come_and_go(tmp_path: Path) -> None:
    """A file in a folder that came after the watch began; the folder goes, with the file, and comes back."""
    inner = tmp_path / "new"
    file = inner / "a.yaml"

    def come() -> None:
        inner.mkdir()
        file.write_text("a", "utf-8")

    noticed = followed(
        tmp_path,
        30.0,
        come,
        lambda: file.write_text("other", "utf-8"),
        lambda: inner.rename(tmp_path / ".away"),
        lambda: (tmp_path / ".away").rename(inner),
        lambda: file.write_text("again, longer", "utf-8"),
    )
    assert noticed == [True] * 5
