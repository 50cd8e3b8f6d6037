"""A name is found wherever it hides in a PDF, and a file that nobody can search is refused."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest

from reportgen.diagnostics import Span
from reportgen.protection.scan import leaks
from reportgen.protection.secrets import NOTHING, Secret, Secrets
from reportgen.writers.pdf import render_pdf
from tests.protection.planted import NAME, SECRETS, changed, data_address, jpeg, pdf, png
from tests.samples import document, write

_FILL: Final = "Rien à signaler. " * 12
_SVG: Final = "<svg width='200' height='40' xmlns='http://www.w3.org/2000/svg'>{}</svg>"

SET: Final[dict[str, tuple[str, str, str]]] = {
    "plain": (f"<p>Vu par {NAME} hier.", "", "p. 1"),
    "turned round": ("<p>Vu par TALEM, Orsine hier.", "", "p. 1"),
    "white": (f"<p style='color:#fff'>{NAME}", "", "p. 1"),
    "off the page": (f"<p style='position:absolute;left:-9999px'>{NAME}", "", "p. 1"),
    "clipped": (f"<div style='width:0;height:0;overflow:hidden'>{NAME}</div>", "", "p. 1"),
    "transparent": (f"<p style='opacity:0'>{NAME}", "", "p. 1"),
    "tiny": (f"<p style='font-size:.01px'>{NAME}", "", "p. 1"),
    "spaced letters": (f"<p style='letter-spacing:2mm'>{NAME}", "", "p. 1"),
    "soft hyphens": ("<p>Or&shy;sine Ta&shy;lem", "", "p. 1"),
    "divided by marks": ("<p>Or<b>si</b>ne <i>T</i>alem", "", "p. 1"),
    "hyphenated over a line": (
        "<p style='width:16mm;hyphens:manual'>Elle a vu Or&shy;sine Ta&shy;lem partir",
        "",
        "p. 1",
    ),
    "drawn": (_SVG.format(f"<text x='9' y='9'>{NAME}</text>"), "", "p. 1"),
    "title of a drawing": (_SVG.format(f"<title>{NAME}</title><rect width='9' height='9'/>"), "", ""),
    "alternative text": (f"<img alt='{NAME}' src='{data_address(png(), 'image/png')}'>", "", ""),
    "bookmark": (f"<h1 style='bookmark-label:\"{NAME}\"'>Titre</h1>", "", "/Title"),
    "anchor": ("<p id='orsine-talem'>Ici</p><a href='#orsine-talem'>là</a>", "", ""),
    "address": ("<a href='https://example.org/Orsine%20Talem'>là</a>", "", "/URI"),
    "mail": ("<a href='mailto:orsine.talem@example.org'>là</a>", "", "/URI"),
    "author": ("<p>Titre", f"<meta name=author content='{NAME}'>", ""),
    "keywords": ("<p>Titre", f"<meta name=keywords content='un, {NAME}'>", ""),
    "title": ("<p>Titre", f"<title>{NAME}</title>", ""),
    "comment of a JPEG": (f"<img alt=x src='{data_address(jpeg(NAME.encode()), 'image/jpeg')}'>", "", "JPEG COM"),
    "hidden field": (f"<input type=hidden value='{NAME}'>", "", ""),
    "closed details": (f"<details><summary>Plus</summary>{NAME}</details>", "", "p. 1"),
    "short name": ("<p>Selon A-n-a, rien.", "", "p. 1"),
}


@pytest.mark.parametrize("place", SET)
def test_what_is_set_is_found(place: str) -> None:
    body, head, where = SET[place]
    found = leaks("r.pdf", pdf(body, head, uncompressed_pdf="address" in place, pdf_variant="pdf/ua-1"), SECRETS)
    assert {item.code for item in found} == {"RG911"}
    assert any(where in item.params["where"] for item in found)
    assert all(item.params["place"].startswith("secrets.txt:") for item in found)
    assert "talem" not in str(found).casefold()


@pytest.mark.parametrize("text", [_FILL, "Une banana, analysis, ananas. Un talent, le matin."])
def test_other_words_are_not(text: str) -> None:
    assert leaks("r.pdf", pdf(f"<p>{text}", "<title>Rapport</title>", pdf_variant="pdf/ua-1"), SECRETS) == ()


def test_a_name_that_a_page_break_divides_is_found_behind_the_notes_of_the_page() -> None:
    """Footers and notes stand between its halves; the tag tree does not see them."""
    body = "<p>" + "<br>".join(["Rien."] * 9) + "<br>Puis Or&shy;sine&nbsp;Ta&shy;lem est partie."
    style = "p { width: 21mm; margin: 0; hyphens: manual; orphans: 1; widows: 1; line-height: 6mm } @page { @bottom-left { content: 'Pied' } }"
    places = []
    for size in range(52, 76, 6):
        data = pdf(body, style=style + f"@page {{ size: 60mm {size}mm }}", pdf_variant="pdf/ua-1")
        places.append({item.params["where"] for item in leaks("r.pdf", data, SECRETS)})
    assert all(places)
    assert {"PDF, p. …"} in places


def _info(document: Any) -> None:
    document.docinfo["/Subject"] = NAME


def _utf_8(document: Any) -> None:
    document.docinfo["/Subject"] = pikepdf.String(b"\xef\xbb\xbf" + "Orsíne Talem".encode())


def _xmp(document: Any) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as packet:
        packet["dc:source"] = NAME


def _note(document: Any) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=NAME)
    document.pages[0].Annots = document.make_indirect([note])


def _appearance(document: Any) -> None:
    fonts = document.pages[0].Resources
    form = document.make_stream(b"BT /F 9 Tf (Orsine Talem) Tj ET", Subtype=pikepdf.Name.Form, Resources=fonts)
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 9, 9], AP={"/N": form})
    document.pages[0].Annots = document.make_indirect([note])


def _kerned(document: Any) -> None:
    content = document.make_stream(rb"BT /None 9 Tf [(Or\163i) -20 (ne) 30 ( T) <616c656d>] TJ ET")
    document.pages[0].Contents = pikepdf.Array([content])


def _expansion(document: Any) -> None:
    document.Root.StructTreeRoot.K[0].E = NAME


def _actual(document: Any) -> None:
    document.pages[0].Contents = document.make_stream(b"/Span <</ActualText (Orsine Talem)>> BDC EMC")


def _resource_name(document: Any) -> None:
    document.pages[0].Resources["/OrsineTalem"] = 1


def _unused(document: Any) -> None:
    document.Root["/PieceInfo"] = document.make_stream(b"kept beside: Orsine Talem, 2023")


WRITTEN: Final[dict[str, tuple[Callable[[Any], None], str]]] = {
    "Info": (_info, "/Subject"),
    "Info in UTF-8": (_utf_8, "/Subject"),
    "XMP": (_xmp, "XMP"),
    "annotation": (_note, "/Contents"),
    "appearance of an annotation": (_appearance, "p. 1"),
    "octal, hexadecimal and kerned": (_kerned, "p. 1"),
    "expansion of an abbreviation": (_expansion, "/E"),
    "text for the ear": (_actual, "p. 1"),
    "name of an object": (_resource_name, "/"),
    "stream that nobody draws": (_unused, "stream"),
}


@pytest.mark.parametrize("place", WRITTEN)
def test_what_is_written_into_the_file_is_found(place: str) -> None:
    change, where = WRITTEN[place]
    found = leaks("r.pdf", changed(pdf("<p>Rien", pdf_variant="pdf/ua-1"), change), SECRETS)
    assert {item.code for item in found} == {"RG911"}
    assert any(where in item.params["where"] for item in found)


@pytest.mark.parametrize(
    "tail",
    [
        b"\n% Orsine Talem",
        b"Orsine Talem",
        "Orsine Talem".encode("utf-16-le"),
        "Orsine Talem".encode("utf-16-be"),
        b"\n99 0 obj\n<</T (Orsine Talem)>>\nendobj\n",
        b"\n99 0 obj\n<</T <feff004f007200730069006e0065005400610 06c0065006d>>>\nendobj\n",
        b"\n99 0 obj\n<</Filter /FlateDecode/Length 99>>\nstream\n"
        + zlib.compress(b"(Orsine Talem)")
        + b"\nendstream\nendobj\n",
    ],
)
def test_what_stands_after_the_end_and_what_nothing_refers_to_is_found(tail: bytes) -> None:
    assert {item.code for item in leaks("r.pdf", pdf("<p>Rien") + tail, SECRETS)} == {"RG911"}


def test_an_earlier_revision_is_searched() -> None:
    """What was replaced by an update is still in the file."""
    data = pdf("<p>Rien", "<meta name=author content='Orsine Talem'>", uncompressed_pdf=True)
    number = data[: data.index(b"/Author")].rpartition(b" obj")[0].split()[-2]
    update = b"\n" + number + b" 0 obj\n<</Author (Nobody)>>\nendobj\n"
    start = data.rindex(b"startxref")
    table = b"xref\n" + number + b" 1\n%010d 00000 n \ntrailer\n" % (len(data) + 1)
    trailer = (
        data[data.rindex(b"trailer") + 7 : start].rstrip().removesuffix(b">>")
        + b"/Prev "
        + data[start:].split()[1]
        + b">>"
    )
    whole = data + update + table + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % (len(data) + len(update))
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert "Talem" not in str(document.docinfo.get("/Author"))
    assert "RG911" in {item.code for item in leaks("r.pdf", whole, SECRETS)}


def _attachment(document: Any) -> None:
    document.attachments["a.txt"] = b"Orsine Talem"


def _javascript(document: Any) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(document: Any) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = document.make_indirect([link])


def _file(document: Any) -> None:
    document.docinfo["/Subject"] = "file:///srv/work/report.html"


def _home(document: Any) -> None:
    document.docinfo["/Subject"] = "/home/somebody/reports/kenya.yaml"


@pytest.mark.parametrize("change", [_attachment, _javascript, _launch, _file, _home])
@pytest.mark.parametrize("secrets", [NOTHING, SECRETS])
def test_what_acts_or_is_attached_or_tells_of_the_computer_is_refused_whatever_is_registered(
    change: Callable[[Any], None], secrets: Secrets
) -> None:
    found = {item.code for item in leaks("r.pdf", changed(pdf("<p>Rien"), change), secrets)}
    assert "RG913" in found
    assert ("RG911" in found) == (change is _attachment and secrets is SECRETS)


def test_the_folder_of_the_inputs_is_not_in_the_file(tmp_path: Path) -> None:
    home = Secrets(folders=(tmp_path.as_posix(),))
    data = pdf("<p>Rien", f"<meta name=author content='{tmp_path.as_posix()}/report.yaml'>")
    assert {item.code for item in leaks("r.pdf", data, home)} == {"RG913"}
    assert leaks("r.pdf", pdf("<p>Rien"), home) == ()


@pytest.mark.parametrize("spoil", ["cut", "encrypted", "differences", "other filter"])
def test_a_file_that_can_not_be_searched_is_refused(spoil: str) -> None:
    data = pdf(f"<p>{_FILL}")
    if spoil == "cut":
        data = b"%PDF-1.7\n" + data[200:600]
    elif spoil == "encrypted":
        with pikepdf.open(io.BytesIO(data)) as document:
            out = io.BytesIO()
            document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
            data = out.getvalue()
    elif spoil == "differences":
        tail = b"\n99 0 obj\n<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>/Length 99>>\nstream\n"
        data += tail + zlib.compress(b"(" + NAME.encode() + b")") + b"\nendstream\nendobj\n"
    else:
        data = changed(
            data,
            lambda pdf: pdf.Root.__setitem__("/Private", pdf.make_stream(b"00>", Filter=pikepdf.Name.ASCIIHexDecode)),
        )
        data = data.replace(b"/FlateDecode", b"/LZWDecode  ", 1)
    assert "RG912" in {item.code for item in leaks("r.pdf", data, SECRETS)}


def test_every_word_that_another_reader_sees_is_read(tmp_path: Path) -> None:
    """PDFium reads the same pages; whatever word it finds on one of them is found here on the same page."""
    import pypdfium2

    answer = "findings:\n  - {kind: deficiency, text: 'Fifty-nine flocks of Łódź baffled the office; « œuvre »', sources: [s1]}"
    data = render_pdf(document(write(tmp_path, answer), final=False))[0]
    pages = pypdfium2.PdfDocument(data)
    seen = 0
    for number in range(len(pages)):
        words = {
            word for word in pages[number].get_textpage().get_text_range().split() if word.isalpha() and len(word) > 3
        }
        for word in sorted(words)[::3]:
            places = {item.params["where"] for item in leaks("r.pdf", data, Secrets((Secret(word, Span("x")),)))}
            assert f"PDF, p. {number + 1}" in places, word
            seen += 1
    assert seen > 20
