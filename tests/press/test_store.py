"""The store can be trusted: what is in it is whole and fits, or it is as if it were not there."""

from __future__ import annotations

import hmac
import os
import re
import stat
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.order import Order
from reportgen.outcome import build_outcome, check_outcome
from reportgen.pipeline import build
from reportgen.press import edition, versions
from reportgen.press import store as module
from reportgen.press.process import read
from reportgen.press.run import Press
from reportgen.press.store import FOLDER, Store, key_of
from reportgen.protection.watch import watch
from reportgen.publication.audience import Audience
from reportgen.writers.quire import Quire
from tests.samples import ROOT, write
from tests.writers.test_numbers import citing

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
    submit = Press._submit

    def counted(*given: Any) -> Any:
        tasks.append(type(given[-2]).__name__)
        return submit(*given)

    monkeypatch.setattr(Press, "_submit", counted)
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


def test_a_new_source_sets_only_what_cites_it(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the list; in the other pages the numbers that it moved are written once."""
    citing(tmp_path)
    first = made(tmp_path)
    asked.clear()
    citing(tmp_path, "act")
    changed = made(tmp_path)
    assert asked.count("Piece") == 2
    assert changed == made(tmp_path, Order(("en",), ("pdf",))) != first
    asked.clear()
    monkeypatch.setattr(zlib, "decompress", lambda *_: pytest.fail("a page is written again"))
    assert made(tmp_path) == changed
    assert asked == []


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


def _forged(path: Path) -> None:
    content = b"cos\nsystem\n(S'true'\ntR."
    path.write_bytes(hmac.digest(b"x" * 32, path.name.encode() + b"\0" + content, "sha256") + content)


def _exchanged(path: Path) -> None:
    for other in path.parent.iterdir():
        if other.name not in (path.name, ".gitignore"):
            path.write_bytes(other.read_bytes())


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [_halved, _emptied, _turned, _forged, _exchanged, _a_folder])
def test_a_damaged_entry_is_made_again(damage: Callable[[Path], None], tmp_path: Path) -> None:
    """Cut off, empty, with another bit, of somebody else, in another's place: the report is the same, and nothing is said."""
    write(tmp_path, "grounds: The law is old.")
    first = made(tmp_path)
    for path in entries(tmp_path):
        damage(path)
    assert made(tmp_path) == first


def test_what_another_user_kept_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that comes from others may bring entries: only what this user's program kept is taken."""
    key = key_of("a page")
    Store(tmp_path / "store").put(key, b"mine")
    assert Store(tmp_path / "store").get(key) == b"mine"
    _as_another_user(monkeypatch, tmp_path / "other")
    assert Store(tmp_path / "store").get(key) is None
    Store(tmp_path / "store").put(key, b"of the other")
    assert Store(tmp_path / "store").get(key) == b"of the other"
    monkeypatch.undo()
    module._secret.cache_clear()
    assert Store(tmp_path / "store").get(key) is None


def _as_another_user(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    monkeypatch.setattr("click.get_app_dir", lambda _: str(config))
    module._secret.cache_clear()


@pytest.mark.parametrize("left", [None, b"", b"cut off"])
def test_all_have_the_secret_of_the_first(left: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several first runs at once, also after one that was killed over it; nothing else lies beside it."""
    for number in range(10):
        config = tmp_path / str(number)
        _as_another_user(monkeypatch, config)
        if left is not None:
            config.mkdir()
            (config / "cache.key").write_bytes(left)
        together, known = threading.Barrier(8), set[bytes]()

        def learn(together: threading.Barrier = together, known: set[bytes] = known) -> None:
            together.wait()
            known.add(module._secret.__wrapped__())

        threads = [threading.Thread(target=learn) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert known == {(config / "cache.key").read_bytes()}
        assert {len(one) for one in known} == {32}
        assert [path.name for path in config.iterdir()] == ["cache.key"]
        if os.name == "posix":
            assert stat.S_IMODE((config / "cache.key").stat().st_mode) == 0o600
    module._secret.cache_clear()


def test_who_has_no_place_for_a_secret_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is a file: nothing is kept, and the report is built."""
    (tmp_path / "report").mkdir()
    write(tmp_path / "report", "grounds: The law is old.")
    (tmp_path / "home").write_text("")
    _as_another_user(monkeypatch, tmp_path / "home" / "config")
    try:
        assert made(tmp_path / "report")
        assert not (tmp_path / "report" / FOLDER).exists()
    finally:
        module._secret.cache_clear()


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may lead to what is dear to the user: nothing is read there, written or taken away."""
    monkeypatch.setattr(module, "MOST", 0)
    dear = tmp_path / "dear"
    dear.mkdir()
    for name in ("thesis.odt", "a" * 40):
        (dear / name).write_bytes(b"x" * 100)
    (tmp_path / "store").symlink_to(dear, target_is_directory=True)
    store = Store(tmp_path / "store")
    store.put(key_of("a page"), b"x")
    store.tidy()
    store.clear()
    assert not store.used
    assert {path.name for path in dear.iterdir()} == {"thesis.odt", "a" * 40}


def test_only_entries_are_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else lies in the folder stays."""
    store = Store(tmp_path / "store")
    store.put(key_of("a page"), b"x")
    (tmp_path / "store" / "thesis.odt").write_bytes(b"x" * 100)
    monkeypatch.setattr(module, "MOST", 0)
    store.tidy()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {".gitignore", "thesis.odt"}


def test_another_version_of_anything_begins_anew(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of another program, library or font are never taken."""
    write(tmp_path, "grounds: The law is old.")
    made(tmp_path)
    asked.clear()
    monkeypatch.setattr(edition, "versions", lambda: "another")
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
    findings = "".join(
        f"  - {{kind: case, text: '{word} was told.', sources: [s1], level: {level}}}\n"
        for word, level in (("Anyword", "public"), ("Xerxesword", "members"), ("Zenoword", "confidential"))
    )
    write(tmp_path, f"grounds: Seen by all.\nfindings:\n{findings}")
    made(tmp_path)
    public = kept_text(tmp_path)
    made(tmp_path, Order(("en",), ("pdf",), Audience.MEMBERS, kept=True))
    members = kept_text(tmp_path)
    assert "Anyword" in public
    assert "Xerxesword" not in public
    assert "Xerxesword" in members
    assert "Zenoword" not in members


def kept_text(folder: Path) -> str:
    """All that entries say: what their pages show, sign by sign, and their bytes, packed or not."""
    said = []
    for path in entries(folder):
        data = Store(folder / FOLDER).get(path.name)
        assert data
        said.append(data.decode("latin-1"))
        try:
            quire = read(data)
        except Exception:
            continue
        if isinstance(quire, Quire):
            contents = [zlib.decompress(content) for head, content in quire.objects.streams if b"Flate" in head]
            said += [shown(content.decode("latin-1"), quire) for content in contents]
            said += [content.decode("latin-1") for content in (*contents, *quire.objects.packed)]
    return "\n".join(said)


def shown(content: str, quire: Quire) -> str:
    """The text that a page draws."""
    text, face = [], None
    for name, glyphs in re.findall(r"/(\S+) \S+ Tf|<([0-9a-fA-F]+)>", content):
        if name:
            face = quire.faces.get(name)
        elif face:
            text += [face.texts.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4)]
    return "".join(text)


def test_a_folder_that_can_not_be_written_is_built_all_the_same(tmp_path: Path, no_rights: list[str]) -> None:
    """A report on a disk that is read only."""
    (report := tmp_path / "report").mkdir()
    write(report, "grounds: The law is old.")
    report.chmod(0o500)
    try:
        run = [sys.executable, "-m", "reportgen", "build", str(report), "--format", "html", "-o", str(tmp_path / "out")]
        done = subprocess.run(
            [*no_rights, *run], env={**os.environ, "REPORTGEN_NO_CACHE": ""}, cwd=ROOT, capture_output=True, check=False
        )
    finally:
        report.chmod(0o700)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "out").glob("*.html"))
    assert not (report / FOLDER).exists()


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
        "store = Store(Path(sys.argv[1]))\nstore.put('a' * 40, b'x' * 5000)\nstore.put('b' * 40, b'y')\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "store")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert [path.name for path in sorted((tmp_path / "store").iterdir())] == [".gitignore", "b" * 40]


def test_the_store_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not used for longest goes first; what a killed build left goes too."""
    monkeypatch.setattr(module, "MOST", 1000)
    store = Store(tmp_path / "store")
    names = [key_of(str(number)) for number in range(5)]
    for number, name in enumerate(names):
        store.put(name, b"x" * 300)
        os.utime(tmp_path / "store" / name, (10_000 + number, 10_000 + number))
    left = tmp_path / "store" / "unfinished-x"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    assert store.get(names[0]) == b"x" * 300  # used now, so that it stays
    store.tidy()
    assert {path.name for path in (tmp_path / "store").iterdir()} == {".gitignore", names[0], names[4], names[3]}


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


def test_nothing_is_kept_of_a_report_in_which_a_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are set while names are still looked for; if one is found, they leave no trace."""
    put, seen = Store.put, threading.Event()

    def told(store: Store, key: str, content: bytes) -> None:
        put(store, key, content)
        seen.set()

    def late(*given: Any) -> Any:
        assert seen.wait(60)
        return watch(*given)

    monkeypatch.setattr(Store, "put", told)
    monkeypatch.setattr(pipeline, "watch", late)
    write(tmp_path, "grounds: Seen by Orsine Talem.")
    (tmp_path / "secrets.txt").write_text("Orsine Talem\n")
    (tmp_path / "secrets.txt").chmod(0o600)
    built = build(tmp_path, PDF)
    assert "RG910" in [item.code for item in built.found]
    assert built.files == {}
    assert not (tmp_path / FOLDER).exists()


def test_nothing_is_kept_of_pages_on_which_a_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that only the finished file holds, as one that a template brings: the pages are not kept either."""
    write(tmp_path, "grounds: Seen by all.")
    leaks = (diagnostic("RG911", file="x.pdf", where="p. 1", place="secrets.txt:1"),)
    monkeypatch.setattr("reportgen.protection.scan.leaks", lambda *_: leaks)
    built = build(tmp_path, PDF)
    assert built.files == {}
    assert not (tmp_path / FOLDER).exists()


def registered(folder: Path, name: str) -> None:
    """Register a name that must not appear."""
    (folder / "secrets.txt").write_text(f"{name}\n")
    (folder / "secrets.txt").chmod(0o600)


@pytest.mark.parametrize(
    "look",
    [
        lambda folder: build(folder, PDF).found,
        lambda folder: build(folder, replace(PDF, kept=False)).found,
        lambda folder: build(folder, replace(PDF, audience=Audience.MEMBERS)).found,
        lambda folder: check_outcome(folder, kept=True).found,
    ],
)
def test_what_was_kept_before_a_name_was_registered_goes_when_it_is_found(
    look: Callable[[Path], Sequence[Diagnostic]], tmp_path: Path
) -> None:
    """By any build or check; what else lies in the folder stays, and once it is mended all is kept anew."""
    write(tmp_path, "grounds: Seen by Orsinetalem.")
    made(tmp_path)
    assert build_outcome(tmp_path, replace(PDF, formats=("html",)), nullcontext).files
    assert "Orsinetalem" in kept_text(tmp_path)
    (tmp_path / FOLDER / "thesis.odt").write_bytes(b"x")
    (tmp_path / FOLDER / "unfinished-x").write_bytes(b"Orsinetalem")
    registered(tmp_path, "Orsinetalem")
    assert "RG910" in [item.code for item in look(tmp_path)]
    assert {path.name for path in (tmp_path / FOLDER).iterdir()} == {".gitignore", "thesis.odt"}
    (tmp_path / FOLDER / "thesis.odt").unlink()
    write(tmp_path, "grounds: Seen by many.")
    made(tmp_path)
    assert "many" in kept_text(tmp_path)
    assert "Orsinetalem" not in kept_text(tmp_path)


@pytest.mark.parametrize("command", ["build", "check"])
def test_what_was_kept_goes_when_other_names_are_registered(command: str, tmp_path: Path) -> None:
    """Whoever takes a name out of the text and registers it finds it nowhere, and yet it may lie in older entries."""

    def kept(folder: Path = tmp_path) -> set[str]:
        return {path.name for path in entries(folder)} - {key_of("names")}

    (fresh := tmp_path.parent / f"{tmp_path.name}-fresh").mkdir()
    write(fresh, "grounds: Seen by a neighbour.")
    made(fresh)
    write(tmp_path, "grounds: Seen by Orsine Talem.")
    made(tmp_path)
    old = kept() - kept(fresh)
    write(tmp_path, "grounds: Seen by a neighbour.")
    (tmp_path / "secrets.txt").write_text("Orsine Talem\nallow public: Talem Bay\n", "utf-8")
    (tmp_path / "secrets.txt").chmod(0o600)
    if command == "check":
        check_outcome(tmp_path, kept=True)
    else:
        made(tmp_path)
    assert old
    assert not old & kept()
    made(tmp_path)
    public = kept()
    made(tmp_path, replace(PDF, audience=Audience.MEMBERS))
    made(tmp_path)
    assert public <= kept(), "another audience is no other register"


def test_what_was_kept_goes_when_a_name_is_found_in_the_finished_file(tmp_path: Path) -> None:
    """A name that only the style sheet of the theme brings, and that was registered after the first build."""
    write(tmp_path, "grounds: Seen by all.")
    (tmp_path / "theme.yaml").write_text("theme: 1\ncss: house.css\n", "utf-8")
    (tmp_path / "house.css").write_text('p::after { content: "Orsinetalem" }', "utf-8")
    made(tmp_path)
    assert "Orsinetalem" in kept_text(tmp_path)
    registered(tmp_path, "Orsinetalem")
    assert "RG911" in [item.code for item in build(tmp_path, PDF).found]
    assert entries(tmp_path) == []


def test_what_python_writes_while_it_runs_is_no_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or every first run would have another key."""
    (tmp_path / "sub" / "__pycache__").mkdir(parents=True)
    (tmp_path / "sub" / "one.py").write_text("x")
    monkeypatch.setattr(versions, "PACKAGE", tmp_path)
    first = versions.program.__wrapped__()
    (tmp_path / "sub" / "__pycache__" / "one.cpython-312.pyc.1234").write_text("x")
    assert versions.program.__wrapped__() == first
    (tmp_path / "sub" / "one.py").write_text("xy")
    assert versions.program.__wrapped__() != first


def test_a_file_that_vanishes_meanwhile_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program may be brought up to date, or edited, while it runs."""
    for number in range(300):
        (tmp_path / f"m{number}.py").write_text("x")
    monkeypatch.setattr(versions, "PACKAGE", tmp_path)
    done = threading.Event()

    def churn() -> None:
        while not done.is_set():
            (tmp_path / "m150.py.tmp").write_text("x")
            (tmp_path / "m150.py.tmp").unlink()

    thread = threading.Thread(target=churn)
    thread.start()
    try:
        for _ in range(100):
            assert versions.program.__wrapped__()
    finally:
        done.set()
        thread.join()
