"""Pictures, themes and names that attack what opens them: only what lies in the folder is read, and only as what it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reportgen.press import run as press
from reportgen.press.job import Limits
from reportgen.theme.model import Template
from tests.hostile.corpus import CANARY
from tests.hostile.corpus.assets import cases
from tests.hostile.corpus.yaml_files import with_text
from tests.hostile.world import Said, World, build_run, check_runs, harmless
from tests.press.test_run import job
from tests.samples import ROOT

CASES = list(cases())
FOR_GOOD = {"RG402", "RG424", "RG425"}
"""What the small submission lacks in any case."""


@pytest.fixture(scope="module", autouse=True)
def canaries(world: World) -> None:
    """Files outside that are well formed, so that whoever opens one would get on with it."""
    words = PngInfo()
    words.add_text("Comment", CANARY)
    Image.new("RGB", (40, 30)).save(world.outside / "canary.png", pnginfo=words)
    (world.outside / "canary.yaml").write_text(f"sources: {{s1: {{kind: legislation, title: {CANARY}}}}}\n")
    (world.outside / "canary.css").write_text(f"p::before {{ content: '{CANARY}' }}")
    (world.outside / "canary.html.j2").write_text(CANARY)
    (world.outside / "theme.yaml").write_text(f"theme: 1\ncss: {CANARY}.css\n")
    world.watch_outside()


def write(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "report.yaml").write_text(with_text(text), "utf-8")


@pytest.mark.parametrize(("code", "path", "make"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_picture_is_refused_or_shown(
    code: str, path: str, make: Callable[[Path], None], world: World
) -> None:
    """The check finds it, or the build does where a picture has to be decoded for that; else its copy is shown."""
    with world.case() as folder:
        write(folder / "a", f"Text.\n\n![a map]({path.replace('{port}', str(world.port))})\n\nText.")
        make(folder / "a")
        tried = world.run(
            folder, [*check_runs("in/a/report.yaml")[:3], build_run("in/a/report.yaml", "--format", "html")]
        )
    checked, built = tried.said[0], tried.said[-1]
    assert set(checked.found) - FOR_GOOD in ({code} - {""}, set())
    assert built.code == (1 if code else 0)
    assert code in built.found or not code
    assert bool(tried.made) is not bool(code)


def test_there_are_enough_of_them() -> None:
    """A corpus that shrinks shows less."""
    assert len(CASES) > 80


CSS = {
    "import": "@import '../outside/canary.css';", "import_address": "@import url(http://127.0.0.1:{port}/x.css);", "import_file": "@import url(file:///etc/passwd);",
    "font": "@font-face { font-family: x; src: url(../outside/canary.png) }", "font_local": "@font-face { font-family: x; src: local(Arial) }",
    "background": "p { background: url(http://127.0.0.1:{port}/x.png) }", "content": "p::before { content: url(/etc/passwd) }", "set": "p { background: image-set('x.png' 1x) }",
    "escaped": "p { background: u\\72l(http://127.0.0.1:{port}/x) }", "variable": "p { --a: 'http://127.0.0.1:{port}/x'; background: image(var(--a)) }",
    "closing": "</style><script>alert(1)</script>", "page": "@page { background: url(//127.0.0.1:{port}/x) }",
}  # fmt: skip
TEMPLATES = {
    "include": "{% include '../../outside/canary.html.j2' %}", "include_absolute": "{% include '/etc/passwd' %}", "import": "{% import 'os' as os %}",
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}", "globals": "{{ cycler.__init__.__globals__.os.popen('touch ../out/owned').read() }}",
    "self": "{{ self._TemplateReference__context.environment }}", "attr": "{{ ''|attr('__class__') }}", "format": "{{ '{0.__class__}'.format('') }}",
    "endless": "{{ 'x' * 10**10 }}", "range": "{% for a in range(10**10) %}x{% endfor %}", "recursion": "{% include 'blocks/opening.html.j2' %}",
    "script": "<script>alert(1)</script>", "picture": "<img src=http://127.0.0.1:{port}/x.png>", "file": "<img src=file:///etc/passwd>",
    "style": "<p style='background: url(http://127.0.0.1:{port}/x)'>", "attachment": "<link rel=attachment href=file:///etc/passwd>", "object": "<object data=/etc/passwd>",
    "handler": "<p onclick=alert(1)>", "undefined": "{{ nothing.at_all }}", "broken": "{% for %}", "change": "{{ document.chapters.append(1) }}",
}  # fmt: skip


@pytest.mark.parametrize("css", CSS.values(), ids=CSS)
def test_a_style_sheet_loads_nothing(css: str, world: World) -> None:
    """A theme that lies in the folder is used without being asked for; what it would load is told at its place."""
    with world.case() as folder:
        write(folder, "Text.")
        (folder / "theme.yaml").write_text("theme: 1\ncss: look.css\n")
        (folder / "look.css").write_text(css.replace("{port}", str(world.port)))
        tried = world.run(folder, [*check_runs("in")[:2], build_run("in", "--format", "html")])
    assert tried.said[0].code == 1
    assert {"RG722", "RG723"} & set(tried.said[0].found)
    assert not tried.made


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reaches_nothing(name: str, world: World) -> None:
    """Templates of others, which have to be asked for, run in a sandbox; what they make is looked at."""
    with world.case() as folder:
        write(folder, "Text.\n\n- a")
        (folder / "mine" / "blocks").mkdir(parents=True)
        template = TEMPLATES[name].replace("{port}", str(world.port))
        (folder / "mine" / "blocks" / "opening.html.j2").write_text(template)
        tried = world.run(folder, [build_run("in/report.yaml", "--templates", "in/mine", "--format", "html")])
    assert tried.said[0].code in {1, 4, 5}, tried.said[0].out
    assert not tried.made


def test_a_template_that_never_ends_is_stopped(tmp_path: Path) -> None:
    """What no sandbox bounds, the clock does."""
    write(tmp_path, "Text.")
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}"
    made = job(tmp_path / "report.yaml", formats=("html",))
    own = (Template("blocks/opening.html.j2", "x", endless),)
    [printed] = press.run([replace(made, theme=replace(made.theme, templates=own))], limits=Limits(4 * 1024**3, 6))
    assert [item.code for item in printed.found] == ["RG707"]


NAMES: list[bytes] = [
    b"a\nb.yaml", b"a\x1b]0;owned\x07b.yaml", b"\x1b[2J.yaml", "a\u202elmay.yaml".encode(), "a\u2028b.yaml".encode(), b"-rf.yaml", b"--lang=fr.yaml",
    b"a" * 250 + b".yaml", b"\xff\xfe.yaml", b"caf\xe9.yaml", b"con.yaml", b"nul.yaml", b"a .yaml", b" .yaml", b"%s%n{x}{0}.yaml", b"$(id)`id`.yaml",
    b"::error file=x::owned.yaml", b"a;b|c&d.yaml", b"<script>alert(1)<.yaml", b"[red]a[/red].yaml", b"a'b\"c.yaml", b"A.YAML", b"a\\b.yaml", "é.yaml".encode(),
    "e\u0301.yaml".encode(), b"\x01\x02.yaml", b"\xc2\x9b31m.yaml", b"..yaml", b"...yaml", b"a.yaml.yaml", "\u200b.yaml".encode(), b"\r.yaml", b"*.yaml", b"?.yaml",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["file", "folder", "faulty"])
def test_a_hostile_name_is_shown_as_what_it_is(kind: str, world: World) -> None:
    """Names of files and folders that would act on a terminal, a shell or an option are printed so that they do not."""
    for number, name in enumerate(NAMES):
        with world.case() as folder:
            text = with_text("Text.") if kind != "faulty" else "law: [\n"
            target = folder / os.fsdecode(name)
            try:
                if kind == "folder":
                    target = folder / os.fsdecode(name.removesuffix(b".yaml").strip(b".") or b"x")
                    write(target, "Text.")
                else:
                    target.write_text(text)
            except OSError:
                continue  # this file system takes no such name
            path = f"in/{target.name}"
            runs = [*check_runs(path)[number % 2 : number % 2 + 2], *check_runs("in")[2:3]]
            if number % 5 == 0:
                runs.append(build_run(path, "--format", "html"))
            tried = world.run(folder, runs)
            assert tried.said[0].code == (1 if kind == "faulty" else 0), name


def test_hostile_names_of_the_output_are_shown_as_what_they_are(tmp_path: Path) -> None:
    """The name of the folder for the report is printed too."""
    write(tmp_path, "Text.")
    for name in ("-a\x1b[2J\n\u202eb", os.fsdecode(b"\xff")):
        done = subprocess.run(
            [sys.executable, "-m", "reportgen", "build", str(tmp_path / "report.yaml"), "--format", "html", "-o", f"{tmp_path}/{name}"],
            env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )  # fmt: skip
        harmless(Said(done.returncode, done.stdout.decode(), done.stderr.decode()))
        assert list((tmp_path / name).iterdir())


@pytest.mark.parametrize("link", ["file", "folder", "theme", "coalition", "loop", "pipe", "device"])
def test_nothing_but_files_of_the_folder_is_read(link: str, world: World) -> None:
    """A link that leads out, a pipe, a device in the place of a file of the submission: each is refused, none is opened."""
    with world.case() as folder:
        write(folder, "Text.")
        out = "../../outside"
        if link == "file":
            (folder / "sources.yaml").symlink_to(f"{out}/canary.yaml")
        elif link == "folder":
            (folder / "answers").symlink_to(out)
        elif link == "theme":
            (folder / "theme.yaml").symlink_to(f"{out}/theme.yaml")
        elif link == "coalition":
            (folder / "coalition.yaml").symlink_to(f"{out}/canary.yaml")
        elif link == "loop":
            (folder / "b.yaml").symlink_to("b.yaml")
        elif link == "pipe":
            os.mkfifo(folder / "b.yaml")
        else:
            (folder / "b.yaml").symlink_to("/dev/zero")
        tried = world.run(folder, [*check_runs("in")[:3], build_run("in", "--format", "html")])
    assert tried.said[0].code == (0 if link == "folder" else 1)


@pytest.mark.parametrize(
    "member",
    ["../../outside", "x" * 400, "loop", "/etc", "~", ".", "..", "a/../../../outside", "\\\\host\\share", "pipe"],
)
def test_members_are_read_from_the_folder_of_the_coalition_alone(member: str, world: World) -> None:
    """A coalition that was sent by somebody names members by paths of all kinds."""
    with world.case() as folder:
        head = with_text("x").replace("answers:", "members: ['" + member + "']\nanswers:")
        (folder / "coalition.yaml").write_text(head)
        (folder / "loop").symlink_to("loop")
        os.mkfifo(folder / "pipe")
        tried = world.run(
            folder, [*check_runs("in")[:3], build_run("in"), ["--lang", "en", "merge", "in", "-o", "out/x.yaml"]]
        )
    assert {said.code for said in tried.said} == {1}
    assert {"RG801", "RG802", "RG131"} & set(tried.said[0].found)


def test_the_folder_that_is_named_may_be_a_link(world: World) -> None:
    """Whoever names a link means what it leads to."""
    with world.case() as folder:
        write(folder / "a", "Text.")
        (folder / "b").symlink_to("a")
        assert world.run(folder, check_runs("in/b")).said[0].code == 0


def test_what_may_not_be_read_is_told(tmp_path: Path, no_rights: list[str]) -> None:
    """A file without the right to read it is a message."""
    write(tmp_path, "Text.")
    (tmp_path / "report.yaml").chmod(0)
    done = subprocess.run(
        [*no_rights, sys.executable, "-m", "reportgen", "check", str(tmp_path), "--format", "json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "RG1" in done.stdout
    assert "Traceback" not in done.stderr
