"""Uniting statistics figure by figure; a figure that is contested stays out until it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportgen.coalition.build import keys, plain, scalar, with_entries, words
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, strictest
from reportgen.coalition.model import Conflict, Kind
from reportgen.coalition.similar import clusters
from reportgen.coalition.things import fields_united, in_words, titles
from reportgen.coalition.unite import (
    Said,
    all_words,
    behind,
    decided,
    dissenters,
    field_united,
    form_of,
    grouped,
    listed,
    side,
    speakers,
    voice,
)
from reportgen.diagnostics import Diagnostic, Related, diagnostic
from reportgen.marking import N_
from reportgen.submission.kinds import Count, Few
from reportgen.submission.model import Series, Statistic
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part


def same_statistic(statistic: Statistic) -> list[str]:
    """Return title with unit, in each language; one row of figures is never the same as several."""
    rows = "series" if statistic.series else "values"
    return [f"{name} {rows}" for name in _named_in_units(statistic)]


def statistics_apart(things: Mapping[str, list[tuple[Hand, Part]]]) -> Iterator[Diagnostic]:
    """Report statistics of one title and unit that stay two, for one has a single row of figures and one several."""
    parts = [part for said in things.values() for _, part in said if isinstance(part, Statistic)]
    several: dict[str, Statistic] = {}
    for part in parts:
        if part.series:
            several |= dict.fromkeys(_named_in_units(part), part)
    for part in parts:
        other = next((several[name] for name in _named_in_units(part) if name in several), None)
        if other is not None and not part.series and (place := other.place("series")):
            yield diagnostic("RG823", part.place("values"), related=[Related(place, N_("several rows"))])


def _named_in_units(statistic: Statistic) -> list[str]:
    return [f"{title} {unit}" for title in titles(statistic.title) for unit in titles(statistic.unit)]


def unite_statistics(things: Mapping[str, list[tuple[Hand, Part]]], docket: Docket) -> dict[str, Node]:
    """Unite statistics figure by figure; their order is that of their titles."""
    return in_words({name: _statistic(name, said, docket) for name, said in sorted(things.items())}, "title")


def _statistic(name: str, entries: list[tuple[Hand, Part]], docket: Docket) -> Keys:
    if len(entries) == 1:
        hand, part = entries[0]
        return hand.part(part, by=hand.by(part))
    node = fields_united(Kind.STATISTIC, name, entries, docket, {"values", "series", "level", "voices", "notes"})
    statistics = [(hand, part) for hand, part in entries if isinstance(part, Statistic)]
    voices: list[Node] = [voice for hand, part in statistics for voice in hand.beside(part)]
    values: Node | None = None
    if simple := [(hand, part) for hand, part in statistics if part.values]:
        values = _figures(name, "", simple, docket, voices)
    series: dict[str, Node] = {}
    for label, told in _rows(statistics):
        headings = [Said(hand, row, hand.part(row)) for hand, row, _ in told]
        heading = field_united(docket, Kind.STATISTIC, name, "label", headings, f"{label} label")
        key = min(key for _, _, key in told)
        while key in series:
            key += "x"
        figures = _figures(name, label, [(hand, row) for hand, row, _ in told], docket, voices, key)
        series[key] = keys(figures.span, {"label": heading, "values": figures})
    level = strictest(*(part.level for _, part in statistics))
    return with_entries(
        node,
        values=values,
        series=keys(node.span, dict(series)) if series else None,
        by=all_words([hand.by(part) for hand, part in statistics], node.span),
        voices=listed(voices, node.span),
        notes=listed((note for hand, part in statistics for note in hand.notes(part)), node.span),
        level=scalar(level.value, node.span),
    )


def _rows(statistics: Sequence[tuple[Hand, Statistic]]) -> list[tuple[str, list[tuple[Hand, Series, str]]]]:
    """Return the series that share a label in any language as one, each with who gives it and under which key."""
    rows = {(hand.id, key): (hand, row, key) for hand, part in statistics for key, row in part.series.items()}
    called = {place: titles(row.label) for place, (_, row, _) in rows.items()}
    by_label: dict[str, list[tuple[str, str]]] = {}
    for place, labels in called.items():
        for label in labels:
            by_label.setdefault(label, []).append(place)
    pairs = [(places[0], place) for _, places in sorted(by_label.items()) for place in places[1:]]
    groups = clusters(sorted(rows), pairs, {place: frozenset({place[0]}) for place in rows})
    told = []
    for group in groups:
        shared = set.intersection(*(set(called[place]) for place in group)) or {*called[group[0]]}
        told.append((min(shared), [rows[place] for place in group]))
    return sorted(told, key=lambda row: row[0])


def _figures(
    scope: str,
    label: str,
    told: Sequence[tuple[Hand, Series | Statistic]],
    docket: Docket,
    voices: list[Node],
    row: str = "",
) -> Keys:
    """Unite the figures of one series year by year; a figure that is contested stays out until it is decided."""
    years: dict[str, list[tuple[Hand, Part, Node, Count]]] = {}
    written: dict[tuple[str, Count], Node] = {}
    nodes = [node for hand, part in told if isinstance(node := hand.part(part).entries["values"], Keys)]
    for (hand, part), node in zip(told, nodes, strict=True):
        for year, figure in part.values.items():
            entry = node.entries[year]
            # 12.5 and 12.50 are one figure
            same = scalar(f"{figure.normalize():f}", entry.span) if isinstance(figure, Decimal) else entry
            years.setdefault(year, []).append((hand, part, same, figure))
            written.setdefault((year, figure), entry)
    made: dict[str, Node | None] = {}
    for year, all_said in sorted(years.items()):
        there = [(hand, part, node) for hand, part, node, figure in all_said if figure is not None]
        numbers = grouped(there)
        if len(numbers) <= 1:
            made[year] = written[year, next((figure for *_, figure in all_said if figure is not None), None)]
            continue
        if (coarse := _coarsest([(node, figure) for _, _, node, figure in all_said if figure is not None])) is not None:
            made[year] = coarse
            for hand, _, node in there:
                if plain(node) != plain(coarse):
                    docket.put_aside(hand.id, f"statistics.{hand.own(Kind.FIGURE, scope)}.{year}", node.span)
            continue
        about = f"{label} {year}".strip()
        sides = [side(Kind.FIGURE, scope, about, group) for group in numbers]
        chair = told[0][0]
        known_as = (chair.id, chair.own(Kind.FIGURE, scope), about)
        conflict = docket.enter(Kind.FIGURE, scope, about, sides, known_as=known_as)
        chosen = decided(conflict.settled, conflict.sides)
        made[year] = chosen if chosen is not None else scalar("", all_said[0][2].span)
        beside = dissenters(conflict.settled, conflict.sides) if chosen is not None else conflict.sides
        form = form_of(conflict.settled, "footnote")
        by_words = {plain(group[0][2]): group for group in numbers}
        for one in beside:
            by = speakers(one, by_words[one.words], conflict)
            voices.append(voice(f"{row} {year}".strip(), one, by, form, value=True))
        if chosen is not None and (whose := _whose(conflict, numbers)):
            cell = scalar(f"{row} {year}".strip(), chosen.span)
            voices.append(keys(chosen.span, {"about": cell, "value": chosen, "by": words(whose, chosen.span)}))
    return keys(nodes[0].span, made, nodes[0].keys)


def _whose(conflict: Conflict, numbers: list[list[tuple[Hand, Part, Node]]]) -> list[str]:
    """Return who stands behind a figure that was decided, where some gave another and do not dissent; else nobody."""
    said = [one for group in numbers for one in group]
    agreed = {hand.id for hand, _, _ in behind(conflict, said)}
    dissent = conflict.settled.dissent if conflict.settled else ()
    if all(hand.id in agreed or hand.id in dissent for hand, _, _ in said):
        return []
    return sorted({by for hand, _, _ in said if hand.id in agreed for by in hand.voices})


def _coarsest(figures: Sequence[tuple[Node, Decimal | Few]]) -> Node | None:
    """Return “fewer than” a limit where every figure is: who told the number itself does not contradict, nor decide."""
    few = [(figure.limit, node) for node, figure in figures if isinstance(figure, Few)]
    exact = [figure for _, figure in figures if isinstance(figure, Decimal)]
    if few and all(0 < figure < min(limit for limit, _ in few) for figure in exact):
        return max(few, key=lambda one: one[0])[1]
    return None
