"""What all commands share: speaking, colours, showing diagnostics, exit codes.

What diagnostics need is imported where one is shown: ``--help`` shows none.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from reportgen.languages.messages import translations

if TYPE_CHECKING:
    from reportgen.diagnostics import Diagnostic
    from reportgen.diagnostics.render import Sources

Say = Callable[[str], str]
Run = TypeVar("Run", bound=Callable[..., object])
_COLOURS: Final = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan"},
    "dim": {"dim": True},
    "good": {"fg": "green", "bold": True},
}
MANY: Final = 8
"""From this many of one kind on, warnings and notes are summed up."""


class Exit(IntEnum):
    """Exit codes, part of the contract with scripts."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    WARNINGS = 3
    TEMPLATE = 4
    RENDERING = 5
    BUG = 70


@dataclass(frozen=True, slots=True)
class Console:
    """Speaks to the user, in one language, with colours only where they are wanted."""

    language: str
    coloured: bool
    width: int

    @property
    def gettext(self) -> Say:
        """The look-up of messages, before their values are put in."""
        return translations(self.language).gettext

    def say(self, message: str, **values: object) -> str:
        """Return a message in the user's language."""
        return translations(self.language).gettext(message).format(**values)

    def plural(self, one: str, many: str, number: int) -> str:
        """Return a message with a number, in the right plural."""
        return translations(self.language).ngettext(one, many, number).replace("{count}", str(number))

    def style(self, text: str, role: str) -> str:
        """Colour a piece of text by its role."""
        return click.style(text, **_COLOURS[role]) if self.coloured else text  # type: ignore[arg-type]

    def out(self, text: str = "") -> None:
        """Print to standard output."""
        click.echo(text, color=self.coloured)

    def err(self, text: str = "") -> None:
        """Print to standard error."""
        click.echo(text, err=True, color=self.coloured)

    def show(
        self, found: Sequence[Diagnostic], sources: Sources, form: str = "text", *, everything: bool = False
    ) -> None:
        """Show diagnostics in the form asked for, with a line that sums them up."""
        from reportgen.diagnostics.render import few, to_github, to_json

        found = few(found)
        if form == "json":
            self.out(to_json(found, self.gettext))
        elif form == "github":
            self.out(to_github(found, self.gettext))
        else:
            self.tell(found, sources, everything=everything)
            self.out(self.summary(found))

    def tell(self, found: Sequence[Diagnostic], sources: Sources, *, everything: bool = False) -> None:
        """Show diagnostics in words, without the line that sums them up: errors last, for what is above scrolls away."""
        from reportgen.diagnostics import Severity
        from reportgen.diagnostics.gather import gathered
        from reportgen.diagnostics.render import ordered, severity_of, tell, to_text

        shown, hidden = (list(found), {}) if everything else _summed(ordered(gathered(found)))

        def part(*, errors: bool) -> None:
            items = [item for item in shown if (severity_of(item) is Severity.ERROR) is errors]
            if items:
                self.out(to_text(items, sources, self.gettext, self.style, self.width) + "\n")

        part(errors=False)
        for code, rest in hidden.items():
            message = tell(rest[0], self.gettext).message
            more = self.plural(
                "and {count} more like this: {message}", "and {count} more like this: {message}", len(rest)
            )
            self.out(f"{self.style(f'… {code}', 'dim')} {more.format(message=message)}")
        if hidden:
            self.out(self.say("The rest of them: add --all to reportgen check.") + "\n")
        part(errors=True)

    def summary(self, found: Sequence[Diagnostic]) -> str:
        """Sum up what was found in one line."""
        from reportgen.diagnostics import Severity
        from reportgen.diagnostics.render import severity_of

        numbers = dict.fromkeys(Severity, 0)
        for item in found:
            numbers[severity_of(item)] += int(item.params["count"]) if item.code == "RG941" else 1
        parts = []
        if errors := numbers[Severity.ERROR]:
            parts.append(self.style(self.plural("{count} error", "{count} errors", errors), "error"))
        if warnings := numbers[Severity.WARNING]:
            parts.append(self.style(self.plural("{count} warning", "{count} warnings", warnings), "warning"))
        if notes := numbers[Severity.NOTE]:
            parts.append(self.plural("{count} note", "{count} notes", notes))
        if not parts:
            return self.style(self.say("No problems found."), "good")
        protection = sum(
            item.code.startswith("RG9") and item.code != "RG941" and severity_of(item) > Severity.NOTE for item in found
        )
        about = self.plural(
            "{count} of them is about the protection of people.",
            "{count} of them are about the protection of people.",
            protection,
        )
        return ", ".join(parts) + "." + (f" {self.style(about, 'warning')}" if protection else "")

    def fault(self, error: Exception) -> None:
        """Admit a fault of the program without showing anything of the input."""
        from reportgen.diagnostics import diagnostic
        from reportgen.diagnostics.render import tell

        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = f" {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""
        reason = getattr(error, "reason", "") or f"{type(error).__name__}{place}"
        told = tell(diagnostic("RG799", reason=reason), self.gettext)
        self.err(f"{self.style('RG799', 'error')} {told.message}\n{told.remedy}")


def _summed(found: Sequence[Diagnostic]) -> tuple[list[Diagnostic], dict[str, list[Diagnostic]]]:
    """Keep every error, and the first few of each kind of warning and note."""
    from reportgen.diagnostics import Severity
    from reportgen.diagnostics.render import ordered, severity_of

    shown: list[Diagnostic] = []
    kinds: dict[str, list[Diagnostic]] = {}
    for item in found:
        if severity_of(item) is Severity.ERROR:
            shown.append(item)
        else:
            kinds.setdefault(item.code, []).append(item)
    hidden = {code: items[MANY // 2 :] for code, items in kinds.items() if len(items) > MANY}
    for code, items in kinds.items():
        shown += items[: MANY // 2] if code in hidden else items
    return ordered(shown), hidden


def console_for(language: str) -> Console:
    """Return a console for this terminal; ``NO_COLOR`` and pipes get none."""
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Console(language, coloured, min(shutil.get_terminal_size((88, 24)).columns, 100))


def stop(code: Exit) -> None:
    """End the command with an exit code."""
    raise click.exceptions.Exit(int(code))


def path_argument() -> Callable[[Run], Run]:
    """Return the argument PATH, as all commands take it; made late, for click puts its words in at once."""
    return click.argument("path", type=click.Path(exists=True, path_type=Path), metavar="PATH")


def no_cache_option(words: str) -> Callable[[Run], Run]:
    """Return the option that does without what is kept beside the report; ``words`` are its help."""
    return click.option("--no-cache", "anew", is_flag=True, envvar="REPORTGEN_NO_CACHE", help=words)


def cleaned(text: str) -> str:
    """Return text that is safe to print."""
    from reportgen.diagnostics.render import visible

    return visible(text)


pass_console = click.make_pass_decorator(Console)
