"""The samples: what they must say, that they never change by themselves, and that they stay small."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.synthetic import write_samples
from data.synthetic.exports import tables
from data.synthetic.figures import TOUCHPOINTS
from data.synthetic.organisation import CITIES, open_units, province
from data.synthetic.series import MONTHS, YEAR_TO_DATE, month_index, pin_mean, split
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    return province()


@pytest.fixture(scope="module")
def found(units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return tables(units)


@pytest.fixture(scope="module")
def recent(found: dict[str, pd.DataFrame], units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of January-November 2025, each row with its city."""
    city = units.set_index("code")["city"]
    return {
        name: table[YEAR_TO_DATE[table["month"]]].assign(city=lambda rows: rows["unit"].map(city))
        for name, table in found.items()
        if "month" in table
    }


def content(path: Path) -> dict[str, bytes]:
    """What a file holds, whatever the compression made of it, and whichever library (lxml or not) wrote its XML."""
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {name: canonicalize(archive.read(name)).encode() for name in archive.namelist()}


def test_the_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    written = write_samples(tmp_path)
    names = {path.relative_to(tmp_path) for path in written}
    assert names == {path.relative_to(SAMPLES) for path in SAMPLES.rglob("*") if path.is_file()}
    assert len(names) == len(written)
    for name in sorted(names):
        # Canonical XML is only worth its time where the bytes differ (another version of lxml, or none).
        same = (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes()
        assert same or content(tmp_path / name) == content(SAMPLES / name), f"{name} differs: run `make samples`"


def test_the_samples_stay_small() -> None:
    sizes = [path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()]
    assert 2_000_000 < sum(sizes) < 8_000_000
    assert all(path.stat().st_size < 20_000 for path in (SAMPLES / "broken").iterdir())


def test_the_province(units: pd.DataFrame) -> None:
    counts = units["level"].value_counts()
    assert (counts["province"], counts["city"], counts["county"]) == (1, 11, 90)
    assert 480 <= counts["hall"] <= 520
    assert units["code"].is_unique
    assert units["name"].is_unique
    assert units["opened"].notna().sum() >= 5
    assert units["closed"].notna().sum() >= 5
    assert set(units["kind"].dropna()) == {"own", "partner"}
    assert len(open_units(units, month_index("2022-12"))) < len(units)


def mean_score(rows: pd.DataFrame) -> pd.Series:
    """Mean score by city, weighted by responses."""
    points = (rows["score"] * rows["responses"]).groupby(rows["city"]).sum()
    return points / rows.groupby("city")["responses"].sum()


def rank(values: pd.Series, lower: bool = False) -> int:
    return int(values.rank(ascending=lower, method="min")["DY"])


@pytest.mark.parametrize(
    ("touchpoint", "place"),
    [("overall", 1), ("hall", 2), ("network", 2), ("promotion", 2), ("complaint_handling", 2), ("new_business", 3)],
)
def test_ranks_of_the_standard_survey(recent: dict[str, pd.DataFrame], touchpoint: str, place: int) -> None:
    assert touchpoint in TOUCHPOINTS
    rows = recent["standard"]
    assert rank(mean_score(rows[rows["touchpoint"] == touchpoint])) == place


def test_complaint_handling_against_the_province(recent: dict[str, pd.DataFrame]) -> None:
    rows = recent["standard"][recent["standard"]["touchpoint"] == "complaint_handling"]
    everywhere = (rows["score"] * rows["responses"]).sum() / rows["responses"].sum()
    assert mean_score(rows)["DY"] == pytest.approx(57.58, abs=2e-4)
    assert mean_score(rows)["DY"] - everywhere == pytest.approx(8.7, abs=1e-3)


def test_complaints(recent: dict[str, pd.DataFrame]) -> None:
    tickets, monthly = recent["tickets"], recent["monthly"]
    customers = recent["customers"].groupby("city")["customers"].sum() / YEAR_TO_DATE.sum()
    complaints = pd.concat([tickets.groupby("city").size(), monthly.groupby("city")["complaints"].sum()])
    rate = 10_000 * complaints / customers
    assert len(rate) == len(CITIES)
    assert rate["DY"] == 13.9
    assert rank(rate, lower=True) == 2
    assert (tickets["level"] == "escalated").sum() == 233
    assert (monthly["escalated"] <= monthly["complaints"]).all()


def test_surveys_of_halls_and_the_brand(recent: dict[str, pd.DataFrame]) -> None:
    responses = recent["responses"].assign(score=recent["responses"]["rating"] * 10, responses=1)
    rows = pd.concat([recent["halls"], responses])
    for survey, value in {"mystery_shopping": 93.81, "callback": 86.55, "two_way": 94.32}.items():
        assert mean_score(rows[rows["survey"] == survey])["DY"] == pytest.approx(value, abs=5e-4), survey
    brand = mean_score(recent["brand"])
    assert (round(brand["DY"], 3), rank(brand)) == (67.2, 2)


def test_self_service(recent: dict[str, pd.DataFrame]) -> None:
    rows = recent["recharge"][recent["recharge"]["city"] == "DY"]
    own = rows["channel"].isin(["self_service_terminal", "app", "web", "mini_program"])
    assert 100 * rows.loc[own, "transactions"].sum() / rows["transactions"].sum() == 62.47


def test_the_customer_base(recent: dict[str, pd.DataFrame], found: dict[str, pd.DataFrame]) -> None:
    rows = recent["customers"][recent["customers"]["city"] == "DY"]
    assert rows["mid_high_end_customers"].sum() / YEAR_TO_DATE.sum() == 352_700
    targets = found["targets"]
    target = targets[(targets["metric"] == "mid_high_end_customers") & (targets["unit"] == "DY")]["target"].item()
    assert 100 * 352_700 / target == pytest.approx(110.2, abs=0.01)
    assert (found["customers"]["mid_high_end_customers"] <= found["customers"]["customers"]).all()


def test_retention(recent: dict[str, pd.DataFrame], found: dict[str, pd.DataFrame]) -> None:
    rows = recent["retention"]
    november = rows[(rows["city"] == "DY") & (rows["month"] == month_index("2025-11"))].sum(numeric_only=True)
    for part, value in {
        "retained": 85.5,
        "hard_bound": 48.4,
        "soft_bound": 60.1,
        "bound_any": 72.7,
        "deep_bound": 54.3,
    }.items():
        assert 100 * november[part] / november["snapshot_customers"] == pytest.approx(value, abs=1e-9), part
    every = found["retention"]
    assert (every["retained"] + every["left"] + every["value_lost"] == every["snapshot_customers"]).all()
    assert (every[["hard_bound", "soft_bound"]].max(axis=1) <= every["bound_any"]).all()
    assert (every["bound_any"] <= every["hard_bound"] + every["soft_bound"]).all()
    assert (every[["bound_any", "deep_bound", "value_lost"]].max(axis=1) <= every["snapshot_customers"]).all()


def test_the_hotline(recent: dict[str, pd.DataFrame], found: dict[str, pd.DataFrame]) -> None:
    rows = recent["hotline"][recent["hotline"]["unit"] == "DY"].set_index("month")
    share = 100 * rows["resolved_first_contact"] / rows["calls"]
    assert (share[month_index("2025-01")], share[month_index("2025-11")]) == (85.0, 95.0)
    assert 100 * rows["resolved_first_contact"].sum() / rows["calls"].sum() == 95.0
    assert (found["hotline"]["resolved_first_contact"] <= found["hotline"]["calls"]).all()


def test_network_satisfaction_drifts_down(found: dict[str, pd.DataFrame], units: pd.DataFrame) -> None:
    rows = found["standard"].assign(city=found["standard"]["unit"].map(units.set_index("code")["city"]))
    rows = rows[(rows["city"] == "DY") & (rows["touchpoint"] == "network")]
    months = (rows["score"] * rows["responses"]).groupby(rows["month"]).sum() / rows.groupby("month")["responses"].sum()
    assert months.iloc[:12].mean() - months.iloc[-13:-1].mean() > 3


def test_what_people_wrote(found: dict[str, pd.DataFrame]) -> None:
    """Events begin no new phase; notes and actions are of the last three months, one action done and one open after its
    date.
    """
    events, notes, actions = (found[name] for name in ("events", "notes", "actions"))
    assert events["new_phase"].isna().all()
    assert {"资费", "网络"} <= set(events["kind"])
    for table in (notes, actions):
        assert table["month"].between(month_index("2025-09"), month_index("2025-11")).all()
        assert len(set(table["unit"])) == 3
        assert "DY" in set(table["unit"])
    assert {"已完成", "进行中"} <= set(actions["state"])
    late = actions[actions["due"] < pd.Timestamp("2025-12-01").date()]
    assert (late["state"] == "进行中").any()


def test_every_table_has_every_month(found: dict[str, pd.DataFrame]) -> None:
    for name in ("customers", "tickets", "monthly", "standard", "recharge", "terminal_use", "retention", "hotline"):
        assert set(found[name]["month"]) == set(range(len(MONTHS))), name


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_split_keeps_the_total_and_is_near(total: int, weights: list[float]) -> None:
    parts = split(total, weights)
    assert parts.sum() == total
    assert (np.abs(parts - total * np.array(weights) / sum(weights)) < 1 + 1e-6).all()


@given(st.lists(st.tuples(st.floats(30, 90), st.integers(5, 60)), min_size=20, max_size=60), st.floats(45, 75))
def test_pinned_meets_the_mean(rows: list[tuple[float, int]], mean: float) -> None:
    scores, weights = np.array([score for score, _ in rows]), np.array([weight for _, weight in rows])
    exact = pin_mean(scores, weights, mean, np.ones(len(rows), dtype=bool))
    assert (exact * weights).sum() / weights.sum() == pytest.approx(mean, abs=5e-3)
