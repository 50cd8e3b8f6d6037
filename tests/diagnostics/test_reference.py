"""The reference page lists every code as the program tells it."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from reportgen.diagnostics import reference
from reportgen.diagnostics.codes import CODES, Code
from reportgen.diagnostics.model import Severity
from reportgen.diagnostics.reference import markdown, reference_page

PAGE = Path(__file__).parents[2] / "docs" / "diagnostics.md"


def test_the_page_in_docs_is_the_one_written_from_the_codes(update_goldens: bool) -> None:
    written = reference_page()
    if update_goldens:
        PAGE.write_text(written, "utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == written, "renew it with: python3 dev.py test --update-goldens"


def test_every_code_has_exactly_one_row() -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in reference_page().split("\n") if line.startswith("| RG")]
    assert rows == sorted(CODES)


def test_a_row_tells_severity_remedy_and_whether_a_final_report_can_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = {
        "RG198": Code(Severity.WARNING, "Said {value}.", "Do {known}.", "Meant {suggestion}?", blocks_final=True),
        "RG199": Code(Severity.NOTE, "For information."),
    }
    monkeypatch.setattr(reference, "CODES", planted)
    page = reference_page()
    assert "| RG198 | warning | Said *value*. | Meant *suggestion*? Do *known*. | yes |" in page
    assert "| RG199 | note | For information. |  |  |" in page


def test_every_value_of_a_message_has_a_name() -> None:
    """“{ }” in a sentence would be read as a value and break the message when it is needed."""
    for name, code in CODES.items():
        for sentence in (code.message, code.together, code.remedy, code.guess):
            fields = [field for _, field, _, _ in Formatter().parse(sentence) if field is not None]
            assert all(field.isidentifier() for field in fields), (name, sentence)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("“{key}” is missing.", "“*key*” is missing."),
        ("Write {{code: …}} | or <b>", r"Write {code: …} \| or \<b\>"),
        ("*emphasis*, not_applicable, [text](address)", r"\*emphasis\*, not\_applicable, \[text\](address)"),
        ("before it begins ({from_})", "before it begins (*from*)"),
    ],
)
def test_messages_are_taken_literally(message: str, expected: str) -> None:
    assert markdown(message) == expected
