"""Segments: what a unit's figure consists of, by category, channel, touchpoint or function."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.feeds import all_feeds
from metrics.engine.aggregation import aggregate_months
from metrics.engine.figures import Figures
from metrics.engine.rollup import roll_up
from metrics.model.metric import Metric, Term
from metrics.model.periods import Window, comparable_period, month_name, month_number, window
from metrics.statistics.arrays import Array, Indices

COLUMNS = ("segment", "numerator", "denominator", "value", "share", "previous", "numerator_before")


def segments(figures: Figures, metric: str, unit: str, month: str, period: str, kind: str) -> pd.DataFrame:
    """The segments of `kind` of a unit's figure, one row each, the largest numerator first (COLUMNS).

    value: of the segment, on the metric's scale.
    share: of the sum of numerators, 0-100.
    previous, numerator_before: value and numerator in the period before, of the year to date in that of the year
    before. Empty if the measures are not split so.
    """
    found = segment_totals(figures, figures.axes.metric(metric), unit, window(month, period), kind)
    before = segment_totals(
        figures, figures.axes.metric(metric), unit, comparable_period(window(month, period), period), kind
    )
    if found.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    total = found["numerator"].sum()
    found["share"] = 100 * found["numerator"] / total if total else np.nan
    earlier = dict(zip(before["segment"], before["value"], strict=True)) if len(before) else {}
    found["previous"] = found["segment"].map(earlier).astype(float)
    counts = dict(zip(before["segment"], before["numerator"], strict=True)) if len(before) else {}
    found["numerator_before"] = found["segment"].map(counts).astype(float)
    return found.sort_values(["numerator", "segment"], ascending=[False, True], ignore_index=True)[list(COLUMNS)]


def segment_matrix(
    figures: Figures, metric: str, units: Sequence[str], month: str, period: str, kind: str
) -> pd.DataFrame:
    """Every segment of `kind` in every one of `units`: unit, segment, numerator, value.

    Values are on the metric's scale, NaN where nothing is known. A denominator that is not split so is the unit's
    whole. Empty if the numerator is not split so.
    """
    record, covered = figures.axes.metric(metric), window(month, period)
    top, base = record.numerator, record.denominator
    held = figures.snapshot.segment_kinds
    if top is None or kind not in held(top.measure):
        return pd.DataFrame(columns=["unit", "segment", "numerator", "value"])
    places = figures.axes.unit_indices(units)
    names, counts = _over_units(figures, top, kind, places, covered)
    if base is None:
        bases = np.ones_like(counts)
    elif kind in held(base.measure):
        others, found = _over_units(figures, base, kind, places, covered)
        by_name = dict(zip(others, found, strict=True))
        bases = np.stack([by_name.get(name, np.full(len(places), np.nan)) for name in names])
    else:
        bases = np.broadcast_to(
            figures.over(covered).denominator[figures.axes.metric_index(metric), places], counts.shape
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        values = record.scale * counts / bases
    rows, columns = (index.ravel() for index in np.indices(counts.shape))
    return pd.DataFrame(
        {
            "unit": np.array(list(units), dtype="object")[columns],
            "segment": np.array(names, dtype="object")[rows],
            "numerator": counts.ravel(),
            "value": np.where(np.isfinite(values), values, np.nan).ravel(),
        }
    )


def _over_units(figures: Figures, term: Term, kind: str, places: Indices, covered: Window) -> tuple[list[str], Array]:
    """The segments' names and their sums [segment, unit] over `covered`."""
    names, own = figures.segment_values(term.measure, kind)
    first = max(covered.first - figures.axes.first_month, 0)
    chosen = roll_up(own, figures.axes.hierarchy)[:, places, first : covered.last - figures.axes.first_month + 1]
    return names, aggregate_months(
        chosen, ~np.isnan(chosen), np.full(len(names), figures.axes.over_time(term), dtype=np.int8)
    )


