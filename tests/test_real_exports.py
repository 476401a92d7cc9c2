"""Exports that nobody here wrote: loaded with the ready profiles through the command line, read back through `python -m
metrics`.

The expected numbers were computed from the files by other means; they stand in the README beside the exports.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from data.__main__ import main as data_main
from metrics.__main__ import main as metrics_main
from tests.conftest import REAL, ROOT

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real")]
NHS, PAYMENTS, USERS, DISTRICTS = "nhs-ae-provider", "phonepe-transactions", "phonepe-users", "phonepe-districts"


def loaded(home: Path, profile: str, *patterns: str) -> dict[str, Any]:
    """Loads the exports that fit one of `patterns` into `home` and returns what the loader printed."""
    files = [str(path) for pattern in patterns for path in sorted(REAL.glob(pattern))]
    assert files, f"no exports fit {patterns}"
    return printed(data_main, "load", *files, "--profile", profile, "--json", "--home", str(home))


def printed(main: Any, *words: str, status: int = 0) -> dict[str, Any]:
    """The JSON that a command line prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(list(words)) == status, out.getvalue()[-2000:]
    return json.loads(out.getvalue())


def asked(home: Path, *words: str) -> dict[str, Any]:
    """What `python -m metrics words... --json` says."""
    return printed(metrics_main, *words, "--json", "--home", str(home))


def new_home(factory: pytest.TempPathFactory, name: str) -> Path:
    """An empty home, or a visible skip where the real exports are absent."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    return factory.mktemp(name)


@pytest.fixture(scope="module")
def nhs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A financial year, and two months of the later layout."""
    home = new_home(tmp_path_factory, "nhs")
    report = loaded(home, NHS, "nhs_ae/Monthly-*.xls", "nhs_ae/December-2022*.xls", "nhs_ae/May-2023*.xls")
    assert report["committed"]
    assert len(report["files"]) == 14
    return home


