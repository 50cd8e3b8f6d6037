"""A draft of a joint report shows every open conflict: where it stands, or, where the text has no such place, in front."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from reportgen.coalition.model import Kind
from reportgen.document.compose import compose
from reportgen.pipeline import check, undecided
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from reportgen.writers.html import render_html
from tests.coalition.coalitions import Tree, merged_of, write_coalition
from tests.coalition.test_conflicts import PLANTED

IN_FRONT = {
    Kind.SOURCE: "Sources that members describe differently, not decided yet: [1]",
    Kind.ORGANISATION: "Organizations that members describe differently, not decided yet: House",
    Kind.STATISTIC: "Statistics that members describe differently, not decided yet: Convictions",
    Kind.ACRONYM: "Acronyms to which members give different meanings, not decided yet: SPS",
    Kind.DATE: "Members give different dates for the review",
}
LISTED = "different"
"""In every sentence of the list in front."""


def shown(folder: Path, kind: Kind, *, final: bool = False, decided: bool = False) -> str:
    """Return the page of a draft in which members differ in one way; what they differ on is cited."""
    trees: dict[str, Tree] = copy.deepcopy(PLANTED[kind])
    for tree in trees.values():
        key = next(iter(tree.get("sources", {"": None})))
        cited = {"text": "Everybody knows the SPS.", "kind": "case", "sources": [key] if key else []}
        if "answers" not in tree:
            tree["answers"] = {"untoc-5": {"law": "partly", "findings": [cited]}}
    decisions = {one.id: {"ground": list(one.ground), "take": "cij"} for one in merged_of(trees).conflicts if decided}
    checked = check(write_coalition(folder, trees, decisions=decisions))
    assert checked.reading.submission
    publication = redact(
        checked.reading.submission, checked.catalogue, Audience.PUBLIC, undecided=undecided(checked.joint)
    )
    return render_html(compose(localise(publication, "en"), checked.catalogue, "en", final=final), "screen")


@pytest.mark.parametrize("kind", Kind)
def test_every_open_conflict_is_seen_in_the_draft(tmp_path: Path, kind: Kind) -> None:
    """Undecided it is marked, or told in front by the name that readers know it by; decided or final it is not."""
    page = shown(tmp_path, kind)
    assert IN_FRONT.get(kind, "Not decided yet") in page
    assert (LISTED in page) == (kind in IN_FRONT)
    for silent in (shown(tmp_path, kind, decided=True), shown(tmp_path, kind, final=True)):
        assert "ot decided yet" not in silent
        assert LISTED not in silent


def test_a_contested_source_is_not_told_as_if_it_were_settled(tmp_path: Path) -> None:
    """In the list of sources of a draft it says so, beside the one description that stands there."""
    told = "[Members describe this source differently; not decided yet.]"
    assert told in shown(tmp_path, Kind.SOURCE)
    assert told not in shown(tmp_path, Kind.SOURCE, decided=True)
    assert told not in shown(tmp_path, Kind.SOURCE, final=True)


def test_what_readers_may_not_know_is_not_listed(tmp_path: Path) -> None:
    """A document above their level stays a number in the list of sources and no more."""
    secret = copy.deepcopy(PLANTED[Kind.SOURCE])
    for tree in secret.values():
        for source in tree["sources"].values():
            source |= {"level": "members", "described_as": "A file"}
        tree["answers"] = {"untoc-5": {"findings": [{"text": "x", "kind": "case", "sources": [*tree["sources"]]}]}}
    checked = check(write_coalition(tmp_path, secret))
    assert checked.reading.submission
    listed = {
        audience: redact(checked.reading.submission, checked.catalogue, audience, undecided=undecided(checked.joint))
        for audience in Audience
    }
    assert listed[Audience.PUBLIC].unsettled is None
    assert listed[Audience.MEMBERS].unsettled
