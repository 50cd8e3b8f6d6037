"""Every kind of conflict is met, named, placed and settled by each form of decision that fits it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from reportgen.catalogue import load_catalogue
from reportgen.coalition.merge import merge
from reportgen.coalition.model import Conflict, Kind, Merged, Standing
from reportgen.diagnostics import Severity
from reportgen.diagnostics.render import severity_of
from reportgen.pipeline import check
from reportgen.submission.checks import check_submission
from reportgen.submission.model import Answer, Submission
from reportgen.submission.reading import Reading, read_root
from reportgen.submission.voices import cell_of
from tests.coalition.coalitions import (
    Tree,
    frame_of,
    member_of,
    member_tree,
    merged_of,
    nodes_of,
    write_coalition,
)

NEAR = "Asset declarations are published but never checked: between 2019 and 2023 the Office opened no verification"
SAME = "Write the principle of non-punishment into the Penal Code, so that no victim of trafficking is prosecuted"
STATISTIC = {"title": "Convictions", "unit": "persons", "values": {2021: 5, 2022: 6}}
SOURCE = {"kind": "court_decision", "title": "State v. Doe", "url": "https://courts.example/1"}


def two(one: Tree, other: Tree) -> dict[str, Tree]:
    """Two members, each with something of its own."""
    return {"cij": member_tree("cij", **one), "rjis": member_tree("rjis", **other)}


def answered(**said: Any) -> Tree:
    return {"answers": {"untoc-5": said}}


PLANTED: dict[Kind, dict[str, Tree]] = {
    Kind.APPLICABILITY: two(answered(law="partly"), answered(not_applicable="We know nothing of it.")),
    Kind.RATING: two(answered(practice="poor"), answered(practice="none")),
    Kind.STATE: two(answered(law="full", state_answer="yes"), answered(law="full", state_answer="not_published")),
    Kind.REPLY: two(
        answered(questions={"untoc-5.model": "Yes. It is."}),
        answered(questions={"untoc-5.model": {"answer": {"fr": "Non."}}}),
    ),
    Kind.SAME_FINDING: two(
        answered(findings=[{"kind": "deficiency", "text": NEAR}]),
        answered(findings=[{"kind": "deficiency", "text": NEAR + " at all"}]),
    ),
    Kind.SAME_RECOMMENDATION: two(
        answered(recommendations=[{"text": SAME, "priority": "high"}]),
        answered(recommendations=[{"text": SAME + " or fined", "priority": "low"}]),
    ),
    Kind.SAME_NEED: two({"technical_assistance": [SAME]}, {"technical_assistance": [SAME + " again"]}),
    Kind.FIGURE: two(
        {"statistics": {"a": STATISTIC}}, {"statistics": {"b": {**STATISTIC, "values": {2021: 5, 2022: 9}}}}
    ),
    Kind.STATISTIC: two(
        {"statistics": {"a": {**STATISTIC, "definition": "Final."}}},
        {"statistics": {"b": {**STATISTIC, "definition": "First instance."}}},
    ),
    Kind.SOURCE: two(
        {"sources": {"s1": {**SOURCE, "date": "2023-10-12"}}}, {"sources": {"x": {**SOURCE, "date": "2023-10-21"}}}
    ),
    Kind.ORGANISATION: two(
        {"organisations": {"o": {"name": "House", "founded": 1999}}},
        {"organisations": {"o": {"name": "House", "founded": 2001}}},
    ),
    Kind.ACRONYM: two({"acronyms": {"SPS": "Prosecution Section"}}, {"acronyms": {"SPS": "Police Service"}}),
    Kind.DATE: two({"review": {"start": "2023-03"}}, {"review": {"start": "2023-05"}}),
}


def only(merged: Merged) -> Conflict:
    (conflict,) = merged.conflicts
    return conflict


def decided(trees: dict[str, Tree], **decision: Any) -> tuple[Merged, Submission]:
    """Merge, decide the only conflict upon its ground, and merge again."""
    conflict = only(merged_of(trees))
    ground = list(conflict.ground)
    merged = merged_of(trees, decisions={conflict.id: {"ground": ground, **decision}})
    submission, found = read_root(merged.root)
    assert submission
    assert not found
    return merged, submission


def article(submission: Submission) -> Answer:
    return submission.answers["untoc-5"]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_met_with_both_places(kind: Kind) -> None:
    """Planted, it is the one conflict; each side says who holds it and where."""
    conflict = only(merged_of(PLANTED[kind]))
    assert (conflict.kind, conflict.standing) == (kind, Standing.OPEN)
    assert sorted(conflict.members) == ["cij", "rjis"]
    assert sorted(span.file for side in conflict.sides for span in side.spans) == [
        "members/cij.yaml",
        "members/rjis.yaml",
    ]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_settled_by_taking_a_side(kind: Kind) -> None:
    """``take`` fits every kind; nothing is said against such a decision, and nothing stays open."""
    merged, _ = decided(PLANTED[kind], take="rjis")
    assert only(merged).standing is Standing.DECIDED
    assert merged.found == ()


def test_a_rating_is_taken_and_the_dissent_recorded() -> None:
    """The side taken is the rating; who dissents stands beside it, as was decided."""
    _, submission = decided(PLANTED[Kind.RATING], take="rjis", dissent=["cij"], **{"as": "box"})
    answer = article(submission)
    assert answer.practice.value == "none"
    voice, own = answer.voices
    assert (voice.about, voice.value, voice.by, voice.form.value) == ("practice", "poor", ("cij-org",), "box")
    assert (own.about, own.value, own.by) == ("practice", "none", ("rjis-org",))


def test_a_rating_says_who_holds_it() -> None:
    """Who rates otherwise and does not dissent, or rates nothing, is not among those whose rating it is."""
    trees = {**PLANTED[Kind.RATING], "swr": member_tree("swr", **answered(grounds="Something."))}
    held = [(voice.about, voice.value, voice.by) for voice in article(decided(trees, take="rjis")[1]).voices]
    assert ("practice", "none", ("rjis-org",)) in held
    assert ("practice", "poor", ("cij-org",)) not in held
    held = [(voice.about, voice.value, voice.by) for voice in article(decided(trees, value="moderate")[1]).voices]
    assert ("practice", "moderate", ("cij-org", "rjis-org")) in held
    alone = two(answered(law="full"), answered(grounds="Something."))
    submission, _ = read_root(merged_of(alone).root)
    assert submission
    assert [(voice.about, voice.value, voice.by) for voice in article(submission).voices if voice.value] == [
        ("law", "full", ("cij-org",))
    ]


def test_a_rating_that_was_merged_keeps_its_holders() -> None:
    """A joint report that is a member of another: the rating it gives is still that of those who held it."""
    merged = merged_of(
        {"one": member_tree("one", **answered(law="full")), "two": member_tree("two", **answered(grounds="x"))}
    )
    again, _ = read_root(
        merge(
            frame_of(["all", "swr"]),
            [
                member_of("all", merged.root),
                member_of("swr", nodes_of(member_tree("swr", **answered(law="full")), "swr.yaml")),
            ],
        ).root
    )
    assert again
    assert [voice.by for voice in article(again).voices if voice.about == "law"] == [("one-org", "org")]


def test_a_joint_value_stands_for_all() -> None:
    """``value`` is a rating that no side held."""
    assert article(decided(PLANTED[Kind.RATING], value="moderate")[1]).practice.value == "moderate"


def test_an_open_rating_is_not_given_but_both_voices_are() -> None:
    """Nothing is resolved by order."""
    submission, _ = read_root(merged_of(PLANTED[Kind.RATING]).root)
    assert submission
    assert article(submission).practice.value == "not_rated"
    assert [voice.value for voice in article(submission).voices] == ["poor", "none"]


def test_both_are_kept_as_was_decided() -> None:
    """``keep: both`` settles the conflict and leaves every side its name."""
    merged, submission = decided(PLANTED[Kind.RATING], keep="both", **{"as": "footnote"})
    assert only(merged).standing is Standing.DECIDED
    assert [voice.form.value for voice in article(submission).voices] == ["footnote", "footnote"]


def test_a_joint_text_answers_the_question() -> None:
    """``text`` stands for both answers, with both organisations behind it; dissent keeps its own words."""
    joint = {"en": "In law, yes.", "fr": "En droit, oui."}
    reply = article(decided(PLANTED[Kind.REPLY], text=joint)[1]).questions["untoc-5.model"]
    assert reply.answer
    assert (reply.answer.versions, reply.by, reply.voices) == (joint, ("cij-org", "rjis-org"), ())
    reply = article(decided(PLANTED[Kind.REPLY], text=joint, dissent=["rjis"])[1]).questions["untoc-5.model"]
    assert [(voice.by, voice.text and voice.text.source) for voice in reply.voices] == [(("rjis-org",), "Non.")]


@pytest.mark.parametrize("decision", [None, {"keep": "both"}])
def test_opposite_answers_stand_beside_each_other(decision: Tree | None) -> None:
    """Open or kept, neither of them is the answer of the report: both are voices, in one box."""
    root = merged_of(PLANTED[Kind.REPLY]).root
    submission = decided(PLANTED[Kind.REPLY], **decision)[1] if decision else read_root(root)[0]
    assert submission
    reply = article(submission).questions["untoc-5.model"]
    assert reply.answer is None
    assert [(voice.by, voice.form.value, voice.text and voice.text.source) for voice in reply.voices] == [
        (("cij-org",), "box", "Yes. It is."),
        (("rjis-org",), "box", "Non."),
    ]


@pytest.mark.parametrize("kind", [Kind.SAME_FINDING, Kind.SAME_RECOMMENDATION])
def test_near_identical_things_become_one_only_by_decision(kind: Kind) -> None:
    """Proposed, both stay; taken, one stays with both behind it."""
    name = "findings" if kind is Kind.SAME_FINDING else "recommendations"
    submission, _ = read_root(merged_of(PLANTED[kind]).root)
    assert submission
    assert len(getattr(article(submission), name)) == 2
    (one,) = getattr(article(decided(PLANTED[kind], take="rjis")[1]), name)
    assert one.by == ("cij-org", "rjis-org")
    assert len(getattr(article(decided(PLANTED[kind], keep="both")[1]), name)) == 2
    (one,) = getattr(article(decided(PLANTED[kind], take="cij", text="Together.")[1]), name)
    assert one.text.source == "Together."


def test_a_joint_text_does_not_choose_a_priority() -> None:
    """Two recommendations differ in priority too: whose stands must be said, or both stay."""
    merged, submission = decided(PLANTED[Kind.SAME_RECOMMENDATION], text="Together.")
    assert [item.code for item in merged.found] == ["RG816"]
    assert len(article(submission).recommendations) == 2


def test_a_contested_figure_is_missing_until_decided() -> None:
    """No figure of two is printed by chance; the dissent keeps its number."""
    submission, _ = read_root(merged_of(PLANTED[Kind.FIGURE]).root)
    assert submission
    (statistic,) = submission.statistics.values()
    assert statistic.values["2022"] is None
    assert [(voice.about, voice.value) for voice in statistic.voices] == [("2022", "6"), ("2022", "9")]
    (statistic,) = decided(PLANTED[Kind.FIGURE], take="rjis", dissent=["cij"])[1].statistics.values()
    assert statistic.values["2022"] == 9
    assert [voice.value for voice in statistic.voices] == ["6"]


def test_an_article_some_do_not_assess() -> None:
    """Taken as not applicable, what others answered is put aside, not lost; else the answers stand."""
    merged, submission = decided(PLANTED[Kind.APPLICABILITY], take="rjis")
    assert article(submission).not_applicable
    assert any(leaf for side in only(merged).sides for leaf in side.whole)
    assert article(decided(PLANTED[Kind.APPLICABILITY], take="cij")[1]).law.value == "partly"


@pytest.mark.parametrize(
    ("kind", "decision", "code"),
    [
        (Kind.RATING, {"take": "cij", "value": "none"}, "RG810"),
        (Kind.RATING, {"take": "cji"}, "RG811"),
        (Kind.RATING, {"text": "Between the two."}, "RG812"),
        (Kind.SOURCE, {"keep": "both"}, "RG812"),
        (Kind.ACRONYM, {"take": "cij", "dissent": ["rjis"]}, "RG812"),
        (Kind.RATING, {"take": "cij", "dissent": ["cij"]}, "RG814"),
        (Kind.RATING, {"keep": "both", "dissent": ["cij"]}, "RG814"),
    ],
)
def test_an_impossible_decision_is_told(kind: Kind, decision: Tree, code: str) -> None:
    """What can't be is never taken for something else."""
    conflict = only(merged_of(PLANTED[kind]))
    merged = merged_of(PLANTED[kind], decisions={conflict.id: {"ground": list(conflict.ground), **decision}})
    assert [item.code for item in merged.found] == [code]


