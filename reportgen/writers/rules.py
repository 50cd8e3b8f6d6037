"""The rules of a style sheet that apply to an element, found again for those that are like it.

For each element WeasyPrint 70 asks some sixty selectors whether they apply. Most of them ask for nothing but the name
of the element and some of its attributes, and have the same answer for all that have these in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from operator import itemgetter
from types import CodeType
from typing import Any, Final

_MOST: Final = 5_000
_INDEXES: Final = {
    "id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors", "lang_attr_selectors",
    "other_selectors", "order",
}  # fmt: skip
"""By what cssselect2 looks rules up, and how it counts them."""
_OWN: Final = {"attrib", "classes", "etree_element", "get", "in_html_document", "local_name", "lower", "tag"}
"""What it asks an element about itself."""
_VARIED: Final = {"alt", "href", "id", "src", "style", "title"}
"""Attributes that elements rarely have in common."""


def is_known() -> bool:
    """Whether rules are looked up as is known here."""
    from cssselect2 import Matcher  # type: ignore[import-untyped]

    return set(vars(Matcher())) == _INDEXES


class Matching:
    """Finds the rules that apply to elements: what depends on their names and attributes alone is asked once for all."""

    def __init__(self, sheets: Any) -> None:
        """Get ready.

        Args:
            sheets: The style sheets, each with its origin and, if it has one, the weight of all its rules.
        """
        self._sheets = sheets
        matchers = [sheet.matcher for sheet, _, _ in sheets]
        self._ids = {key for matcher in matchers for key in matcher.id_selectors}
        indexes = [index for matcher in matchers for index in vars(matcher).values() if isinstance(index, dict)]
        lists = [selectors for index in indexes for selectors in index.values()]
        lists += [
            selectors for matcher in matchers for selectors in (matcher.lang_attr_selectors, matcher.other_selectors)
        ]
        self._asked = {"class", "lang"}.union(
            *(_own(selector[0]) or () for selectors in lists for selector in selectors)
        )
        self._known: dict[Any, list[tuple[Callable[[Any], bool] | None, Any]]] = {}

    def rules(self, wrapper: Any) -> list[Any]:
        """Return what applies to an element and its parts, with its weight, what is weaker first."""
        element = wrapper.etree_element
        said = [item for item in element.items() if item[0] in self._asked]
        key = element.tag, element.get("id") if element.get("id") in self._ids else None, *said
        if key not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            self._known[key] = [rule for sheet in self._sheets for rule in self._of(wrapper, *sheet)]
        return [rule for applies, rule in self._known[key] if applies is None or applies(wrapper)]

    def _of(
        self, wrapper: Any, sheet: Any, origin: str, weight: Any
    ) -> Iterator[tuple[Callable[[Any], bool] | None, Any]]:
        """Yield what of a sheet may apply to all such elements, each with what is still to be asked of one, if anything."""
        from cssselect2 import ascii_lower

        matcher = sheet.matcher
        selectors = [*matcher.id_selectors.get(wrapper.id, ()), *matcher.other_selectors]
        for name in wrapper.classes:
            selectors += matcher.class_selectors.get(name, ())
        selectors += matcher.lower_local_name_selectors.get(ascii_lower(wrapper.local_name), ())
        selectors += matcher.namespace_selectors.get(wrapper.namespace_url, ())
        selectors += matcher.lang_attr_selectors if "lang" in wrapper.etree_element.attrib else ()
        for applies, specificity, _, part, (said, layer) in sorted(selectors, key=itemgetter(1, 2)):
            rule = origin, weight or specificity, part, said, inf if layer is None else sheet.layers.index(layer)
            if _own(applies) is None:
                yield applies, rule
            elif applies(wrapper):
                yield None, rule


def _own(applies: Callable[[Any], bool]) -> set[Any] | None:
    """Return the attributes that a selector asks of an element, among other words; nothing if it asks anything else."""
    code = applies.__code__
    words = set(code.co_consts)
    if words & _VARIED or not set(code.co_names) <= _OWN or any(isinstance(word, CodeType) for word in words):
        return None
    return words
