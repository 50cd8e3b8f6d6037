"""A process that composes or sets: it does one task after the other, says how far it is and what came of it.

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
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Final, NoReturn

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.press import seclusion
from reportgen.press.job import Limits, Printed
from reportgen.press.pipe import receive, send

_ENDS: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_TRIES: Final = 100
_MUCH: Final = 100_000
"""Objects after which what is not needed any more is looked for: some eighty pages."""


def main() -> None:
    """Do the tasks that come through the standard input, until it ends."""
    gc.disable()
    folder = Path(os.environ["TMPDIR"])  # not among the arguments, which everybody can read before it is there
    for name in _ENDS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: _end(folder, 128 + number))
    found = seclusion.furnish(folder)  # before the pipe can be cut, which clears it
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints must not look like a message
    tasks = _tasks(folder)
    code = 0
    try:
        do = _hand(folder, tasks, sink, found)
        while True:
            limits, task = pickle.loads(tasks.get())  # noqa: S301 - from the parent, see pipe.py
            kind, message = _answer(do, limits, task)
            send(sink, kind + message)
            if gc.get_count()[0] > _MUCH:  # what holds itself in circles
                gc.collect()
    except OSError:  # the parent is gone
        code = 1
    finally:
        _end(folder, code)


def _answer(do: Callable[[Any], Any], limits: Limits, task: Any) -> tuple[bytes, bytes]:
    try:
        seclusion.bound(limits)
        return b"done", pickle.dumps(do(task), 5)
    except MemoryError:
        return b"done", pickle.dumps(Printed(found=(diagnostic("RG708"),)), 5)
    except BaseException as error:  # told by name and place alone: its words may hold the report's
        return b"fail", f"{type(error).__name__} {_place(error)}".encode()


def _hand(folder: Path, tasks: SimpleQueue[bytes], sink: IO[bytes], found: Diagnostic | None) -> Callable[[Any], Any]:
    """Get ready for the kind of tasks that come first through the pipe, and shut the process in."""
    sets, limits = pickle.loads(tasks.get())  # noqa: S301 - from the parent, see pipe.py
    if found:
        return lambda _: Printed(found=(found,))
    seclusion.bound(limits)
    from reportgen.press.work import Hand

    if sets:
        from reportgen.writers.pdf import PangoMissing, import_weasyprint

        with suppress(PangoMissing):  # told when something is to be set
            import_weasyprint()
    else:
        from reportgen.press.composing import compile_templates

        compile_templates()
    gc.freeze()
    seclusion.shut_in(folder)
    hand = Hand()
    return lambda task: hand.do(task, lambda step: send(sink, b"step" + step.encode()))


def _tasks(folder: Path) -> SimpleQueue[bytes]:
    """Receive what is to be done, and end when the pipe is cut, whatever is being done."""
    received: SimpleQueue[bytes] = SimpleQueue()

    def listen() -> None:
        with suppress(OSError):
            while (data := receive(sys.stdin.buffer)) is not None:
                received.put(data)
        _end(folder, 1)

    threading.Thread(target=listen, daemon=True).start()
    return received


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
