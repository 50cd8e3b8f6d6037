"""Who stands behind what, organisation by organisation: the annex of a joint report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reportgen.document.compose.desk import Desk
from reportgen.document.compose.general import by_instrument
from reportgen.document.compose.words import begun
from reportgen.document.model import (
    Answer,
    Block,
    Chapter,
    Figure,
    Finding,
    Opening,
    Recommendations,
    Remark,
    Stand,
    Standing,
    Standings,
    Text,
    Voice,
)
from reportgen.document.setter import Setter
from reportgen.marking import N_
from reportgen.submission.model import Attribution


@dataclass
class _Account:
    """What one organisation stands behind, by the numbers under which readers find it."""

    articles: list[str] = field(default_factory=list)
    ratings: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    recommendations: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)


def standing_chapter(desk: Desk, chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Yield the table of who stands behind what, where the report is to show it all.

    What all hold has no mark and is not listed; articles are, for each organisation says something on few of them.
    """
    publication = desk.publication
    if publication.front.attribution is not Attribution.ALL or not desk.attributed:
        return
    setter = desk.setter("standing")
    accounts = [_Account() for _ in publication.organisations]
    for chapter in chapters:
        for block in chapter.blocks:
            _enter(accounts, block, chapter, setter)
    groups = tuple(
        Standing(item.mark, setter.inline(begun(item.name)), tuple(_lines(desk, account, setter)))
        for item, account in zip(publication.organisations, accounts, strict=True)
    )
    remark = setter.say(
        "Numbers are those of paragraphs, figures and recommendations. What all organizations stand behind bears no mark and is not listed."
    )
    title = setter.plain(setter.say("Who stands behind what"))
    yield Chapter("standing", "", title, "annex", (Remark(remark), Standings(groups)))


def _lines(desk: Desk, account: _Account, setter: Setter) -> Iterator[tuple[str, str]]:
    for kind, numbers in (
        (N_("Articles"), by_instrument(desk, account.articles, setter)),
        (N_("Ratings, by chapter"), ", ".join(_rated(*one, setter) for one in account.ratings.items())),
        (N_("Answers and findings"), _runs(account.paragraphs)),
        (
            N_("Statistics"),
            ", ".join(setter.say("Figure {number}", number=number) for number in sorted(account.figures)),
        ),
        (N_("Recommendations"), _runs(account.recommendations)),
        (N_("Differing views"), ", ".join(account.differing)),
    ):
        if numbers:
            yield setter.say(kind), numbers


def _enter(accounts: Sequence[_Account], block: Block, chapter: Chapter, setter: Setter) -> None:
    """Note down who stands behind a block, and who differs from it."""
    if isinstance(block, Opening):
        for position in block.stand.by:
            accounts[position].articles.append(chapter.id)
        for position, account in enumerate(accounts):
            if axes := [axis for axis, by in block.held if position in by]:
                account.ratings[chapter.number] = [] if len(axes) == len(block.held) else axes
        _differ(accounts, block.stand, setter.say("ratings of chapter {number}", number=chapter.number))
    elif isinstance(block, (Answer, Finding, Text, Voice)):
        numbers = [piece.number for piece in block.prose.pieces if piece.number]
        for position in block.stand.by:
            accounts[position].paragraphs += numbers
        _differ(
            accounts,
            block.stand,
            *(numbers[:1] or [setter.say("questions of chapter {number}", number=chapter.number)]),
        )
    elif isinstance(block, Figure):
        for position in block.stand.by:
            accounts[position].figures.append(block.number)
        _differ(accounts, block.stand, setter.say("Figure {number}", number=block.number))
    elif isinstance(block, Recommendations) and block.form == "list" and not block.linked:
        for row in block.rows:
            for position in row.stand.by:
                accounts[position].recommendations.append(row.number)
            _differ(accounts, row.stand, row.number)
    for inner in getattr(block, "beside", ()):
        _enter(accounts, inner, chapter, setter)


def _differ(accounts: Sequence[_Account], stand: Stand, *places: str) -> None:
    for position in stand.against:
        accounts[position].differing += places


def _rated(chapter: str, axes: Sequence[str], setter: Setter) -> str:
    """Name a chapter, and where it holds not all of the ratings that bear marks there, those that it holds."""
    return chapter if not axes else setter.say("{chapter} ({axes})", chapter=chapter, axes=", ".join(axes))


def _runs(numbers: Iterable[str]) -> str:
    """Write numbers such as 5.2 or R7.4, those that follow one another by the first and the last."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _next(runs[-1][-1]) == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _next(number: str) -> str:
    head, point, last = number.rpartition(".")
    return f"{head}{point}{int(last) + 1}"
