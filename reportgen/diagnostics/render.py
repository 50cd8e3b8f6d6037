"""One finding, four renderings: terminal, JSON, HTML for the preview, GitHub annotations.

Every rendering passes text through :func:`visible`, so that nothing from the input acts on a terminal, and shows the
line of a confidential place only as its shape.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.keys import FORMAT_KEYS
from reportgen.diagnostics.model import Diagnostic, Severity, Span
from reportgen.diagnostics.quoted import reworded
from reportgen.marking import N_

Translate = Callable[[str], str]
Sources = Mapping[str, str]
"""The text of every file read, by the name that stands in spans."""

MAX_EXCERPT: Final = 100
MOST_OF_A_KIND: Final = 500
MAX_VALUE: Final = 1_000
"""Characters of one value in a message."""
SEVERITY_WORDS: Final = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
_FIGURES: Final = frozenset({"count", "limit", "ratio", "size", "total"})
_QUOTING: Final = frozenset({"RG701", "RG702", "RG703", "RG706", "RG724"})
"""Codes whose ``reason`` is what another program says."""
_WORDS: Final = re.compile(r"[^\s:#\"'{}\[\],&*!|>%@`-](?:[^:#\"{}\[\],&*!|>%@`]*[^\s:#\"'{}\[\],&*!|>%@`-])?")
"""What stands between two signs of YAML; a space, a hyphen or an apostrophe may be one of a name."""
_DOTS: Final = "···"
"""Stand for words of any number and length."""


@dataclass(frozen=True, slots=True)
class Told:
    """A diagnostic in words.

    Attributes:
        severity: Its severity, after any override.
        message: What happened.
        remedy: What to do; may be empty.
    """

    severity: Severity
    message: str
    remedy: str


def tell(diagnostic: Diagnostic, translate: Translate) -> Told:
    """Put a diagnostic into words of the language behind ``translate``."""
    code = CODES[diagnostic.code]
    message = code.together if code.together and "key" not in diagnostic.params else code.message
    params = {name: visible(_bounded(text)) for name, text in diagnostic.params.items()}
    params |= {name: _figure(params[name], translate) for name in _FIGURES & params.keys()}
    if diagnostic.code in _QUOTING:
        params["reason"] = reworded(params["reason"], translate)
    remedies = []
    if code.guess and params.get("suggestion", "") not in {"", "…"}:
        remedies.append(translate(code.guess).format(**params))
    if code.remedy and all(params.get(name, "") for name in re.findall(r"(?<!{){(known|suggestion)}", code.remedy)):
        remedies.append(translate(code.remedy).format(**params))
    severity = diagnostic.severity or code.severity
    return Told(severity, translate(message).format(**params), " ".join(remedies))


def _figure(text: str, translate: Translate) -> str:
    """Write a figure with the separators of the language; a year or a date stays as it is."""
    if not re.fullmatch(r"\d{5,}|\d+\.\d+", text):
        return text
    whole, _, decimals = text.partition(".")
    grouped, rest = whole[-3:], whole[:-3]
    while rest:
        grouped = translate(N_("{thousands},{units}")).format(thousands=rest[-3:], units=grouped)
        rest = rest[:-3]
    return translate(N_("{whole}.{decimals}")).format(whole=grouped, decimals=decimals) if decimals else grouped


def _bounded(text: str) -> str:
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"


def visible(text: str) -> str:
    """Return ``text`` with every character that could act on a terminal or hide written as its code point."""
    return text if text.isprintable() else "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return " "
    return f"<U+{ord(character):04X}>" if _acts(character) else character


def _acts(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def ordered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort for reading: errors first, then by place; each only once."""
    unique = {(d.code, d.span, tuple(sorted(d.params.items()))): d for d in diagnostics}
    return sorted(unique.values(), key=lambda d: (-severity_of(d), d.span or Span(""), d.code))


