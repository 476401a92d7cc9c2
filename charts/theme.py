"""Colours, type and one Plotly template in light and dark: everything that a chart takes from the design."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

FONT = 'Inter, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans TC", "PingFang TC", sans-serif'
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
"""What a file name cannot hold everywhere."""


@dataclass(frozen=True)
class Palette:
    """The colours of one mode. `better` and `worse` carry meaning, `accent` is the chosen unit, the rest is quiet.

    *_text are the same meanings with a contrast of at least 4.5 to the surface, for words and figures.
    """

    surface: str
    ink: str
    muted: str
    rule: str
    band: str
    limits: str
    peer: str
    accent: str
    better: str
    worse: str
    better_text: str
    worse_text: str

    def for_tone(self, tone: str) -> str:
        """The colour of a point by its tone (metrics.tone), the chosen unit's where it has none."""
        return {"better": self.better, "worse": self.worse}.get(tone, self.accent)


LIGHT = Palette(
    surface="#FFFFFF", ink="#1F2933", muted="#6B7785", rule="#E4E7EB", band="#EEF2F6", limits="#E3E9F0", peer="#C3CBD4",
    accent="#0B7285", better="#1C5FBF", worse="#C8620B", better_text="#1C5FBF", worse_text="#A9520A",
)  # fmt: skip
DARK = Palette(
    surface="#12181F", ink="#E5E9F0", muted="#9AA5B1", rule="#323F4B", band="#1E2833", limits="#26323F", peer="#4A5865",
    accent="#3BC9DB", better="#74A9F7", worse="#F5A35C", better_text="#74A9F7", worse_text="#F5A35C",
)  # fmt: skip


def palette(mode: str) -> Palette:
    """The colours of `mode`; anything but "dark" is light."""
    return DARK if mode == "dark" else LIGHT


@cache
def template(mode: str) -> go.layout.Template:
    """The Plotly template: no frame, few rules, tabular room for direct labels."""
    colours = palette(mode)
    axis = {
        "gridcolor": colours.rule,
        "linecolor": colours.rule,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        # Every label has its room: to look which would leave the picture is a sixth of what a chart takes to be drawn.
        "ticklabeloverflow": "allow",
        "tickfont": {"color": colours.muted, "size": 12},
        "title": {"font": {"color": colours.muted, "size": 12}},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12, "color": colours.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": colours.surface,
                "bordercolor": colours.rule,
                "font": {"family": FONT, "color": colours.ink, "size": 12},
            },
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "bargap": 0.35,
            "dragmode": False,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colours.muted, "activecolor": colours.accent},
        }
    )


def empty_figure(mode: str, height: int) -> go.Figure:
    """A figure of `height` pixels with the template and nothing in it."""
    figure = go.Figure()
    figure.update_layout(template=template(mode), height=height)
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return figure


def picture_file_name(*words: str) -> str:
    """The name, without its ending, of a file that holds a picture of what `words` say."""
    return "_".join(part for part in (FORBIDDEN.sub("-", word).strip("-") for word in words) if part) or "chart"


def config_with_download(*words: str, said: str = "") -> dict[str, object]:
    """CONFIG with a button (on hover) that saves the chart at twice its size.

    words: what the file is named after.
    said: what the button says.
    """
    name = picture_file_name(*words)
    told = {"locale": "told", "locales": {"told": {"dictionary": {"Download plot as a PNG": said}}}} if said else {}
    return {
        **CONFIG,
        **told,
        "displayModeBar": "hover",
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": name},
    }


def resized(figure: go.Figure, width: int, height: int) -> go.Figure:
    """A copy of `figure`, `width` by `height` pixels."""
    return go.Figure(figure).update_layout(width=width, height=height)


def with_alt_text(figure: go.Figure, words: str) -> go.Figure:
    """`figure` with its text alternative: what a reader who cannot see it is told. Pages read it with `alternative`."""
    figure.update_layout(meta={"alternative": words})
    return figure


def alt_text(figure: go.Figure) -> str:
    """What `described` said; empty if nothing."""
    return str((figure.layout.meta or {}).get("alternative", ""))


def escape_plotly(text: object) -> str:
    """`text` so that Plotly shows it as it is: names come from users' files and Plotly reads a little HTML."""
    return html.escape(str(text), quote=False)
