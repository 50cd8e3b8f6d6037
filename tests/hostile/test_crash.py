"""Outputs are whole or absent, whatever stops the program: a kill at any moment, a full disk, another build beside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.writers.files import PREFIX
from tests.samples import ROOT, write

MOMENTS = 20
WORDS = "Nobody-but-the-author-knows-this"
"""Stands in the text of the report, and may stay in no temporary file."""


def environment(temporary: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary), "NO_COLOR": "1"}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "reportgen", "--lang", "en", *map(str, arguments)]


class Desk:
    """Two versions of a report, what each looks like when it is built, and a folder with the older one."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.out, self.temporary = home / "out", home / "temporary"
        self.temporary.mkdir(parents=True)
        self.sources = {name: self._write(name, f"{WORDS} {name}") for name in ("old", "new")}
        begun = time.monotonic()
        self.versions = {name: self._built(name) for name in self.sources}
        self.lasts = (time.monotonic() - begun) / 2
        self.restore()

    def _write(self, name: str, text: str) -> Path:
        (self.home / name).mkdir()
        return write(self.home / name, f"grounds: {text}")

    def _built(self, name: str) -> dict[str, bytes]:
        folder = self.home / f"built-{name}"
        subprocess.run(self.build(name, folder), env=environment(self.temporary), check=True, capture_output=True)
        return files(folder)

    def build(self, name: str, folder: Path | None = None) -> list[str]:
        """The command that builds one version."""
        return command("build", self.sources[name], "-o", folder or self.out, "--format", "html")

    def restore(self) -> None:
        """Put the older version into the folder of the outputs."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        for name, data in self.versions["old"].items():
            (self.out / name).write_bytes(data)

    def intact(self) -> bool:
        """Whether every output is one of the two versions, whole; with what was not cleared yet left aside."""
        there = {name: data for name, data in files(self.out).items() if not name.startswith(PREFIX)}
        return set(there) == set(self.versions["old"]) and all(
            data in (self.versions["old"][name], self.versions["new"][name]) for name, data in there.items()
        )


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Shared, since building the versions takes longer than any test."""
    made = Desk(tmp_path_factory.mktemp("crash"))
    assert made.versions["old"].keys() == made.versions["new"].keys()
    assert len(made.versions["old"]) == 2
    assert made.versions["old"] != made.versions["new"]
    return made


def family(desk: Desk) -> list[int]:
    """Every process that has to do with the folder of this test."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                told = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if os.fsencode(desk.temporary) in told:
                found.append(int(entry.name))
    return found


def _all_dead(desk: Desk) -> None:
    while running := family(desk):
        for process in running:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.01)


def _until_all_ended(desk: Desk) -> None:
    until = time.monotonic() + 60
    while family(desk) and time.monotonic() < until:
        time.sleep(0.02)
    assert family(desk) == []


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_a_moment(moment: int, desk: Desk) -> None:
    """Old outputs stay, or new ones stand there whole; what lies in temporary files is private, holds no word, and goes."""
    desk.restore()
    process = subprocess.Popen(
        desk.build("new"), env=environment(desk.temporary), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # fmt: skip
    time.sleep(desk.lasts * (moment + 0.5) / MOMENTS)
    way = ("all", "parent", "asked", "interrupted")[moment % 4]
    if way == "all":
        _all_dead(desk)
    else:
        process.send_signal({"parent": signal.SIGKILL, "asked": signal.SIGTERM, "interrupted": signal.SIGINT}[way])
    process.wait(60)
    _until_all_ended(desk)
    assert desk.intact()
    left = list(desk.temporary.iterdir())
    if way != "all":
        assert left == []
    if way in {"asked", "interrupted"}:
        assert not list(desk.out.glob(f"{PREFIX}*"))
    for folder in left:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.rglob("*"):
            assert not path.is_file() or WORDS.encode() not in path.read_bytes()
        shutil.rmtree(folder)


_KILLED: str = """\
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have had it ignored
left = int(sys.argv[1])
events = os.environ.get("AT", "os.rename os.link os.remove").split()
def count(event, arguments):
    global left
    if event in events or (event == "open" and ".reportgen-" in str(arguments[0])):
        left -= 1
        if left == -1:
            os.kill(os.getpid(), getattr(signal, os.environ.get("WAY", "SIGKILL")))
