"""Uniting what members say about an article: ratings, texts, replies, findings, recommendations. No voice is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reportgen.coalition.build import keys, plain, scalar, uncited, with_entries, words
from reportgen.coalition.docket import Docket
from reportgen.coalition.hand import Hand, is_written, strictest
from reportgen.coalition.model import Kind, Side, mark
from reportgen.coalition.similar import alike, clusters
from reportgen.coalition.unite import (
    Said,
    all_words,
    behind,
    counting_otherwise,
    decided,
    dissenters,
    form_of,
    grouped,
    listed,
    side,
    speakers,
    texts_united,
    voice,
)
from reportgen.diagnostics import Span
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text
from reportgen.submission.model import (
    Agreement,
    Answer,
    Finding,
    Law,
    Level,
    Need,
    Practice,
    QuestionAnswer,
    Recommendation,
)
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node
from reportgen.submission.parts import Part
from reportgen.submission.voices import holds_given

_RATINGS: Final = {
    "law": Kind.RATING,
    "practice": Kind.RATING,
    "state_answer": Kind.STATE,
    "agree_with_state": Kind.STATE,
}
_SILENT: Final = frozenset({Law.NOT_RATED, Practice.NOT_RATED, Agreement.CANNOT_SAY})
"""What the skeleton comes with: no opinion, and so none that differs."""
_TEXTS: Final = ("grounds", "state_position")
_REPLIES: Final = ("answer", "not_applicable", "no_information")
_YES: Final = frozenset({"yes", "oui"})
_NO: Final = frozenset({"no", "non"})
_OPENING: Final = 60
"""Characters within which a reply says yes or no, if it does."""
_TONGUE: Final = 2
"""Letters of the code of a language."""
_CONTESTED: Final = "box"
"""How an open conflict stands in a draft."""


@dataclass
class _Article:
    """One article at the table."""

    key: str
    docket: Docket
    span: Span
    entries: dict[str, Node | None] = field(default_factory=dict)
    voices: list[Node] = field(default_factory=list)
    held: list[Node] = field(default_factory=list)


def unite_answers(hands: Sequence[Hand], docket: Docket) -> dict[str, Node]:
    """Unite the answers of all members, article by article."""
    told: dict[str, list[tuple[Hand, Answer]]] = {}
    for hand in hands:
        for key, answer in hand.member.submission.answers.items():
            if answer.silent:
                docket.put_aside(hand.id, f"answers.{key}", answer.place())
            else:
                told.setdefault(key, []).append((hand, answer))
    return {key: _article(key, told[key], docket) for key in sorted(told)}


def _article(key: str, said: list[tuple[Hand, Answer]], docket: Docket) -> Node:
    node = said[0][1].node
    assert node is not None
    table = _Article(key, docket, node.span)
    speaking = _applicable(table, said)
    table.entries["notes"] = listed((note for hand, answer in said for note in hand.notes(answer)), table.span)
    if not speaking:
        return keys(table.span, {**table.entries, "voices": listed(table.voices, table.span)}, node.keys)
    for name, kind in _RATINGS.items():
        _rating(table, name, kind, speaking)
    for name in _TEXTS:
        _text(table, name, speaking)
    table.entries["questions"] = _questions(table, speaking)
    findings = _in_turn((hand, answer.findings) for hand, answer in speaking)
    table.entries["findings"] = listed(_alike_united(table.key, docket, Kind.SAME_FINDING, findings), table.span)
    asked = _in_turn((hand, answer.recommendations) for hand, answer in speaking)
    table.entries["recommendations"] = listed(
        _alike_united(table.key, docket, Kind.SAME_RECOMMENDATION, asked), table.span
    )
    table.entries["by"] = all_words([hand.by(answer) for hand, answer in speaking], table.span)
    for hand, answer in speaking:
        both = zip(answer.voices, hand.beside(answer), strict=True)
        table.voices += [node for voice, node in both if not holds_given(answer, voice)]
    return keys(table.span, {**table.entries, "voices": listed([*table.voices, *table.held], table.span)}, node.keys)


def _applicable(table: _Article, said: list[tuple[Hand, Answer]]) -> list[tuple[Hand, Answer]]:
    """Settle whether the article applies; return those whose answers count."""
    without = [(hand, answer) for hand, answer in said if answer.not_applicable and not answer.says_more]
    speaking = [one for one in said if one not in without]
    mixed = [(hand, answer) for hand, answer in speaking if answer.not_applicable]
    reasons = [
        (hand, answer, node)
        for hand, answer in (*without, *mixed)
        if (node := Said(hand, answer, hand.part(answer)).entry("not_applicable")) is not None
    ]
    if not reasons:
        return speaking
    groups = grouped(reasons)
    if not speaking:
        for hand, answer in said:
            table.voices += hand.beside(answer)
            _set_aside(table, hand, answer)
        table.entries["not_applicable"] = groups[0][0][2]
        table.entries["by"] = all_words([hand.by(answer) for hand, answer, _ in groups[0]], table.span)
        table.voices += [_of_group("not_applicable", group, "paragraph") for group in groups[1:]]
        return []
    for hand, answer in without:
        table.voices += hand.beside(answer)
        _set_aside(table, hand, answer)
    sides = [side(Kind.APPLICABILITY, table.key, "", group) for group in groups]
    rest = [(hand, answer, scalar("", answer.node.span)) for hand, answer in speaking if answer.node]
    sides.append(side(Kind.APPLICABILITY, table.key, "answered", rest, whole=True))
    conflict = table.docket.enter(Kind.APPLICABILITY, table.key, "", sides)
    decision = conflict.settled
    taken = next((one for one in sides[:-1] if decision and decision.take in one.members), None)
    if taken is not None:
        table.entries["not_applicable"] = taken.node
        table.entries["by"] = all_words([hand.by(answer) for hand, answer in without], table.span)
        return []
    dropped = decision is not None and decision.keep is None and not decision.dissent
    if not dropped:
        form = form_of(decision, "paragraph")
        table.voices += [_of_group("not_applicable", group, form) for group in groups]
    return speaking


def _set_aside(table: _Article, hand: Hand, answer: Answer) -> None:
    """Put aside the ratings that say nothing of an article that a member does not assess."""
    for name in _RATINGS:
        if answer.node and is_written(node := answer.node.entries.get(name)):
            table.docket.put_aside(hand.id, f"answers.{table.key}.{name}", node.span if node else None)


def _of_group(about: str, group: list[tuple[Hand, Part, Node]], form: str) -> Node:
    by = sorted({name for hand, part, _ in group for name in hand.speakers(part)})
    return voice(about, side(Kind.REPLY, "", about, group), by, form, level=_level(part for _, part, _ in group))


def _level(parts: Iterable[Part]) -> str:
    level = strictest(Level.PUBLIC, *(getattr(part, "level", Level.PUBLIC) for part in parts))
    return "" if level is Level.PUBLIC else level.value


def _rating(table: _Article, name: str, kind: Kind, said: list[tuple[Hand, Answer]]) -> None:
    """Unite a rating; one that is contested is not given until it is decided."""
    there: list[tuple[Hand, Answer, Node]] = []
    for hand, answer in said:
        node = answer.node.entries.get(name) if answer.node else None
        if node is not None and is_written(node):
            if getattr(answer, name) in _SILENT:
                table.docket.put_aside(hand.id, f"answers.{table.key}.{name}", node.span)
            else:
                there.append((hand, answer, node))
    by_value: dict[str, list[tuple[Hand, Part, Node]]] = {}
    for hand, answer, node in there:
        value = scalar(str(getattr(answer, name).value), node.span)
        by_value.setdefault(value.text, []).append((hand, answer, value))
    if len(by_value) <= 1:
        for group in by_value.values():
            table.entries[name] = group[0][2]
            _held(table, name, said, group)
        return
    sides = [
        replace(side(kind, table.key, name, by_value[value]), grounds=_reasons(by_value[value]))
        for value in sorted(by_value)
    ]
    conflict = table.docket.enter(kind, table.key, name, sides)
    table.entries[name] = decided(conflict.settled, conflict.sides)
    undecided = table.entries[name] is None
    beside = conflict.sides if undecided else dissenters(conflict.settled, conflict.sides)
    form = form_of(conflict.settled, _CONTESTED)
    table.voices += [voice(name, one, speakers(one, by_value[one.words], conflict), form, value=True) for one in beside]
    if not undecided:
        _held(table, name, said, behind(conflict, (one for group in by_value.values() for one in group)))


def _reasons(group: Iterable[tuple[Hand, Part, Node]]) -> tuple[tuple[str, Node], ...]:
    said = (
        (hand.id, Said(hand, part, hand.part(part)).entry("grounds")) for hand, part, _ in group if hand.shown(part)
    )
    return tuple((member, node) for member, node in said if node is not None)


def _held(
    table: _Article, name: str, said: list[tuple[Hand, Answer]], group: Iterable[tuple[Hand, Part, Node]]
) -> None:
    """Note who holds a rating, where that is not everybody who speaks about the article."""
    given, speaking = table.entries[name], {by for hand, answer in said for by in hand.speakers(answer)}
    by = {by for hand, answer, _ in group if isinstance(answer, Answer) for by in _raters(hand, answer, name)}
    if given is not None and by and by != speaking:
        at = given.span
        table.held.append(keys(at, {"about": scalar(name, at), "value": given, "by": words(sorted(by), at)}))


def _raters(hand: Hand, answer: Answer, name: str) -> Iterable[str]:
    """Return who holds a member's rating: those that it says hold it, else all who stand behind its answer."""
    own: list[Part] = [voice for voice in answer.voices if voice.about == name and holds_given(answer, voice)]
    return {by for part in own or [answer] for by in hand.speakers(part)}


