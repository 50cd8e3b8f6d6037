"""What can be wrong with the input, and how it is told."""

from reportgen.diagnostics.model import Diagnostic, Related, Severity, Span, diagnostic
from reportgen.diagnostics.suggest import nearest

__all__ = ["Diagnostic", "Related", "Severity", "Span", "diagnostic", "nearest"]
