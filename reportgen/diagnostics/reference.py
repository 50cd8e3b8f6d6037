"""The reference page of all codes, ``docs/diagnostics.md``, written from :data:`~reportgen.diagnostics.codes.CODES`.

A test compares the page with what is written here, so that no code is left out and no sentence grows old.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Final

from reportgen.diagnostics.codes import CODES, Code
from reportgen.diagnostics.model import Severity

_GROUPS: Final = {
    "1": "Files and YAML",
    "2": "The form of values",
    "3": "Articles, State and instruments",
    "4": "Coverage and evidence",
    "5": "Languages",
    "6": "The text itself",
    "7": "Templates, rendering and writing",
    "8": "Coalitions",
    "9": "What is confidential",
}
"""Headings by the first digit of a code."""

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|])")

_INTRODUCTION: Final = """\
# Diagnostics

<!-- Written by reportgen/diagnostics/reference.py; change the sentences in codes.py, then run
     python3 dev.py test --update-goldens -->

Everything that the program can find fault with has a code. A code never changes its meaning. This page lists them all.

## How to read a message

```text
my-report/answers/untoc-05.yaml:9:10 error RG218
  “largly” is not one of the words possible here.
  9 |     law: largly
    |          ^^^^^^
  → Did you mean “largely”? Possible words: full, largely, partly, none, unknown,
    not_rated.
```

The first line names the file, the line, the column, the severity and the code. Then come what is wrong, the line with a
mark under the place, and after the arrow what to do. Of a confidential part, and of any line of a file that is not
valid YAML, the excerpt shows only keys and punctuation; letters become dots.

| Severity | What it does |
|---|---|
| error | Nothing is built until it is mended. |
| warning | The report is built. `check --strict` ends with exit code 3. Where the table says “yes” under *final*, `build --final` treats it as an error. |
| note | For information. It stops nothing. |

Four articles or more about which nothing is said are told as one problem that names them, and so are those not rated.
Where there are more than eight warnings or notes of one kind, `check` shows four and sums up the rest; `check --all`
shows every one by itself, as the forms for programs do. Errors are shown one by one, last of all, up to 500 of a kind.
A file that is not valid YAML hides what is wrong further down in it: check again after each correction.

`check --format json` prints a list of objects with `code`, `severity`, `message`, `remedy`, `file`, `line`, `column`,
`length` and `related`. `check --format github` prints workflow commands, which GitHub shows beside the lines of a pull
request.

## Exit codes

| Code | Meaning |
|---|---|
| 0 | Done. There may be warnings. |
| 1 | Problems in the input. |
| 2 | Wrong usage of the command. |
| 3 | Warnings, with `check --strict`. |
| 4 | A template can’t be used. |
| 5 | The report could not be rendered or written. |
| 70 | A fault of the program. |
| 130 | Stopped with Ctrl+C. |

## All codes

Words in italics are filled in when the message is shown. The messages are here in English; `reportgen --lang fr` shows
them in French.
"""


def reference_page() -> str:
    """Return the page: how to read a message, exit codes, and a table of codes for each group."""
    return "\n".join((_INTRODUCTION, *(line for digit in _GROUPS for line in _group(digit))))


def _group(digit: str) -> Iterator[str]:
    yield f"### {digit}xx: {_GROUPS[digit]}\n"
    yield "| Code | Severity | Message | What to do | Final |\n|---|---|---|---|---|"
    for name, code in sorted(CODES.items()):
        if name.startswith(f"RG{digit}"):
            yield _row(name, code)
    yield ""


def _row(name: str, code: Code) -> str:
    remedy = " ".join(markdown(sentence) for sentence in (code.guess, code.remedy) if sentence)
    message = " ".join(markdown(sentence) for sentence in (code.message, code.together) if sentence)
    final = "yes" if code.blocks_final or code.severity is Severity.ERROR else ""
    return f"| {name} | {code.severity.word} | {message} | {remedy} | {final} |"


def markdown(message: str) -> str:
    """Return a format string as Markdown: its words taken literally, the names of its values in italics."""
    pieces = []
    for literal, name, _, _ in Formatter().parse(message):
        pieces.append(_SPECIAL.sub(r"\\\1", literal))
        if name:
            pieces.append(f"*{name.strip('_').replace('_', ' ')}*")
    return "".join(pieces)
