"""Merging: from the members' submissions and the coalition's decisions to one submission, a pure function.

The same members and decisions give the same result whatever the order of files; merging the result again changes
nothing. Nothing is resolved by order: what differs is a conflict, and stays out or stands beside until it is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.coalition.answers import unite_answers, unite_needs
from reportgen.coalition.build import keys, with_entries
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, is_written
from reportgen.coalition.model import Aside, Decision, Frame, Kind, Member, Merged
from reportgen.coalition.things import (
    named,
    same_organisation,
    same_source,
    same_statistic,
    unite_acronyms,
    unite_organisations,
    unite_sources,
    unite_statistics,
)
from reportgen.coalition.unite import Said, field_united, grouped, listed, side, voice
from reportgen.diagnostics import Diagnostic, diagnostic, nearest
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part

_SETTINGS: Final = ("format", "language", "state", "cluster", "instruments", "period", "report", "review")
_TEXTS: Final = ("summary", "methodology", "process", "context", "cross_cutting", "recent_developments", "disclaimer")
OWN: Final = "coalition"
"""Identifier under which the coalition itself speaks, where coalition.yaml answers anything."""


def merge(frame: Frame, members: Sequence[Member]) -> Merged:
    """Merge.

    Args:
        frame: The coalition's own settings and decisions.
        members: The members that could be read.
    """
    ordered = sorted(members, key=lambda member: member.id)
    docket = Docket(frame.decisions)
    hands = [Hand(member) for member in ordered]
    sources, renamed_sources = named(hands, "sources", same_source)
    organisations, renamed_organisations = named(hands, "organisations", same_organisation)
    statistics, renamed_statistics = named(hands, "statistics", same_statistic)
    hands = [Hand(member, _of(member, renamed_sources), _of(member, renamed_organisations)) for member in ordered]
    at_table = {hand.id: hand for hand in hands}

    def seated(things: dict[str, list[tuple[Hand, Part]]]) -> dict[str, list[tuple[Hand, Part]]]:
        return {name: [(at_table[hand.id], part) for hand, part in said] for name, said in things.items()}

    assert frame.node is not None
    span = frame.node.span
    asides: list[Aside] = []
    collections: dict[str, dict[str, Node]] = {
        "organisations": unite_organisations(seated(organisations), docket),
        "answers": unite_answers(hands, docket),
        "statistics": unite_statistics(seated(statistics), docket),
        "sources": unite_sources(seated(sources), docket),
        "acronyms": unite_acronyms(hands, docket),
    }
    entries: dict[str, Node | None] = {key: frame.node.entries.get(key) for key in _SETTINGS}
    entries["report"] = _report(frame, hands, asides)
    entries["review"] = _review(frame, hands, docket)
    entries |= {name: keys(span, dict(things)) if things else None for name, things in collections.items()}
    entries["technical_assistance"] = listed(unite_needs(hands, docket), span)
    renamed = {
        (member, kind, key): name
        for kind, table in (
            ("sources", renamed_sources),
            ("organisations", renamed_organisations),
            ("statistics", renamed_statistics),
        )
        for (member, key), name in table.items()
    }
    return Merged(
        keys(span, entries, frame.node.keys),
        tuple(sorted(docket.conflicts, key=lambda one: (one.kind.value, one.scope, one.about, one.id))),
        (*_mismatches(frame, hands), *_decisions(frame, docket, {hand.id for hand in hands})),
        tuple(asides),
        renamed,
    )


def _of(member: Member, renamed: dict[tuple[str, str], str]) -> dict[str, str]:
    return {key: name for (owner, key), name in renamed.items() if owner == member.id}


def _report(frame: Frame, hands: Sequence[Hand], asides: list[Aside]) -> Node:
    """Return the coalition's own settings; texts that it has none of its own for are spoken by the members."""
    own = frame.report.node
    assert own is not None
    voices: list[Node] = []
    for hand in hands:
        report = hand.member.submission.report
        if report.node is None or hand.id == OWN:
            continue
        asides += [
            Aside(hand.id, f"report.{key}", report.place(key))
            for key, node in report.node.entries.items()
            if is_written(node) and (key not in _TEXTS or is_written(own.entries.get(key)))
        ]
        whole = hand.member.submission.node
        asides += [
            Aside(hand.id, key, hand.member.submission.place(key))
            for key in _SETTINGS
            if key not in {"report", "review"} and whole is not None and is_written(whole.entries.get(key))
        ]
    for key in _TEXTS:
        if not is_written(own.entries.get(key)):
            said = [
                (hand, report, node)
                for hand in hands
                if (report := hand.member.submission.report).node
                and (node := Said(hand, report, hand.part(report)).entry(key)) is not None
            ]
            for group in sorted(grouped(said), key=lambda group: min(hand.id for hand, _, _ in group)):
                by = sorted({name for hand, _, _ in group for name in hand.voices})
                voices.append(voice(key, side(Kind.REPLY, "report", key, group), by, "paragraph"))
    mine = own.entries.get("voices")
    return with_entries(own, voices=listed([*getattr(mine, "items", ()), *voices], own.span))


