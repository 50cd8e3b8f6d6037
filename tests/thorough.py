"""How many made-up cases are tried: enough of them in a usual run, all with ``THOROUGH=1``."""

from __future__ import annotations

import os


def tried(usual: int, thorough: int) -> int:
    """Return ``usual``, or ``thorough`` where it was asked for."""
    return thorough if os.environ.get("THOROUGH") else usual
