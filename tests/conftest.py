"""What all tests share: ``--update-goldens`` rewrites the files that tests compare with; read the change before a commit."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

from reportgen.press.seclusion import write_font_config
from tests.tools import program

_HOME = Path(tempfile.mkdtemp(prefix="reportgen-tests-"))
os.environ["FONTCONFIG_FILE"] = str(write_font_config(_HOME))
"""Pages set within the tests see no font of this machine either."""
os.environ["XDG_CONFIG_HOME"] = str(_HOME / "config")
"""What the program keeps for its user is not touched."""
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


@pytest.fixture
def no_rights() -> list[str]:
    """What stands before a command so that the modes of files hold for it, even if the tests run as root."""
    if os.name != "posix":
        pytest.skip("files have no modes here")
    if os.geteuid():
        return []
    rights = "-dac_override,-dac_read_search"
    return [program("setpriv"), f"--bounding-set={rights}", f"--inh-caps={rights}"]
