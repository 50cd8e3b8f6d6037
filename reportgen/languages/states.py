"""States by their UN short names, with the grammar that running text needs in French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from reportgen.diagnostics.suggest import fold

_DATA: Final = Path(__file__).with_name("data") / "states.yaml"
_OF: Final = {"le": "du ", "la": "de la ", "les": "des ", "l’": "de l’"}
_ELIDED: Final = re.compile(r"[aeiouœæh]|y(?![aeiou])")
"""How a name begins before which « de » loses its vowel; no State without an article has an aspirate h."""


@dataclass(frozen=True, slots=True)
class State:
    """A State, real or fictional, as sentences need it.

    Attributes:
        code: ISO 3166-1 alpha-2, or the author's own code.
        alpha3: ISO 3166-1 alpha-3.
        en: English short name, as in lists.
        fr: French short name, as in lists.
        article: French definite article: le, la, les, l’ or nothing.
        preposition: French preposition of place: au, en, aux, à (or a longer form with its article).
        en_article: ``the`` where English running text needs it.
        en_text: English name in running text, where it differs.
        fr_text: French name in running text, where it differs.
        aliases: Other names that people type.
    """

    code: str
    alpha3: str
    en: str
    fr: str
    article: str = ""
    preposition: str = "en"
    en_article: str = ""
    en_text: str = ""
    fr_text: str = ""
    aliases: tuple[str, ...] = field(default=(), compare=False)

    def name(self, language: str) -> str:
        """The short name, as in a list or on a cover."""
        return self.fr if language == "fr" else self.en

    def the(self, language: str) -> str:
        """The name as a subject: « le Kenya », “the Sudan”, « Cuba »."""
        if language != "fr":
            return f"{self.en_article} {self.en_text or self.en}".strip()
        name = self.fr_text or self.fr
        return f"{self.article}{'' if self.article == 'l’' else ' '}{name}" if self.article else name

    def of(self, language: str) -> str:
        """The name after *of*: « du Kenya », « d’Haïti », “of the Sudan”."""
        if language != "fr":
            return f"of {self.the(language)}"
        name = self.fr_text or self.fr
        if self.article:
            return f"{_OF[self.article]}{name}"
        return f"d’{name}" if _ELIDED.match(fold(name)) else f"de {name}"

    def inside(self, language: str) -> str:
        """The name after *in*: « au Kenya », « en Haïti », « aux Philippines », « à Cuba »."""
        if language != "fr":
            return f"in {self.the(language)}"
        joint = "" if self.preposition.endswith("’") else " "
        return f"{self.preposition}{joint}{self.fr_text or self.fr}"


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """All States of the list, by code."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    records: list[dict[str, Any]] = yaml.load(_DATA.read_text("utf-8"), loader)["states"]  # noqa: S506 - a safe loader
    return tuple(
        State(
            code=record["alpha2"],
            alpha3=record["alpha3"],
            en=record["en"],
            fr=record["fr"],
            article=record.get("article", ""),
            preposition=record.get("in", "en"),
            en_article=record.get("en_article", ""),
            en_text=record.get("en_text", ""),
            fr_text=record.get("fr_text", ""),
            aliases=tuple(record.get("aliases", ())),
        )
        for record in records
    )


@lru_cache(maxsize=1)
def _index() -> dict[str, State]:
    index: dict[str, State] = {}
    for state in states():
        for name in (
            *state.aliases,
            state.en_text,
            state.fr_text,
            state.the("en"),
            state.the("fr"),
            state.en,
            state.fr,
        ):
            index[fold(name)] = state
    for state in states():
        index[fold(state.code)] = index[fold(state.alpha3)] = state
    index.pop("", None)
    return index


def find_state(text: str) -> State | None:
    """Return the State called ``text``: a code or a name in English or French, whatever the case and accents."""
    return _index().get(fold(text))


def state_names() -> tuple[str, ...]:
    """Every name that :func:`find_state` knows, for *did you mean*."""
    return tuple(name for state in states() for name in (state.en, state.fr, *state.aliases))
