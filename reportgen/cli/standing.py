"""The part of ``reportgen status`` that is about a coalition: who covers what, what is open, who has agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from reportgen.cli.console import Console, cleaned
from reportgen.marking import N_

if TYPE_CHECKING:
    from rich.table import Table

    from reportgen.coalition.read import Joint
    from reportgen.pipeline import Checked
    from reportgen.submission.checks.facts import Facts

MOST_COLUMNS: Final = 10
"""So many members have a column of their own; of more only their number is told."""
CONSENTS: Final = {
    "agreed": N_("agreed"),
    "outdated": N_("to another text"),
    "withdrawn": N_("withdrawn"),
    "missing": N_("not yet"),
}


def coalition_tables(console: Console, checked: Checked, facts: Facts, digests: Mapping[str, str]) -> list[Table]:
    """Return the tables on the coalition that was merged."""
    joint = checked.joint
    if joint is None or joint.merged is None:
        return []
    return [
        _members(console, joint, facts),
        _conflicts(console, joint, facts),
        _sign_off(console, checked, facts, digests),
    ]


def digests_of(checked: Checked, facts: Facts) -> dict[str, str]:
    """Return the hashes of what a coalition would publish, by language; none while there are errors."""
    from reportgen.endorsement import hashes
    from reportgen.pipeline import has_errors

    if checked.joint is None or checked.joint.merged is None or has_errors(checked.found):
        return {}
    return hashes(facts.submission, checked.catalogue, checked.reading.folder, facts.languages)


def show_lines_to_sign(console: Console, checked: Checked, digests: Mapping[str, str]) -> None:
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


def _members(console: Console, joint: Joint, facts: Facts) -> Table:
    from reportgen.cli.status import table

    members = joint.coalition.members
    single = len(members) <= MOST_COLUMNS
    heads = [cleaned(member.id) for member in members] if single else [console.say("members")]
    made = table(console.say("Who answers which article (questions answered)"), console.say("Article"), *heads)
    for article in facts.asked:
        cells = []
        for member in members:
            answer = member.submission.answers.get(article)
            said = sum(bool(reply.answer) for reply in answer.questions.values()) if answer else 0
            if answer is None or answer.silent:
                cells.append("·")
            elif answer.not_applicable and not answer.says_more:
                cells.append(console.say("n/a"))
            else:
                cells.append(str(said))
        made.add_row(article, *(cells if single else [str(sum(cell != "·" for cell in cells))]))
    return made


def _conflicts(console: Console, joint: Joint, facts: Facts) -> Table:
    from reportgen.cli.status import table
    from reportgen.coalition.model import Standing

    heads = (console.say("still open"), console.say("to be read again"), console.say("settled"))
    made = table(console.say("Conflicts (reportgen merge lists them)"), console.say("Article"), "", *heads)
    assert joint.merged is not None
    numbers = Counter(
        (conflict.scope if conflict.scope in facts.asked else "", conflict.standing)
        for conflict in joint.merged.conflicts
    )
    for article in (*facts.asked, ""):
        row = [numbers[article, one] for one in (Standing.OPEN, Standing.STALE, Standing.DECIDED)]
        if any(row):
            made.add_row(article or console.say("Beyond the articles"), "", *(str(number or "·") for number in row))
    return made


def _sign_off(console: Console, checked: Checked, facts: Facts, digests: Mapping[str, str]) -> Table:
    from reportgen.cli.status import table
    from reportgen.endorsement import stands

    joint = checked.joint
    assert joint is not None
    frame = joint.coalition.frame
    version = frame.report.version if frame else None
    title = console.say("Sign-off of version {version}", version=version or "–")
    made = table(title, console.say("Member"), *(f"{language}" for language in facts.languages))
    if not digests:
        made.caption = console.say("The hash of the text is shown once there are no errors.")
        made.caption_justify = "left"
        made.add_row("–", *("" for _ in facts.languages))
        return made
    standing = {(one.member, one.language): one for one in stands(joint, digests)}
    for member in joint.coalition.members:
        cells = []
        for language in facts.languages:
            one = standing[member.id, language]
            date = f" {one.signed.withdrawn or one.signed.date}" if one.signed else ""
            cells.append(console.say(CONSENTS[one.consent.value]) + date)
        made.add_row(cleaned(member.id), *cells)
    made.add_row(console.say("content:"), *(digests[language] for language in facts.languages), style="dim")
    made.caption = console.say("Whoever agrees has read this text: its “content” stands under “sign_off”.")
    made.caption_justify = "left"
    return made
