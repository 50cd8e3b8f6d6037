"""What a coalition is: its own settings, its members, the conflicts between them, and what was decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from reportgen.coalition.build import plain
from reportgen.diagnostics import Diagnostic, Span
from reportgen.languages.pairs import Text
from reportgen.submission import nodes
from reportgen.submission.kinds import DAY, TEXT, WORD, Day, one_of
from reportgen.submission.model import Form, Submission
from reportgen.submission.parts import IDS, Part, keyed, listed, optional, part, required
from reportgen.submission.reading import Reading

OWN: Final = "coalition"
"""Identifier under which the coalition itself speaks, for what coalition.yaml says beside its settings."""


class Keep(Enum):
    """Keeping every side, each with its name."""

    BOTH = "both"


class NamedAs(Enum):
    """How an organisation agreed to appear among those that endorse the report."""

    NAMED = "named"
    DESCRIBED = "described"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, kw_only=True, eq=False)
class Decision(Part):
    """What the coalition decided about one conflict: take one side, say it together, or keep both; with or without dissent."""

    ground: tuple[str, ...] = optional(
        IDS, "What was decided upon, as the list of conflicts gives it; it tells a stale decision.", ()
    )
    take: str | None = optional(WORD, "The member whose side stands.", None)
    text: Text | None = optional(TEXT, "A joint text in place of all sides.", None)
    value: str | None = optional(WORD, "A joint rating, figure or date in place of all sides.", None)
    keep: Keep | None = optional(one_of(Keep), "Every side stands, each with its name.", None)
    dissent: tuple[str, ...] = optional(IDS, "Members that do not join; their side is printed beside the decision.", ())
    form: Form = optional(one_of(Form), "How their side is printed: footnote or box.", Form.FOOTNOTE, key="as")
    reason: Text | None = optional(TEXT, "Why, for the coalition's own record; never printed.", None)

    @property
    def ways(self) -> tuple[str, ...]:
        """The keys by which it decides."""
        return tuple(way for way in ("take", "text", "value", "keep") if getattr(self, way))

    @property
    def made(self) -> bool:
        """Whether anything was decided: the skeleton comes with empty keys."""
        return bool(self.ways)


@dataclass(frozen=True, kw_only=True, eq=False)
class SignOff(Part):
    """A member's consent to one version of the report in one language."""

    member: str = required(WORD, "The member.")
    version: str = required(WORD, "Version of the report it read.")
    language: str = required(WORD, "Language in which it read it.")
    date: Day = required(DAY, "When it agreed.")
    content: str = required(WORD, "Hash of what it read, as “reportgen status” shows it.")
    named: NamedAs = optional(one_of(NamedAs), "How it agreed to be listed.", NamedAs.NAMED)
    withdrawn: Day | None = optional(DAY, "The day on which it took back this agreement and all before it.", None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame(Submission):
    """``coalition.yaml``: settings of the report as in any submission, the members, their decisions, their sign-off."""

    members: tuple[str, ...] = required(IDS, "The members' submissions: a file or folder a line.")
    decisions: Mapping[str, Decision] = optional(keyed(part(Decision)), "What was decided, by conflict.", {})
    sign_off: tuple[SignOff, ...] = optional(listed(part(SignOff)), "Who agreed to what.", ())


@dataclass(frozen=True, slots=True)
class Member:
    """One member with what it sent.

    Attributes:
        id: Name of its file or folder, without ending.
        path: As written in ``coalition.yaml``.
        reading: What was read.
    """

    id: str
    path: str
    reading: Reading

    @property
    def submission(self) -> Submission:
        """Its submission; only members that could be read are merged."""
        assert self.reading.submission is not None
        return self.reading.submission


class Kind(Enum):
    """What a conflict is about."""

    APPLICABILITY = "applicability"
    RATING = "rating"
    STATE = "state"
    REPLY = "reply"
    SAME_FINDING = "same_finding"
    SAME_RECOMMENDATION = "same_recommendation"
    SAME_NEED = "same_need"
    FIGURE = "figure"
    STATISTIC = "statistic"
    SOURCE = "source"
    ORGANISATION = "organisation"
    ACRONYM = "acronym"
    DATE = "date"


_BESIDE: Final = ("dissent", "as")
_OF_TEXT: Final = frozenset({Kind.REPLY, Kind.SAME_FINDING, Kind.SAME_RECOMMENDATION, Kind.SAME_NEED})
_OF_VALUE: Final = frozenset({Kind.RATING, Kind.STATE, Kind.FIGURE})
PROPOSALS: Final = frozenset({Kind.SAME_FINDING, Kind.SAME_RECOMMENDATION, Kind.SAME_NEED})
"""Not contradictions: things so alike that the coalition is asked whether they are one."""


class Standing(Enum):
    """How far a conflict is settled."""

    OPEN = "open"
    STALE = "stale"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Side:
    """What one or several members hold in a conflict.

    Attributes:
        members: Those that hold it, sorted.
        words: What they hold, in words for the list of conflicts; withheld where it is confidential.
        mark: Fingerprint of it.
        spans: Where each wrote it.
        node: What stands in the merged submission if this side is taken.
        confidential: Whether the words may not be shown.
        pieces: For each member, its name and the fingerprint of what it wrote, as the ground of a decision names it.
        whole: All that each wrote there.
        grounds: What its members give as their reasons, each with the member; nothing confidential.
    """

    members: tuple[str, ...]
    words: str
    mark: str
    spans: tuple[Span, ...]
    node: nodes.Node | None = None
    confidential: bool = False
    pieces: tuple[str, ...] = ()
    whole: tuple[nodes.Node, ...] = ()
    grounds: tuple[tuple[str, nodes.Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members that differ, or that say the same in nearly the same words.

    Attributes:
        id: Stable: from the kind and the place in the report, never from order or number.
        kind: What it is about.
        scope: Article, statistic, source or organisation it belongs to.
        about: What within the scope: a question, a series and year, a key.
        sides: What they hold, in an order that depends on it alone.
        decision: What was decided, if anything.
        standing: Open, decided, or decided on a ground that has changed.
    """

    id: str
    kind: Kind
    scope: str
    about: str
    sides: tuple[Side, ...]
    decision: Decision | None = None
    standing: Standing = Standing.OPEN

    @property
    def ground(self) -> tuple[str, ...]:
        """What a decision about it rests upon: each member with the fingerprint of what it holds."""
        return tuple(sorted(piece for side in self.sides for piece in side.pieces))

    @property
    def choices(self) -> tuple[str, ...]:
        """The keys of a decision that fit it."""
        if self.kind is Kind.APPLICABILITY:
            return ("take", "keep", *_BESIDE)
        if self.kind in _OF_TEXT:
            return ("take", "text", "keep", *_BESIDE)
        if self.kind in _OF_VALUE:
            return ("take", "value", "keep", *_BESIDE)
        return ("take", "text" if isinstance(self.sides[0].node, nodes.Mapping) else "value")

    @property
    def also_differ(self) -> tuple[str, ...]:
        """Of things so alike that they may be one: the keys beside their text in which they differ."""
        nodes_ = [side.node.entries for side in self.sides if isinstance(side.node, nodes.Mapping)]
        if self.kind not in PROPOSALS:
            return ()
        found = {key: {plain(entries.get(key)) for entries in nodes_} for entries in nodes_ for key in entries}
        return tuple(sorted(key for key, said in found.items() if len(said) > 1 and key not in {"text", "need"}))

    @property
    def confidential(self) -> bool:
        """Whether any side may not be shown."""
        return any(side.confidential for side in self.sides)

    @property
    def left(self) -> tuple[str, ...]:
        """Those whose side a decision takes out without recording it as a dissent."""
        decision = self.settled
        if decision is None or decision.take is None or decision.text is not None or self.kind in PROPOSALS:
            return ()
        out = {member for side in self.sides if decision.take not in side.members for member in side.members}
        return tuple(sorted(out - {*decision.dissent}))

    @property
    def members(self) -> frozenset[str]:
        """All who hold a side."""
        return frozenset(member for side in self.sides for member in side.members)

    @property
    def settled(self) -> Decision | None:
        """The decision, where there is one that still holds and that fits."""
        decision = self.decision if self.standing is Standing.DECIDED else None
        return decision if decision and all(way in self.choices for way in decision.ways) else None


@dataclass(frozen=True, slots=True)
class Merged:
    """One submission made of many.

    Attributes:
        root: It, as YAML with the places of the members' own lines.
        conflicts: All conflicts, settled or not.
        found: Problems of merging.
        aside: What is in neither the submission nor a conflict: a member's own title, what a decision took out.
        renamed: New identifier by member, kind of thing and its own identifier.
    """

    root: nodes.Mapping
    conflicts: tuple[Conflict, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    aside: tuple[Aside, ...] = ()
    renamed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aside:
    """Something of a member's that the joint report replaces by the coalition's own."""

    member: str
    key: str
    span: Span | None


def mark(words: str) -> str:
    """Return a short fingerprint; spacing does not count."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]


def conflict_id(kind: Kind, *identity: str) -> str:
    """Return the identifier of a conflict from what it is about."""
    return f"c-{mark(' | '.join((kind.value, *identity)))}"
