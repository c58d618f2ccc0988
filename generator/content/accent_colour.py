"""Whether an accent colour can be read, and the nearest that can: WCAG 2.2 success criterion 1.4.3. Pure.

The accent is the colour of links on white and on its own pale wash, and of buttons under white words.
"""

from __future__ import annotations

ENOUGH = 4.5
WASH = 0.07
"""How much of the accent is in the wash behind the head of a page: site.css mixes the same."""
Oklab = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written like #0b5c6b, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(accent: str) -> bool:
    """Whether words in the accent can be read on white and on its wash, and white words on the accent."""
    return min(contrast(accent, "#ffffff"), contrast(accent, wash(accent))) >= ENOUGH


def wash(accent: str) -> str:
    """The pale background that is made from an accent."""
    mixed = (WASH * a + (1 - WASH) * w for a, w in zip(_oklab(accent), (1.0, 0.0, 0.0), strict=True))
    return _hex(*mixed)


def nearest_readable(accent: str) -> str:
    """The same hue, darkened in small steps until it can be read; the colour itself if it already can."""
    lightness, a, b = _oklab(accent)
    for step in range(1001):
        share = 1 - step / 1000
        darker = accent.lower() if step == 0 else _hex(lightness * share, a * share, b * share)
        if readable(darker):
            return darker
    return "#000000"


def _channels(colour: str) -> tuple[float, float, float]:
    """Linear red, green and blue of a colour, from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _encoded(value: float) -> int:
    value = min(1.0, max(0.0, value))
    return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(colour: str) -> Oklab:
    """CSS Color 4: from sRGB to Oklab, in which equal steps look equal."""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _hex(lightness: float, a: float, b: float) -> str:
    """The colour of an Oklab value, as near as sRGB can show it."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#{:02x}{:02x}{:02x}".format(*map(_encoded, (red, green, blue)))
