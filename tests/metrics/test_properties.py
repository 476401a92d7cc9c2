"""What must hold of the whole engine, whatever the figures: order, roll-up, bands, rescaling, constants."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.snapshots.reader import open_snapshot
from metrics.analyses.attention import attention
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures
from metrics.model.periods import window
from metrics.statistics.xmr import ASSURANCE, assurance
from tests.metrics.conftest import FILES, loaded


def shuffled(text: str, seed: int) -> str:
    head, *rows = text.strip().splitlines()
    random.Random(seed).shuffle(rows)
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_and_units_does_not_matter(small: Figures, tmp_path: Path, seed: int) -> None:
    other = Figures(open_snapshot(loaded(tmp_path, {name: shuffled(text, seed) for name, text in FILES.items()})))
    for unit in small.axes.units:
        for period in ("month", "ytd"):
            before, after = (scorecard(figures, unit, "2025-02", period) for figures in (small, other))
            pd.testing.assert_frame_equal(before, after, rtol=1e-12)
    for metric in ("complaints_per_10k", "satisfaction_overall"):
        pd.testing.assert_frame_equal(
            *(ranking(figures, metric, "2025-02", level="city") for figures in (small, other)), rtol=1e-12
        )


@pytest.mark.parametrize(
    "metric", ["complaints_per_10k", "first_contact_resolution", "self_service_share", "snapshot_retention"]
)
@pytest.mark.parametrize("period", ["month", "quarter", "ytd", "rolling12"])
def test_a_roll_up_is_the_recomputed_whole(sample: Figures, metric: str, period: str) -> None:
    """The province of the sample has no own rows: its figures are those of its cities, summed here again."""
    top = sample.organisation.roots()[0]
    row, below = sample.axes.metric_index(metric), sample.axes.unit_indices(sample.organisation.children(top))
    found = sample.over(window("2025-11", period))
    whole = sample.axes.metrics[row].scale * found.numerator[row, below].sum() / found.denominator[row, below].sum()
    assert found.value[row, sample.axes.unit_index(top)] == pytest.approx(whole)


@given(*[st.floats(-1e6, 1e6)] * 3, st.sampled_from(["higher", "lower"]))
def test_every_target_falls_in_exactly_one_band(target: float, first: float, second: float, better: str) -> None:
    lower, upper = sorted((first, second))
    bands = {
        "fails": target > upper if better == "higher" else target < lower,
        "passes": target < lower if better == "higher" else target > upper,
        "hit_or_miss": lower <= target <= upper,
    }
    assert sum(bands.values()) == 1
    said = str(assurance(target, lower, upper, better))
    assert said in ASSURANCE
    assert bands[said]


def test_every_value_has_exactly_one_verdict(sample: Figures) -> None:
    """A known value that is charted is signal, noise or too little data, and its variation agrees with its signal."""
    for unit in ("DY", sample.organisation.at_level("hall")[3], sample.organisation.roots()[0]):
        card = scorecard(sample, unit, "2025-11", "ytd")
        charted = np.array([sample.axes.chartable[sample.axes.metric_index(code)] for code in card["metric"]])
        known = card[card["value"].notna() & charted & (card["points"] > 0)]
        assert known["signal"].isin(["signal", "noise", "too_little_data"]).all()
        assert known["verdict"].map(bool).all()
        assert (known.loc[known["signal"] == "noise", "variation"] == "common").all()
        signals = known.loc[known["signal"] == "signal", "variation"]
        assert signals.isin(["improving", "concerning", "neither_high", "neither_low"]).all()
        assert card.loc[card["value"].isna(), "signal"].isna().all()


def test_limits_contain_the_centre_and_the_interval_its_value(sample: Figures) -> None:
    for metric in sample.axes.metrics:
        table = ranking(sample, metric.code, "2025-11", level="city")
        lines = table.dropna(subset=["lower", "upper"])
        assert ((lines["lower"] <= lines["centre"] + 1e-9) & (lines["centre"] <= lines["upper"] + 1e-9)).all(), (
            metric.code
        )
        sure = table.dropna(subset=["low", "high", "value"])
        assert ((sure["low"] <= sure["value"] + 1e-9) & (sure["value"] <= sure["high"] + 1e-9)).all(), metric.code


def test_a_constant_series_is_never_a_signal(small_series: Figures) -> None:
    for month in small_series.axes.months[5:]:
        row = scorecard(small_series, "CONST", month, metrics=["callback"]).iloc[0]
        assert (row["signal"], row["variation"]) == ("noise", "common"), month
    found = attention(small_series, "CONST", "2025-12")
    assert found.signals == 0
    assert not (found.early_warnings["reason"] == "signal").any()


@pytest.mark.parametrize("month", ["2001-01", "2030-01"])
def test_a_month_without_data_is_not_known_and_no_error(small: Figures, month: str) -> None:
    for period in ("month", "ytd", "rolling12"):
        card = scorecard(small, "A", month, period)
        assert card["value"].isna().all()
        assert card["verdict"].isna().all()


def test_the_regulators_rate_is_of_the_quarter_and_not_annualised(tmp_path: Path) -> None:
    """4081 appeals over the users they came from = 13.6 per million in a quarter (ORACLES.md): 0.136 per ten
    thousand.
    """
    users = 4081 / 13.6 * 1e6
    files = {
        "units": "code,name,level\nN,Nation,province\n",
        "customers": "month,unit,customers\n" + "".join(f"2025-{month:02d},N,{users:.0f}\n" for month in (1, 2, 3)),
        "complaints": "month,unit,category,complaints\n"
        + "".join(f"2025-{month:02d},N,appeal,{count}\n" for month, count in ((1, 1300), (2, 1381), (3, 1400))),
    }
    figures = Figures(open_snapshot(loaded(tmp_path, files)))
    found = figures.over(window("2025-03", "quarter"))
    assert found.value[figures.axes.metric_index("complaints_per_10k"), 0] * 100 == pytest.approx(13.6, abs=1e-6)
    assert np.isnan(found.value[figures.axes.metric_index("repeat_share"), 0])
