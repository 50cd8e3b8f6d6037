"""Composing: from a publication in one language to the document, chapter by chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportgen.catalogue import Catalogue
from reportgen.document.compose.annexes import acronyms_chapter, sources_chapter
from reportgen.document.compose.articles import article_chapter
from reportgen.document.compose.cover import front_page
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.gaps import gaps_chapter
from reportgen.document.compose.general import general_chapters
from reportgen.document.compose.places import places
from reportgen.document.compose.standing import standing_chapter
from reportgen.document.model import Chapter, Document
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication
from reportgen.theme.model import USUAL, Section, Theme


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
    desk = Desk(publication, catalogue, language, theme, final)
    chapters = tuple(chapter for section in theme.sections for chapter in _chapters(desk, section))
    chapters = (*gaps_chapter(desk, chapters), *chapters, *standing_chapter(desk, chapters))
    images = {image.name: image for image in publication.images.values()}
    return replace(front_page(desk, chapters, final=final), images=images, places=places(publication))


def _chapters(desk: Desk, section: Section) -> Iterable[Chapter]:
    """Return the chapters of ``section``; where there is nothing to say, none."""
    if section is Section.ARTICLES:
        return (article_chapter(desk, assessment) for assessment in desk.publication.assessments.values())
    if section is Section.SOURCES:
        return sources_chapter(desk)
    if section is Section.ACRONYMS:
        return acronyms_chapter(desk)
    return general_chapters(desk, section)
