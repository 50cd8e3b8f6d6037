"""Through the command itself: a name stops the build, nothing is written, and nothing that is said holds it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import pytest

from reportgen.protection.registers import FILE
from reportgen.resources import resource
from tests.cli.test_commands import run
from tests.samples import write

_NAMES: Final = ("Orsine Talem", "Zeph")
_VOICES: Final = ("orsine", "talem", "zeph")


def report(folder: Path, text: str) -> Path:
    """A report with one finding, and a register beside it."""
    folder.mkdir(exist_ok=True)
    register = folder / FILE
    register.write_text("\n".join(_NAMES), "utf-8")
    register.chmod(0o600)
    return write(folder, f'findings: [{{kind: deficiency, text: "{text}", sources: [s1, s2]}}]').parent


def with_theme(folder: Path, style: str) -> Path:
    """The same with a style sheet of the house's own."""
    (folder / "theme.yaml").write_text("theme: 1\ncss: house.css\n", "utf-8")
    (folder / "house.css").write_text(style, "utf-8")
    return folder


def silent(text: str) -> bool:
    return not any(name in text.casefold() for name in _VOICES)


def before(folder: Path) -> dict[str, bytes]:
    """Files of an earlier build."""
    folder.mkdir()
    for language in ("en", "fr"):
        for form in ("pdf", "html"):
            (folder / f"xsl-cluster1-parallel-report.{language}.{form}").write_bytes(b"earlier")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_check_tells_the_place_and_not_the_name(language: str, form: str, tmp_path: Path) -> None:
    folder = report(tmp_path / "r", "Vu par Or-sine TALEM, dit Zeph [@nobody].")
    done = run("--lang", language, "check", folder, "--format", form, "--all")
    assert done.returncode == 1
    assert "RG405" in done.stdout
    assert silent(done.stdout + done.stderr)
    folder = report(tmp_path / "r", "Vu par Or-sine TALEM, dit Zeph.")
    done = run("--lang", language, "check", folder, "--format", form, "--all")
    assert done.returncode == 1
    assert done.stdout.count("RG910") == 2
    assert "secrets.txt:1" in done.stdout
    assert "secrets.txt:2" in done.stdout
    assert silent(done.stdout + done.stderr)


def test_a_name_in_a_text_stops_the_build_before_a_page_is_set(tmp_path: Path) -> None:
    earlier = before(tmp_path / "out")
    done = run("build", report(tmp_path / "r", "Vu par Talem, Orsine."), "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "RG910" in done.stdout
    assert silent(done.stdout + done.stderr)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == earlier


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("style", "form"),
    [
        ('p::after { content: "Or" "sine Talem" }', "pdf"),
        ("/* for Orsine\n Talem */", "html"),
        ('p::after { content: "\\5a eph"; color: #fff }', "html"),
    ],
)
def test_a_name_that_comes_from_elsewhere_stops_it_after(style: str, form: str, language: str, tmp_path: Path) -> None:
    """A name in the style sheet of the theme: no file of either language is written, and the earlier ones stay."""
    earlier = before(tmp_path / "out")
    folder = with_theme(report(tmp_path / "r", "Fine."), style)
    done = run("--lang", language, "build", folder, "-o", tmp_path / "out", "--format", form)
    assert done.returncode == 1
    assert "RG911" in done.stdout
    assert "secrets.txt:" in done.stdout
    assert silent(done.stdout + done.stderr)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == earlier


def test_a_name_in_a_template_stops_it(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    own = resource("templates").joinpath("report.html.j2").read_text("utf-8")
    assert "<body" in own
    (templates / "report.html.j2").write_text(
        own.replace("<body", "<!-- O{{ 'rsine' }}-{{ 'Talem' }} --><body", 1), "utf-8"
    )
    done = run(
        "build", report(tmp_path / "r", "Fine."), "--templates", templates, "-o", tmp_path / "out", "--format", "html"
    )
    assert done.returncode == 1
    assert "RG911" in done.stdout
    assert silent(done.stdout + done.stderr)
    assert not (tmp_path / "out").exists()


def test_a_report_without_names_is_written(tmp_path: Path) -> None:
    folder = with_theme(report(tmp_path / "r", "Un zéphyr; le talent d’Orsini."), "p { color: black }")
    done = run("build", folder, "-o", tmp_path / "out", "--language", "en")
    assert done.returncode == 0
    assert "RG9" not in done.stdout
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_it_is_said_how_many_names_were_searched_and_where_the_files_lie(tmp_path: Path) -> None:
    """Also where the register is missing; and whoever copies a repository is told what is in it."""
    folder = report(tmp_path / "r", "Fine.")
    assert "secrets.txt: 2 names searched." in run("check", folder).stdout
    done = run("build", folder, "-o", tmp_path / "out", "--language", "en", "--format", "html")
    assert "secrets.txt: 2 names searched." in done.stdout
    (folder / FILE).unlink()
    assert "No names are registered" in run("check", folder).stdout
    assert "No names are registered" not in run("check", folder, "--format", "json").stdout
    for command in (("init", "-q"), ("remote", "add", "origin", "https://example.org/r.git")):
        assert "remote" not in run("check", folder).stdout
        subprocess.run(["git", "-C", folder, *command], check=True, capture_output=True)
    assert run("check", folder).stdout.count("Git repository with a remote") == 1


def test_a_draft_names_what_endangers_somebody_and_for_whom_it_is(tmp_path: Path) -> None:
    """Not “7 warnings”: a use without a record of consent is told beside the files."""
    folder = report(tmp_path / "r", "Fine.")
    path = folder / "submission.yaml"
    text = path.read_text("utf-8").replace(
        "consent: {internal: 2023, authorities: 2023, public: 2023}", "region: North"
    )
    path.write_text(text, "utf-8")
    done = run("build", folder, "-o", tmp_path / "out", "--language", "en", "--format", "html")
    assert done.returncode == 0
    assert "RG956" in done.stdout
    assert "1 of them is about the protection of people" in done.stdout
    (told,) = (line for line in done.stdout.splitlines() if line.startswith("✓"))
    assert "for everybody" in told
    done = run("build", folder, "-o", tmp_path / "out", "--language", "en", "--format", "html", "--audience", "members")
    (told,) = (line for line in done.stdout.splitlines() if line.startswith("✓"))
    assert "for members only" in told
    assert len(list((tmp_path / "out").iterdir())) == 2
