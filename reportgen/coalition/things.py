"""Uniting what is not said about an article: organisations, sources, statistics, acronyms, needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from reportgen.coalition.build import keys, plain, scalar, with_entries
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, strictest
from reportgen.coalition.model import Kind, Side
from reportgen.coalition.similar import clusters
from reportgen.coalition.unite import (
    Said,
    address,
    all_words,
    decided,
    dissenters,
    field_united,
    form_of,
    listed,
    side,
    voice,
)
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text
from reportgen.submission.model import Level, Organisation, Series, Source, Statistic
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, unwritten
from reportgen.submission.parts import Part, declared_fields

Renamed = dict[tuple[str, str], str]
"""New identifier by member and its own identifier."""
_LISTS: Final = frozenset({"sources", "articles", "by"})


def titles(text: Text) -> set[str]:
    """Return what a text is called, in each language, without case and accents."""
    return {fold(version) for version in text.versions.values()}


def same_source(source: Source) -> set[str]:
    """Return what makes two entries one source: its address, or its title with its date; never what a person said.

    Two interviews may bear the same title and be two persons.
    """
    if source.kind.from_a_person:
        return set()
    signs = {f"{title} {source.date}" for title in titles(source.title)} if source.date else set()
    if source.url:
        signs.add(address(source.url))
    return signs


def same_organisation(organisation: Organisation) -> set[str]:
    """Return the names of an organisation; one that is not named is nobody else's."""
    return titles(organisation.name) if organisation.named else set()


def same_statistic(statistic: Statistic) -> set[str]:
    """Return title with unit, in each language."""
    return {f"{title} {unit}" for title in titles(statistic.title) for unit in titles(statistic.unit)}


def named(
    hands: Sequence[Hand], collection: str, signs: Callable[[Any], set[str]]
) -> tuple[dict[str, list[tuple[Hand, Part]]], Renamed]:
    """Find which entries of ``collection`` are the same, and give each thing one identifier.

    An identifier that only one thing uses stays; of a thing with several the first in the alphabet; one that several
    things use is preceded by the member's. What one member itself tells apart is never taken for one.
    """
    entries = {
        (hand.id, key): (hand, part)
        for hand in hands
        for key, part in getattr(hand.member.submission, collection).items()
    }
    by_sign: dict[str, list[tuple[str, str]]] = {}
    for place, (_, part) in entries.items():
        for sign in signs(part):
            by_sign.setdefault(sign, []).append(place)
    telling = [places for places in by_sign.values() if len({member for member, _ in places}) == len(places)]
    pairs = [(places[0], place) for places in telling for place in places[1:]]
    groups = clusters(sorted(entries), pairs)
    users: dict[str, set[int]] = {}
    for number, group in enumerate(groups):
        for _, key in group:
            users.setdefault(key, set()).add(number)
    things: dict[str, list[tuple[Hand, Part]]] = {}
    renamed: Renamed = {}
    for group in groups:
        own = sorted(key for _, key in group if len(users[key]) == 1)
        name = own[0] if own else min(f"{member}-{key}" for member, key in group)
        while not own and (name in users or name in things):
            name += "x"
        things[name] = [entries[place] for place in group]
        renamed.update(dict.fromkeys(group, name))
    return things, renamed


def unite_organisations(things: Mapping[str, list[tuple[Hand, Part]]], docket: Docket) -> dict[str, Node]:
    """Unite organisations; one that a member does not want named is not named."""
    return {name: _organisation(name, said, docket) for name, said in sorted(things.items())}


def _organisation(name: str, entries: list[tuple[Hand, Part]], docket: Docket) -> Node:
    node = _fields(Kind.ORGANISATION, name, entries, docket, passed_over={"level"})
    organisations = [part for _, part in entries if isinstance(part, Organisation)]
    if any(not part.named for part in organisations):
        node = with_entries(node, named=scalar("no", node.span))
    level = strictest(*(part.level for part in organisations))
    return node if level is Level.PUBLIC else with_entries(node, level=scalar(level.value, node.span))


def unite_sources(things: Mapping[str, list[tuple[Hand, Part]]], docket: Docket) -> dict[str, Node]:
    """Unite sources; of several levels the strictest holds."""
    return {name: _source(name, said, docket) for name, said in sorted(things.items())}


def _source(name: str, entries: list[tuple[Hand, Part]], docket: Docket) -> Node:
    node = _fields(Kind.SOURCE, name, entries, docket, passed_over={"level"})
    level = strictest(*(part.level for _, part in entries if isinstance(part, Source)))
    stated = any("level" in part.node.entries for _, part in entries if part.node)
    return with_entries(node, level=scalar(level.value, node.span)) if stated or len(entries) > 1 else node


def _fields(
    kind: Kind,
    scope: str,
    entries: list[tuple[Hand, Part]],
    docket: Docket,
    passed_over: Iterable[str] = (),
) -> Keys:
    """Unite every field of a part that several members wrote."""
    said = [Said(hand, part, hand.part(part)) for hand, part in sorted(entries, key=lambda entry: entry[0].id)]
    first = said[0].node
    assert isinstance(first, Keys)
    made: dict[str, Node | None] = {}
    for key in declared_fields(type(said[0].part)):
        if key in _LISTS:
            made[key] = all_words([one.entry(key) for one in said], first.span)
        elif key not in passed_over:
            made[key] = field_united(docket, kind, scope, key, said)
    return keys(first.span, made, first.keys)


