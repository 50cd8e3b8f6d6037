"""Made-up submissions in French, a hundred with ``THOROUGH=1``: whatever is written, the file is PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.submissions import all_conform


@pytest.mark.parametrize("share", range(4, 8))
def test_whatever_is_written_no_rule_is_broken(share: int, tmp_path: Path) -> None:
    """The same submissions in every run: no failure, no warning."""
    all_conform("fr", share, tmp_path)
