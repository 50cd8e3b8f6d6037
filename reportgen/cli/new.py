"""``reportgen new``: a submission ready to be filled in, with every question and what counts as evidence."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, stop

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "new",
        help=say(
            "Start a submission: a folder with a file for each article, its questions and hints on evidence.\n\n"
            "Open the files in any text editor and write after the colons. Nothing that exists is overwritten.\n\n"
            "\b\nExamples:\n"
            "  reportgen new my-report --state KE --cluster 1\n"
            '  reportgen new rapport --state "Côte d’Ivoire" --cluster 1 --languages fr,en\n'
            "  reportgen new joint-report --state KE --coalition"
        ),
    )
    @click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
    @click.option(
        "--state",
        "state_name",
        required=True,
        shell_complete=_complete_state,
        help=say("The State under review: ISO code or UN name, in English or French."),
    )
    @click.option(
        "--cluster", type=click.IntRange(1, 4), default=1, show_default=True, help=say("Number of the review cluster.")
    )
    @click.option(
        "--languages",
        default="en,fr",
        show_default=True,
        help=say("Languages of the report, the one you write in first."),
    )
    @click.option(
        "--coalition",
        is_flag=True,
        help=say("For several organizations: a folder in which their submissions are merged."),
    )
    @pass_console
    def run(console: Console, folder: Path, state_name: str, cluster: int, languages: str, *, coalition: bool) -> None:
        from reportgen.catalogue import load_catalogue
        from reportgen.cli.scaffold import coalition_scaffold, scaffold
        from reportgen.diagnostics import nearest
        from reportgen.languages.pairs import OUTPUT_LANGUAGES
        from reportgen.languages.states import find_state, state_names
        from reportgen.writers.files import write_files

        state = find_state(state_name)
        if state is None:
            suggestion = nearest(state_name, state_names())
            hint = console.say(" Did you mean “{suggestion}”?", suggestion=suggestion) if suggestion else ""
            raise click.BadParameter(
                console.say("no State is known as “{value}”.", value=cleaned(state_name)) + hint, param_hint="--state"
            )
        chosen = tuple(dict.fromkeys(part.strip() for part in languages.split(",") if part.strip()))
        if not chosen or any(language not in OUTPUT_LANGUAGES for language in chosen):
            raise click.BadParameter(
                console.say("write en, fr or both, separated by a comma."), param_hint="--languages"
            )
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise click.BadParameter(
                console.say("{folder} exists and is not empty; nothing was written.", folder=cleaned(str(folder))),
                param_hint="DIR",
            )
        try:
            made = (coalition_scaffold if coalition else scaffold)(state, cluster, chosen)
            write_files(
                folder,
                {
                    str(PurePosixPath(place, name)): data
                    for place, files in made.items()
                    for name, data in files.items()
                },
            )
        except OSError as error:
            console.err(
                console.say("The folder could not be written: {reason}.", reason=error.strerror or type(error).__name__)
            )
            stop(Exit.RENDERING)
        shown = cleaned(str(folder))
        if not load_catalogue().clusters[cluster].verified:
            console.out(
                console.style(
                    console.say("The list of articles of cluster {cluster} could not be verified.", cluster=cluster),
                    "warning",
                )
            )
        console.out(console.style(console.say("{folder} is ready.", folder=shown), "good"))
        if coalition:
            console.out(
                console.say(
                    "\nNext:\n  1. Put the members’ files into {folder}/members and name them in {folder}/coalition.yaml.\n"
                    "  2. reportgen merge {folder}      shows where they differ\n"
                    "  3. reportgen status {folder}     shows what is open and who has agreed\n"
                    "  4. reportgen build {folder}      makes the joint report",
                    folder=shown,
                )
            )
            return
        console.out(
            console.say(
                "\nNext:\n  1. Write in {folder}/report.yaml and in the files of {folder}/answers.\n"
                "  2. reportgen check {folder}      says what is missing or wrong\n"
                "  3. reportgen build {folder}      makes the report",
                folder=shown,
            )
        )

    return run


def _complete_state(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from reportgen.languages.states import states

    typed = incomplete.casefold()
    return [
        CompletionItem(state.code, help=state.en)
        for state in states()
        if state.code.casefold().startswith(typed) or state.en.casefold().startswith(typed)
    ]
