"""Which part of the document comes from which place in the input, for whatever is found out only on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.diagnostics import Span
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts


def places(publication: Publication[Passage]) -> Mapping[str, Span]:
    """Return by identifier of a chapter or an answer the place of its first text."""
    return {key: span for key, part in _parts(publication) if (span := _first(part))}


def _parts(publication: Publication[Passage]) -> Iterator[tuple[str, object]]:
    for article, assessment in publication.assessments.items():
        yield article, assessment
        for reply in assessment.replies:
            yield f"q-{reply.question.replace('.', '-')}", reply
    for index, statistic in enumerate(publication.statistics, 1):
        yield f"figure-{index}", statistic
    for key in ("summary", "process", "context", "cross_cutting", "recent_developments"):
        yield key.replace("_", "-"), getattr(publication.front, key)


def _first(part: object) -> Span | None:
    return next((text.span for text in parts(part) if isinstance(text, Passage) and text.span), None)
