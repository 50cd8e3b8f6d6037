"""The press: limits that hold, nothing left behind, nothing reached, and the same bytes on every machine."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from reportgen.catalogue import load_catalogue
from reportgen.pipeline import check
from reportgen.press import run as press
from reportgen.press.job import Job, Limits, limits_for
from reportgen.press.process import Process, Running, read
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from reportgen.theme.model import Paper, StyleSheet, Template, Theme
from tests.samples import FIRST, ROOT, SOLO, write

PLENTY = Limits(4 * 1024**3, 300)


def job(path: Path, language: str = "en", formats: tuple[str, ...] = ("pdf",)) -> Job:
    """A job for the submission at ``path``."""
    checked = check(path)
    assert checked.reading.submission is not None
    publication = redact(checked.reading.submission, load_catalogue(), Audience.PUBLIC)
    return Job(localise(publication, language), load_catalogue(), language, formats)


def test_a_job_is_done_and_leaves_nothing_behind(temporary: Path) -> None:
    """Both forms are made, and the private folder is gone."""
    [printed] = press.run([job(FIRST, formats=("pdf", "html"))])
    assert printed.found == ()
    assert [name.rpartition(".")[2] for name in printed.files] == ["pdf", "html"]
    assert list(temporary.iterdir()) == []


def test_steps_are_told(temporary: Path) -> None:
    """The progress of the renderer crosses the pipe."""
    steps: list[tuple[str, int, float]] = []
    [printed] = press.run([job(FIRST)], lambda *step: steps.append(step))
    shares = [share for _, _, share in steps]
    assert shares == sorted(shares)
    assert (steps[0][0], shares[-1]) == ("en", 1)
    assert len(set(shares)) > 5  # whichever piece is done, it counts
    with pikepdf.open(io.BytesIO(next(iter(printed.files.values())))) as pdf:
        assert steps[-1][1] == len(pdf.pages)


def test_time_is_limited(temporary: Path) -> None:
    """A report that takes too long is stopped with a message, and its folder is gone."""
    [printed] = press.run([job(SOLO)], limits=Limits(PLENTY.memory, 0.5))
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


@pytest.mark.parametrize(
    ("name", "code"),
    [("SIGSEGV", "RG702"), ("SIGTRAP", "RG702"), ("SIGBUS", "RG702"), ("SIGTERM", "RG702"), ("SIGKILL", "RG708"), ("SIGXCPU", "RG707")],
)  # fmt: skip
@pytest.mark.skipif(sys.platform != "linux", reason="finds the process by its command line")
def test_how_a_process_ended_is_told_as_it_was(name: str, code: str, temporary: Path) -> None:
    """A crash is the renderer's fault unless memory was short; a system that takes memory back kills."""

    def strike(*_: object) -> None:
        for number in processes(temporary):
            os.kill(number, getattr(signal, name))

    [printed] = press.run([job(FIRST)], strike, PLENTY)
    assert [item.code for item in printed.found] == [code]
    assert list(temporary.iterdir()) == []


def processes(folder: Path) -> list[int]:
    """The processes that render in a folder below this one."""
    found = []
    for home in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if b"reportgen.press.child" in (home / "cmdline").read_bytes() and (
                b"TMPDIR=" + os.fsencode(folder) in (home / "environ").read_bytes()
            ):
                found.append(int(home.name))
    return found


