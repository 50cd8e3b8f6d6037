"""What all tests share: ``--update-goldens`` rewrites the files that tests compare with; read the change before a commit."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--update-goldens", action="store_true", help="rewrite golden files instead of failing on them")


@pytest.fixture(scope="session")
def update_goldens(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--update-goldens"))
