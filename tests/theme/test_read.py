"""A theme is read like a submission: every fault at its place, nothing from outside its folder, nothing half used.

Most faults have a folder of their own in ``sample_inputs/broken``; here is what can't be kept there.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from reportgen.pipeline import check
from reportgen.theme.colours import are_apart
from reportgen.theme.model import Colours, Family, Section, Theme
from reportgen.theme.read import read_theme, theme_of
from reportgen.theme.written import ThemeFile, theme_schema
from tests.samples import FIRST, write
from tests.theme.logo import PATH, draw
from tests.theme.looks import FONTS, SAMPLE, font, places, sound, written

SANS = (FONTS / "NotoSans-Regular.ttf").read_bytes()


def picture(form: str, size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    """A picture of one colour."""
    sink = io.BytesIO()
    Image.new("RGB", size, "red").save(sink, form, **more)
    return sink.getvalue()


def test_the_sample_is_read() -> None:
    """Every key that it has arrives."""
    theme = read_theme(SAMPLE / "theme.yaml").theme
    assert theme
    assert theme == read_theme(SAMPLE).theme
    assert theme.paper.css == "Letter"
    assert theme.colours == Colours("#5b1f3a", "#7a5c00", "#1f5a4a")
    assert theme.logo
    assert set(theme.logo.description) == {"en", "fr"}
    assert theme.css
    assert "good-practice" in theme.css.text


def test_the_logo_of_the_sample_is_drawn_by_us() -> None:
    """The picture is what the program beside this test draws."""
    with Image.open(PATH) as kept:
        assert kept.convert("RGBA").tobytes() == draw().tobytes()


def test_a_theme_crosses_into_another_process_whole() -> None:
    """The files of the theme are in the value, not on the disk."""
    theme = read_theme(SAMPLE).theme
    assert theme
    assert pickle.loads(pickle.dumps(theme)) == theme
    assert theme.assets["logo.png"][0].startswith(b"\x89PNG")


def test_no_key_is_the_usual_look(tmp_path: Path) -> None:
    """A theme that says nothing changes nothing."""
    assert sound(tmp_path, "") == Theme()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colour: {main: '#123456'}\n", ("RG201", "theme.yaml", 2, 1)),
        ("paper: A5\n", ("RG218", "theme.yaml", 2, 8)),
        ("sections: [summary, recomendations]\n", ("RG218", "theme.yaml", 2, 21)),
        ("sections: summary\n", ("RG202", "theme.yaml", 2, 11)),
        ("fonts: {text: comic}\n", ("RG218", "theme.yaml", 2, 15)),
        ("fonts: {text: {italic: x.ttf}}\n", ("RG200", "theme.yaml", 2, 15)),
        ("logo: {file: x.png}\n", ("RG200", "theme.yaml", 2, 7)),
        ("logo: x.png\n", ("RG203", "theme.yaml", 2, 7)),
        ("colours: {main: rgb(1 2 3)}\n", ("RG712", "theme.yaml", 2, 17)),
        ("colours:\n  main: #123456\n  accent: '#123456789'\n", ("RG712", "theme.yaml", 4, 11)),
        ("colours: {good: '#00ff00'}\n", ("RG713", "theme.yaml", 2, 17)),
        ("sections: [articles, articles]\n", ("RG725", "theme.yaml", 2, 22)),
    ],
)
def test_faults_have_their_place(text: str, expected: tuple[str, str, int, int], tmp_path: Path) -> None:
    """File, line and column, as in a submission."""
    reading = written(tmp_path, text)
    assert expected in places(reading)
    assert reading.theme is None


def test_what_was_meant_is_said(tmp_path: Path) -> None:
    """Near misses of keys, words and files."""
    text = "colour: {main: '#123456'}\nsections: [recomendations]\ncss: hous.css\n"
    reading = written(tmp_path, text, house__css=b"")
    assert [item.params["suggestion"] for item in reading.found] == ["colours", "recommendations", "house.css"]


@pytest.mark.parametrize("colour", ["1F3A5F", "'#1f3a5f'", '"#1F3A5F"'])
def test_the_number_sign_may_be_left_out(colour: str, tmp_path: Path) -> None:
    """In YAML it starts a comment unless there are quotation marks."""
    assert sound(tmp_path, f"colours: {{main: {colour}}}\n").colours.main == "#1f3a5f"
    assert sound(tmp_path, "colours: {main: '#024'}\n").colours.main == "#002244"


def test_a_colour_that_became_a_comment_is_not_passed_over(tmp_path: Path) -> None:
    """``main: #1f3a5f`` would silently be no colour at all."""
    reading = written(tmp_path, "colours:\n  main: #1f3a5f  # blue\n")
    assert places(reading) == [("RG712", "theme.yaml", 3, 3)]
    assert reading.found[0].params["value"] == "#1f3a5f"
    assert sound(tmp_path, "colours:\n  main:   # later\n").colours == Colours()


