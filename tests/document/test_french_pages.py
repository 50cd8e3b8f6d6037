"""Protects what a native editor would circle first, on every text of the sample report as its readers get it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TypeVar

import pytest
from markupsafe import Markup

from reportgen.document.model import Figure, Inline, Note, Piece, Prose
from tests.samples import SOLO, document, write

Found = TypeVar("Found")
ENGLISH_WORDS = (
    r"\b(?:[Tt]he|[Ii]t|and|of|with|which|this|that|from|were|was|been|not|its|their|only|under|yes|state|law|report|chapter"
    r"|data|source list|per cent|by|to|in)\b(?!’)"
)
FRENCH_WORDS = (
    r"(?i)\b(?:le|la|les|des|du|et|avec|dans|pour|qui|est|sont|été|une|au|aux|par|sur|cette|leur|pas|données)\b(?!\.)"
)
MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
}


def words(html: str) -> str:
    """The text that a reader sees: without addresses, code and what is in another language."""
    for hidden in (r'<(\w+)[^>]* lang="[^"]*"[^>]*>.*?</\1>', r"<code>.*?</code>", r"<svg .*?</svg>", r"<[^>]*>"):
        html = re.sub(hidden, " " if hidden.startswith("<svg") else "", html, flags=re.DOTALL)
    bare = re.sub(r"[\ue000-\uf8ff][^\ue000-\uf8ff]*[\ue000-\uf8ff]", "", unescape(html))
    return re.sub(r"https?://\S+|\S+@\S+|[\w.-]+\.example\S*", "", bare)


def texts(value: object) -> Iterator[str]:
    """Every text of a document that is in its own language, wherever it stands."""
    if isinstance(value, (Inline, Prose)) and value.language:
        return
    if isinstance(value, str):
        if isinstance(value, Markup) or any(sign.isspace() for sign in value):  # else a key, not a sentence
            yield words(value)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield from texts(tuple(value.values()))
    elif is_dataclass(value):
        if isinstance(value, Note):
            yield words(str(value.html))
            return
        for field in fields(value):
            if field.name not in {"theme", "span", "origins"}:
                yield from texts(getattr(value, field.name))


def found(value: object, kind: type[Found]) -> Iterator[Found]:
    """Every value of a kind in a document."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from found(item, kind)
    elif is_dataclass(value):
        for field in fields(value):
            yield from found(getattr(value, field.name), kind)


@lru_cache(maxsize=2)
def sample(language: str) -> tuple[str, ...]:
    """The texts of the full sample, composed once."""
    return tuple(text for text in texts(document(SOLO, language)) if text.strip())


def faults(language: str, pattern: str) -> list[str]:
    """Where ``pattern`` is found, with what stands around it."""
    return [
        text[max(0, match.start() - 30) : match.end() + 30]
        for text in sample(language)
        for match in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_there_is_something_to_read(language: str) -> None:
    """Else nothing below could fail."""
    assert len(sample(language)) > 1000
    assert sum(len(text.split()) for text in sample(language)) > 20_000


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(r"['\"]", id="a straight quotation mark or apostrophe"),
        pytest.param(r"\.\.\.|\betc…", id="three dots"),
        pytest.param(r" --? ", id="a hyphen for a dash"),
        pytest.param(r"[ \u00a0\u202f][,.](?:\s|$)", id="a space before a comma or full stop"),
        pytest.param(r"\( | \)", id="a space inside a parenthesis"),
        pytest.param(r"\d{4}-\d\d-\d\d", id="a date for machines"),
        pytest.param(r"(?<!\S)-\d", id="a hyphen for a minus sign"),
        pytest.param(r"\{\w*\}|\bnan\b|<\w", id="a placeholder or a name of the program"),
    ],
)
def test_no_keyboard_shows(language: str, fault: str) -> None:
    assert faults(language, fault) == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(r"(?<!\u202f)[;!?](?=\s|$)", id="no narrow space before ; ! ?"),
        pytest.param(r"[^\u00a0]:(?=\s|$)", id="no no-break space before a colon"),
        pytest.param(r"«(?!\u202f)|(?<!\u202f)»", id="no narrow space inside guillemets"),
        pytest.param(r"\d(?!\u202f)[ \u00a0]?%", id="no narrow space before %"),
        pytest.param(r"\d (?=\d{3}(?!\d))(?<!\d{4} )", id="a breakable space in a figure"),
        pytest.param(r"\d,\d{3}\b(?!\d)|\b\d+\.\d+ (?:million|%)", id="an English figure"),
        pytest.param(rf"\b1\s(?:{MONTHS['fr']})", id="the first of a month without er"),
        pytest.param(rf"\d (?:{MONTHS['fr']})\b", id="a day that parts from its month"),
        pytest.param(rf"\b(?:{MONTHS['en'].replace('March', 'March ')})\b", id="an English month"),
        pytest.param(r"\b(?:Janvier|Février|Avril|Juin|Juillet|Septembre|Octobre) \d", id="a month with a capital"),
        pytest.param(r"\b(?:n°|art\.|par\.|p\.|article|paragraphe) \d", id="a number that parts from its word"),
        pytest.param(r"\barticle\s1\b(?!er)", id="article 1 for article premier"),
        pytest.param(r"\b[Dd]e (?:le|les) (?=[A-Z])|\b[àÀ] (?:le|les) (?=[A-Z])", id="a missed contraction"),
        pytest.param(r"\b(?:[Dd]e|[Ll]e|[Ll]a|[Qq]ue|[Nn]e|[Ss]e) (?=[aeéèêiîouà]\w)", id="a missed elision"),
        pytest.param(r"“(?![^»]*»)", id="English marks as the outer ones"),
        pytest.param(r"\b(?:Etat|Etats|Ecole|Evaluation|Eglise|A l’)", id="a capital without its accent"),
        pytest.param(r"\bcriminalité organisée transnationale|\bcrime organisé\b|\bimplémentation\b", id="a calque"),
        pytest.param(r"\btrafic d’êtres humains|\bcriminalisation\b|\bpoint focal\b", id="a term the UN does not use"),
        pytest.param(ENGLISH_WORDS, id="an English word"),
    ],
)
def test_french_is_french(fault: str) -> None:
    assert faults("fr", fault) == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(r"[ \u00a0\u202f][;:!?](?=\s|$)", id="a space before high punctuation"),
        pytest.param(r"[«»]", id="guillemets"),
        pytest.param(r"\d\s*%", id="a sign for per cent in running text"),
        pytest.param(r"\d[ \u00a0\u202f]\d{3}\b", id="a French figure"),
        pytest.param(rf"\d (?:{MONTHS['en']})\b", id="a day that parts from its month"),
        pytest.param(rf"\b(?:{MONTHS['en']}) \d+, \d", id="an American date"),
        pytest.param(r"\b\d{4}-\d{4}\b", id="a hyphen between years"),
        pytest.param(r"\b(?:article|paragraph|para\.|p\.|pp\.|No\.) \d", id="a number that parts from its word"),
        pytest.param(
            r"(?i)\b\w*(?:organ|crimin|al|recogn|author|util|emphas)is(?:e[ds]?|ing|ation)\b", id="-ise for -ize"
        ),
        pytest.param(r"\b(?:defense|offense|color|labor|center|program)s?\b", id="an American spelling"),
        pytest.param(r"\bpercent\b", id="percent for per cent"),
        pytest.param(r"\bthe The\b|\bin Philippines\b|\bKenya’s’", id="an article too many or too few"),
        pytest.param(FRENCH_WORDS, id="a French word"),
    ],
)
def test_english_is_english(fault: str) -> None:
    assert faults("en", fault) == []


