"""Keys and values of the format in the words of people, for the lists of conflicts: nobody in a meeting knows the keys."""

from __future__ import annotations

from enum import Enum
from typing import Final

from reportgen.diagnostics.render import Translate
from reportgen.languages.formats import language_name
from reportgen.marking import N_
from reportgen.submission.model import Agreement, FindingKind, Law, Practice, Priority, SourceKind, StateAnswer
from reportgen.submission.words import WORDS

SCALES: Final = {"law": Law, "practice": Practice, "state_answer": StateAnswer, "agree_with_state": Agreement}
_SCALES: Final[dict[str, tuple[type[Enum], ...]]] = {
    **{key: (scale,) for key, scale in SCALES.items()},
    "kind": (FindingKind, SourceKind),
    "priority": (Priority,),
}
LABELS: Final = {
    "law": N_("Law"),
    "practice": N_("Practice"),
    "state_answer": N_("State’s answer"),
    "agree_with_state": N_("Agreement with the State’s answer"),
    "answer": N_("Answer"),
    "not_applicable": N_("Not applicable"),
    "no_information": N_("No information"),
    "kind": N_("Kind"),
    "title": N_("Title"),
    "text": N_("Text"),
    "need": N_("Need"),
    "priority": N_("Priority"),
    "addressee": N_("Addressee"),
    "timeframe": N_("Time frame"),
    "indicator": N_("Indicator"),
    "beneficiary": N_("Beneficiary"),
    "provider": N_("Provider"),
    "articles": N_("Articles"),
    "author": N_("Author"),
    "publisher": N_("Publisher"),
    "date": N_("Date"),
    "url": N_("Web address"),
    "archived": N_("Archived copy"),
    "accessed": N_("Read on the web on"),
    "language": N_("Language"),
    "location": N_("Where it was said"),
    "region": N_("Region"),
    "described_as": N_("Description"),
    "unit": N_("Unit"),
    "definition": N_("Definition"),
    "chart": N_("Chart"),
    "label": N_("Name of the row"),
    "name": N_("Name"),
    "acronym": N_("Acronym"),
    "founded": N_("Year of foundation"),
    "mandate": N_("Mandate"),
    "contact": N_("Address"),
    "website": N_("Web site"),
    "named": N_("May be named"),
    "meaning": N_("Meaning"),
    "group": N_("Group of the review"),
    "start": N_("Start of the review"),
}


def labelled(key: str, say: Translate) -> str:
    """Return a key in words; what is no key, such as a year, stays as it is."""
    return say(LABELS[key]) if key in LABELS else key


def valued(key: str, value: str, say: Translate) -> str:
    """Return the value of a key in words, where it is one of a scale."""
    known = {one.value: one for scale in _SCALES.get(key, ()) for one in scale}
    return say(WORDS[known[value]]) if value in known else value


def in_tongue(key: str, tongue: str, say: Translate, language: str) -> str:
    """Return the label of a text in one language: “Title (French)”; without a key “French”."""
    name = language_name(tongue, language)
    if not key:
        return name[:1].upper() + name[1:]
    return say(N_("{label} ({language})")).format(label=labelled(key, say), language=name)
