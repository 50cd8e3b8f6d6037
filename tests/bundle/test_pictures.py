"""Pictures in a bundle: those its audience may see, under numbers, with nothing in them but what is seen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml
from PIL import Image, PngImagePlugin

from reportgen.bundle.fault import BundleFault
from reportgen.publication.audience import Audience
from tests.bundle.bundles import bundle_of, files_of, lay, published
from tests.samples import write

ANSWER = """\
grounds: |-
  Look:

  ![A map](images/judge marenne.png "The house (CAPTION)")

  ![A photograph](<images/witness.jpg>)

  A word ![drawn](images/judge-marenne.png) in a line, and ![another](a(b).png).

  ![Kept back](images/secret.png)
"""
REST = "images:\n  - {file: images/secret.png, level: confidential}\n  - {file: images/witness.jpg, level: members}"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A submission with pictures that tell more than is seen."""
    home = tmp_path / "inputs"
    (home / "images").mkdir(parents=True)
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "CANARY")
    Image.new("RGBA", (40, 30), (9, 9, 9, 200)).save(home / "images" / "judge marenne.png", pnginfo=told)
    Image.new("RGB", (40, 30), "green").save(home / "images" / "secret.png", pnginfo=told)
    noise = Image.effect_noise((160, 120), 80).convert("RGB")
    noise.save(home / "images" / "witness.jpg", quality=95, comment=b"CANARY", exif=b"Exif\0\0CANARY")
    return write(home, ANSWER, REST)


def test_pictures_are_numbered_and_clean(source: Path) -> None:
    """No name of a file, no comment of a camera, no picture that is kept back; captions stay."""
    files = files_of(source)
    assert list(files) == ["submission.yaml", "images/1.png", "images/2.jpg"]
    text = files["submission.yaml"].decode()
    assert '![A map](images/1.png "The house (CAPTION)")' in text
    assert "![A photograph](<images/2.jpg>)" in text
    assert "![drawn](image) in a line, and ![another](image)." in text
    assert "Kept back" not in text
    assert yaml.safe_load(text)["images"] == [{"file": "images/2.jpg", "level": "members"}]
    data = bundle_of(source)
    for word in (b"CANARY", b"marenne", b"secret", b"witness", b"Comment", b"Exif"):
        assert word not in data + files["submission.yaml"]


def test_members_pictures_are_not_public(source: Path) -> None:
    """The level of a picture holds in bundles as in reports."""
    assert list(files_of(source, Audience.PUBLIC)) == ["submission.yaml", "images/1.png"]


def test_a_photograph_is_the_same_after_many_hands(source: Path, tmp_path: Path) -> None:
    """Bundled again, and again: the same bytes, not each time a little worse; and readers get the same."""
    first = files_of(source)
    home = lay(tmp_path / "received", first)
    assert files_of(home) == first
    assert published(home, Audience.MEMBERS) == published(source, Audience.MEMBERS)


def test_what_is_appended_to_a_photograph_is_not_kept(source: Path, tmp_path: Path) -> None:
    """A photograph counts as one of ours only if nothing follows it and nothing stands within it."""
    first = files_of(source)
    photograph = first["images/2.jpg"]
    for spoilt in (
        photograph + b"CANARY",
        photograph[:-2] + b"\xff\xfe\0\x08CANARY\xff\xd9",
        photograph[:2] + b"\xff\xfe\0\x08CANARY" + photograph[2:],
    ):
        with Image.open(BytesIO(spoilt)) as picture:
            picture.load()
        home = lay(tmp_path / "spoilt", {**first, "images/2.jpg": spoilt})
        assert b"CANARY" not in files_of(home)["images/2.jpg"]


def test_a_picture_that_is_gone_is_told(source: Path) -> None:
    """At the text that asks for it, as the checks do; the path is the author's own."""
    from reportgen.bundle.make import contents
    from reportgen.catalogue import load_catalogue
    from tests.bundle.bundles import sound

    checked = sound(source)
    (source.parent / "images" / "witness.jpg").unlink()
    assert checked.reading.submission
    with pytest.raises(BundleFault) as told:
        contents(checked.reading.submission, source.parent, load_catalogue(), Audience.MEMBERS)
    assert told.value.found.code == "RG610"
    assert told.value.found.span
    assert told.value.found.span.file.endswith("submission.yaml")
