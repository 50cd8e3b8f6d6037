"""A report that has every field which takes words of one's own, so that a text can be tried in all of them."""

from __future__ import annotations

import json
from collections.abc import Callable

Next = Callable[[], str]
"""Returns the text for the next field."""


def report(text: Next) -> str:
    """Return a submission with ``text()`` in every field; short ones get the beginning, on one line."""

    def line() -> str:
        return " ".join(text().split())[:300] or "x"

    def word() -> str:
        return line()[:40]

    def answer() -> dict[str, object]:
        return {"answer": text(), "sources": ["s1"], "notes": [{"text": text(), "level": "public"}]}

    whole = {
        "format": "1",
        "language": "en",
        "state": {"code": "XSL", "name": {"en": line(), "fr": line()}, "french": {"article": "la", "in": "en"}},
        "cluster": "1",
        "report": {
            "title": line(), "subtitle": line(), "version": word(), "date": "2024-09-30", "contact": word(), "licence": line(),
            "disclaimer": text(), "summary": text(), "methodology": text(), "process": text(), "context": text(),
            "cross_cutting": text(), "recent_developments": text(), "scope": ["untoc-5"], "languages": ["en"],
        },
        "organisations": {"org": {"name": line(), "acronym": word(), "mandate": line(), "contact": word()}},
        "answers": {
            "untoc-5": {
                "law": "partly", "practice": "poor", "grounds": text(), "state_position": text(),
                "questions": {"untoc-5.model": answer(), "untoc-5.roles": {"not_applicable": text()}, "untoc-5.leaders": {"no_information": text()}},
                "findings": [{"kind": "case", "title": line(), "text": text(), "sources": ["s1"], "notes": [{"text": text(), "level": "public"}]}],
                "recommendations": [{"text": line(), "addressee": line(), "timeframe": line(), "indicator": line()}],
            }
        },
        "statistics": {
            "one": {"title": line(), "unit": line(), "definition": text(), "articles": ["untoc-5"], "sources": ["s1"], "values": {"2020": "1", "2021": "2"}},
            "two": {"title": line(), "unit": line(), "series": {"a": {"label": line(), "values": {"2020": "1"}}, "b": {"label": line(), "values": {"2020": "3"}}}},
        },
        "sources": {
            "s1": {"kind": "legislation", "title": line(), "author": line(), "publisher": line(), "location": line(), "date": "2020"},
            "s2": {"kind": "interview", "title": "Kept back", "author": "Nobody else", "described_as": line()},
        },
        "technical_assistance": [{"need": line(), "beneficiary": line(), "provider": line(), "articles": ["untoc-5"]}],
        "acronyms": {"ABC": line()},
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1)
