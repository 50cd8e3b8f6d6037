"""What stands at the end: sources and acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.document.bibliography import list_sources
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.general import chapter
from reportgen.document.model import Acronyms, Chapter, Inline, Remark, Sources
from reportgen.document.setter import Setter
from reportgen.languages.formats import collation_key
from reportgen.languages.messages import in_language
from reportgen.marking import N_


def sources_chapter(desk: Desk) -> Iterator[Chapter]:
    """Yield the list of sources, where there are any."""
    if desk.numbers:
        setter = desk.setter("sources")
        open_ = desk.publication.unsettled
        contested = open_.sources if open_ and not desk.final else ()
        groups = list_sources(desk.publication.sources, desk.numbers, setter, contested)
        told = [
            setter.say(
                "Numbers in brackets in the notes refer to this list. Sources that could be put at risk are described, not named."
            )
        ]
        if code := next((source.code for source in desk.publication.sources.values() if source.code), ""):
            told.append(
                setter.say(
                    "A code such as {code} stands for the same source throughout this report; in other reports it has another one.",
                    code=code,
                )
            )
        intro = Remark(" ".join(told))
        yield chapter(desk, "sources", setter, N_("Sources"), [intro, Sources(groups)], "annex")


def acronyms_chapter(desk: Desk) -> Iterator[Chapter]:
    """Yield the acronyms, where there are any."""
    setter = desk.setter("acronyms")
    entries = _acronyms(desk, setter)
    if entries:
        yield chapter(desk, "acronyms", setter, N_("Acronyms"), [Acronyms(entries)], "annex")


def _acronyms(desk: Desk, setter: Setter) -> tuple[tuple[str, Inline], ...]:
    """The acronyms that the printed words use, with the author's own meaning before the catalogue's."""
    known: dict[str, Inline] = {}
    for acronym in desk.catalogue.acronyms:
        if letters := acronym.letters.get(desk.language):
            known[letters] = setter.plain(in_language(acronym.meaning, desk.language))
    for organisation in desk.publication.organisations:
        if organisation.acronym:
            known[organisation.acronym] = setter.inline(organisation.name)
    for letters, meaning in desk.publication.acronyms.items():
        known[letters] = setter.inline(meaning)
    text = "\n".join(passage.text for passage in desk.passages if not passage.is_fallback)
    return tuple(
        (letters, known[letters])
        for letters in sorted(known, key=collation_key)
        if letters in text and re.search(rf"(?<!\w){re.escape(letters)}(?!\w)", text)
    )
