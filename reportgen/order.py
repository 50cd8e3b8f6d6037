"""What to build, by itself: who only says so need not load what builds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.publication.audience import Audience


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and how it looks.

    Attributes:
        languages: Those of the report if none are named.
        formats: Forms of the files.
        audience: Who will read them.
        final: Whether they are to be published.
        theme: A theme instead of the one in the folder of the report: its file or folder.
        templates: A folder of templates instead of the program's.
        kept: Whether to use, and keep, what was set before.
    """

    languages: Sequence[str] = ()
    formats: Sequence[str] = ("pdf", "html")
    audience: Audience = Audience.PUBLIC
    final: bool = False
    theme: Path | None = None
    templates: Path | None = None
    kept: bool = False
