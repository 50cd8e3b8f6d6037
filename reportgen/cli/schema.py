"""``reportgen schema``: the JSON Schema of the format, for editors that complete and check while typing."""

from __future__ import annotations

import json

import click

from reportgen.cli.console import Console, Say, pass_console


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "schema",
        help=say(
            "Print the JSON Schema of submissions.\n\n"
            "Editors use it to complete keys and underline mistakes. “reportgen new” puts it beside the files it makes.\n\n"
            "\b\nExample:\n  reportgen schema > reportgen.schema.json"
        ),
    )
    @pass_console
    def run(console: Console) -> None:
        console.out(schema_text().rstrip("\n"))

    return run


def schema_text() -> str:
    """Return the JSON Schema as text."""
    from reportgen.submission.kinds import TEXT_SCHEMA
    from reportgen.submission.model import Submission
    from reportgen.submission.parts import json_schema

    return json.dumps(json_schema(Submission, {"text": TEXT_SCHEMA}), ensure_ascii=False, indent=2) + "\n"
