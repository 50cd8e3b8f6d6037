"""Images: from the folder of the submission only, what they say they are, and copied without anything but the picture."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from reportgen.catalogue import load_catalogue
from reportgen.document.compose import compose
from reportgen.document.model import Document
from reportgen.pipeline import check
from reportgen.publication.audience import Audience
from reportgen.publication.illustrate import IllustrationError, illustrate
from reportgen.publication.localise import localise
from reportgen.publication.redact import redact
from reportgen.submission import images
from reportgen.submission.images import PRINTED, Figure, ImageFault, examine_image, figures, read_image
from reportgen.writers.html import render_html
from reportgen.writers.pdf import render_pdf
from tests.samples import write

CANARY = "CANARY-CAMERA"


def picture(path: Path, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> Path:
    """Save a picture, its left half red."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Image.new(mode, size, "white" if mode != "1" else 1)
    if mode == "RGB":
        made.paste("red", (0, 0, size[0] // 2, size[1]))
    made.save(path, **options)
    return path


def opened(data: bytes) -> Image.Image:
    """Open a picture."""
    return Image.open(BytesIO(data))


def illustrated(path: Path, audience: Audience = Audience.PUBLIC) -> Document:
    """Compose the document of a submission with its images."""
    reading = check(path).reading
    assert reading.submission
    publication = illustrate(redact(reading.submission, load_catalogue(), audience), reading.folder)
    return compose(localise(publication, "en"), load_catalogue(), "en", final=True)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("![A map](map.png)", Figure("A map", "map.png")),
        ('![A map](images/map.png "In 2023")', Figure("A map", "images/map.png", "In 2023")),
        ("![A map](<map 1.png> 'In 2023')  ", Figure("A map", "map 1.png", "In 2023")),
        ("  ![A map](map (1).png “In «2023»”)", Figure("A map", "map (1).png", "In «2023»")),
        ("![A map [@s1]](map.png)", Figure("A map [@s1]", "map.png")),
        ("![](map.png)", Figure("", "map.png")),
        ("![A map](map.png) shows", None),
        ("See ![A map](map.png)", None),
        ("> ![A map](map.png)", None),
        ("    ![A map](map.png)", None),
        ("- ![A map](map.png)", None),
        ("![One](a.png) ![Two](b.png)", None),
        ("![A map][map]", None),
    ],
)
def test_a_line_that_is_an_image_is_a_figure(line: str, wanted: Figure | None) -> None:
    assert list(figures(f"Text.\n{line}\nText.")) == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    "path", ["images/map.png", "images\\map.png", "./images/map.png", "images/../images/map.png", "images/m%61p.png"]
)
def test_a_path_may_be_written_as_any_system_writes_it(path: str, tmp_path: Path) -> None:
    picture(tmp_path / "images" / "map.png")
    examine_image(tmp_path, path)
    assert read_image(tmp_path, path, 1).name == "image-1.png"


def refused(folder: Path, path: str) -> tuple[str, str]:
    """Return the code with which an image is refused when it is checked, and the suggestion; and again when read."""
    with pytest.raises(ImageFault) as checked:
        examine_image(folder, path)
    with pytest.raises(ImageFault) as read:
        read_image(folder, path, 1)
    assert checked.value.code == read.value.code
    return checked.value.code, checked.value.params.get("suggestion", "")


@pytest.mark.parametrize(
    "path",
    ["../out.png", "a/../../out.png", "https://a.example/a.png", "//a/b.png", "~/a.png", "C:\\a.png", "file:a.png"],
)
def test_nothing_outside_the_folder_is_opened(path: str, tmp_path: Path) -> None:
    picture(tmp_path / "out.png")
    (tmp_path / "in").mkdir()
    assert refused(tmp_path / "in", path)[0] == "RG611"
    assert refused(tmp_path / "in", str(tmp_path / "out.png"))[0] == "RG611"


def test_no_link_leads_out_of_the_folder(tmp_path: Path) -> None:
    picture(tmp_path / "out.png")
    (tmp_path / "in").mkdir()
    try:
        (tmp_path / "in" / "map.png").symlink_to(tmp_path / "out.png")
        (tmp_path / "in" / "folder").symlink_to(tmp_path)
    except OSError:
        pytest.skip("this system makes no links")
    assert refused(tmp_path / "in", "map.png")[0] == "RG611"
    assert refused(tmp_path / "in", "folder/out.png")[0] == "RG611"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "map.png")  # opening it would wait for ever
    assert refused(tmp_path, "map.png")[0] == "RG612"
    (tmp_path / "folder.png").mkdir()
    assert refused(tmp_path, "folder.png")[0] == "RG612"


