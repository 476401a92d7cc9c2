"""Every check and every row rule: a minimal sheet that breaks it, and the cell it is told at."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.checks import all_checks
from data.feeds import all_feeds, feed_named
from data.intake.workbook import stage_rows, stage_workbook
from data.model.finding import Finding, Kind
from data.model.organisation import UNIT_COLUMNS, Organisation

TODAY = pd.Timestamp("2025-12-05")
ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "海岳省", "province", None, None, None, pd.NaT, pd.NaT),
            ("DY", "大洋", "city", "P", None, None, pd.NaT, pd.NaT),
            ("LJ", "临江", "city", "P", None, None, pd.NaT, pd.NaT),
            ("010", "北京", "city", "P", None, None, pd.NaT, pd.NaT),
            ("N", "新厅", "hall", "DY", None, None, pd.Timestamp("2025-03-15"), pd.NaT),
            ("O", "旧厅", "hall", "DY", None, None, pd.Timestamp("2020-01-01"), pd.Timestamp("2025-06-01")),
        ],
        columns=list(UNIT_COLUMNS),
    )
)
CUSTOMERS = "month,unit,customers,mid_high_end_customers"
MONTHLY = "month,unit,category,complaints,escalated,repeat,resolved_first_contact,on_time"
TARGETS = "metric,period,unit,level,target"
TICKETS = "ticket_id,received_at,unit,category,resolved_at"
SCORES = "month,unit,survey,touchpoint,score,responses"
RESPONSES = "response_id,answered_at,unit,survey,touchpoint,rating,scale_top"
RETENTION = "month,unit,snapshot_customers,retained,hard_bound,soft_bound,bound_any,deep_bound"
HOTLINE = "month,unit,calls,resolved_first_contact,escalated"
INDICATORS = "month,unit,indicator,value,numerator,denominator"
ACTIONS = "month,unit,action,state,closed"
UNITS = "code,name,level,parent"
TARGETS = "metric,period,unit,level,target,base,challenge,weight"
VISITS = "month,unit,visits,emergency,emergency_within_4h"
CHECKED = "month,unit,check_level,checked,passed"
FEES = "month,unit,billed,collected,arrears_billed,arrears_collected"
OWNERS = "month,unit,complaint_kind,received,closed,closed_in_time,visited,visited_content"

BROKEN = [
    ("duplicate_key", "A4", [CUSTOMERS, "2025-11,DY,5,1", "2025-11,LJ,5,1", "2025年11月,大洋,7,1"]),
    ("duplicate_key", "A3", [TICKETS, "T1,2025-11-03,DY,资费,", "T1,2025-11-04,LJ,网络,"]),
    ("duplicate_key", "A3", [UNITS, "DY,大洋,市,P", "DY,大洋二,市,P"]),
    ("codes_alike", "A3", [UNITS, "Q1,新市,市,P", "q1,乙市,市,P"]),
    ("codes_alike", "A3", [UNITS, "DY,大洋,市,P", "ｄ Y,大洋二,市,P"]),
    ("codes_alike", "A2", [UNITS, "lj,临江二,市,P"]),
    ("unit_code_without_zeros", "A2", [UNITS, "10,北京,市,P"]),
    ("duplicate_key", "A3", ["metric,period,unit,level,target", "x,2025,,city,1", "x,2025,,city,2"]),
    ("unknown_parent", "D3", [UNITS, "Q,新省,省,", "Q1,新市,市,无此省"]),
    ("circle_of_parents", "D2", [UNITS, "Q1,甲市,市,Q2", "Q2,乙市,市,Q1"]),
    ("circle_of_parents", "D2", [UNITS, "Q1,甲市,市,Q1"]),
    ("parent_of_lower_level", "D3", [UNITS, "Q1,甲县,县,DY", "Q2,乙市,市,Q1"]),
    ("parent_of_lower_level", "D2", [UNITS, "Q2,乙市,市,Q1", "Q1,甲县,县,DY", "Q3,丙县,县,Q2", "Q4,丁厅,厅,Q3"]),
    ("parent_of_lower_level", "D2", [UNITS, "Q2,乙市,市,LJ", "Q3,丙县,县,Q2"]),
    ("parent_of_lower_level", "D2", [UNITS, "Q2,乙市,市,N"]),
    ("looks_like_fraction", "E2", [SCORES, "2025-11,DY,标准,综合,0.865,300", "2025-11,LJ,标准,综合,1,300"]),
    ("month_in_future", "A3", [CUSTOMERS, "2025-12,DY,5,1", "2026-01,LJ,5,1"]),
    ("month_in_future", "B2", [TICKETS, "T1,2026-01-03,DY,资费,"]),
    ("outside_life", "A2", [CUSTOMERS, "2025-02,N,5,1", "2025-03,N,5,1"]),
    ("outside_life", "A3", [CUSTOMERS, "2025-06,O,5,1", "2025-07,O,5,1"]),
    ("mid_high_end_exceeds_customers", "D2", [CUSTOMERS, "2025-11,DY,5,6", "2025-11,LJ,5,5"]),
    ("escalated_exceeds_complaints", "E2", [MONTHLY, "2025-11,DY,资费,10,11,0,0,0", "2025-11,LJ,资费,10,10,,,"]),
    ("repeat_exceeds_complaints", "F2", [MONTHLY, "2025-11,DY,资费,10,0,11,0,0"]),
    ("resolved_first_contact_exceeds_complaints", "G2", [MONTHLY, "2025-11,DY,资费,10,0,0,11,0"]),
    ("on_time_exceeds_complaints", "H2", [MONTHLY, "2025-11,DY,资费,10,0,0,0,11"]),
    (
        "resolved_before_received",
        "E3",
        [TICKETS, "T1,2025-11-03 09:00,DY,资费,2025-11-03 09:00", "T2,2025-11-03 09:00,DY,资费,2025-11-03 08:59"],
    ),
    ("rating_beyond_scale", "F2", [RESPONSES, "R1,2025-11-05,DY,回访,综合,11,", "R2,2025-11-05,DY,回访,综合,10,"]),
    ("rating_beyond_scale", "F3", [RESPONSES, "R1,2025-11-05,DY,回访,综合,100,100", "R2,2025-11-05,DY,回访,综合,6,5"]),
    ("within_4h_exceeds_emergency", "E2", [VISITS, "2025-11,DY,100,10,11", "2025-11,LJ,100,10,10"]),
    ("emergency_exceeds_visits", "D3", [VISITS, "2025-11,LJ,100,100,", "2025-11,DY,100,101,"]),
    ("passed_exceeds_checked", "E2", [CHECKED, "2025-11,DY,一级,10,11", "2025-11,DY,二级,10,10"]),
    ("arrears_collected_exceeds_arrears", "F2", [FEES, "2025-11,DY,10,12,5,6", "2025-11,LJ,10,9,5,5"]),
    ("closed_in_time_exceeds_closed", "F2", [OWNERS, "2025-11,DY,停车,10,8,9,,", "2025-11,LJ,停车,10,12,12,,"]),
    ("visited_exceeds_closed", "G2", [OWNERS, "2025-11,DY,停车,10,8,,9,"]),
    ("visited_content_exceeds_visited", "H2", [OWNERS, "2025-11,DY,停车,10,8,,5,6"]),
    ("retained_exceeds_snapshot", "D2", [RETENTION, "2025-11,DY,100,101,,,,"]),
    ("bound_exceeds_snapshot", "G2", [RETENTION, "2025-11,DY,100,90,60,60,101,", "2025-11,LJ,100,90,60,60,100,"]),
    ("deep_bound_exceeds_snapshot", "H2", [RETENTION, "2025-11,DY,100,90,,,,101"]),
    ("bound_any_inconsistent", "G2", [RETENTION, "2025-11,DY,100,90,50,40,49,", "2025-11,LJ,100,90,50,40,50,"]),
    ("bound_any_inconsistent", "G3", [RETENTION, "2025-11,DY,100,90,50,40,90,", "2025-11,LJ,100,90,50,40,91,"]),
    ("resolved_exceeds_calls", "D2", [HOTLINE, "2025-11,DY,100,101,0", "2025-11,LJ,100,100,0"]),
    ("escalated_exceeds_calls", "E2", [HOTLINE, "2025-11,DY,100,90,101"]),
    ("closed_before_agreed", "E2", [ACTIONS, "2025-11,DY,专席,done,2025-10", "2025-11,LJ,专席,done,2025-11"]),
    (
        "open_but_closed",
        "D3",
        [ACTIONS, "2025-11,DY,专席,done,2025-11", "2025-11,LJ,专席,进行中,2025-11", "2025-11,LJ,培训,,"],
    ),
    (
        "limit_of_one_unit",
        "A2",
        [TARGETS, "on_time_hours,2025,DY,,24", "普通投诉办结时限,2025,,,24", "complaints_per_10k,2025,DY,,9"],
    ),
    ("limit_of_one_unit", "A3", [TARGETS, "on_time_hours,2025,,,24", "on_time_hours_escalated,2025,,city,24"]),
    ("no_figure", "D2", [INDICATORS, "2025-11,DY,甲,,,", "2025-11,LJ,甲,5,,"]),
    ("denominator_zero", "F2", [INDICATORS, "2025-11,DY,甲,,5,0", "2025-11,LJ,甲,,0,0"]),
]
WARNINGS = {"codes_alike", "outside_life", "no_figure", "open_but_closed"}

SOUND = [
    [CUSTOMERS, "2025-11,DY,5,5", "2025-11,LJ,5,", "2025-10,DY,-,3", "2025-12,N,0,0", "2020-01,O,1,1"],
    [MONTHLY, "2025-11,DY,资费,10,10,10,10,10", "2025-11,DY,网络,0,0,0,0,0", "2025-11,LJ,,10,,,,"],
    [TICKETS, "T1,2025-11-03,DY,资费,", "T2,2025-11-03,DY,资费,2025-11-03"],
    [SCORES, "2025-11,DY,标准,综合,0,300", "2025-11,DY,标准,营业厅,100,", "2025-11,DY,回访,综合,0.5,"],
    [SCORES, "2025-11,DY,标准,综合,0,300", "2025-11,LJ,标准,综合,0,300"],
    [RESPONSES, "R1,2025-11-05,DY,回访,综合,0,", "R1,2025-11-05,DY,回访,营业厅,10,", "R2,2025-11-05,DY,回访,综合,5,5"],
    [RETENTION, "2025-11,DY,100,100,60,60,60,100", "2025-11,LJ,100,0,30,60,90,0"],
    [HOTLINE, "2025-11,DY,100,100,100", "2025-11,LJ,0,0,"],
    [INDICATORS, "2025-11,DY,甲,5,,", "2025-11,DY,乙,,1,2", "2025-11,LJ,甲,,,0", "2025-11,LJ,乙,0,0,0"],
    [UNITS, "Q,新省,省,", "Q1,新市,市,新省", "Q2,乙市,市,P", "Q3,丙县,县,Q2"],
    # Levels may be left out, or be called otherwise; departments may hold departments.
    [UNITS, "Q1,甲县,县,P", "Q2,乙厅,厅,P", "Q3,丙厅,厅,Q1", "Q4,丁市,市,P", "Q5,戊县,县,Q4", "Q6,己厅,厅,LJ"],
    [UNITS, "H,医院,院区,", "S,外科,科室,H", "S1,骨科,科室,S", "S2,胸外科,科室,S", "S3,脊柱组,科室,S1"],
    [UNITS, "C,某郡,county,", "C1,某城,town,C", "C2,某区,ward,C1", "C3,另一区,ward,C"],
    ["month,title,unit,new_phase", "2099-01,新资费上线,,是", "2025-11,新资费上线,DY,", "2025-11,大会,DY,否"],
    ["metric,period,unit,level,target", "x,2099,DY,,1", "x,2025,,city,1", "x,2025,,,1"],
]  # fmt: skip


def found(folder: Path, lines: list[str]) -> list[Finding]:
    path = folder / "sheet.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return stage_workbook(path, ORGANISATION, today=TODAY).all_findings


@pytest.mark.parametrize(("code", "cell", "lines"), BROKEN, ids=[f"{code}-{cell}" for code, cell, _ in BROKEN])
def test_a_broken_row_is_reported_at_its_cell(tmp_path: Path, code: str, cell: str, lines: list[str]) -> None:
    findings = [finding for finding in found(tmp_path, lines) if finding.code == code]
    place = "ABCDEFGH".index(cell[0])
    assert cell in [finding.cell for finding in findings]
    finding = next(finding for finding in findings if finding.cell == cell)
    assert (finding.severity, finding.file, finding.sheet, finding.row) == (
        "warning" if code in WARNINGS else "error",
        "sheet.csv",
        "sheet",
        int(cell[1:]),
    )
    assert finding.column == lines[0].split(",")[place]
    assert "{" not in finding.message() + finding.suggestion()
    assert finding.message("zh_Hant") != finding.message("zh_Hans") != finding.message()


@pytest.mark.parametrize(("code", "cell", "lines"), BROKEN, ids=[f"{code}-{cell}" for code, cell, _ in BROKEN])
def test_nothing_else_is_reported(tmp_path: Path, code: str, cell: str, lines: list[str]) -> None:
    """One slip, one code; two rows only where both are in a circle."""
    findings = found(tmp_path, lines)
    assert {finding.code for finding in findings} == {code}
    assert len(findings) == 1 or code == "circle_of_parents"


@pytest.mark.parametrize(
    "lines", SOUND, ids=[lines[0].split(",")[-1] + str(place) for place, lines in enumerate(SOUND)]
)
def test_sound_rows_give_no_finding(tmp_path: Path, lines: list[str]) -> None:
    assert [(finding.code, finding.cell) for finding in found(tmp_path, lines)] == []


def test_every_check_and_rule_has_its_row() -> None:
    modules = {check.__module__ for check in all_checks()}
    kinds = {
        value.code
        for name in modules
        for value in vars(__import__(name, fromlist=["x"])).values()
        if isinstance(value, Kind)
    }
    rules = {rule.code for feed in all_feeds() for rule in feed.rules}
    assert {code for code, _, _ in BROKEN} == kinds | rules


def test_a_repeated_key_names_the_row_it_repeats(tmp_path: Path) -> None:
    lines = [CUSTOMERS, "2025-11,DY,5,1", "2025-11,LJ,5,1", "2025-11,DY,5,1", "2025-11,DY,6,1"]
    assert [(finding.cell, finding.message()) for finding in found(tmp_path, lines)] == [
        ("A4", "The row repeats the key of row 2: 2025-11, DY."),
        ("A5", "The row repeats the key of row 2: 2025-11, DY."),
    ]


def test_rows_without_a_key_are_not_repeats_of_each_other(tmp_path: Path) -> None:
    codes = [finding.code for finding in found(tmp_path, [CUSTOMERS, "2025-11,甲乙,5,1", "2025-11,丙丁,5,1"])]
    assert codes == ["unknown_unit", "unknown_unit"]


def test_codes_alike_that_are_stored_already_can_be_saved(tmp_path: Path) -> None:
    """Else nothing could be changed in the units of such a home; a third is told."""
    rows = pd.DataFrame(
        [("Q1", "甲", "市", None), ("q1", "乙", "市", None), ("Ｑ1", "丙", "市", None)], columns=UNITS.split(",")
    )
    (tmp_path / "units.csv").touch()
    staged = stage_rows(tmp_path / "units.csv", feed_named("units"), rows, Organisation.empty(), ("Q1", "q1"))
    told = [(one.code, one.row, one.value, one.params["other"]) for one in staged.all_findings]
    assert told == [("codes_alike", 4, "Ｑ1", "Q1")]


def test_a_life_is_reported_with_its_months(tmp_path: Path) -> None:
    messages = [finding.message() for finding in found(tmp_path, [CUSTOMERS, "2025-07,O,5,1", "2025-02,N,5,1"])]
    assert messages == [
        "旧厅 was open from 2020-01 to 2025-06, not in this month.",
        "新厅 was open from 2025-03 to –, not in this month.",
    ]


def test_units_of_the_file_itself_are_known_as_parents(tmp_path: Path) -> None:
    """In any order, by code or name."""
    assert found(tmp_path, [UNITS, "Q2,乙县,县,甲市", "Q1,甲市,市,海岳省"]) == []


def test_a_city_below_a_county_is_reported_with_both_levels(tmp_path: Path) -> None:
    told = found(tmp_path, [UNITS, "Q1,甲县,县,DY", "Q2,乙市,市,Q1"])
    assert [finding.message() for finding in told] == [
        "乙市 (city) stands below 甲县 (county); elsewhere in the organisation this level does not stand below that one."
    ]
    assert told[0].message("zh_Hant") == "乙市（地市）掛在甲县（區縣）之下，而其他單位中沒有這樣的上下級關係。"


@pytest.mark.parametrize(
    ("code", "cell", "lines"),
    [
        ("out_of_range", "E2", [TARGETS, "x,2025,DY,,-5,,,", "x,2025,LJ,,0,0,0,0"]),
        ("out_of_range", "F2", [TARGETS, "x,2025,DY,,5,-1,,", "x,2025,LJ,,5,,,"]),
        ("out_of_range", "G3", [TARGETS, "x,2025,DY,,5,,,", "x,2025,LJ,,5,20,-0.1,"]),
        ("out_of_range", "H2", [TARGETS, "x,2025,DY,,5,,,-10", "x,2025,LJ,,5,,,10"]),
        ("unreadable_value", "E2", [TARGETS, "x,2025,DY,,1e999,,,", "x,2025,LJ,,5,,,"]),
    ],
)  # fmt: skip
def test_an_impossible_target_is_reported_at_its_cell(tmp_path: Path, code: str, cell: str, lines: list[str]) -> None:
    assert [(finding.code, finding.cell) for finding in found(tmp_path, lines)] == [(code, cell)]