def _text(table: _Article, name: str, said: list[tuple[Hand, Answer]]) -> None:
    """Unite a text that all may write: alone it is the common text, otherwise each is a voice of its own."""
    there = [
        (hand, answer, node)
        for hand, answer in said
        if (node := Said(hand, answer, hand.part(answer)).entry(name)) is not None
    ]
    if not there:
        return
    united = texts_united([node for _, _, node in there])
    if united is not None and len({hand.id for hand, _, _ in there}) == len(said):
        table.entries[name] = united
    else:
        table.voices += [_of_group(name, group, "paragraph") for group in grouped(there)]


def _questions(table: _Article, said: list[tuple[Hand, Answer]]) -> Node | None:
    replies: dict[str, list[tuple[Hand, QuestionAnswer]]] = {}
    for hand, answer in said:
        for question, reply in answer.questions.items():
            if reply.answer or reply.not_applicable or reply.no_information or reply.voices:
                replies.setdefault(question, []).append((hand, reply))
            else:
                table.docket.put_aside(hand.id, f"answers.{table.key}.questions.{question}", reply.place())
    made = {question: _question(table, question, replies[question]) for question in sorted(replies)}
    return keys(table.span, dict(made)) if made else None


def _question(table: _Article, question: str, replies: list[tuple[Hand, QuestionAnswer]]) -> Node:
    everything = [(hand, reply, hand.part(reply, by=hand.by(reply))) for hand, reply in replies]
    if len(everything) == 1:
        return everything[0][2]
    told = [(hand, reply, node) for hand, reply, node in everything if _said(node).entries]
    if not told:
        return _with_voices(keys(table.span, {}), (), everything)
    groups: dict[str, list[tuple[Hand, Part, Node]]] = {}
    for hand, reply, node in told:
        groups.setdefault(plain(_said(node)), []).append((hand, reply, node))
    sides = [
        side(
            Kind.REPLY,
            table.key,
            question,
            [(hand, part, _said(node)) for hand, part, node in groups[text]],
            whole=True,
        )
        for text in sorted(groups)
    ]
    conflict = None
    if _opposed({_stance(reply) for _, reply, _ in told}):
        conflict = table.docket.enter(Kind.REPLY, table.key, question, sides)
    decision = conflict.settled if conflict else None
    chosen = decided(decision, sides)
    ordered = sorted(groups.values(), key=_first_shown)
    if conflict is not None and chosen is None:
        form = form_of(decision, _CONTESTED)
        alone = keys(ordered[0][0][2].span, {})
        return _with_voices(alone, [_voiced(group, form) for group in ordered], everything)
    if decision is None or chosen is None or conflict is None:
        main = _joined(ordered[0])
        return _with_voices(main, [_voiced(group, "paragraph") for group in ordered[1:]], everything)
    taken = next(
        (group for group in ordered if decision.text is None and plain(_said(group[0][2])) == plain(chosen)), None
    )
    agreed = behind(conflict, (one for group in ordered for one in group))
    if taken:
        main = with_entries(
            _joined(taken),
            by=all_words([node.entries["by"] for _, _, node in agreed if isinstance(node, Keys)], table.span),
        )
    else:
        main = keys(
            chosen.span,
            {
                "answer": chosen,
                "sources": _sources(agreed),
                "by": words(_names(agreed), chosen.span),
                "level": scalar(level, chosen.span) if (level := _level(part for _, part, _ in agreed)) else None,
            },
        )
    own = [[one for one in group if one[0].id in decision.dissent] for group in ordered]
    return _with_voices(main, [_voiced(group, decision.form.value) for group in own if group], everything)


