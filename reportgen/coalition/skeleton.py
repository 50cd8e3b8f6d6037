"""The decisions still to be made, as YAML that is filled in and pasted into ``coalition.yaml``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Final

from reportgen.coalition.model import PROPOSALS, Conflict, Standing
from reportgen.coalition.told import Told, in_brief
from reportgen.diagnostics.render import Translate

_WIDTH: Final = 100
_SPACES: Final = re.compile(r"[ \t\n]+")
"""Those at which a line may be broken; no-break spaces stay."""
_LONGEST: Final = 600
"""Characters of a side that a comment repeats."""


def to_decide(items: Sequence[Told], say: Translate, languages: Sequence[str]) -> str:
    """Return the entries for everything that is open and not yet in ``coalition.yaml``, and what to do about the rest.

    Args:
        items: All conflicts in words.
        say: Looks a message up in the language of the user.
        languages: Languages of the report, for joint texts.
    """
    parts = [
        _comment(
            say(
                "What the coalition has still to decide. Fill in one line of each entry, leave the others empty, and move the entries below “decisions:” in coalition.yaml."
            )
        ),
        _comment(
            say(
                "take: the member whose side stands · text or value: what stands instead of all sides · keep: both, every side with its name."
            )
        ),
        _comment(
            say("dissent: members that do not join; their side is printed beside the decision, as: footnote or box.")
        ),
        _comment(
            say("“ground” is what you decide upon. Leave it: by it the program sees when a member changes its text.")
        ),
        "decisions:\n",
    ]
    new = [item for item in items if item.conflict.standing is Standing.OPEN and item.conflict.decision is None]
    parts += [entry(item, say, languages) for item in new]
    if not new:
        parts.append(_comment(say("Nothing new is open."), "  "))
    for item in items:
        if item.conflict.standing is Standing.OPEN and item.conflict.decision is not None:
            parts.append(
                "\n"
                + _comment(
                    say("{key} stands in coalition.yaml and is not filled in yet.").format(key=item.conflict.id), "  "
                )
            )
        elif item.conflict.standing is Standing.STALE:
            message = say(
                "{key} is stale, because of {members}. Read it again; if the decision stands, give it this ground:"
            ).format(key=item.conflict.id, members=", ".join(item.changed))
            parts.append(f"\n{_comment(message, '  ')}  # ground: {_ground(item.conflict)}\n")
    return "".join(parts)


def entry(item: Told, say: Translate, languages: Sequence[str], *, commented: bool = True) -> str:
    """Return one entry below ``decisions``, ready to be filled in; its comments say who says what."""
    conflict = item.conflict
    lines = [f"\n  {conflict.id}:\n"]
    if commented:
        lines.append(_comment(f"{item.group}. {item.title}.", "    "))
        for side in item.sides:
            who, where = ", ".join(side.members), ", ".join(side.places)
            words = in_brief(" / ".join(side.words), _LONGEST)
            lines.append(_comment(f"{who}: {words} ({where})", "    "))
        if conflict.kind in PROPOSALS:
            lines.append(
                _comment(
                    say("Are they one? “take” makes them one, with “text” in joint words; “keep: both” leaves both."),
                    "    ",
                )
            )
    lines.append(f"    ground: {_ground(conflict)}\n")
    for choice in conflict.choices:
        if choice == "text":
            lines.append("    text:\n" + "".join(f"      {language}:\n" for language in languages))
        elif choice == "dissent":
            lines.append("    dissent: []\n")
        else:
            lines.append(f"    {choice}:\n")
    return "".join(lines)


def _ground(conflict: Conflict) -> str:
    return f"[{', '.join(conflict.ground)}]"


def _comment(text: str, indent: str = "") -> str:
    lead = f"{indent}# "
    return (
        textwrap.fill(
            _SPACES.sub(" ", text).strip(),
            _WIDTH,
            initial_indent=lead,
            subsequent_indent=lead,
            break_long_words=False,
            break_on_hyphens=False,
        )
        + "\n"
    )
