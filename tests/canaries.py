"""Made-up submissions with a canary in everything that is confidential: words that nobody else writes, told apart by level."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from hypothesis import strategies as st

_LEVELS: Final = ("public", "members", "confidential")
_QUESTIONS: Final = ("untoc-5.model", "untoc-5.roles", "untoc-5.leaders")
_CANARY: Final = re.compile("qzk[bdfghjlmnprstvwx]{3}kzq")
_BETWEEN: Final = re.compile(r"[\W_]+")
_CONSENT: Final = {"internal": "2023", "authorities": "2023", "public": "2023"}


@dataclass
class Secretive:
    """A submission and its canaries, by the lowest audience that may read them; those of ``confidential`` nobody may.

    Identifiers may stand in messages, for the author must find them, and in no output.
    """

    yaml: str = ""
    words: dict[str, list[str]] = field(default_factory=lambda: {level: [] for level in _LEVELS})
    identifiers: list[str] = field(default_factory=list)

    def hidden(self, audience: str) -> list[str]:
        """The canaries that ``audience`` must not find anywhere."""
        above = [word for level in _LEVELS[_LEVELS.index(audience) + 1 :] for word in self.words[level]]
        return [*above, *self.identifiers]

    def in_messages(self) -> list[str]:
        """The canaries that no message may show."""
        return [*self.words["members"], *self.words["confidential"]]


def found_in(words: Iterable[str], text: str) -> list[str]:
    """Which canaries among ``words`` stand in ``text``, in whatever case, with or without spaces, hyphens and soft hyphens."""
    there = set(_CANARY.findall(_BETWEEN.sub("", text.casefold())))
    return [word for word in words if word in there]


class _Author:
    """Writes texts with canaries."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.made = Secretive()

    def word(self, level: str) -> str:
        """A canary of its own; without a level it is an identifier."""
        number = sum(map(len, self.made.words.values())) + len(self.made.identifiers)
        word = "qzk" + "".join("bdfghjlmnprstvwx"[int(digit, 16)] for digit in f"{number:03x}") + "kzq"
        (self.made.words[level] if level else self.made.identifiers).append(word)
        return word

    def text(self, level: str, *, prose: bool = False) -> Any:
        """A text of one language or two, with canaries of ``level``, and marks-up where it is prose."""
        frames = ["{}", "Words {} words", "{} ends it.", "In capitals"]
        if prose:
            frames += [
                "**{}** and *so on*",
                "- one\n- {}",
                "> {}",
                "| A | B |\n|---|---|\n| {} | 1 |",
                "Note[^n].\n\n[^n]: {}",
            ]
            frames += ["[{}](https://a.example/b)", "a `{}` b", "## {}\n\nText"]

        def one() -> str:
            frame = self.draw(st.sampled_from(frames))
            return frame.format(self.word(level)) if "{}" in frame else f"{frame} {self.word(level).upper()}"

        languages = self.draw(st.sampled_from([(), ("en", "fr"), ("fr",)]))
        return {language: one() for language in languages} or one()

    def level(self) -> str:
        """A level; what is open is drawn more rarely."""
        return self.draw(st.sampled_from(["confidential", "confidential", "members", "public"]))

    def maybe(self) -> bool:
        """Whether to write something that may be left out."""
        return self.draw(st.booleans())

    def notes(self, level: str) -> list[Any]:
        """Remarks, some with a level and some without, which is confidential."""
        if not self.maybe():
            return []
        own = self.level()
        kept = max(own, level, key=_LEVELS.index)
        return [{"text": self.text("confidential")}, self.word("confidential"), {"text": self.text(kept), "level": own}]

    def part(self, *, key: str, **more: Any) -> dict[str, Any]:
        """A finding, reply or statistic of some level; its text stands under ``key``."""
        level = self.level()
        made = {key: self.text(level, prose=key != "title"), "level": level, "notes": self.notes(level), **more}
        if self.maybe():
            made["sources"] = self.draw(st.lists(st.sampled_from(["told", "leaked", "open", "mute"]), unique=True))
        if level == "public" and self.maybe():
            made["voices"] = [{"about": "", "text": self.text("members"), "level": "members", "by": ["org"]}]
        return made

    def source(self, kind: str, level: str | None) -> dict[str, Any]:
        """A source with a canary in all that tells who it is; without a level, what a person said is confidential."""
        kept = level or "confidential"
        made: dict[str, Any] = {
            "kind": kind,
            "title": self.text(kept),
            "author": self.text(kept),
            "publisher": self.text(kept),
            "url": f"https://{self.word(kept)}.example/{self.word(kept)}",
            "location": self.text(kept),
            "region": self.text(kept),
            "date": "2023-05-17",
            "described_as": {"en": "A person in the region", "fr": "Une personne de la région"},
        }
        if kind in {"interview", "testimony"}:
            made["consent"] = dict(_CONSENT)
        return made | ({"level": level} if level else {})

    def organisation(self, *, named: bool | None, level: str) -> dict[str, Any]:
        """An organisation that may not be named, or by members alone."""
        kept = level if named is not False else "confidential"
        shown = {"named": named} if named is not None else {}
        return shown | {
            "level": level,
            "name": self.text(kept),
            "acronym": self.word(kept).upper(),
            "mandate": self.text(kept),
            "contact": f"{self.word(kept)}@{self.word(kept)}.example",
            "website": f"https://{self.word(kept)}.example",
            "described_as": {"en": "a shelter", "fr": "un foyer"},
        }


