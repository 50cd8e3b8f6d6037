"""A name is found in the order of reading, wherever its words are drawn and whatever of the file was searched before."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, Final

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.diagnostics import Diagnostic, Span
from reportgen.protection import scan_tags
from reportgen.protection.clean import Clean
from reportgen.protection.look import Look
from reportgen.protection.pdf_leaves import Fonts, Leaf
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import Secret, Secrets
from reportgen.writers.objects import packed, stream
from tests.protection.planted import NAME, bound, changed

LONG: Final = Secrets((Secret(NAME, Span("secrets.txt", 3)),))
FIRST, LAST = NAME.split()
PLAIN: Final = (
    f"<p>Un</p><p>{LAST}</p><p>deux</p><p>{FIRST}</p><p>trois</p>",
    "<p>Quatre</p><p>cinq</p>",
    f"<p>Six</p><p>{FIRST}</p>",
    "<p>Sept</p>",
    f"<p>{LAST}</p><p>huit</p>",
)


def paragraphs(document: Any) -> Any:
    """The elements of the document, a paragraph each."""
    return document.Root.StructTreeRoot.K[0].K


def in_order(*places: int) -> Callable[[Any], None]:
    """Have the paragraphs read in another order: those at ``places`` first."""

    def change(document: Any) -> None:
        kids = list(paragraphs(document))
        rest = [kid for place, kid in enumerate(kids) if place not in places]
        document.Root.StructTreeRoot.K[0].K = pikepdf.Array([*(kids[place] for place in places), *rest])

    return change


def in_a_section(*places: int) -> Callable[[Any], None]:
    """Have the first four paragraphs read as a part of the first one, in this order."""

    def change(document: Any) -> None:
        kids = list(paragraphs(document))
        mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=kids[0].Pg, MCID=int(kids[0].K[0]))
        kids[0].K = pikepdf.Array([mark, *(kids[place] for place in places)])
        document.Root.StructTreeRoot.K[0].K = pikepdf.Array([kids[0], *kids[4:]])

    return change


def after(earlier: bytes, later: bytes) -> tuple[Diagnostic, ...]:
    """What is found in a file after another one was searched, which held nothing."""
    clean = Clean()
    assert leaks("r.pdf", earlier, LONG, clean) == ()
    fresh = leaks("r.pdf", later, LONG)
    assert leaks("r.pdf", later, LONG, Clean(earlier=clean.written())) == fresh
    return fresh


@pytest.fixture(scope="module")
def plain() -> bytes:
    """Five chapters that hold the words of a name, never one behind the other."""
    return bound(*PLAIN)


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (in_order(), in_order(3, 1), True),
        (in_order(), in_order(0, 2, 8, 1), True),
        (in_order(), in_order(8, 10), True),
        (in_order(), in_order(4, 2, 3, 0), False),
        (in_a_section(1, 2, 3), in_a_section(2, 3, 1), True),
        (in_a_section(1, 2, 3), in_a_section(3, 2, 1), False),
    ],
    ids=["near", "elsewhere", "chapters", "apart", "below an element", "apart below it"],
)
def test_another_order_of_reading_is_searched_again(
    before: Callable[[Any], None], now: Callable[[Any], None], found: bool, plain: bytes
) -> None:
    """Nothing that is drawn has changed; who listens hears a name, or does not."""
    told = after(changed(plain, before), changed(plain, now))
    assert [item.params["where"] for item in told] == (["PDF, p. …"] if found else [])


def test_a_new_chapter_is_searched_and_its_borders(plain: bytes) -> None:
    """A name may begin where a chapter that is known ends, and go on in a new one, over a short one between."""
    assert after(plain, bound(*PLAIN[:3], f"<p>{LAST}</p>", PLAIN[4]))
    assert after(plain, bound(*PLAIN[:1], f"<p>Quatre</p><p>{FIRST}</p>", f"<p>{LAST}</p>", *PLAIN[3:]))
    assert after(plain, bound(*PLAIN, f"<p>Neuf</p><p>{FIRST}</p><p>{LAST}</p>"))
    three = Secrets((Secret(f"{FIRST} de {LAST}", Span("secrets.txt", 3)),))
    clean = Clean()
    assert leaks("r.pdf", plain, three, clean) == ()
    found = leaks("r.pdf", bound(*PLAIN[:3], "<p>de</p>", PLAIN[4]), three, clean)
    assert "PDF, p. …" in {item.params["where"] for item in found}


def test_words_far_apart_on_paper_are_found_if_they_are_read_together() -> None:
    """However many pages lie between them."""
    body = f"<p>{FIRST}</p>" + "".join(f"<p style='break-before: page'>{number}</p>" for number in range(9))
    data = bound(f"{body}<p>{LAST}</p>", "<p>Fin</p>")
    assert after(data, changed(data, in_order(0, 10)))


def test_marks_that_are_objects_of_their_own_are_read(plain: bytes) -> None:
    """A reference leads to them as well as to elements."""

    def apart(document: Any) -> None:
        kids = paragraphs(document)
        for place in (3, 1):
            mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=kids[place].Pg, MCID=int(kids[place].K[0]))
            kids[place].K = pikepdf.Array([document.make_indirect(mark)])
        in_order(3, 1)(document)

    assert after(plain, changed(plain, apart))


def test_a_page_that_is_named_above_counts_below(plain: bytes) -> None:
    """An element that names no page may be on that of the one around it."""

    def above(document: Any) -> None:
        kids = paragraphs(document)
        document.Root.StructTreeRoot.K[0].Pg = kids[0].Pg
        for place in (3, 1):
            del kids[place].Pg
        in_order(3, 1)(document)

    assert after(plain, changed(plain, above))


def test_what_did_not_change_is_not_read(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags are half of all objects; of the chapters around a new one those are read that are near its borders."""
    long = "<section>" + "".join(f"<p>Chapitre {number}</p>" for number in range(400)) + "</section>"
    many = [*PLAIN, long, long, "<p>Fin</p>"]
    clean, read = Clean(), list[int]()
    assert leaks("r.pdf", bound(*many), LONG, clean) == ()
    marks = scan_tags._marks

    def counted(top: Any, *, backwards: bool = False) -> Iterator[tuple[int, int]]:
        for mark in marks(top, backwards=backwards):
            read.append(1)
            yield mark

    monkeypatch.setattr(scan_tags, "_marks", counted)
    assert leaks("r.pdf", bound(*many), LONG, clean) == ()
    assert not read
    assert leaks("r.pdf", bound(*many[:-1], "<p>Autre</p>"), LONG, clean) == ()
    assert 0 < len(read) < 700


