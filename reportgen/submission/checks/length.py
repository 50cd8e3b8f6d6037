"""How long is the report? Some of those who take it set a limit of words, and turn away what is longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.submission.checks.facts import Facts
from reportgen.submission.checks.translations import translatable
from reportgen.submission.parts import walk_parts

_NO_TEXT: Final = frozenset({"sources", "organisations", "statistics", "acronyms", "images", "protection", "review"})
"""Keys of the submission whose texts are names and labels, not the text of the report."""


def words_by_article(facts: Facts) -> Mapping[tuple[str, str], int]:
    """Return the number of words by article and language; under ``""`` what belongs to no article."""
    counts: Counter[tuple[str, str]] = Counter()
    for path, part in walk_parts(facts.submission):
        top = str(path[0]) if path else ""
        if not path or top in _NO_TEXT:
            continue
        article = str(path[1]) if top == "answers" else ""
        for _, text in translatable(part):
            for language in facts.languages:
                counts[article, language] += len(text.versions.get(language, "").split())
    return counts


def length(facts: Facts, language: str) -> int:
    """Return the number of words of the report in ``language``."""
    return sum(number for (_, spoken), number in words_by_article(facts).items() if spoken == language)


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Report a report that is longer than it says it may be."""
    report = facts.submission.report
    limit = report.words_at_most
    for language in facts.languages if limit else ():
        if limit and (count := length(facts, language)) > limit:
            yield diagnostic("RG427", report.place("words_at_most"), code=language, count=count, limit=limit)
