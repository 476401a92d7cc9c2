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
from data.core.text import text_of
from data.model.arrow_rows import Columns
from data.model.feed import Column, Feed, Wide
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.sheet import Sheet
from data.model.staged import NO_MONTH, StagedSheet
from data.parsing.arrow import cells_of, distinct_of, parse_arrow
from data.parsing.columns import REQUIRED_EMPTY, Parsed, empty_cells, of_things, parse_column
from data.parsing.conventions import Told
from data.parsing.findings import params_of
from data.parsing.percentages import NUMBERS_MIXED, within_one
from data.recognition.body import filled_table, headers_again, rows_below
from data.recognition.context import Surroundings
from data.recognition.layout import Layout
from data.recognition.non_data_rows import left_out, rows_kept
from data.recognition.suggestions import SAMPLE, proposals
from data.recognition.unit_columns import of_deepest_units
from data.staging.frame import staged_frame
from data.staging.header_findings import told_of_header, told_of_others
from data.staging.scaling import SCALED, left_as_they_are, loosened, power_of, scaled
from data.staging.total_check import reconcile

# So many rows of columns that mean the same are compared.
COMPARED = 1_000


def stage(
    sheet: Sheet,
    layout: Layout,
    organisation: Organisation,
    file: str,
    about: Surroundings | None = None,
    end: int | None = None,
    answers: Mapping[str, str] | None = None,
    keep_all: bool = False,
) -> StagedSheet:
    """The rows from the header to the index `end` as `layout.feed`; every problem is a finding, never an exception.

    `keep_all`: no row is a total or a note.
    """
    feed = layout.feed
    stop = layout.header + 1 + COMPARED
    layout = of_deepest_units(
        layout, sheet.rows[layout.header + 1 : stop if end is None else min(end, stop)], organisation
    )
    staged = StagedSheet(
        sheet.name,
        feed,
        staged_frame(feed, pd.DataFrame()),
        columns={name: layout.headers[index] for name, index in layout.columns.items()},
        ignored=layout.ignored,
        places={name: column_letters(index) for name, index in layout.columns.items()},
        header_row=layout.header + sheet.first_row,
    )
    body = sheet.rows[layout.header + 1 : layout.header + 1 + SAMPLE]
    staged.answers = answers or {}
    known = {**staged.answers, "separator": sheet.separator} if sheet.separator == ";" else staged.answers
    staged.proposals = proposals(layout, body, organisation)
    staged.findings.extend(told_of_header(staged, layout, file, sheet.first_row))
    if layout.absent:
        return staged
    head = layout.header + sheet.first_row
    staged.findings.extend(
        told_of_others(
            layout, sheet.rows[layout.header + 1 : layout.header + 1 + COMPARED], organisation, file, sheet.name, head
        )
    )
    about = about or Surroundings(sheet.rows, sheet.name, file, sheet.first_row)
    if (named := about.month(layout.header)) is not None:
        known = {**known, "month_named": named.value}
    large = sheet.rows.below(layout.header + 1) if isinstance(sheet.rows, Columns) else None
    table: _Table
    if large is not None:
        first = layout.header + 1 + sheet.first_row
        large = filled_table(large, sheet, layout)
        places, rest, totals, notes = rows_kept(large, first, layout, organisation, headers_again(large, sheet, layout))
        table = _Columns(sheet.name, file, layout, about, organisation, places, rest, known)
    else:
        numbers, rows = rows_below(sheet, layout, end)
        everything: tuple = (range(len(rows)), [], [])
        kept, totals, notes = everything if keep_all else left_out(rows, numbers, layout, organisation)
        lines = np.asarray(numbers, dtype="int64")[list(kept)]
        table = _Table(sheet.name, file, layout, about, organisation, lines, [rows[index] for index in kept], known)
    staged.findings.extend(Finding(kind, file, sheet.name, row, value=value) for kind, row, value in notes)
    found = table.typed()
    staged.findings.extend(table.findings)
    staged.totals = partial(
        reconcile,
        totals=totals,
        layout=layout,
        organisation=organisation,
        powers=table.powers,
        file=file,
        sheet=sheet.name,
    )
    staged.findings.extend(staged.totals(found))
    staged.frame = staged_frame(feed, found)
    return staged


