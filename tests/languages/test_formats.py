"""Protects dates, figures and lists: 1,733 means two different numbers to readers of English and French."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportgen.languages.formats import article_label, collation_key, format_date, format_number, join_list
from reportgen.submission.kinds import Day


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (Day(2024, 10, 1), "1\u00a0October\u00a02024", "1er\u00a0octobre\u00a02024"),
        (Day(2024, 9, 30), "30\u00a0September\u00a02024", "30\u00a0septembre\u00a02024"),
        (Day(2024, 8, 11), "11\u00a0August\u00a02024", "11\u00a0août\u00a02024"),
        (Day(2023, 3), "March\u00a02023", "mars\u00a02023"),
        (Day(2021), "2021", "2021"),
    ],
)
def test_dates(day: Day, english: str, french: str) -> None:
    assert format_date(day, "en") == english
    assert format_date(day, "fr") == french


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        ("1733.5", "1,733.5", "1\u202f733,5"),
        ("1733", "1,733", "1\u202f733"),
        ("12345678", "12,345,678", "12\u202f345\u202f678"),
        ("999", "999", "999"),
        ("0", "0", "0"),
        ("-5.5", "\u22125.5", "\u22125,5"),
        ("-1733", "\u22121,733", "\u22121\u202f733"),
        ("5.10", "5.10", "5,10"),
        ("0.123456", "0.123456", "0,123456"),
        ("999999999999999.999999", "999,999,999,999,999.999999", "999\u202f999\u202f999\u202f999\u202f999,999999"),
    ],
)
def test_figures_keep_every_digit(number: str, english: str, french: str) -> None:
    assert format_number(Decimal(number), "en") == english
    assert format_number(Decimal(number), "fr") == french


def test_whole_numbers_need_not_be_decimals() -> None:
    assert format_number(1733, "en") == "1,733"


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a et b"),
        (["a", "b", "c"], "a, b and c", "a, b et c"),
    ],
)
def test_lists_have_no_comma_before_the_last(items: list[str], english: str, french: str) -> None:
    assert join_list(items, "en") == english
    assert join_list(iter(items), "fr") == french


def test_the_first_article_is_premier_in_french() -> None:
    assert article_label(1, "fr") == "article premier"
    assert article_label(1, "en") == "article\u00a01"
    assert article_label(11, "fr") == "article\u00a011"


def test_words_sort_as_in_a_dictionary() -> None:
    words = ["Zambie", "Égypte", "l’État", "eau", "Côte", "cote", "État"]
    assert sorted(words, key=collation_key) == ["cote", "Côte", "eau", "Égypte", "État", "l’État", "Zambie"]


@pytest.mark.parametrize(
    "ordered",
    [
        ["cote", "côte", "coté", "côté"],
        ["odeur", "œil", "oeuf", "offre"],
        ["CDH", "CEDH", "ÉCOSOC", "FMI"],
        ["aède", "æquo", "aéré", "afin"],
        ["Centre", "Centre-ville", "Centres"],
        ["article 2", "article 10"],
        ["ONU", "ONUDC", "OSC"],
        ["d’abord", "dabord"],
        ["l'État", "l’étude", "lacune"],
        ["onu", "ONU"],
        ["resume", "résumé"],
        ["NGO", "NGO-2", "NGO-10", "NHRI"],
    ],
)
def test_what_a_dictionary_puts_first_stands_first(ordered: list[str]) -> None:
    assert sorted(sorted(ordered), key=collation_key) == ordered


def test_words_that_differ_never_change_places() -> None:
    """Else two runs could list them in two orders."""
    assert len({collation_key(word) for word in ("ONU", "onu", "ÔNU", "ônu", "o n u")}) == 5
