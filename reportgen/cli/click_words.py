"""Words of the command-line library that users see; click looks them up in our catalogue under its own keys."""

from __future__ import annotations

from typing import Final

import click

from reportgen.cli.console import Say
from reportgen.marking import N_, NN_

WORDS: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("Option {name!r} does not take a value."),
    N_("default: {default}"),
    N_("required"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("Path"),
)
PLURALS: Final = (
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)


def name_values(command: click.Command, say: Say) -> None:
    """Name in help texts what an option takes, where the library has an English word only: a text, a number."""
    for option in command.params:
        if isinstance(option, click.Option) and option.metavar is None and not option.is_flag:
            if isinstance(option.type, click.types.StringParamType):
                option.metavar = say(N_("TEXT"))
            elif isinstance(option.type, click.types.IntParamType):
                option.metavar = say(N_("NUMBER"))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        name_values(below, say)
