"""How the report stands beside its words: panel, problems, comments, and what place belongs to what part of the page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from reportgen.diagnostics import Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.preview.comments import pinned, read_comments
from reportgen.preview.engine import Engine, View
from reportgen.preview.panel import linked, panel, problems, rendered
from reportgen.preview.places import finder
from reportgen.publication.audience import Audience
from reportgen.submission.model import Submission
from reportgen.submission.parts import own_texts, walk_parts


def standing(engine: Engine, audience: Audience, language: str, fault: str) -> dict[str, Any]:
    """Return what is said about the report beside its words.

    Args:
        engine: The report.
        audience: Whose page it is said on: the same paragraph may have another number for others.
        language: Language of the desk.
        fault: Where the program itself failed at the last look, if it did.
    """
    checked, whole = engine.checked, engine.whole
    submission = whole.reading.submission if whole else None
    texts = whole.reading.texts if whole else {}
    comments, faults = read_comments(engine.path)
    find = finder(engine.view(audience), texts)
    found = pinned(comments, submission) if submission else ()
    standing = problems([*engine.faults, *faults], checked, language, find, texts)
    if fault:
        told = diagnostic("RG799", reason=fault)
        standing = [*problems([told], checked, language, find, texts), *standing]
    return {
        "panel": panel(checked, language, find, found),
        "overlay": rendered("overlay", language, problems=standing) if standing else "",
        "blocked": len(standing),
        "comments": [
            {"place": linked(one.about.span if one.about else None, find).key, "done": one.comment.done}
            for one in found
        ],
        "time": _now(),
    }


def fault_alone(language: str, place: str) -> dict[str, Any]:
    """Return a state that tells nothing but that the program failed at ``place``."""
    found = problems([diagnostic("RG799", reason=place)], None, language, lambda _: "", {})
    overlay = rendered("overlay", language, problems=found)
    return {"panel": "", "overlay": overlay, "blocked": 1, "comments": [], "time": _now()}


def text_at(name: str, view: View, submission: Submission) -> Text | None:
    """Return the text of the submission that the part ``name`` of the page was set from."""
    spans = {
        passage.span
        for row in view.rows
        for cell in row.cells.values()
        for key, passage in cell.origins.items()
        if key == name
    }
    texts = (text for _, item in walk_parts(submission) for _, text in own_texts(item))
    return next((text for text in texts if spans & set(text.spans.values())), None)


def place_for_page(span: Span, home: str) -> dict[str, Any]:
    """Return a place for the page; shown, it is told from the report's own folder ``home``."""
    return {
        "file": span.file,
        "shown": span.file.removeprefix(home),
        "path": str(Path(span.file).resolve()),
        "line": span.line,
        "column": span.column,
    }


def place_of(error: Exception) -> str:
    """Return name and place of an error; never its words."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f" {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""
    return f"{type(error).__name__}{place}"


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S")


__all__ = ["fault_alone", "place_for_page", "place_of", "standing", "text_at"]
