"""Many problems of one kind told as one: a newcomer's file lacks every article, and needs to be told once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.model import Diagnostic

_TREATIES: Final = ("untoc", "tip", "som", "firearms")
SEVERAL: Final = 4
"""From this many articles on they are named in one problem."""


def gathered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return what was found, with problems that several articles have told as one, at the place of the first.

    Only people read it so: for programs each keeps its own place. The articles are named in the order of the treaties.
    """
    kinds: dict[str, dict[str, Diagnostic]] = {}
    kept = []
    for item in diagnostics:
        if CODES[item.code].together and "key" in item.params:
            kinds.setdefault(item.code, {}).setdefault(item.params["key"], item)
        else:
            kept.append(item)
    for code, articles in kinds.items():
        first = next(iter(articles.values()))
        if len(articles) < SEVERAL:
            kept += articles.values()
        else:
            params = {"count": str(len(articles)), "known": ", ".join(sorted(articles, key=_treaty_order))}
            kept.append(Diagnostic(code, first.span, params, severity=first.severity))
    return kept


def _treaty_order(article: str) -> tuple[int, int]:
    instrument, _, number = article.rpartition("-")
    return _TREATIES.index(instrument) if instrument in _TREATIES else len(_TREATIES), int(number or 0)
