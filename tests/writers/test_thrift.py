"""What the renderer remembers changes no byte, is not taken where it does not hold, and is let go of."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import Any

import pytest

from reportgen.resources import resource
from reportgen.theme.model import USUAL
from reportgen.writers import pdf as writer
from reportgen.writers.html import render_html
from reportgen.writers.pdf import Setting, import_weasyprint, with_faces
from reportgen.writers.pieces import Piece, cut
from reportgen.writers.thrift import roomy
from tests.samples import FIRST, document

FORGETFUL = """
from reportgen.writers import mends, thrift
mends.share = mends.keep_lines = mends.draw_lines = mends.read_plainly = lambda: None
for name in ("_lengths", "_radii", "_flow", "_signs", "_files"):
    setattr(thrift, name, lambda function: function)
thrift.once = lambda attribute, function: function
"""
"""Takes away what remembers, before the renderer is there."""
SET = """
import hashlib
from reportgen.writers.pdf import render_pdf
from tests.samples import FIRST, document
made = document(FIRST, "{language}")
for _ in range(2):
    print(hashlib.sha256(render_pdf(made)[0]).hexdigest())
"""


def digests(code: str) -> list[str]:
    """What a process of its own prints."""
    root = resource("templates").parent
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    return run.stdout.split()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_remembered_changes_no_byte(language: str) -> None:
    """Set twice, the second time with all that is known, and twice without: four times the same file."""
    code = SET.format(language=language)
    remembered, forgot = digests(code), digests(FORGETFUL + code)
    assert len({*remembered, *forgot}) == 1


def test_what_depends_on_the_first_page_is_not_taken_over() -> None:
    """Half the width of the page is half that of the piece’s own first page."""
    weasyprint = import_weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = "@page { size: 400px; margin: 0 } @page wide { size: 800px } div { page: wide } p { width: 50vw }"

    def width(before: str) -> float:
        html = f"<style>{style}</style><body>{before}<p>One"
        pages = weasyprint.HTML(string=html).render(font_config=fonts).pages
        return next(
            float(box.width)
            for page in pages
            for box in page._page_box.descendants()
            if box.element_tag == "p" and type(box).__name__ == "BlockBox"
        )

    assert [width(""), width("<div>Two</div>"), width("")] == [200, 400, 200]


def test_whatever_an_element_declares_for_itself_is_set() -> None:
    """Also what can’t be looked up, since it is a list or a set."""
    style = "content: 'x'; text-decoration: underline overline; width: calc(1px + 2em); --tint: red; color: var(--tint)"
    (page,) = import_weasyprint().HTML(string=f'<p style="{style}">One').render().pages
    found = next(box.style for box in page._page_box.descendants() if box.element_tag == "p")
    assert found["text_decoration_line"] == {"underline", "overline"}


def test_a_line_is_measured_again_in_another_width() -> None:
    """The same words in the same style, beside a float, are cut into other lines."""
    weasyprint = import_weasyprint()
    style = "html { font-family: Noto Sans } div { float: left; width: 150px; height: 300px }"
    words = "Ink and paper. "
    html = with_faces(f"<style>{style}</style><p>{words * 9}<p>{words * 9}</p><div></div><p>{words * 9}")
    (page,) = weasyprint.HTML(string=html, url_fetcher=writer._fetcher(weasyprint)).render().pages
    first, second, beside = (
        sum(type(line).__name__ == "LineBox" for line in box.children)
        for box in page._page_box.descendants()
        if box.element_tag == "p" and type(box).__name__ == "BlockBox"
    )
    assert first == second < beside


def test_a_style_sheet_is_read_once_and_says_every_time_what_is_wrong_with_it() -> None:
    """A desk that is open all day still tells what the renderer does without."""
    setting = Setting(USUAL, {})
    piece = Piece("", "<html><head><style>p { colour: red }</style></head><body><p>One</p></body></html>")
    first, second = (setting.quire(piece).warnings for _ in range(2))
    assert any("colour" in warning for warning in first)
    assert first == second


def test_nothing_of_a_piece_that_is_drawn_stays() -> None:
    """The collector rests while pages are set: boxes that waited for it would fill the memory."""

    def boxes() -> list[Any]:
        return [item for item in gc.get_objects() if type(item).__name__ in {"TextBox", "PageBox"}]

    made = document(FIRST, "en")
    pieces = cut(render_html(made, "print"), USUAL)
    gc.collect()
    gc.disable()
    try:
        setting = Setting(made.theme, made.images)
        before = len(boxes())
        for piece in pieces:
            setting.quire(piece)
        assert len(boxes()) == before
    finally:
        gc.enable()


@pytest.mark.skipif(sys.platform == "win32", reason="counts what the system tells elsewhere")
def test_frames_find_room_without_asking_the_system_each_time() -> None:
    """To and fro through some hundred calls, memory is asked for once."""
    import resource as system

    def down(calls: int) -> None:
        if calls:
            down(calls - 1)

    @roomy
    def asked(calls: int) -> int:
        before = system.getrusage(system.RUSAGE_SELF).ru_minflt
        for _ in range(1000):
            down(calls)
        return system.getrusage(system.RUSAGE_SELF).ru_minflt - before

    assert asked(600) < 500
