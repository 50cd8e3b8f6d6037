"""What must not appear: names that somebody registered, and those that the submission itself keeps from its readers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.protection.asides import written
from reportgen.protection.clean import Clean
from reportgen.protection.registers import coalition_of, registered
from reportgen.protection.squash import SHORTEST, Finder, Hit, squash, weight
from reportgen.protection.umlauts import in_two, places_in_two
from reportgen.publication.audience import Audience
from reportgen.submission.model import Level, Organisation, Source, Submission
from reportgen.submission.reading import Reading

_PEOPLE: Final = re.compile(r"\s*;\s*|\s+(?:and|et|&)\s+")
_HIGHEST: Final = {Audience.PUBLIC: Level.PUBLIC, Audience.MEMBERS: Level.MEMBERS}


@dataclass(frozen=True, slots=True)
class Secret:
    """One name or spelling that must not appear.

    Attributes:
        words: The name.
        span: The place that says so: a line of ``secrets.txt``, or of the submission.
        capitals: Whether it is meant in capitals only, as an acronym that may also be a word.
        proper: Whether it is meant only where it begins with a capital, as a family name that may also be a word.
        person: Whether its words may stand in another order.
        homes: The folders of those who keep it back.
    """

    words: str = field(repr=False)
    span: Span
    capitals: bool = False
    proper: bool = False
    person: bool = True
    homes: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in which a name may stand all the same, such as a town that somebody is called after.

    A member speaks for what it keeps back itself, and who writes for all of them, for all.

    Attributes:
        words: The words.
        homes: The folders of those for whom it is permitted.
    """

    words: str = field(repr=False)
    homes: frozenset[Path] = frozenset()


T = TypeVar("T", Secret, Phrase)


@dataclass(frozen=True)
class Secrets:
    """Everything that must not appear in what one audience gets.

    Attributes:
        entries: The names.
        allowed: Phrases in which a name may stand all the same.
        folders: Folders of this computer whose paths tell who works on it, and where.
        registered: How many of the names somebody registered.
        register: Tells all registered names, whoever reads the report, from any others.
    """

    entries: tuple[Secret, ...] = field(default=(), repr=False)
    allowed: tuple[Phrase, ...] = field(default=(), repr=False)
    folders: tuple[str, ...] = field(default=(), repr=False)
    registered: int = 0
    register: bytes = field(default=b"", repr=False)

    def __bool__(self) -> bool:
        return bool(self.entries)

    def found(self, text: str, read: Callable[[str], Iterable[str]] = written) -> list[tuple[Secret, Hit]]:
        """Return what must not appear in ``text`` and stands in it, in order.

        Args:
            text: What may hold it.
            read: Gives every way in which it is read; each sign keeps its place in all of them.
        """
        hits = {pair for reading in read(text) for pair in self._read(reading)}
        return sorted(hits, key=lambda pair: pair[1])

    def may_stand(self, readings: Iterable[str]) -> bool:
        """Whether any may stand in one of several readings of a text; where none does, that is told soon."""
        return any(self._finder.found(one) for text in readings for one in dict.fromkeys((text, in_two(text))))

    def among(self, texts: Sequence[str], clean: Clean) -> frozenset[int]:
        """Return the numbers of those texts that may hold something: all are searched at once, and each if one holds any.

        Args:
            texts: What authors wrote; :meth:`found` tells of each what it holds.
            clean: What was searched before.
        """
        if not self:
            return frozenset()
        marks = [clean.mark(self, b"text", text.encode("utf-8", "surrogatepass")) for text in texts]
        new = [number for number, mark in enumerate(marks) if not clean.knows(mark)]
        readings = [(number, one) for number in new for one in _ways(texts[number])]
        found: frozenset[int] = frozenset()
        if self._finder.found("\n".join(one for _, one in readings)):
            found = frozenset(number for number, one in readings if self._finder.found(one))
        for number in new:
            if number not in found:
                clean.add(marks[number])
        return found

    def _read(self, text: str) -> Iterator[tuple[Secret, Hit]]:
        """Yield what stands in one reading of a text, and in the same with two letters for each umlaut."""
        yield from self._stands(text)
        spelt = in_two(text)
        if spelt != text and (found := list(self._stands(spelt))):
            places = places_in_two(text)
            yield from ((secret, Hit(places[hit.start], places[hit.end - 1] + 1, hit.name)) for secret, hit in found)

    def _stands(self, text: str) -> Iterator[tuple[Secret, Hit]]:
        hits = list(self._finder.hits(text))
        phrases = [(place, self.allowed[place.name]) for place in self._permits.hits(text)] if hits else []
        for hit in hits:
            secret = self.entries[hit.name]
            around = [one for at, one in phrases if at.start <= hit.start and hit.end <= at.end]
            shown = text[hit.start : hit.end]
            meant = shown.isupper() if secret.capitals else not (secret.proper and shown[0].islower())
            if meant and not _permitted(secret, around):
                yield secret, hit

    @property
    def short(self) -> bool:
        """Whether some are so short that it counts where the words around them end."""
        return self._finder.short

    @cached_property
    def fingerprint(self) -> bytes:
        """Tells it from everything else that must not appear, or may."""
        entries = [
            (one.words, one.capitals, one.proper, one.person, sorted(map(str, one.homes))) for one in self.entries
        ]
        allowed = [(one.words, sorted(map(str, one.homes))) for one in self.allowed]
        return hashlib.sha256(repr((entries, allowed, self.folders)).encode("utf-8", "surrogatepass")).digest()

    @cached_property
    def _finder(self) -> Finder:
        return Finder(
            [secret.words for secret in self.entries], {secret.words for secret in self.entries if not secret.person}
        )

    @cached_property
    def _permits(self) -> Finder:
        words = [phrase.words for phrase in self.allowed]
        return Finder(words, frozenset(words))


