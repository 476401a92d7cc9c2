"""Restated figures: which published values changed between two versions, by how much, and through which batch."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from data.feeds import all_feeds
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_number

COLUMNS = ("metric", "unit", "name", "month", "old", "new", "difference", "kind", "batches", "files")
TIMELESS = ("units", "targets")
"""Feeds without a month of their own: a value may follow from them anywhere."""
SAME = 1e-9
"""Relative difference below which two figures are the same: sums in another order."""


def restatements(
    old: Figures, new: Figures, unit: str | None = None, metrics: tuple[str, ...] | None = None, below: bool = False
) -> pd.DataFrame:
    """Published values that changed: one row per value of a single month, by metric, unit and month (COLUMNS).

    A month that `old` did not have is new data and no restatement.
    kind: "changed", or "withdrawn" (new is NaN).
    batches, files: those that count in `new` and not in `old` for the unit's months or those of units below it;
    after an undo, those that no longer count.
    `unit` limits to one unit, with `below` to it and all units under it.
    """
    shared = {metric.code for metric in old.axes.metrics}
    if metrics is not None:
        shared &= set(metrics)
    pairs = [(metric, old.axes.metric_index(metric.code)) for metric in new.axes.metrics if metric.code in shared]
    units = _shared_units(old, new, unit, below)
    held = set(new.axes.months)
    months = [month for month in old.axes.months if month in held]
    if not pairs or not units or not months:
        return pd.DataFrame(columns=list(COLUMNS))
    before = _values(old, [place for _, place in pairs], units, months)
    after = _values(new, [new.axes.metric_index(metric.code) for metric, _ in pairs], units, months)
    changed = np.abs(after - before) > SAME * np.maximum(np.abs(before), np.abs(after))
    withdrawn = np.isnan(after) & ~np.isnan(before)
    rows, columns, times = np.nonzero(changed | withdrawn)
    frame = pd.DataFrame(
        {
            "metric": np.array([metric.code for metric, _ in pairs], dtype="object")[rows],
            "unit": np.array(units, dtype="object")[columns],
            "month": np.array(months, dtype="object")[times],
            "old": before[rows, columns, times],
            "new": after[rows, columns, times],
        }
    )
    frame["name"] = [new.organisation.name(code) for code in frame["unit"]]
    frame["difference"] = frame["new"] - frame["old"]
    frame["kind"] = np.where(frame["new"].isna(), "withdrawn", "changed")
    causes = _Causes(old, new)
    found = [causes.of(new.axes.metric(row["metric"]), row["unit"], row["month"]) for row in frame.to_dict("records")]
    frame["batches"] = pd.Series([tuple(batches) for batches, _ in found], dtype="object")
    frame["files"] = pd.Series([tuple(files) for _, files in found], dtype="object")
    return frame[list(COLUMNS)]


def _shared_units(old: Figures, new: Figures, unit: str | None, below: bool) -> list[str]:
    """The units of both versions: all, or one with or without those under it."""
    known = set(old.axes.units)
    if unit is not None:
        known &= (
            {code for code, inside in zip(new.axes.units, new.axes.subtree(unit), strict=True) if inside}
            if below
            else {unit}
        )
    return [code for code in new.axes.units if code in known]


def _values(figures: Figures, rows: list[int], units: list[str], months: list[str]) -> np.ndarray:
    places = np.array([month_number(month) - figures.axes.first_month for month in months], dtype=np.intp)
    return figures.monthly_values.value[np.ix_(np.array(rows, dtype=np.intp), figures.axes.unit_indices(units), places)]


class _Causes:
    """What counts otherwise in two versions, looked up by feed, month and unit."""

    def __init__(self, old: Figures, new: Figures) -> None:
        self._new = new
        self._feeds_of: dict[str, set[str]] = defaultdict(set)
        for feed in all_feeds():
            for measure in feed.measures:
                self._feeds_of[measure.name].add(feed.name)
        keys = ["feed", "part", "month", "unit", "batch", "file"]
        both = old.snapshot.lineage()[keys].merge(new.snapshot.lineage()[keys], on=keys, how="outer", indicator=True)
        self._sides = [self._upwards(both[both["_merge"] == side]) for side in ("right_only", "left_only")]

    def _upwards(self, rows: pd.DataFrame) -> dict[tuple[str, str, str], dict[int, str]]:
        """(feed, month, unit) -> batches with their files, of the unit and everything below it."""
        found: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
        for row in rows.drop_duplicates(["feed", "month", "unit", "batch"]).to_dict("records"):
            organisation = self._new.organisation.at(row["month"])
            unit: str | None = str(row["unit"])
            seen: set[str] = set()
            while unit is not None and unit not in seen:
                seen.add(unit)
                found[row["feed"], row["month"], unit][int(row["batch"])] = str(row["file"])
                unit = organisation.parent(unit)
            if row["feed"] in TIMELESS:
                found[row["feed"], "", ""][int(row["batch"])] = str(row["file"])
        return found

    def of(self, metric: Metric, unit: str, month: str) -> tuple[list[int], list[str]]:
        """(batches, files) behind one changed value: those that came to count, else those that ceased to.

        Batches of units or targets where no figure changed.
        """
        feeds = self._feeds(metric)
        for keys in ([(feed, month, unit) for feed in feeds], [(feed, "", "") for feed in TIMELESS]):
            for side in self._sides:
                batches = {batch: file for key in keys for batch, file in side.get(key, {}).items()}
                if batches:
                    return sorted(batches), [batches[batch] for batch in sorted(batches)]
        return [], []

    def _feeds(self, metric: Metric) -> set[str]:
        terms = [metric.numerator, metric.denominator, metric.reported, *metric.spread]
        parts = [part.metric for part in metric.components] + ([metric.quarters_of] if metric.quarters_of else [])
        own = set().union(*(self._feeds_of[term.measure] for term in terms if term))
        return own.union(*(self._feeds(self._new.axes.metric(part)) for part in parts))
