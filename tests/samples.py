"""Submissions for tests: the samples that come with the program, and small ones made on the spot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

from reportgen.catalogue import load_catalogue
from reportgen.document.compose import compose
from reportgen.document.model import Document
from reportgen.pipeline import check, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact

ROOT: Final = Path(__file__).resolve().parent.parent
FIRST: Final = ROOT / "sample_inputs" / "first.yaml"
SOLO: Final = ROOT / "sample_inputs" / "solo"

TOLD: Final = ("tip-05", "untoc-15")
"""Answers that together have every kind of element that the full sample has."""
_RATED: Final = re.compile(r"answers:|  \S|    (law|practice|state_answer|agree_with_state):")

MINIMAL: Final = """\
format: 1
language: {language}
state: {{code: XSL, name: {{en: Solvania, fr: Solvanie}}, french: {{article: la, in: en}}}}
cluster: 1
report:
  title: {{en: Title, fr: Titre}}
  date: 2024-09-30
  scope: [untoc-5]
organisations:
  org: {{name: {{en: Centre, fr: Centre}}}}
answers:
  untoc-5:
    law: partly
    practice: poor
{answer}
sources:
  s1: {{kind: ngo_report, title: A report, date: 2023}}
  s2: {{kind: interview, title: CANARY-TITLE, author: CANARY-AUTHOR, described_as: {{en: An interview, fr: Un entretien}},
       consent: {{internal: 2023, authorities: 2023, public: 2023}}}}
{rest}
"""


def write(folder: Path, answer: str = "", rest: str = "", language: str = "en") -> Path:
    """Write a minimal submission and return its path; ``answer`` is indented below ``untoc-5``."""
    body = "\n".join(f"    {line}" for line in answer.splitlines())
    path = folder / "submission.yaml"
    path.write_text(MINIMAL.format(answer=body, rest=rest, language=language), "utf-8")
    return path


def document(path: Path, language: str = "en", *, audience: Audience = Audience.PUBLIC, final: bool = True) -> Document:
    """Compose the document of a submission that has no errors."""
    checked = check(path)
    assert not has_errors(checked.found), [(item.code, item.params) for item in checked.found]
    assert checked.reading.submission is not None
    publication = redact(checked.reading.submission, load_catalogue(), audience)
    return compose(localise(publication, language), load_catalogue(), language, final=final)


def excerpt(folder: Path) -> Path:
    """Write the full sample with two of its answers, and of the others the ratings alone; return its folder.

    A browser takes in proportion to the square of a page, so that most is looked at in this one.
    """
    shutil.copytree(SOLO, folder)
    for path in (folder / "answers").iterdir():
        if path.stem not in TOLD:
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(line for line in lines if _RATED.match(line)), "utf-8")
    return folder
