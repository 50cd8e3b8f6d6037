"""Composing: from a publication in one language to the document, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from reportgen.catalogue import Catalogue
from reportgen.document.compose.annexes import acronyms_chapter, sources_chapter
from reportgen.document.compose.articles import article_chapter
from reportgen.document.compose.cover import front_page
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.gaps import gaps_chapter
from reportgen.document.compose.general import general_chapters
from reportgen.document.compose.origins import origins
from reportgen.document.compose.standing import standing_chapter
from reportgen.document.model import Chapter, Document
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Assessment, Publication
from reportgen.publication.walk import parts
from reportgen.theme.model import USUAL, Section, Theme

_OF_ONE_CHAPTER: Final = frozenset({"assessments", "front", "needs"})
"""What of a publication no other chapter shows, but for the words of recommendations."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The chapter of an article with what it was made of."""

    assessment: Assessment[Passage]
    chapter: Chapter
    origins: Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class Composed:
    """A document, and what is needed to compose the next one, after an edit, without beginning anew.

    Attributes:
        document: It.
        around: All that the chapters of articles know beside their own article.
        articles: These chapters, by article.
    """

    document: Document
    around: tuple[Any, ...]
    articles: Mapping[str, Kept]


def compose(
    publication: Publication[Passage], catalogue: Catalogue, language: str, *, final: bool, theme: Theme = USUAL
) -> Document:
    """Compose the document.

    Args:
        publication: What the audience may read, in ``language``.
        catalogue: Obligations, questions, titles of articles.
        language: Language of the document.
        final: Whether it is to be published; anything else says on every page that it is a draft.
        theme: How it looks; the order of its sections.

    Raises:
        ProseError: A text is nested too deep to be set.
    """
    return compose_after(None, Desk(publication, catalogue, language, theme, final)).document


def compose_after(earlier: Composed | None, desk: Desk) -> Composed:
    """Compose as :func:`compose` does, and take from ``earlier`` each article about which nothing else is to be said.

    The result is the same as without ``earlier``.

    Raises:
        ProseError: A text is nested too deep to be set.
    """
    around = _around(desk)
    known = earlier.articles if earlier and earlier.around == around else {}
    articles: dict[str, Kept] = {}
    chapters = tuple(
        chapter for section in desk.theme.sections for chapter in _chapters(desk, section, known, articles)
    )
    chapters = (*gaps_chapter(desk, chapters), *chapters, *standing_chapter(desk, chapters))
    publication = desk.publication
    document = replace(
        front_page(desk, chapters, final=desk.final),
        images={image.name: image for image in publication.images.values()},
        origins={
            **origins(publication),
            **desk.origins,
            **{k: p for one in articles.values() for k, p in one.origins.items()},
        },
    )
    return Composed(document, around, articles)


def _chapters(desk: Desk, section: Section, known: Mapping[str, Kept], articles: dict[str, Kept]) -> Iterable[Chapter]:
    """Return the chapters of ``section``; where there is nothing to say, none."""
    if section is Section.ARTICLES:
        articles |= {key: _article(desk, one, known.get(key)) for key, one in desk.publication.assessments.items()}
        return (kept.chapter for kept in articles.values())
    if section is Section.SOURCES:
        return sources_chapter(desk)
    if section is Section.ACRONYMS:
        return acronyms_chapter(desk)
    return general_chapters(desk, section)


def _article(desk: Desk, assessment: Assessment[Passage], known: Kept | None) -> Kept:
    """Compose the chapter of an article, or take the known one if its words are the same, wherever they stand now."""
    if known is None or known.assessment != assessment:
        setter = desk.setter(assessment.article)
        setter.origins = {}
        return Kept(assessment, article_chapter(desk, assessment, setter), setter.origins)
    now = dict(zip(map(id, _passages(known.assessment)), _passages(assessment), strict=True))
    moved = {key: now.get(id(passage), passage) for key, passage in known.origins.items()}
    return Kept(assessment, known.chapter, moved)


def _passages(assessment: Assessment[Passage]) -> list[Passage]:
    return [part for part in parts(assessment) if isinstance(part, Passage)]


def _around(desk: Desk) -> tuple[Any, ...]:
    publication = desk.publication
    return (
        *(getattr(publication, item.name) for item in fields(publication) if item.name not in _OF_ONE_CHAPTER),
        publication.front.attribution,
        {key: desk.is_assessed(key) for key in publication.assessments},
        desk.chapter_numbers,
        desk.attributed,
        desk.language,
        desk.final,
        desk.theme,
    )


__all__ = ["Composed", "Desk", "compose", "compose_after"]
