"""Typography of running text: what a native editor would set, whatever the author's keyboard could do.

French: rules of the Imprimerie nationale as the UN applies them (narrow no-break space before ``; ! ?`` and ``%`` and
inside « », no-break space before ``:``). English: UN style (curly quotation marks, no-break between number and unit).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"
_SPACES: Final = "[ \u00a0\u202f\u2009]"

_FRENCH: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=\w)", "’"),  # l'État
        (r'(?<![\w\d])"(?=\S)([^"\n]*\S)"', f"«{NNBSP}\\1{NNBSP}»"),  # "mot"
        (rf"«{_SPACES}*", f"«{NNBSP}"),
        (rf"{_SPACES}*»", f"{NNBSP}»"),
        (r"“\s*([^”\n]*?)\s*”(?=[^«]*»)", "“\\1”"),  # quotation within a quotation stays in double marks
        (rf"{_SPACES}+([;!?]+)", f"{NNBSP}\\1"),
        (r"(?<=[^\W\d_»)\]])([;!?]+)(?=\s|$)", f"{NNBSP}\\1"),
        (rf"{_SPACES}+:(?=\s|$)", f"{NBSP}:"),
        (r"(?<=[^\W\d_»)])(?<!https)(?<!http)(?<!mailto):(?=\s|$)", f"{NBSP}:"),
        (rf"(?<=\d){_SPACES}*%", f"{NNBSP}%"),
        (rf"(?<=\d){_SPACES}(?=\d{{3}}(?!\d))", NNBSP),  # 1 733
        (rf"\b([nN])°{_SPACES}*(?=\d)", f"\\1°{NBSP}"),
        (rf"\b([aA]rt|[pP]|[pP]ar|[aA]l|[cC]f|[vV]ol|[fF]ig|§)\.{_SPACES}(?=[\d\w])", f"\\1.{NBSP}"),
        (rf"\b([aA]rticles?|[pP]aragraphes?){_SPACES}(?=\d)", f"\\1{NBSP}"),
        (rf"(?<=\d){_SPACES}(?=(?:millions?|milliards?|euros?|km|kg)\b)", NBSP),
        (
            rf"\b(1er|[12]?\d|3[01]){_SPACES}(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b)",
            f"\\1{NBSP}",
        ),
        (rf"\b(MM?|Mmes?|Mlles?|Dr|Pr)(\.?){_SPACES}(?=[A-ZÉÈÀ])", f"\\1\\2{NBSP}"),
        (r"\.\.\.", "…"),
        (r" - ", f"{NBSP}– "),
    )
)
_ENGLISH: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=\w)", "’"),
        (r'(?<![\w])"(?=\S)', "“"),
        (r'(?<=\S)"', "”"),
        (r"(?<![\w])'(?=\w[^'\n]*')", "‘"),
        (r"(?<=\w)'", "’"),
        (rf"\b(No|Nos|[aA]rts?|[pP]aras?|[pP]p?|[cC]f|[vV]ol|[fF]ig)\.{_SPACES}(?=[\d\w])", f"\\1.{NBSP}"),
        (rf"\b([aA]rticles?|[pP]aragraphs?){_SPACES}(?=\d)", f"\\1{NBSP}"),
        (rf"(?<=\d){_SPACES}(?=(?:per cent|million|billion|euros?|km|kg)\b)", NBSP),
        (
            rf"\b([12]?\d|3[01]){_SPACES}(?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)",
            f"\\1{NBSP}",
        ),
        (rf"\b(Mr|Mrs|Ms|Dr)(\.?){_SPACES}(?=[A-Z])", f"\\1\\2{NBSP}"),
        (r"\.\.\.", "…"),
        (r" - ", f"{NBSP}– "),
        (r"(?<=\d)-(?=\d{4}\b)", "–"),
    )
)
_KEEP: Final = re.compile(
    r"https?://\S+|mailto:\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[\ue000-\uf8ff][^\ue000-\uf8ff]*[\ue000-\uf8ff]"
)
"""What no rule may touch: addresses, and the marks by which notes are held."""
_ORDINAL: Final = re.compile(r"\b(1)(er|re)\b|\b([2-9]|\d{2,})(e)\b|\b([IVX]{1,6})(e|er)\b(?= siècle)")


def typographer(language: str) -> Callable[[str], str]:
    """Return the function that sets running text of ``language``; other languages than ours are left as written."""
    rules = {"fr": _FRENCH, "en": _ENGLISH}.get(language, ())

    def set_text(text: str) -> str:
        pieces, position = [], 0
        for kept in _KEEP.finditer(text):
            pieces += [_apply(rules, text[position : kept.start()]), kept.group()]
            position = kept.end()
        return "".join((*pieces, _apply(rules, text[position:])))

    return set_text


def _apply(rules: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def raise_ordinals(escaped: str, language: str) -> str:
    """Set the endings of French ordinals (1er, 2e) as superscripts in text that is already HTML-escaped."""
    if language != "fr":
        return escaped
    return _ORDINAL.sub(
        lambda match: (match[1] or match[3] or match[5]) + f"<sup>{match[2] or match[4] or match[6]}</sup>", escaped
    )
