"""Protects the promise that nothing in a file is guessed, cut or followed: every value is text, at its place.

YAML reads ``NO`` as false, ``5.10`` as 5.1 and cuts ``see case #12``; people who write reports expect none of that. And a
file may come from anybody: no bytes at all may crash the reader or keep it busy.
"""

from __future__ import annotations

import json
import time
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.diagnostics import Severity, Span
from reportgen.diagnostics.codes import CODES
from reportgen.diagnostics.render import severity_of, tell
from reportgen.submission.nodes import Mapping, Node, Scalar, Sequence
from reportgen.submission.yaml_reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_REPEATS, read_yaml
from tests.samples import FIRST

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return what a node says, without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(child) for key, child in node.entries.items()}


def read(text: str | bytes) -> Plain:
    """Read a file that has no faults."""
    root, found = read_yaml(text.encode() if isinstance(text, str) else text, "f.yaml")
    assert not found
    assert root is not None
    return plain(root)


def scalar(text: str, key: str = "a") -> Scalar:
    root, _ = read_yaml(text.encode(), "f.yaml")
    assert root is not None
    value = root.entries[key]
    assert isinstance(value, Scalar)
    return value


def faults(text: str | bytes) -> list[str]:
    """Return the codes found in a file, each with line and column."""
    root, found = read_yaml(text.encode() if isinstance(text, str) else text, "f.yaml")
    if any(severity_of(item) is Severity.ERROR for item in found) or root is None:
        assert found, "no root, and nothing says why"
    return [f"{item.code} {item.span.line}:{item.span.column}" for item in found if item.span]


# Every scalar is text


@pytest.mark.parametrize(
    "value",
    [
        *("NO", "no", "No", "on", "off", "yes", "y", "n", "true", "False"),
        *(
            "5.10",
            "5.0",
            "007",
            "0o17",
            "0x1F",
            "1_000",
            "1e3",
            "12345678901234567890",
            "+5",
            "-0",
            ".5",
            ".inf",
            "NaN",
        ),
        *("12:30", "12:30:45", "190:20:30"),
        *("2024-09-30", "2024-09", "2024-9-3", "2024-09-30T10:00:00Z", "2024-09-30 10:00:00 +2"),
        *("null", "Null", "~", "="),
        *(
            "KE",
            "§ 12",
            "50 %",
            "1 733,5",
            "C:\\temp",
            "a#b",
            "a:b",
            "https://x.example/#top",
            "it's",
            'the "law"',
            "x,y",
        ),
    ],
)
def test_a_value_stays_as_written(value: str) -> None:
    assert scalar(f"a: {value}") == Scalar(value, Span("f.yaml", 1, 4, len(value)), plain=True, last_line=1)
    assert scalar(f"b: 1\na: {value}\nc: 2\n").text == value


@pytest.mark.parametrize("value", ["", "~", "null", "''", '""', '" "', "# nothing"])
def test_a_value_that_is_not_there(value: str) -> None:
    assert scalar(f"a: {value}").missing


@pytest.mark.parametrize("value", ['"null"', "'~'", "Null", "NULL", "0", "no"])
def test_a_value_that_is_there(value: str) -> None:
    assert not scalar(f"a: {value}").missing


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a: one\n  two\n\n  three", "one two\n\nthree"),
        ("a: >-\n  one\n  two\n\n  three\n", "one two\n\nthree"),
        ("a: >-\n  one\n\n\n  two\n", "one\n\n\ntwo"),
        ("a: >\n  one\n  two\n", "one two\n"),
        ('a: "one\n  two\n\n  three"', "one two\n\nthree"),
        ("a: 'one\n\n  two'", "one\n\ntwo"),
        ("a: |-\n  one\n  two\n\n  three\n", "one\ntwo\n\nthree"),
        ("a: |-\n  - one\n  - two\n", "- one\n- two"),
        ("a: |-\n  # Heading\n  text # 12\n", "# Heading\ntext # 12"),
        ("a: >-\n  Part 1: the law, see #12\n", "Part 1: the law, see #12"),
        ("a: 'it''s'", "it's"),
        ('a: "say \\"no\\""', 'say "no"'),
        ('a: "\\u00e9 \\t."', "é \t."),
        ("a: >-\r\n  one\r\n  two\r\n\r\n  three\r\n", "one two\n\nthree"),
        ("a: |-\r\n  one\r\n  two\r\n", "one\ntwo"),
        ("a: |-\r  one\r  two\r", "one\ntwo"),
        ("a: e\u0301te\u0301", "été"),
        ("\ufeffa: one", "one"),
    ],
)
def test_texts_of_several_lines(written: str, expected: str) -> None:
    """An empty line between folded lines means a new paragraph, which takes two line breaks in Markdown."""
    assert read(written) == {"a": expected}


