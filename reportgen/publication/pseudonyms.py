"""Pseudonyms: a code for each withheld source, the same throughout one report and linked to nothing outside it.

A code is made from the identifier of the source with a key of this report alone (HMAC-SHA256, RFC 2104). Without the
key nobody can test a guess, and two reports with two keys can't be laid side by side; an unkeyed hash of a name is one
dictionary away.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.publication.model import Publication
from reportgen.submission.model import Level, Submission
from reportgen.submission.private import Exposure, exposure

KEY_FILE: Final = "pseudonyms.key"
_BYTES: Final = 32
_SIGNS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code is a word, and no sign that looks like another."""
_SHORTEST: Final = 4


class KeyFault(Exception):  # noqa: N818 - a fault of the input, reported as such
    """The key can't be used.

    Attributes:
        found: The diagnostic.
    """

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.found = found


def read_key(folder: Path) -> bytes:
    """Return the key that lies in ``folder``, beside the inputs: 32 bytes.

    Raises:
        KeyFault: There is none, it is damaged, others can read it, or it is under version control or may be.
    """
    path = folder / KEY_FILE
    home, place = folder.as_posix(), Span(path.as_posix(), 0)
    if not path.is_file() or path.is_symlink():
        raise KeyFault(diagnostic("RG951", value=KEY_FILE, key=home))
    exposed = exposure(path)
    if exposed is not Exposure.NONE:
        line = KEY_FILE if exposed is Exposure.NOT_IGNORED else path.as_posix()
        raise KeyFault(diagnostic(_CODES[exposed], place, value=line, key=home))
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != _BYTES:
        raise KeyFault(diagnostic("RG955", place, value=path.as_posix(), key=home))
    return key


_CODES: Final = {
    Exposure.READABLE: "RG952",
    Exposure.VERSIONED: "RG953",
    Exposure.NOT_IGNORED: "RG954",
    Exposure.UNKNOWN: "RG961",
}


def make_key(folder: Path) -> Path:
    """Make a new key in ``folder``, for its owner's eyes only, and return its path.

    Raises:
        FileExistsError: There is one; with another key every code would change.
        OSError: The folder can't be written to.
    """
    path = folder / KEY_FILE
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_BYTES) + "\n")
    return path


def pseudonyms(identifiers: Iterable[str], key: bytes) -> dict[str, str]:
    """Return the code of each identifier; those that would share one are longer.

    A code depends on the key and on its own identifier, so that it stays when other sources come or go.
    """
    digests = {name: _digest(name, key) for name in identifiers}
    codes = {}
    for name, digest in digests.items():
        size = _SHORTEST
        while any(other != name and digests[other][:size] == digest[:size] for other in digests):
            size += 1
        codes[name] = digest[:size]
    return codes


def _digest(name: str, key: bytes) -> str:
    canonical = unicodedata.normalize("NFC", name).casefold()
    number = int.from_bytes(hmac.new(key, canonical.encode(), hashlib.sha256).digest())
    signs = ""
    while number:
        number, index = divmod(number, len(_SIGNS))
        signs += _SIGNS[index]
    return signs


def with_pseudonyms(publication: Publication[Text], folder: Path) -> Publication[Text]:
    """Give every withheld source of ``publication`` its code, by the key in ``folder``; one from a bundle has it already.

    Raises:
        KeyFault: The key is needed, and can't be used.
    """
    without = [name for name, source in publication.sources.items() if source.withheld and not source.code]
    codes = pseudonyms(without, read_key(folder)) if without else {}
    sources = {name: replace(source, code=codes.get(name, source.code)) for name, source in publication.sources.items()}
    return replace(publication, sources=sources)


def needs_key(submission: Submission) -> bool:
    """Whether any edition of ``submission`` prints a code that only the key gives."""
    kept_back = (source for source in submission.sources.values() if source.level is not Level.PUBLIC)
    return submission.protection.pseudonyms and not all(source.code for source in kept_back)


def with_codes(submission: Submission, folder: Path) -> Submission:
    """Write the code of every source that anybody may not know into it, so that whoever gets it needs no key.

    Raises:
        KeyFault: The key is needed, and can't be used.
    """
    if not needs_key(submission):
        return submission
    kept_back = [name for name, source in submission.sources.items() if source.level is not Level.PUBLIC]
    codes = pseudonyms([name for name in kept_back if not submission.sources[name].code], read_key(folder))
    sources = {name: replace(source, code=codes.get(name, source.code)) for name, source in submission.sources.items()}
    return replace(submission, sources=sources)


__all__ = ["KEY_FILE", "KeyFault", "make_key", "needs_key", "pseudonyms", "read_key", "with_codes", "with_pseudonyms"]
