"""The desk's good manners: for every reader, by keyboard, in both languages, without a request or an act of others."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.preview.desks import FINDINGS, Desk, edit, lay_out, served

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
SOON = 20_000


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds wrong of consequence; its script is run beside the page's policy."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")  # fmt: skip
    assert found["passes"]
    return [(item["impact"], item["id"], item["nodes"][0]["html"][:200]) for item in found["violations"] if item["impact"] in ("serious", "critical")]  # fmt: skip


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk in French."""
    with served(lay_out(tmp_path_factory.mktemp("french") / "report"), language="fr") as served_:
        yield served_


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, report: Path, scheme: Any) -> None:
    """With the panel open, in the window of a paragraph, with problems laid over, and in the members' view."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.querySelectorAll('#panel details').forEach(e => e.open = true)")
    assert violations(page) == []
    page.locator("#report .row", has_text="Five1 begins.").locator(".handle").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.select_option("#audience", "members")
    edit(report / "untoc-5.yaml", "practice: poor", "practice: poorly")
    expect(page.locator("#overlay")).to_be_visible(timeout=SOON)
    assert violations(page) == []


def test_the_window_has_a_title_while_there_is_nothing_to_show(page: Page, report: Path) -> None:
    """The members' view is asked for when the files can't be read: there is no report to take it from."""
    edit(report / "untoc-5.yaml", "practice: poor", "practice: poorly")
    expect(page.locator("#overlay")).to_be_visible(timeout=SOON)
    with page.expect_response(lambda response: "audience=members" in response.url):
        page.select_option("#audience", "members")
    page.wait_for_timeout(500)
    assert page.title()


@pytest.mark.parametrize("width", [400, 900])
def test_axe_finds_nothing_serious_in_french(browser: Browser, french: Desk, width: int) -> None:
    """The same on a phone and in a narrow window, in French; nothing is wider than the window."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(french.address)
    page.wait_for_selector("#report .row")
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("width", [400, 750, 1400])
def test_no_text_lies_on_another(page: Page, width: int) -> None:
    """At every width, and so at 200 % zoom, each paragraph of a cell ends before the next begins."""
    page.set_viewport_size({"width": width, "height": 800})
    for choice in ("both", "en", "source"):
        page.select_option("#show", choice)
        count, over = page.evaluate(
            """() => {
              const leaves = [...document.querySelectorAll('#report .cell :is(p, h2, h3, dt, dd)')].filter(e => e.offsetParent)
              const over = []
              for (let n = 1; n < leaves.length; n += 1) {
                const [a, b] = [leaves[n - 1].getBoundingClientRect(), leaves[n].getBoundingClientRect()]
                if (leaves[n].closest('.cell') == leaves[n - 1].closest('.cell') && b.top < a.bottom - 2 && b.left < a.right - 2
                    && a.left < b.right - 2 && !leaves[n - 1].contains(leaves[n])) over.push(leaves[n].outerHTML.slice(0, 80))
              }
              return [leaves.length, over]
            }"""
        )
        assert count > FINDINGS
        assert over == []
    page.evaluate("localStorage.clear()")


def test_it_asks_nobody_else(browser: Browser, desk: Desk, report: Path) -> None:
    """Every request goes to the desk itself, also for the pages and dark, and the console has no complaint."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, color_scheme="dark")
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(desk.address)
    page.wait_for_selector("#report .row")
    page.select_option("#show", "fr")
    edit(report / "untoc-5.yaml", "Five1 commence.", "Five1 change.")
    expect(page.locator("#report .row", has_text="Five1 change.")).to_have_count(1, timeout=SOON)
    page.evaluate("localStorage.clear()")
    context.close()
    assert len(asked) > 6
    assert [url for url in asked if not url.startswith((desk.address, "data:"))] == []
    assert said == []


def test_by_keyboard_alone(page: Page, report: Path) -> None:
    """Skip to the report, from paragraph to paragraph, into its window, write, keep, and back to the same button."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "desk-skip"
    page.keyboard.press("Enter")
    handle = "document.activeElement.matches('.handle') && document.activeElement.closest('.row').dataset.row"
    for _ in range(40):  # the links of the report come in between
        page.keyboard.press("Tab")
        if page.evaluate(handle):
            break
    assert page.evaluate(handle)
    names = [page.evaluate(handle)]
    for _ in range(4):
        page.keyboard.press("ArrowDown")
        names.append(page.evaluate(handle))
    assert len(set(names)) == 5
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(handle) == names[3]
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_be_visible()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "comment-text":
            break
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#place-status")).to_contain_text("comments.yaml")
    expect(page.locator("#place-comments")).to_contain_text("By keyboard", timeout=SOON)
    page.keyboard.press("Escape")
    expect(page.locator("#place")).to_be_hidden()
    assert page.evaluate(handle) == names[3]
    edit(report / "untoc-6.yaml", "Six9 begins.", "Six9 changed.")
    expect(page.locator("#report .row", has_text="Six9 changed.")).to_have_count(1, timeout=SOON)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#report .row", has_text="Six9 changed.")).to_be_in_viewport()
    assert "Six9" in page.evaluate("document.activeElement.closest('.row').textContent")


