"""``reportgen bundle``: a submission in one file, cut to what others may have, to be sent to them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop

if TYPE_CHECKING:
    from reportgen.bundle.fault import BundleFault
    from reportgen.diagnostics import Diagnostic
    from reportgen.pipeline import Checked
    from reportgen.submission.model import Submission

_ARCHIVE: Final = b"PK\3\4"
"""How a bundle begins that is not encrypted."""


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "bundle",
        help=say(
            "Put a submission into one file that can be sent.\n\n"
            "PATH is a file or a folder. The bundle holds what its audience may have, and nothing else: confidential parts, comments, "
            "names of files, identifiers and what lies hidden in images stay here. It is checked before it is written.\n\n"
            "\b\nExamples:\n"
            "  reportgen bundle my-report                        # for the other members\n"
            "  reportgen bundle my-report --for coordinator.txt  # that only the coordinator can open\n"
            "  reportgen bundle my-report --audience public"
        ),
    )
    @path_argument()
    @click.option(
        "--audience",
        type=click.Choice(["members", "public"]),
        default="members",
        show_default=True,
        help=say("Who will have it; nothing above that level is in it."),
    )
    @click.option(
        "-o",
        "--output",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        help=say("The bundle. Default: in the folder output, named after State, cluster and audience."),
    )
    @click.option(
        "--for",
        "recipients",
        multiple=True,
        metavar=say("RECIPIENT"),
        help=say("Encrypt it for this recipient (age1…), or for those in a file, one a line; may be repeated."),
    )
    @pass_console
    def run(console: Console, path: Path, audience: str, target: Path | None, recipients: tuple[str, ...]) -> None:
        from reportgen.bundle import seal
        from reportgen.bundle.fault import BundleFault
        from reportgen.bundle.make import bundle, file_name
        from reportgen.pipeline import check
        from reportgen.publication.audience import Audience

        readers = Audience(audience)
        checked = check(path, audience=readers)
        submission = _sound(console, checked)
        name = target or Path("output", file_name(submission, readers) + (seal.ENDING if recipients else ""))
        try:
            named = seal.recipients(recipients)
            _spare(name)
            data = bundle(submission, checked.reading.folder, checked.catalogue, readers)
            _search(console, checked, name, data)
            data = seal.seal(data, named) if named else data
        except BundleFault as fault:
            console.show(_unsaid(checked, fault), checked.reading.texts)
            _nothing_written(console)
        _write(console, name, data)
        console.out(
            console.plural(
                "{count} recipient can open it, and nobody else.",
                "{count} recipients can open it, and nobody else.",
                len(named),
            )
            if named
            else console.say("It is not encrypted: whoever gets it can read it. With --for it can be.")
        )

    return run


def _sound(console: Console, checked: Checked) -> Submission:
    """Return the submission; where anything in it can't be read nothing is sent, for it would be missing unseen."""
    from reportgen.pipeline import has_errors

    if checked.reading.submission is None or has_errors(checked.found):
        console.show(checked.found, checked.reading.texts)
        _nothing_written(console)
    return checked.reading.submission


def _spare(target: Path) -> None:
    """See that no file is replaced but an earlier bundle: not one of the inputs, and no key."""
    from reportgen.bundle.fault import fault
    from reportgen.bundle.seal import is_sealed
    from reportgen.diagnostics import Span

    try:
        with target.open("rb") as earlier:
            head = earlier.read(40)
    except FileNotFoundError:
        return
    except OSError:
        head = b""
    if not head.startswith(_ARCHIVE) and not is_sealed(head):
        raise fault("RG928", Span(target.as_posix()))


def _search(console: Console, checked: Checked, target: Path, data: bytes) -> None:
    """Search what would be sent for everything that must not be in it, a last time."""
    from reportgen.protection.scan import leaks

    found = leaks(target.name, data, checked.secrets)
    if found:
        console.show(found, checked.reading.texts)
        _nothing_written(console)


def _unsaid(checked: Checked, fault: BundleFault) -> tuple[Diagnostic, ...]:
    from reportgen.protection.search import hushed
    from reportgen.submission.confidential import withhold

    return hushed(withhold([fault.found], checked.reading.confidential), checked.secrets)


def _nothing_written(console: Console) -> NoReturn:
    console.out(console.say("Nothing was written; earlier files are unchanged."))
    stop(Exit.PROBLEMS)
    raise AssertionError


def _write(console: Console, target: Path, data: bytes) -> None:
    import hashlib

    from reportgen.diagnostics import diagnostic
    from reportgen.writers.files import write_files

    try:
        write_files(target.parent, {target.name: data})
    except OSError as error:
        reason = error.strerror or type(error).__name__
        console.show([diagnostic("RG703", value=target.parent.as_posix(), reason=reason)], {})
        stop(Exit.RENDERING)
    size = console.say("{size} kB", size=f"{len(data) / 1000:.0f}")
    told = console.style(f"{size}  SHA-256 {hashlib.sha256(data).hexdigest()}", "dim")
    console.out(f"{console.style('✓', 'good')} {cleaned(str(target))}  {told}")
