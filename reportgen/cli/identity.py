"""``reportgen identity``: what one needs to be sent bundles that nobody else can open."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, stop


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "identity",
        help=say(
            "Make an identity, so that others can send you bundles that only you can open.\n\n"
            "FILE is new and stays with you: who has it can open what is sent to you, and if it is lost nobody can. "
            "The recipient that is printed, which begins with “age1”, is for everybody who sends you bundles.\n\n"
            "\b\nExample:\n"
            "  reportgen identity coordinator.key"
        ),
    )
    @click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
    @pass_console
    def run(console: Console, file: Path) -> None:
        from reportgen.bundle.fault import BundleFault
        from reportgen.bundle.seal import new_identity
        from reportgen.diagnostics import Span, diagnostic
        from reportgen.writers.folders import write_new_file

        try:
            text, recipient = new_identity()
            write_new_file(file, text.encode())
        except BundleFault as fault:
            console.show([fault.found], {})
            stop(Exit.PROBLEMS)
        except FileExistsError:
            console.show([diagnostic("RG930", Span(file.as_posix()))], {})
            stop(Exit.PROBLEMS)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            console.show([diagnostic("RG703", value=file.parent.as_posix(), reason=reason)], {})
            stop(Exit.RENDERING)
        console.out(f"{console.style('✓', 'good')} {cleaned(str(file))}")
        console.out(console.say("Give this to those who send you bundles:"))
        console.out(recipient)

    return run
