"""What a check does about names: it knows them, looks for them, and keeps them out of all messages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.diagnostics.render import severity_of
from reportgen.protection.clean import Clean
from reportgen.protection.families import families
from reportgen.protection.search import hushed, named_in
from reportgen.protection.secrets import Secrets, lines_with, secrets_of
from reportgen.publication.audience import Audience
from reportgen.submission.confidential import withhold
from reportgen.submission.reading import Reading


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of a look at one submission.

    Attributes:
        secrets: What must not appear.
        found: Everything found, with what this look adds; no message holds a name.
        confidential: File and line of what no message may show.
    """

    secrets: Secrets
    found: tuple[Diagnostic, ...]
    confidential: frozenset[tuple[str, int]]


def watch(
    readings: Sequence[Reading],
    catalogue: Catalogue,
    audience: Audience,
    found: Sequence[Diagnostic],
    clean: Clean,
) -> Watched:
    """Look for names in what ``audience`` would read; where there are other errors, that has to wait.

    Args:
        readings: The submission first; of a coalition, each member's too.
        catalogue: What is asked.
        audience: Who will read it.
        found: What was found before.
        clean: What was searched before.
    """
    reading = readings[0]
    secrets, told = secrets_of(readings, audience)
    alone = families(secrets, catalogue)
    everything = [*found, *told]
    lines: set[tuple[str, int]] = set()
    if not secrets:
        return Watched(secrets, tuple(everything), reading.confidential)
    if reading.submission and not any(severity_of(item) is Severity.ERROR for item in everything):
        from reportgen.publication.redact import redact

        publication = redact(reading.submission, catalogue, audience)
        named = list(named_in(publication, reading.submission, reading.texts, secrets, alone, clean=clean))
        if audience is Audience.PUBLIC:
            named += _before_members(readings, catalogue, named, clean)
        lines = {(item.span.file, item.span.line) for item in named if item.span}
        everything = [item for item in everything if not _same(item, lines)] + named
    confidential = reading.confidential | lines | lines_with(reading.texts.items(), secrets, alone, clean=clean)
    return Watched(secrets, _without_names(everything, confidential, secrets, alone), confidential)


def discreet(readings: Sequence[Reading], catalogue: Catalogue, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return what was found while files were read, without any name, for who can't wait for the whole look.

    Args:
        readings: The submission first; of a coalition, each member's too.
        catalogue: What is asked.
        found: What was found.
    """
    reading = readings[0]
    secrets, _ = secrets_of(readings, Audience.PUBLIC)
    alone = families(secrets, catalogue)
    confidential = reading.confidential | lines_with(reading.texts.items(), secrets, alone, clean=Clean())
    return _without_names(found, confidential, secrets, alone)


def _without_names(
    found: Sequence[Diagnostic], confidential: frozenset[tuple[str, int]], secrets: Secrets, alone: Secrets
) -> tuple[Diagnostic, ...]:
    return hushed(hushed(withhold(found, confidential), secrets), alone)


def _before_members(
    readings: Sequence[Reading], catalogue: Catalogue, named: Sequence[Diagnostic], clean: Clean
) -> Iterator[Diagnostic]:
    """Warn of what would stop the members' edition and a bundle for them, and does not stop the public one."""
    from reportgen.publication.redact import redact

    known = {item.span for item in named}
    reading = readings[0]
    secrets, _ = secrets_of(readings, Audience.MEMBERS)
    if secrets and reading.submission:
        publication = redact(reading.submission, catalogue, Audience.MEMBERS)
        for item in named_in(publication, reading.submission, reading.texts, secrets, clean=clean):
            if item.span not in known:
                yield replace(item, code="RG964")


def _same(item: Diagnostic, lines: set[tuple[str, int]]) -> bool:
    """Whether a warning about the name of an organisation is told as an error already."""
    return item.code == "RG316" and item.span is not None and (item.span.file, item.span.line) in lines


__all__ = ["Watched", "discreet", "watch"]
