"""Texts that say that a month is not over, and texts that only look like it."""

from __future__ import annotations

from datetime import date

import pytest

from data.recognition.unfinished_month import not_over, to_date

NOVEMBER = date(2025, 11, 1)


@pytest.mark.parametrize(
    "text",
    [
        "热线服务（截至11月15日）", "投訴工單 截至2025-11-15", "截止日期：2025/11/15", "截至15日", "截止11.15", "数据统计至11月15日",
        "1日-15日", "1-15日", "11月1-15日", "11.1-11.15", "2025年11月1日至2025年11月15日", "20251101-20251115",
        "2025-11-01 to 2025-11-15", "11月10日-11月15日", "as of 15 Nov", "As of November 15, 2025",
    "Hotline to 15 November",
        "up to 15th Nov", "1-15 November", "Nov 1-15, 2025", "1 Nov - 15 Nov 2025",
    ],
)  # fmt: skip
def test_a_text_says_to_which_day_a_month_goes(text: str) -> None:
    found = not_over(["大洋", text], NOVEMBER)
    assert found is not None
    assert found[0] == date(2025, 11, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2025年11月", "11月热线", "截至11月30日", "to 30 November", "2025年11月30日", "截至2025年12月3日", "as of 3 December 2025",
        "截至2024年11月15日", "制表日期：2025年11月25日", "打印 2025-11-25", "2025年1月-2025年11月", "2025.01-2025.11", "1-11月",
        # A month of bills from one day to the day before in the next is whole.
        "2025年10月26日至11月25日", "10月26日-11月25日", "10.26-11.25",
    ],
)  # fmt: skip
def test_other_texts_say_nothing(text: str) -> None:
    assert not_over([text], NOVEMBER) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("Hotline, month to date", "month to date"), ("热线本月至今", "本月至今"), ("MTD Nov", "MTD"), ("Monthly", None)],
)
def test_a_month_to_date_names_no_day(text: str, words: str | None) -> None:
    assert to_date([text]) == words
