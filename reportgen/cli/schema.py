"""``reportgen schema``: the JSON Schema of the format, for editors that complete and check while typing."""

from __future__ import annotations

import json
from typing import Any

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
    @click.option("--theme", is_flag=True, help=say("The schema of theme.yaml instead."))
    @pass_console
    def run(console: Console, *, theme: bool) -> None:
        console.out((theme_schema_text() if theme else schema_text()).rstrip("\n"))

    return run


def schema_text() -> str:
    """Return the JSON Schema as text."""
    from reportgen.submission.kinds import TEXT_SCHEMA
    from reportgen.submission.model import Submission
    from reportgen.submission.parts import json_schema

    return _written(json_schema(Submission, {"text": TEXT_SCHEMA}))


def theme_schema_text() -> str:
    """Return the JSON Schema of themes as text."""
    from reportgen.theme.written import theme_schema

    return _written(theme_schema())


def _written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
