"""Joint reports for tests: what merging a coalition gives, written by hand, with a part of every kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import load_catalogue
from reportgen.diagnostics import Span
from reportgen.document.compose import compose
from reportgen.document.model import Block, Document
from reportgen.pipeline import check, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.model import Publication
from reportgen.publication.redact import redact

Tree = dict[str, Any]

ORGANISATIONS: Final[Tree] = {
    "zebra": {"name": "Alpha Watch", "acronym": "AW"},
    "refuge": {"name": "Refuge House", "acronym": "RH", "named": "no", "described_as": "a member in the region"},
    "mid": {"name": {"en": "Centre for Law", "fr": "Centre de droit"}},
}


def said(text: str, **more: Any) -> Tree:
    """Return a part with a text in both languages."""
    return {"text": {"en": text, "fr": f"{text[:-1]} (fr)."}, **more}


def joint(answer: Tree | None = None, **more: Any) -> Tree:
    """Return a joint submission on one article; ``more`` replaces its other keys."""
    report = {"title": {"en": "Joint", "fr": "Commun"}, "date": "2024-09-30", "scope": ["untoc-5"]}
    return {
        "format": "1",
        "language": "en",
        "state": {"code": "XSL", "name": {"en": "Solvania", "fr": "Solvanie"}, "french": {"article": "la", "in": "en"}},
        "cluster": "1",
        "report": {**report, **more.pop("report", {})},
        "organisations": ORGANISATIONS,
        "answers": {"untoc-5": answer or {"grounds": "Nothing."}},
        "sources": {"s1": {"kind": "ngo_report", "title": "A report", "date": "2023"}},
        **more,
    }


def published(
    folder: Path, tree: Tree, *, audience: Audience = Audience.PUBLIC, undecided: frozenset[Span] = frozenset()
) -> Publication[Any]:
    """Write, check and redact a submission."""
    path = folder / "submission.yaml"
    path.write_text(json.dumps(tree, ensure_ascii=False, indent=1), "utf-8")
    checked = check(path)
    assert not has_errors(checked.found), [(item.code, str(item.span), item.params) for item in checked.found]
    assert checked.reading.submission is not None
    return redact(checked.reading.submission, checked.catalogue, audience, undecided)


def composed(publication: Publication[Any], language: str = "en", *, final: bool = True) -> Document:
    """Compose a publication."""
    return compose(localise(publication, language), load_catalogue(), language, final=final)


def blocks(document: Document, chapter: str) -> tuple[Block, ...]:
    """Return the blocks of a chapter, those within others behind them."""
    [found] = [one for one in document.chapters if one.id == chapter]

    def flat(block: Block) -> tuple[Block, ...]:
        return (block, *(inner for child in getattr(block, "beside", ()) for inner in flat(child)))

    return tuple(one for block in found.blocks for one in flat(block))
