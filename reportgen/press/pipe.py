"""Messages between the program and the processes that render: pickles, each after its length.

Only the program itself speaks here, in both directions: the parent starts the other side and nothing else can reach its
pipes.
"""

from __future__ import annotations

import pickle
import struct
from typing import IO, Any


def send(sink: IO[bytes], message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, 5)
    sink.write(struct.pack("<Q", len(data)) + data)
    sink.flush()


def receive(source: IO[bytes]) -> bytes | None:
    """Return the pickle of the next message; ``None`` where the other side has ended, if in the midst of one."""
    head = source.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<Q", head)[0]
    data = source.read(size)
    return data if len(data) == size else None
