"""Programs that some tests need and a machine may lack: a browser, Java.

Where they are missing the tests are skipped and say why; on the machines that run everything (``CI_ALL`` is set) a
missing program is a failure, so that no check is ever left out without a word.
"""

from __future__ import annotations

import os
import shutil

import pytest


def program(*names: str) -> str:
    """Return the path of the first of ``names`` that the machine has; without one skip, or fail if ``CI_ALL`` is set."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing = f"this machine has none of: {', '.join(names)}"
    if os.environ.get("CI_ALL"):
        pytest.fail(missing)
    pytest.skip(missing)
