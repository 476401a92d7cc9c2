"""Source columns under our names: read as they are without a profile, with the profile's translations and factors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import cell_text
from data.feeds import feed_named
from data.model.feed import Column, Feed
from data.model.organisation import Organisation
from data.parsing.arrow import parse_arrow_column
from data.parsing.columns import REQUIRED_EMPTY, ParsedColumn, check_range, empty_required_cells, parse_column
from data.parsing.findings import cell_params
from data.profiles.cells import DistinctCells
from data.profiles.findings import ProfileReport
from data.profiles.source import Source
from data.profiles.values import clean_column, missing_marks
from data.recognition.vocabulary import stock_columns
from data.staging.scaling import apply_multiplier, as_any_number, multiplier, own_units
from data.staging.unit_questions import Unit, settle_unit


def _read(report: ProfileReport, source: Source, column: Column, label: str, organisation: Organisation) -> pd.Series:
    """The source column `label` as our `column`: translated, parsed, scaled; what cannot be read becomes findings."""
    marks, translations = missing_marks(report.profile, label), report.profile.values.get(column.name, {})
    as_read = source.column(label)
    cells = clean_column(as_read, marks, translations)
    factor = report.profile.scale.get(column.name)
    unit = _unit(report, source, column, label, cells) if factor is None else Unit()
    loose = as_any_number(column) if unit.scale or factor not in (None, 1) else column
    parsed = _parsed(report, source, label, cells, loose, organisation)
    if unit.told:
        report.add(unit.told[0], int(source.numbers[0]), label, **unit.told[1])
    if unit.scale:
        parsed = apply_multiplier(parsed, cells, column, unit.scale.value)
        report.powers[source.header.columns[label]] = unit.scale.value
        if unit.multiplies:
            report.add_scaled(label, unit.scale)
    elif factor not in (None, 1):
        values = parsed.values.to_numpy(dtype="float64") * factor
        rounded = np.round(values) if column.type == "count" else values
        parsed = replace(check_range(pd.Series(rounded), cells, column, parsed.bad), notes=parsed.notes)
    report.add_notes(source, label, parsed.notes)
    report.add_rejected(source, label, parsed.bad, column)
    # A mark that the profile says means "not known" is that in a figure; a key must be there.
    feed = feed_named(report.profile.feed)
    checked = cells if column.name in feed.key else as_read
    for index in empty_required_cells(feed, column, checked, parsed.values):
        report.add(REQUIRED_EMPTY, int(source.numbers[index]), label)
    return parsed.values.reset_index(drop=True)


def _parsed(
    report: ProfileReport, source: Source, label: str, cells: DistinctCells, column: Column, organisation: Organisation
) -> ParsedColumn:
    """The cells of a source column as our `column`; of a large sheet as Arrow keeps them."""
    if source.arrow(label) is not None:
        return parse_arrow_column(cells.to_arrow(), column, organisation, report.answers)
    return parse_column(cells.to_list(), column, organisation, report.answers)


def _unit(report: ProfileReport, source: Source, column: Column, label: str, cells: DistinctCells) -> Unit:
    """In which unit the figures of a source column are, where the profile does not say it."""
    stated = multiplier(column, label, report.layout, report.context)
    shown = report.sheet.shown.get(source.header.columns[label], {})
    if not column.is_numeric or not (stated or shown) or not len(cells):
        return Unit()
    parsed = _parsed(report, source, label, cells, as_any_number(column), Organisation.empty())
    values = np.where(own_units(cells), np.nan, parsed.values.to_numpy(dtype="float64"))
    stock = column.name in stock_columns(report.layout.feed)
    return settle_unit(column, stated, shown, values, report.answers.get("units"), stock)


def _constant(report: ProfileReport, column: Column, value: str | float, organisation: Organisation) -> Any:
    """What the profile says that `column` holds everywhere; a finding if that cannot be."""
    parsed = parse_column([value], column, organisation, report.answers)
    for _, cell, kind in parsed.bad:
        params = cell_params(kind, cell_text(cell), column, organisation, chinese=False)
        report.add(kind, None, None, cell, column=column.title.en, **params)
    return parsed.values.iloc[0]


def mapped_frames(
    report: ProfileReport, feed: Feed, source: Source, common: pd.DataFrame, organisation: Organisation
) -> Iterator[pd.DataFrame]:
    """The mapped columns under our names; with wide columns one frame for each, without its empty cells."""
    profile = report.profile
    for name, label in profile.columns.items():
        common[name] = _read(report, source, feed.column(name), label, organisation)
    for name, constant in profile.constants.items():
        common[name] = _constant(report, feed.column(name), constant, organisation)
    if profile.unpivot is None:
        yield common
        return
    for label, choice in {**profile.unpivot.columns, **source.header.unpivoted}.items():
        # A wide column's empty cell is no row.
        value = _read(report, source, replace(feed.column(profile.unpivot.value), required=False), label, organisation)
        into = _constant(report, feed.column(profile.unpivot.into), choice, organisation)
        named = {profile.unpivot.into: into, profile.unpivot.value: value}
        if profile.unpivot.into == feed.month_column:
            named["key_month"] = into
        yield common.assign(**named)[value.notna().to_numpy()]
