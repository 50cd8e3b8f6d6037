"""What must not appear: names that somebody registered, and those that the submission itself keeps from its readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.protection.squash import SHORTEST, Finder, Hit, squash, weight
from reportgen.publication.audience import Audience
from reportgen.submission.model import Level, Organisation, Source, Submission
from reportgen.submission.private import Exposure, exposure
from reportgen.submission.reading import Reading

FILE: Final = "secrets.txt"
MOST_BYTES: Final = 200_000
MOST_LINES: Final = 2_000
_ALLOW: Final = re.compile(r"allow\s*:\s*(.+)", re.IGNORECASE)
_REMARK: Final = re.compile(r"(?:^|\s)#.*")
_PEOPLE: Final = re.compile(r"\s*;\s*|\s+(?:and|et|&)\s+")
_HIGHEST: Final = {Audience.PUBLIC: Level.PUBLIC, Audience.MEMBERS: Level.MEMBERS}


@dataclass(frozen=True, slots=True)
class Secret:
    """One name or spelling that must not appear.

    Attributes:
        words: The name.
        span: The place that says so: a line of ``secrets.txt``, or of the submission.
        capitals: Whether it is meant in capitals only, as an acronym that may also be a word.
        person: Whether its words may stand in another order.
    """

    words: str = field(repr=False)
    span: Span
    capitals: bool = False
    person: bool = True


@dataclass(frozen=True)
class Secrets:
    """Everything that must not appear in what one audience gets.

    Attributes:
        entries: The names.
        allowed: Phrases in which a name may stand all the same, such as a town that somebody is called after.
        folders: Folders of this computer whose paths tell who works on it, and where.
    """

    entries: tuple[Secret, ...] = field(default=(), repr=False)
    allowed: tuple[str, ...] = field(default=(), repr=False)
    folders: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def found(self, text: str) -> list[tuple[Secret, Hit]]:
        """Return what must not appear in ``text`` and stands in it, in order."""
        hits = [
            (secret, hit)
            for hit in self._finder.hits(text)
            if not (secret := self.entries[hit.name]).capitals or text[hit.start : hit.end].isupper()
        ]
        if hits and self.allowed:
            free = [(hit.start, hit.end) for hit in self._permits.hits(text)]
            hits = [(one, hit) for one, hit in hits if not any(a <= hit.start and hit.end <= b for a, b in free)]
        return sorted(hits, key=lambda pair: pair[1])

    @cached_property
    def _finder(self) -> Finder:
        return Finder(
            [secret.words for secret in self.entries], {secret.words for secret in self.entries if not secret.person}
        )

    @cached_property
    def _permits(self) -> Finder:
        return Finder(self.allowed, frozenset(self.allowed))


NOTHING: Final = Secrets()
"""No secret at all."""


def secrets_of(readings: Sequence[Reading], audience: Audience) -> tuple[Secrets, tuple[Diagnostic, ...]]:
    """Return everything that must not appear in what ``audience`` gets, and what is wrong with the registers.

    Args:
        readings: The submission first; of a coalition, each member's too, for merging may have left a name aside.
        audience: Who will read it.
    """
    folders = list(dict.fromkeys(reading.folder for reading in readings))
    entries: list[Secret] = []
    allowed: list[str] = []
    found: list[Diagnostic] = []
    for folder in folders:
        for secret, permitted in _registered(folder, found):
            if permitted:
                allowed.append(secret.words)
            else:
                entries.append(secret)
    for reading in readings:
        if reading.submission is not None:
            entries += _implied(reading.submission, _HIGHEST[audience].rank)
    permits = {squash(words) for words in allowed}
    first = {(squash(secret.words), secret.capitals): secret for secret in reversed(entries)}
    kept = [secret for secret in reversed(first.values()) if squash(secret.words) not in permits]
    found += [diagnostic("RG905", secret.span) for secret in kept if weight(secret.words) < SHORTEST]
    paths = {
        str(path) for folder in (*folders, Path("~").expanduser()) if len((path := folder.resolve()).parts) > _ROOT
    }
    return Secrets(tuple(kept), tuple(allowed), tuple(sorted(paths))), tuple(found)


_ROOT: Final = 2
"""Parts of a path that tells nothing: ``/``, ``/root``, ``C:\\Users``."""


def _registered(folder: Path, found: list[Diagnostic]) -> Iterator[tuple[Secret, bool]]:
    """Yield each line of the ``secrets.txt`` in ``folder``, and whether it permits a phrase instead."""
    path = folder / FILE
    home = Span(path.as_posix())
    try:
        if not path.is_symlink() and not path.exists():
            return
        if not path.resolve().is_relative_to(folder.resolve()):
            found.append(diagnostic("RG130", home))
            return
        if not path.is_file():
            found.append(diagnostic("RG131", home))
            return
        with path.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
        found += _exposed(path, home)
    except (OSError, RuntimeError):
        found.append(diagnostic("RG131", home))
        return
    text = _text_of(data, home, found)
    lines = text.split("\n")
    if len(data) > MOST_BYTES or len(lines) > MOST_LINES + 1:
        found.append(diagnostic("RG904", home, limit=f"{MOST_LINES:,}"))
        return
    for number, line in enumerate(lines, 1):
        words = _REMARK.sub("", line).strip()
        permit = _ALLOW.fullmatch(words)
        if words:
            yield Secret(permit[1] if permit else words, Span(home.file, number)), bool(permit)


def _exposed(path: Path, home: Span) -> Iterator[Diagnostic]:
    """Tell how others could come by the register."""
    how = exposure(path)
    if how is Exposure.VERSIONED:
        yield diagnostic("RG902", home)
    elif how is Exposure.READABLE:
        yield diagnostic("RG901", home)
    elif how is not Exposure.NONE:
        yield diagnostic("RG903", home)


def _text_of(data: bytes, home: Span, found: list[Diagnostic]) -> str:
    """Return the text of a register; nothing where it is saved as anything but UTF-8, and that is told."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        found.append(diagnostic("RG102", home, encoding="UTF-16"))
        return ""
    try:
        text = data[:MOST_BYTES].decode("utf-8-sig") if len(data) <= MOST_BYTES else ""
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        found.append(diagnostic("RG103", Span(home.file, before.count(b"\n") + 1)))
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _implied(submission: Submission, highest: int) -> Iterator[Secret]:
    """Yield who spoke and is withheld, and whatever tells an organisation that the audience may not know."""
    for source in submission.sources.values():
        if source.level.rank > highest and source.kind.from_a_person and source.author:
            yield from _people_of(source)
    known = [source for source in submission.sources.values() if source.level.rank <= highest]
    cited = {squash(words) for source in known for words in _bodies(source)}
    for organisation in submission.organisations.values():
        if organisation.secrecy.rank > highest:
            names = list(_names(organisation))
            if not cited & {squash(secret.words) for secret in names}:
                yield from names
            yield from _addresses(organisation)


