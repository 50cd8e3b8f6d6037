"""Who says what is told by positions and marks, and none of them leads to an organisation that is not to be named."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.pipeline import check
from reportgen.publication.audience import Audience
from reportgen.publication.redact import redact
from reportgen.submission.model import Law
from reportgen.writers.html import Medium, render_html
from tests.joint import ORGANISATIONS, Tree, composed, joint, published, said

MEDIA: Final[tuple[Medium, ...]] = ("screen", "print")
LEVELS: Final = ("public", "members", "confidential")


def test_named_organisations_stand_by_name_and_the_others_last(tmp_path: Path) -> None:
    """Neither identifier nor place in the file decides where one stands; letters go to those without an acronym."""
    found = published(tmp_path, joint({"findings": [{"kind": "case", **said("One."), "by": ["refuge"]}]}))
    assert [(item.name.source, item.mark, item.acronym) for item in found.organisations] == [
        ("Alpha Watch", "AW", "AW"),
        ("Centre for Law", "A", ""),
        ("a member in the region", "B", ""),
    ]
    assert found.assessments["untoc-5"].findings[0].by == (2,)


def test_a_report_that_does_not_say_who_holds_what_keeps_its_order(tmp_path: Path) -> None:
    found = published(tmp_path, joint())
    assert [item.mark for item in found.organisations] == ["AW", "A", "B"]
    assert [item.name.source for item in found.organisations][1] == "a member in the region"


def test_the_order_of_those_not_named_does_not_hang_on_their_identifiers(tmp_path: Path) -> None:
    """Two that are described alike keep their letters when only identifiers and hidden names change."""

    def letters(first: str, second: str) -> list[tuple[int, ...]]:
        hidden = {"named": "no", "described_as": "a member"}
        names = {first: {"name": f"Name {first}", **hidden}, second: {"name": f"Name {second}", **hidden}}
        findings = [
            {"kind": "case", **said("One."), "by": [first]},
            {"kind": "case", **said("Two."), "by": [second]},
        ]
        whole = joint({"findings": findings}, organisations=names)
        return [item.by for item in published(tmp_path, whole).assessments["untoc-5"].findings]

    assert letters("aaa", "zzz") == letters("zzz", "aaa") == letters("mmm", "bbb")


def test_the_same_acronym_marks_nobody(tmp_path: Path) -> None:
    twins = {
        "a": {"name": "One", "acronym": "CIJ"},
        "b": {"name": "Two", "acronym": "CIJ"},
        "c": {"name": "T", "acronym": "A"},
    }
    answer = {"findings": [{"kind": "case", **said("One."), "by": ["a"]}]}
    assert [item.mark for item in published(tmp_path, joint(answer, organisations=twins)).organisations] == [
        "B",
        "A",
        "C",
    ]


def test_all_of_them_are_nobody_in_particular(tmp_path: Path) -> None:
    findings = [{"kind": "case", **said("One."), "by": ["mid", "zebra", "refuge"]}, {"kind": "case", **said("Two.")}]
    found = published(tmp_path, joint({"findings": findings}))
    assert [item.by for item in found.assessments["untoc-5"].findings] == [(), ()]


@pytest.mark.parametrize("audience", list(Audience))
def test_voices_above_the_level_of_the_audience_are_cut(tmp_path: Path, audience: Audience) -> None:
    """In every part that may have one."""
    voices = [said(f"CANARY-{level}.", by=["mid"], level=level) for level in LEVELS]
    ratings = [
        {"about": "law", "value": value, "by": ["mid"], "level": level}
        for value, level in zip(("none", "full", "partly"), LEVELS, strict=True)
    ]
    figures = [
        {"about": "2022", "value": str(index), "by": ["mid"], "level": level} for index, level in enumerate(LEVELS)
    ]
    findings = [{"kind": "case", **said("One."), "sources": ["s1"], "voices": voices}]
    questions = {"untoc-5.model": {"answer": "Yes.", "voices": voices}}
    advice = [{**said("Do it."), "voices": voices}]
    answer = {"findings": findings, "questions": questions, "recommendations": advice, "voices": [*voices, *ratings]}
    statistic = {"title": "T", "unit": "U", "values": {"2022": "5"}, "sources": ["s1"], "voices": [*voices, *figures]}
    report = {"voices": [{**voice, "about": "summary"} for voice in voices]}
    found = published(tmp_path, joint(answer, statistics={"t": statistic}, report=report), audience=audience)
    assessment = found.assessments["untoc-5"]
    heard = LEVELS[: 2 if audience is Audience.MEMBERS else 1]
    parts: list[Any] = [
        assessment,
        *assessment.findings,
        *assessment.replies,
        *assessment.recommendations,
        *found.statistics,
        found.front,
    ]
    for part in parts:
        told = [voice.text.source for voice in part.voices if voice.text]
        assert told == [f"CANARY-{level}." for level in heard], part
    assert {voice.rating for voice in assessment.voices if voice.rating} == {Law.NONE, Law.FULL} - (
        {Law.FULL} if audience is Audience.PUBLIC else set()
    )
    assert [claim.figure for claim in found.statistics[0].claims] == list(range(len(heard)))


def test_a_rating_is_contested_where_only_voices_give_it(tmp_path: Path) -> None:
    """What was decided is not; a single voice contests nothing."""
    voices = [
        {"about": "law", "value": "none", "by": ["mid"]},
        {"about": "law", "value": "full", "by": ["zebra"]},
        {"about": "practice", "value": "none", "by": ["mid"]},
        {"about": "practice", "value": "poor", "by": ["zebra"]},
        {"about": "state_answer", "value": "no", "by": ["mid"]},
    ]
    answer = {"practice": "poor", "grounds": "So.", "voices": voices}
    assert published(tmp_path, joint(answer)).assessments["untoc-5"].contested == ("law",)


def test_a_figure_is_found_by_the_label_of_its_series_in_any_language(tmp_path: Path) -> None:
    """Merging names it by one of the labels, without accents."""
    series = {
        "a": {"label": {"en": "Charged", "fr": "Inculpés"}, "values": {"2021": "1", "2022": ""}},
        "b": {"label": {"en": "Convicted", "fr": "Condamnés"}, "values": {"2021": "1", "2022": "2"}},
    }
    voices = [{"about": about, "value": "1.5", "by": ["mid"]} for about in ("condamnes 2022", "Charged 2021", "b 2021")]
    statistic = {"title": "T", "unit": "U", "series": series, "sources": ["s1"], "voices": voices}
    found = published(tmp_path, joint(statistics={"t": statistic}))
    assert [(claim.series, claim.year) for claim in found.statistics[0].claims] == [
        (0, "2021"),
        (1, "2021"),
        (1, "2022"),
    ]


# Nobody is betrayed

_KEYS: Final = ("qxalpha", "qxbravo", "qxdelta")
_PARTS: Final = st.lists(st.sampled_from(_KEYS), unique=True)


@st.composite
def _joint(draw: st.DrawFn) -> Tree:
    """Draw a joint report with parts of every kind, by anybody, at any level, some of them not to be named."""

    def who(**more: Any) -> Tree:
        return {**more, "by": draw(_PARTS)}

    def level(part: Tree) -> Tree:
        return {**part, "level": draw(st.sampled_from(LEVELS))}

    def voices(**more: Any) -> list[Tree]:
        form = st.sampled_from(["paragraph", "footnote", "box"])
        return [
            level(who(**said("They differ."), **more, **{"as": draw(form)})) for _ in range(draw(st.integers(0, 2)))
        ]

    ratings = [
        level(who(about="law", value=draw(st.sampled_from(["none", "full", "partly"]))))
        for _ in range(draw(st.integers(0, 3)))
    ]
    organisations = {}
    for key in _KEYS:
        named = draw(st.booleans())
        organisations[key] = {
            "name": {"en": f"{key}-name-en", "fr": f"{key}-name-fr"},
            "acronym": f"{key.upper()}ACRO",
            "mandate": f"{key}-mandate",
            "contact": f"{key}@example.org",
            "website": f"https://{key}.example/",
            "named": "yes" if named else "no",
            "described_as": {"en": "a member", "fr": "un membre"},
        }
    answer = {
        **who(grounds="So.", not_applicable=None),
        **({"law": "partly"} if draw(st.booleans()) else {}),
        "questions": {"untoc-5.model": level(who(answer="Yes.", voices=voices()))},
        "findings": [
            level(who(kind="case", **said("Found."), voices=voices())) for _ in range(draw(st.integers(0, 2)))
        ],
        "recommendations": [who(**said("Do it."), priority="high", voices=voices())],
        "voices": [*ratings, *voices(about="grounds"), *voices(about="not_applicable")],
    }
    figures = [level(who(about="2022", value=str(draw(st.integers(0, 9))))) for _ in range(draw(st.integers(0, 2)))]
    statistic = level(
        who(title="T", unit="U", values={"2021": "1", "2022": ""}, sources=["s1"], articles=["untoc-5"], voices=figures)
    )
    attribution = draw(st.sampled_from(["all", "paragraph", "dissent"]))
    report = {
        "attribution": attribution,
        "voices": voices(about="summary") + voices(about="methodology") + voices(about="disclaimer"),
    }
    return joint(
        answer,
        organisations=organisations,
        statistics={"t": statistic},
        report=report,
        technical_assistance=[who(need={"en": "Help.", "fr": "De l’aide."})],
        acronyms={f"{key.upper()}ACRO": f"{key}-name-en" for key in _KEYS} | {"UN": "United Nations"},
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_joint(), st.sampled_from(list(Audience)), st.booleans())
def test_no_page_betrays_an_organisation_that_is_not_named(tree: Tree, audience: Audience, final: bool) -> None:
    """Whatever levels, names and forms: no identifier, name or acronym of theirs in any language or edition.

    Those that are named are found, by the control below.
    """
    hidden = [key for key, item in tree["organisations"].items() if item["named"] == "no"]
    with TemporaryDirectory() as folder:
        publication = published(Path(folder), tree, audience=audience)
    for language in ("en", "fr"):
        for medium in MEDIA:
            html = render_html(composed(publication, language, final=final), medium)
            found = {key.lower() for key in re.findall("|".join(_KEYS), html, re.IGNORECASE)}
            assert not found & set(hidden)
            assert found == set(_KEYS) - set(hidden)


def test_a_publication_holds_no_identifier_at_all(tmp_path: Path) -> None:
    """Also of those that are named: what a template can't see it can't show."""
    answer = {
        "by": ["zebra"],
        "findings": [{"kind": "case", **said("One."), "by": ["refuge"], "voices": [said("Two.", by=["zebra", "mid"])]}],
    }
    shown = repr(published(tmp_path, joint(answer)))
    assert not re.search("zebra|refuge|Refuge|RH|'mid'", shown)
    assert "Alpha Watch" in shown


def test_what_merging_has_not_decided_is_known_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "submission.yaml"
    findings = [{"kind": "case", **said("One."), "by": ["zebra"]}, {"kind": "case", **said("Two."), "by": ["mid"]}]
    path.write_text(json.dumps(joint({"findings": findings}), indent=1), "utf-8")
    checked = check(path)
    assert checked.reading.submission is not None
    node = checked.reading.submission.answers["untoc-5"].findings[1].node
    assert node is not None
    found = redact(checked.reading.submission, checked.catalogue, Audience.PUBLIC, frozenset({node.span}))
    assert [item.undecided for item in found.assessments["untoc-5"].findings] == [False, True]


def test_the_acronym_of_one_not_named_is_not_explained(tmp_path: Path) -> None:
    """Its letters may stand in a text; what they mean is told nowhere."""
    whole = joint({"grounds": "RH and UNX."}, acronyms={"RH": "Refuge House", "X": "refuge house", "UNX": "United"})
    assert list(published(tmp_path, whole).acronyms) == ["UNX"]
    assert ORGANISATIONS["refuge"]["acronym"] == "RH"
