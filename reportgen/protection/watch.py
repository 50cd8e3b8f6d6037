"""What a check does about names: it knows them, looks for them, and keeps them out of all messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.diagnostics.render import severity_of
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
    readings: Sequence[Reading], catalogue: Catalogue, audience: Audience, found: Sequence[Diagnostic]
) -> Watched:
    """Look for names in what ``audience`` would read; where there are other errors, that has to wait.

    Args:
        readings: The submission first; of a coalition, each member's too.
        catalogue: What is asked.
        audience: Who will read it.
        found: What was found before.
    """
    reading = readings[0]
    secrets, told = secrets_of(readings, audience)
    everything = [*found, *told]
    if not secrets:
        return Watched(secrets, tuple(everything), reading.confidential)
    if reading.submission and not any(severity_of(item) is Severity.ERROR for item in everything):
        from reportgen.publication.redact import redact

        publication = redact(reading.submission, catalogue, audience)
        named = list(named_in(publication, reading.submission, reading.texts, secrets))
        lines = {(item.span.file, item.span.line) for item in named if item.span}
        everything = [item for item in everything if not _same(item, lines)] + named
    confidential = reading.confidential | lines_with(reading.texts.items(), secrets)
    return Watched(secrets, hushed(withhold(everything, confidential), secrets), confidential)


def _same(item: Diagnostic, lines: set[tuple[str, int]]) -> bool:
    """Whether a warning about the name of an organisation is told as an error already."""
    return item.code == "RG316" and item.span is not None and (item.span.file, item.span.line) in lines


__all__ = ["Watched", "watch"]
