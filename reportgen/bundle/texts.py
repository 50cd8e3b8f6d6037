"""Changing the texts of a submission and keeping what is known of their translations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from reportgen.languages.pairs import Freshness, Text, fingerprint
from reportgen.submission.parts import Part, declared_fields

P = TypeVar("P", bound=Part)
Change = Callable[[Part, str, str], str]
"""Makes the new words of a text from its part, its key and its words."""
_STALE: Final = ("00000000", "ffffffff")
"""What stands for the fingerprint of words that are no longer there: the true one would let a guess at them be tested."""


def retold(text: Text, change: Callable[[str], str]) -> Text | None:
    """Return ``text`` with every version as ``change`` makes it; a translation that was true to it stays so.

    Returns:
        ``None`` where no words are left.
    """
    versions = {language: words for language, version in text.versions.items() if (words := change(version).strip())}
    if not versions:
        return None
    original = text.original if text.original in versions else next(iter(versions))
    mark = fingerprint(versions[original])
    stale = next(sign for sign in _STALE if sign != mark)
    marks = {
        language: mark if text.freshness(language) is Freshness.FRESH else stale
        for language in versions
        if language in text.made_from and language != original
    }
    return Text(versions, original, marks, {key: span for key, span in text.spans.items() if key in versions})


def with_texts(part: P, change: Change) -> P | None:
    """Return ``part`` with the texts that stand directly in it as ``change`` makes them.

    Returns:
        ``None`` where a text that it needs has no words left.
    """
    changes: dict[str, Any] = {}
    for key, (name, _, required) in declared_fields(type(part)).items():
        value = getattr(part, name)
        if isinstance(value, Text):
            changes[name] = retold(value, lambda words, key=key: change(part, key, words))  # type: ignore[misc]
            if required and changes[name] is None:
                return None
        elif isinstance(value, Mapping) and any(isinstance(child, Text) for child in value.values()):
            told = {
                step: retold(child, lambda words, key=key: change(part, key, words))  # type: ignore[misc]
                for step, child in value.items()
            }
            changes[name] = {step: text for step, text in told.items() if text is not None}
    return replace(part, **changes)


def rebuilt(part: P, make: Callable[[Any], Any]) -> P | None:
    """Return ``part`` with every part in it, and at last itself, as ``make`` makes it.

    Returns:
        ``None`` where ``make`` leaves it out, or a part that it needs.
    """

    def one(value: Any) -> Any:
        return rebuilt(value, make) if isinstance(value, Part) else value

    changes: dict[str, Any] = {}
    for name, _, required in declared_fields(type(part)).values():
        value = getattr(part, name)
        if isinstance(value, Part):
            changes[name] = one(value)
            if required and changes[name] is None:
                return None
        elif isinstance(value, Mapping):
            inside = ((step, child, one(child)) for step, child in value.items())
            changes[name] = {step: made for step, child, made in inside if made is not None or child is None}
        elif isinstance(value, tuple):
            changes[name] = tuple(made for child in value if (made := one(child)) is not None)
    whole: P | None = make(replace(part, **changes))
    return whole


__all__ = ["rebuilt", "retold", "with_texts"]
