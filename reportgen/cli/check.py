"""``reportgen check``: what is wrong or missing, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, no_cache_option, pass_console, path_argument, stop
from reportgen.cli.precautions import tell_searched, tell_shared


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "check",
        help=say(
            "Check a submission: its form, articles, sources, dates, coverage and translations.\n\n"
            "PATH is a file or a folder. Every problem is shown at once with file, line, column and remedy; your files stay as they are.\n\n"
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
    @no_cache_option(say("Check everything anew, and keep nothing for the next time. What is said is the same."))
    @pass_console
    def run(console: Console, path: Path, *, strict: bool, form: str, everything: bool, anew: bool) -> None:
        from reportgen.diagnostics import Severity
        from reportgen.diagnostics.render import severity_of
        from reportgen.outcome import check_outcome

        outcome = check_outcome(path, kept=not anew)
        if form == "text":
            tell_searched(console, outcome)
            tell_shared(console, outcome)
        console.show(outcome.found, outcome.texts, form, everything=everything)
        worst = max((severity_of(item) for item in outcome.found), default=None)
        if worst is Severity.ERROR:
            stop(Exit.PROBLEMS)
        if strict and worst is Severity.WARNING:
            stop(Exit.WARNINGS)

    return run
