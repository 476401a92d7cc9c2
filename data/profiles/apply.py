"""Applying a profile to a sheet: its rows are staged like any other file's, after the units that it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from data.core.progress import Progress, sub_progress
from data.core.text import normalise
from data.feeds import feed_named
from data.model.feed import Column, Feed
from data.model.finding import Finding
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.profile import Profile
from data.model.sheet import Sheet
from data.model.staged import StagedSheet
from data.parsing.columns import REQUIRED_EMPTY, parse_column
from data.parsing.findings import AMBIGUOUS_UNIT
from data.profiles.columns import mapped_frames
from data.profiles.drift import Drift, adopt_drift, find_drift
from data.profiles.duplicates import report_duplicates
from data.profiles.findings import (
    CREATES,
    NO_HEADER,
    ProfileReport,
    report_drift,
    report_missing_time,
    report_months,
    report_totals,
)
from data.profiles.header import HeaderCache, column_addresses, find_header
from data.profiles.indicators import COMPACT_FROM, indicator_frames
from data.profiles.months import MONTH, Dates, row_dates
from data.profiles.redundancies import headers_across, layout_across, report_redundancies
from data.profiles.row_filter import filter_rows
from data.profiles.source import Source, source_rows, text_matcher
from data.profiles.source_totals import totals_check
from data.profiles.units import UnitAssignment, assign_units
from data.profiles.values import NUMBER, NumberColumns, RejectedCell
from data.recognition.tables import find_tables
from data.staging.frame import staged_frame

# A sheet with so large a share of a profile's columns, and so many of them, is that profile's with a changed layout.
MIN_SCORE = 0.6
MIN_COLUMNS = 3


def matches(profile: Profile, sheet: Sheet, headers: HeaderCache | None = None) -> bool:
    """Whether `sheet` has one of the names and the whole header that the profile asks for.

    headers: what other profiles read of this sheet; filled on.
    """
    if profile.sheets and not text_matcher(profile.sheets)(normalise(sheet.name)):
        return False
    header = find_header(profile, sheet.rows, headers)
    return header is not None and not header.absent


def is_redundant(profile: Profile, sheet: Sheet, file: str, organisation: Organisation) -> bool:
    """Whether the feed's own layout reads all that `profile` reads of `sheet`, and more.

    A profile drafted from three columns would otherwise take a standard sheet without its categories and count its
    subtotals.
    """
    if not profile.only_maps_columns:
        return False
    feed, header = feed_named(profile.feed), find_header(profile, sheet.rows)
    if header is None:
        return False
    reads = header.layout(profile).columns
    own = [table.layout for table in find_tables(sheet, (feed,), organisation, file) if not table.layout.absent]
    return bool(own) and {*reads} < {*own[0].columns} and all(own[0].columns[name] == reads[name] for name in reads)


def match_score(profile: Profile, sheet: Sheet) -> float:
    """The share (0 to 1) of the profile's columns that `sheet` has; 0 if too few."""
    if profile.sheets and not text_matcher(profile.sheets)(normalise(sheet.name)):
        return 0.0
    header = find_header(profile, sheet.rows)
    if header is None:
        return 0.0
    wanted = len(header.columns) + len(header.absent)
    read = len(header.columns) / wanted
    labels = {normalise(label) for label in column_addresses(header.labels)}
    known = [normalise(label) in labels for label in profile.header.known]
    share = min(read, sum(known) / len(known)) if known else read
    return share if share >= MIN_SCORE and max(len(header.columns), sum(known)) >= MIN_COLUMNS else 0.0


