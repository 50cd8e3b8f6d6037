"""Will the texts come out as their authors expect? What can't be printed is said here, not found out on paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from reportgen.diagnostics import Diagnostic, Span, diagnostic
from reportgen.languages.pairs import Text
from reportgen.submission.checks.facts import Facts
from reportgen.submission.citations import CITATION, parse_citation
from reportgen.submission.images import (
    MOST_IMAGES,
    Figure,
    ImageFault,
    examine_image,
    may_hold_figures,
    read_figure,
)
from reportgen.submission.parts import own_texts, walk_parts
from reportgen.submission.tables import cells, divided_by_tabs, table_starts

LONGEST_WORD: Final = 500
"""Characters without a space; breaking longer ones takes the renderer time that grows with their square."""
MOST_BRACKETS: Final = 1_000
MOST_STARS: Final = 3_000
"""Signs of emphasis and brackets in one text; what is nested by thousands takes the library minutes."""
MOST_COLUMNS: Final = 16
MOST_NOTES: Final = 300
"""Calls of notes in one text; a report of two hundred pages has as many."""
MOST_IN_NOTES: Final = 60_000
"""Characters that all calls of notes print; a note that is called three hundred times is printed as often."""
DEEPEST: Final = 8
_WORD: Final = re.compile(
    rf"[^ \n\t\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{{{LONGEST_WORD + 1},}}"
)
"""What can't be broken between two lines; Chinese, Japanese, Thai and their neighbours write no spaces and can."""
_DEEP: Final = re.compile(
    rf"^(?:(?:[ \t]*>){{{DEEPEST},}}|(?:[ \t]*[-*+] ){{{DEEPEST},}}[ \t]*[^\s*+-]"
    rf"|(?: {{4}}|\t){{{DEEPEST},}}(?:[-*+]|\d+[.)]) )",
    re.MULTILINE,
)
_STAR: Final = re.compile(r"\*(?=[^\s*])")
_IMAGE: Final = re.compile(r"!\[[^\]\n]{0,500}\][(\[]")
_HTML: Final = re.compile(r"<(?!br ?/?>)(?:(/?[A-Za-z][\w-]{0,40})(?=[\s/>])[^<>\n]{0,500}>|!--)")
_CALL: Final = re.compile(r"\[\^([\w.-]{1,40})\](?!:)")
_ADDRESS: Final = re.compile(r"https?://\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|`[^`\n]*`")
_DEFINITION_LINE: Final = re.compile(r"^ {0,3}\[\^[\w.-]{1,40}\]:.*$", re.MULTILINE)
_DEFINED: Final = re.compile(r"^ {0,3}\[\^([\w.-]{1,40})\]:", re.MULTILINE)
_LINK: Final = re.compile(r"\]\([ \t]{0,9}<?(?!https?://|mailto:)([^)\s<>]{1,200})")
_COMBINING: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f]{11}")


def check(facts: Facts) -> Iterator[Diagnostic]:
    """Check every version of every text for what Markdown or the page can't hold."""
    images: dict[str, ImageFault | None] = {}
    for _, part in walk_parts(facts.submission):
        for key, text in own_texts(part):
            for language, version in text.versions.items():
                shown = may_hold_figures(part, key)
                for figure, start in _figures(version) if shown else ():
                    word = figure.path or "!["
                    place = facts.locate(text, language, word, before=version.count(word, 0, start))
                    yield from _figure(facts, figure, place, images)
                yield from _version(facts, text, language, version, shown=shown)


def _figures(version: str) -> Iterator[tuple[Figure, int]]:
    """Yield every figure of a text with the place in it where its path may stand at the earliest."""
    start = 0
    for line in version.split("\n") if "![" in version else ():
        if figure := read_figure(line):
            yield figure, start + (line.index("](") if figure.path else 0)
        start += len(line) + 1


def _figure(
    facts: Facts, figure: Figure, place: Span | None, images: dict[str, ImageFault | None]
) -> Iterator[Diagnostic]:
    """Is the image there, is it one, and is it told what it shows? ``images`` holds what is known of those before."""
    if not figure.shows:
        yield diagnostic("RG615", place, value=figure.path or "…")
    if facts.folder is None:
        return
    if figure.path not in images:
        images[figure.path] = None
        if len(images) == MOST_IMAGES + 1:
            yield diagnostic("RG617", place, limit=MOST_IMAGES)
        if len(images) <= MOST_IMAGES:
            try:
                examine_image(facts.folder, figure.path)
            except ImageFault as fault:
                images[figure.path] = fault
    if found := images[figure.path]:
        yield diagnostic(found.code, place, value=figure.path or "…", **found.params)


