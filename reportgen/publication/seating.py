"""Who sits at the table of a joint report: marks that betray nobody, and who stands behind each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final, cast

from reportgen.diagnostics import Span
from reportgen.diagnostics.suggest import fold
from reportgen.languages.formats import collation_key
from reportgen.languages.pairs import Text, fingerprint
from reportgen.publication.model import Claim, Organisation, Voice
from reportgen.submission import model as written
from reportgen.submission.kinds import Count, Few
from reportgen.submission.parts import Part, own_texts, walk_parts
from reportgen.submission.voices import RATINGS, cell_of, figure_of, holds_given, rating_of

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WHOLE: Final = frozenset({"text", "answer"})
"""What a voice is about where it is about all of its part."""


@dataclass(frozen=True)
class Seating:
    """The organisations in the order of the publication, and how far an audience hears them.

    Attributes:
        entries: The organisations as they were written.
        highest: Rank of the highest level that the audience may read.
        undecided: Places of what the coalition has not decided yet.
        keys: Identifiers of the organisations; the position in it is all that a publication tells.
    """

    entries: Mapping[str, written.Organisation]
    highest: int
    undecided: frozenset[Span]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, submission: written.Submission, highest: int, undecided: frozenset[Span] = frozenset()) -> Seating:
        """Seat the organisations of ``submission``, which has no errors."""
        return cls(submission.organisations, highest, undecided, _order(submission, highest))

    def organisations(self) -> tuple[Organisation[Text], ...]:
        """Return the organisations as readers may know them, each with its mark."""
        entries = [self.entries[key] for key in self.keys]
        own = [item.acronym or "" if self._known(item) else "" for item in entries]
        acronyms = Counter(own)
        letters = (
            letter
            for size in (1, 2)
            for letter in map("".join, product(_LETTERS, repeat=size))
            if letter not in acronyms
        )
        return tuple(
            _organisation(
                item, acronym if acronym and acronyms[acronym] == 1 else next(letters), known=self._known(item)
            )
            for item, acronym in zip(entries, own, strict=True)
        )

    def _known(self, organisation: written.Organisation) -> bool:
        return organisation.secrecy.rank <= self.highest

    def by(self, part: Part) -> tuple[int, ...]:
        """Return the positions of those who stand behind ``part``; none where it is all of them, or nobody said."""
        places = sorted({self.keys.index(key) for key in getattr(part, "by", ())})
        return () if len(places) == len(self.keys) else tuple(places)

    def open(self, part: Part) -> bool:
        """Whether the coalition still has to decide about ``part``."""
        return part.node is not None and part.node.span in self.undecided

    def voices(self, part: Part) -> tuple[Voice[Text], ...]:
        """Return what some hold beside ``part``, as far as the audience may read it, named ones first."""
        voices = [
            Voice(
                "" if voice.about in _WHOLE else voice.about,
                self.by(voice),
                voice.form,
                voice.text,
                cast("Any", rating_of(voice)) if isinstance(part, written.Answer) else None,
                voice.sources,
                self.open(voice),
            )
            for voice in self._heard(part)
            if voice.text or (isinstance(part, written.Answer) and not holds_given(part, voice))
        ]
        return tuple(sorted(voices, key=_place))

    def claims(self, statistic: written.Statistic) -> tuple[Claim, ...]:
        """Return the figures that some give beside those of ``statistic``."""
        printed = _figures(statistic)
        claims = [
            Claim(*cell, figure, self.by(voice), self.open(voice), given=printed[cell] == figure)
            for voice in self._heard(statistic)
            if (cell := cell_of(statistic, voice)) and (figure := figure_of(voice)) is not None
            if not same_few(figure, printed[cell])
        ]
        return tuple(sorted(claims, key=lambda claim: (claim.series, claim.year, claim.by, str(claim.figure))))

    def contested(self, answer: written.Answer) -> tuple[str, ...]:
        """Return the ratings of ``answer`` that only voices give, each another one."""
        own = answer.node.entries if answer.node else {}
        held = {(voice.about, rating) for voice in self._heard(answer) if (rating := rating_of(voice)) is not None}
        sides = Counter(about for about, _ in held)
        return tuple(key for key in RATINGS if sides[key] > 1 and key not in own)

    def held(self, answer: written.Answer) -> dict[str, tuple[int, ...]]:
        """Return whose the ratings of ``answer`` are, where that is said."""
        return {voice.about: self.by(voice) for voice in self._heard(answer) if holds_given(answer, voice)}

    def _heard(self, part: Part) -> Iterator[written.Voice]:
        voices: tuple[written.Voice, ...] = getattr(part, "voices", ())
        return (voice for voice in voices if voice.level.rank <= self.highest)


def same_few(one: Count, other: Count) -> bool:
    """Whether two counts are told in the same words, “fewer than 5”, whatever they were."""
    return isinstance(one, Few) and one == other


def _figures(statistic: written.Statistic) -> dict[tuple[int, str], Count]:
    """Return the figures by number of series and year."""
    rows = [line.values for line in statistic.series.values()] or [statistic.values]
    return {(row, year): figure for row, values in enumerate(rows) for year, figure in values.items()}


def _place(voice: Voice[Text]) -> tuple[int, tuple[int, ...]]:
    scale = list(type(voice.rating)) if voice.rating else []
    return scale.index(voice.rating) if voice.rating else 0, voice.by


def _order(submission: written.Submission, highest: int) -> tuple[str, ...]:
    """Return the organisations as they were written; where the report says who holds what, in an order that is no clue.

    Then named ones stand first, by name; those that are not named come last, by their description and, where that is
    the same, by what everybody reads of them.
    """
    organisations: Mapping[str, written.Organisation] = submission.organisations
    parts = [part for _, part in walk_parts(submission)]
    if not any(getattr(part, "by", ()) or getattr(part, "voices", ()) for part in parts):
        return tuple(organisations)

    def place(key: str) -> tuple[bool, object, str]:
        item = organisations[key]
        known = item.secrecy.rank <= highest
        if known or item.described_as is None:
            return not known, collation_key(item.name.source), ""
        alone = [part for part in parts if getattr(part, "by", ()) == (key,) and _is_public(part)]
        public = sorted(text.source for part in alone for _, text in own_texts(part))
        return True, collation_key(item.described_as.source), fingerprint("\n".join(public))

    return tuple(sorted(organisations, key=place))


def _is_public(part: Part) -> bool:
    return getattr(part, "level", written.Level.PUBLIC) is written.Level.PUBLIC


def _organisation(organisation: written.Organisation, mark: str, *, known: bool) -> Organisation[Text]:
    if not known:
        assert organisation.described_as, "checked before"
        return Organisation(organisation.described_as, mark)
    return Organisation(
        replace(organisation.name, proper=True),
        mark,
        organisation.acronym or "",
        organisation.founded,
        organisation.mandate,
        organisation.contact or "",
        organisation.website or "",
    )


def hidden_names(submission: written.Submission, highest: int) -> frozenset[str]:
    """Return names and acronyms of the organisations that the audience may not know, folded."""
    return frozenset(
        fold(name)
        for item in submission.organisations.values()
        if item.secrecy.rank > highest
        for name in (*item.name.versions.values(), item.acronym or "")
        if name
    )
