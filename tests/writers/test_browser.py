"""The report in a real browser: what axe finds, small screens and zoom, keyboard, links, notes, dark mode, print.

Rules: WCAG 2.2 AA and axe's best practices. The numbers in brackets are those of WCAG 2.2.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reportgen.document.model import Document
from reportgen.writers.html import render_html
from tests.samples import SOLO, document, excerpt, write
from tests.tools import program

LANGUAGES = ("en", "fr")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
WIDE = """\
grounds: |
  Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenvereinigungsvorsitzender and
  https://example.org/a-very-long-address/without-any-place-to-break/0123456789012345678901234567890123456789

  | One | Two | Three | Four | Five | Six | Seven | Eight | Nine |
  |---|---|---|---|---|---|---|---|---|
  | criminalization | criminalization | criminalization | criminalization | criminalization | criminalization | criminalization | criminalization | criminalization |

  | Offence | Persons charged in the year |
  |---|---|
  | Smuggling of migrants | 12 persons, most of them drivers |

  - a
    - b
      - c
        - https://example.org/another-very-long-address/without-any-place-to-break/012345678901234567890123456789
findings:
  - {kind: case, title: Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenvereinigung, text: عربي}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of the machine, started once."""
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox"] if root else [],
            env={
                name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"
            },  # needs fonts to start
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The full sample in both languages, and shortened: ``short-en``, ``short-fr``."""
    short = excerpt(tmp_path_factory.mktemp("short") / "solo")
    return {
        **{language: document(SOLO, language) for language in LANGUAGES},
        **{f"short-{language}": document(short, language) for language in LANGUAGES},
    }


