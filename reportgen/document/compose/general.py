"""Chapters that belong to no article: summary, about the report, process, context, themes, recommendations, assistance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from markupsafe import Markup

from reportgen.document.compose.articles import recommendation_rows
from reportgen.document.compose.desk import Desk
from reportgen.document.compose.gaps import MANY
from reportgen.document.compose.statistics import figure
from reportgen.document.compose.voices import AXES, beside, given, holders_of, mark, not_decided, signed
from reportgen.document.compose.words import begun, rating
from reportgen.document.model import (
    Block,
    Chapter,
    Endorsements,
    Inline,
    Matrix,
    MatrixGroup,
    MatrixRow,
    NeedRow,
    Needs,
    OrganisationEntry,
    Organisations,
    Prose,
    Recommendations,
    Remark,
    Text,
)
from reportgen.document.model import Section as Heading
from reportgen.document.setter import Setter
from reportgen.languages.formats import join_list
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Endorsement, Need
from reportgen.submission.model import Attribution, Law, Practice, Priority
from reportgen.theme.model import Section

_PLAIN: Final = {
    Section.PROCESS: N_("The review process"),
    Section.CONTEXT: N_("Context"),
    Section.CROSS_CUTTING: N_("Themes across the articles"),
    Section.RECENT_DEVELOPMENTS: N_("Recent developments"),
}
"""Sections that are one text under one heading."""


def general_chapters(desk: Desk, section: Section) -> Iterator[Chapter]:
    """Yield the chapter of a section that belongs to no article, where there is something to say in it."""
    if section in _PLAIN:
        yield from _plain(desk, section.value, _PLAIN[section])
    else:
        yield from _MADE[section](desk)


def chapter(desk: Desk, key: str, setter: Setter, title: str, blocks: list[Block], kind: str = "plain") -> Chapter:
    """Put a chapter together; its title is a message of the program's own."""
    return Chapter(
        id=key.replace("_", "-"),
        number=desk.chapter_numbers.get(key, ""),
        title=setter.plain(setter.say(title)),
        kind=kind,
        blocks=tuple(blocks),
        notes=tuple(setter.notes),
    )


def _plain(desk: Desk, key: str, title: str) -> Iterator[Chapter]:
    setter = desk.setter(key)
    if blocks := _text(desk, key, setter):
        yield chapter(desk, key, setter, title, blocks)


def _text(desk: Desk, key: str, setter: Setter) -> list[Block]:
    """Set a text of the front matter, and what some say beside it or in its place."""
    front = desk.publication.front
    passage: Passage | None = getattr(front, key)
    voices = [voice for voice in front.voices if voice.about == key]
    said = beside(desk, setter, setter.prose(passage) if passage else None, voices)
    return [*([Text(said.prose)] if said.prose else []), *said.blocks]


def _summary(desk: Desk) -> Iterator[Chapter]:
    setter, publication = desk.setter("summary"), desk.publication
    blocks = _text(desk, "summary", setter)
    high = (
        row
        for assessment in publication.assessments.values()
        for row in recommendation_rows(desk, assessment, setter, Priority.HIGH)
    )
    if rows := tuple(islice(high, MANY)):
        title = setter.say("Priority recommendations")
        blocks += [
            Heading("priorities", setter.plain(title)),
            Recommendations(rows, title, form="list", linked=True),
        ]
        if desk.priorities > MANY:
            blocks.append(
                Remark(
                    setter.say(
                        "Further recommendations of high priority in the chapter of recommendations: {count}.",
                        count=desk.priorities - MANY,
                    )
                )
            )
    blocks += [Heading("ratings", setter.plain(setter.say("Ratings by article"))), _matrix(desk, setter)]
    if desk.publication.front.attribution is not Attribution.DISSENT and any(
        holders_of(assessment, key) for assessment in desk.publication.assessments.values() for key in AXES
    ):
        blocks.append(Remark(setter.say("A rating that not all organizations hold bears their marks in its chapter.")))
    yield chapter(desk, "summary", setter, N_("Summary"), blocks, "summary")


def _matrix(desk: Desk, setter: Setter) -> Matrix:
    publication = desk.publication
    groups = []
    for key in publication.instruments:
        articles = [article for article in publication.asked if desk.article(article).instrument == key]
        if articles:
            name = in_language(desk.catalogue.instruments[key].short, desk.language)
            groups.append(
                MatrixGroup(setter.plain(name).text, tuple(_matrix_row(desk, article, setter) for article in articles))
            )
    return Matrix(
        tuple(groups),
        tuple(rating(value, setter) for value in Law if value is not Law.NOT_RATED),
        tuple(rating(value, setter) for value in Practice if value is not Practice.NOT_RATED),
    )


def _matrix_row(desk: Desk, article: str, setter: Setter) -> MatrixRow:
    assessment = desk.publication.assessments.get(article)
    number = str(desk.article(article).number)
    title = desk.article_title(article, setter)
    if assessment is None:
        return MatrixRow(number, title, "", None, None, setter.say("Not answered"))
    if assessment.not_applicable:
        return MatrixRow(number, title, article, None, None, setter.say("Not applicable"))
    law, practice = (given(assessment, key, setter) for key in ("law", "practice"))
    return MatrixRow(number, title, article, law, practice)


