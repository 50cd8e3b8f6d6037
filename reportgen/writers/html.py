"""A document as HTML: one file for the screen, or the same templates as input for the pages of the PDF."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final, Literal

from jinja2 import BytecodeCache, Environment, FileSystemLoader, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from markupsafe import Markup, escape

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.document.model import NOTE_CLOSE, NOTE_OPEN, Block, Chapter, Document
from reportgen.document.setter import direction
from reportgen.languages.messages import translations
from reportgen.languages.typography import typographer
from reportgen.resources import resource
from reportgen.theme.model import USUAL, Template, Theme
from reportgen.theme.style import charts_dressed, dressed
from reportgen.theme.templates import PIECE, SUFFIX, template_names
from reportgen.writers.sandbox import WHOLE, Broken, Missing, NameMissing, blamed, broken_promises, formatter, sandbox

Medium = Literal["screen", "print"]
MOST_NAMES: Final = 20
_BLANK: Final = re.compile(r"(?P<style><style>.*?</style>)|\n\s*\n+", re.DOTALL)
_CALLS: Final = re.compile(f"(?:{NOTE_OPEN}\\d+{NOTE_CLOSE})+")
_CALL: Final = re.compile(f"{NOTE_OPEN}(\\d+){NOTE_CLOSE}")


class TemplateFault(Exception):  # noqa: N818 - a fault of a template, reported as such
    """A template can't be used.

    Attributes:
        found: What is wrong and where, without anything of the document.
    """

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(f"{found.span}: {found.params.get('reason') or found.params.get('name', '')}")
        self.found = found


@dataclass(frozen=True, slots=True)
class Cover:
    """The logo as a page shows it."""

    address: str
    description: str
    language: str
    width: int
    height: int


def render_html(document: Document, medium: Medium) -> str:
    """Render the document.

    Args:
        document: What to show, and in which theme. It is data: nothing in it is ever read as a template.
        medium: ``screen`` for a file that stands alone and asks nothing of any network; ``print`` for the PDF writer,
            with footnotes in place and fonts under ``asset:``.

    Raises:
        TemplateFault: A template has a mistake, uses a name that is not there, or makes a page that acts, loads, or
            has no title or language.
    """
    theme = document.theme
    html = _rendered(document, WHOLE, medium, style=Markup(dressed(style_sheet(medium), theme, medium)))
    html = _BLANK.sub(lambda match: match["style"] or "\n", html)
    if medium == "print":
        html = charts_dressed(html, theme)
    if theme.templates and (broken := broken_promises(html)):
        raise TemplateFault(_blame(broken, theme.templates))
    return html


def render_piece(
    document: Document,
    piece: Literal["front", "heading", "block", "notes"],
    chapter: Chapter | None = None,
    block: Block | None = None,
) -> str:
    """Render one piece of the document for the screen, as it stands in the whole page.

    Args:
        document: The document.
        piece: Cover and imprint, or of ``chapter`` its heading, its notes or one ``block``.
        chapter: The chapter.
        block: The block.

    Raises:
        TemplateFault: A template has a mistake, uses a name that is not there, or makes what acts or loads.
    """
    name = f"blocks/{block.template}{SUFFIX}" if block else f"{piece}{SUFFIX}"
    html = _rendered(document, PIECE, "screen", piece=name, chapter=chapter, block=block)
    own = document.theme.templates
    if own and (broken := broken_promises(f'<html lang="{document.language}"><title>{piece}</title><body>{html}')):
        raise TemplateFault(_blame(broken, own))
    return _BLANK.sub("\n", html).strip()


def screen_style(theme: Theme) -> str:
    """Return the style sheet of the screen, dressed as ``theme`` has it."""
    return dressed(style_sheet("screen"), theme, "screen")


def _rendered(document: Document, name: str, medium: Medium, **more: object) -> str:
    """Render a template with what templates are given: they need to know no place and no path."""
    theme = document.theme
    try:
        template = _environment(document.language, theme.templates).get_template(name)
        return template.render(
            document=replace(document, theme=USUAL, origins={}), medium=medium, logo=_logo(document, medium), **more
        )
    except MemoryError:
        raise
    except Exception as error:
        raise TemplateFault(_explained(error, theme.templates)) from error


def _blame(broken: Sequence[Broken], templates: Iterable[Template]) -> Diagnostic:
    """Say what promises of a report templates break, and where, without a word of the report."""
    own = tuple(templates)
    sources = "".join(template.source for template in own).lower()
    named = dict.fromkeys("…" if one.free and one.word not in sources else one.name for one in broken)
    place = blamed(own, broken[0])
    return diagnostic("RG728", Span(place[0].file, place[1]) if place else None, reason=", ".join(list(named)[:5]))


def _logo(document: Document, medium: Medium) -> Cover | None:
    """On paper the logo comes from the fetcher, on screen it stands in the page."""
    logo = document.theme.logo
    if logo is None:
        return None
    described, language = logo.description, document.language
    chosen = next((key for key in (language, "") if key in described), next(iter(described)))
    address = f"asset:theme/{logo.name}"
    if medium == "screen":
        address = _inline_data(logo.data, document.theme.assets[logo.name][1])
    foreign = chosen if chosen not in {language, ""} else ""
    words = typographer(chosen or language)(described[chosen])
    return Cover(address, words, foreign, logo.width, logo.height)


def _explained(error: Exception, templates: Iterable[Template]) -> Diagnostic:
    """Say what is wrong with a template and where, without any value of the document.

    A name that a template makes from the words of the document stands in no template, and is not shown.
    """
    own = {template.file: template.source for template in templates}
    home = resource("templates")
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename or error.name or "", error.lineno
    else:
        frames = extract_tb(error.__traceback__)
        ours = [frame for frame in frames if Path(frame.filename).is_relative_to(home)]
        at = ([frame for frame in frames if frame.filename in own] or ours)[-1:]
        file, line = (at[0].filename, at[0].lineno or 1) if at else (str(home / WHOLE), 1)
    source = own[file] if file in own else Path(file).read_text("utf-8") if Path(file).is_file() else ""
    span = Span(_short(file), line)
    if isinstance(error, NameMissing):
        name, meant = (error.name, error.suggestion) if error.name in source else ("…", "")
        return diagnostic("RG729", span, name=name, suggestion=meant, known=", ".join(error.known[:MOST_NAMES]))
    words = str(error).split("\n")[0] if isinstance(error, TemplateSyntaxError) else ""
    if isinstance(error, TemplateNotFound):
        words = f"{error.name}" if f"{error.name}" in source else ""
    elif isinstance(error, SecurityError) and (named := re.search("'([^']+)'", str(error))):
        words = str(error) if named.group(1) in source else ""
    return diagnostic("RG701", span, reason=f"{type(error).__name__} {words[:200]}".strip().rstrip("."))


def _short(file: str) -> str:
    """Name one of the program's own templates by its place among them."""
    home = resource("templates")
    return Path(file).relative_to(home).as_posix() if Path(file).is_relative_to(home) else file


