"""Every fault an author can make is found, at its exact place, and told without giving away what is confidential.

``sample_inputs/broken`` holds a file or a folder for each diagnostic that input can cause; what can't be kept there (too
large, too many, links) is made here. The places stand in ``broken_expected.json``; after a change that is meant,
``pytest tests/submission --update-goldens`` rewrites it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from reportgen.coalition.folder import MOST_MEMBERS
from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.render import ordered, tell, to_github, to_html, to_json, to_text
from reportgen.languages.messages import translations
from reportgen.pipeline import Checked, check
from reportgen.protection.registers import MOST_LINES
from reportgen.submission.files import MAX_FILES
from reportgen.submission.images import MOST_BYTES, MOST_IMAGES
from reportgen.submission.kinds import MAX_TEXT
from reportgen.submission.yaml_reader import MAX_BYTES, MAX_NODES

ROOT: Final = Path(__file__).parents[2]
BROKEN: Final = ROOT / "sample_inputs" / "broken"
EXPECTED: Final = Path(__file__).with_name("broken_expected.json")
CASES: Final = sorted(path.name for path in BROKEN.iterdir())
Place = tuple[str, int, int]

OF_INPUT: Final = r"RG(?:[1-6]\d\d|704|71[1-9]|72[0-35]|80\d|81\d|82[2-467]|90\d|91[05-8]|932|95[6-9]|96[024-9])"
"""The codes that the files of a submission, of its theme and of a coalition can cause, other than in a final report."""

ALSO_CAUSED: Final = {
    "RG310-article-not-verified.yaml": "RG306",  # an article that is not verified stands in a list that is not
    "RG416-empty-reply.yaml": "RG402",  # an empty reply leaves its question silent
}
"""The files that can't have one diagnostic alone."""


def _is_utf_8(case: str) -> bool:
    try:
        (BROKEN / case).read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return True


SOUND: Final = """\
format: 1
language: en
state: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}
cluster: 1
report:
  {title: Smuggling of migrants in Solvania, date: 2024-09-30,
  summary: The offence is wide.,
  methodology: We read the law.,
  scope: [som-3], languages: [en]}
organisations:
  cij: {name: Centre for Integrity and Justice}
answers:
  som-3:
    not_applicable: Treated in a second report.
"""

ANSWERED: Final = """\
    law: partly
    practice: poor
    grounds: It is wide.
    questions:
      som-3.benefit: {no_information: Nobody knows.}
      som-3.documents: {no_information: Asked in 2023.}
      som-3.relatives: No.
    findings:
      - {kind: deficiency, text: Too wide., sources: [one]}
    recommendations:
      - {text: Narrow it., addressee: Parliament}
statistics:
  convictions: {title: Convictions, unit: persons, sources: [two], values: {2023: 29}}
sources:
  one: {kind: legislation, title: Act}
  two: {kind: dataset, title: Register}
"""


def places(checked: Checked) -> list[Place]:
    """Return code, line and column of everything found, in the order in which it is shown."""
    spans = [(item.code, item.span) for item in ordered(checked.found)]
    return [(code, span.line, span.column) if span else (code, 0, 0) for code, span in spans]


def told(checked: Checked) -> str:
    """Return everything that any form of output says, in both languages."""
    forms = []
    for language in ("en", "fr"):
        translate = translations(language).gettext
        forms += [
            to_text(checked.found, checked.reading.texts, translate, lambda text, _: text),
            to_json(checked.found, translate),
            to_github(checked.found, translate),
            to_html(checked.found, checked.reading.texts, translate),
        ]
    return "\n".join(forms)


