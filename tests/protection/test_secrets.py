"""What must not appear: from the register, and from the submission itself; found before a page is set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.pipeline import Checked, check, for_final, has_errors
from reportgen.protection.clean import Clean
from reportgen.protection.registers import FILE, MOST_BYTES
from reportgen.protection.secrets import Secret, Secrets, secrets_of
from reportgen.publication.audience import Audience
from tests.samples import write

_PIECES: Final = [
    "Orsine",
    "Talem",
    "Zeph",
    "Müller",
    "Mueller",
    "a",
    " ",
    " ",
    "-",
    ". ",
    ", ",
    "(",
    ")",
    "[",
    "]",
    "[@s1]",
    "\n",
]
_SOURCES: Final = """\
  talk: {kind: interview, title: An interview, author: 'Orsine Talem; Marenne, Élise', described_as: An interview,
         consent: {internal: 2023, authorities: 2023, public: 2023}, level: LEVEL}
"""


def register(folder: Path, *lines: str) -> None:
    """Write ``secrets.txt`` for its owner alone."""
    path = folder / FILE
    path.write_text("\n".join(lines) + "\n", "utf-8")
    path.chmod(0o600)


def codes(checked: Checked) -> list[str]:
    return [item.code for item in checked.found if item.code.startswith("RG9")]


def finding(text: str) -> str:
    return f"findings: [{{kind: deficiency, text: '{text}', sources: [s1, s2]}}]"


def test_a_registered_name_is_found_in_every_kind_of_text_at_its_place(tmp_path: Path) -> None:
    register(tmp_path, "# who spoke", "Orsine Talem   # the judge", "", "Zeph")
    answer = (
        "findings: [{kind: deficiency, text: 'Vu par Orsine Talem.', title: {en: x, fr: 'Dit ZEPH'}, sources: [s1, s2]}]\n"
        "recommendations: [{text: 'Hear talem orsine.', addressee: 'Zeph’s office'}]"
    )
    rest = "acronyms: {ZEPH: A body}\nstatistics:\n  n: {title: 'Cases (Ze-ph)', unit: cases, sources: [s1], values: {2022: 31}}"
    path = write(tmp_path, answer, rest)
    checked = check(path)
    found = [item for item in checked.found if item.code == "RG910"]
    lines = path.read_text("utf-8").split("\n")
    shown = sorted(
        lines[item.span.line - 1][item.span.column - 1 :][:4].casefold() for item in found if item.span is not None
    )
    assert shown == ["orsi", "tale", "ze-p", "zeph", "zeph", "zeph"]
    assert {item.params["place"].rpartition("/")[2] for item in found} == {"secrets.txt:2", "secrets.txt:4"}


@given(
    st.lists(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), max_size=6),
    st.lists(st.sampled_from(["Orsine Talem", "Zeph", "Müller", "Mueller", "Talem"]), min_size=1, unique=True),
)
def test_many_texts_are_searched_at_once(texts: list[str], names: list[str]) -> None:
    """None that holds a name is passed over, whatever stands in those before and after it."""
    secrets = Secrets(tuple(Secret(name, Span("secrets.txt", 1)) for name in names))
    assert {number for number, text in enumerate(texts) if secrets.found(text)} <= secrets.among(texts, Clean())


def test_addresses_and_names_of_images_are_searched(tmp_path: Path) -> None:
    register(tmp_path, "Orsine Talem")
    path = write(tmp_path, finding("Fine [@s1]."))
    text = path.read_text("utf-8").replace(
        "fr: Centre}}", "fr: Centre}, website: https://orsinetalem.example, contact: orsine.talem@x.example}"
    )
    path.write_text(text.replace("date: 2023}", "date: 2023, url: 'https://x.example/orsine_talem'}"), "utf-8")
    found = [item.span for item in check(path).found if item.code == "RG910"]
    lines = path.read_text("utf-8").split("\n")
    assert len(found) == 3
    assert all(span and "rsine" in lines[span.line - 1] for span in found)


def test_what_readers_do_not_get_may_hold_names(tmp_path: Path) -> None:
    register(tmp_path, "Orsine Talem")
    answer = (
        "findings: [{kind: case, text: 'Orsine Talem said so.', level: confidential, sources: [s2]},\n"
        "           {kind: case, text: 'Orsine Talem was heard.', level: members, sources: [s2]}]"
    )
    path = write(tmp_path, answer)
    assert codes(check(path)) == ["RG964"]
    assert codes(check(path, audience=Audience.MEMBERS)) == ["RG910"]


@pytest.mark.parametrize(
    ("level", "audience", "wanted"),
    [
        ("confidential", "public", True),
        ("confidential", "members", True),
        ("members", "public", True),
        ("members", "members", False),
        ("public", "public", False),
    ],
)
def test_who_spoke_is_a_secret_before_those_who_may_not_know(
    level: str, audience: str, wanted: bool, tmp_path: Path
) -> None:
    path = write(tmp_path, finding("Judge Talem, ORSINE spoke, and Élise Marenne [@talk]."))
    text = path.read_text("utf-8")
    path.write_text(text.replace("  s1:", _SOURCES.replace("LEVEL", level) + "  s1:"), "utf-8")
    found = codes(check(path, audience=Audience(audience)))
    assert [code for code in found if code == "RG910"] == ["RG910", "RG910"] * wanted


@pytest.mark.parametrize(
    "text",
    [
        "The CWT says so.",
        "The Centre for Work and Talk says so.",
        "See cwt-solvania.example.",
        "Write to hello@cwt.example.",
    ],
)
def test_an_organisation_that_is_not_named_is_a_secret(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, finding(text))
    hidden = (
        "fr: Centre}}\n  x: {name: Centre for Work and Talk, acronym: CWT, named: no, described_as: A member,"
        " website: 'https://www.cwt-solvania.example/', contact: hello@cwt.example}"
    )
    whole = path.read_text("utf-8").replace("fr: Centre}}", hidden)
    path.write_text(whole, "utf-8")
    assert "RG910" in codes(check(path))
    assert not [item for item in check(path).found if item.code == "RG316"]
    path.write_text(whole.replace("named: no", "named: yes"), "utf-8")
    assert "RG910" not in codes(check(path))


def test_an_acronym_is_no_secret_where_it_is_a_word(tmp_path: Path) -> None:
    path = write(tmp_path, finding("There is hope."))
    text = path.read_text("utf-8").replace(
        "fr: Centre}}", "fr: Centre}}\n  x: {name: House of Peace, acronym: HOPE, named: no, described_as: A member}"
    )
    path.write_text(text, "utf-8")
    assert codes(check(path)) == []
    path.write_text(text.replace("There is hope", "There is HOPE"), "utf-8")
    assert codes(check(path)) == ["RG910"]


def test_a_phrase_that_is_allowed_may_hold_a_name(tmp_path: Path) -> None:
    register(tmp_path, "Marenne", "allow: High Court of Marenne")
    assert codes(check(write(tmp_path, finding("The high court of MARENNE held so.")))) == []
    assert codes(check(write(tmp_path, finding("The High Court of Marenne heard Marenne.")))) == ["RG910"]


def test_what_members_may_read_the_public_may_not(tmp_path: Path) -> None:
    """The remedy for one edition opens no door in another; and whoever checks is told of both."""
    both = "findings: [{kind: case, text: 'LEVEL Orsine Talem.', level: LEVEL, sources: [s1]}]"
    members, public = (both.replace("LEVEL", level) for level in ("members", "public"))
    register(tmp_path, "Orsine Talem")
    (found,) = (item for item in check(write(tmp_path, members)).found if item.code == "RG964")
    assert found.params["allow"] == "allow members"
    assert codes(check(write(tmp_path, members), audience=Audience.MEMBERS)) == ["RG910"]
    register(tmp_path, "Orsine Talem", "Allow members : Orsine Talem")
    assert codes(check(write(tmp_path, members))) == []
    assert codes(check(write(tmp_path, members), audience=Audience.MEMBERS)) == []
    assert codes(check(write(tmp_path, public))) == ["RG910"]
    register(tmp_path, "Orsine Talem", "allow public: Orsine Talem")
    assert codes(check(write(tmp_path, public))) == ["RG964"]


def test_a_family_name_alone_is_a_warning_that_a_final_report_may_not_have(tmp_path: Path) -> None:
    """Of a registered person and of one who spoke; not where it is a word, or stands in the whole name."""
    register(tmp_path, "Orsine Talem-Marenne", "Upper Brook", "Claude Justice", "Marevane, Élise")
    for text, wanted in {
        "So said Talem-Marenne.": 1,
        "So said MARENNE, and Talem.": 2,
        "So said the Marevanes.": 1,
        "So said Canary-Author.": 0,
        "Justice at the next brook, and so marenne.": 0,
        "On Brook four.": 1,
        "So said Élise": 0,
    }.items():
        checked = check(write(tmp_path, f"grounds: '{text}'"))
        found = [item for item in checked.found if item.code == "RG968"]
        assert len(found) == wanted, text
        assert all(item.confidential for item in found)
        assert not [item for item in checked.found if item.code == "RG910" and "Canary" not in text], text
        assert has_errors(for_final(found)) is bool(wanted)
    (tmp_path / FILE).unlink()
    path = write(tmp_path, "grounds: So said Marenne.")
    path.write_text(path.read_text("utf-8").replace("CANARY-AUTHOR", "Élise Marenne"), "utf-8")
    assert codes(check(path)) == ["RG968"]
    register(tmp_path, "allow: said Marenne")
    assert codes(check(path)) == []


def test_the_author_of_a_withheld_interview_can_be_allowed(tmp_path: Path) -> None:
    """Where a body was asked, and everybody may know of the body."""
    path = write(tmp_path, finding("CANARY-AUTHOR said so."))
    assert codes(check(path)) == ["RG910"]
    register(tmp_path, "allow: Canary Author")
    assert codes(check(path)) == []


def coalition(folder: Path, **registers: str) -> Path:
    """Two members who write of two persons, each of whom keeps back what ``registers`` says."""
    for member in ("one", "two"):
        home = folder / "members" / member
        home.mkdir(parents=True)
        write(home, finding("Vu par Orsine Talem et Elise Marenne."))
        if member in registers:
            register(home, registers[member])
    (folder / "coalition.yaml").write_text(
        "format: 1\nlanguage: en\ncluster: 1\n"
        "state: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}\n"
        "report: {title: {en: Title, fr: Titre}, date: 2024-09-30, scope: [untoc-5]}\n"
        "members:\n  - members/one\n  - members/two\n",
        "utf-8",
    )
    register(folder, registers.get("all", "allow: nobody at all"))
    return folder


def registrants(path: Path) -> set[str]:
    """Return whose registers name what stands in a public text."""
    return {item.params["place"].split("/")[-2] for item in check(path).found if item.code == "RG910"}


def test_in_a_coalition_each_member_registers_for_all(tmp_path: Path) -> None:
    assert registrants(coalition(tmp_path, one="Orsine Talem", two="Élise Marenne")) == {"one", "two"}


@pytest.mark.parametrize(
    ("registers", "kept_back_by"),
    [
        ({"one": "Orsine Talem", "two": "allow: Orsine Talem"}, {"one"}),
        ({"one": "Orsine Talem", "two": "allow: Vu par Orsine Talem"}, {"one"}),
        ({"one": "Orsine Talem\nallow: par Orsine Talem"}, set()),
        ({"one": "Orsine Talem\nallow: par Orsine Talem", "two": "Orsine Talem"}, {"one"}),
        ({"one": "Orsine Talem\nallow: par Orsine Talem", "two": "Talem Orsine\nallow: par Orsine Talem"}, set()),
        ({"one": "Orsine Talem", "all": "allow: par Orsine Talem"}, set()),
        ({"one": "allow: Orsine Talem", "all": "Orsine Talem"}, {"here"}),
    ],
)
def test_no_member_permits_what_another_keeps_back(
    registers: dict[str, str], kept_back_by: set[str], tmp_path: Path
) -> None:
    """Who writes for all of them may; all who keep it back, too."""
    (tmp_path / "here").mkdir()
    (tmp_path / "coalition.yaml").touch()  # another one, in whose folder this one lies
    assert registrants(coalition(tmp_path / "here", **registers)) == kept_back_by


def test_what_was_merged_is_searched_for_the_names_of_the_coalition_and_its_members(tmp_path: Path) -> None:
    """Beside it lies no register; nor is a member’s own file free of what the others keep back."""
    folder = coalition(tmp_path / "here", one="Orsine Talem", all="Élise Marenne")
    subprocess.run([sys.executable, "-m", "reportgen", "merge", str(folder)], check=True, capture_output=True)
    assert registrants(folder / "merged" / "merged.yaml") == {"one", "here"}
    assert registrants(folder / "members" / "two") == {"one", "here"}


@pytest.mark.parametrize(
    "name",
    ["secrets.txt.txt", "Secret.txt", "secrets.docx", "secrets (1).txt", "secrets", "answers/secrets.txt"],
)
def test_a_register_that_is_not_read_is_an_error(name: str, tmp_path: Path) -> None:
    """Somebody believes in a protection that is not there."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "more.yaml").write_text("acronyms: {AB: A body}\n", "utf-8")
    write(tmp_path, finding("Fine."))
    register(tmp_path, "Orsine Talem")
    (tmp_path / "secretariat.txt").touch()
    assert codes(check(tmp_path)) == []
    (tmp_path / name).write_text("Orsine Talem", "utf-8")
    assert codes(check(tmp_path)) == ["RG962"]


