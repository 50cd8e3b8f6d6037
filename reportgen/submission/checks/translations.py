"""Is every text there in every language of the report, and still true to its original?"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.languages.pairs import Freshness, Text, fingerprint
from reportgen.submission.checks.facts import Facts
from reportgen.submission.model import Level, Organisation, Source
from reportgen.submission.parts import Part, own_texts, walk_parts

_AS_PUBLISHED = frozenset({"title", "author", "publisher"})
"""Of a source: works keep the title they were published under."""


def translatable(part: Part) -> Iterator[tuple[str, Text]]:
    """Yield the texts of ``part`` that readers of another language need translated.

    Of what is confidential nobody reads anything but how a source or an organisation is described.
    """
    level = part.secrecy if isinstance(part, Organisation) else getattr(part, "level", Level.PUBLIC)
    for key, text in own_texts(part):
        described = key == "described_as" and isinstance(part, Organisation | Source)
        read = level is not Level.CONFIDENTIAL or described
        if read and not (isinstance(part, Source) and key in _AS_PUBLISHED):
            yield key, text


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Report missing and stale translations for the languages the report is published in."""
    for _, part in walk_parts(facts.submission):
        for _, text in translatable(part):
            for language in facts.languages:
                freshness = text.freshness(language)
                if freshness is Freshness.MISSING:
                    yield diagnostic("RG501", text.span, code=language, original=text.original)
                elif freshness is Freshness.STALE:
                    yield diagnostic(
                        "RG502",
                        text.spans.get(language),
                        code=language,
                        original=text.original,
                        fingerprint=fingerprint(text.source),
                    )
