"""From a publication in all its languages to what a reader of one language gets."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from reportgen.languages.pairs import Passage, Text
from reportgen.memory import remembered
from reportgen.publication.model import Assessment, Publication
from reportgen.publication.walk import with_texts


def localise(publication: Publication[Text], language: str) -> Publication[Passage]:
    """Choose ``language`` for every text; where one lacks it, its original is taken and carries the mark of fallback."""
    rest = with_texts(replace(publication, assessments={}), lambda text: text.read_in(language))
    articles = {key: _localised(assessment, language) for key, assessment in publication.assessments.items()}
    return cast("Publication[Passage]", replace(rest, assessments=articles))


@remembered
def _localised(assessment: Assessment[Text], language: str) -> Assessment[Passage]:
    return cast("Assessment[Passage]", with_texts(assessment, lambda text: text.read_in(language)))