def _voiced(group: list[tuple[Hand, Part, Node]], form: str) -> Keys:
    """Return what several replied in the same words as a voice."""
    return voice(
        _about(group[0][2]),
        _side_of(group),
        _names(group),
        form,
        level=_level(part for _, part, _ in group),
        sources=_sources(group),
    )


def _first_shown(group: list[tuple[Hand, Part, Node]]) -> tuple[int, str]:
    """Order replies by who may read them, for the first holds the others; then by their words, which tell no names."""
    levels = [part.level for _, part, _ in group if isinstance(part, QuestionAnswer)]
    return strictest(*levels).rank, fold(uncited(plain(_said(group[0][2]))))


def _said(node: Node) -> Keys:
    """Return what a reply says, whichever of the three it is."""
    assert isinstance(node, Keys)
    return keys(node.span, {key: node.entries.get(key) for key in _REPLIES})


def _about(node: Node) -> str:
    assert isinstance(node, Keys)
    return next((key for key in _REPLIES[1:] if key in node.entries), "")


def _side_of(group: list[tuple[Hand, Part, Node]]) -> Side:
    node = group[0][2]
    assert isinstance(node, Keys)
    said = next(node.entries[key] for key in _REPLIES if key in node.entries)
    return side(Kind.REPLY, "", "", [(hand, part, said) for hand, part, _ in group])


