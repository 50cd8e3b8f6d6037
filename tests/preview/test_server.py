"""The stream of events: each audience hears of its own rows, and everybody of how things stand."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.preview.engine import Engine
from reportgen.preview.server import Server, listen
from tests.preview.desks import FINDINGS, INNER, Desk, edit, lay_out, served


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for this module."""
    with served(lay_out(tmp_path_factory.mktemp("server") / "report")) as served_:
        yield served_


def heard(desk: Desk, audience: str) -> Iterator[tuple[str, Any]]:
    """Yield every event of a stream."""
    with urllib.request.urlopen(f"{desk.address}events?audience={audience}", timeout=20) as stream:
        name, end = "", time.monotonic() + 20
        for line in stream:
            assert time.monotonic() < end, "nothing came"
            if line.startswith(b"event: "):
                name = line[7:].decode().strip()
            elif line.startswith(b"data: "):
                yield name, json.loads(line[6:])


def test_a_members_text_is_never_sent_to_the_public_view(desk: Desk) -> None:
    """Of an edit in it the members' stream has the row; the public's has none, up to the next state."""
    folder = lay_out(desk.path)
    desk.view("public")
    desk.view("members")
    streams = {audience: heard(desk, audience) for audience in ("public", "members")}
    for stream in streams.values():
        assert [next(stream)[0], next(stream)[0]] == ["hello", "state"]
    edit(folder / "untoc-5.yaml", f"Five{FINDINGS} begins.", f"Five{FINDINGS} changed.")
    got: dict[str, list[tuple[str, Any]]] = {audience: [] for audience in streams}
    for audience, stream in streams.items():
        for name, data in stream:
            got[audience].append((name, data))
            if name == "state":
                break
    assert [name for name, _ in got["members"]] == ["rows", "state"]
    assert INNER in str(got["members"][0])
    assert [name for name, _ in got["public"]] == ["state"]
    assert INNER not in str(got["public"])
    for stream in streams.values():
        stream.close()  # type: ignore[attr-defined]


def test_who_listens_anew_is_told_how_things_stand(desk: Desk) -> None:
    """A page that missed everything hears the revision and the state at once, with what is broken now."""
    folder = lay_out(desk.path)
    edit(folder / "untoc-5.yaml", "practice: poor", "practice: poorly")
    for _ in range(100):
        if desk.view()["state"]["blocked"]:
            break
        time.sleep(0.1)
    stream = heard(desk, "public")
    assert next(stream)[0] == "hello"
    name, state = next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert name == "state"
    assert "untoc-5.yaml:4" in state["overlay"]


def test_a_theme_is_followed(tmp_path: Path) -> None:
    """The look that was named is taken, and a change of it reaches the page as a change of the files does."""
    theme = tmp_path / "theme.yaml"
    theme.write_text("theme: 1\ncolours:\n  main: '#123456'\n", "utf-8")
    with served(lay_out(tmp_path / "report"), "--theme", str(theme)) as desk:
        before = desk.view()["style"]
        assert b"#123456" in desk.get("report.css")
        stream = heard(desk, "public")
        assert [next(stream)[0], next(stream)[0]] == ["hello", "state"]
        edit(theme, "#123456", "#12344f")
        name, change = next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert name == "rows"
        assert change["style"] == desk.view()["style"] != before
        assert b"#12344f" in desk.get("report.css")


class Held(Engine):
    """A report whose check takes as long as the test wants."""

    let, begun = threading.Event(), threading.Event()

    def judge(self) -> None:
        self.begun.set()
        assert self.let.wait(60)
        super().judge()


def test_words_do_not_wait_for_the_check(tmp_path: Path) -> None:
    """While a report is checked, saves go on: the next is shown, and what keeps the page back is told and goes."""
    folder = lay_out(tmp_path / "report")
    Held.let.set()
    listener = listen(0)
    server, ready = Server(Held(folder), "en", listener), threading.Event()
    threading.Thread(target=server.run, args=[ready.set], daemon=True).start()
    assert ready.wait(20)
    desk = Desk(None, server.address, folder)  # type: ignore[arg-type] # it runs here
    desk.view()
    stream = heard(desk, "public")
    assert [next(stream)[0], next(stream)[0]] == ["hello", "state"]
    Held.let.clear()
    Held.begun.clear()
    try:
        edit(folder / "untoc-5.yaml", "Five1 begins.", "Five1 first.")
        assert Held.begun.wait(20)
        edit(folder / "untoc-5.yaml", "Five1 first.", "Five1 second.")
        assert "Five1 second." in str([next(stream) for _ in range(2)][1])
        edit(folder / "untoc-5.yaml", "practice: poor", "practice: poorly")
        assert "poorly" in next(stream)[1]["overlay"]
        edit(folder / "untoc-5.yaml", "practice: poorly", "practice: poor")
        assert next(stream)[1]["blocked"] == 0
    finally:
        Held.let.set()
        stream.close()  # type: ignore[attr-defined]
        server.stop()
