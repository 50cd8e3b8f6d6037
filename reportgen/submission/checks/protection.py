"""Did those who spoke agree to what is done with their words, and does what is to be kept back stay back?

Which use is made of a source follows from the level of the parts that cite it: the public edition is public, or for the
authorities where the submission says so; what only members read is internal. What nobody reads is no use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic, nearest
from reportgen.submission.checks.facts import Facts
from reportgen.submission.citations import citations
from reportgen.submission.images import figures, names_file, read_figure, same_file
from reportgen.submission.model import Level, Organisation, Places, Source, Submission, Use
from reportgen.submission.parts import Part, declared_fields, own_texts, walk_parts

_REFERENCE: Final = re.compile(r" {0,3}\[[^\]\n]+\]:")
"""Begins a line that says where the images and links of a name lie."""


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check consent, places that are to be coarse, and images that are to be kept back."""
    submission = facts.submission
    used = uses(submission)
    for key, source in submission.sources.items():
        spoken = source.kind.from_a_person
        if spoken or source.consent is not None:
            yield from _consent(source, submission.place("sources", key), used.get(key, ()))
        if used.get(key):
            yield from _undescribed(source, submission.place("sources", key))
        coarse = spoken and submission.protection.places is Places.REGION
        if coarse and source.location and not source.region and not source.unreadable("region"):
            yield diagnostic("RG959", source.place("location"))
    yield from _images(facts)


def _images(facts: Facts) -> Iterator[Diagnostic]:
    """See that each rule for an image has one to keep back, and that it can keep back all that shows it."""
    submission = facts.submission
    versions = [
        (text, language, version)
        for _, part in walk_parts(submission)
        for _, text in own_texts(part)
        for language, version in text.versions.items()
    ]
    shown = {figure.path for _, _, version in versions for figure in figures(version)}
    kept_back = [image.file for image in submission.images if image.level is not Level.PUBLIC]
    for text, language, version in versions if kept_back else ():
        if line := next((line for line in version.split("\n") if _shows_past_the_rule(line, kept_back)), None):
            yield replace(diagnostic("RG932", facts.locate(text, language, line)), confidential=True)
    for image in submission.images:
        if image.file not in shown:
            suggestion = nearest(image.file, shown) or ""
            yield diagnostic("RG960", image.place("file"), value=image.file[:80], suggestion=suggestion)


def _shows_past_the_rule(line: str, kept_back: Sequence[str]) -> bool:
    """Whether a line shows one of the images ``kept_back`` in a way that leaves it, or words about it, to all readers."""
    if figure := read_figure(line):
        return any(figure.path != file and same_file(figure.path) == same_file(file) for file in kept_back)
    asks = "![" in line or _REFERENCE.match(line)
    return bool(asks) and any(names_file(line, file) for file in kept_back)


def _consent(source: Source, place: Span | None, used: tuple[Use, ...]) -> Iterator[Diagnostic]:
    if source.consent is None:
        if used and not source.unreadable("consent"):
            yield diagnostic("RG956", place)
        return
    for use in used:
        unread = any(source.consent.unreadable(one.value) for one in Use)
        if not unread and not source.consent.covers(use):
            code = "RG958" if source.consent.withdrawn else "RG957"
            key = "withdrawn" if source.consent.withdrawn else use.value
            yield diagnostic(code, source.consent.place(key) or source.place("consent"), key=use.value)


def _undescribed(source: Source, place: Span | None) -> Iterator[Diagnostic]:
    """Warn where a source is protected in the mind of its author, and public in the report.

    So it is with a description, which only stands for a source that is withheld, and with a consent where nobody said
    that the source is public.
    """
    protected = source.described_as or (source.consent and source.stated_level is None)
    if source.level is Level.PUBLIC and protected:
        shown = [key for key in ("title", "author", "publisher", "date", "location") if getattr(source, key)]
        at = source.place("described_as") or source.place("consent") or place
        told = diagnostic("RG966" if source.author else "RG967", at, keys=", ".join(shown))
        yield replace(told, confidential=True)


def uses(submission: Submission) -> dict[str, tuple[Use, ...]]:
    """Return the uses that are made of each source, by its identifier; of one that nobody reads none."""
    wide = submission.protection.use
    found: dict[str, set[Use]] = {}
    for level, part in _readable(submission, Level.PUBLIC):
        use = wide if level is Level.PUBLIC else Use.INTERNAL
        named = set(getattr(part, "sources", ())) if part is not submission else set()
        for _, text in own_texts(part):
            named |= {citation.source for version in text.versions.values() for citation in citations(version)}
        for key in named:
            found.setdefault(key, set()).add(use)
    return {key: tuple(sorted(used, key=list(Use).index)) for key, used in found.items()}


def _readable(part: Part, level: Level) -> Iterator[tuple[Level, Part]]:
    """Yield every part that somebody reads, with the level from which on; the list of sources is none of them."""
    own = getattr(part, "level", Level.PUBLIC) if not isinstance(part, Organisation) else Level.PUBLIC
    level = max(level, own, key=lambda one: one.rank)
    if level is Level.CONFIDENTIAL or isinstance(part, Source):
        return
    yield level, part
    for name, _, _ in declared_fields(type(part)).values():
        value = getattr(part, name)
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for child in inside:
            if isinstance(child, Part):
                yield from _readable(child, level)


__all__ = ["check", "uses"]
