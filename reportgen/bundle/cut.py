"""From a submission to what one audience may have of it: the same format, with nothing in it that is not theirs.

:mod:`reportgen.publication.redact` decides what is printed for an audience; here the same is done to what is sent, so
that the bundle gives that audience the same report. What a level keeps back is gone, wherever a part with a level
stands; of a withheld source and of an organisation that is not named remains what readers are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from reportgen.bundle.texts import rebuilt, with_texts
from reportgen.catalogue import Catalogue
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import Text
from reportgen.publication.audience import Audience
from reportgen.publication.model import Publication
from reportgen.publication.redact import coarse_day, few, redact, rests_on_withheld
from reportgen.publication.seating import hidden_names
from reportgen.submission.citations import citations
from reportgen.submission.images import without_figures
from reportgen.submission.kinds import Count, Few
from reportgen.submission.model import (
    Consent,
    Level,
    Organisation,
    Places,
    Source,
    Statistic,
    Submission,
    Voice,
)
from reportgen.submission.parts import Part, own_texts, walk_parts
from reportgen.submission.voices import figure_of

HIGHEST: Final = {Audience.PUBLIC: Level.PUBLIC, Audience.MEMBERS: Level.MEMBERS}
WITHHELD: Final = Text({"en": "Withheld source", "fr": "Source non communiquée"}, "en")
"""The title of a source that has no description; the format needs one, and no reader sees it."""
UNNAMED: Final = Text({"en": "–"}, "en")
"""The name of an organisation that is not named, until it has an identifier."""


def cut(submission: Submission, catalogue: Catalogue, audience: Audience) -> Submission:
    """Cut ``submission`` to what ``audience`` may have.

    Args:
        submission: A submission without errors.
        catalogue: What is asked.
        audience: Who will have it.
    """
    scissors = _Scissors(submission, redact(submission, catalogue, audience), HIGHEST[audience])
    whole = rebuilt(submission, scissors.part)
    assert whole is not None, "a submission has no level, and its title no figures"
    return _cited_only(whole)


@dataclass(frozen=True)
class _Scissors:
    """What is to be known while cutting.

    Attributes:
        submission: What was written.
        publication: What is printed for the audience.
        highest: The highest level it may read.
    """

    submission: Submission
    publication: Publication[Text]
    highest: Level

    def part(self, part: Part) -> Part | None:
        """Return what the audience may have of ``part``, in which all parts are cut already."""
        if isinstance(part, Source):
            part = self._source(part)
        elif isinstance(part, Organisation):
            part = part if self._allowed(part.secrecy) else _undisclosed(part)
        elif not self._allowed(getattr(part, "level", Level.PUBLIC)):
            return None
        elif isinstance(part, Consent):
            part = _recorded(part)
        elif isinstance(part, Submission):
            part = self._whole(part)
        return with_texts(part, lambda _, __, words: without_figures(words, self._kept_back))

    def _allowed(self, level: Level) -> bool:
        return level.rank <= self.highest.rank

    @cached_property
    def _kept_back(self) -> frozenset[str]:
        return frozenset(image.file for image in self.submission.images if not self._allowed(image.level))

    def _source(self, source: Source) -> Source:
        if not self._allowed(source.level):
            return Source(
                kind=source.kind,
                title=source.described_as or WITHHELD,
                described_as=source.described_as,
                stated_level=source.level,
                code=source.code,
                consent=replace(source.consent, node=None) if source.consent else None,
            )
        if not source.kind.from_a_person:
            return source
        protection = self.submission.protection
        coarse = protection.places is Places.REGION
        return replace(
            source,
            date=coarse_day(source.date, protection.dates),
            accessed=coarse_day(source.accessed, protection.dates),
            location=None if coarse else source.location,
        )

    def _whole(self, submission: Submission) -> Submission:
        hidden = hidden_names(self.submission, self.highest.rank)
        told = {item.id: item for item in self.publication.statistics}
        limit = self.submission.protection.fewer_than
        return replace(
            submission,
            acronyms={
                letters: meaning
                for letters, meaning in submission.acronyms.items()
                if not hidden & {fold(letters), *map(fold, meaning.versions.values())}
            },
            statistics={
                key: _with_few(item, limit)
                if rests_on_withheld(told[key], self.submission, self.highest.rank)
                else item
                for key, item in submission.statistics.items()
            },
        )


def _undisclosed(organisation: Organisation) -> Organisation:
    return Organisation(name=UNNAMED, named=False, described_as=organisation.described_as)


def _recorded(consent: Consent) -> Consent:
    """Tell what was agreed to and not when, for that would tell when the person was met."""
    return replace(
        consent, internal=bool(consent.internal), authorities=bool(consent.authorities), public=bool(consent.public)
    )


def _with_few(statistic: Statistic, limit: int) -> Statistic:
    def small(values: Mapping[str, Count]) -> dict[str, Count]:
        return {year: few(figure, limit) for year, figure in values.items()}

    def voice(said: Voice) -> Voice:
        figure = few(figure_of(said), limit)
        return replace(said, value=f"<{figure.limit}") if isinstance(figure, Few) else said

    return replace(
        statistic,
        values=small(statistic.values),
        series={key: replace(line, values=small(line.values)) for key, line in statistic.series.items()},
        voices=tuple(map(voice, statistic.voices)),
    )


def cited(part: Part) -> dict[str, None]:
    """Return the sources that ``part`` and all parts in it use, in the order in which they are met."""
    used: dict[str, None] = {}
    for _, one in walk_parts(part):
        if isinstance(one, Source):
            continue
        ids = getattr(one, "sources", ())
        used |= dict.fromkeys(ids if isinstance(ids, tuple) else ())
        for _, text in own_texts(one):
            used |= {citation.source: None for words in text.versions.values() for citation in citations(words)}
    return used


def _cited_only(submission: Submission) -> Submission:
    """Take out the sources that nothing uses any more: even that there is one tells something."""
    used = cited(submission)
    return replace(submission, sources={key: source for key, source in submission.sources.items() if key in used})


__all__ = ["HIGHEST", "UNNAMED", "WITHHELD", "cited", "cut"]
