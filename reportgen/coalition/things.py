"""Uniting what is not said about an article: organisations, sources, acronyms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from reportgen.coalition.build import keys, plain, scalar, with_entries
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, strictest
from reportgen.coalition.model import Kind, mark
from reportgen.coalition.similar import clusters
from reportgen.coalition.unite import Said, address, all_words, field_united
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text
from reportgen.submission.model import Level, Organisation, Source
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part, declared_fields

Renamed = dict[tuple[str, str], str]
"""New identifier by member and its own identifier."""
_LISTS: Final = frozenset({"sources", "articles", "by"})


def titles(text: Text) -> list[str]:
    """Return what a text is called, in each language, without case and accents, in an order of its own."""
    return sorted({fold(version) for version in text.versions.values()})


def same_source(source: Source) -> list[str]:
    """Return what makes two entries one source: its address, or its title with its date; never what a person said.

    Two interviews may bear the same title and be two persons.
    """
    if source.kind.from_a_person:
        return []
    dated = [f"{title} {source.date}" for title in titles(source.title)] if source.date else []
    return [address(source.url), *dated] if source.url else dated


def same_organisation(organisation: Organisation) -> list[str]:
    """Return the names of an organisation; one that is not named is nobody else's."""
    return titles(organisation.name) if organisation.named else []


def named(
    hands: Sequence[Hand], collection: str, signs: Callable[[Any], list[str]]
) -> tuple[dict[str, list[tuple[Hand, Part]]], Renamed]:
    """Find which entries of ``collection`` are the same, and give each thing one identifier.

    An identifier that only one thing uses stays; of a thing with several the first in the alphabet; one that several
    things use is preceded by the member's. What one member itself tells apart is never taken for one, also where
    another's entry is like both: then the surer of the signs counts, such as the address.
    """
    entries = {
        (hand.id, key): (hand, part)
        for hand in hands
        for key, part in getattr(hand.member.submission, collection).items()
    }
    by_sign: dict[str, list[tuple[str, str]]] = {}
    sureness: dict[str, int] = {}
    for place, (_, part) in sorted(entries.items(), key=lambda entry: entry[0]):
        for rank, sign in enumerate(signs(part)):
            by_sign.setdefault(sign, []).append(place)
            sureness[sign] = max(rank, sureness.get(sign, rank))
    telling = [sign for sign, places in by_sign.items() if len({member for member, _ in places}) == len(places)]
    ordered = [by_sign[sign] for sign in sorted(telling, key=lambda sign: (sureness[sign], sign))]
    pairs = [(places[0], place) for places in ordered for place in places[1:]]
    groups = clusters(sorted(entries), pairs, {place: frozenset({place[0]}) for place in entries})
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
    node = fields_united(Kind.ORGANISATION, name, entries, docket, passed_over={"level"})
    organisations = [part for _, part in entries if isinstance(part, Organisation)]
    if any(not part.named for part in organisations):
        node = with_entries(node, named=scalar("no", node.span))
    level = strictest(*(part.level for part in organisations))
    return node if level is Level.PUBLIC else with_entries(node, level=scalar(level.value, node.span))


def unite_sources(things: Mapping[str, list[tuple[Hand, Part]]], docket: Docket) -> dict[str, Node]:
    """Unite sources; of several levels the strictest holds, and no code of another report, which would link the two.

    Their order is that of titles and, of those that not everybody may know, one that says nothing: readers see sources
    of one description in this order.
    """
    made = {name: _source(name, said, docket) for name, said in sorted(things.items())}
    open_ = {name for name, said in things.items() if all(_is_open(part) for _, part in said)}
    return in_words(made, "title", lambda name: name in open_)


def _is_open(part: Part) -> bool:
    return isinstance(part, Source) and part.level is Level.PUBLIC


def in_words(made: Mapping[str, Keys], key: str, shown: Callable[[str], bool] = lambda _: True) -> dict[str, Node]:
    """Return things in the order of the words under ``key``: identifiers could tell whose they are."""

    def place(name: str) -> tuple[str, str]:
        node = made[name]
        unchanging = with_entries(node, by=None, sources=None, voices=None)
        return fold(plain(node.entries.get(key))) if shown(name) else "", mark(plain(unchanging))

    return {name: made[name] for name in sorted(made, key=place)}


def _source(name: str, entries: list[tuple[Hand, Part]], docket: Docket) -> Keys:
    node = fields_united(Kind.SOURCE, name, entries, docket, passed_over={"level", "code"})
    for hand, part in entries:
        if isinstance(part, Source) and part.code:
            docket.put_aside(hand.id, f"sources.{name}.code", part.place("code"))
    level = strictest(*(part.level for _, part in entries if isinstance(part, Source)))
    stated = any("level" in part.node.entries for _, part in entries if part.node)
    return with_entries(node, level=scalar(level.value, node.span)) if stated or len(entries) > 1 else node


def fields_united(
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
