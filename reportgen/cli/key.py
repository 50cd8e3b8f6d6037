"""``reportgen key``: the key of the pseudonyms, beside the inputs of one report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "key",
        help=say(
            "Make the key of the pseudonyms of one report.\n\n"
            "PATH is a file or a folder. Each withheld source then bears a code that is the same throughout this report, and in no other. "
            "Whoever has the key can test who is behind a code: keep it out of mails, shared folders and repositories, and keep a copy in a safe place.\n\n"
            "\b\nExample:\n"
            "  reportgen key my-report"
        ),
    )
    @path_argument()
    @pass_console
    def run(console: Console, path: Path) -> None:
        from reportgen.diagnostics import diagnostic
        from reportgen.publication.pseudonyms import KEY_FILE, make_key

        folder = path if path.is_dir() else path.parent
        try:
            made = make_key(folder)
        except FileExistsError:
            console.out(
                console.say(
                    "There is a key already: {path}. With another one every code would change; nothing was done.",
                    path=cleaned(str(folder / KEY_FILE)),
                )
            )
            stop(Exit.PROBLEMS)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            console.show([diagnostic("RG703", value=folder.as_posix(), reason=reason)], {})
            stop(Exit.RENDERING)
        console.out(f"{console.style('✓', 'good')} {cleaned(str(made))}")
        for step in _left_to_do(console, path, made):
            console.out(step)

    return run


def _left_to_do(console: Console, path: Path, key: Path) -> Iterator[str]:
    """Say what else is needed before codes are printed, and nothing that is done already."""
    from reportgen.pipeline import read
    from reportgen.submission.private import Exposure, exposure

    submission = read(path).reading.submission
    if submission is None or not submission.protection.pseudonyms:
        yield console.say("Write under “protection”: pseudonyms: yes.")
    if exposure(key) is not Exposure.NONE:
        yield console.say(
            "Git would take the key: add a line “{name}” to the file .gitignore beside it.", name=key.name
        )
