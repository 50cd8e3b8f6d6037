"""The first look: everything that an audience would read is searched before a page is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.protection.clean import Clean
from reportgen.protection.secrets import NOTHING, Secret, Secrets
from reportgen.protection.squash import Hit
from reportgen.publication.audience import Audience
from reportgen.publication.model import Publication
from reportgen.submission.model import Submission
from reportgen.submission.parts import declared_fields, walk_parts


def named_in(
    publication: Publication[Text],
    submission: Submission,
    texts: Mapping[str, str],
    secrets: Secrets,
    families: Secrets = NOTHING,
    *,
    clean: Clean,
) -> Iterator[Diagnostic]:
    """Yield an error for everything in ``publication`` that must not appear, at its place in the input.

    Args:
        publication: What the audience would read, in all languages.
        submission: What it was cut from, which knows where its words stand.
        texts: The text of each file.
        secrets: What must not appear.
        families: Names that may be somebody else's, each of which is a warning only.
        clean: What was searched before.
    """
    places: dict[str, Span] = {}
    strings = list(_strings(publication))
    words_of = [words for words, _, _ in strings]
    for number in sorted(secrets.among(words_of, clean) | families.among(words_of, clean)):
        words, span, text = strings[number]
        certain = secrets.found(words)
        alone = families.found(words)
        around = [hit for _, hit in (*certain, *alone)]
        alone = [pair for pair in alone if not any(_lies_in(pair[1], hit) for hit in around)]
        for code, (secret, hit) in [*(("RG910", pair) for pair in certain), *(("RG968", pair) for pair in alone)]:
            if span is None and not places:
                places = _places(submission)
            known = span or places.get(words)
            shown = words[hit.start : hit.end]
            place = within(known, shown, texts) if text is not None and known else known
            yield _told(code, secret, place, publication.audience)


def _lies_in(inner: Hit, outer: Hit) -> bool:
    return outer != inner and outer.start <= inner.start and inner.end <= outer.end


def _told(code: str, secret: Secret, span: Span | None, audience: Audience) -> Diagnostic:
    """Tell of ``secret`` at ``span``, of which nothing is shown, not even how long it is."""
    at = replace(span, length=0) if span else None
    place = f"{secret.span.file}:{secret.span.line}"
    allow = "allow" if audience is Audience.PUBLIC else f"allow {audience.value}"
    return replace(diagnostic(code, at, place=place, allow=allow), confidential=True)


def hushed(found: Sequence[Diagnostic], secrets: Secrets) -> tuple[Diagnostic, ...]:
    """Return what was found without any secret in its words, wherever they come from."""
    return tuple(_hushed(item, secrets) for item in found) if secrets else tuple(found)


def _hushed(item: Diagnostic, secrets: Secrets) -> Diagnostic:
    if item.code in _TOLD_BY_PLACE:
        return item
    params = {name: "…" if secrets.found(text) else text for name, text in item.params.items()}
    return item if params == item.params else replace(item, params=params, confidential=True)


_TOLD_BY_PLACE: Final = frozenset({"RG910", "RG964", "RG968"})
"""Their words are places, which they are there to tell."""


def _strings(value: Any) -> Iterator[tuple[str, Span | None, Text | None]]:
    """Yield everything in a publication that could be read, with its place where it knows it."""
    if isinstance(value, Text):
        yield from ((words, value.spans.get(language), value) for language, words in value.versions.items())
    elif isinstance(value, str):
        yield value, None, None
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value) and type(value).__module__ == Publication.__module__:
        for item in fields(value):
            if not isinstance(value, Publication) or item.name not in _OURS:
                yield from _strings(getattr(value, item.name))


_OURS = frozenset({"audience", "state", "cluster", "instruments", "asked", "left_out"})
"""What the catalogue says, and not the author."""


def _places(submission: Submission) -> dict[str, Span]:
    """Return where each word of the input that is no text stands: addresses, acronyms, identifiers, paths of images."""
    places: dict[str, Span] = {}
    for _, part in walk_parts(submission):
        for key, (name, _, _) in declared_fields(type(part)).items():
            value = getattr(part, name)
            if isinstance(value, str) and (span := part.place(key)):
                places.setdefault(value, span)
            for step in value if isinstance(value, Mapping) else ():
                if isinstance(step, str) and (span := part.key_place(key, step)):
                    places.setdefault(step, span)
    return places


def within(span: Span, shown: str, texts: Mapping[str, str]) -> Span:
    """Return where ``shown`` stands in the text that starts at ``span``; its start where it runs over lines."""
    lines = texts.get(span.file, "").split("\n")
    for number in range(span.line, len(lines) + 1):
        column = lines[number - 1].find(shown, span.column - 1 if number == span.line else 0)
        if column >= 0:
            return Span(span.file, number, column + 1)
    return span


__all__ = ["hushed", "named_in", "within"]
