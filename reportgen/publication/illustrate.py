"""The pictures of a publication: those that its readers will see are read and copied, and no other file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.publication.model import Publication
from reportgen.publication.walk import parts
from reportgen.submission.images import Image, ImageFault, figures, may_hold_figures, read_image


class IllustrationError(Exception):
    """An image that the publication needs can't be used.

    Attributes:
        found: The diagnostic, at the text that asks for the image.
    """

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.found = found


def illustrate(publication: Publication[Text], folder: Path) -> Publication[Text]:
    """Give a publication the images that its texts ask for.

    Args:
        publication: What the audience may read; an image of a part that was cut is not opened.
        folder: The folder of the submission.

    Raises:
        IllustrationError: An image was checked and can't be read all the same: damaged, or gone since.
    """
    images: dict[str, Image] = {}
    for path, span in _asked(publication):
        if path not in images:
            try:
                images[path] = read_image(folder, path, len(images) + 1)
            except ImageFault as fault:
                raise IllustrationError(diagnostic(fault.code, span, value=path, **fault.params)) from None
    return replace(publication, images=images)


def _asked(publication: Publication[Text]) -> Iterator[tuple[str, Span | None]]:
    """Yield the path of every figure, with the place of the text it stands in."""
    for part in parts(publication):
        if isinstance(part, Text):
            continue
        for field in fields(part):
            text = getattr(part, field.name)
            if isinstance(text, Text) and may_hold_figures(part, field.name):
                for language, version in text.versions.items():
                    yield from ((figure.path, text.spans.get(language)) for figure in figures(version))


__all__ = ["IllustrationError", "illustrate"]
