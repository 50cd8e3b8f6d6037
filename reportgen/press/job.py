"""What goes into the press and what comes out of it: plain values that can cross from one process to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Diagnostic
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts
from reportgen.theme.model import USUAL, Theme

SECONDS_AT_LEAST: Final = 90.0
CHARACTERS_A_SECOND: Final = 1_500
"""A tenth of what a laptop of 2015 sets; a text that takes longer is built to take longer."""
MEMORY: Final = 3 * 1024**3
"""A report of a thousand pages takes half of it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report in one language.

    Attributes:
        publication: What its audience may read; nothing above that level enters the press.
        catalogue: Obligations, questions, titles of articles.
        language: Language of the report.
        formats: Forms to write it in.
        final: Whether it is to be published.
        theme: How it looks.
    """

    publication: Publication[Passage]
    catalogue: Catalogue
    language: str
    formats: Sequence[str]
    final: bool = False
    theme: Theme = USUAL


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished files, by name, and what was found while they were made; with an error there are no files."""

    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take.

    Attributes:
        memory: Address space in bytes, where the system can bound it (Linux).
        seconds: Time on the clock, and of the processor.
    """

    memory: int
    seconds: float


def limits_for(job: Job) -> Limits:
    """Return the limits for ``job``, with time in proportion to its text."""
    length = sum(len(part.text) for part in parts(job.publication) if isinstance(part, Passage))
    return Limits(MEMORY, SECONDS_AT_LEAST + length / CHARACTERS_A_SECOND)
