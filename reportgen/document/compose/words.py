"""Ratings in words, each with the name of its symbol; words at the start of an item."""

from __future__ import annotations

from dataclasses import replace

from reportgen.document.model import Rating
from reportgen.document.setter import Setter
from reportgen.languages.pairs import Passage
from reportgen.submission.model import Law, Practice
from reportgen.submission.words import WORDS


def rating(value: Law | Practice, setter: Setter) -> Rating:
    """Put a rating into words, with the name of its symbol."""
    axis = setter.say("Law") if isinstance(value, Law) else setter.say("Practice")
    scale = "law" if isinstance(value, Law) else "practice"
    return Rating(axis, f"{scale}-{value.value.replace('_', '-')}", setter.say(WORDS[value]))


def begun(passage: Passage) -> Passage:
    """Return words that start an item with a capital; a name that chose a small letter (“iLaw”) keeps it."""
    first = passage.text.split(maxsplit=1)[0] if passage.text.strip() else ""
    return replace(passage, text=passage.text[:1].upper() + passage.text[1:]) if first.islower() else passage
