"""The benchmarks are fair: everybody is given the same words, and nobody wins by leaving out or by standing still."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from benchmarks import documents, reports, told
from benchmarks.dialects import Markdown, Typst
from benchmarks.markup import Markup, rewritten
from benchmarks.measure import Failed, Living, Run, measure
from benchmarks.peers import PEERS, Made, judged, own_work, prepared, sample_of, words_of
from benchmarks.plot import plot
from benchmarks.sizes import NAMES, OURS, PHASES, Result
from reportgen.writers.html import render_html
from tests.samples import document, write

EVERYTHING = """\
grounds: |-
  Emphasis *here*, weight **there**, a [place](https://law.example/act_2?a=1) and a note [@s1, p. 3].[@s2]

  - first of a list
    - below the first
  - second of it

  1. counted

  > Said by somebody.

  | Year | Cases |
  |---|---:|
  | 2019 | 17 |
  | 2020 | a \\| b |

  Signs: a#b, a_b, a\\*b, a$b, back\\\\slash, me@home, \\[brackets\\], a~b.

  - 2019\\. begins with a number
questions:
  untoc-5.model: {answer: An answer., sources: [s1]}
recommendations:
  - {text: Do it., addressee: The Ministry, priority: high}
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return render_html(document(write(tmp_path_factory.mktemp("report"), EVERYTHING), final=False), "print")


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            Typst(),
            {
                "emphasis": "#emph[here]",
                "weight": "#strong[there]",
                "link": '#link("https://law.example/act_2?a=1")[place]',
                "note": "#footnote[#emph[A report]",
                "list": "- first of a list\n  \n  - below the first\n- second of it",
                "counted": "+ counted",
                "quotation": "#quote(block: true)[\nSaid by somebody.\n]",
                "table": "#table(columns: 2,\ntable.header([Year], [Cases]),\n[2019], [17],\n[2020], [a | b])",
                "heading": "= 3\u2002Criminalization",
                "contents": "#outline(",
                "page": "#context counter(page).at(<untoc-5>).first()",
                "signs": r"a\#b, a\_b, a\*b, a\$b, back\\slash, me\@home, \[brackets\], a\~b",
                "number": r"- 2019\. begins",
            },
        ),
        (
            Markdown(),
            {
                "emphasis": "*here*",
                "weight": "**there**",
                "link": "[place](https://law.example/act_2?a=1)",
                "note": "^[*A report*",
                "list": "- first of a list\n  \n  - below the first\n- second of it",
                "counted": "1. counted",
                "quotation": "> Said by somebody.",
                "cell": r"| 2020 | a \| b |",
                "heading": "# 3\u2002Criminalization",
                "contents": "@starttoc{toc}",
                "page": r"`\pageref{untoc-5}`{=latex}",
                "signs": r"a\#b, a\_b, a\*b, a\$b, back\\slash, me\@home, \[brackets\], a\~b",
                "number": r"- 2019\. begins",
            },
        ),
    ],
)
def test_every_kind_of_element_goes_over(page: str, markup: Markup, written: dict[str, str]) -> None:
    """A peer that is given less than we have would be measured at less work."""
    made = rewritten(page, markup)
    assert {name: words for name, words in written.items() if words not in made} == {}


@pytest.mark.parametrize("markup", [Typst(), Markdown()])
def test_no_word_is_lost_on_the_way(page: str, markup: Markup) -> None:
    """Every paragraph, note and cell that is looked for in a finished file is in what makes it."""
    letters = re.sub(r"[\W_]+", "", rewritten(page, markup))
    asked = [re.sub(r"[\W_]+", "", words) for words in sample_of(page)]
    assert asked
    assert [words for words in asked if words not in letters] == []


@pytest.mark.parametrize("key", ["typst", "pdflatex", "tagpdf"])
def test_who_is_here_makes_the_report(tmp_path: Path, key: str) -> None:
    """What is written is understood: the finished file has the words, the pages and, where it can, the tags."""
    peer = next(peer for peer in PEERS if peer.key == key)
    if not peer.found():
        pytest.skip(f"this machine lacks {peer.name}: {peer.how}")
    whole = document(write(tmp_path, EVERYTHING), final=False)
    inputs = prepared(whole, tmp_path / "v")
    measure(peer.command(inputs[peer.input], tmp_path / "made.pdf"))
    made = judged(tmp_path / "made.pdf", render_html(whole, "print"), tagged=peer.tagged)
    assert made.pages > 5
    assert made.tagged is peer.tagged


