"""Words for figures that not all units or months stand behind."""

from __future__ import annotations

from locales import text
from metrics.model.record import Record


def lacks_units(row: Record) -> bool:
    """Whether not all units reported that the figure of a row is the sum of."""
    return bool(row["units_known"] < row["units_expected"])


def lacks_months(row: Record) -> bool:
    """Whether the sum of a row is of fewer months than its peers'."""
    return bool(row["months_known"] < row["months_expected"])


def units_in_words(row: Record, lang: str) -> str:
    """How many units reported, where not all did; else empty."""
    if not lacks_units(row):
        return ""
    return text(
        lang, "{known} of {expected} units reported", known=int(row["units_known"]), expected=int(row["units_expected"])
    )


def months_in_words(row: Record, lang: str) -> str:
    """Of how many months a sum is, where its peers' are of more; else empty."""
    if not lacks_months(row):
        return ""
    return text(
        lang, "{known} of {months} months known", known=int(row["months_known"]), months=int(row["months_expected"])
    )
