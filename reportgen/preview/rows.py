"""A report as rows of cells: block beside block, one column a language, so that editors read them in step.

A row is the unit of change. What was rendered is kept with what it was rendered from, so that after an edit only the
blocks are rendered again that are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

from reportgen.document.model import Block, Chapter, Document, Piece, RecommendationRow
from reportgen.languages.pairs import Freshness, Passage
from reportgen.memory import remembered
from reportgen.writers.html import render_piece

FRONT: Final = "front"
_NAMED: Final = frozenset({"answer", "section", "figure"})
"""Blocks that have an identifier of their own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A block in one language.

    Attributes:
        html: As the report shows it.
        origins: What its paragraphs were set from, by their identifiers; the first is that of the block.
    """

    html: str
    origins: Mapping[str, Passage] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Whether the reader gets another language than the column's (``missing``) or an old translation (``stale``)."""
        passages = self.origins.values()
        if any(passage.is_fallback for passage in passages):
            return "missing"
        return "stale" if any(passage.freshness is Freshness.STALE for passage in passages) else ""

    @property
    def original(self) -> bool:
        """Whether these are the words that were written first."""
        return any(passage.freshness is Freshness.ORIGINAL for passage in self.origins.values())


@dataclass(frozen=True, slots=True)
class Row:
    """The same block in every language; where one of them has nothing of it, its cell is missing."""

    id: str
    chapter: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One block, or a chapter's heading or notes, by the name that it has in every language."""

    id: str
    chapter: Chapter | None
    block: Block | None
    kind: str
    origins: Mapping[str, Passage] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """The cells of one document, for the next one to take over what did not change."""

    _look: Any = None
    _made: dict[str, tuple[Any, str]] = field(default_factory=dict)

    def cells(self, document: Document) -> dict[str, tuple[str, Cell]]:
        """Return by identifier the chapter and the cell of every block, in order.

        Raises:
            TemplateFault: A template can't be used.
        """
        look = (document.language, document.theme)
        known = self._made if self._look == look else {}
        made: dict[str, tuple[Any, str]] = {}
        cells: dict[str, tuple[str, Cell]] = {}
        for unit in _units(document):
            shown = _what_it_shows(document, unit)
            before = known.get(unit.id)
            if before and before[0] == shown:
                html = before[1]
            else:
                html = render_piece(document, unit.kind, unit.chapter, unit.block)  # type: ignore[arg-type]
            made[unit.id] = (shown, html)
            if html:
                cells[unit.id] = (unit.chapter.id if unit.chapter else FRONT, Cell(html, unit.origins))
        self._look, self._made = look, made
        return cells


def rows(cells: Mapping[str, Mapping[str, tuple[str, Cell]]]) -> tuple[Row, ...]:
    """Put the cells of several languages side by side.

    Args:
        cells: By language, what :meth:`Sheet.cells` returns.
    """
    order = _merged([list(column) for column in cells.values()])
    made = []
    for name in order:
        here = {language: column[name] for language, column in cells.items() if name in column}
        chapter = next(iter(here.values()))[0]
        made.append(Row(name, chapter, {language: cell for language, (_, cell) in here.items()}))
    return tuple(made)


def _merged(columns: Sequence[Sequence[str]]) -> list[str]:
    """Return all names once; what only one column has stands after what it follows there."""
    order = list(columns[0]) if columns else []
    for column in columns[1:]:
        known, last = set(order), -1
        for name in column:
            if name in known:
                last = order.index(name, max(last, 0)) if name in order[max(last, 0) :] else order.index(name)
            else:
                last += 1
                order.insert(last, name)
    return order


def _units(document: Document) -> Iterator[_Unit]:
    yield _Unit(FRONT, None, None, "front")
    for chapter in document.chapters:
        own = {chapter.id: origin} if (origin := document.origins.get(chapter.id)) else {}
        yield _Unit(f"{chapter.id}/heading", chapter, None, "heading", own)
        counts: dict[str, int] = {}
        for block in chapter.blocks:
            counts[block.template] = number = counts.get(block.template, 0) + 1
            name = getattr(block, "id", "") if block.template in _NAMED else f"{block.template}-{number}"
            yield _Unit(f"{chapter.id}/{name}", chapter, block, "block", _origins(document, block))
        if chapter.notes:
            yield _Unit(f"{chapter.id}/notes", chapter, None, "notes")


def _what_it_shows(document: Document, unit: _Unit) -> Any:
    """Return everything that the template of a unit may show."""
    if unit.chapter is None:
        return tuple(getattr(document, item.name) for item in fields(document) if item.name not in _NOT_IN_FRONT)
    if unit.block is not None:
        return unit.block, unit.chapter.id
    return (
        unit.chapter.notes if unit.kind == "notes" else (unit.chapter.title, unit.chapter.kicker)
    ), unit.chapter.number


_NOT_IN_FRONT: Final = frozenset({"chapters", "images", "origins", "theme"})


def _origins(document: Document, block: Block) -> dict[str, Passage]:
    """Return what the paragraphs of a block were set from, by the identifiers that they have on the page."""
    return {name: document.origins[name] for name in _names(block) if name in document.origins}


@remembered
def _names(block: Block) -> tuple[str, ...]:
    own: str = getattr(block, "id", "")
    rows = [row.number for row in getattr(block, "rows", ()) if isinstance(row, RecommendationRow)]
    return (
        *([own] if own else []),
        *(f"p-{number.replace('.', '-')}" for number in _numbers(block)),
        *(number.replace(".", "-").lower() for number in rows),
    )


def _numbers(value: Any) -> Iterator[str]:
    if isinstance(value, Piece):
        if value.number:
            yield value.number
    elif isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield from _numbers(getattr(value, item.name))


__all__ = ["FRONT", "Cell", "Row", "Sheet", "rows"]
