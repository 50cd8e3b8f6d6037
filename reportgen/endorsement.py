"""Sign-off: what a member agreed to, bound by a hash to the very words of one version in one language.

The packages of the coalition know nothing of publications; this module stands above both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from reportgen.catalogue import Catalogue, Cluster
from reportgen.coalition.model import Frame, NamedAs, SignOff
from reportgen.coalition.read import Joint
from reportgen.diagnostics import Diagnostic, Related, Severity, diagnostic, nearest
from reportgen.languages.formats import collation_key
from reportgen.languages.pairs import OUTPUT_LANGUAGES, Passage, Text
from reportgen.marking import N_
from reportgen.publication.audience import Audience
from reportgen.publication.illustrate import IllustrationError, illustrate
from reportgen.publication.localise import localise
from reportgen.publication.model import Endorsement, Publication
from reportgen.publication.redact import redact
from reportgen.submission.model import Level, Organisation, Submission

_DIGITS: Final = 16


class Consent(Enum):
    """How far a member has agreed to what would be published now."""

    AGREED = "agreed"
    OUTDATED = "outdated"
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one member stands on one language.

    Attributes:
        member: The member.
        language: The language.
        consent: Whether it agreed, and to these words.
        signed: Its latest sign-off of this language, if any.
    """

    member: str
    language: str
    consent: Consent
    signed: SignOff | None = None


def content_hash(publication: Publication[Passage]) -> str:
    """Return the hash of what readers of one language get: sixteen hexadecimal digits.

    Places in files, what is not said, and the list of those that agreed are no part of what they agree to.
    """
    plain = _plain(replace(publication, endorsements=(), unsettled=None))
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:_DIGITS]


def hashes(submission: Submission, catalogue: Catalogue, folder: Path, languages: Sequence[str]) -> dict[str, str]:
    """Return, by language, the hash of what the public would be given of ``submission``, a submission without errors."""
    public = redact(submission, catalogue, Audience.PUBLIC)
    with suppress(IllustrationError):
        public = illustrate(public, folder)
    return {language: content_hash(localise(public, language)) for language in languages}


def _plain(value: Any) -> Any:
    if isinstance(value, Passage):
        return [value.language, value.text]
    if isinstance(value, Cluster):
        return value.number
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        said = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {name: item for name, item in said.items() if item not in (None, "", [], False)}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    return value


def stands(joint: Joint, hashes: Mapping[str, str]) -> list[Stand]:
    """Return where each member stands on each language; of several sign-offs the last written counts.

    One that is withdrawn counts no more, nor does any above it.

    Args:
        joint: The coalition.
        hashes: What would be published now, by language.
    """
    frame = joint.coalition.frame
    assert frame is not None
    version = frame.report.version or ""
    found = []
    for member in joint.coalition.members:
        for language, digest in hashes.items():
            mine = [one for one in frame.sign_off if (one.member, one.language) == (member.id, language)]
            since = list(reversed([*takewhile(lambda one: one.withdrawn is None, reversed(mine))]))
            good = [one for one in since if (one.version, one.content) == (version, digest)]
            consent = Consent.AGREED if good else _not_agreed(mine, since)
            found.append(Stand(member.id, language, consent, (good or mine)[-1] if mine else None))
    return found


def _not_agreed(mine: Sequence[SignOff], since: Sequence[SignOff]) -> Consent:
    if since:
        return Consent.OUTDATED
    return Consent.WITHDRAWN if mine else Consent.MISSING


def missing_consents(joint: Joint, hashes: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report, as errors, the members that have not agreed to what is about to be published: one for each reason."""
    frame = joint.coalition.frame
    assert frame is not None
    missing = [one for one in stands(joint, hashes) if one.consent is not Consent.AGREED]
    for consent, code in _CODES.items():
        some = [one for one in missing if one.consent is consent]
        if not some:
            continue
        by_member = {one.member: [other.language for other in some if other.member == one.member] for one in some}
        known = "; ".join(f"{member} ({', '.join(languages)})" for member, languages in by_member.items())
        places = [place for one in some if one.signed and (place := one.signed.place("content"))]
        related = [Related(place, N_("signed here")) for place in places[1:]]
        place = places[0] if places else frame.place("sign_off")
        found = diagnostic(code, place, related=related, version=frame.report.version or "", known=known)
        yield replace(found, severity=Severity.ERROR)


def lines_to_sign(joint: Joint, hashes: Mapping[str, str]) -> list[str]:
    """Return the lines of ``sign_off`` that are still missing, ready to be pasted; the date is left to be filled in.

    How a member was last listed is kept.

    Args:
        joint: The coalition.
        hashes: What would be published now, by language.
    """
    frame = joint.coalition.frame
    assert frame is not None
    version = (frame.report.version or "").replace('"', "")
    lines = []
    for one in stands(joint, hashes):
        if one.consent is not Consent.AGREED:
            named = one.signed.named if one.signed else NamedAs.NAMED
            more = "" if named is NamedAs.NAMED else f", named: {named.value}"
            lines.append(
                f'- {{member: {one.member}, version: "{version}", language: {one.language}, date: , content: {hashes[one.language]}{more}}}'
            )
    return lines


_CODES: Final = {Consent.MISSING: "RG820", Consent.OUTDATED: "RG821", Consent.WITHDRAWN: "RG825"}


def sign_offs_judged(frame: Frame, members: Sequence[str]) -> Iterator[Diagnostic]:
    """Report sign-offs of nobody, or for a language in which no report is made."""
    for one in frame.sign_off:
        if one.member not in members:
            known, suggestion = ", ".join(members), nearest(one.member, members) or ""
            yield diagnostic("RG811", one.place("member"), value=one.member, suggestion=suggestion, known=known)
        if one.language not in OUTPUT_LANGUAGES:
            yield diagnostic("RG822", one.place("language"), value=one.language, known=", ".join(OUTPUT_LANGUAGES))


def endorsements(joint: Joint, hashes: Mapping[str, str], language: str) -> tuple[Endorsement[Text], ...]:
    """Return the organisations of the members that agreed to these words, as they agreed to be listed.

    An organisation that is not to be named is described, whatever else was agreed. Names come first, in the order of the
    alphabet, then descriptions: in the order of identifiers the place of a description would tell whose it is.
    """
    merged = joint.merged
    submission = joint.reading.submission
    if merged is None or submission is None:
        return ()
    listed: dict[str, Endorsement[Text]] = {}
    for one in stands(joint, {language: hashes[language]}):
        if one.consent is not Consent.AGREED or one.signed is None or one.signed.named is NamedAs.NOT_LISTED:
            continue
        for (member, kind, _), name in sorted(merged.renamed.items()):
            if (member, kind) == (one.member, "organisations") and name in submission.organisations:
                organisation = submission.organisations[name]
                if entry := _listed(organisation, described=one.signed.named is NamedAs.DESCRIBED):
                    listed[name] = entry

    def place(name: str) -> tuple[bool, object]:
        entry = listed[name]
        return entry.name is not submission.organisations[name].name, collation_key(entry.name.source)

    return tuple(listed[name] for name in sorted(listed, key=place))


def _listed(organisation: Organisation, *, described: bool) -> Endorsement[Text] | None:
    if organisation.secrecy is Level.PUBLIC and not described:
        return Endorsement(organisation.name, organisation.acronym or "")
    return Endorsement(organisation.described_as) if organisation.described_as else None
