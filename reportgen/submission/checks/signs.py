"""Signs that no font of the report has: told with their place, before the page is set with a box in their stead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.fonts import lacking
from reportgen.submission.checks.facts import Facts
from reportgen.submission.parts import Part, declared_fields, own_texts, walk_parts

MOST_NAMED: Final = 5


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check every text, every other word and every key that may be printed."""
    for _, part in walk_parts(facts.submission):
        for _, text in own_texts(part):
            for language, version in text.versions.items():
                if signs := lacking(version, facts.more_signs):
                    first = min(signs, key=version.index)
                    yield _told(sorted(signs, key=version.index), facts.locate(text, language, first))
        for word, span in _words(part):
            if signs := lacking(word, facts.more_signs):
                yield _told(sorted(signs, key=word.index), span)


def _words(part: Part) -> Iterator[tuple[str, Span | None]]:
    """Yield what is written in ``part`` besides its texts: addresses, acronyms, identifiers."""
    for key, (name, _, _) in declared_fields(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, str):
            yield value, part.place(key)
        elif isinstance(value, Mapping):
            yield from ((step, part.key_place(key, step)) for step in value if isinstance(step, str))


def _told(signs: list[str], span: Span | None) -> Diagnostic:
    named = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs[:MOST_NAMED])
    return diagnostic("RG704", span, value=named + (" …" if len(signs) > MOST_NAMED else ""))
