"""Uniting one thing that several members wrote: the same stays once, what differs becomes a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from reportgen.coalition.build import keys, plain, scalar, uncited, words
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, is_written
from reportgen.coalition.model import PROPOSALS, Conflict, Decision, Kind, Side, mark
from reportgen.diagnostics import Span
from reportgen.submission import nodes
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part

_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_DATES: Final = frozenset({"date", "start"})
_NAMES: Final = frozenset({"title", "author", "publisher", "location", "region", "unit", "label", "name", "meaning"})
"""What a thing is called; who gives it in English does not contradict who gives it in French."""
_OF_TRANSLATION: Final = frozenset({"original", "made_from"})
"""Keys that say which version came first: where members differ in that, neither was made from the other."""


@dataclass(frozen=True)
class Said:
    """What one member wrote of something.

    Attributes:
        hand: The member.
        part: The part, for its level and its place.
        node: The part as it is to be merged.
    """

    hand: Hand
    part: Part
    node: Node

    def entry(self, key: str) -> Node | None:
        """Return one entry of the part, where it is written."""
        node = self.node.entries.get(key) if isinstance(self.node, Keys) else None
        return node if is_written(node) else None


def side(kind: Kind, scope: str, about: str, said: Sequence[tuple[Hand, Part, Node]], *, whole: bool = False) -> Side:
    """Return the side of those who wrote the same; ``whole`` where their parts are in conflict and not a field of them."""
    text = plain(said[0][2])
    unchanging = uncited(text)

    def marked(place: str) -> str:
        return mark(f"{kind.value} | {place} | {about} | {unchanging}")

    return Side(
        tuple(sorted({hand.id for hand, _, _ in said})),
        text,
        marked(scope),
        tuple(node.span for _, _, node in said),
        said[0][2],
        confidential=not all(hand.shown(part) for hand, part, _ in said),
        pieces=tuple(sorted({f"{hand.id}.{marked(hand.own(kind, scope))}" for hand, _, _ in said})),
        whole=tuple(hand.part(part) if whole else node for hand, part, node in said),
    )


def grouped(said: Iterable[tuple[Hand, Part, Node]]) -> list[list[tuple[Hand, Part, Node]]]:
    """Group what was written by its words, in an order that depends on the words alone."""
    groups: dict[str, list[tuple[Hand, Part, Node]]] = {}
    for hand, part, node in said:
        groups.setdefault(plain(node), []).append((hand, part, node))
    return [groups[text] for text in sorted(groups)]


def texts_united(written: Sequence[Node], *, apart: bool = False) -> Node | None:
    """Return one text of several that agree in every language they share; ``None`` where they do not.

    Args:
        written: The texts.
        apart: Whether texts that share no language are one: the name of a thing in two languages is.
    """
    if len({plain(node) for node in written}) == 1:
        return written[0]
    if not all(isinstance(node, Keys) for node in written):
        return None
    versions: dict[str, Node] = {}
    places: dict[str, Span] = {}
    for node in written:
        assert isinstance(node, Keys)
        for key, entry in node.entries.items():
            known = versions.setdefault(key, entry)
            places.setdefault(key, node.keys[key])
            if plain(known) != plain(entry) and key not in _OF_TRANSLATION:
                return None
    shared = set.intersection(*({*node.entries} for node in written if isinstance(node, Keys)))
    originals = {
        plain(one): one for node in written if isinstance(node, Keys) and (one := node.entries.get("original"))
    }
    if len(originals) > 1:
        versions = {key: node for key, node in versions.items() if key not in _OF_TRANSLATION}
        versions["original"] = originals[min(originals)]
    elif apart and not originals and len(versions) > 1:
        versions["original"] = scalar(min(versions), written[0].span)
    return keys(written[0].span, versions, places) if apart or shared - _OF_TRANSLATION else None


def field_united(
    docket: Docket, kind: Kind, scope: str, key: str, said: Sequence[Said], about: str = ""
) -> Node | None:
    """Unite one field: what all who wrote it say, what was decided, or, as a conflict, the first by its words.

    Nothing is ever left out for want of a decision where the thing could not stand without it, such as a title.
    """
    there = [(one.hand, one.part, node) for one in said if (node := one.entry(key)) is not None]
    if not there:
        return None
    if (united := texts_united([node for _, _, node in there], apart=key in _NAMES)) is not None:
        return united
    groups = grouped(there)
    if (fuller := _fuller(key, [group[0][2] for group in groups])) is not None:
        for hand, _, node in there:
            if plain(node) != plain(fuller):
                docket.put_aside(hand.id, f"{hand.own(kind, scope)}.{key}", node.span)
        return fuller
    about = about or key
    first = said[0].hand
    conflict = docket.enter(
        kind,
        scope,
        about,
        [side(kind, scope, about, group) for group in groups],
        known_as=(first.id, first.own(kind, scope), about),
    )
    chosen = decided(conflict.settled, conflict.sides)
    return chosen if chosen is not None else groups[0][0][2]


def _fuller(key: str, written: Sequence[Node]) -> Node | None:
    """Return the one that says most, where all say the same: an address with ``https``, a date to the day.

    A page that several have read is there as of the last of them.
    """
    texts = [plain(node) for node in written]
    if key == "accessed":
        return max(written, key=plain)
    if key in {"url", "archived"} and len({address(text) for text in texts}) == 1:
        return max(written, key=lambda node: (plain(node).startswith("https"), plain(node)))
    longest = max(texts, key=len)
    if key in _DATES and all(longest.startswith(text) for text in texts):
        return written[texts.index(longest)]
    return None


def address(url: str) -> str:
    """Return what of a web address tells one page from another."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def decided(decision: Decision | None, sides: Iterable[Side]) -> Node | None:
    """Return what a decision puts in the place of all sides: a joint text or value, or the side that was taken."""
    if decision is None:
        return None
    if decision.text is not None and decision.node is not None:
        return decision.node.entries["text"]
    if decision.value is not None and decision.node is not None:
        return decision.node.entries["value"]
    return next((side.node for side in sides if decision.take in side.members), None)


