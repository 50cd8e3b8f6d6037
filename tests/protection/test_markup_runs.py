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
from reportgen.protection.secrets import Phrase, Secret, Secrets
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
        patch.setattr(markup_runs, "_SHORTEST", 1)
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
        "<style '</p>",
    ],
)
def test_no_part_ends_where_something_is_not_at_its_end(source: str) -> None:
    """Else a part would be read by itself as it is not within the whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup_runs, "_FEW", 256)
        patch.setattr(markup_runs, "REACH", 0)
        patch.setattr(markup_runs, "_SHORTEST", 0)
        look = Look("r.html", LONG)
        (run,) = markup_runs.new_runs(f"<h1>A</h1>{source}<p>x</p><p>y", "HTML", look)
    ends = {"<script>x</p>": 2, "<style '</p>": 2}
    assert len(run.known) == ends.get(source, 3)


@pytest.mark.parametrize(
    "between",
    [
        "<tr><td>12</td><td>3</td><td>7</td></tr>" * 1_000,
        "<p>☐ ☐ ☐ ☐ ☐ ☐ ☐ ☐ ☐ ☐</p>" * 400,
        "".join(f"<p>(see what was said in answer {number}, as it stands there)</p>" for number in range(200)),
        "<p>[5] [6]</p>" * 500,
        "<p>&nbsp;</p>" * 600,
        f"<p>{chr(0x200B) * 50}</p>" * 200,
        "<p>%20%20%20%20%20</p>" * 200,
    ],
    ids=["numbers", "boxes", "asides", "notes", "entities", "unseen", "escapes"],
)
def test_what_a_search_passes_over_makes_no_distance(between: str) -> None:
    """However much of it stands between the halves of a name."""
    clean = Clean()
    before, behind = _ROWS[:400], _ROWS[400:800]
    assert not leaks("r.html", _page([*before, "<p>Orsine</p>", between, "<p>Hello</p>", *behind]), LONG, clean)
    data = _page([*before, "<p>Orsine</p>", between, "<p>Talem</p>", *behind])
    assert leaks("r.html", data, LONG)
    assert leaks("r.html", data, LONG, Clean(earlier=clean.written()))


def test_lines_that_are_read_otherwise_are_no_neighbours_if_others_stand_between() -> None:
    """A share of one thing in a line, and of another far below: no name goes over the pages between."""
    rows = ["<p>It fell by 50% near Orsine</p>\n", *_ROWS[:900], "<p>Talem has 30% of them.</p>"]
    assert not leaks("r.html", _page(rows), LONG)
    assert leaks("r.html", _page(["<p>100% Or%73ine</p>\n", "<p>Tal%65m</p>"]), LONG)


def test_attributes_hide_nothing_in_each_other() -> None:
    """Brackets that are opened in one and closed in another are no aside; a name in two is none."""
    alone = "<p alt='Figure ('>a</p><p alt='Orsine (x) Talem'>b</p><p title=')'>c</p>"
    assert leaks("r.html", _page([alone]), LONG)
    for around in ("", "(", ")", "[", "a) b ("):
        page = _page([f"<p alt='{around}'>a</p><p alt='Orsine (x) Talem'>b</p><p alt='{around}'>c</p>"])
        assert [item.params["where"] for item in leaks("r.html", page, LONG)] == ["HTML, l. 6, alt"], around
    assert not leaks("r.html", _page(["<p alt='Orsine'>a</p><p alt='Talem'>b</p>"]), LONG)


def test_a_paragraph_is_no_part_of_the_word_before_it() -> None:
    """Wherever a search begins, a short name has a border there."""
    assert leaks("r.html", _page(["<p>Ban</p><p>An<b>a</b></p>"]), SECRETS)


def test_a_phrase_that_permits_is_seen_where_a_search_begins_within_it(near: None) -> None:
    """An edit further on makes no error of it."""
    entry = Secret("Grid", Span("secrets.txt", 1))
    secrets = Secrets((entry,), (Phrase("National Grid"),))
    for number in range(60):
        rows = [
            *_ROWS[:9],
            f"<p>Reply {number}, as we asked National</p>",
            "<p>Grid did reply.</p>",
            *_ROWS[30 * number :][:30],
        ]
        clean = Clean()
        assert not leaks("r.html", _page(rows), secrets, clean)
        rows[16] = "<p>Another answer.</p>"
        assert not leaks("r.html", _page(rows), secrets, Clean(earlier=clean.written())), number


def test_many_parts_take_no_longer_than_as_much_text(near: None) -> None:
    """Each is read once, however many windows reach over it: nothing is counted but the calls."""
    counted: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        letters = markup_runs._letters

        def count(part: str) -> int:
            counted.append(part)
            return letters(part)

        patch.setattr(markup_runs, "_letters", count)
        patch.setattr(markup_runs, "_SHORTEST", 30)
        source = "".join(f'<p id="k{number}"></p>' for number in range(5_000)) + "".join(_ROWS)
        markup_runs.new_runs(source, "HTML", Look("r.html", LONG))
    assert "".join(counted) == source
    assert len(counted) <= len(_ROWS)


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
