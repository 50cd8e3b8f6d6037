"""Protects the program in French: every sentence is translated, and no translation can break the one it stands for."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords

from reportgen.languages.messages import spoken_language, translations
from tests.french import french_catalogue
from tests.samples import ROOT


@lru_cache(maxsize=1)
def spoken() -> frozenset[tuple[str, ...]]:
    """Every message of the code and the templates, found as ``dev.py messages`` does; two strings for a plural."""
    methods = re.findall(r"^\[(\w+): (.+)\]$", (ROOT / "babel.cfg").read_text("utf-8"), re.MULTILINE)
    marks = re.findall(r'"-k",\s*"([^"]+)"', (ROOT / "dev.py").read_text("utf-8"))
    found = extract_from_dir(
        ROOT, [(pattern, method) for method, pattern in methods], keywords={**DEFAULT_KEYWORDS, **parse_keywords(marks)}
    )
    return frozenset(message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found)


def translated() -> Iterator[tuple[str, str]]:
    """Every message of the catalogue beside its translation; each form of a plural by itself."""
    for message in french_catalogue():
        if not message.id:
            continue
        sources = (message.id,) if isinstance(message.id, str) else message.id
        targets = (message.string or "",) if not isinstance(message.string, (tuple, list)) else message.string
        yield from ((sources[min(number, len(sources) - 1)], target) for number, target in enumerate(targets))


def fields(text: str) -> set[str]:
    """The placeholders of a message; its French may name the title of an article in French."""
    return {name.replace("title_fr", "title_en") for _, name, _, _ in string.Formatter().parse(text) if name}


def test_messages_are_found_in_code_and_templates() -> None:
    """Else the tests below would prove nothing."""
    assert len(spoken()) > 200
    assert any(len(message) == 2 for message in spoken())
    assert ("Did you mean “{suggestion}”?",) in spoken()
    assert ("Recommendations",) in spoken()


def test_none_is_missing_from_the_catalogue() -> None:
    known = {(message.id,) if isinstance(message.id, str) else message.id for message in french_catalogue()}
    assert sorted(spoken() - known) == [], "bring it up to date with: python3 dev.py messages"


def test_none_of_the_catalogue_is_out_of_use() -> None:
    known = {(item.id,) if isinstance(item.id, str) else item.id for item in french_catalogue() if item.id}
    assert sorted(known - spoken()) == [], "bring it up to date with: python3 dev.py messages"
    assert not french_catalogue().obsolete


def test_none_is_empty() -> None:
    assert sorted(source for source, target in translated() if not target) == []


def test_none_is_fuzzy() -> None:
    assert [message.id for message in french_catalogue() if message.fuzzy and message.id] == []


def test_placeholders_agree() -> None:
    assert [source for source, target in translated() if target and fields(source) != fields(target)] == []


def test_what_users_type_is_not_translated() -> None:
    """Options, codes, addresses, and keys such as “not_applicable”."""
    typed = re.compile(r"--[a-z]+|RG\d{3}|\b[a-z]+_[a-z_]+\b|https?://\w*|\.ya?ml\b|reportgen (?:new|check|build)")

    def kept(text: str) -> Counter[str]:
        return Counter(re.sub("title_fr", "title_en", word) for word in typed.findall(text))

    assert [source for source, target in translated() if target and kept(source) != kept(target)] == []


def test_space_around_and_the_marks_of_help_pages_are_kept() -> None:
    """A remedy that is joined to another keeps its space; ``\\b`` keeps an example from being wrapped.

    At the end French may have a space where click puts a colon: « Options : ».
    """

    def frame(text: str) -> tuple[str, str, int]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :].strip(" \u00a0"), text.count("\b")

    assert [source for source, target in translated() if target and frame(source) != frame(target)] == []


def test_french_is_written_with_typographic_apostrophes() -> None:
    assert [target for _, target in translated() if re.search(r"[^\W\d_]'[^\W\d_]", target)] == []


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("Did you mean “{suggestion}”?") == "Did you mean “{suggestion}”?"


def test_a_language_without_a_catalogue_is_spoken_in_english() -> None:
    assert translations("es").gettext("error") == "error"


@pytest.mark.parametrize(
    ("asked", "environment", "language"),
    [
        (None, {}, "en"),
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr"),
        ("FR", {}, "fr"),
        ("es", {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "fr"),
        (None, {"LANG": "fr-CA"}, "fr"),
        (None, {"LANG": "fr"}, "fr"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        (None, {"LANG": "en_US", "LC_MESSAGES": "fr_BE"}, "fr"),
        (None, {"LC_ALL": "en_US", "REPORTGEN_LANG": "fr"}, "fr"),
        (None, {"LANG": "", "LC_ALL": ""}, "en"),
    ],
)
def test_the_program_speaks_the_language_of_its_user(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, environment: dict[str, str], language: str
) -> None:
    for name in ("REPORTGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert spoken_language(asked) == language
