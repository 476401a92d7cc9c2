"""Why a figure changed: its change, or its distance to the parent, as the sum of its parts (see decomposition)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.model.errors import WrongUsage
from locales import text
from metrics.analyses.decomposition import contributions, distances
from metrics.analyses.homogeneity import LEVEL, judged_metric, segments_alike, units_alike
from metrics.analyses.segments import segment_totals
from metrics.assessment.uncertainty import CONFIDENCE_LEVEL, standard_error, uncertainty
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import Window, comparable_period, month_name, previous_period, window, year_before
from metrics.statistics.intervals import normal_quantile

PARENT = "parent"
UNITS = "units"
Side = tuple[str, Window]


@dataclass(frozen=True)
class Explanation:
    """The change of a metric and its parts.

    parts: unit or segment, name, within, mix, total, value_before, value_now, few; the largest contribution first.
    The totals of the parts sum to `change`.
    few: a part whose base is below the metric's minimum.
    rest: what the parts leave unexplained where they do not add up to the unit's own figures (then also the last
    part).
    caution: why the change should not be explained, "" where it may be; a distance to the parent has none.
    p_value: how often chance makes one common change of all parts look as uneven as theirs; NaN where that is not
    known. judged_by: the metric by which that and the caution are judged, of a count its rate.
    """

    metric: str
    unit: str
    before: str
    now: str
    value_before: float
    value_now: float
    change: float
    parts: pd.DataFrame
    by: str
    rest: float = 0.0
    against_unit: str = ""
    caution: str = ""
    p_value: float = np.nan
    judged_by: str = ""

    @property
    def homogeneous(self) -> bool | None:
        """Whether all parts changed alike, so that none may be named as the cause; None where that is not known."""
        return None if np.isnan(self.p_value) else self.p_value >= LEVEL


def explain(
    figures: Figures,
    metric: str,
    unit: str,
    month: str,
    period: str = "month",
    against: str = "previous",
    by: str = UNITS,
) -> Explanation:
    """The decomposition of the change of `metric` over child units (`by` "units") or over the segments of a kind.

    against "previous": the period before; of a sum to date the same months of the year before. against "last_year", a
    month or a range: those months; a range of another length, as the level before a shift, is held as if it had as many
    months (what adds up over months is taken in proportion). against "parent": the parent in the same months
    (`against_unit`); the change is then the distance to it.
    WrongUsage if `against` or `by` is not known. A change that is not known has no parts.
    """
    record = figures.axes.metric(metric)
    covered = window(month, period)
    other = _above(figures, record, unit, covered) if against == PARENT else unit
    row = figures.axes.metric_index(record.code)
    grows = bool(figures.axes.accumulates[row])
    earlier = covered if against == PARENT else _earlier(covered, period, against, grows)
    value_now = float(figures.over(covered).value[row, figures.axes.unit_index(unit)])
    alike = _as_long(figures, row, covered, earlier)
    value_before = alike * float(figures.over(earlier).value[row, figures.axes.unit_index(other)])
    if by == UNITS:
        parts = _by_units(figures, record, unit, covered, earlier)
    elif by in segment_kinds(figures, record):
        parts = _by_segments(figures, record, (other, earlier), (unit, covered), by)
    else:
        raise WrongUsage(
            f"{record.code} is not split by {by!r}; there is: {', '.join((UNITS, *segment_kinds(figures, record)))}."
        )
    parts = parts.assign(n0=alike * parts["n0"])
    change = value_now - value_before
    if _until(figures, row, unit, covered) != _until(figures, row, other, earlier):
        # A month that is not over is not held against a whole one.
        change = np.nan
    whole = value_before if against == PARENT and by == UNITS else None
    frame = contributions(parts, record) if whole is None else distances(parts, record, whole)
    rest = change - float(frame["total"].sum()) if len(frame) and not np.isnan(change) else 0.0
    if len(frame) and abs(rest) > 1e-9 * max(1.0, abs(change)):
        left = {
            "key": "",
            "name": "",
            "within": rest,
            "mix": 0.0,
            "total": rest,
            "value_before": np.nan,
            "value_now": np.nan,
            "few": False,
        }
        frame = pd.concat([frame, pd.DataFrame([left])], ignore_index=True)
    else:
        rest = 0.0
    if np.isnan(change):
        frame = frame.iloc[:0]
    judged = judged_metric(figures, record)
    label = "unit" if by == UNITS else "segment"
    return Explanation(
        record.code,
        unit,
        _named(earlier),
        _named(covered),
        value_before,
        value_now,
        change,
        frame.rename(columns={"key": label}),
        by,
        rest,
        other if against == PARENT else "",
        ""
        if against == PARENT
        else caution(figures, figures.axes.metric_index(judged.code), figures.axes.unit_index(unit), earlier, covered),
        _p_value(figures, record, parts, (other, earlier), (unit, covered), by) if len(frame) else np.nan,
        judged.code,
    )


def _as_long(figures: Figures, row: int, covered: Window, earlier: Window) -> float:
    """By what a figure of `earlier` is multiplied to be one of as many months as `covered`."""
    return covered.length / earlier.length if figures.axes.accumulates[row] else 1.0


def _p_value(figures: Figures, metric: Metric, parts: pd.DataFrame, before: Side, now: Side, by: str) -> float:
    """The p-value of one common change of the parts that both times have; against the parent, of one level."""
    distance = before[0] != now[0]
    needed = ["n1"] if distance and by == UNITS else ["n0", "n1"]
    both = parts.dropna(subset=needed)
    if by == UNITS:
        return units_alike(figures, metric, list(both["key"]), None if distance else before[1], now[1])
    return segments_alike(figures, metric, both, (before, now), by)


def _until(figures: Figures, row: int, unit: str, covered: Window) -> int:
    """The day to which a figure goes, 0 where its months are over; figures of other months never go to the same."""
    return int(figures.provisional.over(covered, np.ix_([row], [figures.axes.unit_index(unit)]))[0, 0])


def segment_kinds(figures: Figures, metric: Metric) -> list[str]:
    """The kinds of segments over which a metric's change can be split."""
    found = [
        kind
        for kind in metric.segment_kinds
        if metric.numerator and kind in figures.snapshot.segment_kinds(metric.numerator.measure)
    ]
    return list(dict.fromkeys(found))


