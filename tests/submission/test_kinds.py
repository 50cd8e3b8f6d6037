"""Protects the types of values: what is accepted, what is refused with which code, and what is suggested instead.

A figure or a date that is silently read as another one is the worst fault a report can have.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.languages.pairs import Freshness, Text, fingerprint
from reportgen.submission.kinds import (
    CONSENT,
    DAY,
    FLAG,
    INTEGER,
    INVALID,
    MAX_TEXT,
    MAX_WORD,
    NUMBER,
    STATE,
    TEXT,
    URL,
    WORD,
    Context,
    Day,
    Few,
    Kind,
    one_of,
)
from reportgen.submission.model import Law, Priority, SourceKind
from reportgen.submission.nodes import Node
from reportgen.submission.parts import FIGURES, IDS
from reportgen.submission.yaml_reader import read_yaml


def node(value: str) -> Node:
    """Read ``value`` as it would stand in a file."""
    root, found = read_yaml(f"v: {value}\n".encode(), "f.yaml")
    assert not found
    assert root is not None
    return root.entries["v"]


def good(kind: Kind[Any], value: str, language: str = "en") -> Any:
    context = Context(language=language)
    read = kind.read(node(value), context)
    assert context.found == []
    return read


def bad(kind: Kind[Any], value: str) -> tuple[str, str]:
    """Return the one code reported and what is suggested; the rest of the value must be unusable."""
    context = Context()
    read = kind.read(node(value), context)
    assert len(context.found) == 1
    found = context.found[0]
    assert found.span is not None
    assert found.span.file == "f.yaml"
    if kind not in (IDS, FIGURES):
        assert read is INVALID
    return found.code, found.params.get("suggestion", "")


# Days


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-09-30", Day(2024, 9, 30)),
        ("2024-09", Day(2024, 9)),
        ("2024", Day(2024)),
        ("2024-02-29", Day(2024, 2, 29)),
        ('"2024-09-30"', Day(2024, 9, 30)),
        ("1987", Day(1987)),
    ],
)
def test_a_day(value: str, day: Day) -> None:
    assert good(DAY, value) == day


@pytest.mark.parametrize(
    ("value", "code", "suggestion"),
    [
        ("30.09.2024", "RG212", "2024-09-30"),
        ("30/9/2024", "RG212", "2024-09-30"),
        ("1-2-2024", "RG212", "2024-02-01"),
        ("2024/09/30", "RG212", "2024-09-30"),
        ("2024-9-3", "RG212", "2024-09-03"),
        ("2024-9", "RG212", "2024-09"),
        ("2024-02-30", "RG213", ""),
        ("2023-02-29", "RG213", ""),
        ("2024-13", "RG213", ""),
        ("2024-00", "RG213", ""),
        ("2024-01-00", "RG213", ""),
        ("[2024]", "RG207", ""),
        ("{y: 2024}", "RG206", ""),
        ("~", "RG205", ""),
    ],
)
def test_a_day_that_is_none(value: str, code: str, suggestion: str) -> None:
    assert bad(DAY, value) == (code, suggestion)


@pytest.mark.parametrize(
    "value", ["30 septembre 2024", "soon", "24-09-30", "20240930", "٢٠٢٤", "2024-09-30T00:00", "0999", "-2024"]
)
def test_a_day_that_cant_be_read(value: str) -> None:
    assert bad(DAY, value)[0] == "RG212"


@pytest.mark.parametrize("value", ["09/30/2024", "30/30/2024", "2024/13/01", "soon", "next week"])
def test_no_day_is_suggested_that_would_be_refused_or_that_nobody_wrote(value: str) -> None:
    suggestion = bad(DAY, value)[1]
    assert suggestion == "" or (good(DAY, suggestion) and suggestion[:4] in value)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (Day(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (Day(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Day(2023, 2), date(2023, 2, 1), date(2023, 2, 28)),
        (Day(2024, 12), date(2024, 12, 1), date(2024, 12, 31)),
        (Day(2024, 9, 30), date(2024, 9, 30), date(2024, 9, 30)),
    ],
)
def test_what_a_day_can_mean(day: Day, first: date, last: date) -> None:
    assert (day.first, day.last) == (first, last)


DAYS = st.one_of(
    st.builds(lambda d: Day(d.year, d.month, d.day), st.dates(date(1000, 1, 1), date(2999, 12, 31))),
    st.builds(Day, st.integers(1000, 2999), st.integers(1, 12)),
    st.builds(Day, st.integers(1000, 2999)),
)


@given(DAYS)
def test_reading_what_was_written_gives_the_day_back(day: Day) -> None:
    assert good(DAY, str(day)) == day


@given(DAYS)
def test_a_day_ends_just_before_the_next_begins(day: Day) -> None:
    assert day.first <= day.last
    following = day.last + timedelta(days=1)
    assert following.day == 1 or day.day is not None
    assert following.month == 1 or day.month is not None


# Figures


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0", Decimal(0)),
        ("188", Decimal(188)),
        ("5.10", Decimal("5.10")),
        ("-3.5", Decimal("-3.5")),
        ("0.5", Decimal("0.5")),
        ('"12"', Decimal(12)),
        ("999999999999999", Decimal(999999999999999)),
        ("", None),
        ("~", None),
        ("null", None),
    ],
)
def test_a_figure_and_a_missing_one(value: str, number: Decimal | None) -> None:
    """Missing is missing, never 0."""
    assert good(NUMBER, value) == number
    if number is not None:
        assert str(good(NUMBER, value)) == value.strip('"')


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("1 733", "1733"),
        ("1\u202f733,5", "1733.5"),
        ("1,733", "1733"),
        ("1,733.5", "1733.5"),
        ("1.234.567", "1234567"),
        ("007", "7"),
        ("12,5", "12.5"),
        ("188 persons", "188"),
        ("about 40", "40"),
    ],
)
def test_a_figure_written_another_way(value: str, suggestion: str) -> None:
    assert bad(NUMBER, value) == ("RG214", suggestion)


@pytest.mark.parametrize(
    "value", ["1e5", "0x10", "1_000", "+5", ".5", "5.", "1/2", "٣", "½", "12:30", "1234567890123456"]
)
def test_what_other_programs_take_for_a_figure_is_refused(value: str) -> None:
    assert bad(NUMBER, value)[0] == "RG214"


@pytest.mark.parametrize(("value", "limit"), [("<5", 5), ("< 10", 10), ("<999", 999)])
def test_a_count_too_small_to_be_told_is_read(value: str, limit: int) -> None:
    assert NUMBER.read(node(value), Context()) == Few(limit)


@pytest.mark.parametrize("value", ["<", "<0", "<05", "<-5", "<5.5", "<1000", "<=5", "<٣"])
def test_no_other_bound_is_read(value: str) -> None:
    assert bad(NUMBER, value)[0] == "RG214"


def test_a_consent_may_be_recorded_elsewhere() -> None:
    """In a bundle, whose sender has the day; a plain yes is still refused."""
    assert CONSENT.read(node("recorded"), Context()) is True
    assert bad(CONSENT, "yes")[0] == "RG228"


@pytest.mark.parametrize("value", ["n/a", "unknown", "none", "missing"])
def test_no_figure_is_suggested_where_none_was_written(value: str) -> None:
    assert bad(NUMBER, value) == ("RG214", "")


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("00", "0"),
        ("0,5", "0.5"),
        ("-5,5", "-5.5"),
    ],
)
def test_a_suggested_figure_means_what_was_written(value: str, suggestion: str) -> None:
    assert bad(NUMBER, f'"{value}"') == ("RG214", suggestion)


@given(st.decimals(min_value=-(10**15) + 1, max_value=10**15 - 1, allow_nan=False, places=3))
def test_reading_a_written_figure_gives_it_back(number: Decimal) -> None:
    assert str(good(NUMBER, f"{number:f}")) == f"{number:f}"


@pytest.mark.parametrize(("value", "number"), [("0", 0), ("1", 1), ("2006", 2006), ('"3"', 3)])
def test_a_whole_number(value: str, number: int) -> None:
    assert good(INTEGER, value) == number


@pytest.mark.parametrize("value", ["1.0", "01", "-1", "one", "1 000", "1234567890", "２"])
def test_a_whole_number_that_is_none(value: str) -> None:
    assert bad(INTEGER, value)[0] == "RG215"


# Words


@pytest.mark.parametrize("value", ["yes", "Yes", "true", "on", "oui", "vrai", "TRUE"])
def test_yes(value: str) -> None:
    assert good(FLAG, value) is True


@pytest.mark.parametrize("value", ["no", "No", "false", "off", "non", "faux", "FALSE"])
def test_no(value: str) -> None:
    assert good(FLAG, value) is False


@pytest.mark.parametrize("value", ["y", "1", "0", "maybe", "yes and no"])
def test_neither_yes_nor_no(value: str) -> None:
    assert bad(FLAG, value)[0] == "RG216"


@pytest.mark.parametrize(
    "value", ["https://x.example", "http://x.example/a?b=1&c#d", "https://x.example/été", "https://a.b.c:8080/"]
)
def test_an_address(value: str) -> None:
    assert good(URL, value) == value


@pytest.mark.parametrize(
    "value",
    [
        "x.example",
        "www.x.example/a",
        "ftp://x.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://localhost",
        "https://",
        '"https://x.example/a b"',
        '"https://x.example/<b>"',
        '"https://[::1"',
        '"data:text/html,x"',
    ],
)
def test_an_address_that_is_none(value: str) -> None:
    assert bad(URL, value)[0] == "RG217"


@pytest.mark.parametrize(
    ("kind", "value", "member"),
    [
        (Law, "largely", Law.LARGELY),
        (Law, "Not rated", Law.NOT_RATED),
        (Law, "not-rated", Law.NOT_RATED),
        (Priority, "HIGH", Priority.HIGH),
        (SourceKind, "court decision", SourceKind.COURT_DECISION),
    ],
)
def test_one_of_some_words(kind: type[Law], value: str, member: Law) -> None:
    assert good(one_of(kind), value) is member


@pytest.mark.parametrize(
    ("kind", "value", "suggestion"),
    [
        (Law, "largly", "largely"),
        (Law, "partially", "partly"),
        (Law, "yes", ""),
        (Priority, "hihg", "high"),
        (SourceKind, "court_desicion", "court_decision"),
        (SourceKind, "interveiw", "interview"),
    ],
)
def test_none_of_the_words(kind: type[Law], value: str, suggestion: str) -> None:
    assert bad(one_of(kind), value) == ("RG218", suggestion)


def test_the_possible_words_are_named() -> None:
    context = Context()
    one_of(Priority).read(node("urgent"), context)
    assert context.found[0].params["known"] == "high, medium, low"


@pytest.mark.parametrize("value", ["1.0", "007", "NO", '"a b"', "x" * MAX_WORD])
def test_a_word_stays_as_written(value: str) -> None:
    assert good(WORD, value) == value.strip('"')


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("x" * (MAX_WORD + 1), "RG208"),
        ("|-\n  a\n  b", "RG208"),
        ("[a]", "RG207"),
        ("{a: b}", "RG206"),
        ("", "RG205"),
    ],
)
def test_a_word_that_is_none(value: str, code: str) -> None:
    assert bad(WORD, value)[0] == code


# Texts


def test_a_text_is_in_the_language_of_the_submission() -> None:
    text = good(TEXT, '" Bonjour "', "fr")
    assert text == Text({"fr": "Bonjour"}, "fr", {}, {"fr": Span("f.yaml", 1, 4, 11)})


def test_a_text_in_two_languages() -> None:
    text = good(TEXT, "{en: One, fr: Un}", "fr")
    assert text.versions == {"en": "One", "fr": "Un"}
    assert text.original == "fr"
    assert text.spans == {"en": Span("f.yaml", 1, 9, 3), "fr": Span("f.yaml", 1, 18, 2)}


def test_a_text_that_lacks_the_language_of_the_submission_has_its_first_for_original() -> None:
    assert good(TEXT, "{es: Uno, en: One}", "fr").original == "es"


def test_an_empty_language_counts_as_not_written() -> None:
    assert good(TEXT, "{en: One, fr: }").versions == {"en": "One"}


@pytest.mark.parametrize("mark", [fingerprint("One"), f"{{fr: {fingerprint('One')}}}"])
def test_a_translation_remembers_its_source(mark: str) -> None:
    assert good(TEXT, f"{{en: One, fr: Un, made_from: {mark}}}").freshness("fr") is Freshness.FRESH


@pytest.mark.parametrize("mark", ["00000000", "{fr: 12345678}"])
def test_a_translation_of_something_else_is_stale(mark: str) -> None:
    assert good(TEXT, f"{{en: One, fr: Un, made_from: {mark}}}").freshness("fr") is Freshness.STALE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "RG205"),
        ("{en: , fr: ~}", "RG205"),
        ("[one, two]", "RG207"),
        ("{en: [one]}", "RG207"),
        ("{en: {a: b}}", "RG206"),
        ("{the law says: nothing}", "RG204"),
        ("{en: One, fr: Un, made_from: yesterday}", "RG210"),
        ("{en: One, fr: Un, made_from: ABCDEF12}", "RG210"),
        ("x" * (MAX_TEXT + 1), "RG211"),
    ],
)
def test_a_text_that_is_none(value: str, code: str) -> None:
    context = Context()
    TEXT.read(node(value), context)
    assert [item.code for item in context.found] == [code]


@pytest.mark.parametrize(("key", "suggestion"), [("eng", "en"), ("FR", "fr"), ("made-from", "made_from")])
def test_a_language_that_is_none(key: str, suggestion: str) -> None:
    assert bad(TEXT, f"{{{key}: x, en: One}}") == ("RG209", suggestion)


def test_the_longest_text_is_read() -> None:
    assert len(good(TEXT, "x" * MAX_TEXT).source) == MAX_TEXT


# States


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("KE", "KE"),
        ("NO", "NO"),
        ("no", "NO"),
        ("KEN", "KE"),
        ("kenya", "KE"),
        ("Haiti", "HT"),
        ("Côte d'Ivoire", "CI"),
    ],
)
def test_a_state(value: str, code: str) -> None:
    assert good(STATE, value).code == code


@pytest.mark.parametrize(
    ("value", "suggestion"), [("Keniya", "Kenya"), ("Allemange", "Allemagne"), ("Xyzzy", ""), ("XX", "")]
)
def test_a_state_that_is_not_known(value: str, suggestion: str) -> None:
    assert bad(STATE, value) == ("RG221", suggestion)


def test_a_fictional_state() -> None:
    state = good(STATE, "{code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}")
    assert (state.code, state.of("fr"), state.inside("fr")) == ("XSL", "de la Solvanie", "en Solvanie")
    elided = good(STATE, '{code: XU, name: {en: Utopia, fr: Utopie}, french: {article: "l\'", in: en}}')
    assert elided.the("fr") == "l’Utopie"
    bare = good(STATE, "{code: XB, name: {en: Brava, fr: Brava}, french: {in: à}}")
    assert (bare.the("fr"), bare.of("fr"), bare.inside("fr")) == ("Brava", "de Brava", "à Brava")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("{code: XSL}", "RG222"),
        ("{code: XSL, name: Solvania}", "RG222"),
        ("{code: XSL, name: {en: Solvania}}", "RG222"),
        ("{code: solvania, name: {en: Solvania, fr: Solvanie}}", "RG222"),
        ("{code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: das}}", "RG222"),
        ("{code: XSL, name: {en: Solvania, fr: Solvanie}, french: {in: dans}}", "RG222"),
        ("{code: XSL, names: {en: Solvania, fr: Solvanie}}", "RG201"),
        ("[KE]", "RG207"),
    ],
)
def test_a_fictional_state_that_is_not_complete(value: str, code: str) -> None:
    assert bad(STATE, value)[0] == code


# Identifiers and series of figures


@pytest.mark.parametrize(
    ("value", "ids"), [("[s1, s2]", ("s1", "s2")), ("s1", ("s1",)), ("[]", ()), ("\n- a\n- 007", ("a", "007"))]
)
def test_identifiers(value: str, ids: tuple[str, ...]) -> None:
    assert good(IDS, value) == ids


@pytest.mark.parametrize(("value", "code"), [("{a: b}", "RG206"), ("[[a]]", "RG207"), ('[""]', "RG205")])
def test_identifiers_that_are_none(value: str, code: str) -> None:
    assert bad(IDS, value)[0] == code


def test_figures_by_year() -> None:
    figures = good(FIGURES, "{2021: 171, 2022: , 2023: 5.10}")
    assert figures == {"2021": Decimal(171), "2022": None, "2023": Decimal("5.10")}


@pytest.mark.parametrize(
    ("value", "code", "kept"),
    [
        ("{2023-24: 1, 2022: 2}", "RG224", ["2022"]),
        ("{total: 1}", "RG224", []),
        ("{2022: many, 2023: 3}", "RG214", ["2023"]),
        ("{2022: [1]}", "RG207", []),
    ],
)
def test_figures_that_are_none(value: str, code: str, kept: list[str]) -> None:
    assert bad(FIGURES, value)[0] == code
    assert list(FIGURES.read(node(value), Context())) == kept


@pytest.mark.parametrize(("value", "code"), [("188", "RG203"), ("[1, 2]", "RG203"), ("2023:188", "RG219")])
def test_figures_without_years(value: str, code: str) -> None:
    assert bad(FIGURES, value)[0] == code
