"""The coordinator's journey in real processes: a new coalition, a merge, decisions, an update, a sign-off."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
import yaml

from reportgen.coalition.model import Kind
from reportgen.pipeline import check
from tests.cli.test_commands import run
from tests.coalition.coalitions import Tree, as_yaml, frame_tree, member_tree, write_coalition
from tests.coalition.test_conflicts import PLANTED, answered

FILES = ["conflicts.html", "conflicts.md", "decisions-to-make.yaml", "last-merge.json", "merged.yaml"]


def test_from_differing_members_to_decisions(tmp_path: Path) -> None:
    """First merge, open conflict, decision pasted, a member's new version, a stale decision that says whose change it was."""
    trees = PLANTED[Kind.RATING]
    write_coalition(tmp_path, trees)
    first = run("merge", tmp_path)
    assert first.returncode == 0, first.stderr
    assert "First merge: cij, rjis" in first.stdout
    assert "members/cij.yaml:" in first.stdout
    assert "members/rjis.yaml:" in first.stdout
    assert sorted(path.name for path in (tmp_path / "merged").iterdir()) == FILES
    assert run("merge", tmp_path, "--strict").returncode == 3

    decisions = yaml.safe_load((tmp_path / "merged" / "decisions-to-make.yaml").read_text("utf-8"))["decisions"]
    (key,) = decisions
    decisions[key]["take"] = "cij"
    write_coalition(tmp_path, trees, decisions=decisions)
    decided = run("merge", tmp_path, "--strict")
    assert decided.returncode == 0, decided.stdout
    assert "Nothing has changed" in decided.stdout

    write_coalition(
        tmp_path, {**trees, "rjis": member_tree("rjis", **answered(practice="moderate"))}, decisions=decisions
    )
    changed = run("merge", tmp_path, "--strict")
    assert changed.returncode == 3
    assert "none → moderate" in changed.stdout
    assert f"{key} is touched by this: rjis" in changed.stdout
    french = run("--lang", "fr", "merge", tmp_path)
    assert french.returncode == 0


def test_what_is_written_is_private_and_the_same_each_time(tmp_path: Path) -> None:
    """Nobody else on the machine may read it, and merging again gives the same bytes."""
    write_coalition(tmp_path, PLANTED[Kind.SAME_FINDING])
    run("merge", tmp_path)
    folder = tmp_path / "merged"
    before = {name: (folder / name).read_bytes() for name in FILES}
    run("merge", tmp_path)
    assert {name: (folder / name).read_bytes() for name in FILES} == before
    if os.name == "posix":
        assert {stat.S_IMODE((folder / name).stat().st_mode) for name in FILES} == {0o600}


def test_the_merged_file_is_a_plain_submission(tmp_path: Path) -> None:
    """It reads back without a fault of form, as one submission."""
    write_coalition(tmp_path, PLANTED[Kind.SAME_FINDING])
    target = tmp_path / "elsewhere" / "joint.yaml"
    assert run("merge", tmp_path, "-o", target).returncode == 0
    checked = check(target)
    assert checked.reading.submission
    assert len(checked.reading.submission.answers["untoc-5"].findings) == 2
    assert not [item for item in checked.found if item.code < "RG300"]


def test_a_file_with_errors_is_merged_by_nobody(tmp_path: Path) -> None:
    """No voice may be left out unseen: exit 1, the error shown, nothing written."""
    write_coalition(tmp_path, PLANTED[Kind.RATING])
    (tmp_path / "members" / "cij.yaml").write_text("format: 1\nanswers: [", "utf-8")
    done = run("merge", tmp_path)
    assert done.returncode == 1
    assert "RG1" in done.stdout
    assert not (tmp_path / "merged").exists()


def test_whose_files_have_errors_is_said(tmp_path: Path) -> None:
    """A question under a wrong name meets no conflict: the member is named, with the command that shows the error."""
    trees = PLANTED[Kind.REPLY]
    wrong = member_tree("rjis", **answered(questions={"untoc-5.modle": "No. It is not."}))
    write_coalition(tmp_path, {**trees, "rjis": wrong})
    done = run("merge", tmp_path)
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if "members/rjis.yaml: 1 error" in line]
    assert f"reportgen check {(tmp_path / 'members' / 'rjis.yaml').as_posix()}" in line
    (tmp_path / "members" / "rjis.yaml").write_text("answers: [", "utf-8")
    broken = run("merge", tmp_path)
    assert broken.returncode == 1
    assert "members/rjis.yaml: 1 error" in broken.stdout


