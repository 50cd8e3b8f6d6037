"""The last hand on a PDF: metadata of both standards, and streams whose length everyone reads alike."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

import pikepdf

from reportgen.writers.objects import stream
from reportgen.writers.pdf import render_pdf
from tests.samples import FIRST, document


def test_metadata_is_one_packet_that_anyone_can_read() -> None:
    """Both standards, title, author, language and date, from the document; not compressed."""
    data = render_pdf(document(FIRST))[0]
    assert data.count(b"<x:xmpmeta") == data.count(b"<rdf:RDF") == 1
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Filter" not in pdf.Root.Metadata
        with pdf.open_metadata() as packet:
            assert (packet["pdfaid:part"], packet["pdfaid:conformance"], packet["pdfuaid:part"]) == ("2", "A", "1")
            assert "Leaders not tried" in packet["dc:title"]
            assert packet["dc:creator"] == ["Centre for Integrity and Justice"]
            assert packet["dc:language"] == {"en"}
            assert packet["xmp:CreateDate"] == "2024-09-30"
        intent: Any = pdf.Root.OutputIntents[0]
        assert "sRGB" in str(intent.OutputConditionIdentifier)
        assert len(pdf.trailer.ID) == 2


def test_streams_that_end_in_a_carriage_return_keep_their_length() -> None:
    """One compressed stream in 256 does (ISO 19005-2, 6.1.7.1): before ``endstream`` stands an end of line of its own."""
    hazards = 0
    for number in range(2000):
        content = zlib.compress(b"e" * number, 9)
        written = stream(7, b"<<", content)
        found = re.search(rb"/Length (\d+)>>\nstream\n", written)
        assert found
        kept, end = written[found.end() :][: int(found[1])], written[found.end() + int(found[1]) :]
        hazards += content.endswith(b"\r")
        assert kept == content
        assert end == (b"\r\nendstream\nendobj\n" if content.endswith(b"\r") else b"\nendstream\nendobj\n")
    assert hazards > 0
