"""Indicators that no feed foresaw, and the year's targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.figures import MID_HIGH_END
from data.synthetic.organisation import CITIES, REFERENCE_CODE
from data.synthetic.series import MONTHS, festival, generator, path

INSTALLATION, COVERAGE, MEDIA = "宽带装机及时率", "4G网络覆盖率", "媒体负面报道"


def indicators() -> pd.DataFrame:
    """month, unit (city), indicator, value or numerator and denominator, better, unit_label: a ratio, a ready-made
    figure and a count.
    """
    rng = generator(800)
    parts = []
    for city in CITIES:
        orders = rng.poisson(city.customers / 1_000, len(MONTHS))
        timely = path(rng, float(rng.uniform(86, 97)), gain=4, noise=1.2, extra=festival(-3, 0)).clip(60, 99.5) / 100
        coverage = path(rng, float(rng.uniform(96, 99.2)), gain=1.4, noise=0.05).clip(0, 99.99)
        month = np.arange(len(MONTHS))
        ratio = pd.DataFrame(
            {
                "month": month,
                "indicator": INSTALLATION,
                "numerator": rng.binomial(orders, timely),
                "denominator": orders,
            }
        )
        ready = pd.DataFrame({"month": month, "indicator": COVERAGE, "value": coverage.round(2)})
        count = pd.DataFrame(
            {"month": month, "indicator": MEDIA, "numerator": rng.poisson(city.customers / 1_500_000, len(MONTHS))}
        )
        labels = {INSTALLATION: "%", COVERAGE: "%", MEDIA: "件"}
        rows = pd.concat([ratio.assign(better="higher"), ready.assign(better="higher"), count.assign(better="lower")])
        parts.append(rows.assign(unit=city.code, unit_label=rows["indicator"].map(labels)))
    return pd.concat(parts).sort_values("month", kind="stable").reset_index(drop=True)


# Metric, target of the year, whether its months have a twelfth of it.
_PROVINCE_TARGETS = (
    ("complaints_per_10k", 18.0, True),
    ("satisfaction_overall", 82.0, False),
    ("satisfaction_hall", 86.0, False),
    ("satisfaction_network", 78.0, False),
    ("satisfaction_promotion", 74.0, False),
    ("satisfaction_complaint_handling", 52.0, False),
    ("satisfaction_new_business", 75.0, False),
    ("self_service_share", 60.0, False),
    ("snapshot_retention", 84.0, False),
    ("deep_binding", 52.0, False),
    ("brand_assessment", 66.0, False),
    ("hotline_first_contact", 80.0, False),
)


def targets() -> pd.DataFrame:
    """metric, period, unit, level, target for 2025: the province's for all cities, each city's own mid- and high-end
    customers.
    """
    rows: list[dict] = []
    for metric, target, monthly in _PROVINCE_TARGETS:
        rows.append({"metric": metric, "period": "2025", "level": "city", "target": target})
        months = [f"2025-{month:02d}" for month in range(1, 13)] if monthly else []
        rows += [{"metric": metric, "period": month, "level": "city", "target": target / 12} for month in months]
    rows += [
        {"metric": "mid_high_end_customers", "period": "2025", "unit": city.code, "target": MID_HIGH_END[city.code][1]}
        for city in CITIES
    ]
    rows.append({"metric": "escalated_complaints", "period": "2025", "unit": REFERENCE_CODE, "target": 260})
    rows += [
        {"metric": "escalated_complaints", "period": f"2025-{month:02d}", "unit": REFERENCE_CODE, "target": 22}
        for month in range(1, 13)
    ]
    return pd.DataFrame(rows)