def unite_statistics(things: Mapping[str, list[tuple[Hand, Part]]], docket: Docket) -> dict[str, Node]:
    """Unite statistics figure by figure."""
    return {name: _statistic(name, said, docket) for name, said in sorted(things.items())}


def _statistic(name: str, entries: list[tuple[Hand, Part]], docket: Docket) -> Node:
    if len(entries) == 1:
        hand, part = entries[0]
        return hand.part(part, by=hand.by(part))
    node = _fields(Kind.STATISTIC, name, entries, docket, {"values", "series", "level", "voices"})
    statistics = [(hand, part) for hand, part in entries if isinstance(part, Statistic)]
    voices: list[Node] = []
    rows: dict[str, list[tuple[Hand, Part, str]]] = {}
    for hand, part in statistics:
        voices += hand.beside(part)
        if part.values:
            rows.setdefault("", []).append((hand, part, ""))
        for key, series in part.series.items():
            label = min(titles(series.label))
            while any(other is hand for other, _, _ in rows.get(label, ())):
                label += " "
            rows.setdefault(label, []).append((hand, series, key))
    series_nodes: dict[str, Node] = {}
    values: Node | None = None
    for label, told in sorted(rows.items()):
        figures = _figures(name, label, told, docket, voices)
        if not label:
            values = None if unwritten(figures) else figures
            continue
        labels = [Said(hand, part, hand.part(part)) for hand, part, _ in told]
        heading = field_united(docket, Kind.STATISTIC, name, "label", labels, f"{label} label")
        if unwritten(figures):  # every figure is contested: there are only the voices
            for hand, part, key in told:
                docket.put_aside(hand.id, f"{hand.own(Kind.STATISTIC, name)}.{key}.label", part.place("label"))
            continue
        key = min(key for _, _, key in told)
        while key in series_nodes:
            key += "x"
        series_nodes[key] = keys(figures.span, {"label": heading, "values": figures})
    level = strictest(*(part.level for _, part in statistics))
    return with_entries(
        node,
        values=values,
        series=keys(node.span, dict(series_nodes)) if series_nodes else None,
        by=all_words([hand.by(part) for hand, part in statistics], node.span),
        voices=listed(voices, node.span),
        level=scalar(level.value, node.span),
    )


def _figures(scope: str, label: str, told: list[tuple[Hand, Part, str]], docket: Docket, voices: list[Node]) -> Keys:
    """Unite the figures of one series year by year; a figure that is contested stays out until it is decided."""
    years: dict[str, list[tuple[Hand, Part, Node]]] = {}
    first: Keys | None = None
    for hand, part, _ in told:
        node = hand.part(part).entries["values"]
        assert isinstance(node, Keys)
        first = first or node
        assert isinstance(part, (Series, Statistic))
        for year in part.values:
            years.setdefault(year, []).append((hand, part, node.entries[year]))
    assert first is not None
    made: dict[str, Node | None] = {}
    for year, said in sorted(years.items()):
        there = [one for one in said if plain(one[2]).strip() not in {"", "~", "null", "…", "..."}]
        numbers: dict[str, list[tuple[Hand, Part, Node]]] = {}
        for one in there:
            numbers.setdefault(plain(one[2]), []).append(one)
        if len(numbers) <= 1:
            made[year] = (there or said)[0][2]
            continue
        about = f"{label} {year}".strip()
        sides = [side(Kind.FIGURE, scope, about, numbers[number]) for number in sorted(numbers)]
        chair = told[0][0]
        known_as = (chair.id, chair.own(Kind.FIGURE, scope), about)
        conflict = docket.enter(Kind.FIGURE, scope, about, sides, known_as=known_as)
        chosen = decided(conflict.settled, conflict.sides)
        made[year] = chosen if chosen is not None else replace(_empty(said[0][2]))
        beside = dissenters(conflict.settled, conflict.sides) if chosen is not None else conflict.sides
        form = form_of(conflict.settled, "footnote")
        voices += [_of_figure(about, one, numbers, form) for one in beside]
    return keys(first.span, made, first.keys)


def _of_figure(about: str, one: Side, numbers: Mapping[str, list[tuple[Hand, Part, Node]]], form: str) -> Node:
    by = sorted({name for hand, part, _ in numbers[one.words] for name in hand.speakers(part)})
    return voice(about, one, by, form, value=True)


def _empty(node: Node) -> Any:
    return scalar("", node.span)


def unite_acronyms(hands: Sequence[Hand], docket: Docket) -> dict[str, Node]:
    """Unite acronyms; the same letters with another meaning are a conflict."""
    said: dict[str, list[Said]] = {}
    for hand in hands:
        submission = hand.member.submission
        node = submission.node.entries.get("acronyms") if submission.node else None
        if isinstance(node, Keys):
            for letters in submission.acronyms:
                meaning = keys(node.entries[letters].span, {"meaning": hand.text(node.entries[letters])})
                said.setdefault(letters, []).append(Said(hand, submission, meaning))
    united = {
        letters: field_united(docket, Kind.ACRONYM, letters, "meaning", entries)
        for letters, entries in sorted(said.items())
    }
    return {letters: node for letters, node in united.items() if node is not None}
