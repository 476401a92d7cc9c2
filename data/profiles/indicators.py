"""Several indicators computed from each row of a profile's sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.model.feed import Feed
from data.model.profile import Indicator, Profile
from data.profiles.cells import combine
from data.profiles.source import conditions_met
from data.profiles.values import NumberColumns

# More total rows than this are a layout in which every row is a total of something.
MAX_TOTALS = 400
# From so many rows on, texts that stand in every row are kept once.
COMPACT_FROM = 50_000


def indicator_figures(indicator: Indicator, numbers: NumberColumns) -> pd.DataFrame:
    """One indicator for every row: numerator, denominator, value, and `counts`, whether the row holds any of them.

    A failing `where` makes the numerator 0 and leaves the denominator; a numerator that is not known stays so.
    """
    source = numbers.source
    taken_off = numbers.total(indicator.less) if indicator.less else 0.0
    numerator = (numbers.total(indicator.numerator) - taken_off) * indicator.factor
    if indicator.where:
        numerator = np.where(conditions_met(indicator.where, source, numbers), numerator, 0.0)
    denominator = numbers.total(indicator.denominator)
    value = numbers(indicator.value) if indicator.value else np.full(len(source), np.nan)
    known = ~np.isnan(numerator) | ~np.isnan(denominator) | ~np.isnan(value)
    return pd.DataFrame(
        {
            "numerator": numerator,
            "denominator": denominator,
            "value": value,
            "counts": known & conditions_met(indicator.rows, source, numbers),
        }
    )


def registration(indicator: Indicator, feed: Feed) -> dict[str, str | float | None]:
    """The columns of the indicators feed that say what the indicator is, for every one of its rows."""
    entries: dict[str, str | float | None] = {
        "indicator": indicator.code,
        "name": indicator.name,
        "better": indicator.better,
        "scale": np.nan if indicator.scale is None else float(indicator.scale),
        "over_time": indicator.over_time,
        "unit_label": indicator.unit_label,
    }
    return {column.name: entries[column.name] for column in feed.columns if column.name in entries}


def indicator_frames(
    profile: Profile, feed: Feed, common: pd.DataFrame, numbers: NumberColumns
) -> Iterator[pd.DataFrame]:
    """One frame per indicator: the rows that count for it, with `common` (row, month, unit) and its registration."""
    keys = combine([pd.factorize(common[name], use_na_sentinel=False)[0] for name in ("key_month", "key_unit")])[0]
    entries = [registration(indicator, feed) for indicator in profile.indicators]
    for indicator, entry in zip(profile.indicators, entries, strict=True):
        found = indicator_figures(indicator, numbers)
        counts = found.pop("counts").to_numpy(dtype=bool)
        if profile.sum_rows and indicator.value is None:
            frame = _summed(common, found, counts, keys, paired=indicator.denominator is not None)
        else:
            frame = pd.concat([common[counts], found[counts]], axis=1)
        # The same texts stand in every row: of many rows each is kept once.
        yield frame.assign(
            **{
                name: pd.Categorical([value], list(dict.fromkeys(str(one[name]) for one in entries))).repeat(len(frame))
                if len(frame) >= COMPACT_FROM and isinstance(value, str) and all(one[name] for one in entries)
                else pd.Series(value, frame.index, "object")
                for name, value in entry.items()
            }
        )


def _summed(
    common: pd.DataFrame, figures: pd.DataFrame, counts: np.ndarray, keys: np.ndarray, paired: bool
) -> pd.DataFrame:
    """One row per month and unit: figures summed (pairs only where both are known), the first row's number.

    keys: a number for each month and unit.
    """
    if paired:
        counts = counts & (figures["numerator"].notna() & figures["denominator"].notna()).to_numpy()
    kept = keys[counts]
    first = np.flatnonzero(counts)[~pd.Series(kept).duplicated().to_numpy()]
    sums = figures[counts].groupby(kept, sort=False).sum(min_count=1).reset_index(drop=True)
    return pd.concat([common.iloc[first].reset_index(drop=True), sums], axis=1)


@dataclass(frozen=True)
class DifferingTotal:
    """A total row that differs from the rows it sums up.

    index: which of the total rows.
    indicator: the indicator whose figures do not fit.
    stated: what the total row says.
    counted: what the rows give.
    """

    index: int
    indicator: Indicator
    stated: float
    counted: float


def differing_totals(
    profile: Profile, rows: NumberColumns, row_months: pd.Series, totals: NumberColumns, total_months: pd.Series
) -> Iterator[DifferingTotal]:
    """Total rows that differ from the rows they sum up.

    A total sums up the rows since the total before it (a block), or all rows of its month. Where neither fits, several
    totals are compared with their blocks and a single one with the whole. Pairs of numerator and denominator count only
    where both are known. A total row is of no medium and of no grade: what `where` and `rows` ask of a row is asked of
    none, and then of the rows alone.
    """
    if len(totals.source) > MAX_TOTALS:
        return
    lines, ends = rows.source.numbers, totals.source.numbers
    before = np.concatenate([[0], ends[:-1]])
    whole = [(row_months == month).to_numpy() for month in total_months]
    blocks = [month & (lines > first) & (lines < end) for month, first, end in zip(whole, before, ends, strict=True)]
    for indicator in profile.indicators:
        if not isinstance(indicator.numerator, tuple):
            continue  # rows that are counted: a total row is one
        plain = replace(indicator, where=(), rows=())
        stated = indicator_figures(plain, totals)
        readings = [(plain, indicator_figures(plain, rows))]
        for narrower in dict.fromkeys((replace(indicator, where=()), replace(indicator, rows=()), indicator)):
            if narrower != plain:
                readings.append((narrower, indicator_figures(narrower, rows)))
        for index, (all_rows, block) in enumerate(zip(whole, blocks, strict=True)):
            chosen = (block, all_rows) if len(ends) > 1 else (all_rows, block)
            found = [_differs(one, stated.iloc[index], parts, mask) for one, parts in readings for mask in chosen]
            known = [one for one in found if one is not None]
            if known and all(known):
                yield DifferingTotal(index, indicator, *known[0])


def _differs(
    indicator: Indicator, total: pd.Series, figures: pd.DataFrame, chosen: np.ndarray
) -> tuple[float, float] | tuple[()] | None:
    """(stated, counted) where a total is not the sum of the chosen rows, () where it is, None where neither is known.

    Where a row counts by conditions, or as one answer, the numerators are compared; a mean of them is right too.
    """
    paired = isinstance(indicator.denominator, tuple)
    counts = chosen & (figures["counts"] & figures["numerator"].notna()).to_numpy()
    counts &= figures["denominator"].notna().to_numpy() | (indicator.denominator is None)
    numerator, denominator = float(total["numerator"]), float(total["denominator"])
    if not counts.any() or numerator != numerator:
        return None
    parts = figures.loc[counts, ["numerator", "denominator"]].sum()
    sums = [(numerator, float(parts["numerator"]))]
    if paired and indicator.numerator != indicator.denominator:
        sums = [
            (
                _ratio(numerator, denominator, indicator),
                _ratio(float(parts["numerator"]), float(parts["denominator"]), indicator),
            )
        ]
    elif indicator.denominator is not None and not paired:
        sums.append((numerator, float(parts["numerator"] / parts["denominator"]) if parts["denominator"] else np.nan))
    if sums[0][0] != sums[0][0]:
        return None
    return () if any(np.isclose(one, other, 1e-9, 0) for one, other in sums) else sums[0]


def _ratio(numerator: float, denominator: float, indicator: Indicator) -> float:
    scale = 100.0 if indicator.scale is None else indicator.scale
    return float(scale * numerator / denominator) if denominator else float("nan")
