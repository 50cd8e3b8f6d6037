"""``reportgen status``: how far the report is: coverage, translation, sources, calendar."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop

if TYPE_CHECKING:
    from rich.table import Table as Drawn

    from reportgen.diagnostics import Diagnostic
    from reportgen.overview import Overview, Table
    from reportgen.pipeline import Checked


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "status",
        help=say(
            "Show how far a submission is: what is answered, translated, sourced, and when the review moves on.\n\n"
            "\b\nExamples:\n"
            "  reportgen status my-report\n"
            "  reportgen status my-report --fingerprints   # what to write as made_from beside a translation"
        ),
    )
    @path_argument()
    @click.option("--fingerprints", is_flag=True, help=say("List the fingerprint of every text that is translated."))
    @pass_console
    def run(console: Console, path: Path, *, fingerprints: bool) -> None:
        from rich.console import Console as RichConsole

        from reportgen.overview import Overview, overview
        from reportgen.overview.coalition import digests_of
        from reportgen.pipeline import check

        checked = check(path)
        if checked.reading.submission is None:
            console.show(checked.found, checked.reading.texts)
            stop(Exit.PROBLEMS)
        assert checked.reading.submission is not None
        whole = Overview(checked, console.language)
        digests = {} if fingerprints else digests_of(checked, whole.facts)
        printer = RichConsole(
            width=console.width, no_color=not console.coloured, highlight=False, markup=False, legacy_windows=False
        )
        remarks, faults = _comments(whole, path)
        for one in [_fingerprints(whole)] if fingerprints else [*overview(whole, digests), *remarks]:
            printer.print(_drawn(one))
            printer.print()
        _show_lines_to_sign(console, checked, digests)
        if faults:
            console.show(faults, {})
        console.out(
            console.summary(checked.found)
            + " "
            + console.say("Details: reportgen check {path}", path=cleaned(str(path)))
        )

    return run


def _drawn(made: Table) -> Drawn:
    """Draw a table for the terminal."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Drawn

    drawn = Drawn(title=made.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for index, head in enumerate(made.heads):
        drawn.add_column(cleaned(head), justify="left" if index < made.worded else "right", overflow="fold")
    for line in made.lines:
        drawn.add_row(*map(cleaned, line.cells), style="dim" if line.quiet else None)
    if made.caption:
        drawn.caption, drawn.caption_justify = made.caption, "left"
    return drawn


def _show_lines_to_sign(console: Console, checked: Checked, digests: Mapping[str, str]) -> None:
    """Print the lines of ``sign_off`` that are still missing, ready to be pasted."""
    from reportgen.endorsement import lines_to_sign

    lines = lines_to_sign(checked.joint, digests) if checked.joint and digests else []
    if lines:
        console.out(
            console.say(
                "Lines to add below “sign_off” in coalition.yaml, each when the member has agreed, with the date:"
            )
        )
        for line in lines:
            console.out(f"  {cleaned(line)}")
        console.out()


def _comments(whole: Overview, path: Path) -> tuple[list[Table], tuple[Diagnostic, ...]]:
    """Return the table of the editors' open comments, if there are any, and what is wrong with their file."""
    from reportgen.overview.comments import Remark, comments_table
    from reportgen.preview.comments import pinned, read_comments

    comments, faults = read_comments(path)
    remarks = [
        Remark(one.about.span if one.about else None, one.comment.author, one.comment.date, one.comment.text.source)
        for one in pinned(comments, whole.facts.submission)
        if not one.comment.done
    ]
    return [comments_table(whole, remarks)] if remarks else [], faults


def _fingerprints(whole: Overview) -> Table:
    from reportgen.languages.pairs import fingerprint
    from reportgen.overview import Line, Table
    from reportgen.submission.checks.translations import translatable
    from reportgen.submission.parts import walk_parts

    lines = [
        Line((f"{text.span.file}:{text.span.line}", key, fingerprint(text.source)))
        for _, part in walk_parts(whole.facts.submission)
        for key, text in translatable(part)
        if len(text.versions) > 1 and text.span
    ]
    heads = (whole.say("Place"), whole.say("Key"), "made_from")
    return Table("fingerprints", whole.say("Fingerprints of the originals"), heads, tuple(lines))
