"""Setting text: from what an author wrote to pieces with numbers, notes and the typography of their language."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from markupsafe import Markup

from reportgen.document.markdown_reader import Call, ProseError, figure_of, read_markdown
from reportgen.document.markup import in_attribute, in_text
from reportgen.document.model import NOTE_CLOSE, NOTE_OPEN, Inline, Note, Piece, Prose, note_token
from reportgen.languages.formats import language_name
from reportgen.languages.messages import translations
from reportgen.languages.pairs import Freshness, Passage
from reportgen.languages.typography import Run, raise_ordinals, typographer
from reportgen.submission.citations import Citation
from reportgen.submission.images import Figure, Image

_WITHIN: Final = frozenset({"em", "strong", "a"})
"""Elements that part a sentence and do not end it."""
_RTL: Final = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ku"})
_TOKEN: Final = re.compile(f"{NOTE_OPEN}(\\d+){NOTE_CLOSE}")
_CALL_BEFORE_POINT: Final = re.compile(f"((?:{NOTE_OPEN}\\d+{NOTE_CLOSE})+)([.,;:]+)")
Cite = Callable[[Citation], Markup]
"""Returns what a note says about one citation."""


@dataclass
class Setter:
    """Sets the text of one chapter; it counts its paragraphs and collects its notes.

    Attributes:
        language: Language of the document.
        chapter: Number of the chapter, for the numbers of its paragraphs; empty for none.
        cite: What a note says about a citation.
        numbers: Number in the list of sources by identifier; sources not in it are not cited.
        images: The pictures of the report by their paths as written.
        paragraph: Number of the last paragraph.
        notes: The notes so far.
        cited: Sources that a note of this chapter has given in full.
        origins: The passage from which each numbered paragraph was set, by the identifier of the paragraph.
    """

    language: str
    chapter: str
    cite: Cite
    numbers: Mapping[str, int]
    images: Mapping[str, Image] = field(default_factory=dict)
    paragraph: int = 0
    notes: list[Note] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    origins: dict[str, Passage] = field(default_factory=dict)

    def say(self, message: str, **values: object) -> str:
        """Return a sentence of the program's own in the language of the document."""
        return self._typeset(translations(self.language).gettext(message).format(**values))

    @cached_property
    def _typeset(self) -> Callable[[str], str]:
        return typographer(self.language)

    def inline(self, passage: Passage, *, marked: bool = True) -> Inline:
        """Set a short text; Markdown is not read in it, and a fallback is marked by the code of its language."""
        set_text = typographer(passage.language)(" ".join(passage.text.split()))
        html = Markup(raise_ordinals(in_text(set_text), passage.language))
        if marked and passage.is_fallback:
            html += Markup('\u00a0<span class="tongue">[{}]</span>').format(passage.language)
        return Inline(html, self._foreign(passage.language))

    def plain(self, text: str) -> Inline:
        """Set a short text that is in the language of the document."""
        return Inline(Markup(raise_ordinals(in_text(self._typeset(text)), self.language)))

    def references(self, sources: Iterable[str], *, already: Iterable[Passage] = ()) -> tuple[int, ...]:
        """Return the numbers of ``sources``, without those cited in the words of ``already``."""
        from reportgen.submission.citations import citations

        cited = {citation.source for passage in already for citation in citations(passage.text)}
        return tuple(sorted({self.numbers[key] for key in sources if key in self.numbers and key not in cited}))

    def prose(self, passage: Passage, *, numbered: bool = True) -> Prose:
        """Set a longer text: Markdown, citations, notes, numbers of paragraphs.

        Raises:
            ProseError: The text is nested too deep to be set.
        """
        try:
            root, calls = read_markdown(passage.text)
        except ProseError:
            raise ProseError(passage.span) from None
        pieces = []
        for element in root:
            if figure := figure_of(element, calls):
                pieces.append(self._picture(figure, passage.language, shown=numbered))
                continue
            kind = "h" if re.fullmatch("h[1-6]", element.tag) else element.tag
            html = self._serialise(element, passage.language, inside=kind in {"p", "h"})
            if kind in {"p", "h"} and not html.strip():
                continue
            html = self._with_notes(html, calls, passage.language)
            number = ""
            if kind == "p" and numbered and self.chapter:
                self.paragraph += 1
                number = f"{self.chapter}.{self.paragraph}"
                self.origins[f"p-{self.chapter}-{self.paragraph}"] = passage
            pieces.append(Piece(kind, Markup(html), number))
        return Prose(tuple(pieces), self._foreign(passage.language), self._mark(passage))

    def note(self, opening: Markup, passage: Passage | None = None) -> Markup:
        """Add a note of the program's own, with the words of ``passage`` after ``opening``; return the token of its call."""
        if passage is None:
            self.notes.append(Note(len(self.notes) + 1, opening))
        else:
            self._take_note(passage.text, passage.language)
            tongue = (
                Markup('\u00a0<span class="tongue">[{}]</span>').format(passage.language) if passage.is_fallback else ""
            )
            self.notes[-1] = replace(self.notes[-1], html=opening + self.notes[-1].html + tongue)
        return Markup(note_token(len(self.notes)))

    def _picture(self, figure: Figure, language: str, *, shown: bool) -> Piece:
        """Set a picture with its caption; where there is no room for it, the words that describe it stand there."""
        described = typographer(language)(_plain_words(figure.shows))
        image = self.images.get(figure.path) if shown else None
        if image is None:
            return Piece("p", Markup(in_text(described)))
        root, calls = read_markdown(figure.caption)
        caption = " ".join(self._serialise(element, language, inside=True) for element in root)
        return Piece("figure", Markup(self._with_notes(caption, calls, language)), image=image, alt=described)

    def _with_notes(self, html: str, calls: list[Call], language: str) -> str:
        """Put the numbers of notes in the place of the calls."""
        if language == "en":  # notes are called after punctuation in English, before it in French
            html = _CALL_BEFORE_POINT.sub(r"\2\1", html)
        return _TOKEN.sub(lambda match: note_token(self._take_note(calls[int(match[1])], language)), html)

    def _foreign(self, language: str) -> str:
        return language if language != self.language else ""

    def _mark(self, passage: Passage) -> str:
        if passage.is_fallback:
            name = language_name(passage.language, self.language)
            return self.say("Not translated yet ({language})", language=name)
        if passage.freshness is Freshness.STALE:
            return self.say("Translation out of date")
        return ""

    def _take_note(self, call: Call, language: str) -> int:
        """Give a note its number; what it cites within its own words stands there in full."""
        if isinstance(call, str):
            root, inner = read_markdown(call)
            words = " ".join(self._serialise(element, language, inside=True) for element in root)
            html = Markup(_TOKEN.sub(lambda match: self._within(match, inner), words))
            if foreign := self._foreign(language):
                way = ' dir="rtl"' if direction(foreign) else ""
                html = Markup(f'<span lang="{foreign}"{way}>{html}</span>')
        else:
            cited = self._cited(call)
            html = cited if str(cited).endswith((".", "…")) else cited + Markup(".")
        self.notes.append(Note(len(self.notes) + 1, html))
        return len(self.notes)

    def _within(self, match: re.Match[str], calls: list[Call]) -> str:
        """Say in the words of a note what is cited: a sentence of its own after a full stop, in brackets within one."""
        cited = self._cited(calls[int(match[1])])
        before = re.sub("<[^>]*>", "", match.string[: match.start()]).rstrip()
        return f" {cited}" if not before or before[-1] in ".!?…:" else f" ({cited})"

    def _cited(self, call: Call) -> Markup:
        if isinstance(call, Figure):
            return Markup(in_text(_plain_words(call.shows)))
        joint = Markup("\u202f; " if self.language == "fr" else "; ")
        return Markup() if isinstance(call, str) else joint.join(self.cite(citation) for citation in call)

    def _serialise(self, element: ET.Element, language: str, *, inside: bool) -> str:
        """Write an element as HTML, its text typographically set; ``inside`` leaves out its own tag."""
        typeset = Run(language)

        def words(text: str | None) -> str:
            return raise_ordinals(in_text(typeset(text)), language) if text else ""

        def write(node: ET.Element) -> str:
            if node.tag == "code":
                code = "".join(node.itertext())
                typeset.passed(code)
                return f"<code>{in_text(code)}</code>"
            if node.tag not in _WITHIN:
                typeset.begin()
            if node.tag in {"br", "hr"}:
                return f"<{node.tag}>"
            if node.tag == "li":  # without the ends of lines between its parts
                parts = (write(child) + words((child.tail or "").rstrip("\n")) for child in node)
                return f"<li>{words((node.text or '').strip())}{''.join(parts)}</li>"
            body = words(node.text) + "".join(write(child) + words(child.tail) for child in node)
            if node.tag == "a":
                return _link(node, body)
            if node.tag not in _WITHIN:
                typeset.begin()  # what follows stands apart, such as the space between two cells
            if node.tag == "th" and not body.strip():
                return "<td></td>"  # an empty corner heads nothing (WCAG 2.2, 1.3.1)
            if node.tag == "blockquote":
                return f"<blockquote>{_attributed(body)}</blockquote>"
            if re.fullmatch("h[1-6]", node.tag):
                return f'<p class="runin"><strong>{body}</strong></p>'
            return f"<{node.tag}{_attributes(node)}>{body}</{node.tag}>"

        if not inside:
            return write(element)
        return (words(element.text) + "".join(write(child) + words(child.tail) for child in element)).strip()


