"""A heat map as a real table: each cell the darker, the larger its figure.

It is read aloud, copied and scrolled like any other table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from charts import numbers
from charts.labels import needs_rotation, text_width
from charts.shades import heat_colours

CROWDED = 24
"""Columns up to which each has its name, and each cell its figure."""
LONG = 30
"""Ems of a name that always stand in the table."""
WIDTH = 99
"""Per cent of the table that its columns share evenly, as far as the names of the rows leave it."""


@dataclass(frozen=True)
class HeatCell:
    """One cell of a heat map.

    text: its figure as written.
    strength: how dark it is, 0 to 1; None = not known.
    hint: what it says on hover.
    link: where a click leads; "" = nowhere.
    """

    text: str
    strength: float | None
    hint: str
    link: str = ""


def heat_table(
    rows: Sequence[str], columns: Sequence[tuple[str, bool]], cells: Sequence[Sequence[HeatCell]], mode: str
) -> str:
    """HTML of `cells` [row][column] under the names of the columns, the chosen one (True) bold.

    Beyond CROWDED columns only that one is named, and cells carry neither figure nor link.
    """
    crowded = len(columns) > CROWDED
    upright = not crowded and needs_rotation([name for name, _ in columns])
    head = "".join(_title(name, chosen, crowded) for name, chosen in columns)
    body = "".join(
        f'<tr><th scope="row"{_whole(name)}><span>{escape(name)}</span></th>'
        f"{''.join(_cell(one, mode, crowded) for one in line)}</tr>"
        for name, line in zip(rows, cells, strict=True)
    )
    widths = f'<col style="width:{WIDTH / max(len(columns), 1):.1f}%">' * len(columns)
    css = " sq-fine" if crowded else " sq-upright" if upright else ""
    return (
        f'<div class="sq sq-scroll sq-heat{css}"><table><colgroup><col>{widths}</colgroup><thead><tr><th></th>{head}'
        f"</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _title(name: str, chosen: bool, crowded: bool) -> str:
    words = f"<span>{escape(name)}</span>" if chosen or not crowded else ""
    return f'<th scope="col"{" class=sq-here" if chosen else ""}{_whole(name)}>{words}</th>'


def _whole(name: str) -> str:
    """All of a name that the style sheet may end with an ellipsis, said on hover."""
    return f' title="{escape(name)}"' if text_width(name) > LONG else ""


def _cell(one: HeatCell, mode: str, crowded: bool) -> str:
    style = ""
    if numbers.is_known(one.strength):
        ground, ink = heat_colours(one.strength, mode)
        style = f' style="background:{ground};color:{ink}"'
    body = "" if crowded else escape(one.text)
    if one.link and not crowded:
        body = f'<a href="{escape(one.link)}">{body or "&nbsp;"}</a>'
    return f'<td{style} title="{escape(one.hint)}">{body}</td>'
