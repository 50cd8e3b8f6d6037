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
from pathlib import PurePath
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_VALUES: Final = (str, bytes, int, type(None), Enum, frozenset, PurePath)


@dataclass(slots=True)
class Memory:
    """Results by function and arguments. What a run does not ask for is forgotten after it, so that it can't grow."""

    _known: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    _used: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    _last: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def used(self, *, adding: bool = False) -> Iterator[None]:
        """Remember what is worked out within.

        Args:
            adding: Keep what was known beside it; of a run that fails that is done in any case.
        """
        token = _MEMORY.set(self)
        self._used = {}
        whole = False
        try:
            yield
            whole = True
        finally:
            _MEMORY.reset(token)
            self._known = self._used if whole and not adding else {**self._known, **self._used}
            self._used = {}

    def recall(self, what: tuple[Any, ...], work: Callable[[], T]) -> T:
        """Return what ``work`` made of ``what`` the last time, or do it now."""
        key = tuple(map(_key, what))
        entry = self._used.get(key) or self._known.get(key)
        if entry is None:
            entry = (what, work())  # with all that it was made of, so that nothing else takes its place in memory
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
        if memory is None or kwargs:
            return function(*args, **kwargs)
        return memory.recall((function, *args), lambda: function(*args, **kwargs))

    return recall


def recalled(what: tuple[Any, ...], work: Callable[[], T]) -> T:
    """Do ``work``, which depends on nothing but ``what``; or, within a memory, return what came of it the last time."""
    memory = _MEMORY.get()
    return work() if memory is None else memory.recall(what, work)


def _key(value: Any) -> Any:
    if isinstance(value, _VALUES):
        return value
    if isinstance(value, tuple):
        return tuple(map(_key, value))
    if isinstance(value, Mapping) and all(isinstance(item, str) for item in value.values()):
        return tuple(value.items())
    return _Same(id(value))


def grafted(name: str, new: T, graft: Callable[[T, T], T]) -> T:
    """Return ``new`` with everything in it that is as it was the last time replaced by what it was.

    So what is known of an unchanged part of a file is still known when the rest of the file has changed.

    Args:
        name: What it is called, the same every time.
        new: The new value.
        graft: Puts pieces of the first value, the old one, in the place of equal pieces of the second.
    """
    memory = _MEMORY.get()
    if memory is None:
        return new
    made = graft(memory._last[name], new) if name in memory._last else new  # noqa: SLF001 - this module's own
    memory._last[name] = made  # noqa: SLF001 - likewise
    return made


@dataclass(frozen=True, slots=True)
class _Same:
    """Stands for one object."""

    id: int


__all__ = ["Memory", "grafted", "recalled", "remembered"]
