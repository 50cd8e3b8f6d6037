"""The desk in a real browser: what is saved shows, where the reader reads nothing moves, what is wrong is laid over it."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.preview.desks import FINDINGS, FRAME, INNER, Desk, answer, edit

SOON = 20_000
"""Milliseconds in which a change must show, on a machine that does other things too."""
TOP = "e => e.getBoundingClientRect().top"


def row(page: Page, words: str) -> Locator:
    """Return the row that shows ``words``."""
    return page.locator("#report > .row", has_text=words)


def test_a_saved_change_shows_and_is_marked(page: Page, report: Path) -> None:
    """The paragraph has the new words within a moment; its row, and no other, is marked, and the new words are."""
    edit(report / "untoc-5.yaml", "Five3 begins.", "Five3 starts otherwise.")
    expect(row(page, "Five3 starts otherwise.")).to_have_count(1, timeout=SOON)
    assert page.evaluate(
        "[...document.querySelectorAll('.row.changed')].map(e => e.textContent.includes('Five3'))"
    ) == [True]
    marked = page.evaluate("[...CSS.highlights.get('new')].map(range => range.toString())")
    assert len(marked) == 1
    assert "starts otherwise" in marked[0]
    assert "Five3 said" not in marked[0]


@pytest.mark.parametrize("where", ["below", "here", "above"])
def test_the_reader_stays_where_he_reads(page: Page, report: Path, where: str) -> None:
    """What he reads stays at the same place in the window (to 2 pixels), also when a paragraph above grows by many lines."""
    reading = row(page, "Five9 begins.")
    reading.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 300)")
    before = reading.evaluate(TOP)
    assert before == pytest.approx(300, abs=1)
    name = {"below": "Six2", "here": "Five9", "above": "Five2"}[where]
    file = "untoc-6.yaml" if where == "below" else "untoc-5.yaml"
    edit(report / file, f"{name} said word 7", f"{name} said " + "much more than before " * 60)
    expect(row(page, f"{name} said much more than before")).to_have_count(1, timeout=SOON)
    page.wait_for_timeout(100)
    assert reading.evaluate(TOP) == pytest.approx(before, abs=2)


def test_the_reader_stays_when_paragraphs_come_and_go_above(page: Page, report: Path) -> None:
    """A paragraph that is taken out, and put back, above what he reads moves nothing but itself."""
    file = report / "untoc-5.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    reading = row(page, "Six4 begins.")
    reading.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 300)")
    for kept in ([line for line in lines if "Five3 begins" not in line], lines):
        file.write_text("".join(kept), "utf-8")
        expect(row(page, "Five3 begins")).to_have_count(1 if kept is lines else 0, timeout=SOON)
        page.wait_for_timeout(100)
        assert reading.evaluate(TOP) == pytest.approx(300, abs=2)


def test_every_way_of_saving_is_seen(page: Page, report: Path) -> None:
    """Written beside and put in its place, a new file, a renamed one, one deleted and brought back."""
    beside, file = report / ".untoc-5.yaml.part", report / "untoc-5.yaml"
    beside.write_text(answer("untoc-5").replace("Five1 begins.", "Put in place."), "utf-8")
    beside.replace(file)
    expect(row(page, "Put in place.")).to_have_count(1, timeout=SOON)
    kept = (report / "untoc-6.yaml").read_text("utf-8")
    (report / "untoc-6.yaml").unlink()
    expect(row(page, "Six1 begins.")).to_have_count(0, timeout=SOON)
    (report / "new-one.yaml").write_text(kept, "utf-8")
    expect(row(page, "Six1 begins.")).to_have_count(1, timeout=SOON)
    (report / "below").mkdir()
    page.wait_for_timeout(200)
    (report / "new-one.yaml").rename(report / "below" / "renamed.yaml")
    page.wait_for_timeout(300)
    edit(report / "below" / "renamed.yaml", "Six1 begins.", "Six1 below.")
    expect(row(page, "Six1 below.")).to_have_count(1, timeout=SOON)
    (report / "below" / "renamed.yaml").rename(report / "untoc-6.yaml")
    (report / "below").rmdir()
    edit(report / "untoc-6.yaml", "Six1 below.", "Six1 back.")
    expect(row(page, "Six1 back.")).to_have_count(1, timeout=SOON)


def test_a_broken_file_is_laid_over_the_last_page(page: Page, report: Path) -> None:
    """Place, line, excerpt and remedy are told while the last page stays; once mended the page follows as before."""
    file = report / "untoc-5.yaml"
    good = file.read_text("utf-8")
    overlay = page.locator("#overlay")
    reading = row(page, "Six4 begins.")
    reading.evaluate("e => scrollBy(0, e.getBoundingClientRect().top - 600)")
    file.write_text(good.replace("    practice: poor", "    practice: *poor"), "utf-8")
    expect(overlay).to_be_visible(timeout=SOON)
    page.wait_for_timeout(100)
    assert reading.evaluate(TOP) == pytest.approx(600, abs=2), "it lies over the page and does not push it"
    expect(overlay.locator(".desk-place").first).to_contain_text("untoc-5.yaml:4")
    expect(overlay.locator("pre").first).to_contain_text("practice: *")
    expect(overlay.locator(".desk-remedy").first).not_to_be_empty()
    expect(row(page, "Five1 begins.")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("1 to mend")
    assert page.evaluate("document.getElementById('overlay').getBoundingClientRect().bottom") < 500
    file.write_text(good.replace("Five1 begins.", "Five1 mended."), "utf-8")
    expect(overlay).to_be_hidden(timeout=SOON)
    expect(row(page, "Five1 mended.")).to_have_count(1, timeout=SOON)
    expect(page.locator("#status")).to_contain_text("Mended.")
    assert reading.evaluate(TOP) == pytest.approx(600, abs=2)


def test_the_whole_folder_may_go_and_come_back(page: Page, report: Path) -> None:
    """While it is away the last page stays under the message; when it is back the page follows again."""
    away = report.with_name("away")
    report.rename(away)
    expect(page.locator("#overlay")).to_be_visible(timeout=SOON + 4_000)
    expect(row(page, "Five1 begins.")).to_be_visible()
    away.rename(report)
    expect(page.locator("#overlay")).to_be_hidden(timeout=SOON + 4_000)
    edit(report / "untoc-5.yaml", "Five1 begins.", "Five1 is back.")
    expect(row(page, "Five1 is back.")).to_have_count(1, timeout=SOON + 2_000)


def test_both_languages_stand_in_step(page: Page) -> None:
    """Row beside row and paragraph beside paragraph begin at the same height, whatever the length of each."""
    uneven = page.evaluate(
        """() => {
          const uneven = []; let seen = 0
          for (const row of document.querySelectorAll('#report > .row')) {
            const [en, fr] = [...row.querySelectorAll(':scope > .cell')]
            if (!fr) continue
            if (en.getBoundingClientRect().top != fr.getBoundingClientRect().top) uneven.push(row.dataset.row)
            const parts = cell => [...cell.querySelectorAll('.finding :is(p, h4), .head h2')].map(e => e.getBoundingClientRect().top)
            const [a, b] = [parts(en), parts(fr)]
            seen += a.length
            if (a.length != b.length || a.some((top, n) => Math.abs(top - b[n]) > 1)) uneven.push(row.dataset.row)
          }
          return [seen, uneven]
        }"""
    )
    assert uneven[0] > 2 * FINDINGS
    assert uneven[1] == []


def test_what_lacks_a_translation_is_marked(page: Page, report: Path) -> None:
    """A missing and a stale translation stand out in their column, in words for those who see no colour."""
    text = answer("untoc-5")
    begin = text.index(", fr: Five2 commence")
    file = report / "untoc-5.yaml"
    text = text[:begin] + text[text.index("}}", begin) :]
    file.write_text(text.replace("fr: Five3 commence.", "made_from: 00000000, fr: Five3 vieux."), "utf-8")
    missing, stale = row(page, "Five2 begins."), row(page, "Five3 vieux.")
    expect(stale).to_have_count(1, timeout=SOON)
    for found, state, told in ((missing, "missing", "Not translated"), (stale, "stale", "Translation out of date")):
        cell = found.locator(".cell[lang=fr]")
        expect(cell).to_have_attribute("data-state", state)
        expect(cell).to_have_attribute("aria-description", told)
        ground = cell.evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground != row(page, "Five5 begins.").locator(".cell[lang=fr]").evaluate(
            "e => getComputedStyle(e).backgroundColor"
        )
        assert found.locator(".cell[lang=en]").get_attribute("data-state") == ""


def test_one_language_both_or_as_it_was_written(page: Page, report: Path) -> None:
    """Each choice shows its columns; as written, each paragraph in the language it was written in."""
    text = answer("untoc-5")
    begin = text.index("en: Five2 begins")
    (report / "untoc-5.yaml").write_text(text[:begin] + text[text.index("fr: Five2", begin) :], "utf-8")
    expect(row(page, "Five2 begins.")).to_have_count(0, timeout=SOON)
    shown = "[...document.querySelectorAll('#report .cell')].filter(e => e.offsetParent && /Five[12] /.test(e.textContent)).map(e => e.lang)"
    for choice, languages in (("both", ["en", "fr"] * 2), ("en", ["en"] * 2), ("fr", ["fr"] * 2)):
        page.select_option("#show", choice)
        assert page.evaluate(shown) == languages, choice
    page.select_option("#show", "source")
    assert page.evaluate(shown)[0] == "en"
    assert len(page.evaluate(shown)) == 2
    assert row(page, "Five2 commence.").locator(".cell:visible").inner_text().count("Five2 commence.") == 1
    page.reload()
    page.wait_for_selector("#report .row")
    assert page.locator("#show").input_value() == "source", "the choice is remembered"
    page.evaluate("localStorage.clear()")


def test_members_and_public_are_told_apart(page: Page, desk: Desk) -> None:
    """A members' text is in the members' view only, not even hidden in the public's; the window says whose it is."""
    assert INNER not in page.content()
    public = desk.view("public")
    assert INNER not in str([public["rows"], public["title"]])
    expect(page.locator("#members")).to_be_hidden()
    plain = page.screenshot()
    page.select_option("#audience", "members")
    expect(row(page, INNER)).to_have_count(2, timeout=SOON)
    expect(page.locator("#members")).to_be_visible()
    assert page.screenshot() != plain
    page.select_option("#audience", "public")
    expect(row(page, INNER)).to_have_count(0, timeout=SOON)
    expect(page.locator("#members")).to_be_hidden()
    assert INNER not in page.locator("#report").inner_html()


