"""One YAML file, byte by byte suspicious, into nodes of text with places.

YAML guesses types, cuts text at ``#``, follows references and lets the last of two equal keys win. People who write
reports expect none of that, so nothing here is guessed: every scalar is text, whatever is dangerous is refused with
the line and what to type instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Final

import yaml

from reportgen.diagnostics import Diagnostic, Related, Span, diagnostic
from reportgen.marking import N_
from reportgen.memory import grafted, remembered
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence, graft

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 20
MAX_NODES: Final = 50_000
MAX_REPEATS: Final = 20
"""How many times the same fault is reported in one file."""

_LOADER: Final[type] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ALLOWED_CONTROLS: Final = frozenset("\t\n\r")
_ALLOWED_FORMAT: Final = frozenset("\u00ad\u200c\u200d\u200e\u200f")
"""Soft hyphen, joiners (Persian, Indic scripts) and the two plain direction marks (Arabic, Hebrew)."""
_LISTLIKE: Final = re.compile(r"\s*([-*+•▪◦‣·–] |\d{1,2}\. |\|.*\|\s*$)")


@remembered
def read_yaml(data: bytes, file: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """Read one YAML file.

    Args:
        data: The bytes of the file.
        file: Its name as it should stand in messages.

    Returns:
        The root mapping (``None`` when the file can't be used) and everything found on the way.
    """
    text, found = _decode(data, file)
    if text is None:
        return None, tuple(found)
    reader = _Reader(file, text, text.splitlines() or [""])
    reader.found.extend(found)
    root = reader.read()
    if root is None and not reader.found:
        reader.found.append(diagnostic("RG105", Span(file)))
    if root is not None:
        root = grafted(file, root, _graft)
    return root, tuple(reader.found)


def _graft(old: Mapping, new: Mapping) -> Mapping:
    made = graft(old, new)
    assert isinstance(made, Mapping)
    return made


def _decode(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    if len(data) > MAX_BYTES:
        return None, [diagnostic("RG101", Span(file), limit=f"{MAX_BYTES / 1e6:.0f}")]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:200]:
        return None, [diagnostic("RG102", Span(file), encoding="UTF-16")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [diagnostic("RG103", Span(file, line, column, 1))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unwanted = (
        diagnostic("RG104", Span(file, number, column, 1), character=name)
        for number, line in enumerate(text.split("\n"), 1)
        if not line.isprintable()
        for column, character in enumerate(line, 1)
        if (name := forbidden(character))
    )
    found = list(islice(unwanted, MAX_REPEATS))
    return (None if found else text), found


def forbidden(character: str) -> str | None:
    """Return the name of ``character`` if it may not stand in a submission, else ``None``.

    Refused are what is invisible or acts on a terminal or a page: control characters, line and paragraph separators,
    directional overrides, lone surrogates, private-use and unassigned code points (ISO 14289-1, 7.21.8: every glyph
    must be defined).
    """
    category = unicodedata.category(character)
    if character in _ALLOWED_CONTROLS or character in _ALLOWED_FORMAT:
        return None
    if category in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"U+{ord(character):04X} {unicodedata.name(character, category)}"
    return None


@dataclass
class _Frame:
    """A collection being read."""

    start: Span
    items: list[Node] | None
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Span] = field(default_factory=dict)
    key: str | None = None
    skip: bool = False


@dataclass
class _Reader:
    """Reads events with a stack of its own, so that no depth of nesting can overflow the interpreter's.

    Folding joins lines and turns an empty line into one line break; a writer means a new paragraph by it, which in
    Markdown takes two.
    """

    file: str
    text: str
    lines: list[str]
    found: list[Diagnostic] = field(default_factory=list)
    nodes: int = 0
    fatal: bool = False
    last: yaml.ScalarEvent | None = None

    def read(self) -> Mapping | None:
        root: Node | None = None
        frames: list[_Frame] = []
        documents = 0
        try:
            for event in self._events():
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents == 2:
                        self._report("RG106", self._span(event))
                        return None
                elif isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent | yaml.AliasEvent):
                    self._refuse_features(event)
                    if self.fatal or self._too_large(event, frames):
                        return None
                    if isinstance(event, yaml.CollectionStartEvent):
                        items: list[Node] | None = [] if isinstance(event, yaml.SequenceStartEvent) else None
                        if frames and frames[-1].items is None and frames[-1].key is None:
                            self._report("RG107", self._span(event))
                            return None
                        frames.append(_Frame(self._span(event), items))
                    elif isinstance(event, yaml.ScalarEvent):
                        self.last = event
                        scalar = self._scalar(
                            event, is_key=bool(frames) and frames[-1].items is None and frames[-1].key is None
                        )
                        root = self._add(scalar, frames) or root
                elif isinstance(event, yaml.CollectionEndEvent):
                    root = self._add(self._close(frames.pop()), frames) or root
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            return None
        except yaml.YAMLError:
            self._report("RG119", Span(self.file))
            return None
        if self.fatal or root is None:
            return None
        if not isinstance(root, Mapping):
            self._report("RG108", root.span)
            return None
        return root

    def _events(self) -> Iterator[yaml.Event]:
        return iter(yaml.parse(self.text, Loader=_LOADER))

    def _report(self, code: str, span: Span, *, related: tuple[Related, ...] = (), **params: object) -> None:
        self.found.append(diagnostic(code, span, related=related, **params))

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start
        assert end
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        length = end.column - start.column if end.line == start.line else len(line.rstrip()) - start.column
        return Span(self.file, start.line + 1, start.column + 1, max(length, 0))

    def _too_large(self, event: yaml.Event, frames: list[_Frame]) -> bool:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._report("RG109", self._span(event), limit=MAX_NODES)
        elif len(frames) >= MAX_DEPTH:
            self._report("RG110", self._span(event), limit=MAX_DEPTH)
        else:
            return False
        return True

    def _refuse_features(self, event: yaml.Event) -> None:
        """References, tags and merge keys: nobody needs them in a report, attackers do."""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._report("RG120", self._span(event), sign="*" if isinstance(event, yaml.AliasEvent) else "&")
            self.fatal = True
        elif getattr(event, "tag", None):
            self._report("RG121", self._span(event))
            self.fatal = True

    def _scalar(self, event: yaml.ScalarEvent, *, is_key: bool) -> Scalar:
        span = self._span(event)
        plain = event.style is None or event.style == ""
        text = unicodedata.normalize("NFC", event.value)
        if not plain:
            for character in () if event.style != '"' or text.isprintable() else text:
                if name := forbidden(character):
                    self._report("RG104", span, character=name)
                    self.fatal = True
                    break
        elif not is_key:
            self._comment_cut(event, text)
            self._swallowed_list(event)
        if event.style != "|" and "\n" in text:
            text = re.sub(r"\n(?=\S)", "\n\n", text)
        if event.style == ">":
            self._joined_lines(event)
        assert event.end_mark
        return Scalar(text, span, plain, event.end_mark.line + (1 if event.end_mark.column else 0))

    def _joined_lines(self, event: yaml.ScalarEvent) -> None:
        """After ``>`` lines are joined: a list or a table whose lines follow each other would run together.

        Lines that are indented further than the first, or parted by empty ones, stay apart.
        """
        assert event.start_mark
        assert event.end_mark
        first = event.start_mark.line + 1
        last = event.end_mark.line + (1 if event.end_mark.column else 0)
        lines = self.lines[first:last]
        indent = next((len(line) - len(line.lstrip()) for line in lines if line.strip()), 0)
        listlike = [bool(_LISTLIKE.match(line)) and len(line) - len(line.lstrip()) == indent for line in lines]
        for number, (one, other) in enumerate(pairwise(listlike), first + 1):
            if one and other:
                self._report("RG133", Span(self.file, number, indent + 1, 1))
                return

    def _swallowed_list(self, event: yaml.ScalarEvent) -> None:
        """``key: text`` and then an indented ``- item``: to YAML that is one text."""
        assert event.start_mark
        assert event.end_mark
        for number in range(event.start_mark.line + 1, min(event.end_mark.line + 1, len(self.lines))):
            line = self.lines[number]
            if re.match(r"\s*- \S", line):
                self._report("RG125", Span(self.file, number + 1, len(line) - len(line.lstrip()) + 1, 1))
                return

    def _comment_cut(self, event: yaml.ScalarEvent, text: str) -> None:
        """``see case #12`` reads as ``see case``: everything after the sign is a comment to YAML."""
        assert event.end_mark
        line = self.lines[event.end_mark.line] if event.end_mark.line < len(self.lines) else ""
        match = re.match(r"[ \t]+#(\S?)", line[event.end_mark.column :])
        if not match or not text:
            return
        span = Span(self.file, event.end_mark.line + 1, event.end_mark.column + match.start(1), 1)
        if match.group(1) and match.group(1) != "#":
            self._report("RG117", span)
        elif len(text.split()) > 3:
            self._report("RG118", span)

    def _add(self, node: Node, frames: list[_Frame]) -> Node | None:
        """Put ``node`` into the collection being read; return it if it is the root."""
        if not frames:
            return node
        frame = frames[-1]
        if frame.items is not None:
            frame.items.append(node)
        elif frame.key is None:
            assert isinstance(node, Scalar)
            if node.text == "<<" and node.plain:
                self._report("RG122", node.span)
                self.fatal = True
            if node.text in frame.keys:
                first = Related(frame.keys[node.text], N_("the first one"))
                self._report("RG116", node.span, related=(first,), key=node.text, line=frame.keys[node.text].line)
                frame.skip = True
            else:
                frame.keys[node.text] = node.span
            frame.key = node.text
        else:
            if not frame.skip:
                frame.entries[frame.key] = node
            frame.key, frame.skip = None, False
        return None

    def _close(self, frame: _Frame) -> Node:
        if frame.items is not None:
            return Sequence(tuple(frame.items), frame.start)
        return Mapping(frame.entries, frame.keys, frame.start)

    def _at_the_margin(self, line_number: int) -> Span | None:
        """A paragraph pasted below its key without indentation; the complaint comes at the next key."""
        for number in range(line_number, max(line_number - 40, 0), -1):
            line = self.lines[number]
            if line.strip() and not line.startswith((" ", "#", "-", "]", "}", '"', "'")):
                sentence = " " in line and not re.match(r"[\w.-]+ *:(\s|$)", line)
                return Span(self.file, number + 1, 1, len(line.rstrip())) if sentence else None
        return None

    def _glued(self, line_number: int) -> Span | None:
        """``law:largely`` without a space is text to YAML, and the complaint comes a line later."""
        for number in range(line_number, max(line_number - 2, -1), -1):
            if match := re.match(r"\s*(?:- )?([a-z_]+):[^\s/:\"']", self.lines[number]):
                return Span(self.file, number + 1, match.start(1) + 1, len(match.group(1)) + 1)
        return None

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        """Turn the parser's complaint into what a person did."""
        problem = (error.problem or "").lower()
        mark = error.problem_mark or error.context_mark
        line_number = min(mark.line if mark else 0, len(self.lines) - 1)
        column = mark.column if mark else 0
        line = self.lines[line_number]
        character = line[column : column + 1]
        span = Span(self.file, line_number + 1, column + 1, 1)
        tabs = [n for n, text in enumerate(self.lines, 1) if re.match(r" *\t", text)]
        if tabs and ("token" in problem or "tab" in problem or line_number + 1 in tabs):
            for number in tabs[:MAX_REPEATS]:
                self._report("RG111", Span(self.file, number, self.lines[number - 1].index("\t") + 1, 1))
        elif quoted := self._text_after_quote():
            self._report(*quoted)
        elif character == "@" and re.search(r"sources: *\[[^\]]*$|sources: *$", line[:column]):
            self._report("RG136", span)
        elif margin := self._at_the_margin(line_number):
            self._report("RG137", margin)
        elif colon := re.search(r"\{[^{}]*?: *[^\s\"'{}\[,][^,{}\"']*(: )", line):
            self._report("RG112", Span(self.file, line_number + 1, colon.start(1) + 1, 1))
        elif glued := self._glued(line_number):
            self._report("RG219", glued)
        elif "mapping values are not allowed" in problem:
            self._report("RG112", span)
        elif "cannot start any token" in problem or "alphabetic or numeric" in problem:
            if column and line[column - 1] in "*&":  # the parser stops behind the sign
                character, span = line[column - 1], Span(self.file, line_number + 1, column, 1)
            self._report("RG113", span, character=character or "?")
        elif "unexpected end of stream" in problem or ("quoted" in (error.context or "") and "document" in problem):
            opened = error.context_mark
            self._report("RG114", Span(self.file, opened.line + 1, opened.column + 1, 1) if opened else span)
        elif "escape" in problem or "hexdec" in problem or "unicode" in problem:
            self._report("RG115", span)
        elif "sequence entries are not allowed" in problem:
            self._report("RG125", span)
        elif "tag" in problem or "tag" in (error.context or ""):
            self._report("RG121", span)
        elif "',' or" in problem:
            self._report("RG123", span)
        elif "expected key" in problem or "expected ':'" in problem or "block" in (error.context or ""):
            self._report("RG124", span)
        else:
            self._report("RG119", span)

    def _text_after_quote(self) -> tuple[str, Span] | None:
        """Tell what went wrong where text follows a closing quotation mark.

        If that mark looks like an opening one, it was taken for the end of a text that was never closed further up.
        """
        event = self.last
        if event is None or event.style not in {"'", '"'}:
            return None
        assert event.start_mark
        assert event.end_mark
        start, end = event.start_mark, event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if not re.match(r"\s*[^\s,:#\]}]", line[end.column :]):
            return None
        if start.line < end.line and re.search(r"[\s(\[{]$", line[: end.column - 1]):
            return "RG114", Span(self.file, start.line + 1, start.column + 1, 1)
        return "RG126", Span(self.file, end.line + 1, end.column + 1, 1)
