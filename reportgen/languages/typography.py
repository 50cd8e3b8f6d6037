"""Typography of running text: what a native editor would set, whatever the author's keyboard could do.

French: rules of the Imprimerie nationale as the UN applies them (narrow no-break space before ``; ! ?`` and ``%`` and
inside « », no-break space before ``:``). English: UN style (curly quotation marks, no-break between number and unit).

Only spaces, quotation marks, apostrophes, dashes and dots change, never a letter or a digit. Setting a text twice
changes nothing, and a line break within a paragraph counts as a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from reportgen.languages.quotation import ENGLISH, FRENCH, Marks, set_quotations
from reportgen.learned import learned

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"

_SPACE: Final = "[ \n\u00a0\u202f\u2009]"
_GAP: Final = f"(?<!{_SPACE}){_SPACE}+"
"""All the space between two words; the lookbehind keeps the search linear in a long run of spaces."""
_HELD: Final = "\ufffc"
"""Stands for what no rule may touch while the rules are applied; to them it is a word."""
_NOTE: Final = "[\ue000-\uf8ff][^\ue000-\uf8ff]*[\ue000-\uf8ff]"
_KEPT: Final = (
    r"(?:https?://|\bwww\.(?=\w))[^\s\"«»“”<>]*[^\s\"'«»“”<>.,;:!?)\]…]"
    r"|(?<![\w.+-])(?:mailto:)?[\w.+-]+(?:'[\w.+-]+)?@[\w-]+\.[\w.-]*\w"
    rf"|{_NOTE}|{_HELD}"
)
"""What no rule may touch: addresses, and the marks by which notes are held."""
_KEEP: Final = re.compile(_KEPT)
_BEFORE_NOTE: Final = re.compile(rf"{_GAP}(?={_NOTE})")

Change = str | Callable[[re.Match[str]], str]
Rules = tuple[tuple[re.Pattern[str], Change], ...]


def _rules(*pairs: tuple[str, Change]) -> Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_ANNOUNCED: Final = re.compile(
    r"(?:\b(?:ISSN|ISBN|DOI|[Nn]os?|[Tt]el|(?:[Tt]ele)?[Pp]hone|[Ff]ax|[Cc]ase|[Rr]ef|[Ff]ile|[Dd]ocket|[Ll]aw|Act|[Dd]ecree"
    rf"|[Bb]ill)[.:]?|\+\d{{1,3}}\)?){_SPACE}?\(?\Z"
)


def _range(match: re.Match[str]) -> str:
    """Set an en dash between two numbers where the second can end what the first begins: 12–14, and 112–14 for 112–114.

    An ISSN, a telephone number or a case number may look like two years; a word before it announces it.
    """
    start, end = match["start"], match["end"]
    rises = int(start) < int(start[: max(len(start) - len(end), 0)] + end)
    announced = _ANNOUNCED.search(match.string, max(match.start() - 12, 0), match.start())
    return f"{match['lead']}{start}–{end}" if rises and not announced else match[0]


_OPENS: Final = r"(?:^|(?<=[\s(\[{«“‘—–/-]))"
_CLOSES: Final = r".,;:!?)\]…"
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞŒ]"
_MONTHS: Final = {
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
}
_PARTS: Final = {
    "fr": "article|paragraphe|alinéa|chapitre|titre|section|annexe|page|tableau|figure|résolution|décision|règle|tome"
    "|groupe thématique",
    "en": "article|paragraph|subparagraph|chapter|section|annex|page|table|figure|resolution|decision|rule|cluster",
}
_MONEY: Final = r"€|£|\$|[kM]€|Md€|EUR\b|USD\b|CHF\b|XOF\b|XAF\b|FCFA\b"
_UNITS: Final = rf"{_MONEY}|°C|(?:k|c|m)?m[²³]?(?!\w)|kg\b|ha\b|km/h\b"
_CLOSED_UNITS: Final = rf"{_MONEY}|F CFA\b|°C|km²?(?![\w²])|m[²³]|kg\b|ha\b|km/h\b"
"""Units that are units also without a space before them; « 4m » may be anything."""
_WORD_END: Final = rf"(?<=[\w»)\]”’%°…{_HELD}])"

_FIRST: Final = _rules(
    (r"\betc(?:\.{2,}|\.?…)", "etc."),  # « etc. » already says that the list goes on
    (r"\.\.\.", "…"),
    (rf"(?<=[\w)\]%°{_HELD}]){_SPACE}+(?=[.,](?:[\s\"«»“”]|$))", ""),
)
_MARKS: Final = _rules(
    (rf"“{_SPACE}+", "“"),
    (rf"{_GAP}”", "”"),
    (r"(?<!\w)'(?=(?i:tis|twas|em|til)\b|\d0s\b|n'(?!\w))", "’"),
    (rf"{_OPENS}'(?=[^\s'’{_CLOSES}][^']*')", "‘"),
    (r"(?<=\S)'", "’"),
)
_EVERYWHERE: Final = _rules(
    (rf"§{_SPACE}*(?=\d)", f"§{NBSP}"),
    (rf"(?<=\d){_SPACE}+(?={_UNITS})", NBSP),
    (rf"(?<=\d){_SPACE}+(?=\(?(?:[a-z]|[ivx]{{2,4}})\))", NBSP),  # paragraphe 2 b), paragraph 2 (b)
    (rf"(?<![\w.])((?:{_CAPITAL}\.-?)+){_SPACE}+(?={_CAPITAL}[\w.’-])", f"\\1{NBSP}"),  # J.-P. Martin
)
_FRENCH: Final = _rules(
    (rf"«{_SPACE}*", f"«{NNBSP}"),
    (rf"(?:{_GAP})?»", f"{NNBSP}»"),
    (rf"{_GAP}([;!?]+)", f"{NNBSP}\\1"),
    (rf"{_WORD_END}([;!?]+)(?=[\s)\]”»….,{_HELD}]|$)", f"{NNBSP}\\1"),
    (rf"{_GAP}:(?=\s|$)", f"{NBSP}:"),
    (rf"{_WORD_END}:(?=\s|$)", f"{NBSP}:"),
    (rf"(?<=\d){_SPACE}*([%‰])", f"{NNBSP}\\1"),
    (rf"(?<=\d)(?<!\d{{4}}){_SPACE}(?=\d{{3}}(?!\d))", NNBSP),  # 1 733, but not “2023 188”
    (rf"(?<![\w:.,/-])([01]?\d|2[0-4]){_SPACE}?h{_SPACE}?(?=[0-5]\d(?!\w))", f"\\1{NBSP}h{NBSP}"),
    (rf"(?<=\d){_SPACE}+(?=h(?!\w))", NBSP),
    (rf"\b([nN])([°º]){_SPACE}*(?=\d)", f"\\1\\2{NBSP}"),
    (rf"\b([nN]os?){_SPACE}+(?=\d)", f"\\1{NBSP}"),
    (rf"(?<![\w.,{NNBSP}])(\d+(?:[.,{NNBSP}]\d+)*)(?={_CLOSED_UNITS})", f"\\1{NBSP}"),
    (
        rf"\b([aA]rts?|[pP]p?|[pP]ar|[aA]l|[cC]f|[vV]ol|[fF]ig|[cC]hap|[tT]abl|[sS]ect|av|apr)\.(?:{_SPACE}+(?=\w)|(?=\d))",
        f"\\1.{NBSP}",
    ),
    (
        rf"\b((?i:{_PARTS['fr']})[sx]?){_SPACE}+(?=\d|premier\b|[IVX]+\b|[a-z]\))",
        f"\\1{NBSP}",
    ),
    (
        rf"(?<=\d){_SPACE}+(?=(?:millions?|milliards?|pour cent|euros?|dollars?|francs?|F{_SPACE}CFA|ans?|mois|jours?)\b)",
        NBSP,
    ),
    (rf"\b(F|francs?){_SPACE}+(?=CFA\b)", f"\\1{NBSP}"),
    (rf"\b(1er|[12]?\d|3[01]){_SPACE}+(?=(?:{_MONTHS['fr']})\b)", f"\\1{NBSP}"),
    (rf"\b([IVX]+e|Ier){_SPACE}+(?=siècles?\b)", f"\\1{NBSP}"),
    (rf"\b(MM?\.|Mmes?|Mᵐᵉˢ?|Mlles?){_SPACE}+(?={_CAPITAL}|l[ea]\b|l’)", f"\\1{NBSP}"),
    (rf"\b(M[er]|Mgr|Dre?|Pre?)(\.?){_SPACE}+(?={_CAPITAL})", f"\\1\\2{NBSP}"),
)
_STARTS: Final = r"(?<![\w/.,+)-])"
_ENDS: Final = r"(?![\w-]|[/.,]\w)"
_YEAR: Final = r"(?:1[5-9]|20)\d\d"
_COUNTED: Final = "per cent|years|months|weeks|days|hours|persons|people|cases|victims"
_ENGLISH: Final = _rules(
    (rf"(?:(?<=[^\W\d])|(?<=[)\]”’…])){_SPACE}+([;:!?]+)(?=[\s)\]”]|$)", r"\1"),  # as French keyboards space them
    (rf"(?<=\d){_SPACE}+(?=%)", ""),
    (rf"\b(Nos?)\.{_SPACE}+(?=\d)", f"\\1.{NBSP}"),
    (rf"\b([aA]rts?|[pP]aras?|[pP]p?|[cC]f|[vV]ol|[fF]ig|[cC]h|[sS]ect)\.{_SPACE}+(?=\w)", f"\\1.{NBSP}"),
    (
        rf"\b((?i:{_PARTS['en']})s?){_SPACE}+(?=\d|[IVX]+\b|\([a-z]\))",
        f"\\1{NBSP}",
    ),
    (rf"(?<=\d){_SPACE}+(?=(?:per cent|million|billion|euros?|dollars?|years?|months?|days?)\b|[ap]\.m\.)", NBSP),
    (rf"([€£$]|\b(?:EUR|USD|CHF)){_SPACE}+(?=\d)", f"\\1{NBSP}"),
    (rf"\b([12]?\d|3[01]){_SPACE}+(?=(?:{_MONTHS['en']})\b)", f"\\1{NBSP}"),
    (rf"\b(Mrs?|Ms|Mx|Drs?|Prof|Messrs|St)(\.?){_SPACE}+(?={_CAPITAL})", f"\\1\\2{NBSP}"),
    (rf"(?P<lead>{_STARTS})(?P<start>{_YEAR})-(?P<end>{_YEAR}){_ENDS}", _range),
    (
        rf"(?P<lead>\b(?:(?:pp?|paras|arts)\.|pages|paragraphs|articles){NBSP})(?P<start>\d{{1,4}})-(?P<end>\d{{1,4}}){_ENDS}",
        _range,
    ),
    (
        rf"(?P<lead>{_STARTS})(?P<start>\d{{1,3}})-(?P<end>\d{{1,3}})(?=%|{_SPACE}(?:{_COUNTED})\b)",
        _range,
    ),
)
_DASH: Final = re.compile(
    rf"{_GAP}(?P<dash>--?|–|—)(?:(?P<after>{_SPACE}+)|(?=[,;:)]))|(?P<end>[.!?…](?=\s|$))|^(?P<start>[–—]){_SPACE}+"
)
_ORDINAL: Final = re.compile(
    rf"(?P<kept>{_KEPT})"
    r"|\b(?P<number>1(?=er\b|re\b)|I(?=er\b)|2(?=de?\b|nde?\b)|M(?=mes?\b|lles?\b)"
    r"|(?:[2-9]|\d{2,}|[IVX]{1,6})(?=e\b))(?P<ending>er|re|e|nde?|de?|mes?|lles?)\b"
)


MOST_REMEMBERED: Final = 20_000
"""Pieces of text that are kept as they were set; a report of three hundred pages has half as many."""


@dataclass(frozen=True, slots=True)
class _Custom:
    """How one language sets text: its quotation marks, and its rules in the order in which they are applied."""

    marks: Marks
    rules: Rules


_CUSTOMS: Final = {"fr": _Custom(FRENCH, _FRENCH), "en": _Custom(ENGLISH, _ENGLISH)}


def typographer(language: str) -> Callable[[str], str]:
    """Return the function that sets whole texts of ``language``; other languages than ours are left as written."""

    def set_text(text: str) -> str:
        return Run(language)(text)

    return set_text if language in _CUSTOMS else str


class Run:
    """Sets the pieces of one paragraph one after the other, as emphasis and links part them.

    A piece is set in the light of what stood before it: « *mot*? » gets its space, and a quotation mark after an
    emphasized word closes.
    """

    def __init__(self, language: str) -> None:
        """Begin a paragraph in ``language``; other languages than ours are left as written."""
        self._language, self._custom = language, _CUSTOMS.get(language)
        self.begin()

    def begin(self) -> None:
        """Begin another paragraph, item or line."""
        self._before = ""
        self._open: tuple[str, ...] = ()

    def passed(self, piece: str) -> None:
        """Take note of a piece that is left as written, such as code."""
        self._before = _context(piece[-1]) if piece else self._before

    def __call__(self, text: str) -> str:
        """Return the next piece, set."""
        if self._custom is None or not text:
            return text
        done, self._open, self._before = _set_piece(self._language, self._before, self._open, text)
        return done


@learned(MOST_REMEMBERED)
def _set_piece(language: str, before: str, opened: tuple[str, ...], text: str) -> tuple[str, tuple[str, ...], str]:
    """Set one piece: many of them, such as the title of a source, stand in a report again and again.

    Returns:
        The piece, the quotation marks that are open after it, and what the next piece may know of its end.
    """
    custom = _CUSTOMS[language]
    text = _BEFORE_NOTE.sub("", text)
    kept = iter(_KEEP.findall(text))
    held = _apply(_FIRST, before + _KEEP.sub(_HELD, text))
    held, opened = set_quotations(held, custom.marks, opened)
    held = _apply((*_MARKS, *custom.rules, *_EVERYWHERE), held)
    done = _set_dashes(held)[len(before) :]
    return re.sub(_HELD, lambda _: next(kept), done), opened, _context(done[-1]) if done else before


def raise_ordinals(escaped: str, language: str) -> str:
    """Set the endings of French ordinals (1er, 2e, XXe) and titles (Mme) as superscripts in HTML-escaped text."""
    return _ORDINAL.sub(_raised, escaped) if language == "fr" else escaped


def _apply(rules: Rules, text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _context(last: str) -> str:
    """What the next piece may know of the last character before it: one that no rule takes away."""
    if last.isspace():
        return ""
    return (
        last
        if last.isalnum() or last in f"’([{{)]/%°…–—-{_HELD}"
        else {"“": "(", "‘": "(", "»": ")", "”": ")"}.get(last, ",")
    )


def _set_dashes(text: str) -> str:
    """Turn hyphens between spaces into dashes, and keep dashes with their words.

    Of two dashes in one sentence the first belongs to the word after it, the second to the word before it; a single one
    never starts a line, nor does one at the start of a speech end it.
    """
    found = list(_DASH.finditer(text))
    opening = set[int]()
    waiting: int | None = None
    for index, match in enumerate(found):
        if match["dash"] is None:
            waiting = None
        elif waiting is None:
            waiting = index
        else:
            opening.add(waiting)
            waiting = None
    marks = iter(range(len(found)))

    def dash(match: re.Match[str]) -> str:
        opens = next(marks) in opening
        if match["end"]:
            return match[0]
        if match["start"]:
            return f"{match['start']}{NBSP}"
        mark = match["dash"] if match["dash"] in "–—" else "–"
        if opens:
            return f" {mark}{NBSP if match['after'] else ''}"
        return f"{NBSP}{mark}{' ' if match['after'] else ''}"

    return _DASH.sub(dash, text)


def _raised(match: re.Match[str]) -> str:
    return match[0] if match["kept"] else f"{match['number']}<sup>{match['ending']}</sup>"
