"""Bound pieces are the report: word for word, page for page, as if it were set in one go; and kept ones as if set anew."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.document.model import Document
from reportgen.pipeline import check, has_errors
from reportgen.theme.model import USUAL
from reportgen.writers.bind import bind, faces, pdf_text
from reportgen.writers.html import render_html
from reportgen.writers.objects import Objects
from reportgen.writers.pdf import Setting
from reportgen.writers.pieces import Piece, cut
from reportgen.writers.quire import Quire, renumbered
from tests.samples import FIRST, document
from tests.submissions import submissions
from tests.thorough import made_up
from tests.writers.test_pdf import Made, failures

EACH = 25 if os.environ.get("THOROUGH") else 2
"""Reports in each of four shares; all of the hundred take a laptop ten minutes."""


def whole(made: Document) -> bytes:
    """Set a report in one piece, with the renderer's own counters."""
    html = "".join(part for part in render_html(made, "print").split("<!--cut-->"))
    return bound(made, [Setting(made.theme, made.images).quire(Piece("", html))])


def bound(made: Document, quires: list[Quire]) -> bytes:
    """Bind quires."""
    return bind(quires, Setting(made.theme, made.images).fonts(faces(quires)))


def in_pieces(made: Document, known: dict[Piece, Quire]) -> bytes:
    """Set a report in pieces, but for those that are known."""
    setting = Setting(made.theme, made.images)
    pieces = cut(render_html(made, "print"), made.theme)
    for piece in sorted(pieces, key=lambda piece: piece.html):  # in no particular order
        if piece not in known:
            known[piece] = setting.quire(piece)
    return bound(made, [renumbered(known[piece], piece.sources) for piece in pieces])


def facts(made: Document, data: bytes) -> dict[str, Any]:
    """Everything that leads from one place of a file to another, by page, and the words of each."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        where = {str(name): _target(place, numbers) for name, place in names.items()}
        links = [
            (number, str(link.get("/Dest", "")), str(link.get("/Contents")))
            for number, page in enumerate(pdf.pages)
            for link in page.get("/Annots", [])
        ]
        return {
            "words": Made(made, data, ()).words(),
            "names": where,
            "links": [(number, name, where.get(name), words) for number, name, words in links],
            "outline": list(_outline(pdf, numbers)),
            "tags": list(_tags(pdf.Root.StructTreeRoot.K)),
        }


def _target(place: Any, numbers: dict[Any, int]) -> tuple[int, ...]:
    page, _, x, y, *_ = place
    return numbers[page.objgen], round(float(x)), round(float(y))


def _outline(pdf: pikepdf.Pdf, numbers: dict[Any, int]) -> Iterator[tuple[int, str, Any]]:
    with pdf.open_outline() as outline:
        waiting = [(0, item) for item in reversed(outline.root)]
        while waiting:
            depth, item = waiting.pop()
            yield depth, item.title, _target(item.destination, numbers)
            waiting += [(depth + 1, child) for child in reversed(item.children)]


def _tags(kids: Any) -> Iterator[str]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S)
            yield from _tags(kid.get("/K", pikepdf.Array()))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pieces_are_the_whole(language: str, tmp_path: Path) -> None:
    """Words of each page, numbers in the contents and the matrix, links, names, bookmarks and tags: all the same."""
    made = document(FIRST, language)
    pieces = in_pieces(made, {})
    assert facts(made, pieces) == facts(made, whole(made))
    assert failures(pieces, tmp_path) == []


def edited(text: str, place: int, words: str) -> str:
    """Return a submission with more words in one of its texts, and with a source that stands before all others if they cite it."""
    submission = json.loads(text)
    if "@new" in words:
        source = {"kind": "legislation", "title": "New Act", "date": "2021", "language": "fr"}
        submission["sources"] = {"new": source, **submission["sources"]}
    leaves: list[tuple[Any, Any]] = []
    waiting = [submission["answers"], submission["report"]]
    while waiting:
        node = waiting.pop()
        for key in node if isinstance(node, dict) else range(len(node)):
            if isinstance(node[key], (dict, list)):
                waiting.append(node[key])
            elif key in {"en", "fr"}:
                leaves.append((node, key))
    if leaves:
        home, key = leaves[place % len(leaves)]
        home[key] = f"{words} {home[key]}"
    return json.dumps(submission, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("share", range(4))
def test_what_is_kept_is_as_if_set_anew(share: int, tmp_path: Path) -> None:
    """After any edit the bytes are those of a build that knows nothing, and the pages those of a whole set in one go."""
    language = "en" if share % 2 else "fr"

    @made_up(EACH, share)
    @given(
        submissions(), st.integers(0, 1000), st.sampled_from(["Now", "mot " * 300, "x\n\ny", "**z** [@s1]", "w [@new]"])
    )
    def same(text: str, place: int, words: str) -> None:
        path, later = tmp_path / "submission.yaml", tmp_path / "later.yaml"
        path.write_text(text, "utf-8")
        later.write_text(edited(text, place, words), "utf-8")
        assume(not has_errors(check(later).found))  # a text may have become too long
        known: dict[Piece, Quire] = {}
        in_pieces(document(path, language), known)
        later.replace(path)
        made = document(path, language)
        anew = in_pieces(made, {})
        assert in_pieces(made, known) == anew
        assert facts(made, anew) == facts(made, whole(made))

    same()


def test_text_is_written_as_pdf_reads_it() -> None:
    """Brackets, strokes and signs outside of ASCII come back as they were."""
    for text in ("a (b) c", "back\\slash (", "é “x” 漢", ""):
        assert str(pikepdf.Object.parse(pdf_text(text))) == text


def test_usual_signs_are_in_each_font_from_the_start() -> None:
    """Else the first 7 in italics would change the tables by which every page is read."""
    setting = Setting(USUAL, {})

    def embedded(words: str) -> Objects:
        page = f'<html lang="fr"><head><style>p {{ font: italic 9pt "Noto Serif" }}</style></head><body><p>{words}'
        return setting.fonts(faces([setting.quire(Piece("", page))]))

    few = embedded("Un mot")
    assert embedded("« Où ? » demanda-t-elle à 7 % d’entre eux… Œuvre – straße [€]") == few
    assert embedded("Un moт") != few