@given(st.recursive(st.integers(1, 9), lambda kids: st.lists(kids, max_size=4), max_leaves=20))
def test_what_is_read_backwards_is_the_same(tree: Any) -> None:
    def element(kids: Any) -> Any:
        if isinstance(kids, int):
            return kids
        return pikepdf.Dictionary(K=pikepdf.Array([element(kid) for kid in kids]))

    top = element([tree])
    assert list(scan_tags._marks(top, backwards=True))[::-1] == list(scan_tags._marks(top))


def test_a_chapter_is_whole_where_its_words_are_told_by_its_pack_and_pages(plain: bytes) -> None:
    """What its digest is not made of may change without it."""
    with pikepdf.open(BytesIO(changed(plain, lambda _: None))) as document:
        first = paragraphs(document)[0]
        page = first.Pg.objgen[0]
        leaves = {page: Leaf(first.Pg, "", Fonts(), set(), Look("r.pdf", LONG))}

        def is_whole(body: bytes) -> bool:
            chapter = scan_tags._Chapter(document, first.objgen[0], scan_tags._Pack(b"", frozenset({1}), body), leaves)
            assert chapter.read() == ["Un"]
            return chapter.is_whole

        assert is_whole(b"<</Pg %d 0 R>>" % page)
        assert not is_whole(b"<</Lang (fr)>>")
        assert not is_whole(b"<</K 7 0 R/Pg %d 0 R>>" % page)


def test_an_element_that_is_in_a_chapter_twice_is_heard_where_it_is_first(plain: bytes) -> None:
    """Such a chapter is not whole, and its last words are those that are heard last."""

    def twice(document: Any) -> None:
        kids = paragraphs(document)
        mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=kids[0].Pg, MCID=int(kids[0].K[0]))
        kids[0].K = pikepdf.Array([mark, kids[1], kids[2], kids[1]])

    with pikepdf.open(BytesIO(changed(plain, twice))) as document:
        first = paragraphs(document)[0]
        leaves = {first.Pg.objgen[0]: Leaf(first.Pg, "", Fonts(), set(), Look("r.pdf", LONG))}
        chapter = scan_tags._Chapter(document, first.objgen[0], scan_tags._Pack(b"", frozenset(), b""), leaves)
        assert chapter.read() == ["Un", LAST, "deux"] == list(chapter.begin()) == chapter.end()


