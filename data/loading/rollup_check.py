"""A unit's own figure against the sum of its parts: the own figure counts, a difference is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.feeds import feed_named
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.warehouse.connection import Connection

DIFFERS = Kind(
    "parts_differ",
    "warning",
    "{unit}, {month}: the total of {measure} is {total}, its parts add up to {parts}; they differ by {difference}.",
    "The unit's own figure counts. If a part is missing or wrong, load it again.",
)
# Sums of counts are exact; amounts in fractions of a currency are not.
SLACK = 1e-6


def rollup_differences(
    connection: Connection, feed: str, months: Sequence[Any], organisation: Organisation
) -> list[Mapping[str, Any]]:
    """Where a unit has an own row in one of `months` and its open children's figures add up to another one."""
    record = feed_named(feed)
    if record.events or record.unit_column is None:
        return []
    measures = [measure.name for measure in record.measures if measure.additive and measure.adds_up]
    if not measures or not months:
        return []
    marks, days = ", ".join("?" for _ in measures), ", ".join("?::DATE" for _ in months)
    frame = connection.execute(
        f"SELECT month, measure, unit, value FROM cube WHERE feed = ? AND segment_kind = '' AND measure IN ({marks}) "
        f"AND month IN ({days})",
        [feed, *measures, *months],
    ).df()
    if frame.empty:
        return []
    units = set(frame["unit"])
    if not any(above in units for unit in units for above in organisation.ever_above(unit)):
        return []
    wide = frame.pivot_table(index=["month", "measure"], columns="unit", values="value", aggfunc="sum")
    epochs = wide.index.get_level_values("month").map(
        lambda month: sum(since <= month for since in organisation.changes)
    )
    return [
        found
        for _, part in wide.groupby(epochs, sort=True)
        for found in _compare(part, organisation.at(part.index.get_level_values("month")[0]))
    ]


def _compare(wide: pd.DataFrame, organisation: Organisation):  # type: ignore[no-untyped-def]
    months = wide.index.get_level_values("month").to_numpy(dtype="datetime64[s]")
    rolled = wide.copy()
    depth = {code: sum(1 for _ in organisation.ancestors(code)) for code in organisation.codes}
    life = organisation.frame.set_index("code")
    for code in sorted(organisation.codes, key=lambda code: -depth[code]):
        children = [child for child in organisation.children(code) if child in rolled]
        if not children:
            continue
        summed = rolled[children].sum(axis=1, min_count=1)
        if code not in wide:
            rolled[code] = summed
            continue
        own = wide[code]
        complete = np.ones(len(wide), dtype=bool)
        for child in organisation.children(code):
            known = rolled[child].notna().to_numpy() if child in rolled else np.zeros(len(wide), dtype=bool)
            complete &= known | ~_open(life.loc[[child]].iloc[0], months)
        differs = (
            complete & own.notna().to_numpy() & ((own - summed).abs() > np.maximum(SLACK * own.abs(), 1e-9)).to_numpy()
        )
        for (month, measure), total, parts in zip(wide.index[differs], own[differs], summed[differs], strict=True):
            yield {
                "code": code,
                "unit": organisation.name(code),
                "month": pd.Timestamp(month).strftime("%Y-%m"),
                "measure": measure,
                "total": f"{total:,.10g}",
                "parts": f"{parts:,.10g}",
                "difference": f"{total - parts:,.10g}",
            }
        rolled[code] = own.where(own.notna(), summed)


def _open(unit: pd.Series, months: np.ndarray) -> np.ndarray:
    opened, closed = unit["opened"], unit["closed"]
    since = (
        np.ones(len(months), dtype=bool)
        if pd.isna(opened)
        else months >= np.datetime64(pd.Timestamp(opened).to_period("M").to_timestamp(), "s")
    )
    until = np.ones(len(months), dtype=bool) if pd.isna(closed) else months <= np.datetime64(pd.Timestamp(closed), "s")
    return since & until
