"""The program's style sheet in the colours and fonts of a theme, followed by what the theme adds."""

from __future__ import annotations

import re
from typing import Final, Literal

from reportgen.languages.fonts import BASE, OTHERS
from reportgen.theme.colours import lighter, mix, tint
from reportgen.theme.model import ACCENT, GOOD, MAIN, USUAL, Colours, Family, Theme, Typeface

_MARGIN: Final = re.compile(r'(?P<font>font: [\d.]+pt )"Noto Sans"')
"""How the program's style sheet sets what stands in the margins of a page."""
_DARK: Final = "#15191f"
"""The ground of a dark screen, as in ``templates/style/screen.css``."""
Medium = Literal["screen", "print"]
_SLOTS: Final = {"text": ("text", '"Noto Serif"'), "headings": ("headings", '"Noto Sans"')}
_BUNDLED: Final = {Typeface.SERIF: '"Noto Serif"', Typeface.SANS: '"Noto Sans"'}
_ON_SCREEN: Final = {
    Typeface.SERIF: '"Noto Serif", Charter, Georgia, Cambria, serif',
    Typeface.SANS: '"Noto Sans", "Segoe UI", system-ui, sans-serif',
}
"""The families with what stands in for them where a reader lacks them; paper carries its own."""


def dressed(sheet: str, theme: Theme, medium: Medium) -> str:
    """Return ``sheet``, the program's style sheet of ``medium``, as ``theme`` wants it; its own one comes last."""
    parts = [_in_colours(sheet, theme.colours)]
    if (theme.text, theme.headings, theme.more) != (USUAL.text, USUAL.headings, USUAL.more):
        parts[0] = _MARGIN.sub(lambda match: match["font"] + _first(theme), parts[0])
        parts += [_face(family, theme) for family in theme.families if medium == "print"]
        parts.append(_families(theme, medium))
    if theme.paper is not USUAL.paper and medium == "print":
        parts.append(f"@page {{ size: {theme.paper.css}; }}")
    if theme.colours != USUAL.colours:
        parts.append(_variables(theme.colours))
        if medium == "screen":
            parts.append(_in_the_dark(theme.colours))
    if theme.css:
        parts.append(theme.css.text)
    return "\n".join(parts)


def charts_dressed(html: str, theme: Theme) -> str:
    """Return a page for paper with its charts, which name their family themselves, in that of the headings."""
    family = _first(theme).replace('"', "")
    return html if family == "Noto Sans" else html.replace('font-family="Noto Sans"', f'font-family="{family}"')


def _in_colours(sheet: str, colours: Colours) -> str:
    """The signs of the ratings are pictures: they take no variables."""
    for usual, wanted in ((MAIN, colours.main), (ACCENT, colours.accent), (GOOD, colours.good)):
        sheet = sheet.replace(f"%23{usual[1:]}", f"%23{wanted[1:]}")
    return sheet


def _variables(colours: Colours) -> str:
    derived: dict[str, str] = {}
    if colours.main != MAIN:
        derived |= {"deep": colours.main, "tint": tint(colours.main, 0.07), "pale": tint(colours.main, 0.1)}
    if colours.accent != ACCENT:
        derived |= {"accent": colours.accent, "gold": mix(colours.accent, 0.5), "sand": tint(colours.accent, 0.08)}
    if colours.good != GOOD:
        derived |= {"good": colours.good}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in derived.items()) + " }"


def _in_the_dark(colours: Colours) -> str:
    """On a dark screen: the cover in the colour itself, all words in a shade of it that can be read there."""
    shades = {"deep": (colours.main, MAIN), "accent": (colours.accent, ACCENT), "good": (colours.good, GOOD)}
    rules = [f"--{name}: {lighter(colour, _DARK)};" for name, (colour, usual) in shades.items() if colour != usual]
    rules += [f"--field: {colours.main};"] * (colours.main != MAIN)
    return "@media screen and (prefers-color-scheme: dark) { :root:root { " + " ".join(rules) + " } }"


def _families(theme: Theme, medium: Medium) -> str:
    """Say in which families to look for a sign: the wanted one, the usual one, those for other scripts."""
    stacks = []
    for name, (slot, usual) in _SLOTS.items():
        wanted = getattr(theme, slot)
        first = [usual]
        if isinstance(wanted, Family):
            first = [_name(wanted, theme, medium), usual]
        elif _BUNDLED[wanted] != usual:
            first = [_BUNDLED[wanted] if medium == "print" else _ON_SCREEN[wanted]]
        others = [_name(family, theme, medium) for family in theme.more]
        stacks.append(f"--{name}: {', '.join([*first, *others])}, var(--others);")
    return ":root { " + " ".join(stacks) + " }"


def _first(theme: Theme) -> str:
    """The family of running heads, which take no variables."""
    wanted = theme.headings
    if isinstance(wanted, Family):
        return f'{_name(wanted, theme, "print")}, "Noto Sans"'
    return _BUNDLED[wanted]


def _name(family: Family, theme: Theme, medium: Medium) -> str:
    """The name by which style sheets know a family: its own, but on paper with a letter where another has it too."""
    index = theme.families.index(family)
    taken = {face.family for face in (*BASE, *OTHERS)} | {other.name for other in theme.families if other != family}
    if medium == "screen" or family.name not in taken:
        return f'"{family.name}"'
    return f'"{family.name} {"".join(chr(ord("A") + int(digit)) for digit in str(index))}"'


def _face(family: Family, theme: Theme) -> str:
    rules = []
    for face in family.faces:
        weight = " font-weight: 600;" if face.bold else ""
        slope = " font-style: italic;" if face.italic else ""
        rules.append(
            f'@font-face {{ font-family: {_name(family, theme, "print")};{weight}{slope} src: url("asset:theme/{face.name}"); }}'
        )
    return "\n".join(rules)
