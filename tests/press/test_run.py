"""The press: limits that hold, nothing left behind, nothing reached, and the same bytes on every machine."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.catalogue import load_catalogue
from reportgen.pipeline import check
from reportgen.press import run as press
from reportgen.press.job import Job, Limits, limits_for
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from tests.samples import FIRST, ROOT, SOLO, write

PLENTY = Limits(4 * 1024**3, 300)


def job(path: Path, language: str = "en", formats: tuple[str, ...] = ("pdf",)) -> Job:
    """A job for the submission at ``path``."""
    checked = check(path)
    assert checked.reading.submission is not None
    publication = redact(checked.reading.submission, load_catalogue(), Audience.PUBLIC)
    return Job(localise(publication, language), load_catalogue(), language, formats)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_a_job_is_done_and_leaves_nothing_behind(temporary: Path) -> None:
    """Both forms are made, and the private folder is gone."""
    [printed] = press.run([job(FIRST, formats=("pdf", "html"))])
    assert printed.found == ()
    assert [name.rpartition(".")[2] for name in printed.files] == ["pdf", "html"]
    assert list(temporary.iterdir()) == []


def test_steps_are_told(temporary: Path) -> None:
    """The progress of the renderer crosses the pipe."""
    steps: list[tuple[str, str, str]] = []
    press.run([job(FIRST)], lambda *step: steps.append(step))
    assert any("Page 1" in step for _, _, step in steps)


def test_time_is_limited(temporary: Path) -> None:
    """A report that takes too long is stopped with a message, and its folder is gone."""
    [printed] = press.run([job(SOLO)], limits=Limits(PLENTY.memory, 1.5))
    assert [item.code for item in printed.found] == ["RG707"]
    assert printed.files == {}
    assert list(temporary.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_memory_is_limited(temporary: Path) -> None:
    """A report that needs too much memory is stopped with a message."""
    [printed] = press.run([job(SOLO)], limits=Limits(220 * 1024**2, 300))
    assert [item.code for item in printed.found] == ["RG708"]
    assert list(temporary.iterdir()) == []


def test_limits_grow_with_the_text() -> None:
    """A long report may take longer than a short one."""
    assert limits_for(job(SOLO)).seconds > limits_for(job(FIRST)).seconds + 60


def test_one_job_that_fails_does_not_take_the_other_along(tmp_path: Path, temporary: Path) -> None:
    """Each has its own process and its own message."""
    deep = write(tmp_path, "grounds: |-\n" + "  " + "> " * 7 + "text")
    good = job(FIRST, formats=("html",))
    found = press.run([job(deep, formats=("html",)), good])
    assert found[1].files


def seclude(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the surroundings of the press."""
    from reportgen.press.seclusion import environment

    program = f"from pathlib import Path\nfrom reportgen.press.seclusion import shut_in\nshut_in(Path({str(folder)!r}))\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program], env=environment(folder), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/reportgen-escape', 'w')",
        "import os; os.open('/tmp/reportgen-escape', os.O_CREAT | os.O_WRONLY)",
    ],
)
def test_nothing_is_reached(code: str, tmp_path: Path) -> None:
    """No connection, no other program, no file outside: the interpreter itself refuses."""
    done = seclude(code, tmp_path)
    assert "PermissionError" in done.stderr
    assert not Path("/tmp/reportgen-escape").exists()


def test_its_own_folder_is_open(tmp_path: Path) -> None:
    """The same guard lets the renderer keep its fonts there."""
    done = seclude(f"open({str(tmp_path / 'x')!r}, 'w').write('y')", tmp_path)
    assert (done.returncode, (tmp_path / "x").read_text()) == (0, "y")


@pytest.mark.parametrize("name", ["pickle.py", "yaml.py", "sitecustomize.py", "markdown.py"])
def test_no_module_of_the_folder_is_run(name: str, tmp_path: Path) -> None:
    """A submission from others may hold files called like libraries; the process that renders never sees them."""
    (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    (tmp_path / "report.yaml").write_text(FIRST.read_text("utf-8"), "utf-8")
    program = "from reportgen.cli.entry import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "build", "report.yaml", "--format", "html", "-o", "out"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    assert not (tmp_path / "ran").exists()


def test_a_message_can_hold_nothing_that_acts() -> None:
    """What comes back from the process that renders is files and diagnostics; anything else is refused."""

    class Acting:
        def __reduce__(self) -> tuple[object, ...]:
            return os.system, ("true",)

    data = pickle.dumps(("done", Acting()))
    with pytest.raises(pickle.UnpicklingError):
        list(press._messages(io.BytesIO(struct.pack("<Q", len(data)) + data)))


def build(folder: Path, *before: str, **environment: str) -> dict[str, str]:
    """Build the first sample as a user does and return the hash of every file."""
    folder.mkdir()
    subprocess.run(
        [*before, sys.executable, "-m", "reportgen", "build", str(FIRST), "-o", str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=folder.parent,
        check=True,
        capture_output=True,
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    """Seed, zone, locale, home, date, fonts of the system and network change nothing.

    The date is moved by a library that lies to every process (``libfaketime``), the fonts by a configuration that has
    none, the network by a namespace without one; each where the machine has it.
    """
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>')
    expected = build(tmp_path / "plain")
    assert len(expected) == 2
    changed = {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "ar_EG.UTF-8",
        "HOME": str(tmp_path),
        "FONTCONFIG_FILE": str(bare),
        "SOURCE_DATE_EPOCH": "1",
    }
    alone = ["unshare", "-rn"] if _works("unshare", "-rn", "true") else []
    late = ["faketime", "2031-02-03 04:05:06"] if _works("faketime", "2031-02-03", "true") else []
    if os.environ.get("CI_ALL"):
        assert late
    assert build(tmp_path / "other", *alone, *late, **changed) == expected


def _works(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_killing_the_program_leaves_no_process_behind(tmp_path: Path) -> None:
    """When the program dies, the process that renders ends too and clears its folder."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-m", "reportgen", "build", str(SOLO), "-o", str(tmp_path / "out"), "--language", "en"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not any(folder.glob("*/weasyprint*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert any(folder.iterdir())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 120
    while any(folder.iterdir()) and time.monotonic() < until:
        time.sleep(0.2)
    assert not any(folder.iterdir())
    assert not (tmp_path / "out").exists()
