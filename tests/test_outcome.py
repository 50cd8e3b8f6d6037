"""What is said again is what would be said anew: whatever changes in the folder is seen, and what depends on more is not kept."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from reportgen import outcome as module
from reportgen import pipeline
from reportgen.order import Order
from reportgen.outcome import Outcome, build_outcome, check_outcome
from reportgen.press.store import FOLDER, Store
from reportgen.publication.audience import Audience
from tests.samples import write

HTML = Order(("en",), ("html",), kept=True)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A small report with a warning, a theme and a picture that nothing shows."""
    folder = tmp_path / "report"
    folder.mkdir()
    write(folder, "grounds: The law is old.")
    (folder / "theme.yaml").write_text("theme: 1\n", "utf-8")
    (folder / "map.png").write_bytes(b"x")
    return folder


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths that were really checked or built."""
    seen: list[Path] = []
    for name in ("check", "build"):
        original = getattr(pipeline, name)

        def counted(path: Path, *more: object, original: Callable[..., object] = original, **options: object) -> object:
            seen.append(path)
            return original(path, *more, **options)

        monkeypatch.setattr(pipeline, name, counted)
    return seen


def checked(path: Path) -> Outcome:
    """Check a report with what is kept."""
    return check_outcome(path, kept=True)


def test_what_did_not_change_is_said_again(report: Path, checks: list[Path]) -> None:
    """The second check and the second build work nothing out, and say and give the same."""
    first, made = checked(report), build_outcome(report, HTML, nullcontext)
    assert made.files
    done = len(checks)
    assert checked(report) == first == check_outcome(report, kept=False)
    assert build_outcome(report, HTML, nullcontext) == made
    assert len(checks) == done + 1
    assert first.texts == {item.span.file: Path(item.span.file).read_text("utf-8") for item in first.found if item.span}


def _edit(folder: Path) -> None:
    path = folder / "submission.yaml"
    path.write_text(path.read_text("utf-8").replace("old", "odd"), "utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _edit,
        lambda folder: (folder / "theme.yaml").write_text("theme: 1\npaper: letter\n", "utf-8"),
        lambda folder: (folder / "map.png").write_bytes(b"y"),
        lambda folder: (folder / "map.png").unlink(),
        lambda folder: (folder / "map.png").rename(folder / "other.png"),
        lambda folder: (folder / "more.yaml").write_text("acronyms: {A: B}\n", "utf-8"),
        lambda folder: (folder / "secrets.txt").write_text("Somebody Else\n", "utf-8"),
    ],
)
def test_any_change_is_seen(change: Callable[[Path], object], report: Path, checks: list[Path]) -> None:
    """Words, theme, pictures, names, files that come and go."""
    checked(report)
    change(report)
    checked(report)
    assert len(checks) == 2


@pytest.mark.parametrize("name", ["secrets.txt", "Secret names.txt", "pseudonyms.key", "age.key"])
def test_where_names_are_registered_nothing_is_said_again(name: str, report: Path, checks: list[Path]) -> None:
    """What is said then depends on Git and on who may read the file."""
    (report / name).write_text("Somebody Else\n", "utf-8")
    (report / name).chmod(0o600)
    checked(report)
    checked(report)
    assert len(checks) == 2
    for entry in (report / FOLDER).glob("[0-9a-f]*"):
        data = Store(report / FOLDER).get(entry.name)
        assert data
        assert not data.startswith(pickle.PROTO + b"\x05"), "more than marks of texts in which there was no name"


def test_nothing_is_kept_of_a_folder_that_holds_much_else(
    report: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single file among all documents of its author does not have them all read."""
    monkeypatch.setattr(module, "_MOST_BYTES", 1_000)
    (report / "film.mov").write_bytes(b"x" * 2_000)
    checked(report)
    checked(report)
    assert len(checks) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_what_is_no_file_is_not_opened(report: Path) -> None:
    """A pipe in the folder would be waited for for ever."""
    os.mkfifo(report / "pipe")
    assert checked(report).found == check_outcome(report, kept=False).found


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links of POSIX")
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_where_a_link_leads_nothing_is_kept(kind: str, report: Path, checks: list[Path]) -> None:
    """What lies behind it is not looked at, so that a change there could not be seen."""
    outside = report.parent / "outside"
    outside.mkdir()
    (outside / "map.png").write_bytes(b"x")
    (report / "linked").symlink_to(outside if kind == "folder" else outside / "map.png")
    checked(report)
    checked(report)
    assert len(checks) == 2


@pytest.mark.parametrize("what", ["a member", "what was merged"])
def test_names_that_others_of_a_coalition_register_are_looked_for(what: str, tmp_path: Path) -> None:
    """What was built before knows nothing of them."""
    for name in "ab":
        (tmp_path / name).mkdir()
    source = write(tmp_path / "a", "grounds: Seen by Orsine Talem.")
    frame = source.read_text("utf-8").split("organisations:")[0]
    (tmp_path / "coalition.yaml").write_text(f"{frame}members:\n  - a/submission.yaml\n", "utf-8")
    path = source.parent if what == "a member" else source.rename(tmp_path / "merged.yaml")
    assert build_outcome(path, HTML, nullcontext).files
    (tmp_path / "b" / "secrets.txt").write_text("Orsine Talem\n", "utf-8")
    built = build_outcome(path, HTML, nullcontext)
    assert not built.files
    assert "RG910" in {item.code for item in built.found}
    assert "RG910" in {item.code for item in checked(path).found}


def test_each_order_has_its_own(report: Path) -> None:
    """Language, form, audience, draft or final, theme: what was built for one is not given for another."""
    (theme := report.parent / "theme").mkdir()
    (theme / "theme.yaml").write_text("theme: 1\ncolours: {main: '#123456'}\n", "utf-8")
    plain = build_outcome(report, HTML, nullcontext).files
    for order in (
        Order(("fr",), ("html",), kept=True),
        Order(("en",), ("html",), audience=Audience.MEMBERS, kept=True),
        Order(("en",), ("html",), theme=theme, kept=True),
        Order(("en",), ("html",), final=True, kept=True),
    ):
        assert build_outcome(report, order, nullcontext).files != plain


def test_a_change_of_the_program_begins_anew(report: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version said is not said again."""
    checked(report)
    monkeypatch.setattr(module, "program", lambda: "another")
    checked(report)
    assert len(checks) == 2
