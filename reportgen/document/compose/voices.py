"""Who says so: the marks of organisations, and what some of them hold beside the common text.

Nothing is marked that all of them hold. A note holds one paragraph; what is longer stands in a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from reportgen.document.compose.desk import Desk
from reportgen.document.compose.words import rating
from reportgen.document.markdown_reader import read_markdown
from reportgen.document.markup import in_text
from reportgen.document.model import Block, Piece, Prose, Rating, Stand, View, Views, Voice
from reportgen.document.setter import Setter
from reportgen.languages.formats import join_list
from reportgen.languages.pairs import Passage
from reportgen.marking import N_
from reportgen.publication.model import Assessment
from reportgen.publication.model import Voice as Said
from reportgen.submission.citations import citations
from reportgen.submission.model import Agreement, Attribution, Form, Law, Practice, StateAnswer
from reportgen.submission.words import WORDS

AXES: Final = {
    "law": N_("Law"),
    "practice": N_("Practice"),
    "state_answer": N_("State’s answer"),
    "agree_with_state": N_("Our view of it"),
}
LABELS: Final = {
    **AXES,
    "not_applicable": N_("Not applicable"),
    "no_information": N_("No information"),
}
"""What a voice is about, where its words do not tell."""
_NO_ANSWERS: Final = frozenset({"not_applicable", "no_information"})
_NOTHING: Final = Markup()
_LONGEST_NOTE: Final = 1_200


def mark(desk: Desk, by: Sequence[int], *, differs: bool = False) -> Markup:
    """Return the mark of those who stand behind something, or nothing.

    Args:
        desk: The publication.
        by: Their positions.
        differs: Whether others hold something else; a report that shows only dissent marks nothing else.
    """
    shown = differs or desk.publication.front.attribution is not Attribution.DISSENT
    if not by or not shown:
        return Markup()
    entries = [desk.publication.organisations[position] for position in by]
    names = "; ".join(entry.name.text for entry in entries)
    words = ", ".join(entry.mark for entry in entries)
    return Markup('<span class="holders" title="{}">({})</span>').format(names, words)


def notes(setter: Setter, written: Sequence[Passage]) -> tuple[Voice, ...]:
    """Set the remarks that the audience may read; in the public edition there are hardly any."""
    return tuple(Voice(setter.say("Note"), setter.prose(note, numbered=False)) for note in written)


def who(desk: Desk, by: Iterable[int]) -> str:
    """Name them within a sentence, by their marks."""
    return join_list([desk.publication.organisations[position].mark for position in by], desk.language)


def signed(setter: Setter, prose: Prose, holders: Markup, calls: Markup = _NOTHING) -> Prose:
    """Put the calls of notes, then the mark of those who say it, at the end of a text."""
    if not holders and not calls:
        return prose
    end = Markup(" ") + holders if holders else _NOTHING
    pieces = prose.pieces
    if not pieces or pieces[-1].kind != "p":
        return replace(prose, pieces=(*pieces, Piece("p", calls + end)))
    words = pieces[-1].html
    point = _NOTHING
    if calls and (prose.language or setter.language) == "fr":  # in French notes are called before the point
        bare = words.rstrip(".")
        words, point = Markup(bare), Markup(words[len(bare) :])
    return replace(prose, pieces=(*pieces[:-1], replace(pieces[-1], html=words + calls + point + end)))


@dataclass(frozen=True, slots=True)
class Beside:
    """A common text with the calls of its notes and its mark, what stands beneath it, and who differs from it."""

    prose: Prose | None
    blocks: tuple[Block, ...]
    against: tuple[int, ...]


def beside(
    desk: Desk,
    setter: Setter,
    prose: Prose | None,
    voices: Sequence[Said[Passage]],
    holders: Markup = _NOTHING,
    on: str = "",
) -> Beside:
    """Set the voices beside a text, each in its form.

    Args:
        desk: The publication.
        setter: The setter of the chapter.
        prose: The common text, if there is one.
        voices: What some hold beside it; those without words are passed over.
        holders: The mark of those who stand behind the common text.
        on: What the voices are about, where that does not show from their place.
    """
    heard = [(voice, voice.text) for voice in voices if voice.text]
    spoken = [(_form(voice, text, prose, alone=len(heard) == 1), voice, text) for voice, text in heard]
    calls = _NOTHING
    for form, voice, text in spoken:  # first, so that notes are numbered as they are called
        if form is Form.FOOTNOTE:
            calls += _note(desk, setter, voice, text)
    blocks: list[Block] = [
        _paragraphs(desk, setter, voice, text, on) for form, voice, text in spoken if form is Form.PARAGRAPH
    ]
    if boxed := [voice for form, voice, _ in spoken if form is Form.BOX]:
        blocks.append(_box(desk, setter, boxed, on))
    if prose:
        prose = signed(setter, prose, holders, calls)
    against = {position for form, voice, _ in spoken if form is not Form.PARAGRAPH for position in voice.by}
    return Beside(prose, tuple(blocks), tuple(sorted(against)))


def not_decided(desk: Desk, setter: Setter, *, undecided: bool) -> tuple[str, ...]:
    """Return the remark of a draft about what the coalition still has to decide."""
    return (setter.say("Not decided yet"),) if undecided and not desk.final else ()


def _form(voice: Said[Passage], text: Passage, prose: Prose | None, *, alone: bool) -> Form:
    """Return the form in which a voice is printed: a note needs a common text and a short one of its own.

    One that stands alone dissents from nothing, and needs no box.
    """
    if alone and not prose:
        return Form.PARAGRAPH
    if voice.form is not Form.FOOTNOTE or (prose and _fits_a_note(text)):
        return voice.form
    return Form.BOX if prose else Form.PARAGRAPH


def _fits_a_note(text: Passage) -> bool:
    root, _ = read_markdown(text.text)
    return [element.tag for element in root] == ["p"] and len(text.text) <= _LONGEST_NOTE


def _note(desk: Desk, setter: Setter, voice: Said[Passage], text: Passage) -> Markup:
    cited = {citation.source for citation in citations(text.text)}
    more = "".join(f" [@{key}]" for key in voice.sources if key not in cited)
    said = setter.say("According to {who}:", who=who(desk, voice.by)) if voice.by else setter.say("Differing view:")
    return setter.note(Markup(in_text(said)) + Markup(" "), replace(text, text=text.text + more))


def _paragraphs(desk: Desk, setter: Setter, voice: Said[Passage], text: Passage, on: str) -> Voice:
    label = setter.say(LABELS[voice.about]) if voice.about in LABELS else on
    return Voice(
        label,
        signed(setter, setter.prose(text), mark(desk, voice.by, differs=True)),
        setter.references(voice.sources, already=[text]),
        Stand(voice.by),
        not_decided(desk, setter, undecided=voice.undecided),
    )


def _box(desk: Desk, setter: Setter, voices: Sequence[Said[Passage]], on: str) -> Views:
    """Put voices into a box: one is a dissent from the common text, several are views that differ."""
    alone = voices[0].by if len(voices) == 1 else ()
    title = setter.say("Dissent of {who}", who=who(desk, alone)) if alone else setter.say("Views differ")
    return Views(
        setter.say("{title}: {subject}", title=title, subject=on) if on else title,
        tuple(_view(desk, setter, voice, signs=not alone) for voice in voices),
        not_decided(desk, setter, undecided=any(voice.undecided for voice in voices)),
    )


def _view(desk: Desk, setter: Setter, voice: Said[Passage], *, signs: bool = True) -> View:
    holders = mark(desk, voice.by, differs=True) if signs else _NOTHING
    text = setter.prose(voice.text, numbered=False) if voice.text else None
    references = setter.references(voice.sources, already=[voice.text] if voice.text else [])
    if voice.rating is None:
        assert text is not None
        said = Rating("", "", setter.say(LABELS[voice.about])) if voice.about in _NO_ANSWERS else None
        return View(said, signed(setter, text, holders), _NOTHING, references)
    return View(_held(setter, voice), text, holders, references)


# Ratings


def _held(setter: Setter, voice: Said[Passage]) -> Rating:
    assert voice.rating is not None
    if isinstance(voice.rating, (Law, Practice)):
        return rating(voice.rating, setter)
    return Rating(setter.say(AXES[voice.about]), "", setter.say(WORDS[voice.rating]))


def given(assessment: Assessment[Passage], key: str, setter: Setter) -> Rating:
    """Return the rating of an article called ``key``; of one that is contested, that views differ."""
    value = {
        "law": assessment.law,
        "practice": assessment.practice,
        "state_answer": assessment.state_answer,
        "agree_with_state": assessment.agreement,
    }[key]
    symbol = key if key in {"law", "practice"} else ""
    if key in assessment.contested:
        return Rating(setter.say(AXES[key]), symbol and f"{symbol}-differs", setter.say("Views differ"))
    if isinstance(value, (Law, Practice)):
        return rating(value, setter)
    return Rating(setter.say(AXES[key]), "", setter.say(WORDS[value]))


def holders_of(assessment: Assessment[Passage], key: str) -> tuple[int, ...]:
    """Return who holds the rating called ``key``; nobody where it is all of them, or where none is given."""
    given_ = {
        "law": assessment.law is not Law.NOT_RATED,
        "practice": assessment.practice is not Practice.NOT_RATED,
        "state_answer": assessment.state_answer is not StateAnswer.NOT_PUBLISHED,
        "agree_with_state": assessment.agreement is not Agreement.CANNOT_SAY,
    }[key]
    by = assessment.held.get(key, assessment.by if given_ else ())
    return () if key in assessment.contested or assessment.not_applicable else by


def rated(desk: Desk, setter: Setter, assessment: Assessment[Passage], key: str) -> tuple[Rating, tuple[Views, ...]]:
    """Return a rating for the opener of its chapter, with the notes and boxes of those who rate otherwise."""
    voices = [voice for voice in assessment.voices if voice.about == key and voice.rating is not None]
    common, axis = given(assessment, key, setter), setter.say(AXES[key])
    if key in assessment.contested:
        entries = tuple(_view(desk, setter, voice) for voice in voices)
        undecided = any(voice.undecided for voice in voices)
        title = setter.say("{title}: {subject}", title=setter.say("Views differ"), subject=axis)
        return common, (Views(title, entries, not_decided(desk, setter, undecided=undecided)),)
    calls, boxes = _NOTHING, []
    for voice in voices:
        if voice.form is Form.BOX or (voice.text and not _fits_a_note(voice.text)):
            dissent = setter.say("Dissent of {who}", who=who(desk, voice.by))
            title = setter.say("{title}: {subject}", title=dissent, subject=axis)
            boxes.append(Views(title, (_view(desk, setter, voice, signs=False),)))
        else:
            said = setter.say(
                "According to {who}: {rating}.", who=who(desk, voice.by), rating=_held(setter, voice).word
            )
            calls += setter.note(Markup(in_text(said)) + Markup(" " if voice.text else ""), voice.text)
    holders = mark(desk, holders_of(assessment, key), differs=bool(voices))
    word = Markup(in_text(common.word)) + calls if calls else common.word
    if holders:
        word = Markup("{}{} {}").format(Markup(in_text(common.word)), calls, holders)
    return replace(common, word=word), tuple(boxes)
