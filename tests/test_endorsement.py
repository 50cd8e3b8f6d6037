"""Sign-off: consent to the very words of one version in one language, and to how one is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from reportgen.catalogue import load_catalogue
from reportgen.coalition.read import Joint
from reportgen.endorsement import (
    Consent,
    endorsements,
    hashes,
    lines_to_sign,
    missing_consents,
    sign_offs_judged,
    stands,
)
from reportgen.order import Order
from reportgen.pipeline import build, check
from tests.coalition.coalitions import Tree, as_yaml, frame_tree, joint_of, member_tree

TWO = {
    "cij": member_tree("cij", answers={"untoc-5": {"grounds": {"en": "English words.", "fr": "Mots français."}}}),
    "refuge": member_tree(
        "refuge",
        organisations={"org": {"name": "CANARY", "named": "no", "described_as": {"en": "a shelter", "fr": "un foyer"}}},
    ),
}


def digests(joint: Joint) -> dict[str, str]:
    assert joint.reading.submission
    return hashes(joint.reading.submission, load_catalogue(), joint.reading.folder, ("en", "fr"))


def signed(content: str, member: str = "cij", language: str = "en", **more: Any) -> Tree:
    return {"member": member, "version": "1.0", "language": language, "date": "2024-10-01", "content": content, **more}


def test_a_changed_word_changes_the_hash_of_its_language_only(tmp_path: Path) -> None:
    """Whoever read the French is not asked again for a change in the English."""
    before = digests(joint_of(tmp_path, TWO))
    other = {
        **TWO,
        "cij": member_tree("cij", answers={"untoc-5": {"grounds": {"en": "Other words.", "fr": "Mots français."}}}),
    }
    after = digests(joint_of(tmp_path, other))
    assert before["en"] != after["en"]
    assert before["fr"] == after["fr"]


def test_places_and_what_is_confidential_are_no_part_of_it(tmp_path: Path) -> None:
    """A comment moved a line, a confidential finding was added: readers get the same."""
    before = digests(joint_of(tmp_path, TWO))
    path = tmp_path / "members" / "cij.yaml"
    text = path.read_text("utf-8")
    finding = "findings: [{kind: case, text: Secret, level: confidential}]"
    path.write_text("# A comment.\n" + text.replace("  untoc-5:\n", f"  untoc-5:\n    {finding}\n"), "utf-8")
    from reportgen.coalition.read import read_joint

    assert digests(read_joint(tmp_path)) == before


def test_each_member_stands_where_it_signed(tmp_path: Path) -> None:
    """Agreed to these words, agreed to others, not asked yet; by member and language."""
    content = digests(joint_of(tmp_path, TWO))
    sign_off = [
        signed(content["en"]),
        signed("0000000000000000", "refuge"),
        signed(content["fr"], language="fr", version="0.9"),
    ]
    joint = joint_of(tmp_path, TWO, sign_off=sign_off)
    assert {(one.member, one.language): one.consent for one in stands(joint, content)} == {
        ("cij", "en"): Consent.AGREED,
        ("cij", "fr"): Consent.OUTDATED,
        ("refuge", "en"): Consent.OUTDATED,
        ("refuge", "fr"): Consent.MISSING,
    }
    assert [(item.code, item.params["known"]) for item in missing_consents(joint, content)] == [
        ("RG820", "refuge (fr)"),
        ("RG821", "cij (fr); refuge (en)"),
    ]
    lines = lines_to_sign(joint, content)
    assert [(one["member"], one["language"], one["content"]) for one in yaml.safe_load("\n".join(lines))] == [
        ("cij", "fr", content["fr"]),
        ("refuge", "en", content["en"]),
        ("refuge", "fr", content["fr"]),
    ]
    filled = [{**one, "date": "2024-10-02"} for one in yaml.safe_load("\n".join(lines))]
    joint = joint_of(tmp_path, TWO, sign_off=[*sign_off, *filled])
    assert lines_to_sign(joint, content) == []
    assert {one.consent for one in stands(joint, content)} == {Consent.AGREED}


def test_a_final_report_waits_for_every_member(tmp_path: Path) -> None:
    """Without consent nothing is built; with all, nothing about consent is in the way."""
    content = digests(joint_of(tmp_path, TWO))
    order = Order(languages=("en",), formats=("html",), final=True)
    assert not build(tmp_path, order).files
    joint_of(tmp_path, TWO, sign_off=[signed(content["en"], name) for name in TWO])
    assert not {"RG820", "RG821"} & {item.code for item in build(tmp_path, order).found}
    french = {item.code for item in build(tmp_path, Order(languages=("fr",), formats=("html",), final=True)).found}
    assert "RG820" in french or "RG402" in french


def test_organisations_are_listed_as_they_agreed(tmp_path: Path) -> None:
    """By name, by description, or not at all; who is not to be named never is."""
    content = digests(joint_of(tmp_path, TWO))
    joint = joint_of(tmp_path, TWO, sign_off=[signed(content["en"]), signed(content["en"], "refuge", named="named")])
    listed = endorsements(joint, content, "en")
    assert [one.name.versions["en"] for one in listed] == ["Organisation cij", "a shelter"]
    assert "CANARY" not in str(listed)
    joint = joint_of(tmp_path, TWO, sign_off=[signed(content["en"], named="not_listed"), signed("0" * 16, "refuge")])
    assert endorsements(joint, content, "en") == ()


def test_a_sign_off_of_nobody_is_told(tmp_path: Path) -> None:
    """A misspelt member or a language without a report: told where it stands."""
    joint = joint_of(tmp_path, TWO, sign_off=[signed("0", "cji"), signed("0", language="de")])
    assert joint.coalition.frame
    found = list(sign_offs_judged(joint.coalition.frame, list(TWO)))
    assert [(item.code, item.params["value"]) for item in found] == [("RG811", "cji"), ("RG822", "de")]
    (tmp_path / "coalition.yaml").write_text(as_yaml(frame_tree(list(TWO), sign_off=[signed("0", "cji")])), "utf-8")
    assert "RG811" in {item.code for item in check(tmp_path).found}


def test_a_withdrawn_sign_off_counts_no_more(tmp_path: Path) -> None:
    """Neither it nor any before it; a new one below it does, and until then the final report is refused, saying why."""
    content = digests(joint_of(tmp_path, TWO))
    entries = [signed(content["en"]), signed(content["en"], withdrawn="2024-10-05"), signed(content["en"], "refuge")]
    joint = joint_of(tmp_path, TWO, sign_off=entries)
    assert [one.consent for one in stands(joint, {"en": content["en"]})] == [Consent.WITHDRAWN, Consent.AGREED]
    (found,) = missing_consents(joint, {"en": content["en"]})
    assert (found.code, found.params["known"]) == ("RG825", "cij (en)")
    assert len(endorsements(joint, content, "en")) == 1
    again = joint_of(tmp_path, TWO, sign_off=[*entries, signed(content["en"])])
    assert {one.consent for one in stands(again, {"en": content["en"]})} == {Consent.AGREED}


def test_the_place_in_the_list_tells_nothing_of_a_name(tmp_path: Path) -> None:
    """Names first, then descriptions, whatever identifier or file name the described one has."""
    for hidden in ("aaa", "zzz"):
        trees = {"cij": TWO["cij"], "swr": member_tree("swr"), hidden: TWO["refuge"]}
        content = digests(joint_of(tmp_path / hidden, trees))
        joint = joint_of(tmp_path / hidden, trees, sign_off=[signed(content["en"], name) for name in trees])
        names = [one.name.versions["en"] for one in endorsements(joint, content, "en")]
        assert names == ["Organisation cij", "Organisation swr", "a shelter"]
