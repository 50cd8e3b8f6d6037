"""How many made-up cases are tried: enough of them in a usual run, all with ``THOROUGH=1``."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, seed, settings

_Test = TypeVar("_Test", bound=Callable[..., None])


def tried(usual: int, thorough: int) -> int:
    """Return ``usual``, or ``thorough`` where it was asked for."""
    return thorough if os.environ.get("THOROUGH") else usual


def made_up(examples: int, share: int = 1) -> Callable[[_Test], _Test]:
    """Have a test try so many examples, the same ones every time, and not look for a smaller one: each takes seconds.

    Args:
        examples: How many.
        share: Which ones: tests that share the work have different numbers.
    """

    def given(test: _Test) -> _Test:
        few = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        return seed(share)(few(test))

    return given
