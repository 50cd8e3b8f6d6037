"""Opening a bundle: everything is looked at in memory, and nothing is taken that a bundle does not have."""

from __future__ import annotations

from pathlib import Path

from reportgen.bundle.archive import MOST_TOTAL, ArchiveFault, unpack
from reportgen.bundle.fault import fault
from reportgen.bundle.seal import is_sealed, unseal
from reportgen.diagnostics import Span
from reportgen.submission.images import ImageFault, copied
from reportgen.submission.reading import Reading, read_bundled

_MOST_BYTES = MOST_TOTAL + 1_000_000


def unbundle(path: Path, identity: Path | None = None) -> tuple[dict[str, bytes], Reading]:
    """Return the files of the bundle at ``path``, by name, and what the reader makes of them.

    Pictures are made anew: what else a file may carry does not reach the disk.

    Args:
        path: The bundle.
        identity: The file of the identity that it is encrypted for.

    Raises:
        BundleFault: It can't be opened, or is no bundle.
    """
    here = Span(path.name)
    try:
        with path.open("rb") as source:
            data = source.read(_MOST_BYTES + 1)
    except OSError:
        raise fault("RG921", here) from None
    if len(data) > _MOST_BYTES:
        raise fault("RG921", here)
    if is_sealed(data):
        data = unseal(data, identity, here)
    try:
        files = unpack(data)
    except ArchiveFault:
        raise fault("RG921", here) from None
    texts = {name: content for name, content in files.items() if name.endswith(".yaml")}
    pictures = {name: _picture(name, content, here) for name, content in files.items() if name not in texts}
    return {**texts, **pictures}, read_bundled(texts)


def _picture(name: str, content: bytes, here: Span) -> bytes:
    try:
        image = copied(content, 1)
    except ImageFault:
        raise fault("RG921", here) from None
    if image.name.rpartition(".")[2] != name.rpartition(".")[2]:
        raise fault("RG921", here)
    return image.data


__all__ = ["unbundle"]
