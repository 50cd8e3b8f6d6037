"""Where the files that come with the program are: templates, fonts and message catalogues.

They stand at the top level of a checkout and inside the package of an installed wheel; nothing else need know which.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the folder ``name`` (``templates`` or ``locales``) of this installation.

    Raises:
        FileNotFoundError: The installation is incomplete, a fault of packaging.
    """
    for base in (PACKAGE, PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(name)
