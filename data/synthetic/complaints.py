"""Complaints: tickets by the row for the reference city, monthly totals by category for the others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.figures import COMPLAINTS
from data.synthetic.organisation import CITIES, open_units, units_at
from data.synthetic.series import MONTHS, YEAR_TO_DATE, Ints, festival, generator, path, random_counts

# Category: its share, and (subcategory, responsible department) pairs.
CATEGORIES: dict[str, tuple[float, tuple[tuple[str, str], ...]]] = {
    "资费争议": (0.28, (("套餐费用", "市场部"), ("流量超出", "市场部"), ("月结账单", "财务部"))),
    "网络质量": (0.24, (("信号弱", "网络部"), ("上网慢", "网络部"), ("通话中断", "网络部"))),
    "营销活动": (0.17, (("活动规则", "市场部"), ("未经同意办理", "渠道部"))),
    "营业厅服务": (0.12, (("服务态度", "渠道部"), ("排队时间长", "渠道部"))),
    "宽带业务": (0.13, (("装机慢", "工程部"), ("故障修复", "网络部"))),
    "不知情定制": (0.06, (("增值业务", "数据业务部"),)),
}
_CHANNELS = ("10086热线", "营业厅", "网上营业厅", "微信客服")
_ESCALATION_CHANNELS = ("工信部申诉", "省公司转办", "媒体曝光")
_SHOCKS = {
    "DY": {"2024-07": 0.55, "2025-08": 0.35, "2025-12": 1.5},
    "WH": {"2023-09": 0.8},
    "SQ": {"2025-05": 0.6},
    "LJ": {"2024-11": 0.45},
    "NP": {"2025-10": 0.5},
}
_GAINS = {"DY": -0.35, "SQ": 0.3, "YZ": -0.2, "WH": 0.15, "JG": -0.1}


def expected(rng: np.random.Generator, city: str, counties: int) -> Ints:
    """Complaints [month, county, category] of a city: seasons, shocks and chance around its total for the year to
    date.
    """
    customers = next(found.customers for found in CITIES if found.code == city)
    months = path(
        rng,
        1.0,
        gain=_GAINS.get(city, 0.0),
        wave=0.08,
        noise=0.05,
        shocks=_SHOCKS.get(city),
        extra=festival(-0.18, 0.12),
    ).clip(0.2)
    shares = np.array([share for share, _ in CATEGORIES.values()])
    by_category = np.stack([shares * np.exp(rng.normal(0, 0.06, len(shares))) for _ in MONTHS])
    storm = [MONTHS.index(pd.Period(month, "M")) for month in _SHOCKS.get(city, {})]
    by_category[storm, 1] *= 2.2
    size = rng.dirichlet(np.full(counties, 12.0))
    weights = months[:, None, None] * size[None, :, None] * by_category[:, None, :]
    return random_counts(rng, round(COMPLAINTS[city][0] * customers / 10_000), weights)


def monthly(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit, category, complaints, escalated, repeat, resolved_first_contact, on_time per county of the other
    cities.
    """
    parts = []
    for number, city in enumerate(found.code for found in CITIES if found.code not in ("DY",)):
        rng = generator(100 + number)
        counties = units_at(units, "county", city)["code"].to_numpy()
        cells = expected(rng, city, len(counties))
        month, county, category = (axis.ravel() for axis in np.indices(cells.shape))
        complaints = cells.ravel()
        recent = YEAR_TO_DATE[month]
        rate = COMPLAINTS[city][1] / complaints[recent].sum()
        escalated = rng.binomial(complaints, min(rate, 0.9))
        escalated[recent] = rng.multivariate_hypergeometric(complaints[recent], COMPLAINTS[city][1])
        skill = path(rng, COMPLAINTS[city][2] - 4, gain=6, noise=1.2).clip(40, 97) / 100
        parts.append(
            pd.DataFrame(
                {
                    "month": month,
                    "unit": counties[county],
                    "category": np.array(list(CATEGORIES))[category],
                    "complaints": complaints,
                    "escalated": escalated,
                    "repeat": rng.binomial(complaints, 0.09),
                    "resolved_first_contact": rng.binomial(complaints, skill[month]),
                    "on_time": rng.binomial(complaints, 0.5 + skill[month] / 2),
                }
            )
        )
    found = pd.concat(parts)
    return found[found["complaints"] > 0].sort_values(["month", "unit"], kind="stable").reset_index(drop=True)


