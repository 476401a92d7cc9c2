"""A profile proposed from a file: what is recognised, and that the proposal works when applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.core.home import Home
from data.exports.annotated import annotated_copy, findings_csv
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.loading.report import LoadReport
from data.model.choices import Choices
from data.model.errors import Refused, ServiceQualityError
from data.model.organisation import Organisation
from data.model.profile import Indicator, MonthSource
from data.model.sheet import Sheet, Workbook
from data.profiles import apply_profile, load_profile, matches, read_profile, save_profile, write_profile
from data.profiles.draft import draft_profile, table_labels
from locales import LANGUAGES


def workbook(*sheets: Sheet, name: str = "AE 2024-03.xlsx") -> Workbook:
    return Workbook(Path(name), name, "0" * 64, list(sheets))


TWO_LEVELS = Sheet(
    "Provider",
    [
        ["Title:", "Attendances"],
        ["Period:", "November  2024"],
        ["", "", "Seen", "", "In time", ""],
        ["Code", "Name", "Major", "Minor", "Major", "Minor"],
        ["R1", "One", 10, 1, 9, 1],
        ["R2", "Two", 20, 2, 18, "-"],
    ],
)
QUARTERLY = Sheet(
    "agg", [["state", "year", "quarter", "count", "pass rate"], ["a", 2018, 1, 5, 0.5], ["b", 2018, 2, 6, 0.7]]
)


def test_two_level_header_with_a_labelled_month() -> None:
    profile = draft_profile(workbook(Sheet("Notes", [["nothing here"]]), TWO_LEVELS))
    assert profile.sheets == ("Provider",)
    assert profile.header.rows == 2
    assert profile.month == MonthSource(label="Period:", formats=("%B %Y", "%B-%Y", "%B_%Y"))
    assert (profile.unit.columns, profile.unit.name) == (("Code",), "Name")
    assert [item.numerator for item in profile.indicators] == [
        ("Seen / Major",),
        ("Seen / Minor",),
        ("In time / Major",),
        ("In time / Minor",),
    ]


def test_year_and_quarter_columns_and_a_rate() -> None:
    profile = draft_profile(workbook(QUARTERLY, name="agg.csv"))
    assert profile.month == MonthSource(year="year", quarter="quarter")
    assert profile.unit.columns == ("state",)
    assert profile.indicators == (
        Indicator("count", "count", numerator=("count",), better="neither"),
        Indicator("pass_rate", "pass rate", value="pass rate"),
    )


@pytest.mark.parametrize("sheet", [TWO_LEVELS, QUARTERLY], ids=lambda sheet: sheet.name)
def test_the_proposal_can_be_used_as_it_is(sheet: Sheet) -> None:
    profile = read_profile(write_profile(draft_profile(workbook(sheet))))
    assert matches(profile, sheet)
    units, staged = apply_profile(profile, sheet, "f.xlsx", Organisation.empty())
    assert not [finding for finding in staged.findings if finding.severity != "note"]
    assert len(units.frame) == 2
    assert len(staged.frame)


def test_the_month_may_stand_in_the_files_name() -> None:
    profile = draft_profile(workbook(Sheet("S", [["unit", "calls"], ["a", 1], ["b", 2]])))
    assert profile.month.file
    staged = apply_profile(
        profile, Sheet("S", [["unit", "calls"], ["a", 1], ["b", 2]]), "AE 2024-03.xlsx", Organisation.empty()
    )[-1]
    assert staged.months == ["2024-03"]


def test_a_month_that_nothing_tells_must_be_filled_in_before_anything_is_read() -> None:
    sheet = Sheet("S", [["unit", "calls"], ["a", 1], ["b", 2]])
    profile = draft_profile(workbook(sheet, name="calls.xlsx"))
    assert profile.month == MonthSource(constant="YYYY-MM")
    with pytest.raises(ServiceQualityError, match="it must be a month such as 2025-11"):
        read_profile(write_profile(profile))
    (staged,) = apply_profile(profile, sheet, "calls.xlsx", Organisation.empty())[-1:]
    assert [finding.severity for finding in staged.findings].count("error") > 0


def test_nothing_to_draft_from_is_reported() -> None:
    with pytest.raises(Refused, match="no table"):
        draft_profile(workbook(Sheet("S", [["only a title"], []])))


def test_a_code_with_a_name_beside_it_by_their_last_words() -> None:
    rows = [["Month", "Trust code", "Trust name", "Seen"], ["2025-01", "R1", "One", 5], ["2025-01", "R2", "Two", 6]]
    unit = draft_profile(workbook(Sheet("S", rows))).unit
    assert (unit.columns, unit.name) == (("Trust code",), "Trust name")
    rows += [["2025-01", "R3", "Three", 5], ["2025-01", "R4", "Four", 6], ["2025-01", "R5", "Five", 6]]
    unit = draft_profile(workbook(Sheet("S", [*rows, ["2025-01", "Total", "", 28]]))).unit
    assert (unit.columns, unit.name) == (("Trust code",), "Trust name")


def test_labels_follow_the_sheet_and_the_depth_of_the_header() -> None:
    book = workbook(Sheet("Notes", [["nothing here"]]), TWO_LEVELS)
    profile = draft_profile(book)
    assert table_labels(book, profile) == profile.header.known
    flat = table_labels(book, replace(profile, header=replace(profile.header, rows=1)))
    assert flat == ("Code", "Name", "Major", "Minor", "Major#2", "Minor#2")
    assert table_labels(book, replace(profile, sheets=("Notes",))) == ()


# A saved draft reads the standard layouts as they are read without it: the same figures, the same findings.

M, M4 = ["月份", "单位", "投诉量"], ["月份", "单位", "类别", "投诉量"]
S = ["月份", "单位", "调查类型", "触点", "得分"]
SIMPLE = [M, ["2025-10", "大洋", 5], ["2025-10", "海湖", 3]]
SCORES = [S, ["2025-10", "大洋", "标准", "总体", 93], ["2025-10", "海湖", "标准", "总体", 91]]


@pytest.fixture
def drafted(home: Home, tmp_path: Path, write_to) -> Callable[..., None]:
    """drafted(rows): a profile drafted from these rows is saved in the home, as an analyst would by the command
    line.
    """

    def one(rows: list[list]) -> None:
        write_to(tmp_path / "draft" / "example.xlsx", rows)
        words = [
            ["draft", tmp_path / "draft" / "example.xlsx", "--out", tmp_path / "p.toml"],
            ["save", tmp_path / "p.toml"],
        ]
        for said in words:
            assert main(["profile", *map(str, said), "--home", str(home.path)]) == 0

    return one


@pytest.fixture
def loaded(home: Home, tmp_path: Path, write_to) -> Callable[..., LoadReport]:
    """loaded(rows, ...): one file for each table of rows, in one step."""

    def one(*tables: list[list], **options) -> LoadReport:
        paths = [
            write_to(tmp_path / "given" / f"{len(list(tmp_path.glob('given/*')))}{place}.xlsx", rows)
            for place, rows in enumerate(tables)
        ]
        return load(home, paths, LoadOptions(who="tester", **options))

    return one


def told(report: LoadReport, severity: str = "error") -> list[tuple[str, str | None]]:
    """The findings of this severity: (code, cell)."""
    found = [finding for file in report.files for finding in file.findings if finding.severity == severity]
    return [(finding.code, finding.cell) for finding in found]


@pytest.mark.parametrize(
    ("example", "rows", "code", "words"),
    [
        (SIMPLE, [M, ["2025-12", "新城", 5]], "unknown_unit", "Nearest: "),
        (SIMPLE, [M, ["2025-12", "大样", 5]], "unknown_unit", "Nearest: 大洋."),
        (SCORES, [S, ["2025-12", "大洋", "标准", "总体", 195.5]], "out_of_range", "lies outside 0 to 100"),
        (SCORES, [S, ["2025-12", "大洋", "没有的", "总体", 95.5]], "unknown_choice", "Use one of: 标准"),
    ],
)
def test_a_bad_cell_under_a_profile_is_reported_in_every_language_and_the_good_file_loads(
    drafted, loaded, home: Home, example: list, rows: list, code: str, words: str
) -> None:
    drafted(example)
    report = loaded(rows, example)
    assert (report.files[0].batch, report.files[1].batch, report.committed) == (None, 2, True)
    assert [finding.code for finding in report.files[0].findings if finding.severity == "error"] == [code]
    for lang in LANGUAGES:
        report.to_json(lang)
        findings_csv([file.staged for file in report.files], lang)
    annotated_copy(report.files[0].staged, "en")
    said = next(finding for finding in report.files[0].findings if finding.code == code)
    assert words in f"{said.message()} {said.suggestion()}"


TWICE = [M, ["2025-11", "大洋", 5], ["2025-11", "大洋", 5], ["2025-11", "海湖", 4]]


def test_a_row_that_stands_twice_is_refused_under_a_profile_too(drafted, loaded) -> None:
    expected = [("duplicate_key", "A3")]
    assert told(loaded(TWICE)) == expected
    drafted(SIMPLE)
    report = loaded(TWICE)
    assert report.files[0].staged.sheets[-1].profile == "example"
    assert (told(report), report.committed) == (expected, False)


def test_a_profile_may_say_that_rows_are_parts_of_one_figure(drafted, loaded, home: Home) -> None:
    drafted(SIMPLE)
    save_profile(replace(load_profile(home.profiles / "example.toml"), sum_rows=True), home.profiles)
    report = loaded(TWICE)
    assert told(report) == []
    assert report.files[0].staged.sheets[-1].frame["complaints"].tolist() == [5, 5, 4]


T = ["工单编号", "受理时间", "单位", "投诉类别", "办结时间"]
TICKETS = [
    T,
    ["G1", "2025-04-20 09:00", "大洋", "资费", "2025-04-20 15:00"],
    ["G2", "2025-04-21 08:30", "海湖", "网络", "2025-04-25"],
]
MIXED = [S, ["2025-11", "大洋", "标准", "总体", "95.5%"], ["2025-11", "海湖", "标准", "总体", 0.93]]
OPEN = [T, ["G1", "2025-05-03 08:00", "大洋", "资费", "04/05/2025"]]


def test_the_times_of_tickets_are_kept_under_a_profile(drafted, loaded, home: Home, figures) -> None:
    drafted(TICKETS)
    frame = loaded(TICKETS).files[0].staged.sheets[-1].frame
    assert frame["received_at"].dt.strftime("%m-%d %H:%M").tolist() == ["04-20 09:00", "04-21 08:30"]
    assert frame["key_month"].dt.strftime("%Y-%m-%d").tolist() == ["2025-04-01", "2025-04-01"]
    assert figures(home, "on_time") == {"2025-04 A": 1, "2025-04 B": 0}


def test_a_month_alone_is_no_time_to_count_hours_from(drafted, loaded, home: Home) -> None:
    drafted(TICKETS)
    profile = replace(load_profile(home.profiles / "example.toml"), month=MonthSource(constant="2025-04"))
    save_profile(profile, home.profiles)
    assert told(loaded(TICKETS)) == [("profile_only_month_known", None)]
    kept = {name: label for name, label in profile.columns.items() if name != "resolved_at"}
    save_profile(replace(profile, columns=kept), home.profiles)
    assert told(loaded(TICKETS)) == []


@pytest.mark.parametrize(
    ("example", "rows", "said", "answers"),
    [
        (SCORES, MIXED, [("shares_mixed", "E2")], {"shares": "fraction"}),
        (TICKETS, OPEN, [("date_order_open", "E2")], {"dates": "day_first"}),
        (TICKETS, [T, ["G1", "03/04/2025", "大洋", "资费", None]], [("date_order_open", "B2")], {"dates": "day_first"}),
    ],
)
def test_what_a_column_leaves_open_is_asked_under_a_profile_too(
    drafted, loaded, example: list, rows: list, said: list, answers: dict
) -> None:
    assert told(loaded(rows)) == said
    plain = loaded(rows, choices=Choices(answers=answers), dry_run=True).files[0].staged
    drafted(example)
    assert told(loaded(rows)) == said
    answered = loaded(rows, choices=Choices(answers=answers), dry_run=True).files[0].staged
    assert not answered.refused
    assert answered.sheets[-1].profile == "example"
    pd.testing.assert_frame_equal(answered.sheets[-1].frame, plain.sheets[-1].frame)


def test_the_numbers_of_a_column_are_written_in_one_way_under_a_profile_too() -> None:
    """Beside 12,5 a 1.234 has a point between thousands; it was read by itself, as 1.234."""
    sheet = Sheet("S", [["unit", "calls"], ["a", "12,5"], ["b", "1.234,5"], ["c", "1.234"]])
    staged = apply_profile(draft_profile(workbook(sheet)), sheet, "f 2024-03.xlsx", Organisation.empty())[-1]
    assert staged.frame["numerator"].tolist() == [12.5, 1234.5, 1234]
    assert "decimal_comma" in [finding.code for finding in staged.findings]


@pytest.mark.parametrize(
    ("example", "rows", "said"),
    [
        (SIMPLE, [M, ["2025-11", "大洋", 5], ["2025-11", "海湖", None]], [("required_empty", "C3")]),
        (SIMPLE, [M, ["2025-11", "大洋", 5], ["2025-11", "海湖", "-"]], []),
        (SIMPLE, [M, ["2025-11", "大洋", 5], ["2025-11", None, 4]], [("required_empty", "B3")]),
        (SCORES, [S, ["2025-11", "大洋", "标准", None, 95], ["2025-11", "海湖", "标准", "总体", 93]], [("required_empty", "D2")]),
        (SCORES, [S, ["2025-11", "大洋", "标准", "-", 95], ["2025-11", "海湖", "标准", "总体", 93]], [("required_empty", "D2")]),
    ],
)  # fmt: skip
def test_what_a_feed_needs_must_be_filled_in_under_a_profile_too(
    drafted, loaded, example: list, rows: list, said: list
) -> None:
    assert told(loaded(rows, dry_run=True)) == said
    drafted(example)
    report = loaded(rows, dry_run=True)
    assert told(report) == said
    assert report.files[0].staged.sheets[-1].profile == "example"


C = ["月份", "地市", "客户数"]
MANY = [["客户规模表（单位：万户）"], C, ["2025-10", "大洋", 35], ["2025-10", "海湖", 21.5]]


def test_the_unit_of_a_title_holds_under_a_profile_unless_it_says_a_factor(drafted, loaded, home: Home) -> None:
    drafted(MANY)
    report = loaded(MANY, dry_run=True)
    sheet = report.files[0].staged.sheets[-1]
    assert (sheet.profile, sheet.frame["customers"].tolist()) == ("example", [350_000, 215_000])
    assert told(report, "note") == [("figures_scaled", "A1")]
    profile = load_profile(home.profiles / "example.toml")
    for factor, expected in ((10_000, [350_000, 215_000]), (1000, [35_000, 21_500])):
        save_profile(replace(profile, scale={"customers": factor}), home.profiles)
        assert loaded(MANY, dry_run=True).files[0].staged.sheets[-1].frame["customers"].tolist() == expected
    save_profile(replace(profile, scale={"customers": 1}), home.profiles)
    assert told(loaded(MANY, dry_run=True)) == [("not_whole", "C4")]


@pytest.mark.parametrize(
    "rows",
    [
        [M, ["2026-03", "大洋", 11], ["2026-03", "海湖", 4], ["2026-03", "合计", 15]],
        [M, ["2026-03", "大洋", 11], ["2026-03", "海湖", 4], [None, "全省合计", 15], ["注：含转办件"]],
        [
            M4,
            ["2026-03", "大洋", "资费", 5],
            ["2026-03", "大洋", "网络", 6],
            ["2026-03", "大洋", "小计", 11],
            ["2026-03", "海湖", "资费", 4],
        ],
    ],
    ids=["total", "total and note", "subtotal in a wider layout"],
)
def test_totals_do_not_count_under_a_profile_whose_example_had_none(
    drafted, loaded, home: Home, figures, rows: list
) -> None:
    drafted(SIMPLE)
    assert loaded(rows).committed
    assert figures(home, "complaints") == {"2026-03 A": 11, "2026-03 B": 4}


def test_the_wider_layout_is_read_by_its_type_unless_the_profile_is_asked_for(drafted, loaded) -> None:
    drafted(SIMPLE)
    rows = [M4, ["2026-03", "大洋", "资费", 5], ["2026-03", "大洋", "网络", 6]]
    sheet = loaded(rows, dry_run=True).files[0].staged.sheets[-1]
    assert (sheet.profile, sheet.frame["category"].tolist()) == (None, ["资费", "网络"])
    assert told(loaded(rows, dry_run=True, profile="example")) == [("duplicate_key", "A3")]


def test_a_profile_that_says_more_than_names_is_kept(drafted, loaded, home: Home) -> None:
    drafted(SIMPLE)
    profile = load_profile(home.profiles / "example.toml")
    renamed = replace(profile, unit=replace(profile.unit, rename={"本部": "海湖"}))
    save_profile(renamed, home.profiles)
    rows = [[*M, "重复投诉量"], ["2026-03", "大洋", 5, 1], ["2026-03", "本部", 6, 2]]
    sheet = loaded(rows).files[0].staged.sheets[-1]
    assert (sheet.profile, sheet.units) == ("example", ["A", "B"])
    assert "profile_columns_new" in [finding.code for finding in sheet.findings]


def test_a_total_that_the_profile_means_is_read(drafted, loaded, home: Home) -> None:
    drafted(SIMPLE)
    profile = load_profile(home.profiles / "example.toml")
    save_profile(replace(profile, unit=replace(profile.unit, rename={"合计": "全省"})), home.profiles)
    sheet = loaded([M, ["2026-03", "大洋", 5], ["2026-03", "合计", 9]]).files[0].staged.sheets[-1]
    assert (sheet.units, told(loaded([M, ["2026-03", "合计", 9]]))) == (["A", "P"], [])
