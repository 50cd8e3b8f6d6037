"""The engine: what it works out after an edit is what it would work out from nothing, for every audience and language."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.preview.engine import Engine, View, as_json
from reportgen.preview.places import finder
from reportgen.preview.standing import standing
from reportgen.publication.audience import Audience
from tests.preview.desks import INNER, answer, edit, lay_out

BOTH = (Audience.PUBLIC, Audience.MEMBERS)
WORDS = st.sampled_from(["One word.", "Two words [@s1].", "Three.\n\nParagraphs.", "A note.[^1]\n\n[^1]: Noted.", "« Quatre » ; cinq !", "| a | b |\n|---|---|\n| 1 | 2 |"])  # fmt: skip
TEXTS = st.fixed_dictionaries({"en": WORDS}, optional={"fr": WORDS, "made_from": st.just("00000000")})
FINDING = st.fixed_dictionaries(
    {"kind": st.sampled_from(["deficiency", "case", "good_practice"]), "text": TEXTS, "sources": st.just(["s1"])},
    optional={"level": st.sampled_from(["members", "confidential"])},
)
ADVICE = st.fixed_dictionaries(
    {"text": TEXTS, "addressee": st.just("Ministry"), "priority": st.sampled_from(["high", "low"])}
)
ANSWER = st.fixed_dictionaries(
    {"law": st.sampled_from(["partly", "full"]), "practice": st.just("poor")},
    optional={
        "grounds": TEXTS,
        "findings": st.lists(FINDING, max_size=3),
        "recommendations": st.lists(ADVICE, max_size=2),
    },
)
STATES = st.fixed_dictionaries(
    {"answers": st.fixed_dictionaries({}, optional={"untoc-5": ANSWER, "untoc-6": ANSWER}), "title": st.sampled_from(["Title", "Other"])}
)  # fmt: skip


def written(folder: Path, state: dict[str, Any]) -> None:
    """Write a state of the report as files; JSON is YAML."""
    import json

    lay_out(folder)
    frame = folder / "submission.yaml"
    edit(frame, "Small report", state["title"])
    for article in ("untoc-5", "untoc-6"):
        file = folder / f"{article}.yaml"
        if article in state["answers"]:
            file.write_text(
                json.dumps({"answers": {article: _texts(state["answers"][article])}}, ensure_ascii=False), "utf-8"
            )
        else:
            file.unlink()


def _texts(value: Any) -> Any:
    """A time of translation without a translation is an error; leave it out."""
    if isinstance(value, list):
        return [_texts(item) for item in value]
    if isinstance(value, dict):
        kept = {key: _texts(item) for key, item in value.items()}
        if "made_from" in kept and "fr" not in kept:
            del kept["made_from"]
        return kept
    return value


def told(view: View) -> Any:
    """Return all that a page is given of a view, and the states of its cells."""
    return [as_json(row, lambda span: (span.file, span.line, span.column)) for row in view.rows], view.style, view.title


@settings(max_examples=25, deadline=None)
@given(st.lists(STATES, min_size=2, max_size=4))
def test_after_any_edits_it_shows_what_a_new_one_shows(states: list[dict[str, Any]]) -> None:
    """Rows, their HTML in both languages, places and states are those of an engine without memory; so are the changes told."""
    folder = Path(tempfile.mkdtemp(prefix="reportgen-engine-"))
    try:
        kept = Engine(folder / "report")
        for audience in BOTH:
            kept.view(audience)
        shown: dict[Audience, dict[str, Any]] = {audience: {} for audience in BOTH}
        orders: dict[Audience, list[str]] = {audience: [] for audience in BOTH}
        for state in states:
            written(folder / "report", state)
            for change in kept.look():
                for row in change.rows:
                    shown[change.audience][row.id] = row
                if change.moved:
                    orders[change.audience] = [row.id for row in change.view.rows]
            new = Engine(folder / "report")
            list(new.look())
            assert new.faults == kept.faults == ()
            assert new.checked
            assert kept.checked
            assert new.checked.found == kept.checked.found
            for audience in BOTH:
                assert told(kept.view(audience)) == told(new.view(audience))
                followed = View(
                    0,
                    tuple(shown[audience][name] for name in orders[audience]),
                    new.view(audience).style,
                    new.view(audience).title,
                )
                assert told(followed) == told(new.view(audience)), "what a page made of the changes"
    finally:
        shutil.rmtree(folder)


def test_an_edit_is_worked_out_alone(tmp_path: Path) -> None:
    """Of an edit in one finding, that finding's row alone is new; all others are the very same."""
    engine = Engine(lay_out(tmp_path / "report"))
    list(engine.look())
    before = {row.id: row for row in engine.view(Audience.PUBLIC).rows}
    edit(tmp_path / "report" / "untoc-5.yaml", "Five3 begins.", "Five3 starts.")
    (change,) = engine.look()
    new = [
        row.id
        for row in change.rows
        if {k: c.html for k, c in row.cells.items()} != {k: c.html for k, c in before[row.id].cells.items()}
    ]
    assert len(new) == 1
    assert "Five3 starts." in next(row for row in change.rows if row.id == new[0]).cells["en"].html
    assert not change.moved
    assert change.before == change.view.revision - 1


