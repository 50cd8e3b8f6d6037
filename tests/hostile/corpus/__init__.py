"""The hostile inputs, made by the tests; none of them is kept in the project."""

from typing import Final

CANARY: Final = "CANARY-8d1f4c"
"""Stands in every file outside, and may stand in nothing that the program makes or says."""
