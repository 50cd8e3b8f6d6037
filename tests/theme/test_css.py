"""A style sheet of a theme changes looks and loads nothing; whatever it may not do is found at its place."""

from __future__ import annotations

import pytest

from reportgen.theme.css import check_css


def found(text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and value of everything found."""
    items = [(item, item.span) for item in check_css(text, "house.css")]
    return [(item.code, span.line, span.column, item.params.get("value", "")) for item, span in items if span]


@pytest.mark.parametrize(
    ("text", "line", "column", "value"),
    [
        ('@import "other.css";', 1, 1, "@import"),
        ("td { color: red }\n  @import url(https://a.example/x.css);", 2, 3, "@import"),
        (r"@\69mport 'x.css';", 1, 1, "@import"),
        ("a { background: url(https://a.example/x.png) }", 1, 17, "https://a.example/x.png"),
        ('a { background: url( "//a.example/x.png" ) }', 1, 22, "//a.example/x.png"),
        (r"a { background: u\72l(x.png) }", 1, 17, "x.png"),
        ("a { background: URL(x.png) }", 1, 17, "x.png"),
        ("@media print { @supports (a: b) { c { background: url(x) } } }", 1, 51, "x"),
        ('a { background: image-set("x.png" 1x) }', 1, 27, "x.png"),
        ('a { background: -webkit-image-set("x.png" 1x) }', 1, 35, "x.png"),
        ('a { --x: url("x.png") }', 1, 14, "x.png"),
        ("@page { background: url(x.png) }", 1, 21, "x.png"),
        ('@font-face { font-family: x; src: url("x.ttf") }', 1, 39, "x.ttf"),
        ("@font-face { font-family: x; src: local(Arial) }", 1, 35, "local()"),
        ("a { content: url(asset:fonts/NotoSans-Regular.ttf) }", 1, 14, "asset:fonts/NotoSans-Regular.ttf"),
        ("a { content: url(file:///etc/passwd) }", 1, 14, "file:///etc/passwd"),
        ("a { content: url(data:text/html,x) }", 1, 14, "data:text/html,x"),
        ("a { background: url() }", 1, 17, "url()"),
        ("@namespace x 'y';", 1, 1, "@namespace"),
    ],
)
def test_what_loads_is_refused(text: str, line: int, column: int, value: str) -> None:
    """Every way of naming something outside the style sheet."""
    assert ("RG722", line, column, value) in found(text)
    assert {code for code, *_ in found(text)} == {"RG722"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("td { color: red }\n</style><script>", 2, 1),
        ("/* </STYLE> */", 1, 4),
        ("<!-- td { color: red }", 1, 1),
        ('a { content: "open\n}', 1, 14),
        ("a { color: red }\n}", 2, 1),
        ("a { background: url(a b) }", 1, 17),
    ],
)
def test_what_can_not_be_read_is_refused(text: str, line: int, column: int) -> None:
    """Nothing leaves its element, and no half of a style sheet is used without a word."""
    assert ("RG723", line, column, "") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "td { color: #123; }",
        'a::before { content: "url(x) @import </sty"; }',
        "/* url(x) @import */",
        "a { background: url(data:image/png;base64,AAAA) }",
        "a { background: url('data:image/svg+xml,%3Csvg/%3E') }",
        "@media print { .finding { position: fixed } }",
        ":root { --deep: #123456 }",
        "",
    ],
)
def test_everything_else_is_allowed(text: str) -> None:
    """Words that only look like loading are words."""
    assert found(text) == []


def test_ten_thousand_brackets_take_no_longer_than_they_are() -> None:
    """Nesting can't exhaust the program."""
    assert found("a { b: " + "(" * 10_000 + "url(x)" + ")" * 10_000 + "}")[0][0] == "RG722"
