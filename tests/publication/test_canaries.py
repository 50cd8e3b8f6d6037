"""Five hundred made-up reports: what is confidential is in no output, file name, message or bundle."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given

from reportgen.catalogue import load_catalogue
from reportgen.diagnostics.render import to_github, to_html, to_json, to_text
from reportgen.document.compose import compose
from reportgen.document.model import Document
from reportgen.languages.messages import translations
from reportgen.pipeline import Checked, check, for_final, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from reportgen.writers.html import render_html
from reportgen.writers.pdf import render_pdf
from tests.canaries import Secretive, found_in, secretive
from tests.thorough import made_up

SHARES, EACH = 5, 100


def messages(checked: Checked) -> str:
    """All that the program says of a submission, in every form and language."""
    texts, found = checked.reading.texts, for_final(checked.found)
    told = []
    for language in ("en", "fr"):
        say = translations(language).gettext
        told += [to_text(found, texts, say, lambda text, _: text), to_json(found, say)]
        told += [to_github(found, say), to_html(found, texts, say)]
    return "\n".join(told)


def documents(checked: Checked, *languages: str) -> Iterable[tuple[Audience, Document]]:
    """Every document that is made of it in ``languages``."""
    assert checked.reading.submission is not None
    for audience in Audience:
        publication = redact(checked.reading.submission, load_catalogue(), audience)
        for language in languages:
            yield audience, compose(localise(publication, language), load_catalogue(), language, final=False)


def words_of_pdf(data: bytes, folder: Path) -> str:
    """All text of a PDF, and every string and name in it."""
    import pikepdf

    (folder / "report.pdf").write_bytes(data)
    text = subprocess.run(
        ["pdftotext", str(folder / "report.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    with pikepdf.open(BytesIO(data)) as pdf:
        return text + "".join(str(value) for value in pdf.objects)


@pytest.mark.parametrize("share", range(SHARES))
def test_no_canary_leaves(tmp_path: Path, share: int) -> None:
    """HTML and the pages that the PDF is made of, of all, in either language; the PDF itself of some."""
    count = 0

    @made_up(EACH, share)
    @given(secretive())
    def silent(made: Secretive) -> None:
        nonlocal count
        count += 1
        path = tmp_path / "submission.yaml"
        path.write_text(made.yaml, "utf-8")
        checked = check(path)
        assert not has_errors(checked.found), [(item.code, item.params) for item in checked.found]
        assert found_in(made.in_messages(), messages(checked)) == []
        for audience, document in documents(checked, ("en", "fr")[count % 2]):
            hidden = made.hidden(audience.value)
            for medium in ("screen", "print"):
                assert found_in(hidden, render_html(document, medium)) == []
            assert found_in(hidden, document.stem) == []
            if count % 33 == 0 and shutil.which("pdftotext"):
                assert found_in(hidden, words_of_pdf(render_pdf(document)[0], tmp_path)) == []

    silent()
    assert count == EACH


def test_the_search_finds_what_is_open(tmp_path: Path) -> None:
    """Control: the canaries of the public are in every form, so that the others would be found."""
    seen = 0

    @made_up(8)
    @given(secretive())
    def told(made: Secretive) -> None:
        nonlocal seen
        path = tmp_path / "submission.yaml"
        path.write_text(made.yaml, "utf-8")
        for audience, document in documents(check(path), "en", "fr"):
            for medium in ("screen", "print"):
                html = render_html(document, medium)
                seen += len(found_in(made.words["public"], html))
                if audience is Audience.MEMBERS:
                    seen += len(found_in(made.words["members"], html))

    told()
    assert seen > 50
