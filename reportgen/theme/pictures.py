"""The logo: decoded and written anew, so that nothing of the file but its picture reaches the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportgen.diagnostics import Span
from reportgen.submission.images import ImageFault, read_image
from reportgen.submission.kinds import Context
from reportgen.theme.folder import MAX_PICTURE
from reportgen.theme.model import MEDIA_TYPES, Logo

_TOO_LARGE: Final = "RG613"


def logo_from(path: Path, name: str, description: Mapping[str, str], span: Span, context: Context) -> Logo | None:
    """Return the logo, on white and without metadata; report a file that is no PNG or JPEG, or is too large.

    Args:
        path: The folder of the theme.
        name: The file, a known one of that folder.
        description: What it shows, by language.
        span: Where it is named.
        context: Takes the reports.
    """
    try:
        image = read_image(path, name, 0)
    except ImageFault as fault:
        code = "RG717" if fault.code == _TOO_LARGE else "RG718"
        context.refuse(code, span, value=name, limit=MAX_PICTURE)
        return None
    ending = next(ending for ending, media in MEDIA_TYPES.items() if media == image.media)
    return Logo(f"logo.{ending}", image.data, image.width, image.height, description)