def test_nobody_can_be_first_in_the_folder_of_a_process(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is told to its owner alone, and Python looks for nothing in that home before it is there."""
    told = []
    begin = subprocess.Popen

    def begun(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        told.append(command)
        assert options["env"]["HOME"].startswith(str(temporary))
        assert not Path(options["env"]["HOME"]).exists()
        return begin(command, **options)

    monkeypatch.setattr("reportgen.press.process.subprocess.Popen", begun)
    process = Process(Running(), Limits(2**31, 60), sets=False)
    process.end()
    assert "-s" in told[0]
    assert str(temporary) not in " ".join(told[0])


def test_one_job_that_fails_does_not_take_the_other_along(temporary: Path) -> None:
    """Each has its own process and its own message."""
    broken = Theme(templates=(Template("report.html.j2", "house/report.html.j2", "{{ nothing }}"),))
    good = job(FIRST, formats=("html",))
    failed, made = press.run([replace(good, theme=broken), good])
    assert ([item.code for item in failed.found], failed.files) == (["RG729"], {})
    assert (made.found, len(made.files)) == ((), 1)
    assert list(temporary.iterdir()) == []


def test_processes_serve_several_builds_and_forget_old_looks(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that is kept sets with the process it has; one with too many looks in mind makes way for another."""
    monkeypatch.setattr(press, "_MOST_LOOKS", 2)
    looks = [replace(job(FIRST), theme=Theme(paper=paper, css=StyleSheet("x.css", css))) for paper, css in (
        (Paper.A4, ""), (Paper.LETTER, ""), (Paper.A4, "p { color: red }"), (Paper.A4, ""))]  # fmt: skip
    with press.Press() as kept:
        made = [kept.run([one])[0].files for one in looks]
        assert len(kept._looks) == 3
        used = len(processes(temporary))
    assert made == [press.run([one])[0].files for one in looks]
    assert made[0] == made[3] != made[1]
    assert used == 1
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("processors", "gigabytes", "expected"), [(2, 24, 2), (8, 4, 5), (8, 1, 1), (1, 64, 1), (4, 0, 1)]
)
def test_there_are_no_more_processes_than_the_memory_bears(
    processors: int, gigabytes: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old laptop with many processors and little memory stays usable."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(processors)), raising=False)
    monkeypatch.setattr(press, "_memory", lambda: gigabytes * 1024**3)
    assert press.most_processes() == expected


@pytest.mark.parametrize(("path", "pages"), [(SOLO, False), (SOLO, True), (FIRST, True)])
def test_what_is_needed_first_is_there_before_it_is_asked_for(path: Path, pages: bool, temporary: Path) -> None:
    """One process starts while the report is still read; more would keep the program from reading it."""
    with press.Press() as opened:
        opened._count = 2
        opened.get_ready(path, pages=pages)
        for _ in range(100):
            if len(processes(temporary)) == 1:
                break
            time.sleep(0.1)
        time.sleep(0.3)
        assert len(processes(temporary)) == 1
    assert processes(temporary) == []
    assert list(temporary.iterdir()) == []


def test_a_folder_with_much_else_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long report is told from a short one by its first files, wherever it lies; what is hidden is no part of it."""
    hidden = tmp_path / ".git"
    hidden.mkdir()
    (hidden / "old.yaml").write_bytes(b"x" * 100_000)
    assert not press._is_long(tmp_path)
    for number in range(300):
        (tmp_path / "much" / str(number) / "else").mkdir(parents=True)
    opened: list[str] = []
    scan = os.scandir

    def counted(path: str) -> Any:
        opened.append(path)
        return scan(path)

    monkeypatch.setattr("os.scandir", counted)
    monkeypatch.setattr(press, "_MOST_SEEN", 50)
    assert not press._is_long(tmp_path)
    assert len(opened) <= 50
    (tmp_path / "report.yaml").write_bytes(b"x" * 100_000)
    assert press._is_long(tmp_path)


def test_without_room_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no folder for them, that is what is told, without its path."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    [printed] = press.run([job(FIRST)])
    assert [(item.code, item.params) for item in printed.found] == [("RG709", {"reason": os.strerror(errno.ENOENT)})]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_is_no_fault_of_the_program(tmp_path: Path) -> None:
    """Fonts that find no room end the build with a plain message and the code for rendering."""
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 16; exec "$0" "$@"', sys.executable, "-m", "reportgen", "--lang", "en", "build", str(FIRST), "--format", "pdf", "-o", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 5
    assert "RG709" in done.stdout + done.stderr
    assert "TMPDIR" in done.stdout + done.stderr


def seclude(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the surroundings of the press."""
    from reportgen.press.seclusion import environment

    program = f"from pathlib import Path\nfrom reportgen.press.seclusion import shut_in\nshut_in(Path({str(folder)!r}))\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program],
        env=environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
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


@pytest.mark.parametrize(
    "code",
    [
        "open(outside)",
        "open(Path(outside))",
        "os.open(Path(outside), os.O_RDONLY)",
        "open('/etc/passwd')",
        "Path('/etc').iterdir().__next__()",
        "os.listdir(Path(outside).parent)",
        "os.remove(outside)",
        "Path(outside).unlink()",
        "os.rename(outside, outside + '.away')",
        "os.rename(outside, 'taken')",
        "open('own', 'w').close(); os.replace('own', outside)",
        "os.link(outside, 'linked')",
        "os.symlink(outside, 'linked')",
        "os.rmdir(Path(outside).with_name('folder'))",
        "os.mkdir(outside + '.made')",
        "os.truncate(outside, 0)",
        "os.chmod(outside, 0)",
        "os.utime(outside)",
        "os.chdir('/')",
        "os.kill(os.getpid(), 0)",
        "os.killpg(0, 0)",
        "import signal, threading; signal.pthread_kill(threading.get_ident(), 0)",
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths and signals of POSIX")
def test_nothing_outside_is_read_changed_or_ended(code: str, tmp_path: Path) -> None:
    """Files of whoever runs the program, and its other processes."""
    own, outside = tmp_path / "own", tmp_path / "outside"
    own.mkdir()
    (tmp_path / "folder").mkdir()
    outside.write_text("x")
    done = seclude(f"import os\nos.system\noutside = {str(outside)!r}\n{code}", own)
    assert "PermissionError" in done.stderr.splitlines()[-1]
    assert outside.read_text() == "x"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "outside", "own"]


def test_its_own_folder_is_open(tmp_path: Path) -> None:
    """The same guard lets the renderer keep its fonts there."""
    made = f"open({str(tmp_path / 'x')!r}, 'w').write('y')"
    gone = f"import os, tempfile\nos.remove(tempfile.mkstemp()[1])\nos.rmdir(tempfile.mkdtemp())\n{made}"
    done = seclude(gone, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x").read_text() == "y"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x"]


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

    with pytest.raises(pickle.UnpicklingError):
        read(pickle.dumps(Acting()))


def build(folder: Path, *before: str, report: Path = FIRST, **environment: str) -> dict[str, str]:
    """Build a report as a user does and return the hash of every file."""
    folder.mkdir()
    subprocess.run(
        [*before, sys.executable, "-m", "reportgen", "build", str(report), "-o", str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        cwd=folder.parent,
        check=True,
        capture_output=True,
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


RICH = """\
grounds: |
  A *map* « ici » [@s1].[^1]

  ![A map of the border](map.png "The border")

  | One | Two |
  |-----|-----|
  | 1   | محمد |

  [^1]: A note.
findings:
  - {kind: case, text: {en: A case., fr: Un cas !}, sources: [s1]}
"""
SERIES = """\
statistics:
  n: {title: {en: Charges, fr: Poursuites}, unit: persons, definition: Words., articles: [untoc-5], sources: [s1], series: {a: {label: A, values: {2020: 1, 2022: 3}}, c: {label: C, values: {2020: 1}}}}
"""


def rich(folder: Path) -> Path:
    """A report with a picture, a chart, a table, a note, two languages and a name in a third script."""
    folder.mkdir()
    Image.linear_gradient("L").save(folder / "map.png")
    write(folder, RICH, SERIES)
    return folder


def test_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    """Seed, zone, locale, home, date, place of the report, fonts of the system and network change nothing.

    The date is moved by a library that lies to every process (``libfaketime``), the fonts by a configuration that has
    none, the network by a namespace without one; each where the machine has it.
    """
    bare = tmp_path / "fonts.conf"
    bare.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>')
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
    for name, one, other in (("first", FIRST, FIRST), ("rich", rich(tmp_path / "here"), rich(tmp_path / "elsewhere"))):
        expected = build(tmp_path / f"{name}-plain", report=one)
        assert len(expected) == (2 if name == "first" else 4)
        assert build(tmp_path / f"{name}-other", *alone, *late, report=other, **changed) == expected, name


def _works(*command: str) -> bool:
    return (
        shutil.which(command[0]) is not None
        and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )


INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""A shell that starts the tests in the background has interruptions ignored."""


@pytest.mark.skipif(sys.platform != "linux", reason="signals of POSIX; finds the process by its command line")
@pytest.mark.parametrize(
    ("name", "group", "code"),
    [("SIGINT", False, 130), ("SIGINT", True, 130), ("SIGTERM", False, 130), ("SIGTERM", True, 130), ("SIGKILL", True, -9)],
)  # fmt: skip
def test_whatever_stops_the_program_leaves_nothing_behind(name: str, group: bool, code: int, tmp_path: Path) -> None:
    """No process, no folder, no half of a file: after an interruption, the end of a session, a kill."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    program = f"{INTERRUPTIBLE}\nfrom reportgen.cli.entry import main; main()"
    parent = subprocess.Popen(
        [sys.executable, "-c", program, "build", str(SOLO), "-o", str(tmp_path / "out"), "--language", "en"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while not any(folder.glob("*/weasyprint*")) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes(folder)
    (os.killpg if group else os.kill)(parent.pid, getattr(signal, name))
    assert parent.wait() == code
    until = time.monotonic() + 60
    while (any(folder.iterdir()) or processes(folder)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(folder.iterdir())
    assert not processes(folder)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interruption_waits_for_no_page(tmp_path: Path) -> None:
    """The pages that are being set are not finished first."""
    program = f"""{INTERRUPTIBLE}
import sys
from pathlib import Path
from reportgen.order import Order
from reportgen.pipeline import build
build(Path(sys.argv[1]), Order(("en",), ("pdf",)), lambda *step: print(*step, flush=True))
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(SOLO)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline(), "it ended before"
        parent.send_signal(signal.SIGINT)
        told = parent.stdout.read().splitlines()
    assert parent.returncode == -signal.SIGINT
    assert [line for line in told if line.endswith(" 1.0")] == []
    assert not any(tmp_path.iterdir())


def test_the_tests_leave_nothing_behind(tmp_path: Path) -> None:
    """Neither one run nor the workers of a divided one."""
    for more in ([], ["-n", "2"]):
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *more, "tests/writers/test_files.py"],
            env={**os.environ, "TMPDIR": str(tmp_path), "PYTEST_ADDOPTS": ""},
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        assert list(tmp_path.glob("reportgen-*")) == []
