"""Comments: a plain file that anybody can read, merge and mend, follows its paragraphs, and reaches no output."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.languages.pairs import Text
from reportgen.pipeline import check
from reportgen.preview.comments import add_comment, comments_file, pinned, read_comments, settle_comment
from reportgen.submission.model import Submission
from reportgen.submission.yaml_reader import forbidden
from tests.preview.desks import answer, edit, lay_out
from tests.samples import ROOT

NOW = datetime(2024, 9, 30, 12, 5, tzinfo=UTC)
CANARY = "COMMENT-CANARY"


def submission(path: Path) -> Submission:
    """Read the report at a path."""
    read = check(path).reading.submission
    assert read
    return read


@cache
def small() -> Submission:
    """Return the small report, read once."""
    with tempfile.TemporaryDirectory() as folder:
        return submission(lay_out(Path(folder) / "r"))


def finding(path: Path, number: int, article: str = "untoc-5") -> Text:
    """Return the text of a finding, from one."""
    return submission(path).answers[article].findings[number - 1].text


def pin(path: Path, number: int, words: str, author: str = "Ana") -> str:
    """Pin a comment to a finding."""
    whole = submission(path)
    return add_comment(path, whole, whole.answers["untoc-5"].findings[number - 1].text, author, words, NOW)


def about(path: Path) -> list[str]:
    """Return how the text of each comment begins; of one that is lost, nothing."""
    comments, found = read_comments(path)
    assert found == ()
    return [one.about.source.split()[0] if one.about else "" for one in pinned(comments, submission(path))]


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    """A head that says what it is, then place, fingerprint, words, author, date and text in plain YAML."""
    folder = lay_out(tmp_path / "r")
    name = pin(folder, 3, "Is this so?\nSee the law.")
    file = folder / "comments.yaml"
    assert file == comments_file(folder)
    text = file.read_text("utf-8")
    assert text.startswith("# Comments of the editors")
    assert "    text: |-\n      Is this so?\n      See the law.\n" in text
    read = yaml.safe_load(text)
    assert read["format"] == 1
    entry = read["comments"][name]
    assert entry["on"] == "answers.untoc-5.findings.2.text"
    assert entry["words"].startswith("Five3 begins.")
    assert (entry["author"], str(entry["date"])) == ("Ana", "2024-09-30 12:05")


def test_of_one_file_and_of_a_coalition_it_stands_beside(tmp_path: Path) -> None:
    """A report in one file has its own file of comments; a coalition the same, whichever way it is named."""
    assert comments_file(tmp_path / "x.yaml") == tmp_path / "x.comments.yaml"
    (tmp_path / "coalition.yaml").write_text("format: 1", "utf-8")
    assert comments_file(tmp_path / "coalition.yaml") == comments_file(tmp_path) == tmp_path / "comments.yaml"


@settings(max_examples=40, deadline=None)
@given(words=st.text(min_size=1, max_size=300), author=st.text(max_size=100))
def test_any_words_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, words: str, author: str) -> None:
    """Whatever an editor types, the file stays good YAML, and no sign that acts or hides gets in."""
    folder = tmp_path_factory.getbasetemp() / "any"
    whole = small()
    lay_out(folder)
    try:
        name = add_comment(folder, whole, whole.answers["untoc-5"].findings[0].text, author, words, NOW)
    except ValueError:
        assert not words.strip() or not any(sign.isprintable() and not sign.isspace() for sign in words)
        return
    comments, found = read_comments(folder)
    assert found == ()
    kept = comments[name].text.source
    assert not any(forbidden(sign) for sign in kept + comments[name].author)
    assert "\n" not in comments[name].author
    plain = "".join(sign for sign in words if sign.isalnum() and ord(sign) < 0x250)
    assert "".join(sign for sign in kept if sign.isalnum() and ord(sign) < 0x250) == plain


@pytest.mark.parametrize(
    "words",
    [
        "- a\n- b",
        "x: {y",
        "*a &b !c",
        "'",
        '"',
        "---\n...",
        "# no comment",
        "no",
        "~",
        "2024-01-01",
        "{{ 7 }}",
        "<script>alert(1)</script>",
        "  two\n   spaces",
        "\ttab",
        "%TAG",
        "a\r\nb\rc",
        "x" * 5_000,
        "1e3",
        "@s1 `c`",
    ],
)
def test_words_that_yaml_would_take_otherwise(tmp_path: Path, words: str) -> None:
    """Syntax of YAML, of templates and of HTML is kept as words."""
    folder = lay_out(tmp_path / "r")
    name = pin(folder, 1, words, author=words[:40])
    comments, found = read_comments(folder)
    assert found == ()
    assert comments[name].text.source.split() == words.split()
    settle_comment(folder, name, done=True)
    assert read_comments(folder)[0][name].text.source.split() == words.split()


@pytest.mark.parametrize("words", ["", " \n ", "\u200b\u202e", "x" * 5_001])
def test_nothing_and_too_much_are_refused(tmp_path: Path, words: str) -> None:
    """An empty comment, one of signs that hide only, and one over the limit leave no file."""
    folder = lay_out(tmp_path / "r")
    with pytest.raises(ValueError, match="length"):
        pin(folder, 1, words)
    assert not comments_file(folder).exists()


def test_two_editors_files_unite(tmp_path: Path) -> None:
    """Each adds a comment to the same file; a merge line by line keeps both, and both can be read."""
    base, one, other = (lay_out(tmp_path / name) for name in ("base", "one", "other"))
    for number in range(1, 7):
        pin(base, number, f"Old {number}\nin two lines")
    for folder, author in ((one, "Ana"), (other, "Béla")):
        (folder / "comments.yaml").write_bytes((base / "comments.yaml").read_bytes())
        pin(folder, 8, f"New of {author}", author)
    merged = subprocess.run(
        ["git", "merge-file", "--union", "-p", *(str(folder / "comments.yaml") for folder in (one, base, other))],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    (base / "comments.yaml").write_bytes(merged)
    comments, found = read_comments(base)
    assert found == ()
    assert {"New of Ana", "New of Béla"} <= {comment.text.source for comment in comments.values()}
    assert len(comments) == 8


@pytest.mark.parametrize(
    "fault",
    [
        "comments: [",
        "comments: {a: {text: x}}",
        "format: 1\ncomments:\n  a: 5\n",
        "other: 1",
        "<<<<<<< ours\nformat: 1\n",
    ],
)
def test_a_file_with_a_fault_is_told_and_left_alone(tmp_path: Path, fault: str) -> None:
    """Nothing is written over what a merge or a hand broke; the fault has its place."""
    folder = lay_out(tmp_path / "r")
    file = comments_file(folder)
    file.write_text(fault, "utf-8")
    _, found = read_comments(folder)
    assert found
    assert found[0].span
    assert found[0].span.file.endswith("comments.yaml")
    with pytest.raises(ValueError, match="fault"):
        pin(folder, 1, "Words")
    assert file.read_text("utf-8") == fault


def test_a_comment_follows_its_paragraph(tmp_path: Path) -> None:
    """Edited, moved to another place, to another file; edited and moved at once it is lost, and says so."""
    folder = lay_out(tmp_path / "r")
    pin(folder, 3, "Follow me")
    edit(folder / "untoc-5.yaml", "Five3 said word 5", "Five3 tells otherwise")
    assert about(folder) == ["Five3"]
    lay_out(folder)
    comments = comments_file(folder)
    lay = answer("untoc-5").splitlines(keepends=True)
    moved = [*lay[:5], lay[7], *lay[5:7], *lay[8:]]
    pin(folder, 3, "Follow me")
    kept = comments.read_bytes()
    (folder / "untoc-5.yaml").write_text("".join(moved), "utf-8")
    assert finding(folder, 1).source.startswith("Five3")
    assert about(folder) == ["Five3"]
    lay_out(folder)
    comments.write_bytes(kept)
    (folder / "untoc-5.yaml").write_text("".join(lay[:7] + lay[8:]), "utf-8")
    edit(folder / "untoc-6.yaml", "    findings:\n", f"    findings:\n{lay[7]}")
    assert about(folder) == ["Five3"]
    lay_out(folder)
    comments.write_bytes(kept)
    (folder / "untoc-5.yaml").write_text("".join(lay[:7]), "utf-8")
    assert about(folder) == [""]


def test_dealt_with_and_open_again(tmp_path: Path) -> None:
    """A comment can be settled and opened again; one that does not exist can't."""
    folder = lay_out(tmp_path / "r")
    name = pin(folder, 1, "Words")
    for done in (True, False):
        settle_comment(folder, name, done=done)
        assert read_comments(folder)[0][name].done is done
    with pytest.raises(ValueError, match="name"):
        settle_comment(folder, "k0000000000", done=True)


