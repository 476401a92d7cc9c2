"""A metric's values and changes in words, as the reader of a selection sees them."""

from __future__ import annotations

from typing import Literal

from charts import numbers
from metrics.model.metric import Metric
from metrics.model.record import Record
from pages.shared.session.selection import Selection


def value_words(selection: Selection, number: float | None, metric: Metric) -> str:
    """A value of `metric`."""
    return numbers.format_value(number, metric.format, metric.decimals, selection.lang)


def change_words(selection: Selection, number: float | None, metric: Metric) -> str:
    """A change of `metric`."""
    return numbers.format_change(number, metric.format, selection.lang)


def rank_words(selection: Selection, row: Record) -> str:
    """The rank of a scorecard's row among its peers; empty where there is nobody to compare with."""
    ranked = numbers.is_known(row["rank"]) and row["peers"] > 1
    return numbers.format_rank(row["rank"], row["peers"], selection.lang) if ranked else ""


def change_column(selection: Selection, metric: Metric | None = None) -> Literal["mom", "yoy"]:
    """The column of a scorecard that holds the comparison chosen.

    A cohort that only shrinks is held against that of last year.
    """
    return "yoy" if selection.compare == "last_year" or (metric is not None and metric.restarts) else "mom"


def basis_words(selection: Selection, metric: Metric) -> str:
    """What a metric's change is measured against."""
    yearly = change_column(selection, metric) == "yoy"
    return selection.say("last year") if yearly else selection.say("last period")
