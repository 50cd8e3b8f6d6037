"""What an audience may not read is in no part of what is composed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.catalogue import load_catalogue
from reportgen.order import Order
from reportgen.pipeline import build, check
from reportgen.publication.audience import Audience
from reportgen.publication.redact import redact
from tests.samples import write

ANSWER = """\
questions:
  untoc-5.model: {answer: "Open answer [@s2]."}
  untoc-5.roles: {answer: CANARY-ANSWER, level: confidential}
  untoc-5.leaders: {answer: MEMBERS-ANSWER, level: members}
findings:
  - {kind: case, text: "Open finding [@s2].", sources: [s1, s2]}
  - {kind: case, text: CANARY-FINDING, title: CANARY-FINDING-TITLE, level: confidential}
  - {kind: case, text: MEMBERS-FINDING, level: members, sources: [s3]}
"""
REST = """\
  s3: {kind: testimony, title: MEMBERS-SOURCE, level: members, described_as: A testimony, consent: {internal: 2023}}
  s4: {kind: media, title: CANARY-MEDIA, level: confidential}
statistics:
  a: {title: CANARY-STATISTIC, unit: CANARY-UNIT, values: {2022: 98765}, level: confidential, sources: [s4]}
"""


def secret_submission(folder: Path) -> Path:
    """A submission with a canary in every place that may be confidential."""
    path = write(folder, ANSWER, REST)
    text = path.read_text("utf-8").replace(
        "organisations:\n",
        "organisations:\n  anon: {name: CANARY-NAME, acronym: CANARY-ACRONYM, contact: CANARY@x.example, mandate: CANARY-MANDATE, named: no, described_as: A member in the region}\n",
    )
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("audience", list(Audience))
def test_no_canary_in_a_publication(tmp_path: Path, audience: Audience) -> None:
    """The type that templates see can't hold it."""
    checked = check(secret_submission(tmp_path))
    assert checked.reading.submission is not None
    shown = repr(redact(checked.reading.submission, load_catalogue(), audience))
    assert "CANARY" not in shown
    assert "98765" not in shown
    assert ("MEMBERS-FINDING" in shown) is (audience is Audience.MEMBERS)
    assert ("MEMBERS-SOURCE" in shown) is (audience is Audience.MEMBERS)
    assert "A member in the region" in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_canary_in_the_files(tmp_path: Path, language: str) -> None:
    """Neither in the HTML nor in any string of the PDF."""
    pikepdf = pytest.importorskip("pikepdf")
    from pdfminer.high_level import extract_text

    built = build(secret_submission(tmp_path), Order([language]))
    assert len(built.files) == 2
    for name, data in built.files.items():
        assert b"CANARY" not in data
        assert "CANARY" not in name
        if name.endswith("pdf"):
            path = tmp_path / name
            path.write_bytes(data)
            assert "CANARY" not in extract_text(str(path))
            with pikepdf.open(path) as pdf:
                assert not any("CANARY" in str(value) for value in pdf.objects)


def test_the_search_would_find_a_canary(tmp_path: Path) -> None:
    """Control of the test above: what is public is found in both files."""
    from pdfminer.high_level import extract_text

    built = build(write(tmp_path, "grounds: CANARY-PUBLIC"), Order(["en"]))
    for name, data in built.files.items():
        if name.endswith("pdf"):
            (tmp_path / name).write_bytes(data)
            assert "CANARY-PUBLIC" in extract_text(str(tmp_path / name))
        else:
            assert b"CANARY-PUBLIC" in data


def test_interviews_are_confidential_unless_said_otherwise(tmp_path: Path) -> None:
    """Forgetting a field fails safe."""
    checked = check(write(tmp_path, "findings:\n  - {kind: case, text: Found, sources: [s2]}"))
    assert checked.reading.submission is not None
    source = redact(checked.reading.submission, load_catalogue(), Audience.PUBLIC).sources["s2"]
    assert source.withheld
    assert source.author is None
    assert source.title is not None
    assert source.title.source == "An interview"


def test_an_article_of_which_nothing_is_left_is_not_answered(tmp_path: Path) -> None:
    """Even that something is known about it is told to nobody."""
    path = write(tmp_path, "findings:\n  - {kind: case, text: Kept back, level: confidential, sources: [s1]}")
    path.write_text(path.read_text("utf-8").replace("    law: partly\n    practice: poor\n", ""), "utf-8")
    checked = check(path)
    assert checked.reading.submission is not None
    assert redact(checked.reading.submission, load_catalogue(), Audience.PUBLIC).assessments == {}
