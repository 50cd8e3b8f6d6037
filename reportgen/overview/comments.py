"""The table on what editors wrote to each other about the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportgen.diagnostics import Span
from reportgen.overview.tables import NONE, Line, Overview, Table, begun


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that is not dealt with.

    Attributes:
        span: The text it is about; ``None`` when that is gone.
        author: Who wrote it.
        date: When.
        words: The comment.
    """

    span: Span | None
    author: str
    date: str
    words: str


def comments_table(whole: Overview, remarks: Iterable[Remark]) -> Table:
    """Return the open comments as a table: place, author, date and how each begins."""
    say = whole.say
    lines = tuple(
        Line((f"{one.span.file}:{one.span.line}" if one.span else NONE, one.author, one.date, begun(one.words)), span=one.span)
        for one in remarks
    )  # fmt: skip
    heads = (say("Place"), say("Author"), say("Date"), say("Comment"))
    return Table("comments", say("Open comments"), heads, lines, worded=len(heads))


__all__ = ["Remark", "comments_table"]
