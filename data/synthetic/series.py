"""Time series with seasons, drift, shocks and noise that meet a given total or mean exactly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SEED = 20251130
FIRST, LAST = pd.Period("2022-12", "M"), pd.Period("2025-11", "M")
# The samples end with LAST; one month more is drawn for the files of the month after.
MONTHS = tuple(pd.period_range(FIRST, LAST + 1, freq="M"))
NEXT = len(MONTHS) - 1
YEAR_TO_DATE = np.array([LAST.year == month.year and month <= LAST for month in MONTHS])
SPRING_FESTIVALS = tuple(MONTHS.index(pd.Period(month, "M")) for month in ("2023-01", "2024-02", "2025-01"))


def generator(topic: int) -> np.random.Generator:
    """The random numbers of one topic, the same in every run and whatever the other topics draw."""
    return np.random.default_rng([SEED, topic])


def month_index(month: str) -> int:
    """The index of a month (YYYY-MM) in MONTHS."""
    return MONTHS.index(pd.Period(month, "M"))


def festival(in_month: float, after: float) -> Floats:
    """0 everywhere but in the months of Spring Festival and the months after them."""
    found = np.zeros(len(MONTHS))
    for month in SPRING_FESTIVALS:
        found[month] += in_month
        found[month + 1] += after
    return found


def path(
    rng: np.random.Generator,
    level: float,
    *,
    gain: float = 0.0,
    wave: float = 0.0,
    noise: float = 0.0,
    shocks: Mapping[str, float] | None = None,
    extra: Floats | float = 0.0,
) -> Floats:
    """All months, such that the mean over the last year to date is `level`.

    gain: change over the three years.
    wave: height of a yearly wave with its top in July.
    shocks: month -> what it adds,
    fading by half each month.
    """
    time = np.arange(len(MONTHS))
    calendar = np.array([month.month for month in MONTHS])
    shape = (
        gain * time / NEXT
        + wave * -np.cos(2 * np.pi * (calendar - 1) / 12)
        + rng.normal(0, noise or 1e-12, len(MONTHS))
        + extra
    )
    for month, height in (shocks or {}).items():
        start = month_index(month)
        shape[start : start + 4] += (height * 0.5 ** np.arange(4))[: len(MONTHS) - start]
    return level + shape - shape[YEAR_TO_DATE].mean()


def split(total: int, weights: npt.ArrayLike) -> Ints:
    """`total` in whole parts as near to `weights` as can be (largest remainders), of the weights' shape."""
    share = np.asarray(weights, dtype=float)
    exact = (total * share / share.sum()).ravel()
    parts = np.floor(exact).astype(np.int64)
    missing = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:missing]] += 1
    return parts.reshape(share.shape)


def counts(total: int, weights: Floats) -> Ints:
    """Whole counts [month, ...] in proportion to `weights`, of which those of the last year to date sum to `total`."""
    found = np.rint(weights * total / weights[YEAR_TO_DATE].sum()).astype(np.int64)
    found[YEAR_TO_DATE] = split(total, weights[YEAR_TO_DATE])
    return found


def random_counts(rng: np.random.Generator, total: int, weights: Floats) -> Ints:
    """As `counts`, but with the scatter of chance: multinomial in the year to date, Poisson before."""
    recent = weights[YEAR_TO_DATE]
    found = rng.poisson(weights * total / recent.sum()).astype(np.int64)
    found[YEAR_TO_DATE] = rng.multinomial(total, (recent / recent.sum()).ravel()).reshape(recent.shape)
    return found


def pin_mean(
    scores: Floats,
    weights: npt.ArrayLike,
    mean: float,
    counted: npt.NDArray[np.bool_],
    fixed_points: float = 0.0,
    fixed_weight: float = 0.0,
) -> Floats:
    """`scores` (0-100, two decimals), moved where `counted` so that their weighted mean is `mean`.

    fixed_points, fixed_weight: points and responses of the same mean that come from another file.
    """
    found = np.clip(scores, 1.0, 100.0)
    weight = np.asarray(weights, dtype=float)[counted]
    wanted = mean * (weight.sum() + fixed_weight) - fixed_points
    for _ in range(40):
        missing = wanted - (found[counted] * weight).sum()
        found[counted] = np.clip(found[counted] + missing / weight.sum(), 1.0, 100.0)
    found = found.round(2)
    rows = np.flatnonzero(counted)
    for row in rows[np.argsort(np.abs(found[rows] - 60.0), kind="stable")][:20]:
        missing = wanted - (found[counted] * weight).sum()
        found[row] = np.clip(np.round(found[row] + missing / np.asarray(weights, dtype=float)[row], 2), 1.0, 100.0)
    return found