def _ways(text: str) -> Iterator[str]:
    """Yield every way in which a text is read, as it is spelt and with two letters for each umlaut."""
    for reading in written(text):
        yield from dict.fromkeys((reading, in_two(reading)))


def _permitted(secret: Secret, phrases: Sequence[Phrase]) -> bool:
    """Whether it is permitted for everybody who keeps ``secret`` back."""
    return bool(phrases) and secret.homes <= {home for phrase in phrases for home in phrase.homes}


NOTHING: Final = Secrets()
"""No secret at all."""


def secrets_of(readings: Sequence[Reading], audience: Audience) -> tuple[Secrets, tuple[Diagnostic, ...]]:
    """Return everything that must not appear in what ``audience`` gets, and what is wrong with the registers.

    Args:
        readings: The submission first; of a coalition, each member's too, for merging may have left a name aside.
        audience: Who will read it.
    """
    folders = list(dict.fromkeys(reading.folder for reading in readings))
    whole = coalition_of(folders[0]) or folders[0]
    found: list[Diagnostic] = []
    lines = list(registered(readings, found))
    everybody = frozenset((*folders, *(line.home for line in lines)))

    def speaks_for(home: Path) -> frozenset[Path]:
        return everybody if home.resolve() == whole.resolve() else frozenset({home})

    allowed = _united(
        [
            Phrase(line.words, speaks_for(line.home))
            for line in lines
            if line.permits and line.audience in (None, audience)
        ]
    )
    entries = [Secret(line.words, line.span, homes=frozenset({line.home})) for line in lines if not line.permits]
    for reading in (*readings[1:], readings[0]):
        known = {squash(secret.words) for secret in entries} if reading is readings[0] else set()
        said = _implied(reading.submission, _HIGHEST[audience].rank) if reading.submission else ()
        entries += [replace(one, homes=frozenset({reading.folder})) for one in said if squash(one.words) not in known]
    whole_words = {squash(phrase.words): [phrase] for phrase in allowed}
    kept = [secret for secret in _united(entries) if not _permitted(secret, whole_words.get(squash(secret.words), []))]
    found += [diagnostic("RG905", secret.span) for secret in kept if weight(secret.words) < SHORTEST]
    paths = {
        str(path) for folder in (*folders, Path("~").expanduser()) if len((path := folder.resolve()).parts) > _ROOT
    }
    registers = {line.span.file for line in lines}
    own = sum(secret.span.file in registers for secret in kept)
    names = "\n".join(sorted({line.words for line in lines if not line.permits}))
    register = hashlib.sha256(names.encode("utf-8", "surrogatepass")).digest()
    return Secrets(tuple(kept), allowed, tuple(sorted(paths)), own, register), tuple(found)


def _united(said: Iterable[T]) -> tuple[T, ...]:
    """Return each only once, as the first wrote it, with the homes of all who did."""
    known: dict[tuple[str, bool], T] = {}
    for one in said:
        key = squash(one.words), getattr(one, "capitals", False)
        first = known.setdefault(key, one)
        known[key] = replace(first, homes=first.homes | one.homes)
    return tuple(known.values())


_ROOT: Final = 2
"""Parts of a path that tells nothing: ``/``, ``/root``, ``C:\\Users``."""


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


def lines_with(texts: Iterable[tuple[str, str]], *all_secrets: Secrets, clean: Clean) -> frozenset[tuple[str, int]]:
    """Return file and line of every line of the input that holds any secret: no message may show it.

    Args:
        texts: Name and text of each file.
        all_secrets: What must not appear.
        clean: What was searched before.
    """
    files = list(texts)
    return frozenset(
        (name, line)
        for secrets in all_secrets
        for name, text in (files[number] for number in secrets.among([text for _, text in files], clean))
        for _, hit in secrets.found(text)
        for line in range(text.count("\n", 0, hit.start) + 1, text.count("\n", 0, hit.end) + 2)
    )


__all__ = ["NOTHING", "Phrase", "Secret", "Secrets", "lines_with", "secrets_of"]