def test_a_warning_does_not_take_the_theme_away(tmp_path: Path) -> None:
    """It would be built in the usual look, without a word."""
    reading = written(tmp_path, "colours: {main: '#7a1f1f', accent: '#1f4f7a'}\nfonts:\n  text: sans # grotesque\n")
    assert {item.code for item in reading.found} >= {"RG714"}
    assert reading.theme


def test_colours_alike_in_grey_are_told_with_a_shade_that_does(tmp_path: Path) -> None:
    """What is suggested is accepted when it is written; an accent that nobody chose gives way without a word."""
    [found] = written(tmp_path, "colours: {main: '#7a1f1f', accent: '#1f4f7a'}\n").found
    shade = found.params["suggestion"]
    assert sound(tmp_path, f"colours: {{main: '#7a1f1f', accent: '{shade}'}}\n").colours.accent == shade
    for text in ("colours: {main: '#8a5a00'}\n", "colours: {main: '#8a5a00', accent: }\n"):
        colours = sound(tmp_path, text).colours
        assert colours.main == "#8a5a00"
        assert are_apart(colours.main, colours.accent)


def test_sections_not_named_follow(tmp_path: Path) -> None:
    """Nothing can be dropped by a theme."""
    order = sound(tmp_path, "sections: [Recommendations, cross-cutting]\n").sections
    assert order[:2] == (Section.RECOMMENDATIONS, Section.CROSS_CUTTING)
    assert list(order[2:]) == [section for section in Section if section not in order[:2]]


@pytest.mark.parametrize(
    "name",
    [
        "../outside.css",
        "/etc/passwd",
        "a/../../outside.css",
        "C:/outside.css",
        "\\\\host\\x.css",
        "link.css",
        "loop.css",
    ],
)
def test_no_file_from_outside(name: str, tmp_path: Path) -> None:
    """Up, absolute, of another drive, or by a link."""
    (tmp_path / "outside.css").write_text("td { color: red }")
    home = tmp_path / "home"
    home.mkdir()
    (home / "a").mkdir()
    (home / "link.css").symlink_to(tmp_path / "outside.css")
    (home / "loop.css").symlink_to(home / "loop.css")
    reading = written(home, f"css: '{name}'\n")
    assert places(reading) == [("RG715", "theme.yaml", 2, 6)]


def test_links_within_the_folder_and_folders_below_it_are_fine(tmp_path: Path) -> None:
    """Only what leads out is refused."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "house.css").write_text("td { color: red }")
    (tmp_path / "link.css").symlink_to(tmp_path / "styles" / "house.css")
    assert sound(tmp_path, "css: styles/house.css\n").css
    assert sound(tmp_path, "css: link.css\n").css


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """It would be waited on for ever."""
    os.mkfifo(tmp_path / "house.css")
    assert places(written(tmp_path, "css: house.css\n")) == [("RG716", "theme.yaml", 2, 6)]


@pytest.mark.parametrize(
    ("text", "file", "size"),
    [
        ("css: x.css\n", "x__css", 1_000_001),
        ("logo: {file: x.png, description: x}\n", "x__png", 10_000_001),
        ("fonts: {more: [x.ttf]}\n", "x__ttf", 10_000_001),
    ],
)
def test_too_large_is_told_as_such(text: str, file: str, size: int, tmp_path: Path) -> None:
    """And no more of the file is read."""
    assert [item.code for item in written(tmp_path, text, **{file: b" " * size}).found] == ["RG717"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (b"", "RG719"),
        (SANS[:2000], "RG719"),
        (b"ttcf" + SANS[4:], "RG719"),
        (b"wOF2" + SANS[4:], "RG719"),
        (font("House", "A", rights=0x0002), "RG721"),
        (font("House", "A", rights=0x0100), "RG721"),
        (font("House", "A", rights=0x0200), "RG721"),
        (font("House", "A", rights=0x0004), ""),
        (font("House", "A", rights=0x0008), ""),
        (SANS, ""),
    ],
)
def test_fonts_are_looked_into(made: bytes, code: str, tmp_path: Path) -> None:
    """What they are, and whether they may be embedded, whatever they are called."""
    found = written(tmp_path, "fonts: {text: {regular: x.ttf}}\n", x__ttf=made).found
    assert [item.code for item in found] == ([code] if code else [])


def test_a_web_font_is_refused(tmp_path: Path) -> None:
    """WOFF is compressed TrueType; the same font as .ttf is what is wanted."""
    web, sink = TTFont(io.BytesIO(SANS)), io.BytesIO()
    web.flavor = "woff"
    web.save(sink)
    assert [item.code for item in written(tmp_path, "fonts: {more: [x.woff]}\n", x__woff=sink.getvalue()).found] == [
        "RG719"
    ]


def test_the_name_of_a_family_is_harmless(tmp_path: Path) -> None:
    """It stands in a style sheet."""
    theme = sound(tmp_path, "fonts: {text: {regular: x.ttf}}\n", x__ttf=font('A"; } </style><b>', "A"))
    assert isinstance(theme.text, Family)
    assert re.fullmatch(r"[\w -]+", theme.text.name)


def test_a_font_tells_its_signs(tmp_path: Path) -> None:
    """A sign that the house's own font has is not reported as missing."""
    write(tmp_path, "grounds: The word 內.")
    assert "RG704" in {item.code for item in check(tmp_path).found}
    sound(tmp_path, "fonts: {more: [x.ttf]}\n", x__ttf=font("House", "內"))
    assert "RG704" not in {item.code for item in check(tmp_path).found}


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (picture("GIF"), "RG718"),
        (picture("PNG")[:30], "RG718"),
        (picture("PNG", (5001, 5000)), "RG718"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "RG718"),
        (picture("PNG"), ""),
        (picture("JPEG"), ""),
    ],
)
def test_the_logo_is_a_picture(made: bytes, code: str, tmp_path: Path) -> None:
    """By what it holds, not by its name."""
    found = written(tmp_path, "logo: {file: x.png, description: x}\n", x__png=made).found
    assert [item.code for item in found] == ([code] if code else [])


