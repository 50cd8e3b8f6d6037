"""The styles of a piece, which take over what was worked out for the pieces before.

WeasyPrint 70 applies the style sheet to each piece anew, and works out some hundred properties for each of its styles;
an element with an id or a language shares no style with any other, and every element has a style for each of its seven
pseudo-elements. But the pieces of a report have one style sheet, and what a style is depends only on the rules that
apply to an element and on the style of its parent. So it is looked up by these, from the root down, and each property
is worked out once in all pieces.

What a piece changes in a style afterwards stays its own: values are taken over, not styles. A style that asks for the
size of the page is not taken over, since the first page may have another size in the next piece.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from math import inf
from typing import Any, Final

from reportgen.writers.rules import Matching, is_known

_MOST_SHEETS: Final = 4
_MOST_STYLES: Final = 5_000


class Known:
    """What is known of a style, and of those below it.

    Attributes:
        values: Its properties, as they are computed, and
        specified: those that the style sheet says otherwise.
        facts: What else depends on it alone, by the attribute of the style that holds it.
        rules: What is declared for the element and its pseudo-elements, by these.
        below: The styles of children, pseudo-elements and parts without an element, by what makes them.
        lasting: Whether it is the same in other pieces.
    """

    __slots__ = ("below", "facts", "lasting", "rules", "specified", "values")

    def __init__(self) -> None:
        """Know nothing yet."""
        self.values: dict[str, Any] = {}
        self.specified: dict[str, Any] = {}
        self.facts: dict[str, Any] = {}
        self.rules: dict[str | None, dict[str, Any]] = {}
        self.below: dict[Any, Known] = {}
        self.lasting = True

    def at(self, key: Any) -> Known:
        """Return the style below this one that ``key`` makes."""
        found = self.below.get(key)
        if found is None or not found.lasting:
            found = self.below[key] = Known()
        return found

    def __len__(self) -> int:
        return 1 + sum(len(known) for known in self.below.values())

    def __bool__(self) -> bool:
        return True


def _key(said: Any) -> Any:
    """Return what tells declarations from others: they, or where they hold lists, something that is like nothing else."""
    try:
        hash(said)
    except TypeError:
        return object()
    return said


def _found(style: Any, key: str, work_out: Callable[[str], Any]) -> Any:
    """Return a property of a style, worked out if it is not known."""
    values = style.known.values
    if key in values:
        style[key] = values[key]
    else:
        values[key] = work_out(key)
    return values[key]


def share() -> None:
    """Have the renderer take over styles; once is enough."""
    from weasyprint import css

    if is_known():
        css.StyleFor = _style_for(css)


def _style_for(css: Any) -> Any:
    tops: dict[Any, tuple[Any, Known, Matching]] = {}

    def top(sheets: Any, font_config: Any, base_url: str | None) -> tuple[Known, Matching]:
        """Return what is above all styles; sheets and fonts are kept with it, so that nothing else takes their place."""
        key = tuple(id(sheet) for sheet, _, _ in sheets), id(font_config), base_url
        if key in tops and len(tops[key][1]) > _MOST_STYLES:
            del tops[key]
        if key not in tops:
            tops[key] = (sheets, font_config), Known(), Matching(sheets)
            if len(tops) > _MOST_SHEETS:
                del tops[next(iter(tops))]
        return tops[key][1:]

    class Anonymous(css.AnonymousStyle):  # type: ignore[misc] # untyped base
        """The style of a part without an element."""

        def __init__(self, parent: Any, known: Known) -> None:
            super().__init__(parent)
            self.known = known
            self.__dict__.update(known.facts)
            self.update(known.values)

        @cached_property
        def anonymous_style(self) -> Any:
            return Anonymous(self, self.known.at(None))

        def __missing__(self, key: str) -> Any:
            return _found(self, key, super().__missing__)

    class Computed(css.ComputedStyle):  # type: ignore[misc] # untyped base
        """The style of an element."""

        def __init__(self, known: Known, *arguments: Any) -> None:
            super().__init__(*arguments)
            self.known = known
            self.specified = known.specified
            self.__dict__.update(known.facts)
            self.update(known.values)

        @property
        def initial_page_sizes(self) -> Any:
            self.known.lasting = False
            return self._sizes

        @initial_page_sizes.setter
        def initial_page_sizes(self, sizes: Any) -> None:
            self._sizes = sizes

        @cached_property
        def anonymous_style(self) -> Any:
            return Anonymous(self, self.known.at(None))

        def copy(self) -> Any:
            """Return a style that can be changed; that of a note, which loses its float, is known again."""
            arguments = (self.parent_style, self.cascaded, self.pseudo_type, self.root_style, self.base_url,
                         self.font_config, self._sizes)  # fmt: skip
            noted = self["float"] == "footnote"
            copy = Computed(self.known.at("note"), *arguments) if noted else css.ComputedStyle(*arguments)
            copy.update(self)
            copy.specified = self.specified.copy()
            return copy

        def __missing__(self, key: str) -> Any:
            return _found(self, key, super().__missing__)

    class StyleFor(css.StyleFor):  # type: ignore[misc] # untyped base
        """The styles of the elements of a document and of its pages."""

        def __init__(
            self, html: Any, sheets: Any, presentational_hints: bool, font_config: Any, target_collector: Any
        ) -> None:
            self._cascaded_styles: dict[Any, Any] = {}
            self._computed_styles: dict[Any, Any] = {}
            self.initial_page_sizes = {"box": None, "area": None}
            self._sheets, self.font_config = sheets, font_config
            self._base_url, self._root = html.base_url, html.etree_element
            self._known: dict[Any, Known] = {}
            css.PROGRESS_LOGGER.info("Step 3 - Applying CSS")
            hints = _hints(html, presentational_hints)
            highest, matching = top(sheets, font_config, html.base_url)
            shared: dict[Known, Any] = {}
            anchored = []
            for wrapper in html.wrapper_element.iter_subtree():
                element = wrapper.etree_element
                parent = wrapper.parent.etree_element if wrapper.parent else None
                said, anchor = hints.get(element, ((), None))
                matched = matching.rules(wrapper)
                key = _key(said), tuple((id(rule[3]), rule[1], rule[2]) for rule in matched)
                known = (self._known[parent] if parent is not None else highest).at(key)
                if not known.rules:
                    known.rules = _rules(said, matched)
                self._known[element] = known
                style = shared.get(known) if anchor is None else None
                if style is None:
                    style = self._computed(known, element, parent)
                    if anchor is None:
                        shared[known] = style
                    elif "anchor" not in known.rules[None]:
                        style["anchor"] = anchor
                self._computed_styles[element, None] = style
                if target_collector and style["anchor"]:
                    target_collector.collect_anchor(style["anchor"])
                anchored += [(element, part) for part, rules in known.rules.items() if part and "anchor" in rules]
            for element, part in anchored:
                if target_collector and (anchor := self(element, part)["anchor"]):
                    target_collector.collect_anchor(anchor)

        def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
            """Return the style of an element, or of a part of it that has one; these are made when asked for."""
            if pseudo_type and (element, pseudo_type) not in self._computed_styles:
                known = self._known.get(element)
                if known and pseudo_type in known.rules:
                    style = self._computed(known.at(pseudo_type), element, element, pseudo_type, known.rules)
                    self._computed_styles[element, pseudo_type] = style
            return super().__call__(element, pseudo_type)

        def set_computed_styles(
            self, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **_: Any
        ) -> None:
            """Make the style of a page or of one of its margins."""
            rules = self._cascaded_styles.get((element, pseudo_type), {})
            said = tuple((name, id(value), str(weight)) for name, (value, weight) in rules.items())
            known = self._known[parent].at((pseudo_type, said))
            known.rules = {pseudo_type: rules}
            if pseudo_type is None:
                self._known[element] = known
            self._computed_styles[element, pseudo_type] = self._computed(known, element, parent, pseudo_type)

        def _computed(self, known: Known, element: Any, parent: Any, part: str | None = None, rules: Any = None) -> Any:
            root = element is self._root and not part
            return Computed(
                known,
                None if root else self._computed_styles[parent, None],
                (rules or known.rules)[part],
                part,
                css.InitialStyle(self.font_config) if root else self._computed_styles[self._root, None],
                self._base_url,
                self.font_config,
                self.initial_page_sizes,
            )

    def _hints(html: Any, presentational_hints: bool) -> dict[Any, tuple[Any, str | None]]:
        """Return what attributes of elements declare, and their anchors."""
        found: dict[Any, Any] = {}
        for specificity, element, declarations, base_url in css.find_style_attributes(
            html.etree_element, presentational_hints, html.base_url
        ):
            said, anchor = found.get(element, ((), None))
            for name, values, importance in css.preprocess_declarations(base_url, declarations):
                if name == "anchor":
                    anchor = values
                else:
                    said += ((name, values, importance, specificity),)
            found[element] = said, anchor
        return found

    def _rules(said: Any, matched: Any) -> dict[str | None, dict[str, Any]]:
        rules: dict[str | None, dict[str, Any]] = {None: {}}
        everything = [("author", specificity, None, [declared[:3]], inf) for *declared, specificity in said] + matched
        for origin, specificity, part, declarations, layer in everything:
            style = rules.setdefault(part, {})
            for name, values, importance in declarations:
                weight = css.declaration_precedence(origin, importance), layer, specificity
                if name not in style or style[name][1] <= weight:
                    style[name] = values, weight
        return rules

    return StyleFor
