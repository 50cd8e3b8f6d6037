"""What a command prints is said once, is true, and is in the user's language down to the names of values."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from reportgen.cli.click_words import name_values
from tests.cli.test_commands import run
from tests.samples import write


@pytest.mark.parametrize(
    "answer", ["grounds: {en: Fine., fr: Bien.}", "grounds: {en: A Tibetan sign ༀ., fr: Un signe ༀ.}"]
)
def test_a_build_counts_what_it_found_once(answer: str, tmp_path: Path) -> None:
    """Also where something of it is shown, such as a sign without a font; the count is that of ``check``."""
    source = write(tmp_path, answer)
    built = run("build", source, "-o", tmp_path / "out", "--format", "html").stdout
    counts = re.findall(r"^\d+ warnings?", built, re.MULTILINE)
    assert len(counts) == 1
    assert counts[0] == re.findall(r"^\d+ warnings?", run("check", source).stdout, re.MULTILINE)[-1]
    assert ("RG704" in built) == ("Tibetan" in answer)


def test_a_final_report_without_summary_and_methodology_is_refused(tmp_path: Path) -> None:
    source = write(tmp_path, "grounds: {en: Fine., fr: Bien.}")
    done = run("build", source, "-o", tmp_path / "out", "--format", "html", "--final")
    assert done.returncode == 1
    assert {"RG424", "RG425"} <= set(re.findall(r"error (RG\d+)", done.stdout))
    assert not (tmp_path / "out").exists()


def test_a_new_report_is_told_once_that_all_is_still_to_be_written(tmp_path: Path) -> None:
    """Sixteen articles, one problem, in the order of the treaties; one by one for whoever asks."""
    run("new", "report", "--state", "KE", "--cluster", "1", cwd=tmp_path)
    shown = run("check", "report", cwd=tmp_path).stdout
    assert shown.count("RG401") == 1
    assert re.search(r"about 16 articles: untoc-2, untoc-5,.*som-6,\s.*firearms-8\.", " ".join(shown.split()))
    assert run("check", "report", "--all", cwd=tmp_path).stdout.count("RG401") == 16
    assert run("check", "report", "--format", "json", cwd=tmp_path).stdout.count('"RG401"') == 16


def test_what_stops_a_build_is_said_last(tmp_path: Path) -> None:
    """Behind all warnings, and the line that sums them up: what stands above has scrolled away."""
    uncited = "".join(f"  x{number}: {{kind: media, title: Paper {number}, date: 2023}}\n" for number in range(12))
    source = write(tmp_path, "grounds: {en: Fine., fr: Bien.}\nratng: full", uncited)
    lines = run("check", source).stdout.splitlines()
    heads = [line for line in lines if re.search(r"(note|warning|error|…) RG\d+", line)]
    kinds = [re.search(r"note|warning|error|…", head)[0] for head in heads]  # type: ignore[index]
    assert "…" in kinds
    assert kinds.index("error") > max(at for at, kind in enumerate(kinds) if kind != "error")
    assert re.match(r"\d+ errors?, ", lines[-1])


def test_where_a_list_comes_from_is_said_in_french() -> None:
    said = run("--lang", "fr", "articles", "--cluster", "2").stdout.splitlines()[-1]
    assert "de mémoire (non vérifiés)" in said
    assert "recalled" not in said


def test_values_of_options_are_named_by_our_catalogue() -> None:
    """Where the library would write its own TEXT and INTEGER RANGE; switches, choices and paths stay what they are."""
    options: list[click.Parameter] = [
        click.Option(["--state"]),
        click.Option(["--cluster"], type=click.IntRange(1, 4)),
        click.Option(["--all"], is_flag=True),
        click.Option(["--form"], type=click.Choice(["a", "b"])),
        click.Option(["--file"], metavar="FILE"),
    ]
    group = click.Group("top", commands=[click.Command("below", params=options)])
    name_values(group, str.casefold)
    assert [option.metavar for option in options] == ["text", "number", None, None, "FILE"]