@pytest.fixture(scope="module")
def addresses(documents: dict[str, Document], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where these and a report of long words and wide tables, ``hard``, stand as files."""
    folder = tmp_path_factory.mktemp("browser")
    made = {**documents, "hard": document(write(folder, WIDE), final=False)}
    for name, it in made.items():
        (folder / f"{name}.html").write_text(render_html(it, "screen"), "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in made}


@pytest.fixture
def page(browser: Browser, addresses: dict[str, str]) -> Iterator[Page]:
    """An empty window of the size of a laptop's."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def violations(page: Page, *rules: str) -> list[tuple[str, Any]]:
    """Return what axe finds wrong, with the first element each rule names; ``rules`` are all if none is given."""
    page.evaluate(AXE)
    chosen = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], **chosen})
    assert found["passes"], "axe looked at something"
    return [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_report_shows_all_that_the_sample_shows(documents: dict[str, Document], language: str) -> None:
    """Control of the tests that look at the short one alone: no element of a class is in the full one only."""
    full, short = (kinds(render_html(documents[name], "screen")) for name in (language, f"short-{language}"))
    assert full - short == set()


def kinds(html: str) -> set[tuple[str, str]]:
    """The elements of a page, each with its class."""
    starts = re.findall(r"<(\w+)([^>]*)>", html.partition("<body")[2])
    return {(name, "".join(re.findall(r'\bclass="([^"]*)"', rest))) for name, rest in starts}


@pytest.mark.parametrize(("name", "width"), [("en", 1280), ("short-fr", 360), ("hard", 360)])
def test_axe_finds_nothing(page: Page, addresses: dict[str, str], name: str, width: int) -> None:
    """No violation of any rule, on a laptop and on a phone, where tables are laid out as lists."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(addresses[name])
    assert violations(page) == []


@pytest.mark.parametrize("forced", [False, True])
def test_dark_and_forced_colours_can_be_read(page: Page, addresses: dict[str, str], forced: bool) -> None:
    """Contrast holds on dark ground (1.4.3), which is indeed dark; symbols of ratings and charts keep theirs (1.4.11)."""
    page.emulate_media(color_scheme="dark", forced_colors="active" if forced else "none")
    page.goto(addresses["short-en"])
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(ground) < 60
    assert violations(page, "color-contrast", "link-in-text-block") == []
    for selector, pseudo in ((".rating", "::before"), (".chart svg", None)):
        filtered, behind = page.evaluate(
            "([s, p]) => { const c = getComputedStyle(document.querySelector(s), p); return [c.filter, c.backgroundColor] }",
            [selector, pseudo],
        )
        assert behind == "rgb(255, 255, 255)" if forced else filtered.startswith("invert"), selector


@pytest.mark.parametrize("language", LANGUAGES)
def test_asks_nothing_of_anybody_and_says_nothing(page: Page, addresses: dict[str, str], language: str) -> None:
    """The file is the only request, also scrolled, printed and dark: its letters come with it. The console stays empty."""
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(addresses[language])
    page.emulate_media(color_scheme="dark")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [addresses[language]]
    assert said == []
    statuses = "document.fonts.ready.then(fonts => [...fonts].map(face => face.status))"
    assert page.evaluate(statuses) == ["loaded"] * 5


SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth, inside = e => e.closest('.table, .chart, .skip, caption, thead')
  const out = [...document.querySelectorAll('body *')]
    .filter(e => !inside(e) && e.getClientRects().length && e.getBoundingClientRect().right > edge + 1)
  return document.documentElement.scrollWidth > edge ? out.map(e => e.outerHTML.slice(0, 90)).concat(['the page']) : []
}"""


@pytest.mark.parametrize("name", ["short-en", "fr", "hard"])
def test_nothing_is_wider_than_the_window(page: Page, addresses: dict[str, str], name: str) -> None:
    """From a phone to a desk, at 200 % (640) and 400 % zoom (320, 1.4.10), and with the spaces that readers may ask for (1.4.12).

    What is too wide scrolls in a box of its own, which the keyboard reaches and which has a name (2.1.1, 4.1.2).
    """
    page.goto(addresses[name])
    for width in (320, 360, 640, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(TOO_WIDE) == [], width
        nameless = """[...document.querySelectorAll('body *')].filter(e => e.scrollWidth > e.clientWidth + 1
            && getComputedStyle(e).overflowX == 'auto' && !(e.tabIndex == 0 && e.ariaLabel && e.role))
            .map(e => e.outerHTML.slice(0, 90))"""
        assert page.evaluate(nameless) == [], width
    page.set_viewport_size({"width": 360, "height": 640})
    page.add_style_tag(content=SPACED)
    assert page.evaluate(TOO_WIDE) == []


def test_a_table_of_few_columns_needs_no_scrolling(page: Page, addresses: dict[str, str]) -> None:
    """On the smallest phone and at 400 % zoom (1.4.10); a wide one shows a shade at the edge behind which it goes on."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(addresses["hard"])
    tables = page.evaluate(
        """[...document.querySelectorAll('.table')].filter(e => e.getClientRects().length).map(e => [
          Math.max(...[...e.querySelectorAll('tr')].map(row => row.cells.length)), e.scrollWidth > e.clientWidth,
          getComputedStyle(e).backgroundAttachment])"""
    )
    assert (2, False, "local, local, scroll, scroll") in map(tuple, tables)
    assert (9, True, "local, local, scroll, scroll") in map(tuple, tables)
    assert [table for table in tables if table[0] < 4 and table[1]] == []


def test_lines_are_comfortable(page: Page, addresses: dict[str, str]) -> None:
    """A line of running text has 60 to 75 characters on a laptop (1.4.8)."""
    page.goto(addresses["en"])
    lengths = page.evaluate(
        """[...document.querySelectorAll('.chapter > p.numbered')]
          .map(p => [p.textContent.length, Math.round(p.clientHeight / parseFloat(getComputedStyle(p).lineHeight))])
          .filter(([_, lines]) => lines > 3).map(([signs, lines]) => signs / (lines - .5))"""
    )
    assert len(lengths) > 10
    assert 60 <= sorted(lengths)[len(lengths) // 2] <= 75


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_something_that_is_shown(
    page: Page, addresses: dict[str, str], language: str, width: int
) -> None:
    """Contents, notes, sources and paragraphs: each visible link within the report has a visible target."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(addresses[language])
    count, lost = page.evaluate(
        """() => {
          const links = [...document.querySelectorAll('a[href^="#"]')].filter(a => a.getClientRects().length)
          const seen = e => e && e.getClientRects().length && getComputedStyle(e).visibility == 'visible'
          return [links.length, links.filter(a => !seen(document.getElementById(a.hash.slice(1)))).map(a => a.outerHTML)]
        }"""
    )
    assert count > 1000
    assert lost == []


def test_the_keyboard_reaches_everything(page: Page, addresses: dict[str, str]) -> None:
    """The skip link comes first and skips (2.4.1), then the contents; what has the focus shows it (2.4.7)."""
    page.goto(addresses["short-fr"])
    focus = "(s => { const e = document.activeElement; return [e.className, e.closest(s) != null, e.matches(':focus-visible') && getComputedStyle(e).outlineStyle] })"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}('body')") == ["skip", True, "solid"]
    box = page.locator(".skip").bounding_box()
    assert box
    assert box["x"] >= 0
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}('nav.contents')") == ["", True, "solid"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focus}('main')")[1:] == [True, "solid"]
    heading = page.locator("h2#summary").bounding_box()
    assert heading
    assert 0 <= heading["y"] < 700