def _people_of(source: Source) -> Iterator[Secret]:
    for words, span in _versions(source.author, source):
        for person in dict.fromkeys([words, *_PEOPLE.split(words)]):
            yield Secret(person, span)
            name, comma, _ = person.partition(",")
            if comma and len(name.split()) > 1:
                yield Secret(name, span)


def _bodies(source: Source) -> Iterator[str]:
    """Yield who published a source that readers may know: what it is called is known, too."""
    for text in (source.author, source.publisher):
        yield from text.versions.values() if text else ()


def _names(organisation: Organisation) -> Iterator[Secret]:
    for words, span in _versions(organisation.name, organisation):
        yield Secret(words, span, person=False)
    if organisation.acronym:
        place = organisation.place("acronym") or _anywhere(organisation)
        yield Secret(organisation.acronym, place, capitals=organisation.acronym.isupper(), person=False)


def _addresses(organisation: Organisation) -> Iterator[Secret]:
    host = (urlsplit(organisation.website or "").hostname or "").removeprefix("www.")
    for key, words in (("contact", organisation.contact or ""), ("website", host)):
        if words:
            yield Secret(words, organisation.place(key) or _anywhere(organisation), person=False)


def _versions(text: Text | None, part: Source | Organisation) -> Iterator[tuple[str, Span]]:
    for language, words in text.versions.items() if text else ():
        yield words, (text.spans.get(language) if text else None) or _anywhere(part)


def _anywhere(part: Source | Organisation) -> Span:
    return part.node.span if part.node else Span("")


def lines_with(texts: Iterable[tuple[str, str]], secrets: Secrets) -> frozenset[tuple[str, int]]:
    """Return file and line of every line of the input that holds any of ``secrets``: no message may show it.

    Args:
        texts: Name and text of each file.
        secrets: What must not appear.
    """
    return frozenset(
        (name, line)
        for name, text in texts
        for _, hit in secrets.found(text)
        for line in range(text.count("\n", 0, hit.start) + 1, text.count("\n", 0, hit.end) + 2)
    )


__all__ = ["FILE", "NOTHING", "Secret", "Secrets", "lines_with", "secrets_of"]
