"""Set up, build the samples, run the tests: everything with a bare Python 3.11 or newer, on any system.

python3 dev.py report     set up, then build the sample reports into output/
python3 dev.py test       set up, then run every check and test
python3 dev.py lock       renew requirements.lock after a change of dependencies
python3 dev.py messages   extract messages, bring locales/ up to date and compile them
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
TEST_TOOLS = {"chromium": "chromium", "faketime": "faketime", "java": "default-jre-headless", "qpdf": "qpdf"}
"""Programs that some tests drive, each with its package on Debian; a test whose program is missing says so."""
SAMPLES = {"sample_inputs/first.yaml": "output/first", "sample_inputs/solo": "output"}


def run(*command: str | Path) -> None:
    """Run a command in the project; stop with its code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def setup() -> None:
    """Make ``.venv`` with the locked dependencies and this project; do nothing if it is up to date."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also runs on older ones, to say so
        sys.exit("reportgen needs Python 3.11 or newer; this is " + sys.version.split()[0])
    state = hashlib.sha256(
        b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "hatch_build.py", "requirements.lock"))
    ).hexdigest()
    stamp = VENV / "reportgen-setup"
    if not (PYTHON.exists() and stamp.exists() and stamp.read_text() == state):
        print("Setting up (once; about a minute) ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
        pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", LOCK)
        run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
        stamp.write_text(state)
    compile_messages()
    run(PYTHON, "-m", "compileall", "-q", "reportgen")  # the press writes nothing, and would compile them every time
    provide_pango()


def compile_messages() -> None:
    """Compile the message catalogues where they stand."""
    run(
        PYTHON, "-c", "from pathlib import Path; from hatch_build import compile_catalogues; compile_catalogues(Path())"
    )


def provide_pango() -> None:
    """See that the library that sets the pages is there; install it where that can be done without asking."""
    if os.name == "nt" or sys.platform == "darwin" or ctypes.util.find_library("pango-1.0"):
        return
    install(PANGO)
    if not ctypes.util.find_library("pango-1.0"):
        print(
            "The PDF needs the system library Pango. Debian, Ubuntu: sudo apt install " + " ".join(PANGO),
            file=sys.stderr,
        )


def install(packages: Sequence[str]) -> None:
    """Install packages of Debian or Ubuntu, where that can be done without asking."""
    apt = shutil.which("apt-get")
    rights = [] if getattr(os, "geteuid", lambda: 1)() == 0 else [shutil.which("sudo") or "", "-n"]
    if apt and packages and (not rights or rights[0]):
        print("Installing " + ", ".join(packages) + " ...", flush=True)
        for step in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            subprocess.run([*rights, apt, *step], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def report() -> None:
    """Build the sample reports."""
    for sample, folder in SAMPLES.items():
        print(f"\nreportgen build {sample} -o {folder}", flush=True)
        run(BIN / "reportgen", "build", sample, "-o", folder)


def test(*arguments: str) -> None:
    """Run ruff, mypy and pytest; what is skipped is listed with its reason."""
    install([package for program, package in TEST_TOOLS.items() if not shutil.which(program)])
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-m", "pytest", "-n", "auto", "--dist", "loadfile", "-rs", *arguments)


def lock() -> None:
    """Write the newest versions that pyproject.toml allows, with their hashes."""
    run(PYTHON, "-m", "pip", "install", "--quiet", "uv")
    run(PYTHON, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header",
        "--group", "dev", "pyproject.toml", "requirements-build.in", "-o", LOCK)  # fmt: skip


def messages() -> None:
    """Bring the message catalogues up to date with the sources."""
    template = ROOT / "output" / "reportgen.pot"
    run(
        BIN / "pybabel",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "say",
        "-k",
        "N_",
        "-k",
        "plural:1,2",
        "-k",
        "NN_:1,2",
        "--no-location",
        "--sort-output",
        "-o",
        template,
        ".",
    )
    run(
        BIN / "pybabel",
        "update",
        "--no-fuzzy-matching",
        "--ignore-obsolete",
        "-D",
        "reportgen",
        "-i",
        template,
        "-d",
        "locales",
    )
    compile_messages()


def main() -> None:
    """Do what the first argument says."""
    tasks = {"report": report, "test": test, "lock": lock, "messages": messages}
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    setup()
    tasks[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
