"""Thousands of texts written to break readers of Markdown and HTML: each ends in a report or in a message.

CommonMark's examples, the Big List of Naughty Strings and attacks by script go as findings through the real line, a
hundred and fifty a report. Nothing active reaches the page, and a real browser neither runs a script nor asks for
anything.
"""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
import tinyhtml5

from reportgen.diagnostics import Severity
from reportgen.diagnostics.render import severity_of
from reportgen.document.model import Document, Finding
from reportgen.pipeline import check
from reportgen.writers.html import render_html
from reportgen.writers.pdf import render_pdf
from tests import corpora
from tests.samples import document, write
from tests.tools import program

BATCH: Final = 150
CORPORA: Final[dict[str, Callable[[], tuple[str, ...]]]] = {
    "commonmark": corpora.commonmark,
    "naughty": corpora.naughty,
    "xss": corpora.xss,
}
SIZES: Final = {"commonmark": 5, "naughty": 4, "xss": 34}
"""Batches in each corpus; a test sees that no text is left over."""
BATCHES: Final = [(name, number) for name, size in SIZES.items() for number in range(size)]
ELEMENTS: Final = frozenset(
    {"html", "head", "meta", "title", "style", "body", "header", "section", "nav", "main", "article", "div", "span"}
    | {"p", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "blockquote", "pre"}
    | {"table", "caption", "thead", "tbody", "tr", "th", "td", "code", "em", "strong", "sup", "cite", "a"}
)
ATTRIBUTES: Final = frozenset(
    {"lang", "dir", "charset", "name", "content", "class", "id", "href", "title", "scope", "start"}
    | {"role", "tabindex", "aria-label", "aria-labelledby", "colspan", "rowspan"}
)
HREF: Final = re.compile(r"https?://|mailto:|#")


def batch(name: str, number: int) -> tuple[str, ...]:
    """Some of the texts of a corpus."""
    return CORPORA[name]()[number * BATCH : (number + 1) * BATCH]


@cache
def through_the_line(name: str, number: int, folder: Path) -> tuple[Document | None, int]:
    """Check a batch, take out what a message refuses, and compose the rest; return it and how many were refused."""
    lines = {index: json.dumps(text, ensure_ascii=False) for index, text in enumerate(batch(name, number))}
    whole = len(lines)
    home = folder / f"{name}-{number}"
    home.mkdir(exist_ok=True)
    while lines:
        findings = "\n".join(f"  - {{kind: case, text: {line}}}" for line in lines.values())
        path = home / "submission.yaml"
        written = write(home, "findings:\n  - {kind: case, text: FIRST}").read_text("utf-8")
        path.write_bytes(
            written.replace("      - {kind: case, text: FIRST}", _indented(findings)).encode("utf-8", "surrogatepass")
        )
        errors = [item for item in check(path).found if severity_of(item) is Severity.ERROR]
        if not errors:
            return document(path), whole - len(lines)
        first = written[: written.index("FIRST")].count("\n") + 1
        order = list(lines)
        refused = {
            order[item.span.line - first] for item in errors if item.span and 0 <= item.span.line - first < len(order)
        }
        assert refused, [(item.code, item.span) for item in errors]
        for index in refused:
            del lines[index]
    return None, whole


