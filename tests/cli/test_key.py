"""``reportgen key``: one key for a report, and never another by mistake."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from reportgen.protection.registers import FILE as SECRETS
from reportgen.publication.pseudonyms import KEY_FILE
from tests.cli.test_commands import run
from tests.samples import write


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """Beside a single file as in a folder; with a second one all codes would change."""
    path = write(tmp_path)
    done = run("key", path)
    assert done.returncode == 0
    made = tmp_path / KEY_FILE
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    before = made.read_bytes()
    assert before.decode().strip() not in done.stdout + done.stderr
    again = run("--lang", "fr", "key", tmp_path)
    assert again.returncode == 1
    assert "rien n’a été fait" in again.stdout
    assert made.read_bytes() == before


def test_it_says_what_is_still_to_be_done_and_nothing_else(tmp_path: Path) -> None:
    for name, rest, git, wanted in (
        ("a", "", False, {"pseudonyms: yes"}),
        ("b", "protection: {pseudonyms: yes}", False, set()),
        ("c", "protection: {pseudonyms: yes}", True, {".gitignore"}),
    ):
        (tmp_path / name).mkdir()
        if git:
            subprocess.run(["git", "-C", tmp_path / name, "init", "-q"], check=True, capture_output=True)
        said = run("key", write(tmp_path / name, "", rest)).stdout
        assert {word for word in ("pseudonyms: yes", ".gitignore") if word in said} == wanted


def test_a_folder_that_can_not_be_written_to_is_told(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / KEY_FILE).mkdir()
    assert run("key", path).returncode == 1


@pytest.mark.parametrize("kind", [(), ("--coalition",)], ids=["one", "coalition"])
def test_git_takes_neither_names_nor_keys_of_a_new_folder(kind: tuple[str, ...], tmp_path: Path) -> None:
    """Whoever keeps a report under version control adds everything; what may betray a source stays out."""
    folder = tmp_path / "report"
    assert run("new", folder, "--state", "KE", *kind).returncode == 0
    assert run("key", folder).returncode == 0
    (folder / SECRETS).write_text("Marenne\n")
    for command in (("init", "-q"), ("add", "-A")):
        subprocess.run(["git", "-C", folder, *command], check=True, capture_output=True)
    listed = subprocess.run(["git", "-C", folder, "ls-files"], check=True, capture_output=True, text=True).stdout
    assert ".gitignore" in listed.split()
    assert not {KEY_FILE, SECRETS} & set(listed.split())
    assert not {"RG902", "RG903", "RG953", "RG954"} & set(run("check", folder).stdout.split())
