"""What a bundle holds: all that its audience may have, nothing else, and the same each time."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reportgen.bundle.fault import BundleFault
from reportgen.bundle.make import written as as_files
from reportgen.coalition.build import keys, scalar
from reportgen.diagnostics import Span
from reportgen.languages.pairs import Freshness, fingerprint
from reportgen.publication.audience import Audience
from reportgen.submission.reading import read_bundled
from reportgen.submission.yaml_reader import MAX_BYTES
from tests.bundle.bundles import bundle_of, files_of, lay, published, sound
from tests.canaries import Secretive, secretive
from tests.samples import FIRST, ROOT, SOLO, write
from tests.submissions import submissions
from tests.thorough import tried

AUDIENCES = st.sampled_from(list(Audience))
MANY = settings(
    deadline=None, database=None, derandomize=True, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that many made-up submissions take turns in."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def written(folder: Path, text: str) -> Path:
    """Write a submission as the only one in ``folder``."""
    path = folder / "judge-marenne.yaml"
    path.write_text(text, "utf-8")
    return path


def same_for_readers(folder: Path, text: str, audience: Audience) -> None:
    """The bundle reads back without error, tells its readers the same, and is its own bundle."""
    ours = sound(written(folder, text), audience)
    files = files_of(ours, audience)
    theirs = sound(lay(Path(tempfile.mkdtemp(dir=folder)), files), audience)
    assert published(theirs, audience) == published(ours, audience)
    assert files_of(theirs, audience) == files
    assert bundle_of(ours, audience) == bundle_of(theirs, audience)


@settings(MANY, max_examples=tried(15, 25))
@given(submissions(), AUDIENCES)
def test_readers_get_the_same(folder: Path, text: str, audience: Audience) -> None:
    """Made-up submissions with all that Markdown offers, and nothing to hide."""
    same_for_readers(folder, text, audience)


@settings(MANY, max_examples=tried(25, 40))
@given(secretive(), AUDIENCES)
def test_readers_get_the_same_of_what_is_left(folder: Path, made: Secretive, audience: Audience) -> None:
    """Made-up submissions of which much is kept back."""
    same_for_readers(folder, made.yaml, audience)


@settings(MANY, max_examples=tried(50, 80))
@given(secretive(), AUDIENCES)
def test_no_canary_is_in_a_bundle(folder: Path, made: Secretive, audience: Audience) -> None:
    """Nothing confidential, no comment, no name of a file or an identifier: packed or unpacked, whatever the case."""
    data = bundle_of(written(folder, made.yaml), audience)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        everything = b"\n".join([data, *(archive.read(name) for name in archive.namelist())]).lower()
    for word in [*made.hidden(audience.value), "marenne"]:
        assert word.lower().encode() not in everything
    assert str(folder).encode() not in everything


def test_the_search_would_find_a_canary(folder: Path) -> None:
    """Control of the test above: a word that everybody may read is found in what is unpacked."""
    path = written(folder, FIRST.read_text("utf-8"))
    assert b"Solvania" in files_of(path)["submission.yaml"]


@pytest.mark.parametrize("path", [SOLO, ROOT / "sample_inputs" / "coalition"], ids=lambda path: path.name)
def test_the_samples_are_the_same_for_readers(tmp_path: Path, path: Path) -> None:
    """A real report's size; and a joint one, with those who stand behind each part and those who differ."""
    ours = sound(path)
    files = files_of(ours)
    theirs = sound(lay(tmp_path, files))
    assert published(theirs, Audience.MEMBERS) == published(ours, Audience.MEMBERS)
    assert files_of(theirs) == files


def tree_of(text: str) -> Any:
    """Return what YAML makes of a bundle, every value as text; how it is laid out does not matter."""
    return yaml.load(text, yaml.BaseLoader)


def text_of(tmp_path: Path, answer: str = "", rest: str = "", audience: Audience = Audience.MEMBERS) -> str:
    """Return the YAML of the bundle of a small submission."""
    return files_of(write(tmp_path, answer, rest), audience)["submission.yaml"].decode()


