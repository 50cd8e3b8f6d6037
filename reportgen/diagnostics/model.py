"""What can be wrong, and where: the values that every stage returns beside its result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from reportgen.diagnostics.keys import FORMAT_KEYS

KEYS_AS_WRITTEN = frozenset({"RG116", "RG201", "RG209", "RG224"})
"""Codes whose ``key`` is one that the format does not know, and so may be a piece of text."""


class Severity(IntEnum):
    """How much a diagnostic matters; an error stops the build, a warning only does with ``--strict``."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name used in JSON and in GitHub annotations (untranslated)."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: line and column count from 1, in characters; ``length`` may be 0 where only a point is known.

    In line 0 is what concerns the file as a whole.
    """

    file: str
    line: int = 1
    column: int = 1
    length: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains the first, such as the earlier of two duplicate keys."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about the input, free of any language until it is rendered.

    Attributes:
        code: Stable code, a key of :data:`reportgen.diagnostics.codes.CODES`.
        span: Where it is; ``None`` when it concerns the whole submission.
        params: Named parameters of the message. A parameter called ``value`` holds text taken from the input and is
            withheld where the place is confidential; all others are ours (keys, identifiers, counts).
        related: Further places.
        severity: Overrides the severity of the code, as ``--final`` does.
        confidential: The place lies in confidential matter: no rendering may show its text.
    """

    code: str
    span: Span | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    confidential: bool = False

    def withheld(self) -> Diagnostic:
        """Return the same diagnostic without anything that was written at its place, and without its length."""
        written = {"value", "suggestion"} | (
            {"key"} if self.code in KEYS_AS_WRITTEN and self.params.get("key") not in FORMAT_KEYS else set()
        )
        params = {name: "…" if name in written else text for name, text in self.params.items()}
        span = replace(self.span, length=0) if self.span else None
        return replace(self, params=params, span=span, confidential=True)


def diagnostic(
    code: str, span: Span | None = None, /, *, related: Iterable[Related] = (), **params: object
) -> Diagnostic:
    """Build a diagnostic; parameters are turned into text."""
    return Diagnostic(code, span, {name: str(value) for name, value in params.items()}, tuple(related))
