"""The trend: one metric of one unit over the months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from metrics.assessment.control_chart import ControlCharts, control_charts
from metrics.assessment.expected_paths import PATH_MONTHS, ExpectedPaths, expected_paths
from metrics.assessment.judgement import Shift, shifts_of
from metrics.assessment.records import record_columns, record_frame
from metrics.assessment.signals import PathParts, path_parts, signals
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
    paths = _paths_as_known(figures, rows, place, lasts, phases)
    parts = [
        _months(figures, rows, peers, inside, (window_ending(last, period, covered), period, lang, phases), path)
        for last, path in zip(lasts, paths, strict=True)
    ]
    together = record_frame(parts)
    drawn = None
    if period == "month" and covered.last < figures.axes.first_month + len(figures.axes.months):
        upto = covered.last - figures.axes.first_month
        units = np.full(len(rows), place)
        drawn = control_charts(figures, rows, units, upto, max(months, CHART_MONTHS), phases)
        path = expected_paths(figures, rows, units, upto, phases, max(months, PATH_MONTHS))
    found = {}
    for number, metric in enumerate(metrics):
        frame = (
            together.iloc[number :: len(rows)].reset_index(drop=True).assign(month=[month_name(last) for last in lasts])
        )
        if drawn is not None:
            _draw_on(frame, drawn, number, figures.axes.first_month)
            _draw_path(frame, path, number)
        found[metric] = frame
    return found


def shifts(figures: Figures, metric: str, unit: str, month: str, phases: Phases | None = None) -> list[Shift]:
    """Every step in the path of one metric of one unit to `month`, the oldest first."""
    row, place = figures.axes.metric_index(metric), figures.axes.unit_index(unit)
    last = month_number(month) - figures.axes.first_month
    if not 0 <= last < len(figures.axes.months):
        return []
    return shifts_of(expected_paths(figures, np.array([row]), np.array([place]), last, phases), 0)


def _paths_as_known(
    figures: Figures, rows: Indices, unit: int, lasts: range, phases: Phases | None
) -> list[PathParts | None]:
    """What each of the months `lasts` was judged by, from what was known in it; all at once."""
    months = len(figures.axes.months)
    inside = [last - figures.axes.first_month for last in lasts if last - figures.axes.first_month < months]
    if not inside:
        return [None] * len(lasts)
    metrics = np.tile(rows, len(inside))
    parts = path_parts(figures, metrics, np.full(len(metrics), unit), np.repeat(inside, len(rows)), phases)
    count = len(rows)
    known = [{name: part[k * count : (k + 1) * count] for name, part in parts.items()} for k in range(len(inside))]
    return [*known, *[None] * (len(lasts) - len(inside))]


def _months(
    figures: Figures,
    rows: Indices,
    peers: Indices,
    inside: Indices,
    asked: tuple[Window, str, str, Phases | None],
    path: PathParts | None,
) -> dict[str, Any]:
    """The scorecard's lines of one month, as they were judged then; asked: its window, period, language, phases."""
    covered, period, lang, phases = asked
    found = standing(figures, covered, period, peers, rows)
    judged = signals(figures, found, covered, inside, phases, path)
    return record_columns(figures, found, judged, np.arange(len(rows)), np.full(len(rows), inside[0]), lang)


JUMPS = np.array(["low", None, "high"], dtype="object")
OUTSIDE = {"high": "outside_high", "low": "outside_low"}


def _draw_path(frame: pd.DataFrame, path: ExpectedPaths, row: int) -> None:
    """Puts the path of all months into their rows, as seen from the last month."""
    shown = slice(path.value.shape[1] - len(frame), None)
    frame["expected"] = path.expected[row, shown]
    frame["path_lower"], frame["path_upper"] = path.lower[row, shown], path.upper[row, shown]
    frame["jump"] = pd.Series(list(JUMPS[path.paths.jump[row, shown] + 1]), dtype="object")


def as_path(frame: pd.DataFrame) -> pd.DataFrame:
    """A trend whose centre, limits and point types are those of its path; what a chart of the judgement draws."""
    if "expected" not in frame:
        return frame
    known = frame["expected"].notna() & frame["value"].notna()
    kinds = [
        OUTSIDE.get(str(jump), "common" if judged else None) for jump, judged in zip(frame["jump"], known, strict=True)
    ]
    return frame.assign(
        centre=frame["expected"],
        lower=frame["path_lower"],
        upper=frame["path_upper"],
        point_type=pd.Series(kinds, index=frame.index, dtype="object"),
    )


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
