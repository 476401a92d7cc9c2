"""Proposing an import profile from a file: where its table is, where the month is, what its columns may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from data.core.text import cell_text, normalise
from data.feeds import all_feeds
from data.model.errors import Refused
from data.model.feed import Column, Feed
from data.model.profile import MISSING_MARKS, Condition, Header, Indicator, LeaveOut, MonthSource, Profile, UnitSource
from data.model.sheet import Sheet, Workbook
from data.parsing.dates import MONTH_NAMES
from data.profiles.header import column_addresses
from data.profiles.months import parse_dates
from data.profiles.source import text_matcher
from data.profiles.values import parse_numbers
from data.recognition.header_rows import header_labels

SEARCHED_ROWS = 60
SAMPLE_ROWS = 400
TOTALS = ("*合计", "*合計", "*总计", "*總計", "*小计", "*小計", "total", "grand total", "*(total)", "totals", "all")
MONTH_PLACEHOLDER = "YYYY-MM"
"""In place of a month that nothing tells: no month, so that such a profile loads nothing until somebody fills it in."""
YEARS = ("year", "年", "年份", "年度", "ano")
QUARTERS = ("quarter", "季度", "季", "qtr", "trimestre")
MONTHS = ("month", "月", "月份", "mes", "mês", "月度", "账期", "統計月", "统计月", "period")
IDENTIFIERS = ("code", "id", "编码", "編碼", "代码", "代碼", "编号", "編號", "no", "序号")
NAMES = ("name", "名称", "名稱", "单位", "單位", "unit", "organisation", "organization")
SHARES = ("%", "percent", "percentage", "rate", "share", "率", "占比", "比例")
DATES = ("date", "时间", "時間", "日期")
MONTH_NUMBERS = r"((?:19|20)\d{2})\s*(?:年|[-/._ ])?\s*(0?[1-9]|1[0-2])(?!\d)"
MONTH_YEAR = rf"(?:{'|'.join(map(str.title, MONTH_NAMES))})[-_ ]+(?:19|20)\d{{2}}"
NAMED_FORMATS = ("%B %Y", "%B-%Y", "%B_%Y")


@dataclass(frozen=True)
class _Table:
    """A sheet's table. header: index of the lowest header row; names: labels as a profile addresses them; columns:
    their cells.
    """

    sheet: Sheet
    header: int
    depth: int
    names: tuple[str, ...]
    columns: tuple[tuple[Any, ...], ...]

    def numeric(self, index: int) -> bool:
        """Whether the column holds numbers, and nothing else but marks for "not known"."""
        cells = self.columns[index]
        read = parse_numbers(cells, frozenset(normalise(mark) for mark in MISSING_MARKS))
        return not read.bad and bool(read.values.notna().any())

    def names_things(self, index: int) -> bool:
        """Whether the column holds texts that could be units: mostly filled, no numbers, more than one."""
        filled = [cell_text(value) for value in self.columns[index] if cell_text(value)]
        return len(filled) > 0.8 * len(self.columns[index]) and len(set(filled)) > 1 and not self.numeric(index)


def draft_profile(workbook: Workbook) -> Profile:
    """A profile for the file's widest table, to be adjusted by hand; Refused if no sheet holds one."""
    tables = [table for sheet in workbook.sheets if not sheet.hidden and (table := _table(sheet)) is not None]
    if not tables:
        raise Refused(
            f"{workbook.name} holds no table to draft a profile from: no header row with rows of values below it."
        )
    table = max(tables, key=lambda found: len(found.names) * min(SAMPLE_ROWS, len(found.sheet.rows) - found.header))
    name = re.sub(r"[^\w]+", "-", PurePath(workbook.name).stem).strip("-").lower()
    sheets = (table.sheet.name,) if len(workbook.sheets) > 1 else ()
    header = Header(rows=table.depth, known=tuple(label for label in table.names if label))
    month, used = _month(table, workbook.name)
    feed, columns = _feed(table)
    description = f"Drafted from {workbook.name}: check every line."
    if feed is not None:
        unit_label = columns.pop(feed.unit_column or "", None)
        month_label = columns.pop(feed.month_column or "", None)
        unit = UnitSource(columns=(unit_label,)) if unit_label else UnitSource(constant="?")
        month = MonthSource(column=month_label) if month_label else month
        return Profile(
            name,
            feed.name,
            month,
            unit,
            description,
            sheets=sheets,
            header=header,
            columns=columns,
            leave_out=_totals(table, unit.columns),
        )
    unit = _unit(table, used)
    numbers = [
        index
        for index, label in enumerate(table.names)
        if label and label not in {*used, *unit.columns, unit.name} and table.numeric(index)
    ]
    indicators = tuple(_indicator(table.names[index]) for index in numbers)
    return Profile(
        name,
        "indicators",
        month,
        unit,
        description,
        sheets=sheets,
        header=header,
        indicators=indicators,
        leave_out=_totals(table, unit.columns),
    )


