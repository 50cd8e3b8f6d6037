"""The docket: every conflict is entered here and gets the decision that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reportgen.coalition.model import Aside, Conflict, Decision, Kind, Side, Standing, conflict_id
from reportgen.diagnostics import Span


class Docket:
    """The conflicts of one merge, each with its decision, and what was put aside.

    A decision belongs to the conflict it was made upon, member by member and word by word, whatever its identifier has
    become by what others wrote; else to the conflict of its identifier; else to one in which any member still holds
    what it held. Unless its ground is the whole of the conflict, it is stale.
    """

    def __init__(self, decisions: Mapping[str, Decision]) -> None:
        self.decisions = decisions
        self.conflicts: list[Conflict] = []
        self.aside: list[Aside] = []
        self._free = dict.fromkeys(decisions)
        self._of_ground = {frozenset(decision.ground): key for key, decision in decisions.items() if decision.ground}
        self._of_piece = {piece: key for key, decision in decisions.items() for piece in decision.ground}

    @property
    def free(self) -> tuple[str, ...]:
        """The decisions that belong to no conflict so far."""
        return tuple(self._free)

    def apart(self) -> Docket:
        """Return a docket for a part of the work, which knows what is still free here."""
        other = Docket(self.decisions)
        other._free = dict(self._free)
        return other

    def take_over(self, other: Docket) -> None:
        """Enter what was entered in a docket that began where this one stands."""
        self.conflicts += other.conflicts
        self.aside += other.aside
        self._free = {key: None for key in self._free if key in other._free}

    def enter(
        self, kind: Kind, scope: str, about: str, sides: Iterable[Side], *, known_as: Iterable[str] = ()
    ) -> Conflict:
        """Enter a conflict and return it with what was decided.

        Args:
            kind: What it is about.
            scope: Article, statistic, source or organisation.
            about: What within the scope.
            sides: What the members hold.
            known_as: What it is known by, instead of scope and subject, where the texts of others could change these.
        """
        ordered = tuple(sorted(sides, key=lambda side: (side.members, side.mark)))
        conflict = Conflict(conflict_id(kind, *(known_as or (scope, about))), kind, scope, about, ordered)
        if key := self._decision_of(conflict):
            del self._free[key]
            decision = self.decisions[key]
            conflict = replace(conflict, id=key, decision=decision, standing=_standing(decision, conflict))
        self.conflicts.append(conflict)
        return conflict

    def _decision_of(self, conflict: Conflict) -> str:
        ground = conflict.ground
        likely = (self._of_ground.get(frozenset(ground), ""), conflict.id, *map(self._of_piece.get, ground))
        return next((key for key in likely if key and key in self._free), "")

    def put_aside(self, member: str, key: str, span: Span | None) -> None:
        """Note that something of a member's stands in the joint report neither as its own nor as a voice."""
        self.aside.append(Aside(member, key, span))

    def orphans(self) -> Iterator[str]:
        """Yield the decisions that belong to no conflict."""
        yield from (key for key in self._free if self.decisions[key].made)


def _standing(decision: Decision, conflict: Conflict) -> Standing:
    if not decision.made:
        return Standing.OPEN
    if decision.ground and frozenset(decision.ground) != frozenset(conflict.ground):
        return Standing.STALE
    return Standing.DECIDED
