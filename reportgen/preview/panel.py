"""The panel that answers “what is left?”: problems, tables, comments, as pieces of HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reportgen.diagnostics import Diagnostic, Span
from reportgen.diagnostics.gather import gathered
from reportgen.diagnostics.render import SEVERITY_WORDS, excerpt, few, ordered, severity_of, tell, visible
from reportgen.languages.messages import translations
from reportgen.overview import Overview, overview
from reportgen.overview.coalition import digests_of
from reportgen.pipeline import Checked
from reportgen.preview.comments import BEGINNING, Pinned
from reportgen.resources import resource

MOST: Final = 200
"""Problems that are listed."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where an entry leads: a part of the page, a place in the files, or both."""

    target: str = ""
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def path(self) -> str:
        """The place for a program that opens it."""
        return str(Path(self.file).resolve()) if self.file else ""

    @property
    def key(self) -> str:
        """The place as the page knows it."""
        return f"{self.file}:{self.line}:{self.column}" if self.file else ""

    @property
    def place(self) -> str:
        """The place as it is told."""
        return f"{visible(self.file)}:{self.line}" if self.file else ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic in words."""

    code: str
    severity: str
    word: str
    message: str
    remedy: str
    excerpt: str
    member: str
    link: Link


Find = Callable[[Span | None], str]
"""Returns the part of the page that shows a place in the files, if any does."""


def linked(span: Span | None, find: Find, target: str = "") -> Link:
    """Return where something at ``span`` leads."""
    shown = find(span) or target
    return Link(shown, span.file, span.line, span.column) if span else Link(shown)


def problems(
    found: Iterable[Diagnostic], checked: Checked | None, language: str, find: Find, texts: Mapping[str, str]
) -> list[Problem]:
    """Put diagnostics into words, the worst first.

    Args:
        found: What was found.
        checked: What is known of the report, for whose file it is.
        language: Language of the words.
        find: Finds the part of the page that shows a place.
        texts: The text of each file, for excerpts.
    """
    translate = translations(language).gettext
    listed = []
    for item in ordered(gathered(few(found)))[:MOST]:
        told = tell(item, translate)
        shown = excerpt(item, texts)
        listed.append(
            Problem(
                item.code,
                told.severity.word,
                translate(SEVERITY_WORDS[severity_of(item)]),
                told.message,
                told.remedy,
                "\n".join(shown) if shown else "",
                _member(item, checked),
                linked(item.span, find),
            )
        )
    return listed


def panel(checked: Checked | None, language: str, find: Find, comments: Iterable[Pinned]) -> str:
    """Return the panel as HTML.

    Args:
        checked: What is known.
        language: Language of the panel.
        find: Finds the part of the page that shows a place.
        comments: The comments of the editors.
    """
    tables: list[Any] = []
    found: list[Problem] = []
    if checked is not None:
        found = problems(checked.found, checked, language, find, checked.reading.texts)
        if checked.reading.submission is not None:
            whole = Overview(checked, language)
            tables = list(overview(whole, digests_of(checked, whole.facts)))
    notes = [
        {
            "name": one.name,
            "author": one.comment.author,
            "date": one.comment.date,
            "text": one.comment.text.source,
            "words": _cut(one.comment.words),
            "done": one.comment.done,
            "lost": one.about is None,
            "link": linked(one.about.span if one.about else None, find),
        }
        for one in comments
    ]
    counts = {severity: sum(item.severity == severity for item in found) for severity in ("error", "warning", "note")}
    return rendered(
        "panel", language, problems=found, counts=counts, tables=tables, comments=notes, linked=linked, find=find
    )


def rendered(name: str, language: str, **values: object) -> str:
    """Render one of the desk's own templates."""
    return _environment(language).get_template(f"{name}.html.j2").render(language=language, **values)


@lru_cache(maxsize=2)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates") / "preview"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip

    def say(message: str, **values: object) -> str:
        return translations(language).gettext(message).format(**values)

    environment.globals["say"] = say
    environment.filters["visible"] = visible
    return environment


def _cut(words: str) -> str:
    """Return the beginning of a text without the word that was cut."""
    return f"{words.rpartition(' ')[0] or words} …" if len(words) >= BEGINNING else words


def _member(item: Diagnostic, checked: Checked | None) -> str:
    """Return the member of a coalition in whose file a problem lies."""
    joint = checked.joint if checked else None
    if joint is None or item.span is None:
        return ""
    home = joint.coalition.reading.folder
    return next((member.id for member in joint.coalition.members if _lies_in(item.span.file, home / member.path)), "")


def _lies_in(file: str, home: Path) -> bool:
    name = home.as_posix()
    return file == name or file.startswith(f"{name}/")
