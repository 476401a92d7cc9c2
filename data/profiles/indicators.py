"""Several indicators computed from each row of a profile's sheet."""

from __future__ import annotations

from collections.abc import Iterator

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


def differing_totals(
    profile: Profile, rows: NumberColumns, row_months: pd.Series, totals: NumberColumns, total_months: pd.Series
) -> Iterator[tuple[int, Indicator, float, float]]:
    """Total rows that differ from the rows they sum up: (index, indicator, stated figure, the rows' figure).

    A total sums up the rows since the total before it (a block), or all rows of its month. Where neither fits, several
    totals are compared with their blocks and a single one with the whole. Pairs of numerator and denominator count only
    where both are known.
    """
    if len(totals.source) > MAX_TOTALS:
        return
    lines, ends = rows.source.numbers, totals.source.numbers
    before = np.concatenate([[0], ends[:-1]])
    whole = [(row_months == month).to_numpy() for month in total_months]
    blocks = [month & (lines > first) & (lines < end) for month, first, end in zip(whole, before, ends, strict=True)]
    for indicator in profile.indicators:
        if indicator.numerator is None:
            continue
        found, stated = indicator_figures(indicator, rows), indicator_figures(indicator, totals)
        paired = found["denominator"].notna() | (indicator.denominator is None)
        counts = (found["counts"] & found["numerator"].notna() & paired).to_numpy()
        parts = found[["numerator", "denominator"]].to_numpy()
        for index, (all_rows, block) in enumerate(zip(whole, blocks, strict=True)):
            figure = _value(stated["numerator"].iloc[index], stated["denominator"].iloc[index], indicator)
            known = [parts[counts & chosen] for chosen in (block, all_rows)]
            sums = [_value(float(part[:, 0].sum()), float(part[:, 1].sum()), indicator) for part in known if len(part)]
            if figure == figure and sums and not any(np.isclose(figure, of_rows, 1e-9, 0) for of_rows in sums):
                yield index, indicator, figure, sums[0] if len(ends) > 1 else sums[-1]


def _value(numerator: float, denominator: float, indicator: Indicator) -> float:
    if indicator.denominator is None:
        return float(numerator)
    scale = 100.0 if indicator.scale is None else indicator.scale
    return float(scale * numerator / denominator) if denominator else float("nan")
