"""Every voice is on the page, in its form, with who says it; where all agree a page looks as if nobody had been asked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.diagnostics import Span
from reportgen.document.model import (
    Answer,
    Document,
    Endorsements,
    Figure,
    Finding,
    Matrix,
    Opening,
    Prose,
    Recommendations,
    Remark,
    Standings,
    Views,
    Voice,
)
from reportgen.languages.pairs import Text
from reportgen.publication.audience import Audience
from reportgen.publication.model import Endorsement
from reportgen.writers.html import render_html, style_sheet
from reportgen.writers.pdf import render_pdf
from tests.joint import Tree, blocks, composed, joint, published, said

EVERYONE = ["zebra", "refuge", "mid"]
AW, MID, REFUGE = "AW", "A", "B"


def body(document: Document, medium: str = "screen") -> str:
    """Return the page without its style sheet."""
    return re.sub(r"(?s)<style>.*?</style>", "", render_html(document, medium))  # type: ignore[arg-type]


def words(prose: Prose | None) -> list[str]:
    """Return the paragraphs of a text without markup; a note stands as its number in brackets."""
    assert prose is not None
    pieces = [re.sub("\ue000(\\d+)\ue001", r"[\1]", piece.html) for piece in prose.pieces]
    return [re.sub("<[^>]*>", "", piece) for piece in pieces]


def one(document: Document, kind: type, chapter: str = "untoc-5") -> list:  # type: ignore[type-arg]
    return [block for block in blocks(document, chapter) if isinstance(block, kind)]


def everything(by: list[str]) -> Tree:
    """A report with a part of every kind, all by the same."""
    return joint(
        {
            "by": by,
            "law": "partly",
            "grounds": "So.",
            "questions": {"untoc-5.model": {"answer": "Yes.", "by": by}},
            "findings": [{"kind": "case", **said("One."), "by": by}],
            "recommendations": [{**said("Do it."), "priority": "high", "by": by}],
        },
        organisations={key: {"name": key} for key in sorted(EVERYONE)},
        statistics={"t": {"title": "T", "unit": "U", "values": {"2022": "5"}, "sources": ["s1"], "by": by}},
        technical_assistance=[{"need": "Help.", "by": by}],
    )


# Where nobody differs


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_what_all_stand_behind_looks_as_if_nobody_had_been_asked(tmp_path: Path, language: str, medium: str) -> None:
    """The same bytes with all of them, with nobody, and with the only one there is."""
    plain = render_html(composed(published(tmp_path, everything([])), language), medium)  # type: ignore[arg-type]
    shared = render_html(composed(published(tmp_path, everything(EVERYONE)), language), medium)  # type: ignore[arg-type]
    assert plain == shared
    for word in ("holders", "views", "voice", "standing"):
        assert f'class="{word}' not in plain
    alone = {"organisations": {"zebra": {"name": "zebra"}}}
    assert render_html(composed(published(tmp_path, everything([]) | alone), language), medium) == render_html(  # type: ignore[arg-type]
        composed(published(tmp_path, everything(["zebra"]) | alone), language),
        medium,  # type: ignore[arg-type]
    )


# Marks


def test_marks_stand_beside_what_some_stand_behind(tmp_path: Path) -> None:
    """A rating, a text, kind of a finding, end of a reply, recommendation wherever it stands, title of a figure, need."""
    page = body(composed(published(tmp_path, everything(["mid", "refuge"]))))
    assert page.count('class="holders" title="mid; refuge">(A, B)<') == 9
    for place in (
        "implemented <span",
        "So. <span",
        '<span class="kind">Case <span',
        "Yes. <span",
        "Do it. <span",
        "T <span",
        "Help. <span",
    ):
        assert f'{place} class="holders"' in page, place


@pytest.mark.parametrize(
    ("attribution", "marks", "table"), [("all", 9, True), ("paragraph", 9, False), ("dissent", 0, False)]
)
def test_attribution_is_switched(tmp_path: Path, attribution: str, marks: int, table: bool) -> None:
    tree = everything(["mid"])
    tree["report"]["attribution"] = attribution
    document = composed(published(tmp_path, tree))
    assert body(document).count('class="holders"') == marks
    assert ("standing" in [chapter.id for chapter in document.chapters]) is table


def test_where_only_dissent_is_shown_both_sides_of_it_are(tmp_path: Path) -> None:
    findings = [
        {"kind": "case", **said("Agreed."), "by": ["zebra"]},
        {"kind": "case", **said("Contested."), "by": ["zebra"], "voices": [said("No.", by=["mid"])]},
    ]
    tree = joint({"findings": findings}, report={"attribution": "dissent"})
    first, second = one(composed(published(tmp_path, tree)), Finding)
    assert not first.holders
    assert f"({AW})" in second.holders
    assert words(second.beside[0].prose) == [f"No. ({MID})"]


def test_organisations_are_listed_with_their_marks(tmp_path: Path) -> None:
    page = body(composed(published(tmp_path, joint({"findings": [{"kind": "case", **said("One."), "by": ["mid"]}]}))))
    for entry in ("Alpha Watch (AW)", "Centre for Law (A)", "A member in the region (B)"):
        assert f"<dt>{entry}</dt>" in page


# The three forms


FORMS = [
    said("A paragraph.\n\nAnd one more.", by=["refuge"], sources=["s1"]),
    said("A note.", by=["zebra"], sources=["s1"], **{"as": "footnote"}),
    said("A box.", by=["mid"], **{"as": "box"}),
]


def test_a_finding_has_voices_in_all_three_forms(tmp_path: Path) -> None:
    """Paragraphs are numbered on; the note is called at the end of the common text."""
    answer = {"findings": [{"kind": "case", **said("Common."), "sources": ["s1"], "voices": FORMS}]}
    document = composed(published(tmp_path, joint(answer)))
    [finding] = one(document, Finding)
    assert words(finding.prose) == ["Common.[1]"]
    voice, box = finding.beside
    assert words(voice.prose) == ["A paragraph.", f"And one more. ({REFUGE})"]
    assert [piece.number for piece in voice.prose.pieces] == ["3.2", "3.3"]
    assert voice.references == (1,)
    assert (box.title, words(box.entries[0].prose)) == ("Dissent of A", ["A box."])
    [note] = next(chapter for chapter in document.chapters if chapter.id == "untoc-5").notes
    assert re.sub("<[^>]*>", "", note.html).replace("\u00a0", " ") == "According to AW: A note. A report, 2023 [1]"
    page = body(document)
    assert page.index("Common.") < page.index("A paragraph.") < page.index("A box.") < page.index("A note.")


def test_in_french_a_note_is_called_before_the_point(tmp_path: Path) -> None:
    answer = {"findings": [{"kind": "case", **said("Common."), "sources": ["s1"], "by": ["mid"], "voices": FORMS[1:2]}]}
    [finding] = one(composed(published(tmp_path, joint(answer)), "fr"), Finding)
    assert words(finding.prose) == ["Common (fr)[1]."]


def test_replies_and_recommendations_have_them_too(tmp_path: Path) -> None:
    """In other chapters a note leads from the recommendation to its chapter."""
    answer = {
        "questions": {"untoc-5.model": {"answer": {"en": "Common.", "fr": "Commun."}, "voices": FORMS}},
        "recommendations": [{**said("Do it."), "priority": "high", "by": ["mid"], "voices": FORMS}],
    }
    document = composed(published(tmp_path, joint(answer)))
    [reply] = one(document, Answer)
    assert words(reply.prose) == ["Common.[1]"]
    assert [type(block) for block in reply.beside] == [Voice, Views]
    [listed] = one(document, Recommendations)
    assert words(listed.rows[0].text) == ["Do it.[2] (A)"]
    assert [listed.beside[0].label, listed.beside[1].title] == ["R3.1", "Dissent of A: R3.1"]
    for chapter in ("summary", "recommendations"):
        [elsewhere] = one(document, Recommendations, chapter)
        assert words(elsewhere.rows[0].text) == ["Do it.[1] (A)"]
        [note] = next(found for found in document.chapters if found.id == chapter).notes
        assert note.html == "Views differ: see chapter\u00a03."


def test_opposite_answers_stand_in_one_box(tmp_path: Path) -> None:
    """With both names and no answer above them; for whom only one of them is left to read, it is a paragraph."""
    yes = {**said("Yes."), "by": ["mid"], "as": "box"}
    never = {**said("It never does."), "about": "not_applicable", "by": ["zebra"], "as": "box"}
    reply = {"voices": [yes, {**never, "level": "members"}]}
    tree = joint({"questions": {"untoc-5.model": reply}})
    document = composed(published(tmp_path, tree, audience=Audience.MEMBERS))
    [answer], [views] = one(document, Answer), one(document, Views)
    assert (answer.prose.pieces, answer.state) == ((), "")
    assert views.title == "Views differ"
    assert [(view.rating and view.rating.word, words(view.prose)) for view in views.entries] == [
        ("Not applicable", [f"It never does. ({AW})"]),
        (None, [f"Yes. ({MID})"]),
    ]
    [table] = one(document, Standings, "standing")
    assert dict(table.groups[0].lines)["Differing views"] == "questions of chapter\u00a03"
    alone = composed(published(tmp_path, tree))
    assert [words(voice.prose) for voice in one(alone, Voice)] == [[f"Yes. ({MID})"]]
    assert not one(alone, Views)


def test_several_boxes_are_views_that_differ(tmp_path: Path) -> None:
    boxes = [said("One.", by=["mid"], **{"as": "box"}), said("Two.", by=["zebra"], **{"as": "box"})]
    [views] = one(composed(published(tmp_path, joint({"grounds": "So.", "voices": boxes}))), Views)
    assert views.title == "Views differ"
    assert [words(view.prose) for view in views.entries] == [[f"Two. ({AW})"], [f"One. ({MID})"]]


@pytest.mark.parametrize("text", ["One.\n\nTwo.", "- one\n- two", "| a | b |\n|---|---|\n| c | d |", "word " * 400])
def test_what_is_too_long_for_a_note_stands_in_a_box(tmp_path: Path, text: str) -> None:
    voice = {"text": text, "by": ["mid"], "as": "footnote"}
    answer = {"findings": [{"kind": "case", **said("Common."), "sources": ["s1"], "voices": [voice]}]}
    document = composed(published(tmp_path, joint(answer)))
    assert words(one(document, Finding)[0].prose) == ["Common."]
    assert one(document, Views)


def test_voices_speak_where_there_is_no_common_text(tmp_path: Path) -> None:
    """A note without a text to stand at becomes a paragraph; chapters are there for voices alone."""
    keys = ("summary", "methodology", "process", "context", "cross_cutting", "recent_developments")
    voices = [said(f"On {key}.", about=key, by=["mid"], **{"as": "footnote"}) for key in keys]
    tree = joint({"voices": [said("On grounds.", about="grounds", by=["mid"])]}, report={"voices": voices})
    document = composed(published(tmp_path, tree))
    for key in keys:
        chapter = "about" if key == "methodology" else key.replace("_", "-")
        [voice] = one(document, Voice, chapter)
        assert words(voice.prose) == [f"On {key}. ({MID})"]
        assert voice.prose.pieces[0].number
    assert words(one(document, Voice)[0].prose) == [f"On grounds. ({MID})"]
    assert [chapter.number for chapter in document.chapters if chapter.number] == [str(n) for n in range(1, 8)]


def test_a_voice_about_the_disclaimer_stands_in_the_imprint(tmp_path: Path) -> None:
    tree = joint(report={"disclaimer": "Common.", "voices": [said("Mine.", about="disclaimer", by=["refuge"])]})
    assert f"({REFUGE})" in composed(published(tmp_path, tree)).statement[-1].html


def test_one_for_which_the_article_does_not_apply_says_so(tmp_path: Path) -> None:
    voice = said("It is a landlocked State.", about="not_applicable", by=["refuge"])
    for answer in ({"grounds": "So.", "voices": [voice]}, {"not_applicable": "A reason.", "voices": [voice]}):
        [spoken] = one(composed(published(tmp_path, joint(answer))), Voice)
        assert spoken.label == "Not applicable"
        assert words(spoken.prose) == [f"It is a landlocked State. ({REFUGE})"]


# Ratings


def rating(about: str, value: str, by: str, **more: object) -> Tree:
    return {"about": about, "value": value, "by": [by], "as": "box", **more}


def test_a_contested_rating_shows_every_side(tmp_path: Path) -> None:
    """In the opener and, by a sign of its own, in the matrix."""
    voices = [rating("practice", "none", "zebra"), rating("practice", "good", "refuge"), rating("law", "full", "mid")]
    voices += [
        rating("law", "none", "zebra"),
        rating("state_answer", "yes", "mid"),
        rating("state_answer", "no", "zebra"),
    ]
    document = composed(published(tmp_path, joint({"grounds": "So.", "voices": voices})))
    [opening] = one(document, Opening)
    assert (opening.law.level, opening.practice.level) == ("law-differs", "practice-differs")
    assert (opening.law.word, opening.state_answer) == ("Views differ", "Views differ")
    told = {
        box.title: [
            (view.rating.level, view.rating.word, re.sub("<[^>]*>", "", view.holders))
            for view in box.entries
            if view.rating
        ]
        for box in opening.views
    }
    assert told == {
        "Views differ: Law": [("law-full", "Fully implemented", "(A)"), ("law-none", "Not implemented", "(AW)")],
        "Views differ: Practice": [("practice-good", "Good practice", "(B)"), ("practice-none", "No practice", "(AW)")],
        "Views differ: State’s answer": [("", "“Yes”", "(A)"), ("", "“No”", "(AW)")],
    }
    [matrix] = one(document, Matrix, "summary")
    [row] = matrix.groups[0].rows
    assert (row.law.level, row.practice.level, row.law.word) == ("law-differs", "practice-differs", "Views differ")
    assert not one(
        composed(published(tmp_path, joint({"law": "full", "practice": "good", "grounds": "So."}))), Opening
    )[0].views


def test_the_sign_of_a_contested_rating_is_no_other(tmp_path: Path) -> None:
    """Told apart by its form: it is the only one that is no circle, so that it needs no colour."""
    signs = dict(re.findall(r"\.((?:law|practice)-[a-z-]+) \{ --symbol: url\(\"([^\"]*)\"\)", style_sheet("print")))
    assert "circle" not in signs["practice-differs"]
    assert all("circle" in sign for name, sign in signs.items() if name != "practice-differs")


def test_a_dissent_from_a_decided_rating_is_a_note_or_a_box(tmp_path: Path) -> None:
    voices = [rating("law", "none", "mid", **{"as": "footnote"}), rating("practice", "none", "zebra", text="No case.")]
    document = composed(
        published(tmp_path, joint({"law": "full", "practice": "good", "grounds": "So.", "voices": voices}))
    )
    [opening] = one(document, Opening)
    assert (opening.law.level, opening.practice.word) == ("law-full", "Good practice")
    [box] = opening.views
    assert (box.title, words(box.entries[0].prose)) == ("Dissent of AW: Practice", ["No case."])
    page = body(document)
    assert re.search(r'law-full">Fully implemented<sup><a class="call"', page)
    assert "According to A: Not implemented." in page
    [row] = one(document, Matrix, "summary")[0].groups[0].rows
    assert (row.law.word, row.law.level) == ("Fully implemented", "law-full")


def test_a_rating_bears_the_mark_of_those_who_hold_it(tmp_path: Path) -> None:
    """A voice that holds what is given says whose it is: no dissent, no mark of others, a line in the annex."""
    own = {"about": "law", "value": "full", "by": ["mid"]}
    other = rating("practice", "none", "mid", **{"as": "footnote"})
    answer = {"law": "full", "practice": "good", "grounds": "So.", "by": ["mid", "zebra"], "voices": [own, other]}
    document = composed(published(tmp_path, joint(answer)))
    [opening] = one(document, Opening)
    assert [re.sub("<[^>]*>|\ue000.*\ue001", "", word) for word in (opening.law.word, opening.practice.word)] == [
        "Fully implemented (A)",
        f"Good practice ({AW}, A)",
    ]
    assert opening.views == ()
    assert "Dissent" not in body(document)
    [table] = one(document, Standings, "standing")
    told = {group.mark: dict(group.lines).get("Ratings, by chapter") for group in table.groups}
    assert told == {AW: "3 (Practice)", MID: "3", REFUGE: None}
    assert any("bears their marks" in block.text for block in one(document, Remark, "summary"))
    shared = composed(published(tmp_path, joint({"law": "full", "practice": "good", "grounds": "So."})))
    assert "bears their marks" not in body(shared)
    assert 'class="holders"' not in body(shared)


# Figures


def test_a_figure_that_some_left_says_whose_it_is(tmp_path: Path) -> None:
    """Beside the mark of all who give the statistic: nobody stands behind the number of another."""
    own, other = {"about": "2022", "value": "6", "by": ["mid"]}, {"about": "2022", "value": "9", "by": ["zebra"]}
    statistic = {"title": "T", "unit": "U", "values": {"2022": "6"}, "sources": ["s1"], "articles": ["untoc-5"]}
    for voices, told in (
        ([own], "* 2022: this is the figure of A."),
        ([own, other], "* 2022: this is the figure of A; another figure is given\u00a0– 9 (AW)."),
    ):
        [figure] = one(composed(published(tmp_path, joint(statistics={"t": {**statistic, "voices": voices}}))), Figure)
        assert figure.remarks == (told,)
        assert [cells for _, cells in figure.rows] == [("6*",)]
        assert figure.stand.against == ((0,) if other in voices else ())


def test_two_counts_told_as_fewer_than_five_do_not_differ(tmp_path: Path) -> None:
    """To a reader they are one: nobody is said to give another, nor to be the one whose it is."""
    tree = joint(sources={"s1": {"kind": "interview", "title": "A", "described_as": "B"}})
    for value in ("3", "2"):
        voice = {"about": "2022", "value": value, "by": ["zebra"]}
        statistic = {
            "title": "T",
            "unit": "U",
            "values": {"2022": "2", "2023": "9"},
            "sources": ["s1"],
            "voices": [voice],
        }
        publication = published(tmp_path, {**tree, "statistics": {"t": {**statistic, "articles": ["untoc-5"]}}})
        [figure] = one(composed(publication), Figure)
        assert [cells for _, cells in figure.rows] == [("fewer than 5", "9")]
        assert figure.remarks == ("Counts below 5 are not given, to protect those concerned.",)


def test_contested_figures_are_told_below_the_table(tmp_path: Path) -> None:
    voices = [{"about": "2022", "value": "1600", "by": ["zebra"]}, {"about": "2022", "value": "9", "by": ["refuge"]}]
    voices += [{"about": "2023", "value": "7", "by": ["mid"]}, said("The register was closed.", by=["mid"])]
    values = {"2021": "", "2022": "", "2023": "8"}
    statistic = {
        "title": "T",
        "unit": "U",
        "values": values,
        "sources": ["s1"],
        "articles": ["untoc-5"],
        "voices": voices,
    }
    publication = published(tmp_path, joint(statistics={"t": statistic}))
    [figure] = one(composed(publication), Figure)
    assert [cells for _, cells in figure.rows] == [("no data", "*", "8*")]
    assert [sign in figure.svg for sign in (">–<", ">*<")] == [True, True], "no data in one year, contested in another"
    assert figure.remarks == (
        "* 2022: figures differ\u00a0– 1,600 (AW); 9 (B).",
        "* 2023: another figure is given\u00a0– 7 (A).",
    )
    assert words(figure.beside[0].prose) == [f"The register was closed. ({MID})"]


# Drafts


def test_a_draft_says_what_is_not_decided_and_a_final_report_does_not(tmp_path: Path) -> None:
    """Ratings, replies, findings, recommendations, figures and needs, each where it stands, and once in front."""
    voices = [rating("law", "full", "mid"), rating("law", "none", "zebra")]
    answer = {
        "voices": voices,
        "questions": {"untoc-5.model": {"answer": "Yes."}},
        "findings": [{"kind": "case", **said("One."), "sources": ["s1"]}],
        "recommendations": [said("Do it.")],
    }
    figure = {"about": "2022", "value": "5", "by": ["mid"]}
    statistic = {
        "title": "T",
        "unit": "U",
        "values": {"2021": "1", "2022": ""},
        "sources": ["s1"],
        "articles": ["untoc-5"],
        "voices": [figure],
    }
    tree = joint(answer, statistics={"t": statistic}, technical_assistance=[{"need": "Help."}])
    publication = published(tmp_path, tree, undecided=_all_spans(tmp_path, tree))
    draft, final = composed(publication, final=False), composed(publication)
    assert one(draft, Answer)[0].gaps[-1] == one(draft, Finding)[0].gaps[-1] == "Not decided yet"
    assert one(draft, Opening)[0].views[0].gaps == ("Not decided yet",)
    assert one(draft, Recommendations)[0].rows[0].text.mark == "Not decided yet"
    assert one(draft, Figure)[0].remarks[0].endswith("Not decided yet.")
    assert any(isinstance(block, Remark) and "not decided yet" in block.text for block in blocks(draft, "missing"))
    assert "decided" not in body(final)
    assert "decided" not in body(composed(published(tmp_path, tree), final=False))


def _all_spans(folder: Path, tree: Tree) -> frozenset[Span]:
    """Return the place of every part."""
    from reportgen.pipeline import check
    from reportgen.submission.parts import walk_parts

    published(folder, tree)
    submission = check(folder / "submission.yaml").reading.submission
    assert submission is not None
    return frozenset(part.node.span for _, part in walk_parts(submission) if part.node)


# The annex


def test_the_annex_tells_who_stands_behind_what(tmp_path: Path) -> None:
    """By the numbers under which readers find it; runs are drawn together, what all hold is left out."""
    findings = [{"kind": "case", **said(f"{n}."), "sources": ["s1"], "by": ["mid"]} for n in range(3)]
    findings += [{"kind": "case", **said("All."), "sources": ["s1"], "voices": FORMS}]
    answer = {
        "by": ["mid", "zebra"],
        "findings": findings,
        "recommendations": [{**said("Do it."), "by": [by]} for by in ("mid", "zebra", "mid")],
        "voices": [rating("law", "full", "mid"), rating("law", "none", "zebra")],
    }
    statistic = {
        "title": "T",
        "unit": "U",
        "values": {"2022": "5"},
        "sources": ["s1"],
        "articles": ["untoc-5"],
        "by": ["refuge"],
    }
    document = composed(published(tmp_path, joint(answer, statistics={"t": statistic})))
    assert document.chapters[-1].id == "standing"
    [table] = one(document, Standings, "standing")
    assert [(group.mark, group.name.text, dict(group.lines)) for group in table.groups] == [
        (
            "AW",
            "Alpha Watch",
            {
                "Articles": "Organized Crime Convention, article\u00a05",
                "Recommendations": "R3.2",
                "Differing views": "ratings of chapter\u00a03, 3.4",
            },
        ),
        (
            "A",
            "Centre for Law",
            {
                "Articles": "Organized Crime Convention, article\u00a05",
                "Answers and findings": "3.1–3.3",
                "Recommendations": "R3.1, R3.3",
                "Differing views": "ratings of chapter\u00a03, 3.4",
            },
        ),
        ("B", "A member in the region", {"Answers and findings": "3.5–3.6", "Statistics": "Figure\u00a01"}),
    ]


def test_those_that_endorse_the_report_are_listed_as_they_agreed(tmp_path: Path) -> None:
    names = (Endorsement(Text({"en": "Centre for Law"}, "en"), "CL"), Endorsement(Text({"en": "a member"}, "en")))
    publication = published(tmp_path, joint())
    [listed] = one(composed(replace(publication, endorsements=names)), Endorsements, "about")
    assert [name.html for name in listed.names] == ["Centre for Law (CL)", "A member"]
    assert not one(composed(publication), Endorsements, "about")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report_of_many_voices_keeps_the_rules_for_accessible_files(tmp_path: Path, language: str) -> None:
    """Boxes, notes on ratings, marks and the annex are tagged, on paper as on the screen."""
    from tests.writers.test_pdf import failures

    answer = {
        "law": "full",
        "grounds": "So.",
        "voices": [
            rating("practice", "poor", "mid"),
            rating("practice", "none", "refuge", text="No case."),
            rating("law", "none", "mid", **{"as": "footnote"}),
            said("Never.", about="not_applicable", by=["zebra"]),
        ],
        "questions": {
            "untoc-5.model": {"answer": {"en": "Common.", "fr": "Commun."}, "by": ["zebra"], "voices": FORMS}
        },
        "findings": [{"kind": "case", **said("Common."), "sources": ["s1"], "by": ["mid"], "voices": FORMS}],
        "recommendations": [{**said("Do it."), "priority": "high", "by": ["mid"], "voices": FORMS}],
    }
    figure = {"about": "2022", "value": "5", "by": ["mid"]}
    statistic = {
        "title": "T",
        "unit": "U",
        "values": {"2021": "1", "2022": ""},
        "sources": ["s1"],
        "voices": [figure, *FORMS],
    }
    document = composed(published(tmp_path, joint(answer, statistics={"t": statistic})), language, final=False)
    data, warnings = render_pdf(document)
    assert warnings == ()
    assert failures(data, tmp_path) == []
