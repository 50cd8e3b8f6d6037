"""Sending and receiving as members and coordinators do it: real processes, real files, both languages."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.coalition.coalitions import as_yaml, frame_tree, member_tree
from tests.samples import FIRST, ROOT, write

NAME = "xsl-cluster1-parallel-members.zip"


def mode(path: Path) -> int:
    """Return the rights on a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder``."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_from_member_to_coordinator(tmp_path: Path) -> None:
    """Identity, encrypted bundle, opened as a member of a coalition, merged: nothing in the clear in between."""
    made = run("identity", "me.key", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    recipient = made.stdout.splitlines()[-1]
    assert recipient.startswith("age1")
    secret = (tmp_path / "me.key").read_text("utf-8").splitlines()[1]
    assert secret not in made.stdout + made.stderr
    member = tmp_path / "member"
    member.mkdir()
    (member / "judge-marenne.yaml").write_text(as_yaml(member_tree("cij")), "utf-8")

    sent = run("bundle", "member", "--for", recipient, cwd=tmp_path)
    assert sent.returncode == 0, sent.stdout
    (bundle,) = (tmp_path / "output").iterdir()
    assert re.fullmatch(r"[a-z]+-cluster1-parallel-members\.zip\.age", bundle.name)
    assert bundle.read_bytes().startswith(b"age-encryption.org/v1")
    assert "1 recipient can open it" in sent.stdout

    joint = tmp_path / "joint"
    joint.mkdir()
    (joint / "coalition.yaml").write_text(as_yaml(frame_tree(["cij"])).replace("cij.yaml", "cij"), "utf-8")
    closed = run("unbundle", bundle, joint / "members" / "cij")
    assert closed.returncode == 1
    assert "RG922" in closed.stdout
    opened = run("unbundle", bundle, joint / "members" / "cij", "--identity", tmp_path / "me.key")
    assert opened.returncode == 0, opened.stdout
    assert "RG963" not in opened.stdout
    assert sorted(snapshot(joint / "members")) == ["cij/.gitignore", "cij/submission.yaml"]
    merged = run("merge", joint)
    assert merged.returncode == 0, merged.stdout
    if os.name == "posix":
        assert mode(tmp_path / "me.key") == mode(bundle) == mode(joint / "members" / "cij" / "submission.yaml") == 0o600
        assert mode(joint / "members" / "cij") == 0o700


@pytest.mark.skipif(os.name != "posix", reason="files have no modes here")
def test_an_identity_that_others_can_read_is_told(tmp_path: Path) -> None:
    """Whoever has it opens every bundle that comes; this one is opened all the same."""
    recipient = run("identity", "me.key", cwd=tmp_path).stdout.splitlines()[-1]
    (tmp_path / "me.key").chmod(0o644)
    assert run("bundle", FIRST, "--for", recipient, "-o", "x.age", cwd=tmp_path).returncode == 0
    opened = run("unbundle", "x.age", "opened", "--identity", "me.key", cwd=tmp_path)
    assert opened.returncode == 0, opened.stdout
    assert "me.key warning RG963" in opened.stdout
    assert "AGE-SECRET" not in opened.stdout


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the folder, the time zone, the seed of hashes and the rights new files get; and who made it is not in it."""
    made = []
    for number, zone in enumerate(["Pacific/Auckland", "America/Lima"]):
        home = tmp_path / f"judge-{number}"
        home.mkdir()
        write(home, "grounds: Because [@s1] and [@s2].")
        mask = os.umask(0o077 if number else 0)
        try:
            done = run("bundle", ".", "-o", "x.zip", cwd=home, TZ=zone, PYTHONHASHSEED=str(number))
        finally:
            os.umask(mask)
        assert done.returncode == 0, done.stdout
        made.append((home / "x.zip").read_bytes())
        assert mode(home / "x.zip") == 0o600
    assert made[0] == made[1]
    assert b"judge" not in made[0]


@pytest.mark.parametrize("audience", ["public", "members"])
def test_the_file_is_named_after_its_audience(tmp_path: Path, audience: str) -> None:
    """So that nobody sends the wrong one; and the user is told that anybody can read it."""
    done = run("bundle", FIRST, "--audience", audience, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert [path.name for path in (tmp_path / "output").iterdir()] == [f"xsl-cluster1-parallel-{audience}.zip"]
    assert "not encrypted" in done.stdout


def test_nothing_is_sent_of_what_can_not_be_read(tmp_path: Path) -> None:
    """Exit 1, the error, and the earlier bundle as it was: what is broken would be missing unseen."""
    source = write(tmp_path, "grounds: Because [@s1].")
    target = tmp_path / "out" / NAME
    assert run("bundle", source, "-o", target).returncode == 0
    before = target.read_bytes()
    source.write_text(source.read_text("utf-8").replace("law: partly", "law: partial"), "utf-8")
    failed = run("bundle", source, "-o", target)
    assert failed.returncode == 1
    assert "RG218" in failed.stdout
    assert snapshot(tmp_path / "out") == {NAME: before}


@pytest.mark.parametrize(
    "word", ["grounds: Because of Marenne [@s1].", "findings:\n  - {kind: case, text: M a r e n n e, sources: [s1]}"]
)
def test_a_registered_name_stops_it(tmp_path: Path, word: str) -> None:
    """Nothing is written, and the name is not said."""
    source = write(tmp_path, word)
    secrets = tmp_path / "secrets.txt"
    secrets.write_text("Marenne\n", "utf-8")
    secrets.chmod(0o600)
    done = run("bundle", source, cwd=tmp_path)
    assert done.returncode == 1
    assert "marenne" not in (done.stdout + done.stderr).lower()
    assert not (tmp_path / "output").exists()


def test_the_bytes_are_searched_too(tmp_path: Path) -> None:
    """What the first look does not see, such as a name in what the file is called, the last one does."""
    source = write(tmp_path, "grounds: Because [@s1].")
    (tmp_path / "secrets.txt").write_text("Marenne\n", "utf-8")
    (tmp_path / "secrets.txt").chmod(0o600)
    done = run("bundle", source, "-o", "for-marenne.zip", cwd=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "for-marenne.zip").exists()


def test_only_a_bundle_is_replaced(tmp_path: Path) -> None:
    """Not an input, not a key, not a picture: whatever is given to -o by mistake stays as it is."""
    source = write(tmp_path)
    (tmp_path / "me.key").write_text("AGE-SECRET-KEY-1", "utf-8")
    before = snapshot(tmp_path)
    for name in (source.name, "me.key"):
        done = run("bundle", source, "-o", name, cwd=tmp_path)
        assert done.returncode == 1
        assert "RG928" in done.stdout
    assert snapshot(tmp_path) == before
    assert run("bundle", source, "-o", "x.zip", cwd=tmp_path).returncode == 0
    assert run("bundle", source, "-o", "x.zip", cwd=tmp_path).returncode == 0


def test_an_identity_is_never_replaced(tmp_path: Path) -> None:
    """With it everything that was sent would be lost."""
    assert run("identity", "me.key", cwd=tmp_path).returncode == 0
    before = snapshot(tmp_path)
    done = run("identity", "me.key", cwd=tmp_path)
    assert done.returncode == 1
    assert "RG930" in done.stdout
    assert snapshot(tmp_path) == before
    assert run("identity", "no/such/folder/me.key", cwd=tmp_path).returncode == 5


def test_a_wrong_recipient_sends_nothing(tmp_path: Path) -> None:
    """Least of all in the clear."""
    done = run("bundle", FIRST, "--for", "age1nobody", cwd=tmp_path)
    assert done.returncode == 1
    assert "RG925" in done.stdout
    assert not (tmp_path / "output").exists()


def test_a_bundle_is_opened_into_a_new_folder_only(tmp_path: Path) -> None:
    """An empty one counts as new; one with anything in it, a file or a link does not."""
    assert run("bundle", FIRST, "-o", "x.zip", cwd=tmp_path).returncode == 0
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.yaml").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    before = snapshot(tmp_path)
    for name in ("full", "file", "link"):
        done = run("unbundle", "x.zip", name, cwd=tmp_path)
        assert done.returncode == 1
        assert "RG929" in done.stdout
    assert snapshot(tmp_path) == before
    assert run("unbundle", "x.zip", "empty", cwd=tmp_path).returncode == 0
    assert run("unbundle", "x.zip", "deep/er", cwd=tmp_path).returncode == 0
    assert run("check", "deep/er", cwd=tmp_path).returncode == 0
    assert {path.name for path in tmp_path.rglob(".*")} == {".gitignore"}


def test_what_is_no_bundle_leaves_nothing(tmp_path: Path) -> None:
    """Exit 1, one sentence, no folder, in either language."""
    (tmp_path / "x.zip").write_bytes(b"PK\3\4 no bundle")
    for language in ("en", "fr"):
        done = run("--lang", language, "unbundle", "x.zip", "opened", cwd=tmp_path)
        assert done.returncode == 1
        assert "RG921" in done.stdout
    assert sorted(snapshot(tmp_path)) == ["x.zip"]


KILLED = """
import os, signal, sys
import reportgen.writers.files as files
real = files.os.fsync
calls = 0
def fsync(handle):
    global calls
    calls += 1
    if calls == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
files.os.fsync = fsync
from reportgen.cli.entry import main
main(["unbundle", "x.zip", "opened"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there")
@pytest.mark.parametrize("moment", [1, 2, 3])
def test_killed_while_opening_there_is_no_folder(tmp_path: Path, moment: int) -> None:
    """Whoever looks finds all of it or nothing; opening it again works."""
    assert run("bundle", FIRST, "-o", "x.zip", cwd=tmp_path).returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(moment)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -9
    assert not (tmp_path / "opened").exists()
    assert run("unbundle", "x.zip", "opened", cwd=tmp_path).returncode == 0
    assert sorted(snapshot(tmp_path)) == ["opened/.gitignore", "opened/submission.yaml", "x.zip"]
