"""From a publication in all its languages to what a reader of one language gets."""

from __future__ import annotations

from typing import cast

from reportgen.languages.pairs import Passage, Text
from reportgen.publication.model import Publication
from reportgen.publication.walk import with_texts


def localise(publication: Publication[Text], language: str) -> Publication[Passage]:
    """Choose ``language`` for every text; where one lacks it, its original is taken and carries the mark of fallback."""
    return cast("Publication[Passage]", with_texts(publication, lambda text: text.read_in(language)))
