"""The planned calendar of a country review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from reportgen.catalogue.model import Catalogue


def planned_dates(catalogue: Catalogue, start: date) -> Mapping[str, date]:
    """Return the planned date of each milestone of a review that starts on ``start``.

    The distances are those published by UNODC and GI-TOC (see ``calendar.yaml``); they are plans, not deadlines.
    """
    planned: dict[str, date] = {}
    for milestone in catalogue.milestones:
        base = planned.get(milestone.after, start)
        planned[milestone.id] = _months_later(base, milestone.months) + timedelta(weeks=milestone.weeks)
    return planned


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where the month is shorter."""
    total = day.month - 1 + months
    year, month = day.year + total // 12, total % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