def test_wide_tables_scroll_by_keyboard(page: Page, addresses: dict[str, str]) -> None:
    """On a phone a table that is too wide takes the focus and moves under the arrow keys (2.1.1)."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(addresses["hard"])
    page.locator(".number").first.focus()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "table":
            break
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.matches('.table') && document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_note_opens_beside_its_text_and_closes(page: Page, addresses: dict[str, str], width: int) -> None:
    """A note is shown at the foot of the window without the text moving; its arrow leads back to the call."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(addresses["en"])
    call = page.locator('a.call[href="#untoc-6-n3"]')
    call.evaluate("e => e.scrollIntoView({block: 'center'})")
    before = page.evaluate("scrollY")
    call.click()
    note = page.locator("#untoc-6-n3")
    box = note.bounding_box()
    assert box
    assert box["y"] > 370
    assert box["y"] + box["height"] <= 741
    assert page.evaluate("scrollY") == before
    note.locator(".back").click()
    back = call.bounding_box()
    assert back
    assert 0 <= back["y"] < 740
    assert page.evaluate("getComputedStyle(document.getElementById('untoc-6-n3')).position") == "static"


@pytest.mark.parametrize("language", LANGUAGES)
def test_prints(page: Page, addresses: dict[str, str], documents: dict[str, Document], language: str) -> None:
    """Printed by the browser every chapter starts a page, and no line or table is cut at the edge of the paper."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 658, "height": 900})  # what the margins leave of A4
    page.goto(addresses[language])
    cut = """[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1
        && !e.closest('caption')).map(e => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(cut) == []
    pdf = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    try:
        tops = [" ".join(sheet.get_textpage().get_text_range().split())[:400] for sheet in pdf]
    finally:
        pdf.close()
    assert len(tops) > 60
    for chapter in documents[language].chapters:
        heading = " ".join(f"{chapter.kicker} {chapter.number} {chapter.title.text}".split())
        assert any(top.startswith(f"{number} {heading}") for number, top in enumerate(tops, 1)), heading


def test_every_other_language_is_named(page: Page, addresses: dict[str, str], tmp_path: Path) -> None:
    """In a French report with English words only, every word of the author's is in an element that says so (3.1.2)."""
    english = """\
grounds: "Wombat grounds.[^1]\\n\\n[^1]: Wombat note."
state_position: Wombat position.
questions:
  untoc-5.model: {answer: Wombat answer.}
findings: [{kind: case, title: Wombat title, text: Wombat finding.}]
recommendations:
  - {text: Wombat advice., addressee: Wombat ministry, priority: high, timeframe: Wombat time, indicator: Wombat indicator}
"""
    rest = """\
statistics:
  n: {title: Wombat chart, unit: wombats, definition: Wombat words., articles: [untoc-5], sources: [s1], series: {a: {label: Wombat label, values: {2020: 1, 2021: 2}}}}
technical_assistance:
  - {need: Wombat need, articles: [untoc-5], beneficiary: Wombat courts, provider: Wombat donors}
"""
    path = tmp_path / "fr.html"
    path.write_text(render_html(document(write(tmp_path, english, rest), "fr", final=False), "screen"), "utf-8")
    page.goto(path.as_uri())
    count, unnamed = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [], out = []
          while (walker.nextNode()) {
            const node = walker.currentNode
            if (!/wombat/i.test(node.data) || node.parentElement.closest('svg')) continue
            found.push(node.data)
            if (node.parentElement.closest('[lang]').lang != 'en') out.push(node.data)
          }
          return [found.length, out]
        }"""
    )
    assert count >= 18
    assert unnamed == []
