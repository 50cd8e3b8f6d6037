"""The line from YAML to reports, stage by stage, each a function from value to value.

    read → check → redact → localise → compose → write

Nothing here prints, exits or touches the disk but to read the submission: the commands do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.catalogue import Catalogue, load_catalogue
from reportgen.diagnostics import Diagnostic, Severity, diagnostic
from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.render import severity_of
from reportgen.publication.audience import Audience
from reportgen.submission.checks import check_submission
from reportgen.submission.checks.facts import Facts
from reportgen.submission.confidential import withhold
from reportgen.submission.reading import Reading, read_submission

if TYPE_CHECKING:
    from reportgen.writers.write import Progress


@dataclass(frozen=True, slots=True)
class Checked:
    """A submission with everything that was found about it."""

    reading: Reading
    catalogue: Catalogue
    found: tuple[Diagnostic, ...]

    @property
    def worst(self) -> Severity | None:
        """The highest severity found."""
        return max((severity_of(item) for item in self.found), default=None)


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: languages (those of the report if none are named), formats, audience, draft or final."""

    languages: Sequence[str] = ()
    formats: Sequence[str] = ("pdf", "html")
    audience: Audience = Audience.PUBLIC
    final: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """The finished files, by name, and everything found on the way; no files where there are errors."""

    checked: Checked
    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


def check(path: Path, languages: Sequence[str] = ()) -> Checked:
    """Read the submission at ``path`` and check it against the catalogue, for ``languages`` or those of the report."""
    reading = read_submission(path)
    catalogue = load_catalogue()
    return Checked(reading, catalogue, check_submission(reading, catalogue, languages))


def build(path: Path, order: Order, progress: Progress | None = None) -> Built:
    """Build every file of ``order`` in memory.

    Raises:
        TemplateFault: A template can't be used.
        PangoMissing: The machine can't set pages.
        RenderFault: The renderer failed.
    """
    checked = check(path, order.languages)
    found = for_final(checked.found) if order.final else checked.found
    submission = checked.reading.submission
    if submission is None or has_errors(found):
        return Built(checked, found=found)
    from reportgen.document.compose import compose
    from reportgen.document.markdown_reader import ProseError
    from reportgen.publication.localise import localise
    from reportgen.publication.redact import redact
    from reportgen.writers.write import write

    publication = redact(submission, checked.catalogue, order.audience)
    files: dict[str, bytes] = {}
    for language in order.languages or Facts(submission, checked.catalogue).languages:
        try:
            document = compose(localise(publication, language), checked.catalogue, language, final=order.final)
        except ProseError as error:
            return Built(
                checked, found=(*found, *withhold([diagnostic("RG605", error.span)], checked.reading.confidential))
            )
        for kind in order.formats:
            files[f"{document.stem}.{kind}"], warnings = write(document, kind, progress)
            found = (*found, *warnings)
    return Built(checked, files, found)


def for_final(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with every gap that a final report may not have turned into an error."""
    return tuple(replace(item, severity=Severity.ERROR) if CODES[item.code].blocks_final else item for item in found)


def has_errors(found: Sequence[Diagnostic]) -> bool:
    """Whether anything found stops the build."""
    return any(severity_of(item) is Severity.ERROR for item in found)


__all__ = ["Built", "Checked", "Order", "build", "check", "for_final", "has_errors"]
