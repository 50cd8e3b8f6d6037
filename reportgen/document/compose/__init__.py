"""Composing: from a publication in one language to the document, chapter by chapter."""

from __future__ import annotations

from reportgen.catalogue import Catalogue
from reportgen.document.compose.annexes import annexes
from reportgen.document.compose.articles import article_chapter
from reportgen.document.compose.cover import front_page
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.general import closing_chapters, opening_chapters
from reportgen.document.model import Chapter, Document
from reportgen.languages.pairs import Passage
from reportgen.publication.model import Publication


def compose(publication: Publication[Passage], catalogue: Catalogue, language: str, *, final: bool) -> Document:
    """Compose the document.

    Args:
        publication: What the audience may read, in ``language``.
        catalogue: Obligations, questions, titles of articles.
        language: Language of the document.
        final: Whether it is to be published; anything else says on every page that it is a draft.

    Raises:
        ProseError: A text is nested too deep to be set.
    """
    desk = Desk(publication, catalogue, language)
    chapters: list[Chapter] = [
        *opening_chapters(desk),
        *(article_chapter(desk, assessment) for assessment in publication.assessments.values()),
        *closing_chapters(desk),
    ]
    return front_page(desk, (*chapters, *annexes(desk)), final=final)
