"""What was searched before is not searched again, and yet nothing is missed that stands in it now."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.protection.clean import Clean, windows
from reportgen.protection.look import Look
from reportgen.protection.pdf_leaves import Fonts, Leaf
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import NOTHING, Secret, Secrets
from tests.protection.planted import NAME, SECRETS, bound, changed, pdf
from tests.protection.test_pdf import SET
from tests.samples import ROOT
from tests.thorough import made_up, tried

LONG: Final = Secrets((Secret(NAME, Span("secrets.txt", 3)),))
_STYLE: Final = (
    "p { width: 21mm; margin: 0; hyphens: manual; orphans: 1; widows: 1; line-height: 6mm }"
    " @page { size: 60mm 52mm; @bottom-left { content: 'Pied' } }"
)


def _set(lines: list[str]) -> bytes:
    """Set lines, some five of them to a page."""
    return pdf("<p>" + "<br>".join(lines), style=_STYLE, pdf_variant="pdf/ua-1")


def _above(document: Any, kids: int) -> Any:
    """Return the element that has so many below it."""
    waiting = [document.Root.StructTreeRoot.K]
    while True:
        item = waiting.pop()
        items = list(item) if isinstance(item, pikepdf.Array) else [item]
        for one in items:
            if isinstance(one.get("/K"), pikepdf.Array) and len(one.K) == kids:
                return one
            waiting.append(one.K)


@pytest.mark.parametrize("place", [place for place in SET if place != "short name"])
def test_what_is_new_in_a_file_is_found(place: str) -> None:
    """Everything else of the file is known."""
    body, head, _ = SET[place]
    options: dict[str, Any] = {"uncompressed_pdf": "address" in place, "pdf_variant": "pdf/ua-1"}
    data = pdf(body, head, **options)
    earlier, again = Clean(), Clean()
    assert leaks("r.pdf", pdf("<p>Rien", **options), LONG, earlier) == ()
    expected = leaks("r.pdf", data, LONG)
    assert expected
    assert leaks("r.pdf", data, LONG, Clean(earlier=earlier.written())) == expected
    assert leaks("r.pdf", data, LONG, again) == expected
    assert leaks("r.pdf", data, LONG, Clean(earlier=again.written())) == expected, "what holds a name was noted"


def test_what_is_known_is_not_searched_again_but_for_other_names_or_by_others() -> None:
    """A name that is registered later was never looked for."""
    data = _set(["Rien.", "Elle a vu", NAME, "partir."] * 9)
    key = b"key of this user"
    clean = Clean(key)
    assert leaks("r.pdf", data, NOTHING, clean) == ()
    assert leaks("r.pdf", data, LONG, Clean(key, clean.written()))
    other = Secrets((Secret("Beril Sandor", Span("secrets.txt", 1)),))
    assert leaks("r.pdf", data, other, clean) == ()
    written = clean.written()
    assert leaks("r.pdf", data, LONG, Clean(key, written))
    # of another user, or without a key, the same marks mean nothing, and tell of no name by themselves
    assert not any(Clean(b"another").knows(Clean(key).mark(other, part)) for part in (b"", b"stream"))
    assert len(written) == len({written[at : at + 16] for at in range(0, len(written), 16)}) * 16


def test_an_unchanged_file_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing would be gained: no text of it comes before the search."""
    lines = [f"Ligne {number}." for number in range(60)]
    data = bound("<p>" + "<br>".join(lines), style=_STYLE)
    clean = Clean()
    assert leaks("r.pdf", data, LONG, clean) == ()
    searched: list[str] = []
    plain = Secrets.may_stand

    def may_stand(self: Secrets, readings: Iterable[str]) -> bool:
        known = list(readings)
        searched.extend(known)
        return plain(self, known)

    monkeypatch.setattr(Secrets, "may_stand", may_stand)
    assert leaks("r.pdf", data, LONG, Clean(earlier=clean.written())) == ()
    assert "Ligne 7" not in "\n".join(searched)
    longer = bound("<p>" + "<br>".join([*lines, "Une autre"]), style=_STYLE)
    assert leaks("r.pdf", longer, LONG, clean) == ()
    assert "Une autre" in "\n".join(searched)


@given(st.data())
@made_up(tried(12, 100))
def test_what_was_searched_before_changes_nothing_of_what_is_found(data: st.DataObject) -> None:
    """Reports of several pages, edited again and again, with names that lines, marks and pages divide."""
    words = st.sampled_from(
        ["Rien.", "Une ligne", "<b>Fort</b>", "Or&shy;sine&nbsp;Ta&shy;lem", "Or<i>sine</i>", "Talem", "Ana"]
    )
    lines = data.draw(st.lists(words, min_size=4, max_size=60))
    secrets = data.draw(st.sampled_from([SECRETS, LONG]))
    clean = Clean()
    for _ in range(3):
        made = _set(lines)
        clean = Clean(earlier=clean.written())
        assert leaks("r.pdf", made, secrets, clean) == leaks("r.pdf", made, secrets)
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at : at + data.draw(st.integers(0, 2))] = data.draw(st.lists(words, max_size=3))
        lines = lines or ["Rien."]


