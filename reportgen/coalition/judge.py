"""What is to be said about decisions: what is open or stale, and what a decision says that can't be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportgen.coalition.build import leaves
from reportgen.coalition.docket import Docket
from reportgen.coalition.model import PROPOSALS, Conflict, Decision, Frame, Kind, Standing
from reportgen.coalition.unite import counting_otherwise
from reportgen.diagnostics import Diagnostic, Related, diagnostic, nearest
from reportgen.marking import N_


def decisions_judged(frame: Frame, docket: Docket, members: set[str]) -> Iterator[Diagnostic]:
    """Report open conflicts, and decisions that are stale, impossible or about nothing.

    Args:
        frame: Where the decisions stand.
        docket: The conflicts that were met.
        members: The members, for names that are misspelt.
    """
    for conflict in docket.conflicts:
        decision = conflict.decision
        place = frame.place("decisions", conflict.id)
        if conflict.standing is Standing.OPEN:
            first, *others = [side.spans[0] for side in conflict.sides]
            related = [Related(span, N_("another side")) for span in others]
            yield diagnostic("RG807", first, related=related, key=conflict.id, count=len(conflict.sides))
        elif conflict.standing is Standing.STALE:
            related = [Related(side.spans[0], N_("a side")) for side in conflict.sides]
            changed = ", ".join(changed_members(conflict))
            yield diagnostic("RG808", place, related=related, key=conflict.id, known=changed)
        if decision is not None and decision.made:
            yield from _impossible(decision, conflict, members)
    for key in docket.orphans():
        yield diagnostic("RG809", frame.place("decisions", key), key=key)


def _assessing(conflict: Conflict) -> set[str]:
    """Return those who assess an article that others say does not apply: their side has no words of its own."""
    return {member for side in conflict.sides if not side.words for member in side.members}


def changed_members(conflict: Conflict) -> list[str]:
    """Return the members on whose words a decision does not rest any more, or not yet, or that are gone."""
    decided = set(conflict.decision.ground) if conflict.decision else set()
    return sorted({piece.rpartition(".")[0] for piece in decided ^ set(conflict.ground)})


def _impossible(decision: Decision, conflict: Conflict, members: set[str]) -> Iterator[Diagnostic]:
    key, place = conflict.id, decision.place()
    ways = decision.ways
    if len(ways) > 1 and not (conflict.kind in PROPOSALS and ways == ("take", "text")):
        yield diagnostic("RG810", place, key=key)
    if ways == ("text",) and conflict.also_differ:
        yield diagnostic("RG816", decision.place("text"), known=", ".join(conflict.also_differ))
    for way in (*ways, *(["dissent"] if decision.dissent else [])):
        if way not in conflict.choices:
            yield diagnostic("RG812", decision.place(way), key=way, known=", ".join(conflict.choices))
    for name, written in (("take", (decision.take,)), ("dissent", decision.dissent)):
        for member in written:
            if conflict.standing is Standing.STALE and member in changed_members(conflict):
                continue  # it has left, or holds this no more: that is why the decision is stale
            if member and member not in conflict.members:
                code = "RG813" if member in members else "RG811"
                known = ", ".join(sorted(conflict.members if code == "RG813" else members))
                suggestion = nearest(member, conflict.members if code == "RG813" else members) or ""
                yield diagnostic(code, decision.place(name), value=member, suggestion=suggestion, known=known)
    if decision.dissent and (
        decision.keep or conflict.members <= set(decision.dissent) or decision.take in decision.dissent
    ):
        yield diagnostic("RG814", decision.place("dissent"), key=key)
    if conflict.kind is Kind.APPLICABILITY and decision.take not in _assessing(conflict):
        for member in sorted(_assessing(conflict) & set(decision.dissent)):
            yield diagnostic("RG824", decision.place("dissent"), value=member)
    if apart := counting_otherwise(conflict):
        yield diagnostic("RG826", decision.place("take"), value=decision.take, known=", ".join(sorted(apart)))
    if not decision.ground:
        yield diagnostic("RG815", place, key=key, value=f"[{', '.join(conflict.ground)}]")


def joint_texts_judged(found: Iterable[Diagnostic], frame: Frame) -> Iterator[Diagnostic]:
    """Tell a source that nobody knows in the joint text of a decision as what it mostly is: that of a member that left.

    Args:
        found: What was found about the merged submission, in which joint texts stand among those of the members.
        frame: Where the decisions stand.
    """
    assert frame.node is not None
    starts = sorted((leaf.span, path) for path, leaf in leaves(frame.node))
    for item in found:
        at = item.span
        if item.code == "RG405" and at and at.file == frame.node.span.file:
            before = [path for span, path in starts if (span.line, span.column) <= (at.line, at.column)]
            path = before[-1] if before else ()
            if path[:1] == ("decisions",):
                yield replace(item, code="RG827", params={**item.params, "key": path[1]})
                continue
        yield item
