"""Everything that is checked about a submission that could be read, one module a concern."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.catalogue import Catalogue
from reportgen.diagnostics import Diagnostic
from reportgen.submission.checks import coverage, dates, evidence, length, prose, protection, scope, signs, translations
from reportgen.submission.checks.facts import Facts
from reportgen.submission.confidential import withhold
from reportgen.submission.reading import Reading

_CHECKS = (
    scope.check,
    coverage.check,
    evidence.check,
    protection.check,
    dates.check,
    translations.check,
    prose.check,
    length.check,
    signs.check,
)


def check_submission(
    reading: Reading,
    catalogue: Catalogue,
    languages: Sequence[str] = (),
    more_signs: tuple[tuple[int, ...], ...] = (),
) -> tuple[Diagnostic, ...]:
    """Return everything found while reading and checking, with confidential words withheld.

    Args:
        reading: What was read.
        catalogue: What is asked.
        languages: Languages to check translations for; those of the report if none are named.
        more_signs: Coverage of the fonts that a theme brings.

    Checks run on whatever could be read, so that an author sees all problems at once.
    """
    found = list(reading.found)
    if reading.submission is not None:
        facts = Facts(reading.submission, catalogue, reading.texts, tuple(languages), reading.folder, more_signs)
        for check in _CHECKS:
            found += check(facts)
    return withhold(found, reading.confidential)
