"""The commands as their users run them: real processes, real files, exit codes, both languages, no traceback."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import FIRST, SOLO, write

COMMANDS = ["new", "check", "build", "merge", "bundle", "unbundle", "identity", "key", "status", "schema", "articles"]


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in {"LANG", "LC_ALL", "LC_MESSAGES", "REPORTGEN_LANG"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(FIRST.parent.parent), **environment},
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_teaches_with_examples(command: list[str]) -> None:
    """Each help shows how the command is typed, in both languages."""
    english, french = run(*command, "--help"), run("--lang", "fr", *command, "--help")
    assert english.returncode == french.returncode == 0
    assert "reportgen" in english.stdout
    assert re.search(r"Example|first report", english.stdout)
    assert re.search(r"Exemple|premier rapport", french.stdout)
    assert english.stdout != french.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["articles"], ["check", str(FIRST)], ["status", str(FIRST)]])
def test_light_commands_import_nothing_heavy(arguments: list[str]) -> None:
    """What an officer runs all day does not wait for the renderer."""
    script = (
        "import sys\nfrom reportgen.cli.entry import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'weasyprint', 'pydyf', 'markdown', 'jinja2'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=FIRST.parent.parent, check=True
    )
    assert done.stderr.strip().endswith("[]")


def test_an_interruption_while_the_program_is_loaded_shows_nothing() -> None:
    """Ctrl-C in the first tenth of a second ends with 130, as later, and without a traceback."""
    script = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from reportgen.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_wrong_usage_is_told_with_what_was_meant() -> None:
    """Exit 2, a suggestion, in the user's language."""
    done = run("chek", FIRST)
    assert done.returncode == 2
    assert "check" in done.stderr
    french = run("--lang", "fr", "build", FIRST, "--langage", "fr")
    assert french.returncode == 2
    assert "n’existe pas" in french.stderr
    assert run("check", "no-such-file.yaml").returncode == 2


def test_the_first_journey(tmp_path: Path) -> None:
    """new → check → fill in → check → build: a report in two languages, from nothing."""
    made = run("new", "report", "--state", "Kenya", "--cluster", "1", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "report"
    assert len(list((folder / "answers").iterdir())) == 16
    skeleton = run("check", "report", cwd=tmp_path)
    assert skeleton.returncode == 0, skeleton.stdout
    assert "RG401" in skeleton.stdout
    assert run("check", "report", "--strict", cwd=tmp_path).returncode == 3

    answer = folder / "answers" / "untoc-05.yaml"
    text = answer.read_text("utf-8")
    text = text.replace("law: not_rated", "law: partly", 1).replace(
        "    grounds:\n      en:\n      fr:\n", "    grounds:\n      en: Because.\n      fr: Parce que.\n", 1
    )
    answer.write_text(text, "utf-8")
    checked = json.loads(run("check", "report", "--format", "json", cwd=tmp_path).stdout)
    silent = {record["message"] for record in checked if record["code"] == "RG401"}
    assert len(silent) == 15
    assert not any("untoc-5 " in message for message in silent)

    built = run("build", "report", "--format", "html", cwd=tmp_path)
    assert built.returncode == 0, built.stdout + built.stderr
    names = sorted(path.name for path in (tmp_path / "output").iterdir())
    assert names == ["ke-cluster1-parallel-report.en.html", "ke-cluster1-parallel-report.fr.html"]
    french = (tmp_path / "output" / names[1]).read_text("utf-8")
    assert "au Kenya" in french
    assert "Parce que." in french
    again = run("new", "report", "--state", "KE", cwd=tmp_path)
    assert again.returncode == 2
    assert answer.read_text("utf-8") == text, "nothing that exists is overwritten"


@pytest.mark.parametrize(("name", "message"), [("Kenia", "Kenya"), ("Frnce", "France"), ("Atlantis", "no State")])
def test_new_knows_its_states(tmp_path: Path, name: str, message: str) -> None:
    """A misspelt State is suggested, not guessed."""
    done = run("new", tmp_path / "x", "--state", name)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "x").exists()


def test_new_in_french(tmp_path: Path) -> None:
    """The first language decides the comments and the language of plain strings."""
    assert run("new", tmp_path / "r", "--state", "Côte d’Ivoire", "--languages", "fr,en").returncode == 0
    text = (tmp_path / "r" / "report.yaml").read_text("utf-8")
    assert "language: fr" in text
    assert "en Côte d’Ivoire" in text
    assert run("check", tmp_path / "r").returncode == 0


