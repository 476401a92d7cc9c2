"""Places over time are those that the ranking of each month gives."""

from __future__ import annotations

import pytest

from metrics.analyses.rank_tables import rank_history
from metrics.analyses.ranking import ranking
from metrics.engine.figures import Figures


@pytest.mark.parametrize(("metric", "period"), [("complaints_per_10k", "month"), ("self_service_share", "ytd")])
def test_each_month_is_that_months_ranking(sample: Figures, metric: str, period: str) -> None:
    found = rank_history(sample, metric, "2025-11", period, "city")
    assert found["month"].unique().tolist() == [f"{2024 + (11 + n) // 12}-{(11 + n) % 12 + 1:02d}" for n in range(12)]
    for month in ("2024-12", "2025-06", "2025-11"):
        table = ranking(sample, metric, month, period, "city").set_index("unit")
        mine = found[found["month"] == month].set_index("unit")
        assert mine["rank"].to_dict() == table["rank"].to_dict()
        assert mine["value"].to_dict() == pytest.approx(table["value"].to_dict())


def test_nothing_lies_before_the_first_month(sample: Figures) -> None:
    assert rank_history(sample, "complaints_per_10k", "2022-12", level="city")["month"].unique().tolist() == ["2022-12"]