@lru_cache(maxsize=2)
def style_sheet(medium: Medium) -> str:
    """Return the program's style sheet of ``medium``."""
    folder = resource("templates") / "style"
    names = ("shared.css", "print.css") if medium == "print" else ("faces.css", "shared.css", "screen.css")
    sheet = "\n".join((folder / name).read_text("utf-8").strip() for name in names)
    return re.sub(r"\n\s*\n+", "\n", sheet)


class _Compiled(BytecodeCache):
    """The program's templates as they were compiled in this process, for every language."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key + bucket.checksum] = bucket.code


_COMPILED: Final = _Compiled()


def compile_templates() -> None:
    """Compile the program's templates before they are needed."""
    environment = _environment("en")
    for name in template_names():
        environment.get_template(name)


@lru_cache(maxsize=4)
def _environment(language: str, templates: tuple[Template, ...] = ()) -> Environment:
    """Return what renders the program's templates; with templates of others among them, all of them in a sandbox."""
    home = resource("templates")
    if templates:
        environment = sandbox(home, templates)
    else:
        environment = Environment(
            loader=FileSystemLoader(home),
            autoescape=True,
            undefined=Missing,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
    filled = formatter(environment)
    message, typeset = translations(language).gettext, typographer(language)

    def say(text: str, **values: object) -> str:
        return typeset(filled(message(text), **values))

    environment.globals["say"] = say
    environment.filters["notes"] = _notes
    environment.filters["inline_data"] = _inline_data
    environment.tests["rtl"] = lambda code: direction(code) == "rtl"
    return environment


def _inline_data(data: bytes, media: str) -> str:
    """Return the address that holds a picture itself."""
    return f"data:{media};base64,{b64encode(data).decode()}"


@pass_context
def _notes(context: Context, html: Markup, chapter: Chapter) -> Markup:
    """Put the calls of notes, and on paper the notes themselves, in the place of their tokens."""
    if NOTE_OPEN not in html:
        return html
    on_paper = context["medium"] == "print"
    say, tongue = context["say"], context["document"].language

    def one(number: int) -> str:
        key = f"{chapter.id}-n{number}"
        title = escape(say("Note {number}", number=number))
        back = f"{chapter.id}-r{number}"
        call = f'<sup><a class="call" id="{back}" href="#{key}" lang="{tongue}" title="{title}">{number}</a></sup>'
        if not on_paper:
            return call
        home = escape(say("Back to the text of note {number}", number=number))
        return f'{call}<span class="fn" id="{key}" lang="{tongue}" dir="ltr"><a class="back" href="#{back}" title="{home}">{number}</a> {chapter.notes[number - 1].html}</span>'

    def run(match: re.Match[str]) -> str:
        return '<sup class="comma">,\u202f</sup>'.join(one(int(number)) for number in _CALL.findall(match.group()))

    return Markup(_CALLS.sub(run, html))
