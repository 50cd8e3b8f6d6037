"""Pieces: nothing but links that lead nowhere is taken out of a text."""

from __future__ import annotations

from reportgen.theme.model import USUAL
from reportgen.writers.pieces import Piece, cut

_PAGE = """<html><head><style>counter(page) target-counter(attr(data-to), page)</style></head><body>
<section id="one"><p>{}</p></section><!--cut-->
<section id="two"><p id="note">End.</p></section></body></html>"""


def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a page with this text in its first piece."""
    return cut(_PAGE.format(text), USUAL)


def test_a_link_to_another_piece_is_kept() -> None:
    """Its place is in the same file, if not in the same piece."""
    made = pieces('<a class="x" href="#note">below</a>')
    assert 'href="#note"' in made[0].html
    assert made[0].warnings == ()


def test_a_link_that_leads_nowhere_is_taken_out_and_told() -> None:
    """A reader would press it in vain; the words stay."""
    made = pieces('<a class="x" href="#none">below</a> <a href="#note">there</a>')
    assert '<a class="x">below</a>' in made[0].html
    assert 'href="#note"' in made[0].html
    assert len(made[0].warnings) == 1
    assert "none" in made[0].warnings[0]


def test_words_that_look_like_a_link_stay() -> None:
    """Somebody may write about HTML."""
    for words in ('Write href="#none" there.', '<code> id="x" href="#none"</code>', '&lt;a href="#none"&gt;'):
        made = pieces(words)
        assert words in made[0].html
        assert made[0].warnings == ()


def test_words_that_look_like_a_name_are_none() -> None:
    """What only looks like an id is no place that a link could lead to."""
    made = pieces('<code> id="none"</code> <a href="#none">there</a>')
    assert len(made[0].warnings) == 1
