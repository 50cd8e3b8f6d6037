"""Sources as notes cite them and as the list shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from typing import Final

from markupsafe import Markup

from reportgen.document.markup import in_attribute, in_text
from reportgen.document.model import SourceEntry, SourceGroup
from reportgen.document.setter import Setter, direction
from reportgen.languages.formats import format_date
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Source
from reportgen.submission.citations import Citation
from reportgen.submission.model import SourceKind
from reportgen.submission.words import WORDS

SourceOf = Mapping[str, Source[Passage]]
Told = dict[tuple[str, bool], tuple[Markup, Markup]]
"""What notes say of a source, by its identifier and whether it is the first note on it, and the link to the list."""


_WITHHELD: Final = {
    SourceKind.INTERVIEW: N_("Interview, withheld to protect the source"),
    SourceKind.TESTIMONY: N_("Testimony, withheld to protect the source"),
}
_WITHHELD_OTHER: Final = N_("Source withheld to protect those concerned")
_LANGUAGES: Final = {
    "en": N_("in English"),
    "fr": N_("in French"),
    "es": N_("in Spanish"),
    "ar": N_("in Arabic"),
    "ru": N_("in Russian"),
    "zh": N_("in Chinese"),
    "pt": N_("in Portuguese"),
}


def cite(citation: Citation, sources: SourceOf, numbers: Mapping[str, int], setter: Setter, told: Told) -> Markup:
    """Say in a note what is cited: author, title, date, place in it, and the number in the list of sources.

    Within a chapter only the first note on a source gives author and date; later ones are short.

    Args:
        citation: What is cited.
        sources: All sources.
        numbers: Their numbers; those that have none are only named.
        setter: Sets the text of the chapter.
        told: What notes of this document said before; takes up what this one says.
    """
    source = sources.get(citation.source)
    if source is None or citation.source not in numbers:
        return Markup(in_text(citation.source))
    first = citation.source not in setter.cited
    setter.cited.add(citation.source)
    which = citation.source, first
    if which not in told:
        told[which] = _told(source, setter, first=first), _link_to(numbers[citation.source], setter)
    words, link = told[which]
    place = setter.plain(citation.locator).html if citation.locator and not source.withheld else Markup()
    return Markup(", ").join(filter(None, (words, place))) + Markup("\u00a0") + link


def _told(source: Source[Passage], setter: Setter, *, first: bool) -> Markup:
    if not first:
        return _title(source, setter)
    parts = _name(source.author, setter), _title(source, setter), _name(source.location, setter), _date(source, setter)
    return Markup(", ").join(filter(None, parts))


def _link_to(number: int, setter: Setter) -> Markup:
    title = in_attribute(setter.say("Source {number} in the list of sources", number=number))
    return Markup(f'<a class="source" href="#source-{number}" title="{title}">[{number}]</a>')


def _name(passage: Passage | None, setter: Setter) -> Markup:
    return _tagged(passage, setter, "span") if passage else Markup()


def _tagged(passage: Passage, setter: Setter, tag: str) -> Markup:
    set_text = setter.inline(passage, marked=False)
    lang = f' lang="{set_text.language}"' if set_text.language else ""
    if lang and (way := direction(set_text.language)):
        lang += f' dir="{way}"'
    if tag == "span" and not lang:
        return set_text.html
    return Markup(f"<{tag}{lang}>{set_text.html}</{tag}>")


def _title(source: Source[Passage], setter: Setter) -> Markup:
    code = Markup("\u00a0") + setter.plain(f"({source.code})").html if source.code else Markup()
    if source.title is None:
        return setter.plain(setter.say(_WITHHELD.get(source.kind, _WITHHELD_OTHER))).html + code
    return _tagged(source.title, setter, "span" if source.withheld else "cite") + code


def _date(source: Source[Passage], setter: Setter) -> Markup:
    return Markup(in_text(format_date(source.date, setter.language))) if source.date else Markup()


def list_sources(
    sources: SourceOf, numbers: Mapping[str, int], setter: Setter, contested: Collection[str] = ()
) -> tuple[SourceGroup, ...]:
    """Return the numbered list, grouped by kind; in a draft, what is contested is not told as if it were settled."""
    ranked = sorted(numbers, key=lambda key: numbers[key])
    groups = groupby(ranked, key=lambda key: sources[key].kind)
    return tuple(
        SourceGroup(
            setter.say(WORDS[kind]),
            tuple(_entry(sources[key], numbers[key], setter, contested=key in contested) for key in keys),
        )
        for kind, keys in groups
    )


def _entry(source: Source[Passage], number: int, setter: Setter, *, contested: bool) -> SourceEntry:
    parts = [
        part
        for part in (
            _name(source.author, setter),
            _title(source, setter),
            _name(source.publisher, setter),
            _name(source.location, setter),
            _date(source, setter),
        )
        if part
    ]
    sentences = [Markup(", ").join(parts) + Markup(".")]
    if source.url:
        sentences.append(_link(source.url) + Markup("."))
    if source.archived:
        sentences.append(
            setter.plain(setter.say("Archived copy:")).html + Markup(" ") + _link(source.archived) + Markup(".")
        )
    if source.accessed:
        sentences.append(
            setter.plain(setter.say("Accessed {date}.", date=format_date(source.accessed, setter.language))).html
        )
    if source.language and source.language != setter.language:
        known = _LANGUAGES.get(source.language)
        sentences.append(setter.plain(f"[{setter.say(known) if known else source.language}]").html)
    if contested:
        sentences.append(setter.plain(setter.say("[Members describe this source differently; not decided yet.]")).html)
    return SourceEntry(number, Markup(" ").join(sentences))


def _link(url: str) -> Markup:
    address = in_attribute(url)
    shown = in_text(url.split("://", 1)[1].rstrip("/"))
    return Markup(f'<a class="address" href="{address}">{shown}</a>')
