"""The list of conflicts in a real browser: what axe finds, small screens, dark mode, print; nothing is asked of anybody.

Rules: WCAG 2.2 AA and axe's best practices. The numbers in brackets are those of WCAG 2.2.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from reportgen.catalogue import load_catalogue
from reportgen.coalition.model import Conflict, Kind, Standing
from reportgen.coalition.report import as_page
from reportgen.coalition.told import told
from reportgen.languages.messages import in_language, translations
from tests.coalition.coalitions import merged_of
from tests.coalition.test_conflicts import PLANTED, two
from tests.tools import program

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikantenvereinigungsvorsitzender"
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.outerHTML.slice(0, 90))"""


def everything() -> list[Conflict]:
    """A conflict of every kind, two of them decided and one stale, and one of words and addresses without an end."""
    long = two({"acronyms": {"LONG": LONG}}, {"acronyms": {"LONG": f"https://example.org/{LONG * 2}"}})
    found = [one for trees in (*PLANTED.values(), long) for one in merged_of(trees).conflicts]
    for kind, ground in ((Kind.RATING, None), (Kind.SAME_FINDING, None), (Kind.SOURCE, ["cij.00000000"])):
        at = next(number for number, one in enumerate(found) if one.kind is kind)
        decision = {"ground": ground or list(found[at].ground), "take": "cij"}
        (found[at],) = merged_of(PLANTED[kind], decisions={found[at].id: decision}).conflicts
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser of the machine, started once."""
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        kept = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}  # needs fonts to start
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else [], env=dict(kept)
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the lists stand as files, by language; an empty one as ``none``."""
    folder = tmp_path_factory.mktemp("conflicts")
    conflicts = everything()
    assert {one.standing for one in conflicts} == {*Standing}
    pages = {}
    for language in ("en", "fr"):
        say = translations(language).gettext
        headings = {key: in_language(one.title, language) for key, one in load_catalogue().articles.items()}
        pages[language] = as_page(told(conflicts, say, headings), say, language, ("en", "fr"))
    pages["none"] = as_page([], translations("en").gettext, "en", ("en",))
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, "utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty window."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[tuple[str, Any]]:
    """Return what axe finds wrong, with the first element that each rule names."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"], "axe looked at something"
    return [(item["id"], item["nodes"][0]["html"]) for item in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("en", 1280), ("fr", 320), ("none", 320)])
def test_axe_finds_nothing(page: Page, addresses: dict[str, str], name: str, width: int, scheme: Any) -> None:
    """No violation of any rule, by day and by night (1.4.3), on a desk and on the smallest telephone."""
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    page.goto(addresses[name])
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(ground) < 60 if scheme == "dark" else min(ground) > 200
    assert violations(page) == []


@pytest.mark.parametrize("name", ["en", "fr"])
def test_nothing_is_wider_than_the_window(page: Page, addresses: dict[str, str], name: str) -> None:
    """At 400 % zoom nothing has to be scrolled sideways (1.4.10), nor is it cut on paper."""
    page.goto(addresses[name])
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(TOO_WIDE) == [], width
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 658, "height": 900})
    assert page.evaluate(TOO_WIDE) == []


def test_asks_nothing_of_anybody(page: Page, addresses: dict[str, str]) -> None:
    """The file is the only request, and the console stays empty."""
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(addresses["fr"])
    page.wait_for_load_state("networkidle")
    assert asked == [addresses["fr"]]
    assert said == []


@pytest.mark.parametrize("name", ["en", "fr"])
def test_every_link_leads_somewhere(page: Page, addresses: dict[str, str], name: str) -> None:
    """The contents lead to each group; no identifier stands twice."""
    page.goto(addresses[name])
    count, lost, twice = page.evaluate(
        """() => {
          const links = [...document.querySelectorAll('a[href^="#"]')], ids = [...document.querySelectorAll('[id]')].map(e => e.id)
          return [links.length, links.filter(a => !document.getElementById(a.hash.slice(1))).length,
                  ids.filter((id, at) => ids.indexOf(id) != at)]
        }"""
    )
    assert count > 1
    assert lost == 0
    assert twice == []


def test_what_is_pasted_is_the_yaml(page: Page, addresses: dict[str, str], tmp_path: Path) -> None:
    """Copied from the page, the lines to fill in are what the work-list has: no line is broken, no space lost."""
    page.goto(addresses["en"])
    (tmp_path / "pasted.yaml").write_text("\n".join(page.locator("pre").all_inner_texts()), "utf-8")
    lines = (tmp_path / "pasted.yaml").read_text("utf-8").splitlines()
    assert any(line.startswith("  c-") and line.endswith(":") for line in lines)
    assert any(line.startswith("    ground: [cij.") for line in lines)
