"""A sheet whose layout is known becomes typed rows, each with the spreadsheet's own row number, and findings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from data.core.cell_refs import cell_name, column_letters
from data.core.number_formats import TWO_DECIMALS
from data.core.text import raw_text
from data.model.arrow_rows import ArrowRows
from data.model.choices import answers_of
from data.model.feed import Column, Feed, WideRule
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.sheet import Sheet
from data.model.staged import NO_MONTH, StagedSheet
from data.parsing.arrow import distinct_cells, lazy_cells, parse_arrow_column
from data.parsing.columns import REQUIRED_EMPTY, ParsedColumn, empty_required_cells, parse_column, reject_percentages
from data.parsing.conventions import ColumnNote
from data.parsing.findings import AMBIGUOUS_UNIT, cell_params
from data.parsing.percentages import NUMBERS_MIXED, mixed_within_group
from data.recognition.body import body_rows, fill_merged_cells, repeated_header_rows
from data.recognition.context import SheetContext
from data.recognition.layout import Layout
from data.recognition.non_data_rows import split_non_data_rows, split_non_data_table
from data.recognition.suggestions import SAMPLE_ROWS, suggest_columns
from data.recognition.unit_columns import use_deepest_unit_column
from data.recognition.vocabulary import stock_columns
from data.staging.across_check import column_of
from data.staging.frame import staged_frame
from data.staging.header_findings import alternative_column_findings, header_findings
from data.staging.named_units import name_units_by_month
from data.staging.redundancies import check_redundancies
from data.staging.scaling import SCALED, apply_multiplier, as_any_number, multiplier, own_units, unapplied_units
from data.staging.total_check import check_totals
from data.staging.unit_questions import Unit, settle_unit

# So many rows of columns that mean the same are compared.
COMPARED_ROWS = 1_000


def stage_table(
    sheet: Sheet,
    layout: Layout,
    organisation: Organisation,
    file: str,
    context: SheetContext | None = None,
    end: int | None = None,
    answers: Mapping[str, str] | None = None,
    keep_all: bool = False,
) -> StagedSheet:
    """The rows from the header to the index `end` as `layout.feed`; every problem is a finding, never an exception.

    `keep_all`: no row is a total or a note.
    """
    feed = layout.feed
    stop = layout.header + 1 + COMPARED_ROWS
    layout = use_deepest_unit_column(
        layout, sheet.rows[layout.header + 1 : stop if end is None else min(end, stop)], organisation
    )
    staged = StagedSheet(
        sheet.name,
        feed,
        staged_frame(feed, pd.DataFrame()),
        columns={name: layout.headers[index] for name, index in layout.columns.items()},
        ignored=layout.ignored,
        places=layout.places,
        header_row=layout.header + sheet.first_row,
    )
    body = sheet.rows[layout.header + 1 : layout.header + 1 + SAMPLE_ROWS]
    staged.answers = answers or {}
    known = {**staged.answers, "separator": sheet.separator} if sheet.separator == ";" else staged.answers
    staged.proposals = suggest_columns(layout, body, organisation)
    context = context or SheetContext(sheet.rows, sheet.name, file, sheet.first_row, shown=sheet.shown)
    staged.findings.extend(header_findings(staged, layout, file, sheet.first_row, context.span(layout.header)))
    if layout.absent:
        return staged
    head = layout.header + sheet.first_row
    staged.findings.extend(
        alternative_column_findings(
            layout,
            sheet.rows[layout.header + 1 : layout.header + 1 + COMPARED_ROWS],
            organisation,
            file,
            sheet.name,
            head,
        )
    )
    if (named := context.month(layout.header)) is not None:
        known = {**known, "month_named": named.value}
    large = sheet.rows.below(layout.header + 1) if isinstance(sheet.rows, ArrowRows) else None
    table: _TableReader
    if large is not None:
        first = layout.header + 1 + sheet.first_row
        large = fill_merged_cells(large, sheet, layout)
        places, rest, totals, notes = split_non_data_table(
            large, first, layout, organisation, repeated_header_rows(large, sheet, layout)
        )
        table = _ArrowTableReader(sheet.name, file, layout, context, organisation, places, rest, known)
    else:
        numbers, rows = body_rows(sheet, layout, end)
        everything: tuple = (range(len(rows)), [], [])
        kept, totals, notes = everything if keep_all else split_non_data_rows(rows, numbers, layout, organisation)
        lines = np.asarray(numbers, dtype="int64")[list(kept)]
        table = _TableReader(
            sheet.name, file, layout, context, organisation, lines, [rows[index] for index in kept], known
        )
    staged.findings.extend(Finding(kind, file, sheet.name, row, value=value) for kind, row, value in notes)
    found = table.typed()
    staged.findings.extend(table.findings)
    rule = layout.wide_rule.value if layout.wide_rule else ""
    filled = {place: layout.values.get(place, rule) for place in layout.wide}
    if feed.rated and layout.wide_rule:
        rated = {place: choice for place, choice in layout.wide.items() if filled[place] == feed.rated.column}
        staged.across = {choice: layout.headers[place] for place, choice in rated.items()}
        staged.across_into = layout.wide_rule.into
    filled |= {place: name for name, place in layout.columns.items()}
    staged.scaled = {filled[place]: power for place, power in table.powers.items()}
    staged.totals = partial(
        check_totals,
        totals=totals,
        layout=layout,
        organisation=organisation,
        powers=table.powers,
        file=file,
        sheet=sheet.name,
        answers=staged.answers,
    )
    staged.findings.extend(staged.totals(found))
    across = check_redundancies(staged, layout, table, totals, found, context)
    staged.findings.extend(replace(finding, file=file) for finding in across)
    staged.frame = staged_frame(feed, found)
    return staged


class _TableReader:
    """The kept rows of one sheet while their columns are read."""

    def __init__(
        self,
        sheet: str,
        file: str,
        layout: Layout,
        context: SheetContext,
        organisation: Organisation,
        numbers: np.ndarray,
        rows: Any,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self.sheet, self.file, self.layout, self.context, self.organisation = sheet, file, layout, context, organisation
        self.numbers = numbers
        self.rows = rows
        self.findings: list[Finding] = []
        self.powers: dict[int, int] = {}
        self.answers: Mapping[str, str] = answers or {}
        # Cells that name several units: which one, the row's month may say.
        self.same_named: list[tuple[Column, int, int, Any]] = []

    def parsed(self, column: Column, place: int) -> tuple[ParsedColumn, Sequence[Any]]:
        """The column's typed values, and its cells as they were read."""
        cells = self.cells(place)
        return parse_column(cells, column, self.organisation, self._said(column, place), self._of_rows(column)), cells

    def cells(self, place: int) -> Sequence[Any]:
        """The cells of a column in the kept rows."""
        return column_of(self.rows, place)

    def _said(self, column: Column, place: int) -> Mapping[str, str]:
        """What is known of a column besides its cells."""
        if column.type not in ("month", "period", "time"):
            return self.answers
        said = answers_of(self.answers, self.file, self.layout.headers[place])
        return {**said, "month_format": TWO_DECIMALS} if TWO_DECIMALS in self.context.shown.get(place, ()) else said

    def _of_rows(self, column: Column) -> bool:
        """Whether a column says which month a row is of."""
        return column.type == "month" and column.name == self.layout.feed.month_column

    def typed(self) -> pd.DataFrame:
        """Typed columns and keys; wide columns become rows."""
        feed = self.layout.feed
        frame = pd.DataFrame({"row": self.numbers})
        for column in feed.columns:
            if column.name in self.layout.columns:
                frame[column.name] = self._column(column, self.layout.columns[column.name], frame)
        if self.layout.month and feed.month_column:
            frame[feed.month_column] = pd.Timestamp(self.layout.month.value)
        if self.layout.wide_rule:
            frame = self._unpivoted(frame, feed, self.layout.wide_rule)
        return self._named_by_month(self._keyed(frame, feed))

    def _column(self, column: Column, place: int, frame: pd.DataFrame) -> pd.Series:
        """The typed column. frame: the columns read before it."""
        header = self.layout.headers[place]
        unit = self._unit(column, place)
        scale = unit.scale
        parsed, cells = self.parsed(as_any_number(column) if scale else column, place)
        if scale:
            parsed = apply_multiplier(
                reject_percentages(parsed, cells) if column.type == "count" else parsed, cells, column, scale.value
            )
            self.powers[place] = scale.value
        if scale and unit.multiplies:
            params = {"factor": f"{10**scale.value:,}", "unit": scale.text}
            self.findings.append(Finding(SCALED, self.file, self.sheet, None, header, scale.cell, params=params))
        for kind, words, cell in (
            [] if scale or unit.told else unapplied_units(column, header, self.layout, self.context)
        ):
            self.findings.append(Finding(kind, self.file, self.sheet, None, header, cell, params={"unit": words}))
        if unit.told and len(self.numbers):
            kind, said = unit.told
            at = f"{column_letters(place)}{self.numbers[0]}"
            self.findings.append(Finding(kind, self.file, self.sheet, None, header, at, None, said))
        first = f"{column_letters(place)}{self.numbers[0]}" if len(self.numbers) else None
        for kind, filling in self._column_notes(parsed, cells, frame):
            self.findings.append(Finding(kind, self.file, self.sheet, None, header, first, None, filling))
        for index, value, kind in parsed.bad:
            if kind is AMBIGUOUS_UNIT:
                self.same_named.append((column, place, index, value))
            else:
                self.findings.append(self._finding(column, place, index, value, kind))
        empty = empty_required_cells(self.layout.feed, column, cells, parsed.values)
        self.findings.extend(self._finding(column, place, index, cells[index], REQUIRED_EMPTY) for index in empty)
        return parsed.values

    def _unit(self, column: Column, place: int) -> Unit:
        """In which unit the figures of a column are."""
        stated = multiplier(column, self.layout.headers[place], self.layout, self.context)
        shown = self.context.shown.get(place, {})
        if not column.is_numeric or not (stated or shown):
            return Unit()
        parsed, cells = self.parsed(as_any_number(column), place)
        values = np.where(own_units(cells), np.nan, parsed.values.to_numpy(dtype="float64"))
        stock = column.name in stock_columns(self.layout.feed)
        return settle_unit(column, stated, shown, values, self.answers.get("units"), stock)

    def _column_notes(self, parsed: ParsedColumn, cells: Any, frame: pd.DataFrame) -> list[ColumnNote]:
        """What there is to say of a column as a whole: of figures of several things each is looked at by itself."""
        notes = list(parsed.notes)
        feed = self.layout.feed
        things = [name for name in feed.part if name in frame and feed.column(name).type == "text"]
        for at, (kind, _) in enumerate(notes) if things else ():
            if kind is NUMBERS_MIXED:
                mixed = mixed_within_group(*distinct_cells(cells), frame[things])
                notes[at : at + 1] = [(kind, {"value": mixed[0], "other": f"{mixed[1]:g}"})] if mixed else []
                break
        return notes

    def _finding(self, column: Column, place: int, index: int, value: Any, kind: Kind) -> Finding:
        row = int(self.numbers[index])
        shown = "" if value is None else raw_text(value)
        header = self.layout.headers[place]
        params = cell_params(kind, shown, column, self.organisation, not header.isascii())
        return Finding(kind, self.file, self.sheet, row, header, cell_name(row, place), shown, params)

    def _unpivoted(self, frame: pd.DataFrame, feed: Feed, rule: WideRule) -> pd.DataFrame:
        """One row per row and choice (or month); several figures under one choice stay one row, empty ones none."""
        parts = []
        for choice in dict.fromkeys(self.layout.wide.values()):
            one = frame.copy()
            month = rule.into == feed.month_column
            one[rule.into] = pd.Timestamp(choice) if month else choice
            known = np.zeros(len(one), dtype=bool)
            for place in (place for place, name in self.layout.wide.items() if name == choice):
                column = replace(feed.column(self.layout.values.get(place, rule.value)), required=False)
                one[column.name] = self._column(column, place, frame).to_numpy()
                known |= one[column.name].notna().to_numpy()
            parts.append(one[known])
        return pd.concat(parts, ignore_index=True)

    def _named_by_month(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows with the units that are meant by a name of several: of these the one that is open in the row's
        month.
        """
        texts = {int(self.numbers[index]): raw_text(value) for _, _, index, value in self.same_named}
        frame, lacking = name_units_by_month(frame, self.layout.feed.unit_column or "", texts, self.organisation)
        for column, place, index, value in self.same_named:
            if int(self.numbers[index]) in lacking:
                self.findings.append(self._finding(column, place, index, value, AMBIGUOUS_UNIT))
        return frame

    def _keyed(self, frame: pd.DataFrame, feed: Feed) -> pd.DataFrame:
        if feed.month_column:
            months = pd.to_datetime(frame[feed.month_column]).to_numpy().astype("datetime64[M]")
            frame["key_month"] = months.astype("datetime64[s]")
        elif feed.since_column and feed.since_column in frame:
            frame["key_month"] = frame[feed.since_column].fillna(NO_MONTH)
        else:
            frame["key_month"] = NO_MONTH
        unit = feed.unit_column
        frame["key_unit"] = frame[unit] if unit and unit in frame else None
        if unit and not feed.column(unit).required:
            level = frame["level"] if "level" in frame else pd.Series(None, index=frame.index, dtype="object")
            frame["key_unit"] = frame["key_unit"].where(
                frame["key_unit"].notna(), ("level:" + level.astype("object").fillna("")).where(level.notna(), "*")
            )
        return frame


class _ArrowTableReader(_TableReader):
    """The same of a large sheet, whose kept rows are Arrow columns."""

    def typed(self) -> pd.DataFrame:
        # Arrow and numpy work without Python's lock: columns are read beside each other, and taken up in their order.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            self.ahead: dict[int, tuple[Column, Future[ParsedColumn]]] = {}
            for name, place in self.layout.columns.items():
                column = self.layout.feed.column(name)
                self.ahead[place] = column, pool.submit(self._read, column, place)
            return super().typed()

    def parsed(self, column: Column, place: int) -> tuple[ParsedColumn, Sequence[Any]]:
        asked, ahead = self.ahead.get(place, (None, None))
        done = ahead.result() if ahead is not None and asked is column else self._read(column, place)
        return done, lazy_cells(self.rows.column(place))

    def cells(self, place: int) -> Sequence[Any]:
        return self.rows.column(place).to_pylist() if place < self.rows.num_columns else [None] * len(self.numbers)

    def _read(self, column: Column, place: int) -> ParsedColumn:
        return parse_arrow_column(
            self.rows.column(place), column, self.organisation, self._said(column, place), self._of_rows(column)
        )