def _review(frame: Frame, hands: Sequence[Hand], docket: Docket) -> Node | None:
    """Unite what is known of the review: group, start, milestones; the coalition's own word comes first."""
    assert frame.node is not None
    own = frame.node.entries.get("review")
    said = [
        Said(hand, review, hand.part(review))
        for hand in hands
        if (review := hand.member.submission.review) and review.node
    ]
    if not said:
        return own
    entries: dict[str, Node | None] = {}
    for key in ("group", "start"):
        entries[key] = field_united(docket, Kind.DATE, "review", key, said)
    milestones = [Said(one.hand, one.part, actual) for one in said if isinstance(actual := one.entry("actual"), Keys)]
    names = sorted({name for one in milestones if isinstance(one.node, Keys) for name in one.node.entries})
    reached = {name: field_united(docket, Kind.DATE, "review", name, milestones, f"actual {name}") for name in names}
    entries["actual"] = keys(said[0].node.span, dict(reached)) if reached else None
    if isinstance(own, Keys):
        entries |= dict(own.entries)
    return keys(said[0].node.span, entries)


def _mismatches(frame: Frame, hands: Sequence[Hand]) -> Iterator[Diagnostic]:
    """Report members that write about another State or another cluster."""
    for hand in hands:
        submission = hand.member.submission
        if submission.state.code != frame.state.code:
            yield diagnostic("RG805", submission.place("state"), key=hand.id)
        if submission.cluster != frame.cluster:
            yield diagnostic("RG806", submission.place("cluster"), key=hand.id, count=frame.cluster)


def _decisions(frame: Frame, docket: Docket, members: set[str]) -> Iterator[Diagnostic]:
    """Report open conflicts, and decisions that are stale, unclear or about nothing."""
    for conflict in docket.conflicts:
        decision, place = conflict.decision, frame.place("decisions", conflict.id)
        first = conflict.sides[0].spans[0]
        if conflict.standing.value == "stale":
            yield diagnostic("RG808", place, key=conflict.id)
        elif conflict.standing.value == "open":
            yield diagnostic("RG807", first, key=conflict.id, count=len(conflict.sides))
        if decision is not None and decision.made:
            yield from _unclear(decision, conflict.id, frame, members)
    for key in docket.orphans():
        yield diagnostic("RG809", frame.place("decisions", key), key=key)


def _unclear(decision: Decision, key: str, frame: Frame, members: set[str]) -> Iterator[Diagnostic]:
    if sum(bool(choice) for choice in (decision.take, decision.text, decision.value, decision.keep)) > 1:
        yield diagnostic("RG810", frame.place("decisions", key), key=key)
    for name, written in (("take", (decision.take,)), ("dissent", decision.dissent)):
        for member in written:
            if member and member not in members:
                place = decision.place(name)
                yield diagnostic(
                    "RG811",
                    place,
                    value=member,
                    suggestion=nearest(member, members) or "",
                    known=", ".join(sorted(members)),
                )
