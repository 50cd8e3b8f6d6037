"""Where measurements are written down: a section of ``docs/benchmarks.md`` each, beside those of others."""

from __future__ import annotations

import os
import platform
from typing import Final

from benchmarks.measure import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks.md"
PICTURES: Final = ROOT / "docs" / "images"
MACHINE: Final = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def put(heading: str, body: str) -> None:
    """Write a section in the place of the one before, or at the end.

    Args:
        heading: Its heading.
        body: What is below that.
    """
    head, *sections = PAGE.read_text("utf-8").rstrip().split("\n## ")
    made = f"{heading}\n\n{body.strip()}\n"
    places = [at for at, section in enumerate(sections) if section.split("\n")[0] == heading]
    if places:
        sections[places[0]] = made
    else:
        sections.append(made)
    PAGE.write_text("\n\n## ".join(part.strip() for part in (head, *sections)) + "\n", "utf-8")
