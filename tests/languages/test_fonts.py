"""What is known of the fonts is what the fonts are."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reportgen.languages import fonts
from reportgen.resources import resource

FOLDER = resource("templates") / "fonts"


def written() -> str:
    """The file of coverage as the fonts themselves would have it."""
    lines = []
    for path in sorted(FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            lines.append(f"{path.name}: {fonts.write_ranges(font.getBestCmap())}")
    return "\n".join(lines) + "\n"


def test_the_coverage_is_that_of_the_files(request: pytest.FixtureRequest) -> None:
    """The list beside the fonts is renewed whenever a font is (``--update-goldens``)."""
    path = FOLDER / fonts.COVERAGE
    if request.config.getoption("--update-goldens"):
        path.write_text(written(), "ascii", newline="\n")
        fonts.coverage.cache_clear()
    assert path.read_text("ascii") == written()


def test_every_file_has_a_place_and_a_licence() -> None:
    """No font lies there unused, none is missing, and all may be passed on: static, embeddable, SIL OFL 1.1."""
    assert {face.file for face in (*fonts.BASE, *fonts.OTHERS)} == {path.name for path in FOLDER.glob("*.ttf")}
    for path in FOLDER.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            assert "fvar" not in font, path.name
            assert font["OS/2"].fsType == 0, path.name
            licence = str(font["name"].getDebugName(13))
            assert "SIL Open Font License" in licence, path.name


def test_the_usual_signs_are_in_both_families() -> None:
    """What is never looked up is really there, in every style."""
    for code in [*range(0x20, 0x2100), 0x2116, 0x2122]:
        sign = chr(code)
        if not fonts.unusual(sign) and sign.isprintable():
            for face in fonts.BASE:
                assert fonts.has(fonts.coverage()[face.file], sign), (face.file, hex(code))


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Plain text, déjà – « vu ».", set()),
        ("Иван Петров, Ελλάδα", set()),
        ("محمد", {"IBM Plex Sans Arabic"}),
        ("שלום", {"Noto Sans Hebrew"}),
        ("საქართველო", {"Noto Sans Georgian"}),
        ("የኢትዮጵያ", {"Noto Sans Ethiopic"}),
        ("हिन्दी", set()),
        ("ไทย", {"Noto Sans Thai"}),
        ("∀x ∈ A", {"Noto Sans Math"}),
        ("✓ ☐", {"Noto Sans Symbols 2"}),
    ],
)
def test_only_the_fonts_a_text_needs(text: str, families: set[str]) -> None:
    """Each script has its font, and a report loads no other."""
    assert {face.family for face in fonts.needed(text)} == families
    assert fonts.lacking(text) == set()


def test_what_no_font_has() -> None:
    """Chinese, hieroglyphs and most emoji are told, unless a theme brings a font for them."""
    assert fonts.lacking("漢字 and 𓀀, but é") == {"漢", "字", "𓀀"}
    assert fonts.lacking("漢字", more=[fonts.parse_ranges("4E00-9FFF")]) == set()


def test_ranges_are_read_as_written() -> None:
    """Writing and reading agree."""
    codes = [0x20, 0x21, 0x22, 0x40, 0xFFFD]
    ranges = fonts.parse_ranges(fonts.write_ranges(codes))
    assert [code for code in range(0x10000) if fonts.has(ranges, chr(code))] == codes


def test_the_replacement_can_be_printed() -> None:
    """The sign for what can't be printed can be."""
    assert fonts.lacking(fonts.REPLACEMENT) == set()


def test_the_folder_is_found() -> None:
    """The fonts come with the program."""
    assert isinstance(FOLDER, Path)
    assert len(list(FOLDER.glob("*.ttf"))) > 20
