"""``reportgen unbundle``: a bundle that was sent, opened into a new folder."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, stop


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "unbundle",
        help=say(
            "Open a bundle into a new folder.\n\n"
            "FILE is what “reportgen bundle” made. Everything in it is looked at before anything is written; what is not as a bundle has it is refused. "
            "DIR is then a submission like any other: check it, build from it, or name it among the members of a coalition.\n\n"
            "\b\nExamples:\n"
            "  reportgen unbundle received.zip joint-report/members/clinic\n"
            "  reportgen unbundle received.zip.age joint-report/members/clinic --identity coordinator.key"
        ),
    )
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
    @click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
    @click.option(
        "--identity",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        default=None,
        help=say("The file of your identity, where the bundle is encrypted."),
    )
    @pass_console
    def run(console: Console, file: Path, folder: Path, identity: Path | None) -> None:
        import os

        from reportgen.bundle.fault import BundleFault, fault
        from reportgen.bundle.unmake import unbundle
        from reportgen.cli.scaffold import NEVER_SHARED
        from reportgen.diagnostics import Span, diagnostic
        from reportgen.submission.private import Exposure, exposure
        from reportgen.writers.folders import is_empty, write_new_folder

        taken = fault("RG929", Span(folder.as_posix()))
        try:
            if os.path.lexists(folder) and not is_empty(folder):
                raise taken
            files, reading = unbundle(file, identity)
        except BundleFault as refused:
            console.show([refused.found], {})
            stop(Exit.PROBLEMS)
        if reading.found:
            console.show(reading.found, reading.texts)
            console.out(console.say("Nothing was written: this is not what “reportgen bundle” makes."))
            stop(Exit.PROBLEMS)
        try:
            write_new_folder(folder, {**files, ".gitignore": NEVER_SHARED})
        except FileExistsError:
            console.show([taken.found], {})
            stop(Exit.PROBLEMS)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            console.show([diagnostic("RG703", value=folder.as_posix(), reason=reason)], {})
            stop(Exit.RENDERING)
        console.out(f"{console.style('✓', 'good')} {cleaned(str(folder))}")
        if identity and exposure(identity) is not Exposure.NONE:
            console.tell([diagnostic("RG963", Span(identity.as_posix(), 0))], {})
        console.out(console.say("Next: reportgen check {path}", path=cleaned(str(folder))))

    return run
