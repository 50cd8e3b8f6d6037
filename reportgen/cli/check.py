"""``reportgen check``: what is wrong or missing, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, pass_console, path_argument, stop
from reportgen.cli.precautions import tell_searched, tell_shared


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "check",
        help=say(
            "Check a submission: its form, articles, sources, dates, coverage and translations.\n\n"
            "PATH is a file or a folder. Every problem is shown at once with file, line, column and remedy; nothing is changed.\n\n"
            "\b\nExamples:\n"
            "  reportgen check my-report\n"
            "  reportgen check my-report --strict     # warnings count too\n"
            "  reportgen check my-report --format json > problems.json"
        ),
    )
    @path_argument()
    @click.option("--strict", is_flag=True, help=say("Exit with 3 if there are warnings."))
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        show_default=True,
        help=say("Form of the output."),
    )
    @click.option(
        "--all", "everything", is_flag=True, help=say("Show every warning, also where there are many of a kind.")
    )
    @pass_console
    def run(console: Console, path: Path, *, strict: bool, form: str, everything: bool) -> None:
        from reportgen.diagnostics import Severity
        from reportgen.pipeline import check

        checked = check(path)
        if form == "text":
            tell_searched(console, checked)
            tell_shared(console, checked)
        console.show(checked.found, checked.reading.texts, form, everything=everything)
        if checked.worst is Severity.ERROR:
            stop(Exit.PROBLEMS)
        if strict and checked.worst is Severity.WARNING:
            stop(Exit.WARNINGS)

    return run
