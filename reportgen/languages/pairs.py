"""One text in several languages, and whether a translation is still true to its source."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from reportgen.diagnostics import Span

OUTPUT_LANGUAGES: Final = ("en", "fr")
"""The languages in which reports are written; a further one needs a message catalogue and a typography."""

ISO_639_1: Final = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bh",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "io",
        "is",
        "it",
        "iu",
        "ja",
        "jv",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)


class Freshness(Enum):
    """What a reader of one language gets."""

    ORIGINAL = "original"
    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"


def fingerprint(text: str) -> str:
    """Return the short hash by which a translation remembers its source: eight hexadecimal digits.

    Spacing and Unicode composition do not count, so that re-wrapping a paragraph makes no translation stale.
    """
    import hashlib

    canonical = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as one reader gets it.

    Attributes:
        text: The words, Markdown where the field allows it.
        language: The language they are in (ISO 639-1).
        wanted: The language that was asked for; another one means fallback, which the output marks.
        freshness: Whether the words still say what the source says.
        span: Where they were written; the same words elsewhere are the same passage.
    """

    text: str
    language: str
    wanted: str
    freshness: Freshness
    span: Span | None = field(default=None, compare=False)

    @property
    def is_fallback(self) -> bool:
        """Whether the reader gets another language than the one asked for."""
        return self.language != self.wanted


@dataclass(frozen=True, slots=True)
class Text:
    """What an author wrote, in one or more languages.

    Attributes:
        versions: Text by language, never empty.
        original: The language the others were made from.
        made_from: By language, the fingerprint of the original at the time of translation, where recorded.
        spans: Place of each version.
        proper: Whether it is a name, such as that of an organisation or a place.
    """

    versions: Mapping[str, str]
    original: str
    made_from: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)
    proper: bool = False

    @property
    def source(self) -> str:
        """The words of the original."""
        return self.versions[self.original]

    @property
    def span(self) -> Span | None:
        """The place of the original."""
        return self.spans.get(self.original)

    @property
    def neutral(self) -> bool:
        """Whether it reads the same in every language: a year, an acronym, a name of which no other form is given."""
        return (self.proper and len(self.versions) == 1) or not any(
            sign.isalpha() and not sign.isupper() for sign in self.source
        )

    def freshness(self, language: str) -> Freshness:
        """Tell what a reader of ``language`` gets."""
        if language not in self.versions:
            return Freshness.ORIGINAL if self.neutral else Freshness.MISSING
        if language == self.original:
            return Freshness.ORIGINAL
        recorded = self.made_from.get(language)
        return Freshness.STALE if recorded and recorded != fingerprint(self.source) else Freshness.FRESH

    def read_in(self, language: str) -> Passage:
        """Return the passage for a reader of ``language``: that language, else the original, marked as fallback."""
        shown = language if language in self.versions else self.original
        spoken = language if self.neutral else shown
        return Passage(self.versions[shown], spoken, language, self.freshness(language), self.spans.get(shown))


def untranslated(text: str, language: str) -> Text:
    """Return a text in one language only, as the catalogue and the program itself need now and then."""
    return Text({language: text}, language)