def test_the_file_that_was_meant_is_suggested(tmp_path: Path) -> None:
    picture(tmp_path / "images" / "Map.PNG", format="PNG")
    assert refused(tmp_path, "images/mpa.png") == ("RG610", "images/Map.PNG")
    assert refused(tmp_path, "nothing-like-it.jpeg") == ("RG610", "")
    assert refused(tmp_path, "") == ("RG610", "")


@pytest.mark.parametrize("form", ["GIF", "TIFF", "WEBP", "BMP", "ICO"])
def test_the_content_tells_what_it_is_and_not_the_name(form: str, tmp_path: Path) -> None:
    picture(tmp_path / "map.png", format=form)
    assert refused(tmp_path, "map.png")[0] == "RG612"
    picture(tmp_path / "photo.txt", format="JPEG")
    assert read_image(tmp_path, "photo.txt", 2).name == "image-2.jpg"


@pytest.mark.parametrize("size", [(5001, 5000), (15000, 10000), (20000, 20000)])
def test_a_small_file_of_many_pixels_is_not_decoded(size: tuple[int, int], tmp_path: Path) -> None:
    """The second is one that the library would only warn of, the third one that it refuses itself."""
    Image.MAX_IMAGE_PIXELS, kept = None, Image.MAX_IMAGE_PIXELS
    try:
        picture(tmp_path / "map.png", size, "1")
    finally:
        Image.MAX_IMAGE_PIXELS = kept
    assert refused(tmp_path, "map.png")[0] == "RG614"


def test_the_copy_holds_the_picture_alone(tmp_path: Path) -> None:
    """No camera, place, comment, profile or name of a file; turned as it was held; the same bytes every time."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, CANARY, {1: "N", 2: (1.0, 2.0, 3.0)}
    picture(tmp_path / f"{CANARY}.jpg", (60, 40), exif=exif, comment=CANARY.encode(), icc_profile=CANARY.encode())
    photo = read_image(tmp_path, f"{CANARY}.jpg", 1)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", CANARY)
    picture(tmp_path / "map.png", pnginfo=notes)
    drawing = read_image(tmp_path, "map.png", 2)
    for image in (photo, drawing):
        assert CANARY.encode() not in image.data
        assert CANARY not in image.name
        assert not opened(image.data).getexif()
        assert set(opened(image.data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (photo.width, photo.height, photo.media) == (40, 60, "image/jpeg")
    assert (drawing.width, drawing.height, drawing.media) == (60, 40, "image/png")
    red, _, blue = opened(photo.data).getpixel((20, 5))  # type: ignore[misc]
    assert red > 200 > 100 > blue, "the left half is now the upper one"
    assert read_image(tmp_path, f"{CANARY}.jpg", 1) == photo


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_picture_becomes_colour_on_white(mode: str, tmp_path: Path) -> None:
    made = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode) if mode.endswith("A") else None
    (made or Image.new(mode, (20, 20), 65535 if mode == "I;16" else "white")).save(tmp_path / "map.png")
    copy = opened(read_image(tmp_path, "map.png", 1).data)
    assert copy.mode == "RGB"
    assert copy.getpixel((10, 10)) == (255, 255, 255)


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    Image.new("I;16", (20, 20), 128 * 257).save(tmp_path / "grey.png")
    assert opened(read_image(tmp_path, "grey.png", 1).data).getpixel((10, 10)) == (128, 128, 128)


def test_no_copy_is_larger_than_the_page_can_show(tmp_path: Path) -> None:
    picture(tmp_path / "photo.jpg", (4000, 3000))
    photo = read_image(tmp_path, "photo.jpg", 1)
    assert (photo.width, photo.height) == (PRINTED[0], PRINTED[0] * 3 // 4)
    assert 300 <= photo.width / 164 * 25.4 < 310
    picture(tmp_path / "small.png", (300, 200))
    assert read_image(tmp_path, "small.png", 2).millimetres == 50.8
    picture(tmp_path / "tall.png", (1500, 3000))
    assert read_image(tmp_path, "tall.png", 3).millimetres == 90


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_file_that_was_cut_off_is_told(ending: str, tmp_path: Path) -> None:
    """Of a photograph only when it is read, for that takes decoding it."""
    path = picture(tmp_path / f"map.{ending}", (400, 300))
    path.write_bytes(path.read_bytes()[:-300] if ending == "jpg" else path.read_bytes()[:-30])
    with pytest.raises(ImageFault, match="RG616"):
        read_image(tmp_path, path.name, 1)
    answer = write(tmp_path, f"grounds: |-\n  Text.\n\n  ![Map]({path.name})")
    found = {item.code for item in check(answer).found}
    assert ("RG616" in found) == (ending == "png")
    with pytest.raises(IllustrationError) as error:
        illustrated(answer)
    assert error.value.found.code == "RG616"
    assert error.value.found.span


GROUNDS = 'grounds: |-\n  Before [@s1].\n  ![A *map* of "routes" <x>](map.png "Routes [@s1] in 2023, https://a.example.")\n  After.'


def test_a_figure_stands_between_its_paragraphs(tmp_path: Path) -> None:
    picture(tmp_path / "map.png", (300, 200))
    path = write(tmp_path, GROUNDS)
    assert {item.code for item in check(path).found if item.code.startswith("RG6")} == {"RG602"}, "only the sign <x>"
    made = illustrated(path)
    page = render_html(made, "screen")
    figure = re.search(
        r'Before.*?<figure class="image">\s*<img (.*?)>\s*<figcaption>(.*?)</figcaption>\s*</figure>.*?After',
        page,
        re.DOTALL,
    )
    assert figure
    assert 'alt="A map of “routes” &lt;x&gt;"' in figure[1]
    assert 'width="192" height="128"' in figure[1]
    data = re.search(r'src="data:image/png;base64,([^"]+)"', figure[1])
    assert data
    assert opened(b64decode(data[1])).size == (300, 200)
    assert ">2</a>" in figure[2], "the caption calls the second note of the chapter"
    assert 'href="https://a.example"' in figure[2]
    assert "map.png" not in page
    pages, warnings = render_pdf(made)
    assert warnings == ()
    assert b"/Image" in pages


def test_a_picture_that_has_no_room_is_described(tmp_path: Path) -> None:
    picture(tmp_path / "map.png")
    answer = """\
