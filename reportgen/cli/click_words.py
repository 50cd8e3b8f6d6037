"""Words of the command-line library that users see; click looks them up in our catalogue under its own keys."""

from __future__ import annotations

from typing import Final

from reportgen.marking import N_

WORDS: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("No such command {name!r}."),
    N_("No such option: {name}"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{name} {filename!r} does not exist."),
    N_("{value!r} is not one of {choices}."),
    N_("{value} is not in the range {range}."),
    N_("Got unexpected extra argument ({args})"),
    N_("default: {default}"),
    N_("required"),
    N_("Did you mean {possibility}?"),
    N_("file"),
    N_("directory"),
    N_("path"),
    N_("Path"),
)
