"""The browser of the machine, started once for a module of tests of the desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.preview.desks import FINDINGS, Desk, lay_out, served
from tests.tools import program

expect.set_options(timeout=20_000)  # what has to come comes at once on a machine that does nothing else


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox"] if root else [],
            env={name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"},
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The small report on a desk; a module shares it."""
    with served(lay_out(tmp_path_factory.mktemp("desk") / "report")) as served_:
        yield served_


@pytest.fixture
def report(desk: Desk) -> Path:
    """The folder of the shared desk's report, as it was at first."""
    return lay_out(desk.path)


@pytest.fixture
def page(browser: Browser, desk: Desk, report: Path) -> Iterator[Page]:
    """A window on the desk, with the report as it was at first; what the browser complains of fails the test."""
    context = browser.new_context(viewport={"width": 1400, "height": 800})
    window = context.new_page()
    said: list[str] = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    opened(window, desk)
    yield window
    context.close()
    assert [line for line in said if not line.startswith("Failed to load resource: net::")] == []


def opened(window: Page, desk: Desk) -> None:
    """Open the desk and wait until it shows the report as it is in the files."""
    window.goto(desk.address)
    window.wait_for_selector("#report .row")
    window.wait_for_function(f"document.querySelectorAll('.cell[lang=en] .finding').length == {2 * FINDINGS - 2}")
    window.wait_for_function("document.getElementById('overlay').hidden && document.querySelector('#panel h2') != null")