def run(*arguments: object, cwd: Path | None = None) -> str:
    """Run a command and return all that it says."""
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", "--lang", "en", *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_no_output_holds_a_comment(tmp_path: Path) -> None:
    """Neither files of a build (also unpacked PDF text) nor a bundle, a merge, a check, or messages of these."""
    folder = lay_out(tmp_path / "r")
    pin(folder, 1, f"{CANARY} text", f"{CANARY} author")
    (folder / "x.comments.yaml").write_bytes(comments_file(folder).read_bytes())
    joint = tmp_path / "joint"
    joint.mkdir()
    folder.rename(joint / "r")
    folder = joint / "r"
    (joint / "coalition.yaml").write_text(
        "format: 1\nlanguage: en\nstate: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}\ncluster: 1\n"
        "report: {title: {en: Joint, fr: Commun}, date: 2024-09-30, scope: [untoc-5, untoc-6]}\nmembers:\n  - r\n",
        "utf-8",
    )
    out = tmp_path / "out"
    said = [
        run(
            "build",
            folder,
            "-o",
            out,
            "--format",
            "html",
            "--format",
            "pdf",
            "--language",
            "en",
            "--audience",
            "members",
        ),
        run("check", folder),
        run("check", joint),
        run("merge", joint, "-o", out / "merged.yaml"),
        run("status", joint),
        run("bundle", folder, "-o", out / "bundle"),
    ]
    made = [file for file in out.rglob("*") if file.is_file()]
    assert {".html", ".pdf", ".yaml"} <= {file.suffix for file in made}, said
    assert any("bundle" in file.name for file in made), said
    for file in made:
        data = file.read_bytes()
        assert CANARY.encode() not in data, file.name
        if file.suffix == ".pdf":
            text = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(BytesIO(data)))
            assert "Five1 begins" in text
            assert CANARY not in text
    assert CANARY not in "".join(said)


def test_status_lists_the_open_ones(tmp_path: Path) -> None:
    """Place, author, date and first words of each that is open, and no control sign of theirs; those dealt with are counted out."""
    folder = lay_out(tmp_path / "r")
    pin(folder, 3, "Is this still so? " + "More words. " * 20)
    settle_comment(folder, pin(folder, 4, "Settled long ago"), done=True)
    lost = pin(folder, 2, "Where is it?")
    lines = answer("untoc-5").splitlines(keepends=True)
    (folder / "untoc-5.yaml").write_text("".join(lines[:6] + lines[7:9]), "utf-8")
    shown = " ".join(run("status", "r", cwd=tmp_path).split())
    assert lost
    assert "Open comments" in shown
    assert "Is this still so?" in shown
    assert "Ana" in shown
    assert "2024-09-30 12:05" in shown
    assert "r/untoc-5.yaml:7 " in shown
    assert "Settled long ago" not in shown
    assert "Open comments" not in run("status", lay_out(tmp_path / "other"))
