"""The forms of a report, and what the renderer says about one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic

FORMATS: Final = ("pdf", "html")
"""What a report can be written in."""
_POINT: Final = re.compile(r" at \d+:\d+")
_MOST: Final = 200
"""Signs of a warning that are shown."""


def told(
    warnings: Iterable[str], places: Mapping[str, Span], of_sheet: Mapping[str, Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Tell the renderer's warnings.

    Args:
        warnings: They.
        places: Where in the input each part of the report comes from, by its id.
        of_sheet: Those that the style sheet of the theme causes by itself, told with their places in it.
    """
    others = [warning for warning in dict.fromkeys(warnings) if placeless(warning) not in of_sheet]
    return (*of_sheet.values(), *(_warning(warning, places) for warning in others))


def placeless(warning: str) -> str:
    """Return a warning about a style sheet without its line and column."""
    return _POINT.sub("", warning)


def _warning(message: str, places: Mapping[str, Span]) -> Diagnostic:
    """Tell a warning with the place in the input of the part it names."""
    named = re.search(r"#([\w-]+)", message)
    return diagnostic("RG706", places.get(named.group(1)) if named else None, reason=message[:_MOST])
