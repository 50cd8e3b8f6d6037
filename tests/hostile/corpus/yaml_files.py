"""Files that attack what reads YAML, each with the code of the diagnostic that answers it; ``""`` where it may be read."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Final

HEAD: Final = """\
format: 1
language: en
state: {code: XSL, name: {en: Solvania, fr: Solvanie}, french: {article: la, in: en}}
cluster: 1
"""
REPORT: Final = "report: {title: T, date: 2024-09-30, scope: [untoc-5], languages: [en]}\n"
BODY: Final = "organisations: {org: {name: Centre}}\n"
ANSWERS: Final = "answers:\n  untoc-5:\n    law: partly\n    practice: poor\n    grounds: "
BASE: Final = HEAD + REPORT + BODY + ANSWERS
Case = tuple[str, str, bytes]


def with_text(text: str) -> str:
    """A submission with ``text`` as the grounds of its one answer."""
    return f"{BASE}{json.dumps(text, ensure_ascii=False)}\n"


def cases() -> Iterator[Case]:
    """Yield name, expected code and bytes of every file."""
    for group in (_references, _depth, _size, _twice, _tags, _signs, _written, _forms, _values, _keys):
        for name, code, data in group():
            yield name, code, data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


Written = Iterator[tuple[str, str, str | bytes]]


def _references() -> Written:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield "alias_bomb", "RG120", bomb + BASE + "*i"
    yield "alias_quadratic", "RG120", f"a: &a {'x' * 500_000}\n" + BASE + "[" + "*a, " * 50_000 + "]"
    yield "alias_of_itself", "RG120", "a: &a [*a]\n" + BASE + "x"
    yield "alias_unknown", "RG120", BASE + "*nobody"
    yield "alias_as_key", "RG120", BASE + "x\n*a : b"
    yield "anchor_alone", "RG120", BASE + "&a text"
    yield "anchor_on_key", "RG120", "&a " + BASE + "x"
    yield "anchor_with_odd_name", "RG104", BASE + "&\u202e\u0301 text"
    merge = "".join(f"m{n}: &m{n} {{{', '.join(f'<<: *m{n - 1}' for _ in range(9))}}}\n" for n in range(1, 9))
    yield "merge_bomb", "RG120", "m0: &m0 {law: full}\n" + merge + BASE + "x"
    yield "merge_overrides", "RG122", BASE + "x\n    <<: {law: full, practice: good}"
    yield "merge_at_the_top", "RG122", BASE + "x\n<<: {cluster: 2}"
    yield "merge_list", "RG122", BASE + "x\n<<: [{cluster: 2}, {cluster: 3}]"
    yield "merge_tag", "RG121", BASE + "x\n!!merge <<: {cluster: 2}"


def _depth() -> Written:
    yield "deep_brackets", "RG110", BASE + "[" * 100_000
    yield "deep_brackets_closed", "RG110", BASE + "[" * 100_000 + "]" * 100_000
    yield "deep_braces", "RG110", BASE + "{a: " * 100_000
    yield "deep_dashes", "RG110", BASE + "\n      " + "- " * 100_000
    yield "deep_keys", "RG110", "".join(f"{' ' * n}a:\n" for n in range(1_000))
    yield "deep_questions", "RG107", "? " * 100_000
    yield "deep_mixed", "RG110", BASE + "[{a: " * 50_000
    yield "only_closing", "RG124", BASE + "]" * 100_000
    yield "brackets_that_never_close", "RG119", (BASE + "[a, " + "b, " * 20_000)


def _size() -> Written:
    yield "huge_file", "RG101", BASE + "x" * 20_000_000
    yield "huge_word", "RG211", BASE + "x" * 900_000
    yield "huge_text", "RG211", BASE + "word " * 180_000
    yield "huge_quoted", "RG211", BASE + '"' + "word \\u00e9 " * 60_000 + '"'
    yield "huge_block", "RG211", BASE + "|\n" + "      word\n" * 80_000
    yield "many_keys", "RG109", "".join(f"k{n}:\n" for n in range(100_000))
    yield "many_unknown_keys", "RG201", BASE + "x\n" + "".join(f"k{n}: x\n" for n in range(20_000))
    yield "many_items", "RG109", "a:\n" + "- \n" * 300_000
    yield "many_documents", "RG106", BASE + "x\n" + "---\n" * 200_000
    yield "many_document_ends", "", BASE + "x\n" + "...\n" * 200_000
    yield "many_comments", "", "#\n" * 400_000 + BASE + "x"
    yield "only_comments", "RG105", "# c\n" * 200_000
    yield "only_empty_lines", "RG105", "\n" * 900_000
    yield "many_carriage_returns", "RG105", "\r" * 900_000
    yield "one_long_comment", "", BASE + "x #" + " x" * 400_000
    yield "many_quotes", "RG211", BASE + "'" + "''" * 400_000 + "'"
    yield "many_backslashes", "RG211", BASE + '"' + "\\\\" * 400_000 + '"'
    yield "many_empty_keys", "RG124", ": \n" * 200_000
    yield "many_colons", "RG112", BASE + "a: " * 200_000
    yield (
        "many_sources",
        "RG404",
        BASE + "x\nsources:\n" + "".join(f"  s{n}: {{kind: legislation, title: T}}\n" for n in range(5_000)),
    )
    yield (
        "many_unknown_sources",
        "RG405",
        BASE
        + "x\n    findings: [{kind: case, text: x, sources: ["
        + ", ".join(f"s{n}" for n in range(20_000))
        + "]}]\n",
    )
    yield "many_findings", "RG403", BASE + "x\n    findings:\n" + "      - {kind: case, text: x}\n" * 5_000
    yield (
        "many_unknown_articles",
        "RG301",
        BASE + "x\n" + "".join(f"  untoc-{n}: {{law: full}}\n" for n in range(100, 9_000)),
    )
    yield "many_tabs", "RG111", BASE + "x\n" + "\t- a\n" * 100_000


def _twice() -> Written:
    yield "twice", "RG116", BASE + "x\n    law: full"
    yield "twice_at_the_top", "RG116", BASE + "x\ncluster: 2"
    yield "twice_quoted", "RG116", BASE + 'x\n    "law": full'
    yield "twice_escaped", "RG116", BASE + 'x\n    "l\\x61w": full'
    yield (
        "twice_after_composing",
        "RG116",
        BASE + "x\nsources:\n  \u00e9t: {kind: legislation}\n  e\u0301t: {kind: legislation}",
    )
    yield "twice_in_braces", "RG116", BASE + "{en: a, en: b}"
    yield "twice_by_the_thousand", "RG116", BASE + "x\n" + "cluster: 1\n" * 40_000
    yield "twice_empty", "RG119", BASE + "{: a, : b}"


def _tags() -> Written:
    for name, tag in {
        "python_apply": '!!python/object/apply:os.system ["touch /tmp/owned"]',
        "python_name": "!!python/name:os.system",
        "python_module": "!!python/module:os",
        "python_new": "!!python/object/new:type {args: [], state: x}",
        "binary": "!!binary R0lGODlh",
        "string": "!!str text",
        "set": "!!set {a, b}",
        "omap": "!!omap [a: b]",
        "float": "!!float 1e999",
        "timestamp": "!!timestamp 2024-99-99",
        "local": "!include ../outside/canary.yaml",
        "verbatim": "!<tag:yaml.org,2002:python/object:os.system> x",
        "non_specific": "! x",
        "percent": "!%41%ff%00 x",
        "endless": "!" + "a" * 500_000 + " x",
    }.items():
        yield f"tag_{name}", "RG121", BASE + tag
    yield "tag_of_a_directive", "RG121", "%TAG !e! tag:example.com,2000:\n---\n" + BASE + "!e!x y"
    yield "tag_on_a_key", "RG121", BASE + "x\n!!str law: full"
    yield "tag_of_the_root", "RG121", "!!map\n" + BASE + "x"
    yield "tag_handle_unknown", "RG121", BASE + "!nobody!x y"


def _signs() -> Written:
    raw = {
        "escape": "\x1b]0;owned\x07", "csi": "\x1b[2J", "c1_csi": "\x9b31m", "bell": "\x07", "backspace": "a\x08\x08",
        "delete": "\x7f", "next_line": "a\x85law: full", "line_separator": "a\u2028law: full", "bom_inside": "a\ufeffb",
        "paragraph_separator": "a\u2029b", "override": "\u202egnp.exe", "isolate": "\u2066a\u2069", "null_later": "x" * 300 + "\0",
        "zero_width": "a\u200bb", "word_joiner": "a\u2060b", "tag_letters": "a\U000e0041\U000e0042", "private": "\ue000",
        "annotation": "\ufff9a\ufffab\ufffb", "noncharacter": "\ufffe", "last_plane": "\U0010ffff", "unassigned": "\u0378",
        "musical": "\U0001d173a", "hangul_filler_is_a_letter": "\U000f0000", "form_feed": "a\x0cb", "vertical_tab": "a\x0bb",
    }  # fmt: skip
    for name, text in raw.items():
        yield f"sign_{name}", "RG104", BASE + text
    for name, text in {
        "escape": r"\e]0;owned\a", "hex": r"\x1b[31m", "null": r"\0", "next_line": r"\N", "line": r"\L", "paragraph": r"\P",
        "override": r"\u202e", "surrogate": r"\ud800", "surrogate_pair": r"\ud83d\ude00", "private": r"\ue000", "bom": r"\ufeff",
    }.items():  # fmt: skip
        yield f"escaped_{name}", "RG115" if "surrogate" in name else "RG104", f'{BASE}"a {text} b"'
    yield "escaped_too_large", "RG115", f'{BASE}"\\UFFFFFFFF"'
    yield "escaped_unknown", "RG115", f'{BASE}"\\q"'
    yield "escaped_in_a_key", "RG104", BASE + 'x\n"\\e[2J": x'
    yield "escaped_in_an_identifier", "RG104", BASE + 'x\nsources: {"\\u202es": {kind: legislation}}'
    yield "sign_in_a_key", "RG104", BASE + "x\n\x1b[2J: x"
    yield "sign_in_a_comment", "RG104", BASE + "x # \x1b]0;owned\x07"
    yield "signs_by_the_thousand", "RG104", BASE + "\x1b" * 500_000
    yield "signs_allowed", "", BASE + '"a\u00adb \u06cc\u200c\u0627 \u200e(x)\u200f \\_ é"'


def _written() -> Written:
    yield "utf_16_le", "RG102", (BASE + "x").encode("utf-16-le")
    yield "utf_16_be", "RG102", (BASE + "x").encode("utf-16-be")
    yield "utf_16_mark", "RG102", (BASE + "x").encode("utf-16")
    yield "utf_32", "RG102", (BASE + "x").encode("utf-32")
    yield "latin_1", "RG103", (BASE + "été").encode("latin-1")
    yield "windows_1252", "RG103", (BASE + "“œuvre”").encode("cp1252")
    yield "overlong", "RG103", (BASE + "x").encode() + b"\xc0\xaf\xe0\x80\xaf"
    yield "overlong_null", "RG103", (BASE + "x").encode() + b"\xc0\x80"
    yield "surrogate_bytes", "RG103", (BASE + "x").encode() + b"\xed\xa0\x80"
    yield "cut_in_a_sign", "RG103", (BASE + "x").encode() + b"\xf0\x9f\x98"
    yield "above_unicode", "RG103", (BASE + "x").encode() + b"\xf5\x80\x80\x80"
    yield "all_bytes", "RG102", bytes(range(256)) * 100
    yield "null_first", "RG102", b"\0" + (BASE + "x").encode()
    yield "nulls", "RG102", b"\0" * 900_000
    yield "gzip", "RG102", gzip.compress((BASE + "x").encode(), mtime=0)[:10] + b"\xff" * 300
    yield "deflated", "RG102", zlib.compress(b"x" * 10_000_000)
    yield "pdf", "RG119", b"%PDF-1.7\n%\xc3\xa9\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    yield "mark", "", b"\xef\xbb\xbf" + (BASE + "x").encode()
    yield "mark_twice", "RG104", b"\xef\xbb\xbf" * 2 + (BASE + "x").encode()
    yield "mark_alone", "RG105", b"\xef\xbb\xbf"
    yield "carriage_returns", "", (BASE + "x\n").replace("\n", "\r").encode()
    yield (
        "line_ends_mixed",
        "",
        (HEAD.replace("\n", "\r") + REPORT + BODY + ANSWERS.replace("\n", "\r\n") + "x").encode(),
    )


def _forms() -> Written:
    yield "empty", "RG105", ""
    yield "spaces", "RG105", "   \n  "
    yield "dashes_alone", "RG108", "---"
    yield "dots_alone", "RG124", "..."
    yield "null_alone", "RG108", "~"
    yield "word_alone", "RG108", "text"
    yield "list_alone", "RG108", "- a\n- b"
    yield "braces_alone", "RG200", "{}"
    yield "two_documents", "RG106", BASE + "x\n---\n" + BASE + "y"
    yield "directive", "", "%YAML 1.1\n---\n" + BASE + "x"
    yield "directive_of_the_future", "RG119", "%YAML 9.9\n---\n" + BASE + "x"
    yield "directive_unknown", "RG119", "%FOO bar\n---\n" + BASE + "x"
    yield "directive_alone", "RG119", "%YAML 1.1"
    yield "directive_twice", "RG137", "%YAML 1.1\n%YAML 1.1\n---\n" + BASE + "x"
    yield "tab_indents", "RG111", BASE + "x\n\tlaw: full"
    yield "tab_after_key", "", BASE + "\tx"
    yield "indent_indicator", "RG124", BASE + "|9\n  x\nfoo"
    yield "block_without_end", "", BASE + "|+\n      x"
    yield "folded_by_tabs", "", BASE + ">\n      x\n      \ty"
    yield "comment_cut", "RG117", BASE + "see case #12"
    yield "colon_in_text", "RG112", BASE + "Article 5: x"
    yield "quote_to_the_end", "RG114", BASE + '"' + "x\n" * 1_000
    yield "key_is_a_list", "RG107", BASE + "x\n? [a, b]\n: c"
    yield "key_is_null", "RG201", BASE + "x\n~: c"


def _values() -> Written:
    nines = "9" * 5_000
    yield "number_as_format", "RG215", BASE.replace("format: 1", f"format: {nines}") + "x"
    yield "number_as_cluster", "RG215", BASE.replace("cluster: 1", f"cluster: {nines}") + "x"
    yield "number_in_arabic", "RG215", BASE.replace("cluster: 1", "cluster: \u0661") + "x"
    yield "number_superscript", "RG215", BASE.replace("cluster: 1", "cluster: ¹") + "x"
    for name, figure in {
        "huge": nines, "exponent": "1e999999999", "infinity": ".inf", "nan": "nan", "hexadecimal": "0xFF", "formula": "=1+1",
        "underscores": "1_0", "sexagesimal": "12:30:45", "plus": "+", "minus_zero": "-0e-0", "words": "one", "wide": "１２",
    }.items():  # fmt: skip
        yield (
            f"figure_{name}",
            "RG214",
            BASE + (f"x\nstatistics: {{a: {{title: T, unit: u, values: {{2020: '{figure}'}}}}}}"),
        )
    yield (
        "years_by_the_thousand",
        "RG224",
        BASE
        + "x\nstatistics: {a: {title: T, unit: u, values: {"
        + ", ".join(f"{year}: 1" for year in range(20_000))
        + "}}}",
    )
    yield "year_in_arabic", "RG224", BASE + "x\nstatistics: {a: {title: T, unit: u, values: {٢٠٢٠: 1}}}"
    for name, date, code in (
        ("no_such_day", "2026-02-30", "RG213"), ("zero", "0000-00-00", "RG212"), ("last", "9999-12-31", "RG212"),
        ("five_digits", "10000-01-01", "RG212"), ("thirteen", "2024-13", "RG213"), ("before", "-2024-01-01", "RG212"),
        ("time", "2024-09-30T00:00:00Z", "RG212"), ("digits", nines, "RG212"), ("words", "yesterday", "RG212"),
        ("arabic", "٢٠٢٤-٠٩-٣٠", "RG212"), ("year_zero", "0000", "RG212"),
    ):  # fmt: skip
        yield f"date_{name}", code, BASE.replace("2024-09-30", f"'{date}'") + "x"
    for name, address in {
        "script": "javascript:alert(1)", "file": "file:///etc/passwd", "data": "data:text/html,<script>alert(1)</script>",
        "spaces": "https://a b", "quotes": 'https://a"onload=x', "relative": "../canary.yaml", "unc": r"\\host\share",
    }.items():  # fmt: skip
        yield (
            f"address_{name}",
            "RG217",
            BASE + f"x\nsources: {{s: {{kind: legislation, title: T, url: {json.dumps(address)}}}}}",
        )
    yield (
        "address_of_a_megabyte",
        "RG211",
        BASE + f"x\nsources: {{s: {{kind: legislation, title: T, url: 'https://{'a.' * 400_000}example/'}}}}",
    )
    yield (
        "address_endless",
        "",
        BASE + f"x\nsources: {{s: {{kind: legislation, title: T, url: 'https://{'a' * 400}.example/'}}}}",
    )
    yield "state_as_path", "RG222", BASE.replace("code: XSL", "code: ../../canary") + "x"
    yield "state_with_line", "RG222", BASE.replace("code: XSL", 'code: "X\\nL"') + "x"
    yield "state_name_endless", "RG222", BASE.replace("en: Solvania", f"en: {'S' * 50_000}") + "x"
    yield "state_unknown_endless", "RG221", BASE.replace(HEAD.split("\n")[2], f"state: {'S' * 200_000}") + "x"
    yield "label_as_path", "RG218", BASE.replace("title: T", "title: T, label: ../../x") + "x"
    yield "language_as_path", "RG226", BASE.replace("language: en", "language: ../../en") + "x"
    yield "languages_by_the_thousand", "", BASE.replace("[en]", "[" + "en, " * 9_000 + "]") + "x"
    yield "scope_by_the_thousand", "", BASE.replace("[untoc-5]", "[" + "untoc-5, " * 9_000 + "]") + "x"
    yield "title_empty", "RG200", BASE.replace("title: T", "title: ''") + "x"
    yield "title_endless", "RG211", BASE.replace("title: T", f"title: {'T ' * 100_000}") + "x"
    yield "title_in_lines", "", BASE.replace("title: T", 'title: "a\\n\\nb"') + "x"
    yield "wrong_kinds", "RG203", HEAD + "report: []\norganisations: x\nanswers: [a]\nsources: 1"
    yield (
        "wrong_kinds_below",
        "RG203",
        HEAD + REPORT + "organisations: {org: []}\nanswers: {untoc-5: [x]}\nsources: {s: [x]}",
    )


def _keys() -> Written:
    yield "key_of_a_megabyte", "RG112", "k" * 900_000 + ": x\n" + BASE + "x"
    yield "key_quoted_of_a_megabyte", "RG112", '"' + "k" * 900_000 + '": x\n' + BASE + "x"
    yield "key_asked_of_a_megabyte", "RG201", "? " + "k" * 900_000 + "\n: x\n" + BASE + "x"
    yield "key_in_lines", "RG124", BASE + 'x\n"a\n  b": x'
    for name in ("__class__", "__init__", "__proto__", "constructor", "span", "texts", "place", "node", "by", "voices"):
        yield f"key_{name.strip('_')}", "RG201", BASE + f"x\n{name}: x"
    yield "identifier_endless", "RG223", BASE + f"x\nsources: {{? {'s' * 100_000} : {{kind: legislation, title: T}}}}"
    yield "identifier_as_path", "RG223", BASE + "x\nsources: {../../s: {kind: legislation, title: T}}"
    yield "identifier_markup", "RG223", BASE + "x\nsources: {'\"><script>': {kind: legislation, title: T}}"
    yield "identifier_dunder", "", BASE + "x\nsources: {__class__: {kind: legislation, title: T}}"
    yield "article_endless", "RG223", BASE + f"x\n  ? untoc-{'5' * 100_000}\n  : {{law: full}}"
    yield "word_endless", "RG218", BASE.replace("law: partly", f"law: {'partly' * 10_000}") + "x"
