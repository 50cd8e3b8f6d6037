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
        ("GM", "the Gambia", "of the Gambia", "in the Gambia"),
        ("TR", "Türkiye", "of Türkiye", "in Türkiye"),
        ("CI", "Côte d’Ivoire", "of Côte d’Ivoire", "in Côte d’Ivoire"),
        ("VN", "Viet Nam", "of Viet Nam", "in Viet Nam"),
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


WITHOUT_ARTICLE = {
    "à": "AG BH CU CV CY DJ KI KN LC LK MC MG MT MU NR NU OM SG SM ST VC",
    "en": "HT IL SV",
}
IN_WITH_ARTICLE = {
    "aux": "AE BS CK FJ KM MH MV PH PW SB SC TO TV US",
    "à la": "BB DM GD TT",
    "dans l’": "BO EU PS",
    "dans les": "FM",
}
"""The exceptions of UN usage, listed a second time and by class, so that no slip in the data goes unseen."""


def test_states_without_article_in_french_are_these() -> None:
    for preposition, codes in WITHOUT_ARTICLE.items():
        found = {state.code for state in states() if not state.article and state.preposition == preposition}
        assert found == set(codes.split()), preposition
    assert {state.preposition for state in states() if not state.article} == set(WITHOUT_ARTICLE)


def test_states_with_an_unusual_preposition_in_french_are_these() -> None:
    for preposition, codes in IN_WITH_ARTICLE.items():
        found = {state.code for state in states() if state.article and state.preposition == preposition}
        assert found == set(codes.split()), preposition


def test_all_other_states_follow_the_rule() -> None:
    """En before a feminine or a vowel, au before any other masculine."""
    special = set(" ".join((*WITHOUT_ARTICLE.values(), *IN_WITH_ARTICLE.values())).split())
    for state in states():
        if state.code not in special:
            assert state.preposition == {"la": "en", "l’": "en", "le": "au"}[state.article], state.code


def test_names_with_the_in_english_are_these() -> None:
    expected = "AE BO BS CD CF CG CK DO EU FM GB GM IR KM KP KR LA MD MH NE NL PH PS RU SD SY TZ US VA VE"
    assert {state.code for state in states() if state.en_article} == set(expected.split())


@pytest.mark.parametrize(
    ("code", "inside"),
    [
        ("IR", "en République islamique d’Iran"),
        ("VN", "au Viet Nam"),
        ("MU", "à Maurice"),
        ("KM", "aux Comores"),
        ("CY", "à Chypre"),
        ("IL", "en Israël"),
        ("CV", "à Cabo Verde"),
        ("CI", "en Côte d’Ivoire"),
        ("SV", "en El Salvador"),
        ("LK", "à Sri Lanka"),
        ("TL", "au Timor-Leste"),
        ("TR", "en Türkiye"),
        ("EC", "en Équateur"),
        ("UY", "en Uruguay"),
        ("CD", "en République démocratique du Congo"),
        ("VC", "à Saint-Vincent-et-les Grenadines"),
        ("PS", "dans l’État de Palestine"),
        ("FM", "dans les États fédérés de Micronésie"),
        ("VE", "en République bolivarienne du Venezuela"),
        ("GB", "au Royaume-Uni de Grande-Bretagne et d’Irlande du Nord"),
    ],
)
def test_the_hard_names_in_french(code: str, inside: str) -> None:
    assert BY_CODE[code].inside("fr") == inside


@pytest.mark.parametrize("state", states(), ids=lambda state: state.code)
def test_no_contraction_is_missed(state: State) -> None:
    """No « de le Kenya », « à les Comores », « de Équateur »."""
    for written in (state.of("fr"), state.inside("fr"), state.the("fr")):
        assert not re.search(r"\b(?:de|à) les?\b|\bde [AEIOUÀÂÉÈÊÎÔŒ]|\bl[ea] [AEIOUÀÂÉÈÊÎÔŒ]|’ ", written), written


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("Œnotrie", "d’Œnotrie"),
        ("Ébénie", "d’Ébénie"),
        ("Ys", "d’Ys"),
        ("Yaloria", "de Yaloria"),
        ("Borduria", "de Borduria"),
    ],
)
def test_a_fictional_name_without_article_is_elided_by_its_sound(name: str, of: str) -> None:
    assert State("XXA", "XXA", name, name, "", "à").of("fr") == of


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