def _names(group: Iterable[tuple[Hand, Part, Node]]) -> list[str]:
    nodes = [node for _, _, node in group if isinstance(node, Keys)]
    return sorted({item for node in nodes for item in plain(node.entries.get("by")).split("; ")} - {""})


def _sources(group: Iterable[tuple[Hand, Part, Node]]) -> Node | None:
    nodes = [node for _, _, node in group if isinstance(node, Keys)]
    return all_words([node.entries.get("sources") for node in nodes], nodes[0].span) if nodes else None


def _joined(group: list[tuple[Hand, Part, Node]]) -> Keys:
    """Return what several wrote in the same words as one: all who wrote it, all their sources, the strictest level."""
    node = group[0][2]
    assert isinstance(node, Keys)
    level = _level(part for _, part, _ in group)
    return with_entries(
        node,
        by=words(_names(group), node.span),
        sources=_sources(group),
        level=scalar(level, node.span) if level else None,
        notes=_notes(group, node.span),
    )


def _notes(group: Iterable[tuple[Hand, Part, Node]], span: Span) -> Node | None:
    return listed((note for hand, part, _ in group for note in hand.notes(part)), span)


def _with_voices(main: Keys, beside: Sequence[Node], told: Sequence[tuple[Hand, Part, Node]]) -> Keys:
    voices = [*beside, *(node for hand, part, _ in told for node in hand.beside(part))]
    return with_entries(main, voices=listed(voices, main.span), notes=_notes(told, main.span))


def _opposed(stances: set[str]) -> bool:
    """Whether yes stands against no, or an answer against the reason why there is none to give."""
    return {"yes", "no"} <= stances or ("not_applicable" in stances and len(stances - {""}) > 1)


def _stance(reply: QuestionAnswer) -> str:
    """Return what a reply holds at its first word: yes, no, anything else, or that the question does not apply."""
    if reply.not_applicable and not reply.answer:
        return "not_applicable"
    first = _first_word(reply.answer) if reply.answer else ""
    return "yes" if first in _YES else "no" if first in _NO else "said" if reply.answer else ""


def _first_word(text: Text) -> str:
    found = fold(text.source[:_OPENING]).lstrip("*_\"'“«( ").split(maxsplit=1)
    return found[0].strip(".,;:!*_") if found else ""


def _item(hand: Hand, part: Finding | Recommendation | Need) -> tuple[Hand, Part, Node]:
    return hand, part, hand.part(part, by=hand.by(part))


def _in_turn(said: Iterable[tuple[Hand, Sequence[Finding | Recommendation | Need]]]) -> list[tuple[Hand, Part, Node]]:
    """Return what members list, each one's own in its own order; whose comes first is for the words to say.

    In the order of members, the place of one that is not to be named would tell where its name stands in the alphabet.
    What everybody may read decides first, so that the order betrays nothing of the rest either.
    """

    def place(items: list[tuple[Hand, Part, Node]]) -> tuple[bool, list[str], list[str]]:
        open_ = [fold(uncited(_text_of(part).source)) for _, part, _ in items if not _level([part])]
        return not open_, open_, [plain(_bare(node)) for _, _, node in items]

    lists = [[_item(hand, part) for part in parts] for hand, parts in said]
    return [item for items in sorted(lists, key=place) for item in items]


