"""Opening what was sent: only a bundle is taken, nothing outside is touched, time and memory are bounded."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.bundle.archive import ArchiveFault, pack, unpack
from reportgen.bundle.fault import BundleFault
from reportgen.bundle.unmake import unbundle
from tests.bundle.hostile import GOOD, TEXT, archives, picture, pictures, texts
from tests.samples import ROOT

ARCHIVES, PICTURES, TEXTS = archives(), pictures(), texts()
NAMES = st.sampled_from(["submission.yaml", "submission-01.yaml", "images/1.png", "images/2.jpg", "images/100.png"])


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(NAMES, st.binary(max_size=300)).filter(lambda files: any(n.endswith(".yaml") for n in files)))
def test_what_is_packed_is_unpacked(files: dict[str, bytes]) -> None:
    """By this program and by every other: the archive is a plain one."""
    data = pack(files)
    assert unpack(data) == files
    assert pack(files) == data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_an_archive_tells_nothing_of_its_maker() -> None:
    """No date, no owner, no rights of others, no field that another program may fill."""
    with zipfile.ZipFile(BytesIO(pack(GOOD))) as archive:
        for item in archive.infolist():
            assert item.date_time == (1980, 1, 1, 0, 0, 0)
            assert stat.filemode(item.external_attr >> 16) == "-rw-------"
            assert (item.extra, item.comment) == (b"", b"")


@pytest.mark.parametrize("kind", ARCHIVES)
def test_what_is_no_archive_of_ours_is_refused(kind: str) -> None:
    """For one reason only: it is not what this program would have written."""
    with pytest.raises(ArchiveFault):
        unpack(ARCHIVES[kind])


@pytest.mark.parametrize("data", [*PICTURES.values(), ARCHIVES["link"]], ids=[*PICTURES, "link"])
def test_what_is_no_bundle_is_refused(tmp_path: Path, data: bytes) -> None:
    """One plain message for all of them: whoever opens it can only ask for it again."""
    path = tmp_path / "received.zip"
    path.write_bytes(data)
    with pytest.raises(BundleFault) as refused:
        unbundle(path)
    assert refused.value.found.code == "RG921"


@pytest.mark.parametrize("kind", TEXTS)
def test_what_the_reader_refuses_is_no_bundle(tmp_path: Path, kind: str) -> None:
    """The text in it is read as suspiciously as any other."""
    path = tmp_path / "received.zip"
    path.write_bytes(TEXTS[kind])
    _, reading = unbundle(path)
    assert reading.found


def test_a_bundle_is_opened(tmp_path: Path) -> None:
    """Control of the tests above: what they start from is a bundle."""
    path = tmp_path / "received.zip"
    path.write_bytes(pack(GOOD))
    files, reading = unbundle(path)
    assert files["submission.yaml"] == TEXT
    assert reading.submission
    assert not reading.found


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.data())
def test_no_byte_may_be_another(data: st.DataObject) -> None:
    """Wherever a bundle is changed it is refused, but never crashes."""
    good = pack({"submission.yaml": TEXT})
    at = data.draw(st.integers(0, len(good) - 1))
    spoilt = good[:at] + bytes([data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))]) + good[at + 1 :]
    with pytest.raises(ArchiveFault):
        unpack(spoilt)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_refused(data: bytes, head: bool) -> None:
    """Whatever it is, there is no other end."""
    with pytest.raises(ArchiveFault):
        unpack(b"PK\3\4" * head + data)


def test_metadata_of_a_received_picture_does_not_reach_the_disk(tmp_path: Path) -> None:
    """Pictures are made anew on the way in, too."""
    spoilt = picture("JPEG")
    spoilt = spoilt[:2] + b"\xff\xfe\0\x08CANARY" + spoilt[2:]
    path = tmp_path / "received.zip"
    path.write_bytes(pack({"submission.yaml": TEXT, "images/1.jpg": spoilt}))
    files, _ = unbundle(path)
    assert b"CANARY" not in files["images/1.jpg"]


LIMITED = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from reportgen.cli.entry import main
codes = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    resource.setrlimit(resource.RLIMIT_CPU, (int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + 11, resource.RLIM_INFINITY))
    try:
        main(["unbundle", str(path), "opened/" + path.stem])
    except SystemExit as end:
        codes[path.stem] = end.code
print(json.dumps(codes), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the process are those of Linux")
def test_hostile_archives_are_harmless(tmp_path: Path) -> None:
    """Each opened as a user would, in 10 s of processor time and 1.5 GB, with an eye on everything around."""
    received, around = tmp_path / "received", tmp_path / "around"
    received.mkdir()
    around.mkdir()
    outside = tmp_path / "outside.txt"
    outside.write_text("CANARY")
    for number, data in enumerate([*ARCHIVES.values(), *PICTURES.values(), *TEXTS.values()]):
        (received / f"{number}.zip").write_bytes(data)
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(received)],
        capture_output=True,
        encoding="utf-8",
        cwd=around,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(around), "REPORTGEN_LANG": "en"},
        check=True,
    )
    codes = json.loads(done.stderr.splitlines()[-1])
    assert set(codes.values()) == {1}
    assert len(codes) == len(ARCHIVES) + len(PICTURES) + len(TEXTS)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    assert outside.read_text() == "CANARY"
    shown = done.stdout + done.stderr
    assert "Traceback" not in shown
    assert "CANARY" not in shown
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
