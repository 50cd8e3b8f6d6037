"""A document as HTML: one file for the screen, or the same templates as input for the pages of the PDF."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.exceptions import TemplateSyntaxError
from jinja2.runtime import Context
from markupsafe import Markup, escape

from reportgen.document.model import NOTE_CLOSE, NOTE_OPEN, Chapter, Document
from reportgen.document.setter import direction
from reportgen.languages.messages import translations
from reportgen.languages.typography import typographer
from reportgen.resources import resource

Medium = Literal["screen", "print"]
_CALLS: Final = re.compile(f"(?:{NOTE_OPEN}\\d+{NOTE_CLOSE})+")
_CALL: Final = re.compile(f"{NOTE_OPEN}(\\d+){NOTE_CLOSE}")


class TemplateFault(Exception):  # noqa: N818 - a fault of a template, reported as such
    """A template can't be used; the message names the template and its line."""


def render_html(document: Document, medium: Medium) -> str:
    """Render the document.

    Args:
        document: What to show. It is data: nothing in it is ever read as a template.
        medium: ``screen`` for a file that stands alone and asks nothing of any network; ``print`` for the PDF writer,
            with footnotes in place and fonts under ``asset:``.

    Raises:
        TemplateFault: A template has a mistake or uses a name that is not there.
    """
    environment = _environment(document.language)
    try:
        html = environment.get_template("report.html.j2").render(
            document=document, medium=medium, style=style_sheet(medium)
        )
    except Exception as error:
        raise TemplateFault(f"{_place(error)}: {type(error).__name__}") from error
    return re.sub(r"\n\s*\n+", "\n", html)


def _place(error: Exception) -> str:
    """Name the template and the line in which ``error`` was raised, without anything of the document."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name}:{error.lineno}"
    home = resource("templates")
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(home)]
    return (
        f"{Path(frames[-1].filename).relative_to(home).as_posix()}:{frames[-1].lineno}" if frames else "report.html.j2"
    )


@lru_cache(maxsize=2)
def style_sheet(medium: Medium) -> Markup:
    """Return the style sheet of ``medium``."""
    folder = resource("templates") / "style"
    return Markup("\n".join((folder / name).read_text("utf-8").strip() for name in ("shared.css", f"{medium}.css")))


@lru_cache(maxsize=4)
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=False,
    )
    message, typeset = translations(language).gettext, typographer(language)

    def say(text: str, **values: object) -> str:
        return typeset(message(text).format(**values))

    environment.globals["say"] = say
    environment.filters["notes"] = _notes
    environment.tests["rtl"] = lambda code: direction(code) == "rtl"
    return environment


@pass_context
def _notes(context: Context, html: Markup, chapter: Chapter) -> Markup:
    """Put the calls of notes, and on paper the notes themselves, in the place of their tokens."""
    if NOTE_OPEN not in html:
        return html
    on_paper = context["medium"] == "print"
    say = context["say"]

    def one(number: int) -> str:
        key = f"{chapter.id}-n{number}"
        title = escape(say("Note {number}", number=number))
        back = f"{chapter.id}-r{number}"
        call = f'<sup><a class="call" id="{back}" href="#{key}" title="{title}">{number}</a></sup>'
        if not on_paper:
            return call
        home = escape(say("Back to the text of note {number}", number=number))
        return f'{call}<span class="fn" id="{key}"><a class="back" href="#{back}" title="{home}">{number}</a> {chapter.notes[number - 1].html}</span>'

    def run(match: re.Match[str]) -> str:
        return '<sup class="comma">,\u202f</sup>'.join(one(int(number)) for number in _CALL.findall(match.group()))

    return Markup(_CALLS.sub(run, html))