def test_each_audience_is_told_of_its_own_changes(page: Page, report: Path) -> None:
    """A change of a members' text reaches a window on the members' view, and none on the public's."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#report .row")
    other.select_option("#audience", "members")
    expect(row(other, INNER)).to_have_count(2, timeout=SOON)
    edit(report / "untoc-5.yaml", f"Five{FINDINGS} begins.", f"Five{FINDINGS} changed.")
    expect(row(other, f"Five{FINDINGS} changed.")).to_have_count(1, timeout=SOON)
    page.wait_for_timeout(300)
    assert f"Five{FINDINGS} changed." not in page.content()


def words_at(address: str, data: bytes) -> str:
    """The words of the page that an address of a PDF leads to."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        place: Any = pikepdf.NameTree(pdf.Root.Names.Dests)[address.partition("#nameddest=")[2]]
        number = [page.objgen for page in pdf.pages].index(place[0].objgen)
    with pypdfium2.PdfDocument(data) as pages:
        return " ".join(pages[number].get_textpage().get_text_range().split())


def test_the_pages_are_a_real_pdf_that_grows_old(page: Page, desk: Desk, report: Path) -> None:
    """The page view sets the PDF with progress; after a change while it is shown it is set anew by itself."""
    page.select_option("#view", "pages")
    expect(page.locator("#pages-progress")).to_be_visible(timeout=SOON)
    expect(page.locator("#pages")).to_have_attribute("data-state", "ready", timeout=60_000)
    first = page.locator("#pages-frame").get_attribute("src")
    assert first
    data = desk.get(first.partition("#")[0])
    assert data.startswith(b"%PDF-")
    assert words_at(first, data)
    edit(report / "untoc-5.yaml", "Five1 begins.", "Five1 in print.")
    page.wait_for_function(
        "a => document.getElementById('pages-frame').getAttribute('src') != a", arg=first, timeout=60_000
    )
    second = page.locator("#pages-frame").get_attribute("src")
    assert second
    assert "Five1 in print." in words_at(second, desk.get(second.partition("#")[0]))
    page.select_option("#view", "text")
    expect(row(page, "Five1 in print.")).to_be_visible()


