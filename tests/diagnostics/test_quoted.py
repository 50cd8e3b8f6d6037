"""What libraries say in English is told in our words, checked against the libraries themselves."""

from __future__ import annotations

import logging

import pytest
from jinja2 import TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from reportgen.diagnostics import diagnostic
from reportgen.diagnostics.quoted import reworded
from reportgen.diagnostics.render import tell
from reportgen.writers.pdf import import_weasyprint
from reportgen.writers.write import placeless

OURS = "original message"


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("a { colour: red }", "knows no property “colour”"),
        ("a { color: rot }", "no value of “color”"),
        ("a { color: }", "no value of “color”"),
        ("a { margin: 1 2 3 4 5 }", "no value of “margin”"),
        ("a::before:x { color: red }", "knows no selector “a::before:x”"),
        ("@supports (display: grid) { a { color: red } }", "knows no rule “@supports”"),
        ("@media (tall) { a { color: red } }", "condition after “@media”"),
        ("@page :odd { margin: 1cm }", "no page of that name"),
        ("a { color: red } b", "a brace or a colon is missing"),
    ],
)
def test_common_faults_of_style_sheets(css: str, words: str, caplog: pytest.LogCaptureFixture) -> None:
    """What the renderer says of each, as it says it today."""
    logger = logging.getLogger("weasyprint")
    logger.addHandler(caplog.handler)
    try:
        import_weasyprint().CSS(string=css)
    finally:
        logger.removeHandler(caplog.handler)
    assert caplog.messages
    for message in caplog.messages:
        told = reworded(placeless(message).strip(" ."), str)
        assert words in told
        assert OURS not in told


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% if x %}", "“if” is opened and never closed"),
        ("{% endif %}", "no tag “endif”"),
        ("{{ x | foo }}", "no filter or test “foo”"),
        ("{{ x is foo }}", "no filter or test “foo”"),
        ("{{ x", "a brace or a quotation mark"),
        ("{{ 'x }}", "a brace or a quotation mark"),
        ("{{ (x }}", "can’t be read"),
        ("{% for x %}{% endfor %}", "can’t be read"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "block “a” stands in it twice"),
    ],
)
def test_common_faults_of_templates(template: str, words: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        SandboxedEnvironment().from_string(template)
    reason = f"{type(caught.value).__name__} {str(caught.value).splitlines()[0]}".rstrip(".")
    assert words in reworded(reason, str)


def test_what_nobody_foresaw_is_set_apart_as_a_quotation() -> None:
    told = tell(diagnostic("RG706", reason="Subgrids are unsupported"), str)
    assert "original message: “Subgrids are unsupported”" in told.message
    assert reworded("SIGSEGV", str) == "SIGSEGV"


def test_our_words_are_translated_and_what_is_named_in_them_is_kept() -> None:
    french = {"the renderer knows no property “{name}”": "propriété inconnue : {name}"}
    reason = "Ignored `colour:red`, unknown property"
    told = tell(diagnostic("RG724", reason=reason), lambda message: french.get(message, message))
    assert "propriété inconnue : colour." in told.message
