"""From ``theme.yaml`` and the files beside it to a theme; every problem of it is reported at once, with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as AbstractMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from reportgen.diagnostics import Diagnostic, Severity, Span, diagnostic
from reportgen.diagnostics.render import severity_of
from reportgen.submission.files import THEME
from reportgen.submission.kinds import INVALID, Context
from reportgen.submission.nodes import Mapping, unwritten
from reportgen.submission.yaml_reader import read_yaml
from reportgen.theme.colours import apart
from reportgen.theme.css import check_css
from reportgen.theme.folder import MAX_FONT, MAX_PICTURE, MAX_TEXT, Folder, text_of
from reportgen.theme.model import Colours, Face, Family, Logo, StyleSheet, Theme, Typeface
from reportgen.theme.templates import read_templates
from reportgen.theme.written import FacesPart, LogoPart, ThemeFile

FORMAT: Final = 1
_FACES: Final = {"regular": (False, False), "italic": (False, True), "bold": (True, False), "bold_italic": (True, True)}
"""Bold and italic, by the key under which a file is named."""


@dataclass(frozen=True, slots=True)
class ThemeReading:
    """What was read.

    Attributes:
        theme: The theme, or ``None`` when it can't be had.
        found: Problems.
        texts: Text of each file, for excerpts.
        paths: The files read, for watching.
    """

    theme: Theme | None
    found: tuple[Diagnostic, ...] = ()
    texts: AbstractMapping[str, str] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()


def theme_of(submission: Path, chosen: Path | None = None, templates: Path | None = None) -> ThemeReading:
    """Return the theme for the report at ``submission``.

    Args:
        submission: A file or a folder; a ``theme.yaml`` at the root of the folder is its theme.
        chosen: A theme to take instead: its file, or the folder with its ``theme.yaml``.
        templates: A folder of templates to take instead of the program's.
    """
    file = chosen or submission / THEME
    reading = read_theme(file) if chosen or file.is_file() else ThemeReading(Theme())
    if templates is None:
        return reading
    context = Context()
    own = read_templates(templates, context)
    return ThemeReading(
        None if reading.theme is None or context.found else replace(reading.theme, templates=own),
        (*reading.found, diagnostic("RG727", Span(templates.as_posix())), *context.found),
        {**reading.texts, **{item.file: item.source for item in own}},
        (*reading.paths, *(Path(item.file) for item in own)),
    )


def read_theme(path: Path) -> ThemeReading:
    """Read the theme at ``path``, its file or its folder, with every file that it names."""
    file = path / THEME if path.is_dir() else path
    name = file.as_posix()
    folder = Folder(file.parent)
    context = Context(language="")
    data = folder.read(file.name, Span(name), context, MAX_TEXT)
    if data is None:
        return ThemeReading(None, (diagnostic("RG710", Span(name)),))
    texts = {name: data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")}
    root, problems = read_yaml(data, name)
    context.found += problems
    written: Any = INVALID if root is None else ThemeFile.read(root, context)
    if written is INVALID:
        return ThemeReading(None, tuple(context.found), texts, (file,))
    if written.theme != FORMAT:
        context.refuse("RG711", written.place("theme") or Span(name), value=written.theme)
    _commented_colours(root, texts[name], context)
    files = _Files(folder, written, context, texts)
    theme = Theme(
        written.paper,
        _colours(written, context),
        files.family("text", written.fonts.text),
        files.family("headings", written.fonts.headings),
        files.more(),
        files.logo(written.logo),
        written.sections,
        files.css(),
    )
    broken = any(severity_of(item) is Severity.ERROR for item in context.found)
    paths = (file, *(folder.home / item for item in files.named))
    return ThemeReading(None if broken else theme, tuple(context.found), texts, paths)


def _commented_colours(root: Mapping | None, text: str, context: Context) -> None:
    """Report ``main: #1f3a5f``: without quotation marks the colour is a comment, and the key has no value."""
    colours = root.entries.get("colours") if root else None
    if not isinstance(colours, Mapping):
        return
    for key, span in colours.keys.items():
        written = text.split("\n")[span.line - 1][span.column - 1 + len(key) :].lstrip(": ")
        if unwritten(colours.entries[key]) and (commented := re.match(r"#[0-9a-fA-F]{3,8}\b", written)):
            context.refuse("RG712", span, value=commented.group())


def _colours(written: ThemeFile, context: Context) -> Colours:
    """Return the colours; an accent that the house did not choose gives way to the main colour without a word."""
    chosen = written.colours
    accent = apart(chosen.accent, chosen.main)
    own = chosen.node.entries.get("accent") if chosen.node else None
    if accent != chosen.accent and own and not unwritten(own):
        span = chosen.place("accent") or Span("")
        context.refuse("RG714", span, value=chosen.accent, other=chosen.main, suggestion=accent)
        accent = chosen.accent
    return Colours(chosen.main, accent, chosen.good)


@dataclass
class _Files:
    """Reads the files that a theme names."""

    folder: Folder
    written: ThemeFile
    context: Context
    texts: dict[str, str]
    named: list[str] = field(default_factory=list)

    def family(self, key: str, chosen: Typeface | FacesPart) -> Typeface | Family:
        """Return a family: one of the program's, or one of the house's own from its files."""
        if isinstance(chosen, Typeface):
            return chosen
        names, faces = [], []
        for face, (bold, italic) in _FACES.items():
            if (file := getattr(chosen, face)) and (made := self._face(file, chosen.place(face), bold, italic)):
                names.append(made[0])
                faces.append(made[1])
        return Family(names[0] if names else "", tuple(faces))

    def more(self) -> tuple[Family, ...]:
        """Return the fonts for other scripts, each a family of its own."""
        families = []
        for index, file in enumerate(self.written.fonts.more):
            if made := self._face(file, self.written.fonts.place("more", index), False, False):
                families.append(Family(made[0], (made[1],)))
        return tuple(families)

    def _face(self, file: str, span: Span | None, bold: bool, italic: bool) -> tuple[str, Face] | None:
        from reportgen.theme.fonts import examine_font

        assert span
        data = self._read(file, span, MAX_FONT)
        known = None if data is None else examine_font(data, file, span, self.context)
        if data is None or known is None:
            return None
        family, signs = known
        return family, Face(f"{hashlib.sha256(data).hexdigest()[:16]}.ttf", data, bold, italic, signs)

    def logo(self, part: LogoPart | None) -> Logo | None:
        """Return the logo."""
        from reportgen.theme.pictures import logo_from

        if part is None:
            return None
        span = part.place("file")
        assert span
        if self._read(part.file, span, MAX_PICTURE) is None:
            return None
        return logo_from(self.folder.home, part.file, dict(part.description.versions), span, self.context)

    def css(self) -> StyleSheet | None:
        """Return the style sheet."""
        if not self.written.css:
            return None
        span = self.written.place("css")
        assert span
        data = self._read(self.written.css, span, MAX_TEXT)
        file = (self.folder.home / self.written.css).as_posix()
        text = None if data is None else text_of(data, file, self.context)
        if text is None:
            return None
        self.texts[file] = text
        self.context.found += check_css(text, file)
        return StyleSheet(file, text.rstrip("\n"))

    def _read(self, name: str, span: Span, limit: int) -> bytes | None:
        self.named.append(name)
        return self.folder.read(name, span, self.context, limit)
