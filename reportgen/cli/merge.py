"""``reportgen merge``: the members' submissions into one, what they differ on, and what has changed since the last time."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click

from reportgen.cli.console import Console, Exit, Say, cleaned, pass_console, path_argument, stop

if TYPE_CHECKING:
    from reportgen.coalition.model import Merged
    from reportgen.coalition.read import Joint
    from reportgen.coalition.told import Told
    from reportgen.coalition.update import Change, Snapshot

FOLDER: Final = "merged"
SUBMISSION: Final = "merged.yaml"
PAGE, WORKLIST, SKELETON, SNAPSHOT = "conflicts.html", "conflicts.md", "decisions-to-make.yaml", "last-merge.json"
_MANY: Final = 60
"""Changes that are listed one by one."""
_WORDS: Final = 240
"""Characters of a text that the terminal shows; the page and the work-list have all of it."""


def command(say: Say) -> click.Command:
    """Return the command."""

    @click.command(
        "merge",
        help=say(
            "Merge the submissions of a coalition's members into one, and list what they differ on.\n\n"
            "PATH is the folder of the coalition. Nothing is decided by the program and nobody's words are left out: what is "
            "not decided yet stands side by side, each with its name. Beside the merged submission you find the conflicts as "
            "a page, as a list for a meeting, and as decisions to fill in.\n\n"
            "\b\nExamples:\n"
            "  reportgen merge joint-report\n"
            "  reportgen merge joint-report --strict     # exit with 3 while anything is open\n"
            "  reportgen build joint-report              # merges by itself"
        ),
    )
    @path_argument()
    @click.option(
        "-o",
        "--output",
        "target",
        type=click.Path(dir_okay=False, path_type=Path),
        default=None,
        help=say("The merged submission. Default: merged/merged.yaml in the folder of the coalition."),
    )
    @click.option("--strict", is_flag=True, help=say("Exit with 3 while a conflict is open or a decision is stale."))
    @pass_console
    def run(console: Console, path: Path, target: Path | None, *, strict: bool) -> None:
        from reportgen.catalogue import load_catalogue
        from reportgen.coalition.model import Standing
        from reportgen.coalition.read import read_joint
        from reportgen.coalition.told import told
        from reportgen.coalition.update import changes, snapshot
        from reportgen.languages.messages import in_language
        from reportgen.submission.files import coalition_folder

        folder = coalition_folder(path)
        if folder is None:
            raise click.BadParameter(
                console.say("{path} is no coalition: it has no coalition.yaml.", path=cleaned(str(path))),
                param_hint="PATH",
            )
        joint = read_joint(folder)
        if target and target.resolve() in {read.resolve() for read in joint.reading.paths}:
            raise click.BadParameter(
                console.say("{file} is one of the files that are merged.", file=cleaned(str(target))), param_hint="-o"
            )
        merged = _sound(console, joint)
        _show_members(console, joint)
        home = folder.as_posix()
        headings = {
            key: f"{key} · {in_language(article.title, console.language)}"
            for key, article in load_catalogue().articles.items()
        }
        items = told(
            merged.conflicts,
            console.gettext,
            headings,
            home,
            called=_called(console.language),
            root=merged.root,
            language=console.language,
        )
        earlier, memory = _earlier(folder)
        now = snapshot(joint.coalition.members, merged, home)
        changed = changes(earlier, now) if earlier else []
        _show_changes(console, earlier, now, changed, items, memory)
        _show_conflicts(console, items)
        _write(console, folder, target, joint, merged, items, changed, now)
        open_ = any(conflict.standing is not Standing.DECIDED for conflict in merged.conflicts)
        if strict and open_:
            stop(Exit.WARNINGS)

    return run


def _called(language: str) -> dict[str, str]:
    """Return the wording of every question and the name of every milestone, by identifier."""
    from reportgen.catalogue import load_catalogue
    from reportgen.languages.messages import in_language

    catalogue = load_catalogue()
    questions = {one.id: one.text for enquiry in catalogue.enquiries.values() for one in enquiry.questions}
    milestones = {one.id: one.name for one in catalogue.milestones}
    return {key: in_language(text, language) for key, text in (questions | milestones).items()}


def _sound(console: Console, joint: Joint) -> Merged:
    """Return the merge; where a file has errors nothing is merged, for no voice may be left out unseen."""
    from reportgen.diagnostics import Severity
    from reportgen.diagnostics.render import severity_of

    listed = {"RG807", "RG808"}
    found = [item for item in joint.reading.found if item.code not in listed]
    errors = [item for item in found if severity_of(item) is Severity.ERROR]
    if errors or joint.merged is None:
        console.show(errors or found, joint.reading.texts)
        _show_members(console, joint)
        console.out(console.say("Nothing was merged; earlier files are unchanged."))
        stop(Exit.PROBLEMS)
    of_merging = [item for item in found if item.code.startswith("RG8")]
    if of_merging:
        console.show(of_merging, joint.reading.texts)
        console.out()
    assert joint.merged is not None
    return joint.merged


def _show_members(console: Console, joint: Joint) -> None:
    """Say whose files have errors, and how to see them: what stands under a wrong name meets no conflict."""
    from reportgen.catalogue import load_catalogue
    from reportgen.diagnostics import Severity
    from reportgen.diagnostics.render import severity_of
    from reportgen.submission.checks import check_submission

    found = [
        item
        for item in check_submission(joint.reading, load_catalogue())
        if severity_of(item) is Severity.ERROR and item.span and not item.code.startswith("RG8")
    ]
    lines = []
    for written in joint.coalition.frame.members if joint.coalition.frame else ():
        home = (joint.reading.folder / written).as_posix()
        own = [
            item for item in found if item.span and (item.span.file == home or item.span.file.startswith(f"{home}/"))
        ]
        if own:
            lines.append(f"  {cleaned(written)}: {console.summary(own)} reportgen check {cleaned(home)}")
    if lines:
        text = console.say("Errors in the files of members; until they are mended a conflict may stay unseen:")
        console.out(console.style(text, "warning"))
        console.out("\n".join(lines) + "\n")


def _earlier(folder: Path) -> tuple[Snapshot | None, Path | None]:
    """Return what was written at the last merge, and where that is recorded, if it is."""
    from reportgen.coalition.update import from_json

    path = folder / FOLDER / SNAPSHOT
    if not path.exists():
        return None, None
    try:
        return from_json(path.read_text("utf-8")), path
    except (OSError, UnicodeDecodeError):
        return None, path


def _show_changes(
    console: Console,
    earlier: Snapshot | None,
    now: Snapshot,
    changed: list[Change],
    items: list[Told],
    memory: Path | None,
) -> None:
    if earlier is None and memory is None:
        members = ", ".join(cleaned(member) for member in now.members)
        console.out(console.say("First merge: {members}.", members=members))
        console.out(console.say("There is no record of an earlier one to compare with.") + "\n")
        return
    if earlier is None:
        text = console.say(
            "{file} can’t be read: what has changed since the last merge can’t be told this time. It is written anew.",
            file=cleaned(str(memory)),
        )
        console.out(console.style(text, "warning") + "\n")
        return
    came, went = (
        sorted(now.members.keys() - earlier.members.keys()),
        sorted(earlier.members.keys() - now.members.keys()),
    )
    if not changed and not came and not went:
        console.out(console.say("Nothing has changed since the last merge.") + "\n")
    else:
        console.out(console.style(console.say("Changed since the last merge"), "note"))
        for member in came:
            console.out("  " + console.say("{member} is new.", member=cleaned(member)))
        for member in went:
            console.out("  " + console.say("{member} is gone.", member=cleaned(member)))
        for line in change_lines(changed[:_MANY], console.gettext):
            console.out(f"  {line}")
        if len(changed) > _MANY:
            console.out("  " + console.say("… and {count} more.", count=len(changed) - _MANY))
        console.out()
    for item in items:
        if item.changed:
            members = ", ".join(item.changed)
            text = console.say("Decision {key} is touched by this: {members}.", key=item.conflict.id, members=members)
            console.out(console.style(text, "warning"))
    for key in sorted(now.conflicts.keys() - earlier.conflicts.keys()):
        console.out(console.say("Conflict {key} is new.", key=key))
    for key in sorted(earlier.conflicts.keys() - now.conflicts.keys()):
        console.out(console.say("Conflict {key} is gone.", key=cleaned(key)))


def change_lines(changed: list[Change], say: Say) -> list[str]:
    """Return changes as lines: article, member, what it was and what it is, and where."""
    from reportgen.coalition.update import in_short

    lines = []
    for change in changed:
        unit = change.unit
        head = f"{cleaned(unit.article or '–')}  {cleaned(change.member)}  {cleaned(unit.key)}"
        if change.before is None:
            what = say("added: {text}").format(text=in_short(unit.words))
        elif change.after is None:
            what = say("removed: {text}").format(text=in_short(unit.words))
        else:
            what = say("{old} → {new}").format(old=in_short(change.before.words), new=in_short(unit.words))
        lines.append(f"{head}  {what}  ({cleaned(unit.place)})")
    return lines


def _show_conflicts(console: Console, items: list[Told]) -> None:
    from reportgen.coalition.model import Standing
    from reportgen.coalition.report import summed
    from reportgen.coalition.told import by_group, in_brief

    waiting = [item for item in items if item.conflict.standing is not Standing.DECIDED]
    for group, some in by_group(waiting):
        console.out(console.style(group, "note"))
        for item in some:
            standing = item.standing
            if item.changed:
                standing = console.say("{title}: {subject}", title=standing, subject=", ".join(item.changed))
            console.out(f"  {item.title}  {console.style(f'{item.conflict.id} ({standing})', 'dim')}")
            for line in (item.asked, *item.decided):
                if line:
                    console.out(f"    {in_brief(line, _WORDS)}")
            for side in item.sides:
                console.out(f"    {', '.join(side.members)}  {console.style(', '.join(side.places), 'dim')}")
                for line in side.words:
                    console.out(f"      {in_brief(line, _WORDS)}")
                for line in side.grounds:
                    console.out(console.style(f"      {in_brief(line, _WORDS)}", "dim"))
            choices = console.say("can be decided by: {choices}", choices=", ".join(item.conflict.choices))
            console.out(console.style(f"    {choices}", "dim"))
        console.out()
    console.out(console.style(summed(items, console.gettext), "warning" if waiting else "good"))


def _write(
    console: Console,
    folder: Path,
    target: Path | None,
    joint: Joint,
    merged: Merged,
    items: list[Told],
    changed: list[Change],
    now: Snapshot,
) -> None:
    from reportgen.coalition.report import as_page, as_worklist
    from reportgen.coalition.skeleton import to_decide
    from reportgen.coalition.update import to_json
    from reportgen.coalition.written import clear_other_form, merged_files, pictures_of
    from reportgen.diagnostics import diagnostic
    from reportgen.languages.pairs import OUTPUT_LANGUAGES
    from reportgen.writers.files import write_files

    say = console.gettext
    frame = joint.coalition.frame
    languages = (frame.report.languages if frame else ()) or OUTPUT_LANGUAGES
    comment = say(
        "Generated by “reportgen merge”: do not edit, the next merge writes it anew. It holds all that the members wrote,\n"
        "also what is confidential: keep it as safe as their files."
    )
    target = target or folder / FOLDER / SUBMISSION
    whole, too_large = merged_files(merged.root, target.name, comment)
    beside = {
        **whole,
        PAGE: as_page(items, say, console.language, languages).encode(),
        WORKLIST: as_worklist(items, say, languages, change_lines(changed, say)).encode(),
        SKELETON: to_decide(items, say, languages).encode(),
    }
    home_of_pictures = PurePosixPath(next(iter(whole))).parent
    pictures = {
        str(home_of_pictures / place / name): data
        for place, files in pictures_of(merged.root, folder).items()
        for name, data in files.items()
    }
    try:
        written = write_files(target.parent, beside | pictures)[: len(beside)]
        clear_other_form(target, written)
        write_files(folder / FOLDER, {SNAPSHOT: to_json(now).encode()})
    except OSError as error:
        reason = error.strerror or type(error).__name__
        console.show([diagnostic("RG703", value=target.parent.as_posix(), reason=reason)], {})
        stop(Exit.RENDERING)
    for path in written:
        console.out(f"{console.style('✓', 'good')} {cleaned(str(path))}")
    if target.name not in whole:
        text = console.say(
            "The merged submission is too large for one file and stands in the folder {folder}; “check” and “build” take it.",
            folder=cleaned(str(target.with_suffix(""))),
        )
        console.out(text)
    for name in too_large:
        text = console.say(
            "{file} is too large to be read again: build from the folder of the coalition.", file=cleaned(name)
        )
        console.out(console.style(text, "warning"))
