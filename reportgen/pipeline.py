"""The line from YAML to reports, stage by stage, each a function from value to value.

    read (→ merge) → check → redact → localise → compose → write

The last two happen in the press: processes of their own, with limits. Nothing here prints, exits or
touches the disk but to read the submission, and what is kept of it: the commands do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.catalogue import Catalogue, load_catalogue
from reportgen.collecting import uncollected
from reportgen.diagnostics import Diagnostic, Severity, Span
from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.render import severity_of
from reportgen.order import Order
from reportgen.press.store import forget
from reportgen.protection.clean import Clean
from reportgen.protection.personal import personal
from reportgen.protection.search import hushed
from reportgen.protection.secrets import NOTHING, Secrets
from reportgen.protection.watch import discreet, watch
from reportgen.publication.audience import Audience
from reportgen.submission.checks import check_submission
from reportgen.submission.checks.facts import Facts
from reportgen.submission.confidential import withhold
from reportgen.submission.reading import Reading, read_submission
from reportgen.theme.model import USUAL, Theme
from reportgen.theme.read import ThemeReading, theme_of

if TYPE_CHECKING:
    from reportgen.coalition.read import Joint
    from reportgen.languages.pairs import Text
    from reportgen.press.begun import Progress
    from reportgen.press.job import Job
    from reportgen.press.run import Press
    from reportgen.publication.model import Publication
    from reportgen.submission.model import Submission


@dataclass(frozen=True, slots=True)
class Read:
    """What stands at a path: one submission, or a coalition that was merged into one."""

    path: Path
    reading: Reading
    joint: Joint | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A submission with everything that was found about it."""

    reading: Reading
    catalogue: Catalogue
    found: tuple[Diagnostic, ...]
    theme: Theme = USUAL
    joint: Joint | None = None
    secrets: Secrets = NOTHING
    clean: Clean = field(default_factory=Clean)

    @property
    def worst(self) -> Severity | None:
        """The highest severity found."""
        return max((severity_of(item) for item in self.found), default=None)


@dataclass(frozen=True, slots=True)
class Built:
    """The finished files, by name, and everything found on the way; no files where there are errors."""

    checked: Checked
    files: dict[str, bytes] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


def check(
    path: Path,
    languages: Sequence[str] = (),
    *,
    theme: Path | None = None,
    templates: Path | None = None,
    audience: Audience = Audience.PUBLIC,
    clean: Clean | None = None,
) -> Checked:
    """Read the submission at ``path`` and check it against the catalogue, for ``languages`` or those of the report.

    Args:
        path: A file or a folder; its theme, if it has one, is checked with it.
        languages: Languages to look for.
        theme: Another theme.
        templates: A folder of templates instead of the program's.
        audience: Who will read it: names that must not appear depend on it.
        clean: What was searched for names before; what holds none now is added to it.
    """
    whole = read(path)
    return _watched(_examined(whole, theme_of(path, theme, templates), languages), whole, audience, clean or Clean())


def judged(whole: Read, look: ThemeReading, before: Checked | None = None) -> Checked:
    """Check what was read for the public, with the theme it is to have, as :func:`check` does.

    Args:
        whole: What was read.
        look: The theme.
        before: What came of the last check, of which what did not change is known.
    """
    return _watched(
        _examined(whole, look), whole, Audience.PUBLIC, Clean(earlier=before.clean.written() if before else b"")
    )


def _examined(whole: Read, look: ThemeReading, languages: Sequence[str] = ()) -> Checked:
    """Check everything but what people could be known by: what is found must not be told before that is looked for."""
    reading, joint = whole.reading, whole.joint
    catalogue = load_catalogue()
    found = check_submission(reading, catalogue, languages, (look.theme or USUAL).signs)
    if joint and joint.coalition.frame:
        from reportgen.coalition.judge import joint_texts_judged
        from reportgen.endorsement import sign_offs_judged

        names = [member.id for member in joint.coalition.members]
        found = (
            *joint_texts_judged(found, joint.coalition.frame),
            *sign_offs_judged(joint.coalition.frame, names),
        )
    reading = replace(reading, texts={**reading.texts, **look.texts}, paths=(*reading.paths, *look.paths))
    found = (*found, *look.found, *_key_faults(reading))
    return Checked(reading, catalogue, found, look.theme or USUAL, joint)


def _watched(examined: Checked, whole: Read, audience: Audience, clean: Clean) -> Checked:
    """Look for what people could be known by, and keep names out of everything that was found."""
    reading = examined.reading
    found = (*examined.found, *personal(reading, clean))
    watched = watch((reading, *_members(whole)), examined.catalogue, audience, found, clean)
    forget(whole.path, watched.found)
    reading = replace(reading, confidential=watched.confidential)
    return replace(examined, reading=reading, found=watched.found, secrets=watched.secrets, clean=clean)


