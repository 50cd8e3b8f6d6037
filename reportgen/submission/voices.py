"""What a voice is about and what it holds: read once here, for the checks and for what is published."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from reportgen.diagnostics.suggest import fold
from reportgen.submission.kinds import NUMBER, Context, Count, Kind, invalid, one_of
from reportgen.submission.model import (
    Agreement,
    Answer,
    Finding,
    Law,
    Practice,
    QuestionAnswer,
    Recommendation,
    Report,
    StateAnswer,
    Statistic,
    Voice,
)
from reportgen.submission.nodes import unwritten
from reportgen.submission.parts import Part

RATINGS: Final[Mapping[str, type[Enum]]] = {
    "law": Law,
    "practice": Practice,
    "state_answer": StateAnswer,
    "agree_with_state": Agreement,
}
"""What a voice about an article may give a value for."""
_ABOUT: Final[Mapping[type[Part], tuple[str, ...]]] = {
    Report: (
        "summary",
        "methodology",
        "process",
        "context",
        "cross_cutting",
        "recent_developments",
        "disclaimer",
    ),
    Answer: (*RATINGS, "grounds", "state_position", "not_applicable"),
    QuestionAnswer: ("answer", "not_applicable", "no_information"),
    Finding: ("text",),
    Recommendation: ("text",),
}


def subjects(part: Part) -> tuple[str, ...]:
    """Return what a voice beside ``part`` may be about."""
    if isinstance(part, Statistic):
        return tuple(_cells(part))
    return _ABOUT.get(type(part), ())


def about_whole(part: Part) -> bool:
    """Whether a voice beside ``part`` may leave open what it is about: then it is about all of it."""
    return not isinstance(part, Report)


def rating_of(voice: Voice) -> Enum | None:
    """Return the rating that a voice holds, if it is about one and gives one."""
    scale = RATINGS.get(voice.about)
    rating: Enum | None = _value(voice, one_of(scale)) if scale else None
    return rating


def holds_given(answer: Answer, voice: Voice) -> bool:
    """Whether a voice holds the very rating that ``answer`` gives, and no more: then it says whose that rating is."""
    given = answer.node.entries.get(voice.about) if answer.node and voice.about in RATINGS else None
    return bool(given and not unwritten(given) and not voice.text and rating_of(voice) is getattr(answer, voice.about))


def cell_of(statistic: Statistic, voice: Voice) -> tuple[int, str] | None:
    """Return number of series and year of the figure that a voice is about: “2022”, or “Convictions 2022”.

    A series may be called by its identifier or by its label in any language.
    """
    about = fold(voice.about)
    return next((place for name, place in _named_cells(statistic) if fold(name) == about), None)


def figure_of(voice: Voice) -> Count:
    """Return the figure that a voice gives."""
    figure: Count = _value(voice, NUMBER)
    return figure


def says_something(part: Part, voice: Voice) -> bool:
    """Whether there is anything to print: a text, or a value that fits what the voice is about."""
    if voice.text:
        return True
    if isinstance(part, Statistic):
        return cell_of(part, voice) is not None and figure_of(voice) is not None
    return isinstance(part, Answer) and rating_of(voice) is not None


def _value(voice: Voice, kind: Kind[Any]) -> Any:
    node = voice.node.entries.get("value") if voice.node else None
    if node is None or unwritten(node):
        return None
    value = kind.read(node, Context())
    return None if invalid(value) else value


def _cells(statistic: Statistic) -> list[str]:
    if not statistic.series:
        return list(statistic.values)
    return [f"{key} {year}" for key, series in statistic.series.items() for year in series.values]


def _named_cells(statistic: Statistic) -> list[tuple[str, tuple[int, str]]]:
    if not statistic.series:
        return [(year, (0, year)) for year in statistic.values]
    return [
        (f"{name} {year}", (index, year))
        for index, (key, series) in enumerate(statistic.series.items())
        for name in (key, *series.label.versions.values())
        for year in series.values
    ]
