"""Cover and imprint."""

from __future__ import annotations

from markupsafe import Markup

from reportgen.document.compose.desk import Desk
from reportgen.document.compose.voices import mark
from reportgen.document.model import Chapter, Document, Inline
from reportgen.document.setter import Setter
from reportgen.languages.formats import format_date, join_list
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.publication.audience import Audience
from reportgen.publication.model import Publication
from reportgen.submission.words import WORDS


def front_page(desk: Desk, chapters: tuple[Chapter, ...], *, final: bool) -> Document:
    """Put title, imprint and chapters together."""
    publication, front = desk.publication, desk.publication.front
    setter = desk.setter("")
    label = setter.say(WORDS[front.label])
    state = publication.state.name(desk.language)
    date = format_date(front.date, desk.language) if front.date else ""
    cluster = publication.cluster
    edition, reserved = _edition(publication, setter)
    return Document(
        language=desk.language,
        title=setter.inline(front.title),
        subtitle=setter.inline(front.subtitle) if front.subtitle else None,
        label=label,
        state=state,
        reviewed=setter.say(
            "Review of the implementation of the Organized Crime Convention and its Protocols {in_state} – Cluster {number}: {name}",
            in_state=publication.state.inside(desk.language),
            number=cluster.number,
            name=in_language(cluster.name, desk.language),
        ),
        running=" – ".join(part for part in (state, label, reserved) if part),
        imprint=tuple((term, value) for term, value in _imprint(desk, setter) if value),
        statement=tuple(_statement(desk, setter, final=final)),
        organisations=tuple(_capital(setter.inline(item.name)) for item in publication.organisations),
        reserved=reserved,
        date=date,
        version=front.version,
        draft=not final,
        created=str(front.date) if front.date and front.date.day else "",
        chapters=chapters,
        theme=desk.theme,
        stem=f"{publication.state.code.lower()}-cluster{cluster.number}-{front.label.value}-report{edition}.{desk.language}",
    )


def _edition(publication: Publication[Passage], setter: Setter) -> tuple[str, str]:
    """Return what stands in the names of the files, so that no edition replaces another, and the mark on every page."""
    if publication.audience is Audience.MEMBERS:
        return ".members", setter.say("For members only")
    return (".authorities", setter.say("Not for publication")) if publication.for_authorities else ("", "")


def _imprint(desk: Desk, setter: Setter) -> list[tuple[str, str]]:
    publication, front = desk.publication, desk.publication.front
    names = [in_language(desk.catalogue.instruments[key].short, desk.language) for key in publication.instruments]
    period = ""
    if publication.period:
        first, last = (format_date(day, desk.language) for day in publication.period)
        period = setter.say("{first} to {last}", first=first, last=last)
    return [
        (setter.say("Version"), front.version),
        (setter.say("Date"), format_date(front.date, desk.language) if front.date else ""),
        (
            setter.say("Believed correct as of"),
            format_date(front.correct_as_of, desk.language) if front.correct_as_of else "",
        ),
        (setter.say("Period covered"), period),
        (
            setter.say("Cluster"),
            f"{publication.cluster.number} – {in_language(publication.cluster.name, desk.language)}",
        ),
        (setter.say("Instruments"), join_list(names, desk.language)),
        (setter.say("Contact"), front.contact),
        (setter.say("Licence"), setter.inline(front.licence).text if front.licence else ""),
    ]


def _statement(desk: Desk, setter: Setter, *, final: bool) -> list[Inline]:
    publication = desk.publication
    said = []
    if not final:
        said.append(setter.plain(setter.say("This is a draft. It is not for quotation or publication.")))
    if publication.audience is Audience.MEMBERS:
        said.append(
            setter.plain(setter.say("This edition is for the members of the coalition only. It must not be passed on."))
        )
    if publication.for_authorities:
        said.append(
            setter.plain(
                setter.say(
                    "This edition is for the authorities that take part in the review. Those who spoke to us have not agreed to its publication."
                )
            )
        )
    foreign = sum(passage.is_fallback for passage in desk.passages)
    if foreign:
        said.append(
            setter.plain(setter.say("Where a translation is missing, the original text stands and is marked as such."))
        )
    if not publication.cluster.verified:
        said.append(
            setter.plain(
                setter.say(
                    "The list of articles of this cluster could not be verified against resolution 9/1 of the Conference of the Parties."
                )
            )
        )
    said.append(
        setter.plain(
            setter.say(
                "This report was prepared by civil society. It is not a document of the United Nations or of the Review Mechanism."
            )
        )
    )
    if publication.front.disclaimer:
        said.append(setter.inline(publication.front.disclaimer))
    for voice in publication.front.voices:
        if voice.about == "disclaimer" and voice.text:
            text = setter.inline(voice.text)
            said.append(Inline(text.html + Markup(" ") + mark(desk, voice.by, differs=True), text.language))
    return said


def _capital(name: Inline) -> Inline:
    """Begin a description such as “a member organisation in the region” with a capital where it stands in a list."""
    return Inline(name.html[:1].upper() + name.html[1:], name.language)