def test_a_file_without_the_words_or_tags_is_no_result(tmp_path: Path, page: str) -> None:
    """Nobody wins with an empty file, or with one that was to be tagged and is not."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "empty.pdf")
    with pytest.raises(AssertionError, match="lacks"):
        judged(tmp_path / "empty.pdf", page, tagged=False)
    with pytest.raises(AssertionError, match="not tagged"):
        judged(tmp_path / "empty.pdf", "", tagged=True)
    assert judged(tmp_path / "empty.pdf", "", tagged=False).pages == 1


def test_a_report_repeats_nothing_and_an_edit_changes_one_answer(tmp_path: Path) -> None:
    """Text that comes again would help who keeps what it saw; an edit that changes nothing would help who stands still."""
    folder = reports.write(tmp_path / "report", 60)
    whole = "\n".join(path.read_text("utf-8") for path in sorted((folder / "answers").iterdir()))
    long = [line.strip() for line in whole.split("\n") if len(line) > 300]
    assert len(long) > 50
    assert len(set(long)) == len(long)
    before = {path: path.read_text("utf-8") for path in folder.rglob("*.yaml")}
    reports.edit(folder, 5)
    changed = [path for path, text in before.items() if path.read_text("utf-8") != text]
    assert len(changed) == 1
    assert changed[0].read_text("utf-8").count(reports.wording(5)) == 1
    shown = render_html(reports.document(folder), "print")
    assert reports.wording(5) in shown
    assert reports.wording(0) not in shown


def test_processes_below_count(tmp_path: Path) -> None:
    """A program that leaves its work to others is measured with them: their memory, their time."""
    child = "held = bytearray(b'x') * 80_000_000; sum(range(8_000_000))"
    run = measure([sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"])
    assert run.memory > 70
    assert run.cpu > 0.05


def test_a_command_that_fails_is_no_run() -> None:
    """A crash is the fastest of all results."""
    with pytest.raises(Failed, match="no such thing"):
        measure([sys.executable, "-c", "import sys; sys.exit('no such thing')"])
    with Living([sys.executable, "-c", "input()"]) as living, pytest.raises(Failed):
        living.ask("x")


def test_a_living_process_makes_the_edited_report(tmp_path: Path) -> None:
    """The desk’s press, asked again after an edit, gives the new words; so it is measured at real work."""
    path = write(tmp_path, "grounds: First words.")
    target = tmp_path / "made.pdf"
    with Living(own_work(OURS)) as living:
        living.ask(f"{path}\t{target}")
        assert "First words." in words_of(target)
        path.write_text(path.read_text("utf-8").replace("First", "Second"), "utf-8")
        run = living.ask(f"{path}\t{target}")
    assert "Second words." in words_of(target)
    assert run.memory > 20


def results() -> list[Result]:
    """Return made-up figures: we take 2 s for each page, others 1 s."""
    found = []
    for pages in (60, 275):
        for key in NAMES:
            result = Result(pages, key, Made(pages, 1000, tagged=True))
            for phase in PHASES if key == OURS else ("cold", "living"):
                each = 2 if key == OURS else 1
                result.add(phase, Run(pages * each, pages * each, 100))
            found.append(result)
    return found


def test_the_plot_is_an_image_for_everybody() -> None:
    """It is XML, has a name, says all figures in words, and names each line where it ends."""
    root = ET.fromstring(plot(results()))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title description"
    said = root.findtext("s:desc[@id='description']", "", space)
    assert "From nothing: reportgen 120 s for 60 pages, 550 s for 275 pages;" in said
    assert root.findtext("s:title[@id='title']", "", space)
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    for name in ("reportgen", "Typst", "pdfLaTeX", *PHASES.values()):
        assert name in words
    assert ET.fromstring(plot([])).tag.endswith("svg")


def test_names_beside_lines_do_not_cover_each_other() -> None:
    """Six programs that took the same time are still told apart."""
    root = ET.fromstring(plot(results()))
    names = {"WeasyPrint", "Typst", "pdfLaTeX", "LuaLaTeX", "paged.js", "Chromium"}
    found = [
        (text.get("x"), float(text.get("y", "0")))
        for text in root.iter("{http://www.w3.org/2000/svg}text")
        if text.text in names
    ]
    places = sorted(y for x, y in found if x == found[0][0])[:6]
    assert min(below - above for above, below in pairwise(places)) >= 12


def test_goals_are_judged() -> None:
    """A goal that is missed is called so; where there is none at a size only the ratio stands."""
    text = told.goals(results())
    assert (
        "| from nothing ÷ WeasyPrint, pdf/ua-1 | 2.00 (≤ 0.45: **not reached**) | 2.00 (≤ 0.35: **not reached**) |"
        in text
    )
    assert "| from nothing, peak memory ÷ WeasyPrint, pdf/ua-1 | 1.00 (≤ 1.2: reached)" in text
    assert "reportgen 1.00 (≤ 1.05: reached)" in told.growth(results())
    assert "as from nothing" in told.tables(results())


def test_a_section_leaves_the_others_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks take hours; writing down one must not lose another."""
    target = tmp_path / "benchmarks.md"
    target.write_text("# Benchmarks\n\nHead.\n\n## One\n\nold\n\n### Below\n\nold\n\n## Two\n\nstays\n", "utf-8")
    monkeypatch.setattr(documents, "PAGE", target)
    documents.put("One", "new\n")
    documents.put("Three", "added")
    assert (
        target.read_text("utf-8") == "# Benchmarks\n\nHead.\n\n## One\n\nnew\n\n## Two\n\nstays\n\n## Three\n\nadded\n"
    )


def test_what_lives_imports_only_what_it_needs() -> None:
    """A peer’s process that imported ours would be measured with it."""
    code = "import sys, benchmarks.work; print([name for name in sys.modules if name.startswith('reportgen')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
