"""Dates, numbers and lists as each language writes them (CLDR through Babel, where it agrees with UN usage)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from reportgen.languages.typography import NBSP, NNBSP

MINUS: Final = "\u2212"
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})


class PartialDate(Protocol):
    """A date known to the year, the month or the day."""

    @property
    def year(self) -> int:
        """Year."""

    @property
    def month(self) -> int | None:
        """Month, if known."""

    @property
    def day(self) -> int | None:
        """Day, if known."""


def format_date(day: PartialDate, language: str) -> str:
    """Write a date out: “30 September 2024”, « 1er octobre 2024 », “March 2023”, “2021”.

    Its parts never part at the end of a line.
    """
    if day.month is None:
        return str(day.year)
    from babel.dates import format_date as babel_date

    locale = "en_GB" if language == "en" else language
    month = babel_date(date(day.year, day.month, 1), "MMMM", locale=locale)
    if day.day is None:
        return f"{month}{NBSP}{day.year}"
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}{NBSP}{month}{NBSP}{day.year}"


def format_number(number: Decimal | int, language: str) -> str:
    """Write a figure with the separators of the language: 1,733.5 and 1 733,5 (narrow no-break space).

    It keeps its decimals as they were written: 5.10 says more than 5.1. Before a negative one stands a minus sign, for
    a hyphen could be taken for a dash. Years are no figures: they are written as they are.
    """
    from babel.numbers import format_decimal

    decimals = max(0, -int(Decimal(number).as_tuple().exponent))
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    written: str = format_decimal(number, pattern, "en_GB" if language == "en" else language)
    return written.replace("\u00a0", NNBSP).replace("-", MINUS)


def join_list(items: Iterable[str], language: str) -> str:
    """Join with commas and a last “and” / « et », without a comma before it, as the UN does."""
    *head, last = list(items) or [""]
    if not head:
        return last
    word = {"fr": "et"}.get(language, "and")
    return f"{', '.join(head)} {word} {last}"


def language_name(code: str, language: str) -> str:
    """Name a language in another: “Arabic”, « arabe »; one that has no name there is named by its code."""
    from babel import Locale

    name: str = Locale.parse(language).languages.get(code, code)
    return name


def article_label(number: int, language: str) -> str:
    """Name an article of a treaty: “article 5”, « article premier »."""
    if language == "fr" and number == 1:
        return "article premier"
    return f"article{NBSP}{number}"


def collation_key(text: str) -> tuple[str, str, str]:
    """Return a key that sorts words as dictionaries of English and French do.

    Letters decide first (œ is oe, a hyphen a space), and figures by their value; between words of the same letters,
    accents decide from the end (cote, côte, coté, côté), then small letters go before capitals.
    """
    from reportgen.diagnostics.suggest import fold

    spelt = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    letters = re.sub(r"\d+", lambda figure: figure[0].lstrip("0").rjust(20, "0"), fold(spelt))
    return letters, spelt.casefold()[::-1], spelt.swapcase()