def told_early(whole: Read, found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return what was found while ``whole`` was read as it may be told before all is judged: with no registered name."""
    return discreet((whole.reading, *_members(whole)), load_catalogue(), found)


def _members(whole: Read) -> list[Reading]:
    return [member.reading for member in whole.joint.coalition.members] if whole.joint else []


def _key_faults(reading: Reading) -> Iterator[Diagnostic]:
    """Tell what is wrong with the key of the pseudonyms, before anybody builds."""
    if reading.submission and reading.submission.protection.pseudonyms:
        from reportgen.publication.pseudonyms import KeyFault, needs_key, read_key

        try:
            if needs_key(reading.submission):
                read_key(reading.folder)
        except KeyFault as fault:
            yield fault.found


def read(path: Path) -> Read:
    """Read the submission at ``path``; if it means a coalition, merge that."""
    from reportgen.submission.files import coalition_folder

    folder = coalition_folder(path)
    if folder is None:
        return Read(path, read_submission(path))
    from reportgen.coalition.read import read_joint

    joint = read_joint(folder)
    return Read(path, joint.reading, joint)


def published(submission: Submission, folder: Path, joint: Joint | None, audience: Audience) -> Publication[Text]:
    """Return what ``audience`` may read of a submission without errors, with its images and codes.

    Raises:
        IllustrationError: An image can't be read.
        KeyFault: The key for the codes is missing or no secret.
    """
    from reportgen.publication.illustrate import illustrate
    from reportgen.publication.pseudonyms import with_pseudonyms
    from reportgen.publication.redact import redact

    publication = redact(submission, load_catalogue(), audience, undecided=undecided(joint))
    illustrated = illustrate(publication, folder)
    return with_pseudonyms(illustrated, folder) if submission.protection.pseudonyms else illustrated


def undecided(joint: Joint | None) -> frozenset[Span]:
    """Return the places where members differ and nothing is decided; a draft says so there."""
    conflicts = joint.merged.conflicts if joint and joint.merged else ()
    return frozenset(
        span for conflict in conflicts if conflict.settled is None for side in conflict.sides for span in side.spans
    )


@uncollected()
def build(path: Path, order: Order, progress: Progress | None = None, press: Press | None = None) -> Built:
    """Build every file of ``order`` in memory.

    The press begins while names are still looked for; if one is found, nothing of what it made is used or kept.

    Args:
        path: The submission or coalition.
        order: What to build.
        progress: Told how far it is.
        press: Processes that are there already.

    Raises:
        PressFault: The program failed in a way it does not foresee.
    """
    from reportgen.press.run import Press
    from reportgen.press.store import FOLDER, Store, home_of
    from reportgen.protection.scan import get_ready, leaks
    from reportgen.searched import searched

    if press is None:
        with Press() as own:
            return build(path, order, progress, own)
    store = Store(home_of(path) / FOLDER if order.kept else None)
    store.hold()
    with press.memory.used() if press.memory else nullcontext():
        whole = read(path)
        examined = _examined(whole, theme_of(path, order.theme, order.templates), order.languages)
        jobs, hindered = _jobs(examined, order)
        begun = press.begin(jobs, progress, store=store)
        with searched(store, "texts", order.audience.value) as clean:
            checked = _watched(examined, whole, order.audience, clean)
    store.only_with(checked.secrets.register)
    found = (*checked.found, *withhold(hindered, checked.reading.confidential))
    if order.final:
        found = for_final(found, order.audience)
    if not jobs or has_errors(found):
        begun.drop()
        return Built(checked, found=found)
    if "pdf" in order.formats:
        get_ready()
    files: dict[str, bytes] = {}
    leaked = False
    with searched(store, "files", order.audience.value) as clean:
        for printed in begun:
            told = withhold(printed.found, checked.reading.confidential)
            escaped = [
                leak for name, data in printed.files.items() for leak in leaks(name, data, checked.secrets, clean)
            ]
            files |= printed.files
            found = (*found, *hushed(told, checked.secrets), *escaped)
            leaked = leaked or bool(escaped)
    if leaked:
        forget(path, found)
    else:
        store.release()
        store.tidy()
    if order.final:
        found = for_final(found, order.audience)
    return Built(checked, {} if has_errors(found) else files, found)


def _jobs(examined: Checked, order: Order) -> tuple[list[Job], Sequence[Diagnostic]]:
    """Return what the press is to do for a submission without errors, or what hinders it."""
    submission, reading = examined.reading.submission, examined.reading
    if submission is None or has_errors(for_final(examined.found, order.audience) if order.final else examined.found):
        return [], ()
    from reportgen.press.job import Job
    from reportgen.publication.illustrate import IllustrationError
    from reportgen.publication.localise import localise
    from reportgen.publication.pseudonyms import KeyFault

    try:
        publication = published(submission, reading.folder, examined.joint, order.audience)
    except (IllustrationError, KeyFault) as fault:
        return [], [fault.found]
    languages = order.languages or Facts(submission, examined.catalogue).languages
    endorsed = dict.fromkeys(languages, publication)
    if examined.joint:
        from reportgen.endorsement import endorsements, hashes, missing_consents

        digests = hashes(submission, examined.catalogue, reading.folder, languages)
        missing = tuple(missing_consents(examined.joint, digests)) if order.final else ()
        if has_errors(missing):
            return [], missing
        endorsed = {
            language: replace(publication, endorsements=endorsements(examined.joint, digests, language))
            for language in languages
        }
    return [
        Job(localise(one, language), examined.catalogue, language, order.formats, order.final, examined.theme)
        for language, one in endorsed.items()
    ], ()


def for_final(found: Sequence[Diagnostic], audience: Audience = Audience.PUBLIC) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with every gap that a final report may not have turned into an error.

    A gap in what is not for ``audience`` is none; ``readers`` among the parameters says so.
    """
    return tuple(
        replace(item, severity=Severity.ERROR)
        if CODES[item.code].blocks_final and item.params.get("readers", "public") in ("public", audience.value)
        else item
        for item in found
    )


def has_errors(found: Sequence[Diagnostic]) -> bool:
    """Whether anything found stops the build."""
    return any(severity_of(item) is Severity.ERROR for item in found)


__all__ = [
    "Built",
    "Checked",
    "Read",
    "build",
    "check",
    "for_final",
    "has_errors",
    "judged",
    "published",
    "read",
    "undecided",
]
