"""The wheel carries everything: installed elsewhere, away from the checkout, the program makes a whole report."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.samples import FIRST, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_templates_catalogues_and_fonts_are_inside(wheel: Path) -> None:
    """Nothing but what the program needs, and all of that."""
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "reportgen/templates/report.html.j2",
        "reportgen/templates/blocks/matrix.html.j2",
        "reportgen/templates/style/print.css",
        "reportgen/templates/fonts/NotoSerif-Regular.ttf",
        "reportgen/templates/fonts/OFL-Noto.txt",
        "reportgen/locales/fr/LC_MESSAGES/reportgen.mo",
        "reportgen/catalogue/data/questionnaire-cluster1.yaml",
        "reportgen/languages/data/states.yaml",
    ):
        assert wanted in names
    assert not any(name.startswith(("tests/", "sample_inputs/", "locales/", "templates/")) for name in names)


def test_it_works_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    """In a bare environment that shares only the third-party libraries, the French program makes a PDF and an HTML."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    theirs = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "libraries.pth").write_text(f"{theirs}\n")
    run = [str(python), "-m", "reportgen", "--lang", "fr"]
    where = subprocess.run(
        [str(python), "-c", "import reportgen; print(reportgen.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(site) in where.stdout
    done = subprocess.run(
        [*run, "build", str(FIRST), "-o", str(tmp_path / "out")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "Aucun problème"
        in subprocess.run(
            [*run, "check", str(FIRST)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
        ).stdout
    )
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".html"}
