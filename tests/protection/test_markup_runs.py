"""HTML in which one answer has changed is searched around it alone, and yet nothing is missed that stands in it now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.diagnostics import Span
from reportgen.protection import markup_runs
from reportgen.protection.clean import Clean, borders
from reportgen.protection.look import Look
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import Secret, Secrets
from tests.protection.planted import NAME, SECRETS
from tests.protection.test_markup import IN_BODY, PAGE
from tests.thorough import made_up, tried

LONG: Final = Secrets((Secret(NAME, Span("secrets.txt", 3)),))
_ROWS: Final = [f"<p>Answer <b>{number}</b>, as given.</p>\n" for number in range(3_000)]


def _page(rows: list[str]) -> bytes:
    return PAGE.format(head="", body="".join(rows)).encode()


def _searched(data: bytes, clean: Clean) -> str:
    """What of a file is searched."""
    look = Look("r.html", LONG, clean=clean)
    text = data.decode()
    return "".join(text[run.start : run.stop] for run in markup_runs.new_runs(text, "HTML", look))


def _told(data: bytes, secrets: Secrets, clean: Clean | None = None) -> set[Any]:
    return {(item.code, str(item.params)) for item in leaks("r.html", data, secrets, clean)}


@pytest.fixture
def near() -> Iterator[None]:
    """Windows of a few parts, which reach over a few words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup_runs, "_FEW", 100)
        patch.setattr(markup_runs, "REACH", 40)
        yield


def test_only_what_is_new_is_searched() -> None:
    clean = Clean()
    assert _searched(_page(_ROWS), clean) == _page(_ROWS).decode(), "a new file is searched at once"
    assert not leaks("r.html", _page(_ROWS), LONG, clean)
    assert _searched(_page(_ROWS), Clean(earlier=clean.written())) == ""
    edited = [*_ROWS[:1_500], "<p>Another answer.</p>\n", *_ROWS[1_501:]]
    searched = _searched(_page(edited), Clean(earlier=clean.written()))
    assert "Another answer." in searched
    assert len(searched) < len(_page(_ROWS)) / 4


@pytest.mark.parametrize("place", IN_BODY)
def test_what_is_new_in_a_file_is_found(place: str) -> None:
    """Everything else of the file is known."""
    body = IN_BODY[place][0]
    clean = Clean()
    assert not leaks("r.html", _page(_ROWS), SECRETS, clean)
    data = _page([*_ROWS[:1_500], body, *_ROWS[1_500:]])
    expected = _told(data, SECRETS)
    assert expected
    again = Clean(earlier=clean.written())
    assert _told(data, SECRETS, again) == expected
    assert _told(data, SECRETS, Clean(earlier=again.written())) == expected, "what holds a name was noted"


_PARTS: Final = [
    *(
        "<p>Rien.</p>",
        "<p>Une <i>ligne</i></p>\n",
        "<li>Or&shy;sine",
        "Ta&shy;lem</li>",
        "<p>Orsine</p>",
        "<p>Talem</p>",
    ),
    *("<p title='Or", "sine'>Talem", "Orsine (a)", "<td>Ana</td>", "</tr>", "Talem</p>", "<section>", "</section>\n\n"),
    *(
        "<style>",
        "</style>",
        "p { color: red }</p>",
        "<script>'</p>'",
        "</script>",
        "<!-- </p>",
        "-->",
        '<p class="',
        '">',
    ),
    *("<svg><text>Or</text>", "</svg>", "data:text/plain,Orsine%20Talem", "&#79;rsine", "\0", "<br>", "' </p> '"),
]


@given(st.lists(st.sampled_from(_PARTS), max_size=40), st.data())
@example(["<p>Orsine</p>", "<style>", "'", "</p>", "</style>", "<p>Talem</p>"], None)
@made_up(tried(60, 500))
def test_what_was_searched_before_changes_nothing_of_what_is_found(
    near: None, parts: list[str], data: st.DataObject | None
) -> None:
    """Whatever stands in a file, well made or not, after one edit and another."""
    clean = Clean()
    for _ in range(3):
        made = ("<html>" + "".join(parts)).encode()
        clean = Clean(earlier=clean.written())
        assert _told(made, SECRETS, clean) == _told(made, SECRETS)
        if data is None:
            break
        at = data.draw(st.integers(0, len(parts)))
        parts[at : at + data.draw(st.integers(0, 2))] = data.draw(st.lists(st.sampled_from(_PARTS), max_size=3))


def test_a_name_that_goes_over_a_border_is_found_wherever_that_is(near: None) -> None:
    """One half was there before, and only the other is new, behind it or before it."""
    drawing = "<svg>" + "<g></g>" * 50 + "</svg>"
    style = "<style>" + "p { color: red } " * 9 + "</style></section>"
    years = "<p>" + "2024 " * 30 + "</p>"
    for at, (second, between) in product(range(120), ((True, drawing), (True, style), (True, years), (False, drawing))):
        rows = [f"<p>Reply {number}.</p>" for number in range(120)]
        rows[at] = f"<p>Reply {at}, Orsine</p>\n{between}" if second else f"{between}<p>Talem, reply {at}</p>"
        clean = Clean()
        assert not leaks("r.html", _page(rows), LONG, clean)
        rows.insert(at + 1 if second else at, "<p>Talem</p>" if second else f"<p>Nr. {at}, Orsine</p>")
        again = Clean(earlier=clean.written())
        assert leaks("r.html", _page(rows), LONG, again), at
        assert leaks("r.html", _page(rows), LONG, Clean(earlier=again.written())), at


@pytest.mark.parametrize(
    "source",
    [
        "<style>a</p>b</style>",
        "<script>'</p>'</script>",
        '<style>\'<a b="</style><p title="</p>',
        "<p title='</p>'>",
        "<!-- </p> -->",
        "<script>x</p>",
    ],
)
def test_no_part_ends_where_something_is_not_at_its_end(source: str) -> None:
    """Else a part would be read by itself as it is not within the whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup_runs, "_FEW", 256)
        patch.setattr(markup_runs, "REACH", 0)
        look = Look("r.html", LONG)
        (run,) = markup_runs.new_runs(f"<h1>A</h1>{source}<p>x</p><p>y", "HTML", look)
        windows = len(run.known)
    assert windows == (2 if source.endswith("x</p>") else 3)


def test_what_is_known_in_a_drawing_is_not_known_in_a_page() -> None:
    """There it is searched for what acts, too."""
    look = Look("r.html", LONG)
    (run,) = markup_runs.new_runs("<p onclick='x'>", "XML", look)
    look.learn(0, *run.known[0])
    assert not markup_runs.new_runs("<p onclick='x'>", "XML", look)
    assert markup_runs.new_runs("<p onclick='x'>", "HTML", look)


@given(st.lists(st.binary(min_size=1, max_size=16)), st.integers(0, 256))
def test_borders_begin_and_end_with_the_row(prints: list[bytes], of_256: int) -> None:
    found = borders(prints, of_256)
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (0, len(prints))
