"""Words as HTML: the few signs that would be read as markup, and no others."""

from __future__ import annotations

from html import escape


def in_text(words: str) -> str:
    """Return ``words`` as they stand between tags."""
    return escape(words, quote=False)


def in_attribute(words: str) -> str:
    """Return ``words`` as they stand between double quotation marks in a tag."""
    return in_text(words).replace('"', "&quot;")