def complaint_tickets(units: pd.DataFrame, city: str = "DY") -> pd.DataFrame:
    """One row per complaint of the reference city, with its month; at a county or, for service in halls, mostly at the
    hall.
    """
    rng = generator(90)
    counties = units_at(units, "county", city)["code"].to_numpy()
    cells = expected(rng, city, len(counties))
    place, county, category = (np.repeat(axis.ravel(), cells.ravel()) for axis in np.indices(cells.shape))
    found = ticket_rows(rng, units, place, counties[county], category)
    recent = YEAR_TO_DATE[place]
    upset = COMPLAINTS[city][1]
    escalated = rng.random(len(found)) < upset / recent.sum()
    escalated[recent] = np.isin(np.arange(recent.sum()), rng.permutation(recent.sum())[:upset])
    return (
        escalate(rng, found, escalated).sort_values("received_at", kind="stable").reset_index(drop=True).pipe(numbered)
    )


def ticket_rows(
    rng: np.random.Generator, units: pd.DataFrame, place: Ints, county: np.ndarray, category: Ints
) -> pd.DataFrame:
    """Tickets of the given months (places in MONTHS), counties and categories, not yet escalated."""
    size = len(place)
    months = [MONTHS[0] + int(month) for month in place]
    days = np.array([month.days_in_month for month in months])
    start = np.array([month.start_time for month in months], dtype="datetime64[s]")
    received = start + (rng.integers(0, days) * 86_400 + rng.integers(8 * 3600, 21 * 3600, size)).astype(
        "timedelta64[s]"
    )
    names = list(CATEGORIES)
    kinds = [CATEGORIES[names[number]][1] for number in category]
    chosen = [kind[rng.integers(len(kind))] for kind in kinds]
    hours = np.where(rng.random(size) < 0.93, rng.gamma(2.0, 8.0, size).clip(0.2, 47.5), rng.uniform(49, 160, size))
    skill = np.interp(place, [0, len(MONTHS) - 1], [0.78, 0.9])
    solved = rng.random(size) < skill
    hours = np.where(solved, hours / 4 + 0.1, hours)
    customers = rng.integers(1_000, 1_400_000, size)
    group = pd.Series(place * 10_000 + pd.factorize(county)[0] * 10 + category)
    again = (group == group.shift()).to_numpy() & (rng.random(size) < 0.16)
    customers[1:] = np.where(again[1:], customers[:-1], customers[1:])
    return pd.DataFrame(
        {
            "month": place,
            "received_at": received,
            "unit": [
                _attributed(rng, units, month, code, names[kind])
                for month, code, kind in zip(place, county, category, strict=True)
            ],
            "category": [names[number] for number in category],
            "subcategory": [sub for sub, _ in chosen],
            "channel": rng.choice(_CHANNELS, size, p=(0.62, 0.15, 0.13, 0.1)),
            "level": "normal",
            "responsible_department": [department for _, department in chosen],
            "customer_ref": [f"C{number:07d}" for number in customers],
            "first_contact_resolved": pd.Series(solved, dtype="boolean").mask(rng.random(size) < 0.03),
            "resolved_at": received + (hours * 3600).astype("timedelta64[s]"),
            "liable": rng.random(size) < 0.41,
            "satisfaction": np.where(rng.random(size) < 0.55, np.nan, rng.integers(1, 11, size)),
        }
    )


def escalate(rng: np.random.Generator, found: pd.DataFrame, chosen: np.ndarray) -> pd.DataFrame:
    """`found` with the chosen rows escalated, through a channel that escalated complaints come by."""
    return found.assign(
        level=np.where(chosen, "escalated", "normal"),
        channel=np.where(chosen, rng.choice(_ESCALATION_CHANNELS, len(found), p=(0.55, 0.4, 0.05)), found["channel"]),
    )


def numbered(found: pd.DataFrame) -> pd.DataFrame:
    """Ticket numbers by the day and the order of receipt."""
    day = found["received_at"].dt.strftime("%Y%m%d")
    number = found.groupby(day).cumcount() + 1
    return found.assign(ticket_id="TS" + day + number.map("{:03d}".format))


def _attributed(rng: np.random.Generator, units: pd.DataFrame, month: int, county: str, category: str) -> str:
    """The hall that a complaint about service in halls names, else the county."""
    if category != "营业厅服务" or rng.random() < 0.25:
        return county
    halls = open_units(units[units["parent"] == county], month)["code"].to_numpy()
    return str(rng.choice(halls))