def test_a_table_or_message_leads_to_its_paragraph(page: Page, report: Path) -> None:
    """From what is left to where it is: the entry brings the paragraph into the window, with the focus on its button."""
    edit(report / "untoc-6.yaml", "sources: [s1], text: {en: Six5", "text: {en: Six5")
    entry = page.locator("#panel .desk-part[data-part=problems] li", has_text="untoc-6.yaml:10").locator("a.go")
    expect(entry).to_have_count(1, timeout=SOON)
    entry.click()
    expect(row(page, "Six5 begins.")).to_be_in_viewport()
    assert page.evaluate("document.activeElement.closest('.row').textContent.includes('Six5')")
    page.locator("#panel .desk-part[data-part=coverage] summary").click()
    page.locator("#panel .desk-part[data-part=coverage] a.go", has_text="untoc-5").click()
    expect(page.locator('[data-row="untoc-5/heading"]')).to_be_in_viewport()
    shown = "[...document.querySelectorAll('#panel [data-part=coverage] td')].map(e => [getComputedStyle(e).display, e.innerText])"
    cells = page.evaluate(shown)
    assert {display for display, _ in cells} == {"table-cell"}
    assert [words for _, words in cells[:4]] == ["·", "·", "·", "5"]
    expect(page.locator("#panel [data-part=coverage] tbody th").first).to_contain_text(
        "Criminalization of participation"
    )


