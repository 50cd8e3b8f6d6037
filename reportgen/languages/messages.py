"""Message catalogues: every sentence of the program and of the report's own text, by language (gettext)."""

from __future__ import annotations

import gettext
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportgen.resources import resource

if TYPE_CHECKING:
    from reportgen.languages.pairs import Text

DOMAIN: Final = "reportgen"
_SPOKEN: Final = ("en", "fr")


@lru_cache(maxsize=8)
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of ``language``; English messages are the keys, so English needs none."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, resource("locales"), [language], fallback=True)


def spoken_language(asked: str | None = None) -> str:
    """Return the language of the program's own messages.

    Args:
        asked: What ``--lang`` says; otherwise ``REPORTGEN_LANG``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` decide.
    """
    for wanted in (asked, *(os.environ.get(name) for name in ("REPORTGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if wanted:
            language = wanted.replace("-", "_").split("_")[0].split(".")[0].casefold()
            return language if language in _SPOKEN else "en"
    return "en"


def in_language(text: Text, language: str) -> str:
    """Return a text of the catalogue in ``language``: its own, else the translation of the English in the ``.po`` file.

    English and French stand side by side in the catalogue's YAML; a third language is one ``.po`` file.
    """
    english = text.versions["en"]
    return text.versions.get(language) or translations(language).gettext(english)
