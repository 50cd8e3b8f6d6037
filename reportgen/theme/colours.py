"""Colours that can be read: contrast as WCAG 2.2 defines it, lighter and darker shades, lightness in greyscale."""

from __future__ import annotations

import colorsys
from typing import Final

ENOUGH: Final = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""
EASY: Final = 7.0
APART: Final = 10.0
"""Difference in lightness (CIE 1976 L*) from which two greys are told apart at a glance."""
WHITE: Final = "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours given as ``#rrggbb``, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """Return how light a colour is once it is grey, from 0 to 100 (CIE 1976 L*)."""
    luminance = _luminance(colour)
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def tint(colour: str, share: float) -> str:
    """Return white with a ``share`` of ``colour`` in it: as much as leaves text in ``colour`` readable on it."""
    for part in range(round(share * 100), 0, -1):
        mixed = mix(colour, part / 100)
        if contrast(colour, mixed) >= ENOUGH:
            return mixed
    return WHITE


def mix(colour: str, share: float) -> str:
    """Return white with a ``share`` of ``colour`` in it."""
    return _hex(*(1 - share * (1 - part) for part in _parts(colour)))


def darker(colour: str) -> str:
    """Return the nearest shade of ``colour`` that can be read on white."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(100, -1, -1):
        shade = _hex(*colorsys.hls_to_rgb(hue, light * step / 100, saturation))
        if contrast(shade, WHITE) >= ENOUGH:
            return shade
    return "#000000"


def apart(colour: str, other: str) -> str:
    """Return the nearest shade of ``colour`` that can be read on white and is told apart from ``other`` in greyscale."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    steps = sorted(range(101), key=lambda step: abs(step / 100 - light))
    shades = (colour, *(_hex(*colorsys.hls_to_rgb(hue, step / 100, saturation)) for step in steps))
    return next(shade for shade in shades if contrast(shade, WHITE) >= ENOUGH and are_apart(shade, other))


def are_apart(one: str, other: str) -> bool:
    """Whether two colours are told apart at a glance once they are grey."""
    return abs(lightness(one) - lightness(other)) >= APART


def lighter(colour: str, ground: str) -> str:
    """Return the nearest lighter shade of ``colour`` that is easily read on a dark ``ground`` (7 to 1, WCAG 2.2, 1.4.6)."""
    shades = (mix(colour, share / 100) for share in range(100, -1, -1))
    return next((shade for shade in shades if contrast(shade, ground) >= EASY), WHITE)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _hex(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
