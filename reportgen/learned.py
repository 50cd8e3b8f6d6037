"""What was worked out of texts by themselves, for the next process to know it: a report changes in one place at a time.

The functions are pure and of plain values, such as “this Markdown, as a tree”. Within a :class:`Lesson` it is noted which
of their results were used; these can be written down, and taken up by a lesson in another process.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import update_wrapper
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar

from reportgen.guarded import read_value

P = ParamSpec("P")
T = TypeVar("T")


class Learned(Generic[P, T]):
    """A function that remembers its latest results."""

    def __init__(self, function: Callable[P, T], most: int) -> None:
        self._function, self._most = function, most
        self.known: dict[Any, T] = {}
        self.used: dict[Any, T] | None = None
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function makes of ``args``."""
        if kwargs:
            return self._function(*args, **kwargs)
        try:
            result = self.known[args]
        except KeyError:
            result = self.known[args] = self._function(*args, **kwargs)
            with suppress(RuntimeError):  # another thread does the same
                while len(self.known) > self._most:
                    self.known.pop(next(iter(self.known)), None)
        if self.used is not None:
            self.used[args] = result
        return result


_ALL: dict[str, Learned[Any, Any]] = {}


def learned(most: int) -> Callable[[Callable[P, T]], Learned[P, T]]:
    """Have a pure function of positional arguments remember its results.

    Args:
        most: How many; the oldest go first.
    """

    def given(function: Callable[P, T]) -> Learned[P, T]:
        name = f"{function.__module__}.{function.__qualname__}"
        _ALL[name] = made = Learned(function, most)
        return made

    return given


class Lesson:
    """A piece of work that begins with what earlier ones learned."""

    def __init__(self, earlier: bytes = b"", known: Iterable[type] = ()) -> None:
        """Take up what was written; where it can't be read, nothing is known.

        Args:
            earlier: What an earlier lesson wrote.
            known: The classes that results are made of.
        """
        with suppress(Exception):
            for name, results in read_value(earlier, known).items():
                _ALL[name].known |= results

    def __enter__(self) -> Lesson:
        for each in _ALL.values():
            each.used = {}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._used = {name: each.used or {} for name, each in _ALL.items()}
        for each in _ALL.values():
            each.used = None

    def written(self) -> bytes:
        """Return what was used in the lesson, and nothing else."""
        return pickle.dumps(self._used, 5)
