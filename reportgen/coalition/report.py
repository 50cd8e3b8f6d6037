"""The conflict report: as a page that is read and printed, and as a work-list for a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from reportgen.coalition.model import Standing
from reportgen.coalition.skeleton import entry
from reportgen.coalition.told import Told, by_group
from reportgen.diagnostics.render import Translate
from reportgen.marking import N_
from reportgen.resources import resource

FOR_WHOM: Final = N_(
    "For the coordinator: it calls the members by the names of their files, also those that the report does not name. Before it goes to others, see that nothing in it betrays them."
)
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|])")


def summed(items: Sequence[Told], say: Translate) -> str:
    """Say in a sentence how many conflicts are open, stale and decided."""
    numbers = {one: sum(item.conflict.standing is one for item in items) for one in Standing}
    return say("Conflicts: {open} open, {stale} to be read again, {decided} decided.").format(
        open=numbers[Standing.OPEN], stale=numbers[Standing.STALE], decided=numbers[Standing.DECIDED]
    )


def as_page(items: Sequence[Told], say: Translate, language: str, languages: Sequence[str]) -> str:
    """Return the report as one HTML file that needs nothing else.

    Args:
        items: All conflicts in words.
        say: Looks a message up in ``language``.
        language: Language of the report.
        languages: Languages of the joint report, for the entries to be filled in.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resource("templates") / "merge"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    groups = [
        (group, [(item, _paste(item, say, languages)) for item in some])
        for group, some in by_group(sorted(items, key=_undecided_first))
    ]
    return environment.get_template("conflicts.html.j2").render(
        language=language,
        title=say("Conflicts to decide"),
        sum=summed(items, say),
        for_whom=say(FOR_WHOM),
        groups=_joined(groups),
        say=say,
    )


def as_worklist(items: Sequence[Told], say: Translate, languages: Sequence[str], changed: Sequence[str] = ()) -> str:
    """Return the work-list in Markdown: a box to tick for each conflict that is not settled.

    Args:
        items: All conflicts in words.
        say: Looks a message up in the language of the user.
        languages: Languages of the joint report, for the entries to be filled in.
        changed: What members changed since the last merge.
    """
    waiting = [item for item in items if item.conflict.standing is not Standing.DECIDED]
    lines = [f"# {say('Conflicts to decide')}", "", summed(items, say), "", say(FOR_WHOM), ""]
    if changed:
        lines += [f"## {say('Changed since the last merge')}", "", *(f"- {_escaped(line)}" for line in changed), ""]
    for group, some in by_group(waiting):
        lines += [f"## {_escaped(group)}", ""]
        for item in some:
            changed = f" ({', '.join(item.changed)})" if item.changed else ""
            lines.append(f"- [ ] **{_escaped(item.title)}** `{item.conflict.id}`: {item.standing}{changed}")
            lines += ["", *_substance(item)]
            if paste := _paste(item, say, languages):
                lines += ["  ```yaml", *(f"  {line}".rstrip() for line in paste.rstrip("\n").split("\n")), "  ```", ""]
    if not waiting:
        lines += [say("Everything is decided."), "", *_minutes(items, say)]
    return "\n".join(lines)


def _substance(item: Told) -> Iterator[str]:
    """Yield what a meeting needs to know: the question, what was decided before, and each side with its grounds."""
    if item.asked:
        yield from (f"  {_escaped(item.asked)}", "")
    if item.decided:
        yield from (*(f"  - {_escaped(line)}" for line in item.decided), "")
    for side in item.sides:
        yield from (f"  - **{_escaped(', '.join(side.members))}** ({_escaped(', '.join(side.places))})", "")
        said = [f"    > {_escaped(line)}" for line in (*side.words, *side.grounds)]
        yield from "\n    >\n".join(said).split("\n")
        yield ""


def _minutes(items: Sequence[Told], say: Translate) -> Iterator[str]:
    """Yield what was decided about each conflict, by which key and why, with what each side had held."""
    if items:
        yield from (f"## {say('What was decided')}", "")
    for group, some in by_group(items):
        yield from (f"### {_escaped(group)}", "")
        for item in some:
            yield from (f"- **{_escaped(item.title)}** `{item.conflict.id}`", "", *_substance(item))


def _paste(item: Told, say: Translate, languages: Sequence[str]) -> str:
    """Return the YAML to paste, without what stands beside it anyway; none where it is in ``coalition.yaml`` already."""
    if item.conflict.decision is not None:
        if item.conflict.standing is Standing.STALE:
            return f"    ground: [{', '.join(item.conflict.ground)}]\n"
        return ""
    return entry(item, say, languages, commented=False).lstrip("\n")


def _undecided_first(item: Told) -> bool:
    return item.conflict.standing is Standing.DECIDED


def _joined(groups: list[tuple[str, list[tuple[Told, str]]]]) -> list[tuple[str, list[tuple[Told, str]]]]:
    """Put the decided conflicts of an article below its open ones."""
    made: dict[str, list[tuple[Told, str]]] = {}
    for group, some in groups:
        made.setdefault(group, []).extend(some)
    return list(made.items())


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
