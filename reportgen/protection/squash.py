"""Finding names however they are written: no case, no accents, no hyphens, no soft hyphens, no spaces.

A text is *folded*: every letter and digit to its plain form, everything between them to a space or a hyphen. Names of
seven signs and more are then searched without these, anywhere; shorter ones only from border to border of words, or
“Ana” would stand in every “analysis”. Of all names together one expression is made, so that a text is read once,
however many there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count, repeat
from typing import Final

from reportgen.memory import remembered
from reportgen.protection.umlauts import in_two

SHORTEST: Final = 3
"""Signs that a name needs to be searched at all."""
LONG: Final = 7
"""Signs from which on a name is searched within words too."""
_WRITTEN: Final = "æ=ae œ=oe ß=ss ø=o ł=l đ=d ð=d þ=th ħ=h ŧ=t ı=i ŋ=n ɓ=b ɗ=d ƙ=k ƴ=y ə=e ɛ=e ɔ=o ى=ي ی=ي ک=ك ة=ه ـ="
_LOOKS: Final = (
    "а=a в=b е=e һ=h н=h і=i ј=j к=k ӏ=l м=m о=o р=p ԛ=q с=c ѕ=s т=t у=y ѵ=v ԝ=w х=x ԁ=d"
    " α=a β=b ε=e η=n ι=i κ=k μ=m ν=v ο=o ρ=p τ=t υ=u χ=x ɑ=a ɡ=g ɩ=i օ=o \u115f= \u1160="
)
_PLAIN: Final = dict(pair.split("=") for pair in f"{_WRITTEN} {_LOOKS}".split(" "))
"""Letters that are often written as others, or look like others, and that Unicode takes for letters of their own."""
_EAST_ASIAN: Final = 0x2E80
_WEIGHT: Final = 4
"""What one sign of a script counts that writes a name in two of them and has no spaces."""
_RUN: Final = re.compile(r"[-. ]{2,}")
_TURNS: Final = re.compile(r"-[- ]*\.")
"""A run in which the first hyphen is not what counts."""
_MANY: Final = 300
"""Different signs of a text in a script that takes thousands."""
_EDGE, _END = "(?<![^ -])", "(?![^ -])"


class _Folds(dict[int, str]):
    """What becomes of each character: ``" "`` where it is a space, ``-`` a hyphen, ``.`` any other sign."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    if kind[0] == "M" or kind in {"Cf", "Cc"}:
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    signs = "".join(_PLAIN.get(sign, sign) for sign in plain if unicodedata.category(sign)[0] != "M")
    letters = "".join(_digit(sign) for sign in signs if sign.isalnum())
    return letters if letters or not signs else "-" if kind == "Pd" else "."


def _digit(sign: str) -> str:
    return str(unicodedata.digit(sign, sign))


_FOLDS: Final = _Folds()


def _gap(run: re.Match[str]) -> str:
    """What several signs between two letters amount to; a hyphen may stand before a break of the line."""
    return "-" if " " not in run[0] or (run[0][0] == "-" and not run[0].strip("- ")) else " "


@remembered
def fold(text: str) -> str:
    """Return ``text`` in plain letters and digits, with one space or hyphen for whatever stands between them."""
    plain = _single(_plain(text))
    if not _TURNS.search(plain):  # most runs are the end of a sentence; this is what they amount to
        plain = _single(plain.replace(". ", " ").replace(" .", " "))
    return _RUN.sub(_gap, plain).replace(".", "-")


