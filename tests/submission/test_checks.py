"""Protects what the checks promise: every gap is found once, at its place, and nothing confidential is shown with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from reportgen.catalogue import load_catalogue
from reportgen.diagnostics import Diagnostic, Severity
from reportgen.diagnostics.render import ordered, severity_of, tell, to_github, to_html, to_json, to_text
from reportgen.languages.pairs import fingerprint
from reportgen.pipeline import Checked, check, for_final
from reportgen.publication.audience import Audience
from tests.samples import FIRST, SOLO, document, write

CLUSTER_1: Final = load_catalogue().clusters[1].articles
LISTED: Final = ", ".join(CLUSTER_1)


def only(checked: Checked, code: str) -> list[Diagnostic]:
    """Return what was found with one code."""
    return [item for item in checked.found if item.code == code]


def problems(checked: Checked) -> list[str]:
    """Return the codes of errors and warnings."""
    return [item.code for item in ordered(checked.found) if severity_of(item) > Severity.NOTE]


def at(checked: Checked, folder: Path) -> list[str]:
    """Return every finding as ``file:line:column code``."""
    return sorted(f"{str(item.span).removeprefix(f'{folder.as_posix()}/')} {item.code}" for item in checked.found)


@pytest.fixture
def solo(tmp_path: Path) -> Path:
    """A copy of the long sample to break."""
    return Path(shutil.copytree(SOLO, tmp_path / "solo"))


# The samples


@pytest.mark.parametrize("sample", [FIRST, SOLO], ids=["first", "solo"])
def test_the_samples_have_no_errors_and_no_warnings(sample: Path) -> None:
    assert problems(check(sample)) == []


def test_the_long_sample_answers_every_article_of_the_cluster() -> None:
    submission = check(SOLO).reading.submission
    assert submission is not None
    assert set(submission.answers) == set(CLUSTER_1)


# Articles


def file_of(folder: Path, article: str) -> Path:
    instrument, _, number = article.rpartition("-")
    return folder / "answers" / f"{instrument}-{int(number):02}.yaml"


@pytest.mark.parametrize("article", CLUSTER_1)
def test_an_article_that_is_not_answered_is_missed(solo: Path, article: str) -> None:
    file_of(solo, article).unlink()
    checked = check(solo)
    assert [item.params["key"] for item in only(checked, "RG401")] == [article]
    title = load_catalogue().articles[article].title.versions["en"]
    message = tell(only(checked, "RG401")[0], str).message
    assert article in message
    assert title in message
    assert Severity.ERROR not in {severity_of(item) for item in checked.found}


@pytest.mark.parametrize(
    "skeleton", ["{}", "", "{law: , questions: {}, findings: []}", "{law: not_rated}", "{grounds: {en: , fr: ''}}"]
)
def test_an_article_that_was_not_filled_in_is_missed(solo: Path, skeleton: str) -> None:
    file_of(solo, "tip-5").write_text(f"answers:\n  tip-5: {skeleton}\n", "utf-8")
    assert [item.params["key"] for item in only(check(solo), "RG401")] == ["tip-5"]


def test_a_reason_is_an_answer(solo: Path) -> None:
    file_of(solo, "tip-5").write_text("answers:\n  tip-5: {not_applicable: {en: Why., fr: Pourquoi.}}\n", "utf-8")
    assert only(check(solo), "RG401") == []


def test_an_article_whose_instrument_the_state_is_no_party_to_is_not_missed(solo: Path) -> None:
    report = solo / "report.yaml"
    report.write_text(
        report.read_text("utf-8").replace("cluster: 1\n", "cluster: 1\ninstruments: [untoc, tip]\n", 1), "utf-8"
    )
    for article in CLUSTER_1:
        if article.startswith(("som", "untoc-10")):
            file_of(solo, article).unlink()
    checked = check(solo)
    assert [item.params["key"] for item in only(checked, "RG401")] == ["untoc-10"]
    assert sorted(item.params["key"] for item in only(checked, "RG304")) == ["firearms-3", "firearms-5", "firearms-8"]


@pytest.mark.parametrize("article", ["untoc-7", "tip-6"])
def test_an_article_outside_the_cluster_is_refused(solo: Path, article: str) -> None:
    (solo / "more.yaml").write_text(f"answers:\n  {article}:\n    grounds: {{en: x, fr: y}}\n", "utf-8")
    found = only(check(solo), "RG302")
    assert [(item.params["key"], item.params["known"], severity_of(item)) for item in found] == [
        (article, LISTED, Severity.ERROR)
    ]
    assert str(found[0].span) == f"{(solo / 'more.yaml').as_posix()}:2:3"
    told = tell(found[0], str)
    assert article in told.message
    assert all(listed in told.remedy for listed in CLUSTER_1)


@pytest.mark.parametrize(
    ("article", "suggestion"),
    [
        ("untoc-50", "untoc-5"),
        ("untoc_5", "untoc-5"),
        ("UNTOC-5", "untoc-5"),
        ("tipp-5", "tip-5"),
        ("firearm-8", "firearms-8"),
    ],
)
def test_an_article_that_does_not_exist_is_refused(tmp_path: Path, article: str, suggestion: str) -> None:
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    path.write_text(path.read_text("utf-8").replace("  untoc-5:\n", f"  {article}:\n"), "utf-8")
    found = only(check(path), "RG301")
    assert [(item.params["key"], item.params["suggestion"]) for item in found] == [(article, suggestion)]


def test_an_unverified_cluster_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    text = (
        path.read_text("utf-8")
        .replace("cluster: 1", "cluster: 3")
        .replace("scope: [untoc-5]", "scope: [untoc-7, tip-8]")
    )
    path.write_text(text.replace("  untoc-5:\n", "  tip-8:\n"), "utf-8")
    checked = check(path)
    assert [item.params["cluster"] for item in only(checked, "RG306")] == ["3"]
    assert {item.params["key"] for item in only(checked, "RG310")} == {"tip-8"}
    assert [item.params["key"] for item in only(checked, "RG401")] == ["untoc-7"]


# What a published report must have


@pytest.mark.parametrize(("key", "code"), [("summary", "RG424"), ("methodology", "RG425")])
def test_a_report_says_what_it_found_and_how_it_was_made(tmp_path: Path, key: str, code: str) -> None:
    """A draft may lack it, a final report may not; what some of the organisations say about it counts."""
    path = tmp_path / "first.yaml"
    text = re.sub(rf"^  {key}: >-\n(?:    .*\n)+", "", FIRST.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    checked = check(path)
    assert problems(checked) == [code]
    assert severity_of(checked.found[0]) is Severity.WARNING
    assert [severity_of(item) for item in for_final(only(checked, code))] == [Severity.ERROR]
    voice = f"  voices: [{{about: {key}, text: One holds so., by: [cij]}}]\norganisations:\n"
    path.write_text(text.replace("organisations:\n", voice), "utf-8")
    assert problems(check(path)) == []


@pytest.mark.parametrize(
    ("ratings", "missing"),
    [
        ("law: partly\npractice: unknown", ""),
        ("law: partly", "practice"),
        ("law: not_rated\npractice: poor", "law"),
        ("state_answer: yes\nagree_with_state: no", "law, practice"),
        ("law: partly\nvoices: [{about: practice, value: poor, by: [org]}]", ""),
        ("not_applicable: {en: x, fr: y}", ""),
    ],
)
def test_an_article_that_is_answered_is_rated(tmp_path: Path, ratings: str, missing: str) -> None:
    path = write(tmp_path, "grounds: {en: x, fr: y}" if "not_app" not in ratings else "")
    body = "\n".join(f"    {line}" for line in ratings.split("\n"))
    path.write_text(path.read_text("utf-8").replace("    law: partly\n    practice: poor", body, 1), "utf-8")
    found = only(check(path), "RG426")
    assert [item.params["known"] for item in found] == [missing] * bool(missing)
    assert {severity_of(item) for item in for_final(found)} <= {Severity.ERROR}


# Tables


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("|-\n  Figures:\n  Year\tPersons\n  2022\t31", (2, 3)),
        ("|-\n  Year\tPersons\tWomen", (1, 3)),
        (">-\n  Figures:\n  Year\tPersons\n  2022\t31", (2, 3)),
        ("|-\n  -\tOne\n  -\tTwo", None),
        ("|-\n  a)\tOne\n  b)\tTwo", None),
        ("|-\n  \u2022\tOne\n  \u2022\tTwo", None),
        ("|-\n  One word\tafter a tab.", None),
        ("|-\n  One word\tafter a tab.\n\n  Another\ttoo.", None),
        ("|-\n  | Year\t| Persons |\n  |---|---|\n  | 2022\t| 31 |", None),
    ],
)
def test_columns_divided_by_tabs_are_seen(tmp_path: Path, text: str, place: tuple[int, int] | None) -> None:
    """As spreadsheets and word processors paste them; the tab after the mark of an item is none."""
    path = write(tmp_path, f"grounds: {text}")
    spans = [item.span for item in only(check(path), "RG620")]
    line = path.read_text("utf-8").split("\n").index(f"    grounds: {text[:2]}") + 1
    assert [(span.line - line, span.column - 4) for span in spans if span] == ([place] if place else [])


# Scope


def test_what_is_out_of_scope_is_not_asked_for_and_not_printed(solo: Path) -> None:
    report = solo / "report.yaml"
    report.write_text(
        report.read_text("utf-8").replace("report:\n", "report:\n  scope: [untoc-5, tip-5]\n", 1), "utf-8"
    )
    file_of(solo, "som-3").unlink()
    checked = check(solo)
    assert only(checked, "RG401") == []
    expected = sorted(set(CLUSTER_1) - {"untoc-5", "tip-5", "som-3"})
    assert sorted(item.params["key"] for item in only(checked, "RG422")) == expected


def test_what_is_in_scope_is_missed(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    path.write_text(path.read_text("utf-8").replace("scope: [untoc-5]", "scope: [untoc-5, tip-5]"), "utf-8")
    assert [item.params["key"] for item in only(check(path), "RG401")] == ["tip-5"]


@pytest.mark.parametrize(("scope", "code"), [("untoc-7", "RG302"), ("untoc-77", "RG301")])
def test_the_scope_holds_articles_of_the_cluster_only(tmp_path: Path, scope: str, code: str) -> None:
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    path.write_text(path.read_text("utf-8").replace("scope: [untoc-5]", f"scope: [untoc-5, {scope}]"), "utf-8")
    found = only(check(path), code)
    assert [item.params["key"] for item in found] == [scope]
    line = path.read_text("utf-8").split("\n").index(f"  scope: [untoc-5, {scope}]") + 1
    assert str(found[0].span) == f"{path.as_posix()}:{line}:20"


# Names that were mistyped


@pytest.mark.parametrize(
    ("answer", "rest", "code", "suggestion"),
    [
        ("practise: poor", "", "RG201", "practice"),
        ("Law: partly", "", "RG201", "law"),
        ("agree-with-state: yes", "", "RG201", "agree_with_state"),
        ("recomendations: []", "", "RG201", "recommendations"),
        ("conclusions: x", "", "RG201", ""),
        ("findings:\n  - {kind: deficency, text: {en: x, fr: y}, sources: [s1]}", "", "RG218", "deficiency"),
        ("findings:\n  - {kinds: case, kind: case, text: {en: x, fr: y}, sources: [s1]}", "", "RG201", "kind"),
        ("questions: {charges: {en: x, fr: y}}", "", "RG307", "untoc-5.charges"),
        ("questions: {untoc-5.charge: {en: x, fr: y}}", "", "RG307", "untoc-5.charges"),
        ("grounds: {en: '[@s11]', fr: y}", "", "RG405", "s1"),
        ("findings:\n  - {kind: case, text: {en: x, fr: y}, sources: [S1]}", "", "RG405", "s1"),
        ("", "instruments: [untoc, tipp]", "RG303", "tip"),
        ("", "review: {actual: {focal_point: 2022-02}}", "RG312", "focal_points"),
        ("", "organizations: {}", "RG201", "organisations"),
        ("", "statistic: {}", "RG201", "statistics"),
    ],
)
def test_a_mistyped_name_is_recognized(tmp_path: Path, answer: str, rest: str, code: str, suggestion: str) -> None:
    found = only(check(write(tmp_path, answer, rest)), code)
    assert [item.params["suggestion"] for item in found] == [suggestion]
    if suggestion:
        assert f"Did you mean “{suggestion}”?" in tell(found[0], str).remedy


# Languages


def test_a_translation_made_from_an_earlier_text_is_stale(tmp_path: Path) -> None:
    found = only(check(write(tmp_path, "grounds: {en: One., fr: Un., made_from: 00000000}")), "RG502")
    assert [(item.params["code"], item.params["original"]) for item in found] == [("fr", "en")]
    assert found[0].params["fingerprint"] == fingerprint("One.")
    assert fingerprint("One.") in tell(found[0], str).remedy


@pytest.mark.parametrize(
    "mark", [f"made_from: {fingerprint('One.')}", f"made_from: {{fr: {fingerprint('One.')}}}", "made_from: "]
)
def test_a_translation_made_from_the_text_is_fresh(tmp_path: Path, mark: str) -> None:
    checked = check(write(tmp_path, f"grounds: {{en: One., fr: Un., {mark}}}"))
    assert only(checked, "RG502") == only(checked, "RG501") == []


def test_french_may_be_the_original(tmp_path: Path) -> None:
    stale = "grounds: {en: One., fr: Un., made_from: {en: 00000000}}"
    assert [item.params["code"] for item in only(check(write(tmp_path, stale, language="fr")), "RG502")] == ["en"]


def test_a_text_in_one_language_lacks_the_other(tmp_path: Path) -> None:
    found = only(check(write(tmp_path, "grounds: One.")), "RG501")
    assert [(item.params["code"], item.params["original"]) for item in found] == [("fr", "en")]


def test_a_report_in_one_language_lacks_none(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: One.")
    path.write_text(path.read_text("utf-8").replace("report:\n", "report:\n  languages: [en]\n"), "utf-8")
    assert only(check(path), "RG501") == []


# Places


def test_every_finding_has_its_place_in_a_folder_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "answers").mkdir(parents=True)
    (folder / "report.yaml").write_text(
        "format: 1\n"
        "state: KE\n"
        "cluster: 1\n"
        "period: {from: 2024-01, to: 2022-12}\n"
        "report:\n"
        "  title: {en: Title, fr: Titre}\n"
        "  date: 2024-09-30\n"
        "  scope: [untoc-5, untoc-6]\n"
        "  colour: blue\n"
        "organisations:\n"
        "  org: {name: {en: Centre, fr: Centre}, named: no}\n",
        "utf-8",
    )
    (folder / "answers" / "a.yaml").write_text(
        "# été\n"
        "answers:\n"
        "  untoc-5:\n"
        "    law: partly\n"
        "    practice: pour\n"
        "    not_applicable: {en: x, fr: y}\n"
        "    findings:\n"
        "      - kind: case\n"
        "        text:\n"
        "          en: >-\n"
        "            Words [@s1] and\n"
        "            more words [@s9, p. 3].\n"
        "          fr: Mots [@s1].\n",
        "utf-8",
    )
    (folder / "answers" / "b.yaml").write_text("answers:\n  untoc-6:\n    law: full\n", "utf-8")
    (folder / "sources.yml").write_text(
        "sources:\n"
        "  s1: {kind: media, title: A, date: 2025-01, url: x.example}\n"
        "  s2: {kind: media, title: B, level: public}\n",
        "utf-8",
    )
    checked = check(folder)
    assert at(checked, folder) == [
        "answers/a.yaml:12:25 RG405",
        "answers/a.yaml:5:15 RG218",
        "answers/a.yaml:6:5 RG411",
        "answers/b.yaml:2:3 RG402",
        "answers/b.yaml:3:10 RG406",
        "answers/b.yaml:3:5 RG426",
        "report.yaml:11:3 RG311",
        "report.yaml:4:29 RG408",
        "report.yaml:6:3 RG424",
        "report.yaml:6:3 RG425",
        "report.yaml:9:3 RG201",
        "sources.yml:2:37 RG409",
        "sources.yml:2:51 RG217",
        "sources.yml:3:3 RG404",
    ]


def test_what_two_files_say_of_the_same_thing_is_shown_with_both_places(solo: Path) -> None:
    (solo / "zz.yaml").write_text("language: fr\nanswers:\n  untoc-5: {law: none}\n", "utf-8")
    found = only(check(solo), "RG127")
    places = {item.params["key"]: (item.span, item.related[0].span) for item in found}
    assert set(places) == {"language", "untoc-5"}
    second, first = places["untoc-5"]
    assert second is not None
    assert (second.file, second.line, second.column) == ((solo / "zz.yaml").as_posix(), 3, 3)
    assert first.file == file_of(solo, "untoc-5").as_posix()


# What is confidential

SECRET: Final = "CANARY"
HIDDEN: Final = {
    "the date of an interview": ("", f"s3: {{kind: interview, title: x, date: {SECRET}}}"),
    "the address of an interview": ("", f"s3: {{kind: interview, title: x, url: '{SECRET}'}}"),
    "a level that is mistyped": ("", f"s3: {{kind: media, title: x, level: {SECRET}}}"),
    "a kind that is mistyped": ("", f"s3: {{kind: {SECRET}, title: x, level: members}}"),
    "a source marked as confidential": ("", f"s3: {{kind: media, level: confidential, title: x, accessed: {SECRET}}}"),
    "a sentence taken for a key": ("", f"s3:\n    kind: testimony\n    Mrs {SECRET}: told us"),
    "a text given as several keys": ("", f"s3: {{kind: testimony, title: {{{SECRET} and others: x}}}}"),
    "an organisation that is not named": (
        "",
        f"s3: {{kind: media, title: x}}\norganisations:\n  o: {{named: no, founded: {SECRET}}}",
    ),
    "a citation in a confidential finding": (
        f"findings:\n  - kind: case\n    level: confidential\n    sources: [s1]\n    text: >-\n      One.\n      {SECRET} said [@nobody].",
        "",
    ),
    "a source that does not exist": (
        f"findings:\n  - {{kind: case, level: members, text: x, sources: [{SECRET}]}}",
        "",
    ),
    "a level in French": (
        f"findings:\n  - {{kind: case, niveau: Confidentiel, text: '{SECRET} <b>', sources: [s1]}}",
        "",
    ),
    "a level under another key": (
        f"findings:\n  - {{kind: case, audience: members, text: '{SECRET} <b>', sources: [s1]}}",
        "",
    ),
    "a level that is a key": (f"findings:\n  - {{kind: case, secret: yes, text: '{SECRET} <b>', sources: [s1]}}", ""),
    "a confidential reply": (
        f"questions:\n  untoc-5.charges:\n    level: members\n    answer: |-\n      Of {SECRET}:\n\n      ![x](y)",
        "",
    ),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_no_message_shows_what_is_confidential(tmp_path: Path, case: str) -> None:
    answer, sources = HIDDEN[case]
    path = write(tmp_path, answer)
    text = path.read_text("utf-8")
    if "organisations:" in sources:
        sources, _, organisations = sources.partition("\norganisations:\n")
        text = text.replace("organisations:\n", f"organisations:\n{organisations}\n")
    path.write_text(text + (f"  {sources}\n" if sources else ""), "utf-8")
    checked = check(path)
    assert any(item.confidential for item in checked.found), "nothing was found that could have shown it"
    written = (
        to_text(checked.found, checked.reading.texts, str, lambda text, _: text),
        to_json(checked.found, str),
        to_github(checked.found, str),
        to_html(checked.found, checked.reading.texts, str),
    )
    for rendering in written:
        assert SECRET not in rendering


def test_what_is_public_is_shown(tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    path.write_text(path.read_text("utf-8") + f"  s3: {{kind: media, title: x, date: {SECRET}}}\n", "utf-8")
    checked = check(path)
    assert SECRET in to_text(checked.found, checked.reading.texts, str, lambda text, _: text)
    assert SECRET in to_json(checked.found, str)


def test_of_a_file_that_cant_be_parsed_no_line_is_shown(tmp_path: Path) -> None:
    """Nothing is known yet about what in it is confidential."""
    path = write(tmp_path, "grounds: {en: x, fr: y}")
    path.write_text(path.read_text("utf-8") + f"  s3: {{kind: interview, title: with {SECRET}: x: y}}\n", "utf-8")
    checked = check(path)
    assert problems(checked) == ["RG112"] or checked.found[0].code.startswith("RG1")
    assert SECRET not in to_text(checked.found, checked.reading.texts, str, lambda text, _: text)
    assert SECRET not in to_html(checked.found, checked.reading.texts, str)


UNREAD = """\
findings: [{kind: case, text: One., level: members, sources: [s1, told], notes: [Two., {text: Three., level: public}]},
           {kind: case, text: Four., level: confidential, sources: [s1], notes: [{text: Five., level: public}]},
           {kind: case, text: {en: Six, fr: Six}, sources: [told], notes: [{text: Seven., level: members}]}]"""
TOLD = """\
  told: {kind: interview, level: public, title: T, location: Karo, region: The north, consent: {public: 2024}}
