"""Closing a bundle for its recipients, and opening it: age (https://age-encryption.org/v1), as pyrage implements it.

What is closed is never on the disk in the clear. Whoever holds the identity can open it, and nobody else: not the
program that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from reportgen.bundle.fault import fault
from reportgen.diagnostics import Span

INSTALL: Final = 'python3 -m pip install "pyrage>=1.4,<2"'
ENDING: Final = ".age"
_SECRET: Final = "AGE-SECRET-KEY-"  # noqa: S105 - how an identity begins
_HEADS: Final = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_MOST_BYTES: Final = 1_000_000


def new_identity() -> tuple[str, str]:
    """Return a new identity, as the text of its file, and the recipient to hand out."""
    identity = _age().x25519.Identity.generate()
    recipient = str(identity.to_public())
    return f"# public key: {recipient}\n{identity}\n", recipient


def recipients(written: Iterable[str]) -> tuple[str, ...]:
    """Return the recipients that ``written`` names: each one itself, or in a file with one a line.

    Raises:
        BundleFault: One is no recipient, a file can't be read, or holds none.
    """
    return tuple(dict.fromkeys(name for text in written for name in _recipients_of(text)))


def seal(data: bytes, named: Iterable[str]) -> bytes:
    """Encrypt ``data`` so that each of the recipients ``named`` can open it, and nobody else."""
    age = _age()
    sealed: bytes = age.encrypt(data, [age.x25519.Recipient.from_str(name) for name in named])
    return sealed


def is_sealed(data: bytes) -> bool:
    """Whether ``data`` is encrypted."""
    return data.startswith(_HEADS)


def unseal(data: bytes, identity: Path | None, file: Span) -> bytes:
    """Decrypt ``data`` with the identity in a file.

    Args:
        data: What was encrypted.
        identity: The file.
        file: The bundle, for messages.

    Raises:
        BundleFault: There is no identity, it is none, it is not for this bundle, or the bundle is damaged.
    """
    if identity is None:
        raise fault("RG922", file)
    age = _age()
    found = [line for _, line in _lines(identity, "RG924") if line.startswith(_SECRET)]
    try:
        keys = [age.x25519.Identity.from_str(line) for line in found]
    except age.IdentityError:
        keys = []
    if not keys:
        raise fault("RG924", Span(identity.as_posix()))
    try:
        opened: bytes = age.decrypt(data, keys)
    except age.DecryptError:
        raise fault("RG923", file) from None
    return opened


def _recipients_of(text: str) -> Iterator[str]:
    if _SECRET in text.upper():
        raise fault("RG931")
    if text.startswith("age1"):
        yield _recipient(text, None)
        return
    path = Path(text)
    lines = list(_lines(path, "RG925")) if path.is_file() else []
    if any(_SECRET in line.upper() for _, line in lines):
        raise fault("RG931", Span(path.as_posix()))
    if not lines:
        raise fault("RG925", value=text[:80])
    yield from (_recipient(line, Span(path.as_posix(), number)) for number, line in lines)


def _recipient(text: str, span: Span | None) -> str:
    age = _age()
    try:
        return str(age.x25519.Recipient.from_str(text))
    except age.RecipientError:
        raise fault("RG925", span, value=text[:80]) from None


def _lines(path: Path, code: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file of keys that are no remarks, with their numbers; ``code`` is told where it is none."""
    try:
        with path.open("rb") as source:
            text = source.read(_MOST_BYTES).decode("ascii")
    except (OSError, UnicodeDecodeError):
        raise fault(code, Span(path.as_posix()), value=path.name) from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip()


def _age() -> Any:
    """Return the library, or say how to get it."""
    try:
        import pyrage
    except ImportError:
        raise fault("RG926", value=INSTALL) from None
    return pyrage


__all__ = ["ENDING", "is_sealed", "new_identity", "recipients", "seal", "unseal"]