def test_structure() -> None:
    assert read("---\na:\n- 1\n- {b: 2, c: [3, '4']}\n-\n  d: 5 # five\ne:\n...\n") == {
        "a": ["1", {"b": "2", "c": ["3", "4"]}, {"d": "5"}],
        "e": "",
    }


# Places


def test_every_value_and_key_has_its_place() -> None:
    root, _ = read_yaml('# c\nétat: 😀 oui\nlist:\n  - 日本: "x"\n'.encode(), "f.yaml")
    assert root is not None
    assert root.span == Span("f.yaml", 2, 1, 0)
    assert root.keys == {"état": Span("f.yaml", 2, 1, 4), "list": Span("f.yaml", 3, 1, 4)}
    assert root.entries["état"].span == Span("f.yaml", 2, 7, 5)
    items = root.entries["list"]
    assert isinstance(items, Sequence)
    inner = items.items[0]
    assert isinstance(inner, Mapping)
    assert inner.keys["日本"] == Span("f.yaml", 4, 5, 2)
    assert inner.entries["日本"].span == Span("f.yaml", 4, 9, 3)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_do_not_depend_on_line_ends_or_a_mark_at_the_start(line_end: str, mark: str) -> None:
    written = mark + line_end.join(("a: 1", "b:", "  c: three", "d: >-", "  one", "  two", "e: last", ""))
    root, found = read_yaml(written.encode(), "f.yaml")
    assert root is not None
    assert not found
    assert root.keys["a"] == Span("f.yaml", 1, 1, 1)
    assert root.entries["e"].span == Span("f.yaml", 7, 4, 4)
    folded = root.entries["d"]
    assert isinstance(folded, Scalar)
    assert (folded.text, folded.span, folded.last_line) == ("one two", Span("f.yaml", 4, 4, 2), 6)


