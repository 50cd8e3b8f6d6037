"""Neutral names: what an author called a source, a statistic or a picture can tell more than the author means.

An identifier is made from what its readers get to see, so that it tells nothing else, stays the same from one bundle to
the next, and comes out the same if a bundle is bundled again. Of several that look alike, the one that is met first in
the text has the first number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from reportgen.bundle.cut import cited
from reportgen.bundle.texts import rebuilt, with_texts
from reportgen.bundle.tree import part_tree
from reportgen.coalition.build import plain, uncited
from reportgen.languages.pairs import Text, fingerprint, untranslated
from reportgen.publication.seating import Seating
from reportgen.submission.citations import CITATION, parse_citation
from reportgen.submission.images import figures, may_hold_figures, read_figure
from reportgen.submission.model import ImageRights, Organisation, Statistic, Submission, Voice
from reportgen.submission.parts import Part, own_texts, walk_parts
from reportgen.submission.voices import cell_of

P = TypeVar("P", bound=Part)
NO_PICTURE: Final = "image"
"""The path of an image where none is shown."""
_INLINE: Final = re.compile(r"(!\[[^\]]{0,500}\]\()[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")


def pictures(submission: Submission) -> dict[str, tuple[Text, str]]:
    """Return the path of every picture that is shown, in order, with the text and its language that ask for it."""
    asked: dict[str, tuple[Text, str]] = {}
    for _, part in walk_parts(submission):
        for key, text in own_texts(part):
            if may_hold_figures(part, key):
                for language, words in text.versions.items():
                    for figure in figures(words):
                        asked.setdefault(figure.path, (text, language))
    return asked


def named(submission: Submission, images: Mapping[str, str], highest: int) -> Submission:
    """Return ``submission`` with neutral names for whatever an author may name.

    Args:
        submission: What the audience may have.
        images: The new path of each picture.
        highest: Rank of the highest level the audience may read, for the order of organisations.
    """
    withheld = frozenset(key for key, source in submission.sources.items() if source.level.rank > highest)
    sources = _identifiers("s", {key: submission.sources[key] for key in cited(submission)}, submission.language)

    def told(one: Part, key: str, words: str) -> str:
        if "[@" in words:
            words = CITATION.sub(lambda match: _recited(match, sources, withheld), words)
        return _pictured(words, images if may_hold_figures(one, key) else {})

    def renamed(one: Part) -> Part | None:
        if isinstance(one, ImageRights):
            return replace(one, file=images[one.file]) if one.file in images else None
        if isinstance(one, Statistic):
            one = _plain_series(one)
        ids = getattr(one, "sources", ())
        if isinstance(ids, tuple) and ids:
            one = _with(one, sources=tuple(dict.fromkeys(sources[key] for key in ids)))
        return with_texts(one, told)

    whole = rebuilt(submission, renamed)
    assert whole is not None, "nothing is taken away"
    whole = replace(whole, sources=dict(sorted((sources[key], source) for key, source in whole.sources.items())))
    return _with_statistics(_with_organisations(whole, highest))


def _with_statistics(submission: Submission) -> Submission:
    names = _identifiers("t", submission.statistics, submission.language)
    return replace(submission, statistics={names[key]: item for key, item in submission.statistics.items()})


def _with_organisations(submission: Submission, highest: int) -> Submission:
    """Name organisations in the order in which the report seats them.

    Of one that is not named the identifier is the name too: in capitals, which need no translation.
    """
    seats = Seating.of(submission, highest).keys
    names = _identifiers("o", {key: submission.organisations[key] for key in seats}, submission.language)

    def spoken(one: Part) -> Part:
        by = getattr(one, "by", ())
        return _with(one, by=tuple(names[key] for key in seats if key in by)) if by else one

    whole = rebuilt(submission, spoken)
    assert whole is not None, "nothing is taken away"
    return replace(whole, organisations={names[key]: _called(whole, key, names[key]) for key in seats})


def _called(submission: Submission, key: str, name: str) -> Organisation:
    organisation = submission.organisations[key]
    return (
        organisation
        if organisation.named
        else replace(organisation, name=untranslated(name.upper(), submission.language))
    )


def _identifiers(letter: str, things: Mapping[str, Part], language: str) -> dict[str, str]:
    """Return a neutral identifier for each of ``things``, made of what is seen of it."""
    names: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for key, thing in things.items():
        seen = _INLINE.sub(r"\1)", uncited(plain(part_tree(thing, language))))
        name = f"{letter}-{fingerprint(seen)}"
        taken[name] += 1
        names[key] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return names


def _plain_series(statistic: Statistic) -> Statistic:
    """Number the series of a statistic, and let its voices speak of them by number."""
    names = {key: f"line-{number}" for number, key in enumerate(statistic.series, 1)}

    def about(voice: Voice) -> Voice:
        cell = cell_of(statistic, voice)
        if cell is None or not names:
            return voice
        return replace(voice, about=f"line-{cell[0] + 1} {cell[1]}")

    return replace(
        statistic,
        series={names[key]: line for key, line in statistic.series.items()},
        voices=tuple(map(about, statistic.voices)),
    )


def _recited(match: re.Match[str], names: Mapping[str, str], withheld: frozenset[str]) -> str:
    """Name the sources of a citation anew; the place within a withheld source is not told."""
    told = [
        f"@{names[one.source]}" + (f", {one.locator}" if one.locator and one.source not in withheld else "")
        for one in parse_citation(match[1])
        if one.source in names
    ]
    return f"[{'; '.join(told)}]" if told else match.group()


def _pictured(words: str, images: Mapping[str, str]) -> str:
    """Name the pictures of a text anew; the path of one that is not shown is told nobody."""
    if "![" not in words:
        return words
    return "\n".join(_pictured_line(line, images) for line in words.split("\n"))


def _pictured_line(line: str, images: Mapping[str, str]) -> str:
    figure = read_figure(line)
    if figure is None or figure.path not in images:
        return _INLINE.sub(rf"\1{NO_PICTURE})", line)
    before, link, target = line.rpartition("](")
    return before + link + target.replace(figure.path, images[figure.path], 1)


def _with(part: P, **changes: Any) -> P:
    return replace(part, **changes)


__all__ = ["named", "pictures"]
