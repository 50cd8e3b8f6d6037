"""Conflicts in words, for the terminal, the report and the work-list; what is confidential is only given a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportgen.coalition.build import plain
from reportgen.coalition.judge import changed_members
from reportgen.coalition.model import Conflict, Kind, Side, Standing
from reportgen.diagnostics import Span
from reportgen.diagnostics.render import Translate, visible
from reportgen.marking import N_
from reportgen.submission.model import Agreement, Law, Practice, StateAnswer
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar
from reportgen.submission.words import WORDS

KINDS: Final[dict[Kind, str]] = {
    Kind.APPLICABILITY: N_("Some assess the article, some say it does not apply"),
    Kind.RATING: N_("Ratings that differ: {about}"),
    Kind.STATE: N_("What the State said, told differently: {about}"),
    Kind.REPLY: N_("Opposite answers to the question {about}"),
    Kind.SAME_FINDING: N_("Findings in nearly the same words"),
    Kind.SAME_RECOMMENDATION: N_("Recommendations in nearly the same words"),
    Kind.SAME_NEED: N_("Needs in nearly the same words"),
    Kind.FIGURE: N_("Figures that contradict each other: {scope}, {about}"),
    Kind.STATISTIC: N_("One statistic, described differently: {scope}, {about}"),
    Kind.SOURCE: N_("One source, described differently: {scope}, {about}"),
    Kind.ORGANISATION: N_("One organization, described differently: {scope}, {about}"),
    Kind.ACRONYM: N_("One acronym, two meanings: {scope}"),
    Kind.DATE: N_("Dates of the review that differ: {about}"),
}
_SCALES: Final = {"law": Law, "practice": Practice, "state_answer": StateAnswer, "agree_with_state": Agreement}
_WORDLESS: Final = frozenset({"by", "sources", "level", "voices"})
_GENERAL: Final = N_("Beyond the articles")
_STANDINGS: Final = {
    Standing.OPEN: N_("open"),
    Standing.STALE: N_("decided, but a text has changed since"),
    Standing.DECIDED: N_("decided"),
}


@dataclass(frozen=True, slots=True)
class ToldSide:
    """A side in words.

    Attributes:
        members: Who holds it.
        words: What they hold, a line for each language or key.
        places: File and line of each.
    """

    members: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A conflict in words.

    Attributes:
        conflict: It.
        group: The article it belongs to, or that it belongs to none.
        title: What it is about.
        standing: Whether it is decided.
        sides: What the members hold.
        changed: The members whose change made the decision stale.
    """

    conflict: Conflict
    group: str
    title: str
    standing: str
    sides: tuple[ToldSide, ...]
    changed: tuple[str, ...] = ()


def told(conflicts: Iterable[Conflict], say: Translate, articles: Mapping[str, str], home: str = "") -> list[Told]:
    """Put conflicts into words, by article in the order of ``articles``, then what belongs to none.

    Args:
        conflicts: The conflicts.
        say: Looks a message up in the language of the user.
        articles: The articles with their headings, in the order of the treaties.
        home: The folder of the coalition: places are given from there.
    """
    order = {key: number for number, key in enumerate(articles)}
    ordered = sorted(conflicts, key=lambda one: (order.get(one.scope, len(order)), list(Kind).index(one.kind)))
    return [_told(conflict, say, articles.get(conflict.scope) or say(_GENERAL), home) for conflict in ordered]


def by_group(items: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """Return conflicts that were put into words, by article."""
    return [(group, list(some)) for group, some in groupby(items, key=lambda one: one.group)]


def in_brief(words: str, longest: int) -> str:
    """Return the beginning of some words, cut between two of them, with a sign that there is more."""
    if len(words) <= longest:
        return words
    return words[: longest - 1].rsplit(" ", 1)[0] + " …"


def place_from(span: Span, home: str) -> str:
    """Return file and line of a place as they are found from the folder ``home``."""
    return visible(f"{span.file.removeprefix(home).lstrip('/') if home else span.file}:{span.line}")


def _told(conflict: Conflict, say: Translate, group: str, home: str) -> Told:
    title = say(KINDS[conflict.kind]).format(scope=conflict.scope, about=conflict.about)
    stale = conflict.standing is Standing.STALE
    return Told(
        conflict,
        group,
        visible(title),
        say(_STANDINGS[conflict.standing]),
        tuple(_side(conflict, side, say, home) for side in conflict.sides),
        tuple(changed_members(conflict)) if stale else (),
    )


def _side(conflict: Conflict, side: Side, say: Translate, home: str) -> ToldSide:
    places = tuple(place_from(span, home) for span in side.spans)
    return ToldSide(side.members, tuple(_words(conflict, side, say)), places)


def _words(conflict: Conflict, side: Side, say: Translate) -> list[str]:
    if side.confidential:
        return [say("(confidential: read it at its place)")]
    if conflict.kind is Kind.APPLICABILITY and not side.words:
        return [say("(assesses the article)")]
    if conflict.about in _SCALES and isinstance(side.node, Scalar):
        value = next((one for one in _SCALES[conflict.about] if one.value == side.words), None)
        return [f"{say(WORDS[value])} ({side.words})" if value else visible(side.words)]
    return [visible(line) for line in (_lines(side.node) if side.node else [side.words])]


def _lines(node: Node, key: str = "") -> list[str]:
    """Return a node as lines: a text with its language before it, a part with its keys."""
    if not isinstance(node, Keys):
        return [f"{key}: {plain(node)}" if key else plain(node)]
    shown = {name: entry for name, entry in node.entries.items() if name not in _WORDLESS}
    if len(shown) == 1 and not key:
        (only,) = shown.values()
        if isinstance(only, Keys):
            return _lines(only)
    texts = all(isinstance(entry, Scalar) for entry in shown.values())
    lines: list[str] = []
    for name, entry in shown.items():
        if name in {"original", "made_from"}:
            continue
        path = name if not key or name == "text" or (key == "text" and texts) else f"{key} {name}"
        lines += _lines(entry, path)
    return lines


__all__ = ["KINDS", "Told", "ToldSide", "by_group", "in_brief", "told"]
