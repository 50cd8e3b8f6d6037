"""Protects the planned calendar of a review: a wrong date would make an organisation miss its chance to be heard."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.catalogue import load_catalogue
from reportgen.catalogue.calendar import planned_dates


def test_a_review_that_started_in_november_2021() -> None:
    assert planned_dates(load_catalogue(), date(2021, 11, 1)) == {
        "start": date(2021, 11, 1),
        "focal_points": date(2021, 11, 15),
        "experts": date(2021, 11, 29),
        "consultations": date(2021, 12, 13),
        "self_assessment": date(2022, 5, 1),
        "feedback": date(2022, 11, 1),
        "observations": date(2023, 5, 1),
    }


@pytest.mark.parametrize(
    ("start", "half_a_year_later"),
    [
        (date(2021, 8, 31), date(2022, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2024, 5, 31), date(2024, 11, 30)),
        (date(2024, 6, 30), date(2024, 12, 30)),
        (date(2024, 7, 15), date(2025, 1, 15)),
    ],
)
def test_a_month_that_is_too_short_ends_with_its_last_day(start: date, half_a_year_later: date) -> None:
    assert planned_dates(load_catalogue(), start)["self_assessment"] == half_a_year_later


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_milestone_follows_the_one_it_depends_on(start: date) -> None:
    catalogue = load_catalogue()
    planned = planned_dates(catalogue, start)
    assert list(planned) == [milestone.id for milestone in catalogue.milestones]
    for milestone in catalogue.milestones:
        if milestone.after:
            assert planned[milestone.id] > planned[milestone.after]
