"""What was searched for names before, kept with what was set: the next build or check need not search it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.press.store import Store, key_of
from reportgen.press.versions import program
from reportgen.protection.clean import Clean


@contextmanager
def searched(store: Store, *what: str) -> Iterator[Clean]:
    """Search, beginning with what is kept of an earlier search, and keep what this one learns.

    Args:
        store: Where it is kept.
        what: What is searched, and for whom.
    """
    key = key_of(program(), "searched", *what)
    clean = Clean(store.own_key, store.get(key) or b"")
    yield clean
    written = clean.written()
    if written and written != clean.earlier:
        store.put(key, written)