protection: {places: RULE}
"""


@pytest.mark.parametrize(("rule", "place"), [("exact", "Karo"), ("region", "The north")])
def test_translations_are_asked_for_where_somebody_reads_them(rule: str, place: str, tmp_path: Path) -> None:
    """And a final report for the public needs none of what only members read."""
    path = write(tmp_path, UNREAD, TOLD.replace("RULE", rule))
    found = only(check(path), "RG501")
    texts = path.read_text("utf-8").split("\n")
    shown = {
        word: severity_of(item) is Severity.ERROR
        for item in for_final(found)
        for word in ("One.", "Two.", "Three.", "Four.", "Five.", "Seven.", "Karo", "The north")
        if item.span and texts[item.span.line - 1][item.span.column - 1 :].startswith(word)
    }
    assert shown == {"One.": False, "Three.": False, "Seven.": False, place: True}
    assert all(severity_of(item) is Severity.ERROR for item in for_final(found, Audience.MEMBERS))


def test_the_name_of_an_organisation_needs_no_translation(tmp_path: Path) -> None:
    """It stands on the cover of each language as it is, without a mark; where another form is given, that stands there."""
    path = write(tmp_path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("name: {en: Centre, fr: Centre}", "name: Lake Watch"), "utf-8")
    assert only(check(path), "RG501") == []
    assert [str(item.html) for item in document(path, "fr").organisations] == ["Lake Watch"]
    path.write_text(text.replace("fr: Centre}", "fr: Le Centre}"), "utf-8")
    assert [str(item.html) for item in document(path, "fr").organisations] == ["Le Centre"]