def test_a_member_without_a_side_can_not_be_taken() -> None:
    """A third member that said nothing of it holds nothing that could stand."""
    trees = {**PLANTED[Kind.RATING], "swr": member_tree("swr")}
    conflict = only(merged_of(trees))
    merged = merged_of(trees, decisions={conflict.id: {"ground": list(conflict.ground), "take": "swr"}})
    assert [item.code for item in merged.found] == ["RG813"]


def test_a_decision_without_ground_is_told() -> None:
    """It could never become stale."""
    conflict = only(merged_of(PLANTED[Kind.RATING]))
    (found,) = merged_of(PLANTED[Kind.RATING], decisions={conflict.id: {"take": "cij"}}).found
    assert (found.code, found.params["value"]) == ("RG815", f"[{', '.join(conflict.ground)}]")


def test_a_translation_makes_no_other_conflict() -> None:
    """Both members translate their finding: the decision keeps its conflict, and is to be read again."""
    trees = PLANTED[Kind.SAME_FINDING]
    conflict = only(merged_of(trees))
    both = two(
        answered(findings=[{"kind": "deficiency", "text": {"en": NEAR, "fr": "Jamais vérifiées."}}]),
        answered(findings=[{"kind": "deficiency", "text": {"en": NEAR + " at all", "fr": "Jamais du tout."}}]),
    )
    assert only(merged_of(both)).id == conflict.id
    decisions = {conflict.id: {"ground": list(conflict.ground), "take": "cij"}}
    assert only(merged_of(both, decisions=decisions)).standing is Standing.STALE


