"""Protects the promise that no reader gets a stale or missing translation without being told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.languages.messages import in_language
from reportgen.languages.pairs import ISO_639_1, OUTPUT_LANGUAGES, Freshness, Text, fingerprint, untranslated

ENGLISH = "No organizer was charged."
FRENCH = "Aucun organisateur n’a été poursuivi."
SPANS = {"en": Span("a.yaml", 3, 9, 5), "fr": Span("a.yaml", 4, 9, 5)}


def text(made_from: str = "") -> Text:
    return Text({"en": ENGLISH, "fr": FRENCH}, "en", {"fr": made_from} if made_from else {}, SPANS)


def test_the_fingerprint_never_changes_its_meaning() -> None:
    """It stands in people's files: another algorithm would make every translation stale."""
    assert fingerprint(ENGLISH) == "cda66231"
    assert fingerprint("") == "e3b0c442"


@given(st.text(), st.text())
def test_the_fingerprint_tells_different_texts_apart(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one).split() == unicodedata.normalize("NFC", other).split()
    assert (fingerprint(one) == fingerprint(other)) == same


@given(st.lists(st.text("abé", min_size=1, max_size=6), min_size=1), st.sampled_from((" ", "\n", "  \n ", "\t")))
def test_wrapping_a_paragraph_anew_makes_no_translation_stale(words: list[str], space: str) -> None:
    assert fingerprint(f" {space.join(words)}\n") == fingerprint(" ".join(words))


def test_composed_and_decomposed_accents_are_the_same_text() -> None:
    assert fingerprint("poursuivi e\u0301tait") == fingerprint("poursuivi était")


def test_freshness() -> None:
    assert text().freshness("en") is Freshness.ORIGINAL
    assert text().freshness("fr") is Freshness.FRESH
    assert text(fingerprint(ENGLISH)).freshness("fr") is Freshness.FRESH
    assert text("00000000").freshness("fr") is Freshness.STALE
    assert text().freshness("es") is Freshness.MISSING


def test_a_change_of_the_original_makes_the_translation_stale() -> None:
    changed = Text({"en": ENGLISH + " Until 2024.", "fr": FRENCH}, "en", {"fr": fingerprint(ENGLISH)})
    assert changed.freshness("fr") is Freshness.STALE


def test_french_may_be_the_original() -> None:
    french = Text({"en": ENGLISH, "fr": FRENCH}, "fr", {"en": fingerprint(FRENCH)})
    assert french.source == FRENCH
    assert french.freshness("en") is Freshness.FRESH
    assert french.freshness("fr") is Freshness.ORIGINAL


def test_a_reader_gets_her_language_where_it_exists() -> None:
    passage = text("00000000").read_in("fr")
    assert (passage.text, passage.language, passage.wanted, passage.span) == (FRENCH, "fr", "fr", SPANS["fr"])
    assert passage.freshness is Freshness.STALE
    assert not passage.is_fallback


def test_a_reader_gets_the_original_marked_as_such_where_it_does_not() -> None:
    passage = text().read_in("es")
    assert (passage.text, passage.language, passage.wanted, passage.span) == (ENGLISH, "en", "es", SPANS["en"])
    assert passage.freshness is Freshness.MISSING
    assert passage.is_fallback


def test_the_place_of_a_text_is_that_of_its_original() -> None:
    assert text().span == SPANS["en"]
    assert untranslated("x", "fr").span is None


@pytest.mark.parametrize("language", OUTPUT_LANGUAGES)
def test_a_text_in_one_language(language: str) -> None:
    assert untranslated("x", language).read_in(language).freshness is Freshness.ORIGINAL


def test_texts_of_the_catalogue_stand_in_their_own_words() -> None:
    assert in_language(text(), "fr") == FRENCH
    assert in_language(text(), "en") == ENGLISH
    assert in_language(text(), "es") == ENGLISH, "without a catalogue of messages for it"


def test_languages_are_those_of_iso_639_1() -> None:
    """183 codes of today and bh, which was withdrawn in 2021."""
    assert len(ISO_639_1) == 184
    assert set(OUTPUT_LANGUAGES) < ISO_639_1
    assert all(len(code) == 2 and code.isalpha() and code.islower() for code in ISO_639_1)