def reportgen(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "reportgen", "--lang", "en", *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def expected(update_goldens: bool) -> dict[str, list[Place]]:
    """The places that are recorded, by file or folder."""
    if update_goldens:
        lines = [f"  {json.dumps(case)}: {json.dumps(places(check(BROKEN / case)))}" for case in CASES]
        EXPECTED.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8", newline="\n")
    recorded = json.loads(EXPECTED.read_text("utf-8"))
    return {case: [tuple(place) for place in found] for case, found in recorded.items()}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_found_at_its_place(case: str, expected: dict[str, list[Place]]) -> None:
    checked = check(BROKEN / case)
    assert places(checked) == expected.get(case)
    for item in checked.found:
        assert item.span
        assert Path(item.span.file).is_relative_to(BROKEN / case)


@pytest.mark.parametrize("case", CASES)
def test_each_file_has_the_fault_of_its_name_and_no_other(case: str) -> None:
    codes = {code for code, _, _ in places(check(BROKEN / case))}
    assert codes - {ALSO_CAUSED.get(case)} == {case[:5]}


def test_nothing_is_recorded_of_files_that_are_gone(expected: dict[str, list[Place]]) -> None:
    assert sorted(expected) == CASES


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith(".yaml") and _is_utf_8(case)])
def test_byte_order_mark_and_windows_line_ends_move_no_place(
    case: str, tmp_path: Path, expected: dict[str, list[Place]]
) -> None:
    text = (BROKEN / case).read_text("utf-8")
    copy = tmp_path / case
    copy.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert places(check(copy)) == expected[case]


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_character_that_is_not_utf_8_is_found_whatever_stands_before_it(
    mark: bytes, line_end: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "report.yaml"
    path.write_bytes(mark + "# “œuvre”\nformat: 1\nlanguage: “en”, ".encode().replace(b"\n", line_end) + b"entr\xe9e")
    assert places(check(path)) == [("RG103", 3, 21)]


@pytest.mark.parametrize(
    ("swap", "wanted"),
    [
        (("law: partly", "law: partly\n    state_answer: partially\n    agree_with_state: no"), ["RG218"]),
        (("kind: deficiency", "kind: deficient"), ["RG218"]),
        (("sources: [one]", "sources: {one: two}"), ["RG206", "RG404"]),
        (("addressee: Parliament", "addressee: [Parliament]"), ["RG207"]),
        (("{2023: 29}", "{2023: many}"), ["RG214"]),
        (("{no_information: Nobody knows.}", "{no_information: [Nobody knows.]}"), ["RG207"]),
        (("grounds: It is wide.", "grounds: [It is wide.]"), ["RG207"]),
        (("som-3.relatives: No.", "som-3.relatives: [No.]"), ["RG203"]),
        (("date: 2024-09-30", "date: September 2024"), ["RG212"]),
        (("practice: poor", "practise: poor"), ["RG201"]),
        (("practice: poor", "practice: bad"), ["RG218"]),
        (("summary: The", "sumary: The"), ["RG201"]),
        (("methodology: We read the law.", "methodology: [We]"), ["RG207"]),
    ],
)
def test_what_can_not_be_read_is_not_called_missing_too(
    swap: tuple[str, str], wanted: list[str], tmp_path: Path
) -> None:
    text = SOUND.replace("    not_applicable: Treated in a second report.\n", ANSWERED)
    assert text.count(swap[0]) == 1
    path = tmp_path / "report.yaml"
    path.write_text(text, "utf-8")
    assert places(check(path)) == []
    path.write_text(text.replace(*swap), "utf-8")
    assert [code for code, _, _ in places(check(path))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('grounds: "Wide.\n    law: "partly"\n', ("RG114", 15, 14)),
        ("grounds: 'Wide.\n    law: 'partly'\n", ("RG114", 15, 14)),
        ("grounds: 'Wide,\n      said the court's clerk.'\n    law: partly\n", ("RG126", 16, 22)),
        ('grounds: "Wide" and vague: a risk\n', ("RG126", 15, 20)),
        ("grounds: 'Wide'\n    law: [partly\n", ("RG123", 16, 1)),
    ],
)
def test_a_quotation_mark_too_few_is_found_where_it_was_opened(text: str, wanted: Place, tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(f"{SOUND}    {text}", "utf-8")
    assert places(check(path)) == [wanted]


def test_a_source_is_not_taken_for_one_whose_identifier_is_longer(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    cited = SOUND.replace("Treated in a second report.", "'See [@one10] and [@one1].'")
    path.write_text(f"{cited}sources:\n  one10: {{kind: legislation, title: Act}}\n", "utf-8")
    assert places(check(path)) == [("RG405", 14, 40)]


# What can't be kept as a file


def too_large(folder: Path) -> Path:
    path = folder / "report.yaml"
    path.write_text(SOUND + "#" * MAX_BYTES, "utf-8")
    return path


def too_many_values(folder: Path) -> Path:
    path = folder / "report.yaml"
    path.write_text("- a\n" * MAX_NODES, "utf-8")  # with the list itself one value too many
    return path


def too_many_files(folder: Path) -> Path:
    for number in range(MAX_FILES + 1):
        (folder / f"{number}.yaml").touch()
    return folder


def link(source: Path, target: Path) -> None:
    try:
        source.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")


def link_out_of_the_folder(folder: Path) -> Path:
    inside, outside = folder / "report", folder / "outside.yaml"
    inside.mkdir()
    (inside / "report.yaml").write_text(SOUND, "utf-8")
    outside.write_text("sources: [", "utf-8")
    link(inside / "sources.yaml", outside)
    return inside


def link_to_nothing(folder: Path) -> Path:
    (folder / "report.yaml").write_text(SOUND, "utf-8")
    link(folder / "sources.yaml", folder / "gone.yaml")
    return folder


def text_too_long(folder: Path) -> Path:
    path = folder / "report.yaml"
    path.write_text(SOUND.replace("Treated in a second report.", "word " * (MAX_TEXT // 5) + "end"), "utf-8")
    return path


def part_of_a_folder(folder: Path) -> Path:
    (folder / "report.yaml").write_text(SOUND, "utf-8")
    part = folder / "answers" / "som-03.yaml"
    part.parent.mkdir()
    part.write_text("answers:\n  som-3: {law: partly}\n", "utf-8")
    return part


def with_figures(folder: Path, text: str) -> Path:
    path = folder / "report.yaml"
    path.write_text(
        SOUND.replace("Treated in a second report.", f"|-\n      Treated in a second report.\n\n{text}"), "utf-8"
    )
    return path


def image_too_large(folder: Path) -> Path:
    (folder / "map.png").write_bytes(b"\x89PNG" + bytes(MOST_BYTES))
    return with_figures(folder, "      ![A map](map.png)")


def too_many_images(folder: Path) -> Path:
    data = BytesIO()
    Image.new("1", (1, 1)).save(data, "PNG")
    for number in range(MOST_IMAGES + 1):
        (folder / f"{number}.png").write_bytes(data.getvalue())
    return with_figures(folder, "\n\n".join(f"      ![A map]({number}.png)" for number in range(MOST_IMAGES + 1)))


def logo_too_large(folder: Path) -> Path:
    (folder / "report.yaml").write_text(SOUND, "utf-8")
    (folder / "theme.yaml").write_text("theme: 1\nlogo: {file: logo.png, description: Our logo}\n", "utf-8")
    (folder / "logo.png").write_bytes(b" " * 10_000_001)
    return folder


def too_many_members(folder: Path) -> Path:
    for number in range(MOST_MEMBERS + 1):
        (folder / f"m{number}.yaml").write_text(SOUND, "utf-8")
    members = "".join(f"  - m{number}.yaml\n" for number in range(MOST_MEMBERS + 1))
    settings = SOUND.split("organisations:")[0]
    (folder / "coalition.yaml").write_text(f"{settings}members:\n{members}", "utf-8")
    return folder


def registered(folder: Path, names: str = "Orsine Talem", mode: int = 0o600) -> Path:
    """Register names beside a sound submission."""
    (folder / "report.yaml").write_text(SOUND, "utf-8")
    register = folder / "secrets.txt"
    register.write_text(names, "utf-8")
    register.chmod(mode)
    return folder


def register_others_can_read(folder: Path) -> Path:
    if os.name != "posix":
        pytest.skip("files have no modes here")
    return registered(folder, mode=0o644)


def git(folder: Path, *command: str) -> None:
    subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True)


def register_under_version_control(folder: Path) -> Path:
    registered(folder)
    git(folder, "init")
    git(folder, "add", "secrets.txt")
    return folder


def register_not_ignored(folder: Path) -> Path:
    registered(folder)
    git(folder, "init")
    return folder


MADE: Final[dict[str, tuple[Callable[[Path], Path], list[Place]]]] = {
    "RG101": (too_large, [("RG101", 1, 1)]),
    "RG109": (too_many_values, [("RG109", MAX_NODES, 3)]),
    "RG129": (too_many_files, [("RG129", 1, 1)]),
    "RG130": (link_out_of_the_folder, [("RG130", 1, 1)]),
    "RG131": (link_to_nothing, [("RG131", 1, 1)]),
    "RG135": (part_of_a_folder, [("RG135", 1, 1)]),
    "RG211": (text_too_long, [("RG211", 14, 21), ("RG401", 13, 3)]),
    "RG613": (image_too_large, [("RG613", 17, 16)]),
    "RG617": (too_many_images, [("RG617", 217, 16)]),
    "RG717": (logo_too_large, [("RG717", 2, 14)]),
    "RG804": (too_many_members, [("RG804", 511, 5)]),
    "RG901": (register_others_can_read, [("RG901", 0, 1)]),
    "RG902": (register_under_version_control, [("RG902", 0, 1)]),
    "RG903": (register_not_ignored, [("RG903", 0, 1)]),
    "RG904": (lambda folder: registered(folder, "Orsine\n" * (MOST_LINES + 1)), [("RG904", 0, 1)]),
    "RG905": (lambda folder: registered(folder, "# who spoke\nOrsine Talem\nO."), [("RG905", 3, 1)]),
    "RG965": (lambda folder: registered(folder, "# Orsine Talem"), [("RG965", 0, 1)]),
    "RG969": (lambda folder: registered(folder, "Orsine Talem\nMarenne, Zeph"), [("RG969", 2, 1)]),
}


@pytest.mark.parametrize("code", MADE)
def test_what_is_too_large_or_elsewhere_is_refused(code: str, tmp_path: Path) -> None:
    make, wanted = MADE[code]
    checked = check(make(tmp_path))
    assert places(checked) == wanted
    assert told(checked)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert places(check(tmp_path / "gone.yaml")) == [("RG131", 1, 1)]


def test_what_is_just_within_the_limits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(SOUND + "#" * (MAX_BYTES - len(SOUND)), "utf-8")
    assert places(check(path)) == []
    path.write_text("- a\n" * (MAX_NODES - 1), "utf-8")
    assert places(check(path)) == [("RG108", 1, 1)]
    path.write_text(SOUND.replace("Treated in a second report.", "word " * (MAX_TEXT // 5)), "utf-8")
    assert places(check(path)) == []


# Codes and cases


def reported() -> set[str]:
    """Return every code about the input that the sources report."""
    sources = [path for path in (ROOT / "reportgen").rglob("*.py") if path.parent.name != "diagnostics"]
    return {code for path in sources for code in re.findall(rf'"({OF_INPUT})"', path.read_text("utf-8"))}


def test_every_code_that_is_reported_has_a_case_and_every_case_is_reported() -> None:
    assert {case[:5] for case in CASES} | set(MADE) == reported()


def test_every_code_that_is_declared_is_reported() -> None:
    assert {code for code in CODES if re.fullmatch(OF_INPUT, code)} == reported()


# What people see


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_in_every_form_and_language_without_a_hole(case: str) -> None:
    checked = check(BROKEN / case)
    assert case[:5] in told(checked)
    for language in ("en", "fr"):
        for item in checked.found:
            words = tell(item, translations(language).gettext)
            assert words.remedy
            assert not re.search(r"“”|«\s*»|\{[a-z_]+\}", f"{words.message} {words.remedy}")


@pytest.mark.parametrize(
    ("case", "code", "strict"),
    [
        ("RG102-utf-16.yaml", 1, 1),
        ("RG112-colon-in-text.yaml", 1, 1),
        ("RG127-same-answer-twice", 1, 1),
        ("RG200-no-title.yaml", 1, 1),
        ("RG301-unknown-article.yaml", 1, 1),
        ("RG405-unknown-source.yaml", 1, 1),
        ("RG402-silent-question.yaml", 0, 3),
        ("RG501-no-french.yaml", 0, 3),
        ("RG418-only-the-kind.yaml", 0, 0),
    ],
)
def test_the_command_shows_place_and_code_and_ends_with_the_right_number(
    case: str, code: int, strict: int, expected: dict[str, list[Place]]
) -> None:
    done = reportgen("check", f"sample_inputs/broken/{case}")
    file = case if case.endswith(".yaml") else f"{case}/som-3.yaml"
    for found, line, column in expected[case]:
        assert re.search(rf"^sample_inputs/broken/{file}:{line}:{column} \w+ {found}$", done.stdout, re.MULTILINE)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr
    assert reportgen("check", "--strict", f"sample_inputs/broken/{case}").returncode == strict


# What is confidential

INTERVIEW: Final = [
    "s1: {kind: interview, title: CANARY, date: 3/5/2023}",
    "s1: {kind: interview, title: CANARY, tilte: CANARY}",
    "s1: {kind: interveiw, title: CANARY}",
    "s1: {kind: Testimony, title: CANARY, url: CANARY}",
    "s1: {kind: ngo_report, level: memebrs, title: CANARY}",
    "s1: {kind: ngo_report, level: members, title: CANARY, language: CANARY}",
    "s1: {title: CANARY}",
    "s1: {kind: interview, title: [CANARY]}",
    "s1: {kind: interview, title: CANARY, date: 2023-11-05, accessed: 2023-11-04, author: '[@CANARY]'}",
    "s1: {kind: interview, title: CANARY, author: 'CANARY <b>and</b> [^CANARY] ![CANARY](CANARY) [CANARY](CANARY)'}",
    "s1: {kind: interview, title: CANARY: a nurse}",
    's1: {kind: interview, title: "CANARY, a nurse}',
    "s1: {kind: interview, title: 'CANARY's nurse'}",
    "s1: {kind: interview, title: CANARY, case #12}",
    "s1: {kind: interview, title: *CANARY}",
    "s1: {kind: interview, title: CANARY, title: CANARY}",
    "s1:\n    kind: interview\n    title:\n      CANARY said: nothing",
    "s1:\n    kind: interview\n    title: A nurse\n    CANARY said: nothing",
    "s1:\n    kind: interview\n    title: >-\n      A nurse,\n      called CANARY [@nobody], [^none]",
    's1:\n    kind: interview\n    title: "A nurse,\n      called CANARY [@nobody]"',
    "s1:\n    kind: interview\n    title: A nurse,\n      called CANARY [@nobody]",
    "s1:\n    kind: interview\n    title: |-\n      A nurse,\n\n      called CANARY ![CANARY](CANARY)",
    "s1: CANARY, a nurse",
    "s1:\n    - CANARY, a nurse",
    "- {kind: interview, title: CANARY, date: 3/5/2023}",
    "CANARY, a nurse",
]


@pytest.mark.parametrize("source", INTERVIEW)
def test_no_form_of_output_shows_what_a_confidential_source_says(source: str, tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(f"{SOUND}sources:\n  {source}\n", "utf-8")
    checked = check(path)
    assert any(item.span and item.span.line > SOUND.count("\n") for item in checked.found)
    words = told(checked)
    assert "CANARY" not in words
    assert "2023-11" not in words


@pytest.mark.parametrize(
    "part",
    [
        "organisations:\n  org: {name: CANARY, named: no, founded: CANARY}",
        "organisations:\n  org: {name: CANARY, named: perhaps}",
        "statistics:\n  s: {title: CANARY, unit: persons, level: members, values: {2023: CANARY}}",
        "answers:\n  som-3:\n    findings:\n      - {kind: CANARY, text: CANARY, level: confidential}",
        "answers:\n  som-3:\n    findings:\n      - kind: case\n        text: A nurse\n          called CANARY [@CANARY]\n        level: x",
        "answers:\n  som-3:\n    questions:\n      som-3.benefit: {answer: 'CANARY [@CANARY]', level: confidential}",
    ],
)
def test_no_form_of_output_shows_other_parts_that_are_not_public(part: str, tmp_path: Path) -> None:
    head = SOUND[: SOUND.index("organisations:")]
    path = tmp_path / "report.yaml"
    path.write_text(f"{head}{part}\n", "utf-8")
    checked = check(path)
    assert {code for code, _, _ in places(checked)} & {"RG215", "RG216", "RG214", "RG218", "RG405"}
    assert "CANARY" not in told(checked)


def test_what_is_public_is_shown(tmp_path: Path) -> None:
    """The tests above would find a canary if there were one."""
    path = tmp_path / "report.yaml"
    path.write_text(
        f"{SOUND}sources:\n  s1: {{kind: interview, level: public, title: CANARY, date: CANARY}}\n", "utf-8"
    )
    checked = check(path)
    for form in (to_json(checked.found, str), to_github(checked.found, str), to_html(checked.found, {}, str)):
        assert "“CANARY” is not a date" in form
    assert "title: CANARY" in to_text(checked.found, checked.reading.texts, str, lambda text, _: text)


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_the_command_does_not_show_it_either(form: str, tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(f"{SOUND}sources:\n  {INTERVIEW[0]}\n", "utf-8")
    done = reportgen("check", "--all", "--format", form, str(path))
    assert done.returncode == 1
    assert "RG212" in done.stdout
    assert "CANARY" not in done.stdout + done.stderr