def test_what_is_left_is_two_keys_away(page: Page) -> None:
    """Nobody has to pass every link of the report on the way to the list, even while that is hidden."""
    page.click("#panel-button")
    page.evaluate("document.activeElement.blur()")
    page.locator("#to-panel").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel')?.id") == "panel"
    page.evaluate("localStorage.clear()")


def test_what_is_new_is_said(page: Page, report: Path) -> None:
    """A screen reader hears of changes and of problems, and of what is no longer followed."""
    assert page.locator("#status").get_attribute("role") == "status"
    assert page.locator("#lost").get_attribute("role") == "alert"
    edit(report / "untoc-5.yaml", "Five1 begins.", "Five1 heard.")
    expect(page.locator("#status")).to_have_text("1 paragraph changed.", timeout=SOON)


def test_nothing_moves_for_those_who_do_not_want_it(page: Page) -> None:
    """With reduced motion the paragraph that was led to is marked, not animated."""
    page.emulate_media(reduced_motion="reduce")
    page.locator("#panel .desk-part[data-part=coverage] summary").click()
    page.locator("#panel .desk-part[data-part=coverage] a.go").first.click()
    page.wait_for_selector(".row.reached")
    assert page.evaluate("[...document.getAnimations()].filter(a => a.playState == 'running').length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.row.reached')).animationName") == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("getComputedStyle(document.querySelector('.row.reached')).animationName") == "reached"


def test_only_an_editor_is_opened(page: Page) -> None:
    """An address that others could have put into this browser neither runs, nor loads, nor leads to the web; places are quoted."""
    check = "async ([pattern, path]) => { localStorage.setItem('reportgen.editor', pattern); return (await import('./comments.js')).editorAddress({path, line: 3, column: 4}) }"
    for bad in ("javascript:alert({line})", " javascript:1", "java\nscript:1", "JavaScript:1", "data:text/html,{path}", "http://evil.example/{path}", "HTTPS://evil.example", "//evil.example/{path}", "file:///{path}", "blob:x", "view-source:x", "ms-msdt:x", "search-ms:x", "{path}", ""):  # fmt: skip
        assert page.evaluate(check, [bad, "/home/a/x.yaml"]) == "", bad
    wanted = {
        (
            "vscode://file/{path}:{line}:{column}",
            "/home/a b/é#?&.yaml",
        ): "vscode://file/home/a%20b/%C3%A9%23%3F%26.yaml:3:4",
        ("vscode://file/{path}:{line}", "C:\\Users\\x.yaml"): "vscode://file/C:/Users/x.yaml:3",
        ("idea://open?file={path}&line={line}", "/home/x.yaml"): "idea://open?file=/home/x.yaml&line=3",
        (
            "subl://open?url=file://{path}&line={line}",
            "/x{line}.yaml",
        ): "subl://open?url=file:///x%7Bline%7D.yaml&line=3",
    }
    for (pattern, path), address in wanted.items():
        assert page.evaluate(check, [pattern, path]) == address
    page.evaluate("localStorage.clear()")


HOSTILE = (
    '<meta http-equiv="refresh" content="0;url=http://evil.example/b"><link rel="dns-prefetch" href="//c.evil.example">'
    '<script>document.title = "taken"</script><img src="http://evil.example/d" onerror="document.title = 1">'
    '<form action="http://evil.example/e"><button id="f">x</button></form><iframe src="http://evil.example/g"></iframe>'
    '<base href="http://evil.example/"><a class="go" id="h" href="#" data-file="x" data-path="/x" data-line="1">go</a>'
    '<button class="desk-settle" data-name="k1">settle</button><p id="status" style="color: red">Hostile words</p>'
)


