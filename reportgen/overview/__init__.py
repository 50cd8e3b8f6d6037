"""How far a report is, as tables that the terminal and the preview show alike."""

from reportgen.overview.tables import Line, Overview, Table, overview

__all__ = ["Line", "Overview", "Table", "overview"]
