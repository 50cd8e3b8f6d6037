"""How each kind of value is read from the text of the YAML: the leaves of the format.

A :class:`Kind` knows how to read a node and what an editor should know about it (JSON Schema). Reading never stops at
the first fault: it reports to the :class:`Context` and returns ``INVALID``, so that all problems come at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

from reportgen.diagnostics import Diagnostic, Span, nearest
from reportgen.diagnostics.suggest import fold
from reportgen.languages.pairs import ISO_639_1, Text
from reportgen.languages.states import State, find_state, state_names
from reportgen.submission import nodes

T = TypeVar("T")
Schema = dict[str, Any]

MAX_TEXT: Final = 60_000
"""Characters in one text; the longest answer of a real report is under a tenth of it."""
MAX_NAME: Final = 1_000
"""Characters of a title or a name, which stands wherever it is cited; in a running text each stands once."""
MAX_WORD: Final = 500
MAX_ADDRESS: Final = 2_000
"""What servers and browsers agree on; a page has no room for more."""
_ABOUT_TEXT: Final = ("made_from", "original")
"""Keys of a text that are no language."""
_LANGUAGE_NAMES: Final = {"english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr"}
RECORDED: Final = "recorded"
"""A consent of which a bundle tells that it was given, and not when."""
_TRUE: Final = frozenset({"true", "yes", "on", "oui", "vrai"})
_FALSE: Final = frozenset({"false", "no", "off", "non", "faux"})


class _Invalid:
    """What reading returns where it had to report a problem."""

    def __repr__(self) -> str:
        return "INVALID"


INVALID: Final[Any] = _Invalid()


def invalid(value: object) -> bool:
    """Whether reading gave nothing because it had to report a problem."""
    return value is INVALID


@dataclass
class Context:
    """What reading needs to know, and where it reports.

    Attributes:
        language: Language of texts given in one language only.
        found: The problems, in the order of reading.
    """

    language: str = "en"
    found: list[Diagnostic] = field(default_factory=list)

    def refuse(self, code: str, span: Span, **params: object) -> Any:
        """Report a problem and return ``INVALID``."""
        self.found.append(Diagnostic(code, span, {name: str(value) for name, value in params.items()}))
        return INVALID


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of value: how it is read, and its JSON Schema."""

    read: Callable[[nodes.Node, Context], T]
    schema: Callable[[], Schema]


def read_scalar(node: nodes.Node, context: Context) -> str:
    """Return the text of a scalar, stripped; report a mapping, a list or an empty value."""
    if isinstance(node, nodes.Scalar) and not node.missing:
        return node.text.strip()
    code = "RG206" if isinstance(node, nodes.Mapping) else "RG207" if isinstance(node, nodes.Sequence) else "RG205"
    return context.refuse(code, node.span)


def _word(node: nodes.Node, context: Context) -> str:
    text = read_scalar(node, context)
    if not invalid(text) and ("\n" in text or len(text) > MAX_WORD):
        return context.refuse("RG208", node.span)
    return text


def _text(node: nodes.Node, context: Context) -> Text:
    """A string in the submission's language, or a mapping from language to string.

    The mapping may say which is the ``original``, by default that in the language of the submission, and what each
    translation was ``made_from``.
    """
    if not isinstance(node, nodes.Mapping):
        words = read_scalar(node, context)
        return (
            INVALID
            if invalid(words)
            else _bounded(Text({context.language: words}, context.language, {}, {context.language: node.span}), context)
        )
    versions: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for language, value in node.entries.items():
        if language in _ABOUT_TEXT or (isinstance(value, nodes.Scalar) and value.missing):
            continue
        if language not in ISO_639_1:
            return _not_a_language(node, language, context)
        words = read_scalar(value, context)
        if invalid(words):
            return INVALID
        versions[language], spans[language] = words, value.span
    if not versions:
        return context.refuse("RG205", node.span)
    original = _original(node.entries.get("original"), versions, context)
    marks = _made_from(node.entries.get("made_from"), versions, original, context)
    return _bounded(Text(versions, original, marks, spans), context)


