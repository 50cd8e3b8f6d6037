"""Files are whole or absent, and an older good one survives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.writers.files import write_files


def test_writes_into_a_new_folder(tmp_path: Path) -> None:
    """The folder is made, nothing else stays behind."""
    made = write_files(tmp_path / "a" / "b", {"x.html": b"x", "y.pdf": b"y"})
    assert [path.read_bytes() for path in made] == [b"x", b"y"]
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["x.html", "y.pdf"]


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