# What is refused, with its place


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # the same key twice
        ("a: 1\nb: 2\na: 3", ["RG116 3:1"]),
        ("a:\n  b: 1\n  b: 2\n  b: 3", ["RG116 3:3", "RG116 4:3"]),
        ("{a: 1, a: 2}", ["RG116 1:8"]),
        ('a: 1\n"a": 2', ["RG116 2:1"]),
        ("\u00e9: 1\ne\u0301: 2", ["RG116 2:1"]),
        # references, tags, merged keys
        ("a: &x 1", ["RG120 1:4"]),
        ("a: *x", ["RG120 1:4"]),
        ("a: [1, &x {b: 2}]", ["RG120 1:8"]),
        ("&x a: 1", ["RG120 1:1"]),
        ("a: !!str 1", ["RG121 1:4"]),
        ("a: !!python/object:os.system x", ["RG121 1:4"]),
        ("a: ! 1", ["RG121 1:4"]),
        ("a: !foo [1]", ["RG121 1:4"]),
        ("<<: {b: 1}", ["RG122 1:1"]),
        ("a:\n  <<: x", ["RG122 2:3"]),
        # tabs
        ("a:\n\tb: 1", ["RG111 2:1"]),
        ("a:\n  b: 1\n \tc: 2", ["RG111 3:2"]),
        # the sign of a comment in text
        ("a: see case #12", ["RG117 1:13"]),
        ("a: see case #12 and more\nb: #1", ["RG117 1:13"]),
        ("a:\n  - see #1\n  - and #2", ["RG117 2:9", "RG117 3:9"]),
        ("a: the law of the land # to be checked", ["RG118 1:24"]),
        # a colon in text
        ("title: Part 1: the law", ["RG112 1:14"]),
        ("a: b: c", ["RG112 1:5"]),
        # quotation marks, escapes, brackets
        ('a: "x', ["RG114 1:4"]),
        ("a: 1\nb: 'x\nc: 2", ["RG114 2:4"]),
        ("a: 'it's'", ["RG126 1:8"]),
        ('a: "one" two', ["RG126 1:9"]),
        ('a: "C:\\data"', ["RG115 1:7"]),
        ('a: "\\ud800"', ["RG115 1:7"]),
        ("a: [1, 2\nb: 3", ["RG123 1:4"]),
        ("a: {b: 1", ["RG123 1:4"]),
        # beginnings of text that mean something to YAML
        ("a: @home", ["RG113 1:4"]),
        ("a: `x`", ["RG113 1:4"]),
        ("a: %x", ["RG113 1:4"]),
        ("a: - b", ["RG125 1:4"]),
        # what joins lines
        ("a: >-\n  - one\n  - two\n", ["RG133 2:3"]),
        ("a: >-\n  Points:\n  1. one\n  2. two\n", ["RG133 3:3"]),
        ("a: >-\n  | x | y |\n  |---|---|\n", ["RG133 2:3"]),
        # structure
        ("", ["RG105 1:1"]),
        ("# only a comment\n", ["RG105 1:1"]),
        ("a: 1\n---\nb: 2", ["RG106 2:1"]),
        ("? [x]\n: 1", ["RG107 1:3"]),
        ("a: {{title}}", ["RG107 1:5"]),
        ("- a", ["RG108 1:1"]),
        ("just words", ["RG108 1:1"]),
        ("[]", ["RG108 1:1"]),
    ],
)
def test_a_trap_is_shown_with_its_place(written: str, expected: list[str]) -> None:
    got = faults(written)
    if expected[0].startswith("RG123"):  # where a bracket was opened is as good as where it is missed
        assert [item.split()[0] for item in got] == ["RG123"]
    else:
        assert got == expected


def test_a_list_at_the_very_end_of_a_file_is_seen_as_well() -> None:
    assert faults("a: >-\n  - one\n  - two") == ["RG133 2:3"]


@pytest.mark.parametrize(
    "written",
    [
        "a: yes # a keyword",
        "a: 1 #",
        "# comment\na: 1\n  # another: one\n",
        'a: "see #12" # as it says',
        "a: >-\n  one #12\n  two: three\n",
        "a: >-\n  - a single dash\n",
        '"<<": 1',
        "a: '*x'",
        "a: x & y * z ! @ % `",
        "a:\tb",
        "%YAML 1.2\n---\na: 1",
    ],
)
def test_what_is_harmless_is_let_pass(written: str) -> None:
    assert faults(written) == []


def test_the_first_of_two_equal_keys_is_kept_and_named() -> None:
    root, found = read_yaml(b"a: one\nb: x\na: two", "f.yaml")
    assert root is not None
    assert plain(root) == {"a": "one", "b": "x"}
    assert found[0].params["line"] == "1"
    assert found[0].related[0].span == Span("f.yaml", 1, 1, 1)


# Encodings and characters


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_utf_16_is_named(encoding: str) -> None:
    assert faults("état: Haïti\n".encode(encoding)) == ["RG102 1:1"]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman", "cp1256"])
def test_other_encodings_are_refused_at_the_first_character_that_shows_it(encoding: str) -> None:
    assert faults("a: 1\nb: plain\nc: ça é".replace("é", "x").encode(encoding)) == ["RG103 3:4"]


