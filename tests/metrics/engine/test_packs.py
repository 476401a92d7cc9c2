"""Packs: which metrics the loaded data chooses, and figures of the hospital and the property pack that can be checked
on paper.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.feeds import all_feeds
from data.loading.commit import load
from data.snapshots.reader import open_snapshot
from metrics.analyses.scorecard import scorecard
from metrics.definitions import all_families, all_metrics
from metrics.engine.figures import Figures
from metrics.engine.packs import metrics_for, packs_in_use
from tests.conftest import SAMPLES

HOSPITAL = {
    "units": """code,name,level,parent
G,Group,group,
H1,North,hospital,G
H2,South,hospital,G
""",
    "visits": """month,hospital,visits,emergency,emergency_within_4h
2025-01,H1,8000,1000,950
2025-01,H2,2000,500,400
2025-02,H1,9000,1000,900
2025-02,H2,1000,400,
""",
    "patients": """month,hospital,setting,score,responses
2025-01,H1,outpatient,90,100
2025-01,H1,inpatient,80,100
2025-01,H2,outpatient,60,50
2025-02,H2,emergency,70,30
""",
    "disputes": """month,hospital,disputes,disputes_settled
2025-01,H1,3,2
2025-01,H2,2,2
""",
    "checks": """month,hospital,check_level,checked,passed
2025-01,H1,一级,100,90
2025-01,H1,二级,50,40
2025-01,H2,三级,50,45
""",
    "complaints": """month,hospital,category,complaints,resolved_first_contact
2025-01,H1,attitude,12,9
2025-01,H2,waiting,8,3
""",
}
PROPERTY = {
    "units": """code,name,level,parent
C,Company,company,
E1,Lake,estate,C
E2,Hill,estate,C
""",
    "fees": """month,estate,households,billed,collected,arrears_billed,arrears_collected
2025-01,E1,1000,100000,90000,20000,5000
2025-01,E2,500,50000,40000,,
2025-02,E1,1000,100000,100000,25000,
""",
    "owners": """month,estate,service,score,responses
2025-01,E1,overall,80,100
2025-01,E2,overall,90,300
2025-01,E1,repairs,60,50
""",
    "complaints": """month,estate,complaint_kind,received,closed,closed_in_time,visited,visited_content
2025-01,E1,parking,40,30,24,30,20
2025-01,E2,noise,20,24,,12,9
""",
}

# Home, unit, metric; value, numerator, denominator of January 2025.
FIGURES = [
    ("hospital", "G", "emergency_four_hours", 90.0, 1350, 1500),
    ("hospital", "H2", "emergency_four_hours", 80.0, 400, 500),
    ("hospital", "G", "patient_satisfaction", 80.0, 20_000, 250),
    ("hospital", "G", "outpatient_satisfaction", 80.0, 12_000, 150),
    ("hospital", "G", "complaints_per_10k_visits", 20.0, 20, 10_000),
    ("hospital", "G", "disputes_per_10k_visits", 5.0, 5, 10_000),
    ("hospital", "G", "disputes_settled", 80.0, 4, 5),
    ("hospital", "G", "quality_checks_passed", 87.5, 175, 200),
    ("hospital", "H1", "checks_by_department", 90.0, 90, 100),
    ("hospital", "G", "checks_from_outside", 90.0, 45, 50),
    # Of another pack, but both of its measures are there.
    ("hospital", "G", "first_contact_resolution", 60.0, 12, 20),
    ("property", "C", "owner_satisfaction", 87.5, 35_000, 400),
    ("property", "C", "owners_on_repairs", 60.0, 3_000, 50),
    ("property", "C", "fee_collection", 260 / 3, 130_000, 150_000),
    ("property", "C", "arrears_collection", 25.0, 5_000, 20_000),
    ("property", "C", "owner_complaints_per_1000", 40.0, 60, 1_500),
    ("property", "C", "complaint_closing", 90.0, 54, 60),
    ("property", "E2", "complaint_closing", 120.0, 24, 20),
    ("property", "C", "complaint_closing_in_time", 80.0, 24, 30),
    ("property", "C", "return_visits", 700 / 9, 42, 54),
    ("property", "C", "return_visit_content", 29 / 42 * 100, 29, 42),
]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    found = {}
    for pack, files in (("hospital", HOSPITAL), ("property", PROPERTY)):
        folder: Path = tmp_path_factory.mktemp(pack)
        home = Home(folder / "home")
        paths = []
        for name, content in files.items():
            paths.append(folder / f"{name}.csv")
            paths[-1].write_text(content, "utf-8")
        report = load(home, paths)
        assert not report.refused, [finding.message() for file in report.files for finding in file.findings]
        found[pack] = Figures(open_snapshot(home))
    return found


@pytest.mark.parametrize(("pack", "unit", "metric", "value", "numerator", "denominator"), FIGURES)
def test_figures_on_paper(
    packs: dict[str, Figures], pack: str, unit: str, metric: str, value: float, numerator: float, denominator: float
) -> None:
    row = scorecard(packs[pack], unit, "2025-01").set_index("metric").loc[metric]
    assert (row["value"], row["numerator"], row["denominator"]) == pytest.approx((value, numerator, denominator))


def test_what_is_not_known_leaves_the_denominator_too(packs: dict[str, Figures]) -> None:
    february = scorecard(packs["hospital"], "G", "2025-02").set_index("metric").loc["emergency_four_hours"]
    assert (february["value"], february["denominator"]) == (90.0, 1000)


@pytest.mark.parametrize(
    ("held", "packs"),
    [
        (set(), {"telecom"}),
        ({"indicator_value"}, {"telecom"}),
        ({"customers"}, {"telecom"}),
        ({"complaints"}, {"telecom"}),
        ({"complaints", "visits"}, {"hospital"}),
        ({"fees_billed", "complaints"}, {"property"}),
        ({"customers", "visits", "complaints"}, {"telecom", "hospital"}),
    ],
)
def test_the_data_chooses_the_pack(held: set[str], packs: set[str]) -> None:
    assert packs_in_use(held) == packs
    pack_of = {family.code: family.pack for family in all_families()}
    shown = {pack_of[metric.family] for metric in metrics_for(held)}
    assert packs <= shown
    assert shown - packs <= {"telecom"}


def test_a_telecom_home_shows_what_it_always_showed(sample_home: Path) -> None:
    families = {metric.family for metric in Figures(open_snapshot(Home(sample_home))).axes.metrics}
    assert families == {"complaints", "satisfaction", "self_service", "retention", "hotline", "any"}


def test_every_metric_rests_on_measures_that_some_feed_brings() -> None:
    brought = {measure.name for feed in all_feeds() for measure in feed.measures}
    terms = {
        term.measure
        for metric in all_metrics()
        for term in (metric.numerator, metric.denominator, metric.reported, *metric.spread)
        if term
    }
    assert terms <= brought


@pytest.mark.parametrize(
    ("folder", "top", "metric", "target"),
    [("hospital", "RH", "patient_satisfaction", 90.0), ("property", "AJ", "fee_collection", 92.0)],
)
def test_the_samples_load_without_a_warning(folder: str, top: str, metric: str, target: float, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    report = load(home, [SAMPLES / folder])
    assert [finding.code for file in report.files for finding in file.findings if finding.severity != "note"] == []
    row = scorecard(Figures(open_snapshot(home)), top, "2025-09").set_index("metric").loc[metric]
    assert 85 < row["value"] < 97
    assert row["target"] == target
    assert row["verdict"]