def _version(facts: Facts, text: Text, language: str, version: str, *, shown: bool) -> Iterator[Diagnostic]:
    def at(word: str, code: str, /, **params: object) -> Diagnostic:
        return diagnostic(code, facts.locate(text, language, word), related=(), **params)

    if "![" in version and (image := _image_left_out(version, shown=shown)):
        word, start = image
        yield diagnostic("RG601", facts.locate(text, language, word, before=version.count(word, 0, start)))
    if "<" in version and (match := _HTML.search(version)):
        yield at(match.group(), "RG602")
    if "[^" in version:
        yield from _notes(version, at)
        if (size := _printed_in_notes(version)) > MOST_IN_NOTES:
            yield diagnostic("RG942", text.spans.get(language), size=size, limit=MOST_IN_NOTES)
    if "[^" in version or "[@" in version:
        calls = len(_CALL.findall(version)) + len(CITATION.findall(version))
        if calls > MOST_NOTES:
            yield diagnostic("RG619", text.spans.get(language), size=calls, limit=MOST_NOTES)
    if "@" in version and (citation := _unread_citation(version, facts.written("sources"))):
        yield at(citation, "RG607")
    if "|" in version:
        yield from _tables(version, at)
    if "\t" in version and (words := divided_by_tabs(version)):
        yield at(words, "RG620")
    if longest := _WORD.search(version):
        yield at(longest.group()[:40], "RG604", size=len(longest.group()))
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


def _printed_in_notes(version: str) -> int:
    calls = Counter(_CALL.findall(version))
    words = re.split(r"(?m)^ {0,3}\[\^([\w.-]{1,40})\]:", version)
    return sum(calls[name] * len(note) for name, note in zip(words[1::2], words[2::2], strict=True))


def _unread_citation(version: str, sources: frozenset[str]) -> str:
    """Return what was meant as a citation and would be printed as it stands."""
    rest = CITATION.sub(lambda match: "" if parse_citation(match.group(1)) else match.group(), version)
    if "@" not in rest:
        return ""
    rest = _ADDRESS.sub("", rest)
    if match := re.search(r"\[[^\[\]\n]{0,200}@[\w.-]+[^\[\]\n]{0,200}\]", rest):
        return match.group()
    return next((match.group() for match in re.finditer(r"@[\w.-]*\w", rest) if match.group()[1:] in sources), "")


def _image_left_out(version: str, *, shown: bool) -> tuple[str, int] | None:
    """Return an image that is not shown, with its place; where there is room for figures, those on lines of their own are."""
    start = 0
    for line in version.split("\n"):
        if (match := _IMAGE.search(line)) and not (shown and read_figure(line)):
            return match.group(), start + match.start()
        start += len(line) + 1
    return None


def _tables(version: str, at: Callable[..., Diagnostic]) -> Iterator[Diagnostic]:
    """Tables that are wider than the page, and rows with more cells than the header; the surplus would not be printed."""
    width = 0
    for above, line in pairwise(["", *version.split("\n")]):
        if table_starts(above, line):
            width = cells(above)
            if width > MOST_COLUMNS:
                yield at(above.strip()[:200], "RG618", size=width, limit=MOST_COLUMNS)
                return
        elif "|" not in line:
            width = 0
        elif width and cells(line) > width:
            yield at(line.strip(), "RG609")
            return


def _of_image(version: str, link: re.Match[str]) -> bool:
    """Whether the address is that of an image, which is reported already."""
    return version[: max(version.rfind("[", 0, link.start()), 0)].endswith("!")


def _too_deep(version: str) -> bool:
    """Whether lists, quotations, brackets or accents are piled up in a way no report needs and no parser bears."""
    return (
        version.count("[") > MOST_BRACKETS
        or (version.count("*") > MOST_STARS and len(_STAR.findall(version)) > MOST_STARS)
        or _COMBINING.search(version) is not None
        or _DEEP.search(version) is not None
    )
