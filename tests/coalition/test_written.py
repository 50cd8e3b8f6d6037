"""What a merge writes: the submission reads back as it was, lists betray nothing, entries can be pasted as they are."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.catalogue import load_catalogue
from reportgen.coalition.model import Standing
from reportgen.coalition.report import FOR_WHOM, as_page, as_worklist
from reportgen.coalition.skeleton import to_decide
from reportgen.coalition.told import told
from reportgen.coalition.written import pictures_of, to_yaml
from reportgen.diagnostics import Span
from reportgen.languages.messages import translations
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Scalar
from reportgen.submission.yaml_reader import forbidden, read_yaml
from tests.coalition.coalitions import Tree, joint_of, member_tree, merged_of
from tests.coalition.test_conflicts import PLANTED, answered, two

HEADINGS = {key: key for key in load_catalogue().articles}
AT = Span("members/cij.yaml")


def forms(trees: dict[str, Tree], language: str = "en", **more: Any) -> dict[str, str]:
    """Return everything a merge shows or writes beside the submission."""
    say = translations(language).gettext
    items = told(merged_of(trees, **more).conflicts, say, HEADINGS)
    return {
        "terminal": "\n".join(line for item in items for side in item.sides for line in (item.title, *side.words)),
        "page": as_page(items, say, language, ("en", "fr")),
        "work-list": as_worklist(items, say, ("en", "fr")),
        "decisions": to_decide(items, say, ("en", "fr")),
    }


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cs"]).filter(lambda sign: not forbidden(sign)), max_size=300))
def test_every_text_reads_back_as_it_was(text: str) -> None:
    """Colons, quotation marks, lists, empty lines, signs of any script: the reader gets what the author wrote."""
    written = Scalar(unicodedata.normalize("NFC", text.replace("\r", "\n")).strip(), AT, plain=False)
    data = to_yaml(Keys({"a": Keys({"en": written}, {"en": AT}, AT)}, {"a": AT}, AT)).encode()
    root, found = read_yaml(data, "merged.yaml")
    assert root is not None, (found, data)
    back = root.entries["a"]
    assert isinstance(back, Keys)
    again = back.entries["en"]
    assert isinstance(again, Scalar)
    assert again.text == written.text
    assert again.missing == written.missing


def test_a_long_text_is_broken_into_lines() -> None:
    """The file can be read, and compared with the last one, by people."""
    text = to_yaml(merged_of(two(answered(grounds="word " * 80), {})).root, "Made by the program.")
    assert text.startswith("# Made by the program.\n")
    assert max(map(len, text.splitlines())) <= 110


def test_pictures_are_found_from_the_merged_submission(tmp_path: Path) -> None:
    """A picture lies where the text says, beside the merged file as beside the member's."""
    picture = "![A map of the port](images/map one.png)"
    joint = joint_of(tmp_path, {"cij": member_tree("cij", **answered(grounds=picture)), "rjis": member_tree("rjis")})
    (tmp_path / "members" / "images").mkdir()
    (tmp_path / "members" / "images" / "map one.png").write_bytes(b"picture")
    assert joint.merged
    assert "(members/images/map one.png)" in to_yaml(joint.merged.root)
    assert pictures_of(joint.merged.root, tmp_path) == {"members/images": {"map one.png": b"picture"}}


def test_no_list_shows_what_is_confidential() -> None:
    """Of a confidential side only the place is given, in every form."""
    secret = {"level": "confidential"}
    trees = two(
        answered(
            questions={"untoc-5.model": {"answer": "Yes, CANARY said.", **secret}},
            findings=[{"kind": "case", "text": "CANARY was seen at the quay with two men of the company", **secret}],
        ),
        answered(
            questions={"untoc-5.model": "No."},
            findings=[{"kind": "case", "text": "CANARY was seen at the quay with two men of a company", **secret}],
        ),
    )
    for name, form in forms(trees).items():
        assert "CANARY" not in form, name
        assert name == "terminal" or "members/cij.yaml:" in form, name


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_stands_alone_and_escapes(language: str) -> None:
    """One file in its language, nothing loaded, nothing of the members' texts taken for markup."""
    trees = two({"acronyms": {"SPS": "<script>alert(1)</script>"}}, {"acronyms": {"SPS": "Police [x](y)"}})
    page, worklist = forms(trees, language)["page"], forms(trees, language)["work-list"]
    assert f'<html lang="{language}">' in page
    assert "<script" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert r"\[x\]" in worklist
    assert "- [ ] " in worklist


def test_the_skeleton_is_pasted_filled_in_and_decides() -> None:
    """Pasted as it is, it leaves everything open and is not asked again; filled in, it decides."""
    trees = {**PLANTED[next(iter(PLANTED))]}
    skeleton = forms(trees)["decisions"]
    entries = yaml.safe_load(skeleton)["decisions"]
    merged = merged_of(trees, decisions=entries)
    assert [one.standing for one in merged.conflicts] == [Standing.OPEN]
    assert [item.code for item in merged.found] == ["RG807"]
    assert yaml.safe_load(forms(trees, decisions=entries)["decisions"])["decisions"] is None
    for entry in entries.values():
        entry["take"] = "cij"
    merged = merged_of(trees, decisions=entries)
    assert [one.standing for one in merged.conflicts] == [Standing.DECIDED]
    assert merged.found == ()


def test_no_break_spaces_stay_in_comments() -> None:
    """A French colon does not begin a line of the skeleton."""
    skeleton = forms(PLANTED[next(iter(PLANTED))], "fr")["decisions"]
    assert "\u00a0:" in skeleton
    assert not re.search(r"^ *# [:;!?»]", skeleton, re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_lists_say_for_whom_they_are(language: str) -> None:
    """They call members by their files, also those that are not to be named: whoever passes them on is told."""
    say = translations(language).gettext
    for form in ("page", "work-list"):
        assert say(FOR_WHOM) in forms(PLANTED[next(iter(PLANTED))], language)[form]
