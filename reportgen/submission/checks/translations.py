"""Is every text there in every language of the report, and still true to its original?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.languages.pairs import Freshness, Text, fingerprint
from reportgen.submission.checks.facts import Facts
from reportgen.submission.model import Level, Organisation, Places, Source, Submission
from reportgen.submission.parts import Part, own_texts, walk_parts

_AS_WRITTEN: Final = {Source: frozenset({"title", "author", "publisher"}), Organisation: frozenset({"name"})}
"""Works keep the title they were published under, and names are names, unless their author gives another form."""
_PLACES: Final = frozenset({"location", "region"})


def translatable(part: Part) -> Iterator[tuple[str, Text]]:
    """Yield the texts of ``part`` that readers of another language need translated.

    Of what is confidential nobody reads anything but how a source or an organisation is described.
    """
    level = part.secrecy if isinstance(part, Organisation) else getattr(part, "level", Level.PUBLIC)
    for key, text in own_texts(part):
        described = key == "described_as" and isinstance(part, Organisation | Source)
        read = level is not Level.CONFIDENTIAL or described
        if read and not (key in _AS_WRITTEN.get(type(part), ()) and (key != "name" or len(text.versions) == 1)):
            yield key, text


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Report missing and stale translations for the languages the report is published in."""
    for part, level in _parts(facts.submission):
        for key, text in translatable(part):
            readers = Level.PUBLIC if key == "described_as" else level
            if isinstance(part, Source) and key in _PLACES and not _printed(key, part, facts.submission):
                continue
            for language in facts.languages:
                freshness = text.freshness(language)
                if freshness is Freshness.MISSING:
                    yield diagnostic("RG501", text.span, code=language, original=text.original, readers=readers.value)
                elif freshness is Freshness.STALE:
                    yield diagnostic(
                        "RG502",
                        text.spans.get(language),
                        code=language,
                        original=text.original,
                        fingerprint=fingerprint(text.source),
                        readers=readers.value,
                    )


def _parts(submission: Submission) -> Iterator[tuple[Part, Level]]:
    """Yield every part that somebody reads, with the level from which on."""
    levels: dict[tuple[str | int, ...], Level] = {}
    for path, part in walk_parts(submission):
        own = part.secrecy if isinstance(part, Organisation) else getattr(part, "level", Level.PUBLIC)
        above = (levels[path[:size]] for size in range(len(path)) if path[:size] in levels)
        levels[path] = max((own, *above), key=lambda level: level.rank)
        if levels[path] is not Level.CONFIDENTIAL or isinstance(part, Organisation | Source):
            yield part, levels[path]


def _printed(key: str, source: Source, submission: Submission) -> bool:
    """Whether a report prints this of the place and the region of a source."""
    regional = source.kind.from_a_person and submission.protection.places is Places.REGION
    return key == ("region" if regional or not source.location else "location")
