"""Typography of running text: what a native editor would set, whatever the author's keyboard could do.

French: rules of the Imprimerie nationale as the UN applies them (narrow no-break space before ``; ! ?`` and ``%`` and
inside « », no-break space before ``:``). English: UN style (curly quotation marks, no-break between number and unit).

Setting a text twice changes nothing, and a line break within a paragraph counts as a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"

_SPACE: Final = "[ \n\u00a0\u202f\u2009]"
_GAP: Final = f"(?<!{_SPACE}){_SPACE}+"
"""All the space between two words; the lookbehind keeps the search linear in a long run of spaces."""
_HELD: Final = "\ufffc"
"""Stands for what no rule may touch while the rules are applied; to them it is a word."""
_KEPT: Final = (
    r"https?://[^\s\"«»“”<>]*[^\s\"'«»“”<>.,;:!?)\]…]"
    r"|(?<![\w.+-])(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]*\w"
    rf"|[\ue000-\uf8ff][^\ue000-\uf8ff]*[\ue000-\uf8ff]|{_HELD}"
)
"""What no rule may touch: addresses, and the marks by which notes are held."""
_KEEP: Final = re.compile(_KEPT)

_OPENS: Final = r"(?:^|(?<=[\s(\[{«“‘—–/-]))"
_CLOSES: Final = r".,;:!?)\]…"
_OPENING: Final = rf'(?:{_OPENS}|(?<=[\'’]))"(?=[^\s{_CLOSES}])|(?<=\s)"\Z'
"""A straight mark that opens; at the end of the text because emphasis or a link may follow."""
_CLOSING: Final = rf'(?<=\S)"|^"(?=[\s{_CLOSES}])'

Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_FIRST: Final = _rules(
    (rf"“{_SPACE}+", "“"),
    (rf"{_GAP}”", "”"),
    (r"\.\.\.", "…"),
)
_APOSTROPHES: Final = _rules(
    (rf"{_OPENS}'(?=[^\s'’{_CLOSES}][^']*')", "‘"),
    (r"(?<=\S)'", "’"),
)
_LAST: Final = _rules(
    (rf"§{_SPACE}+(?=\d)", f"§{NBSP}"),
    (r" --?(?=[ \n])", f"{NBSP}–"),
)
_MONTHS: Final = {
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_WORD_END: Final = rf"(?<=[\w»)\]”’%°…{_HELD}])"
_FRENCH: Final = _rules(
    (rf"«{_SPACE}*", f"«{NNBSP}"),
    (rf"(?:{_GAP})?»", f"{NNBSP}»"),
    (rf"{_GAP}([;!?]+)", f"{NNBSP}\\1"),
    (rf"{_WORD_END}([;!?]+)(?=[\s)\]”»{_HELD}]|$)", f"{NNBSP}\\1"),
    (rf"{_GAP}:(?=\s|$)", f"{NBSP}:"),
    (rf"{_WORD_END}:(?=\s|$)", f"{NBSP}:"),
    (rf"(?<=\d){_SPACE}*%", f"{NNBSP}%"),
    (rf"(?<=\d)(?<!\d{{4}}){_SPACE}(?=\d{{3}}(?!\d))", NNBSP),  # 1 733, but not “2023 188”
    (rf"\b([nN])°{_SPACE}*(?=\d)", f"\\1°{NBSP}"),
    (rf"\b([aA]rt|[pP]|[pP]ar|[aA]l|[cC]f|[vV]ol|[fF]ig)\.{_SPACE}+(?=\w)", f"\\1.{NBSP}"),
    (rf"\b([aA]rticles?|[pP]aragraphes?){_SPACE}+(?=\d|premier\b)", f"\\1{NBSP}"),
    (rf"(?<=\d){_SPACE}+(?=(?:millions?|milliards?|euros?|km|kg)\b)", NBSP),
    (rf"\b(1er|[12]?\d|3[01]){_SPACE}+(?=(?:{_MONTHS['fr']})\b)", f"\\1{NBSP}"),
    (rf"\b([IVX]+e|Ier){_SPACE}+(?=siècles?\b)", f"\\1{NBSP}"),
    (rf"\b(MM?|Mmes?|Mlles?|Dr|Pr)(\.?){_SPACE}+(?=[A-ZÉÈÀ])", f"\\1\\2{NBSP}"),
)
_ENGLISH: Final = _rules(
    (rf"\b(Nos?)\.{_SPACE}+(?=\d)", f"\\1.{NBSP}"),
    (rf"\b([aA]rts?|[pP]aras?|[pP]p?|[cC]f|[vV]ol|[fF]ig)\.{_SPACE}+(?=\w)", f"\\1.{NBSP}"),
    (rf"\b([aA]rticles?|[pP]aragraphs?){_SPACE}+(?=\d)", f"\\1{NBSP}"),
    (rf"(?<=\d){_SPACE}+(?=(?:per cent|million|billion|euros?|km|kg)\b)", NBSP),
    (rf"\b([12]?\d|3[01]){_SPACE}+(?=(?:{_MONTHS['en']})\b)", f"\\1{NBSP}"),
    (rf"\b(Mr|Mrs|Ms|Dr)(\.?){_SPACE}+(?=[A-Z])", f"\\1\\2{NBSP}"),
    (r"(?<![\w/.-])(\d{4})-(?=\d{4}(?![\w-]))", r"\1–"),  # 2019–2023, but no date and no document number
)
_ENGLISH_QUOTES: Final = _rules((_OPENING, "“"), (_CLOSING, "”"))
_FRENCH_QUOTES: Final = re.compile(f"(?P<opens>{_OPENING}|«)|(?P<closes>{_CLOSING}|»)")
_ORDINAL: Final = re.compile(
    rf"(?P<kept>{_KEPT})"
    r"|\b(?P<number>1(?=er\b|re\b)|I(?=er\b)|(?:[2-9]|\d{2,}|[IVX]{1,6})(?=e\b))(?P<ending>er|re|e)\b"
)


def typographer(language: str) -> Callable[[str], str]:
    """Return the function that sets running text of ``language``; other languages than ours are left as written."""
    setters = {"fr": _set_french, "en": _set_english}
    if language not in setters:
        return str

    def set_text(text: str) -> str:
        kept = iter(_KEEP.findall(text))
        words = setters[language](_KEEP.sub(_HELD, text))
        return re.sub(_HELD, lambda _: next(kept), words)

    return set_text


def raise_ordinals(escaped: str, language: str) -> str:
    """Set the endings of French ordinals (1er, 2e, XXe) as superscripts in text that is already HTML-escaped."""
    return _ORDINAL.sub(_raised, escaped) if language == "fr" else escaped


def _set_french(text: str) -> str:
    return _apply((*_APOSTROPHES, *_FRENCH, *_LAST), _guillemets(_apply(_FIRST, text)))


def _set_english(text: str) -> str:
    return _apply((*_FIRST, *_ENGLISH_QUOTES, *_APOSTROPHES, *_ENGLISH, *_LAST), text)


def _apply(rules: Rules, text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _guillemets(text: str) -> str:
    """Turn straight quotation marks into « », and into “ ” for a quotation within a quotation."""
    depth = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal depth
        opens = match["opens"] is not None
        depth = max(depth + (1 if opens else -1), 0)
        if match[0] != '"':
            return match[0]
        if opens:
            return "“" if depth > 1 else "«"
        return "”" if depth else "»"

    return _FRENCH_QUOTES.sub(mark, text)


def _raised(match: re.Match[str]) -> str:
    return match[0] if match["kept"] else f"{match['number']}<sup>{match['ending']}</sup>"
