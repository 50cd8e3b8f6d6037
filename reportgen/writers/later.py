"""Modules that are imported when something of them is used: the renderer asks for more than it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def later(*names: str) -> Iterator[None]:
    """Have modules that are not there yet stand for themselves while others are imported.

    WeasyPrint imports what makes fonts smaller without HarfBuzz, and what fixes those that vary: a fifth of all that it
    imports, for fonts that hardly anybody has.

    Args:
        names: The modules. What is taken out of them in the meantime has to be functions, or the modules themselves.
    """
    missing = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(missing)
    try:
        yield
    finally:
        for name, module in missing.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


class _Later(ModuleType):
    """Stands for a module; its functions import it when they are called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def function(*arguments: Any, **options: Any) -> Any:
            return getattr(import_module(self.__name__), name)(*arguments, **options)

        return function
