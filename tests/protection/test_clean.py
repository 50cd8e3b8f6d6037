"""What was searched before is not searched again, and yet nothing is missed that stands in it now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.protection.clean import Clean, windows
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import NOTHING, Secret, Secrets
from tests.protection.planted import NAME, SECRETS, changed, pdf
from tests.protection.test_pdf import SET
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
    data = _set([f"Ligne {number}." for number in range(60)])
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
    longer = _set([f"Ligne {number}." for number in range(60)] + ["Une autre"])
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
