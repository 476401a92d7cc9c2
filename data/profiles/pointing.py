"""A profile changed by pointing at a cell of its sheet: there is the month, the unit, a figure, the header, a total."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from data.core.text import cell_text, normalise
from data.model.profile import Condition, Indicator, LeaveOut, MonthSource, Profile, UnitSource, Unpivot
from data.model.sheet import Workbook
from data.profiles.draft import propose_from_table
from data.profiles.draft_figures import code_of
from data.profiles.draft_month import month_above
from data.profiles.draft_table import DraftTable, draft_table, largest_table, visible_sheets
from data.profiles.header import find_header
from data.profiles.source import text_matcher

Part = Literal["month", "unit", "figure", "header", "total"]
PARTS: tuple[Part, ...] = ("header", "month", "unit", "figure", "total")


def profile_table(workbook: Workbook, profile: Profile) -> DraftTable | None:
    """The table that a profile describes; None where the file holds none that fits."""
    fits = text_matcher(profile.sheets) if profile.sheets else None
    sheets = [sheet for sheet in visible_sheets(workbook) if fits is None or fits(normalise(sheet.name))]
    for sheet in sheets:
        header = find_header(profile, sheet.rows)
        if header is not None and not header.absent:
            return draft_table(sheet, profile.header.rows, header.row)
    return largest_table(sheets, profile.header.rows)


def point_at(profile: Profile, table: DraftTable, file: str, part: Part, row: int, column: int) -> Profile:
    """The profile with a part of it where somebody pointed.

    row, column: indices into the sheet's rows and into that row.
    """
    if part == "header":
        pointed = draft_table(table.sheet, None, row)
        if pointed is None:
            return profile
        return replace(propose_from_table(pointed, file).profile, name=profile.name, sheets=profile.sheets)
    cells = table.sheet.rows[row] if row < len(table.sheet.rows) else []
    cell = cell_text(cells[column]) if column < len(cells) else ""
    if part == "month" and row <= table.header - table.depth:
        return replace(profile, month=month_above(cells) or profile.month)
    label = table.names[column] if column < len(table.names) else ""
    if not label:
        return profile
    match part:
        case "month":
            return replace(profile, month=MonthSource(column=label), unpivot=_rows_only(profile))
        case "unit":
            return _with_unit(profile, label)
        case "figure":
            return _with_figure(profile, label)
        case "total" if cell:
            rule = LeaveOut((Condition(label, any_of=(cell,)),), total=True)
            return profile if rule in profile.leave_out else replace(profile, leave_out=(*profile.leave_out, rule))
    return profile


def _rows_only(profile: Profile) -> Unpivot | None:
    """The wide columns that stay when the month is in a column: those of another thing than months."""
    return None if profile.unpivot is not None and profile.unpivot.into == "month" else profile.unpivot


def _with_unit(profile: Profile, label: str) -> Profile:
    """The unit in a column; the one that a draft brought for want of a column goes."""
    unit = profile.unit
    level = unit.level or "unit"
    kept = tuple(one for one in profile.units if unit.constant is None or one.code != unit.constant)
    return replace(profile, unit=UnitSource(columns=(label,), create=True, level=level, parent=unit.parent), units=kept)


def _with_figure(profile: Profile, label: str) -> Profile:
    """A column that is no figure yet becomes one; one that is, is none any more."""
    if profile.feed != "indicators" or profile.unpivot is not None or profile.columns:
        return profile
    others = tuple(one for one in profile.indicators if label not in (*_labels(one), one.value))
    if len(others) < len(profile.indicators):
        return replace(profile, indicators=others)
    code = code_of(label)
    taken = {one.code for one in others}
    code = next(one for one in (code, *(f"{code}_{n}" for n in range(2, 999))) if one not in taken)
    return replace(profile, indicators=(*others, Indicator(code, label, numerator=(label,), better="neither")))


def _labels(indicator: Indicator) -> tuple[str, ...]:
    return indicator.numerator if isinstance(indicator.numerator, tuple) else ()
