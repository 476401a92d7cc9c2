"""Rows that hold a whole beside rows that hold its parts: a summary beside its details, an empty category beside the categories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from data.feed import Feed
from data.findings import Finding, Kind
from data.headers import measured
from data.staged import StagedSheet

COUNTED_TWICE = Kind(
    "whole_beside_parts", "error", "The row has no “{column}”, and its {value} is the sum of the rows that have one: it would be counted twice.",
    "Take the row out, or the sheet that holds it; if it is not their total, fill in “{column}”.",
)  # fmt: skip
BESIDE = Kind(
    "rows_beside_parts", "warning", "{count} rows have no “{column}” beside rows of the same unit and month that have one; both are counted: rows {rows}.",
    "If they are totals, take them out.",
)  # fmt: skip
# So many rows are named.
SHOWN = 20


def wholes_beside_parts(sheets: Sequence[StagedSheet], file: str) -> None:
    """Adds what there is to say to the sheets of a file; sheets under a profile are as it says."""
    for feed in {sheet.feed.name: sheet.feed for sheet in sheets}.values():
        ours = [sheet for sheet in sheets if sheet.feed is feed and sheet.profile is None and len(sheet.frame)]
        optional = [name for name in feed.key if not feed.column(name).required]
        figures = sorted(measured(feed))
        if ours and optional and figures and feed.month_column in feed.key:
            for sheet, finding in _told(ours, feed, optional, figures, file):
                sheet.findings.append(finding)


def _told(
    sheets: Sequence[StagedSheet], feed: Feed, optional: Sequence[str], figures: Sequence[str], file: str
) -> Iterator[tuple[StagedSheet, Finding]]:
    keys = [name for name in feed.key if name not in optional]
    whole = [sheet.frame[list(optional)].isna().all(axis=1).to_numpy() for sheet in sheets]
    if np.concatenate(whole).all() or not np.concatenate(whole).any():
        return
    # Sheets of different sizes keep their texts in different ways.
    texts = {name: "object" for name in keys if feed.column(name).type not in ("month", "time")}
    rows = pd.concat(
        [sheet.frame[["row", *keys, *figures]].astype(texts).assign(at=at) for at, sheet in enumerate(sheets)],
        ignore_index=True,
    )  # fmt: skip
    lacking = np.concatenate(whole)
    sums = [rows[mask].groupby(keys)[list(figures)].sum(min_count=1) for mask in (lacking, ~lacking)]
    both = sums[0].join(sums[1], how="inner", rsuffix="_parts")
    there, parts = both[list(figures)].to_numpy(), both[[f"{name}_parts" for name in figures]].to_numpy()
    known = ~np.isnan(there) & ~np.isnan(parts)
    agrees = (np.isclose(there, parts) | ~known).all(axis=1) & (known & (there > 0)).any(axis=1)
    found = rows[lacking].merge(both.assign(agrees=agrees)["agrees"], left_on=keys, right_index=True)
    # One that happens to equal the others is no proof; where most do, they are their totals.
    doubled = found["agrees"] if agrees.sum() * 2 > len(agrees) else found["agrees"] & False
    for at, sheet in enumerate(sheets):
        word = sheet.columns.get(optional[0]) or feed.column(optional[0]).title.zh_Hans
        mine = found["at"] == at
        for _, one in found[mine & doubled].iterrows():
            name = next(name for name in figures if one[name] > 0)
            cell = f"{sheet.places[name]}{one['row']}" if name in sheet.places else None
            yield sheet, Finding(COUNTED_TWICE, file, sheet.sheet, int(one["row"]), word, cell, f"{one[name]:g}")
        numbers = found.loc[mine & ~doubled, "row"].tolist()
        if numbers:
            shown = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
            yield sheet, Finding(BESIDE, file, sheet.sheet, None, word, params={"count": len(numbers), "rows": shown})