def apply_profile(
    profile: Profile,
    sheet: Sheet,
    file: str,
    organisation: Organisation,
    answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> list[StagedSheet]:
    """The rows of `sheet` as the profile's feed, after the units it brings; what differs from the profile is a finding.

    answers: what an analyst decided that its columns leave open.
    progress: hears how much of the sheet is done.
    """
    feed = feed_named(profile.feed)
    header = find_header(profile, sheet.rows)
    changed = find_drift(profile, header) if header else Drift()
    absent = header.absent if header else profile.used_columns
    # Renamed columns are read under their new names, so that the preview shows what would be loaded; the finding asks
    # for a word.
    known = adopt_drift(profile, changed, header) if header and changed else profile
    if header and absent:
        header = find_header(known, sheet.rows)
    if header is None or header.absent:
        missing = Finding(NO_HEADER, file, sheet.name, params={"profile": profile.name, "absent": ", ".join(absent)})
        return [StagedSheet(sheet.name, feed, staged_frame(feed, pd.DataFrame()), [missing], profile=profile.name)]
    adopts = known if changed else None
    profile = known if absent else profile
    step = sub_progress(progress, 0.0, 1.0)
    report = ProfileReport(profile, sheet, header, file, organisation, answers or {})
    everything = source_rows(sheet, header, profile)
    step(0.2, sheet.name)
    source, totals = filter_rows(report, everything)
    step(0.3, sheet.name)
    numbers = NumberColumns(profile, source, report.answers)
    dates = row_dates(profile.month, sheet, source, file, _time_column(feed), report.answers)
    if not (profile.unpivot and profile.unpivot.into == feed.month_column):
        report_months(report, source, dates)
        report_missing_time(report, feed, dates)
    step(0.4, sheet.name)
    placed = assign_units(profile, source, organisation)
    common, unit_bad = _common(feed, source, dates, placed, organisation, report.answers)
    unit_label = profile.unit.columns[0] if profile.unit.columns else None
    if feed.unit_column:
        report.add_rejected(source, unit_label, unit_bad, feed.column(feed.unit_column))
    frames = (
        indicator_frames(profile, feed, common, numbers)
        if profile.indicators
        else mapped_frames(report, feed, source, common, organisation)
    )
    frame = _together(feed, frames, sub_progress(progress, 0.5, 0.9))
    for label, read in numbers.read.items():
        report.add_notes(source, label, read.notes)
        report.add_rejected(source, label, read.bad, NUMBER)
    report_totals(report, numbers, dates.months, totals)
    layout = layout_across(report, source)
    check = totals_check(report, layout, common, everything, totals)
    report.findings.extend(check(frame))
    report_redundancies(report, layout, source, frame)
    if feed.unit_column and feed.column(feed.unit_column).required:
        rejected_rows = {int(source.numbers[index]) for index, _, _ in unit_bad}
        for row in frame.loc[frame["key_unit"].isna(), "row"].drop_duplicates():
            if int(row) not in rejected_rows:
                report.add(REQUIRED_EMPTY, int(row), unit_label)
    if profile.indicators:
        report_duplicates(report, source, common, frame)
    months_held = frame["key_month"].dropna()
    report_drift(report, changed, absent, f"{months_held.min():%Y-%m}" if len(months_held) else file)
    staged = StagedSheet(
        sheet.name,
        feed,
        frame,
        report.findings,
        _columns_used(profile),
        report.layout.ignored,
        report.layout.places,
        header_row=header.row + sheet.first_row,
        profile=profile.name,
        answers=report.answers,
        adopted_profile=adopts,
        scaled={name: report.powers[place] for name, place in report.layout.columns.items() if place in report.powers},
        summed=bool(profile.indicators) or profile.sum_rows,
        totals=check,
        across=headers_across(layout),
        across_into=layout.wide_rule.into if layout.wide_rule else "",
    )
    return [*_units_sheet(report, placed, organisation), staged]


def _together(feed: Feed, frames: Iterator[pd.DataFrame], progress: Progress) -> pd.DataFrame:
    """The frames as one in the shape of a staged sheet; of a large sheet each is let go as soon as it is not needed."""
    parts = []
    for part in frames:
        parts.append(part)
        progress(1 - 1 / (1 + len(parts)), feed.name)
    found = pd.concat(parts, ignore_index=True) if len(parts) > 1 else (parts or [pd.DataFrame()])[0]
    del parts
    if len(found) and not found["row"].is_monotonic_increasing:
        found = found.sort_values("row", kind="stable", ignore_index=True)
    return staged_frame(feed, found)


def _time_column(feed: Feed) -> Column:
    """The column of ours that says when a row is of: a time is read as one, so that its day and hour are kept."""
    column = feed.column(feed.month_column) if feed.month_column else MONTH
    return column if column.type == "time" else MONTH


def _common(
    feed: Feed,
    source: Source,
    dates: Dates,
    placed: UnitAssignment,
    organisation: Organisation,
    answers: Mapping[str, str],
) -> tuple[pd.DataFrame, list[RejectedCell]]:
    """Row number, month and unit of every row, and the units that nobody knows."""
    units = pd.Series(placed.texts, dtype="object")
    unknown = np.flatnonzero(~units.isin(list(placed.rows)).to_numpy())
    bad: list[RejectedCell] = []
    if len(unknown) and feed.unit_column:
        parsed = parse_column(units.iloc[unknown].tolist(), feed.column(feed.unit_column), organisation, answers)
        units.iloc[unknown] = parsed.values.to_numpy(dtype=object)
        bad = [(int(unknown[index]), value, kind) for index, value, kind in parsed.bad]
        bad = _named_by_month(bad, units, dates, organisation)
    common = pd.DataFrame({"row": source.numbers})
    common["key_month"] = dates.months.to_numpy(dtype="datetime64[s]")
    common["key_unit"] = units.astype("category" if len(units) >= COMPACT_FROM else "object")
    if feed.month_column:
        exact = feed.column(feed.month_column).type == "time"
        common[feed.month_column] = dates.moments.to_numpy(dtype="datetime64[s]") if exact else common["key_month"]
    if feed.unit_column:
        common[feed.unit_column] = common["key_unit"]
    return common, bad


def _named_by_month(
    bad: list[RejectedCell], units: pd.Series, dates: Dates, organisation: Organisation
) -> list[RejectedCell]:
    """What stays open of cells that name several units, once those are taken that are open in their row's month."""
    left = []
    for index, value, kind in bad:
        month = dates.months.iloc[index]
        code = organisation.find_in_month(value, month) if kind is AMBIGUOUS_UNIT else None
        if code is None:
            left.append((index, value, kind))
        else:
            units.iloc[index] = code
    return left


def _units_sheet(report: ProfileReport, placed: UnitAssignment, organisation: Organisation) -> list[StagedSheet]:
    """The units that the profile brings as a sheet of the units feed; none if it brings none."""
    if not placed.rows:
        return []
    feed = feed_named("units")
    rows = pd.DataFrame(list(placed.rows.values()), columns=list(UNIT_COLUMNS))
    rows["aliases"] = [
        ";".join(names) if names is not None and not isinstance(names, str) else names for names in rows["aliases"]
    ]
    first = report.header.row + report.sheet.first_row
    rows["row"] = [placed.lines.get(code, first) for code in rows["code"]]
    rows["key_unit"] = rows["code"]
    new = [code for code in placed.rows if code not in organisation]
    if new:
        names = ", ".join(str(placed.rows[code]["name"]) for code in new[:5]) + (" ..." if len(new) > 5 else "")
        report.add(CREATES, count=len(new), names=names)
    return [
        StagedSheet(
            report.sheet.name, feed, staged_frame(feed, rows), [], header_row=first, profile=report.profile.name
        )
    ]


def _columns_used(profile: Profile) -> dict[str, str]:
    """Our column -> source header, as far as one stands for one."""
    month = profile.month.column or profile.month.label
    found = {
        **({"month": month} if month else {}),
        **({"unit": " / ".join(profile.unit.columns)} if profile.unit.columns else {}),
    }
    return {**found, **profile.columns, **{item.code: _written(item.numerator) for item in profile.indicators}}


def _written(part: tuple[str, ...] | float | None) -> str:
    return " + ".join(part) if isinstance(part, tuple) else str(part)