FIGURES = """\
statistics:
  change:
    title: {en: "Change: a series", fr: "Évolution: une série"}
    unit: {en: per cent, fr: pour cent}
    definition: {en: Counted, fr: Comptée}
    articles: [untoc-5]
    sources: [s1]
    values: {2021: 1733.5, 2022: -12345, 2023: }
"""


@pytest.mark.parametrize(
    ("language", "figures", "title"),
    [
        ("fr", ("1\u202f733,5", "\u221212\u202f345", "pas de données"), "Évolution\u00a0: une série"),
        ("en", ("1,733.5", "\u221212,345", "no data"), "Change: a series"),
    ],
)
def test_tables_and_charts_write_figures_as_the_language_does(
    tmp_path: Path, language: str, figures: tuple[str, ...], title: str
) -> None:
    answer = "grounds: {en: Few, fr: Peu}"
    drawn = next(found(document(write(tmp_path, answer, FIGURES), language, final=False), Figure))
    assert drawn.columns == ("2021", "2022", "2023"), "years are never grouped"
    assert drawn.rows == ((drawn.unit, figures),)
    assert all(f">{written}<" in drawn.svg for written in figures[:2])
    assert f"{title}," in drawn.svg, "what is read aloud keeps its no-break spaces"


@pytest.mark.parametrize(
    ("language", "written", "printed"),
    [
        ("fr", "Est-ce *vrai*?", "Est-ce <em>vrai</em>\u202f?"),
        ("fr", "**Limites**: quatre", "<strong>Limites</strong>\u00a0: quatre"),
        ("fr", '"un *mot*"', "«\u202fun <em>mot</em>\u202f»"),
        ("fr", '« il dit "*non*" »', "«\u202fil dit “<em>non</em>”\u202f»"),
        ("fr", "voir `a:b`: rien", "voir <code>a:b</code>\u00a0: rien"),
        ("fr", "soit **18**% des cas", "soit <strong>18</strong>\u202f% des cas"),
        ("fr", "Mme Ba, le 1er mai", "M<sup>me</sup>\u00a0Ba, le 1<sup>er</sup>\u00a0mai"),
        ("en", '"he said *no*"', "“he said <em>no</em>”"),
        ("en", "the *State*'s duty ; then", "the <em>State</em>’s duty; then"),
    ],
)
def test_emphasis_does_not_part_a_sentence(tmp_path: Path, language: str, written: str, printed: str) -> None:
    answer = f"grounds: |-\n  {written}"
    composed = document(write(tmp_path, answer, language=language), language, final=False)
    assert printed in {str(piece.html) for piece in found(composed, Piece)}
