"""The French messages as their translators left them, compiled in memory: tests need no ``.mo`` file."""

from __future__ import annotations

import gettext
from functools import lru_cache
from io import BytesIO
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.samples import ROOT

PO: Final = ROOT / "locales" / "fr" / "LC_MESSAGES" / "reportgen.po"


@lru_cache(maxsize=1)
def french_catalogue() -> Catalog:
    """Read the ``.po`` file."""
    with PO.open("rb") as source:
        return read_po(source, locale="fr")


@lru_cache(maxsize=1)
def french_translations() -> gettext.GNUTranslations:
    """Return what the program would load."""
    compiled = BytesIO()
    write_mo(compiled, french_catalogue())
    return gettext.GNUTranslations(BytesIO(compiled.getvalue()))
