"""Templates of the house's own: run in a sandbox, explained when they fail, and held to what the report promises.

A report asks nothing of any network and runs nothing. The program's own templates keep that by how they are written;
those of others are looked at in what they produce.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, FunctionLoader, StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter
from jinja2.utils import missing

from reportgen.theme.css import loads
from reportgen.theme.model import Template

_KNOWN: Final = ("document", "medium", "style", "logo", "chapter", "block", "m", "say", "loop")
"""What a template can ask for by itself."""
_ELEMENTS: Final = frozenset({
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "body", "br", "caption", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "ins", "kbd", "li",
    "main", "mark", "meta", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small",
    "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time",
    "title", "tr", "u", "ul", "var", "wbr", "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "desc", "defs", "clipPath", "linearGradient", "radialGradient", "stop", "pattern",
    "marker", "mask", "symbol",
})  # fmt: skip
"""Elements that only show: no script, no frame, no form, nothing that loads."""
_LOADING: Final = frozenset(
    {"src", "srcset", "poster", "data", "background", "ping", "formaction", "action", "manifest", "lowsrc"}
)
_SETS: Final = frozenset({"srcset", "imagesrcset", "attributionsrc", "ping"})
_PAINTING: Final = frozenset(
    {"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker", "marker-start", "marker-mid", "marker-end"}
)
"""Attributes of SVG that are read as CSS."""
_ACTING: Final = frozenset({"http-equiv", "srcdoc"})
_LEADS: Final = re.compile(r"(https?:|mailto:|#)", re.IGNORECASE)
_IN_FILE: Final = re.compile(r"data:image/(png|jpeg|svg\+xml|gif|webp)[;,]", re.IGNORECASE)
_OURS: Final = "asset:"
_WAYS: Final = frozenset({"@import", "@namespace", "local()", "var()", "env()", "attr()"})
"""Ways to load something that :func:`loads` tells by their names; all else is an address."""
WHOLE: Final = "report.html.j2"
"""The template of the whole page."""


class NameMissing(UndefinedError):  # noqa: N818 - a fault of a template, reported as such
    """A template asks for a name that is not there; it knows what names there are, but nothing of their values."""

    def __init__(self, owner: Any, name: Any, message: str | None = None) -> None:
        super().__init__(message)
        self.name = str(name)
        if owner is missing:
            self.known = list(_KNOWN)
        else:
            self.known = [item for item in dir(owner) if not item.startswith("_")]

    @property
    def suggestion(self) -> str:
        """The name that was meant, if one is near."""
        return (get_close_matches(self.name, self.known, n=1, cutoff=0.6) or [""])[0]


class Missing(StrictUndefined):
    """Fails on every use, and says what there is instead."""

    __slots__ = ()

    def __init__(self, hint: Any = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError) -> None:
        told = partial(NameMissing, obj, name) if exc is UndefinedError and name is not None else exc
        super().__init__(hint, obj, name, told)  # type: ignore[arg-type]


def sandbox(home: Path, templates: Iterable[Template]) -> Environment:
    """Return an environment in which ``templates`` replace those in ``home`` and reach nothing but what they are given.

    No attribute that begins with an underscore, no change of a value, no name that is not there; nothing random.
    """
    own = {template.name: (template.source, template.file, lambda: True) for template in templates}
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FunctionLoader(own.get), FileSystemLoader(home)]),
        autoescape=True,
        undefined=Missing,
        auto_reload=False,
    )
    del environment.globals["lipsum"], environment.filters["random"]
    return environment


def formatter(environment: Environment) -> Callable[..., str]:
    """Return what puts values into a sentence; in a sandbox it reaches no attributes that templates may not."""
    if not isinstance(environment, ImmutableSandboxedEnvironment):
        return str.format
    safe = SandboxedFormatter(environment)
    return lambda text, **values: safe.vformat(text, (), values)


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that a page breaks.

    Attributes:
        name: The element, attribute or function of style sheets, as messages name it; never a value.
        word: What to look for in a template that does so.
        missing: Whether the page lacks it, instead of having it.
        free: Whether the name is the page's own invention, so that it may be words of the report.
    """

    name: str
    word: str
    missing: bool = False
    free: bool = False


def broken_promises(html: str) -> list[Broken]:
    """Return what in a page acts or loads by itself, and whether it lacks title or language (ISO 14289-1, 7.1 and 7.2)."""
    import tinyhtml5

    root = tinyhtml5.parse(html, namespace_html_elements=False)
    found: list[Broken] = []
    if not root.get("lang", "").strip():
        found.append(Broken("<html lang>", "<html", missing=True))
    if not any("".join(title.itertext()).strip() for title in root.findall("head/title")):
        found.append(Broken("<title>", "<title", missing=True))
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2]
        if name not in _ELEMENTS:
            found.append(Broken(f"<{name}>", f"<{name.lower()}", free=True))
        if name == "style":
            found += _loading(loads("".join(element.itertext()), also=_OURS))
        for key, value in element.attrib.items():
            found += _broken_by(name, key.rpartition("}")[2].rpartition(":")[2].lower(), value.strip())
    return list(dict.fromkeys(found))


def _loading(loaded: Iterable[tuple[int, int, str]]) -> Iterator[Broken]:
    """Tell what a style sheet loads by the way in which it does, and look for it by its address."""
    for _, _, what in loaded:
        if what:
            yield Broken(what if what in _WAYS else "url()", what.removesuffix("()").lower())


def _broken_by(element: str, attribute: str, value: str) -> Iterable[Broken]:
    """Return what one attribute breaks: handlers act, addresses load, unless they stand in the file itself."""
    if attribute == "style":
        return _loading(loads(value, declarations=True))
    if attribute.startswith("on") or attribute in _ACTING or attribute in _SETS:  # the last hold several addresses
        kept = False
    elif attribute in _LOADING:
        kept = bool(_IN_FILE.match(value)) or value.startswith(_OURS)
    elif attribute == "href":
        kept = bool(_LEADS.match(value)) if element == "a" else value.startswith("#")
    else:
        kept = attribute not in _PAINTING or not any(
            what and not what.startswith("#") for _, _, what in loads(value, declarations=True)
        )
    return [] if kept else [Broken(attribute, attribute, free=attribute.startswith("on"))]


def blamed(templates: Iterable[Template], broken: Broken) -> tuple[Template, int] | None:
    """Return the template, and its line, that alone has what breaks a promise in it, or should have it."""
    places = [
        (template, number)
        for template in templates
        for number, line in enumerate(template.source.lower().split("\n"), 1)
        if broken.word in line
    ]
    if broken.missing and not places:
        places = [(template, 1) for template in templates if template.name == WHOLE]
    return places[0] if len({template.name for template, _ in places}) == 1 else None
