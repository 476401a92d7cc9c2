"""An exact decomposition of the change of a ratio into within and mix.

Within is what changed inside the parts, mix how the parts' weights moved: change = sum 1/2 (w0+w1)(r1-r0) [within] +
sum 1/2 ((r0-R0)+(r1-R1))(w1-w0) [mix], w = share of the denominator, r = a part's ratio, R = the whole's ratio. Both
sum to the change with no residual, because the weights of either period sum to 1. Against the parent, the parts of a
unit sum to its distance: w (r - parent's ratio) of each child, or the split above between the parent's segments and the
unit's.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.model.metric import Metric


def contributions(parts: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """within, mix and total of every part.

    A part that exists in one period only contributes all that it brought or took away.
    """
    if parts.empty:
        return pd.DataFrame(columns=["key", "name", "within", "mix", "total", "value_before", "value_now", "few"])
    n0, n1 = (parts[name].fillna(0.0).to_numpy(dtype=float) for name in ("n0", "n1"))
    few = (parts[["d0", "d1"]] < metric.minimum_base).any(axis=1)
    if metric.denominator is None:
        within, mix = metric.scale * (n1 - n0), np.zeros(len(parts))
        before, now = metric.scale * n0, metric.scale * n1
    elif "shared" in parts:
        d0, d1 = parts["d0"].to_numpy(dtype=float), parts["d1"].to_numpy(dtype=float)
        before, now = metric.scale * n0 / d0, metric.scale * n1 / d1
        within, mix = now - before, np.zeros(len(parts))
    else:
        d0, d1 = (parts[name].fillna(0.0).to_numpy(dtype=float) for name in ("d0", "d1"))
        within, mix, before, now = decompose_ratio(n0, d0, n1, d1)
        within, mix, before, now = (metric.scale * array for array in (within, mix, before, now))
    frame = pd.DataFrame(
        {
            "key": parts["key"],
            "name": parts["name"],
            "within": within,
            "mix": mix,
            "total": within + mix,
            "value_before": before,
            "value_now": now,
            "few": few,
        }
    )
    frame = frame[(parts[["n0", "n1"]].notna().any(axis=1)).to_numpy()]
    return frame.sort_values("total", key=lambda totals: -totals.abs(), ignore_index=True, kind="stable")


def distances(parts: pd.DataFrame, metric: Metric, whole: float) -> pd.DataFrame:
    """What each child adds to the unit's distance from `whole`, the parent's value.

    That is the child's share of the base times its own distance.
    """
    if parts.empty or metric.denominator is None:
        return contributions(parts.iloc[:0], metric)
    known = parts.dropna(subset=["n1", "d1"])
    top, base = known["n1"].to_numpy(dtype=float), known["d1"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = metric.scale * top / base
        # Written without the division by a child's own base, which may be 0.
        within = (metric.scale * top - whole * base) / base.sum()
    frame = pd.DataFrame(
        {
            "key": known["key"],
            "name": known["name"],
            "within": within,
            "mix": 0.0,
            "total": within,
            "value_before": whole,
            "value_now": value,
            "few": base < metric.minimum_base,
        }
    )
    return frame.sort_values("total", key=lambda totals: -totals.abs(), ignore_index=True, kind="stable")


def decompose_ratio(
    n0: np.ndarray, d0: np.ndarray, n1: np.ndarray, d1: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """(within, mix, ratio before, ratio now) of each part.

    A part without a base in one period has no ratio there: its weight moves alone.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        w0, w1 = d0 / d0.sum(), d1 / d1.sum()
        r0, r1 = n0 / d0, n1 / d1
        whole0, whole1 = n0.sum() / d0.sum(), n1.sum() / d1.sum()
    # A part that is absent in one period takes its ratio of the other: all of its effect is then mix.
    left, right = np.where(d0 > 0, r0, r1), np.where(d1 > 0, r1, r0)
    left, right = np.nan_to_num(left), np.nan_to_num(right)
    within = 0.5 * (w0 + w1) * (right - left)
    mix = 0.5 * ((left - whole0) + (right - whole1)) * (w1 - w0)
    return within, mix, r0, r1
