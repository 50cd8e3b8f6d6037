"""Parallel reports of civil society for the review of UNTOC and its Protocols."""

__version__ = "0.1.0"
