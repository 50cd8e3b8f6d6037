"""The store can be trusted: what is in it is whole and fits, or it is as if it were not there."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.pipeline import Order, build
from reportgen.press import run as press
from reportgen.press import store as module
from reportgen.press import versions
from reportgen.press.store import FOLDER, Store, key_of
from reportgen.publication.audience import Audience
from tests.samples import ROOT, write

PDF = Order(("en",), ("pdf",), kept=True)


def made(folder: Path, order: Order = PDF) -> bytes:
    """Build the PDF of the report in ``folder``."""
    built = build(folder, order)
    assert built.files, [item.code for item in built.found]
    return next(iter(built.files.values()))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the processes that set, by its type."""
    tasks: list[str] = []
    submit = press.Press.submit

    def counted(self: press.Press, number: int, look: object, task: object, *more: object) -> object:
        tasks.append(type(task).__name__)
        return submit(self, number, look, task, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(press.Press, "submit", counted)
    return tasks


def test_only_what_changed_is_set_again(tmp_path: Path, asked: list[str]) -> None:
    """The second build sets nothing, one after an edit its chapter; the bytes are those of a build without the store."""
    write(tmp_path, "grounds: The law is old.")
    first = made(tmp_path)
    assert asked.count("Piece") > 3
    asked.clear()
    assert made(tmp_path) == first
    assert asked == []
    write(tmp_path, "grounds: The law is old, and long.")
    changed = made(tmp_path)
    assert asked.count("Piece") == 1
    assert changed == made(tmp_path, Order(("en",), ("pdf",))) != first


def entries(folder: Path) -> list[Path]:
    """The entries beside the report in ``folder``."""
    return sorted(path for path in (folder / FOLDER).iterdir() if path.name != ".gitignore")


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _replaced(path: Path) -> None:
    content = b"cos\nsystem\n(S'true'\ntR."
    path.write_bytes(hashlib.sha256(content).digest() + content)


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_halved, _emptied, _turned, _replaced, _a_folder])
def test_a_damaged_entry_is_made_again(damage: Callable[[Path], None], tmp_path: Path) -> None:
    """Cut off, empty, with another bit, with something that acts: the report is the same, and nothing is said."""
    write(tmp_path, "grounds: The law is old.")
    first = made(tmp_path)
    for path in entries(tmp_path):
        damage(path)
    assert made(tmp_path) == first


def test_another_version_of_anything_begins_anew(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of another program, library or font are never taken."""
    write(tmp_path, "grounds: The law is old.")
    made(tmp_path)
    asked.clear()
    monkeypatch.setattr(press, "versions", lambda: "another")
    made(tmp_path)
    assert asked.count("Piece") > 3


def test_versions_name_everything_that_sets_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The libraries in Python and in C, our own modules, the fonts."""
    said = "\n".join(versions._parts())
    for name in ("weasyprint 7", "pydyf", "fonttools", "pango_version_string 1.", "quire.py", "NotoSerif-Regular.ttf"):
        assert name in said, name


def test_a_picture_that_changed_changes_its_pages(tmp_path: Path) -> None:
    """The page names a picture by a number only; its content counts."""
    from PIL import Image

    write(tmp_path, "grounds: |\n  Text.\n\n  ![A map](map.png)\n")
    Image.new("RGB", (40, 40), "white").save(tmp_path / "map.png")
    first = made(tmp_path)
    Image.new("RGB", (40, 40), "black").save(tmp_path / "map.png")
    assert made(tmp_path) == made(tmp_path, Order(("en",), ("pdf",))) != first


def test_entries_are_private_and_beside_the_report(tmp_path: Path) -> None:
    """Whoever keeps the report on an encrypted disk finds nothing of it elsewhere; Git takes no notice."""
    write(tmp_path, "grounds: The law is old.")
    made(tmp_path)
    assert entries(tmp_path)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in entries(tmp_path)} == {0o600}
    assert (tmp_path / FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"


def test_nothing_above_the_audience_is_kept(tmp_path: Path) -> None:
    """What members may read is in no entry of a public build, and what is confidential in none at all."""
    finding = "findings:\n  - {kind: case, text: '%s', sources: [s1], level: %s}\n"
    write(tmp_path, "grounds: Seen by all.\n" + finding % ("Xerxesmembers was told.", "members"))
    made(tmp_path)
    held = [Store(tmp_path / FOLDER).get(path.name) for path in entries(tmp_path)]
    texts = [data for data in held if data]
    assert texts
    public = b"\n".join(texts)
    known = len(texts)
    made(tmp_path, Order(("en",), ("pdf",), Audience.MEMBERS, kept=True))
    assert len(entries(tmp_path)) > known
    assert b"Xerxes" not in public


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_can_not_be_written_is_built_all_the_same(tmp_path: Path) -> None:
    """A report on a disk that is read only."""
    write(tmp_path, "grounds: The law is old.")
    tmp_path.chmod(0o500)
    try:
        assert made(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_store_that_can_not_be_a_folder_is_none(tmp_path: Path) -> None:
    """A file of that name, a link that leads nowhere: the report is built, the file is left alone."""
    write(tmp_path, "grounds: The law is old.")
    (tmp_path / FOLDER).write_text("mine")
    first = made(tmp_path)
    assert (tmp_path / FOLDER).read_text() == "mine"
    (tmp_path / FOLDER).unlink()
    (tmp_path / FOLDER).symlink_to(tmp_path / "nowhere")
    assert made(tmp_path) == first
    assert not (tmp_path / "nowhere").exists()


def test_a_full_disk_leaves_no_half_of_an_entry(tmp_path: Path) -> None:
    """Whatever does not fit is not there at all."""
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom reportgen.press.store import Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "store = Store(Path(sys.argv[1]))\nstore.put('large', b'x' * 5000)\nstore.put('small', b'y')\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "store")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert [path.name for path in sorted((tmp_path / "store").iterdir())] == [".gitignore", "small"]


def test_the_store_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not used for longest goes first; what a killed build left goes too."""
    monkeypatch.setattr(module, "MOST", 1000)
    store = Store(tmp_path / "store")
    for number in range(5):
        store.put(f"e{number}", b"x" * 300)
        os.utime(tmp_path / "store" / f"e{number}", (10_000 + number, 10_000 + number))
    left = tmp_path / "store" / "unfinished-x"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    assert store.get("e0") == b"x" * 300  # used now, so that it stays
    store.tidy()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {".gitignore", "e0", "e4", "e3"}


def test_two_builds_at_once(tmp_path: Path) -> None:
    """They share the store, in processes and threads, and both are right."""
    write(tmp_path, "grounds: The law is old.")
    expected = made(tmp_path, Order(("en",), ("pdf",)))
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(made(tmp_path))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected, expected]
    assert made(tmp_path) == expected


def test_keys_tell_parts_apart() -> None:
    """What stands in one part can't pass for two."""
    assert key_of("a", "bc") != key_of("ab", "c") != key_of("abc")
