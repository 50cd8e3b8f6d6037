"""A document: what the page shows, in order, as values that know nothing of HTML pages, PDF or Word.

Text that is already safe HTML is :class:`markupsafe.Markup`; every plain ``str`` is escaped by the templates. Notes
stand in the text as tokens (see :func:`note_token`), because footnotes are made differently on paper and on screen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final

from markupsafe import Markup

from reportgen.languages.pairs import Passage
from reportgen.submission.images import Image
from reportgen.theme.model import USUAL, Theme

_TAG: Final = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Inline:
    """A short text, set: a title, a name.

    Attributes:
        html: The text, safe and typographically set.
        language: Language it is in; empty when it is that of the document.
    """

    html: Markup
    language: str = ""

    @property
    def text(self) -> str:
        """The text without markup, for bookmarks, attributes and metadata."""
        return str(Markup(_TAG.sub("", self.html)).unescape())  # striptags() would undo the no-break spaces


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list, table, quotation, heading or picture of a longer text.

    Attributes:
        kind: Its element: ``p``, ``ul``, ``ol``, ``table``, ``blockquote``, ``pre``, ``hr``, ``h`` or ``figure``.
        html: Of a paragraph or heading the inside, of a picture its caption, otherwise the whole element.
        number: Number of the paragraph, such as ``5.12``.
        image: The picture.
        alt: What it shows, in words.
    """

    kind: str
    html: Markup
    number: str = ""
    image: Image | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """A longer text.

    Attributes:
        pieces: Its parts in order.
        language: Language it is in; empty when it is that of the document.
        mark: What readers are told about a missing or stale translation.
    """

    pieces: tuple[Piece, ...]
    language: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; notes are numbered within their chapter."""

    number: int
    html: Markup


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as a word and a symbol, never a colour alone.

    Attributes:
        axis: What is rated, in words.
        level: Name of the symbol, such as ``law-partly``.
        word: The rating in words.
    """

    axis: str
    level: str
    word: str


@dataclass(frozen=True, slots=True)
class Stand:
    """Which organisations stand behind a part, by their positions; nobody is named where it is all of them.

    Attributes:
        by: Those that stand behind it.
        against: Those that hold something else, said in a note or a box beside it.
    """

    by: tuple[int, ...] = ()
    against: tuple[int, ...] = ()


ALL_OF_THEM: Final = Stand()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a chapter; ``template`` names the file that shows it."""

    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Section(Block):
    """A heading below the chapter's."""

    template = "section"
    id: str
    title: Inline


@dataclass(frozen=True, slots=True)
class Text(Block):
    """Running text, and which organisations stand behind it."""

    template = "text"
    prose: Prose
    stand: Stand = ALL_OF_THEM


@dataclass(frozen=True, slots=True)
class Voice(Block):
    """What some of the organisations say, in paragraphs beneath the common text.

    Attributes:
        label: What it is where it is no plain text, such as “Not applicable”.
        prose: What they say, with their mark at its end.
        references: What it rests on.
        stand: Who says it.
    """

    template = "voice"
    label: str
    prose: Prose
    references: tuple[int, ...] = ()
    stand: Stand = ALL_OF_THEM
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """One of several views: a rating or words of its own, or both, and the mark of those who hold it."""

    rating: Rating | None
    prose: Prose | None
    holders: Markup
    references: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Views(Block):
    """A box with views that differ, or with a dissent from the common text."""

    template = "views"
    title: str
    entries: tuple[View, ...]
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening(Block):
    """How an article's chapter opens: the obligation and both ratings.

    Attributes:
        held: What is rated and by whom, where a rating is not that of all organisations.
    """

    template = "opening"
    obligation: Inline
    law: Rating
    practice: Rating
    state_answer: str
    agreement: str
    views: tuple[Views, ...] = ()
    stand: Stand = ALL_OF_THEM
    held: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer(Block):
    """A question of the questionnaire and what is said in reply."""

    template = "answer"
    id: str
    question: Inline
    aspect: str
    state: str
    prose: Prose
    references: tuple[int, ...] = ()
    gaps: tuple[str, ...] = ()
    beside: tuple[Block, ...] = ()
    stand: Stand = ALL_OF_THEM


