"""What goes into the press and what comes out of it: plain values that can cross from one process to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.theme.model import USUAL, Theme

if TYPE_CHECKING:  # a process that sets needs little of this
    from reportgen.catalogue import Catalogue
    from reportgen.diagnostics import Diagnostic, Span
    from reportgen.languages.pairs import Passage
    from reportgen.publication.model import Publication
    from reportgen.submission.images import Image
    from reportgen.theme.model import StyleSheet
    from reportgen.writers.pieces import Piece
    from reportgen.writers.quire import Face

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
        learned: What was learned of its texts before.
        again: Whether it will be composed again, with an edit, by the same process.
    """

    publication: Publication[Passage]
    catalogue: Catalogue
    language: str
    formats: Sequence[str]
    final: bool = False
    theme: Theme = USUAL
    learned: bytes = b""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished files, by name, and what was found while they were made; with an error there are no files."""

    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """What composing comes to.

    Attributes:
        stem: What the names of the files begin with.
        screen: The page for the screen, if it is wanted.
        pieces: What is to be set, if a PDF is wanted.
        places: Where in the input each part of the report comes from, by its id.
        learned: What was learned of its texts, for the next time.
    """

    stem: str
    screen: bytes
    pieces: tuple[Piece, ...]
    places: Mapping[str, Span]
    learned: bytes = b""


@dataclass(frozen=True, slots=True)
class Look:
    """What pieces look like: the theme, and the pictures of the report."""

    theme: Theme
    images: Mapping[str, Image]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Fonts to embed."""

    faces: Mapping[str, Face]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet of a theme, to be looked through for what the renderer can't do."""

    sheet: StyleSheet


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take.

    Attributes:
        memory: Address space in bytes, where the system can bound it (Linux).
        seconds: Time on the clock, and of the processor.
    """

    memory: int
    seconds: float


def length_of(job: Job) -> int:
    """Return how many characters the text of ``job`` has."""
    from reportgen.languages.pairs import Passage
    from reportgen.publication.walk import parts

    return sum(len(part.text) for part in parts(job.publication) if isinstance(part, Passage))


def limits_for(job: Job) -> Limits:
    """Return the limits for each task of ``job``, with time in proportion to its text."""
    return Limits(MEMORY, SECONDS_AT_LEAST + length_of(job) / CHARACTERS_A_SECOND)
