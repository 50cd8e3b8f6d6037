"""Those who spoke are protected as their consent and the submission say; what is kept back is kept back everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.catalogue import load_catalogue
from reportgen.diagnostics.render import to_text
from reportgen.languages.messages import translations
from reportgen.order import Order
from reportgen.pipeline import build, check, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.model import Publication
from reportgen.publication.redact import redact
from reportgen.submission.kinds import Few
from tests.samples import write
from tests.submission.test_broken import SOUND

FINDING = "findings:\n  - {{kind: case, text: Found, level: {level}, sources: [told]}}"
TOLD = "  told: {{kind: interview, title: A title, described_as: A person, consent: {consent}}}"


def published(path: Path, audience: Audience = Audience.PUBLIC) -> Publication:  # type: ignore[type-arg]
    checked = check(path)
    assert not has_errors(checked.found), checked.found
    assert checked.reading.submission is not None
    return redact(checked.reading.submission, load_catalogue(), audience)


def codes(path: Path) -> set[str]:
    return {item.code for item in check(path).found if item.code.startswith("RG95")}


@pytest.mark.parametrize(
    ("level", "consent", "use", "expected"),
    [
        ("public", "{internal: 2024-01, public: 2024-01-02}", "public", ""),
        ("public", "{internal: 2024-01}", "public", "RG957"),
        ("public", "{internal: 2024-01, public: no}", "public", "RG957"),
        ("public", "{authorities: 2024-01}", "public", "RG957"),
        ("public", "{authorities: 2024-01}", "authorities", ""),
        ("public", "{public: 2024-01}", "authorities", ""),
        ("public", "{internal: 2024-01}", "authorities", "RG957"),
        ("members", "{internal: 2024-01}", "public", ""),
        ("members", "{public: 2024-01}", "public", ""),
        ("members", "{internal: no}", "public", "RG957"),
        ("confidential", "{internal: no}", "public", ""),
        ("public", "{public: 2024-01, withdrawn: 2024-02}", "public", "RG958"),
        ("members", "{internal: 2024-01, withdrawn: 2024-02}", "public", "RG958"),
        ("confidential", "{internal: 2024-01, withdrawn: 2024-02}", "public", ""),
        ("public", "", "public", "RG956"),
        ("members", "", "public", "RG956"),
        ("confidential", "", "public", ""),
    ],
)
def test_each_use_needs_the_consent_for_it(tmp_path: Path, level: str, consent: str, use: str, expected: str) -> None:
    """A wider consent holds for the narrower use; one that was taken back for none; what nobody reads is no use."""
    rest = TOLD.format(consent=consent or "~") + f"\nprotection: {{use: {use}}}"
    assert codes(write(tmp_path, FINDING.format(level=level), rest)) == ({expected} if expected else set())


@pytest.mark.parametrize(
    "answer",
    [
        "grounds: We heard it [@told].",
        "questions:\n  untoc-5.model: {answer: Heard, sources: [told]}",
        'questions:\n  untoc-5.model: {answer: {en: Heard, fr: "Entendu [@told]"}}',
        'voices:\n  - {about: grounds, text: "We heard it [@told]"}\ngrounds: Ours.',
    ],
)
def test_a_source_is_used_wherever_it_is_cited(tmp_path: Path, answer: str) -> None:
    """Also in a text, in a translation alone, and by a voice beside it."""
    assert "RG957" in codes(write(tmp_path, answer, TOLD.format(consent="{internal: 2024}")))


def test_a_consent_holds_whatever_kind_of_source_it_is_written_for(tmp_path: Path) -> None:
    """A paper that somebody gave for the members alone, a voice message, a photograph."""
    refused = TOLD.format(consent="{internal: 2024}").replace("interview", "other")
    assert codes(write(tmp_path, FINDING.format(level="public"), refused)) == {"RG957"}
    assert codes(write(tmp_path, FINDING.format(level="members"), refused)) == set()
    assert codes(write(tmp_path, FINDING.format(level="public"), refused.replace("internal", "public"))) == set()


def test_a_use_without_consent_builds_nothing_and_tells_no_name(tmp_path: Path) -> None:
    """The message shows the place of the source, not the source."""
    rest = "  told: {kind: interview, title: CANARY, described_as: A person, consent: {public: no}}"
    path = write(tmp_path, FINDING.format(level="public"), rest)
    built = build(path, Order(["en"], ["html"]))
    assert not built.files
    for language in ("en", "fr"):
        assert "CANARY" not in to_text(
            built.found, built.checked.reading.texts, translations(language).gettext, lambda text, _: text
        )


def test_a_final_report_needs_a_record_of_consent(tmp_path: Path) -> None:
    path = write(tmp_path, FINDING.format(level="public"), TOLD.format(consent="~"))
    assert build(path, Order(["en"], ["html"])).files
    found = build(path, Order(["en"], ["html"], final=True)).found
    assert any(item.code == "RG956" and has_errors([item]) for item in found)


def test_a_yes_without_a_day_is_no_record(tmp_path: Path) -> None:
    found = check(write(tmp_path, FINDING.format(level="public"), TOLD.format(consent="{public: yes}"))).found
    assert "RG228" in {item.code for item in found}


FIGURES = """\
  told: {kind: interview, title: A title, level: LEVEL, described_as: A person, consent: {public: 2024}}
