"""What each part of the document was set from, for whoever has to find its place in the input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts


def origins(publication: Publication[Passage]) -> Mapping[str, Passage]:
    """Return by identifier of a chapter, an answer or a figure its first text."""
    return {key: passage for key, part in _parts(publication) if (passage := _first(part))}


def _parts(publication: Publication[Passage]) -> Iterator[tuple[str, object]]:
    for article, assessment in publication.assessments.items():
        yield article, assessment
        for reply in assessment.replies:
            yield f"q-{reply.question.replace('.', '-')}", reply
    for index, statistic in enumerate(publication.statistics, 1):
        yield f"figure-{index}", statistic
    for key in ("summary", "process", "context", "cross_cutting", "recent_developments"):
        yield key.replace("_", "-"), getattr(publication.front, key)


def _first(part: object) -> Passage | None:
    return next((text for text in parts(part) if isinstance(text, Passage) and text.span), None)
