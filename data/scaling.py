"""Figures given in ten thousands or hundred millions: multiplied once the header or a title says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.feed import Column
from data.findings import Kind
from data.headers import Layout
from data.organisation import normal
from data.surroundings import Surroundings, Told, scale_of_header
from data.values import Parsed, within

SCALED = Kind(
    "figures_scaled", "note", "The figures of “{column}” were multiplied by {factor}, as “{unit}” says.",
    "If they are in single ones, correct the unit and load the file again.",
)  # fmt: skip
# Columns of money, among those that hold any number.
MONEY = re.compile(r"额|价值|收入|费用|金额|amount|value lost|revenue", re.IGNORECASE)
NOUNS = "户元件笔个人次台分"
OWN_UNIT = ("万", "亿", "%", "k", "m")


def power_of(column: Column, header: str, layout: Layout, about: Surroundings) -> Told | None:
    """The power of ten by which a column's figures are multiplied, and where that is said; None for single ones."""
    if column.type not in ("count", "number"):
        return None
    own = scale_of_header(header)
    if own:
        return Told(own.power, header, None, "header")
    told = about.scale(layout.header - layout.depth + 1)
    if told is None or layout.feed.name == "indicators":
        return None
    fits = told.value.counted if column.type == "count" else told.value.money and MONEY.search("/".join(column.title))
    return replace(told, value=told.value.power) if fits else None


def loosened(column: Column) -> Column:
    """`column` for reading figures before they are multiplied: any number."""
    return replace(column, type="number", minimum=None, maximum=None)


def scaled(parsed: Parsed, cells: Sequence[Any], column: Column, power: int) -> Parsed:
    """The figures multiplied by 10 ** `power` and checked; a cell that says its own unit, as 35.27万, stays as it says.

    Counts are rounded: 35.27 ten thousands were rounded before.
    """
    said = (cells[index] for index in range(len(cells)))
    own = np.array(
        [isinstance(cell, str) and normal(cell).rstrip(NOUNS).endswith(OWN_UNIT) for cell in said], dtype=bool
    )
    values = parsed.values.to_numpy(dtype="float64", copy=True)
    values[~own] *= 10.0**power
    rounded = np.round(values) if column.type == "count" else np.round(values, 6)
    return replace(within(pd.Series(rounded), cells, column, parsed.bad), told=parsed.told)