def segment_series(figures: Figures, metric: str, unit: str, month: str, kind: str, months: int = 24) -> pd.DataFrame:
    """The counts of each segment over the months: month, segment, value.

    Counts of the numerator or, if that is not split so, of the denominator.
    """
    record = figures.axes.metric(metric)
    terms = [
        term
        for term in (record.numerator, record.denominator)
        if term and kind in figures.snapshot.segment_kinds(term.measure)
    ]
    if not terms:
        return pd.DataFrame(columns=["month", "segment", "value"])
    names, rolled = segment_months(figures, terms[0].measure, kind, unit)
    last = month_number(month) - figures.axes.first_month
    places = range(max(last - months + 1, 0), min(last + 1, rolled.shape[1]))
    rows = [
        (month_name(figures.axes.first_month + place), name, rolled[index, place])
        for place in places
        for index, name in enumerate(names)
    ]
    return pd.DataFrame([row for row in rows if not np.isnan(row[2])], columns=["month", "segment", "value"])


def segment_totals(figures: Figures, metric: Metric, unit: str, covered: Window, kind: str) -> pd.DataFrame:
    """The sums of each segment over `covered`: segment, numerator, denominator, value.

    A denominator that is not split so is the whole's for every segment.
    """
    top, base = metric.numerator, metric.denominator
    kinds = {term: kind in figures.snapshot.segment_kinds(term.measure) for term in (top, base) if term}
    if top is None or not any(kinds.values()):
        return pd.DataFrame(columns=list(COLUMNS))
    numerators = _sums(figures, top, kind, unit, covered) if kinds.get(top) else {}
    denominators = _sums(figures, base, kind, unit, covered) if base and kinds.get(base) else {}
    names = sorted({*numerators, *denominators})
    whole = _whole(figures, metric, unit, covered) if base and not kinds.get(base) else np.nan
    frame = pd.DataFrame({"segment": names})
    frame["numerator"] = [numerators.get(name, np.nan) for name in names]
    frame["denominator"] = [denominators.get(name, whole if not denominators else np.nan) for name in names]
    with np.errstate(divide="ignore", invalid="ignore"):
        value = metric.scale * frame["numerator"] / (frame["denominator"] if base else 1.0)
    frame["value"] = value.where(np.isfinite(value))
    return frame


def segment_months(figures: Figures, measure: str, kind: str, unit: str) -> tuple[list[str], Array]:
    """The segments' names and the unit's figures [segment, month], rolled up."""
    names, own = figures.segment_values(measure, kind)
    place = figures.axes.unit_index(unit)
    own_row = own[:, place]
    if not names or not np.isnan(own_row).any():
        return names, own_row
    return names, roll_up(own, figures.axes.hierarchy)[:, place]


def _sums(figures: Figures, term: Term, kind: str, unit: str, covered: Window) -> dict[str, float]:
    names, rolled = segment_months(figures, term.measure, kind, unit)
    first = max(covered.first - figures.axes.first_month, 0)
    chosen = rolled[:, None, first : covered.last - figures.axes.first_month + 1]
    if not chosen.size:
        return {}
    totals = aggregate_months(
        chosen, ~np.isnan(chosen), np.full(len(names), figures.axes.over_time(term), dtype=np.int8)
    )[:, 0]
    keep = set(term.segments) if term.kind == kind and term.segments else set(names)
    return {
        name: float(total) for name, total in zip(names, totals, strict=True) if not np.isnan(total) and name in keep
    }


def _whole(figures: Figures, metric: Metric, unit: str, covered: Window) -> float:
    return float(
        figures.over(covered).denominator[figures.axes.metric_index(metric.code), figures.axes.unit_index(unit)]
    )


def segment_kind_title(metric: Metric, kind: str, lang: str) -> str:
    """What a kind of segments is called, in the language of the reader.

    The titles of its columns in the spreadsheet types that bring the metric's numerator.
    """
    measure = metric.numerator.measure if metric.numerator else ""
    feeds = sorted(all_feeds(), key=lambda feed: all(one.name != measure for one in feed.measures), reverse=True)
    titles = {column.name: column.title.to(lang) for feed in feeds for column in feed.columns}
    return " / ".join(titles.get(part, part) for part in kind.split("/"))
