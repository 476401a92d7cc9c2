"""Units compared: each metric's values, and the difference of each unit to the first with its interval.

By the rule of the plausible ranks: the larger of sampling error and the months' own variation, and Holm's steps over
all pairs of the units compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from data.model.organisation import Organisation
from metrics.model.metric import Metric
from metrics.model.record import Record, records_of
from metrics.statistics.rank_range import critical_z

COLUMNS = (
    "metric",
    "unit",
    "value",
    "low",
    "high",
    "target",
    "attainment",
    "apart",
    "apart_low",
    "apart_high",
    "real",
    "better",
)


def comparison(
    cards: Mapping[str, pd.DataFrame], metrics: Mapping[str, Metric], organisation: Organisation
) -> pd.DataFrame:
    """One row per metric and unit, in the order given (COLUMNS); the others are compared with the first unit.

    cards: unit -> its scorecard, indexed by metric.
    apart: value less the first unit's, in the metric's unit.
    apart_low, apart_high: its interval, at 95 % for all units compared together.
    real: whether the interval leaves out 0 (None: cannot be said).
    better: whether the unit is then better than the first (None: neither).
    The interval is NaN where a value has no error, for totals (they say how large a unit is), on a base below the
    metric's minimum, and where one unit is part of the other, so that they are not independent.
    """
    rows = []
    first, *_ = cards
    known = {unit: {row["metric"]: row for row in records_of(card)} for unit, card in cards.items()}
    related = {unit for unit in known if unit in organisation.ancestors(first) or first in organisation.ancestors(unit)}
    for code, metric in metrics.items():
        mine = known[first][code]
        halves = _halves({unit: card[code] for unit, card in known.items() if unit not in related}, metric)
        for unit, card in known.items():
            other = card[code]
            half = halves.get(unit, np.nan)
            low, high = (float(other["value"]) - float(mine["value"]) + side for side in (-half, half))
            real = None if not np.isfinite(low) else bool(low > 0 or high < 0)
            apart = np.nan if unit == first else float(other["value"]) - float(mine["value"])
            better = (apart > 0) == (metric.better == "higher") if real and metric.better != "neither" else None
            rows.append(
                (
                    code,
                    unit,
                    other["value"],
                    other["low"],
                    other["high"],
                    other["target"],
                    other["attainment"],
                    apart,
                    low,
                    high,
                    real,
                    better,
                )
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"real": "object", "better": "object"})


def most_significant(found: pd.DataFrame) -> Mapping[Any, Any] | None:
    """The row whose difference is largest against its interval; None if no difference is real."""
    real = found[[one is True for one in found["real"]]]
    if real.empty:
        return None
    width = (real["apart_high"] - real["apart_low"]).replace(0, np.nan)
    return real.to_dict("records")[int(np.argmax((real["apart"].abs() / width).fillna(np.inf).to_numpy()))]


def _halves(rows: Mapping[str, Record], metric: Metric) -> dict[str, float]:
    """Half the width of the interval of each unit's difference to the first of `rows`; none for the first."""
    if metric.total:
        return {}
    judged = [bool(row["reported"]) or not float(row["denominator"]) < metric.minimum_base for row in rows.values()]
    value, error = (
        np.where(judged, [float(row[name]) for row in rows.values()], np.nan) for name in ("value", "error")
    )
    half = critical_z(value, error)[0] * np.hypot(error, error[0])
    return dict(zip(list(rows)[1:], half[1:].tolist(), strict=True))