def _original(node: nodes.Node | None, versions: Mapping[str, str], context: Context) -> str:
    if isinstance(node, nodes.Scalar) and not node.missing:
        if node.text in versions:
            return node.text
        known = ", ".join(versions)
        context.refuse(
            "RG218", node.span, value=node.text[:40], known=known, suggestion=nearest(node.text, versions) or ""
        )
    return context.language if context.language in versions else next(iter(versions))


def _not_a_language(node: nodes.Mapping, key: str, context: Context) -> Any:
    """A key that is no language: mostly a sentence with a colon in a list, which YAML reads as a mapping."""
    if len(node.entries) == 1 and (" " in key or len(key) > 12):
        return context.refuse("RG204", node.keys[key])
    return context.refuse(
        "RG209",
        node.keys[key],
        key=key,
        suggestion=_LANGUAGE_NAMES.get(key.casefold()) or nearest(key, ("en", "fr", *_ABOUT_TEXT)) or "",
    )


def _made_from(node: nodes.Node | None, versions: Mapping[str, str], original: str, context: Context) -> dict[str, str]:
    if node is None or (isinstance(node, nodes.Scalar) and node.missing):
        return {}
    if isinstance(node, nodes.Mapping):
        marks = dict(node.entries)
    else:
        marks = {language: node for language in versions if language != original}
    read = {language: _word(mark, context) for language, mark in marks.items()}
    for language, mark in read.items():
        if not invalid(mark) and not re.fullmatch("[0-9a-f]{8}", mark):
            context.refuse("RG210", marks[language].span)
            return {}
    return {language: mark for language, mark in read.items() if not invalid(mark)}


def _bounded(text: Text, context: Context, limit: int = MAX_TEXT) -> Text:
    for language, version in text.versions.items():
        if len(version) > limit:
            return context.refuse("RG211", text.spans[language], size=len(version), limit=limit)
    return text


def _name(node: nodes.Node, context: Context) -> Text:
    text = _text(node, context)
    return INVALID if invalid(text) else _bounded(text, context, MAX_NAME)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as precisely as it is known: year, month of a year, or day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join(f"{part:02}" for part in (self.year, self.month, self.day) if part is not None)

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        if self.day:
            return self.first
        following = date(self.year + 1, 1, 1) if self.month in {None, 12} else date(self.year, (self.month or 0) + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


def _day(node: nodes.Node, context: Context) -> Day:
    text = read_scalar(node, context)
    if invalid(text):
        return INVALID
    if not (match := re.fullmatch(r"([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)):
        return context.refuse("RG212", node.span, value=text[:40], suggestion=_iso_guess(text))
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return context.refuse("RG213", node.span, value=text)
    return Day(year, month, day)


def _iso_guess(text: str) -> str:
    """Guess the ISO form of a date typed another way, day first as in the UN's languages; empty where there is none."""
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text, re.ASCII):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{4})[./-](\d{1,2})(?:[./-](\d{1,2}))?", text, re.ASCII):
        year, month, day = (int(part or 0) for part in match.groups())
    else:
        return ""
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")


@dataclass(frozen=True, slots=True)
class Few:
    """A count that is too small to be told: some, but fewer than ``limit``."""

    limit: int


Count = Decimal | Few | None
"""A figure as readers may know it; ``None`` where there is none."""


def _number(node: nodes.Node, context: Context) -> Count:
    """A figure, or ``<5``; an empty value is a missing figure (``None``), never zero."""
    if isinstance(node, nodes.Scalar) and node.missing:
        return None
    text = read_scalar(node, context)
    if invalid(text):
        return INVALID
    if few := re.fullmatch(r"< ?([1-9]\d{0,2})", text, re.ASCII):
        return Few(int(few[1]))
    if not re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", text, re.ASCII):
        plain = re.sub(r"[.,\s\u00a0\u202f](?=\d{3}(\D|$))", "", text).replace(",", ".")
        sign, digits = "-" if plain.startswith("-") else "", re.sub(r"[^\d.]", "", plain)
        whole = re.sub(r"^0+(?=\d)", "", digits)
        guess = f"{sign}{whole}" if re.fullmatch(r"\d+(\.\d{1,6})?", whole) else ""
        return context.refuse("RG214", node.span, value=text[:40], suggestion=guess)
    return Decimal(text)


def _integer(node: nodes.Node, context: Context) -> int:
    text = read_scalar(node, context)
    if not invalid(text) and not re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII):
        return context.refuse("RG215", node.span, value=text[:40])
    return INVALID if invalid(text) else int(text)


