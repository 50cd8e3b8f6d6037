"""Messages between the program and its processes: bytes, each after their length.

Only the program itself speaks here, in both directions: the parent starts the other side and nothing else can reach its
pipes.
"""

from __future__ import annotations

import struct
from typing import IO


def send(sink: IO[bytes], data: bytes) -> None:
    """Write one message."""
    sink.write(struct.pack("<Q", len(data)))
    sink.write(data)
    sink.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """Return the next message; ``None`` where the other side has ended, if in the midst of one."""
    head = source.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<Q", head)[0]
    data = source.read(size)
    return data if len(data) == size else None
