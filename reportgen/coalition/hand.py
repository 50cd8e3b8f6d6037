"""What one member brings to the table: its parts, with identifiers and languages made fit to stand beside those of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from reportgen.coalition.build import as_text, keys, recited, repictured, rewritten, with_entries, words
from reportgen.coalition.model import Kind, Member
from reportgen.submission.kinds import NAME, TEXT
from reportgen.submission.model import Level
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence, unwritten
from reportgen.submission.parts import FIGURES, Part, declared_fields


@dataclass(frozen=True)
class Hand:
    """A member at the table.

    Attributes:
        member: The member.
        sources: New identifier of each of its sources.
        organisations: New identifier of each of its organisations.
        statistics: New identifier of each of its statistics.
    """

    member: Member
    sources: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    statistics: Mapping[str, str] = field(default_factory=dict)
    _made: dict[int, Keys] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The member's identifier."""
        return self.member.id

    @property
    def language(self) -> str:
        """Language of its plain texts."""
        return self.member.submission.language

    @property
    def voices(self) -> tuple[str, ...]:
        """The organisations that speak through it."""
        return tuple(self.organisations.values())

    def shown(self, part: Part) -> bool:
        """Whether the words of ``part`` may stand in messages and lists."""
        node, lines = part.node, self.member.reading.confidential
        return node is None or (node.span.file, node.span.line) not in lines

    def knows(self, part: Part) -> tuple[object, ...]:
        """Return all that decides, beside the part itself, how ``part`` comes to the table."""
        file = part.node.span.file if part.node else ""
        lines = frozenset(line for name, line in self.member.reading.confidential if name == file)
        return self.id, self.language, self.folder, self.sources, self.organisations, self.statistics, lines

    @property
    def folder(self) -> str:
        """Where its images lie, from the folder of the coalition."""
        path = PurePosixPath(self.member.path)
        home = path.parent if path.suffix.casefold() in {".yaml", ".yml"} else path
        return "" if str(home) == "." else home.as_posix()

    def text(self, node: Node) -> Node:
        """Return a text fit to stand beside those of others."""
        place = self.folder
        return as_text(rewritten(node, lambda text: repictured(recited(text, self.sources), place)), self.language)

    def part(self, part: Part, **more: Node | None) -> Keys:
        """Return a part as it is to be merged; ``more`` is put in its place, or taken out."""
        made = self._made.get(id(part))
        if made is None:
            made = self._made[id(part)] = self._part(part)
        return with_entries(made, **more) if more else made

    def beside(self, part: Part) -> tuple[Node, ...]:
        """Return the voices that the member itself wrote beside a part, each with who speaks."""
        return self._listed(part, "voices")

    def notes(self, part: Part) -> tuple[Node, ...]:
        """Return the remarks beside a part, for those who write."""
        return self._listed(part, "notes")

    def _listed(self, part: Part, key: str) -> tuple[Node, ...]:
        items = self.part(part).entries.get(key)
        return items.items if isinstance(items, Sequence) else ()

    def own(self, kind: Kind, scope: str) -> str:
        """Return what the member itself calls the thing that is called ``scope`` in the joint report."""
        known = {
            Kind.SOURCE: self.sources,
            Kind.ORGANISATION: self.organisations,
            Kind.STATISTIC: self.statistics,
            Kind.FIGURE: self.statistics,
        }.get(kind)
        return scope if known is None else " ".join(sorted(key for key, name in known.items() if name == scope))

    def _part(self, part: Part) -> Keys:
        assert part.node is not None
        entries: dict[str, Node | None] = {}
        for key, (name, kind, _) in declared_fields(type(part)).items():
            written = part.node.entries.get(key)
            if written is not None and (kind is FIGURES or not unwritten(written)):
                entries[key] = self._entry(key, written, getattr(part, name), of_text=kind in (NAME, TEXT))
        return keys(part.node.span, entries, part.node.keys)

    def _entry(self, key: str, written: Node, value: Any, *, of_text: bool) -> Node:
        if of_text:
            return self.text(written)
        if key in {"sources", "by"}:
            renamed = self.sources if key == "sources" else self.organisations
            return words((renamed.get(item, item) for item in value), written.span)
        if (
            isinstance(written, Keys)
            and isinstance(value, Mapping)
            and any(isinstance(x, Part) for x in value.values())
        ):
            made = {step: self.part(child) for step, child in value.items() if isinstance(child, Part)}
            return keys(written.span, dict(made), written.keys)
        if isinstance(value, tuple) and value and isinstance(value[0], Part):
            spoken = key == "voices"
            return Sequence(
                tuple(self.part(child, by=self.by(child)) if spoken else self.part(child) for child in value),
                written.span,
            )
        return written

    def by(self, part: Part) -> Node:
        """Return who stands behind ``part``: those it names, else all organisations of the member."""
        assert part.node is not None
        return words(self.speakers(part), part.node.span)

    def speakers(self, part: Part) -> tuple[str, ...]:
        """Return the organisations behind ``part``."""
        return tuple(self.organisations.get(key, key) for key in getattr(part, "by", ())) or self.voices


def strictest(*levels: Level) -> Level:
    """Return the highest of several levels: what one member keeps back nobody publishes."""
    return max(levels, key=lambda level: level.rank)


def is_written(node: Node | None) -> bool:
    """Whether there is anything at a place."""
    return node is not None and not (isinstance(node, Scalar) and node.missing) and not unwritten(node)