def test_two_windows_see_the_same(page: Page, report: Path) -> None:
    """A second browser is told of every change as well."""
    other = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    other.goto(page.url)
    other.wait_for_selector("#report .row")
    edit(report / "untoc-5.yaml", "Five4 begins.", "Five4 for both.")
    for window in (page, other):
        expect(row(window, "Five4 for both.")).to_have_count(1, timeout=SOON)
    other.context.close()


def test_a_change_of_the_frame_shows(page: Page, report: Path) -> None:
    """Title, summary and sources are followed as answers are; the window bears the title."""
    (report / "submission.yaml").write_text(FRAME.replace("Small report", "Another title"), "utf-8")
    expect(page.locator(".cell[lang=en] .cover")).to_contain_text("Another title", timeout=SOON)
    deadline = time.monotonic() + 20
    while page.title() != "Another title" and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert page.title() == "Another title"


def write_comment(page: Page, words: str, comment: str) -> None:
    """Write a comment on the paragraph that shows ``words``."""
    row(page, words).locator(".handle").click()
    page.fill("#comment-text", comment)
    page.fill("#comment-author", "Ana")
    page.click("#comment-send")
    expect(page.locator("#place-status")).to_contain_text("comments.yaml")
    page.keyboard.press("Escape")


def test_a_comment_is_written_follows_and_is_dealt_with(page: Page, report: Path) -> None:
    """Kept in the file, listed, marked at its paragraph; it follows an edit and a move, leads there, and can be settled."""
    write_comment(page, "Five6 begins.", "Is <b>this</b> so?")
    assert "Is <b>this</b> so?" in (report / "comments.yaml").read_text("utf-8")
    entry = page.locator("#panel .desk-comments > li", has_text="Is <b>this</b> so?")
    expect(entry).to_have_count(1, timeout=SOON)
    commented = page.locator("#report > .row.commented")
    expect(commented).to_contain_text("Five6 begins.")
    assert commented.locator(".handle").get_attribute("data-comments") == "1"
    edit(report / "untoc-5.yaml", "Five6 begins.", "Five6 was edited.")
    expect(commented).to_contain_text("Five6 was edited.", timeout=SOON)
    lines = (report / "untoc-5.yaml").read_text("utf-8").splitlines(keepends=True)
    six = (report / "untoc-6.yaml").read_text("utf-8")
    mine = next(line for line in lines if "Five6 was" in line)
    # to the same words again: moved and edited at once it would be lost
    entry.locator("button", has_text="Dealt with").click()
    expect(commented).to_have_count(0, timeout=SOON)
    expect(entry).to_have_class("done")
    entry.locator("button", has_text="Open again").click()
    expect(commented).to_have_count(1, timeout=SOON)
    edit(report / "untoc-5.yaml", "Five6 was edited.", "Five6 begins.")
    expect(commented).to_contain_text("Five6 begins.", timeout=SOON)
    (report / "untoc-5.yaml").write_text("".join(line for line in lines if line != mine), "utf-8")
    (report / "untoc-6.yaml").write_text(six + mine.replace("Five6 was edited.", "Five6 begins."), "utf-8")
    expect(page.locator("#report > .row.commented[data-row^='untoc-6/']")).to_contain_text(
        "Five6 begins.", timeout=SOON
    )
    page.wait_for_timeout(1_500)  # two files were saved: until both were followed
    page.evaluate("scrollTo(0, 0)")
    entry.locator("a.go").click()
    expect(commented).to_be_in_viewport(timeout=SOON)


