"""Files are whole or absent, and an older good one survives."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reportgen.writers.files import write_files


def test_writes_into_a_new_folder(tmp_path: Path) -> None:
    """The folder is made, nothing else stays behind."""
    made = write_files(tmp_path / "a" / "b", {"x.html": b"x", "y.pdf": b"y"})
    assert [path.read_bytes() for path in made] == [b"x", b"y"]
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["x.html", "y.pdf"]


@pytest.mark.skipif(os.name != "posix", reason="files have no modes here")
def test_what_is_made_is_its_owners_alone_whatever_the_system_would_allow(tmp_path: Path) -> None:
    """Folders too, for somebody will put names into them; one that was there stays as it was."""
    mask = os.umask(0)
    try:
        (tmp_path / "old").mkdir()
        write_files(tmp_path / "old" / "new", {"a": b"a", "below/deep/b": b"b"})
    finally:
        os.umask(mask)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"old": 0o777, "new": 0o700, "below": 0o700, "deep": 0o700, "a": 0o600, "b": 0o600}


def test_an_earlier_file_survives_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If one of several can't be written, none is replaced."""
    (tmp_path / "x.html").write_bytes(b"old")
    calls = iter([None, OSError(28, "No space left on device")])

    def full_disk(_: int) -> None:
        if problem := next(calls):
            raise problem

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_files(tmp_path, {"x.html": b"new", "y.pdf": b"new"})
    assert (tmp_path / "x.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_what_was_replaced_comes_back(tmp_path: Path) -> None:
    """If the second of two files can't be put in its place, the first is as it was."""
    (tmp_path / "x.html").write_bytes(b"old")
    (tmp_path / "y.pdf").mkdir()
    with pytest.raises(OSError, match=r"."):
        write_files(tmp_path, {"x.html": b"new", "y.pdf": b"new"})
    assert (tmp_path / "x.html").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "y.pdf"]


def test_an_interruption_brings_the_old_files_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C between two files leaves the set as it was, a new file gone again."""
    (tmp_path / "x.html").write_bytes(b"old")
    place = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if Path(target).name == "z.pdf":
            raise KeyboardInterrupt
        return place(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, {"x.html": b"new", "y.pdf": b"new", "z.pdf": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x.html": b"old"}


def test_where_a_file_system_knows_no_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a memory stick the old file is kept as a copy meanwhile."""

    def unknown(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", unknown)
    (tmp_path / "x.html").write_bytes(b"old")
    (tmp_path / "y.pdf").mkdir()
    with pytest.raises(OSError, match=r"."):
        write_files(tmp_path, {"x.html": b"new", "y.pdf": b"new"})
    assert (tmp_path / "x.html").read_bytes() == b"old"
    write_files(tmp_path, {"x.html": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.html", "y.pdf"]


def test_names_stay_below_the_folder(tmp_path: Path) -> None:
    """A name may lead into a folder of the set, and never out of it."""
    [made] = write_files(tmp_path / "a", {"images/x.png": b"x"})
    assert made == tmp_path / "a" / "images" / "x.png"
    for name in ("../x", "/etc/x", "images/../../x"):
        with pytest.raises(ValueError, match="out of"):
            write_files(tmp_path / "a", {name: b"x"})


def test_a_link_in_the_place_of_an_output_is_replaced_not_followed(tmp_path: Path) -> None:
    """What it leads to is left alone."""
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.html").symlink_to(tmp_path / "mine")
    write_files(tmp_path / "out", {"x.html": b"new"})
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (tmp_path / "out" / "x.html").is_symlink()


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    """Unfinished files of a run that was killed go with the next one."""
    (tmp_path / ".reportgen-left").write_bytes(b"x")
    write_files(tmp_path, {"x.html": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]
