"""Standings as rows: the columns that scorecard, ranking and trend share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from metrics.assessment.signals import NOISE, SIGNAL, Signals
from metrics.assessment.standing import Standing
from metrics.assessment.verdicts import verdict
from metrics.engine.figures import Figures
from metrics.engine.provisional import day_named
from metrics.model.periods import month_name
from metrics.model.record import COLUMNS, KINDS, record_of
from metrics.statistics.arrays import Indices
from metrics.statistics.false_discovery import discoveries
from metrics.statistics.xmr import POINT_TYPES


def _held(by: type, otherwise: Set[str]) -> tuple[str, ...]:
    """The columns that a record of arrays [metric, peer] holds under their own names."""
    return tuple(name for name in COLUMNS if name in {field.name for field in fields(by)} - otherwise)


# A standing has one number of peers a metric, and says until when a figure is provisional.
STANDING_FIELDS = _held(Standing, {"peers", "provisional"})
SIGNAL_FIELDS = _held(Signals, {"point_type", "course_since", "shift_since"})
# Three months together: column -> its name in uncertainty.PooledInterval.
POOLED_FIELDS = {
    "pooled": "value",
    "pooled_low": "low",
    "pooled_high": "high",
    "pooled_base": "base",
    "pooled_months": "months",
}
# Words, None where there is nothing to say; they and the names are columns of objects, all others are numbers or flags.
TEXT_FIELDS = tuple(name for name, kind in KINDS.items() if kind == (str | None) and name != "verdict")
OBJECT_FIELDS = {name for name, kind in KINDS.items() if kind in (str, str | None)}
# What a verdict is written from.
VERDICT_FIELDS = (
    *POOLED_FIELDS,
    "phase_start",
    "month_value",
    "signal",
    "variation",
    "point_type",
    "assurance",
    "lower",
    "upper",
    "centre",
    "monthly_target",
    "provisional",
    "points",
    "denominator",
    "units_known",
    "units_expected",
    "expected",
    "path_lower",
    "path_upper",
    "jump",
    "model",
    "course",
    "course_since",
    "per_month",
    "shift_since",
    "shift_change",
    "met_months",
    "months_judged",
    "latest_month",
)
MONTH_FIELDS = {
    "phase_start": "phase",
    "course_since": "course_since",
    "shift_since": "shift_since",
    "latest_month": "latest",
}
"""Columns that name a month -> the index on the axis in a record of arrays."""


def records(
    figures: Figures, found: Standing, judged: Signals, rows: Indices, columns: Indices, lang: str = "en"
) -> pd.DataFrame:
    """One row per pair of places (`rows` on the metric axis of `found`, `columns` on its peer axis); COLUMNS.

    centre, lower, upper and point_type are those of the last single month; `verdict` is written in `lang`.
    """
    return record_frame([record_columns(figures, found, judged, rows, columns, lang)])


def with_discoveries(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of one card (all metrics of a unit, or all units of a metric) with `listed`: which signals stand in lists.

    At most statistics.false_discovery.DISCOVERY_RATE of them are chance.
    """
    judged = frame["signal"].isin([SIGNAL, NOISE]).to_numpy()
    p_values = np.where(judged, frame["p_value"].to_numpy(dtype=float), np.nan)
    return frame.assign(listed=discoveries(p_values) & (frame["signal"] == SIGNAL).to_numpy())


def record_frame(parts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One frame from the `record_columns` of several standings, in their order."""
    # Whole columns at once: frame by frame, or column by column, costs more than all the statistics.
    return pd.DataFrame(
        {
            name: pd.Series([value for part in parts for value in part[name]], dtype="object")
            if name in OBJECT_FIELDS
            else np.concatenate([part[name] for part in parts])
            for name in COLUMNS
        }
    )


def record_columns(
    figures: Figures, found: Standing, judged: Signals, rows: Indices, columns: Indices, lang: str = "en"
) -> dict[str, Any]:
    """The columns of `records` before they are a frame."""
    metrics = [figures.axes.metrics[place] for place in found.metrics[rows]]
    codes = [figures.axes.units[place] for place in found.units[columns]]
    names = np.array([figures.axes.units[place] for place in found.units] + [""], dtype="object")
    out: dict[str, Any] = {name: getattr(found, name)[rows, columns] for name in STANDING_FIELDS}
    out |= {name: getattr(judged, name)[rows, columns] for name in SIGNAL_FIELDS}
    out |= {
        "low": judged.uncertainty.low[rows, columns],
        "high": judged.uncertainty.high[rows, columns],
        "metric": [metric.code for metric in metrics],
        "family": [metric.family for metric in metrics],
        "unit": codes,
        "name": [figures.organisation.name(code) for code in codes],
        "peers": found.peers[rows],
        "total": np.array([metric.total for metric in metrics], dtype=bool),
        "next_unit": names[found.next_peer[rows, columns]],
        **{
            name: [
                month_name(figures.axes.first_month + place) if place >= 0 else ""
                for place in getattr(judged, held)[rows, columns].astype(int).tolist()
            ]
            for name, held in MONTH_FIELDS.items()
        },
        "listed": np.zeros(len(metrics), dtype=bool),
        "provisional_until": [day_named(int(code)) for code in found.provisional[rows, columns]],
        "point_type": np.array(POINT_TYPES, dtype="object")[judged.point_type[rows, columns]],
    }
    out |= {name: getattr(judged.pooled_interval, part)[rows, columns] for name, part in POOLED_FIELDS.items()}
    out |= {name: [text or None for text in out[name]] for name in TEXT_FIELDS}
    out["verdict"] = [
        verdict(record_of({name: out[name][place] for name in VERDICT_FIELDS}), metric, lang)
        for place, metric in enumerate(metrics)
    ]
    return out
