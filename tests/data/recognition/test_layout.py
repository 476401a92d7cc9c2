"""Headers in three languages and every spelling; the header row and the spreadsheet type are found by content."""

from __future__ import annotations

import pytest
from opencc import OpenCC

from data.feeds import all_feeds, feed_named
from data.model.feed import Column, Feed
from data.recognition.feed_layouts import best_layout, row_layout
from data.recognition.header_text import normalise_header
from data.recognition.vocabulary import spellings
from locales import LANGUAGES

FEEDS = all_feeds()
COLUMNS = [pytest.param(feed, column, id=f"{feed.name}-{column.name}") for feed in FEEDS for column in feed.columns]

TRADITIONAL = OpenCC("s2t")
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def by_name(feed: Feed) -> str:
    return feed.name


def required(feed: Feed, besides: Column | None = None) -> list[Column]:
    """The least that a sheet of the feed holds; an indicator has some figure, else it is a target."""
    least = {"value"} if feed.name == "indicators" else set()
    return [column for column in feed.columns if column.required or column is besides or column.name in least]


@pytest.mark.parametrize(("feed", "column"), COLUMNS)
def test_every_spelling_of_every_column_means_that_column(feed: Feed, column: Column) -> None:
    """Alone, in the traditional script, in full width, in capitals, with a star, a colon or a unit in brackets."""
    for word in (column.name, *column.title, *column.headers):
        for header in (
            word,
            TRADITIONAL.convert(word),
            word.translate(FULL_WIDTH),
            word.upper(),
            f"{word}*",
            f" {word}： ",
            f"{word}（户）",
            f"{word}\n(x)",
            word.replace(" ", "_"),
        ):
            assert spellings(feed).get(normalise_header(header)) == column.name, header
            assert row_layout(feed, [None, header], 0).columns == {column.name: 1}, header


@pytest.mark.parametrize(("feed", "column"), COLUMNS)
def test_a_spelling_among_the_required_columns_is_understood_as_the_feed(feed: Feed, column: Column) -> None:
    columns = required(feed, column)
    for word in (*column.title, *column.headers):
        layout = best_layout(FEEDS, [[word if one is column else one.title.zh_Hans for one in columns]])
        assert layout is not None
        assert (layout.feed, dict(layout.columns)) == (feed, {one.name: place for place, one in enumerate(columns)}), (
            word
        )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("feed", FEEDS, ids=by_name)
@pytest.mark.parametrize("only_required", [False, True], ids=["all", "required"])
def test_headers_of_one_language_say_which_feed_it_is(feed: Feed, lang: str, only_required: bool) -> None:
    """In any order, below title rows, beside columns that are not ours."""
    columns = required(feed) if only_required else list(feed.columns)
    header = ["序号", *(column.title.to(lang) for column in reversed(columns)), "", "经办人"]
    layout = best_layout(FEEDS, [[feed.title.to(lang)], [], ["单位：户", "制表日期：2025-12-05"], header, [1]])
    assert layout is not None
    assert (layout.feed, layout.header, layout.ignored, layout.absent) == (feed, 3, ["序号", "经办人"], [])
    assert {name: header[place] for name, place in layout.columns.items()} == {
        column.name: column.title.to(lang) for column in columns
    }


@pytest.mark.parametrize("feed", FEEDS, ids=by_name)
def test_a_required_column_that_is_absent_is_named(feed: Feed) -> None:
    for column in (column for column in feed.columns if column.required):
        row = [one.title.zh_Hans for one in feed.columns if one is not column]
        assert [one.name for one in row_layout(feed, row, 0).absent] == [column.name]


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("客户数（户）", "客户数"),
        ("客戶數", "客户数"),
        ("Customers*", "customers"),
        ("self-service_terminals", "selfserviceterminals"),
        ("客户 数：", "客户数"),
        ("（合计）", "(合计)"),
        (None, ""),
        (2025, "2025"),
        ("【必填】月份", "月份"),
    ],
)
def test_plain(header: object, same: str) -> None:
    assert normalise_header(header) == same


def test_the_first_of_two_equal_headers_counts() -> None:
    layout = row_layout(feed_named("customers"), ["月份", "单位", "客户数", "客户数"], 0)
    assert (layout.columns["customers"], layout.ignored) == (2, ["客户数"])


def test_a_row_of_data_is_not_a_header() -> None:
    rows = [["月份", "单位", "客户数"], ["2025-11", "营业厅", "客户数"], ["2025-11", "大洋", 5]]
    layout = best_layout([feed_named("customers")], rows)
    assert layout is not None
    assert layout.header == 0


@pytest.mark.parametrize(
    "rows",
    [[], [[]], [["本表由各分公司上报"], ["联系人：服务质量部"]], [["a", "b"], [1, 2]], [["月份", 5], [1, 2]]],
)  # fmt: skip
def test_no_header(rows: list) -> None:
    assert best_layout(FEEDS, rows) is None


def test_a_wide_layout() -> None:
    feed = feed_named("recharge")
    layout = best_layout(FEEDS, [["月份", "区县", "自助终端", "手机APP", "營業廳櫃檯", "备注"]])
    assert layout is not None
    assert (layout.feed, dict(layout.columns), layout.ignored, layout.absent) == (
        feed,
        {"month": 0, "unit": 1},
        ["备注"],
        [],
    )
    assert dict(layout.wide) == {2: "self_service_terminal", 3: "app", 4: "hall_counter"}
    assert layout.wide_rule == feed.wide[0]


def test_one_column_that_is_called_like_a_choice_is_not_a_wide_layout() -> None:
    layout = row_layout(feed_named("recharge"), ["月份", "区县", "其他"], 0)
    assert (dict(layout.wide), [column.name for column in layout.absent]) == ({}, ["channel", "transactions"])


def test_a_total_beside_wide_columns_is_not_counted_once_a_column() -> None:
    layout = row_layout(feed_named("recharge"), ["月份", "区县", "自助终端", "手机APP", "充值金额"], 0)
    assert (dict(layout.columns), layout.ignored) == ({"month": 0, "unit": 1}, ["充值金额"])
    layout = row_layout(feed_named("recharge"), ["月份", "区县", "充值笔数", "自助终端", "手机APP"], 0)
    assert (dict(layout.wide), layout.ignored) == ({3: "self_service_terminal", 4: "app"}, ["充值笔数"])


@pytest.mark.parametrize(
    ("header", "feed"),
    [
        (["Metric", "Period", "Unit", "Target"], "targets"),
        (["指标", "期间", "单位", "目标值"], "targets"),
        (["指標名稱", "月份", "單位", "目標值", "權重"], "targets"),
        (["指标", "期间", "单位", "目标值", "完成值"], "indicators"),
        (["指标", "月份", "单位", "分子", "分母", "目标"], "indicators"),
        (["月份", "单位", "投诉量", "一次解决量"], "complaints_monthly"),
        (["月份", "单位", "来电量", "一次解决量"], "hotline"),
        (["日期", "营业厅", "调查类型", "触点", "满意度", "样本量"], "satisfaction_scores"),
        (["问卷编号", "调查日期", "营业厅", "调查类型", "触点", "评分"], "satisfaction_responses"),
    ],
)
def test_sheets_that_share_most_of_their_columns(header: list[str], feed: str) -> None:
    layout = best_layout(FEEDS, [header])
    assert layout is not None
    assert (layout.feed.name, layout.ignored, layout.absent) == (feed, [], [])