def watched(page: Page) -> list[str]:
    """Return a list that will hold every address asked for and every dialog."""
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    return asked


def test_what_a_report_holds_can_not_act(browser: Browser, tmp_path: Path) -> None:
    """Markup in names of folders and files, titles and texts is words."""
    folder = lay_out(tmp_path / "<img src=x onerror=alert(1)>")
    edit(folder / "submission.yaml", "Small report", "<script>alert(1)</script>")
    words = "<img src=http:evil.example onerror=alert(2)>"
    edit(folder / "untoc-5.yaml", "Five1 begins.", f'Five1 "{words}"')
    (folder / "untoc-6.yaml").rename(folder / "'><b id=status>.yaml")
    with served(folder) as desk:
        page = browser.new_context().new_page()
        asked = watched(page)
        page.goto(desk.address)
        page.wait_for_selector("#report .row")
        page.wait_for_function("document.title == '<script>alert(1)</script>'")
        assert page.locator("h1.desk-name").inner_text() == folder.name
        assert page.locator("#status").count() == 1
        edit(folder / "'><b id=status>.yaml", "practice: poor", "practice: poorly")
        expect(page.locator("#overlay .desk-place")).to_contain_text("'><b id=status>.yaml:4", timeout=SOON)
        assert page.locator("#status").count() == 1
        assert [url for url in asked if not url.startswith((desk.address, "data:"))] == []
        page.context.close()


def test_a_template_of_others_can_not_act(browser: Browser, tmp_path: Path) -> None:
    """What it makes that acts or loads is refused as a build refuses it, and nothing of it is sent to the page."""
    templates = tmp_path / "templates" / "blocks"
    templates.mkdir(parents=True)
    (templates / "finding.html.j2").write_text(HOSTILE, "utf-8")
    with served(lay_out(tmp_path / "report"), "--templates", str(templates.parent)) as desk:
        page = browser.new_context().new_page()
        asked = watched(page)
        page.goto(desk.address)
        expect(page.locator("#overlay .desk-place")).to_contain_text("RG728")
        assert desk.view()["rows"] == []
        assert [url for url in asked if not url.startswith((desk.address, "data:"))] == []
        page.context.close()


def test_what_reached_the_page_could_not_act_either(browser: Browser, desk: Desk, report: Path) -> None:
    """The second line: HTML put into a row loads nothing, leads nobody away, and has no hold on the desk's own parts."""
    page = browser.new_context().new_page()
    asked = watched(page)
    page.goto(desk.address)
    page.wait_for_selector("#report .row")
    before = page.url
    page.evaluate("localStorage.setItem('reportgen.editor', 'vscode://file/{path}')")
    page.evaluate(
        "async html => (await import('./rows.js')).take([{id: 'front', cells: {en: {html, state: '', original: true, places: {}}}}], null)",
        HOSTILE,
    )
    expect(page.locator("#report")).to_contain_text("Hostile words")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelectorAll('#report :is(meta, link, script, form, iframe, base)').length") == 0
    assert page.locator("#status").count() == 1
    assert page.title() == "Small report"
    page.locator("#report a.go").click()
    page.locator("#report .desk-settle").click()
    page.wait_for_timeout(200)
    assert page.url.partition("#")[0] == before
    elsewhere = [url for url in asked if not url.startswith((desk.address, "data:"))]
    assert elsewhere in ([], ["http://evil.example/d"]), "the picture is asked for in vain: the policy stops it"
    assert not [url for url in asked if url.endswith("/comments")]
    page.context.close()


def test_a_program_that_ends_is_told_and_a_new_one_too(browser: Browser, tmp_path: Path) -> None:
    """Killed: the last page stays under a message. Started anew at the same port: the page says that it has another address."""
    folder = lay_out(tmp_path / "report")
    page = browser.new_page()
    with served(folder) as desk:
        page.goto(desk.address)
        page.wait_for_selector("#report .row")
        page.evaluate("scrollTo(0, 2000)")
        expect(page.locator("#status")).to_contain_text("Up to date")
        desk.process.kill()
        expect(page.locator("#lost")).to_contain_text("does not answer", timeout=8_000)
        expect(page.locator("#lost")).to_be_in_viewport()
        expect(page.locator("#status")).to_be_empty()
        expect(page.locator("#report .row").first).to_be_attached()
    with served(folder, port=desk.port):
        expect(page.locator("#lost")).to_contain_text("another address", timeout=15_000)
    page.close()
