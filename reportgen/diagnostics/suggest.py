"""*Did you mean*: the nearest known name to a mistyped one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

LONGEST: Final = 80
"""Characters of a word that may be somebody's mistyping; no name that is known has as many."""


@lru_cache(maxsize=4_096)
def fold(text: str) -> str:
    """Return ``text`` without case, accents, hyphens and underscores, for comparing what people type."""
    letters = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        letters = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(letters.casefold().replace("-", " ").replace("_", " ").replace("’", "'").split())


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that ``word`` was most likely meant to be, or ``None``.

    Comparison ignores case, accents and the difference between hyphen, underscore and space.
    """
    if len(word) > LONGEST:
        return None
    names = {fold(name): name for name in known}
    if match := names.get(fold(word)):
        return match
    close = get_close_matches(fold(word), names, n=1, cutoff=0.65)
    return names[close[0]] if close else None
