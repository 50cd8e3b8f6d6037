"""The real command, again and again, without the time it takes to start.

A process that has made a report before, so that every module is there, forks for each case: the fork gets limits, a folder
for temporary files and the arguments, and runs what ``reportgen`` runs. Where the system has namespaces, all of this happens without a network but
the machine's own loopback, on which one more process writes down whoever calls.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
import tempfile
import time
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import Any, Final

from reportgen.cli.entry import main

FIRST: Final = Path(__file__).resolve().parents[2] / "sample_inputs" / "first.yaml"


def serve(log: Path) -> None:
    """Answer one line of JSON with another until the input ends."""
    loopback()
    warm()
    port = record(log)
    print(json.dumps({"port": port}), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


def warm() -> None:
    """Build the first sample, for nobody to see."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Path(os.devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
        suppress(SystemExit),
    ):
        main(["build", str(FIRST), "--language", "en", "--format", "html", "-o", folder])


def loopback() -> None:
    """Bring up the loopback of a new namespace; elsewhere it is up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sh22x", b"lo", 0x1)  # IFF_UP
        with suppress(OSError):
            fcntl.ioctl(handle, 0x8914, request)  # SIOCSIFFLAGS


def record(log: Path) -> int:
    """Start a process that listens and notes every caller; return its port."""
    server = socket.create_server(("127.0.0.1", 0))
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it ends with the server
        os.close(0)
        os.close(1)
        while True:
            caller, _ = server.accept()
            with log.open("ab") as sink:
                sink.write(caller.recv(200).split(b"\n")[0] + b"\n")
            caller.close()
    port: int = server.getsockname()[1]
    server.close()
    return port


def run(case: dict[str, Any]) -> dict[str, Any]:
    """Fork, run every list of arguments of a case one after the other, and tell how that ended."""
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        act(case)
    until = begun + case["longest"]
    hung = False
    while True:
        done, status, usage = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            hung = True
            os.killpg(child, signal.SIGKILL)
            _, status, usage = os.wait4(child, 0)
            break
        time.sleep(0.002)
    return {
        "hung": hung,
        "ended": os.waitstatus_to_exitcode(status),
        "seconds": time.monotonic() - begun,
        "memory": usage.ru_maxrss * 1024,
    }


def act(case: dict[str, Any]) -> None:
    """Be the command."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (case["memory"], case["memory"]))
    os.chdir(case["cwd"])
    os.environ.update(TMPDIR=case["temporary"], NO_COLOR="1")
    tempfile.tempdir = None
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    codes = []
    for number, arguments in enumerate(case["runs"]):
        for handle, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{case['told']}/{number}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), handle)
        try:
            main(arguments)
        except SystemExit as end:
            codes.append(end.code)
        sys.stdout.flush()
        sys.stderr.flush()
    Path(f"{case['told']}/codes").write_text(json.dumps(codes))
    os._exit(0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