def _text_of(part: Part) -> Text:
    text = part.need if isinstance(part, Need) else getattr(part, "text", None)
    assert isinstance(text, Text)
    return text


def unite_needs(hands: Sequence[Hand], docket: Docket) -> list[Node]:
    """Unite the needs for technical assistance."""
    needs = _in_turn((hand, hand.member.submission.technical_assistance) for hand in hands)
    return _alike_united("technical_assistance", docket, Kind.SAME_NEED, needs)


def _alike_united(scope: str, docket: Docket, kind: Kind, items: list[tuple[Hand, Part, Node]]) -> list[Node]:
    """Unite what is the same word for word; propose what is nearly the same, and leave both until that is decided."""
    groups: dict[str, list[tuple[Hand, Part, Node]]] = {}
    for hand, part, node in items:
        assert isinstance(node, Keys)
        groups.setdefault(plain(with_entries(_bare(node), level=None)), []).append((hand, part, node))
    texts: Mapping[str, Mapping[str, str]] = {key: _text_of(group[0][1]).versions for key, group in groups.items()}
    owners = {key: frozenset(hand.id for hand, _, _ in group) for key, group in groups.items()}
    together = clusters(list(groups), alike(texts, owners), owners)
    united = (_cluster(scope, docket, kind, [groups[key] for key in one]) for one in together)
    return [node for nodes in united for node in nodes]


def _cluster(scope: str, docket: Docket, kind: Kind, groups: list[list[tuple[Hand, Part, Node]]]) -> list[Node]:
    own = [[node for hand, part, _ in group for node in hand.beside(part)] for group in groups]
    joined = [
        with_entries(_joined(group), voices=listed(voices, group[0][2].span))
        for group, voices in zip(groups, own, strict=True)
    ]
    if len(groups) == 1:
        return [*joined]
    sides = [
        side(kind, scope, "", [(hand, part, _bare(node)) for hand, part, node in group], whole=True) for group in groups
    ]
    conflict = docket.enter(kind, scope, "", sides, known_as=(scope, *sorted(map(_own_mark, groups))))
    decision = conflict.settled
    chosen = decided(decision, sides)
    unclear = decision is not None and decision.take is None and bool(conflict.also_differ)
    if decision is None or chosen is None or unclear:
        return [*joined]
    everyone = [one for group in groups for one in group]
    agreed = [one for one in everyone if one[0].id not in decision.dissent] or everyone
    taken = next((node for node, one in zip(joined, sides, strict=True) if decision.take in one.members), joined[0])
    word = "need" if kind is Kind.SAME_NEED else "text"
    united = taken if decision.text is None else with_entries(taken, **{word: chosen})
    elsewhere = counting_otherwise(conflict)
    behind_it = [one for one in agreed if one[0].id not in elsewhere]
    level = _level(part for _, part, _ in everyone)
    against = [[one for one in group if one[0].id in decision.dissent] for group in groups]
    voices = [
        voice(
            "",
            side(kind, scope, "", group),
            _names(group),
            decision.form.value,
            level=_level(part for _, part, _ in group),
            sources=_sources(group),
        )
        for group in against
        if group and len(agreed) < len(everyone)
    ]
    return [
        with_entries(
            united,
            by=words(_names(behind_it), united.span),
            sources=_sources(everyone),
            level=scalar(level, united.span) if level else None,
            voices=listed([*voices, *(node for nodes in own for node in nodes)], united.span),
            notes=_notes(everyone, united.span),
        )
    ]


def _own_mark(group: list[tuple[Hand, Part, Node]]) -> str:
    """Return a fingerprint of what somebody wrote in the language of its own: a translation makes nothing else of it."""
    return min(mark(uncited(plain(_in_own_words(_bare(node))))) for _, _, node in group)


def _in_own_words(node: Node) -> Node:
    """Return a part with each text in the language in which it was written first, as a plain value."""
    if not isinstance(node, Keys):
        return node
    if len(node.entries) == 1 and len(only := next(iter(node.entries))) == _TONGUE:
        return node.entries[only]
    if "original" in node.entries:
        return node.entries.get(plain(node.entries["original"]), node)
    return with_entries(node, **{key: _in_own_words(entry) for key, entry in node.entries.items()})


def _bare(node: Node) -> Keys:
    assert isinstance(node, Keys)
    return with_entries(node, by=None, sources=None, voices=None, notes=None)