def _above(figures: Figures, metric: Metric, unit: str, covered: Window) -> str:
    """The parent, for a metric that the two can share."""
    above = figures.axes.organisation_in(covered.last).parent(unit)
    if above is None:
        raise WrongUsage(f"{figures.organisation.name(unit)} has no parent to compare with.")
    if metric.total:
        raise WrongUsage(f"{metric.code} is a total: that of the parent is no average to compare with.")
    return above


def _earlier(covered: Window, period: str, against: str, grows: bool) -> Window:
    """`grows`: with every month of the period."""
    if against == "previous":
        return comparable_period(covered, period) if grows else previous_period(covered, period)
    if against == "last_year":
        return year_before(covered)
    found = window("", against) if ".." in against else None
    if found is None:
        try:
            last = window(against).last
        except WrongUsage:
            raise WrongUsage(
                f"{against!r} is neither previous, last_year, parent, a month as in 2025-11, nor a range as in "
                f"2025-01..2025-02."
            ) from None
        found = Window(last - covered.length + 1, last)
    return found


def _named(covered: Window) -> str:
    return (
        month_name(covered.first) if covered.length == 1 else f"{month_name(covered.first)}..{month_name(covered.last)}"
    )


def _by_units(figures: Figures, metric: Metric, unit: str, covered: Window, earlier: Window) -> pd.DataFrame:
    """key, name, n0, d0, n1, d1 of the unit's children, then or now; a period knows only those that it had."""
    had, has = (figures.axes.organisation_in(months.last).children(unit) for months in (earlier, covered))
    codes = list(dict.fromkeys([*has, *had]))
    places, row = figures.axes.unit_indices(codes), figures.axes.metric_index(metric.code)
    now, then = figures.over(covered), figures.over(earlier)
    frame = pd.DataFrame(
        {
            "key": pd.Series(codes, dtype="object"),
            "name": pd.Series([figures.organisation.name(code) for code in codes], dtype="object"),
        }
    )
    for name, values, own in (("0", then, had), ("1", now, has)):
        there = frame["key"].isin(own).to_numpy()
        frame[f"n{name}"] = np.where(there, values.numerator[row, places], np.nan)
        frame[f"d{name}"] = np.where(there, values.denominator[row, places], np.nan) if metric.denominator else np.nan
    return frame


def _by_segments(figures: Figures, metric: Metric, before: Side, now: Side, kind: str) -> pd.DataFrame:
    parts = [
        segment_totals(figures, metric, unit, period, kind).set_index("segment")[["numerator", "denominator"]]
        for unit, period in (before, now)
    ]
    together = parts[0].join(parts[1], how="outer", lsuffix="0", rsuffix="1").reset_index(names="key")
    together.columns = pd.Index(["key", "n0", "d0", "n1", "d1"])
    own_base = metric.denominator is not None and kind in figures.snapshot.segment_kinds(metric.denominator.measure)
    if metric.denominator is not None and not own_base:
        # Each segment is a part of the numerator over the same whole: a plain sum of rates, all of it within.
        whole = [_whole(figures, metric, unit, period) for unit, period in (before, now)]
        together = together.assign(d0=whole[0], d1=whole[1], shared=True)
    return together.assign(name=together["key"])


def _whole(figures: Figures, metric: Metric, unit: str, covered: Window) -> float:
    return float(
        figures.over(covered).denominator[figures.axes.metric_index(metric.code), figures.axes.unit_index(unit)]
    )


FEW, USUAL = "few_cases", "usual_variation"


def caution(figures: Figures, metric: int, unit: int, earlier: Window, now: Window) -> str:
    """Why a change should not be explained: FEW, USUAL, or "" where it may be (also where that is not known).

    FEW: a base is below the metric's minimum.
    USUAL: the change is less than chance and the months' own variation explain (95 %, the rule of
    analyses/comparison).
    metric, unit: indices on the figures' axes.
    """
    rows, units = np.array([metric]), np.array([unit])
    values, errors = [], []
    for covered in (earlier, now):
        alike = _as_long(figures, metric, now, covered)
        found = figures.over(covered).at(np.ix_(rows, units))
        sure = uncertainty(figures, rows, units, found, covered)
        if sure.below_minimum_base.any():
            return FEW
        values.append(alike * found.value[0, 0])
        errors.append(alike * standard_error(figures, sure, covered, rows, units)[0, 0])
    return USUAL if abs(values[1] - values[0]) <= normal_quantile(CONFIDENCE_LEVEL) * np.hypot(*errors) else ""


def caution_in_words(kind: str, lang: str) -> str:
    """What is said beside the parts of a change; empty for one that may be explained."""
    if kind == FEW:
        return text(lang, "on few cases: no causes should be read into it")
    return text(lang, "within the usual variation: no causes should be read into it") if kind == USUAL else ""


def doubt_in_words(found: Explanation, lang: str) -> str:
    """Why no part may be named as the cause of a change: a caution, or that all parts changed alike; else empty."""
    if said := caution_in_words(found.caution, lang):
        return said
    return text(lang, "all parts alike: none stands out by more than chance") if found.homogeneous else ""
