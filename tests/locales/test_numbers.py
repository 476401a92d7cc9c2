"""Number formats in the three languages."""

from __future__ import annotations

import math

import pytest

from locales import numbers


@pytest.mark.parametrize(
    ("number", "decimals", "sign", "expected"),
    [
        (1234567.891, 2, False, "1,234,567.89"),
        (0.0, 1, True, "0.0"),
        (-0.04, 1, True, "0.0"),
        (-0.06, 1, True, "−0.1"),
        (3, 0, True, "+3"),
        (None, 1, False, "–"),
        (math.nan, 1, False, "–"),
        (math.inf, 1, False, "–"),
    ],
)
def test_decimal(number: float | None, decimals: int, sign: bool, expected: str) -> None:
    assert numbers.format_decimal(number, decimals, sign) == expected


@pytest.mark.parametrize(
    ("number", "english", "simplified", "traditional"),
    [
        (352_700, "352.7K", "35.27万", "35.27萬"),
        (1_500_000, "1.5M", "150万", "150萬"),
        (2_000_000_000, "2B", "20亿", "20億"),
        (985_333.11, "985.3K", "98.53万", "98.53萬"),
        (999, "999", "999", "999"),
        (9_999, "10K", "9,999", "9,999"),
        (-45_000, "−45K", "−4.5万", "−4.5萬"),
        (None, "–", "–", "–"),
    ],
)
def test_compact(number: float | None, english: str, simplified: str, traditional: str) -> None:
    assert [numbers.format_compact(number, lang) for lang in ("en", "zh_Hans", "zh_Hant")] == [
        english,
        simplified,
        traditional,
    ]


@pytest.mark.parametrize(
    ("number", "form", "decimals", "english", "simplified"),
    [
        (62.47, "percent", 2, "62.47%", "62.47%"),
        (13.9, "rate", 1, "13.9", "13.9"),
        (93.81, "score", 2, "93.81", "93.81"),
        (233, "count", 0, "233", "233"),
        (12_345, "count", 0, "12,345", "12,345"),
        (352_700, "count", 0, "352.7K", "35.27万"),
        (1_250_000, "amount", 1, "1.2M", "125万"),
        (None, "percent", 1, "–", "–"),
    ],
)
def test_value(number: float | None, form: str, decimals: int, english: str, simplified: str) -> None:
    assert numbers.format_value(number, form, decimals, "en") == english
    assert numbers.format_value(number, form, decimals, "zh_Hans") == simplified
