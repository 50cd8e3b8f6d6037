"""What other programs say, in our words: the faults that people make often, and the rest quoted as what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from reportgen.marking import N_

_PROPERTY: Final = r"Ignored `(?P<name>[\w-]+)\s*:.*`, "
_SYNTAX: Final = "TemplateSyntaxError "
_FAULTS: Final = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), sentence)
    for pattern, sentence in (
        # style sheets
        (_PROPERTY + "unknown property", N_("the renderer knows no property “{name}”")),
        (_PROPERTY + "(?:invalid value|no value|expected .*)", N_("this is no value of “{name}”")),
        (_PROPERTY + "the property does not apply for the print media", N_("“{name}” means nothing on paper")),
        (r"Invalid or unsupported selector, '(?P<name>.*?) ?'", N_("the renderer knows no selector “{name}”")),
        (r"Invalid media type .*|Expected a media type.*", N_("the renderer can’t judge the condition after “@media”")),
        (r"Unsupported @page selector .*", N_("the renderer knows no page of that name")),
        (r"Unknown (?:empty )?(?:@page )?rule <AtRule (?P<name>@[\w-]+) .*", N_("the renderer knows no rule “{name}”")),
        (r"Missing (?P<name>[\w-]+) descriptor in '@font-face' rule", N_("“{name}” is missing in “@font-face”")),
        (r"(?:Parse )?Error: EOF reached.*", N_("a brace or a colon is missing, or there is one too many")),
        # templates
        (_SYNTAX + "unexpected end of template. Jinja .* is '(?P<name>.*)'", N_("“{name}” is opened and never closed")),
        (
            _SYNTAX + "Encountered unknown tag '(?P<name>.*?)'.*",
            N_("there is no tag “{name}”, or nothing that it could end"),
        ),
        (
            f"{_SYNTAX}(?:unexpected end of template|unexpected char|missing end).*",
            N_("a brace or a quotation mark is missing"),
        ),
        (
            f"{_SYNTAX}(?:unexpected|expected).*",
            N_("this part of it can’t be read; a sign or a word is missing, or there is one too many"),
        ),
        (r"TemplateAssertionError No (?:filter|test) named '(?P<name>.*)'", N_("there is no filter or test “{name}”")),
        (r"TemplateAssertionError block '(?P<name>.*)' defined twice", N_("the block “{name}” stands in it twice")),
        (r"TemplateNotFound (?P<name>.*)", N_("it asks for a template that is not there: {name}")),
        ("ZeroDivisionError", N_("it divides by zero")),
        ("(?:Undefined|Type|Attribute|Key|Index|Value)Error", N_("it does something with a value that can’t be done")),
        # files
        ("Permission denied", N_("you may not write there")),
        ("No space left on device", N_("the disk is full")),
        ("Read-only file system", N_("nothing can be written on this disk")),
        ("Not a directory|File exists", N_("a file stands where the folder should be")),
        ("Is a directory", N_("a folder stands where the file should be")),
    )
)


def reworded(reason: str, translate: Callable[[str], str]) -> str:
    """Return the reason that another program gives, in our words and the user's language.

    Args:
        reason: Its own words, English.
        translate: Looks a message up in the language of the user.

    Returns:
        A clause without a full stop; where the fault is not a common one, the original set apart as a quotation. The
        bare name of an error stays as it is.
    """
    for pattern, sentence in _FAULTS:
        if match := pattern.fullmatch(reason):
            return translate(sentence).format(**match.groupdict())
    return translate(N_("original message: “{words}”")).format(words=reason) if reason.count(" ") > 1 else reason
