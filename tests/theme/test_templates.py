"""Templates of others replace the program's one by one, in a sandbox; what they make keeps what a report promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.diagnostics import Diagnostic
from reportgen.document.model import Document
from reportgen.resources import resource
from reportgen.submission.kinds import Context
from reportgen.theme.model import Template, Theme
from reportgen.theme.read import theme_of
from reportgen.theme.templates import read_templates, template_names
from reportgen.writers.html import TemplateFault, render_html
from reportgen.writers.sandbox import broken_promises
from tests.samples import FIRST, document, write
from tests.theme.looks import SAMPLE, Pages, dressed, sound

FINDING = "blocks/finding.html.j2"
Render = Callable[..., str]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A report with a finding whose text no message may show."""
    path = write(
        tmp_path_factory.mktemp("plain"), "findings:\n  - {kind: deficiency, text: CANARY-TEXT, sources: [s1]}\n"
    )
    return document(path)


@pytest.fixture
def rendered(plain: Document) -> Render:
    """Render the report with another template for findings."""

    def render(source: str, name: str = FINDING) -> str:
        return render_html(replace(plain, theme=Theme(templates=(Template(name, f"house/{name}", source),))), "screen")

    return render


def fault(render: Render, source: str, name: str = FINDING) -> Diagnostic:
    """What is wrong with a template; never anything of the document."""
    with pytest.raises(TemplateFault) as raised:
        render(source, name)
    found = raised.value.found
    assert "CANARY" not in f"{raised.value} {found}"
    return found


def test_one_template_changes_and_the_others_stay(rendered: Render, plain: Document) -> None:
    """The block is the house's own; everything around it is as before."""
    html = rendered('<div class="ours">{{ block.label }}{{ m.prose(chapter, block.prose) }}</div>')
    assert '<div class="ours">Deficiency' in html
    assert "CANARY-TEXT" in html
    before = render_html(plain, "screen")
    own = re.compile(r'<div class="(?:ours|finding deficiency)">.*?</div>', re.DOTALL)
    assert own.sub("", html) == own.sub("", before)


@pytest.mark.parametrize("name", template_names())
def test_a_copy_of_any_template_changes_nothing(name: str, plain: Document) -> None:
    """All that the program's own templates do can be done in the sandbox, and passes the check of what comes out."""
    source = (resource("templates") / name).read_text("utf-8")
    themed = replace(document(FIRST), theme=Theme(templates=(Template(name, name, source),)))
    for medium in ("screen", "print"):
        assert render_html(themed, medium) == render_html(replace(themed, theme=Theme()), medium)


def test_the_pdf_is_made_of_the_same_templates(plain: Document) -> None:
    """One template for screen and paper."""
    theme = Theme(templates=(Template(FINDING, FINDING, "<p>OURS {{ medium }}</p>"),))
    pages = Pages.of(replace(plain, theme=theme))
    with pages.pdf as pdf:
        assert any("OURS print" in pages.words(number) for number in range(len(pdf.pages)))


ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('__cla' ~ 'ss__') }}",
    "{{ ['']|map(attribute='__class__')|first }}",
    "{{ (1).__class__ }}",
    "{{ say.__globals__ }}",
    "{{ say.__init__.__globals__ }}",
    "{{ say('{x.__class__}', x=block) }}",
    "{{ say('{x.__class__.__mro__}', x='') }}",
    "{{ say('{x[__class__]}', x=block) }}",
    "{{ '{0.__class__}'.format(block) }}",
    "{{ '{x.__class__}'.format_map({'x': block}) }}",
    "{{ ('{0.__class__}'|safe).format(block) }}",
    "{{ '%s'|format(block.__class__) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ m.__class__ }}",
    "{{ m.prose.__globals__ }}",
    "{{ m.prose._func.__globals__ }}",
    "{{ document.__class__.__init__.__globals__ }}",
    "{{ document.__dataclass_fields__ }}",
    "{{ (block|list).__class__ }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% set x = block.prose.__reduce_ex__(2) %}{{ x }}",
    "{{ (lambda: 1)() }}",
    "{% import os %}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_there_is_no_way_out_of_the_sandbox(source: str, rendered: Render) -> None:
    """The known ways to a module, a class or a global: each is an error with the place of the template."""
    found = fault(rendered, source)
    assert found.code in {"RG701", "RG729"}
    assert found.span
    assert (found.span.file, found.span.line) == (f"house/{FINDING}", 1)


