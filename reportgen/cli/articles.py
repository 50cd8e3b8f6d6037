"""``reportgen articles``: what is reviewed in a cluster, and what is asked."""

from __future__ import annotations

import textwrap

import click

from reportgen.cli.console import Console, Say, pass_console


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "articles",
        help=say(
            "List the articles reviewed in a cluster.\n\n"
            "\b\nExamples:\n"
            "  reportgen articles --cluster 1\n"
            "  reportgen articles --cluster 1 --questions      # with the questions on each"
        ),
    )
    @click.option(
        "--cluster", type=click.IntRange(1, 4), default=1, show_default=True, help=say("Number of the cluster.")
    )
    @click.option("--questions", is_flag=True, help=say("Show the obligation and the questions too."))
    @pass_console
    def run(console: Console, cluster: int, *, questions: bool) -> None:
        from reportgen.catalogue import load_catalogue
        from reportgen.languages.messages import in_language

        catalogue = load_catalogue()
        chosen = catalogue.clusters[cluster]
        console.out(
            console.style(
                console.say(
                    "Cluster {number}: {name}", number=cluster, name=in_language(chosen.name, console.language)
                ),
                "good",
            )
        )
        for instrument in catalogue.instruments.values():
            listed = [key for key in chosen.articles if catalogue.articles[key].instrument == instrument.id]
            console.out(f"\n{in_language(instrument.short, console.language)}")
            if not listed:
                unknown = console.say("not known: no source for this list was found")
                console.out(f"  {unknown}")
            for key in listed:
                console.out(f"  {key:<13} {in_language(catalogue.articles[key].title, console.language)}")
                enquiry = catalogue.enquiries.get(key)
                if questions and enquiry:
                    _wrapped(console, in_language(enquiry.obligation, console.language), "    ")
                    for question in enquiry.questions:
                        _wrapped(console, f"{question.id}: {in_language(question.text, console.language)}", "    • ")
                    console.out()
        if not chosen.verified:
            warning = console.style(console.say("Not verified:"), "warning")
            advice = console.say(
                "this list could not be verified. Compare it with resolution 9/1 of the Conference of the Parties, annex."
            )
            console.out(f"\n{warning} {advice}")
        console.out("\n" + console.say("Source: {source}", source=in_language(chosen.source, console.language)))

    return run


def _wrapped(console: Console, text: str, indent: str) -> None:
    console.out(textwrap.fill(text, console.width, initial_indent=indent, subsequent_indent=" " * len(indent)))
