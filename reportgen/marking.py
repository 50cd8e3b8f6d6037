"""The mark by which messages are found for translation."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - the customary name
    """Return ``text``; it is translated where it is shown, not where it is declared."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise, for messages with a number
    """Return a message in its two numbers; it is translated where it is shown."""
    return one, many
