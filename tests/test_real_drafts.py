"""Profiles drafted for exports that nobody here wrote: they load them right with two edits or fewer."""

from __future__ import annotations

import csv
import gzip
from itertools import islice
from pathlib import Path

import pytest

from data.intake.workbook import StagingOptions, stage_workbook
from data.model.organisation import Organisation
from data.profiles import read_profile
from data.profiles.draft import propose_profile
from data.profiles.draft_text import draft_text
from data.reading import read_file
from tests.conftest import REAL

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real drafts")]
FIRST = 50_000
"""Rows of the million that `make test` drafts a profile for."""
DRAFTS = [
    ("nhs_ae/Monthly-AE-April-2019*.xls", "", "a_e_attendances_total_attendances", "2019-04", 2_112_165),
    ("small/ae_attendances.csv", "", "attendances", "2019-03", 2_167_550),
    ("small/分省年度数据.xls", "", None, "2019-12", 985_333.11),
    ("small/ozmarriage.xlsx", "", "response_clear_yes_no", "2017-11", 7_817_247),
    ("small/call_center.xlsx", "", "rows", None, 5_000),
    ("small/call_center.xlsx", "", "satisfaction_rating", None, 3.403552),
    ("phonepe/agg_user*.csv", "", "registered_users", "2024-12", 586_756_452),
    ("phonepe/map_transaction*.csv", "Kerala", "count", "2023-03", 147_621_565),
    ("china_mobile_voice/附件1*.xlsx", "", "语音通话整体满意度", None, 8.679919),
    pytest.param("anatel_complaints/*.csv.gz", "", "qtd", None, 5_224_713, marks=pytest.mark.soak),
]


@pytest.mark.parametrize(("pattern", "unit", "indicator", "month", "expected"), DRAFTS)
def test_a_draft_loads_them_right_with_two_edits_or_fewer(
    pattern: str, unit: str, indicator: str | None, month: str | None, expected: float
) -> None:
    """The one edit: the survey says nowhere which month it is of."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    (path,) = REAL.glob(pattern)
    assert drafted_figure(path, unit, indicator, month) == pytest.approx(
        expected, rel=1e-3 if "agg_user" in pattern else 1e-6
    )


def test_a_draft_of_the_first_rows_of_a_million(tmp_path: Path) -> None:
    """The whole file is for `make soak`."""
    if not REAL.exists():
        pytest.skip("needs the real exports in ../shared/real")
    (path,) = REAL.glob("anatel_complaints/*.csv.gz")
    short = tmp_path / path.name
    with (
        gzip.open(path, "rt", encoding="utf-8", newline="") as whole,
        gzip.open(short, "wt", encoding="utf-8", newline="") as cut,
    ):
        lines = list(islice(whole, FIRST + 1))
        cut.writelines(lines)
    expected = sum(int(float(row["qtd"] or 0)) for row in csv.DictReader(lines))
    assert drafted_figure(short, "", "qtd", None) == expected


def drafted_figure(path: Path, unit: str, indicator: str | None, month: str | None) -> float:
    """A figure of an export that is loaded with the profile drafted for it."""
    book = read_file(path)
    written = draft_text(propose_profile(book)).replace("YYYY-MM", "2022-06")
    staged = stage_workbook(
        path, Organisation.empty(), StagingOptions(profile=read_profile(written, "draft")), book=book
    )
    assert [one.message("en") for one in staged.all_findings if one.severity == "error"] == []
    frame = staged.sheets[-1].frame
    chosen = frame if indicator is None else frame[frame["indicator"] == indicator]
    chosen = chosen if month is None else chosen[chosen["key_month"] == f"{month}-01"]
    chosen = chosen[chosen["key_unit"].astype(str).str.lower() == unit.lower()] if unit else chosen
    return float(chosen["numerator"].sum() / (chosen["denominator"].sum() or 1))
