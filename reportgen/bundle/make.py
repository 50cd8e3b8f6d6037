"""Making a bundle: cut, named anew, written, read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reportgen.bundle.archive import MOST_TEXTS, ArchiveFault, pack
from reportgen.bundle.cut import HIGHEST, cut
from reportgen.bundle.fault import BundleFault, fault
from reportgen.bundle.names import named, pictures
from reportgen.bundle.tree import tree_of
from reportgen.catalogue import Catalogue
from reportgen.coalition.build import keys
from reportgen.coalition.written import to_yaml
from reportgen.publication.audience import Audience
from reportgen.publication.pseudonyms import KeyFault, with_codes
from reportgen.submission.files import SHARED
from reportgen.submission.images import ImageFault, read_image
from reportgen.submission.model import Submission
from reportgen.submission.nodes import Mapping as Keys
from reportgen.submission.nodes import Node, Scalar, Sequence
from reportgen.submission.reading import read_bundled
from reportgen.submission.yaml_reader import MAX_BYTES, MAX_NODES

ENDING: Final = ".zip"
_ROOM: Final = 0.8
"""Share of what one file may hold that is filled; keys that are written twice have room in the rest."""


def bundle(submission: Submission, folder: Path, catalogue: Catalogue, audience: Audience) -> bytes:
    """Return the bundle of ``submission`` for ``audience``; the same submission gives the same bytes.

    Args:
        submission: A submission without errors.
        folder: Its folder, in which its images lie.
        catalogue: What is asked.
        audience: Who will have it.

    Raises:
        BundleFault: An image or the key can't be used, or there is more than may be read back.
    """
    return pack_all(contents(submission, folder, catalogue, audience))


def contents(submission: Submission, folder: Path, catalogue: Catalogue, audience: Audience) -> dict[str, bytes]:
    """Return the files that a bundle holds, by name."""
    try:
        theirs = cut(with_codes(submission, folder), catalogue, audience)
    except KeyFault as found:
        raise BundleFault(found.found) from None
    images: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for path, (text, language) in pictures(theirs).items():
        try:
            image = read_image(folder, path, len(images) + 1)
        except ImageFault as found:
            raise fault(found.code, text.spans.get(language), value=path[:80], **found.params) from None
        images[path] = f"images/{len(images) + 1}.{image.name.rpartition('.')[2]}"
        files[images[path]] = image.data
    texts = written(tree_of(named(theirs, images, HIGHEST[audience].rank)))
    reading = read_bundled(texts)
    assert reading.submission is not None, [item.code for item in reading.found]
    assert not reading.found, [item.code for item in reading.found]
    return {**texts, **files}


def pack_all(files: dict[str, bytes]) -> bytes:
    """Return files as an archive.

    Raises:
        BundleFault: There is more than may be read back.
    """
    try:
        return pack(files)
    except ArchiveFault:
        raise fault("RG927") from None


def file_name(submission: Submission, audience: Audience) -> str:
    """Return how a bundle is called: what it is about and who it is for, and not who made it."""
    label = submission.report.label.value
    return f"{submission.state.code.lower()}-cluster{submission.cluster}-{label}-{audience.value}{ENDING}"


def written(root: Keys) -> dict[str, bytes]:
    """Return a submission as files that the reader takes, as few as may be.

    Raises:
        BundleFault: One entry alone is more than a file may hold.
    """
    whole = to_yaml(root).encode()
    if len(whole) <= MAX_BYTES and _count(root) <= MAX_NODES:
        return {"submission.yaml": whole}
    parts = [to_yaml(part).encode() for part in _split(root)]
    if len(parts) > MOST_TEXTS or any(len(part) > MAX_BYTES for part in parts):
        raise fault("RG927")
    return {f"submission-{number:02}.yaml": part for number, part in enumerate(parts, 1)}


def _split(root: Keys) -> Iterator[Keys]:
    """Yield ``root`` in pieces: what may stand in one file only first, then entry by entry what may be spread."""
    piece: dict[str, Node] = {key: node for key, node in root.entries.items() if key not in SHARED}
    filled = _share(keys(root.span, piece))
    for key, node in root.entries.items():
        for step, entry in node.entries.items() if key in SHARED and isinstance(node, Keys) else ():
            more = _share(keys(root.span, {step: entry}))
            if filled + more > _ROOM and piece:
                yield keys(root.span, piece)
                piece, filled = {}, 0.0
            group = piece.get(key)
            known = group.entries if isinstance(group, Keys) else {}
            piece[key] = keys(root.span, {**known, step: entry})
            filled += more
    yield keys(root.span, piece)


def _share(node: Keys) -> float:
    return max(_size(node) / MAX_BYTES, _count(node) / MAX_NODES)


def _size(node: Node) -> int:
    """Return about how many bytes a node is written in; each line is indented."""
    if isinstance(node, Scalar):
        return len(node.text.encode()) * 11 // 10 + 20
    if isinstance(node, Sequence):
        return sum(map(_size, node.items))
    return sum(len(key.encode()) + 20 + _size(entry) for key, entry in node.entries.items())


def _count(node: Node) -> int:
    """Return how many values the reader counts."""
    if isinstance(node, Scalar):
        return 1
    if isinstance(node, Sequence):
        return 1 + sum(map(_count, node.items))
    return 1 + sum(1 + _count(entry) for entry in node.entries.values())


__all__ = ["bundle", "contents", "file_name", "pack_all", "written"]
