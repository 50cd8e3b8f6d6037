"""``build`` and ``check`` with a theme and with templates, as a user runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.samples import FIRST, ROOT
from tests.theme.looks import SAMPLE


def reportgen(*arguments: str | Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", "--lang", language, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def house(folder: Path) -> Path:
    """A folder with a report and the sample theme, as a house would have it."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("templates"))
    shutil.copy(FIRST, folder / "report.yaml")
    return folder


def test_a_theme_in_the_folder_is_used_and_one_that_is_named_instead_of_it(tmp_path: Path) -> None:
    """Through the press, which gets the theme by value."""
    folder, out = house(tmp_path / "house"), tmp_path / "out"
    done = reportgen("build", folder, "--language", "en", "--format", "html", "-o", out)
    assert done.returncode == 0, done.stdout
    html = next(out.glob("*.html")).read_text("utf-8")
    assert "--deep: #5b1f3a" in html
    assert "data:image/png" in html
    (tmp_path / "other.yaml").write_text("theme: 1\ncolours: {main: '#003300'}\n")
    done = reportgen(
        "build", folder, "--theme", tmp_path / "other.yaml", "--language", "en", "--format", "html", "-o", out
    )
    assert done.returncode == 0, done.stdout
    html = next(out.glob("*.html")).read_text("utf-8")
    assert "--deep: #003300" in html
    assert "data:image/png" not in html


def test_a_fault_of_the_theme_stops_the_build(tmp_path: Path) -> None:
    """With the line, and nothing is written; ``check`` says the same."""
    folder, out = house(tmp_path / "house"), tmp_path / "out"
    theme = folder / "theme.yaml"
    theme.write_text(theme.read_text("utf-8").replace("css: house.css", "css: hous.css"), "utf-8")
    line = theme.read_text("utf-8").split("\n").index("css: hous.css") + 1
    for command in (("build", folder, "-o", out), ("check", folder)):
        done = reportgen(*command)
        assert done.returncode == 1
        assert f"theme.yaml:{line}:6 error RG716" in done.stdout
        assert f"{line} | css: hous.css" in done.stdout
        assert "Did you mean “house.css”?" in done.stdout
    assert not out.exists()


def test_templates_are_used_with_a_warning(tmp_path: Path) -> None:
    """They replace the program's own one by one."""
    arguments = (
        "build",
        FIRST,
        "--templates",
        SAMPLE / "templates",
        "--language",
        "en",
        "--format",
        "html",
        "-o",
        tmp_path,
    )
    done = reportgen(*arguments)
    assert done.returncode == 0, done.stdout
    assert "RG727" in done.stdout
    html = next(tmp_path.glob("*.html")).read_text("utf-8")
    assert "No organizer charged</span> – Deficiency</h4>" in html


def test_a_fault_of_a_template_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    """4, with file and line; nothing is written."""
    templates, out = tmp_path / "templates", tmp_path / "out"
    shutil.copytree(SAMPLE / "templates", templates)
    finding = templates / "blocks" / "finding.html.j2"
    finding.write_text(finding.read_text("utf-8").replace("block.label", "block.lable"), "utf-8")
    done = reportgen("build", FIRST, "--templates", templates, "--format", "html", "-o", out)
    assert done.returncode == 4, done.stdout
    assert "finding.html.j2:3:1 error RG729" in done.stdout
    assert "Did you mean “label”?" in done.stdout
    finding.rename(finding.with_name("findings.html.j2"))
    done = reportgen("build", FIRST, "--templates", templates, "--format", "html", "-o", out)
    assert done.returncode == 4, done.stdout
    assert "RG726" in done.stdout
    assert not out.exists()


def test_the_schema_of_themes_can_be_had() -> None:
    """For editors; without the option it is that of submissions."""
    assert '"reportgen theme, format 1"' in reportgen("schema", "--theme").stdout
    assert '"reportgen submission, format 1"' in reportgen("schema").stdout
