"""Images: how a text asks for one, where it may lie, and the copy of it that a report holds.

``![What it shows](images/map.png "Caption")`` on a line of its own is a figure. An image comes from the folder of the
submission only, is what its content says and not its name, and goes into the report as a copy that holds the picture
and nothing else: no place, no camera, no name of a file.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import unquote
from warnings import catch_warnings, simplefilter

from reportgen.diagnostics import nearest

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Media = Literal["image/png", "image/jpeg"]
MOST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 25_000_000
MOST_IMAGES: Final = 100
PRINTED: Final = (1940, 2130)
"""Pixels that fill the width of the text (164 mm) and 180 mm of its height at 300 to the inch; more are not seen."""
QUALITY: Final = 88
MOST_SCANS: Final = 100
"""Passes over one JPEG; each costs the time of decoding the whole, and cameras make at most a dozen."""
_SCAN: Final = b"\xff\xda"
_FORMATS: Final = ("PNG", "JPEG")
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}
_ILLUSTRATED: Final = frozenset(
    {"summary", "methodology", "process", "context", "cross_cutting", "recent_developments"}
    | {"grounds", "state_position", "answer", "not_applicable", "no_information", "text"}
)
"""Fields whose text is running text, where a figure has room; tables have none."""
_LINE: Final = re.compile(
    r" {0,3}!\[(?P<shows>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\])*)\]\((?P<target>[^\n]{0,1000})\)[ \t]*"
)
_CAPTION: Final = re.compile(r"""(?P<path>.*?)\s+["“«'](?P<caption>.*)["”»']""")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as the report holds it; its name is a number, for the author's could tell more than the author means."""

    name: str
    data: bytes
    media: Media
    width: int
    height: int

    @property
    def millimetres(self) -> float:
        """How wide it may be on paper: no coarser than 150 pixels to the inch, no higher than 180 mm."""
        return round(min(self.width / 150 * 25.4, 180 * self.width / self.height), 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a text says about an image: what it shows, for those who can't see it; its path; its caption."""

    shows: str
    path: str
    caption: str = ""


class ImageFault(Exception):  # noqa: N818 - a fault of the input, reported as such
    """An image can't be used.

    Attributes:
        code: The diagnostic.
        params: Its parameters.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_figure(line: str) -> Figure | None:
    """Return the figure that a line of text asks for, if it holds an image and nothing else.

    The path may have spaces and brackets, as browsers and telephones name files, and the caption any quotation marks.
    """
    match = _LINE.fullmatch(line)
    if match is None or "](" in match["target"]:
        return None
    target = match["target"].strip()
    with_caption = _CAPTION.fullmatch(target)
    path = with_caption["path"] if with_caption else target
    if path.startswith("<") and path.endswith(">"):
        path = path[1:-1]
    return Figure(match["shows"].strip(), path.strip(), with_caption["caption"].strip() if with_caption else "")


def may_hold_figures(part: object, field: str) -> bool:
    """Whether a figure is shown in the text that stands in ``field`` of a part, written or published."""
    return field in _ILLUSTRATED and type(part).__name__ != "Recommendation"


def figures(text: str) -> Iterator[Figure]:
    """Yield every figure of ``text`` in order."""
    for line in text.split("\n") if "![" in text else ():
        if figure := read_figure(line):
            yield figure


def same_file(path: str) -> str:
    """Return one spelling for all in which a text may ask for a file: ``./a.png``, ``x/../A.png``, ``a%2Epng``.

    Two files that differ in case alone count as one, as they do on many computers.
    """
    return posixpath.normpath(_plain(path))


def names_file(text: str, path: str) -> bool:
    """Whether the name of the file at ``path`` stands in ``text``, in whatever spelling and folder."""
    return posixpath.basename(same_file(path)) in _plain(text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", unquote(text).replace("\\", "/")).casefold()


def without_figures(text: str, paths: frozenset[str]) -> str:
    """Return ``text`` without the figures that show an image among ``paths``."""
    if not paths or "![" not in text:
        return text
    shown = ((line, read_figure(line)) for line in text.split("\n"))
    return "\n".join(line for line, figure in shown if figure is None or figure.path not in paths)


def examine_image(folder: Path, path: str) -> None:
    """See that the image at ``path`` can be used, without decoding it.

    Raises:
        ImageFault: It is missing, outside ``folder``, no picture, too large or damaged.
    """
    with _opened(_contained(folder, path)) as picture:
        if picture.format == "PNG":
            try:
                picture.verify()
            except Exception as error:
                raise ImageFault("RG616") from error


def read_image(folder: Path, path: str, number: int) -> Image:
    """Return a copy of the image at ``path`` that holds the picture alone, upright, in the size in which it is printed.

    A photograph stays a JPEG and a drawing a PNG; what is transparent becomes white. The same file gives the same
    bytes.

    Args:
        folder: The folder of the submission.
        path: As the author wrote it.
        number: The number of the image in the report, for its name.

    Raises:
        ImageFault: It can't be used.
    """
    return copied(_contained(folder, path), number)


def copied(data: bytes, number: int) -> Image:
    """Return a copy of the picture in ``data`` as :func:`read_image` does.

    Raises:
        ImageFault: It is no picture, too large or damaged.
    """
    if data.startswith(b"\xff\xd8") and data.count(_SCAN) > MOST_SCANS:
        raise ImageFault("RG616")
    with _opened(data) as picture:
        media: Media = "image/png" if picture.format == "PNG" else "image/jpeg"
        try:
            copy = _flat(_upright(picture))
        except Exception as error:
            raise ImageFault("RG616") from error
    if copy.width > PRINTED[0] or copy.height > PRINTED[1]:
        copy.thumbnail(PRINTED)
    sink = BytesIO()
    if media == "image/png":
        copy.save(sink, "PNG")
    else:
        copy.save(sink, "JPEG", quality=QUALITY)
    made = data if _as_made(data, sink.getvalue()) else sink.getvalue()
    return Image(f"image-{number}.{_ENDINGS[media]}", made, media, copy.width, copy.height)


def _as_made(data: bytes, made: bytes) -> bool:
    """Whether ``data`` is a photograph as this program makes it: up to its points it reads as the copy made of it.

    Made anew it would lose a little each time, and a photograph passes through several hands.
    """
    start = made.find(_SCAN)
    if not made.startswith(b"\xff\xd8") or data[:start] != made[:start]:
        return False
    points = data[start + 2 :].replace(b"\xff\x00", b"")
    return points.find(b"\xff") == len(points) - 2 and points.endswith(b"\xff\xd9")


def _upright(picture: Picture) -> Picture:
    """Turn a photograph as its camera was held; where the camera's note of that can't be read, it stays as it is."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture


def _flat(picture: Picture) -> Picture:
    """Return the picture in red, green and blue, on white, without anything that is not a picture."""
    from PIL import Image as Pillow

    if picture.mode.startswith(("I", "F")):  # 16 bits a pixel: bring the range of 65,536 steps down to 256
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Pillow.new("RGBA", seen.size, "white")
        picture = Pillow.alpha_composite(white, seen)
    flat = Pillow.new("RGB", picture.size)
    flat.paste(picture.convert("RGB"))
    return flat


def _contained(folder: Path, path: str) -> bytes:
    """Return the bytes of the file at ``path``, which lies in ``folder`` and is no more than a file."""
    home = folder.resolve()
    written = path.replace("\\", "/")
    if not written:
        raise ImageFault("RG610", suggestion="")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/|~", written) or "\0" in written:
        raise ImageFault("RG611")
    try:
        file = next(file for name in (written, unquote(written)) if (file := (home / name).resolve()).exists())
    except StopIteration:
        if not (home / written).resolve().is_relative_to(home):
            raise ImageFault("RG611") from None
        raise ImageFault(
            "RG610", suggestion=nearest(written, _images_of(home, home.stat().st_mtime_ns)) or ""
        ) from None
    except (OSError, ValueError, RuntimeError):
        raise ImageFault("RG610", suggestion="") from None
    if not file.is_relative_to(home):
        raise ImageFault("RG611")
    if not file.is_file():
        raise ImageFault("RG612")
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as source:
            state = os.fstat(source.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise ImageFault("RG612")
            if state.st_size > MOST_BYTES:
                raise ImageFault("RG613", size=round(state.st_size / 1e6, 1), limit=MOST_BYTES // 1_000_000)
            return source.read(MOST_BYTES)
    except OSError as error:
        raise ImageFault("RG616") from error


@lru_cache(maxsize=1)
def _images_of(home: Path, _changed: int) -> list[str]:
    """Return the paths of all pictures in the folder, for *did you mean*; one walk serves all images that are missing."""
    found = (file.relative_to(home) for file in home.rglob("*") if file.suffix.lower() in {".png", ".jpg", ".jpeg"})
    return sorted(file.as_posix() for file in found if not any(part.startswith(".") for part in file.parts))[:1_000]


@contextmanager
def _opened(data: bytes) -> Iterator[Picture]:
    """Open a picture; only its header is read."""
    from PIL import Image as Pillow
    from PIL import ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the renderer, once loaded, makes it true for the whole process
    too_large = ImageFault("RG614", limit=MOST_PIXELS // 1_000_000)
    with catch_warnings():
        simplefilter("ignore")
        simplefilter("error", Pillow.DecompressionBombWarning)
        try:
            picture = Pillow.open(BytesIO(data), formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise ImageFault("RG612") from error
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
            raise too_large from error
        except Exception as error:
            raise ImageFault("RG616") from error
        if picture.width * picture.height > MOST_PIXELS:
            raise too_large
        with picture:
            yield picture


__all__ = [
    "Figure",
    "Image",
    "ImageFault",
    "copied",
    "examine_image",
    "figures",
    "may_hold_figures",
    "names_file",
    "read_figure",
    "read_image",
    "same_file",
]
