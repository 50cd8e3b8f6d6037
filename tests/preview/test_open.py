"""The desk opens in a browser where there is a screen, and nothing complains where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

import pytest

from tests.samples import FIRST

_SCREENS: Final = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system knows its browser")
@pytest.mark.parametrize(
    ("screen", "options"),
    [("", []), ("DISPLAY", []), ("WAYLAND_DISPLAY", []), ("BROWSER", []), ("DISPLAY", ["--no-open"])],
)
def test_a_browser_is_asked_for_where_it_can_be_seen(screen: str, options: list[str], tmp_path: Path) -> None:
    asked, opener = tmp_path / "asked", tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {asked}.new && mv {asked}.new {asked}\n')
    opener.chmod(0o700)
    plain = {key: value for key, value in os.environ.items() if key not in _SCREENS}
    environment = {
        **plain,
        "PATH": f"{tmp_path}:{plain['PATH']}",
        "PYTHONUNBUFFERED": "1",
        **({screen: ":9"} if screen else {}),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "reportgen", "--lang", "en", "preview", str(FIRST), *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        late = threading.Timer(60, process.kill)
        late.start()
        address = next(line.strip() for line in process.stdout if "http://" in line)
        late.cancel()
        opens = screen and not options
        patience = time.monotonic() + (60 if opens else 1)
        while not asked.exists() and time.monotonic() < patience:
            time.sleep(0.02)
        process.terminate()
    assert (asked.read_text().strip() if asked.exists() else "") == (address if opens else "")
