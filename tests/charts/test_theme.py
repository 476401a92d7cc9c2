"""The palette can be read, in light and dark."""

from __future__ import annotations

import pytest

from charts.theme import (
    DARK,
    LIGHT,
    Palette,
    config_with_download,
    empty_figure,
    escape_plotly,
    palette,
    resized,
    template,
)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("role", ["ink", "muted", "accent", "better_text", "worse_text"])
def test_text_has_contrast(colours: Palette, role: str) -> None:
    assert contrast(getattr(colours, role), colours.surface) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_ink_reads_on_bands(colours: Palette) -> None:
    assert contrast(colours.ink, colours.band) >= 4.5


def test_one_template_per_mode() -> None:
    assert palette("dark") is DARK
    assert palette("anything") is LIGHT
    assert template("light").layout.font.color == LIGHT.ink
    assert empty_figure("dark", 200).layout.template.layout.font.color == DARK.ink


def test_a_saved_picture_is_named_after_what_it_shows() -> None:
    options = config_with_download("大洋", "Complaints: rate / 10,000", "2025-11")["toImageButtonOptions"]
    assert options == {"format": "png", "scale": 2, "filename": "大洋_Complaints-rate-10,000_2025-11"}


def test_a_figure_made_larger_leaves_the_first_as_it_is() -> None:
    figure = empty_figure("light", 200)
    larger = resized(figure, 640, 480)
    assert (larger.layout.width, larger.layout.height, figure.layout.width, figure.layout.height) == (
        640,
        480,
        None,
        200,
    )


def test_names_are_shown_as_they_are() -> None:
    assert escape_plotly("<b>A&B</b>") == "&lt;b&gt;A&amp;B&lt;/b&gt;"
