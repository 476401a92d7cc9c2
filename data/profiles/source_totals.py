"""Total rows of a profile's sheet held against its rows as they stand there: before they are scaled, with the rows that
the profile leaves out and without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
import pandas as pd

from data.model.finding import Finding
from data.profiles.findings import ProfileReport
from data.profiles.row_filter import total_rows
from data.profiles.source import Source
from data.profiles.values import NumberColumns
from data.recognition.layout import Layout
from data.staging.total_check import check_totals

Totals = Callable[[pd.DataFrame], Iterable[Finding]]


def totals_check(
    report: ProfileReport, layout: Layout, common: pd.DataFrame, everything: Source, totals: Source
) -> Totals:
    """The findings of total rows, from the rows as staged, of which some may be left out by then.

    common: row, month, unit and the other columns of each row that is loaded. everything: all rows of the sheet.
    """
    stated = total_rows(totals)
    if not stated or report.profile.indicators:
        return lambda frame: ()
    left_out = everything.select(~np.isin(everything.numbers, [*common["row"], *totals.numbers]))
    kept = _as_in_the_sheet(
        report,
        layout,
        everything.select(np.isin(everything.numbers, common["row"])),
        common.astype({"key_unit": "object"}),
    )
    others = _as_in_the_sheet(report, layout, left_out, pd.DataFrame({"row": left_out.numbers}))
    check = partial(
        check_totals,
        totals=stated,
        layout=layout,
        organisation=report.organisation,
        powers={},
        file=report.file,
        sheet=report.sheet.name,
        answers=report.answers,
    )

    def found(frame: pd.DataFrame) -> list[Finding]:
        there = kept[kept["row"].isin(frame["row"])]
        wrong = list(check(there))
        if wrong and len(others):
            whole = pd.concat([there, others], ignore_index=True).sort_values("row", kind="stable", ignore_index=True)
            still = {one.cell for one in check(whole)}
            wrong = [one for one in wrong if one.cell in still]
        return wrong

    return found


def _as_in_the_sheet(report: ProfileReport, layout: Layout, source: Source, keys: pd.DataFrame) -> pd.DataFrame:
    """The figures of rows as they are written, under our names; a column that becomes rows gives rows of its text.

    keys: what is known of the rows already, typed.
    """
    numbers = NumberColumns(report.profile, source, report.answers)
    labels = {place: label for label, place in source.header.columns.items()}
    keys = keys.assign(row=source.numbers)
    for name in ("key_month", "key_unit", *layout.columns):
        if name not in keys:
            keys[name] = None
    for name, place in layout.columns.items():
        if layout.feed.column(name).is_numeric:
            keys[name] = numbers(labels[place])
    if layout.wide_rule is None:
        return keys
    parts = []
    for place, text in layout.wide.items():
        part = keys.copy()
        part[layout.wide_rule.into] = text
        part[layout.values[place]] = numbers(labels[place])
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