"""
_WRITES: str = """\
from pathlib import Path
from reportgen.writers.files import write_files
folder = Path(sys.argv[2])
sys.addaudithook(count)
write_files(folder, {"a": b"new" * 1000, "b": b"new" * 1000, "below/c": b"new" * 1000})
"""


def _run(program: str, *arguments: str | int | Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED + program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode


def test_killed_between_any_two_steps_of_writing(tmp_path: Path) -> None:
    """Each file is the old one or the new one; the next run clears what this one could not."""
    (tmp_path / "below").mkdir()
    names = ("a", "b", "below/c")
    for step in range(100):
        for name in names:
            (tmp_path / name).write_bytes(b"old" * 1000)
        ended = _run(_WRITES, step, tmp_path)
        states = [(tmp_path / name).read_bytes() for name in names]
        assert all(state in {b"old" * 1000, b"new" * 1000} for state in states), step
        assert states == sorted(states, key=lambda state: state.startswith(b"old"))  # in the order of the files
        if ended == 0:
            break
    assert step > 8
    assert [path for path in tmp_path.rglob("*") if path.name.startswith(PREFIX)] == []
    assert all((tmp_path / name).read_bytes() == b"new" * 1000 for name in names)


_COMMAND: str = """\
from reportgen.cli.entry import main
sys.argv = ["reportgen", *sys.argv[2:]]
sys.addaudithook(count)
main()
"""


@pytest.mark.parametrize("name", ["new", "merge", "bundle", "unbundle"])
def test_every_command_that_writes_writes_whole_files(name: str, tmp_path: Path) -> None:
    """What a finished run makes, a killed one makes whole, or not at all."""
    source = write(tmp_path, "grounds: A text.")
    member = tmp_path / "coalition" / "a.yaml"
    member.parent.mkdir()
    member.write_bytes(source.read_bytes())
    frame = source.read_text("utf-8").split("organisations:")[0] + "members:\n  - a.yaml\n"
    (tmp_path / "coalition" / "coalition.yaml").write_text(frame, "utf-8")
    if name == "unbundle":
        assert _run(_COMMAND, 10**6, "bundle", source, "-o", tmp_path / "b.zip") == 0

    def arguments(target: Path) -> tuple[str | Path, ...]:
        known: dict[str, tuple[str | Path, ...]] = {
            "new": ("new", target, "--state", "KE"),
            "merge": ("merge", tmp_path / "coalition", "-o", target / "m.yaml"),
            "bundle": ("bundle", source, "-o", target / "b.zip"),
            "unbundle": ("unbundle", tmp_path / "b.zip", target),
        }
        return known[name]

    whole = tmp_path / "whole"
    assert _run(_COMMAND, 10**6, *arguments(whole)) == 0
    expected = dict(_below(whole))
    assert expected
    for step in (0, 1, 2, 3, 5, 8, 13, 21):
        target = tmp_path / f"killed-{step}"
        ended = _run(_COMMAND, step, *arguments(target))
        for place, data in _below(target):
            if not any(part.startswith(PREFIX) for part in place.parts):
                assert expected[place] == data
        if ended == 0:
            break


@pytest.mark.parametrize("step", range(3))
def test_killed_as_a_process_begins(step: int, desk: Desk) -> None:
    """A program that ends before the process that it starts is there leaves no folder for it."""
    desk.restore()
    subprocess.run(
        [sys.executable, "-c", _KILLED + _COMMAND, str(step), *desk.build("new")[3:]],
        env=environment(desk.temporary) | {"AT": "subprocess.Popen"},
        capture_output=True,
        check=False,
    )
    _until_all_ended(desk)
    assert list(desk.temporary.iterdir()) == []


@pytest.mark.parametrize("way", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_asked_to_end_while_it_writes(way: str, tmp_path: Path) -> None:
    """A request to end, or a terminal that is closed, is no kill: what was begun is cleared, what stood there stays."""
    target = tmp_path / "new" / "report.yaml"
    for step in (0, 3, 6):
        done = subprocess.run(
            [sys.executable, "-c", _KILLED + _COMMAND, str(step), "new", str(target.parent), "--state", "KE"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "WAY": way},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 130, done.stderr
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        shutil.rmtree(target.parent, ignore_errors=True)


def _below(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file():
            yield path.relative_to(folder), path.read_bytes()


def test_several_builds_at_once(desk: Desk) -> None:
    """Four builds of one report into one folder all succeed, with the same bytes."""
    desk.restore()
    builds = [
        subprocess.Popen(desk.build("new"), env=environment(desk.temporary), stdout=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [build.wait(120) for build in builds] == [0] * 4
    assert files(desk.out) == desk.versions["new"]
    assert list(desk.temporary.iterdir()) == []


def test_writers_at_once_never_mix_their_files(tmp_path: Path) -> None:
    """Two that write a set of files into one folder wait for each other: what stands there is the set of one of them."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom reportgen.writers.files import write_files\n"
        "for turn in range(25):\n    write_files(Path(sys.argv[1]), {f'{n}': sys.argv[2].encode() * 5000 for n in range(6)})\n"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), mark], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for mark in "ABC"
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [str(number) for number in range(6)]


