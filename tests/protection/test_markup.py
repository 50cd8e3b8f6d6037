"""A name is found wherever it hides in HTML, in an archive or beside a picture."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

import pytest

from reportgen.diagnostics import Span
from reportgen.protection.look import MOST_BYTES
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import NOTHING, Secret, Secrets
from reportgen.writers.html import render_html
from tests.protection.planted import NAME, SECRETS, data_address, jpeg, jpeg_with, pdf, png, segment
from tests.samples import document, write

PAGE: Final = "<!DOCTYPE html>\n<html lang='en'>\n<head><title>Report</title>{head}</head>\n<body>\n<p>Nothing.</p>\n{body}\n</body></html>"


def _image(data: bytes, media: str) -> str:
    return f"<img alt='' src='{data_address(data, media)}'>"


IN_BODY: Final[dict[str, tuple[str, str]]] = {
    "plain": (f"<p>{NAME}</p>", "HTML, l. 6"),
    "over two lines": ("<p>Orsine\n  Talem</p>", "l. 6"),
    "divided by tags": ("<p>Or<b>si</b>ne <i>T</i>al<a href='#'>em</a></p>", "l. 6"),
    "divided by a comment": ("<p>Or<!-- -->sine T<!-- x -->alem</p>", "l. 6"),
    "soft hyphens": ("<p>Or&shy;sine Ta\u00adlem</p>", "l. 6"),
    "entities": ("<p>&#79;rsine T&#x61;lem</p>", "l. 6"),
    "zero width": ("<p>Or\u200bsine Ta&#8203;lem</p>", "l. 6"),
    "accents": ("<p>Orsíne TÀLEM</p>", "l. 6"),
    "short": ("<p>Selon<b>Ana</b>lui</p>", "l. 6"),
    "comment": (f"<!-- {NAME} -->", "l. 6"),
    "behind a comment that ends with an address": ("<!-- data:,x--><p>Orsine <b>T</b>alem</p>", "l. 6"),
    "comment never closed": (f"<!-- {NAME}", "l. 6"),
    "alt": (f"<img alt='{NAME}' src='#'>", "l. 6, alt"),
    "title": (f"<p title='{NAME}'>x", "l. 6, title"),
    "data attribute": (f"<p data-who='{NAME}'>x", "l. 6, data-who"),
    "name of an attribute": ("<p data-orsine-talem='1'>x", "HTML"),
    "aria-label": (f"<p aria-label='{NAME}'>x", "l. 6, aria-label"),
    "without quotes": ("<p title=Orsine-Talem>x", "l. 6, title"),
    "id": ("<p id='orsine_talem'>x", "l. 6, id"),
    "class": ("<p class='orsine-talem'>x", "l. 6, class"),
    "hidden": (f"<p hidden>{NAME}</p>", "l. 6"),
    "not displayed": (f"<p style='display:none'>{NAME}</p>", "l. 6"),
    "template": (f"<template><p>{NAME}</p></template>", "l. 6"),
    "noscript": (f"<noscript>{NAME}</noscript>", "l. 6"),
    "text area": (f"<textarea>{NAME}</textarea>", "l. 6"),
    "style": ('<style>p::before { content: "\\4frsine T\\61 lem" }</style>', "l. 6"),
    "address": ("<a href='https://example.org/?q=Orsine%20Tal%65m'>x</a>", "l. 6, href"),
    "mail": ("<a href='mailto:o%72sine.talem@example.org'>x</a>", "l. 6, href"),
    "srcset": ("<img srcset='orsine-talem.png 2x' alt=''>", "l. 6, srcset"),
    "JPEG in an address": (_image(jpeg(NAME.encode()), "image/jpeg"), "JPEG COM"),
    "EXIF in an address": (_image(jpeg(exif=NAME), "image/jpeg"), "JPEG APP1"),
    "between the scans of a JPEG": (
        _image(jpeg_with(segment(0xFE, NAME), before=b"\xff\xda", last=True), "image/jpeg"),
        "JPEG COM",
    ),
    "segment of a JPEG that nobody knows": (
        _image(jpeg_with(segment(0xF7, NAME), before=b"\xff\xdb"), "image/jpeg"),
        "JPEG F7",
    ),
    "between the segments of a JPEG": (_image(jpeg_with(NAME.encode(), before=b"\xff\xdb"), "image/jpeg"), "JPEG …"),
    "after a JPEG, before a second end": (_image(jpeg() + NAME.encode() + b"\xff\xd9", "image/jpeg"), "JPEG …"),
    "chunk of a PNG that nobody knows": (_image(png(b"whOs", NAME.encode()), "image/png"), "PNG whOs"),
    "profile of a PNG": (
        _image(png(b"iCCP", b"sRGB\0\0" + zlib.compress(b"profile of Orsine Talem")), "image/png"),
        "PNG iCCP",
    ),
    "PNG in an address": (_image(png(b"tEXt", b"Author\0" + NAME.encode()), "image/png"), "PNG tEXt"),
    "packed PNG text": (_image(png(b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode())), "image/png"), "PNG zTXt"),
    "SVG in an address": (
        f"<img alt='' src='data:image/svg+xml,{quote(f'<svg><desc>{NAME}</desc></svg>')}'>",
        "XML, l. 1",
    ),
    "text in an address": (
        f"<a href='data:text/plain;base64,{base64.b64encode(NAME.encode()).decode()}'>x</a>",
        "data:",
    ),
    "drawing": (f"<svg><title>{NAME}</title><metadata>x</metadata></svg>", "l. 6"),
    "CDATA": (f"<svg><![CDATA[{NAME}]]></svg>", "l. 6"),
    "tag never closed": (f"<p title='{NAME}", "HTML"),
}
IN_HEAD: Final = {
    "title": f"<title>{NAME}</title>",
    "meta": f"<meta name=author content='{NAME}'>",
    "style": f"<style>/* {NAME} */</style>",
    "link": "<link rel=canonical href='https://example.org/orsine-talem'>",
}


@pytest.mark.parametrize("place", IN_BODY)
def test_what_stands_in_a_page_is_found(place: str) -> None:
    body, where = IN_BODY[place]
    found = leaks("r.html", PAGE.format(head="", body=body).encode(), SECRETS)
    assert {item.code for item in found} - {"RG913"} == {"RG911"}
    assert any(where in item.params["where"] for item in found)
    assert "talem" not in str(found).casefold()


@pytest.mark.parametrize("place", IN_HEAD)
def test_what_stands_in_its_head_is_found(place: str) -> None:
    source = PAGE.format(head=IN_HEAD[place], body="")
    assert {item.code for item in leaks("r.html", source.encode(), SECRETS)} - {"RG913"} == {"RG911"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_in_whatever_encoding(encoding: str) -> None:
    source = PAGE.format(head="", body=f"<p>{NAME} à midi</p>")
    assert {item.code for item in leaks("r.html", source.encode(encoding), SECRETS)} == {"RG911"}


def test_a_page_without_names_is_clean() -> None:
    body = "<p>Une banana, une analysis; le talent d’Orsini.</p><p>Ana</p>".replace("Ana<", "Anat<")
    assert leaks("r.html", PAGE.format(head="", body=body).encode(), SECRETS) == ()


def test_words_of_the_style_sheet_are_no_names_and_in_the_text_they_are() -> None:
    """Somebody is called Grid, and the program’s own style sheet is not about him."""
    grid = Secrets((Secret("Table", Span("secrets.txt", 1)),))
    style = "<style>.table { display: table }</style>"
    assert leaks("r.html", PAGE.format(head=style, body="<p class='table'>x</p>").encode(), grid) == ()
    found = leaks("r.html", PAGE.format(head=style, body="<p class='table'>Mr Table</p>").encode(), grid)
    assert [item.params["where"] for item in found] == ["HTML, l. 6"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>x</script>",
        "<p onclick='x'>y",
        "<a href='javascript:x'>y</a>",
        "<iframe src='x'></iframe>",
        "<object data='x'></object>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<p/onclick=x>y",
        "<a href='java\tscript:x'>y</a>",
        "<a href='&#106;avascript:x'>y</a>",
        "<a href='data:text/html,x'>y</a>",
        "<img src='https://x.example/y.png'>",
        "<img src=//x.example/y.png>",
        "<img srcset='https://x.example/y.png 2x'>",
        "<link rel=stylesheet href='https://x.example/a.css'>",
        "<style>@import 'https://x.example/'</style>",
        "<style>p { background: url( 'https://x.example/a') }</style>",
        "<p style='background: url(//x.example/a)'>y",
        "<svg><image href='https://x.example/a'/></svg>",
        "<svg><use xlink:href='https://x.example/a#b'/></svg>",
        "<video src='x'></video>",
        "<form action='https://x.example/'></form>",
        "<table background='https://x.example/a'></table>",
        "<a href='file:///srv/x'>y</a>",
        "<p>/home/somebody/reports/x.yaml",
        "<p>C:\\Users\\somebody\\x.yaml",
    ],
)
def test_what_acts_or_tells_of_the_computer_is_refused(body: str) -> None:
    assert {item.code for item in leaks("r.html", PAGE.format(head="", body=body).encode(), NOTHING)} == {"RG913"}


@pytest.mark.parametrize(
    "body",
    [
        "<a href='https://x.example/?src=y'>y</a>",
        "<a href='mailto:x@y.example'>y</a>",
        "<a href='#note-1'>y</a>",
        "<p>Write &lt;script&gt; or onclick=x, see url(https://x.example) and javascript: addresses.",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='on=off'>",
        "<style>p { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }</style>",
        "<svg><rect fill='url(#a)'/></svg>",
    ],
)
def test_what_only_shows_or_is_followed_by_readers_may_leave(body: str) -> None:
    assert leaks("r.html", PAGE.format(head="", body=body).encode(), NOTHING) == ()


def test_a_report_of_the_program_itself_may_leave(tmp_path: Any) -> None:
    made = document(
        write(tmp_path, "findings: [{kind: deficiency, text: 'The law is narrow [@s1].', sources: [s1, s2]}]"),
        final=False,
    )
    page = render_html(made, "screen")
    assert leaks("r.html", page.encode(), SECRETS) == ()


# Archives


def zipped(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


_WORD: Final = "<?xml version='1.0'?><w:document><w:p>{}</w:p></w:document>"
ARCHIVES: Final[dict[str, Callable[[], bytes]]] = {
    "name of a member": lambda: zipped({"images/orsine-talem.png": png()}),
    "comment": lambda: zipped({"a": b"x"}, NAME.encode()),
    "runs of a Word document": lambda: zipped(
        {"word/document.xml": _WORD.format("<w:r><w:t>Orsi</w:t></w:r><w:r><w:t>ne Talem</w:t></w:r>").encode()}
    ),
    "author of a Word document": lambda: zipped(
        {"docProps/core.xml": f"<?xml version='1.0'?><dc:creator>{NAME}</dc:creator>".encode()}
    ),
    "alternative text": lambda: zipped({"word/document.xml": _WORD.format(f"<wp:docPr descr='{NAME}'/>").encode()}),
    "comment of a JPEG": lambda: zipped({"word/media/1.jpeg": jpeg(NAME.encode())}),
    "YAML": lambda: zipped({"submission.yaml": b"title: Orsine\n  Talem\n"}),
    "JSON": lambda: zipped({"manifest.json": json.dumps({"who": "Orsíne Tàlem"}).encode()}),
    "a PDF": lambda: zipped({"a.pdf": pdf(f"<p>{NAME}")}),
    "an archive": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": NAME.encode()})})}),
    "bytes of no known kind": lambda: zipped({"a.bin": b"\0\1\2\xff" + NAME.encode() + b"\xfe\0"}),
    "after the end of a picture": lambda: zipped({"a.png": png() + NAME.encode(), "b.jpg": jpeg() + NAME.encode()}),
}


@pytest.mark.parametrize("place", ARCHIVES)
def test_what_stands_in_an_archive_is_found(place: str) -> None:
    found = leaks("bundle.zip", ARCHIVES[place](), SECRETS)
    assert {item.code for item in found} == {"RG911"}
    assert "talem" not in str(found).casefold()


def test_an_archive_without_names_is_clean() -> None:
    data = zipped(
        {"a.yaml": b"title: Report\n", "b.png": png(), "c.jpg": jpeg(), "d.docx": zipped({"w.xml": _WORD.encode()})}
    )
    assert leaks("bundle.zip", data, SECRETS) == ()


def test_an_archive_that_can_not_be_searched_is_refused() -> None:
    broken = bytearray(zipped({"a.txt": b"nothing at all, and more of it"}))
    broken[40] ^= 0xFF
    assert {item.code for item in leaks("b.zip", bytes(broken), SECRETS)} == {"RG912"}
    deep = b"nothing"
    for number in range(8):
        deep = zipped({f"{number}.zip": deep})
    assert {item.code for item in leaks("b.zip", deep, SECRETS)} == {"RG912"}


@pytest.mark.parametrize("what", [b"\0", b"word "])
def test_what_unpacks_to_more_than_any_report_holds_is_refused(what: bytes) -> None:
    """A few kilobytes that would be many gigabytes: unpacking, and reading, stop at the limit."""
    much = what * (MOST_BYTES // 4 // len(what))
    bomb = zipped({f"{number}.bin": much for number in range(5)})
    assert len(bomb) < MOST_BYTES // 100
    assert {item.code for item in leaks("b.zip", bomb, SECRETS)} == {"RG912"}


def test_macros_in_a_word_document_are_refused() -> None:
    assert {item.code for item in leaks("r.docx", zipped({"word/vbaProject.bin": b"x"}), NOTHING)} == {"RG913"}


def test_what_acts_in_a_page_in_an_archive_is_refused() -> None:
    page = PAGE.format(head="", body="<p onclick='x'>y</p>").encode()
    assert [item.params["where"] for item in leaks("b.zip", zipped({"r.html": page}), NOTHING)] == [
        "ZIP, 1, HTML, l. 6, onclick"
    ]


def test_the_name_of_a_file_is_searched() -> None:
    assert [item.code for item in leaks("orsine-talem.html", b"x", SECRETS)] == ["RG911"]
