"""Bundles for tests: made of a submission on the disk, opened again, and compared with it by what readers get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from reportgen.bundle.make import bundle, contents
from reportgen.catalogue import load_catalogue
from reportgen.languages.pairs import Text
from reportgen.pipeline import Checked, check, has_errors
from reportgen.publication.audience import Audience
from reportgen.publication.model import Publication, Source
from reportgen.publication.redact import redact
from reportgen.submission.citations import CITATION, parse_citation
from reportgen.submission.images import read_figure


def sound(it: Path | Checked, audience: Audience = Audience.MEMBERS) -> Checked:
    """Read a submission that has no errors, unless that was done before."""
    checked = it if isinstance(it, Checked) else check(it, audience=audience)
    assert not has_errors(checked.found), [(item.code, item.params) for item in checked.found]
    return checked


def files_of(it: Path | Checked, audience: Audience = Audience.MEMBERS) -> dict[str, bytes]:
    """Return the files of the bundle of a submission."""
    checked = sound(it, audience)
    assert checked.reading.submission
    return contents(checked.reading.submission, checked.reading.folder, load_catalogue(), audience)


def bundle_of(it: Path | Checked, audience: Audience = Audience.MEMBERS) -> bytes:
    """Return the bundle of a submission."""
    checked = sound(it, audience)
    assert checked.reading.submission
    return bundle(checked.reading.submission, checked.reading.folder, load_catalogue(), audience)


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def published(it: Path | Checked, audience: Audience) -> Any:
    """Return what ``audience`` reads of a submission, without what a bundle may change.

    That is: names that nobody reads (identifiers, paths of images), the place within a withheld source, and the
    fingerprints of translations, of which it is told whether they are fresh.
    """
    checked = sound(it, audience)
    assert checked.reading.submission
    publication = redact(checked.reading.submission, load_catalogue(), audience)
    sources = {key: repr(_plain(source, {}, frozenset())) for key, source in publication.sources.items()}
    withheld = frozenset(key for key, source in publication.sources.items() if source.withheld)
    return _plain(publication, sources, withheld)


def _plain(value: Any, sources: Mapping[str, str], withheld: frozenset[str]) -> Any:
    if isinstance(value, Text):
        return {
            language: (_words(words, sources, withheld), value.freshness(language))
            for language, words in value.versions.items()
        }
    if isinstance(value, tuple):
        return [_plain(item, sources, withheld) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item, sources, withheld) for key, item in value.items()}
    if is_dataclass(value) and type(value).__module__ == Publication.__module__:
        made = {
            item.name: _plain(getattr(value, item.name), sources, withheld)
            for item in fields(value)
            if item.name not in {"id", "sources"}
        }
        cited = getattr(value, "sources", ())
        if isinstance(cited, tuple):
            made["sources"] = [sources[key] for key in cited]
        elif not isinstance(value, Source):
            made["sources"] = sorted(sources.values())
        return made
    return value


def _words(words: str, sources: Mapping[str, str], withheld: frozenset[str]) -> str:
    def cite(match: Any) -> str:
        return "; ".join(
            f"{sources[one.source]}, {'' if one.source in withheld else one.locator}"
            for one in parse_citation(match[1])
        )

    lines = ("figure" if (figure := read_figure(line)) and figure.shows else line for line in words.split("\n"))
    return re.sub(r"!\[(\w+)\]\([^ ]+\)", r"\1", CITATION.sub(cite, "\n".join(lines))).strip()
