"""A press that waits remembers the last report, and nobody can tell from what it makes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.order import Order
from reportgen.pipeline import Built, build
from reportgen.press import run
from reportgen.press.run import Press
from tests.samples import write
from tests.submissions import submissions
from tests.thorough import made_up, tried
from tests.writers.test_bind import edited

_WORDS = st.sampled_from(["Now", "mot " * 300, "x\n\ny", "**z** [@s1]", "Seen by Orsine Talem."])


def same(made: Built, anew: Built) -> bool:
    """Whether two builds come to the same."""
    return (made.files, made.found) == (anew.files, anew.found)


def test_an_edit_of_any_part_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer, a source that it cites, and both, by the one process that knows what was before."""
    monkeypatch.setattr(run, "most_processes", lambda: 1)
    order = Order(("en",), ("pdf",), kept=True)
    rest = "  s3: {kind: ngo_report, title: Another, date: 2023}"
    another = rest.replace("Another", "Some other")
    edits = [
        ("One [@s1]", ""),
        ("Two [@s1]", ""),
        ("Two [@s3; @s1]", rest),
        ("Two [@s3; @s1]", another),
        ("One [@s1]", ""),
    ]
    with Press(lasting=True) as press:
        for words, sources in edits:
            path = write(tmp_path, f"grounds: {words}.", sources)
            made = build(path, order, press=press)
            assert made.files
            assert same(made, build(path, replace(order, kept=False)))


def test_after_any_edits_it_makes_what_a_new_one_makes(tmp_path: Path) -> None:
    """Files and messages, byte by byte; a name is found that comes with an edit, and nothing of it is left after the next."""
    (tmp_path / "secrets.txt").write_text("Orsine Talem\n")
    (tmp_path / "secrets.txt").chmod(0o600)
    path = tmp_path / "submission.yaml"
    refused = []
    with Press(lasting=True) as press:

        @made_up(tried(4, 40))
        @given(submissions(), st.lists(st.tuples(st.integers(0, 1000), _WORDS), min_size=1, max_size=3))
        def follows(text: str, edits: list[tuple[int, str]]) -> None:
            for place, words in [(0, ""), *edits]:
                path.write_text(edited(text, place, words), "utf-8")
                made = build(path, Order(("en",), ("pdf",), kept=True), press=press)
                assert same(made, build(path, Order(("en",), ("pdf",), kept=False)))
                refused.append(not made.files)

        follows()
    assert any(refused)
    assert not all(refused)
