"""The letters a screen report carries: the families of paper, cut down to Latin, so that it looks the same everywhere.

``--update-goldens`` cuts them anew from the bundled fonts (SIL OFL 1.1; see ``templates/fonts/OFL-Noto.txt``).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tests.samples import ROOT

FACES: Final = ROOT / "templates" / "style" / "faces.css"
FILES: Final = {
    "NotoSerif-Regular": '"Noto Serif"',
    "NotoSerif-Italic": '"Noto Serif"; font-style: italic',
    "NotoSerif-SemiBold": '"Noto Serif"; font-weight: 600',
    "NotoSans-Regular": '"Noto Sans"',
    "NotoSans-SemiBold": '"Noto Sans"; font-weight: 600',
}
LATIN: Final = {
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2002, 0x200C), *range(0x2010, 0x2016),
    *range(0x2018, 0x201F), *range(0x2020, 0x2023), *range(0x2190, 0x2194),
    0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122, 0x2212,
}  # fmt: skip
HEAD: Final = """\
/* What a screen report carries of the bundled families: Latin letters, about 20 kB a face, so that the file looks the same
   everywhere and asks nobody for a font. SIL OFL 1.1, see fonts/OFL-Noto.txt. Made by tests/writers/test_faces.py. */
"""


def _bundled(name: str) -> Path:
    return ROOT / "templates" / "fonts" / f"{name}.ttf"


def _cut(name: str) -> str:
    """Return the rule for one face, its letters within."""
    subsetter = Subsetter(Options(hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]))
    subsetter.populate(unicodes=LATIN)
    written = BytesIO()
    with TTFont(_bundled(name)) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(written)
    data = b64encode(written.getvalue()).decode()
    return f'@font-face {{ font-family: {FILES[name]}; font-display: block; src: url("data:font/woff2;base64,{data}") format("woff2"); }}\n'


def test_the_letters_are_those_of_paper(update_goldens: bool) -> None:
    """Each face has every Latin letter the bundled one has, under the same family, and names its licence."""
    if update_goldens:
        FACES.write_text(HEAD + "".join(map(_cut, FILES)), "utf-8")
    rules = FACES.read_text("utf-8").removeprefix(HEAD).splitlines()
    assert len(rules) == len(FILES)
    for (name, descriptors), rule in zip(FILES.items(), rules, strict=True):
        assert f"font-family: {descriptors};" in rule
        data = b64decode(re.findall('base64,([^"]+)', rule)[0])
        with TTFont(BytesIO(data)) as carried, TTFont(_bundled(name)) as bundled:
            assert set(carried.getBestCmap()) == LATIN & set(bundled.getBestCmap()), name
            assert "SIL Open Font License" in str(carried["name"].getDebugName(13))
    assert FACES.stat().st_size < 140_000
