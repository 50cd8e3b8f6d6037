"""Style sheets of the house's own: they may change every look, but they load nothing and leave their element never."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic

_LOADERS: Final = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "local", "element", "cross-fade"})
"""Functions that load what a string within them names; ``local`` a font of this machine, which the next one lacks."""
_HARMLESS: Final = re.compile(r"data:(image/(png|jpeg|gif|webp|svg\+xml)|font/[a-z0-9+-]+|application/font-[a-z]+)[;,]")


def check_css(text: str, file: str) -> Iterator[Diagnostic]:
    """Yield what a style sheet may not do, and where it can't be read.

    Args:
        text: The style sheet.
        file: Its name in messages.
    """
    if match := re.search(r"</style|<!--|-->", text, re.IGNORECASE):
        before = text[: match.start()]
        yield diagnostic("RG723", Span(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1, 2))
        return
    for line, column, what in loads(text):
        span = Span(file, line, column)
        yield diagnostic("RG722", span, value=what) if what else diagnostic("RG723", span)


def loads(text: str, *, declarations: bool = False, also: str = "") -> Iterator[tuple[int, int, str]]:
    """Yield line, column and address of everything that a style sheet would load; of what can't be read, no address.

    Args:
        text: A style sheet, or the value of a ``style`` attribute where ``declarations`` is set.
        declarations: Whether it is such a value.
        also: Beginning of addresses that may be loaded besides data that stands in the style sheet itself.
    """
    import tinycss2

    tokens: list[Any] = tinycss2.parse_component_value_list(text, skip_comments=True)
    if not declarations:
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "error":
                yield rule.source_line, rule.source_column, ""
    waiting = [(token, False) for token in reversed(tokens)]
    while waiting:
        token, loading = waiting.pop()
        address = None
        if token.type == "at-keyword" and token.lower_value in {"import", "namespace"}:
            address = f"@{token.lower_value}"
        elif token.type == "url" or (token.type == "string" and loading):
            address = token.value.strip()
        elif token.type == "function" and token.lower_name == "local":
            address = "local()"
        elif token.type == "function" and loading and token.lower_name in {"var", "env", "attr"}:
            address = f"{token.lower_name}()"  # may bring an address from anywhere
        elif token.type == "error":
            yield token.source_line, token.source_column, ""
        if address is not None and not _HARMLESS.match(address.casefold()) and not (also and address.startswith(also)):
            yield token.source_line, token.source_column, address[:80] or "url()"
        inner = token.arguments if token.type == "function" else getattr(token, "content", None)
        inside = loading or (token.type == "function" and token.lower_name in _LOADERS)
        waiting += [(part, inside) for part in reversed(inner or [])]
