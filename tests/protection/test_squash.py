"""Names are found however they are written, at their right place, and within no other word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.protection.squash import _FOLDS, LONG, Finder, fold, squash, weight

_LETTERS: Final = "abcdefghijklmnoprstuvwxyzéèêàçñöüőžśčřşğłøđåæœßıþАБВгдежийкλμνξπρσως"
_MARKS: Final = ["\u0301", "\u0308", "\u0327", "\u200b", "\u00ad", "\u2060", "\ufeff"]
_JOINTS: Final = ["-", "‐", "\u2011", "–", "'", "’", "_", "*", "·"]
_WAYS: Final[list[Callable[[str], str]]] = [str.upper, str.lower, str, lambda sign: unicodedata.normalize("NFD", sign)]
_AROUND: Final = ["", " ", "\n", "«\u00a0", "(", "l’", "… ", "12 "]

words = st.text(st.sampled_from(_LETTERS), min_size=3, max_size=12)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


@st.composite
def mangled(draw: st.DrawFn, name: str) -> str:
    """Write ``name`` as nobody would: in any case, with marks on and signs between its letters."""
    long = weight(name) >= LONG
    signs = []
    for sign in name:
        way = draw(st.sampled_from(_WAYS))
        if sign == " ":
            signs.append(draw(st.sampled_from([" ", "\n", "-", ", ", "\u00a0", " - ", "  "])))
            continue
        between = draw(st.sampled_from(["", "", "", *_MARKS, *_JOINTS, *((" ", "-\n") if long else ("-\n",))]))
        signs.append(way(sign) + between)
    return "".join(signs)


@given(st.data(), names)
def test_a_name_is_found_however_it_is_written(data: st.DataObject, name: str) -> None:
    shown = data.draw(mangled(name))
    before, after = data.draw(st.sampled_from(_AROUND)), data.draw(st.sampled_from([" ", "", ".", "’s", "\n", "»"]))
    text = f"Words {before}{shown}{after} words"
    hits = list(Finder([name]).hits(text))
    assert hits
    assert any(squash(text[hit.start : hit.end]) == squash(name) for hit in hits)
    start = len("Words ") + len(before)
    assert any(start <= hit.start and hit.end <= start + len(shown) for hit in hits)


@given(names)
def test_the_last_word_may_come_first(name: str) -> None:
    first, *rest = name.split()
    assert Finder([name]).found(f"Vu par {' '.join(rest)}, {first}." if rest else f"Vu par {first}.")


@given(st.text(), st.lists(names, max_size=5))
def test_a_hit_is_the_name_it_says(text: str, several: list[str]) -> None:
    """Whatever the text: a hit reads, squashed, as one order of the words of its name."""
    for hit in Finder(several).hits(text):
        orders = several[hit.name].split()
        turned = {squash("".join(orders[n:] + orders[:n])) for n in range(len(orders))}
        assert squash(text[hit.start : hit.end]) in turned


@given(st.lists(names, min_size=2, max_size=40, unique_by=squash))
def test_among_many_names_each_is_found(several: list[str]) -> None:
    """Also one that begins or ends as another, or stands in it."""
    text = " | ".join(several)
    found = {squash(text[hit.start : hit.end]) for hit in Finder(several).hits(text)}
    for name in several:
        assert squash(name) in found or any(other.startswith(squash(name)) for other in found)


@given(st.text())
def test_folding_is_the_same_piece_by_piece(text: str) -> None:
    """The places of hits rest upon it."""
    assert squash(text) == "".join(squash(sign) for sign in text)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("aB é’-–. ,;\u00ad\u00a0ßқП漢1²\n(")))
def test_signs_between_words_amount_to_one(text: str) -> None:
    """Whatever the quick way is: a hyphen where there is no space, or where a hyphen stands before nothing but spaces."""
    raw = text.translate(_FOLDS)

    def gap(run: re.Match[str]) -> str:
        return "-" if " " not in run[0] or re.fullmatch("-[- ]*", run[0]) else " "

    assert fold(text) == re.sub(r"[-. ]{2,}", gap, raw).replace(".", "-")


@pytest.mark.parametrize(
    "text", ["banana", "analysis", "manage", "an a priori", "an analysis", "Ana2", "2Ana", "Anaïs", "mañana"]
)
def test_a_short_name_stands_in_no_other_word(text: str) -> None:
    assert not Finder(["Ana"]).found(text)


@pytest.mark.parametrize(
    "text", ["A-n-a", "ANA’s", "d’Ana", "(Ana)", "A N A", "Ana_1", "Aná", "_Ana_", "A\u00adn\u200ba", "**A**na"]
)
def test_a_short_name_is_found_from_border_to_border(text: str) -> None:
    assert Finder(["Ana"]).found(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Maria", "son mari a dit"),
        ("Maria", "son mari, a dit"),
        ("Ona", "on a vu"),
        ("Li Na", "le lin a"),
        ("Dela", "de la"),
    ],
)
def test_two_words_are_no_short_name(name: str, text: str) -> None:
    assert not Finder([name]).found(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Łukasz Øster", "LUKASZ OSTER"),
        ("Güneş Işık", "gunes isik"),
        ("Œuvrard", "Oeuvrard"),
        ("Straßer", "STRASSER"),
        ("O’Brien", "OBRIEN"),
        ("Nguyễn Văn An", "nguyen van an"),
        ("张伟", "证人张伟说"),
        ("أحمد علي", "احمد على"),
        ("Ивано́в", "иванов"),
        ("Иванова", "ИВАНОВА"),
        ("Ｏｒｓｉｎｅ", "orsine"),
    ],
)
def test_letters_that_are_written_otherwise(name: str, text: str) -> None:
    assert Finder([name]).found(text)


@pytest.mark.parametrize(
    "text",
    [
        "\u041e\u0433sine T\u0430l\u0435m".replace("\u0433", "r"),
        "\u039frs\u03b9\u03b7e \u03a4alem",
        "\uff2f\uff52\uff53\uff49\uff4e\uff45 \u0422\u0410L\u0415\u041c",
        "Or\u3164sine Ta\u115flem",
        "Or\u2800sine Tal\uffa0em",
        "\u202eOrsine\u2069 T\u200dal\ufe0fem",
    ],
)
def test_letters_that_only_look_alike_and_signs_that_nobody_sees(text: str) -> None:
    """Cyrillic and Greek among Latin, wide letters, and what is as blank as nothing."""
    assert text != "Orsine Talem"
    assert Finder(["Orsine Talem"]).found(text)


def test_what_is_too_short_is_passed_over() -> None:
    assert not Finder(["O.", "X", "", "–"]).found("O. X – o x")


def test_thousands_of_names_and_a_long_text_are_read_once() -> None:
    """The expression of two thousand names fits in memory and finds the last of them."""
    several = [f"Nom{number:04d} Prénom{number:04d}" for number in range(2000)]
    text = "Des mots et encore des mots. " * 20_000 + "NOM-1999 prenom1999"
    assert [hit.name for hit in Finder(several).hits(text)] == [1999]