def test_a_name_in_two_languages_is_one(tmp_path: Path) -> None:
    """The English title of one and the French of the other stand for both; definitions are more than names."""
    english, french = {"en": "Act on Companies"}, {"fr": "Loi sur les sociétés"}
    source = {"kind": "legislation", "url": "https://law.example/1"}
    trees = two({"sources": {"a": {**source, "title": english}}}, {"sources": {"b": {**source, "title": french}}})
    submission, _ = read_root(merged_of(trees).root)
    assert submission
    assert [one.title.versions for one in submission.sources.values()] == [english | french]
    assert merged_of(trees).conflicts == ()
    of_figures = given_by({"definition": {"en": "Final."}}, {"definition": {"fr": "En première instance."}})
    assert only(merged_of(of_figures)).kind is Kind.STATISTIC


def test_a_member_that_left_blocks_no_draft(tmp_path: Path) -> None:
    """Its decisions are stale and say whose change it was; a joint text that cites its source is told as such."""
    third = member_tree("swr", **answered(practice="moderate"))
    trees = {**PLANTED[Kind.RATING], "swr": third}
    conflict = only(merged_of(trees))
    ground = {"ground": list(conflict.ground)}
    merged = merged_of(PLANTED[Kind.RATING], decisions={conflict.id: {**ground, "take": "swr"}})
    assert [(item.code, item.params["known"]) for item in merged.found] == [("RG808", "swr")]
    merged = merged_of(PLANTED[Kind.RATING], decisions={conflict.id: {**ground, "take": "cij", "dissent": ["swr"]}})
    assert [item.code for item in merged.found] == ["RG808"]
    replies = PLANTED[Kind.REPLY]
    conflict = only(merged_of(replies))
    decision = {"ground": list(conflict.ground), "text": "In law, yes [@gone, p. 2]."}
    found = check(write_coalition(tmp_path, replies, decisions={conflict.id: decision}, report=CITING)).found
    told = [(item.code, item.params["value"], item.params.get("key")) for item in found if "value" in item.params]
    assert ("RG827", "gone", conflict.id) in told
    assert ("RG405", "nowhere", None) in told, "the coalition's own texts are another matter"
    assert ("RG405", "gone", None) not in told