@pytest.mark.parametrize(
    "source",
    [
        "{{ lipsum() }}",
        "{{ [1, 2]|random }}",
        "{% set x = [] %}{{ x.append(1) }}",
        "{{ range(10000000)|length }}",
        "{% include '../../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% extends 'blocks/findings.html.j2' %}",
        "{% do 1 %}",
    ],
)
def test_what_else_a_template_may_not(source: str, rendered: Render) -> None:
    """Nothing random, nothing changed, no file but the templates."""
    assert fault(rendered, source).code in {"RG701", "RG729"}


@pytest.mark.parametrize(
    ("source", "line", "name", "suggestion"),
    [
        ("<p>\n{{ block.titel }}</p>", 2, "titel", "title"),
        ("{{ blok.title }}", 1, "blok", "block"),
        ("\n\n{{ m.proze(chapter, block.prose) }}", 3, "proze", "prose"),
        ("{% for p in block.prose.peices %}{% endfor %}", 1, "peices", "pieces"),
        ("{{ say.secret }}", 1, "secret", ""),
        ("{% if block.nothing %}{% endif %}", 1, "nothing", ""),
    ],
)
def test_a_name_that_is_not_there(source: str, line: int, name: str, suggestion: str, rendered: Render) -> None:
    """File, line, the name, and what was probably meant."""
    found = fault(rendered, source)
    assert (found.code, found.params["name"], found.params["suggestion"]) == ("RG729", name, suggestion)
    assert found.span
    assert (found.span.file, found.span.line) == (f"house/{FINDING}", line)
    if name == "titel":
        assert {"kind", "label", "prose", "title"} <= set(found.params["known"].split(", "))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>\n{{ block.title }", 2),
        ("{% if x %}", 1),
        ("{{ block.title | shout }}", 1),
        ("\n{% include 'blocks/x.html.j2' %}", 2),
    ],
)
def test_a_mistake_in_a_template(source: str, line: int, rendered: Render) -> None:
    """What can't be read, or asks for a template that is not there."""
    found = fault(rendered, source)
    assert found.code == "RG701"
    assert found.span
    assert (found.span.file, found.span.line) == (f"house/{FINDING}", line)


def test_an_error_with_a_value_in_it_shows_the_value_to_nobody(rendered: Render) -> None:
    """Python's own words for a failure may quote the document."""
    for source in (
        "{{ 'x'.encode(block.prose.pieces[0].html) }}",
        "{{ {}[block.prose] + 1 }}",
        "{{ document[block.prose.pieces[0].html] }}",
        "{{ ''|attr('__' ~ block.prose.pieces[0].html) }}",
        "{% include block.prose.pieces[0].html %}",
    ):
        fault(rendered, source)
    assert fault(rendered, "{{ 1 / 0 }}").params["reason"] == "ZeroDivisionError"


def test_data_stays_data(rendered: Render, plain: Document) -> None:
    """Also in a template of others plain text is escaped, whatever the ending of its name."""
    odd = replace(
        plain, theme=Theme(templates=(Template(FINDING, FINDING, "{{ document.state }}"),)), state="<b>{{ 7*7 }}</b>"
    )
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in render_html(odd, "screen")


