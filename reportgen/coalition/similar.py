"""Texts that say the same in nearly the same words (rapidfuzz), found without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, pairwise
from typing import Final, TypeVar

from reportgen.diagnostics.suggest import fold

K = TypeVar("K", bound=Hashable)
ALIKE: Final = 82.0
"""From this similarity on (0 to 100) two texts are proposed as one."""
_SHARED_WORDS: Final = 3
_COMMON: Final = 12
"""Of a run of words that more texts have than this, only neighbours in the alphabet are compared.

Most such runs are phrases of the trade; where so many do write the same, neighbours hold them together.
"""


def alike(texts: Mapping[K, Mapping[str, str]], owners: Mapping[K, AbstractSet[str]]) -> list[tuple[K, K]]:
    """Return the pairs of near-identical texts of different owners, the most alike first.

    Args:
        texts: By key, the text in each of its languages.
        owners: By key, whose text it is; nobody's texts are compared with each other.

    Only texts that share a run of three words are compared, so that the work grows with what there is to compare.
    """
    from rapidfuzz import fuzz

    folded = {key: {language: fold(text) for language, text in versions.items()} for key, versions in texts.items()}
    found: list[tuple[float, tuple[K, K]]] = []
    for one, other in _candidates(folded):
        if not owners[one].isdisjoint(owners[other]):
            continue
        shared = folded[one].keys() & folded[other].keys()
        scores = (fuzz.ratio(folded[one][tongue], folded[other][tongue], score_cutoff=ALIKE) for tongue in shared)
        if best := max(scores, default=0.0):
            found.append((best, (one, other)))
    return [pair for _, pair in sorted(found, key=lambda scored: -scored[0])]


def _candidates(folded: Mapping[K, Mapping[str, str]]) -> list[tuple[K, K]]:
    places: dict[tuple[str, tuple[str, ...]], list[K]] = defaultdict(list)
    for key, versions in folded.items():
        for language, text in versions.items():
            words = text.split()
            for run in {tuple(words[at : at + _SHARED_WORDS]) for at in range(max(len(words) - _SHARED_WORDS + 1, 1))}:
                places[language, run].append(key)
    pairs: dict[tuple[K, K], None] = {}
    for (language, _), keys in places.items():
        if 1 < len(keys) <= _COMMON:
            pairs.update(dict.fromkeys(combinations(keys, 2)))
        elif len(keys) > _COMMON:
            pairs.update(dict.fromkeys(pairwise(sorted(keys, key=lambda key: folded[key][language]))))
    return list(pairs)


def clusters(keys: Sequence[K], pairs: Iterable[tuple[K, K]], owners: Mapping[K, AbstractSet[str]]) -> list[list[K]]:
    """Return ``keys`` in groups that the pairs hold together, each in the order of ``keys``.

    What one owner tells apart stays apart, also where something of another's is like both: the first pair holds.
    """
    parent = {key: key for key in keys}
    held = dict(owners)

    def root(key: K) -> K:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        first, second = root(one), root(other)
        if first != second and held[first].isdisjoint(held[second]):
            parent[first] = second
            held[second] = held[first] | held[second]
    grouped: dict[K, list[K]] = {}
    for key in keys:
        grouped.setdefault(root(key), []).append(key)
    return list(grouped.values())
