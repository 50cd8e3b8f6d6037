"""``reportgen preview``: the draft in the browser, which follows the files as they are written."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "preview",
        help=say(
            "Show the draft in the browser and follow every change of the files.\n\n"
            "English and French stand side by side, with what is still missing, the places in the files, and comments of "
            "editors. The page is served on this computer only, at an address that nobody can guess; it needs no network. "
            "Ctrl-C ends it.\n\n"
            "\b\nExamples:\n"
            "  reportgen preview my-report\n"
            "  reportgen preview joint-report --no-open     # prints the address and opens no browser"
        ),
    )
    @path_argument()
    @click.option(
        "--port", type=click.IntRange(0, 65535), default=0, show_default=False,
        help=say("Port on this computer. Default: one that is free."),
    )  # fmt: skip
    @click.option("--no-open", is_flag=True, help=say("Open no browser; print the address only."))
    @click.option(
        "--theme", type=click.Path(exists=True, path_type=Path), default=None,
        help=say("How the report looks: a theme.yaml, or a folder with one. Default: the theme.yaml in the folder of the report."),
    )  # fmt: skip
    @click.option(
        "--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None,
        help=say("Folder with templates that replace those of the program of the same name."),
    )  # fmt: skip
    @pass_console
    def run(
        console: Console, path: Path, port: int, *, no_open: bool, theme: Path | None, templates: Path | None
    ) -> None:
        from reportgen.preview.engine import Engine
        from reportgen.preview.server import Server, listen
        from reportgen.submission.files import coalition_folder

        gc.enable()  # it runs all day
        try:
            listener = listen(port)
        except OSError:
            console.err(console.say("Port {port} is taken. Choose another, or leave it to the program.", port=port))
            stop(Exit.USAGE)
        server = Server(Engine(coalition_folder(path) or path, theme, templates), console.language, listener)

        def ready() -> None:
            console.out(console.say("The draft of {path} is open at", path=cleaned(str(path))))
            console.out(f"  {server.address}")
            console.out(console.style(console.say("It follows every change. Ctrl-C ends it."), "dim"))
            if not no_open and _has_screen():
                click.launch(server.address)

        console.out(console.style(console.say("Reading and checking …"), "dim"))
        server.run(ready)

    return run


def _has_screen() -> bool:
    """Whether a browser can be seen, or one is named; where not, what opens one only complains, among our words."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in {"win32", "darwin", "cygwin"} or any(os.environ.get(name) for name in known)
