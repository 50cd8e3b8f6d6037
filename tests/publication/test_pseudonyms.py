"""A pseudonym is stable within a report, tells nothing without the key, and the key stays with its owner."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.bundle.make import bundle
from reportgen.bundle.unmake import unbundle
from reportgen.order import Order
from reportgen.pipeline import build, check, read
from reportgen.publication.audience import Audience
from reportgen.publication.pseudonyms import KEY_FILE, KeyFault, make_key, pseudonyms, read_key
from reportgen.writers.folders import write_new_folder
from tests.samples import write

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
NAMES = st.lists(st.text("abcdefgh_0123456789", min_size=1, max_size=12), unique=True, max_size=60)


@given(NAMES, NAMES)
def test_a_code_stays_when_other_sources_come_or_go(some: list[str], others: list[str]) -> None:
    """But that those which would share a code are longer than usual."""
    few, many = pseudonyms(some, KEY), pseudonyms({*some, *others}, KEY)
    assert all(many[name].startswith(code) for name, code in few.items())
    assert len(set(many.values())) == len(many)
    assert all(len(code) >= 4 for code in many.values())


@given(NAMES)
def test_two_reports_have_nothing_in_common(names: list[str]) -> None:
    one, other = pseudonyms(names, KEY), pseudonyms(names, OTHER)
    assert not {code for code in one.values() if len(code) > 4} & {code for code in other.values() if len(code) > 4}
    assert [one[name] for name in names] != [other[name] for name in names] or not names


def test_codes_are_not_in_the_order_of_the_names() -> None:
    """Neither is a code a prefix of a plain hash of the name."""
    names = [f"int_{number:02}" for number in range(40)]
    codes = list(pseudonyms(names, KEY).values())
    assert codes != sorted(codes)
    assert codes != sorted(codes, reverse=True)


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = make_key(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_key(tmp_path)) == 32
    with pytest.raises(FileExistsError):
        make_key(tmp_path)


def readable(folder: Path) -> None:
    make_key(folder).chmod(0o640)


def damaged(folder: Path) -> None:
    make_key(folder).write_text("0123", "ascii")


AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def missing(folder: Path) -> None:
    assert not (folder / KEY_FILE).exists()


def elsewhere(folder: Path) -> None:
    (folder / "hidden").mkdir()
    (folder / KEY_FILE).symlink_to(make_key(folder / "hidden"))


def committed(folder: Path) -> None:
    make_key(folder)
    git(folder, "init", "-q")
    git(folder, "add", KEY_FILE)


def committed_once(folder: Path) -> None:
    """And taken out again; whoever has the repository still has it."""
    committed(folder)
    git(folder, *AUTHOR, "commit", "-qm", "All")
    git(folder, "rm", "-q", "--cached", KEY_FILE)
    (folder / ".gitignore").write_text(f"{KEY_FILE}\n")
    git(folder, *AUTHOR, "commit", "-qm", "Out")


def about_to_be(folder: Path) -> None:
    make_key(folder)
    git(folder, "init", "-q")


def in_a_broken_repository(folder: Path) -> None:
    make_key(folder)
    (folder / ".git").write_text("gitdir: gone\n")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (missing, "RG951"),
        (elsewhere, "RG951"),
        (readable, "RG952"),
        (committed, "RG953"),
        (committed_once, "RG953"),
        (about_to_be, "RG954"),
        (damaged, "RG955"),
        (in_a_broken_repository, "RG961"),
    ],
)
def test_a_key_that_is_no_secret_is_refused(tmp_path: Path, spoil: Callable[[Path], None], code: str) -> None:
    spoil(tmp_path)
    with pytest.raises(KeyFault) as fault:
        read_key(tmp_path)
    assert fault.value.found.code == code
    path = write(tmp_path, "", "protection: {pseudonyms: yes}")
    (told,) = (item for item in check(path).found if item.code == code)
    assert code in {item.code for item in build(path, Order(["en"], ["html"])).found}
    assert told.span is None or str(told.span) == (tmp_path / KEY_FILE).as_posix()
    assert tmp_path.as_posix() in told.params["value"] + told.params["key"]


def test_a_key_that_git_ignores_is_fine(tmp_path: Path) -> None:
    about_to_be(tmp_path)
    (tmp_path / ".gitignore").write_text(f"{KEY_FILE}\n")
    assert read_key(tmp_path)


def test_a_key_of_which_git_says_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is not installed here, and whoever else has the repository may have it."""
    about_to_be(tmp_path)
    (tmp_path / ".gitignore").write_text(f"{KEY_FILE}\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(KeyFault) as fault:
        read_key(tmp_path)
    assert fault.value.found.code == "RG961"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another owner")
def test_a_key_in_a_repository_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """Git answers nobody but the owner; a key that it has all the same would pass unseen."""
    committed(tmp_path)
    for path in (tmp_path, tmp_path / ".git"):
        os.chown(path, 65533, 65533)
    with pytest.raises(KeyFault) as fault:
        read_key(tmp_path)
    assert fault.value.found.code == "RG961"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another owner")
def test_a_repository_of_somebody_else_is_no_way_in(tmp_path: Path) -> None:
    """Git asked about a strange folder must not run what that folder configures."""
    about_to_be(tmp_path)
    trap = tmp_path / "ran"
    (tmp_path / ".git" / "config").write_text(f"[core]\nfsmonitor = touch {trap}\n")
    with pytest.raises(KeyFault):
        read_key(tmp_path)
    assert not trap.exists()


CITED = "findings:\n  - {kind: case, text: Found, sources: [s2, s3]}"
MORE = (
    "  s3: {kind: testimony, title: T, described_as: A person, consent: {public: 2024}}\nprotection: {pseudonyms: yes}"
)


def test_a_bundle_carries_the_codes_and_not_the_key(tmp_path: Path) -> None:
    """So whoever gets it makes the same report; of a bundle of a bundle, too. A joint report has codes of its own."""
    make_key(tmp_path)
    path = write(tmp_path, CITED, MORE.replace("title: T,", "title: T, level: members,"))
    codes = pseudonyms(["s2", "s3"], read_key(tmp_path))
    opened = path
    for number in (1, 2):
        checked = check(opened, audience=Audience.MEMBERS)
        assert checked.reading.submission
        data = bundle(checked.reading.submission, checked.reading.folder, checked.catalogue, Audience.MEMBERS)
        (tmp_path / f"{number}.zip").write_bytes(data)
        files, _ = unbundle(tmp_path / f"{number}.zip", None)
        opened = tmp_path / str(number)
        write_new_folder(opened, files)
        assert read_key(tmp_path).hex() not in (opened / "submission.yaml").read_text("utf-8")
        for audience, known in ((Audience.MEMBERS, {"s2"}), (Audience.PUBLIC, {"s2", "s3"})):
            built = build(opened, Order(["en"], ["html"], audience))
            assert built.files, [(item.code, item.span) for item in built.found]
            html = built.files.popitem()[1].decode()
            assert {name for name, code in codes.items() if f"({code})" in html} == known
    (tmp_path / "coalition.yaml").write_text(FRAME, "utf-8")
    joint = read(tmp_path).reading.submission
    assert joint
    assert len(joint.sources) == 2
    assert not any(source.code for source in joint.sources.values())


FRAME = """\
format: 1
language: en
state: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}
cluster: 1
report: {title: {en: Title, fr: Titre}, date: 2024-09-30, scope: [untoc-5]}
members: ["1"]
"""


def test_the_same_code_stands_in_note_and_list_and_in_both_languages(tmp_path: Path) -> None:
    make_key(tmp_path)
    codes = pseudonyms(["s2", "s3"], read_key(tmp_path))
    for name, data in build(write(tmp_path, CITED, MORE), Order(["en", "fr"], ["html"])).files.items():
        assert all(f"({code})" in data.decode() for code in codes.values()), name
        assert read_key(tmp_path).hex().encode() not in data
