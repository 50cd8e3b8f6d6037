"""What stands in a finished file, wherever in it: the last look before it leaves."""

from __future__ import annotations

from reportgen.diagnostics import Diagnostic
from reportgen.protection.secrets import Secrets


def leaks(name: str, data: bytes, secrets: Secrets) -> tuple[Diagnostic, ...]:
    """Return every place of a finished file that holds what must not leave, or that acts by itself.

    Args:
        name: Its name, for messages.
        data: Its bytes: PDF, HTML, a ZIP archive (DOCX, a bundle), an image or text.
        secrets: What must not appear in it; may be empty.

    Returns:
        Errors, without any value; nothing where the file may leave.
    """
    raise NotImplementedError
