"""Composing a document for the press: all of it at once, then cut for paper."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from reportgen.diagnostics import diagnostic
from reportgen.document.compose import Composed as Earlier
from reportgen.document.compose import Desk, compose_after
from reportgen.document.markdown_reader import ProseError
from reportgen.learned import Lesson
from reportgen.memory import Memory
from reportgen.press.job import Composed, Job, Printed
from reportgen.publication.audience import Audience
from reportgen.submission.citations import Citation
from reportgen.submission.images import Figure
from reportgen.writers.html import TemplateFault, compile_templates, render_html
from reportgen.writers.pieces import cut

_LEARNED: Final = (Element, Citation, Figure)
"""What the results of reading and setting texts are made of."""
_EARLIER: Final[dict[tuple[str, Audience, bool], Earlier]] = {}
"""The documents that are composed again, by language, audience and whether they are final."""


def composed(job: Job) -> Composed | Printed:
    """Compose the document of ``job``, write what is for the screen, and cut what is for paper.

    Returns:
        What it comes to; :class:`Printed` with what was found and no files where a text is nested too deep to be set or a
        template can't be used.
    """
    try:
        return _composed(job)
    except ProseError as fault:
        return Printed(found=(diagnostic("RG605", fault.span),))
    except TemplateFault as fault:
        return Printed(found=(fault.found,))


def _composed(job: Job) -> Composed:
    desk = Desk(job.publication, job.catalogue, job.language, job.theme, job.final)
    which = job.language, job.publication.audience, job.final
    with Memory().used(), Lesson(job.learned, _LEARNED) as lesson:
        made = compose_after(_EARLIER.get(which), desk)
    if job.again:
        _EARLIER[which] = made
    document = made.document
    return Composed(
        document.stem,
        render_html(document, "screen").encode() if "html" in job.formats else b"",
        cut(render_html(document, "print"), document.theme) if "pdf" in job.formats else (),
        {name: passage.span for name, passage in document.origins.items() if passage.span},
        lesson.written(),
    )


__all__ = ["compile_templates", "composed"]
