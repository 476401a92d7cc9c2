"""The command line: shapes, words and exit statuses of the design."""

from __future__ import annotations

import csv
import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from metrics.__main__ import main
from tests.conftest import run_module, run_process
from tests.metrics.conftest import loaded

SCORECARD = {
    "metric",
    "value",
    "numerator",
    "denominator",
    "target",
    "attainment",
    "rank",
    "peers",
    "rank_change",
    "peer_average",
    "gap_to_average",
    "mom",
    "yoy",
    "interval",
    "signal",
    "verdict",
}


def answer(home: Path, *words: str) -> dict:
    """What the command prints; inside this process, which is what `python -m metrics` calls (other tests here run it as
    a user would).
    """
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([*words, "--json", "--home", str(home)]) == 0
    return json.loads(printed.getvalue())


@pytest.mark.parametrize("unit", ["大洋", "DY", "dy"])
def test_scorecard_by_name_code_or_alias(sample_home: Path, unit: str) -> None:
    found = answer(sample_home, "scorecard", "--unit", unit, "--month", "2025-11")
    assert {"unit", "month", "version", "metrics"} <= set(found)
    assert (found["unit"], found["month"], found["version"]) == ("DY", "2025-11", 1)
    assert all(set(entry) >= SCORECARD for entry in found["metrics"])


def test_the_default_is_the_top_unit_and_the_last_month(sample_home: Path) -> None:
    found = answer(sample_home, "scorecard")
    assert found["month"] == "2025-11"


def test_ranking_trend_explain_list(sample_home: Path) -> None:
    ranking = answer(sample_home, "ranking", "complaints_per_10k", "--level", "city")
    assert len(ranking["units"]) == 11
    assert set(ranking["units"][0]) >= (SCORECARD - {"metric"}) | {"unit"}
    trend = answer(sample_home, "trend", "complaints_per_10k", "--unit", "DY")
    assert len(trend["months"]) == 36
    assert set(trend["months"][0]) >= {"month", "value", "centre", "lower", "upper", "point_type"}
    explained = answer(sample_home, "explain", "complaints_per_10k", "--unit", "DY")
    assert sum(part["total"] for part in explained["parts"]) == pytest.approx(explained["change"], abs=1e-9)
    assert {"unit", "within", "mix", "total"} <= set(explained["parts"][0])
    assert len(answer(sample_home, "list")["metrics"]) >= 30


@pytest.mark.parametrize(
    ("words", "rows", "head", "fields"),
    [
        (
            ("funnel", "complaints_per_10k"),
            "units",
            {"centre", "phi", "tau2", "judged", "flagged", "expected_by_chance", "confidence"},
            {"lower", "upper", "flag"},
        ),
        (
            ("tendency", "--unit", "DY"),
            "metrics",
            {"unit", "month"},
            {"direction", "slope", "p", "run", "volatility_against_peers", "season_mean", "sentence"},
        ),
        (
            ("outlook", "satisfaction_overall", "--unit", "DY"),
            "metrics",
            {"unit", "month"},
            {"needed", "natural", "reach", "possible", "months_left", "sentence"},
        ),
        (
            ("forecast", "complaints_per_10k", "--unit", "DY", "--month", "2025-09"),
            "months",
            {"unit", "month", "metric", "year_end"},
            {"month", "expected", "low80", "high80", "low95", "high95"},
        ),
        (("scores", "--period", "ytd"), "units", {"cap", "equal_weights"}, {"score", "rank", "share_in_top", "parts"}),
        (
            ("attention", "--unit", "DY"),
            "strengths",
            {"signals", "judged", "expected_by_chance", "weak_spots", "early_warnings"},
            {"metric", "verdict"},
        ),
        (
            ("ranking", "callback", "--level", "hall"),
            "units",
            {"signals", "funnel"},
            {"funnel_lower", "funnel_upper", "funnel_flag", "pooled", "to_average", "to_target"},
        ),
        (
            ("trend", "callback", "--unit", "DY", "--phase", "2024-07"),
            "months",
            {"run_chart", "proposed_phase"},
            {"phase_start", "sigma_z", "variation", "assurance"},
        ),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else None,
)
def test_what_judges(
    sample_home: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    rows: str,
    head: set[str],
    fields: set[str],
) -> None:
    """In this process: JSON, CSV and a table of each, in three languages."""
    for lang in ("en", "zh_Hans", "zh_Hant"):
        assert main([*words, "--json", "--lang", lang, "--home", str(sample_home)]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[0])
    assert head <= set(found)
    assert fields <= set(found[rows][0])
    for form in (["--csv"], []):
        assert main([*words, *form, "--home", str(sample_home)]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 1


def test_home_before_or_after_the_command(sample_home: Path) -> None:
    before = run_process("metrics", "--home", str(sample_home), "list", "--json").stdout
    after = run_module("metrics", "list", "--json", "--home", str(sample_home)).stdout
    assert before == after


def test_csv_and_text(sample_home: Path) -> None:
    csv = run_module("metrics", "ranking", "complaints_per_10k", "--csv", home=sample_home).stdout
    assert csv.startswith("\ufeffmetric,")
    assert len(csv.strip().splitlines()) == 12
    assert (
        "大洋" in run_module("metrics", "ranking", "complaints_per_10k", "--lang", "zh_Hans", home=sample_home).stdout
    )


@pytest.mark.parametrize(
    "words",
    [
        ("scorecard", "--unit", "nowhere"),
        ("scorecard", "--month", "2025-13"),
        ("scorecard", "--period", "week"),
        ("ranking", "no_such_metric"),
        ("scorecard", "--version", "99"),
        ("ranking", "repeat_share", "--level", "planet"),
        ("explain", "repeat_share", "--by", "colour"),
        ("dance",),
    ],
)
def test_wrong_usage_is_a_sentence_and_2(sample_home: Path, words: tuple[str, ...]) -> None:
    done = run_module("metrics", *words, home=sample_home, status=2)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_nothing_loaded_is_a_sentence_and_1(tmp_path: Path) -> None:
    done = run_module("metrics", "scorecard", home=tmp_path / "empty", status=1)
    assert "Nothing has been loaded" in done.stderr


def test_csv_holds_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    units = "code,name,level,parent\nP,Province,province,\nA,@SUM(1+9)*cmd,city,P\n"
    indicators = "month,unit,indicator,value\n2025-01,A,=1+1,-5\n"
    home = loaded(tmp_path, {"units": units, "indicators": indicators})
    for words in (("scorecard", "--unit", "A"), ("ranking", "=1+1", "--level", "city")):
        printed = io.StringIO()
        with redirect_stdout(printed):
            assert main([*words, "--csv", "--home", str(home.path)]) == 0
        cells = {cell for row in csv.reader(io.StringIO(printed.getvalue().lstrip("\ufeff"))) for cell in row}
        assert {"-5.0", "'=1+1" if words[0] == "scorecard" else "'@SUM(1+9)*cmd"} <= cells
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_the_effect_of_what_was_done(sample_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["effect", "complaints_per_10k", "--unit", "DY", "--month", "2025-09", "--json", "--home", str(sample_home)]
    assert main([*words, "--since", "2025-03"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"change", "interval", "months", "verdict"} <= set(found)
    assert found["months"] == 7
    assert found["interval"][0] <= found["change"] <= found["interval"][1]
    assert main([*words, "--since", "2025-08"]) == 0
    early = json.loads(capsys.readouterr().out)
    assert (early["change"], early["interval"], early["verdict"]) == (None, None, "too early to tell")
    assert main([*words, "--since", "2031-01"]) == 2