def test_no_message_shows_a_line_with_a_name_whatever_it_is_about(tmp_path: Path) -> None:
    register(tmp_path, "Orsine Talem")
    answer = (
        "grounds: x\nfindings: [{kind: deficiency, text: 'By Orsine\n      Talem [@nobody]', sources: [orsine-talem]}]"
    )
    checked = check(write(tmp_path, answer))
    told = [item for item in checked.found if item.code == "RG405"]
    assert len(told) == 2
    assert all(item.confidential for item in told)
    assert "talem" not in str([item.params for item in checked.found]).casefold()


def test_the_register_is_read_as_editors_save_it(tmp_path: Path) -> None:
    path = write(tmp_path, finding("Vu par Orsine Talem."))
    (tmp_path / FILE).touch(0o600)
    for data, wanted in (
        (b"\xef\xbb\xbfOrsine Talem\r\n", ["RG910"]),
        (b"x\rOrsine Talem", ["RG905", "RG910"]),
        ("Orsine Talem".encode("utf-16"), ["RG102"]),
        ("é\nOrsiné".encode("latin-1"), ["RG103"]),
        (b"Orsine\n" * (MOST_BYTES // 7 + 1), ["RG904"]),
        (b"# Orsine Talem\n", ["RG965"]),
        (b"", ["RG965"]),
        (b"Talem; Orsine", ["RG910", "RG969"]),
        (b"allow: a, b", []),
    ):
        (tmp_path / FILE).write_bytes(data)
        found = [item.code for item in check(path).found if item.code.startswith(("RG9", "RG10"))]
        assert sorted(found) == wanted


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_only_a_file_of_the_folder_is_read(tmp_path: Path) -> None:
    home = tmp_path / "report"
    home.mkdir()
    path = write(home, finding("Vu par Orsine Talem."))
    register(tmp_path, "Orsine Talem")
    (home / FILE).symlink_to(tmp_path / FILE)
    assert [item.code for item in check(path).found if item.code == "RG130"] == ["RG130"]
    (home / FILE).unlink()
    os.mkfifo(home / FILE)
    assert [item.code for item in check(path).found if item.code == "RG131"] == ["RG131"]


def test_a_register_in_a_repository_is_told_once_and_none_without_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(tmp_path, "Orsine Talem")
    path = write(tmp_path, finding("Fine."))
    subprocess.run(["git", "-C", str(tmp_path), "init"], check=True, capture_output=True)
    (tmp_path / ".gitignore").write_text("secrets.txt\n", "utf-8")
    assert codes(check(path)) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert codes(check(path)) == ["RG903"]


def test_the_secrets_show_no_value_of_their_own(tmp_path: Path) -> None:
    """Nobody prints them by mistake, in a traceback or a log."""
    register(tmp_path, "Orsine Talem")
    checked = check(write(tmp_path, finding("Fine.")))
    secrets, _ = secrets_of([checked.reading], Audience.PUBLIC)
    assert len(secrets.entries) == 2
    assert "talem" not in repr(secrets).casefold() + repr(secrets.entries).casefold()
