"""Conflicts in words, for the terminal, the report and the work-list; what is confidential is only given a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportgen.coalition.build import plain, uncited
from reportgen.coalition.judge import changed_members
from reportgen.coalition.labels import LABELS, SCALES, in_tongue, labelled, valued
from reportgen.coalition.model import Conflict, Kind, Side, Standing
from reportgen.diagnostics import Span
from reportgen.diagnostics.render import Translate, visible
from reportgen.languages.typography import typographer
from reportgen.marking import N_
from reportgen.submission.model import SourceKind
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar

KINDS: Final[dict[Kind, str]] = {
    Kind.APPLICABILITY: N_("Some assess the article, some say it does not apply"),
    Kind.RATING: N_("Ratings that differ: {about}"),
    Kind.STATE: N_("What the State answered, told differently"),
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
_AGREEMENT: Final = N_("Views on the State’s answer that differ")
_COLLECTIONS: Final = {
    Kind.SOURCE: "sources",
    Kind.ORGANISATION: "organisations",
    Kind.STATISTIC: "statistics",
    Kind.FIGURE: "statistics",
}
_WORDLESS: Final = frozenset({"by", "sources", "level", "voices", "original", "made_from"})
_PLAINLY: Final = frozenset({"", "text", "need", "answer", "meaning"})
"""Keys of what a conflict is about itself: their texts need no label but the language."""
_SPOKEN: Final = frozenset(kind.value for kind in SourceKind if kind.from_a_person)
_SENTENCE: Final = re.compile(r"[.!?…](?=\s|$)")
_ENOUGH, _GROUNDS = 60, 320
"""Characters of its grounds that a side is shown with: whole sentences from the first, cut at the second."""
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
        grounds: Where they rate, what they give as their reasons.
    """

    members: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]
    grounds: tuple[str, ...] = ()


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
        asked: The wording of the question.
        decided: What was decided, also where it is stale: what stands, by which key, and why.
    """

    conflict: Conflict
    group: str
    title: str
    standing: str
    sides: tuple[ToldSide, ...]
    changed: tuple[str, ...] = ()
    asked: str = ""
    decided: tuple[str, ...] = ()


def told(
    conflicts: Iterable[Conflict],
    say: Translate,
    articles: Mapping[str, str],
    home: str = "",
    *,
    called: Mapping[str, str] | None = None,
    root: Keys | None = None,
    language: str = "en",
) -> list[Told]:
    """Put conflicts into words, by article in the order of ``articles``, then what belongs to none.

    Args:
        conflicts: The conflicts.
        say: Looks a message up in the language of the user.
        articles: The articles with their headings, in the order of the treaties.
        home: The folder of the coalition: places are given from there.
        called: The wording of questions and the names of milestones, by identifier.
        root: The merged submission, for the titles of sources and statistics.
        language: The language of the user.
    """
    order = {key: number for number, key in enumerate(articles)}
    ordered = sorted(conflicts, key=lambda one: (order.get(one.scope, len(order)), list(Kind).index(one.kind)))
    teller = _Teller(say, language, home, called or {}, root)
    return [teller.told(conflict, articles.get(conflict.scope) or say(_GENERAL)) for conflict in ordered]


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


@dataclass(frozen=True)
class _Teller:
    """Puts one conflict after the other into the words of one language."""

    say: Translate
    language: str
    home: str
    called: Mapping[str, str]
    root: Keys | None

    def told(self, conflict: Conflict, group: str) -> Told:
        stale = conflict.standing is Standing.STALE
        kind = _AGREEMENT if conflict.about == "agree_with_state" else KINDS[conflict.kind]
        title = self.say(kind).format(scope=self._scope(conflict), about=self._about(conflict))
        return Told(
            conflict,
            group,
            visible(title),
            self.say(_STANDINGS[conflict.standing]),
            tuple(self._side(conflict, side) for side in conflict.sides),
            tuple(changed_members(conflict)) if stale else (),
            visible(self.called.get(conflict.about, "")) if conflict.kind is Kind.REPLY else "",
            tuple(visible(line) for line in self._decided(conflict)),
        )

    def _scope(self, conflict: Conflict) -> str:
        """Return what a conflict is about by the title that people know; what is confidential by its identifier."""
        collection = self.root.entries.get(_COLLECTIONS.get(conflict.kind, "")) if self.root else None
        thing = collection.entries.get(conflict.scope) if isinstance(collection, Keys) else None
        if conflict.confidential or not isinstance(thing, Keys) or conflict.about in {"title", "name"}:
            return conflict.scope
        level = plain(thing.entries.get("level")) or ("" if plain(thing.entries.get("kind")) not in _SPOKEN else "no")
        name = thing.entries.get("title") or thing.entries.get("name")
        return self._text(name) if name and level in {"", "public"} else conflict.scope

    def _about(self, conflict: Conflict) -> str:
        about = conflict.about
        if conflict.kind is Kind.REPLY:
            return about
        head, _, last = about.rpartition(" ")
        if head == "actual":
            return self.called.get(last, last)
        if conflict.kind is Kind.STATISTIC and last == "label" and head:
            row = LABELS[last]
            return self.say("{title}: {subject}").format(title=self.say(row), subject=head)
        return labelled(about, self.say)

    def _side(self, conflict: Conflict, side: Side) -> ToldSide:
        places = tuple(place_from(span, self.home) for span in side.spans)
        grounds = [
            self.say("Grounds of {member}: {text}").format(member=member, text=opening(self._text(node)))
            for member, node in side.grounds
        ]
        return ToldSide(side.members, tuple(self._words(conflict, side)), places, tuple(map(visible, grounds)))

    def _text(self, node: Node) -> str:
        """Return a text in the language of the user, else as it was written first."""
        if not isinstance(node, Keys):
            return plain(node)
        first = plain(node.entries.get("original")) or next(iter(node.entries), "")
        tongue = self.language if self.language in node.entries else first
        return _set(plain(node.entries.get(tongue)), tongue)

    def _words(self, conflict: Conflict, side: Side) -> list[str]:
        if side.confidential:
            return [self.say("(confidential: read it at its place)")]
        if conflict.kind is Kind.APPLICABILITY and not side.words:
            return [self.say("(assesses the article)")]
        if conflict.about in SCALES and isinstance(side.node, Scalar):
            word = valued(conflict.about, side.words, self.say)
            return [f"{word} ({side.words})" if word != side.words else visible(side.words)]
        return [visible(line) for line in (self._lines(side.node) if side.node else [side.words])]

    def _lines(self, node: Node, key: str = "") -> list[str]:
        """Return a node as lines: a text with its language before it, a part with its keys, all of them in words."""
        if not isinstance(node, Keys):
            value = valued(key, plain(node), self.say)
            return [self._line(labelled(key, self.say), value) if key else value]
        shown = {name: entry for name, entry in node.entries.items() if name not in _WORDLESS}
        if len(shown) == 1 and not key:
            ((only, entry),) = shown.items()
            return (
                self._lines(entry, "" if only in _PLAINLY else only)
                if isinstance(entry, Keys)
                else self._tongues(shown)
            )
        if all(isinstance(entry, Scalar) for entry in shown.values()) and not shown.keys() & LABELS.keys():
            return self._tongues(shown, "" if key in _PLAINLY else key)
        return [line for name, entry in shown.items() for line in self._lines(entry, name)]

    def _tongues(self, versions: Mapping[str, Node], key: str = "") -> list[str]:
        """Return a text, a line for each language."""
        return [
            self._line(in_tongue(key, tongue, self.say, self.language), _set(plain(entry), tongue))
            for tongue, entry in versions.items()
        ]

    def _line(self, label: str, text: str) -> str:
        return self.say("{title}: {subject}").format(title=label, subject=text)

    def _decided(self, conflict: Conflict) -> Iterator[str]:
        """Yield what was decided, also where that does not hold any more: what, by which key, and why."""
        decision = conflict.decision
        if decision is None or not decision.made:
            return
        say = self.say
        if decision.take:
            yield say("The side of {member} stands (take).").format(member=decision.take)
        if decision.text is not None:
            if conflict.confidential:
                yield say("A joint text stands (text); confidential: read it at its place.")
            else:
                for tongue, words in decision.text.versions.items():
                    label = in_tongue("", tongue, say, self.language)
                    yield say("A joint text stands (text). {language}: {text}").format(
                        language=label, text=_set(words, tongue)
                    )
        if decision.value is not None:
            word = "…" if conflict.confidential else valued(conflict.about, decision.value, say)
            yield say("A joint value stands (value): {value}.").format(value=word)
        if decision.keep:
            yield say("Every side stands, each with its name (keep: both).")
        if decision.dissent:
            yield say("Dissent, printed beside it (dissent): {members}.").format(members=", ".join(decision.dissent))
        if conflict.left:
            yield say("Neither taken nor recorded as dissent: {members}.").format(members=", ".join(conflict.left))
        if decision.reason is not None and not conflict.confidential:
            reason = decision.reason.versions
            yield say("Reason: {reason}").format(reason=reason.get(self.language) or decision.reason.source)


def _set(text: str, tongue: str) -> str:
    """Set French as the report does, so that no line of a list begins with a sign; other words stay as written."""
    return typographer(tongue)(text) if tongue == "fr" else text


def opening(text: str) -> str:
    """Return the first sentences of a text: what a rating rests upon, in a line or two."""
    whole = re.sub(r"\s+(?=[.,])", "", " ".join(uncited(text).split()))
    first = next((end.end() for end in _SENTENCE.finditer(whole) if end.end() >= _ENOUGH), len(whole))
    return in_brief(whole[:first].strip(), _GROUNDS)


__all__ = ["KINDS", "Told", "ToldSide", "by_group", "in_brief", "told"]