def test_nothing_but_the_picture_is_kept_of_the_logo(tmp_path: Path) -> None:
    """A photograph may know where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x013B] = "CANARY"
    made = picture("JPEG", exif=exif, comment=b"CANARY")
    assert b"CANARY" in made
    theme = sound(tmp_path, "logo: {file: x.jpg, description: x}\n", x__jpg=made)
    assert theme.logo
    assert b"CANARY" not in pickle.dumps(theme)


def test_a_style_sheet_in_another_encoding_is_told(tmp_path: Path) -> None:
    """At the first sign that can't be read."""
    reading = written(tmp_path, "css: x.css\n", x__css="td {}\n/* é */".encode("latin-1"))
    assert places(reading) == [("RG103", "x.css", 2, 4)]


def test_excerpts_and_watching_know_every_file() -> None:
    """The text of the theme and its style sheet can be shown; the preview watches all of it."""
    reading = read_theme(SAMPLE)
    assert [Path(name).name for name in reading.texts] == ["theme.yaml", "house.css"]
    assert [path.name for path in reading.paths] == ["theme.yaml", "logo.png", "house.css"]


def test_no_theme_where_one_is_named(tmp_path: Path) -> None:
    """``--theme`` with a folder that has none."""
    assert places(read_theme(tmp_path)) == [("RG710", "theme.yaml", 1, 1)]
    assert theme_of(FIRST, tmp_path).theme is None


def test_a_theme_is_no_part_of_the_submission(tmp_path: Path) -> None:
    """It is found at the root of the folder, used, and not read as an answer."""
    path = write(tmp_path)
    plain = check(path)
    (tmp_path / "theme.yaml").write_text("theme: 1\npaper: Letter\n")
    checked = check(tmp_path)
    assert [(item.code, item.params) for item in checked.found] == [(item.code, item.params) for item in plain.found]
    assert checked.theme.paper.css == "Letter"
    assert check(path).theme == Theme(), "beside a single file only if it is named"
    assert check(path, theme=tmp_path).theme == checked.theme
    assert tmp_path / "theme.yaml" in checked.reading.paths


def test_the_sample_is_no_submission() -> None:
    """Whoever builds it by mistake is told so."""
    assert [item.code for item in check(SAMPLE).found] == ["RG128"]


def test_the_schema_knows_every_key() -> None:
    """Editors complete what the reader reads."""
    schema = theme_schema()
    definitions = schema["$defs"]
    assert schema["title"] == "reportgen theme, format 1"
    assert set(definitions["ThemeFile"]["properties"]) == {
        "theme",
        "paper",
        "colours",
        "fonts",
        "logo",
        "sections",
        "css",
    }
    assert {"ColoursPart", "FontsPart", "FacesPart", "LogoPart", "text"} < set(definitions)
    assert set(re.findall(r"#/\$defs/(\w+)", json.dumps(schema))) <= set(definitions)
    assert ThemeFile.__name__ in schema["$ref"]