def table_labels(workbook: Workbook, profile: Profile) -> tuple[str, ...]:
    """The columns of the table that the profile is for, as it addresses them; () where its sheets hold none."""
    wanted = text_matcher(profile.sheets) if profile.sheets else None
    sheets = [sheet for sheet in workbook.sheets if wanted is None or wanted(normalise(sheet.name))]
    tables = [table for sheet in sheets if (table := _table(sheet, profile.header.rows)) is not None]
    best = max(
        tables,
        key=lambda found: len(found.names) * min(SAMPLE_ROWS, len(found.sheet.rows) - found.header),
        default=None,
    )
    return tuple(label for label in best.names if label) if best else ()


def _table(sheet: Sheet, depth: int | None = None) -> _Table | None:
    """The table with the widest header of distinct texts above filled rows; None if there is none."""
    best: tuple[int, int] | None = None
    for index, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        texts = [cell_text(value) for value in row if isinstance(value, str) and cell_text(value)]
        below = [
            other for other in sheet.rows[index + 1 : index + 8] if sum(value not in (None, "") for value in other) > 1
        ][:5]
        filled = [sum(value not in (None, "") for value in other) for other in below]
        if len(texts) < 2 or not filled or max(filled) < 0.6 * len(texts):
            continue
        numbers = sum(isinstance(value, (int, float)) for value in row)
        if best is None or len(texts) - numbers > best[0]:
            best = (len(texts) - numbers, index)
    if best is None:
        return None
    header = best[1]
    depth = depth or _depth(sheet.rows, header)
    labels = header_labels(sheet.rows, header, depth)
    rows = [row for row in sheet.rows[header + 1 :] if any(value not in (None, "") for value in row)][:SAMPLE_ROWS]
    columns = tuple(tuple(row[index] if index < len(row) else None for row in rows) for index in range(len(labels)))
    return _Table(sheet, header, depth, column_addresses(labels), columns)


def _depth(rows: Sequence[Sequence[Any]], header: int) -> int:
    """How many rows the header has: one more above as long as names repeat and that row has at least two texts."""
    depth = 1
    while header >= depth:
        names = [label for label in header_labels(rows, header, depth) if label]
        texts = sum(isinstance(value, str) and bool(value.strip()) for value in rows[header - depth])
        if len(set(names)) == len(names) or texts < 2:
            break
        depth += 1
    return depth


def _named(table: _Table, words: Sequence[str]) -> str | None:
    """The first label that is one of `words`."""
    wanted = {normalise(word) for word in words}
    return next((label for label in table.names if normalise(label) in wanted), None)


def _month(table: _Table, file: str) -> tuple[MonthSource, set[str | None]]:
    """Where the month seems to be, and the labels that it takes; a constant to be corrected where nothing looks like
    one.
    """
    year, quarter, month = _named(table, YEARS), _named(table, QUARTERS), _named(table, MONTHS)
    if year and (quarter or month):
        return MonthSource(year=year, quarter=quarter, month=None if quarter else month), {year, quarter or month}
    for index, label in enumerate(table.names):
        cells = [value for value in table.columns[index] if value not in (None, "")]
        by_name = label == month or any(word in normalise(label) for word in DATES)
        if cells and by_name and parse_dates(cells).moments.notna().all():
            return MonthSource(column=label), {label}
    found = next((source for row in table.sheet.rows[: table.header] if (source := _month_above(row))), None)
    return found or _month_in_name(table.sheet.name, PurePath(file).stem) or MonthSource(
        constant=MONTH_PLACEHOLDER
    ), set()


