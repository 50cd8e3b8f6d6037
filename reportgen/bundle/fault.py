"""What can go wrong with a bundle, told as any other problem."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic, Span, diagnostic


class BundleFault(Exception):  # noqa: N818 - a fault of the input, reported as such
    """A bundle can't be made, closed or opened.

    Attributes:
        found: The diagnostic.
    """

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.found = found


def fault(code: str, span: Span | None = None, **params: object) -> BundleFault:
    """Return the fault of that code."""
    return BundleFault(diagnostic(code, span, related=(), **params))


__all__ = ["BundleFault", "fault"]
