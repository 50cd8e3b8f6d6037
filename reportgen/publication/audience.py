"""Audiences, by themselves: who only names one need not load what is cut for it."""

from __future__ import annotations

from enum import Enum


class Audience(Enum):
    """Who a report is for."""

    PUBLIC = "public"
    MEMBERS = "members"
