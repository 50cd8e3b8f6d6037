"""Reading values back that another process, or an earlier run, wrote: of the classes that are expected, and of no other."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable
from typing import Any


def read_value(data: bytes, known: Iterable[type]) -> Any:
    """Return the value that was written.

    Args:
        data: A pickle.
        known: The classes it may hold, beside those of plain values.

    Raises:
        pickle.UnpicklingError: It holds anything else.
    """
    return _Guarded(data, {each.__name__: each for each in known}).load()


class _Guarded(pickle.Unpickler):
    def __init__(self, data: bytes, known: dict[str, type]) -> None:
        super().__init__(io.BytesIO(data))
        self._known = known

    def find_class(self, module: str, name: str) -> Any:
        if name in self._known and self._known[name].__module__ == module:
            return self._known[name]
        raise pickle.UnpicklingError(name)
