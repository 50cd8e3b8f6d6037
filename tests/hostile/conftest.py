"""The world in which hostile inputs are tried, one for each module of tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.hostile.world import World

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*"]
"""Limits of memory, namespaces and the watch over files outside are Linux's."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server of commands, and a folder for cases."""
    made = World(tmp_path_factory.mktemp("world"))
    try:
        yield made
    finally:
        made.close()
