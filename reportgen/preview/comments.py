"""What editors write to each other about a paragraph, in a file beside the submission that no report is made of.

A comment remembers where it was pinned and what stood there: the place in the submission, the fingerprint of the words
and how they began. So it follows its paragraph when that is edited, or moved, but not both at once; then it stays in the
list, and says so. Entries stand in the order of their random names, so that those of two editors seldom touch and a
program that merges files can unite them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import yaml

from reportgen.diagnostics import Diagnostic
from reportgen.languages.pairs import Text, fingerprint
from reportgen.submission.files import COMMENTS, coalition_folder
from reportgen.submission.kinds import FLAG, TEXT, WORD, Context
from reportgen.submission.model import Submission
from reportgen.submission.parts import Part, keyed, optional, own_texts, part, required, walk_parts
from reportgen.submission.yaml_reader import read_yaml
from reportgen.writers.files import write_files

FORMAT: Final = 1
LONGEST: Final = 5_000
"""Characters of one comment."""
MOST: Final = 2_000
"""Comments in one file."""
BEGINNING: Final = 60
"""Characters of a text by which its comment knows it."""
_HEAD: Final = (
    "# Comments of the editors; no report shows them. They are as confidential as the texts they are about.\n"
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Comment(Part):
    """One comment."""

    on: str = required(WORD, "Where it was pinned: keys of the submission, with dots.")
    of: str = required(WORD, "Fingerprint of the words that stood there.")
    words: str = optional(WORD, "How they began.", "")
    author: str = required(WORD, "Who wrote it.")
    date: str = required(WORD, "When, to the minute.")
    text: Text = required(TEXT, "The comment.")
    done: bool = optional(FLAG, "Whether it is dealt with.", default=False)


@dataclass(frozen=True, kw_only=True, eq=False)
class _File(Part):
    """The file of comments."""

    format: str = optional(WORD, "Version of this format.", str(FORMAT))
    comments: Mapping[str, Comment] = optional(keyed(part(Comment)), "The comments by name.", {})


@dataclass(frozen=True, slots=True)
class Pinned:
    """A comment with the text that it is about now; ``None`` when its paragraph is gone."""

    name: str
    comment: Comment
    about: Text | None


def comments_file(path: Path) -> Path:
    """Return where the comments on the report at ``path`` stand: in its folder, or beside a single file."""
    path = coalition_folder(path) or path
    return path / COMMENTS if path.is_dir() else path.with_name(f"{path.stem}.{COMMENTS}")


def read_comments(path: Path) -> tuple[dict[str, Comment], tuple[Diagnostic, ...]]:
    """Read the comments on the report at ``path``, with what is wrong about them."""
    file = comments_file(path)
    try:
        data = file.read_bytes()
    except OSError:
        return {}, ()
    root, found = read_yaml(data, file.as_posix())
    if root is None:
        return {}, found
    context = Context()
    read: Any = _File.read(root, context)
    comments = dict(read.comments) if isinstance(read, _File) else {}
    return comments, (*found, *context.found)


def pinned(comments: Mapping[str, Comment], submission: Submission) -> tuple[Pinned, ...]:
    """Find the paragraph of every comment, in the order of their dates."""
    by_place = dict(_texts(submission))
    by_words: dict[str, Text] = {}
    for text in by_place.values():
        by_words.setdefault(fingerprint(text.source), text)
    found = [
        Pinned(name, comment, by_words.get(comment.of) or _of_place(by_place.get(comment.on), comment))
        for name, comment in comments.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.comment.date, one.name)))


def _of_place(text: Text | None, comment: Comment) -> Text | None:
    """Whether the text at the place is still the one that was meant: edited, and not another one."""
    if text is None:
        return None
    from rapidfuzz.fuzz import partial_ratio

    return text if not comment.words or partial_ratio(comment.words, text.source[: 4 * BEGINNING]) > 50 else None


def add_comment(path: Path, submission: Submission, about: Text, author: str, words: str, now: datetime) -> str:
    """Pin a comment to the text ``about`` and return its name.

    Raises:
        OSError: The file can't be written.
        ValueError: There is nothing in it, it is too long, or the file has a fault and is left alone.
    """
    place = next(place for place, text in _texts(submission) if text is about)
    cleaned = _one_line(author)[:80] or "–"
    body = "\n".join(line.rstrip() for line in _shown(words).strip().splitlines())
    if not body or len(body) > LONGEST:
        raise ValueError("length")
    name = f"k{secrets.token_hex(5)}"
    entry = {
        "on": place,
        "of": fingerprint(about.source),
        "words": _one_line(about.source)[:BEGINNING],
        "author": cleaned,
        "date": now.strftime("%Y-%m-%d %H:%M"),
        "text": body,
    }
    _write(path, lambda known: {**known, name: entry})
    return name


def settle_comment(path: Path, name: str, *, done: bool) -> None:
    """Say that a comment is dealt with, or is not after all.

    Raises:
        OSError: The file can't be written.
        ValueError: There is no such comment, or the file has a fault and is left alone.
    """

    def settled(known: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if name not in known:
            raise ValueError("name")
        rest = {key: value for key, value in known[name].items() if key != "done"}
        return {**known, name: {**rest, "done": "yes"} if done else rest}

    _write(path, settled)


def _write(path: Path, change: Any) -> None:
    comments, found = read_comments(path)
    if found:
        raise ValueError("fault")
    entries = change({name: _plain(comment) for name, comment in comments.items()})
    if len(entries) > MOST:
        raise ValueError("length")
    ordered = {name: entries[name] for name in sorted(entries)}
    body = yaml.dump(
        {"format": FORMAT, "comments": ordered}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )
    file = comments_file(path)
    write_files(file.parent, {file.name: (_HEAD + body).encode()})


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as people do."""


def _as_people_do(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if re.search(r"[#:{}\[\],&*!|>'%@`]|^[\s?-]|^$", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _as_people_do)


def _plain(comment: Comment) -> dict[str, Any]:
    known = {key: getattr(comment, key) for key in ("on", "of", "words", "author", "date")}
    return {**known, "text": comment.text.source, **({"done": "yes"} if comment.done else {})}


def _texts(submission: Submission) -> Iterator[tuple[str, Text]]:
    for path, item in walk_parts(submission):
        for key, text in own_texts(item):
            yield ".".join(map(str, (*path, key))), text


def _one_line(text: str) -> str:
    return " ".join(_shown(text).split())


def _shown(text: str) -> str:
    """Leave out what a submission may not hold either: signs that act or hide."""
    from reportgen.submission.yaml_reader import forbidden

    return "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if not forbidden(sign))


__all__ = ["Comment", "Pinned", "add_comment", "comments_file", "pinned", "read_comments", "settle_comment"]
