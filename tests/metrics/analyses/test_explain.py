"""Why it changed: the parts sum to the change, exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.errors import WrongUsage
from data.snapshots.reader import open_snapshot
from locales import LANGUAGES
from metrics.analyses.decomposition import decompose_ratio
from metrics.analyses.explain import FEW, PARENT, USUAL, caution_in_words, explain, segment_kinds
from metrics.engine.figures import Figures
from tests.metrics.conftest import loaded

EXACT = 1e-9


@given(st.lists(st.tuples(*[st.floats(0, 1e4)] * 2, *[st.floats(1, 1e5)] * 2), min_size=1, max_size=12))
def test_within_and_mix_sum_to_the_change(parts: list[tuple[float, float, float, float]]) -> None:
    n0, n1, d0, d1 = (np.array(column) for column in zip(*parts, strict=True))
    within, mix, _, _ = decompose_ratio(n0, d0, n1, d1)
    change = n1.sum() / d1.sum() - n0.sum() / d0.sum()
    assert within.sum() + mix.sum() == pytest.approx(change, abs=EXACT * max(1, abs(change)))


def test_only_weights_moved_is_all_mix() -> None:
    within, mix, _, _ = decompose_ratio(
        np.array([10.0, 80.0]), np.array([100.0, 100.0]), np.array([5.0, 120.0]), np.array([50.0, 150.0])
    )
    assert within.tolist() == pytest.approx([0, 0])
    assert mix.sum() == pytest.approx(125 / 200 - 90 / 200)


def test_only_rates_moved_is_all_within() -> None:
    within, mix, _, _ = decompose_ratio(
        np.array([10.0, 80.0]), np.array([100.0, 100.0]), np.array([20.0, 80.0]), np.array([100.0, 100.0])
    )
    assert mix.tolist() == pytest.approx([0, 0])
    assert within.tolist() == pytest.approx([0.05, 0])


@pytest.mark.parametrize(
    "metric",
    [
        "complaints_per_10k",
        "first_contact_resolution",
        "satisfaction_overall",
        "escalated_complaints",
        "self_service_share",
        "snapshot_retention",
    ],
)
@pytest.mark.parametrize("against", ["previous", "last_year"])
@pytest.mark.parametrize("period", ["month", "ytd"])
def test_units_sum_to_the_change(sample: Figures, metric: str, against: str, period: str) -> None:
    found = explain(
        sample,
        metric,
        "P" if "P" in sample.organisation else sample.organisation.roots()[0],
        "2025-11",
        period,
        against,
    )
    assert found.parts["total"].sum() == pytest.approx(found.change, abs=EXACT * max(1, abs(found.change)))
    assert (found.parts["within"] + found.parts["mix"]).tolist() == pytest.approx(found.parts["total"].tolist())
    assert found.parts["total"].abs().is_monotonic_decreasing or found.rest


@pytest.mark.parametrize("by", ["category", "channel"])
def test_segments_sum_to_the_change(sample: Figures, by: str) -> None:
    found = explain(sample, "complaints_per_10k", "DY", "2025-11", "ytd", "last_year", by)
    assert found.parts["total"].sum() == pytest.approx(found.change, abs=EXACT)
    assert "segment" in found.parts


def test_any_earlier_month(small: Figures) -> None:
    found = explain(small, "complaints_per_10k", "A", "2025-02", against="2024-02")
    assert (found.before, found.now) == ("2024-02", "2025-02")
    # in February 2024 only A1 reports: 60 of 30,000
    assert found.change == pytest.approx(15 - 20)


def test_against_the_parent_by_hand(small: Figures) -> None:
    """February: A 75 of 50,000, the province 120 of 80,000: both 15. A1 60 of 30,000 (20), A2 15 of 20,000 (7.5)."""
    found = explain(small, "complaints_per_10k", "A", "2025-02", against="parent")
    assert (found.against_unit, found.value_before, found.value_now, found.change) == ("P", 15, 15, 0)
    assert found.parts.set_index("unit")["total"].to_dict() == pytest.approx({"A1": 0.6 * 5, "A2": 0.4 * -7.5})


@pytest.mark.parametrize(
    "metric", ["complaints_per_10k", "first_contact_resolution", "self_service_share", "satisfaction_overall"]
)
@pytest.mark.parametrize("unit", ["DY", "SQ"])
def test_against_the_parent_the_parts_sum_to_the_distance(sample: Figures, metric: str, unit: str) -> None:
    for by in ("units", *segment_kinds(sample, sample.axes.metric(metric))):
        found = explain(sample, metric, unit, "2025-11", "ytd", "parent", by)
        assert found.parts["total"].sum() == pytest.approx(found.change, abs=EXACT * max(1, abs(found.change))), by
        assert found.change == pytest.approx(found.value_now - found.value_before)


@pytest.mark.parametrize(("metric", "unit"), [("complaints_per_10k", "P"), ("escalated_complaints", "A")])
def test_no_parent_and_no_total(small: Figures, metric: str, unit: str) -> None:
    with pytest.raises(WrongUsage):
        explain(small, metric, unit, "2025-02", against="parent")


@pytest.mark.parametrize(("against", "by"), [("yesterday", "units"), ("previous", "colour")])
def test_what_does_not_exist(small: Figures, against: str, by: str) -> None:
    with pytest.raises(WrongUsage):
        explain(small, "complaints_per_10k", "A", "2025-02", against=against, by=by)


def test_an_unknown_change_has_no_parts(small: Figures) -> None:
    found = explain(small, "complaints_per_10k", "C", "2025-02")
    assert np.isnan(found.change)
    assert found.parts.empty


def test_a_sum_to_date_is_held_against_the_same_months_of_the_year_before(sample: Figures) -> None:
    for metric, before in (
        ("complaints_per_10k", "2024-01..2024-11"),
        ("first_contact_resolution", "2025-01..2025-10"),
    ):
        assert explain(sample, metric, "DY", "2025-11", "ytd", "previous", "units").before == before


MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
# Calls resolved of 400: a fixed wobble of 5 points, in the last month of A as usual, of B far below.
RESOLVED = {"A": [320, 340] * 12, "B": [*[320, 340] * 11, 320, 200], "C": [320, 340] * 12}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    rows = "".join(
        f"{month},{unit},{90 if unit == 'C' else 400},{count // 4 if unit == 'C' else count}\n"
        for unit, counts in RESOLVED.items()
        for month, count in zip(MONTHS, counts, strict=True)
    )
    files = {
        "units": "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,Beta,city,P\nC,Gamma,city,P\n",
        "calls": "month,unit,calls,resolved_first_contact\n" + rows,
    }
    return Figures(open_snapshot(loaded(tmp_path_factory.mktemp("calls"), files)))


@pytest.mark.parametrize(
    ("unit", "against", "expected"),
    [
        ("A", "previous", USUAL),
        ("B", "previous", ""),
        ("B", "2024-11", ""),
        ("C", "previous", FEW),
        ("A", "2020-01", ""),
        ("C", PARENT, ""),
    ],
)
def test_what_should_not_be_explained(calls: Figures, unit: str, against: str, expected: str) -> None:
    assert explain(calls, "hotline_first_contact", unit, "2025-12", against=against).caution == expected


def test_a_part_on_few_cases_says_so(calls: Figures) -> None:
    found = explain(calls, "hotline_first_contact", "P", "2025-12", against="previous")
    assert found.parts.set_index("unit")["few"].to_dict() == {"A": False, "B": False, "C": True}


def test_over_a_year_little_things_count(sample: Figures) -> None:
    """Repeat complaints of 大洋: noise in November against the year before, on few cases in each county."""
    found = explain(sample, "repeat_share", "DY", "2025-11", against="last_year")
    assert found.caution == USUAL
    assert found.change == pytest.approx(4.03, abs=0.005)
    assert found.parts["few"].any()


@pytest.mark.parametrize("kind", [FEW, USUAL])
def test_it_is_said_in_every_language(kind: str) -> None:
    assert len({caution_in_words(kind, lang) for lang in LANGUAGES}) == 3
    assert caution_in_words("", "en") == ""
