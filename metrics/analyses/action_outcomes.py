"""Actions and what became of them: the metric when the action was agreed, and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from metrics.analyses.effect import effect, effect_in_words
from metrics.analyses.scorecard import scorecard
from metrics.assessment.standing import change
from metrics.engine.figures import Figures
from metrics.statistics.arrays import Array

COLUMNS = (
    "month",
    "unit",
    "metric",
    "action",
    "owner",
    "due",
    "state",
    "result",
    "value_then",
    "value_now",
    "change",
    "overdue",
    "verdict",
    "effect",
)


def action_outcomes(figures: Figures, unit: str, month: str, lang: str = "en") -> pd.DataFrame:
    """The actions of `unit` agreed up to `month`, one row each, newest first (COLUMNS).

    Rows: actions still open, and those agreed in this month or the one before.
    value_then, value_now: the metric's value in the month of the action and in `month` (NaN without a metric).
    change: from value_then to value_now, see `_since`.
    overdue: open after its due date.
    effect: whether the metric changed in the month of the action, in words (see effect); "" without a metric.
    """
    found = figures.snapshot.actions()
    found = found[(found["unit"] == unit) & (found["month"] <= month)]
    months = sorted({*found["month"], month})
    recent = {month, *(one for one in months if one < month and one == _before(month))}
    found = found[(found["state"] == "open") | found["month"].isin(recent)].sort_values(
        ["month", "action"], ascending=[False, True]
    )
    if found.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    cards = {one: scorecard(figures, unit, one, lang=lang).set_index("metric") for one in {*found["month"], month}}

    def value(when: str, code: object, column: str) -> Any:
        known = figures.axes.find_metric_index(code)
        return cards[when].loc[figures.axes.metrics[known].code, column] if known >= 0 else None

    rows = found.to_dict("records")
    then = np.array([value(row["month"], row["metric"], "value") for row in rows], dtype=float)
    now = np.array([value(month, row["metric"], "value") for row in rows], dtype=float)
    end = pd.Period(month, "M").end_time
    due = pd.to_datetime(found["due"])
    return (
        found.assign(
            value_then=then,
            value_now=now,
            change=_since(figures, rows, then, now, month),
            overdue=((found["state"] == "open") & (due < end)).to_numpy(),
            verdict=[value(month, row["metric"], "verdict") for row in rows],
            effect=[_effect_since(figures, row, unit, month, lang) for row in rows],
        )
        .reindex(columns=list(COLUMNS))
        .reset_index(drop=True)
    )


def _since(figures: Figures, rows: Sequence[Mapping[Any, Any]], then: Array, now: Array, month: str) -> Array:
    """The change since an action was agreed (see standing.change).

    NaN for what was agreed in `month` itself: there is no change to measure yet.
    """
    known = [figures.axes.find_metric_index(row["metric"]) for row in rows]
    points = np.array([place >= 0 and figures.axes.changes_in_points[place] for place in known], dtype=bool)
    later = np.array([row["month"] < month for row in rows], dtype=bool)
    return np.where(later, change(now, then, points), np.nan)


def _effect_since(figures: Figures, row: Mapping[Any, Any], unit: str, month: str, lang: str) -> str:
    known = figures.axes.find_metric_index(row["metric"])
    if known < 0 or row["month"] >= month:
        return ""
    metric = figures.axes.metrics[known]
    return effect_in_words(effect(figures, metric.code, unit, row["month"], month), metric, lang)


def _before(month: str) -> str:
    return str(pd.Period(month, "M") - 1)
