"""The tables on a coalition: who covers what, what is open, who has agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from reportgen.coalition.model import Standing
from reportgen.coalition.read import Joint
from reportgen.endorsement import hashes, stands
from reportgen.marking import N_
from reportgen.overview.tables import NONE, Line, Overview, Table
from reportgen.pipeline import Checked, has_errors
from reportgen.submission.checks.facts import Facts

MOST_COLUMNS: Final = 10
"""So many members have a column of their own; of more only their number is told."""
CONSENTS: Final = {
    "agreed": N_("agreed"),
    "outdated": N_("to another text"),
    "withdrawn": N_("withdrawn"),
    "missing": N_("not yet"),
}


def coalition_tables(whole: Overview, digests: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the tables on the coalition that was merged."""
    joint = whole.checked.joint
    if joint is None or joint.merged is None:
        return ()
    return _members(whole, joint), _conflicts(whole, joint), _sign_off(whole, joint, digests)


def digests_of(checked: Checked, facts: Facts) -> dict[str, str]:
    """Return the hashes of what a coalition would publish, by language; none while there are errors."""
    if checked.joint is None or checked.joint.merged is None or has_errors(checked.found):
        return {}
    return hashes(facts.submission, checked.catalogue, checked.reading.folder, facts.languages)


def _members(whole: Overview, joint: Joint) -> Table:
    say, members = whole.say, joint.coalition.members
    single = len(members) <= MOST_COLUMNS
    lines = []
    for article in whole.facts.asked:
        cells = []
        for member in members:
            answer = member.submission.answers.get(article)
            said = sum(bool(reply.answer) for reply in answer.questions.values()) if answer else 0
            if answer is None or answer.silent:
                cells.append(NONE)
            elif answer.not_applicable and not answer.says_more:
                cells.append(say("n/a"))
            else:
                cells.append(str(said))
        lines.append(Line((article, *(cells if single else [str(sum(cell != NONE for cell in cells))])), article))
    heads = [member.id for member in members] if single else [say("members")]
    title = say("Who answers which article (questions answered)")
    return Table("members", title, (say("Article"), *heads), tuple(lines), worded=1)


def _conflicts(whole: Overview, joint: Joint) -> Table:
    say, asked = whole.say, whole.facts.asked
    assert joint.merged is not None
    numbers = Counter(
        (conflict.scope if conflict.scope in asked else "", conflict.standing) for conflict in joint.merged.conflicts
    )
    lines = []
    for article in (*asked, ""):
        row = [numbers[article, one] for one in (Standing.OPEN, Standing.STALE, Standing.DECIDED)]
        if any(row):
            name = article or say("Beyond the articles")
            lines.append(Line((name, "", *(str(number or NONE) for number in row)), article))
    heads = (say("Article"), "", say("still open"), say("to be read again"), say("settled"))
    return Table("conflicts", say("Conflicts (reportgen merge lists them)"), heads, tuple(lines))


def _sign_off(whole: Overview, joint: Joint, digests: Mapping[str, str]) -> Table:
    say, languages = whole.say, whole.facts.languages
    frame = joint.coalition.frame
    version = frame.report.version if frame else None
    title = say("Sign-off of version {version}", version=version or "–")
    heads = (say("Member"), *languages)
    if not digests:
        caption = say("The hash of the text is shown once there are no errors.")
        return Table("sign-off", title, heads, (Line(("–", *("" for _ in languages))),), caption)
    standing = {(one.member, one.language): one for one in stands(joint, digests)}
    lines = []
    for member in joint.coalition.members:
        cells = []
        for language in languages:
            one = standing[member.id, language]
            date = f" {one.signed.withdrawn or one.signed.date}" if one.signed else ""
            cells.append(say(CONSENTS[one.consent.value]) + date)
        lines.append(Line((member.id, *cells)))
    lines.append(Line((say("content:"), *(digests[language] for language in languages)), quiet=True))
    caption = say("Whoever agrees has read this text: its “content” stands under “sign_off”.")
    return Table("sign-off", title, heads, tuple(lines), caption, worded=len(heads))


__all__ = ["coalition_tables", "digests_of"]