def dissenters(decision: Decision | None, sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return the sides that hold their own beside the decision, with those of their members that dissent."""
    if decision is None:
        return ()
    return tuple(one for one in sides if set(one.members) & set(decision.dissent))


def speakers(one: Side, group: Iterable[tuple[Hand, Part, Node]], conflict: Conflict) -> list[str]:
    """Return the organisations of a side: of a decided conflict those that dissent, else all of them."""
    decision = conflict.settled
    only = set(decision.dissent) if decision and decision.keep is None and decision.dissent else set(one.members)
    return sorted({name for hand, part, _ in group if hand.id in only for name in hand.speakers(part)})


def behind(conflict: Conflict, said: Iterable[tuple[Hand, Part, Node]]) -> list[tuple[Hand, Part, Node]]:
    """Return those who stand behind what was decided: of a side that was taken its own, of joint words all but dissenters.

    Who holds another side and is not named as dissenting has agreed that it is left out, not that it says the other.
    """
    decision = conflict.settled
    assert decision is not None
    joint = decision.text is not None or decision.value is not None
    own = next((side.members for side in conflict.sides if decision.take in side.members), ())
    return [one for one in said if one[0].id not in decision.dissent and (joint or one[0].id in own)]


def counting_otherwise(conflict: Conflict) -> frozenset[str]:
    """Return those in whose words stand other figures than in those that were taken for all, and who do not dissent.

    Words that are nearly the same may be one; 40 and 41 are not, and nobody stands behind the figure of another.
    """
    decision = conflict.settled
    if conflict.kind not in PROPOSALS or decision is None or decision.take is None or decision.text is not None:
        return frozenset()
    taken = next((one for one in conflict.sides if decision.take in one.members), None)
    others = (one for one in conflict.sides if taken and _figures_apart(taken.node, one.node))
    return frozenset(member for one in others for member in one.members) - {*decision.dissent}


def _figures_apart(one: Node | None, other: Node | None) -> bool:
    """Whether two things bear other figures in a language they share."""
    first, second = _worded(one), _worded(other)
    return any(_counts(first[tongue]) != _counts(second[tongue]) for tongue in first.keys() & second.keys())


def _worded(node: Node | None) -> dict[str, str]:
    entries = node.entries if isinstance(node, Keys) else {}
    text = entries.get("text", entries.get("need"))
    return {key: plain(entry) for key, entry in text.entries.items()} if isinstance(text, Keys) else {}


def _counts(text: str) -> list[str]:
    return sorted(_FIGURE.findall(uncited(text)))


def form_of(decision: Decision | None, usual: str) -> str:
    """Return how what stands beside is printed: as was decided, where that was said, else as usual."""
    stated = decision is not None and decision.node is not None and is_written(decision.node.entries.get("as"))
    return decision.form.value if decision and (stated or decision.dissent) else usual


def voice(
    about: str,
    one: Side,
    by: Iterable[str],
    form: str,
    *,
    value: bool = False,
    level: str = "",
    sources: Node | None = None,
) -> Keys:
    """Return the voice of one side: its text, or the rating or figure it holds."""
    assert one.node is not None
    at = one.node.span
    said: Node | None = one.node
    if isinstance(said, Keys) and "text" in said.entries:
        said = said.entries["text"]
    return keys(
        at,
        {
            "about": scalar(about, at) if about else None,
            "value" if value else "text": said,
            "by": words(by, at),
            "as": scalar(form, at),
            "sources": sources,
            "level": scalar(level, at) if level else None,
        },
    )


def listed(items: Iterable[Node], span: Span) -> Node | None:
    """Return a list of nodes; none where it would be empty."""
    made = tuple(items)
    return nodes.Sequence(made, span) if made else None


def all_words(items: Iterable[Node | None], span: Span) -> Node | None:
    """Return the union of several lists of identifiers, in the order of the alphabet."""
    known = {plain(item) for node in items if isinstance(node, nodes.Sequence) for item in node.items}
    known |= {plain(node) for node in items if isinstance(node, nodes.Scalar)}
    return words(sorted(known), span) if known else None