def test_nothing_is_noted_of_what_is_not_whole(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of a chapter nor of what goes over its border."""
    monkeypatch.setattr(scan_tags._Pack, "is_closed", False)
    knows = Look.knows
    clean, known = Clean(), list[bool]()

    def asked(look: Look, *parts: bytes) -> bool:
        known.extend([knows(look, *parts)] * (parts[0] in {b"chapter", b"border"}))
        return knows(look, *parts)

    monkeypatch.setattr(Look, "knows", asked)
    assert leaks("r.pdf", plain, LONG, clean) == ()
    assert leaks("r.pdf", plain, LONG, Clean(earlier=clean.written())) == ()
    assert known
    assert not any(known)


def _file(*streams: tuple[bytes, bytes]) -> bytes:
    return b"%PDF-1.7\n" + b"".join(stream(90 + at, *one) for at, one in enumerate(streams))


def test_nothing_is_taken_for_known_of_which_there_may_be_two() -> None:
    """Which one a reader takes is said elsewhere in the file."""
    one, two = packed([(1, b"<<a>>"), (2, b"<<b>>")]), packed([(3, b"<<c>>")])
    packs = scan_tags._packs(_file(one, two))
    assert packs
    assert set(packs) == {1, 2, 3}
    assert packs[1] == packs[2] != packs[3]
    assert scan_tags._packs(_file(one, one)) is None
    for space in (b" ", b"\n" * 3, b" " * 1_000, b"\0", b" 0%c\n"):
        assert scan_tags._packs(_file(one, two) + b"2" + space + b"0 obj\n<<new>>\nendobj\n") is None
    assert scan_tags._packs(_file(one, two) + b"7 0 obj\n<<other>>\nendobj\nno\xffobj")
    assert scan_tags._packs(_file((one[0].replace(b"ObjStm", b"Obj#53tm"), one[1]), two)) is None
    assert scan_tags._packs(_file(one, (two[0], two[1][:-6]))) is None


def test_all_that_is_packed_counts() -> None:
    """The word that ends a stream may stand in it; a length that is not true is believed by nobody."""

    def one(last: bytes) -> tuple[bytes, bytes]:
        head = b"1 0 2 14"
        content = zlib.compress(head + b"\n<<endstream>>\n" + last, 0)
        return b"<</Type /ObjStm/N 2/First %d/Filter /FlateDecode" % (len(head) + 1), content

    packs = [scan_tags._packs(_file(one(last))) for last in (b"<<a>>", b"<<b>>")]
    assert packs[0]
    assert packs[1]
    assert packs[0][1].digest != packs[1][1].digest
    data = _file(one(b"<<a>>"))
    length = len(one(b"<<a>>")[1])
    assert scan_tags._packs(data.replace(b"/Length %d" % length, b"/Length %d" % (length - 9))) is None


@pytest.mark.parametrize(
    ("body", "closed"),
    [
        (b"<</K [2 0 R 3]/P 9 0 R/Pg 7 0 R>>", True),
        (b"<</K [2 0 R 4 0 R]/P 9 0 R>>", False),
        (b"<</K 4 0 R>>", False),
        (b"<</K [<</Type /MCR/Stm 8 0 R/MCID 3>>]>>", False),
        (b"<</K [<</Type /OBJR/Obj 8 0 R/Pg 7 0 R>>]>>", True),
        (b"<</K [4\n0\nR]>>", False),
        (b"<</K [1 0 R 2 0 R]/P 8 0 R/Pg 9 0 R>><</K [0]>>", True),
        (b"<</K [1 0 R 3 0 R]>>", False),
        (b"<</K [1 0 R 2 0 R 1 0 R]>>", False),
        (b"<</K 2 0 R/A 2 0 R>>", False),
    ],
)
def test_what_leads_elsewhere_or_twice_to_the_same_is_never_known(body: bytes, closed: bool) -> None:
    """Words that lie in another stream may become others while this one stays; what is there twice is heard once."""
    assert scan_tags._Pack(b"", frozenset({1, 2}), body).is_closed is closed
