"""Protects the typography of both languages: what a native editor would have to mend by hand if it were wrong.

In the tables ``~`` stands for a narrow no-break space and ``_`` for a no-break space.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.languages.typography import NBSP, NNBSP, Run, raise_ordinals, typographer

NOTE = "\ue00012\ue001"
"""A note as the setter holds it."""


def seen(text: str) -> str:
    """Make the two no-break spaces visible."""
    return text.replace(NNBSP, "~").replace(NBSP, "_")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # high punctuation
        ("Pourquoi ?", "Pourquoi~?"),
        ("Pourquoi?", "Pourquoi~?"),
        ("Pourquoi\u00a0?", "Pourquoi~?"),
        ("Quoi ?!", "Quoi~?!"),
        ("Assez !", "Assez~!"),
        ("la loi ; le décret", "la loi~; le décret"),
        ("la loi; le décret", "la loi~; le décret"),
        ("en 2023; puis", "en 2023~; puis"),
        ("(en vigueur); puis", "(en vigueur)~; puis"),
        ("(pourquoi ?)", "(pourquoi~?)"),
        ("(pourquoi?)", "(pourquoi~?)"),
        ("le texte : la loi", "le texte_: la loi"),
        ("le texte: la loi", "le texte_: la loi"),
        ("en 2023 : rien", "en 2023_: rien"),
        ("en 2023: rien", "en 2023_: rien"),
        ("fin de ligne\n; suite", "fin de ligne~; suite"),
        ("un  ;", "un~;"),
        (f"cité{NOTE} ; puis", f"cité{NOTE}~; puis"),
        (f"cité{NOTE}; puis", f"cité{NOTE}~; puis"),
        (f"cité?{NOTE} Puis", f"cité~?{NOTE} Puis"),
        (" ; après un mot en italique", "~; après un mot en italique"),
        # per cent
        ("18 %", "18~%"),
        ("18%", "18~%"),
        ("18,5 % des cas", "18,5~% des cas"),
        # quotation marks
        ("« mot »", "«~mot~»"),
        ("«mot»", "«~mot~»"),
        ("«\u00a0mot\u00a0»", "«~mot~»"),
        ('"mot"', "«~mot~»"),
        ('il dit "deux mots";', "il dit «~deux mots~»~;"),
        ('("mot")', "(«~mot~»)"),
        ('"un" et "deux"', "«~un~» et «~deux~»"),
        ("\"d'une ligne\nà l'autre\"", "«~d’une ligne\nà l’autre~»"),
        ('"Vraiment?"', "«~Vraiment~?~»"),
        ("« il dit “non” »", "«~il dit “non”~»"),
        ("« il dit “ non ” »", "«~il dit “non”~»"),
        ('« il dit "non" »', "«~il dit “non”~»"),
        ('"il dit "non" hier"', "«~il dit “non” hier~»"),
        ('« un » puis "deux"', "«~un~» puis «~deux~»"),
        ('la notion d\'"État de droit"', "la notion d’«~État de droit~»"),
        ("'mot'", "‘mot’"),
        ('il dit "', "il dit «~"),
        ('" hier', "~» hier"),
        # apostrophes
        ("l'État d'Haïti", "l’État d’Haïti"),
        ("aujourd'hui", "aujourd’hui"),
        ("l'", "l’"),
        ("l’État", "l’État"),
        # numbers, references, dates
        ("1 733 personnes", "1~733 personnes"),
        ("1 234 567", "1~234~567"),
        ("12\u00a0345", "12~345"),
        ("en 2023 188 personnes", "en 2023 188 personnes"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("loi n° 3 de 2018", "loi n°_3 de 2018"),
        ("loi n°3", "loi n°_3"),
        ("N° 12", "N°_12"),
        ("art. 5", "art._5"),
        ("art. premier", "art._premier"),
        ("p. 12 et par. 3", "p._12 et par._3"),
        ("article 5, paragraphe 2", "article_5, paragraphe_2"),
        ("l'article premier", "l’article_premier"),
        ("§ 12", "§_12"),
        ("3 millions d'euros", "3_millions d’euros"),
        ("5 km", "5_km"),
        ("1er octobre 2024", "1er_octobre 2024"),
        ("le 30 septembre", "le 30_septembre"),
        ("fin au 30\nseptembre", "fin au 30_septembre"),
        ("XXe siècle", "XXe_siècle"),
        ("M. Durand et Mme Diallo", "M._Durand et Mme_Diallo"),
        # dashes and dots
        ("le texte - dit-on - suffit", "le texte –_dit-on_– suffit"),
        ("le texte -- suffit", "le texte_– suffit"),
        ("porte-parole", "porte-parole"),
        ("etc...", "etc."),
        ("vraiment...?", "vraiment…~?"),
        # untouched
        ("à 12:30 ou 14:30", "à 12:30 ou 14:30"),
        ("du 2024-09-30 au 30/09/2024", "du 2024-09-30 au 30/09/2024"),
        ("https://x.example/a?b=1;c:d'e%20f", "https://x.example/a?b=1;c:d'e%20f"),
        ("https://x.example/1er/2e-partie/100%", "https://x.example/1er/2e-partie/100%"),
        ("l.moreau-darc@x.example", "l.moreau-darc@x.example"),
        ("mailto:a.b@x.example", "mailto:a.b@x.example"),
        # around what is untouched
        ("voir https://x.example/a ; puis", "voir https://x.example/a~; puis"),
        ("voir https://x.example/a; puis", "voir https://x.example/a~; puis"),
        ("« https://x.example »", "«~https://x.example~»"),
        ('"https://x.example"', "«~https://x.example~»"),
        ("écrire à a@x.example : vite", "écrire à a@x.example_: vite"),
    ],
)
def test_french(written: str, expected: str) -> None:
    assert seen(typographer("fr")(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('"Why?"', "“Why?”"),
        ('(He asked "why?").', "(He asked “why?”)."),
        ('"one" and "two"', "“one” and “two”"),
        ('"from one line\nto the next"', "“from one line\nto the next”"),
        ("\"a 'b' c\"", "“a ‘b’ c”"),
        ("'Stop!' he said", "‘Stop!’ he said"),
        ('say "', "say “"),
        ('" she said', "” she said"),
        ("it's the workers' right", "it’s the workers’ right"),
        ("No. 3 of 2018", "No._3 of 2018"),
        ("No. We asked.", "No. We asked."),
        ("art. 5, para. 2", "art._5, para._2"),
        ("pp. 12-14", "pp._12–14"),
        ("article 5, paragraph 1 (b)", "article_5, paragraph_1_(b)"),
        ("18 per cent", "18_per cent"),
        ("3 million", "3_million"),
        ("30 September 2024", "30_September 2024"),
        ("Mr. Smith and Dr Jones", "Mr._Smith and Dr_Jones"),
        ("law - it says - and practice", "law –_it says_– and practice"),
        ("and so on...", "and so on…"),
        ("2019-2023", "2019–2023"),
        # untouched
        ("at 12:30; then", "at 12:30; then"),
        ("on 2024-09-30 or 30-09-2024", "on 2024-09-30 or 30-09-2024"),
        ("CTOC/COP/2018-2019", "CTOC/COP/2018-2019"),
        ("call 555-1234", "call 555-1234"),
        ("https://x.example/it's/2019-2023?a='b'c", "https://x.example/it's/2019-2023?a='b'c"),
        ("a.b-c@x.example", "a.b-c@x.example"),
        ('see "https://x.example/a".', "see “https://x.example/a”."),
        ("already “set” and it’s fine", "already “set” and it’s fine"),
    ],
)
def test_english(written: str, expected: str) -> None:
    assert seen(typographer("en")(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("le 1er octobre", "le 1<sup>er</sup> octobre"),
        ("la 1re fois, la 2e, la 21e", "la 1<sup>re</sup> fois, la 2<sup>e</sup>, la 21<sup>e</sup>"),
        ("aux XIXe et XXe siècles", "aux XIX<sup>e</sup> et XX<sup>e</sup> siècles"),
        ("au XXe\u00a0siècle, sous François Ier", "au XX<sup>e</sup>\u00a0siècle, sous François I<sup>er</sup>"),
        ("Mme Diallo, Mmes Ba, Mlle Sy", "M<sup>me</sup> Diallo, M<sup>mes</sup> Ba, M<sup>lle</sup> Sy"),
        ("la 2nde, le 2nd, le 2d", "la 2<sup>nde</sup>, le 2<sup>nd</sup>, le 2<sup>d</sup>"),
        ("nos 5 membres, MM. A et B, Mme", "nos 5 membres, MM. A et B, M<sup>me</sup>"),
        ("premier, 1ers, 11er, A1er, 2ex", "premier, 1ers, 11er, A1er, 2ex"),
        ("https://x.example/1er/2e ; 3e", "https://x.example/1er/2e ; 3<sup>e</sup>"),
        ("https://x.example/?a=1&amp;b=2e", "https://x.example/?a=1&amp;b=2e"),
    ],
)
def test_endings_of_french_ordinals_are_raised(written: str, expected: str) -> None:
    assert raise_ordinals(written, "fr") == expected
    assert raise_ordinals(written, "en") == written


@pytest.mark.parametrize(
    ("language", "pieces", "expected"),
    [
        ("fr", ["", "Vraiment", "?"], "Vraiment~?"),
        ("fr", ["le ", "texte", ": la loi"], "le texte_: la loi"),
        ("fr", ["le ", "texte", " ; la loi"], "le texte~; la loi"),
        ("fr", ["soit ", "18", "% des cas"], "soit 18~% des cas"),
        ("fr", ['"', "un mot", '"'], "«~un mot~»"),
        ("fr", ['il dit "', "oui", '" hier'], "il dit «~oui~» hier"),
        ("fr", ['« il dit "', "oui", '" hier »'], "«~il dit “oui” hier~»"),
        ("fr", ['("', "oui", '")'], "(«~oui~»)"),
        ("fr", ['"un mot ', "souligné", '"'], "«~un mot souligné~»"),
        ("fr", ["l'", "État", " d'", "Haïti"], "l’État d’Haïti"),
        ("fr", ["l'article ", "5", ", c'est-à-dire: rien"], "l’article 5, c’est-à-dire_: rien"),
        ("en", ['"', "one word", '"'], "“one word”"),
        ("en", ['he said "', "no", '".'], "he said “no”."),
        ("en", ['"he said "', "no", '" twice"'], "“he said ‘no’ twice”"),
        ("en", ["the ", "State", "'s duty"], "the State’s duty"),
        ("es", ['"', "una", '"'], '"una"'),
    ],
)
def test_what_stands_before_a_piece_decides_how_it_is_set(language: str, pieces: list[str], expected: str) -> None:
    """Emphasis and links part a sentence; the sentence is set as if they did not."""
    run = Run(language)
    assert seen("".join(run(piece) for piece in pieces)) == expected


@pytest.mark.parametrize("language", ["es", "ar", "ru", "sw"])
def test_a_language_without_rules_is_left_as_written(language: str) -> None:
    assert typographer(language)('"¿Qué?" - l\'a...') == '"¿Qué?" - l\'a...'


PIECES = (
    *"abZéÉ 19 \n\u00a0\u202f\u2009.,;:!?%'\"«»“”‘’()[]-–—…°§/@&<\ufffcnMIVXep",
    *(
        "https://x.example/a?b",
        "a@x.example",
        "1er octobre",
        "n° ",
        "1 733",
        "art. 5",
        "XXe siècle",
        "...",
        "No. ",
        NOTE,
    ),
)
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=250, deadline=None)
@given(WRITTEN)
def test_setting_twice_changes_nothing(language: str, text: str) -> None:
    once = typographer(language)(text)
    assert typographer(language)(once) == once


def kept(words: str) -> str:
    """What typography may not touch: all but space, quotation marks, apostrophes, dashes and dots."""
    return "".join(sign for sign in words if not sign.isspace() and sign not in "\"«»“”'‘’-–—.…")


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=250, deadline=None)
@given(WRITTEN | st.text())
def test_letters_digits_and_notes_are_never_lost(language: str, text: str) -> None:
    assert kept(typographer(language)(text)) == kept(text)


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=250, deadline=None)
@given(st.lists(WRITTEN, max_size=5))
def test_nothing_is_lost_where_a_paragraph_is_parted(language: str, pieces: list[str]) -> None:
    run = Run(language)
    for piece in pieces:
        assert kept(run(piece)) == kept(piece)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "pattern",
    [
        '"',
        '"a"',
        "“ ",
        "« ",
        " ",
        " ;",
        "'a' ",
        "a.",
        "a@",
        "1 ",
        "\u00a0",
        "\ue000",
        "…",
        " – ",
        "A.",
        "www.",
        "' ",
        "8 h",
        " )",
        "1,",
        "111 ",
        "1999-",
        "p.1",
    ],
)
def test_no_text_takes_long(language: str, pattern: str) -> None:
    """The longest text that is read; a rule that starts anew at every character would need minutes."""
    text = (pattern * 60_000)[:60_000]
    started = time.process_time()
    raise_ordinals(typographer(language)(text), language)
    assert time.process_time() - started < 20


def test_a_new_line_begins_anew_and_code_is_a_word() -> None:
    run = Run("fr")
    assert seen(run('« le "')) == "«~le “"
    run.passed("code")
    assert seen(run('"?')) == "”~?"
    run.begin()
    assert seen(run('"Et là')) == "«~Et là"