@pytest.mark.parametrize(
    "piece",
    [
        "<script>x</script>",
        "<SCRIPT src=x></SCRIPT>",
        "<p onclick='x'>a</p>",
        "<p/ONmouseover=x>a</p>",
        "<img src='https://a.example/x.png' alt=''>",
        "<img src='//a.example/x.png' alt=''>",
        "<img src='x.png' alt=''>",
        "<img srcset='x.png 2x' alt=''>",
        "<link rel='stylesheet' href='https://a.example/x.css'>",
        "<meta http-equiv='refresh' content='0;url=https://a.example'>",
        "<base href='https://a.example'>",
        "<iframe src='x'></iframe>",
        "<object data='x'></object>",
        "<embed src='x'>",
        "<form action='https://a.example'><input></form>",
        "<video src='x'></video>",
        "<style>p { background: url(https://a.example/x.png) }</style>",
        "<style>@import 'x'</style>",
        "<p style='background: url(x.png)'>a</p>",
        "<p style='background: u\\72l(x.png)'>a</p>",
        "<a href='javascript:x'>a</a>",
        "<a href=' java&#9;script:x'>a</a>",
        "<a href='data:text/html,x'>a</a>",
        "<a href='file:///etc/passwd'>a</a>",
        "<svg><use href='https://a.example/x.svg#a'/></svg>",
        "<svg><use xlink:href='https://a.example/x.svg#a'/></svg>",
        "<svg><image href='x.png'/></svg>",
        "<svg><a href='#x'><animate attributeName='href' values='javascript:x'/></a></svg>",
        "<svg><rect fill='url(https://a.example/x#a)'/></svg>",
        "<math><mi>x</mi></math>",
        "<table background='x.png'><tr><td>a</td></tr></table>",
    ],
)
def test_what_acts_or_loads_is_refused(piece: str, rendered: Render) -> None:
    """The template is named, with the line."""
    found = fault(rendered, f"<div>\n{piece}\n</div>")
    assert found.code == "RG728"
    assert found.span
    assert (found.span.file, found.span.line) == (f"house/{FINDING}", 2)


@pytest.mark.parametrize(
    "piece",
    [
        "<a href='https://a.example/x'>a</a>",
        "<a href='mailto:a@a.example'>a</a>",
        "<a href='#summary'>a</a>",
        "<img src='data:image/png;base64,AAAA' alt=''>",
        "<p style='color: red'>url(x) onclick=</p>",
        "<svg><path fill='url(#a)' d='M0 0'/></svg>",
    ],
)
def test_what_only_shows_is_allowed(piece: str, rendered: Render) -> None:
    """Links that a reader follows, pictures that stand in the file, words."""
    assert piece.split(" ", maxsplit=1)[0] in rendered(piece)


def test_a_promise_broken_by_the_report_is_not_blamed_on_a_template(plain: Document) -> None:
    """Where no template has the words, none is named."""
    templates = (Template(FINDING, FINDING, "{{ document.state | safe }}"),)
    odd = replace(plain, theme=Theme(templates=templates), state="<script>x</script>")
    with pytest.raises(TemplateFault) as raised:
        render_html(odd, "screen")
    assert raised.value.found.code == "RG728"
    assert raised.value.found.span is None
    assert raised.value.found.params["reason"] == "…"


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        ("<{{ words }}>x", "…"),
        ("<p on{{ words }}='x'>", "…"),
        ("<img src='{{ words }}' alt=''>", "src"),
        ("<img srcset='{{ words }} 2x' alt=''>", "srcset"),
        ("<a href='javascript:{{ words }}'>a</a>", "href"),
        ("<p style='background: url({{ words }})'>", "url()"),
        ("<p style='background: url(\"@{{ words }}()\")'>", "url()"),
        ("<style>p { background: url({{ words }}) }</style>", "url()"),
        ("<svg><rect fill='url({{ words }})'/></svg>", "fill"),
        ("<script>{{ words }}</script><p onclick='{{ words }}'>", "<script>, onclick"),
    ],
)
def test_what_is_refused_is_told_without_a_word_of_the_report(piece: str, reason: str, rendered: Render) -> None:
    """The name of an element or attribute, and the template; a name that the report's own words made is left out."""
    found = fault(rendered, "{% set words = block.prose.pieces[0].html %}" + piece)
    assert (found.code, found.params["reason"]) == ("RG728", reason)


