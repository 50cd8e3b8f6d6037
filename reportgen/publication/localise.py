"""From a publication in all its languages to what a reader of one language gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast

from reportgen.languages.pairs import Passage, Text
from reportgen.publication.model import Publication


def localise(publication: Publication[Text], language: str) -> Publication[Passage]:
    """Choose ``language`` for every text; where one lacks it, its original is taken and carries the mark of fallback."""
    return cast("Publication[Passage]", _in_language(publication, language))


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.read_in(language)
    if isinstance(value, tuple):
        return tuple(_in_language(item, language) for item in value)
    if isinstance(value, Mapping):
        return {key: _in_language(item, language) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == Publication.__module__:
        return type(value)(
            **{field.name: _in_language(getattr(value, field.name), language) for field in fields(value)}
        )
    return value
