"""What every check needs to know about a submission, worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reportgen.catalogue import Catalogue, Cluster
from reportgen.diagnostics import Span
from reportgen.languages.pairs import OUTPUT_LANGUAGES, Text
from reportgen.submission.model import Submission
from reportgen.submission.nodes import Mapping


@dataclass(frozen=True)
class Facts:
    """A submission beside what the mechanism asks of it.

    Attributes:
        submission: What was written.
        catalogue: What is asked.
        texts: The text of each file, to find the exact place of a word.
        wanted: The languages to build, where they are not those of the report.
        folder: The folder of the submission, in which its images lie.
        more_signs: Coverage of the fonts that a theme brings.
    """

    submission: Submission
    catalogue: Catalogue
    texts: AbstractMapping[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    folder: Path | None = None
    more_signs: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def cluster(self) -> Cluster | None:
        """The cluster under review, if there is one of that number."""
        return self.catalogue.clusters.get(self.submission.cluster)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The articles this report is about: those of the cluster, of instruments the State is a party to, in scope."""
        if self.cluster is None:
            return ()
        scope = self.submission.report.scope
        answered = [key for key in self.submission.answers if key in self.cluster.candidates]
        listed = (*self.cluster.articles, *answered)
        return tuple(
            key
            for key in self.catalogue.articles
            if key in listed and self.is_party(key) and (not scope or key in scope)
        )

    def is_party(self, article: str) -> bool:
        """Whether the State is listed as a party to the instrument of ``article``."""
        return article.rpartition("-")[0] in self.submission.instruments

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages the report is published in, or is about to be."""
        if self.wanted:
            return self.wanted
        chosen = tuple(language for language in OUTPUT_LANGUAGES if language in self.submission.report.languages)
        return chosen or OUTPUT_LANGUAGES

    def written(self, key: str) -> frozenset[str]:
        """The identifiers written under ``key``, also of parts that could not be read; else one fault would cause many."""
        node = self.submission.node.entries.get(key) if self.submission.node else None
        return frozenset(node.entries) if isinstance(node, Mapping) else frozenset()

    def locate(self, text: Text, language: str, word: str, *, whole: bool = False, before: int = 0) -> Span | None:
        """Return the exact place of ``word`` within the ``language`` version of ``text``, else where the text starts.

        Args:
            text: The text.
            language: Which version of it.
            word: What to look for.
            whole: Whether it is not found as the beginning of a longer identifier (``@s1`` in ``@s10``).
            before: How often it stands in the text before the one that is meant.
        """
        span = text.spans.get(language)
        if span is None:
            return None
        lines = self.texts.get(span.file, "").split("\n")
        wanted = re.compile(re.escape(word) + (r"(?![.-]*\w)" if whole else ""))
        for number in range(span.line, len(lines) + 1):
            for match in wanted.finditer(lines[number - 1], span.column - 1 if number == span.line else 0):
                if not before:
                    return Span(span.file, number, match.start() + 1, len(word))
                before -= 1
        return span
