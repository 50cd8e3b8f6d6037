"""Draws ``sample_inputs/theme/logo.png``, the logo of a house that does not exist: ``python -m tests.theme.logo``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

PATH = Path(__file__).parents[2] / "sample_inputs" / "theme" / "logo.png"
MAIN, LIGHT = (91, 31, 58), (201, 163, 90)


def draw() -> Image.Image:
    """Return a lighthouse with two beams, drawn large and made smaller so that its edges are smooth."""
    picture = Image.new("RGBA", (1600, 960), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(700, 250), (60, 120), (60, 330)], fill=LIGHT)
    pen.polygon([(900, 250), (1540, 120), (1540, 330)], fill=LIGHT)
    pen.polygon([(700, 340), (900, 340), (980, 860), (620, 860)], fill=MAIN)
    pen.rectangle((660, 300, 940, 345), fill=MAIN)
    pen.rectangle((720, 200, 880, 300), fill=MAIN)
    pen.pieslice((720, 120, 880, 280), 180, 360, fill=MAIN)
    pen.rectangle((745, 225, 855, 285), fill="white")
    pen.rectangle((520, 860, 1080, 900), fill=MAIN)
    return picture.resize((400, 240), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw().save(PATH, optimize=True)
