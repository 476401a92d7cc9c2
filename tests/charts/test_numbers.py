"""Number formats in the three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import numbers


@pytest.mark.parametrize(
    ("number", "form", "english", "simplified", "traditional"),
    [
        (8.7, "percent", "+8.7 pp", "+8.7个百分点", "+8.7個百分點"),
        (-0.02, "percent", "0.0 pp", "0.0个百分点", "0.0個百分點"),
        (-1.25, "score", "−1.2 pts", "−1.2分", "−1.2分"),
        (-12.5, "count", "−12.5%", "−12.5%", "−12.5%"),
        (4, "rate", "+4.0%", "+4.0%", "+4.0%"),
        (None, "rate", "–", "–", "–"),
    ],
)
def test_change(number: float | None, form: str, english: str, simplified: str, traditional: str) -> None:
    assert [numbers.format_change(number, form, lang) for lang in ("en", "zh_Hans", "zh_Hant")] == [
        english,
        simplified,
        traditional,
    ]


@pytest.mark.parametrize(
    ("number", "form", "decimals", "expected"),
    [
        (-1.3, "rate", 1, "−1.3"),
        (1.3, "rate", 1, "+1.3"),
        (0.0, "rate", 1, "0.0"),
        (2.0, "percent", 1, "+2.0 pp"),
        (None, "rate", 1, "–"),
    ],
)
def test_difference(number: float | None, form: str, decimals: int, expected: str) -> None:
    assert numbers.format_difference(number, form, decimals) == expected


def test_places() -> None:
    assert [numbers.format_rank(2, 11, lang) for lang in ("en", "zh_Hans", "zh_Hant")] == [
        "2 of 11",
        "2 / 11",
        "2 / 11",
    ]
    assert numbers.format_rank(None, 11) == "–"
    assert [numbers.format_ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "12th",
        "13th",
        "21st",
        "101st",
        "111th",
    ]
    assert numbers.format_ordinal(2, "zh_Hans") == "第 2"
    assert [numbers.format_movement(n) for n in (2, -1, 0, None)] == ["▲2", "▼1", "·", ""]


@given(
    st.one_of(st.none(), st.floats()),
    st.sampled_from(["percent", "rate", "score", "count", "amount", "number"]),
    st.sampled_from(["en", "zh_Hans"]),
)
def test_no_number_prints_as_code(number: float | None, form: str, lang: str) -> None:
    for shown in (
        numbers.format_value(number, form, 1, lang),
        numbers.format_change(number, form, lang),
        numbers.format_difference(number, form, 1, lang),
    ):
        assert not {"nan", "inf", "None", "e+", "-"} & {
            shown.lower()[i : i + n] for n in (1, 2, 3, 4) for i in range(len(shown))
        }


@pytest.mark.parametrize(
    ("values", "form", "lang", "shown"),
    [
        ([340_000, 99_500, None], "count", "en", ["340.0K", "99.5K", "–"]),
        ([340_000, 99_500], "count", "zh_Hant", ["34.00萬", "9.95萬"]),
        ([1_200_000, 8_000], "count", "en", ["1,200.0K", "8.0K"]),
        ([350_000, 80], "count", "en", ["350,000", "80"]),
        ([99_999, 80], "count", "en", ["99,999", "80"]),
        ([766_800, 140_000], "count", "en", ["766.8K", "140.0K"]),
        ([90_000_000, 20_000_000], "count", "zh_Hans", ["9,000.00万", "2,000.00万"]),
        ([2_500.0, 1_900.0], "amount", "en", ["2.5K", "1.9K"]),
        ([62.5, 61.0], "percent", "en", ["62.5%", "61.0%"]),
        ([], "count", "en", []),
    ],
)
def test_values_that_stand_together_have_one_step_and_one_precision(
    values: list[float | None], form: str, lang: str, shown: list[str]
) -> None:
    assert numbers.format_column(values, form, 1, lang) == shown


@pytest.mark.parametrize(
    ("ticks", "lang", "shown"),
    [
        ([310_000, 320_000, 360_000], "en", ["310K", "320K", "360K"]),
        ([310_000, 320_000, 360_000], "zh_Hans", ["31万", "32万", "36万"]),
        ([0, 500_000, 1_000_000], "en", ["0", "0.5M", "1.0M"]),
        ([0, 50_000_000, 100_000_000], "zh_Hans", ["0", "0.5亿", "1.0亿"]),
        ([], "en", []),
    ],
)
def test_ticks_have_as_few_decimals_as_they_need(ticks: list[float], lang: str, shown: list[str]) -> None:
    assert numbers.format_ticks(ticks, lang) == shown
