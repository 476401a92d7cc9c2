"""Self-service: recharges by channel and the use of terminals, by county."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.figures import HALLS
from data.synthetic.organisation import CITIES, units_at
from data.synthetic.series import MONTHS, YEAR_TO_DATE, counts, festival, generator, path

# Channel: its share among self-service or among the others, and the usual amount in yuan.
SELF_SERVICE = {
    "self_service_terminal": (0.27, 78.0),
    "app": (0.44, 64.0),
    "web": (0.08, 71.0),
    "mini_program": (0.21, 55.0),
}
WITH_STAFF = {"hall_counter": (0.46, 92.0), "agent": (0.38, 58.0), "voucher": (0.16, 50.0)}
FUNCTIONS = {"recharge": 0.61, "balance_query": 0.17, "bill_printing": 0.07, "invoice": 0.09, "plan_change": 0.06}


def recharge(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (county), channel, transactions, amount (whole yuan)."""
    parts = []
    for number, city in enumerate(CITIES):
        rng = generator(400 + number)
        counties = units_at(units, "county", city.code)["code"].to_numpy()
        size = rng.dirichlet(np.full(len(counties), 12.0))
        share = path(rng, HALLS[city.code][3], gain=13, noise=0.7, extra=festival(-1.2, 0.3)).clip(5, 95) / 100
        busy = path(rng, 1.0, gain=0.06, noise=0.02, extra=festival(0.16, -0.07))
        total = round(city.customers * 0.42 * int(YEAR_TO_DATE.sum()) / 10_000) * 10_000
        by_itself = round(total * HALLS[city.code][3] / 100)
        for channels, part, of_total in ((SELF_SERVICE, share, by_itself), (WITH_STAFF, 1 - share, total - by_itself)):
            mix = np.array([weight for weight, _ in channels.values()])
            tilt = np.exp(rng.normal(0, 0.1, (len(MONTHS), len(counties), len(mix))))
            cells = counts(of_total, (busy * part)[:, None, None] * size[None, :, None] * mix[None, None, :] * tilt)
            price = np.array([usual for _, usual in channels.values()]) * np.exp(rng.normal(0, 0.05, cells.shape))
            month, county, channel = (axis.ravel() for axis in np.indices(cells.shape))
            parts.append(
                pd.DataFrame(
                    {
                        "month": month,
                        "unit": counties[county],
                        "channel": np.array(list(channels))[channel],
                        "transactions": cells.ravel(),
                        "amount": np.rint(cells * price).astype(np.int64).ravel(),
                    }
                )
            )
    return pd.concat(parts).sort_values(["month", "unit"], kind="stable").reset_index(drop=True)


def terminal_use(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (county), function, transactions; recharges are a part of those in `recharge`."""
    rng = generator(420)
    parts = []
    for city in CITIES:
        counties = units_at(units, "county", city.code)["code"].to_numpy()
        beyond = path(rng, 1.0, gain=float(rng.normal(0.25, 0.15)), noise=0.04)
        weights = np.array(list(FUNCTIONS.values()))[None, None, :] * np.ones((len(MONTHS), len(counties), 1))
        weights[:, :, 1:] *= beyond[:, None, None]
        weights *= rng.dirichlet(np.full(len(counties), 12.0))[None, :, None] * np.exp(
            rng.normal(0, 0.08, weights.shape)
        )
        cells = counts(round(city.customers * 0.11 * int(YEAR_TO_DATE.sum())), weights)
        month, county, function = (axis.ravel() for axis in np.indices(cells.shape))
        parts.append(
            pd.DataFrame(
                {
                    "month": month,
                    "unit": counties[county],
                    "function": np.array(list(FUNCTIONS))[function],
                    "transactions": cells.ravel(),
                }
            )
        )
    return pd.concat(parts).sort_values(["month", "unit"], kind="stable").reset_index(drop=True)
