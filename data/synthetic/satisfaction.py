"""Satisfaction: the standard survey by county, the surveys of halls, the brand by city, and a few responses by the
row.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.figures import HALLS, PROVINCE_COMPLAINT_HANDLING, STANDARD, TOUCHPOINTS
from data.synthetic.organisation import CITIES, REFERENCE_CODE, units_at
from data.synthetic.series import FIRST, MONTHS, YEAR_TO_DATE, Floats, festival, generator, month_index, path, pin_mean

# City, touchpoint: change over the three years, and shocks.
_DRIFT = {
    ("DY", "network"): (-7.5, {"2024-07": -4.0}),
    ("DY", "complaint_handling"): (9.0, {}),
    ("DY", "overall"): (3.0, {}),
    ("SQ", "complaint_handling"): (-6.0, {"2025-05": -8.0}),
    ("WH", "promotion"): (4.0, {"2023-09": -7.0}),
    ("LJ", "network"): (5.0, {}),
    ("NP", "overall"): (-4.0, {"2025-10": -5.0}),
    ("BP", "new_business"): (6.0, {}),
}
_WAVE_MONTHS = (2, 5, 8, 11)
HALL_SURVEYS = ("mystery_shopping", "callback", "two_way")
RESPONSES_FROM = month_index("2024-12")


def standard(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (county), survey, touchpoint, score, responses, std_dev of the standard survey."""
    parts = []
    for number, city in enumerate(CITIES):
        rng = generator(200 + number)
        counties = units_at(units, "county", city.code)["code"].to_numpy()
        typical = 18 + 18 * np.sqrt(city.customers / 1_400_000)
        for touchpoint, value in zip(TOUCHPOINTS, STANDARD[city.code], strict=True):
            gain, shocks = _DRIFT.get((city.code, touchpoint), (float(rng.normal(0.5, 1.2)), {}))
            months = path(rng, value, gain=gain, wave=-0.5, noise=0.7, shocks=shocks, extra=festival(-0.8, 0.4))
            responses = rng.poisson(typical, (len(MONTHS), len(counties))) + 8
            spread = rng.normal(19 if touchpoint != "complaint_handling" else 26, 1.2, responses.shape).clip(10)
            scores = (
                months[:, None]
                + rng.normal(0, 2.2, len(counties))[None, :]
                + rng.normal(0, spread / np.sqrt(responses))
            )
            month, county = (axis.ravel() for axis in np.indices(responses.shape))
            parts.append(
                pd.DataFrame(
                    {
                        "month": month,
                        "unit": counties[county],
                        "survey": "standard",
                        "touchpoint": touchpoint,
                        "score": scores.ravel(),
                        "responses": responses.ravel(),
                        "std_dev": spread.ravel().round(1),
                        "city": city.code,
                    }
                )
            )
    return _pinned_by_city(pd.concat(parts, ignore_index=True))


def _pinned_by_city(found: pd.DataFrame) -> pd.DataFrame:
    """Scores whose means over the year to date are those of STANDARD, with complaint handling as the province wants
    it.
    """
    values = {
        (city, touchpoint): value
        for city, row in STANDARD.items()
        for touchpoint, value in zip(TOUCHPOINTS, row, strict=True)
    }
    recent = found[YEAR_TO_DATE[found["month"]] & (found["touchpoint"] == "complaint_handling")]
    weight = recent.groupby("city")["responses"].sum()
    first_two = [REFERENCE_CODE, "YZ"]
    others = weight.drop(first_two)
    wanted = PROVINCE_COMPLAINT_HANDLING * weight.sum() - sum(
        values[city, "complaint_handling"] * weight[city] for city in first_two
    )
    shift = (wanted - sum(values[city, "complaint_handling"] * others[city] for city in others.index)) / others.sum()
    for city in others.index:
        values[city, "complaint_handling"] += shift
    for (city, touchpoint), value in values.items():
        rows = found[(found["city"] == city) & (found["touchpoint"] == touchpoint)]
        exact = pin_mean(rows["score"].to_numpy(), rows["responses"], value, YEAR_TO_DATE[rows["month"]])
        found.loc[rows.index, "score"] = exact
    return found.drop(columns="city").sort_values(["month", "unit"], kind="stable").reset_index(drop=True)