def test_a_withheld_source_is_its_kind_and_its_description(tmp_path: Path) -> None:
    """No title, no author, no identifier, no place within it, no day on which somebody agreed."""
    rest = (
        "  int_judge: {kind: testimony, title: CANARY, date: 2023-05-17, consent: {internal: no, public: 2023-05-17}}"
    )
    text = text_of(tmp_path, "grounds: As we heard [@int_judge, p. 99] [@s2; @s1, p. 7].", rest)
    assert not re.search("CANARY|judge|99|2023-05", text)
    assert {"public": "recorded"} in [source.get("consent") for source in tree_of(text)["sources"].values()]
    assert text.count("level: confidential") == 2
    assert ", p. 7]" in text


@pytest.mark.parametrize(("precision", "date"), [("day", "2023-05-17"), ("month", "2023-05"), ("year", "2023")])
def test_dates_and_places_are_as_coarse_as_in_the_report(tmp_path: Path, precision: str, date: str) -> None:
    """Of what a person said, also where members may know the person; a law keeps its date."""
    rest = f"""\
  told: {{kind: interview, title: A clerk, date: 2023-05-17, accessed: 2023-05-17, location: Sarel, region: The coast,
         level: members}}
  law: {{kind: legislation, title: An act, date: 2001-02-03}}
protection: {{dates: {precision}, places: {"exact" if precision == "day" else "region"}}}"""
    text = text_of(tmp_path, "grounds: As we heard [@told] and read [@law].", rest)
    sources = tree_of(text)["sources"].values()
    assert {source["date"] for source in sources} == {date, "2001-02-03"}
    assert [source["accessed"] for source in sources if "accessed" in source] == [date]
    assert ("Sarel" in text) is (precision == "day")
    assert "region: The coast" in text


def test_two_that_look_alike_stay_two(tmp_path: Path) -> None:
    """Persons who are described in the same words are numbered as the text meets them, not as the file lists them."""
    rest = "\n".join(f"  {key}: {{kind: interview, title: {key}, described_as: A clerk}}" for key in ("ana", "ben"))
    text = text_of(tmp_path, "grounds: First [@ben], then [@ana], then [@ben].", rest)
    one, two, three = re.findall(r"\[@(s-[\w-]+)\]", text)
    assert (f"{one}-2", one) == (two, three)


def test_a_source_that_only_cut_parts_cite_is_not_there(tmp_path: Path) -> None:
    """Not even that there was one."""
    text = text_of(tmp_path, "findings:\n  - {kind: case, text: Heard, sources: [s2], level: confidential}")
    assert "interview" not in text
    assert "findings" not in text


def test_small_counts_stay_small(tmp_path: Path) -> None:
    """A count that the report does not tell the bundle does not hold; large ones and others' are as they were."""
    rest = """\
statistics:
  judge_marenne:
    title: Cases
    unit: persons
    sources: [s2]
    series:
      told_by_ana: {label: Told, values: {2021: 3, 2022: 77, 2023: 0, 2024: }}
    voices:
      - {about: told_by_ana 2021, value: 2, by: [org]}
      - {about: Told 2022, value: 78, by: [org]}
  open: {title: Others, unit: persons, sources: [s1], values: {2021: 3}}"""
    path = write(tmp_path, rest=rest)
    text = files_of(path)["submission.yaml"].decode()
    own, open_ = tree_of(text)["statistics"].values()
    assert own["series"]["line-1"]["values"] == {"2021": "<5", "2022": "77", "2023": "0", "2024": ""}
    assert [(voice["about"], voice["value"]) for voice in own["voices"]] == [
        ("line-1 2021", "<5"),
        ("line-1 2022", "78"),
    ]
    assert open_["values"] == {"2021": "3"}
    assert not re.search("marenne|ana", text)
    same_for_readers(tmp_path, path.read_text("utf-8"), Audience.MEMBERS)


def test_translations_stay_as_fresh_as_they_were(tmp_path: Path) -> None:
    """Although citations are renamed; and no fingerprint of words that are gone is left to test a guess with."""
    mark = fingerprint("Because [@s1].")
    fresh, stale = (
        f"{{en: 'Because [@s1].', fr: Car., made_from: {mark}}}",
        "{en: So., fr: Ainsi., made_from: 12345678}",
    )
    text = text_of(tmp_path, f"grounds: {fresh}\nstate_position: {stale}")
    read = read_bundled({"submission.yaml": text.encode()}).submission
    assert read
    answer = read.answers["untoc-5"]
    assert answer.grounds
    assert answer.state_position
    assert answer.grounds.freshness("fr") is Freshness.FRESH
    assert answer.state_position.freshness("fr") is Freshness.STALE
    assert "12345678" not in text
    assert mark not in text


