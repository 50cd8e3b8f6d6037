"""What every article lacks is told once, to people; programs still get each place."""

from __future__ import annotations

import json

from reportgen.cli.console import Console
from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.diagnostics.gather import SEVERAL, gathered
from reportgen.diagnostics.render import tell, to_json

ARTICLES = ["untoc-5", "untoc-23", "tip-5", "som-6"]


def silent(articles: list[str]) -> list[Diagnostic]:
    """Articles about which nothing is said, the first in the file last."""
    return [
        diagnostic("RG401", Span("a.yaml", 9 - number), key=key, title_en="T", title_fr="T")
        for number, key in enumerate(articles)
    ]


def test_many_become_one_that_names_them_in_order() -> None:
    [one] = gathered(silent(ARTICLES[::-1]))
    told = tell(one, str)
    assert told.message == "Nothing is said yet about 4 articles: untoc-5, untoc-23, tip-5, som-6."
    assert "not_applicable" in told.remedy
    assert one.span == Span("a.yaml", 9)


def test_few_stay_what_they_are() -> None:
    found = silent(ARTICLES[: SEVERAL - 1])
    assert gathered(found) == found
    others = [diagnostic("RG403", Span("a.yaml", line)) for line in range(9)]
    assert gathered(others) == others


def test_programs_and_the_sum_still_have_each() -> None:
    found = silent(ARTICLES)
    assert [record["line"] for record in json.loads(to_json(found, str))] == [6, 7, 8, 9]
    assert Console("en", False, 88).summary(found) == "4 warnings."
