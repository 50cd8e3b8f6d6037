"""The guide is true: its themes can be read, its tables are complete, its template is the sample's."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.submission.parts import declared_fields
from reportgen.theme.model import Section
from reportgen.theme.templates import template_names
from reportgen.theme.written import ColoursPart, FontsPart, LogoPart, ThemeFile
from tests.samples import ROOT
from tests.theme.looks import SAMPLE, font, sound

GUIDE = (ROOT / "docs" / "templates-and-languages.md").read_text("utf-8")


def test_every_theme_of_the_guide_can_be_read(tmp_path: Path) -> None:
    """With files of the names that stand in it."""
    themes = re.findall(r"```yaml\ntheme: 1\n(.*?)```", GUIDE, re.DOTALL)
    assert len(themes) == 2
    for text in themes:
        files = {name.replace(".", "__"): font("House", "A") for name in re.findall(r"[\w-]+\.ttf", text)}
        files |= {"logo__png": (SAMPLE / "logo.png").read_bytes(), "house__css": (SAMPLE / "house.css").read_bytes()}
        assert sound(tmp_path, text, **files) is not None


def test_the_first_theme_is_the_sample() -> None:
    """Without its comments."""
    text = (SAMPLE / "theme.yaml").read_text("utf-8")
    plain = "\n".join(re.sub(r"\s+# .*$", "", line) for line in text.split("\n") if not line.startswith("#"))
    assert f"```yaml\n{plain}```" in GUIDE


def test_every_key_has_a_row() -> None:
    """And no row is about a key that is not there."""
    inner = {"colours": ColoursPart, "fonts": FontsPart, "logo": LogoPart}
    keys = {
        name
        for key in declared_fields(ThemeFile)
        for name in ([f"{key}.{child}" for child in declared_fields(inner[key])] if key in inner else [key])
    }
    table = GUIDE.split("### All keys")[1].split("**Colours**")[0]
    assert set(re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE)) == keys


def test_every_section_is_named_in_its_order() -> None:
    """As the default is."""
    paragraph = GUIDE.split("**Sections** are ")[1].split("; this")[0]
    assert re.findall(r"`(\w+)`", paragraph) == [section.value for section in Section]


def test_every_template_has_a_row() -> None:
    """What can be replaced."""
    rows = "\n".join(line for line in GUIDE.split("### What there is")[1].split("\n") if line.startswith("| `"))
    assert sorted(re.findall(r"`([\w/]+\.html\.j2)`", rows)) == sorted(template_names())


def test_the_template_of_the_guide_is_the_sample() -> None:
    """After its comment."""
    source = (SAMPLE / "templates" / "blocks" / "finding.html.j2").read_text("utf-8").partition("\n")[2]
    assert f"```jinja\n{source}```" in GUIDE