class _Table:
    """The kept rows of one sheet while their columns are read."""

    def __init__(
        self,
        sheet: str,
        file: str,
        layout: Layout,
        about: Surroundings,
        organisation: Organisation,
        numbers: np.ndarray,
        rows: Any,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self.sheet, self.file, self.layout, self.about, self.organisation = sheet, file, layout, about, organisation
        self.numbers = numbers
        self.rows = rows
        self.findings: list[Finding] = []
        self.powers: dict[int, int] = {}
        self.answers: Mapping[str, str] = answers or {}

    def parsed(self, column: Column, place: int) -> tuple[Parsed, Sequence[Any]]:
        """The column's typed values, and its cells as they were read."""
        cells = [row[place] if place < len(row) else None for row in self.rows]
        return parse_column(cells, column, self.organisation, self.answers, self._of_rows(column)), cells

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
        return self._keyed(frame, feed)

    def _column(self, column: Column, place: int, frame: pd.DataFrame) -> pd.Series:
        """The typed column. frame: the columns read before it."""
        header = self.layout.headers[place]
        scale = power_of(column, header, self.layout, self.about)
        parsed, cells = self.parsed(loosened(column) if scale else column, place)
        if scale:
            parsed = scaled(of_things(parsed, cells) if column.type == "count" else parsed, cells, column, scale.value)
            self.powers[place] = scale.value
            params = {"factor": f"{10**scale.value:,}", "unit": scale.text}
            self.findings.append(Finding(SCALED, self.file, self.sheet, None, header, scale.cell, params=params))
        for kind, unit, cell in [] if scale else left_as_they_are(column, header, self.layout, self.about):
            self.findings.append(Finding(kind, self.file, self.sheet, None, header, cell, params={"unit": unit}))
        first = f"{column_letters(place)}{self.numbers[0]}" if len(self.numbers) else None
        for kind, filling in self._told(parsed, cells, frame):
            self.findings.append(Finding(kind, self.file, self.sheet, None, header, first, None, filling))
        self.findings.extend(self._finding(column, place, index, value, kind) for index, value, kind in parsed.bad)
        empty = empty_cells(self.layout.feed, column, cells, parsed.values)
        self.findings.extend(self._finding(column, place, index, cells[index], REQUIRED_EMPTY) for index in empty)
        return parsed.values

    def _told(self, parsed: Parsed, cells: Any, frame: pd.DataFrame) -> list[Told]:
        """What there is to say of a column as a whole: of figures of several things each is looked at by itself."""
        told = list(parsed.told)
        feed = self.layout.feed
        things = [name for name in feed.part if name in frame and feed.column(name).type == "text"]
        for at, (kind, _) in enumerate(told) if things else ():
            if kind is NUMBERS_MIXED:
                mixed = within_one(*distinct_of(cells), frame[things])
                told[at : at + 1] = [(kind, {"value": mixed[0], "other": f"{mixed[1]:g}"})] if mixed else []
                break
        return told

    def _finding(self, column: Column, place: int, index: int, value: Any, kind: Kind) -> Finding:
        row = int(self.numbers[index])
        shown = "" if value is None else text_of(value)
        header = self.layout.headers[place]
        params = params_of(kind, shown, column, self.organisation, not header.isascii())
        return Finding(kind, self.file, self.sheet, row, header, cell_name(row, place), shown, params)

    def _unpivoted(self, frame: pd.DataFrame, feed: Feed, rule: Wide) -> pd.DataFrame:
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

    def _keyed(self, frame: pd.DataFrame, feed: Feed) -> pd.DataFrame:
        if feed.month_column:
            months = pd.to_datetime(frame[feed.month_column]).to_numpy().astype("datetime64[M]")
            frame["key_month"] = months.astype("datetime64[s]")
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


class _Columns(_Table):
    """The same of a large sheet, whose kept rows are Arrow columns."""

    def typed(self) -> pd.DataFrame:
        # Arrow and numpy work without Python's lock: columns are read beside each other, and taken up in their order.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            self.ahead: dict[int, tuple[Column, Future[Parsed]]] = {}
            for name, place in self.layout.columns.items():
                column = self.layout.feed.column(name)
                self.ahead[place] = column, pool.submit(self._read, column, place)
            return super().typed()

    def parsed(self, column: Column, place: int) -> tuple[Parsed, Sequence[Any]]:
        asked, ahead = self.ahead.get(place, (None, None))
        done = ahead.result() if ahead is not None and asked is column else self._read(column, place)
        return done, cells_of(self.rows.column(place))

    def _read(self, column: Column, place: int) -> Parsed:
        return parse_arrow(self.rows.column(place), column, self.organisation, self.answers, self._of_rows(column))