@dataclass(frozen=True, slots=True)
class Finding(Block):
    """A finding, with its kind in words.

    Attributes:
        gaps: What it lacks, said beside it in a draft.
        holders: The mark of those who stand behind it.
        beside: What some say beside it.
        stand: Who they are.
    """

    template = "finding"
    kind: str
    label: str
    title: Inline | None
    prose: Prose
    references: tuple[int, ...] = ()
    gaps: tuple[str, ...] = ()
    holders: Markup = Markup()
    beside: tuple[Block, ...] = ()
    stand: Stand = ALL_OF_THEM


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One line of a table of recommendations."""

    number: str
    text: Prose
    addressee: Inline | None
    priority: str
    priority_level: str
    timeframe: Inline | None
    indicator: Inline | None
    article: str
    chapter: str
    stand: Stand = ALL_OF_THEM


@dataclass(frozen=True, slots=True)
class Recommendations(Block):
    """Recommendations, as a list or a table.

    Attributes:
        rows: The recommendations.
        caption: What the table is called.
        form: ``list`` or ``table``.
        linked: Whether each names and links the chapter it comes from.
        beside: What some say beside them.
    """

    template = "recommendations"
    rows: tuple[RecommendationRow, ...]
    caption: str
    form: str = "table"
    linked: bool = False
    beside: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One article of the ratings matrix."""

    article: str
    title: Inline
    chapter: str
    law: Rating | None
    practice: Rating | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """The articles of one instrument."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Block):
    """Article × law × practice."""

    template = "matrix"
    groups: tuple[MatrixGroup, ...]
    law_legend: tuple[Rating, ...]
    practice_legend: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class Figure(Block):
    """A statistic: chart, definition and the table of its figures.

    Attributes:
        holders: The mark of those who give it.
        remarks: Figures that some give instead, of the cells that bear an asterisk.
        beside: What some say beside it.
        stand: Who gives it.
    """

    template = "figure"
    id: str
    number: int
    title: Inline
    unit: Inline
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[Inline, tuple[str, ...]], ...]
    missing: bool
    definition: Prose | None
    references: tuple[int, ...]
    holders: Markup = Markup()
    remarks: tuple[str, ...] = ()
    beside: tuple[Block, ...] = ()
    stand: Stand = ALL_OF_THEM


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One numbered source."""

    number: int
    html: Markup
    language: str = ""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Sources of one kind."""

    name: str
    entries: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class Sources(Block):
    """The numbered list of sources."""

    template = "sources"
    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """A submitting organisation, as named or described."""

    name: Inline
    acronym: str
    founded: str
    mandate: Prose | None
    contact: str
    website: str


@dataclass(frozen=True, slots=True)
class Organisations(Block):
    """Who submits the report."""

    template = "organisations"
    entries: tuple[OrganisationEntry, ...]


@dataclass(frozen=True, slots=True)
class Endorsements(Block):
    """Who agreed to the report, as named or described."""

    template = "endorsements"
    names: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one organisation stands behind: its mark and name, then kinds of parts with their numbers."""

    mark: str
    name: Inline
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standings(Block):
    """Who stands behind what."""

    template = "standings"
    groups: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need for technical assistance."""

    need: Prose
    beneficiary: Inline | None
    provider: Inline | None
    articles: str


@dataclass(frozen=True, slots=True)
class Needs(Block):
    """Needs for technical assistance."""

    template = "needs"
    rows: tuple[NeedRow, ...]


@dataclass(frozen=True, slots=True)
class Acronyms(Block):
    """Acronyms used in the report, with their meaning."""

    template = "acronyms"
    entries: tuple[tuple[str, Inline], ...]


@dataclass(frozen=True, slots=True)
class Remark(Block):
    """A sentence of the program's own about the report: a gap, a limit, an unverified list."""

    template = "remark"
    text: str


@dataclass(frozen=True, slots=True)
class Gap(Block):
    """What an article still lacks, in a draft."""

    template = "gap"
    title: str
    items: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """What is still missing on one article: numbers of questions, findings and texts, and whether a rating is."""

    article: str
    chapter: str
    unanswered: int
    unsourced: int
    untranslated: int
    unrated: bool


@dataclass(frozen=True, slots=True)
class Gaps(Block):
    """What is still missing, by article, in front of a draft."""

    template = "gaps"
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The unit of work: it starts a page, numbers its own paragraphs and notes, and knows no other chapter's pages.

    Attributes:
        id: Stable identifier, from the article or the section, never from the author's words.
        number: Number in the contents; empty for annexes.
        title: Its heading.
        kicker: A line above the heading, such as the instrument and article.
        kind: What it is: ``summary``, ``article``, ``plain``, ``annex`` or, with what is missing, ``draft``.
        blocks: Its content.
        notes: Its footnotes.
    """

    id: str
    number: str
    title: Inline
    kind: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    kicker: str = ""

    @property
    def name(self) -> str:
        """How contents, bookmarks and running heads call it: a title of the treaty says little without its article."""
        return " – ".join(part for part in (self.kicker, self.title.text) if part)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language.

    Attributes:
        language: Its language.
        title: Title.
        subtitle: Second line of the title.
        label: What it calls itself, such as “Parallel report”.
        state: Name of the State under review.
        running: What the running head says.
        imprint: Terms and values of the imprint, in order.
        statement: What the report says about itself: audience, languages, disclaimer.
        organisations: Names of those who submit it.
        reserved: Who alone may read it, such as “For members only”; empty where everybody may.
        date: Date, written out.
        version: Version.
        draft: Whether it is a draft.
        created: Date for the metadata (ISO 8601), or empty.
        chapters: Content.
        theme: How it looks.
        images: The pictures, by the names under which the pages ask for them.
        origins: What a chapter, an answer or a paragraph was set from, by its identifier: it knows its place in the input.
    """

    language: str
    title: Inline
    subtitle: Inline | None
    label: str
    state: str
    reviewed: str
    running: str
    imprint: tuple[tuple[str, str], ...]
    statement: tuple[Inline, ...]
    organisations: tuple[Inline, ...]
    reserved: str
    date: str
    version: str
    draft: bool
    created: str
    chapters: tuple[Chapter, ...]
    stem: str = field(default="report")
    theme: Theme = USUAL
    images: Mapping[str, Image] = field(default_factory=dict)
    origins: Mapping[str, Passage] = field(default_factory=dict)


NOTE_OPEN, NOTE_CLOSE = "\ue000", "\ue001"
"""Private-use characters, refused in the input, that enclose the number of a note in set text."""


def note_token(number: int) -> str:
    """Return the token that stands for the call of note ``number`` in a piece of text."""
    return f"{NOTE_OPEN}{number}{NOTE_CLOSE}"


def has_notes(prose: Prose) -> bool:
    """Whether a text calls any note."""
    return any(NOTE_OPEN in piece.html for piece in prose.pieces)
