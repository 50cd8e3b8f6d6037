"""Lines as people type and paste them, made into the lines that the Markdown library reads alike.

A list may follow a paragraph at once and be nested by two, three or four spaces; its marks may be those of a word
processor or the dash of French lists. A table, a heading, a quotation or a picture needs no empty line around it. What
only looks like Markdown (``1998.`` or ``#5`` at the start of a line, « > 50 % ») stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Final

from reportgen.submission.images import Figure, read_figure
from reportgen.submission.tables import cells, table_starts

Keep = Callable[[Figure], str]
"""Takes a figure and returns what stands for it in the text."""

_STEP: Final = " " * 4
_BULLETS: Final = "-*+•●○▪■□◦‣·–➢➤►"
_ITEM: Final = re.compile(rf"( *)([{_BULLETS}]|o(?=\t| {{2}})|\d{{1,3}}[.)])([ \t]+)(\S.*)")
_STARTS_AT_ONCE: Final = frozenset({*_BULLETS, "o", "1.", "1)"} - {"+", "–", "·"})
"""Marks that start a list in the middle of a paragraph; a dash, a plus or « 12. » may be part of a sentence."""
_STARTS_AFTER_STOP: Final = frozenset("+–·")
_STOP: Final = re.compile(r"[.:;!?…»”\"\])]\s*$")
_EMPTY_ITEM: Final = re.compile(rf" *[{_BULLETS}] *")
_LETTERED: Final = re.compile(r" *\(?(?:[a-z]|[ivx]{1,4})\)\s+\S")
_RULE: Final = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_UNDERLINE: Final = re.compile(r" {0,3}(?:={3,}|-{3,}) *")
_HEADING: Final = re.compile(r" {0,3}(#{1,6}) +(\S.*)")
_QUOTED: Final = re.compile(r" {0,3}>")
_COMPARED: Final = re.compile(r"^( {0,3})> ?(?=\d)")
_NUMBERED: Final = re.compile(r"(\d+)([.)] )")
_BY: Final = re.compile(r"\s*(?:[—―–]|--)\s*\S")
_DEFINITION: Final = re.compile(
    r" {0,3}\[([^\[\]@^][^\[\]]{0,200})\]:\s*(<?(?:https?://|mailto:)[^\s<>]+>?)(?:\s+[\"'(].*[\"')])?\s*"
)
_NOTE: Final = re.compile(r" {0,3}\[\^([\w.-]{1,40})\]:[ \t]*(.*)")


def take_notes(lines: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """Take the words of the notes (``[^1]: …``, and what is indented below) out of the text.

    Returns:
        The other lines, and the words of each note by its name.
    """
    kept: list[str] = []
    notes: dict[str, str] = {}
    current: str | None = None
    gap = 0
    for line in lines:
        if match := _NOTE.fullmatch(line):
            current, gap = match[1], 0
            if current in notes:
                current = None
            else:
                notes[current] = match[2]
        elif current is not None and line.startswith(("    ", "\t")) and line.strip():
            notes[current] += f" {line.strip()}"
            gap = 0
        elif current is not None and not line.strip():
            gap += 1
        else:
            kept += [""] * gap
            current, gap = None, 0
            kept.append(line)
    return kept, notes


def take_addresses(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    """Take the addresses of links (``[law]: https://…``) out of the text, where a link ``[words][law]`` uses them.

    A line that only looks so (``[Note]: …``) is text; nothing is taken that would not be printed.

    Returns:
        The other lines, and the addresses by the name of the link.
    """
    kept: list[str] = []
    addresses: dict[str, str] = {}
    text = "\n".join(lines).casefold() if any(map(_DEFINITION.fullmatch, lines)) else ""
    for line in lines:
        match = _DEFINITION.fullmatch(line)
        name = match[1].casefold() if match else ""
        if match and name not in addresses and text.count(f"[{name}]") > text.count(f"[{name}]:"):
            addresses[name] = match[2].strip("<>")
        else:
            kept.append(line)
    return kept, addresses


def regular_lines(lines: Iterable[str], keep: Keep) -> list[str]:
    """Return the lines of a text as the library wants them: every block apart, four spaces a level.

    Args:
        lines: What an author wrote, without notes and the addresses of links.
        keep: Called for every figure.
    """
    written = [line.expandtabs(4) for line in lines]
    made: list[str] = []
    for quoted, group in groupby(_literal_comparisons(written), lambda line: bool(_QUOTED.match(line))):
        if quoted:
            inner = _attributed([_QUOTED.sub("", line, count=1).removeprefix(" ") for line in group])
            made += ["", *(f"> {line}" if line.strip() else ">" for line in regular_lines(inner, _shown)), ""]
        else:
            made += _Column(keep).set(list(group))
    return made


def _shown(figure: Figure) -> str:
    """A quotation has no room for a picture: what it shows is said."""
    return figure.shows


def _literal_comparisons(lines: list[str]) -> list[str]:
    """Escape the sign in « > 50 % of cases » where it stands alone: it is no quotation."""
    quoted = [bool(_QUOTED.match(line)) for line in ["", *lines, ""]]
    return [
        _COMPARED.sub(r"\1\\> ", line) if not quoted[index] and not quoted[index + 2] else line
        for index, line in enumerate(lines)
    ]


def _attributed(lines: list[str]) -> list[str]:
    """Set whom a quotation comes from apart from its words: the last line, if it starts with a dash."""
    written = [index for index, line in enumerate(lines) if line.strip()]
    dashed = [index for index in written if _BY.match(lines[index])]
    if len(written) < 2 or dashed != written[-1:]:
        return lines
    name = lines[dashed[0]].strip().lstrip("—―–- ")
    return [*lines[: dashed[0]], "", f"— {name}"]


class _Column:
    """Sets the lines of one stretch of text, outside quotations, one below the other.

    Attributes:
        made: The lines so far.
        levels: Of each open item, where its mark stands, where its text starts, and the kind of its mark.
    """

    def __init__(self, keep: Keep) -> None:
        self.keep = keep
        self.made: list[str] = []
        self.levels: list[tuple[int, int, str]] = []
        self.columns = 0
        """Of the table that is being set."""

    def set(self, lines: list[str]) -> list[str]:
        for index, line in enumerate(lines):
            below = lines[index + 1] if index + 1 < len(lines) else ""
            hard = bool(line.strip()) and (line.endswith("  ") or (bool(below.strip()) and _escapes(line)))
            self._line(line.rstrip()[: -1 if hard and not line.endswith(" ") else None], below, hard=hard)
        return self.made

    def _line(self, line: str, below: str, *, hard: bool) -> None:
        if self.columns and "|" in line:
            self.made.append(_row(line, 0 if self.made[-2] else self.columns))
        elif table_starts(line, below):
            self._apart(_row(line))
            self.made.pop()
            self.columns = cells(line)
        elif _RULE.fullmatch(line) and not self._underlines(line):
            self._apart("---")
        elif figure := read_figure(line):
            self._apart(self.keep(figure))
        elif self._underlines(line):
            self._apart(f"## {self.made.pop().strip()}")
        elif heading := _HEADING.fullmatch(line):
            self._apart(f"{heading[1]} {_heading_words(heading[2].rstrip())}")
        elif _EMPTY_ITEM.fullmatch(line):
            self.made += [""] * (not self.levels)
        else:
            self._text(line, hard=hard)

    def _apart(self, line: str) -> None:
        """Set a line with empty lines around it; it ends every list and table."""
        self.levels.clear()
        self.columns = 0
        self.made += ["", line, ""]

    def _underlines(self, line: str) -> bool:
        """Whether ``line`` makes the one line above it a heading."""
        return (
            _UNDERLINE.fullmatch(line) is not None
            and not self.levels
            and bool(self.made)
            and bool(self.made[-1].strip())
            and (len(self.made) == 1 or not self.made[-2].strip())
        )

    def _text(self, line: str, *, hard: bool) -> None:
        if self.columns:
            self.columns = 0
            self.made.append("")
        item = _ITEM.match(line)
        indent = len(line) - len(line.lstrip(" "))
        after_gap = not self.made or not self.made[-1].strip()
        end = "  " if hard else ""
        if item and (self.levels or after_gap or self._may_start(item[2])):
            self._close(indent, _kind(item[2]), after_gap=after_gap)
            if not self.levels and not after_gap and not _ITEM.match(self.made[-1]):
                self.made.append("")
            mark = item[2].replace(")", ".") if item[2][0].isdigit() else "-"
            self.made.append(f"{_STEP * len(self.levels)}{mark} {_literal(item[4], within=True)}{end}")
            self.levels.append((indent, item.end(3), _kind(item[2])))
        elif self.levels and line.strip() and (indent or not after_gap):
            while after_gap and len(self.levels) > 1 and indent < self.levels[-1][1]:
                self.levels.pop()
            self._break_before(line)
            if after_gap or self.made[-1].endswith("  "):
                self.made.append(f"{_STEP * len(self.levels)}{_literal(line.strip(), within=True)}{end}")
            else:
                self.made[-1] += f" {line.strip()}{end}"
        else:
            if line.strip():
                self.levels.clear()
                self._break_before(line)
            self.made.append(_literal(line.strip(), within=not after_gap) + end)

    def _close(self, indent: int, kind: str, *, after_gap: bool) -> None:
        """Close the items that a new one at ``indent`` does not belong to.

        Where the indentation was lost on the way from a word processor, another kind of mark tells a list within a list.
        """
        while self.levels and indent < self.levels[-1][0]:
            self.levels.pop()
        beside = [level for level in self.levels if indent < level[0] + 2]
        if beside and not after_gap and kind not in {level[2] for level in beside}:
            return
        while self.levels and indent < self.levels[-1][0] + 2:
            same = self.levels.pop()[2] == kind
            if same and not after_gap:
                return

    def _may_start(self, mark: str) -> bool:
        return mark in _STARTS_AT_ONCE or (mark in _STARTS_AFTER_STOP and bool(_STOP.search(self.made[-1])))

    def _break_before(self, line: str) -> None:
        """Paragraphs (a), (b) … of a treaty or a law stay on lines of their own."""
        if _LETTERED.match(line) and self.made and self.made[-1].strip():
            self.made[-1] = self.made[-1].rstrip() + "  "


def _kind(mark: str) -> str:
    """Name the kind of a mark; a word processor gives each level its own."""
    return "1" if mark[0].isdigit() else next((kind for kind in ("o○◦", "▪■□") if mark in kind), "-")


def _literal(text: str, *, within: bool) -> str:
    """Escape what looks like Markdown at the start of a line and is none.

    Args:
        text: A line without the space around it.
        within: Whether it stands in an item or in the middle of a paragraph, where no list and no quotation starts.
    """
    if text.startswith("#"):
        return f"\\{text}"
    if within and _COMPARED.match(text):
        return f"\\{text}"
    number = _NUMBERED.match(text)
    if number and (within or len(number[1]) > 3):
        return f"{number[1]}\\{text[number.end(1) :]}"
    return text


def _escapes(line: str) -> bool:
    """Whether a line ends with a backslash that is not itself escaped: a line break."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _heading_words(words: str) -> str:
    """Return a heading without the signs that close it; « C# » keeps its own."""
    bare = words.rstrip("#")
    return bare.rstrip() if bare == words or bare.endswith(" ") else words[:-1] + "\\#"


def _row(line: str, columns: int = 0) -> str:
    """Return a row of a table between its bars; the line of hyphens gets as many columns as the header has."""
    inside = line.strip().removeprefix("|").removesuffix("|")
    if columns and "`" not in line:
        kinds = [kind.strip() or "-" for kind in inside.split("|")]
        inside = "|".join([*kinds, *["-"] * columns][:columns])
    return f"|{inside}|"