CITING: Tree = {"title": "Joint", "version": "1.0", "date": "2024-09-30", "summary": "As we read [@nowhere]."}


def test_a_contested_answer_of_the_state_can_be_agreed_with() -> None:
    """Undecided it is not “not published”: nobody is told to mend what others differ on."""
    trees = two(
        answered(law="full", state_answer="yes"), answered(law="full", state_answer="no", agree_with_state="no")
    )
    submission, _ = read_root(merged_of(trees).root)
    assert submission
    assert "RG407" not in {item.code for item in check_submission(Reading(submission), load_catalogue())}


def test_a_side_that_changes_makes_the_decision_stale() -> None:
    """The finding of one member is edited: the decision follows the other's, is stale, and says whose change it was."""
    trees = PLANTED[Kind.SAME_FINDING]
    conflict = only(merged_of(trees))
    decisions = {conflict.id: {"ground": list(conflict.ground), "take": "cij"}}
    edited = {
        **trees,
        "rjis": member_tree("rjis", **answered(findings=[{"kind": "deficiency", "text": NEAR + " ever"}])),
    }
    merged = merged_of(edited, decisions=decisions)
    assert (only(merged).id, only(merged).standing) == (conflict.id, Standing.STALE)
    assert [(item.code, item.params["known"]) for item in merged.found] == [("RG808", "rjis")]
    submission, _ = read_root(merged.root)
    assert submission
    assert len(article(submission).findings) == 2, "a stale decision decides nothing"


