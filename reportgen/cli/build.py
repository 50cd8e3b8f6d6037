"""``reportgen build``: the report as PDF and HTML, in each language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, no_cache_option, pass_console, path_argument, stop
from reportgen.cli.precautions import tell_searched

if TYPE_CHECKING:
    from reportgen.order import Order
    from reportgen.outcome import Outcome
    from reportgen.press.begun import Progress

_OF_TEMPLATES: Final = frozenset({"RG701", "RG726", "RG728", "RG729"})
_OF_RENDERING: Final = frozenset({"RG702", "RG705", "RG707", "RG708", "RG709"})


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "build",
        help=say(
            "Build the report.\n\n"
            "PATH is a file or a folder. The files are written only when all of them are finished; if anything fails, earlier ones stay as they were.\n\n"
            "\b\nExamples:\n"
            "  reportgen build my-report\n"
            "  reportgen build my-report --language fr --format html\n"
            "  reportgen build my-report --final -o published"
        ),
    )
    @path_argument()
    @click.option(
        "-o",
        "--output",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=None,
        help=say("Folder for the files. Default: output; for members output/members."),
    )
    @click.option(
        "--language",
        "languages",
        type=click.Choice(["en", "fr"]),
        multiple=True,
        help=say("Language of the report; may be repeated. Default: those the report names."),
    )
    @click.option(
        "--format",
        "formats",
        type=click.Choice(["pdf", "html"]),
        multiple=True,
        help=say("Form of the files; may be repeated. Default: both."),
    )
    @click.option(
        "--audience",
        type=click.Choice(["public", "members"]),
        default="public",
        show_default=True,
        help=say("Who will read it; nothing above that level is in the files."),
    )
    @click.option(
        "--final", is_flag=True, help=say("For publication: refuses gaps, unsourced findings and missing translations.")
    )
    @click.option(
        "--theme",
        type=click.Path(exists=True, path_type=Path),
        default=None,
        help=say(
            "How the report looks: a theme.yaml, or a folder with one. Default: the theme.yaml in the folder of the report."
        ),
    )
    @click.option(
        "--templates",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=None,
        help=say("Folder with templates that replace those of the program of the same name."),
    )
    @no_cache_option(say("Set every page anew, and keep nothing for the next time. The files are the same."))
    @pass_console
    def run(
        console: Console,
        path: Path,
        folder: Path | None,
        languages: tuple[str, ...],
        formats: tuple[str, ...],
        audience: str,
        theme: Path | None,
        templates: Path | None,
        *,
        final: bool,
        anew: bool,
    ) -> None:
        from reportgen.order import Order
        from reportgen.outcome import build_outcome
        from reportgen.publication.audience import Audience
        from reportgen.writers.write import FORMATS

        order = Order(
            tuple(dict.fromkeys(languages)),
            tuple(dict.fromkeys(formats)) or FORMATS,
            Audience(audience),
            final,
            theme,
            templates,
            kept=not anew,
        )
        built = build_outcome(path, order, lambda: _progress(console))
        home = folder or Path("output", *(["members"] if order.audience is Audience.MEMBERS else []))
        if not built.files:
            console.show(built.found, built.texts)
            console.out(console.say("Nothing was written; earlier files are unchanged."))
            _warn_of_earlier(console, home, built)
            stop(_exit_code(built))
        _write(console, home, built, _readers(console, built, order))
        tell_searched(console, built)
        rendered = [item for item in built.found if item.code.startswith(("RG7", "RG9"))]
        console.tell(rendered, built.texts)
        details = console.say("Details: reportgen check {path}", path=cleaned(str(path)))
        if built.found:
            console.out(
                f"{console.summary(built.found)} {details if len(built.found) > len(rendered) else ''}".rstrip()
            )

    return run


def _exit_code(built: Outcome) -> Exit:
    """The template, the renderer or the text: whichever stopped the build."""
    from reportgen.diagnostics import Severity
    from reportgen.diagnostics.render import severity_of

    errors = {item.code for item in built.found if severity_of(item) is Severity.ERROR}
    if errors & _OF_TEMPLATES:
        return Exit.TEMPLATE
    return Exit.RENDERING if errors & _OF_RENDERING else Exit.PROBLEMS


def _readers(console: Console, built: Outcome, order: Order) -> str:
    """Say for whom the edition is."""
    from reportgen.publication.audience import Audience

    if order.audience is Audience.MEMBERS:
        return console.say("for members only")
    return console.say("for the authorities only") if built.restricted else console.say("for everybody")


def _warn_of_earlier(console: Console, home: Path, built: Outcome) -> None:
    """Say that what was built before a name was registered may hold it."""
    if any(item.code in {"RG910", "RG911"} for item in built.found) and any(
        path.suffix in {".pdf", ".html"} for path in (home.iterdir() if home.is_dir() else ())
    ):
        console.out(
            console.say(
                "The files in {folder} are from before and may hold such a name: look, and delete them and every copy.",
                folder=cleaned(home.as_posix()),
            )
        )


def _write(console: Console, folder: Path, built: Outcome, readers: str) -> None:
    import hashlib

    from reportgen.diagnostics import diagnostic
    from reportgen.writers.files import stands_in, write_files

    same = {name for name, data in built.files.items() if stands_in(folder, name, data)}
    try:
        write_files(folder, {name: data for name, data in built.files.items() if name not in same})
    except OSError as error:
        named = (Path(name) for name in (error.filename2, error.filename) if name)
        at = next((path for path in named if path.name in built.files), folder)
        console.show([diagnostic("RG703", value=at.as_posix(), reason=error.strerror or type(error).__name__)], {})
        console.out(console.say("Nothing was written; earlier files are unchanged."))
        stop(Exit.RENDERING)
    for name, data in built.files.items():
        digest = hashlib.sha256(data).hexdigest()
        size = console.say("{size} kB", size=f"{len(data) / 1000:.0f}")
        state = "  " + console.say("unchanged") if name in same else ""
        console.out(
            f"{console.style('✓', 'good')} {cleaned(str(folder / name))}  {readers}{state}  {console.style(f'{size}  SHA-256 {digest}', 'dim')}"
        )


@contextmanager
def _progress(console: Console) -> Iterator[Progress | None]:
    """Show what is being done, on a terminal as a line that changes, elsewhere not at all."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console as RichConsole
    from rich.status import Status

    names = {"en": console.say("English"), "fr": console.say("French")}
    doing: dict[str, str] = {}
    with Status(
        console.say("Reading and checking …"), console=RichConsole(stderr=True, no_color=not console.coloured)
    ) as status:

        def tell(language: str, pages: int, share: float) -> None:
            name, done = names[language].capitalize(), int(share * 100)
            doing[language] = (
                console.say("{language}: {share}% of the text set ({pages} p.)", language=name, share=done, pages=pages)
                if done < 100
                else console.say("{language}: {pages} p. set, last checks", language=name, pages=pages)
            )
            status.update(" · ".join(doing[key] for key in sorted(doing)))

        yield tell