def test_two_browsers_see_each_others_comments(page: Page, browser: Browser, desk: Desk) -> None:
    """What one editor writes the other sees, in the list and in the window that is open; so does who opens later."""
    context = browser.new_context()
    other = context.new_page()
    other.goto(desk.address)
    other.wait_for_selector("#report .row")
    row(other, "Five7 begins.").locator(".handle").click()
    write_comment(page, "Five7 begins.", "From the first")
    expect(other.locator("#place-comments")).to_contain_text("From the first", timeout=SOON)
    expect(other.locator("#panel .desk-comments")).to_contain_text("From the first")
    context.close()


def test_a_state_that_came_between_is_not_missed(page: Page, report: Path) -> None:
    """A file that breaks just while the readers are changed is told all the same."""
    for name in ("members", "public", "members", "public"):
        page.select_option("#audience", name)
        edit(report / "untoc-5.yaml", "practice: poor", "practice: poorly")
        expect(page.locator("#overlay")).to_be_visible(timeout=SOON)
        edit(report / "untoc-5.yaml", "practice: poorly", "practice: poor")
        expect(page.locator("#overlay")).to_be_hidden(timeout=SOON)


def test_a_comment_can_be_pinned_to_each_recommendation(page: Page, report: Path) -> None:
    """Of a table with several texts the editor chooses one."""
    advice = "    recommendations:\n" + "".join(
        f"      - {{text: {{en: Advice {name}., fr: Conseil {name}.}}, addressee: Ministry, priority: high}}\n"
        for name in "ab"
    )
    file = report / "untoc-5.yaml"
    file.write_text(answer("untoc-5") + advice, "utf-8")
    table = page.locator('#report > .row[data-row^="untoc-5/"]', has_text="Advice b.")
    expect(table).to_have_count(1, timeout=SOON)
    table.locator(".handle").click()
    assert page.locator("#place-part option").count() == 2
    page.locator("#place-part").select_option(index=1)
    expect(page.locator("#place-list")).to_contain_text(f"untoc-5.yaml:{len(file.read_text('utf-8').splitlines())}")
    page.fill("#comment-text", "On the second")
    page.click("#comment-send")
    expect(page.locator("#place-comments")).to_contain_text("On the second", timeout=SOON)
    assert "recommendations.1.text" in (report / "comments.yaml").read_text("utf-8")


def test_what_is_only_numbered_anew_is_no_change(page: Page, report: Path) -> None:
    """A finding put in above others is one change: theirs are other numbers, not other words. It is what is led to."""
    edit(report / "untoc-5.yaml", "findings:\n", "findings:\n      - {kind: deficiency, text: Brand new.}\n")
    new = page.locator("#report > .row:has(.finding)", has_text="Brand new.")
    expect(new).to_have_count(1, timeout=SOON)
    expect(page.locator("#status")).to_have_text("1 paragraph changed.")
    assert page.locator("#report > .row.changed:has(.finding)").count() == 1
    marked = page.evaluate("[...CSS.highlights.get('new')].map(range => range.toString()).join()")
    assert "Brand new." in marked
    assert "Five3" not in marked
    page.keyboard.press("Alt+ArrowDown")
    expect(new.locator(".handle")).to_be_focused()
    lines = (report / "untoc-5.yaml").read_text("utf-8")
    (report / "untoc-5.yaml").write_text(lines.replace("{kind: deficiency, text: Brand", "{kind: case, text: Brand"))
    expect(new.locator(".finding.case")).to_have_count(2, timeout=SOON)
    expect(page.locator("#status")).to_have_text("1 paragraph changed.")