def test_a_decision_survives_what_others_change() -> None:
    """A third member uses the same identifiers for other things: names change, citations change, the decision holds."""
    finding = {"kind": "deficiency", "text": NEAR + " [@s1]"}
    trees = two(
        {**answered(findings=[finding]), "sources": {"s1": SOURCE}, "statistics": {"a": STATISTIC}},
        {
            **answered(findings=[{**finding, "text": NEAR + " at all"}]),
            "statistics": {"a": {**STATISTIC, "values": {2022: 9}}},
        },
    )
    before = merged_of(trees)
    decisions = {one.id: {"ground": list(one.ground), "take": "cij"} for one in before.conflicts}
    assert len(decisions) == 2
    third = member_tree(
        "aaa",
        sources={"s1": {**SOURCE, "title": "Another", "url": "https://courts.example/2"}},
        statistics={"a": {**STATISTIC, "title": "Charges"}},
    )
    after = merged_of({"aaa": third, **trees}, decisions=decisions)
    assert {one.scope for one in after.conflicts} != {one.scope for one in before.conflicts}
    assert [one.standing for one in after.conflicts] == [Standing.DECIDED, Standing.DECIDED]
    assert after.found == ()


def test_a_decision_about_nothing_is_told() -> None:
    """The members agree now: the decision is an orphan."""
    conflict = only(merged_of(PLANTED[Kind.RATING]))
    agreed = two(answered(practice="poor"), answered(practice="poor"))
    merged = merged_of(agreed, decisions={conflict.id: {"ground": list(conflict.ground), "take": "cij"}})
    assert [item.code for item in merged.found] == ["RG809"]


def test_what_is_only_left_blank_is_no_conflict() -> None:
    """Nobody differs by having no opinion, by more precision, or by the day on which a page was read."""
    trees = two(
        {
            **answered(law="partly", agree_with_state="cannot_say", questions={"untoc-5.model": "Yes."}),
            "sources": {"s1": {**SOURCE, "date": "2023-10", "accessed": "2024-01-02"}},
        },
        {
            **answered(law="not_rated", agree_with_state="no", questions={"untoc-5.model": "It is in the Code."}),
            "sources": {"s1": {**SOURCE, "date": "2023-10-12", "accessed": "2024-03-01"}},
        },
    )
    merged = merged_of(trees)
    assert merged.conflicts == ()
    submission, _ = read_root(merged.root)
    assert submission
    assert [(str(one.date), str(one.accessed)) for one in submission.sources.values()] == [("2023-10-12", "2024-03-01")]


def test_what_many_write_in_nearly_the_same_words_is_proposed_once() -> None:
    """Thirty members, one sentence with small differences: one conflict, however common its words are."""
    trees = {
        f"m{number:02}": member_tree(
            f"m{number:02}", **answered(findings=[{"kind": "deficiency", "text": f"{NEAR} in {number} districts"}])
        )
        for number in range(30)
    }
    assert len(only(merged_of(trees)).sides) == 30