def test_the_place_of_a_foreign_byte_is_right_after_a_mark_and_other_line_ends() -> None:
    assert faults(b"\xef\xbb\xbfa: \xe9") == ["RG103 1:4"]
    assert faults(b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9t\xe9") == ["RG103 2:6"]
    assert faults(b"a: 1\rb: \xe9") == ["RG103 2:4"]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9b", "U+009B"),
        ("\u200b", "U+200B"),
        ("\u2028", "U+2028"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u2069", "U+2069"),
        ("\ufeff", "U+FEFF"),
        ("\ue000", "U+E000"),
        ("\uffff", "U+FFFF"),
        ("\U000e0041", "U+E0041"),
    ],
)
def test_invisible_and_forbidden_characters_are_refused(character: str, name: str) -> None:
    """Written out or as an escape: they act on a terminal or a page, or let a text say two things."""
    _, found = read_yaml(f"a: 1\nb: x{character}y".encode(), "f.yaml")
    assert [(item.code, item.span) for item in found] == [("RG104", Span("f.yaml", 2, 5, 1))]
    assert found[0].params["character"].startswith(name)
    escape = f'a: "x\\U{ord(character):08x}y"'
    assert faults(escape) == ["RG104 1:4"]
    assert faults(f"{escape[3:]}: key") == ["RG104 1:1"]


def test_a_null_is_refused() -> None:
    assert faults(b"a: x\x00y") in (["RG102 1:1"], ["RG104 1:5"])
    assert faults(b"a: " + b"x" * 300 + b"\x00") == ["RG104 1:304"]
    assert faults('a: "\\0"') == ["RG104 1:4"]


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क्\u200dष", "co\u00adopération", "\u200fעברית", "naïve café", "😀", "𠮷"]
)
def test_the_characters_of_languages_are_let_pass(text: str) -> None:
    assert read(f"a: {text}") == {"a": text}


def test_faults_that_repeat_are_shown_a_few_times() -> None:
    assert len(faults("a: " + "\u200b" * 1000)) == MAX_REPEATS
    assert len(faults("a:\n" + "\tb: 1\n" * 1000)) == MAX_REPEATS


# Size and depth


def test_a_file_of_a_megabyte_is_read_and_a_larger_one_refused() -> None:
    assert read("a: " + "x" * (MAX_BYTES - 3)) == {"a": "x" * (MAX_BYTES - 3)}
    assert faults("a: " + "x" * (MAX_BYTES - 2)) == ["RG101 1:1"]


@pytest.mark.parametrize(
    "written",
    [
        "[" * 100_000,
        "a: " + "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1_000)),
        "a: " + "[" * 100_000 + "]" * 100_000,
    ],
    ids=["lists", "lists under a key", "mappings", "block lists", "keys", "block mappings", "closed lists"],
)
def test_deep_nesting_is_refused_at_once(written: str) -> None:
    started = time.perf_counter()
    assert faults(written)[0].split()[0] in {"RG107", "RG110"}
    assert time.perf_counter() - started < 2


def test_the_depth_of_a_real_report_is_far_below_the_limit() -> None:
    allowed = MAX_DEPTH - 2  # the file itself is a level, the value another
    assert read("a: " + "[" * allowed + "x" + "]" * allowed)
    assert faults("a: " + "[" * (allowed + 1) + "x" + "]" * (allowed + 1))[0].startswith("RG110")


@pytest.mark.parametrize("written", ["a: [" + "x, " * MAX_NODES + "]", "a:\n" + "- \n" * MAX_NODES])
def test_too_many_values_are_refused(written: str) -> None:
    assert [item.split()[0] for item in faults(written)] == ["RG109"]


@pytest.mark.parametrize(
    "pattern", ["a: b\n", "\n", "#\n", "'", '"', ":", "a: >-\n", "  x\n", "- - ", "%", "\t", "&a ", "a: '''\n"]
)
def test_no_file_takes_long(pattern: str) -> None:
    data = (pattern * MAX_BYTES)[:MAX_BYTES].encode()
    started = time.perf_counter()
    read_yaml(data, "f.yaml")
    assert time.perf_counter() - started < 10