statistics:
  a: {title: Victims, unit: persons, sources: [told], values: {2019: 0, 2020: 1, 2021: 4, 2022: 5, 2023: , 2024: 2.5}}
"""


def counted(path: Path) -> list[object]:
    return list(published(path).statistics[0].series[0].values.values())


def test_small_counts_that_rest_on_a_withheld_source_are_not_told(tmp_path: Path) -> None:
    """None is none, a missing one stays missing, and what is no count is none."""
    few = [Few(5), Few(5)]
    told = [Decimal(0), *few, Decimal(5), None, Decimal("2.5")]
    assert counted(write(tmp_path, "", FIGURES.replace("LEVEL", "confidential"))) == told
    assert counted(write(tmp_path, "", FIGURES.replace("LEVEL", "members"))) == told
    public = counted(write(tmp_path, "", FIGURES.replace("LEVEL", "public")))
    assert public == [Decimal(0), Decimal(1), Decimal(4), Decimal(5), None, Decimal("2.5")]


@pytest.mark.parametrize(("limit", "expected"), [("0", [1, 4]), ("2", [Few(2), 4]), ("10", [Few(10), Few(10)])])
def test_the_limit_can_be_changed(tmp_path: Path, limit: str, expected: list[object]) -> None:
    rest = FIGURES.replace("LEVEL", "confidential") + f"protection: {{fewer_than: {limit}}}"
    assert counted(write(tmp_path, "", rest))[1:3] == expected


def test_a_source_in_the_definition_counts_too(tmp_path: Path) -> None:
    rest = FIGURES.replace("LEVEL", "confidential").replace(
        "sources: [told]", 'definition: "As told [@told].", sources: [s1]'
    )
    assert counted(write(tmp_path, "", rest))[1] == Few(5)


@pytest.mark.parametrize(("language", "words"), [("en", "fewer than 5"), ("fr", "moins de 5")])
def test_readers_are_told_that_it_is_few(tmp_path: Path, language: str, words: str) -> None:
    """In the table, with the reason; the chart draws no bar whose height would tell."""
    rest = FIGURES.replace("LEVEL", "confidential").replace("title: Victims", "title: Victims, articles: [untoc-5]")
    html = build(write(tmp_path, "", rest), Order([language], ["html"])).files.popitem()[1].decode()
    assert html.count(words) == 2
    assert html.count("&lt;\u00a05") == 2
    assert html.count("<rect") == 3  # of 0, 5 and 2.5


SPOKEN = """\
  told: {kind: interview, level: public, title: A title, location: Karo, region: the north, date: 2024-03-17, accessed: 2024-03-17,
         consent: {public: 2024}}
  read: {kind: media, title: News, date: 2024-03-18, accessed: 2024-03-18}