def in_namespace(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount file systems; skip, or fail if ``CI_ALL`` is set, where a machine forbids it."""
    alone = ["unshare", "-rm", "sh", "-ec"]
    able = (
        shutil.which("unshare")
        and not subprocess.run([*alone, "mount -t tmpfs none /mnt"], check=False, capture_output=True).returncode
    )
    if not able:
        missing = "mounting a file system of one's own is not allowed here"
        if os.environ.get("CI_ALL"):
            pytest.fail(missing)
        pytest.skip(missing)
    return subprocess.run(
        [*alone, script, "sh", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


_BUILD = '"$PYTHON" -m reportgen --lang en build "$2/submission.yaml" --format html -o "$1" || echo "code $?"\n'
_LIST = 'echo; ls -A "$1"; cat "$1"/*.html | sha256sum\n'


@pytest.mark.parametrize(
    ("mount", "code"),
    [("size=100k", "RG703"), ("size=200k", "RG703"), ("nr_inodes=4", "RG703"), ("size=4m", "")],
    ids=["no room", "room for one", "no room for names", "enough"],
)
def test_a_full_disk(mount: str, code: str, desk: Desk) -> None:
    """The old files are intact and nothing lies beside them; the message says what is wrong."""
    small = desk.home / "small"
    small.mkdir(exist_ok=True)
    older = 'printf old > "$1/xsl-cluster1-parallel-report.en.html"; '
    done = in_namespace(
        f'mount -t tmpfs -o {mount} none "$1"\n{older}\n{_BUILD}{_LIST}', small, desk.sources["new"].parent
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    listed = done.stdout.rpartition("\n\n")[2].split("\n")
    assert not any(PREFIX in line for line in listed)
    if code:
        assert code in done.stdout
        assert "code 5" in done.stdout
        assert listed[0] == "xsl-cluster1-parallel-report.en.html"
        assert len([line for line in listed if line.endswith(".html")]) == 1
        assert hashlib.sha256(b"old").hexdigest() in done.stdout
    else:
        assert "code" not in done.stdout
        assert len([line for line in listed if line.endswith(".html")]) == 2


def test_no_room_for_temporary_files(desk: Desk) -> None:
    """The renderer has nowhere to work: a message, and the old files stay."""
    desk.restore()
    script = f'mount -t tmpfs -o size=4k,nr_inodes=3 none "$3"\nexport TMPDIR="$3"\n{_BUILD}'.replace(
        "--format html", ""
    )
    done = in_namespace(script, desk.out, desk.sources["new"].parent, desk.temporary)
    assert done.returncode == 0, done.stderr
    assert "code 5" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert files(desk.out) == desk.versions["old"]


def test_a_folder_that_is_read_only(desk: Desk) -> None:
    """Nothing is written, and the message says so."""
    small = desk.home / "small"
    small.mkdir(exist_ok=True)
    done = in_namespace(f'mount -t tmpfs -o ro none "$1"\n{_BUILD}', small, desk.sources["new"].parent)
    assert "RG703" in done.stdout, done.stderr
    assert "code 5" in done.stdout


@pytest.mark.parametrize("place", ["a file", "below a file", "a folder of the name of an output", "a link to a folder"])
def test_an_odd_output(place: str, desk: Desk) -> None:
    """Each is told in a line, or works as it should; what stood there stays."""
    desk.restore()
    target = desk.home / place
    name = next(iter(desk.versions["new"]))
    wanted = 5
    if place == "a file":
        target.write_text("mine")
        wanted = 2
    elif place == "below a file":
        target.write_text("mine")
        target /= "out"
    elif place == "a link to a folder":
        target.symlink_to(desk.out)
        wanted = 0
    else:
        (target / name).mkdir(parents=True)
    done = subprocess.run(
        desk.build("new", target), env=environment(desk.temporary), capture_output=True, text=True, check=False
    )
    assert done.returncode == wanted, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    if place == "a link to a folder":
        assert target.is_symlink()
        assert files(desk.out) == desk.versions["new"]
    else:
        assert files(desk.out) == desk.versions["old"]
    if place == "a folder of the name of an output":
        assert [path.name for path in target.iterdir()] == [name]


def test_outputs_are_their_owners_alone(desk: Desk) -> None:
    """Nobody else on the machine reads a report that is not published yet, nor its temporary files."""
    out = desk.home / "private"
    subprocess.run(desk.build("new", out), env=environment(desk.temporary), check=True, capture_output=True)
    assert [stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()] == [0o600, 0o600]
