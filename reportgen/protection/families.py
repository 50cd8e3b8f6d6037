"""Family names: who keeps a full name back does not want to read the last word of it alone, either.

Others may bear it, and some are words. So it counts only where it begins with a capital and is no word of the
questionnaire, and it is a warning, not an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from reportgen.catalogue import Catalogue
from reportgen.languages.pairs import Text
from reportgen.protection.secrets import Secrets
from reportgen.protection.squash import fold, squash, weight

_SHORTEST: Final = 4
"""Letters of a family name that is searched alone."""
_SHORTEST_PART: Final = 5
"""Letters of a part of a double name."""


def families(secrets: Secrets, catalogue: Catalogue) -> Secrets:
    """Return the family names of all persons in ``secrets``, each at the place of the whole name.

    Args:
        secrets: What must not appear.
        catalogue: The questionnaire, whose words are no names.
    """
    known = {squash(secret.words) for secret in secrets.entries}
    alone = (
        replace(secret, words=name, proper=True)
        for secret in secrets.entries
        if secret.person
        for name in _families(secret.words)
        if squash(name) not in known
    )
    names = {squash(secret.words): secret for secret in alone}
    common = _words(catalogue) if names else frozenset()
    return Secrets(tuple(secret for name, secret in names.items() if name not in common), secrets.allowed)


def _families(name: str) -> Iterator[str]:
    """Yield the last word of a name, or of what stands before its comma, and the parts of a double name."""
    if len(name.split()) < 2:
        return
    for word in name.partition(",")[0].split()[-1:]:
        if weight(word) >= _SHORTEST:
            yield word
        parts = fold(word).split("-")
        yield from (part for part in parts if len(parts) > 1 and weight(part) >= _SHORTEST_PART)


def _words(catalogue: Catalogue) -> frozenset[str]:
    """Return every word of the questionnaire and of the titles of articles, in both languages."""
    pieces = set(fold("\n".join(_texts((catalogue.enquiries, catalogue.articles)))).split())
    return frozenset(word for piece in pieces for word in (piece.replace("-", ""), *piece.split("-")))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Text):
        yield from value.versions.values()
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "values"):
        yield from _texts(tuple(value.values()))
    elif is_dataclass(value):
        yield from _texts(tuple(getattr(value, item.name) for item in fields(value)))


__all__ = ["families"]
