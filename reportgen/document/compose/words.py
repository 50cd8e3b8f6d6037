"""Ratings in words, each with the name of its symbol."""

from __future__ import annotations

from reportgen.document.model import Rating
from reportgen.document.setter import Setter
from reportgen.submission.model import Law, Practice
from reportgen.submission.words import WORDS


def rating(value: Law | Practice, setter: Setter) -> Rating:
    """Put a rating into words, with the name of its symbol."""
    axis = setter.say("Law") if isinstance(value, Law) else setter.say("Practice")
    scale = "law" if isinstance(value, Law) else "practice"
    return Rating(axis, f"{scale}-{value.value.replace('_', '-')}", setter.say(WORDS[value]))
