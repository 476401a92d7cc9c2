"""What another version would change of what is published: every figure, every rank, every unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.analyses.restated import restatements
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import window

KEYS = ["metric", "unit", "month"]
COLUMNS = ("metric", "unit", "name", "month", "old", "new", "rank_before", "rank_after")
UNIT_COLUMNS = ("unit", "name", "field", "since", "old", "new")
FIELDS = ("name", "level", "kind", "opened", "closed")


def published_changes(old: Figures, new: Figures) -> pd.DataFrame:
    """Values and ranks of single months that differ, of all metrics and units that both know, by month (COLUMNS).

    A value that would no longer be known has a new one of NaN. Ranks are among all units of the level.
    """
    values = restatements(old, new)
    places = _ranks(old, new, sorted(set(values["month"])))
    # A place may move though the value stays.
    found = values[KEYS].assign(changed=True).merge(places, on=KEYS, how="outer")
    before, after = found["rank_before"], found["rank_after"]
    moved = (before != after) & ~(before.isna() & after.isna())
    found = found[found["changed"].notna() | moved].reset_index(drop=True)
    for side, figures in (("old", old), ("new", new)):
        found[side] = pd.Series([_value(figures, *key) for key in found[KEYS].itertuples(index=False)], dtype=float)
    found["name"] = [new.organisation.name(code) for code in found["unit"]]
    return found[list(COLUMNS)].sort_values(["month", "metric", "unit"], ignore_index=True)


def changed_units(old: Figures, new: Figures) -> pd.DataFrame:
    """Units that are new, gone, described otherwise or below another parent (UNIT_COLUMNS).

    field: "unit", "parent" or one of FIELDS. since: of a parent the month from which it holds, else empty.
    """
    before, after = old.organisation, new.organisation
    rows: list[tuple[object, ...]] = []
    for code in sorted({*before.codes, *after.codes}):
        if code not in before or code not in after:
            known = after if code in after else before
            told = (None, known.name(code)) if code in after else (known.name(code), None)
            rows.append((code, known.name(code), "unit", "", *told))
            continue
        was, now = (one.frame[one.frame["code"] == code].iloc[0] for one in (before, after))
        for field in FIELDS:
            if _text(was[field]) != _text(now[field]):
                rows.append((code, after.name(code), field, "", _text(was[field]), _text(now[field])))
        for since in _epochs(before.changes, after.changes):
            above = [one.at(since).parent(code) for one in (before, after)]
            if above[0] != above[1]:
                rows.append((code, after.name(code), "parent", f"{since:%Y-%m}" if since.year > 1900 else "", *above))
    return pd.DataFrame(rows, columns=list(UNIT_COLUMNS), dtype="object")


def _epochs(*changes: Sequence[pd.Timestamp]) -> list[pd.Timestamp]:
    """The months from which parents may differ, the beginning first."""
    return sorted({pd.Timestamp("1900-01-01"), *(since for one in changes for since in one)})


def _text(value: object) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    return f"{value:%Y-%m}" if isinstance(value, pd.Timestamp) else str(value)


def _value(figures: Figures, metric: str, unit: str, month: str) -> float:
    place = figures.axes.metric_index(metric), figures.axes.unit_index(unit), figures.axes.months.index(month)
    return float(figures.monthly_values.value[place])


def _ranks(old: Figures, new: Figures, months: Sequence[str]) -> pd.DataFrame:
    """KEYS, rank_before and rank_after of what both versions know."""
    parts = [pd.DataFrame(columns=[*KEYS, "rank_before", "rank_after"])]
    for level in (name for name in new.organisation.levels() if name in old.organisation.levels()):
        for month in months:
            now, then = _placed(old, level, month), _placed(new, level, month)
            parts.append(now.merge(then, on=KEYS, suffixes=("_before", "_after")))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _placed(figures: Figures, level: str, month: str) -> pd.DataFrame:
    peers = figures.axes.peers(level)
    found = standing(figures, window(month), "month", peers)
    rows, columns = (index.ravel() for index in np.indices(found.rank.shape))
    return pd.DataFrame(
        {
            "metric": np.array([metric.code for metric in figures.axes.metrics], dtype="object")[rows],
            "unit": np.array([figures.axes.units[place] for place in peers], dtype="object")[columns],
            "month": month,
            "rank": np.asarray(found.rank, dtype=float).ravel(),
        }
    )