def _month_above(row: Sequence[Any]) -> MonthSource | None:
    """The month in a row above the header: the cell beside a label, or part of a title."""
    texts = [cell_text(value) for value in row if cell_text(value)]
    for place, text in enumerate(texts):
        by_name, by_number = re.search(f"({MONTH_YEAR})", text), re.search(MONTH_NUMBERS, text)
        if not by_name and not by_number:
            continue
        formats = NAMED_FORMATS if by_name else ()
        if place and texts[place - 1].endswith((":", "：")):
            return MonthSource(label=texts[place - 1], formats=formats)
        return MonthSource(title=f"({MONTH_YEAR})" if by_name else MONTH_NUMBERS, formats=formats)
    return None


def _month_in_name(sheet: str, file: str) -> MonthSource | None:
    """The month in the sheet's or the file's name."""
    for pattern, formats in ((MONTH_NUMBERS, ()), (f"({MONTH_YEAR})", NAMED_FORMATS)):
        if re.search(pattern, sheet):
            return MonthSource(sheet=pattern, formats=formats)
        if re.search(pattern, file):
            return MonthSource(file=pattern, formats=formats)
    return None


def _ending(labels: Sequence[str], words: Sequence[str]) -> str | None:
    """The first label whose last word is one of `words`, as in "Trust code" and 机构编码."""
    wanted = [normalise(word) for word in words]
    return next(
        (
            label
            for label in labels
            if any(
                label.lower().split()[-1] == word if word.isascii() else normalise(label).endswith(word)
                for word in wanted
            )
        ),
        None,
    )


def _spellings(column: Column) -> set[str]:
    return {normalise(word) for word in (column.name, *column.title, *column.headers)}


def _feed(table: _Table) -> tuple[Feed | None, dict[str, str]]:
    """The feed whose required columns, month and unit aside, all stand in the header, and the mapping; (None, {}) if
    none.
    """
    best: tuple[Feed | None, dict[str, str]] = (None, {})
    for feed in all_feeds():
        found = {
            column.name: label
            for column in feed.columns
            if (
                label := next(
                    (label for label in table.names if label and normalise(label) in _spellings(column)), None
                )
            )
        }
        needed = {column.name for column in feed.columns if column.required} - {feed.month_column, feed.unit_column}
        if needed and needed <= set(found) and len(found) > len(best[1]):
            best = (feed, found)
    return best


def _unit(table: _Table, used: set[str | None]) -> UnitSource:
    """The unit's column: a code with a name beside it, else the first column of texts that is mostly filled and
    varies.
    """
    texts = [label for index, label in enumerate(table.names) if label not in {"", *used} and table.names_things(index)]
    code = _named(table, IDENTIFIERS) or _ending(texts, IDENTIFIERS)
    name = _named(table, NAMES) or _ending([label for label in texts if label != code], NAMES)
    if code in texts and name in texts:
        return UnitSource(columns=(str(code),), name=name, create=True, level="unit")
    label = name if name in texts else next(iter(texts), None)
    return UnitSource(columns=(label,) if label else (), constant=None if label else "?", create=True, level="unit")


def _totals(table: _Table, labels: Sequence[str]) -> tuple[LeaveOut, ...]:
    """The total rows that the sample holds, by the texts that stand in the unit's column."""
    is_total = text_matcher(TOTALS)
    found = {cell_text(value) for label in labels[:1] for value in table.columns[table.names.index(label)]}
    texts = tuple(sorted(text for text in found if is_total(normalise(text))))
    return (LeaveOut((Condition(labels[0], any_of=texts),), total=True),) if texts else ()


def _indicator(label: str) -> Indicator:
    """A column of numbers as a count, or as a ready-made figure if its name says so."""
    code = re.sub(r"[^\w]+", "_", label).strip("_").lower()
    if any(word in label.lower() for word in SHARES):
        return Indicator(code, label, value=label)
    return Indicator(code, label, numerator=(label,), better="neither")