def _indented(findings: str) -> str:
    return "\n".join(f"    {line}" for line in findings.split("\n"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the batches lie."""
    return tmp_path_factory.mktemp("corpora")


def elements(html: str) -> Iterator[ET.Element]:
    """Read a page as browsers do."""
    root: Any = tinyhtml5.parse(html, namespace_html_elements=False)
    return (element for element in root.iter() if isinstance(element.tag, str))


def active(html: str) -> list[str]:
    """Return every element, attribute and address of a page that is not on the list."""
    found = []
    for element in elements(html):
        if element.tag not in ELEMENTS:
            found.append(f"<{element.tag}>")
        for attribute, value in element.attrib.items():
            if attribute not in ATTRIBUTES or (attribute == "href" and not HREF.match(value)):
                found.append(f"<{element.tag} {attribute}={value[:60]!r}>")
    return found


@pytest.mark.parametrize("name", SIZES)
def test_no_text_is_left_over(name: str) -> None:
    texts = CORPORA[name]()
    assert (SIZES[name] - 1) * BATCH < len(texts) <= SIZES[name] * BATCH


@pytest.mark.parametrize(("name", "number"), BATCHES)
def test_every_text_ends_in_a_report_or_a_message(name: str, number: int, home: Path) -> None:
    made, refused = through_the_line(name, number, home)
    shown = (
        [block for chapter in made.chapters for block in chapter.blocks if isinstance(block, Finding)] if made else []
    )
    blank = sum(not text.strip(" .…\n") for text in batch(name, number))
    assert len(batch(name, number)) - blank <= len(shown) + refused <= len(batch(name, number))
    assert refused < len(batch(name, number)) / 2, "most texts are harmless and are printed"


@pytest.mark.parametrize(("name", "number"), BATCHES)
def test_nothing_active_reaches_the_page(name: str, number: int, home: Path) -> None:
    made, _ = through_the_line(name, number, home)
    assert made
    assert active(render_html(made, "screen")) == []


@pytest.mark.parametrize(
    "planted", ["<script>x</script>", "<p onclick=x>", "<a href='javascript:x'>x</a>", "<img src=x>", "<p style=x>"]
)
def test_what_is_active_would_be_seen(planted: str, home: Path) -> None:
    """The test above can fail."""
    made, _ = through_the_line("commonmark", 0, home)
    assert made
    assert active(render_html(made, "screen").replace("</main>", f"{planted}</main>"))


@pytest.mark.parametrize(("name", "number"), BATCHES[::2][:20])
def test_pages_are_made_of_them(name: str, number: int, home: Path) -> None:
    """The PDF has no action but links to web and e-mail addresses and within the report, and no files."""
    made, _ = through_the_line(name, number, home)
    assert made
    data, _ = render_pdf(made)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) > 3
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and item.get("/Type") != "/StructElem":
                assert item.S not in {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"}
            if isinstance(item, pikepdf.Dictionary) and "/URI" in item:
                assert re.match(r"https?://|mailto:", str(item.URI))
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The browser of the machine."""
    from playwright.sync_api import sync_playwright

    path = program("chromium", "chromium-browser", "google-chrome")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    environment: dict[str, str | float | bool] = {
        name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"
    }
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else [], env=environment
        )
        yield running
        running.close()


def what_it_does(browser: Any, path: Path) -> tuple[list[str], list[str]]:
    """Open a page; return the calls of alert, confirm and prompt, and everything it asked for besides itself."""
    page = browser.new_page()
    called: list[str] = []
    asked: list[str] = []
    page.expose_function("called", lambda name: called.append(str(name)))
    page.add_init_script(
        "for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => called(name)"
    )
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.mouse.move(200, 200)
    page.keyboard.press("Tab")
    page.wait_for_timeout(150)
    page.close()
    return called, [url for url in asked if url != path.as_uri()]


@pytest.mark.parametrize(("name", "number"), BATCHES)
def test_a_browser_runs_nothing_and_asks_for_nothing(name: str, number: int, home: Path, browser: Any) -> None:
    made, _ = through_the_line(name, number, home)
    assert made
    path = home / f"{name}-{number}.html"
    path.write_text(render_html(made, "screen"), "utf-8")
    assert what_it_does(browser, path) == ([], [])


def test_a_script_that_runs_would_be_seen(tmp_path: Path, browser: Any) -> None:
    """The test above can fail."""
    path = tmp_path / "bad.html"
    path.write_text("<script>alert(1)</script><img src=http://127.0.0.1:9/x onerror=alert(2)>", "utf-8")
    called, asked = what_it_does(browser, path)
    assert called == ["alert", "alert"]
    assert asked == ["http://127.0.0.1:9/x"]