def _single(text: str) -> str:
    """Return ``text`` with one space for several."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _plain(text: str) -> str:
    """Return ``text`` with what becomes of each character; Python does so in no time where all are of ASCII."""
    if not text.isascii() and len(signs := set(text)) < _MANY:
        for sign in signs:
            if not sign.isascii():
                text = text.replace(sign, _FOLDS[ord(sign)])
    return text.translate(_FOLDS)


def squash(text: str) -> str:
    """Return the plain letters and digits of ``text`` alone."""
    return _bare(fold(text))


def _bare(folded: str) -> str:
    return folded.replace(" ", "").replace("-", "")


def weight(text: str) -> int:
    """Return how much a name has to be recognised by: its letters and digits."""
    return sum(_WEIGHT if sign.isalpha() and ord(sign) >= _EAST_ASIAN else 1 for sign in squash(text))


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return :func:`fold` of ``text`` and, for each of its characters, where it stood."""
    lengths = map(len, map(_FOLDS.__getitem__, map(ord, text)))
    places = list(chain.from_iterable(map(repeat, count(), lengths)))
    raw = text.translate(_FOLDS)
    kept: list[int] = []
    end = 0
    for run in _RUN.finditer(raw):
        kept += places[end : run.start() + 1]
        end = run.end()
    return fold(text), kept + places[end:]


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One name in a text: where it starts, where it ends, and its number."""

    start: int
    end: int
    name: int


class Finder:
    """Finds many names in a text at once.

    Args:
        names: The names; what is lighter than ``SHORTEST`` is passed over. Words of a name are found in another order
            too, with a comma between them or without, as in “Surname, Given”.
        fixed: Those of them whose words keep their order.
    """

    def __init__(self, names: Sequence[str], fixed: Collection[str] = ()) -> None:
        self._orders = [
            (name, order, number)
            for number, name in enumerate(names)
            if weight(name) >= SHORTEST
            for order in _orders(name, turn=name not in fixed)
        ]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {"".join(order): number for _, order, number in reversed(self._orders)}

    @cached_property
    def _long(self) -> re.Pattern[str] | None:
        return _either(list("".join(order)) for name, order, _ in self._orders if weight(name) >= LONG)

    @cached_property
    def _short(self) -> re.Pattern[str] | None:
        short = (order for name, order, _ in self._orders if weight(name) < LONG)
        return _either(way for order in short for way in _ways(order))

    @property
    def short(self) -> bool:
        """Whether some names are searched from border to border of words only."""
        return self._short is not None

    def found(self, text: str) -> bool:
        """Whether any name stands in ``text``; quick where none does."""
        if not self._orders:
            return False
        folded = fold(text)
        return bool((self._short and self._short.search(folded)) or (self._long and self._long.search(_bare(folded))))

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield every name in ``text`` with its place."""
        if not self.found(text):
            return
        folded, places = _fold_with_places(text)
        if self._short:
            yield from self._placed(self._short.finditer(folded), places)
        if self._long:
            bare = [place for sign, place in zip(folded, places, strict=True) if sign not in " -"]
            yield from self._placed(self._long.finditer(_bare(folded)), bare)

    def _placed(self, matches: Iterable[re.Match[str]], places: list[int]) -> Iterator[Hit]:
        for match in matches:
            start, end = match.span(1)
            yield Hit(places[start], places[end - 1] + 1, self._numbers[_bare(match[1])])


def _orders(name: str, *, turn: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name in every order in which names are written: as it is, and the last ones first."""
    for spelt in dict.fromkeys((name, in_two(name))):
        words = tuple(bare for word in re.split(r"[\s,]+", spelt) if (bare := squash(word)))
        for first in range(len(words) if turn and len(words) <= _MOST_WORDS else 1):
            yield words[first:] + words[:first]


_MOST_WORDS: Final = 4
"""A name of more words is a title, which nobody turns round."""


def _ways(words: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield how a short name may stand in folded text: with hyphens anywhere and spaces between words, or s p a c e d.

    A space within a word does not count: “son mari a” is not Maria.
    """
    joined: list[str] = [_EDGE]
    for number, word in enumerate(words):
        joined += ["[ -]?"] * bool(number) + [part for sign in word for part in (sign, "-?")][:-1]
    yield [*joined, _END]
    yield [_EDGE, *[part for sign in "".join(words) for part in (sign, "[ -]")][:-1], _END]


def _either(ways: Iterable[list[str]]) -> re.Pattern[str] | None:
    """Return one expression for all ``ways``, with what they begin with in common written once."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for way in ways:
        node = tree
        for part in way:
            node = node.setdefault(part, {})
        node[""] = {}
    return re.compile(f"(?=({_written(tree)}))") if tree else None


_DEEPEST: Final = 20
"""Groups within each other; names that still differ further on are written one by one."""


def _written(node: dict[str, dict], depth: int = 0) -> str:  # type: ignore[type-arg]
    """Write a tree as an expression; longer ways come first."""
    begin = ""
    while len(node) == 1 and "" not in node:
        [(part, node)] = node.items()
        begin += _part(part)
    if depth == _DEEPEST:
        branches = sorted(_all_written(node), key=len, reverse=True)
    else:
        branches = [_part(part) + _written(rest, depth + 1) for part, rest in node.items() if part]
        branches += [""] * ("" in node)
    return begin + (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})")


def _all_written(node: dict[str, dict]) -> Iterator[str]:  # type: ignore[type-arg]
    waiting = [("", node)]
    while waiting:
        begin, node = waiting.pop()
        for part, rest in node.items():
            if part:
                waiting.append((begin + _part(part), rest))
            else:
                yield begin


def _part(part: str) -> str:
    return re.escape(part) if len(part) == 1 else part


__all__ = ["LONG", "SHORTEST", "Finder", "Hit", "fold", "squash", "weight"]
