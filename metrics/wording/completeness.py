"""Words for figures that not all units or months stand behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locales import text


def lacks_units(row: Mapping[Any, Any]) -> bool:
    """Whether not all units reported that the figure of a row (record.COLUMNS) is the sum of."""
    return bool(row["units_known"] < row["units_expected"])


def lacks_months(row: Mapping[Any, Any]) -> bool:
    """Whether the sum of a row (record.COLUMNS) is of fewer months than its peers'."""
    return bool(row["months_known"] < row["months_expected"])


def units_in_words(row: Mapping[Any, Any], lang: str) -> str:
    """How many units reported, where not all did; else empty."""
    if not lacks_units(row):
        return ""
    return text(
        lang, "{known} of {expected} units reported", known=int(row["units_known"]), expected=int(row["units_expected"])
    )


def months_in_words(row: Mapping[Any, Any], lang: str) -> str:
    """Of how many months a sum is, where its peers' are of more; else empty."""
    if not lacks_months(row):
        return ""
    return text(
        lang, "{known} of {months} months known", known=int(row["months_known"]), months=int(row["months_expected"])
    )
