"""Shades of one colour for cells, the stronger the darker, with the ink that reads on each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from plotly.colors import sample_colorscale, unlabel_rgb

SCALE: dict[str, tuple[str, str, str]] = {
    "light": ("#EEF2F6", "#9CCBD3", "#0B7285"),
    "dark": ("#1E2833", "#1F5F6B", "#3BC9DB"),
}
INKS = ("#000000", "#FFFFFF")
"""Of black and white one always reads on a colour with a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""


@cache
def heat_colours(strength: float, mode: str) -> tuple[str, str]:
    """(ground, ink) of a cell whose strength is 0 to 1, as #RRGGBB; what is beyond counts as the nearer end."""
    colours = SCALE["dark" if mode == "dark" else "light"]
    steps = [[at / (len(colours) - 1), colour] for at, colour in enumerate(colours)]
    (ground,) = sample_colorscale(steps, [min(max(strength, 0.0), 1.0)])
    rgb = [round(part) for part in unlabel_rgb(ground)]
    light = _luminance(rgb)
    ink = INKS[0] if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else INKS[1]
    return "#" + "".join(f"{part:02X}" for part in rgb), ink


def _luminance(rgb: Sequence[int]) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