def test_build_prints_the_digest_of_what_it_wrote(tmp_path: Path) -> None:
    """Anyone can compare what was published with what was built."""
    done = run("build", FIRST, "-o", tmp_path)
    assert done.returncode == 0
    for path in tmp_path.iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() in done.stdout
    assert {path.suffix for path in tmp_path.iterdir()} == {".pdf", ".html"}


def test_a_build_says_what_is_the_same_as_before(tmp_path: Path) -> None:
    """After an edit in one language the file in the other stays as it is."""
    source = write(tmp_path, "grounds: {en: Fine., fr: Bien.}")

    def unchanged(language: str = "en") -> list[bool]:
        lines = run("--lang", language, "build", source, "-o", tmp_path / "out", "--format", "html").stdout.splitlines()
        return ["unchanged" in line or "inchangé" in line for line in lines if line.startswith("✓")]

    assert unchanged() == [False, False]

    def states() -> list[tuple[int, int]]:
        return [(path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted((tmp_path / "out").iterdir())]

    before = states()
    assert unchanged("fr") == [True, True]
    assert states() == before, "a file that is the same was written again"
    source.write_text(source.read_text("utf-8").replace("Bien.", "Rien."), "utf-8")
    assert unchanged() == [True, False]
    english = next((tmp_path / "out").glob("*.en.html"))
    english.rename(tmp_path / "elsewhere.html")
    english.symlink_to(tmp_path / "elsewhere.html")
    assert unchanged() == [False, True]
    assert not english.is_symlink()


def test_a_failed_build_destroys_nothing(tmp_path: Path) -> None:
    """Exit 1, the reason, and the earlier report as it was."""
    source = write(tmp_path)
    output = tmp_path / "out"
    assert run("build", source, "-o", output, "--format", "html").returncode == 0
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    source.write_text(source.read_text("utf-8").replace("law: partly", "law: partial"), "utf-8")
    failed = run("build", source, "-o", output, "--format", "html")
    assert failed.returncode == 1
    assert "RG218" in failed.stdout
    assert "partly" in failed.stdout
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before


def test_a_name_found_too_late_is_said_to_be_in_older_files(tmp_path: Path) -> None:
    """They are unchanged, which is no comfort: who registers a name must know that what was built before may hold it."""
    source = write(tmp_path, "grounds: Seen by Orsine Talem.")
    out = tmp_path / "out"
    asked = ("--lang", "en", "build", source, "-o", out, "--format", "html")
    (tmp_path / "secrets.txt").write_text("Orsine Talem\n", "utf-8")
    assert "delete them and every copy" not in run(*asked).stdout
    (tmp_path / "secrets.txt").unlink()
    assert run(*asked).returncode == 0
    (tmp_path / "secrets.txt").write_text("Orsine Talem\n", "utf-8")
    refused = run(*asked)
    assert refused.returncode == 1
    assert f"The files in {out} are from before and may hold such a name" in refused.stdout
    assert "Talem" not in refused.stdout


def test_final_refuses_gaps(tmp_path: Path) -> None:
    """A draft may have gaps, a final report may not; the sample has none."""
    source = write(tmp_path, "grounds: Only in English.")
    assert run("build", source, "-o", tmp_path / "a", "--format", "html").returncode == 0
    final = run("build", source, "-o", tmp_path / "b", "--format", "html", "--final")
    assert final.returncode == 1
    assert "RG501" in final.stdout
    assert not (tmp_path / "b").exists()
    assert run("build", SOLO, "-o", tmp_path / "c", "--format", "html", "--final").returncode == 0
    text = (tmp_path / "c" / "xsl-cluster1-parallel-report.en.html").read_text("utf-8")
    assert "This is a draft" not in text
    assert "This is a draft" in next((tmp_path / "a").glob("*.en.html")).read_text("utf-8")


def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    """Exit 5 and a sentence, where the output can't be written."""
    (tmp_path / "taken").write_text("a file, not a folder")
    done = run("build", FIRST, "-o", tmp_path / "taken" / "inside", "--format", "html")
    assert done.returncode == 5
    assert "RG703" in done.stdout


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    """By its name, in our words; the other files stay as they were."""
    (tmp_path / "xsl-cluster1-parallel-report.en.html" / "x").mkdir(parents=True)
    done = run("build", FIRST, "-o", tmp_path, "--format", "html")
    assert done.returncode == 5
    told = " ".join(done.stdout.split())
    assert "parallel-report.en.html could not be written: a folder stands where the file should be." in told
    assert "Nothing was written; earlier files are unchanged." in told
    assert [path.name for path in tmp_path.iterdir()] == ["xsl-cluster1-parallel-report.en.html"]


def test_status_shows_coverage_translation_sources_and_calendar() -> None:
    """Everything an editor asks for on one screen."""
    for language, words in (
        ("en", ["Coverage", "Translation", "Sources", "Calendar", "November 2021", "1 May 2022"]),
        ("fr", ["Couverture", "Traduction", "Sources", "novembre 2021"]),
    ):
        shown = run("status", SOLO, REPORTGEN_LANG=language).stdout.replace("\u00a0", " ")
        for word in words:
            assert word in shown, word


def test_status_gives_the_fingerprint_to_write(tmp_path: Path) -> None:
    """What ``made_from`` must hold can be copied; once it is written a changed original makes the translation stale."""
    source = write(tmp_path, "grounds: {en: Because., fr: Parce que.}")
    shown = run("status", source, "--fingerprints").stdout
    mark = next(line.split()[-1] for line in shown.splitlines() if "grounds" in line)
    text = source.read_text("utf-8").replace("fr: Parce que.", f"fr: Parce que., made_from: {mark}")
    source.write_text(text, "utf-8")
    assert "RG502" not in run("check", source).stdout
    source.write_text(text.replace("Because.", "Because of this."), "utf-8")
    assert "RG502" in run("check", source).stdout


def test_articles_lists_the_cluster() -> None:
    """Cluster 1 is complete; of the others it is said that they are not verified."""
    one = run("articles", "--cluster", "1", "--questions").stdout
    for key in ("untoc-2", "untoc-23", "tip-5", "som-6", "firearms-8", "untoc-5.charges"):
        assert key in one
    assert "Not verified" not in one
    assert "Not verified" in run("articles", "--cluster", "3").stdout


def test_schema_is_what_the_reader_reads(tmp_path: Path) -> None:
    """The JSON Schema is valid JSON, names every part, and is the file that ``new`` puts beside the submission."""
    printed = run("schema").stdout
    schema = json.loads(printed)
    assert {"Submission", "Answer", "Finding", "Source", "Statistic", "text"} <= set(schema["$defs"])
    assert schema["$defs"]["Finding"]["required"] == ["kind", "text"]
    assert schema["$defs"]["Answer"]["properties"]["law"]["anyOf"][0]["enum"] == [
        "full",
        "largely",
        "partly",
        "none",
        "unknown",
        "not_rated",
    ]
    run("new", tmp_path / "r", "--state", "KE")
    assert (tmp_path / "r" / "reportgen.schema.json").read_text("utf-8") == printed


def test_github_annotations(tmp_path: Path) -> None:
    """One line a problem, which GitHub shows beside the text."""
    source = write(tmp_path, "lew: full")
    shown = run("check", source, "--format", "github")
    assert shown.returncode == 1
    assert re.search(
        r"^::error file=.*submission\.yaml,line=15,col=5,endColumn=8,title=RG201::", shown.stdout, re.MULTILINE
    )


def test_a_fault_of_the_program_shows_nothing_of_the_input(tmp_path: Path) -> None:
    """Exit 70, no traceback, no text of the submission."""
    source = write(tmp_path, "grounds: CANARY")
    script = (
        "import reportgen.pipeline as p\n"
        "def broken(path):\n    raise RuntimeError('CANARY ' + path.read_text())\n"
        "p.check = broken\nfrom reportgen.cli.entry import main\n"
        f"main(['check', {str(source)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=FIRST.parent.parent, check=False
    )
    assert done.returncode == 70
    assert "RG799" in done.stderr
    assert "CANARY" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell: str) -> None:
    """The three shells get a script; States complete by name."""
    assert "reportgen" in run(_REPORTGEN_COMPLETE=f"{shell}_source").stdout
    shown = run(_REPORTGEN_COMPLETE="bash_complete", COMP_WORDS="reportgen new x --state Ken", COMP_CWORD="4").stdout
    assert "KE" in shown
