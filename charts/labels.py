"""Names on charts: in as many lines as they need, and as much room beside the chart as they take; never cut."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from charts.theme import escape_plotly, resized

WIDE, NARROW = 1.0, 0.6
"""Ems of a Chinese sign and of a Latin one."""
EM, LEADING = 12, 15
"""Pixels of an em and from line to line."""
TICK, END = 15, 10
"""Ems of a line of a name on the axis of bars, and of one at the end of a line."""
NAME, ELLIPSIS = 40, "…"
"""Ems of a name that are shown, three lines beside bars, and what stands for the rest."""
AIR = 12
APART = "\u2002"
"""Between the end of a row and its value."""
BESIDE = "beside"
"""What labels beside the right end are called among a figure's annotations."""
TITLE = 18
"""Pixels of an upright title."""
STEPS = 6
COLUMNS, LEAST, STORIES = 56, 3.5, 3
"""Ems of all names above the columns of a map, the least that a line of one is given, and the lines that stand level.
"""


def text_width(words: str) -> float:
    """The width of `words`."""
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in words)


def wrap_text(words: str, most: float) -> list[str]:
    """`words` in as few and as even lines of at most `most` ems as can be.

    Chinese breaks anywhere, the rest at spaces if a word fits a line.
    """
    if text_width(words) <= most:
        return [words]
    fewest = _filled(words, most, most)
    width = text_width(words) / len(fewest)
    while width < most:
        if len(tried := _filled(words, width, most)) <= len(fewest):
            return tried
        width += NARROW
    return fewest


def shorten_name(name: object) -> str:
    """A name as charts show it: cut with an ellipsis beyond NAME ems.

    The whole of it is said on hover.
    """
    words = str(name)
    if text_width(words) <= NAME:
        return words
    while text_width(words + ELLIPSIS) > NAME:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS


def wrap_name(name: object, most: float) -> list[str]:
    """A name, shortened, in lines of at most `most` ems."""
    return wrap_text(shorten_name(name), most)


def axis_label(words: object, most: float = TICK, bold: bool = False) -> str:
    """`words` as Plotly reads them, in lines of at most `most` ems."""
    text = "<br>".join(escape_plotly(line) for line in wrap_name(words, most))
    return f"<b>{text}</b>" if bold else text


def needs_rotation(names: Sequence[str]) -> bool:
    """Whether names above columns are too long to stand level in a few lines."""
    room = max(COLUMNS / max(len(names), 1), LEAST)
    return max((len(wrap_text(name, room)) for name in names), default=1) > STORIES


def category_axis_width(names: Iterable[object], most: float = TICK) -> int:
    """Pixels that names on the axis of bars take."""
    return round(EM * max((text_width(line) for name in names for line in wrap_name(name, most)), default=0.0)) + AIR


def value_axis_width(low: float, high: float, suffix: str = "", title: str = "", written: Sequence[str] = ()) -> int:
    """Pixels beside an axis of numbers from `low` to `high`, with its title.

    written: the numbers along it; some five even steps, if not given.
    """
    step = (high - low) / STEPS
    decimals = max(0, -math.floor(math.log10(step))) if step > 0 else 0
    shown = written or [f"{number:,.{decimals}f}{suffix}" for number in (low, high)]
    return round(EM * max(map(text_width, shown))) + AIR + (TITLE if title else 0)


def row_height(names: Iterable[object], least: int, most: float = TICK) -> int:
    """Pixels of a row of bars, so that the name with the most lines has its room; at least `least`."""
    deepest = max((len(wrap_name(name, most)) for name in names), default=1)
    return least if deepest == 1 else max(least, LEADING * deepest + 6)


def add_row_labels(
    figure: go.Figure, shown: Sequence[str], at: float, colours: Sequence[str], bold: Sequence[bool]
) -> float:
    """Writes the value of each row in one column and returns its width in pixels.

    shown: the values as written, the first below.
    at: where on the axis the column begins.
    """
    figure.add_scatter(
        y=list(range(len(shown))),
        x=[at] * len(shown),
        mode="text",
        text=[
            f"{APART}<b>{value}</b>" if strong else f"{APART}{value}" for value, strong in zip(shown, bold, strict=True)
        ],
        textposition="middle right",
        textfont={"color": list(colours), "size": EM},
        hoverinfo="skip",
        cliponaxis=False,
    )
    return AIR + EM * max((text_width(APART + value) for value in shown), default=0.0)


@dataclass(frozen=True)
class EndLabel:
    """Words beside the right end of a chart at the height `y` of its axis."""

    y: float
    words: str
    colour: str
    bold: bool = False


