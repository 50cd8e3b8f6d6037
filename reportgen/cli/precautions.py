"""What a command says of precautions beside its findings: which names were searched, and where the files lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cli.console import Console

if TYPE_CHECKING:
    from reportgen.outcome import Outcome


def tell_searched(console: Console, outcome: Outcome) -> None:
    """Say how many registered names were searched; never which.

    Who has none, though something is confidential, learns that nothing was searched but what the report itself tells.
    """
    from reportgen.protection.registers import FILE

    if number := outcome.registered:
        searched = console.plural("{file}: {count} name searched.", "{file}: {count} names searched.", number)
        console.out(console.style(searched.format(file=FILE), "dim"))
    elif outcome.private:
        none = console.say("No names are registered: there is no {file} beside the submission.", file=FILE)
        console.out(console.style(none, "dim"))


def tell_shared(console: Console, outcome: Outcome) -> None:
    """Say once that a repository with confidential parts is copied elsewhere, if it is."""
    from reportgen.submission.private import is_shared

    if outcome.confidential and is_shared(Path(outcome.folder)):
        console.out(
            console.style(
                console.say(
                    "Parts of these files are confidential, and they lie in a Git repository with a remote: whoever has a copy of it reads them."
                ),
                "warning",
            )
        )


__all__ = ["tell_searched", "tell_shared"]