@pytest.mark.parametrize(
    ("before", "after", "reason", "line"),
    [
        ("<title>[^\\n]*</title>", "", "<title>", 1),
        ("<title>[^\\n]*</title>", "<title>{{ '' }}</title>", "<title>", 8),
        ('<html lang="[^"]*">', "<html>", "<html lang>", 4),
        ('<html lang="[^"]*">', '<html lang=" ">', "<html lang>", 4),
        ('<html lang="[^"]*">', "", "<html lang>", 1),
    ],
)
def test_a_page_without_title_or_language_is_refused(
    before: str, after: str, reason: str, line: int, rendered: Render
) -> None:
    """Whoever reads by ear hears neither which report it is nor its words right (ISO 14289-1, 7.1, 7.2; WCAG 2.4.2, 3.1.1)."""
    ours = (resource("templates") / "report.html.j2").read_text("utf-8")
    found = fault(rendered, re.sub(before, after, ours, count=1), "report.html.j2")
    assert (found.code, found.params["reason"]) == ("RG728", reason)
    assert found.span
    assert (found.span.file, found.span.line) == ("house/report.html.j2", line)


@pytest.mark.parametrize("source", ["{{ document }}", "{{ document.theme }}", "{{ document.origins }}", "{{ logo }}"])
def test_no_path_can_be_printed(source: str, tmp_path: Path) -> None:
    """Where files lie on the machine of the author is nobody's business: neither report nor theme."""
    (tmp_path / "report").mkdir()
    theme = sound(tmp_path / "house", "css: house.css", house__css=b"h2 { color: #123456 }")
    made = dressed(
        write(tmp_path / "report", "grounds: Words."), replace(theme, templates=(Template(FINDING, "x", ""),))
    )
    printing = Template("report.html.j2", str(tmp_path / "t.html.j2"), f"<html lang=en><title>T</title>{source}")
    assert any(str(tmp_path) in passage.span.file for passage in made.origins.values() if passage.span)
    assert str(tmp_path) not in render_html(replace(made, theme=replace(made.theme, templates=(printing,))), "screen")


def test_the_reports_themselves_keep_the_promise() -> None:
    """The check is not blind, and not too strict."""
    assert broken_promises(render_html(document(FIRST), "screen")) == []
    assert broken_promises(render_html(document(FIRST), "print")) == []
    page = "<html lang=en><title>T</title><p><b onclick=x>a<img src=y>"
    assert [broken.name for broken in broken_promises(page)] == ["onclick", "src"]


def found_in(folder: Path) -> list[tuple[str, str, str]]:
    """Code, file and suggestion of everything found in a folder of templates."""
    context = Context()
    read_templates(folder, context)
    spans = [(item, item.span) for item in context.found]
    return [
        (item.code, Path(span.file).relative_to(folder).as_posix(), item.params.get("suggestion", ""))
        for item, span in spans
        if span
    ]


def test_only_templates_that_replace_one(tmp_path: Path) -> None:
    """A misspelt name would silently do nothing."""
    for name in (
        "blocks/findings.html.j2",
        "finding.html.j2",
        "blocks/finding.html",
        "notes.txt",
        ".hidden",
        "blocks/matrix.html.j2",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert found_in(tmp_path) == [
        ("RG726", "blocks/finding.html", "blocks/finding.html.j2"),
        ("RG726", "blocks/findings.html.j2", "blocks/finding.html.j2"),
        ("RG726", "finding.html.j2", "blocks/finding.html.j2"),
        ("RG726", "notes.txt", ""),
    ]


def test_a_template_is_a_text_in_its_folder(tmp_path: Path) -> None:
    """No link out, no other encoding, no giant."""
    (tmp_path / "outside").write_text("x")
    home = tmp_path / "home"
    (home / "blocks").mkdir(parents=True)
    (home / "report.html.j2").symlink_to(tmp_path / "outside")
    (home / "macros.html.j2").write_bytes(b"\xe9")
    (home / "blocks" / "text.html.j2").write_bytes(b" " * 1_000_001)
    assert sorted(found_in(home)) == [
        ("RG103", "macros.html.j2", ""),
        ("RG715", "report.html.j2", ""),
        ("RG717", "blocks/text.html.j2", ""),
    ]


def test_whoever_uses_templates_is_warned() -> None:
    """They are programs of whoever wrote them; with a theme they go together."""
    reading = theme_of(FIRST, SAMPLE, SAMPLE / "templates")
    assert [item.code for item in reading.found] == ["RG727"]
    assert reading.theme
    assert reading.theme.logo
    assert [template.name for template in reading.theme.templates] == [FINDING]
    assert FINDING in " ".join(reading.texts)
    assert theme_of(FIRST).found == ()
