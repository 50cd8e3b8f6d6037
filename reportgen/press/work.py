"""What is done with a job: compose the document, write it in every form. No fault of its own leaves as an exception."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.document.compose import compose
from reportgen.document.markdown_reader import ProseError
from reportgen.press.job import Job, Printed
from reportgen.writers.html import TemplateFault
from reportgen.writers.pdf import PangoMissing, RenderFault
from reportgen.writers.write import Progress, write


def work(job: Job, progress: Progress | None = None) -> Printed:
    """Make the files of ``job``; whatever stops it is told by a diagnostic."""
    files: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    try:
        document = compose(job.publication, job.catalogue, job.language, final=job.final, theme=job.theme)
        for form in job.formats:
            files[f"{document.stem}.{form}"], warnings = write(document, form, progress)
            found += warnings
    except tuple(_TOLD) as fault:
        return Printed(found=(_TOLD[type(fault)](fault),))
    return Printed(files, tuple(found))


def no_room(error: BaseException | None) -> Diagnostic | None:
    """Tell that temporary files have no room, if that is what went wrong: in the words of the system, without a path."""
    if not isinstance(error, OSError) or error.errno is None or error.errno not in _FULL:
        return None
    return diagnostic("RG709", reason=os.strerror(error.errno))


_FULL: Final = frozenset(getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name))
_TOLD: Final[dict[type[BaseException], Callable[[BaseException], Diagnostic]]] = {
    ProseError: lambda fault: diagnostic("RG605", getattr(fault, "span", None)),
    TemplateFault: lambda fault: getattr(fault, "found", None) or diagnostic("RG701", reason=str(fault)),
    PangoMissing: lambda _: diagnostic("RG705"),
    RenderFault: lambda fault: no_room(fault.__cause__) or diagnostic("RG702", reason=str(fault)),
}
"""What each fault is told as."""