def by_response(units: pd.DataFrame) -> pd.DataFrame:
    """month, response_id, answered_at, unit, survey, touchpoint, rating (1-10), comment: callbacks of the reference
    city's halls that opened last.
    """
    rng = generator(301)
    rows = []
    for hall in _responding(units).to_dict("records"):
        for month in range(max(int(hall["opened"]), RESPONSES_FROM), len(MONTHS)):
            for _ in range(12 + int(rng.poisson(4))):
                start = (FIRST + month).start_time
                rating = int(np.clip(np.rint(rng.normal(8.6, 1.2)), 1, 10))
                moment = start + pd.Timedelta(
                    days=int(rng.integers(0, 28)), hours=int(rng.integers(9, 20)), minutes=int(rng.integers(0, 60))
                )
                rows.append((month, moment, hall["code"], rating, _comment(rng, rating)))
    found = pd.DataFrame(rows, columns=["month", "answered_at", "unit", "rating", "comment"]).sort_values(
        "answered_at", kind="stable"
    )
    return found.assign(
        response_id=[f"HF{number:05d}" for number in range(1, len(found) + 1)], survey="callback", touchpoint="hall"
    )


def _responding(units: pd.DataFrame) -> pd.DataFrame:
    """Halls of the reference city that opened while the samples run: their callbacks arrive by the row."""
    halls = units_at(units, "hall", REFERENCE_CODE)
    return halls[halls["opened"].notna()]


def _comment(rng: np.random.Generator, rating: int) -> str | None:
    if rng.random() < 0.8:
        return None
    return str(
        rng.choice(("办理很快", "态度热情", "自助机好用") if rating >= 8 else ("排队久", "解释不清楚", "停车不便"))
    )


def of_halls(units: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """month, unit (hall), survey, touchpoint, score, responses: mystery shopping by the quarter, callback and two-way
    by the month.
    """
    late = set(_responding(units)["code"])
    parts = []
    for number, city in enumerate(CITIES):
        rng = generator(320 + number)
        halls = units_at(units, "hall", city.code)
        for survey, value in zip(HALL_SURVEYS, HALLS[city.code], strict=False):
            rows = _hall_scores(rng, halls, survey, value)
            points = weight = 0.0
            if survey == "callback":
                rows = rows[~rows["unit"].isin(late)].reset_index(drop=True)
                if city.code == REFERENCE_CODE:
                    recent = responses[YEAR_TO_DATE[responses["month"]]]
                    points, weight = float(recent["rating"].sum()) * 10, float(len(recent))
            rows["score"] = pin_mean(
                rows["score"].to_numpy(), rows["responses"], value, YEAR_TO_DATE[rows["month"]], points, weight
            )
            parts.append(rows)
    found = pd.concat(parts)
    order = found["survey"].map({survey: index for index, survey in enumerate(HALL_SURVEYS)})
    return (
        found.assign(order=order)
        .sort_values(["month", "order"], kind="stable")
        .drop(columns="order")
        .reset_index(drop=True)
    )


def _hall_scores(rng: np.random.Generator, halls: pd.DataFrame, survey: str, value: float) -> pd.DataFrame:
    """Scores around the city's path: partner halls lower, one hall in eight volatile."""
    quarterly = survey == "mystery_shopping"
    months = [index for index, month in enumerate(MONTHS) if not quarterly or month.month in _WAVE_MONTHS]
    level = path(rng, value, gain=min(5.0, (98 - value) / 2), noise=0.5, extra=festival(-0.6, 0.0))
    typical = {"mystery_shopping": 1, "callback": 6, "two_way": 14}[survey]
    spread = {"mystery_shopping": 4.0, "callback": 14.0, "two_way": 11.0}[survey]
    room = min(1.0, (100 - value) / 12)
    rows = []
    for hall in halls.to_dict("records"):
        offset = rng.normal(-0.8 if hall["kind"] == "partner" else 0.7, 1.5) * room
        volatile = 3.0 if rng.random() < 0.125 else 1.0
        for month in months:
            if hall["opened"] > month or hall["closed"] <= month:
                continue
            count = int(rng.poisson(typical)) + (1 if quarterly else 3)
            score = level[month] + offset + rng.normal(0, volatile * room * spread / np.sqrt(count))
            rows.append((month, hall["code"], survey, "hall", score, count))
    return pd.DataFrame(rows, columns=["month", "unit", "survey", "touchpoint", "score", "responses"])


def brand(units: pd.DataFrame) -> pd.DataFrame:
    """month, unit (city), survey, touchpoint, score, responses: one wave a quarter."""
    rng = generator(340)
    waves = np.array([index for index, month in enumerate(MONTHS) if month.month in _WAVE_MONTHS])
    parts = []
    for city in CITIES:
        months: Floats = path(rng, HALLS[city.code][4], gain=float(rng.normal(2, 1.5)), noise=0.6)[waves]
        responses = np.full(len(waves), 400)
        score = pin_mean(months, responses, HALLS[city.code][4], YEAR_TO_DATE[waves])
        parts.append(
            pd.DataFrame(
                {
                    "month": waves,
                    "unit": city.code,
                    "survey": "brand",
                    "touchpoint": "overall",
                    "score": score,
                    "responses": responses,
                }
            )
        )
    return pd.concat(parts).sort_values("month", kind="stable").reset_index(drop=True)