@st.composite
def secretive(draw: st.DrawFn) -> Secretive:
    """A submission as YAML (which holds all of JSON), with a canary in a comment and in every part that is kept back."""
    author = _Author(draw)
    findings = [author.part(key="text", kind="case") for _ in range(draw(st.integers(1, 3)))]
    for finding in findings:
        if author.maybe():
            finding["title"] = author.text(finding["level"])
    series = {"en": "persons", "fr": "personnes"}
    whole: dict[str, Any] = {
        "format": "1",
        "language": draw(st.sampled_from(["en", "fr"])),
        "state": {"code": "XSL", "name": {"en": "Solvania", "fr": "Solvanie"}, "french": {"article": "la", "in": "en"}},
        "cluster": "1",
        "report": {
            "title": {"en": "Title", "fr": "Titre"},
            "date": "2024-09-30",
            "scope": ["untoc-5"],
            "summary": {"en": "Short.", "fr": "Bref."},
            "methodology": {"en": "We asked [@told].", "fr": "Nous avons demandé [@told]."},
        },
        "protection": {"dates": draw(st.sampled_from(["day", "month", "year"])), "places": "region"},
        "organisations": {
            "org": {"name": {"en": "Centre", "fr": "Centre"}},
            author.word(""): author.organisation(named=False, level=author.level()),
            author.word(""): author.organisation(named=None, level="confidential"),
            author.word(""): author.organisation(named=None, level="members"),
        },
        "answers": {
            "untoc-5": {
                "law": "partly",
                "practice": "poor",
                "grounds": {"en": "As we saw [@told, p. 3].", "fr": "Comme nous l’avons vu [@told, p. 3]."},
                "questions": {key: author.part(key="answer") for key in _QUESTIONS},
                "findings": findings,
                "notes": author.notes("public"),
            }
        },
        "statistics": {
            author.word(""): author.part(
                key="title", unit=series, definition=None, values={"2021": "3", "2022": "77"}, articles=["untoc-5"]
            )
            for _ in range(2)
        },
        "sources": {
            "told": author.source("interview", draw(st.sampled_from([None, "members", "confidential"]))),
            "leaked": author.source("official_document", "confidential"),
            "mute": author.source("testimony", None),
            "open": {"kind": "ngo_report", "title": "A report", "date": "2023"},
        },
        "technical_assistance": [{"need": {"en": "Training", "fr": "Formation"}}],
    }
    for statistic in whole["statistics"].values():
        statistic["definition"] = author.text(statistic["level"])
    made = author.made
    made.yaml = f"# {author.word('confidential')}\n" + json.dumps(whole, ensure_ascii=False, indent=1)
    return made


__all__ = ["Secretive", "found_in", "secretive"]
