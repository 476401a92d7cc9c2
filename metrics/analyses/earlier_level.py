"""The earlier level: the months that a verdict holds its own against, so that what is explained is what it says."""

from __future__ import annotations

from metrics.assessment.judgement import FRESH_MONTHS
from metrics.assessment.signals import SIGNAL
from metrics.engine.figures import Figures
from metrics.model.periods import month_name, month_number
from metrics.model.record import Record

LEVEL_MONTHS = 12
"""Months of an earlier level that a shift or a jump is held against."""


def level_before(figures: Figures, row: Record, period: str, month: str) -> str | None:
    """The months of the earlier level that the verdict on `month` speaks of, as a range; None where of none.

    Of a jump the months before it, as far as the level has not shifted since; of a shift of the last year those before
    the shift. Only of single months, and only where the path is level but for its steps: a slope or a season leaves no
    one level to hold a month against.
    """
    number, shifted = month_number(month), row["shift_since"]
    first = figures.axes.first_month
    if period != "month" or row["signal"] != SIGNAL or row["course"] != "level":
        return None
    if row["jump"]:
        end, first = number - 1, max(first, month_number(shifted) if shifted and shifted < month else first)
    elif shifted and number - month_number(shifted) < FRESH_MONTHS:
        end = month_number(shifted) - 1
    else:
        return None
    first = max(first, end - LEVEL_MONTHS + 1)
    return f"{month_name(first)}..{month_name(end)}" if first <= end else None


def span_in_words(months: str) -> str:
    """A month, or a range as "2024-06 – 2025-05"."""
    return months.replace("..", " – ")