def of_source(**more: Any) -> Tree:
    return {"kind": "legislation", "title": "Act", "date": "2020", **more}


def test_what_a_member_tells_apart_is_never_made_one_by_another() -> None:
    """One source is like two of another member's, by address and by title: the surer sign counts, and two stay two."""
    trees = two(
        {"sources": {"x": of_source(title="Act one", url="https://law.example/1"), "y": of_source()}},
        {"sources": {"z": of_source(url="https://law.example/1")}},
    )
    renamed = merged_of(trees).renamed
    assert renamed["cij", "sources", "x"] == renamed["rjis", "sources", "z"] != renamed["cij", "sources", "y"]


def test_two_findings_of_one_member_are_never_proposed_as_one() -> None:
    """A finding of another member is like both: it is proposed with the one it is most like, and can be united with it."""
    own = [{"kind": "case", "text": NEAR + " at all in 2019"}, {"kind": "case", "text": NEAR + " at all"}]
    trees = two(answered(findings=own), answered(findings=[{"kind": "case", "text": NEAR + " at al"}]))
    conflict = only(merged_of(trees))
    assert sorted(words[-8:] for words in (side.words.split("; text: ")[1] for side in conflict.sides)) == [
        "n at all",
        "on at al",
    ]
    submission = decided(trees, take="cij")[1]
    assert sorted(len(finding.by) for finding in article(submission).findings) == [1, 2]


def given_by(one: Tree, other: Tree) -> dict[str, Tree]:
    """The same statistic, given by two members."""
    return two({"statistics": {"a": {**STATISTIC, **one}}}, {"statistics": {"b": {**STATISTIC, **other}}})


def rows(**series: str) -> Tree:
    return {"values": {}, "series": {key: {"label": label, "values": {2021: 5}} for key, label in series.items()}}


def test_series_are_known_by_their_label_in_any_language() -> None:
    """Who labels in one language and who does in two give the same series: its figures contradict each other."""
    trees = given_by(
        {"values": {}, "series": {"w": {"label": {"en": "Women", "fr": "Femmes"}, "values": {2021: 5}}}},
        {"values": {}, "series": {"x": {"label": {"en": "women"}, "values": {2021: 7}}}},
    )
    conflict = next(one for one in merged_of(trees).conflicts if one.kind is Kind.FIGURE)
    assert conflict.about == "women 2021"


def test_one_figure_written_in_two_ways_is_no_conflict() -> None:
    """12.5 is 12.50; and who tells that there are fewer than five does not contradict who counts three."""
    assert merged_of(given_by({"values": {2021: "12.5"}}, {"values": {2021: "12.50"}})).conflicts == ()
    merged = merged_of(given_by({"values": {2021: "<5"}}, {"values": {2021: "3"}}))
    submission, _ = read_root(merged.root)
    assert submission
    assert merged.conflicts == ()
    assert "3" not in str(submission.statistics["a"].values), "what one keeps back nobody publishes"
    assert only(merged_of(given_by({"values": {2021: "<5"}}, {"values": {2021: "9"}}))).kind is Kind.FIGURE


@pytest.mark.parametrize("one", [{"values": {2021: 1}}, rows(w="Women"), rows(w="Women", m="Men")])
def test_a_statistic_of_contested_figures_alone_can_be_drafted(tmp_path: Path, one: Tree) -> None:
    """The years stand without a figure, and beside them what each member gives: no error that nobody could mend."""
    other = copy.deepcopy(one)
    for figures in [other["values"], *(row["values"] for row in other.get("series", {}).values())]:
        figures.update(dict.fromkeys(figures, 8))
    checked = check(write_coalition(tmp_path, given_by(one, other)))
    assert [item for item in checked.found if severity_of(item) is Severity.ERROR] == []
    assert checked.reading.submission
    (statistic,) = checked.reading.submission.statistics.values()
    assert [cell_of(statistic, voice) is not None for voice in statistic.voices] == [True, True] * (
        len(statistic.series) or 1
    )


