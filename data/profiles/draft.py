"""Proposing an import profile from a file: where its table is, where the month is, what its columns may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from data.core.text import normalise
from data.feeds import all_feeds
from data.model.errors import Refused
from data.model.feed import Column, Feed
from data.model.profile import Header, MonthSource, Profile, UnitSource
from data.model.sheet import Workbook
from data.profiles.doubts import Doubt, Doubts
from data.profiles.draft_figures import across_figures, propose_indicators
from data.profiles.draft_month import NO_YEAR, propose_month, year_around
from data.profiles.draft_table import DraftTable, largest_table, visible_sheets
from data.profiles.draft_totals import propose_totals
from data.profiles.draft_unit import propose_unit
from data.profiles.foreign_headers import foreign_columns
from data.profiles.header import BY_LETTER
from data.profiles.header_across import months_across
from data.profiles.source import text_matcher
from data.profiles.validation import INDICATORS


@dataclass(frozen=True)
class Draft:
    """A profile proposed from a file, and what to check of it."""

    profile: Profile
    doubts: tuple[Doubt, ...] = ()


def draft_profile(workbook: Workbook) -> Profile:
    """A profile for the file's largest table, to be adjusted by hand; Refused if no sheet holds one."""
    return propose_profile(workbook).profile


def propose_profile(workbook: Workbook) -> Draft:
    """The same, with what the draft is not sure of."""
    table = largest_table(visible_sheets(workbook))
    if table is None:
        raise Refused(
            f"{workbook.name} holds no table to draft a profile from: no header row with rows of values below it."
        )
    return propose_from_table(table, workbook.name, several=len(workbook.sheets) > 1)


def propose_from_table(table: DraftTable, file: str, *, several: bool = False) -> Draft:
    """The draft for one table. several: the file has other sheets too, so that this one is named."""
    stem = PurePath(file).name.split(".")[0]
    doubts = Doubts()
    start = Profile(
        re.sub(r"[^\w]+", "-", PurePath(file).stem).strip("-").lower()[:60] or "draft",
        "indicators",
        description=f"Drafted from {file}: check every line.",
        sheets=(table.sheet.name,) if several else (),
        header=Header(
            rows=table.depth, known=tuple(label for label in table.names if label and not BY_LETTER.fullmatch(label))
        ),
    )
    month, used = propose_month(table, file, month_doubts := Doubts())
    feed, columns, foreign = _feed(table)
    if feed is not None:
        profile = _of_feed(start, month, feed, columns)
        if foreign:
            said = ", ".join(f"{label} = {name}" for name, label in profile.columns.items())
            doubts.add("feed", f"The headers mean {feed.title.en} in other words: {said}.")
            if not profile.unit.columns:
                unit, fixed, _ = propose_unit(table, {*used, *columns.values()}, stem, doubts)
                profile = replace(profile, unit=unit, units=fixed)
            else:
                profile = replace(profile, unit=replace(profile.unit, create=True, level="unit"))
        if profile.month == month:
            doubts.found += month_doubts.found
    elif across := months_across(table.names, year_around(table, file)):
        if across.fixed_year:
            doubts.add("unpivot", NO_YEAR)
        unit, fixed, _ = propose_unit(table, {*across.months}, stem, doubts)
        figures = across_figures(table, across, unit, stem, doubts)
        profile = replace(start, unit=unit, units=fixed, **vars(figures))
    else:
        doubts.found += month_doubts.found
        unit, fixed, taken = propose_unit(table, used, stem, doubts)
        keys = [*unit.columns, *(label for label in (month.column, month.year, month.quarter, month.month) if label)]
        figures = propose_indicators(table, {*used, *taken}, keys, doubts)
        profile = replace(start, month=month, unit=unit, units=fixed, **vars(figures))
    rules = propose_totals(table, profile, doubts)
    return Draft(replace(profile, leave_out=rules), tuple(doubts.found))


def table_labels(workbook: Workbook, profile: Profile) -> tuple[str, ...]:
    """The columns of the table that the profile is for, as it addresses them; () where its sheets hold none."""
    wanted = text_matcher(profile.sheets) if profile.sheets else None
    sheets = [sheet for sheet in workbook.sheets if wanted is None or wanted(normalise(sheet.name))]
    best = largest_table(sheets, profile.header.rows)
    return tuple(label for label in best.names if label) if best else ()


def _spellings(column: Column) -> frozenset[str]:
    return frozenset(normalise(word) for word in (column.name, *column.title, *column.headers))


def _feed(table: DraftTable) -> tuple[Feed | None, dict[str, str], bool]:
    """The type whose required columns all stand in the header, our columns -> the header's, and whether it takes words
    of another language for that.
    """
    best: tuple[Feed | None, dict[str, str], bool] = (None, {}, False)
    for foreign in (False, True):
        for feed in all_feeds():
            others = foreign_columns(feed.name) if foreign else {}
            if foreign and not others:
                continue
            found = _mapped(table, feed, others)
            known = {feed.month_column, feed.unit_column}
            needed = {column.name for column in feed.columns if column.required} - known
            if feed.name == INDICATORS and not {"value", "numerator"} & set(found):
                continue  # a column of indicators' names says nothing of where their figures are
            if (
                needed
                and needed <= set(found)
                and len(found) > len(best[1])
                and (not foreign or _fits(table, feed, found))
            ):
                best = feed, found, foreign
        if best[0] is not None:
            return best
    return best


def _mapped(table: DraftTable, feed: Feed, others: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Our column -> the first label that is a word for it; each label once."""
    found: dict[str, str] = {}
    for column in feed.columns:
        words = _spellings(column) | others.get(column.name, frozenset())
        label = next(
            (name for name in table.names if name and normalise(name) in words and name not in found.values()), None
        )
        if label is not None:
            found[column.name] = label
    return found


def _fits(table: DraftTable, feed: Feed, found: dict[str, str]) -> bool:
    """Whether what foreign words mean is in the columns: figures are numbers, times dates, categories no free text; and
    whether the month and the unit are known too.
    """
    if feed.month_column and feed.month_column not in found:
        dates = table.having("date")
        if dates:
            found[feed.month_column] = dates[0]
    for name, label in found.items():
        kind, role = feed.column(name).type, table.role(label)
        if feed.column(name).is_numeric and role.role not in ("figure", "identifier", "mean", "year"):
            return False
        if kind in ("time", "month") and role.role not in ("date", "empty"):
            return False
        if name in feed.key and kind == "text" and role.role == "note":
            return False
        if name == "category" and role.distinct > 50:
            return False
    return True


def _of_feed(start: Profile, month: MonthSource, feed: Feed, columns: Mapping[str, str]) -> Profile:
    """The profile that maps a sheet's columns to a type's."""
    rest = {name: label for name, label in columns.items() if name not in (feed.unit_column, feed.month_column)}
    unit_label, month_label = columns.get(feed.unit_column or ""), columns.get(feed.month_column or "")
    return replace(
        start,
        feed=feed.name,
        month=MonthSource(column=month_label) if month_label else month,
        unit=UnitSource(columns=(unit_label,)) if unit_label else UnitSource(constant="?"),
        columns=rest,
    )
