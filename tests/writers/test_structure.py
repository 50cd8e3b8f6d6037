"""What a screen reader finds in the PDF: the tag tree, read back from the file and compared with the HTML it was set from."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import tinyhtml5

from reportgen.writers.html import render_html
from reportgen.writers.pdf import render_pdf
from tests.samples import FIRST, document, write
from tests.structure import Part, Tagged, read
from tests.writers.test_pdf import failures

GOLDEN = Path(__file__).parent / "golden" / "first.tags.txt"

NASTY = """\
grounds:
  en: |-
    Text with **strong** words, a [link with **strong** *words*](https://a.example/x), `code`, and a note[^n]; then
    again [@s1, p. 3][@s2].

    - a loose item

    - another, of two paragraphs

        the second

        > quoted in an item

        1. deep

            deeper
        2. more

    - the last [very long link that goes on and on over the end of the line, and on, and on, and on, as far as it can go](https://b.example)

    > A quotation.
    >
    > - with a list

    | Year | Charged | Convicted |
    |------|--------:|----------:|
    | 2022 | 12 | 3 |
    |      |    |   |

    # A heading of its own

        preformatted

    [^n]: A note with *emphasis* and a [link](https://c.example).
findings:
  - {kind: deficiency, title: {fr: "Titre français"}, sources: [s1],
     text: {fr: "Texte qui n’existe qu’en **français**, avec une note [@s1, p. 4]."}}
  - {kind: case, sources: [s1], text: {en: "An English finding."}}
recommendations:
  - {text: {fr: "Publier les chiffres."}, addressee: {en: Minister}, priority: high}
"""
REST = """\
statistics:
  cases:
    title: {en: "Persons charged and convicted"}
    definition: {en: "All persons."}
    unit: {en: persons}
    articles: [untoc-5]
    chart: bars
    sources: [s1]
    series:
      charged: {label: {en: Charged}, values: {2019: 148, 2020: 96, 2021: 171}}
      convicted: {label: {en: Convicted}, values: {2019: 31, 2020: 12, 2021: 27}}
"""


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A document with everything that is difficult, and the HTML it was set from."""
    made = document(write(tmp_path_factory.mktemp("nasty"), NASTY, REST), final=False)
    data, warnings = render_pdf(made)
    assert warnings == ()
    return data, render_html(made, "print")


@pytest.fixture(scope="module")
def first() -> tuple[bytes, str]:
    """The short sample, and the HTML it was set from."""
    made = document(FIRST)
    data, warnings = render_pdf(made)
    assert warnings == ()
    return data, render_html(made, "print")


@pytest.fixture(scope="module", params=["first", "nasty"])
def both(request: pytest.FixtureRequest) -> tuple[bytes, str]:
    """Each of the two in turn."""
    pair: tuple[bytes, str] = request.getfixturevalue(request.param)
    return pair


def root(pair: tuple[bytes, str]) -> Part:
    """The tree of a document."""
    return read(pair[0]).root


def elements(html: str, name: str) -> list[Any]:
    """All elements of the HTML with this name."""
    return list(tinyhtml5.parse(html, namespace_html_elements=False).iter(name))


def shown(html: str, summaries: set[str]) -> tuple[str, list[str]]:
    """The words of the HTML in their order, those of notes apart; without what is drawn, in the head or a summary."""
    notes: list[str] = []

    def words(element: Any) -> str:
        if not isinstance(element.tag, str) or element.tag.endswith("svg") or element.tag in {"head", "style"}:
            return ""
        if element.tag == "caption" and " ".join("".join(element.itertext()).split()) in summaries:
            return ""
        inside = " ".join([element.text or "", *(f"{words(child)} {child.tail or ''}" for child in element)])
        if "fn" in element.get("class", "").split():
            notes.append(inside)
            return ""
        return inside

    return words(tinyhtml5.parse(html, namespace_html_elements=False)), notes


def tokens(text: str) -> list[str]:
    """The words of a text, without punctuation and capitals."""
    return re.findall(r"\w+", text.casefold())


@pytest.mark.parametrize("name", ["first", "nasty"])
def test_no_rule_is_broken(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Neither of PDF/UA-1 nor of PDF/A-2a."""
    assert failures(request.getfixturevalue(name)[0], tmp_path) == []


def test_the_tree_of_the_sample_is_the_one_that_was_read_through(
    first: tuple[bytes, str], update_goldens: bool
) -> None:
    """A person has read this tree; whatever changes it is seen."""
    dump = root(first).dump() + "\n"
    if update_goldens:
        GOLDEN.write_text(dump, "utf-8")
    assert dump == GOLDEN.read_text("utf-8")


def test_everything_is_read_in_the_order_of_the_html(both: tuple[bytes, str]) -> None:
    """Every word once, in order; besides, only numbers that the renderer adds: of pages and of items."""
    tree = root(both)
    body, notes = shown(both[1], {str(table.attributes.get("Summary")) for table in tree.parts("Table")})
    expected, found = tokens(body), tokens(tree.words(without=frozenset({"Note", "Figure"})))
    index = 0
    for word in found:
        if index < len(expected) and word == expected[index]:
            index += 1
        else:
            assert word.isdigit(), (word, expected[index : index + 5])
    assert index == len(expected), expected[index : index + 10]
    assert [tokens(note.words()) for note in tree.parts("Note")] == [tokens(note) for note in notes]


def test_nothing_is_neither_read_nor_an_artifact(both: tuple[bytes, str]) -> None:
    """Every word on a page is accounted for."""
    assert read(both[0]).loose == []


def test_running_heads_are_artifacts(both: tuple[bytes, str]) -> None:
    """On every page but the cover a head and a page number, and none of them is read."""
    tagged: Tagged = read(both[0])
    kinds = {page: set() for page in range(1, tagged.pages)}  # type: dict[int, set[str]]
    for page, said, _ in tagged.artifacts:
        if said.get("Type") == "Pagination" and "Subtype" in said:
            kinds[page].add(said["Subtype"])
    assert all(found == {"Header", "Footer"} for found in kinds.values()), kinds


def test_every_foreign_part_says_its_language(nasty: tuple[bytes, str]) -> None:
    """French words are in elements that say French; English ones in none."""
    for part in root(nasty).parts():
        own = " ".join(kid for kid in part.kids if isinstance(kid, str))
        if re.search("français|Publier|Texte", own):
            assert part.language == "fr", own
        if re.search("English|strong|Charged|Minister", own):
            assert part.language in {"", "en"}, own
    assert {part.kind for part in root(nasty).parts() if part.language == "fr"} >= {"P", "Span"}


def test_every_head_of_a_table_has_a_scope_and_every_cell_its_heads(both: tuple[bytes, str]) -> None:
    """Heads are known by their names; corners count for the heads below them; each name is used once."""
    tree = root(both)
    heads = {part.key: part for part in tree.parts("TH")}
    assert len(heads) == len(list(tree.parts("TH"))) > 4
    assert {part.attributes["Scope"] for part in heads.values()} == {"Column", "Row"}
    for part in [*tree.parts("TD"), *tree.parts("TH")]:
        assert set(part.attributes.get("Headers", [])) <= set(heads)
    for part in tree.parts("TD"):
        scopes = {heads[key].attributes["Scope"] for key in part.attributes.get("Headers", [])}
        assert "Column" in scopes or not part.words()
    used = {key for part in [*tree.parts("TD"), *heads.values()] for key in part.attributes.get("Headers", [])}
    assert used == set(heads)


def test_the_matrix_says_article_group_and_rating_of_each_cell(first: tuple[bytes, str]) -> None:
    """What is said with the rating for practice of one article: column, article and treaty."""
    tree = root(first)
    names = {part.key: part.words() for part in tree.parts("TH")}
    cell = next(part for part in tree.parts("TD") if part.words() == "Poor practice")
    assert [names[key] for key in cell.attributes["Headers"]] == ["Practice", "5", "Organized Crime Convention"]


def test_a_caption_that_is_not_shown_is_a_summary(first: tuple[bytes, str]) -> None:
    """Every table says what it is."""
    for table in root(first).parts("Table"):
        assert table.outline()[0] == "Caption" or table.attributes["Summary"]


def test_links_say_where_they_lead(both: tuple[bytes, str]) -> None:
    """One element for each link of the HTML; its areas say its title or its words, never an anchor."""
    tree = root(both)
    anchors = [element for element in elements(both[1], "a") if element.get("href")]
    links = list(tree.parts("Link"))
    assert len(links) == len(anchors)
    expected = sorted(" ".join((a.get("title") or "".join(a.itertext())).split()) for a in anchors)
    assert sorted(" ".join(link.links[0].split()) for link in links) == expected
    assert all(len(set(link.links)) == 1 for link in links)
    assert not any(re.fullmatch(r"[a-z-]+-[nr]?\d+", said) for link in links for said in link.links)
    with pikepdf.open(io.BytesIO(both[0])) as pdf:
        areas = [area for sheet in pdf.pages for area in sheet.get("/Annots", [])]
    assert len(areas) == sum(len(link.links) for link in links)


def test_a_link_over_two_lines_is_one_link(nasty: tuple[bytes, str]) -> None:
    """It has an area on each line, and its words are read on."""
    link = next(part for part in root(nasty).parts("Link") if "very long" in part.words())
    assert len(link.links) == 2
    assert link.words().endswith("as far as it can go")


def test_contents_are_one_link_an_entry(both: tuple[bytes, str]) -> None:
    """A table of contents, each entry with one link and the number of its page."""
    tree = root(both)
    entries = list(tree.parts("TOCI"))
    assert len(entries) > 4
    assert all(len(list(entry.parts("Link"))) == 1 for entry in entries)
    assert all(re.search(r" \d+$", entry.words()) for entry in entries)


def test_lists_are_labels_and_bodies(nasty: tuple[bytes, str]) -> None:
    """Every item has a body, before it at most a label, and lists say their numbering."""
    tree = root(nasty)
    for part in tree.parts("L"):
        assert set(part.outline()) == {"LI"}
        marked = any("Lbl" in item.outline() for item in part.kids if isinstance(item, Part))
        terms = any(label.words().strip(" –.0123456789") for label in part.parts("Lbl"))
        assert part.attributes["ListNumbering"] in ({"Disc", "Decimal"} if marked and not terms else {"None"})
    for part in tree.parts("LI"):
        assert part.outline() in (["LBody"], ["Lbl", "LBody"])
    assert {part.attributes["ListNumbering"] for part in tree.parts("L")} == {"None", "Disc", "Decimal"}


def test_terms_are_labels_of_what_they_mean(first: tuple[bytes, str]) -> None:
    """The imprint is read term by term."""
    items = [item for item in root(first).parts("LI") if item.outline() == ["Lbl", "LBody"]]
    assert "Version 1.0" in [item.words() for item in items]


def test_notes_are_read_after_the_words_that_call_them(both: tuple[bytes, str]) -> None:
    """A note has a unique name and its number as label; it ends the paragraph with its call; calls are references."""
    tree = root(both)
    notes = list(tree.parts("Note"))
    assert len(notes) > 1
    assert len({note.key for note in notes}) == len(notes)
    assert all(note.key and note.outline()[0] == "Lbl" for note in notes)
    calls = [part.words() for part in tree.parts("Reference") if part.outline() == ["Link"]]
    assert [call for call in calls if call.isdigit()] == [next(note.parts("Lbl")).words() for note in notes]
    for holder in tree.parts():
        outline = holder.outline()
        if "Note" in outline:
            after = outline[outline.index("Note") :]
            assert set(after) & {"words", "Span", "Link", "Code", "Reference"} == set()
            inside = [note for note in holder.kids if isinstance(note, Part) and note.kind == "Note"]
            numbers = [next(note.parts("Lbl")).words() for note in inside]
            called = [part.words() for part in holder.parts("Reference")]
            assert numbers == called


def test_figures_have_words(nasty: tuple[bytes, str]) -> None:
    """The chart says its figures, and where it stands on the page."""
    figures = list(root(nasty).parts("Figure"))
    assert figures
    for figure in figures:
        assert "charged" in figure.alt.lower()
        left, bottom, right, top = (float(edge) for edge in figure.attributes["BBox"])
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_headings_nest_and_are_bookmarks(both: tuple[bytes, str]) -> None:
    """One title, no level left out; the chapters are in the bookmarks, and the viewer shows the title."""
    tree = root(both)
    levels = [int(part.kind[1]) for part in tree.parts() if re.fullmatch("H[1-6]", part.kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with pikepdf.open(io.BytesIO(both[0])) as pdf, pdf.open_outline() as outline:
        titles = [" ".join(str(item.title).split()) for item in outline.root]
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
    chapters = [part.words() for part in tree.parts("H2")]
    assert len(titles) == len(chapters)
    assert all(title.endswith(re.sub(r"^\d+ ", "", chapter)) for title, chapter in zip(titles, chapters, strict=True))


def test_what_goes_over_a_page_stays_one(tmp_path: Path) -> None:
    """A paragraph, a list and a table over several pages are one of each; the head of the table is read once."""
    rows = "\n".join(f"| row {n} | words of row {n} |" for n in range(90))
    items = "\n".join(f"- item {n} of a long list" for n in range(70))
    text = f"{'Long paragraph. ' * 500}\n\n{items}\n\n| First | Second |\n|---|---|\n{rows}"
    path = write(tmp_path, "grounds: |-\n" + "\n".join(f"  {line}" for line in text.split("\n")))
    data, warnings = render_pdf(document(path))
    assert warnings == ()
    assert failures(data, tmp_path) == []
    tagged = read(data)
    table = next(part for part in tagged.root.parts("Table") if "row 89" in part.words())
    assert len(list(table.parts("TR"))) == 91
    assert table.words().count("First") == 1
    assert any(said == {"Type": "Pagination"} and words == "First" for _, said, words in tagged.artifacts)
    assert max(len(part.pages) for part in tagged.root.parts("P")) > 1
    assert next(part for part in tagged.root.parts("L") if "item 0" in part.words()).outline() == ["LI"] * 70