@pytest.mark.soak
def test_three_years_load_in_one_step(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = new_home(tmp_path_factory, "nhs_whole")
    report = loaded(home, NHS, "nhs_ae/*.xls")
    assert report["committed"]
    assert len(report["files"]) == 36
    assert figure(home, "ae_attendances", "England", "2020-03", "rolling12")["value"] == 25_017_116
    assert figure(home, "ae_within_4h", "England", "2023-05")["value"] == pytest.approx(74.007924, abs=1e-6)


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
    found = asked(home, "scorecard", "--unit", unit, "--month", month, "--period", period)
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
    ranking = asked(nhs, "ranking", "ae_type1_within_4h", "--month", "2022-12", "--level", "provider")
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


def one(factory: pytest.TempPathFactory, profile: str, pattern: str) -> tuple[Path, dict[str, Any]]:
    """A home with one export loaded, and what the loader printed of its last sheet."""
    home = new_home(factory, profile)
    report = loaded(home, profile, pattern)
    assert report["committed"]
    return home, report["files"][0]["sheets"][-1]


def test_attendances_by_organisation_and_type(tmp_path_factory: pytest.TempPathFactory) -> None:
    """274 organisations, 36 months; those within four hours are the attendances less the breaches."""
    home, sheet = one(tmp_path_factory, "ae-attendances", "small/ae_attendances.csv")
    assert (len(sheet["units"]), len(sheet["months"])) == (274, 36)
    found = figure(home, "ae_in_time", "All organisations", "2019-03")
    assert (round(found["value"], 4), found["denominator"]) == (86.6043, 2_167_550)


def test_years_across_with_the_unit_in_the_title(tmp_path_factory: pytest.TempPathFactory) -> None:
    home, sheet = one(tmp_path_factory, "province-gdp", "small/分省年度数据.xls")
    assert (len(sheet["units"]), sheet["months"]) == (31, ["2015-12", "2016-12", "2017-12", "2018-12", "2019-12"])
    assert figure(home, "gdp", "全国", "2019-12")["value"] == pytest.approx(985_333.11, abs=1e-6)
    assert round(figure(home, "gdp", "广东省", "2019-12")["yoy"], 2) == 7.73
    (gdp,) = [metric for metric in asked(home, "list")["metrics"] if metric["metric"] == "gdp"]
    assert (gdp["name"], gdp["unit"]) == ("地区生产总值", "亿元")


def test_three_header_rows_and_districts_under_their_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    home, sheet = one(tmp_path_factory, "marriage-survey", "small/ozmarriage.xlsx")
    assert len(sheet["units"]) == 150
    told = {finding["code"] for finding in sheet["findings"]}
    assert told == {"profile_rows_left_out", "profile_new_units"}, "each state adds up to its total"
    assert figure(home, "yes_share", "Australia", "2017-11")["numerator"] == 7_817_247
    states = asked(home, "ranking", "yes_share", "--level", "state")["units"]
    assert {entry["unit"]: entry["numerator"] for entry in states}["New South Wales"] == 2_374_362
    assert len(states) == 8
    districts = asked(home, "ranking", "yes_share", "--level", "division")["units"]
    lowest = min(districts, key=lambda entry: entry["value"])
    assert (lowest["unit"], round(lowest["value"], 1)) == ("Blaxland", 26.1)


def test_ratings_that_were_never_given_are_not_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    home, sheet = one(tmp_path_factory, "call-center", "small/call_center.xlsx")
    assert (sheet["sheet"], len(sheet["units"])) == ("Sheet1", 8)
    rating = figure(home, "call_rating", "Call centre", "2021-03", "quarter")
    assert (round(rating["value"], 6), rating["denominator"]) == (3.403552, 4_054)
    assert figure(home, "calls", "Call centre", "2021-03", "quarter")["value"] == 5_000


# VmHWM is the peak of this process alone: `ru_maxrss` begins with what the process that started it weighed
# (getrusage(2): kept across exec), here a worker of pytest that may itself have passed the limit.
LOAD_AND_WEIGH = """
import re, sys
from pathlib import Path
from data.__main__ import main
status = main(sys.argv[1:])
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024, file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture(scope="module")
def anatel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,222,823 rows, loaded by a process of its own that must stay below 1 GB."""
    home = new_home(tmp_path_factory, "anatel")
    words = [
        "load",
        str(REAL / "anatel_complaints" / "df_anatel.csv.gz"),
        "--profile",
        "anatel-operators",
        "--home",
        str(home),
    ]
    done = subprocess.run(
        [sys.executable, "-c", LOAD_AND_WEIGH, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stderr.split()[-1]) < 1024
    return home


@pytest.mark.parametrize(
    ("unit", "period", "complaints"),
    [
        ("Brasil", "2015-01..2024-07", 5_224_713),
        ("OI", "2015-01..2015-12", 337_301),
        ("CLARO", "2020-01..2020-12", 247_416),
    ],
)
def test_a_million_crumbs_add_up(anatel: Path, unit: str, period: str, complaints: int) -> None:
    assert figure(anatel, "regulator_complaints", unit, "2024-07", period)["value"] == complaints


def test_a_channel_renamed_midway_stays_one(anatel: Path) -> None:
    share = figure(anatel, "web_app_share", "CLARO", "2023-12", "ytd")
    assert (share["numerator"], share["denominator"], round(share["value"], 3)) == (78_766, 103_300, 76.250)


def test_a_bucket_is_no_operator(anatel: Path) -> None:
    words = ("ranking", "regulator_complaints", "--month", "2024-07", "--level", "operator")
    assert not {"Outros", "outros"} & {entry["unit"] for entry in asked(anatel, *words)["units"]}


def test_control_chart_of_two_years(anatel: Path) -> None:
    """Published without screening; no moving range of these months is screened."""
    words = (
        "trend",
        "regulator_complaints",
        "--unit",
        "TIM",
        "--month",
        "2023-12",
        "--months",
        "24",
        "--phase",
        "2022-01",
    )
    months = asked(anatel, *words)["months"]
    last = months[-1]["plain"]
    assert (last["centre"], round(last["lower"], 2), round(last["upper"], 2)) == (2304.125, 1522.78, 3085.47)
    outside = {
        entry["month"]: entry["value"] for entry in months if entry["point_type"] in ("outside_high", "outside_low")
    }
    assert outside == {"2023-11": 3235}


@pytest.mark.parametrize("name", ["FFT_AE_template.xlsm", "FFT_IP_template.xlsm"])
def test_an_empty_template_is_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    home = new_home(tmp_path_factory, "refuse")
    report = printed(data_main, "load", str(REAL / "refuse" / name), "--json", "--home", str(home), status=1)
    assert (report["committed"], report["version"]) == (False, None)
    assert "no_data" in {finding["code"] for finding in report["files"][0]["findings"]}
