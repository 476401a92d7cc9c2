"""The customer base, who stays of it, and the calls it makes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.figures import COMPLAINTS, MID_HIGH_END, RETENTION, SNAPSHOTS
from data.synthetic.organisation import CITIES, REFERENCE_CODE, units_at
from data.synthetic.series import (
    LAST,
    MONTHS,
    NEXT,
    YEAR_TO_DATE,
    Floats,
    Ints,
    counts,
    festival,
    generator,
    month_index,
    path,
    split,
)


def customers(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (county), customers, mid_high_end_customers, self_service_terminals."""
    parts = []
    for number, city in enumerate(CITIES):
        rng = generator(500 + number)
        counties = units_at(units, "county", city.code)["code"].to_numpy()
        size = np.stack([rng.dirichlet(np.full(len(counties), 12.0))] * len(MONTHS))
        growth = path(rng, 1.0, gain=float(rng.normal(0.05, 0.03)), noise=0.003, extra=festival(-0.004, -0.008))
        months = int(YEAR_TO_DATE.sum())
        everyone = counts(city.customers * months, growth[:, None] * size)
        rich = path(rng, 1.0, gain=float(rng.normal(0.1, 0.05)), noise=0.008)
        tilt = np.exp(rng.normal(0, 0.1, len(counties)))[None, :]
        best = counts(MID_HIGH_END[city.code][0] * months, rich[:, None] * size * tilt)
        terminals = np.rint(everyone / 10_000 * np.linspace(1.6, 2.6, len(MONTHS))[:, None]).astype(np.int64)
        month, county = (axis.ravel() for axis in np.indices(everyone.shape))
        parts.append(
            pd.DataFrame(
                {
                    "month": month,
                    "unit": counties[county],
                    "customers": everyone.ravel(),
                    "mid_high_end_customers": best.ravel(),
                    "self_service_terminals": terminals.ravel(),
                }
            )
        )
    return pd.concat(parts).sort_values(["month", "unit"], kind="stable").reset_index(drop=True)


def retention(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (county), snapshot_month, snapshot_customers, retained, left, value_lost, hard_bound, soft_bound,
    bound_any, deep_bound.

    The cohort is taken every December and followed for the twelve months after.
    """
    parts = []
    for number, city in enumerate(CITIES):
        rng = generator(600 + number)
        counties = units_at(units, "county", city.code)["code"].to_numpy()
        cohort = SNAPSHOTS.get(city.code, MID_HIGH_END[city.code][0] * 96 // 100)
        size = rng.dirichlet(np.full(len(counties), 14.0))
        kept, hard, soft, overall, deep = RETENTION[city.code]
        tilts = np.exp(rng.normal(0, 0.05, (4, len(counties))))
        drift = {name: path(rng, 0.0, gain=4.0, noise=0.5) for name in ("hard", "soft", "deep", "kept")}
        for month in range(len(MONTHS)):
            taken = MONTHS[month].year - 1
            base = split(cohort * (100 - 4 * (LAST.year - 1 - taken)) // 100, size)
            age = MONTHS[month].month
            last = month == month_index(str(LAST))
            shift = {
                name: 0.0 if last else float(values[month] - values[month_index(str(LAST))])
                for name, values in drift.items()
            }
            stay = kept if last else 100 - (100 - kept) * (age / 11) ** 0.92 + 0.35 * shift["kept"] * (age / 11)
            both = hard + soft - overall
            retained = rates(base, stay, 1 + (tilts[0] - 1) * 0.5 * (100 - stay) / 15)
            twice = rates(base, both + 0.4 * (shift["hard"] + shift["soft"]), tilts[1])
            only_hard = rates(base, hard - both + 0.6 * shift["hard"], tilts[2])
            only_soft = rates(base, soft - both + 0.6 * shift["soft"], tilts[3])
            bound = twice + only_hard + only_soft
            # Who is not retained has left, or stayed on a plan below the snapshot's.
            lost = base - np.minimum(retained, base)
            cheaper = np.minimum(np.rint(lost * (0.3 + 0.01 * age) * tilts[1]).astype(np.int64), lost)
            parts.append(
                pd.DataFrame(
                    {
                        "month": month,
                        "unit": counties,
                        "snapshot_month": [pd.Period(year=taken, month=12, freq="M")] * len(counties),
                        "snapshot_customers": base,
                        "retained": np.minimum(retained, base),
                        "left": lost - cheaper,
                        "value_lost": cheaper,
                        "hard_bound": twice + only_hard,
                        "soft_bound": twice + only_soft,
                        "bound_any": bound,
                        "deep_bound": rates(base, deep + 0.8 * shift["deep"], tilts[1]),
                    }
                )
            )
    return pd.concat(parts).sort_values(["month", "unit"], kind="stable").reset_index(drop=True)


def rates(base: Ints, percent: float, tilt: Floats) -> Ints:
    """Whole counts near `percent` of each base, tilted, which sum to `percent` of all bases."""
    return split(round(float(base.sum()) * percent / 100), base * tilt)


def hotline() -> pd.DataFrame:
    """month, unit (city), calls, resolved_first_contact, escalated.

    The reference city goes from 85 % in January 2025 to 95 % in November, by an expert desk set up in February; its
    year to date is 95 % too.
    """
    rng = generator(700)
    parts = []
    for city in CITIES:
        share = COMPLAINTS[city.code][2]
        busy = path(rng, 1.0, noise=0.04, wave=0.05, gain=-0.08, extra=festival(0.12, 0.05))
        calls = np.rint(busy * city.customers * 0.03 / 20).astype(np.int64) * 20
        rate = path(rng, share, gain=5.0, noise=0.8).clip(40, 99) / 100
        if city.code == REFERENCE_CODE:
            resolved = _of_the_reference_city(rng, calls)
        else:
            resolved = np.rint(calls * rate).astype(np.int64)
        escalated = rng.binomial(calls, 0.012)
        parts.append(
            pd.DataFrame(
                {
                    "month": range(len(MONTHS)),
                    "unit": city.code,
                    "calls": calls,
                    "resolved_first_contact": resolved,
                    "escalated": escalated,
                }
            )
        )
    return pd.concat(parts).sort_values("month", kind="stable").reset_index(drop=True)


def _of_the_reference_city(rng: np.random.Generator, calls: Ints) -> Ints:
    """85 % exactly in January 2025, 95 % in November and over the year to date; 77 to 84 % in the years before, a fall
    after.
    """
    rate = np.linspace(0.775, 0.84, len(MONTHS)) + rng.normal(0, 0.008, len(MONTHS))
    resolved = np.rint(calls * rate).astype(np.int64)
    january, november = month_index("2025-01"), month_index("2025-11")
    between = np.arange(january + 1, november)
    resolved[january], resolved[november] = calls[january] * 85 // 100, calls[november] * 95 // 100
    missing = int(calls[YEAR_TO_DATE].sum()) * 95 // 100 - int(resolved[january] + resolved[november])
    rise = np.array([0.938, 0.955, 0.961, 0.965, 0.967, 0.966, 0.968, 0.965, 0.963])
    resolved[between] = split(missing, calls[between] * rise)
    resolved[NEXT] = calls[NEXT] * 87 // 100
    return resolved
