"""The press of the desk lives on whatever is found in a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.preview.pages import PagePress, Pages, Stopped
from reportgen.publication.audience import Audience
from tests.samples import write


@pytest.fixture
def pages() -> Iterator[PagePress]:
    """A press, ended afterwards."""
    opened = PagePress()
    yield opened
    opened.close()


def made(pages: PagePress, folder: Path) -> Pages:
    """Make the pages of the report in ``folder``."""
    return pages.make(folder, Audience.PUBLIC, None, None, lambda page, share: None)


def test_a_name_ends_no_process_that_waits(pages: PagePress, tmp_path: Path) -> None:
    """There are no pages, and the next ones are made by the same press."""
    write(tmp_path, "grounds: Seen by Orsinetalem.")
    first = made(pages, tmp_path)
    assert set(first.files) == {"en", "fr"}
    press = pages._press
    assert press
    register = tmp_path / "secrets.txt"
    register.write_text("Orsinetalem\n")
    register.chmod(0o600)
    refused = made(pages, tmp_path)
    assert refused.files == {}
    assert "RG910" in [item.code for item in refused.found]
    register.unlink()
    assert made(pages, tmp_path).files == first.files
    assert pages._press is press


def test_who_wants_no_more_stops_it(pages: PagePress, tmp_path: Path) -> None:
    """There are no pages, and no fault; the next ones are made by the same press."""
    write(tmp_path, "grounds: Seen by all.")
    told: list[int] = []

    def tell(page: int, share: float) -> None:
        told.append(page)
        if len(told) == 1:
            raise Stopped

    assert pages.make(tmp_path, Audience.PUBLIC, None, None, tell, 7) == Pages(revision=7)
    press = pages._press
    assert press
    assert made(pages, tmp_path).files
    assert pages._press is press
