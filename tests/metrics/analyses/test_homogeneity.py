"""Whether the parts of a change moved alike: cities whose counties all, or of which only one, change."""

from __future__ import annotations

import numpy as np
import pytest

from data.snapshots.reader import open_snapshot
from locales import LANGUAGES
from metrics.analyses.briefing import briefing
from metrics.analyses.explain import PARENT, doubt_in_words, explain
from metrics.analyses.homogeneity import judged_metric
from metrics.engine.figures import Figures
from tests.metrics.conftest import loaded

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
CUSTOMERS = 100_000
ALL, ONE, GROWN = "X", "Y", "Z"
"""Cities of five counties: in the second half of 2025 all have half as much again, one has twice as much, and one has
twice the customers and twice the complaints.
"""


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    rng = np.random.default_rng(11)
    units, customers, complaints = "code,name,level,parent\nP,Province,province,\n", "", ""
    for city in (ALL, ONE, GROWN):
        units += f"{city},City {city},city,P\n"
        for county in range(1, 6):
            units += f"{city}{county},County {city}{county},county,{city}\n"
            for month in MONTHS:
                late, first = month > "2025-06", county == 1
                grown = 2 if late and first and city == GROWN else 1
                rate = 1.5 if late and city == ALL else 2 if late and first and city == ONE else 1
                billing = rng.poisson(150 * county * rate * grown)
                network = rng.poisson(60 * county * rate * grown)
                customers += f"{month},{city}{county},{CUSTOMERS * grown}\n"
                complaints += f"{month},{city}{county},billing,{billing},{billing // 2}\n"
                complaints += f"{month},{city}{county},network,{network},{network // 2}\n"
    files = {
        "units": units,
        "customers": "month,unit,customers\n" + customers,
        "complaints": "month,unit,category,complaints,escalated\n" + complaints,
        "targets": "metric,period,level,target\ncomplaints_per_10k,2025,city,12\n",
    }
    return Figures(open_snapshot(loaded(tmp_path_factory.mktemp("cities"), files)))


@pytest.mark.parametrize("metric", ["complaints_per_10k", "escalated_complaints"])
@pytest.mark.parametrize(("city", "alike"), [(ALL, True), (ONE, False), (GROWN, True)])
def test_one_common_change_or_not(cities: Figures, metric: str, city: str, alike: bool) -> None:
    found = explain(cities, metric, city, "2025-12", against="last_year")
    assert found.homogeneous is alike, found.p_value
    assert found.judged_by in ("complaints_per_10k", "escalated_per_10k")
    assert found.parts["total"].sum() == pytest.approx(found.change)


def test_categories_that_all_grow_by_half_are_alike_though_one_adds_most(cities: Figures) -> None:
    found = explain(cities, "complaints_per_10k", ALL, "2025-12", against="last_year", by="category")
    assert found.homogeneous is True
    assert found.parts["total"].max() > 2 * found.parts["total"].min() > 0


def test_counts_are_judged_by_their_rate(cities: Figures) -> None:
    judged = {metric.code: judged_metric(cities, metric).code for metric in cities.axes.metrics}
    assert judged["escalated_complaints"] == "escalated_per_10k"
    assert judged["complaints_per_10k"] == "complaints_per_10k"


def test_levels_of_the_parts_against_the_parent(cities: Figures) -> None:
    """County 5 has five times the complaints of county 1 for as many customers."""
    assert explain(cities, "complaints_per_10k", ALL, "2025-12", against=PARENT).homogeneous is False


def test_an_earlier_span_is_held_as_if_it_had_as_many_months(cities: Figures) -> None:
    """The level before a shift: the six months before July against the month of December, or the six months since."""
    one = explain(cities, "complaints_per_10k", ALL, "2025-12", against="2025-01..2025-06")
    six = explain(cities, "complaints_per_10k", ALL, "2025-12", "2025-07..2025-12", "2025-01..2025-06")
    for found, months in ((one, 1), (six, 6)):
        assert found.value_now / found.value_before == pytest.approx(1.5, rel=0.08)
        assert found.value_now == pytest.approx(months * 1e4 * 210 * 15 * 1.5 / (5 * CUSTOMERS), rel=0.08)
        assert found.parts["total"].sum() == pytest.approx(found.change)
        assert found.homogeneous is True
        assert found.caution == ""
    assert six.before == "2025-01..2025-06"


def test_all_parts_alike_is_said_in_every_language(cities: Figures) -> None:
    alike, apart = (explain(cities, "complaints_per_10k", city, "2025-12", against="last_year") for city in (ALL, ONE))
    assert len({doubt_in_words(alike, lang) for lang in LANGUAGES}) == 3
    assert doubt_in_words(alike, "en").startswith("all parts alike")
    assert doubt_in_words(apart, "en") == ""


@pytest.mark.parametrize(("city", "said"), [(ALL, ", in all parts alike."), (ONE, ", of it: County Y1 +")])
def test_the_briefing_names_a_part_only_where_parts_differ(cities: Figures, city: str, said: str) -> None:
    weak = briefing(cities, city, "2025-12", "quarter")[-2].lines
    assert said in next(line for line in weak if line.startswith("Complaints per 10,000 customers"))


def test_where_nothing_is_known_of_the_parts_nothing_is_said(cities: Figures) -> None:
    assert explain(cities, "complaints_per_10k", "X1", "2025-12").homogeneous is None