def _about(desk: Desk) -> Iterator[Chapter]:
    setter, publication = desk.setter("about"), desk.publication
    blocks: list[Block] = []
    if publication.organisations:
        entries = tuple(
            OrganisationEntry(
                setter.inline(begun(item.name)),
                item.mark if desk.attributed else item.acronym,
                setter.say("Founded in {year}", year=item.founded) if item.founded else "",
                setter.prose(item.mandate, numbered=False) if item.mandate else None,
                item.contact,
                item.website,
            )
            for item in publication.organisations
        )
        blocks += [
            Heading("organisations", setter.plain(setter.say("Who submits this report"))),
            Organisations(entries),
        ]
    if publication.endorsements:
        blocks += [
            Heading("endorsements", setter.plain(setter.say("Who endorses this report"))),
            Endorsements(tuple(_endorsement(item, setter) for item in publication.endorsements)),
        ]
    if methodology := _text(desk, "methodology", setter):
        blocks += [Heading("methodology", setter.plain(setter.say("How it was made"))), *methodology]
    blocks += [Heading("coverage", setter.plain(setter.say("What it covers"))), *_coverage(desk, setter)]
    yield chapter(desk, "about", setter, N_("About this report"), blocks)


def _endorsement(item: Endorsement[Passage], setter: Setter) -> Inline:
    name = setter.inline(begun(item.name))
    return replace(name, html=name.html + Markup(" ({})").format(item.acronym)) if item.acronym else name


def _coverage(desk: Desk, setter: Setter) -> Iterator[Remark]:
    publication = desk.publication
    cluster = publication.cluster
    count, total = len(publication.assessments), len(publication.asked) + len(publication.left_out)
    yield Remark(
        setter.say(
            _answered(count, total),
            count=count,
            total=total,
            number=cluster.number,
            articles=by_instrument(desk, list(publication.assessments), setter),
        )
    )
    silent = [key for key in publication.asked if key not in publication.assessments]
    if silent:
        yield Remark(setter.say("Not answered: {articles}.", articles=by_instrument(desk, silent, setter)))
    if publication.left_out:
        yield Remark(
            setter.say(
                "Left out of its scope: {articles}.", articles=by_instrument(desk, list(publication.left_out), setter)
            )
        )
    yield Remark(
        setter.say(
            "Each article has two ratings, one for the law and one for practice. They compare the State with its obligation, "
            "not with other States: no scores are added up and no States are ranked."
        )
    )


def _answered(count: int, total: int) -> str:
    """Return the sentence that says how much of the cluster is answered, as one would say it."""
    if count == 0:
        return N_(
            "This report answers none of the articles of cluster {number} of the Review Mechanism that bind the State."
        )
    if total == 1:
        return N_(
            "This report answers the only article of cluster {number} of the Review Mechanism that binds the State: {articles}."
        )
    if count == total:
        return N_(
            "This report answers all {total} articles of cluster {number} of the Review Mechanism that bind the State: {articles}."
        )
    if count == 1:
        return N_(
            "This report answers one of the {total} articles of cluster {number} of the Review Mechanism that bind the State: {articles}."
        )
    return N_(
        "This report answers {count} of the {total} articles of cluster {number} of the Review Mechanism that bind the State: {articles}."
    )


def by_instrument(desk: Desk, articles: list[str], setter: Setter) -> str:
    """Name articles, each instrument once: “UNTOC, articles 5, 6 and 8; …”."""
    groups = []
    for key, instrument in desk.catalogue.instruments.items():
        numbers = [str(desk.article(article).number) for article in articles if desk.article(article).instrument == key]
        if numbers:
            name = in_language(instrument.short, desk.language)
            message = (
                N_("{instrument}, articles {numbers}") if len(numbers) > 1 else N_("{instrument}, article {numbers}")
            )
            groups.append(setter.say(message, instrument=name, numbers=join_list(numbers, desk.language)))
    return "; ".join(groups) if desk.language != "fr" else " ; ".join(groups)


def _statistics(desk: Desk) -> Iterator[Chapter]:
    if desk.loose_statistics:
        setter = desk.setter("statistics")
        blocks: list[Block] = [figure(desk, index, setter) for index in desk.loose_statistics]
        yield chapter(desk, "statistics", setter, N_("Statistics"), blocks)


def _recommendations(desk: Desk) -> Iterator[Chapter]:
    setter = desk.setter("recommendations")
    rows = [
        row
        for assessment in desk.publication.assessments.values()
        for row in recommendation_rows(desk, assessment, setter)
    ]
    if rows:
        caption = setter.say("All recommendations, by article")
        yield chapter(desk, "recommendations", setter, N_("Recommendations"), [Recommendations(tuple(rows), caption)])


def _assistance(desk: Desk) -> Iterator[Chapter]:
    needs = desk.publication.needs
    if needs:
        setter = desk.setter("assistance")
        rows = tuple(
            NeedRow(
                _need(desk, item, setter),
                setter.inline(item.beneficiary) if item.beneficiary else None,
                setter.inline(item.provider) if item.provider else None,
                ", ".join(desk.article_name(key, setter) for key in item.articles if key in desk.catalogue.articles),
            )
            for item in needs
        )
        yield chapter(desk, "assistance", setter, N_("Needs for technical assistance"), [Needs(rows)])


def _need(desk: Desk, item: Need[Passage], setter: Setter) -> Prose:
    prose = signed(setter, setter.prose(item.need, numbered=False), mark(desk, item.by))
    told = [prose.mark, *not_decided(desk, setter, undecided=item.undecided)]
    return replace(prose, mark=" · ".join(word for word in told if word))


_MADE: Final[dict[Section, Callable[[Desk], Iterator[Chapter]]]] = {
    Section.SUMMARY: _summary,
    Section.ABOUT: _about,
    Section.STATISTICS: _statistics,
    Section.RECOMMENDATIONS: _recommendations,
    Section.ASSISTANCE: _assistance,
}