def test_one_row_and_several_stay_two_statistics() -> None:
    """They could not be united, and say so, with both places; each keeps its own figures."""
    merged = merged_of(given_by({}, rows(w="Women")))
    submission, found = read_root(merged.root)
    assert submission
    assert not found
    assert [(bool(one.values), bool(one.series)) for one in submission.statistics.values()] == [
        (True, False),
        (False, True),
    ]
    (told,) = merged.found
    assert told.code == "RG823"
    assert [place.span.file for place in told.related] == ["members/rjis.yaml"]


def test_who_agreed_to_a_figure_is_not_printed_with_who_dissents() -> None:
    """Two gave the number that was not taken, one of them joins: only the other is named as dissenting, and the number that was taken says whose it is."""
    trees = {**PLANTED[Kind.FIGURE], "swr": member_tree("swr", statistics={"c": STATISTIC})}
    (statistic,) = decided(trees, take="rjis", dissent=["swr"])[1].statistics.values()
    assert [(voice.value, voice.by) for voice in statistic.voices] == [("6", ("swr-org",)), ("9", ("rjis-org",))]


def test_nobody_stands_behind_what_another_said() -> None:
    """A figure, a reply or nearly the same words with another number: taken, it is that of those who said it."""
    (statistic,) = decided(PLANTED[Kind.FIGURE], take="rjis")[1].statistics.values()
    assert [(voice.value, voice.by) for voice in statistic.voices] == [("9", ("rjis-org",))]
    (statistic,) = decided(PLANTED[Kind.FIGURE], value="7")[1].statistics.values()
    assert statistic.voices == ()
    assert article(decided(PLANTED[Kind.REPLY], take="rjis")[1]).questions["untoc-5.model"].by == ("rjis-org",)
    trees = two(
        answered(findings=[{"kind": "case", "text": NEAR + " in 40 files"}]),
        answered(findings=[{"kind": "case", "text": NEAR + " in 41 files"}]),
    )
    merged, submission = decided(trees, take="cij")
    assert [finding.by for finding in article(submission).findings] == [("cij-org",)]
    assert [(item.code, item.params["known"]) for item in merged.found] == [("RG826", "rjis")]
    for settled in ({"take": "cij", "text": "Together."}, {"take": "cij", "dissent": ["rjis"]}):
        assert decided(trees, **settled)[0].found == ()


def test_who_assesses_an_article_can_not_dissent_without_words() -> None:
    """Taken as not applicable, an assessment has no one text that could stand as a dissent: told, not dropped."""
    trees = PLANTED[Kind.APPLICABILITY]
    conflict = only(merged_of(trees))

    def judged(**decision: Any) -> list[str]:
        merged = merged_of(trees, decisions={conflict.id: {"ground": list(conflict.ground), **decision}})
        return [item.code for item in merged.found]

    assert judged(take="rjis", dissent=["cij"]) == ["RG824"]
    assert judged(take="cij", dissent=["rjis"]) == []


def test_what_one_member_keeps_back_the_joint_report_does_too() -> None:
    """Images and coarse dates of the strictest member hold; remarks of all stay with what they stand beside."""
    picture = "![Map](images/map.png)"
    trees = two(
        {
            "images": [{"file": "images/map.png", "level": "confidential"}],
            "protection": {"dates": "month", "fewer_than": 10, "places": "exact"},
            **answered(grounds=picture, notes=["One."], findings=[{"kind": "case", "text": NEAR, "notes": ["Two."]}]),
        },
        {
            "protection": {"dates": "year", "fewer_than": 3, "use": "authorities"},
            **answered(notes=["Three."], findings=[{"kind": "case", "text": NEAR, "notes": ["Four."]}]),
        },
    )
    submission, found = read_root(merged_of(trees, protection={"places": "region"}).root)
    assert submission
    assert not found
    kept = submission.protection
    assert (kept.dates.value, kept.fewer_than, kept.places.value, kept.use.value) == (
        "year",
        10,
        "region",
        "authorities",
    )
    assert [(image.file, image.level.value) for image in submission.images] == [
        ("members/images/map.png", "confidential")
    ]
    assert [note.text.source for note in article(submission).notes] == ["One.", "Three."]
    (finding,) = article(submission).findings
    assert [note.text.source for note in finding.notes] == ["Two.", "Four."]
