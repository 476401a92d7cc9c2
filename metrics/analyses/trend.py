"""The trend: one metric of one unit over the months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from metrics.assessment.control_chart import ControlCharts, control_charts
from metrics.assessment.records import record_columns, record_frame
from metrics.assessment.signals import signals
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS, Phases
from metrics.model.periods import Window, month_name, month_number, window, window_ending
from metrics.model.record import COLUMNS
from metrics.statistics.arrays import Indices
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
    """One metric of one unit over the months to `month`, oldest first: month and record.COLUMNS; monthly also sigma_z.

    Each point is the period of that kind that ends with its month. Months before the first with data are left out.
    Of single months centre, limits and point types are those of one chart over all of them; signal and verdict are
    what was known in that month.
    phase_start: the month in which a point's phase began. `phases` replaces those of the loaded events.
    """
    return trends(figures, [metric], unit, month, period, months, lang, phases)[metric]


def complete_periods(figures: Figures, frame: pd.DataFrame, metric: str, month: str, period: str) -> pd.DataFrame:
    """The rows of a trend to `month` that can be compared with each other.

    One for each quarter; of a sum of 12 months those from the first month on that has as many. The quarter that `month`
    lies in stands with them before it is over where the metric does not grow with its months. Without any complete
    period it is the last row alone.
    """
    last, first = frame["month"].map(month_number), figures.axes.first_month
    growing = figures.axes.accumulates[figures.axes.metric_index(metric)]
    if period == "quarter":
        whole = (last % 3 == 2) & (last >= first + 2)
        found = frame[whole if growing else whole | (frame["month"] == month)]
    else:
        found = frame[last >= first + 11] if period == "rolling12" and growing else frame
    return found if len(found) else frame.tail(1)


def trends(
    figures: Figures,
    metrics: Sequence[str],
    unit: str,
    month: str,
    period: str = "month",
    months: int = MONTHS,
    lang: str = "en",
    phases: Phases | None = None,
) -> dict[str, pd.DataFrame]:
    """The trend of each of `metrics`, by its code as given.

    What `trend` says of one, with each month judged for all of them at once.
    """
    covered = window(month, period)
    place = figures.axes.unit_index(unit)
    rows = np.array([figures.axes.metric_index(metric) for metric in metrics], dtype=int)
    peers = figures.axes.peers(figures.organisation.level(unit))
    inside = np.flatnonzero(peers == place)
    first = max(covered.last - months + 1, figures.axes.first_month)
    lasts = range(first, covered.last + 1)
    if not len(rows) or not lasts:
        return {metric: pd.DataFrame(columns=["month", *COLUMNS]) for metric in metrics}
    parts = [
        _months(figures, rows, peers, inside, window_ending(last, period, covered), period, lang, phases)
        for last in lasts
    ]
    together = record_frame(parts)
    drawn = None
    if period == "month" and covered.last < figures.axes.first_month + len(figures.axes.months):
        upto = covered.last - figures.axes.first_month
        drawn = control_charts(figures, rows, np.full(len(rows), place), upto, max(months, CHART_MONTHS), phases)
    found = {}
    for number, metric in enumerate(metrics):
        frame = (
            together.iloc[number :: len(rows)].reset_index(drop=True).assign(month=[month_name(last) for last in lasts])
        )
        if drawn is not None:
            _draw_on(frame, drawn, number, figures.axes.first_month)
        found[metric] = frame
    return found


def _months(
    figures: Figures,
    rows: Indices,
    peers: Indices,
    inside: Indices,
    covered: Window,
    period: str,
    lang: str,
    phases: Phases | None,
) -> dict[str, Any]:
    """The scorecard's lines of one month, as they were judged then."""
    found = standing(figures, covered, period, peers, rows)
    judged = signals(figures, found, covered, inside, phases)
    return record_columns(figures, found, judged, np.arange(len(rows)), np.full(len(rows), inside[0]), lang)


def _draw_on(frame: pd.DataFrame, chart: ControlCharts, row: int, first_month: int) -> None:
    """Puts the chart of all months into their rows, as seen from the last month.

    One centre and one pair of limits a phase.
    """
    shown = slice(chart.value.shape[1] - len(frame), None)
    for name in ("centre", "lower", "upper", "provisional"):
        frame[name] = getattr(chart, name)[row, shown]
    frame["point_type"] = pd.Series(
        [POINT_TYPES[code] or None for code in chart.point_type[row, shown]], dtype="object"
    )
    began = chart.phase[row, shown]
    frame["phase_start"] = pd.Series(
        [month_name(first_month + chart.first + place) if place > 0 else None for place in began], dtype="object"
    )
    frame["chart"] = chart.chart[row]
    frame["sigma_z"] = chart.sigma_z[row]