# Whatever is written

VISIBLE = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
LINES = st.lists(st.text(VISIBLE, max_size=20), min_size=1, max_size=8).filter(lambda lines: lines[-1] != "")


@settings(max_examples=200)
@given(st.text(VISIBLE), st.integers(0, 5), st.integers(0, 3))
def test_any_text_in_double_quotation_marks_comes_back(text: str, above: int, indent: int) -> None:
    dumped = json.dumps(text, ensure_ascii=False)
    written = "# a comment\n" * above + "k:\n" + " " * (indent + 1) + f"a: {dumped}\n"
    root, found = read_yaml(written.encode(), "f.yaml")
    assert not found
    assert root is not None
    inner = root.entries["k"]
    assert isinstance(inner, Mapping)
    assert inner.entries["a"] == Scalar(
        unicodedata.normalize("NFC", text),
        Span("f.yaml", above + 2, indent + 5, len(dumped)),
        plain=False,
        last_line=above + 2,
    )


@settings(max_examples=200)
@given(LINES, st.integers(0, 5))
def test_any_text_of_several_lines_comes_back(lines: list[str], above: int) -> None:
    written = (
        "x: 1\n" * min(above, 1)
        + "# a comment\n" * above
        + "a: |2-\n"
        + "".join(f"  {line}\n" for line in lines)
        + "z: 2\n"
    )
    first = written.split("\n").index("a: |2-") + 1
    root, found = read_yaml(written.encode(), "f.yaml")
    assert not found
    assert root is not None
    assert root.entries["a"] == Scalar(
        unicodedata.normalize("NFC", "\n".join(lines)),
        Span("f.yaml", first, 4, 3),
        plain=False,
        last_line=first + len(lines),
    )
    assert root.keys["z"].line == first + len(lines) + 1


YAMLISH = st.lists(
    st.sampled_from(
        (
            *"{}[]:,-?\n \"'#&*!|>%@`\t\\~a1é\r",
            "a: ",
            "- ",
            "\n  ",
            "\n\t",
            ">-\n  ",
            "|-\n",
            "<<: ",
            "!!str ",
            "---\n",
            "...\n",
            "\u2028",
            "\ufeff",
            "\x00",
        )
    ),
    max_size=40,
).map(lambda pieces: "".join(pieces).encode())
SAMPLE = FIRST.read_bytes()
MUTILATED = st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 80), st.one_of(st.binary(max_size=4), YAMLISH)).map(
    lambda cut: SAMPLE[: cut[0]] + cut[2] + SAMPLE[cut[0] + cut[1] :]
)


@settings(max_examples=400, deadline=timedelta(seconds=5))
@given(st.one_of(st.binary(max_size=200), YAMLISH, MUTILATED))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    root, found = read_yaml(data, "f.yaml")
    errors = [item for item in found if severity_of(item) is Severity.ERROR]
    assert root is not None or errors
    assert len(found) <= 1_000
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = [*text.split("\n"), ""]  # what is missing at the end is missing in the line after it
    for item in found:
        assert item.code in CODES
        assert tell(item, str).message
        assert item.span is not None
        assert item.span.file == "f.yaml"
        assert 1 <= item.span.line <= len(lines)
        assert 1 <= item.span.column <= len(lines[item.span.line - 1]) + 1
    if root is not None:
        check_places(root, lines)


def check_places(node: Node, lines: list[str]) -> None:
    """Every plain value of one line stands exactly where it says."""
    if isinstance(node, Scalar) and node.plain and node.text and node.last_line == node.span.line:
        words = lines[node.span.line - 1][node.span.column - 1 :]
        assert unicodedata.normalize("NFC", words[: node.span.length]) == node.text
    for child in (*getattr(node, "items", ()), *getattr(node, "entries", {}).values()):
        check_places(child, lines)
