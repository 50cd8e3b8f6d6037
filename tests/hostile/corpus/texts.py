"""Texts that attack what reads, sets and shows them; each may be refused with a message, or printed as what it is: a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

Case = tuple[str, str]

SIZES: Final = (120, 19_000)
"""Repetitions; the first may pass, the second is what a text may have at most: texts of more than 60,000 characters are refused."""

_REPEATED: Final = {
    "bracket": "[", "closing_bracket": "]", "parenthesis": "(", "image": "![", "link": "[a](", "link_closed": "[a](b)",
    "reference": "[a][", "call": "[^1]", "citation": "[@s1]", "citation_open": "[@", "star": "*", "star_spaced": "* ", "star_word": "*a ",
    "stars": "**a", "star_pair": "*a*", "underscore": "_", "underscore_word": "_a ", "underscore_inside": "a_", "mixed": "*_", "backtick": "`",
    "backtick_word": "`a ", "tilde": "~", "caret": "^", "caret_word": "1^er", "less": "<", "greater": ">", "quotation": "> ", "pipe": "|",
    "cell": "| a ", "dash": "-", "dash_spaced": "- ", "plus": "+ ", "hash": "#", "equals": "=", "colon": ":", "backslash": "\\",
    "exclamation": "!", "ampersand": "&", "entity": "&amp;", "entity_open": "&#", "entity_endless": "&#0000000065;", "quote": '"', "apostrophe": "'",
    "cdata": "<![CDATA[", "comment": "<!--", "processing": "<?", "tag": "<a>", "tag_open": "<a ", "closing_tag": "</p>", "address": "<http://a.example>",
    "bare_address": "http://a.example ", "mail": "a@b.example ", "mail_open": "a@", "line": "a\n", "paragraph": "a\n\n", "empty": "\n", "space": " ",
    "break": "a  \n", "no_break_space": "\u00a0", "soft_hyphen": "a\u00ad", "joiner": "a\u200d", "hyphen": "a-", "slash": "a/", "digit": "1",
    "ordinal": "1er ", "number": "1 000 ", "guillemet": "« ", "bullet": "• a\n", "item": "- a\n", "numbered": "1. a\n", "ordered_open": "1. ",
    "rule": "---\n", "heading": "# a\n", "table": "| a |\n|---|\n", "definition": "[a]: b\n", "note": "[^a]: b\n", "quoted": "> a\n", "combining": "a\u0301",
    "passport": "passport ", "passport_number": "passport no 1", "telephone": "tel +1 ", "plus_one": "+1 ", "zeros": "0033 1 ", "digits": "12 ",
    "coordinates": "48.8566, ", "degrees": "12° 3' ", "capitals": "AB12 ", "iban": "FR76 ", "mail_domain": "a@b.", "www": "www.a.", "home": "/home/a/",
    "file": "file:/", "thousand": "1.000", "date": "2024-01-", "bearer": "bearer of the ", "number_of": "n° ", "at_word": "a [at] b",
    "emoji": "👩\u200d", "han": "漢", "arabic": "م", "thai": "ก", "word": "a",
}  # fmt: skip


def repeated() -> Iterator[Case]:
    """Yield one sign or snippet, many times over."""
    for name, piece in _REPEATED.items():
        for size in SIZES:
            if size * len(piece) <= 59_000:
                yield f"{name}_{size}", piece * size
            elif size == SIZES[-1]:
                yield f"{name}_{59_000 // len(piece)}", piece * (59_000 // len(piece))


def nested() -> Iterator[Case]:
    """Yield what stands within itself, deeper than anybody reads."""
    for deep in (10, 500):
        yield f"quotations_{deep}", "> " * deep + "text"
        yield f"quotations_tight_{deep}", ">" * deep + "text"
        yield f"list_{deep}", "\n".join(f"{'  ' * n}- a" for n in range(min(deep, 230)))
        yield f"list_of_four_{deep}", "\n".join(f"{'    ' * n}- a" for n in range(min(deep, 160)))
        yield f"list_on_a_line_{deep}", "- " * deep + "a"
        yield f"numbered_on_a_line_{deep}", "1. " * deep + "a"
        yield f"list_and_quotation_{deep}", "- > " * deep + "a"
        yield f"emphasis_{deep}", "*a _b " * deep + "c" + "_ *" * deep
        yield f"emphasis_in_links_{deep}", "[*" * deep + "a" + "*](https://a.example)" * min(deep, 500)
        yield f"strong_in_strong_{deep}", "**a *b " * deep + "c" + "* **" * deep
        yield f"brackets_{deep}", "[" * deep + "a" + "]" * deep
        yield f"addresses_{deep}", "[a](" * deep + ")" * deep
        yield f"carets_{deep}", "^".join("a" * deep)


def large() -> Iterator[Case]:
    """Yield what is well formed and too much."""
    yield "table_of_3000_rows", "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 3_000
    yield "table_of_500_columns", f"|{' a |' * 500}\n|{'---|' * 500}\n|{' 1 |' * 500}"
    yield "table_of_uneven_rows", "| a | b |\n|---|---|\n" + "".join(f"|{' x |' * (n % 9)}\n" for n in range(2_000))
    yield "table_with_an_endless_cell", f"| a | b |\n|---|---|\n| {'word ' * 9_000} | b |"
    yield (
        "table_with_wide_words",
        "| a | b | c |\n|---|---|---|\n" + f"| {'w' * 490} | {'w' * 490} | {'w' * 490} |\n" * 30,
    )
    yield (
        "notes_of_a_storm",
        "".join(f"a[^{n}] " for n in range(1_500)) + "\n\n" + "\n".join(f"[^{n}]: n" for n in range(1_500)),
    )
    yield "note_that_calls_itself", "a[^1]\n\n[^1]: b[^1]"
    yield "notes_that_call_each_other", "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]"
    yield (
        "notes_that_double",
        "a[^0]\n\n" + "\n\n".join(f"[^{n}]: b[^{n + 1}] c[^{n + 1}]" for n in range(60)) + "\n\n[^60]: d",
    )
    yield "note_called_300_times", "a[^1] " * 300 + "\n\n[^1]: " + "long words " * 300
    yield "note_of_50000_letters", "a[^1]\n\n[^1]: " + "word " * 9_500
    yield "citations_of_a_storm", "a [@s1, p. 1] " * 300
    yield "citation_endless", f"[@s1, p. {'1' * 20_000}]"
    yield "abbreviations", "\n".join(f"*[a{n}]: b" for n in range(3_000)) + "\n\na1 a2"
    yield "definitions", "\n".join(f"[a{n}]: https://a.example/{n}" for n in range(1_200)) + "\n\n[a1] [a2][a3]"
    yield "links_by_the_thousand", "[a](https://a.example/) " * 2_000
    yield "headings_by_the_thousand", "# a\n\n" * 2_000
    yield "items_by_the_thousand", "- item of a list\n" * 3_000
    yield "paragraphs_by_the_thousand", "A paragraph.\n\n" * 3_000
    yield "one_paragraph", "word " * 11_000
    yield "ascending_backticks", " ".join("`" * n for n in range(1, 300))
    yield "ascending_stars", " ".join("*" * n + "a" for n in range(1, 300))
    yield "ascending_hashes", "\n".join("#" * n + " a" for n in range(1, 300))
    for size in (400, 501, 50_000):
        yield f"word_of_{size}", "x" * size
        yield f"word_with_joiners_of_{size}", "x\u200d" * (size // 2)
        yield f"word_of_hyphens_of_{size}", "x-" * (size // 2)
        yield f"word_of_soft_hyphens_of_{size}", "x\u00ad" * (size // 2)
        yield f"word_of_no_break_spaces_of_{size}", "x\u00a0" * (size // 2)
        yield f"address_of_{size}", "https://a.example/" + "x" * size
        yield f"link_to_{size}", f"[a](https://a.example/{'x' * size})"
        yield f"code_of_{size}", f"`{'x' * size}`"
        yield f"marks_of_{size}", "a" + "\u0301" * size
    for name, mark in {"hebrew": "\u05b0", "arabic": "\u064b", "thai": "\u0e31", "devanagari": "\u0941", "enclosing": "\u20dd", "half": "\ufe20", "supplement": "\u1dc0", "variation": "\ufe0f", "extended": "\u1ab0", "syriac": "\u0730"}.items():  # fmt: skip
        yield f"marks_{name}", "a" + mark * 5_000
        yield f"marks_{name}_many", ("a" + mark * 10) * 500


def short() -> Iterator[Case]:
    """Yield what is small and means harm; these stand in every field."""
    yield from _links()
    yield from _markup()
    yield from _programs()
    yield from _signs()


def _links() -> Iterator[Case]:
    addresses = {
        "script": "javascript:alert(1)", "script_case": "JaVaScRiPt:alert(1)", "script_entity": "java&#115;cript:alert(1)",
        "script_tab": "java&Tab;script:alert(1)", "script_newline": "java&NewLine;script:alert(1)", "script_percent": "javascript%3Aalert(1)",
        "script_colon": "javascript&colon;alert(1)", "script_spaces": " javascript:alert(1)", "script_control": "&#1;javascript:alert(1)",
        "vbscript": "vbscript:msgbox(1)", "livescript": "livescript:x", "data_html": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
        "data_svg": "data:image/svg+xml,<svg onload=alert(1)>", "data_png": "data:image/png;base64,iVBORw0KGgo=", "blob": "blob:https://a.example/1",
        "file": "file:///etc/passwd", "file_host": "file://host/share", "unc": r"\\\\host\\share", "ftp": "ftp://a.example/", "smb": "smb://a.example/x",
        "view_source": "view-source:https://a.example", "about": "about:blank", "tel": "tel:+123", "sms": "sms:+123", "intent": "intent://x#Intent;end",
        "ms_office": "ms-word:ofe|u|https://a.example/x.docx", "search_ms": "search-ms:query=x", "asset": "asset:fonts/x.ttf", "cid": "cid:1",
        "no_scheme": "//a.example/x", "relative": "../outside/canary.yaml", "absolute": "/etc/passwd", "anchor": "#untoc-5", "query": "?a=b",
        "mail_headers": "mailto:a@b.example?cc=c@d.example&attach=/etc/passwd", "credentials": "https://user:secret@a.example/",
        "homograph": "https://раураl.example/", "punycode": "https://xn--80ak6aa92e.example/", "dotless": "https://1249763844/", "port": "https://a.example:99999/",
        "quotes": 'https://a.example/"onmouseover="alert(1)', "title": 'https://a.example "x" onmouseover="alert(1)"', "angle": "<https://a.example/><script>",
        "loopback": "http://127.0.0.1:{port}/called", "local_name": "http://localhost:{port}/called", "metadata": "http://169.254.169.254/latest/meta-data/",
    }  # fmt: skip
    for name, address in addresses.items():
        yield f"link_{name}", f"[words]({address}) <{address}> ![picture]({address})\n\n[a]: {address}\n\n[a]"


def _markup() -> Iterator[Case]:
    call = "http://127.0.0.1:{port}/called"
    snippets = {
        "script": "<script>alert(1)</script>", "script_src": f"<script src={call}></script>", "image": f"<img src={call} onerror=alert(1)>",
        "image_of_a_file": "<img src=file:///etc/passwd>", "svg": f"<svg onload=alert(1)><image href={call} /></svg>", "style": f"<style>@import '{call}';</style>",
        "link": f"<link rel=stylesheet href={call}>", "attachment": f"<link rel=attachment href={call}>", "base": f"<base href={call}>",
        "meta": f"<meta http-equiv=refresh content='0;{call}'>", "frame": f"<iframe src={call}></iframe>", "object": f"<object data={call}></object>",
        "embed": f"<embed src={call}>", "video": f"<video src={call} poster={call}></video>", "form": f"<form action={call}><input autofocus onfocus=alert(1)>",
        "styled": f"<p style='background:url({call})'>x", "anchor": "<a href=javascript:alert(1)>x</a>", "details": "<details ontoggle=alert(1) open>",
        "template": "<template><script>alert(1)</script></template>", "noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "math": "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "closing": "</p></div></section></body></html>",
        "comment": "<!-- --!><script>alert(1)</script> -->", "cdata": "<![CDATA[<script>alert(1)</script>]]>", "doctype": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
        "processing": "<?php system('id') ?>", "upper": "<SCRIPT>alert(1)</SCRIPT>", "unclosed": "<img src=x onerror=alert(1)//", "null_tag": "<scr&#0;ipt>",
        "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &#x3C;i&#x3E;", "entity_controls": "&#27;[31m &#x9b;31m &#8238;abc &#xD800; &#x110000; &#0;",
        "entity_tokens": "&#xE000;1&#xE001; &#57344;", "in_code": "`<script>alert(1)</script>`", "in_a_table": "| <b> |\n|---|\n| <script>alert(1)</script> |",
        "attribute": "\"><script>alert(1)</script>", "attribute_single": "'><script>alert(1)</script>", "attribute_list": "{: onclick=alert(1) #id .class}",
    }  # fmt: skip
    for name, snippet in snippets.items():
        yield f"markup_{name}", snippet


def _programs() -> Iterator[Case]:
    snippets = {
        "jinja": "{{ 7*7 }}", "jinja_block": "{% include '/etc/passwd' %}", "jinja_import": "{% import 'os' as os %}{{ os }}",
        "jinja_class": "{{ ''.__class__.__mro__[1].__subclasses__() }}", "jinja_cycler": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "jinja_comment": "{# a", "jinja_open": "{{", "jinja_raw": "{% raw %}{{ 1 }}{% endraw %}", "jinja_loop": "{% for a in range(999999999) %}x{% endfor %}",
        "format": "{0} {a} {a.__class__} {a[0]} {", "format_closing": "} }} %s %(a)s %n %d", "dollar": "${7*7} $(id) `id` $HOME", "hash": "#{7*7} *{7*7}",
        "formula": '=HYPERLINK("http://a.example","x")', "formula_dde": "=cmd|' /C calc'!A0", "formula_plus": "+1+cmd|' /C calc'!A0", "formula_at": "@SUM(1+1)",
        "formula_minus": "-2+3+cmd|' /C calc'!A0", "latex": r"\input{/etc/passwd} \write18{id}", "sql": "'; DROP TABLE x; --", "shell": "; rm -rf / && id | cat",
        "log4j": "${jndi:ldap://127.0.0.1:{port}/called}", "percent": "%00 %0d%0a %2e%2e%2f", "css": "}</style><style>*{background:url(http://127.0.0.1:{port}/called)}",
        "css_content": "\\27 ; content: url(x)", "xml": "]]>", "yaml": "!!python/object/apply:os.system [id]", "github": "::error file=x::owned %0A::set-output name=a::b",
        "ansi_words": "ESC[31m \\x1b[31m \\033[31m", "markdown_toc": "[TOC] [[_TOC_]]", "markdown_include": "!include x {!/etc/passwd!} --8<-- \"/etc/passwd\"",
        "meta": "Title: x\nbase_url: y\n\ntext", "token": "NOTE1 \x02".replace("\x02", ""), "admonition": "!!! danger\n    text", "math": "$$\\frac{1}{0}$$",
    }  # fmt: skip
    yield from ((f"program_{name}", snippet) for name, snippet in snippets.items())


def _signs() -> Iterator[Case]:
    yield "signs_right_to_left", "abc \u05d0\u05d1\u05d2 def \u200fx\u200e مرحبا 123 (abc) [x]"
    yield "signs_arabic_in_latin", "a\u0645b\u0646c " * 40
    yield "signs_emoji", "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3"
    yield "signs_flags", "🇸🇴🇱🇻"
    yield "signs_mathematical", "𝕿𝖍𝖊 𝓺𝓾𝓲𝓬𝓴 ａｂｃ ℌ"
    yield "signs_lookalikes", "раураl аdmin ԁоmаin"
    yield "signs_ligatures", "ﬃ ﷽ ꧅ 𒐫 ⸻"
    yield "signs_spaces", "a\u2003b\u2009c\u202fd\u3000e\u205ff"
    yield "signs_quotes", "«“„‚‘’‹›”»"
    yield "signs_rare", "𠜎𠜱 ⰀⰁ ᚠᚢ ꙮ ௵"
    yield "signs_zalgo", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034fa\u0334\u0319\u0324"
    yield "signs_thai_stack", "กิ์ก้ำ" * 20
    yield "signs_hangul", "ᄀ" * 50 + "ᅡ" * 50 + "ᆨ" * 50
    yield "signs_dashes", "a\u2010b\u2011c\u2012d\u2013e\u2014f\u2015g\u2212h"
    yield "signs_turkish", "İıŞş ſ ẞ"
    yield "signs_arabic_ligature", "ﷺ" * 200


def cases() -> Iterator[Case]:
    """Yield name and text of every case."""
    for group in (repeated, nested, large, short):
        yield from group()
