"""A name is found whatever stands between its pieces, in what was written and in what was printed of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.bundle.make import bundle
from reportgen.diagnostics import Span
from reportgen.diagnostics.render import to_text
from reportgen.languages.messages import translations
from reportgen.order import Order as Asked
from reportgen.pipeline import build, check
from reportgen.protection import asides
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import Secret, Secrets
from reportgen.publication.audience import Audience
from tests.protection.planted import pdf
from tests.protection.test_secrets import codes, register
from tests.samples import write

_NAMES: Final = Secrets((Secret("Kipkoech Barasa", Span("secrets.txt", 1)), Secret("Wanjiru", Span("secrets.txt", 2))))
_WRITTEN: Final = (
    "Kipkoech [@s1] Barasa",
    "Wanj[@s1, p. 12; @s2]iru",
    "Kipkoech[^1] Barasa",
    "Kipkoech [^note-1] Barasa",
    "Kipkoech (https://example.org/a_(b)) Barasa",
    "Kipkoech https://example.org/a Barasa",
    "[Kipkoech](https://example.org) Barasa",
    "Kipkoech <https://example.org> Barasa",
    "Kipkoech (the clerk) Barasa",
    "Kipkoech (as he said [@s1]) Barasa",
    "(as told by Kipkoech [@s1] Barasa)",
    "Kipkoech [sic] Barasa",
    "Kipkoech&nbsp;Barasa",
)


@pytest.mark.parametrize("words", _WRITTEN)
def test_whatever_an_author_writes_within_a_name(words: str) -> None:
    (found,) = {secret.words for secret, _ in _NAMES.found(f"So said {words}, who was there.")}
    assert found in {"Kipkoech Barasa", "Wanjiru"}


def test_its_place_is_that_of_all_its_pieces() -> None:
    text = "So said Kipkoech [@s1] Barasa."
    ((_, hit),) = _NAMES.found(text)
    assert text[hit.start : hit.end] == "Kipkoech [@s1] Barasa"


@pytest.mark.parametrize("words", ["Kipkoech. Then (1) came Barasa", "Kipkoech, in 20235 Barasa", "Wanj (a) Siiru"])
def test_two_words_are_no_name(words: str) -> None:
    assert not _NAMES.found(words)


@pytest.mark.parametrize("words", ["Kipkoech [@s1] Barasa", "Wanj[@s1]iru"])
def test_it_stops_the_build_and_no_message_shows_its_line(words: str, tmp_path: Path) -> None:
    """Whatever else is wrong with the line."""
    register(tmp_path, "Kipkoech Barasa", "Wanjiru")
    path = write(tmp_path, f"grounds: |-\n  So said {words}: <b>there</b>.")
    checked = check(path)
    assert {"RG602", "RG910"} <= {item.code for item in checked.found}
    for language in ("en", "fr"):
        shown = to_text(checked.found, checked.reading.texts, translations(language).gettext, lambda text, _: text)
        assert "Kipk" not in shown
        assert "Wanj" not in shown


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A report whose author registered nothing."""
    text = "So said Kipkoech [@s1] Barasa, and Wanj[@s1]iru."
    path = write(tmp_path_factory.mktemp("report"), f"findings: [{{kind: case, text: '{text}', sources: [s1]}}]")
    checked = check(path)
    assert checked.reading.submission
    files = build(path, Asked(["en"])).files
    packed = bundle(checked.reading.submission, checked.reading.folder, checked.catalogue, Audience.PUBLIC)
    return {**files, "bundle.zip": packed}


@pytest.mark.parametrize("ending", ["pdf", "html", "zip"])
def test_the_note_that_was_printed_hides_no_name(ending: str, printed: dict[str, bytes]) -> None:
    (name,) = (name for name in printed if name.endswith(ending))
    found = leaks(name, printed[name], _NAMES)
    assert {item.params["place"] for item in found} == {"secrets.txt:1", "secrets.txt:2"}


def test_neither_do_superscript_digits_and_brackets() -> None:
    """As other templates may set them."""
    for words in ("Kipkoech¹² Barasa", "Wanj<sup>[1]</sup>iru", "Kipkoech<sup>(3)</sup> Barasa"):
        assert leaks("a.html", f"<!doctype html><p>{words}".encode(), _NAMES), words
        assert leaks("a.pdf", pdf(f"<p>{words}"), _NAMES), words


def test_umlauts_written_out_are_the_same_name(tmp_path: Path) -> None:
    """In the register as in the text."""
    spellings = {"Jörg Müller": "Joerg Mueller", "Østergård": "Oestergaard", "Sångström": "Saangstroem"}
    for one, two in spellings.items():
        for registered, written in ((one, two), (two, one), (two, two), (one, one)):
            register(tmp_path, registered)
            assert codes(check(write(tmp_path, f"grounds: So said {written}."))) == ["RG910"], (registered, written)
    register(tmp_path, "Koech")
    assert codes(check(write(tmp_path, "grounds: So said Robert Koch."))) == []


_AMONG: Final = st.lists(
    st.sampled_from(["1", "23", "⁴", "12345", "(", ")", "[", "]", "(x 3)", "\u00fc", " "]), max_size=8
)


@given(_AMONG, st.integers(0, 7), st.text("WKa 1(]", max_size=9))
def test_the_quick_search_misses_nothing_that_the_exact_one_finds(pieces: list[str], at: int, rest: str) -> None:
    """A finished file is searched with all places only where the quick search says that there may be a name."""
    for name in ("Wanjiru", "Kipkoech Barasa"):
        text = f"{rest} {name[:at]}{''.join(pieces)}{name[at:]} {rest}"
        if _NAMES.found(text, asides.printed):
            assert _NAMES.may_stand(asides.printed_closely(text))
    assert _NAMES.may_stand(asides.printed_closely("Wan12ji(x)ru"))
    assert not _NAMES.may_stand(asides.printed_closely("Wan12345jiru"))