def _flag(node: nodes.Node, context: Context) -> bool:
    text = read_scalar(node, context)
    if not invalid(text) and text.casefold() not in _TRUE | _FALSE:
        return context.refuse("RG216", node.span, value=text[:40])
    return INVALID if invalid(text) else text.casefold() in _TRUE


def _consent(node: nodes.Node, context: Context) -> Day | bool:
    """The day a consent was given, or no; a plain yes does not count, for nobody could say what was agreed to.

    In a bundle it is ``recorded``: whoever sent it has the day, which would tell when the person was met.
    """
    if isinstance(node, nodes.Scalar) and node.text.strip().casefold() in _FALSE:
        return False
    if isinstance(node, nodes.Scalar) and node.text.strip().casefold() in _TRUE:
        return context.refuse("RG228", node.span)
    if isinstance(node, nodes.Scalar) and node.text.strip().casefold() == RECORDED:
        return True
    return _day(node, context)


def _url(node: nodes.Node, context: Context) -> str:
    text = read_scalar(node, context)
    if invalid(text):
        return INVALID
    if len(text) > MAX_ADDRESS:
        return context.refuse("RG211", node.span, size=len(text), limit=MAX_ADDRESS)
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not re.search(r"[\s<>\"]", text)
    except ValueError:
        valid = False
    return text if valid else context.refuse("RG217", node.span, value=text[:80])


_FRENCH: Final = {
    "faible": ("poor", "low"), "bonne": ("good",), "moyenne": ("moderate", "medium"), "aucune": ("none",), "aucun": ("none",),
    "inconnu": ("unknown",), "inconnue": ("unknown",), "pleinement": ("full",), "partiellement": ("partly",), "largement": ("largely",),
    "oui": ("yes",), "non": ("no",), "en partie": ("in_part", "partly"), "haute": ("high",), "elevee": ("high",), "basse": ("low",),
    "lacune": ("deficiency",), "bonne pratique": ("good_practice",), "cas": ("case",), "chiffres": ("statistic",), "evolution": ("development",),
    "entretien": ("interview",), "temoignage": ("testimony",), "loi": ("legislation",), "jugement": ("court_decision",), "presse": ("media",),
    "confidentiel": ("confidential",), "membres": ("members",),
}  # fmt: skip
"""What French speakers write for the words of the format, for *did you mean*."""


def _in_english(text: str, known: list[str]) -> str:
    return next((word for word in _FRENCH.get(fold(text), ()) if word in known), "")


def one_of(words: type[Enum]) -> Kind[Any]:
    """One of the words of an enumeration; case, hyphens and spaces do not matter."""

    def read(node: nodes.Node, context: Context) -> Any:
        text = read_scalar(node, context)
        if invalid(text):
            return INVALID
        known = [str(member.value) for member in words]
        folded = text.replace("-", "_").replace(" ", "_").casefold()
        if folded in known:
            return words(folded)
        return context.refuse(
            "RG218",
            node.span,
            value=text[:40],
            known=", ".join(known),
            suggestion=_in_english(text, known) or nearest(text, known) or "",
        )

    return Kind(read, lambda: {"enum": [member.value for member in words]})


_ARTICLES: Final = {"le": "le", "la": "la", "les": "les", "l'": "l’", "l’": "l’", "": ""}
_STATE_KEYS: Final = ("code", "name", "french")
_PREPOSITIONS: Final = ("au", "en", "aux", "à")


