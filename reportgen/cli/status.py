"""``reportgen status``: how far the report is: coverage, translation, sources, calendar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop

if TYPE_CHECKING:
    from rich.table import Table

    from reportgen.submission.checks.facts import Facts


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

        from reportgen.pipeline import check
        from reportgen.submission.checks.facts import Facts

        checked = check(path)
        if checked.reading.submission is None:
            console.show(checked.found, checked.reading.texts)
            stop(Exit.PROBLEMS)
        assert checked.reading.submission is not None
        facts = Facts(checked.reading.submission, checked.catalogue, checked.reading.texts)
        printer = RichConsole(
            width=console.width, no_color=not console.coloured, highlight=False, markup=False, legacy_windows=False
        )
        from reportgen.cli.standing import coalition_tables, digests_of, show_lines_to_sign

        digests = {} if fingerprints else digests_of(checked, facts)
        tables = (
            [_fingerprints(console, facts)]
            if fingerprints
            else [
                *coalition_tables(console, checked, facts, digests),
                _coverage(console, facts),
                _translation(console, facts),
                _sources(console, facts),
                _calendar(console, facts),
            ]
        )
        for one in tables:
            if one.row_count:
                printer.print(one)
                printer.print()
        show_lines_to_sign(console, checked, digests)
        console.out(
            console.summary(checked.found)
            + " "
            + console.say("Details: reportgen check {path}", path=cleaned(str(path)))
        )

    return run


def table(title: str, *columns: str) -> Table:
    """Return an empty table as this command shows them."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    drawn = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for index, column in enumerate(columns):
        drawn.add_column(column, justify="left" if index < 2 else "right", overflow="fold")
    return drawn


def _coverage(console: Console, facts: Facts) -> Table:
    from reportgen.languages.messages import in_language
    from reportgen.submission.checks.coverage import Coverage, coverage_by_article

    made = table(
        console.say("Coverage"),
        console.say("Article"),
        console.say("Subject"),
        console.say("answered"),
        console.say("not applicable"),
        console.say("no information"),
        console.say("silent"),
    )
    for article, questions in coverage_by_article(facts).items():
        numbers = Counter(questions.values())
        title = in_language(facts.catalogue.articles[article].title, console.language)
        answer = facts.submission.answers.get(article)
        if answer and answer.not_applicable:
            made.add_row(article, title, "", console.say("whole article"), "", "")
            continue
        cells = [str(numbers[kind]) if numbers[kind] else "·" for kind in Coverage]
        made.add_row(article, title, *cells)
    return made


def _translation(console: Console, facts: Facts) -> Table:
    from reportgen.languages.pairs import Freshness
    from reportgen.submission.checks.translations import translatable
    from reportgen.submission.parts import walk_parts

    made = table(
        console.say("Translation"),
        console.say("Language"),
        "",
        console.say("written"),
        console.say("translated"),
        console.say("out of date"),
        console.say("missing"),
    )
    for language in facts.languages:
        numbers = Counter(
            text.freshness(language) for _, part in walk_parts(facts.submission) for _, text in translatable(part)
        )
        made.add_row(
            {"en": console.say("English"), "fr": console.say("French")}[language],
            "",
            *(str(numbers[kind]) for kind in (Freshness.ORIGINAL, Freshness.FRESH, Freshness.STALE, Freshness.MISSING)),
        )
    return made


def _sources(console: Console, facts: Facts) -> Table:
    from reportgen.submission.model import Level, SourceKind
    from reportgen.submission.words import WORDS

    made = table(
        console.say("Sources"),
        console.say("Kind"),
        "",
        console.say("all"),
        console.say("not public"),
        console.say("archived copy"),
    )
    for kind in SourceKind:
        chosen = [source for source in facts.submission.sources.values() if source.kind is kind]
        if chosen:
            withheld = sum(source.level is not Level.PUBLIC for source in chosen)
            made.add_row(
                console.say(WORDS[kind]),
                "",
                str(len(chosen)),
                str(withheld or "·"),
                str(sum(bool(source.archived) for source in chosen) or "·"),
            )
    return made


def _calendar(console: Console, facts: Facts) -> Table:
    from reportgen.catalogue.calendar import planned_dates
    from reportgen.languages.formats import format_date
    from reportgen.languages.messages import in_language

    review = facts.submission.review
    made = table(
        console.say("Calendar of the review (planned dates; most reviews run late)"),
        console.say("Milestone"),
        "",
        console.say("planned"),
        console.say("actual"),
    )
    if review is None or review.start is None:
        return made
    planned = planned_dates(facts.catalogue, review.start.first)
    for milestone in facts.catalogue.milestones:
        actual = review.start if milestone.id == "start" else review.actual.get(milestone.id)
        shown = format_date(actual, console.language) if actual else "·"
        name = in_language(milestone.name, console.language) + (" *" if milestone.civil_society else "")
        plan = review.start if milestone.id == "start" else planned[milestone.id]
        made.add_row(name, "", format_date(plan, console.language), shown)
    made.caption = console.say("* civil society can contribute until then")
    made.caption_justify = "left"
    return made


def _fingerprints(console: Console, facts: Facts) -> Table:
    from reportgen.languages.pairs import fingerprint
    from reportgen.submission.checks.translations import translatable
    from reportgen.submission.parts import walk_parts

    made = table(console.say("Fingerprints of the originals"), console.say("Place"), console.say("Key"), "made_from")
    for _, part in walk_parts(facts.submission):
        for key, text in translatable(part):
            if len(text.versions) > 1 and text.span:
                made.add_row(cleaned(f"{text.span.file}:{text.span.line}"), key, fingerprint(text.source))
    return made
