"""Will the texts come out as their authors expect? What can't be printed is said here, not found out on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from reportgen.diagnostics import Diagnostic, diagnostic
from reportgen.languages.pairs import Text
from reportgen.submission.checks.facts import Facts
from reportgen.submission.citations import CITATION, parse_citation
from reportgen.submission.parts import own_texts, walk_parts

LONGEST_WORD: Final = 500
"""Characters without a space; breaking longer ones takes the renderer time that grows with their square."""
MOST_BRACKETS: Final = 1_000
DEEPEST: Final = 8
_DEEP: Final = re.compile(
    rf"^(?:(?:[ \t]*>){{{DEEPEST},}}|(?:[ \t]*[-*+] ){{{DEEPEST},}}| {{{4 * DEEPEST},}}(?:[-*+]|\d+[.)]) )",
    re.MULTILINE,
)
_IMAGE: Final = re.compile(r"!\[[^\]\n]*\][(\[]")
_HTML: Final = re.compile(r"<(/?[A-Za-z][\w-]*)(?=[\s/>])[^<>\n]*>")
_CALL: Final = re.compile(r"\[\^([\w.-]{1,40})\](?!:)")
_ADDRESS: Final = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|`[^`\n]*`")
_DEFINITION_LINE: Final = re.compile(r"^ {0,3}\[\^[\w.-]{1,40}\]:.*$", re.MULTILINE)
_DEFINED: Final = re.compile(r"^ {0,3}\[\^([\w.-]{1,40})\]:", re.MULTILINE)
_LINK: Final = re.compile(r"\]\((?!https?://|mailto:|<)([^)\s]{1,200})")
_COMBINING: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f]{11}")


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check every version of every text for what Markdown or the page can't hold."""
    for _, part in walk_parts(facts.submission):
        for _, text in own_texts(part):
            for language, version in text.versions.items():
                yield from _version(facts, text, language, version)


def _version(facts: Facts, text: Text, language: str, version: str) -> Iterator[Diagnostic]:
    def at(word: str, code: str, /, **params: object) -> Diagnostic:
        return diagnostic(code, facts.locate(text, language, word), related=(), **params)

    if "![" in version and (match := _IMAGE.search(version)):
        yield at(match.group(), "RG601")
    if "<" in version and (match := _HTML.search(version)):
        yield at(match.group(), "RG602")
    if "[^" in version:
        yield from _notes(version, at)
    if "@" in version and (citation := _unread_citation(version, facts.written("sources"))):
        yield at(citation, "RG607")
    if "|" in version and (row := _overfull_row(version)):
        yield at(row, "RG609")
    if longest := next((word for word in version.split() if len(word) > LONGEST_WORD), ""):
        yield at(longest[:40], "RG604", size=len(longest))
    if _too_deep(version):
        yield diagnostic("RG605", text.spans.get(language))
    if "](" in version and (
        link := next((match.group(1) for match in _LINK.finditer(version) if not _of_image(version, match)), "")
    ):
        yield at(link, "RG606")


def _notes(version: str, at: Callable[..., Diagnostic]) -> Iterator[Diagnostic]:
    """Notes that are called without words, and words of notes that no call prints."""
    definitions = list(_DEFINED.finditer(version))
    body = _DEFINITION_LINE.sub("", version)
    defined, called = [match.group(1) for match in definitions], set(_CALL.findall(body))
    for name in dict.fromkeys(_CALL.findall(version)):
        if name not in defined:
            yield at(f"[^{name}]", "RG603", value=name)
    for match in definitions:
        name = match.group(1)
        if name not in called or defined.count(name) > 1:
            yield at(match.group().strip(), "RG608", value=name)
            return


def _unread_citation(version: str, sources: frozenset[str]) -> str:
    """Return what was meant as a citation and would be printed as it stands."""
    rest = CITATION.sub(lambda match: "" if parse_citation(match.group(1)) else match.group(), version)
    if "@" not in rest:
        return ""
    rest = _ADDRESS.sub("", rest)
    if match := re.search(r"\[[^\[\]\n]{0,200}@[\w.-]+[^\[\]\n]{0,200}\]", rest):
        return match.group()
    return next((match.group() for match in re.finditer(r"@[\w.-]*\w", rest) if match.group()[1:] in sources), "")


def _overfull_row(version: str) -> str:
    """Return a row of a table that has more cells than its header; the surplus would not be printed."""
    width = 0
    lines = version.split("\n")
    for above, line in pairwise(["", *lines]):
        if re.fullmatch(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*", line) and "|" in above + line:
            width = _cells(above)
        elif not line.strip() or "|" not in line:
            width = 0
        elif width and _cells(line) > width:
            return line.strip()
    return ""


def _cells(row: str) -> int:
    return len(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|")))


def _of_image(version: str, link: re.Match[str]) -> bool:
    """Whether the address is that of an image, which is reported already."""
    return version[: max(version.rfind("[", 0, link.start()), 0)].endswith("!")


def _too_deep(version: str) -> bool:
    """Whether lists, quotations, brackets or accents are piled up in a way no report needs and no parser bears."""
    if version.count("[") > MOST_BRACKETS or version.count("<![") > DEEPEST or _COMBINING.search(version):
        return True
    return _DEEP.search(version) is not None