_MARKS: Final = """\
import sys
from pathlib import Path
from reportgen.protection.clean import Clean
from reportgen.protection.scan import leaks
from tests.protection.test_clean import LONG
clean = Clean()
assert leaks("r.pdf", Path(sys.argv[1]).read_bytes(), LONG, clean) == ()
print(sorted(clean.written()[at : at + 16].hex() for at in range(0, len(clean.written()), 16)))
"""


def test_another_process_knows_the_same(tmp_path: Path) -> None:
    """What a page draws comes in the same order in each, whatever seeds its tables."""
    with pikepdf.open(io.BytesIO(_set(["Rien."] * 9))) as made:
        for page in made.pages:
            page.obj.Resources.XObject = pikepdf.Dictionary(
                {f"/Form{number}": made.make_stream(b"q %d 0 m Q" % number, Subtype=pikepdf.Name.Form) for number in range(9)}
            )  # fmt: skip
        made.save(tmp_path / "r.pdf")
    told = {
        subprocess.run(
            [sys.executable, "-c", _MARKS, str(tmp_path / "r.pdf")],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "1234"
    }
    assert len(told) == 1


def _with_two_fonts(document: Any, more: bytes = b"") -> None:
    """Have the second page draw with a font of its own, with ``more`` in its table."""
    fonts = document.pages[0].obj.Resources.Font
    (name,) = fonts.keys()
    table = fonts[name].ToUnicode.read_bytes().replace(b"endbfchar", more + b"\nendbfchar", 1)
    fonts.Other = document.make_indirect(pikepdf.Dictionary(fonts[name]))
    fonts.Other.ToUnicode = document.make_stream(table)
    page = document.pages[1].obj
    page.Contents = document.make_stream(page.Contents.read_bytes().replace(name.encode(), b"/Other"))


def _digests(data: bytes) -> list[bytes]:
    """By what each page is known."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return [Leaf(page.obj, "", Fonts(), set(), Look("r.pdf", LONG)).digest for page in document.pages]


def test_a_page_is_known_while_its_own_fonts_say_the_same() -> None:
    """Another sign in a font that a page does not use is none of its business; in one that it uses it may be a name."""
    body = f"<p>Rien</p><p style='break-before: page'>{NAME.replace('O', 'A')}</p>"
    data = changed(pdf(body), _with_two_fonts)
    clean = Clean()
    assert leaks("r.pdf", data, LONG, clean) == ()
    other = changed(pdf(body), lambda document: _with_two_fonts(document, b"<fff0> <0058>"))
    assert [one == was for one, was in zip(_digests(other), _digests(data), strict=True)] == [True, False]

    def saying(document: Any) -> None:
        _with_two_fonts(document)
        font = document.pages[0].obj.Resources.Font.Other
        table = font.ToUnicode.read_bytes()
        font.ToUnicode = document.make_stream(table.replace(b"<0041>\n", b"<004f>\n"))

    assert leaks("r.pdf", changed(pdf(body), saying), LONG, Clean(earlier=clean.written()))


def test_a_tag_tree_in_another_order_is_searched_again() -> None:
    """The pages draw the same; who listens to them hears a name."""

    def turned(document: Any) -> None:
        tags = _above(document, 3)
        tags.K = pikepdf.Array([tags.K[1], tags.K[2], tags.K[0]])

    data = changed(pdf("<p>Talem</p><p>Milieu</p><p>Orsine</p>", pdf_variant="pdf/ua-1"), lambda _: None)
    clean = Clean()
    assert leaks("r.pdf", data, LONG, clean) == ()
    (found,) = leaks("r.pdf", changed(data, turned), LONG, Clean(earlier=clean.written()))
    assert found.params["where"] == "PDF, p. …"


def test_a_name_that_goes_on_overleaf_is_found_on_every_page() -> None:
    """Wherever one search ends and the next begins."""
    page = "<p>Talem</p><p>Rien.</p><p style='break-after: page'>Orsine</p>"
    found = leaks("r.pdf", pdf(page * 40), LONG)
    assert [item.params["where"] for item in found] == [f"PDF, p. {number}" for number in range(1, 40)]


@given(st.lists(st.binary(min_size=16, max_size=16), max_size=60), st.integers(1, 4))
def test_windows_reach_into_each_other(prints: list[bytes], reach: int) -> None:
    """Whatever goes over ``reach`` borders stands in one of them."""
    some = [range(*window) for window in windows(prints, reach)]
    for at in range(len(prints)):
        whole = range(at, min(at + reach, len(prints) - 1) + 1)
        assert any(set(whole) <= set(one) for one in some)


def test_an_edit_moves_few_borders() -> None:
    prints = [hashlib.sha256(b"%d" % number).digest() for number in range(400)]
    before = {tuple(prints[slice(*one)]) for one in windows(prints, 2)}
    edited = [*prints[:200], b"new", b"newer", *prints[201:]]
    after = {tuple(edited[slice(*one)]) for one in windows(edited, 2)}
    assert len(before) > 20
    assert len(after - before) <= 3
