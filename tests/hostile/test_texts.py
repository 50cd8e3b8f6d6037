"""Texts that attack the reader of Markdown, the renderer and whoever opens the report: refused, or printed as text."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import count

import pytest

from reportgen.writers.sandbox import broken_promises
from tests.hostile.corpus import everywhere, texts
from tests.hostile.corpus.yaml_files import ANSWERS, BODY, HEAD, REPORT, with_text
from tests.hostile.world import FORMS, Tried, World, build_run

TOGETHER = 40
"""Texts in one report."""
AT_MOST = 60_000
"""Characters of texts in one report."""
LONGEST = int(os.environ.get("HOSTILE_LONGEST", "6000"))
"""Characters of a text that is built after it is checked; ``HOSTILE_LONGEST=60000`` builds them all, in half an hour."""
SOURCE = "sources: {s1: {kind: legislation, title: A law}}\n"
LONG = [*texts.repeated(), *texts.nested(), *texts.large()]
SHORT = list(texts.short())
LOOKS_ACTIVE = re.compile(r"(?i)(java|vb)script:|file:/|\son[a-z]+\s*=|\\\\")
"""What the search of finished files may take for a link that acts, or the path of a file, also where it is but text."""


def batches(cases: Sequence[texts.Case]) -> Iterator[list[texts.Case]]:
    """Part ``cases`` into reports of a bearable length."""
    batch: list[texts.Case] = []
    for case in cases:
        if batch and (len(batch) == TOGETHER or sum(len(text) for _, text in batch) + len(case[1]) > AT_MOST):
            yield batch
            batch = []
        batch.append(case)
    yield batch


BUILT = list(batches([case for case in LONG if len(case[1]) <= LONGEST]))


def accepted(world: World, written: dict[str, str]) -> set[str]:
    """Check each file in one of the forms of output; return the names of those that are no error."""
    with world.case() as folder:
        runs = []
        for (name, text), form in zip(written.items(), count(), strict=False):
            (folder / f"{name}.yaml").write_text(text, "utf-8")
            language, output = FORMS[form % len(FORMS)]
            runs.append(["--lang", language, "check", "--format", output, f"in/{name}.yaml"])
        tried = world.run(folder, runs)
    return {name for name, said in zip(written, tried.said, strict=True) if said.code == 0}


def built(world: World, text: str) -> None:
    """Build a report as PDF and as HTML."""
    with world.case() as folder:
        (folder / "hostile.yaml").write_text(text, "utf-8")
        tried = world.run(folder, [build_run("in/hostile.yaml")])
    assert tried.said[0].code == 0, tried.said[0].out[-1_000:]
    sound(tried)


def sound(tried: Tried) -> None:
    """See that both files were made, and that nothing in the page acts or loads."""
    assert sorted(name.rpartition(".")[2] for name in tried.made) == ["html", "pdf"]
    for name, data in tried.made.items():
        assert not name.endswith(".html") or broken_promises(data.decode()) == []


@pytest.mark.parametrize("start", range(0, len(LONG), TOGETHER))
def test_a_long_text_is_checked(start: int, world: World) -> None:
    """One sign many times over, what stands within itself, and what is too much: each ends soon and in order."""
    accepted(world, {name: with_text(text) + SOURCE for name, text in LONG[start : start + TOGETHER]})


@pytest.mark.parametrize("number", range(len(BUILT)), ids=[f"{batch[0][0]}-{batch[-1][0]}" for batch in BUILT])
def test_a_long_text_is_refused_or_printed(number: int, world: World) -> None:
    """What the check or the setting of the text refuses is left out, with its place; the rest is printed."""
    findings = [f"      - {{kind: case, text: {json.dumps(text, ensure_ascii=False)}}}" for _, text in BUILT[number]]
    head = f"{HEAD}{REPORT}{BODY}{ANSWERS}x\n    findings:\n"
    first = head.count("\n") + 1
    while findings:
        with world.case() as folder:
            (folder / "hostile.yaml").write_text("\n".join([head.rstrip("\n"), *findings, SOURCE]), "utf-8")
            tried = world.run(folder, [build_run("in/hostile.yaml")])
        if tried.said[0].code == 0:
            break
        refused = {
            int(line) - first for line in re.findall(r"^in/hostile.yaml:(\d+):\d+ error", tried.said[0].out, re.M)
        }
        assert refused, tried.said[0].out
        assert not tried.made
        findings = [finding for place, finding in enumerate(findings) if place not in refused]
    if findings:
        sound(tried)


@pytest.fixture(scope="module")
def kept(world: World) -> list[str]:
    """The short texts, every one of which may stand in every field."""
    written = {name: text.replace("{port}", str(world.port)) for name, text in SHORT}
    names = list(written)
    for start in range(0, len(names), 40):
        part = {name: everywhere.report(lambda name=name: written[name]) for name in names[start : start + 40]}  # type: ignore[misc]
        assert accepted(world, part) == set(part)
    return list(written.values())


def spread(kept: list[str], turn: int) -> str:
    """Return a report with the texts of ``kept`` in its fields, each in another one every turn."""
    row = iter([kept[(place + turn * FIELDS) % len(kept)] for place in range(FIELDS)])
    return everywhere.report(lambda: next(row))


def _fields() -> int:
    number = count()
    everywhere.report(lambda: f"x{next(number)}")
    return next(number)


FIELDS = _fields()


@pytest.mark.parametrize("turn", range(3))
def test_a_short_text_is_printed_in_every_field(turn: int, kept: list[str], world: World) -> None:
    """Links, markup, programs and odd signs are printed as what they are: text."""
    plain = [text for text in kept if not LOOKS_ACTIVE.search(unescape(text))]
    assert FIELDS * 3 > len(plain) > len(kept) / 2
    built(world, spread(plain, turn))


def test_what_looks_active_is_printed_or_kept_back(kept: list[str], world: World) -> None:
    """A text that speaks of scripts and files becomes no script; where the search of the finished files objects, there are none."""
    active = [text for text in kept if LOOKS_ACTIVE.search(unescape(text))]
    with world.case() as folder:
        (folder / "hostile.yaml").write_text(spread(active, 0), "utf-8")
        tried = world.run(folder, [build_run("in/hostile.yaml")])
    if tried.said[0].code:
        assert "RG913" in tried.said[0].found
        assert not tried.made
    for name, data in tried.made.items():
        assert not name.endswith(".html") or broken_promises(data.decode()) == []


def test_there_are_enough_of_them() -> None:
    """A corpus that shrinks shows less."""
    assert len(LONG) + len(SHORT) > 350
    assert len({name for name, _ in (*LONG, *SHORT)}) == len(LONG) + len(SHORT)
