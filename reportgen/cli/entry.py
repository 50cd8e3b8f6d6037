"""The command ``reportgen``: language of the messages, commands, exit codes."""

from __future__ import annotations

import gc
import gettext
import os
import signal
import sys
from typing import Any, Final, NoReturn

import click

from reportgen import __version__
from reportgen.cli import articles, build, bundle, check, identity, key, merge, new, preview, schema, status, unbundle
from reportgen.cli.click_words import name_values
from reportgen.cli.console import Exit, Say, console_for
from reportgen.languages.messages import DOMAIN, spoken_language, translations
from reportgen.resources import resource

_COMMANDS: Final = (new, check, preview, merge, build, bundle, unbundle, status, key, identity, schema, articles)


class _Program(click.Group):
    """Lists the commands in the order in which they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


def program(language: str) -> click.Group:
    """Return the whole command-line interface, speaking ``language``."""
    say: Say = translations(language).gettext
    group = _Program(
        "reportgen",
        help=say(
            "Make parallel reports for the review of the UN Convention against Transnational Organized Crime (UNTOC).\n\n"
            "\b\nA first report:\n"
            "  reportgen new my-report --state KE --cluster 1\n"
            "  reportgen check my-report\n"
            "  reportgen build my-report"
        ),
        epilog=say(
            "Every command explains itself: reportgen check --help. "
            'Completion of commands with the Tab key in bash: eval "$(_REPORTGEN_COMPLETE=bash_source reportgen)"; in zsh and fish: zsh_source, fish_source.'
        ),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "auto_envvar_prefix": None},
        params=[
            click.Option(
                ["--lang"],
                type=click.Choice(["en", "fr"]),
                expose_value=False,
                help=say("Language of these messages (not of the report)."),
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=say("Show the version and exit."),
            ),
        ],
    )
    for module in _COMMANDS:
        group.add_command(module.command(say))
    name_values(group, say)
    return group


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"reportgen {__version__}")
        context.exit()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the program and exit.

    Exit codes: 0 done · 1 problems in the input · 2 wrong usage · 3 warnings with ``--strict`` · 4 template ·
    5 rendering or writing · 70 a fault of the program.
    """
    one_shot = arguments is None
    given = sys.argv[1:] if arguments is None else arguments
    if one_shot:
        _end_in_order()
        gc.disable()  # a command ends before anything is worth collecting; the renderer collects between documents
    given, asked = _without_lang(given)
    language = spoken_language(asked)
    _teach_click(language)
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        code = int(
            program(language).main(args=given, prog_name="reportgen", standalone_mode=False, obj=console_for(language))
            or Exit.OK
        )
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.exceptions.Abort:
        click.echo(translations(language).gettext("Stopped."), err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = Exit.OK
    except Exception as error:
        console_for(language).fault(error)
        code = Exit.BUG
    sys.stdout.flush()
    sys.stderr.flush()
    if one_shot:
        os._exit(code)  # every file is closed; taking the interpreter down piece by piece serves nobody
    sys.exit(code)


def _end_in_order() -> None:
    """Take a request to end, or a terminal that is closed, as Ctrl-C: what was begun is cleared away."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_DFL:
            signal.signal(getattr(signal, name), interrupt)


def _without_lang(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take ``--lang`` out wherever it stands: help texts are made in that language before click reads the rest."""
    kept: list[str] = []
    asked = None
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--lang":
            asked = next(waiting, "")
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        else:
            kept.append(argument)
    return kept, asked


def _teach_click(language: str) -> None:
    """Let click take its own words from our catalogue."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(resource("locales")))
    gettext.textdomain(DOMAIN)
