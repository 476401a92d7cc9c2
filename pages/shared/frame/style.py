"""The style sheet: the few things that the theme's settings cannot say."""

from __future__ import annotations

from urllib.parse import quote

from charts.theme import DARK, Palette
from pages.shared.browser import read_source

CHEVRON = (
    "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='10' height='6'%3E"
    "%3Cpath d='M1 1l4 4 4-4' fill='none' stroke='{colour}' stroke-width='1.5'/%3E%3C/svg%3E\")"
)


def uploader_style(button: str, hint: str) -> str:
    """The file box speaks English only; these rules put our words in their place.

    Both are messages of the catalogue.
    """
    choose, hints = (
        "[data-testid=stFileUploaderDropzone] button p",
        "[data-testid=stFileUploaderDropzoneInstructions] span",
    )
    return (
        f"<style>{choose}, {hints} {{font-size: 0 !important}}"
        f'{choose}::after {{content: "{button}"; font-size: 14px}}'
        f'{hints}::after {{content: "{hint}"; font-size: 13px}}</style>'
    )


def style_sheet(colours: Palette) -> str:
    """The sheet with the palette's colours, as a style element."""
    names = {
        "INK": colours.ink,
        "MUTED": colours.muted,
        "RULE": colours.rule,
        "BAND": colours.band,
        "ACCENT": colours.accent,
        "BETTER": colours.better_text,
        "WORSE": colours.worse_text,
        "SURFACE": colours.surface,
        "SHADE": f"{colours.muted}38",
        "SCHEME": "dark" if colours is DARK else "light",
        "CHEVRON": CHEVRON.format(colour=quote(colours.muted)),
    }
    sheet = read_source("style.css")
    for name, colour in names.items():
        sheet = sheet.replace(name, colour)
    return f"<style>\n{sheet}</style>"


def present_style_sheet() -> str:
    """What present mode adds, as a style element, and the mark by which the scripts know it."""
    return f'<style>\n{read_source("present.css")}</style><i class="sq-stage"></i>'