"""
CITING = "findings:\n  - {kind: case, text: Found, sources: [told, read]}"


@pytest.mark.parametrize(
    ("rule", "location", "date"),
    [
        ("{}", "Karo", "2024-03-17"),
        ("{dates: month}", "Karo", "2024-03"),
        ("{dates: year}", "Karo", "2024"),
        ("{places: region}", "the north", "2024-03-17"),
    ],
)
def test_dates_and_places_are_as_coarse_as_asked(tmp_path: Path, rule: str, location: str, date: str) -> None:
    """Those of what a person said; a newspaper keeps its date."""
    sources = published(write(tmp_path, CITING, SPOKEN + f"protection: {rule}")).sources
    assert sources["told"].location
    assert (sources["told"].location.source, str(sources["told"].date)) == (location, date)
    assert str(sources["told"].accessed) == date
    assert str(sources["read"].date) == str(sources["read"].accessed) == "2024-03-18"


def test_a_place_without_a_region_is_an_error_where_regions_are_asked_for(tmp_path: Path) -> None:
    rest = SPOKEN.replace(" region: the north,", "") + "protection: {places: region}"
    assert codes(write(tmp_path, CITING, rest)) == {"RG959"}


@pytest.mark.parametrize("rule", ["region", "exact"])
def test_a_place_that_is_not_printed_stands_in_no_message(tmp_path: Path, rule: str) -> None:
    """Whatever else is wrong with it."""
    rest = SPOKEN + f"protection: {{places: {rule}}}"
    checked = check(write(tmp_path, CITING, rest))
    assert checked.found
    for language in ("en", "fr"):
        shown = to_text(checked.found, checked.reading.texts, translations(language).gettext, lambda words, _: words)
        assert ("Karo" in shown) is (rule == "exact")


def shown_names(path: Path, audience: Audience) -> list[str]:
    return [item.name.source for item in published(path, audience).organisations]


def test_an_organisation_may_be_known_to_members_alone(tmp_path: Path) -> None:
    """``named: no`` is stronger than any level."""
    path = write(tmp_path)
    rows = [
        "organisations:",
        "  a: {name: Alpha House, level: members, described_as: a shelter}",
        "  b: {name: Beta House, named: no, level: public, described_as: a clinic}",
        "  c: {name: Gamma House, level: confidential, described_as: a school}",
        "",
    ]
    path.write_text(path.read_text("utf-8").replace("organisations:\n", "\n".join(rows)), "utf-8")
    assert shown_names(path, Audience.PUBLIC)[:3] == ["a shelter", "a clinic", "a school"]
    assert shown_names(path, Audience.MEMBERS)[:3] == ["Alpha House", "a clinic", "a school"]


NOTED = """\
questions:
  untoc-5.model: {answer: Heard, notes: [CONFIDENTIAL-A, {text: MEMBERS-A, level: members}, {text: PUBLIC-A, level: public}]}
findings:
  - {kind: case, text: Found, sources: [s1], notes: [CONFIDENTIAL-B, {text: MEMBERS-B, level: members}]}
notes: [CONFIDENTIAL-C, {text: MEMBERS-C, level: members}]
"""
NOTED_FIGURES = """\
statistics:
  a: {title: T, unit: persons, sources: [s1], values: {2020: 1}, notes: [CONFIDENTIAL-D, {text: MEMBERS-D, level: members}]}
