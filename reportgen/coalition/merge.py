"""Merging: from the members' submissions and the coalition's decisions to one submission, a pure function.

The same members and decisions give the same result whatever the order of files; merging the result again changes
nothing. Nothing is resolved by order: what differs is a conflict, and stays out or stands beside until it is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reportgen.coalition.answers import unite_answers, unite_needs
from reportgen.coalition.build import keys, with_entries
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, is_written
from reportgen.coalition.judge import decisions_judged
from reportgen.coalition.model import OWN, Frame, Kind, Member, Merged
from reportgen.coalition.protection import unite_images, unite_protection
from reportgen.coalition.statistics import same_statistic, statistics_apart, unite_statistics
from reportgen.coalition.things import (
    named,
    same_organisation,
    same_source,
    unite_acronyms,
    unite_organisations,
    unite_sources,
)
from reportgen.coalition.unite import Said, field_united, grouped, listed, side, voice
from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.submission.confidential import confidential_lines
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part
from reportgen.submission.reading import Reading

_SETTINGS: Final = ("format", "language", "state", "cluster", "instruments", "period", "report", "review")
_COLLECTIONS: Final = ("organisations", "answers", "statistics", "sources", "technical_assistance", "acronyms")
_TEXTS: Final = ("summary", "methodology", "process", "context", "cross_cutting", "recent_developments", "disclaimer")


def merge(frame: Frame, members: Sequence[Member]) -> Merged:
    """Merge.

    Args:
        frame: The coalition's own settings and decisions.
        members: The members that could be read.
    """
    chair = Member(OWN, "", Reading(frame, confidential=confidential_lines(frame.node)))
    speaks = any(getattr(frame, name) for name in _COLLECTIONS)
    ordered = sorted([*members, chair] if speaks else members, key=lambda member: member.id)
    docket = Docket(frame.decisions)
    hands = [Hand(member) for member in ordered]
    sources, renamed_sources = named(hands, "sources", same_source)
    organisations, renamed_organisations = named(hands, "organisations", same_organisation)
    statistics, renamed_statistics = named(hands, "statistics", same_statistic)
    at_table = {
        member.id: Hand(
            member,
            _of(member, renamed_sources),
            _of(member, renamed_organisations),
            _of(member, renamed_statistics),
        )
        for member in [chair, *ordered]
    }
    hands = [at_table[member.id] for member in ordered]

    def seated(things: dict[str, list[tuple[Hand, Part]]]) -> dict[str, list[tuple[Hand, Part]]]:
        return {name: [(at_table[hand.id], part) for hand, part in said] for name, said in things.items()}

    assert frame.node is not None
    span = frame.node.span
    collections: dict[str, dict[str, Node]] = {
        "organisations": unite_organisations(seated(organisations), docket),
        "answers": unite_answers(hands, docket),
        "statistics": unite_statistics(seated(statistics), docket),
        "sources": unite_sources(seated(sources), docket),
        "acronyms": unite_acronyms(hands, docket),
    }
    entries: dict[str, Node | None] = {key: frame.node.entries.get(key) for key in _SETTINGS}
    entries["report"] = _report(at_table[OWN], hands, docket)
    entries["review"] = _review(frame, hands, docket)
    entries |= {name: keys(span, dict(things)) if things else None for name, things in collections.items()}
    entries["technical_assistance"] = listed(unite_needs(hands, docket), span)
    entries["protection"] = unite_protection([at_table[OWN], *(hand for hand in hands if hand.id != OWN)])
    entries["images"] = unite_images([at_table[OWN], *(hand for hand in hands if hand.id != OWN)], span)
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
        (
            *_mismatches(frame, hands),
            *statistics_apart(statistics),
            *decisions_judged(frame, docket, {hand.id for hand in hands}),
        ),
        tuple(docket.aside),
        renamed,
    )


def _of(member: Member, renamed: dict[tuple[str, str], str]) -> dict[str, str]:
    return {key: name for (owner, key), name in renamed.items() if owner == member.id}


def _report(chair: Hand, hands: Sequence[Hand], docket: Docket) -> Node:
    """Return the coalition's own settings; texts that it has none of its own for are spoken by the members."""
    frame = chair.member.submission
    own = chair.part(frame.report)
    voices: list[Node] = [*chair.beside(frame.report)]
    members = [hand for hand in hands if hand.id != OWN]
    for hand in members:
        submission = hand.member.submission
        voices += hand.beside(submission.report)
        for key, written in submission.report.node.entries.items() if submission.report.node else ():
            if is_written(written) and key != "voices" and (key not in _TEXTS or key in own.entries):
                docket.put_aside(hand.id, f"report.{key}", submission.report.place(key))
        for key in _SETTINGS:
            if key not in {"report", "review"} and submission.node and is_written(submission.node.entries.get(key)):
                docket.put_aside(hand.id, key, submission.place(key))
    for key in _TEXTS:
        if key in own.entries:
            continue
        said = [
            (hand, hand.member.submission.report, node)
            for hand in members
            if (node := hand.part(hand.member.submission.report).entries.get(key)) is not None
        ]
        for group in grouped(said):
            by = sorted({name for hand, _, _ in group for name in hand.voices})
            voices.append(voice(key, side(Kind.REPLY, "report", key, group), by, "paragraph"))
    return with_entries(own, voices=listed(voices, own.span))


def _review(frame: Frame, hands: Sequence[Hand], docket: Docket) -> Node | None:
    """Unite what is known of the review: group, start, milestones; the coalition's own word comes first."""
    assert frame.node is not None
    own = frame.node.entries.get("review")
    known = own if isinstance(own, Keys) else keys(frame.node.span, {})
    passed = known.entries.get("actual")
    reached: Mapping[str, Node] = passed.entries if isinstance(passed, Keys) else {}
    said = [
        Said(hand, review, hand.part(review))
        for hand in hands
        if hand.id != OWN and (review := hand.member.submission.review) and review.node
    ]
    milestones = [Said(one.hand, one.part, actual) for one in said if isinstance(actual := one.entry("actual"), Keys)]
    entries: dict[str, Node | None] = {}
    for key in ("group", "start"):
        entries[key] = _settled(docket, known.entries, key, said, "review")
    names = sorted({*reached, *(name for one in milestones if isinstance(one.node, Keys) for name in one.node.entries)})
    dates: dict[str, Node | None] = {
        name: _settled(docket, reached, name, milestones, "review.actual") for name in names
    }
    entries["actual"] = keys(known.span, dates) if dates else None
    whole = keys(known.span, entries, known.keys)
    return whole if whole.entries else None


def _settled(docket: Docket, own: Mapping[str, Node], key: str, said: Sequence[Said], place: str) -> Node | None:
    """Return what the coalition itself says, and put aside what others say; else what they say, united."""
    if not is_written(own.get(key)):
        about = key if place == "review" else f"actual {key}"
        return field_united(docket, Kind.DATE, "review", key, said, about)
    for one in said:
        if (node := one.entry(key)) is not None:
            docket.put_aside(one.hand.id, f"{place}.{key}", node.span)
    return own[key]


def _mismatches(frame: Frame, hands: Sequence[Hand]) -> Iterator[Diagnostic]:
    """Report members that write about another State or another cluster."""
    for hand in hands:
        submission = hand.member.submission
        if submission.state.code != frame.state.code:
            yield diagnostic("RG805", submission.place("state"), key=hand.id)
        if submission.cluster != frame.cluster:
            yield diagnostic("RG806", submission.place("cluster"), key=hand.id, count=frame.cluster)
