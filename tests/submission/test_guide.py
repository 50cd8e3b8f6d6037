"""The guide for writers names every key and every word of the format."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.submission.model import Submission
from reportgen.submission.parts import json_schema

GUIDE = Path(__file__).parents[2] / "docs" / "writing-a-submission.md"


def missing(guide: str) -> set[str]:
    """Return the keys and words of the format that ``guide`` doesn't name in code marks."""
    definitions = json_schema(Submission, {})["$defs"]
    known: set[str] = set()
    for shape in definitions.values():
        mapping = shape["anyOf"][0] if "anyOf" in shape else shape
        for key, kind in mapping["properties"].items():
            known |= {key, *kind["anyOf"][0].get("enum", ())}
    code = " ".join(re.findall(r"```.*?```|`[^`\n]+`", guide, re.DOTALL))
    return {word for word in known if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", code)}


def test_the_guide_names_every_key_and_word() -> None:
    assert missing(GUIDE.read_text("utf-8")) == set()


def test_a_key_that_the_guide_leaves_out_is_seen() -> None:
    guide = GUIDE.read_text("utf-8").replace("correct_as_of", "…").replace("court_decision", "…")
    assert missing(guide) == {"correct_as_of", "court_decision"}
