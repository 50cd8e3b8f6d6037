"""Walking through a publication: every part of it, its texts, and the sources that it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from reportgen.languages.pairs import Passage, Text
from reportgen.memory import remembered
from reportgen.publication.model import Assessment, Publication
from reportgen.submission.citations import citations


def parts(value: Any) -> Iterator[Any]:
    """Yield every text and every part within ``value``, itself included, but not the list of sources."""
    if isinstance(value, (Text, Passage)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from parts(item)
    elif isinstance(value, dict):
        yield from parts(tuple(value.values()))
    elif isinstance(value, Assessment):
        yield from _parts_of(value)
    elif is_dataclass(value) and type(value).__module__ == Publication.__module__:
        yield from _own_and_below(value)


@remembered
def _parts_of(assessment: Assessment[Any]) -> tuple[Any, ...]:
    return tuple(_own_and_below(assessment))


def _own_and_below(value: Any) -> Iterator[Any]:
    yield value
    for item in fields(value):
        if not isinstance(value, Publication) or item.name != "sources":
            yield from parts(getattr(value, item.name))


def with_texts(value: Any, change: Callable[[Text], Any]) -> Any:
    """Return ``value``, a publication or anything in it, with every text as ``change`` makes it."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(with_texts(item, change) for item in value)
    if isinstance(value, Mapping):
        return {key: with_texts(item, change) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == Publication.__module__:
        return type(value)(**{item.name: with_texts(getattr(value, item.name), change) for item in fields(value)})
    return value


def cited_sources(publication: Publication[Text]) -> frozenset[str]:
    """Return every source that any part uses, in whatever language it is cited."""
    used: set[str] = set()
    for part in parts(publication):
        if isinstance(part, Text):
            used |= cited_in(part)
        else:
            ids = getattr(part, "sources", ())
            used |= set(ids) if isinstance(ids, tuple) else set()
    return frozenset(used)


def cited_in(text: Text) -> frozenset[str]:
    """Return every source that a text cites, in whatever language."""
    return frozenset(citation.source for version in text.versions.values() for citation in citations(version))