def test_other_readers_have_no_changes_yet(page: Page, report: Path) -> None:
    """What is said of the report of some readers is not said of that of others."""
    edit(report / "untoc-5.yaml", "Five1 begins.", "Five1 changed.")
    expect(page.locator("#status")).to_have_text("1 paragraph changed.", timeout=SOON)
    page.select_option("#audience", "members")
    expect(page.locator("#status")).to_contain_text("Up to date", timeout=SOON)


def test_problems_laid_over_leave_the_list_free(page: Page, report: Path) -> None:
    """The list of what is left stands beside what is laid over the report, from its heading on."""
    edit(report / "untoc-5.yaml", "practice: poor", "practice: *poor")
    expect(page.locator("#overlay")).to_be_visible(timeout=SOON)
    for down in (0, 900):
        page.evaluate("down => scrollTo(0, down)", down)
        free = """() => { const {left, top, height} = document.querySelector('#panel h2').getBoundingClientRect()
            return Boolean(document.elementFromPoint(left + 5, top + height / 2)?.closest('#panel h2')) }"""
        page.wait_for_function(free)


def test_a_comment_that_was_begun_is_kept(page: Page) -> None:
    """Who closes the window by mistake finds the words again, at their paragraph and no other; sent, they are gone."""
    row(page, "Five8 begins.").locator(".handle").click()
    page.click("#comment-send")
    expect(page.locator("#place-status")).to_contain_text("needs words")
    page.fill("#comment-text", "Half a thought")
    page.keyboard.press("Escape")
    row(page, "Five9 begins.").locator(".handle").click()
    assert page.input_value("#comment-text") == ""
    page.keyboard.press("Escape")
    row(page, "Five8 begins.").locator(".handle").click()
    assert page.input_value("#comment-text") == "Half a thought"
    page.click("#comment-send")
    expect(page.locator("#place-status")).to_contain_text("comments.yaml")
    page.keyboard.press("Escape")
    row(page, "Five8 begins.").locator(".handle").click()
    assert page.input_value("#comment-text") == ""


def test_what_is_left_fits_beside_the_report(page: Page, report: Path) -> None:
    """No table hides what it is about, such as the dates of the calendar, behind a bar to scroll."""
    edit(report / "submission.yaml", "cluster: 1\n", "cluster: 1\nreview: {start: 2021-11}\n")
    page.wait_for_selector("#panel [data-part=calendar]")
    page.evaluate("document.querySelectorAll('#panel details').forEach(part => part.open = true)")
    hidden = "[...document.querySelectorAll('#panel .desk-table')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.ariaLabel)"
    assert page.evaluate(hidden) == []


def test_a_finding_leads_to_its_own_words(page: Page, report: Path) -> None:
    """Its text is written lines below what the message is about, and what stands above it is another finding."""
    findings = "".join(
        f"      - kind: deficiency\n        title: {{en: T{n}, fr: T{n}}}\n        text:\n          en: >-\n            Long{n} words.\n"
        f"\n            More.\n          fr: >-\n            Mots{n}.\n"
        for n in range(1, 4)
    )
    file = report / "untoc-6.yaml"
    file.write_text(f"answers:\n  untoc-6:\n    law: partly\n    practice: poor\n    findings:\n{findings}", "utf-8")
    expect(row(page, "Long3 words.")).to_have_count(1, timeout=SOON)
    line = file.read_text("utf-8").splitlines().index("            Long2 words.") - 1
    entry = page.locator("#panel .desk-part[data-part=problems] li", has_text=f"untoc-6.yaml:{line} · RG403").locator(
        "a.go"
    )
    expect(entry).to_have_count(1, timeout=SOON)
    entry.click()
    expect(row(page, "Long2 words.").locator(".handle")).to_be_focused()
