"""The docket: every conflict is entered here and gets the decision that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reportgen.coalition.model import Conflict, Decision, Kind, Side, Standing, conflict_id


class Docket:
    """The conflicts of one merge, each with its decision.

    A decision belongs to the conflict of its identifier; where that is gone because a text was changed, to the one that
    has a side of its ground. Such a decision, and any whose ground is no longer the whole of the conflict, is stale.
    """

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self.decisions = decisions
        self.conflicts: list[Conflict] = []
        self._of_ground: dict[str, str] = {}
        for key, decision in decisions.items():
            self._of_ground.update(dict.fromkeys(decision.ground.split("-"), key))
        self._of_ground.pop("", None)

    def enter(self, kind: Kind, scope: str, about: str, sides: Iterable[Side], *, of_text: bool = False) -> Conflict:
        """Enter a conflict and return it with what was decided.

        Args:
            kind: What it is about.
            scope: Article, statistic, source or organisation.
            about: What within the scope.
            sides: What the members hold.
            of_text: Whether it is known by its texts alone, having no place of its own, such as two findings.
        """
        ordered = tuple(sorted(sides, key=lambda side: (side.members, side.mark)))
        identity = sorted(side.mark for side in ordered) if of_text else [about]
        conflict = Conflict(conflict_id(kind, scope, *identity), kind, scope, about, ordered)
        key = conflict.id if conflict.id in self.decisions else self._adopted(conflict)
        if key:
            decision = self.decisions[key]
            conflict = replace(conflict, id=key, decision=decision, standing=_standing(decision, conflict))
        self.conflicts.append(conflict)
        return conflict

    def _adopted(self, conflict: Conflict) -> str:
        return next((self._of_ground[piece] for piece in conflict.ground.split("-") if piece in self._of_ground), "")

    def orphans(self) -> Iterator[str]:
        """Yield the decisions that belong to no conflict."""
        known = {conflict.id for conflict in self.conflicts}
        yield from (key for key, decision in self.decisions.items() if key not in known and decision.made)


def _standing(decision: Decision, conflict: Conflict) -> Standing:
    if not decision.made:
        return Standing.OPEN
    if decision.ground and decision.ground != conflict.ground:
        return Standing.STALE
    return Standing.DECIDED