def few(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort for reading and keep no more of a kind than anybody reads; what is left out is counted."""
    kinds: dict[str, list[Diagnostic]] = {}
    for diagnostic in ordered(diagnostics):
        kinds.setdefault(diagnostic.code, []).append(diagnostic)
    rest = [
        Diagnostic(
            "RG941",
            found[MOST_OF_A_KIND].span,
            {"count": str(len(found) - MOST_OF_A_KIND), "code": code},
            severity=max(map(severity_of, found)),
        )
        for code, found in kinds.items()
        if len(found) > MOST_OF_A_KIND
    ]
    return ordered([diagnostic for found in kinds.values() for diagnostic in found[:MOST_OF_A_KIND]] + rest)


def severity_of(diagnostic: Diagnostic) -> Severity:
    """Return the severity of a diagnostic, after any override."""
    return diagnostic.severity or CODES[diagnostic.code].severity


def excerpt(diagnostic: Diagnostic, sources: Sources, most: int = MAX_EXCERPT) -> tuple[str, str] | None:
    """Return the line of a diagnostic and a marker under it, or ``None`` where there is nothing to show.

    Of a line in confidential matter, and of any line of a file that can't be parsed (where nothing is known about
    levels), only keys and punctuation are shown.

    Args:
        diagnostic: What was found.
        sources: Text of the files.
        most: Characters of the line to show at most.
    """
    span = diagnostic.span
    lines = _lines(sources.get(span.file, "")) if span else ()
    if (
        span is None
        or diagnostic.code == "RG102"
        or not 1 <= span.line <= len(lines)
        or not lines[span.line - 1].strip()
    ):
        return None
    line = lines[span.line - 1]
    start, length = max(span.column - 1, 0), span.length
    if diagnostic.confidential or diagnostic.code.startswith("RG1"):
        line, start, length = _shape(line, start)
    cut = max(0, min(start - most // 2, len(line) - most))
    shown = line[cut : cut + most]
    before = "".join(_shown(character) for character in shown[: start - cut])
    marked = shown[start - cut : start - cut + max(length, 1)]
    pad = "".join(_blank(character) for character in before)
    dots = "…" if cut else ""
    more = "…" if len(line) > cut + most else ""
    told = dots + visible(shown.rstrip() if more else shown) + more
    return told, " " * len(dots) + pad + "^" * max(len(visible(marked)), 1)


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _blank(character: str) -> str:
    """Return the space that ``character`` takes on a line."""
    if unicodedata.combining(character):
        return ""
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "


def _shape(line: str, start: int) -> tuple[str, int, int]:
    """Keep indentation, the first key if the format knows it, and punctuation; all words between two signs are three dots.

    Returns:
        The shape, where ``start`` is in it, and how much is marked there: nothing tells how long a name is.
    """
    key = re.match(r"[\s-]*([\w.-]{1,40}):(?=\s|$)", line)
    end = len(key.group()) if key and key.group(1) in FORMAT_KEYS else 0
    pieces, at, marked = [line[:end]], start, 1
    for match in _WORDS.finditer(line, end):
        pieces.append(line[end : match.start()])
        if match.start() <= start < match.end():
            at, marked = sum(map(len, pieces)), len(_DOTS)
        elif start >= match.end():
            at += len(_DOTS) - len(match[0])
        pieces.append(_DOTS)
        end = match.end()
    return "".join(pieces) + line[end:], at, marked


def to_text(
    diagnostics: Iterable[Diagnostic],
    sources: Sources,
    translate: Translate,
    style: Callable[[str, str], str],
    width: int = 88,
) -> str:
    """Render for the terminal: place, message, excerpt with a marker, remedy; the worst last, where people look.

    Args:
        diagnostics: What was found.
        sources: Text of the files, for excerpts.
        translate: Looks a message up in the language of the user.
        style: Colours a piece of text by a role (``error``, ``warning``, ``note``, ``dim``); may do nothing.
        width: Columns of the terminal.
    """
    names = {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.NOTE: translate("note"),
    }
    blocks = []
    for diagnostic in sorted(ordered(diagnostics), key=severity_of):
        told = tell(diagnostic, translate)
        role = told.severity.word
        place = f"{visible(str(diagnostic.span))} " if diagnostic.span else ""
        lines = [f"{place}{style(f'{names[told.severity]} {diagnostic.code}', role)}"]
        lines += _wrapped(told.message, width, "  ")
        number = str(diagnostic.span.line) if diagnostic.span else ""
        if shown := excerpt(diagnostic, sources, min(MAX_EXCERPT, max(width, 40) - len(number) - 7)):
            lines.append(style(f"  {number} | ", "dim") + shown[0])
            lines.append(style(f"  {' ' * len(number)} | ", "dim") + style(shown[1], role))
        if told.remedy:
            lines += _wrapped(told.remedy, width, "  → ", "    ")
        lines += [
            style(f"  ↳ {visible(str(related.span))}: {translate(related.message)}", "dim")
            for related in diagnostic.related
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _wrapped(text: str, width: int, first: str, rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )


def to_json(diagnostics: Iterable[Diagnostic], translate: Translate) -> str:
    """Render for programs: a list of objects, stable keys, no text of the input but in messages."""
    records = []
    for diagnostic in ordered(diagnostics):
        told = tell(diagnostic, translate)
        records.append(
            {
                "code": diagnostic.code,
                "severity": told.severity.word,
                "message": told.message,
                "remedy": told.remedy,
                **_place(diagnostic.span),
                "related": [
                    {**_place(related.span), "message": translate(related.message)} for related in diagnostic.related
                ],
            }
        )
    return "".join(_inert(character) for character in json.dumps(records, ensure_ascii=False, indent=2))


def _inert(character: str) -> str:
    """Escape, as JSON does, what could act on a terminal; names of files are not ours."""
    return json.dumps(character)[1:-1] if _acts(character) and character != "\n" else character


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"file": None, "line": None, "column": None, "length": None}
    if not span.line:
        return {"file": span.file, "line": None, "column": None, "length": None}
    return {"file": span.file, "line": span.line, "column": span.column, "length": span.length}


def to_github(diagnostics: Iterable[Diagnostic], translate: Translate) -> str:
    """Render as workflow commands, which GitHub shows beside the lines of a pull request."""
    lines = []
    for diagnostic in ordered(diagnostics):
        told = tell(diagnostic, translate)
        command = {"note": "notice"}.get(told.severity.word, told.severity.word)
        properties = [f"title={diagnostic.code}"]
        if diagnostic.span:
            span = diagnostic.span
            within = [f"line={span.line}", f"col={span.column}", f"endColumn={span.column + max(span.length, 1)}"]
            properties = [f"file={_escaped(visible(span.file), ':,')}", *(within if span.line else ()), *properties]
        lines.append(f"::{command} {','.join(properties)}::{_escaped(f'{told.message} {told.remedy}'.strip())}")
    return "\n".join(lines)


def _escaped(text: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def to_html(diagnostics: Iterable[Diagnostic], sources: Sources, translate: Translate) -> str:
    """Render as a list for the preview; everything escaped, no markup of its own but classes."""
    items = []
    for diagnostic in ordered(diagnostics):
        told = tell(diagnostic, translate)
        parts = [f'<p class="message">{html.escape(told.message)}</p>']
        if shown := excerpt(diagnostic, sources):
            parts.append(f"<pre>{html.escape(shown[0])}\n{html.escape(shown[1])}</pre>")
        if told.remedy:
            parts.append(f'<p class="remedy">{html.escape(told.remedy)}</p>')
        place = html.escape(visible(str(diagnostic.span))) if diagnostic.span else ""
        items.append(
            f'<li class="{told.severity.word}"><p class="place">{place} {diagnostic.code}</p>{"".join(parts)}</li>'
        )
    return f'<ol class="diagnostics">{"".join(items)}</ol>'
