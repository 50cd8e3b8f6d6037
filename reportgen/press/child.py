"""The process that renders: reads one job, does it, says how far it is and what came of it.

Messages are pickles, each after its length. Only the program itself speaks here, in both directions: the parent starts
this module and nothing else can reach its pipes.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import struct
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from reportgen.press.job import Printed


def main() -> None:
    """Do the job that stands in the standard input."""
    gc.disable()
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not look like a message
    folder = Path(sys.argv[1])
    try:
        try:
            answer: tuple[str, object] = ("done", _done(folder, sink))
        except BaseException as error:  # told by name and place alone: its words may hold the report's
            answer = "fault", f"{type(error).__name__} {_place(error)}"
        with suppress(OSError):  # the parent may be gone
            send(sink, answer)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _done(folder: Path, sink: IO[bytes]) -> Printed:
    from reportgen.press import seclusion

    job, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the parent, see above
    seclusion.bound(limits)
    if "pdf" in job.formats:
        from reportgen.writers.pdf import PangoMissing, import_weasyprint

        with suppress(PangoMissing):  # told when the PDF is due
            import_weasyprint()
    from reportgen.press.work import work

    seclusion.shut_in(folder)
    return work(job, lambda *step: send(sink, ("step", step)))


def _place(error: BaseException) -> str:
    """Return the module and line in which an error was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def send(sink: IO[bytes], message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, 5)
    sink.write(struct.pack("<Q", len(data)) + data)
    sink.flush()


if __name__ == "__main__":
    main()
