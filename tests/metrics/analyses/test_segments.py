"""Segments add up to the whole."""

from __future__ import annotations

import pytest

from metrics.analyses.segments import segment_kind_title, segment_matrix, segment_series, segments
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures


def test_categories_of_a_unit_and_of_its_parent(small: Figures) -> None:
    found = segments(small, "complaints_per_10k", "A", "2025-02", "month", "category").set_index("segment")
    assert found["numerator"].to_dict() == {"network": 40, "billing": 35}
    assert found["share"].sum() == pytest.approx(100)
    assert found.loc["network", "value"] == pytest.approx(40 / 50_000 * 1e4)
    assert found.loc["network", "previous"] == pytest.approx(15 / 50_000 * 1e4)
    above = segments(small, "complaints_per_10k", "P", "2025-02", "month", "category").set_index("segment")
    assert above["numerator"].to_dict() == {"network": 40, "billing": 80}


@pytest.mark.parametrize("unit", ["DY", "LJ"])
@pytest.mark.parametrize("period", ["month", "ytd"])
def test_rates_of_categories_add_up_to_the_rate(sample: Figures, unit: str, period: str) -> None:
    from metrics.analyses.scorecard import scorecard

    whole = scorecard(sample, unit, "2025-11", period).set_index("metric").loc["complaints_per_10k", "value"]
    assert segments(sample, "complaints_per_10k", unit, "2025-11", period, "category")["value"].sum() == pytest.approx(
        whole
    )


def test_a_share_by_segment_has_the_segments_own_base(small: Figures) -> None:
    found = segments(small, "first_contact_resolution", "A", "2025-02", "month", "category").set_index("segment")
    assert found.loc["billing", "value"] == pytest.approx(24 / 35 * 100)


def test_a_kind_that_does_not_exist_is_empty(small: Figures) -> None:
    assert segments(small, "complaints_per_10k", "A", "2025-02", "month", "channel").empty
    assert segment_series(small, "complaints_per_10k", "A", "2025-02", "channel").empty


def test_series(small: Figures) -> None:
    found = segment_series(small, "complaints_per_10k", "A", "2025-02", "category", 2)
    assert found.set_index(["month", "segment"])["value"].to_dict() == {
        ("2025-01", "billing"): 40,
        ("2025-01", "network"): 15,
        ("2025-02", "billing"): 35,
        ("2025-02", "network"): 40,
    }


@pytest.mark.parametrize(
    ("code", "kind", "title"),
    [
        ("complaints_per_10k", "channel", "受理渠道"),
        ("complaints_per_10k", "category", "投诉类别"),
        ("x", "unheard_of", "unheard_of"),
    ],
)
def test_a_kind_is_called_as_its_own_spreadsheet_calls_it(code: str, kind: str, title: str) -> None:
    metric = next((one for one in all_metrics() if one.code == code), all_metrics()[0])
    assert segment_kind_title(metric, kind, "zh_Hans") == title


@pytest.mark.parametrize("metric", ["complaints_per_10k", "first_contact_resolution"])
@pytest.mark.parametrize("period", ["month", "ytd"])
def test_the_matrix_is_every_units_own_segments(sample: Figures, metric: str, period: str) -> None:
    units = ["DY", "LJ", "DY01", "P"] if "P" in sample.axes.units else ["DY", "LJ", "DY01"]
    found = segment_matrix(sample, metric, units, "2025-11", period, "category").set_index(["unit", "segment"])
    for unit in units:
        single = segments(sample, metric, unit, "2025-11", period, "category").set_index("segment")
        for name, value in single["value"].dropna().items():
            assert found.loc[(unit, name), "value"] == pytest.approx(value)


def test_a_matrix_of_a_kind_that_does_not_exist_is_empty(small: Figures) -> None:
    assert segment_matrix(small, "complaints_per_10k", ["A"], "2025-02", "month", "channel").empty
