"""Charts say what the figures say: to scale, without colour, and without making a zero of what is missing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest

from reportgen.document.figures import FILLS, Line, draw
from reportgen.languages.formats import format_number

YEARS = ("2021", "2022", "2023")


def values(*figures: int | None) -> list[Decimal | None]:
    """Figures as a statistic has them."""
    return [None if figure is None else Decimal(figure) for figure in figures]


def chart(*lines: Line, years: tuple[str, ...] = YEARS, as_lines: bool = False) -> ET.Element:
    """A chart, parsed."""
    svg = draw(years, lines, "What it shows", lambda value: format_number(value, "en"), as_lines=as_lines)
    return ET.fromstring(re.sub(' xmlns="[^"]+"', "", svg))


def words(svg: ET.Element) -> list[str]:
    """Everything written in a chart."""
    return [str(text.text) for text in svg.iter("text")]


def bars(svg: ET.Element) -> list[dict[str, float]]:
    """Place and size of every bar, keys of the legend left out."""
    found = [rect for rect in svg.iter("rect") if rect not in list(svg.find("g") or ())]
    return [{key: float(rect.attrib[key]) for key in ("x", "y", "width", "height")} for rect in found]


def test_bars_are_to_scale() -> None:
    """Twice the figure is twice the bar."""
    low, high, _ = bars(chart(Line("", values(20, 40, 10))))
    assert high["height"] == pytest.approx(2 * low["height"], abs=0.2)


def test_what_is_missing_is_a_dash_not_a_zero() -> None:
    """A zero is written as a figure; a missing year has no bar."""
    svg = chart(Line("", values(0, None, 5)))
    assert words(svg) == ["2021", "2022", "2023", "0", "–", "5"]
    assert len(bars(svg)) == 2


def test_below_zero_is_below_the_line() -> None:
    """A negative figure hangs from the axis and has a true minus sign."""
    svg = chart(Line("", values(10, -5, 0)))
    up, down, _ = bars(svg)
    axis = next(float(line.attrib["y1"]) for line in svg.iter("line"))
    assert up["y"] < axis == pytest.approx(down["y"], abs=0.1)
    assert "−5" in words(svg)


@pytest.mark.parametrize("as_lines", [True, False])
def test_series_differ_without_their_colour(as_lines: bool) -> None:
    """In black and white four series still have four looks."""
    four = [Line(f"Series {n}", values(10 * n + 10, 20, 30)) for n in range(4)]
    svg = draw(YEARS, four, "x", str, as_lines=as_lines)
    key = re.search("<g.*?</g>", svg)
    assert key
    looks = re.split(r"<text.*?</text>", re.sub("<g[^>]*>", "", key.group()))[:4]
    plain = [re.sub(r'(x|y|x1|x2|y1|y2|cx|cy|d)="[^"]*"', "", re.sub("|".join(FILLS), "#000", look)) for look in looks]
    assert len({re.sub(r"[\d.]+", "", look) if as_lines else look for look in plain}) == (4 if as_lines else 3)


def test_figures_that_would_overlap_are_left_to_the_table() -> None:
    """With many bars nothing is written over anything else; all years are still told apart."""
    years = tuple(str(1990 + n) for n in range(34))
    svg = chart(*[Line(f"S{n}", values(*range(10_000, 10_034))) for n in range(3)], years=years)
    written = [text for text in svg.iter("text") if re.fullmatch(r"\d{4}", str(text.text))]
    places = [float(text.attrib["x"]) for text in written]
    assert all(later - earlier >= 26 for earlier, later in pairwise(places))
    assert not any("," in word for word in words(svg))


def test_it_is_described_and_escaped() -> None:
    """Those who can't see it are told, and a label is never markup."""
    svg = draw(YEARS, [Line("<b>&", values(1, 2, 3))], 'Chart of "x" & <y>', str, as_lines=False)
    root = ET.fromstring(re.sub(' xmlns="[^"]+"', "", svg))
    assert root[0].tag == "title"
    assert root[0].text == 'Chart of "x" & <y>'
    assert root.attrib["role"] == "img"
    assert "<b>&" in words(root)


@pytest.mark.parametrize("figures", [(None, None, None), (0, 0, 0), (5, 5, 5), (-1, -2, None)])
def test_whatever_the_figures_a_chart_is_drawn(figures: tuple[int | None, ...]) -> None:
    """Nothing, nought, all the same, all negative."""
    for as_lines in (True, False):
        assert len(words(chart(Line("", values(*figures)), as_lines=as_lines))) >= 3