grounds: "As the map ![of the routes](map.png) shows."
recommendations:
  - {text: "![A plan](map.png)", addressee: Parliament}
"""
    path = write(tmp_path, answer)
    assert [item.code for item in check(path).found].count("RG601") == 2
    page = render_html(illustrated(path), "screen")
    assert "As the map of the routes shows." in page
    assert "A plan" in page
    assert "<img" not in page


def test_an_image_of_a_part_that_is_cut_is_not_opened(tmp_path: Path) -> None:
    """What the audience may not read leaves no trace, and no number that tells of it."""
    picture(tmp_path / "public.png")
    secret = picture(tmp_path / "secret.png")
    answer = """\
findings:
  - {kind: case, text: "![Secret](secret.png)", level: confidential}
  - {kind: case, text: "![Public](public.png)"}
"""
    path = write(tmp_path, answer)
    assert not [item for item in check(path).found if item.code.startswith("RG61")]
    secret.unlink()
    made = illustrated(path)
    assert list(made.images) == ["image-1.png"]
    assert "Secret" not in render_html(made, "screen")


def test_one_image_shown_twice_is_held_once(tmp_path: Path) -> None:
    picture(tmp_path / "map.png")
    path = write(tmp_path, "grounds: |-\n  ![One](map.png)\n\n  ![Two](map.png)")
    made = illustrated(path)
    assert list(made.images) == ["image-1.png"]
    assert render_html(made, "screen").count("<img") == 2


def test_the_place_of_an_image_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, "grounds: |-\n  Text.\n\n  ![](gone.png)")
    found = {item.code: item.span for item in check(path).found if item.code.startswith("RG61")}
    line = path.read_text("utf-8").split("\n").index("      ![](gone.png)") + 1
    assert {code: (span.line, span.column) for code, span in found.items() if span} == {
        "RG610": (line, 11),
        "RG615": (line, 11),
    }


def test_an_image_that_is_there_twice_is_found_where_it_is_wrong(tmp_path: Path) -> None:
    """The same image is right on a line of its own, wrong in a sentence, and undescribed the third time."""
    picture(tmp_path / "map.png")
    text = "|-\n  ![Map](map.png)\n\n  See ![Map](map.png) here.\n\n  ![](map.png)"
    path = write(tmp_path, f"grounds: {text}")
    first = path.read_text("utf-8").split("\n").index("      ![Map](map.png)") + 1
    found = {item.code: item.span for item in check(path).found if item.code in {"RG601", "RG615"}}
    assert {code: (span.line - first, span.column) for code, span in found.items() if span} == {
        "RG601": (2, 11),
        "RG615": (4, 11),
    }


def test_the_folder_is_walked_once_for_all_that_is_missing(tmp_path: Path) -> None:
    """A hundred misspelt images in a folder of a million files are one walk; a picture that comes later is seen."""
    known = images._images_of
    known.cache_clear()
    for number in range(5):
        with pytest.raises(ImageFault):
            examine_image(tmp_path, f"map{number}.png")
    assert known.cache_info().misses == 1
    Image.new("L", (1, 1)).save(tmp_path / "map.png")
    os.utime(tmp_path, ns=(1, 1))
    with pytest.raises(ImageFault) as raised:
        examine_image(tmp_path, "mapp.png")
    assert raised.value.params["suggestion"] == "map.png"
