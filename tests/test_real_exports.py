"""Exports that nobody here wrote: loaded with the ready profiles through the command line, read back through `python -m metrics`.

The expected numbers were computed from the files by other means; they stand in the README beside the exports.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REAL, run_module

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real")]
NHS, PAYMENTS, USERS, DISTRICTS = "nhs-ae-provider", "phonepe-transactions", "phonepe-users", "phonepe-districts"


def loaded(home: Path, profile: str, pattern: str) -> dict[str, Any]:
    """Loads the exports that fit `pattern` into `home` and returns what the loader printed."""
    files = [str(path) for path in sorted(REAL.glob(pattern))]
    assert files, f"no exports fit {pattern}"
    return json.loads(run_module("data", "load", *files, "--profile", profile, "--json", home=home).stdout)


def new_home(factory: pytest.TempPathFactory, name: str) -> Path:
    """An empty home, or a visible skip where the real exports are absent."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    return factory.mktemp(name)


@pytest.fixture(scope="module")
def nhs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = new_home(tmp_path_factory, "nhs")
    report = loaded(home, NHS, "nhs_ae/*.xls")
    assert report["committed"]
    assert len(report["files"]) == 36
    return home


@pytest.fixture(scope="module")
def phonepe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = new_home(tmp_path_factory, "phonepe")
    loaded(home, PAYMENTS, "phonepe/agg_transaction*.csv")
    loaded(home, USERS, "phonepe/agg_user*.csv")
    return home


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = new_home(tmp_path_factory, "voice")
    loaded(home, "china-mobile-voice", "china_mobile_voice/附件1*.xlsx")
    return home


def figure(home: Path, metric: str, unit: str, month: str, period: str = "month") -> dict[str, Any]:
    """One metric of a unit's scorecard."""
    words = ("scorecard", "--unit", unit, "--month", month, "--period", period, "--json")
    found = json.loads(run_module("metrics", *words, home=home).stdout)
    return next(entry for entry in found["metrics"] if entry["metric"] == metric)


@pytest.mark.parametrize(
    ("month", "numerator", "denominator", "value"),
    [("2019-04", 1_797_984, 2_112_165, 85.125168), ("2023-05", 1_481_444, None, 74.007924)],
)
def test_england_is_the_ratio_among_those_that_report(
    nhs: Path, month: str, numerator: float, denominator: float | None, value: float
) -> None:
    found = figure(nhs, "ae_within_4h", "England", month)
    assert found["numerator"] == numerator
    assert denominator in (None, found["denominator"])
    assert found["value"] == pytest.approx(value, abs=1e-6)


def test_a_financial_year_of_attendances(nhs: Path) -> None:
    assert figure(nhs, "ae_attendances", "England", "2020-03", "rolling12")["value"] == 25_017_116


def test_worst_of_the_type_1_providers(nhs: Path) -> None:
    words = ("ranking", "ae_type1_within_4h", "--month", "2022-12", "--level", "provider", "--json")
    ranking = json.loads(run_module("metrics", *words, home=nhs).stdout)
    ranked = [entry for entry in ranking["units"] if entry["rank"] is not None]
    worst = max(ranked, key=lambda entry: entry["rank"])
    assert worst["unit"] == "RF4"
    assert worst["value"] == pytest.approx(28.580745, abs=1e-6)
    assert worst["rank"] == worst["peers"] == len(ranked)


@pytest.mark.parametrize(
    ("unit", "month", "value"),
    [("INDIA", "2018-03", 53.970445), ("INDIA", "2024-12", 4.934677), ("Kerala", "2023-03", 11.264672)],
)
def test_share_of_recharge_and_bills(phonepe: Path, unit: str, month: str, value: float) -> None:
    assert figure(phonepe, "recharge_share", unit, month)["value"] == pytest.approx(value, abs=1e-6)
    assert figure(phonepe, "recharge_share", unit, month, "quarter")["value"] == pytest.approx(value, abs=1e-6)


def test_the_countrys_own_row_beats_the_sum_of_its_states(phonepe: Path) -> None:
    assert figure(phonepe, "payments", "INDIA", "2023-03")["value"] == 13_090_574_860
    assert figure(phonepe, "registered_users", "India", "2024-12")["value"] == 586_756_452


def test_districts_add_up_to_their_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = new_home(tmp_path_factory, "districts")
    loaded(home, DISTRICTS, "phonepe/map_transaction*.csv")
    assert figure(home, "district_payments", "Kerala", "2023-03")["value"] == 147_621_565


@pytest.mark.parametrize(
    ("unit", "mean", "responses"), [("语音业务客户", 8.679919, 5_433), ("银卡及以上", 8.341656, 1_522)]
)
def test_survey_means_times_ten(voice: Path, unit: str, mean: float, responses: int) -> None:
    found = figure(voice, "satisfaction_overall", unit, "2022-06")
    assert found["value"] == pytest.approx(10 * mean, abs=1e-5)
    assert found["denominator"] == responses


def test_loading_the_same_export_again_changes_nothing(phonepe: Path) -> None:
    again = loaded(phonepe, PAYMENTS, "phonepe/agg_transaction*.csv")
    assert not again["committed"]
