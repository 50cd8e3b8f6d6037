"""What goes over the line: who a page shows, what it sends, and what it is told."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from starlette.requests import Request

from reportgen.publication.audience import Audience

MOST_SENT: Final = 100_000
"""Bytes of a request."""


def audience_of(request: Request) -> Audience:
    """Return the audience that a page shows."""
    return audience_named(request.query_params.get("audience", ""))


def audience_named(name: str) -> Audience:
    """Return the audience of this name; of none, the public."""
    return Audience.MEMBERS if name == Audience.MEMBERS.value else Audience.PUBLIC


async def sent_by(request: Request) -> dict[str, Any] | None:
    """Return what a page sent as JSON, or ``None`` if that is no such thing."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_SENT:
            return None
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return sent if isinstance(sent, dict) else None


def event(name: str, data: Any) -> str:
    """Return a message as the stream of events has it."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def mark(content: str | bytes) -> str:
    """Return what tells one state of a file from another, for its address."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:12]


__all__ = ["MOST_SENT", "audience_named", "audience_of", "event", "mark", "sent_by"]