def _plain_words(text: str) -> str:
    """Return the words of a text without emphasis, links and notes, for what is read aloud."""
    root, _ = read_markdown(text)
    return " ".join(_TOKEN.sub("", "".join(root.itertext())).split())


def _link(node: ET.Element, body: str) -> str:
    """A link; one whose words are its address may be broken anywhere."""
    address = _TOKEN.sub("", node.get("href", ""))
    if not address:
        return body
    bare = {address, address.removeprefix("mailto:"), address.removeprefix("https://")}
    shown = ' class="address"' if "".join(node.itertext()) in bare else ""
    return f'<a{shown} href="{in_attribute(address)}">{body}</a>'


def _attributed(body: str) -> str:
    """Mark the last paragraph of a quotation where it says whose words they are."""
    before, _, last = body.rpartition("<p>")
    return f'{before}<p class="attribution">{last}' if before.strip() and last.startswith("—") else body


def _attributes(node: ET.Element) -> str:
    if node.tag in {"td", "th"}:
        scope = ' scope="col"' if node.tag == "th" else ""
        aligned = node.get("align", "")
        return scope + (f' class="{aligned}"' if aligned in {"left", "center", "right"} else "")
    if node.tag == "ol" and (start := node.get("start", "")).isdigit() and start != "1":
        return f' start="{start}"'
    return ""


def direction(language: str) -> str:
    """Return ``rtl`` for a language written from right to left, else an empty string."""
    return "rtl" if language in _RTL else ""


__all__ = ["Cite", "Setter", "direction", "note_token"]
