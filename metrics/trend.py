"""The trend: one metric of one unit over the months."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.control import WINDOW, Control, control
from metrics.figures import Figures
from metrics.periods import Window, ending, name_of, window
from metrics.phases import Phases
from metrics.records import COLUMNS, fields, framed
from metrics.rollup import Indices
from metrics.signals import signals
from metrics.standing import standing
from metrics.statistics.xmr import POINT_TYPES

MONTHS = 36


def trend(
    figures: Figures,
    metric: str,
    unit: str,
    month: str,
    period: str = "month",
    months: int = MONTHS,
    lang: str = "en",
    phases: Phases | None = None,
) -> pd.DataFrame:
    """One row per month to `month`, the oldest first: month and records.COLUMNS; of single months also sigma_z.

    Each point is the period of that kind that ends with its month. Months before the first with data are left out. For single months
    centre, limits and point types are those of one chart over all of them; signal and verdict are what was known in that month.
    phase_start: the month in which a point's phase began; `phases` replaces those of the loaded events.
    """
    covered = window(month, period)
    place = figures.unit_index(unit)
    row = figures.metric_index(metric)
    peers = figures.peers(figures.organisation.level(unit))
    inside = np.flatnonzero(peers == place)
    first = max(covered.last - months + 1, figures.first_month)
    parts = [
        _point(figures, row, peers, inside, ending(last, period, covered), period, lang, phases)
        for last in range(first, covered.last + 1)
    ]
    if not parts:
        return pd.DataFrame(columns=["month", *COLUMNS])
    frame = framed(parts).assign(month=[name_of(last) for last in range(first, covered.last + 1)])
    if period == "month" and covered.last < figures.first_month + len(figures.months):
        _draw_on(
            frame,
            control(
                figures,
                np.array([row]),
                np.array([place]),
                covered.last - figures.first_month,
                max(months, WINDOW),
                phases,
            ),
            figures.first_month,
        )
    return frame


def _point(
    figures: Figures,
    row: int,
    peers: Indices,
    inside: Indices,
    covered: Window,
    period: str,
    lang: str,
    phases: Phases | None,
) -> dict[str, Any]:
    """The scorecard's line of one month, as it was judged then."""
    found = standing(figures, covered, period, peers, [row])
    judged = signals(figures, found, covered, inside, phases)
    return fields(figures, found, judged, np.array([0]), inside, lang)


def _draw_on(frame: pd.DataFrame, chart: Control, first_month: int) -> None:
    """Puts the chart of all months into their rows: one centre and one pair of limits a phase, as seen from the last month."""
    shown = slice(chart.value.shape[1] - len(frame), None)
    for name in ("centre", "lower", "upper", "provisional"):
        frame[name] = getattr(chart, name)[0, shown]
    frame["point_type"] = pd.Series([POINT_TYPES[code] or None for code in chart.point_type[0, shown]], dtype="object")
    began = chart.phase[0, shown]
    frame["phase_start"] = pd.Series(
        [name_of(first_month + chart.first + place) if place > 0 else None for place in began], dtype="object"
    )
    frame["chart"] = chart.chart[0]
    frame["sigma_z"] = chart.sigma_z[0]
