"""Rows that stand twice in a profile's sheet, where rows are summed to indicators."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.model.finding import Kind
from data.profiles.cells import combine, distinct_texts_of
from data.profiles.findings import ProfileReport
from data.profiles.row_filter import with_profile_names
from data.profiles.source import Source
from data.recognition.header_text import normalise_header
from data.recognition.non_data_rows import TOTAL_WORDS

ROW_REPEATED = Kind(
    "profile_row_repeated",
    "error",
    "The row is the same as row {first} in every cell; its figures would count twice.",
    "Take one of the two rows out. If both count, set sum_rows = true in the profile {profile}.",
)
VALUE_REPEATED = Kind(
    "profile_value_repeated",
    "error",
    "The row gives “{indicator}” for a unit and month that row {first} gives already; ready-made figures cannot be "
    "added up.",
    "Take one of the two rows out, or read a numerator and a denominator in the profile {profile}.",
)
SUBTOTAL = Kind(
    "profile_subtotal_added",
    "error",
    "“{value}” stands in a row whose figures the profile {profile} adds to others of that unit and month; they would "
    "count twice.",
    "Say in the profile that such rows are left out, or that only they count.",
)
ADDED_UP = Kind(
    "profile_rows_added_up",
    "note",
    "{count} rows have the unit and month of an earlier row (the first: row {first}); their figures are added up.",
    "Nothing to do, unless one of them is a subtotal of the others.",
)


KEY = ["key_month", "key_unit", "indicator"]


def report_duplicates(report: ProfileReport, source: Source, common: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Reports rows that stand twice, where rows are summed to indicators.

    common: month and unit of each row of `source`.
    frame: the figures made of them, one row for each indicator.
    """
    if report.profile.sum_rows or not len(frame):
        return
    if report.profile.figure_columns:  # where a row is an event, two may well read alike
        likely = common[["key_month", "key_unit"]].duplicated(keep=False).to_numpy()
        _report_rows(report, source, likely)
        _report_subtotals(report, source, likely, set(frame["row"]))
    value = frame["value"].notna()
    given = frame.loc[value, ["row", *KEY]]
    labels = {one.code: (one.value, one.name) for one in report.profile.indicators}
    for row, first, code in _repeated(given, KEY):
        report.add(VALUE_REPEATED, row, labels[code][0], indicator=labels[code][1], first=first)
    summed = frame.loc[~value, ["row", *KEY]]
    again = summed.loc[summed.duplicated(KEY), "row"].drop_duplicates()
    if len(again):
        report.add(ADDED_UP, count=len(again), first=int(again.iloc[0]))


def _report_rows(report: ProfileReport, source: Source, likely: np.ndarray) -> None:
    """Rows that are like an earlier one in every cell. likely: those whose unit and month stand there twice."""
    places = np.flatnonzero(likely)
    if not len(places):
        return
    rows = source.select(likely)
    cells = [rows.body.column(place).map(str) for place in range(len(source.header.labels))]
    texts = [distinct_texts_of(column).which for column in (*cells, *([rows.headings] if rows.headings else []))]
    for row, first, _ in _repeated(pd.DataFrame({"row": rows.numbers, "cells": combine(texts)[0]}), ["cells"]):
        report.add(ROW_REPEATED, row, first=first)


def _report_subtotals(report: ProfileReport, source: Source, likely: np.ndarray, counted: set[int]) -> None:
    """Rows of a total beside others that it may sum up, by a word in a column that the profile does not read as a
    figure.
    """
    figures = {source.header.columns[label] for label in report.profile.figure_columns}
    known = with_profile_names(report.profile, report.organisation)
    rows = source.select(likely & np.isin(source.numbers, list(counted)))
    for where, label in enumerate(source.header.labels):
        if where not in figures:
            column = distinct_texts_of(rows.body.column(where))
            totals = [normalise_header(text) in TOTAL_WORDS and not known.find(text) for text in column.texts]
            for index in np.flatnonzero(column.take(totals)) if any(totals) else ():
                report.add_at(SUBTOTAL, int(rows.numbers[index]), where, label, column.texts[column.which[index]])


def _repeated(frame: pd.DataFrame, keys: list[str]) -> Iterator[tuple[int, int, str]]:
    """Rows whose keys an earlier one has: (row, the first one's, the last of the keys)."""
    first = frame.groupby(keys, dropna=False, sort=False, observed=True)["row"].transform("min")
    again = frame.duplicated(keys)
    for row, earlier, key in zip(frame.loc[again, "row"], first[again], frame.loc[again, keys[-1]], strict=True):
        yield int(row), int(earlier), str(key)