def test_an_organisation_that_is_not_named_is_its_description(tmp_path: Path) -> None:
    """Its name, what it does, its acronym among the acronyms, its identifier in lists of who stands behind what: none."""
    rest = """\
  s3: {kind: media, title: News, date: 2023}
acronyms: {CNR: CANARY}
organisations:
  org: {name: Centre}
  canary: {name: CANARY, acronym: CNR, mandate: CANARY, named: no, described_as: A shelter}"""
    source = write(tmp_path, "grounds: Because [@s1].\nby: [canary]", rest)
    source.write_text(re.sub(r"organisations:\n  org: .*Centre\}\}\n", "", source.read_text("utf-8"), count=1), "utf-8")
    text = files_of(source)["submission.yaml"].decode()
    assert not re.search("canary|CNR", text, re.IGNORECASE)
    tree = tree_of(text)
    (name,) = tree["answers"]["untoc-5"]["by"]
    assert tree["organisations"][name] == {"name": name.upper(), "named": "no", "described_as": "A shelter"}


def test_the_order_of_lists_tells_nothing(tmp_path: Path) -> None:
    """Sources stand in the order of their new names, and those behind a part in the order of the organisations."""
    many = [f"  x{number}: {{kind: media, title: Paper {number}, date: 2023}}" for number in range(9)]
    rest = "\n".join([*many, "organisations:", "  beta: {name: Beta}", "  alpha: {name: Alpha}"])
    cites = " ".join(f"[@x{number}]" for number in range(9))
    source = write(tmp_path, f"grounds: Because {cites}.\nby: [beta, alpha]", rest)
    source.write_text(re.sub(r"organisations:\n  org: .*\}\}\n", "", source.read_text("utf-8"), count=1), "utf-8")
    tree = tree_of(files_of(source)["submission.yaml"].decode())
    assert list(tree["sources"]) == sorted(tree["sources"])
    assert [organisation["name"] for organisation in tree["organisations"].values()] == ["Alpha", "Beta"]
    assert tree["answers"]["untoc-5"]["by"] == list(tree["organisations"])


def test_comments_keys_and_spellings_of_the_author_are_gone(tmp_path: Path) -> None:
    """What is written is made from the model: numbers, words and flags in one spelling."""
    text = text_of(tmp_path, "grounds: Because [@s1].   # CANARY\nstate_answer: In-Part", "# CANARY")
    assert "CANARY" not in text
    assert "state_answer: in_part" in text


def test_what_is_too_large_for_one_file_is_several(tmp_path: Path) -> None:
    """They read back as one, in the same order, and are the same when bundled again."""
    source = tmp_path / "inputs"
    source.mkdir()
    text = write(source).read_text("utf-8")
    (source / "submission.yaml").write_text(text.replace("  scope: [untoc-5]\n", ""), "utf-8")
    reason = "Because of this and that. " * 2_000
    for number in (2, 6, 8, 9, 10, 15):
        findings = "".join(f"      - {{kind: case, text: {reason} {index}}}\n" for index in range(4))
        (source / f"{number}.yaml").write_text(f"answers:\n  untoc-{number}:\n    findings:\n{findings}", "utf-8")
    files = files_of(source)
    assert list(files) == ["submission-01.yaml", "submission-02.yaml"]
    assert max(map(len, files.values())) < MAX_BYTES
    home = lay(tmp_path / "bundle", files)
    assert published(home, Audience.MEMBERS) == published(source, Audience.MEMBERS)
    assert files_of(home) == files


def test_an_entry_that_no_file_can_hold_is_told() -> None:
    """The message says what can be done, and nothing is written."""
    at = Span("merged.yaml")
    long = {str(number): scalar("word " * 10_000, at) for number in range(24)}
    with pytest.raises(BundleFault) as told:
        as_files(keys(at, {"answers": keys(at, {"untoc-5": keys(at, dict(long))})}))
    assert told.value.found.code == "RG927"
