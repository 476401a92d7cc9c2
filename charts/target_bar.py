"""A target bar: how much of a target is reached, as a small inline SVG."""

from __future__ import annotations

from charts.numbers import is_known
from charts.theme import Palette

HEIGHT = 12
MOST = 150.0
"""Per cent of the target at which the bar ends; beyond it an arrow head says that there is more."""


def target_bar(attainment: float | None, colours: Palette, *, paint: str = "", width: int = 72) -> str:
    """SVG of a bar of `attainment` with a tick at 100; "" if it is not known.

    attainment: per cent of the target; negative counts as 0.
    """
    if not is_known(attainment):
        return ""
    scale = (width - 2) / MOST
    length = min(max(attainment, 0.0), MOST) * scale
    tick = 100 * scale
    more = f'<path d="M{width - 7} 2 l5 4 l-5 4 z" fill="{colours.surface}"/>' if attainment > MOST else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}">'
        f'<rect x="0" y="3" width="{width - 2}" height="6" fill="{colours.band}"/>'
        f'<rect x="0" y="3" width="{length:.1f}" height="6" fill="{paint or colours.muted}"/>{more}'
        f'<rect x="{tick - 0.75:.1f}" y="0" width="1.5" height="{HEIGHT}" fill="{colours.ink}"/></svg>'
    )
