"""Protects the names of States: a wrong article or preposition stands on the cover, and diplomats notice."""

from __future__ import annotations

import re

import pytest

from reportgen.languages.states import State, find_state, state_names, states

BY_CODE = {state.code: state for state in states()}


def test_there_are_198_and_each_code_is_used_once() -> None:
    """The 193 Members, the Holy See, Palestine, the Cook Islands, Niue and the European Union."""
    assert len(states()) == 198
    assert len({state.code for state in states()}) == 198
    assert len({state.alpha3 for state in states()}) == 198
    assert [state.code for state in states()] == sorted(BY_CODE)


@pytest.mark.parametrize(
    ("code", "subject", "of", "inside"),
    [
        ("KE", "le Kenya", "du Kenya", "au Kenya"),
        ("HT", "Haïti", "d’Haïti", "en Haïti"),
        ("PH", "les Philippines", "des Philippines", "aux Philippines"),
        ("CU", "Cuba", "de Cuba", "à Cuba"),
        ("FR", "la France", "de la France", "en France"),
        ("DZ", "l’Algérie", "de l’Algérie", "en Algérie"),
        ("NL", "le Royaume des Pays-Bas", "du Royaume des Pays-Bas", "au Royaume des Pays-Bas"),
        ("US", "les États-Unis d’Amérique", "des États-Unis d’Amérique", "aux États-Unis d’Amérique"),
        ("IQ", "l’Iraq", "de l’Iraq", "en Iraq"),
        ("IL", "Israël", "d’Israël", "en Israël"),
        ("OM", "Oman", "d’Oman", "à Oman"),
        ("MG", "Madagascar", "de Madagascar", "à Madagascar"),
        ("BB", "la Barbade", "de la Barbade", "à la Barbade"),
        ("YE", "le Yémen", "du Yémen", "au Yémen"),
        (
            "BO",
            "l’État plurinational de Bolivie",
            "de l’État plurinational de Bolivie",
            "dans l’État plurinational de Bolivie",
        ),
    ],
)
def test_french_grammar(code: str, subject: str, of: str, inside: str) -> None:
    state = BY_CODE[code]
    assert (state.the("fr"), state.of("fr"), state.inside("fr")) == (subject, of, inside)


@pytest.mark.parametrize(
    ("code", "subject", "of", "inside"),
    [
        ("SD", "the Sudan", "of the Sudan", "in the Sudan"),
        ("SS", "South Sudan", "of South Sudan", "in South Sudan"),
        ("KE", "Kenya", "of Kenya", "in Kenya"),
        ("PH", "the Philippines", "of the Philippines", "in the Philippines"),
        (
            "NL",
            "the Kingdom of the Netherlands",
            "of the Kingdom of the Netherlands",
            "in the Kingdom of the Netherlands",
        ),
        ("IR", "the Islamic Republic of Iran", "of the Islamic Republic of Iran", "in the Islamic Republic of Iran"),
    ],
)
def test_english_grammar(code: str, subject: str, of: str, inside: str) -> None:
    state = BY_CODE[code]
    assert (state.the("en"), state.of("en"), state.inside("en")) == (subject, of, inside)


def test_short_names_stand_in_lists_as_the_un_writes_them() -> None:
    assert BY_CODE["BO"].name("en") == "Bolivia (Plurinational State of)"
    assert BY_CODE["BO"].name("fr") == "Bolivie (État plurinational de)"


@pytest.mark.parametrize("state", states(), ids=lambda state: state.code)
def test_every_state_is_found_by_its_codes_and_names(state: State) -> None:
    names = (state.code, state.alpha3, state.en, state.fr, *state.aliases, state.the("en"), state.the("fr"))
    for name in names:
        for typed in (name, name.upper(), name.lower(), f"  {name} ", name.replace("’", "'")):
            assert find_state(typed) is state, typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("NO", "NO"),
        ("no", "NO"),
        ("cote d'ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("COREE DU SUD", "KR"),
        ("reunion", None),
        ("les Etats-Unis d'Amerique", "US"),
        ("guinee bissau", "GW"),
        ("Sao Tome et Principe", "ST"),
        ("Holland", "NL"),
        ("", None),
        ("-", None),
        ("Atlantis", None),
    ],
)
def test_case_accents_and_hyphens_do_not_matter(typed: str, code: str | None) -> None:
    found = find_state(typed)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("state", states(), ids=lambda state: state.code)
def test_french_article_and_preposition_agree(state: State) -> None:
    """Au goes with le, aux with les; a name with an article contracts it, one without begins as it is."""
    name = state.fr_text or state.fr
    vowel = re.match("[AEIOUÎÉÈH]", name) is not None
    if state.article == "le":
        assert state.preposition == "au"
        assert not vowel or name.startswith("H")
    elif state.article == "les":
        assert state.preposition in {"aux", "dans les"}
    elif state.article == "l’":
        assert vowel
        assert state.preposition in {"en", "dans l’"}
    elif state.article == "la":
        assert state.preposition in {"en", "à la", "dans la"}
    else:
        assert state.preposition in {"à", "en"}
    assert "  " not in state.inside("fr")
    assert "’ " not in state.inside("fr") + state.of("fr") + state.the("fr")


def test_every_name_that_is_suggested_is_found() -> None:
    assert len(state_names()) > 396
    assert [name for name in state_names() if find_state(name) is None] == []


def test_a_fictional_state_is_written_by_the_grammar_its_author_gives() -> None:
    solvania = State("XSL", "XSL", "Solvania", "Solvanie", "la", "en")
    assert (solvania.the("fr"), solvania.of("fr"), solvania.inside("fr")) == (
        "la Solvanie",
        "de la Solvanie",
        "en Solvanie",
    )
    assert solvania.of("en") == "of Solvania"
    assert find_state("Solvania") is None
