"""Compile the message catalogues when the package is built, so that a wheel needs no build step of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every ``locales/<lang>/LC_MESSAGES/reportgen.po`` under ``root``.

    Returns:
        The ``.mo`` files written, each beside its ``.po``.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for po_file in sorted(root.glob("locales/*/LC_MESSAGES/reportgen.po")):
        with po_file.open("rb") as source:
            catalogue = read_po(source, locale=po_file.parent.parent.name)
        target = po_file.with_suffix(".mo")
        with target.open("wb") as sink:
            write_mo(sink, catalogue)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[Any]):
    """Puts the compiled catalogues into the wheel, under ``reportgen/locales``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, then tell hatchling where each catalogue belongs."""
        root = Path(self.root)
        for file in compile_catalogues(root):
            build_data["force_include"][str(file)] = f"reportgen/{file.relative_to(root).as_posix()}"