def test_nothing_new_is_no_change(tmp_path: Path) -> None:
    """A file that was saved without a change tells pages nothing."""
    engine = Engine(lay_out(tmp_path / "report"))
    list(engine.look())
    engine.view(Audience.PUBLIC)
    file = tmp_path / "report" / "untoc-5.yaml"
    file.write_text(file.read_text("utf-8"), "utf-8")
    assert list(engine.look()) == []


def test_what_is_wrong_leaves_the_last_page(tmp_path: Path) -> None:
    """Broken, emptied, taken away: the view stays as it was and the fault is told; mended, both follow."""
    folder = lay_out(tmp_path / "report")
    engine = Engine(folder)
    list(engine.look())
    good = engine.view(Audience.PUBLIC)
    assert good.rows
    for text in ("answers: [", "", "answers: {untoc-5: {law: odd}}", "\0"):
        (folder / "untoc-5.yaml").write_text(text, "utf-8")
        assert list(engine.look()) == []
        assert engine.faults, text
        assert engine.view(Audience.PUBLIC) is good
    shutil.rmtree(folder)
    assert list(engine.look()) == []
    assert engine.faults
    assert engine.view(Audience.PUBLIC) is good
    lay_out(folder)
    list(engine.look())
    assert engine.faults == ()
    assert [row.id for row in engine.view(Audience.PUBLIC).rows] == [row.id for row in good.rows]


def test_a_members_text_is_in_no_public_row(tmp_path: Path) -> None:
    """Also when the members' view is kept beside it, and after an edit of that text."""
    folder = lay_out(tmp_path / "report")
    engine = Engine(folder)
    list(engine.look())
    assert INNER in str(told(engine.view(Audience.MEMBERS)))
    assert INNER not in str(told(engine.view(Audience.PUBLIC)))
    edit(folder / "untoc-5.yaml", INNER, f"{INNER} again")
    changes = list(engine.look())
    assert {change.audience for change in changes if INNER in str(change.rows)} == {Audience.MEMBERS}
    assert INNER not in str(told(engine.view(Audience.PUBLIC)))


def test_the_memory_forgets(tmp_path: Path) -> None:
    """A hundred edits leave no more behind than ten."""
    folder = lay_out(tmp_path / "report")
    engine = Engine(folder)
    list(engine.look())
    engine.view(Audience.PUBLIC)
    sizes = []
    for number in range(30):
        (folder / "untoc-5.yaml").write_text(
            answer("untoc-5").replace("Five3 begins.", f"Five3 for the {number + 10}th time."), "utf-8"
        )
        list(engine.look())
        sizes.append(len(engine._memory._known))
    assert sizes[-1] == sizes[5]


def test_a_registered_name_is_in_no_message_that_is_laid_over(tmp_path: Path) -> None:
    """What can't be read is told before all is judged; a name of the register is not shown there either."""
    folder = lay_out(tmp_path / "report")
    (folder / "secrets.txt").write_text("Jeanne Mukendi\n", "utf-8")
    edit(folder / "untoc-5.yaml", "practice: poor", "practice: Jeanne Mukendi")
    engine = Engine(folder)
    list(engine.look(judge=False))
    overlay = standing(engine, Audience.PUBLIC, "en", "")["overlay"]
    assert "untoc-5.yaml:4" in overlay
    assert "Mukendi" not in overlay


def test_what_readers_do_not_get_leads_to_no_other_words(tmp_path: Path) -> None:
    """A message on a finding for members leads nowhere on the public's page, and to the finding on theirs."""
    folder = lay_out(tmp_path / "report")
    file = folder / "untoc-6.yaml"
    words = "      - kind: deficiency\n        sources: [s1]\n{level}        text: {{en: {name}., fr: {name}.}}\n"
    parts = words.format(level="", name="One") + words.format(level="        level: members\n", name="Two")
    file.write_text(f"answers:\n  untoc-6:\n    law: partly\n    practice: poor\n    findings:\n{parts}", "utf-8")
    engine = Engine(folder)
    list(engine.look())
    assert engine.whole
    texts = engine.whole.reading.texts
    span = next(Span(name, 9, 9) for name in texts if name.endswith("untoc-6.yaml"))
    public, members = (finder(engine.view(audience), texts) for audience in BOTH)
    assert public(span) == ""
    assert public(replace(span, line=6)) == members(replace(span, line=6)) != ""
    assert members(span) not in ("", members(replace(span, line=6)))