def add_end_labels(
    figure: go.Figure,
    labels: Sequence[EndLabel],
    *,
    low: float,
    high: float,
    height: float,
    most: float = END,
    shift: int = 4,
) -> int:
    """Writes labels beside the right end of a chart and returns the width in pixels that they take.

    They are moved apart so that none touches another.
    low, high: what `height` pixels of the plot show of the axis.
    """
    text = [wrap_text(label.words, most) for label in labels]
    scale = (high - low) / max(height, 1)
    placed = spread_labels(
        [(label.y, len(words) * LEADING * scale) for label, words in zip(labels, text, strict=True)], low, high
    )
    for label, words, y in zip(labels, text, placed, strict=True):
        body = "<br>".join(escape_plotly(line) for line in words)
        figure.add_annotation(
            x=1,
            xref="paper",
            y=y,
            xanchor="left",
            yanchor="middle",
            xshift=shift,
            showarrow=False,
            align="left",
            name=BESIDE,
            text=f"<b>{body}</b>" if label.bold else body,
            font={"color": label.colour, "size": EM},
        )
    widest = max((text_width(line) for words in text for line in words), default=0.0)
    return round(widest * EM + AIR + shift - 4)


def resize_with_labels(figure: go.Figure, width: int, height: int) -> go.Figure:
    """`figure` in another size, its labels beside the right end moved apart anew."""
    found = resized(figure, width, height)
    notes = [note for note in found.layout.annotations if note.name == BESIDE]
    if notes and found.layout.yaxis.range:
        first, last = found.layout.yaxis.range
        up = 1 if last > first else -1
        low, high = sorted((up * first, up * last))
        scale = (high - low) / max(height - found.layout.margin.t - found.layout.margin.b, 1)
        extents = [(note.text.count("<br>") + 1) * LEADING * scale for note in notes]
        placed = spread_labels([(up * note.y, extent) for note, extent in zip(notes, extents, strict=True)], low, high)
        for note, y in zip(notes, placed, strict=True):
            note.y = up * y
    return found


def spread_labels(labels: Sequence[tuple[float, float]], low: float, high: float) -> list[float]:
    """The middles of labels (middle, extent), moved so that none overlaps another.

    As near to where they belong as that allows; within low to high if they fit.
    """
    order = sorted(range(len(labels)), key=lambda one: (labels[one][0], one))
    groups: list[_Group] = []
    for one in order:
        groups.append(_Group((one,), labels[one][0], labels[one][1]).within(low, high))
        while len(groups) > 1 and groups[-2].top > groups[-1].bottom:
            above, below = groups.pop(), groups.pop()
            groups.append(below.with_above(above).within(low, high))
    placed = [0.0] * len(labels)
    for group in groups:
        at = group.bottom
        for one in group.members:
            placed[one] = at + labels[one][1] / 2
            at += labels[one][1]
    return placed


@dataclass(frozen=True)
class _Group:
    """Labels that stand on each other, from the bottom up; `middle` is the mean of where they belong."""

    members: tuple[int, ...]
    middle: float
    extent: float

    @property
    def bottom(self) -> float:
        return self.middle - self.extent / 2

    @property
    def top(self) -> float:
        return self.middle + self.extent / 2

    def with_above(self, other: _Group) -> _Group:
        mine, theirs = len(self.members), len(other.members)
        middle = (self.middle * mine + other.middle * theirs) / (mine + theirs)
        return _Group(self.members + other.members, middle, self.extent + other.extent)

    def within(self, low: float, high: float) -> _Group:
        least, most = low + self.extent / 2, high - self.extent / 2
        return replace(self, middle=(low + high) / 2 if least > most else min(max(self.middle, least), most))


def _filled(words: str, width: float, most: float) -> list[str]:
    """Lines of at most `width` ems, each filled before the next begins; a word wider than that has a line of its own,
    up to `most` ems.
    """
    found, line = [], ""
    for piece in _pieces(words, most):
        if line and text_width((line + piece).rstrip()) > width:
            found.append(line.strip())
            line = ""
        line += piece
    return [*found, line.strip()] if line.strip() else found


def _pieces(words: str, width: float) -> list[str]:
    """What is not broken: a Chinese sign, a Latin word with the space after it; a word wider than a line sign by
    sign.
    """
    found: list[str] = []
    latin = ""
    for sign in words + "\n":
        ended = (latin.endswith(" ") and sign != " ") or (latin.endswith("-") and latin[:-1].isalpha())
        if sign != "\n" and unicodedata.east_asian_width(sign) not in "WFA" and not ended:
            latin += sign
            continue
        if latin:
            found.extend([latin] if text_width(latin.rstrip()) <= width else list(latin))
        latin = ""
        if sign != "\n":
            if unicodedata.east_asian_width(sign) in "WFA":
                found.append(sign)
            else:
                latin = sign
    return found