def _state(node: nodes.Node, context: Context) -> State:
    """A code or name among the UN short names, or a mapping for a State that the list lacks."""
    if not isinstance(node, nodes.Mapping):
        text = read_scalar(node, context)
        if invalid(text):
            return INVALID
        if state := find_state(text):
            return state
        return context.refuse("RG221", node.span, value=text[:60], suggestion=nearest(text, state_names()) or "")
    for key, span in node.keys.items():
        if key not in _STATE_KEYS:
            suggestion = nearest(key, _STATE_KEYS) or ""
            return context.refuse("RG201", span, key=key, suggestion=suggestion, known=", ".join(_STATE_KEYS))
    code, name, french = (node.entries.get(key) for key in ("code", "name", "french"))
    grammar = french.entries if isinstance(french, nodes.Mapping) else {}
    for key in grammar:
        if isinstance(french, nodes.Mapping) and key not in {"article", "in"}:
            return context.refuse(
                "RG201",
                french.keys[key],
                key=key,
                suggestion=nearest(key, ("article", "in")) or "",
                known="article, in",
            )
    written = {
        "code": _bare(code),
        "en": _bare(name.entries.get("en")) if isinstance(name, nodes.Mapping) else "",
        "fr": _bare(name.entries.get("fr")) if isinstance(name, nodes.Mapping) else "",
    }
    article, preposition = _bare(grammar.get("article")), _bare(grammar.get("in")) or "en"
    if not (
        re.fullmatch("[A-Z]{2,3}", written["code"])
        and written["en"]
        and written["fr"]
        and article in _ARTICLES
        and preposition in _PREPOSITIONS
        and max(map(len, written.values())) <= MAX_WORD
    ):
        return context.refuse("RG222", node.span)
    return State(written["code"], written["code"], written["en"], written["fr"], _ARTICLES[article], preposition)


def _bare(node: nodes.Node | None) -> str:
    return node.text.strip() if isinstance(node, nodes.Scalar) and not node.missing else ""


def _text_schema() -> Schema:
    return {"$ref": "#/$defs/text"}


TEXT_SCHEMA: Final[Schema] = {
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {
            "type": "object",
            "properties": {
                "en": {"type": ["string", "number", "boolean", "null"], "description": "English"},
                "fr": {"type": ["string", "number", "boolean", "null"], "description": "French"},
                "original": {"type": "string", "description": "Language of the original; by default the submission's"},
                "made_from": {
                    "type": ["string", "number", "object"],
                    "description": "Fingerprint of the original when the translation was made",
                },
            },
            "additionalProperties": {"type": "string"},
            "minProperties": 1,
        },
    ]
}
_STATE_SCHEMA: Final[Schema] = {
    "anyOf": [
        {"type": "string", "description": "ISO 3166-1 code (KE, KEN) or UN short name in English or French"},
        {
            "type": "object",
            "description": "A State that ISO 3166-1 lacks",
            "required": ["code", "name"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "pattern": "^[A-Z]{2,3}$"},
                "name": {
                    "type": "object",
                    "required": ["en", "fr"],
                    "properties": {"en": {"type": "string"}, "fr": {"type": "string"}},
                },
                "french": {
                    "type": "object",
                    "properties": {
                        "article": {"enum": ["le", "la", "les", "l’", ""]},
                        "in": {"enum": list(_PREPOSITIONS)},
                    },
                },
            },
        },
    ]
}

WORD: Final[Kind[str]] = Kind(_word, lambda: {"type": ["string", "number", "boolean"]})
TEXT: Final[Kind[Text]] = Kind(_text, _text_schema)
NAME: Final[Kind[Text]] = Kind(_name, _text_schema)
"""A text that is printed wherever somebody refers to it: a title, a name."""
DAY: Final[Kind[Day]] = Kind(_day, lambda: {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"})
CONSENT: Final[Kind[Day | bool]] = Kind(
    _consent, lambda: {"anyOf": [DAY.schema(), {"enum": [False, "no", "non", RECORDED]}]}
)
NUMBER: Final[Kind[Count]] = Kind(
    _number, lambda: {"anyOf": [{"type": ["number", "null"]}, {"type": "string", "pattern": "^< ?[1-9]\\d{0,2}$"}]}
)
INTEGER: Final[Kind[int]] = Kind(_integer, lambda: {"type": "integer"})
FLAG: Final[Kind[bool]] = Kind(_flag, lambda: {"type": ["boolean", "string"]})
URL: Final[Kind[str]] = Kind(_url, lambda: {"type": "string", "format": "uri"})
STATE: Final[Kind[State]] = Kind(_state, lambda: _STATE_SCHEMA)
