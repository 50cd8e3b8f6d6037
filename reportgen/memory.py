"""What earlier runs worked out, for one that follows on a small edit.

A function that is :func:`remembered` works as ever, until somebody runs it within a :class:`Memory`: then what it made
of the same arguments the last time is taken again. Values are frozen everywhere, so that nobody can tell the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_VALUES: Final = (str, bytes, int, type(None), Enum, frozenset)


@dataclass(slots=True)
class Memory:
    """Results by function and arguments. What a run does not ask for is forgotten after it, so that it can't grow."""

    _known: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    _used: dict[Any, tuple[Any, Any]] = field(default_factory=dict)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Remember what is worked out within; of a run that fails all is kept beside what was known."""
        token = _MEMORY.set(self)
        self._used = {}
        whole = False
        try:
            yield
            whole = True
        finally:
            _MEMORY.reset(token)
            self._known = self._used if whole else {**self._known, **self._used}
            self._used = {}

    def recall(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
        """Return what ``function`` makes of ``arguments``, working it out if that is not known."""
        key = (function, *map(_key, arguments))
        entry = self._used.get(key) or self._known.get(key)
        if entry is None:
            entry = (arguments, function(*arguments))  # with its arguments, so that nothing takes their place in memory
        self._used[key] = entry
        result: T = entry[1]
        return result


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Let a pure function of positional arguments be remembered.

    Plain values, and tuples and mappings of them, are compared; of everything else it must be the very same object.
    """

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> T:
        memory = _MEMORY.get()
        return function(*args, **kwargs) if memory is None or kwargs else memory.recall(function, args)

    return recall


def _key(value: Any) -> Any:
    if isinstance(value, _VALUES):
        return value
    if isinstance(value, tuple):
        return tuple(map(_key, value))
    if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
        return tuple(value.items())
    return _Same(id(value))


@dataclass(frozen=True, slots=True)
class _Same:
    """Stands for one object."""

    id: int


__all__ = ["Memory", "remembered"]