"""


@pytest.mark.parametrize("audience", list(Audience))
def test_a_note_is_confidential_unless_it_says_otherwise(tmp_path: Path, audience: Audience) -> None:
    """And one for the members is in their edition only."""
    built = build(write(tmp_path, NOTED, NOTED_FIGURES), Order(["en"], ["html"], audience))
    html = built.files.popitem()[1].decode()
    assert "CONFIDENTIAL" not in html
    assert "PUBLIC-A" in html
    members = audience is Audience.MEMBERS
    assert {letter for letter in "ABCD" if f"MEMBERS-{letter}" in html} == (set("ABCD") if members else set())


PICTURED = "grounds: |\n  Before.\n\n  ![A man at a desk](photos/judge.png)\n\n  ![A map](map.png)\n\n  After."


def images(folder: Path) -> Iterator[Path]:
    from PIL import Image

    for name, colour in (("photos/judge.png", "red"), ("map.png", "blue")):
        (folder / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (40, 40), colour).save(folder / name)
        yield folder / name


@pytest.mark.parametrize("audience", list(Audience))
def test_an_image_may_be_kept_back(tmp_path: Path, audience: Audience) -> None:
    """With its description and its very file."""
    list(images(tmp_path))
    path = write(tmp_path, PICTURED, "images:\n  - {file: photos/judge.png, level: members}")
    built = build(path, Order(["en"], ["html"], audience))
    html = built.files.popitem()[1].decode()
    members = audience is Audience.MEMBERS
    assert ("A man at a desk" in html) is members
    assert html.count("data:image/png") == (2 if members else 1)
    assert "A map" in html


def test_a_rule_for_an_image_that_nothing_shows_is_an_error(tmp_path: Path) -> None:
    """A slip of the pen would leave it unprotected."""
    list(images(tmp_path))
    found = check(write(tmp_path, PICTURED, "images:\n  - {file: photos/juge.png, level: members}")).found
    (slip,) = [item for item in found if item.code == "RG960"]
    assert slip.params["value"] == slip.params["suggestion"] == "…", "the path itself is kept back"


@pytest.mark.parametrize(
    "shown",
    [
        "![CANARY](./photos/judge.png)",
        "![CANARY](photos/../photos/judge.png)",
        "![CANARY](photos/judg%65.png)",
        "![CANARY](Photos/Judge.png)",
        "![CANARY](photos\\judge.png)",
        "A man, ![CANARY](photos/judge.png), at a desk.",
        "- ![CANARY](photos/judge.png)",
        "> ![CANARY](./photos/judge.png)",
        "![CANARY][desk]\n\n  [desk]: photos/judge.png",
    ],
)
def test_an_image_that_is_kept_back_is_so_however_it_is_written(tmp_path: Path, shown: str) -> None:
    """The rule knows one spelling, on a line of its own; any other stops the build, and no message shows its words."""
    list(images(tmp_path))
    path = write(
        tmp_path,
        f"{PICTURED}\nstate_position: |\n  {shown}",
        "images:\n  - {file: photos/judge.png, level: confidential}",
    )
    built = build(path, Order(["en"], ["html"]))
    assert "RG932" in {item.code for item in built.found}
    assert not built.files
    for language in ("en", "fr"):
        say = translations(language).gettext
        assert "CANARY" not in to_text(built.found, built.checked.reading.texts, say, lambda words, _: words)


def test_the_words_of_a_translation_stay_fresh_without_the_image(tmp_path: Path) -> None:
    from reportgen.languages.pairs import Freshness, fingerprint

    list(images(tmp_path))
    original = "Words.\n\n![A map](map.png)"
    text = f'grounds: {{en: "Words.\\n\\n![A map](map.png)", fr: "Mots.", made_from: {fingerprint(original)}}}'
    path = write(tmp_path, text, "images:\n  - {file: map.png, level: confidential}")
    grounds = published(path).assessments["untoc-5"].grounds
    assert grounds
    assert grounds.source.strip() == "Words."
    assert grounds.freshness("fr") is Freshness.FRESH


@pytest.mark.parametrize(
    ("rest", "audience", "part", "marks"),
    [
        ("", Audience.PUBLIC, "", None),
        ("", Audience.MEMBERS, ".members", ("For members only", "Réservé aux membres")),
        ("protection: {use: authorities}", Audience.PUBLIC, ".authorities", ("Not for publication", "Ne pas publier")),
    ],
    ids=["public", "members", "authorities"],
)
def test_an_edition_that_is_not_for_everybody_says_so(
    rest: str, audience: Audience, part: str, marks: tuple[str, str] | None, tmp_path: Path
) -> None:
    """On its cover, in its running head and in the names of its files, also where it is final; so none takes another's place."""
    from pypdfium2 import PdfDocument

    path = tmp_path / "report.yaml"
    path.write_text(SOUND + rest, "utf-8")
    for language, final in (("en", True), ("fr", False)):
        found = build(path, Order([language], ["pdf", "html"], audience, final))
        stem = f"xsl-cluster1-parallel-report{part}.{language}"
        assert set(found.files) == {f"{stem}.pdf", f"{stem}.html"}, [item.code for item in found.found]
        for name, data in found.files.items():
            pdf = name.endswith("pdf")
            cover = (
                PdfDocument(data)[0].get_textpage().get_text_range()
                if pdf
                else data.decode().partition("</header>")[0].partition("<header")[2]
            )
            mark = marks[".fr." in name] if marks else "only"
            assert (mark in cover) is bool(marks), name
