"""What all tests share: ``--update-goldens`` rewrites the files that tests compare with; read the change before a commit."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from reportgen.press.seclusion import write_font_config

_HOME = Path(tempfile.mkdtemp(prefix="reportgen-tests-"))
os.environ["FONTCONFIG_FILE"] = str(write_font_config(_HOME))
"""Pages set within the tests see no font of this machine either."""
os.environ["REPORTGEN_NO_CACHE"] = "1"
"""Nothing that an earlier test set is taken for what this one should have set."""

hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.register_profile("explore", max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
"""A change is judged by the same examples every time; ``HYPOTHESIS_PROFILE=explore`` looks for new ones."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--update-goldens", action="store_true", help="rewrite golden files instead of failing on them")


def pytest_unconfigure() -> None:
    """Take the folder away again, in each worker its own."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def update_goldens(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--update-goldens"))
