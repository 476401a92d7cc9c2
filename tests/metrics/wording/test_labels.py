"""The words for codes and periods, the same on pages and in packs."""

from __future__ import annotations

import pytest

from metrics.wording.labels import feed, segment, span


@pytest.mark.parametrize(
    ("month", "period", "en", "hans"),
    [
        ("2025-11", "month", "2025-11", "2025-11"),
        ("2025-11", "quarter", "2025 Q4 to 2025-11", "2025 年第 4 季度（至 2025-11）"),
        ("2025-12", "quarter", "2025 Q4", "2025 年第 4 季度"),
        ("2025-01", "quarter", "2025 Q1 to 2025-01", "2025 年第 1 季度（至 2025-01）"),
        ("2025-11", "ytd", "2025-01 – 2025-11", "2025-01 – 2025-11"),
        ("2025-01", "ytd", "2025-01", "2025-01"),
        ("2025-11", "rolling12", "12 months to 2025-11", "截至 2025-11 的12个月"),
        ("2025-11", "2025-01..2025-02", "2025-01 – 2025-02", "2025-01 – 2025-02"),
    ],
)
def test_span(month: str, period: str, en: str, hans: str) -> None:
    assert (span(month, period, "en"), span(month, period, "zh_Hans")) == (en, hans)


@pytest.mark.parametrize(
    ("code", "kind", "en", "hans", "hant"),
    [
        ("mini_program", "channel", "Mini program", "小程序", "小程式"),
        ("wechat", "channel", "WeChat", "微信", "微信"),
        ("tariff", "", "Tariff", "资费", "資費"),
        ("department", "", "Own department", "科室自查", "科室自查"),
        ("", "category", "Not stated", "未填", "未填"),
        ("宽带/电视", "category", "宽带/电视", "宽带/电视", "宽带/电视"),
        (
            "standard/hall",
            "survey/touchpoint",
            "Standard survey / Hall service",
            "标准满意度 / 营业厅",
            "標準滿意度 / 營業廳",
        ),
        ("资费/", "category/subcategory", "资费 / Not stated", "资费 / 未填", "资费 / 未填"),
    ],
)
def test_segment(code: str, kind: str, en: str, hans: str, hant: str) -> None:
    assert [segment(code, lang, kind) for lang in ("en", "zh_Hans", "zh_Hant")] == [en, hans, hant]


def test_a_spreadsheet_type_that_is_gone_keeps_its_code() -> None:
    assert (feed("hotline", "en"), feed("gone", "en")) == ("Hotline", "gone")
