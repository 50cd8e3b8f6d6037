"""What leads to one person is noticed in public texts, and ordinary numbers of reports are not taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from reportgen.diagnostics.render import to_text
from reportgen.pipeline import check
from tests.samples import FIRST, SOLO, write

LEADING: Final = {
    "RG915": [
        "Call +254 712 345 678.",
        "au +33 6 12 34 56 78 le soir",
        "Tel.: 0712 345 678",
        "joindre au 06 12 34 56 78",
        "by WhatsApp 0712345678",
        "phone (202) 555-0147",
        "0033 6 12 34 56 78",
        "numéro 06.12.34.56.78",
        "reached 0712 345 678",
        "reached 0712345678",
        "reached 0712-345-678.",
        "wa.me/254712345678",
        "https://wa.me/254712345678",
        "le 06\u00a012\u00a034\u00a056\u00a078",
    ],
    "RG916": ["write to ana@example.org.", "ana (at) example.org", "[Ana](mailto:ana@example.org)"],
    "RG917": [
        "at 12.34567, -3.45678 near",
        "12°34′56″ N, 3°10′ E",
        "12° 34.5’ S",
        "[map](https://maps.example/@12.3456789,7.8901234,15z)",
        "12,34567 ; 3,45678",
        "0.51234, 35.26789",
    ],
    "RG918": [
        "passport no. A1234567",
        "passeport n° 12AB34567",
        "carte d’identité n° 880692310285",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "licence plate KBA 123A",
        "plaque d’immatriculation AB-123-CD",
        "holder of passport number C4567890",
        "compte bancaire 00012345678",
        "seen in KCA 123B",
        "seen in UAX 123A.",
        "in AB-123-CD",
        "ID 23456789",
        "account 0112 3456 7890",
        "compte 0112 3456 7890",
    ],
}
ORDINARY: Final = [
    "Act No. 12 of 2018",
    "case 2019/00123456",
    "ISBN 978-0-19-852663-6",
    "ISBN 0198526636",
    "on account of 12 345 678 euros",
    "au compte de 2019, 2020 et 2021",
    "case 071/2345/678",
    "ID cards 2019-2023",
    "un compte rendu de 2023",
    "CAC 2018 B, EU 2017/852",
    "ISO 216 A4",
    "No. 0012 of 2019",
    "0.0712345678 per cent",
    "between 2019 and 2023",
    "EUR 1 204 567",
    "+12 345 678 euros",
    "telephone interceptions: 2021 2022 2023",
    "mobile phones seized: 1 204 567",
    "passports (2022-2023)",
    "the Passport Act 1998",
    "pp. 123-145",
    "résolution 55/25",
    "A/RES/55/25, CTOC/COP/2018/13",
    "0.1234, 0.5678 per cent",
    "the State issued 12 345 passports in 2021",
    "identity cards: 123 456",
    "loi n° 2012-045 du 12 juin 2012",
    "Decree 01-23 45 67",
    "from 12.5 to 13.75 per cent",
    "45° N",
    "ETS No. 185",
    "call for tenders 2021/00345",
    "bank accounts 12 345 678",
    "licence plates seized in 2021: 1204",
    "identity card law of 12 March 2019",
    "+33 per cent",
    "the signal of 2023-04-05",
    "COM(2021) 591 final 2021/0282",
    "https://example.org/0612345678/passport/A1234567",
    "[@s1, p. 12]",
    "IBAN FR76 3000 6000 0112 3456 7890 188",
]


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in LEADING.items() for text in texts])
def test_what_leads_to_a_person_is_told_and_not_shown(code: str, text: str, tmp_path: Path) -> None:
    path = write(tmp_path, f'findings: [{{kind: deficiency, text: "It was {text}", sources: [s1, s2]}}]')
    checked = check(path)
    found = [item for item in checked.found if item.code.startswith("RG91")]
    assert [item.code for item in found] == [code]
    shown = to_text(found, checked.reading.texts, str, lambda words, _: words)
    assert f"submission.yaml:{found[0].span.line if found[0].span else 0}:" in shown
    assert not any(sign.isdigit() for line in shown.split("\n") if " | " in line for sign in line.partition("|")[2])


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_are_not(text: str, tmp_path: Path) -> None:
    path = write(tmp_path, f'findings: [{{kind: deficiency, text: "It was {text}.", sources: [s1, s2]}}]')
    assert not [item for item in check(path).found if item.code.startswith("RG91")]


@pytest.mark.parametrize("path", [FIRST, SOLO])
def test_the_samples_hold_none(path: Path) -> None:
    assert not [item for item in check(path).found if item.code.startswith("RG9")]


def test_fields_meant_for_it_and_what_nobody_reads_are_left_alone(tmp_path: Path) -> None:
    answer = "findings: [{kind: case, text: 'Call +254 712 345 678.', level: confidential, sources: [s2]}]"
    path = write(tmp_path, answer)
    contact = path.read_text("utf-8").replace(
        "fr: Centre}}", "fr: Centre}, contact: a@example.org, website: https://x.example}"
    )
    path.write_text(contact, "utf-8")
    assert not [item for item in check(path).found if item.code.startswith("RG91")]


def test_a_described_source_is_read(tmp_path: Path) -> None:
    """Of a confidential source the description alone is public."""
    path = write(tmp_path, "findings: [{kind: case, text: 'So.', sources: [s1, s2]}]")
    text = path.read_text("utf-8")
    path.write_text(text.replace("en: An interview", "en: 'An interview, +254 712 345 678'"), "utf-8")
    assert [item.code for item in check(path).found if item.code.startswith("RG91")] == ["RG915"]
    path.write_text(text.replace("title: CANARY-TITLE", "title: 'With +254 712 345 678'"), "utf-8")
    assert not [item for item in check(path).found if item.code.startswith("RG91")]
