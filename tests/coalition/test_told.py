"""The lists of conflicts speak to people in a meeting: questions in their words, grounds, what was decided and why."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from reportgen.coalition.labels import LABELS
from reportgen.coalition.model import Kind
from reportgen.coalition.report import as_page, as_worklist
from reportgen.coalition.told import Told, opening, told
from tests.coalition.coalitions import Tree, merged_of
from tests.coalition.test_conflicts import PLANTED, SOURCE, answered, two

ARTICLES = {"untoc-5": "Article 5"}


def say(message: str) -> str:
    return message


def told_of(trees: dict[str, Tree], **more: Any) -> Told:
    """Merge and put the only conflict into words."""
    merged = merged_of(trees, **more)
    called = {"untoc-5.model": "Which model of the offence?", "focal_points": "Focal points named"}
    (item,) = told(merged.conflicts, say, ARTICLES, called=called, root=merged.root)
    return item


def decided_upon(trees: dict[str, Tree], stale: bool = False, **decision: Any) -> Told:
    """Decide the only conflict, on its ground or on another, and put it into words."""
    (conflict,) = merged_of(trees).conflicts
    ground = [f"{piece}{'0' if stale else ''}" for piece in conflict.ground]
    return told_of(trees, decisions={conflict.id: {"ground": ground, **decision}})


@pytest.mark.parametrize("kind", Kind)
def test_no_list_shows_a_key_of_the_format(kind: Kind) -> None:
    """What stands before a colon, and what the title is about, is a word of the reader's language."""
    item = told_of(PLANTED[kind])
    shown = [item.title.rpartition(": ")[2], *(line.partition(":")[0] for side in item.sides for line in side.words)]
    assert not {*shown} & LABELS.keys(), shown
    assert "_" not in item.title.replace("untoc-5", "")


def test_agreement_with_the_state_has_a_heading_of_its_own() -> None:
    """It is no question of what the State answered."""
    item = told_of(two(answered(state_answer="yes", agree_with_state="no"), answered(agree_with_state="yes")))
    assert item.title == "Views on the State’s answer that differ"


def titled() -> dict[str, Tree]:
    """Findings in nearly the same words, each with a title."""
    trees = copy.deepcopy(PLANTED[Kind.SAME_FINDING])
    for tree in trees.values():
        tree["answers"]["untoc-5"]["findings"][0]["title"] = "Never checked"
    return trees


def test_a_text_bears_its_language() -> None:
    trees = two(
        {"sources": {"s": {**SOURCE, "title": {"en": "A", "fr": "B"}}}}, {"sources": {"s": {**SOURCE, "title": "C"}}}
    )
    item = told_of(trees)
    assert [side.words for side in item.sides] == [("English: A", "French: B"), ("English: C",)]
    assert any("Title (English): " in line for side in told_of(titled()).sides for line in side.words)
    assert item.title == "One source, described differently: s, Title"


def test_a_question_is_quoted_and_a_rating_says_what_it_rests_upon() -> None:
    assert told_of(PLANTED[Kind.REPLY]).asked == "Which model of the offence?"
    long = "We followed sixty trials in the capital and in the two ports of the south [@s1]. " + "More. " * 90
    trees = two(answered(practice="poor", grounds=long), answered(practice="none"))
    first, second = told_of(trees).sides
    assert first.grounds == (
        "Grounds of cij: We followed sixty trials in the capital and in the two ports of the south.",
    )
    assert second.grounds == ()
    assert opening("Short. Then a sentence that is long enough to say what is meant. No more.").endswith("meant.")


def test_a_figure_is_known_by_the_title_of_its_statistic() -> None:
    """Unless it may not be shown."""
    assert told_of(PLANTED[Kind.FIGURE]).title == "Figures that contradict each other: Convictions, 2022"
    secret = copy.deepcopy(PLANTED[Kind.SOURCE])
    for tree in secret.values():
        for source in tree["sources"].values():
            source |= {"title": "CANARY", "level": "confidential"}
    item = told_of(secret)
    assert "CANARY" not in str((item.title, item.sides, item.decided))


@pytest.mark.parametrize("stale", [False, True])
def test_what_was_decided_is_told_with_its_key_and_reason(stale: bool) -> None:
    """Also where it is stale, so that a meeting can confirm it; a side that was left without a word is named."""
    item = decided_upon(PLANTED[Kind.RATING], stale=stale, take="cij", dissent=["rjis"], reason="Most trials.")
    assert item.decided == (
        "The side of cij stands (take).",
        "Dissent, printed beside it (dissent): rjis.",
        "Reason: Most trials.",
    )
    left = decided_upon(PLANTED[Kind.RATING], take="cij")
    assert left.decided[1:] == ("Neither taken nor recorded as dissent: rjis.",)
    assert decided_upon(PLANTED[Kind.RATING], value="moderate").decided == (
        "A joint value stands (value): Moderate practice.",
    )
    for shown in (as_worklist([item], say, ("en",)), as_page([item], say, "en", ("en",))):
        assert "Most trials." in shown


def test_the_list_without_anything_open_is_the_minutes() -> None:
    item = decided_upon(PLANTED[Kind.REPLY], keep="both", reason="Two sets of files.")
    minutes = as_worklist([item], say, ("en",))
    for words in ("What was decided", "keep: both", "Two sets of files.", "Which model of the offence?", "Yes. It is."):
        assert words in minutes
    assert "- [ ]" not in minutes
    assert "What was decided" not in as_worklist([told_of(PLANTED[Kind.REPLY])], say, ("en",))