def test_status_gives_the_lines_of_the_sign_off(tmp_path: Path) -> None:
    """Ready to be pasted, none of them typed by hand."""
    tree = {"answers": {"untoc-5": {"law": "partly", "grounds": {"en": "So.", "fr": "Oui."}}}}
    write_coalition(tmp_path, {name: member_tree(name, **tree) for name in ("cij", "rjis")})
    shown = run("status", tmp_path).stdout
    lines = [line.strip() for line in shown.splitlines() if line.strip().startswith("- {member: ")]
    assert [line.split(", content: ")[0] for line in lines] == [
        f'- {{member: {name}, version: "1.0", language: {language}, date: '
        for name in ("cij", "rjis")
        for language in ("en", "fr")
    ]


def test_the_memory_of_the_last_merge(tmp_path: Path) -> None:
    """A merge that fails does not move it on; lost or damaged, it is said in plain words and made anew."""
    trees = PLANTED[Kind.RATING]
    write_coalition(tmp_path, trees)
    assert "no record of an earlier one" in run("merge", tmp_path).stdout
    memory = tmp_path / "merged" / "last-merge.json"
    before = memory.read_bytes()
    (tmp_path / "members" / "rjis.yaml").write_text("answers: [", "utf-8")
    assert run("merge", tmp_path).returncode == 1
    assert memory.read_bytes() == before
    write_coalition(tmp_path, {**trees, "rjis": member_tree("rjis", **answered(practice="moderate"))})
    told = run("merge", tmp_path).stdout
    assert "none → moderate" in told, "compared with the last merge that succeeded"
    assert "untoc-5" in next(line for line in told.splitlines() if "none → moderate" in line)
    for damaged in (b"{", b"\xff\xfe", b'{"format": 2}'):
        memory.write_bytes(damaged)
        told = run("merge", tmp_path).stdout
        assert "last-merge.json can’t be read" in told
        assert "Nothing has changed" in run("merge", tmp_path).stdout
    memory.unlink()
    assert "no record of an earlier one" in run("merge", tmp_path).stdout


def test_what_is_too_large_for_one_file_becomes_a_folder(tmp_path: Path) -> None:
    """It can be checked like the file, no article of an earlier merge stays behind, and when it is small again it is one file."""

    def findings(name: str) -> Tree:
        texts = (" ".join(f"{name}{word}x{number}" for word in range(500)) for number in range(80))
        return {"findings": [{"kind": "case", "text": text} for text in texts]}

    articles = ("untoc-5", "untoc-6", "tip-5")
    trees = {
        name: member_tree(name, answers=dict.fromkeys(articles[at : at + 2], findings(name)))
        for at, name in enumerate(("cij", "rjis"))
    }
    small = {name: member_tree(name, **answered(law="full")) for name in trees}
    write_coalition(tmp_path, trees)
    told = run("merge", tmp_path).stdout
    assert "too large for one file" in told
    folder, file = tmp_path / "merged" / "merged", tmp_path / "merged" / "merged.yaml"
    assert not file.exists()
    reading = check(folder).reading
    assert reading.submission
    assert list(reading.submission.answers) == sorted(articles)
    write_coalition(tmp_path, {**trees, "rjis": member_tree("rjis", answers={"untoc-6": findings("rjis")})})
    run("merge", tmp_path)
    assert sorted(path.stem for path in folder.glob("answers/*")) == ["untoc-5", "untoc-6"]
    (folder / "own.yaml").write_text("# somebody's own", "utf-8")
    write_coalition(tmp_path, small)
    run("merge", tmp_path)
    assert check(file).reading.submission
    assert [path.name for path in folder.rglob("*.yaml")] == ["own.yaml"]


def test_what_is_no_coalition_is_told(tmp_path: Path) -> None:
    """Wrong usage, exit 2."""
    done = run("merge", tmp_path)
    assert done.returncode == 2
    assert "coalition.yaml" in done.stderr


@pytest.mark.parametrize("languages", ["en,fr", "fr,en"])
def test_a_new_coalition_is_ready_to_merge(tmp_path: Path, languages: str) -> None:
    """From one command to a merge, in the language of the coordinator."""
    made = run("new", "joint", "--state", "KE", "--coalition", "--languages", languages, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "joint" / "members" / "README.txt").is_file()
    merged = run("merge", "joint", cwd=tmp_path)
    assert merged.returncode == 0, merged.stdout
    assert run("check", "joint", cwd=tmp_path).returncode == 0


def test_status_shows_who_must_still_agree(tmp_path: Path) -> None:
    """Members by article, conflicts by standing, and the hash that a sign-off has to name."""
    trees = PLANTED[Kind.RATING]
    folder = write_coalition(tmp_path, trees)
    shown = run("status", folder, COLUMNS="120").stdout
    assert "not yet" in shown
    content = next(line.split()[1] for line in shown.splitlines() if line.strip().startswith("content:"))
    one = {"member": "cij", "version": "1.0", "language": "en", "date": "2024-10-01", "content": content}
    (folder / "coalition.yaml").write_text(as_yaml(frame_tree(list(trees), sign_off=[one])), "utf-8")
    assert "agreed 2024-10-01" in run("status", folder, COLUMNS="120").stdout
