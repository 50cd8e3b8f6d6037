"""Colours are judged as WCAG 2.2 judges them, and what is derived from them can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.theme.colours import APART, ENOUGH, WHITE, apart, contrast, darker, lighter, lightness, mix, tint

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0), ("#0000ff", 8.59)],
)
def test_contrast_is_that_of_wcag(colour: str, ratio: float) -> None:
    """Known pairs, as published with the criterion and by every checker."""
    assert contrast(colour, WHITE) == pytest.approx(ratio, abs=0.005)
    assert contrast(WHITE, colour) == contrast(colour, WHITE)


@given(COLOURS)
def test_a_darker_shade_can_be_read(colour: str) -> None:
    """What is suggested would be accepted."""
    assert contrast(darker(colour), WHITE) >= ENOUGH
    if contrast(colour, WHITE) >= ENOUGH:
        assert darker(colour) == colour


@given(COLOURS, COLOURS)
def test_a_shade_that_is_told_apart_can_be_had_of_every_colour(colour: str, other: str) -> None:
    """What is suggested would be accepted, and a colour that does is left as it is."""
    shade = apart(colour, other)
    assert contrast(shade, WHITE) >= ENOUGH
    assert abs(lightness(shade) - lightness(other)) >= APART
    assert apart(shade, other) == shade


@given(COLOURS)
def test_words_can_be_read_on_a_tint_of_their_colour(colour: str) -> None:
    """A theme's own colour stands on its tint: in the table of ratings, in a case."""
    strong = darker(colour)
    assert contrast(strong, tint(strong, 0.1)) >= ENOUGH


@given(COLOURS)
def test_words_can_be_read_on_a_dark_screen(colour: str) -> None:
    """The shade for dark screens keeps seven to one."""
    assert contrast(lighter(darker(colour), "#15191f"), "#15191f") >= 7


def test_lightness_is_that_of_cie() -> None:
    """Black, white and the grey in the middle (CIE 15: L* 50 is sRGB 119)."""
    assert [round(lightness(colour)) for colour in ("#000000", "#777777", "#ffffff")] == [0, 50, 100]


def test_mixing_ends_at_both_colours() -> None:
    """All and nothing."""
    assert (mix("#123456", 1), mix("#123456", 0), mix("#000000", 0.5)) == ("#123456", WHITE, "#808080")
