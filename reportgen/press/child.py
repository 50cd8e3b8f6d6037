"""The process that renders: reads one job, does it, says how far it is and what came of it.

It ends when its pipe is cut, whatever became of the program, and clears its folder in any case.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NoReturn

from reportgen.diagnostics import diagnostic
from reportgen.press.job import Job, Limits, Printed
from reportgen.press.pipe import receive, send

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_TRIES: Final = 100


def main() -> None:
    """Do the job that stands in the standard input."""
    gc.disable()
    folder = Path(sys.argv[1])
    for name in _ENDS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: _end(folder, 128 + number))
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not look like a message
    try:
        answer: tuple[str, object] = ("done", _done(folder, sink))
    except MemoryError:
        answer = "done", Printed(found=(diagnostic("RG708"),))
    except BaseException as error:  # told by name and place alone: its words may hold the report's
        answer = "fault", f"{type(error).__name__} {_place(error)}"
    try:
        send(sink, answer)
    finally:  # the parent may be gone, or the memory
        _end(folder, 0)


def _done(folder: Path, sink: IO[bytes]) -> Printed:
    from reportgen.press import seclusion

    job, limits = _order(folder)
    seclusion.bound(limits)
    if "pdf" in job.formats:
        from reportgen.writers.pdf import PangoMissing, import_weasyprint

        with suppress(PangoMissing):  # told when the PDF is due
            import_weasyprint()
    from reportgen.press.work import work

    seclusion.shut_in(folder)
    return work(job, lambda *step: send(sink, ("step", step)))


def _order(folder: Path) -> tuple[Job, Limits]:
    """Return what is to be done, and from now on end when the pipe is cut that it came through."""
    data = receive(sys.stdin.buffer)
    if data is None:
        _end(folder, 1)

    def watch() -> None:
        with suppress(OSError):
            os.read(0, 1)
        _end(folder, 1)

    threading.Thread(target=watch, daemon=True).start()
    job, limits = pickle.loads(data)  # noqa: S301 - from the parent, see pipe.py
    return job, limits


def _end(folder: Path, code: int) -> NoReturn:
    """Clear the folder and end at once; what another thread still writes there is cleared again."""
    try:
        for _ in range(_TRIES):
            with suppress(OSError):
                for path in (*sorted(folder.rglob("*"), reverse=True), folder):
                    path.rmdir() if path.is_dir() else path.unlink()
            if not folder.exists():
                break
    finally:
        os._exit(code)


def _place(error: BaseException) -> str:
    """Return the module and line in which an error was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


if __name__ == "__main__":
    main()
