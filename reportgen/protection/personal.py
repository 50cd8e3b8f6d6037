"""Telephone numbers, addresses, coordinates and numbers of documents in what everybody will read: only a warning each.

Patterns of our own: a library for telephone numbers knows the plans of all countries, and costs a quick check more than
everything else it does. They look for what is written as such a thing; laws, cases, dates, sums and pages are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.protection.clean import Clean
from reportgen.protection.search import within
from reportgen.protection.secrets import NOTHING
from reportgen.submission.model import Level, Organisation, Source, Submission
from reportgen.submission.parts import Part, own_texts, walk_parts
from reportgen.submission.reading import Reading

_SPACE: Final = r"[ \u00a0\u202f\u2009.\-\u2011]"
_ADDRESS: Final = re.compile(r"https?://\S+")
_E_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s?(?:@|[\[(](?:at|arobase)[\])])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_TELEPHONES: Final = (
    re.compile(rf"(?<![\w+/.,-])(?:\+|00{_SPACE}?)[1-9]\d{{0,2}}(?:{_SPACE}?\(?\d{{1,5}}\)?){{2,6}}(?![\w,])"),
    re.compile(rf"(?<![\w/.,-])0[1-9](?:{_SPACE}\d\d){{4}}(?![\w/,])"),
    re.compile(rf"(?<![\w/.,-])(?<!ISBN )0[1-9]\d\d{_SPACE}?\d{{3}}{_SPACE}?\d{{3,4}}(?![\w/,])"),
    re.compile(r"(?<![\w/])\(\d{3}\)\s?\d{3}[-. ]\d{4}(?!\d)"),
)
_LINKED: Final = re.compile(r"\b(?:wa\.me/|t\.me/|whatsapp\.com/send/?\?phone=)(?:\+|%2B)?\d{8,15}", re.IGNORECASE)
_CALLED: Final = re.compile(
    r"\b(?:tel|tél|(?:tele|télé)?phone|mobile|portable|whatsapp|signal|telegram|viber|fax|call(?:ed)?|joignable|joindre)\b"
    rf"\.?[^\d\n.;]{{0,25}}\s*(?P<number>[+(]?\d(?:{_SPACE}?[()]?\d){{5,14}})(?![\w,])",
    re.IGNORECASE,
)
_COORDINATES: Final = (
    re.compile(r"(?<![\d.,])([+-]?\d{1,2}[.,]\d{4,})°?\s?[NS]?\s?[,;/ ]\s?([+-]?\d{1,3}[.,]\d{4,})(?!\.?\d)"),
    re.compile(
        r"\d{1,3}\s?[°º]\s?\d{1,2}(?:[.,]\d+)?\s?[′’']\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:[″”\"]|′′|''))?\s?[NSEWO]\b"
    ),
    re.compile(r"\d{1,3}[.,]\d{3,}\s?°\s?[NSEWO]\b"),
    re.compile(r"(?<![\w/:])///\w+\.\w+\.\w+"),
)
_FOLLOWED: Final = (
    r"(?:\W{0,3}\b(?i:n[o°º]?s?|num(?:ber|éro)?|holder|bearing|portant|is|est|was|the|le|la|of|de|du)\b\W{0,3}|\W{0,3}n[°º]|\W){0,5}?"
    r"\b(?P<number>[A-Z\d](?:[ -]?[A-Z\d]){4,29})\b"
)
_DOCUMENTS: Final = tuple(
    (re.compile(rf"\b(?i:{words})\b{_FOLLOWED}"), digits)
    for words, digits in (
        (r"passport|passeport|identity card|ID card|carte d[’']identité|CNI|residence permit|titre de séjour", 5),
        (r"(?-i:ID)", 6),
        (
            r"national ID|ID number|identity number|numéro d[’']identité|social security number|sécurité sociale|NIN|NIR",
            6,
        ),
        (r"driving licen[cs]e|driver[’']s licen[cs]e|permis de conduire", 5),
        (
            r"(?:licen[cs]e|number|registration) plate|vehicle registration|plaque(?: d[’']immatriculation)?|immatriculée?",
            3,
        ),
        (r"bank account|account number|compte bancaire|numéro de compte|RIB", 8),
        (r"account|compte", 10),
    )
)
_PLATES: Final = re.compile(r"(?<![\w/-])(?:[A-Z]{3} ?\d{3} ?[A-Z]|[A-Z]{2}-\d{3}-[A-Z]{2})(?![\w/-])")
"""Number plates in the forms of East Africa and of France, which are nothing else."""
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z\d]){11,30}\b")
_YEARS: Final = re.compile(r"(?:(?:19|20)\d\d(?:\D+|$))+")
_THOUSANDS: Final = re.compile(r"\+?[1-9]\d{0,2}(?:[ \u00a0\u202f\u2009.]\d{3})+")
_DATE: Final = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D\d{4}")
_LIKELY: Final = {
    "RG915": re.compile(rf"\d(?:{_SPACE}?[()]?\d){{4}}"),
    "RG916": re.compile(r"@|[\[(](?:at|arobase)[\])]", re.IGNORECASE),
    "RG917": re.compile(r"[°º]|[.,]\d{3}|///"),
    "RG918": re.compile(r"\d[^\n]{0,3}\d[^\n]{0,3}\d"),
}
"""What a text must hold at the least, which is seen sooner than all that it might be."""
_A_NUMBER: Final = 10
"""Digits from which on groups of three after a plus sign are no sum."""


def personal(reading: Reading, clean: Clean) -> Iterator[Diagnostic]:
    """Warn of what leads to a person in texts that the public would read, once for each text and kind; no value is shown.

    Args:
        reading: The submission.
        clean: What was searched before.
    """
    for part, key in _public_texts(reading.submission) if reading.submission else ():
        text = dict(own_texts(part))[key]
        for language, words in text.versions.items():
            mark = clean.mark(NOTHING, b"personal", words.encode("utf-8", "surrogatepass"))
            if clean.knows(mark):
                continue
            matches = [(code, find(words) if _LIKELY[code].search(words) else None) for code, find in _KINDS.items()]
            if not any(match for _, match in matches):
                clean.add(mark)
            for code, match in matches:
                span = text.spans.get(language)
                if match is not None and span is not None:
                    place = within(span, match, reading.texts)
                    yield replace(diagnostic(code, replace(place, length=0)), confidential=True)


def _public_texts(submission: Submission) -> Iterator[tuple[Part, str]]:
    """Yield every text that the public may read: its part and its key."""
    hidden: list[tuple[str | int, ...]] = []
    for path, part in walk_parts(submission):
        if any(path[: len(above)] == above for above in hidden):
            continue
        level = part.secrecy if isinstance(part, Organisation) else getattr(part, "level", Level.PUBLIC)
        described = isinstance(part, (Organisation, Source))
        if level is not Level.PUBLIC:
            hidden.append(path)
        for key, _ in own_texts(part):
            if level is Level.PUBLIC or (described and key == "described_as"):
                yield part, key


def _telephone(words: str) -> str | None:
    if linked := _LINKED.search(words):
        return linked[0]
    words = _ADDRESS.sub("", words)
    for pattern in _TELEPHONES:
        for match in pattern.finditer(words):
            digits = sum(sign.isdigit() for sign in match[0])
            if 8 <= digits <= 15 and not (_THOUSANDS.fullmatch(match[0]) and digits < _A_NUMBER):
                return match[0]
    for match in _CALLED.finditer(words):
        if not _is_ordinary(match["number"]):
            return match["number"]
    return None


def _is_ordinary(number: str) -> bool:
    """Whether a number is a list of years, a sum or a date."""
    return any(pattern.fullmatch(number) for pattern in (_YEARS, _THOUSANDS, _DATE))


def _e_mail(words: str) -> str | None:
    found = _E_MAIL.search(words)
    return found[0] if found else None


def _coordinates(words: str) -> str | None:
    for match in _COORDINATES[0].finditer(words):
        north, east = (abs(float(number.replace(",", "."))) for number in match.groups())
        if north <= 90 and east <= 180 and max(north, east) > 1:  # where both are less, there is only sea
            return match[0]
    return next((other[0] for pattern in _COORDINATES[1:] if (other := pattern.search(words))), None)


def _document(words: str) -> str | None:
    if iban := next((match[0] for match in _IBAN.finditer(words) if _is_iban(match[0])), None):
        return iban
    words = _ADDRESS.sub("", words)
    if plate := _PLATES.search(words):
        return plate[0]
    for pattern, digits in _DOCUMENTS:
        for match in pattern.finditer(words):
            number = match["number"]
            if sum(sign.isdigit() for sign in number) >= digits and not _is_ordinary(number):
                return number
    return None


def _is_iban(number: str) -> bool:
    """Whether the check digits of an account number are right (ISO 13616-1, ISO 7064 MOD 97-10)."""
    plain = "".join(number.split())
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


_KINDS: Final[dict[str, Callable[[str], str | None]]] = {
    "RG915": _telephone,
    "RG916": _e_mail,
    "RG917": _coordinates,
    "RG918": _document,
}
"""Each kind by its code."""

__all__ = ["personal"]
