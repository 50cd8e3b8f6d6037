"""Three-way updates: what a member changed since the last merge, and which decisions that touches.

After each merge a snapshot is kept of what each member had written. Of confidential parts it keeps the fingerprint alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportgen.coalition.build import leaves, plain
from reportgen.coalition.hand import is_written
from reportgen.coalition.model import Member, Merged, mark
from reportgen.coalition.told import in_brief, place_from
from reportgen.diagnostics.render import visible
from reportgen.languages.pairs import ISO_639_1
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar
from reportgen.submission.nodes import Sequence as Items

FORMAT: Final = 1
_LIKE: Final = 50.0
"""From this similarity on (0 to 100) an entry of a list counts as changed, and not as another one."""
_SHOWN: Final = 160


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a member wrote.

    Attributes:
        path: Its keys, joined by dots; entries of a list share one.
        mark: Its fingerprint.
        words: Its words; ``None`` where it is confidential.
        place: File and line.
    """

    path: str
    mark: str
    words: str | None
    place: str

    @property
    def article(self) -> str:
        """The article it belongs to, if to one."""
        steps = self.path.split(".", 2)
        return steps[1] if steps[0] == "answers" else ""

    @property
    def key(self) -> str:
        """What it is within the article."""
        return self.path.split(".", 2)[2] if self.article else self.path


@dataclass(frozen=True, slots=True)
class Change:
    """What one member changed: ``before`` is ``None`` where it is new, ``after`` where it is gone."""

    member: str
    before: Unit | None
    after: Unit | None

    @property
    def unit(self) -> Unit:
        """The thing as it is now, or as it was last."""
        unit = self.after or self.before
        assert unit is not None
        return unit


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What stood in the members' files at a merge, and how far each conflict was settled."""

    members: dict[str, tuple[Unit, ...]]
    conflicts: dict[str, str]


def snapshot(members: Sequence[Member], merged: Merged, home: str = "") -> Snapshot:
    """Take a snapshot; places are given from the folder ``home``."""
    return Snapshot(
        {member.id: tuple(_units(member, home)) for member in sorted(members, key=lambda one: one.id)},
        {conflict.id: conflict.standing.value for conflict in merged.conflicts},
    )


def to_json(one: Snapshot) -> str:
    """Write a snapshot; the same snapshot gives the same bytes."""
    members = {name: [[u.path, u.mark, u.words, u.place] for u in units] for name, units in one.members.items()}
    record = {"format": FORMAT, "members": members, "conflicts": one.conflicts}
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> Snapshot | None:
    """Read a snapshot; ``None`` where it is damaged or of another version."""
    try:
        record: Any = json.loads(text)
        if record["format"] != FORMAT:
            return None
        members = {name: tuple(_unit(*unit) for unit in units) for name, units in record["members"].items()}
        return Snapshot(members, {key: str(value) for key, value in record["conflicts"].items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _unit(path: str, fingerprint: str, words: str | None, place: str) -> Unit:
    if not all(isinstance(item, str) for item in (path, fingerprint, words or "", place)):
        raise TypeError
    return Unit(path, fingerprint, words, place)


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return what changed, by article, then by member; of members that came or went nothing is listed."""
    found = [
        change
        for member in sorted(before.members.keys() & after.members.keys())
        for change in _of_member(member, before.members[member], after.members[member])
    ]
    return sorted(found, key=lambda one: (one.unit.article == "", one.unit.article, one.member))


def in_short(words: str | None) -> str:
    """Return the beginning of some words, safe to print; dots where they are confidential."""
    return "…" if words is None else in_brief(visible(words), _SHOWN)


def _of_member(member: str, before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Change]:
    gone = list((Counter(_sign(unit) for unit in before) - Counter(_sign(unit) for unit in after)).elements())
    new = list((Counter(_sign(unit) for unit in after) - Counter(_sign(unit) for unit in before)).elements())
    old_units, new_units = _taken(before, gone), _taken(after, new)
    for unit in new_units:
        earlier = _earlier(unit, old_units)
        if earlier:
            old_units.remove(earlier)
        yield Change(member, earlier, unit)
    for unit in old_units:
        yield Change(member, unit, None)


def _sign(unit: Unit) -> tuple[str, str]:
    return unit.path, unit.mark


def _taken(units: Sequence[Unit], signs: list[tuple[str, str]]) -> list[Unit]:
    wanted = Counter(signs)
    taken = []
    for unit in units:
        if wanted[_sign(unit)]:
            wanted[_sign(unit)] -= 1
            taken.append(unit)
    return taken


def _earlier(unit: Unit, gone: Sequence[Unit]) -> Unit | None:
    """Return what a unit was before: that of the same path, of a list the one that is most like it."""
    from rapidfuzz import fuzz

    same = [one for one in gone if one.path == unit.path]
    if not unit.path.endswith("[]"):
        return same[0] if same else None
    like = [(fuzz.ratio(one.words or "", unit.words or ""), -number) for number, one in enumerate(same)]
    best = max(like, default=(0.0, 0))
    return same[-best[1]] if best[0] >= _LIKE else None


def _units(member: Member, home: str) -> Iterator[Unit]:
    root, lines = member.submission.node, member.reading.confidential
    for path, node in _things(root, ()) if root else ():
        secret = any((leaf.span.file, leaf.span.line) in lines for _, leaf in leaves(node))
        words = plain(node)
        yield Unit(".".join(path), mark(words), None if secret else words, place_from(node.span, home))


def _things(node: Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield what is told as one thing: a value, a text in its languages, a list of words, an entry of a list."""
    if not is_written(node):
        return
    if isinstance(node, Scalar) or _is_text(node):
        yield path, node
    elif isinstance(node, Items):
        if all(isinstance(item, Scalar) for item in node.items):
            yield path, node
        else:
            yield from (((*path, "[]"), item) for item in node.items if is_written(item))
    elif isinstance(node, Keys):
        for key, entry in node.entries.items():
            yield from _things(entry, (*path, key))


def _is_text(node: Node) -> bool:
    return isinstance(node, Keys) and all(
        (key in ISO_639_1 or key in {"original", "made_from"}) and isinstance(entry, Scalar)
        for key, entry in node.entries.items()
    )
