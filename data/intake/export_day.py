"""When a file of events was exported: an event that had not ended by then was open for so long.

Taken from its own column, else the day on which the workbook was saved; a text file says no more than its last event.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.model.finding import Finding, Kind
from data.model.staged import StagedFile, StagedSheet

OPEN = Kind(
    "still_open",
    "note",
    "{count} of {all} had not ended on {day}, when the file was exported, and were open for long: beyond their limit "
    "they count as not on time.",
    "If the file is older or newer than that, give the time of its export in a column 导出时间 / as_of.",
)


def mark_export_day(file: StagedFile, today: date) -> None:
    """Fills in when the events of each sheet were exported, and says how many had not ended by then.

    Nothing is known where the file has no column for the end.
    """
    for sheet in file.sheets:
        if sheet.feed.open_until is None or not len(sheet.frame):
            continue
        end, exported = sheet.feed.open_until
        if end not in sheet.columns and sheet.frame[end].isna().all():
            sheet.frame[exported] = pd.Series(pd.NaT, index=sheet.frame.index, dtype="datetime64[s]")
            continue
        still = sheet.frame[end].isna()
        if not still.any():
            continue
        moment = _moment(sheet, end, file.saved, today)
        sheet.frame[exported] = sheet.frame[exported].fillna(moment).astype("datetime64[s]")
        day = sheet.frame.loc[still, exported].max()
        limit = pd.Timedelta(hours=sheet.feed.limits[0].default) if sheet.feed.limits else pd.Timedelta(0)
        still &= sheet.frame[exported] - sheet.frame[sheet.feed.month_column] > limit
        if not still.any():
            continue
        params = {"count": int(still.sum()), "all": len(still), "day": f"{day:%Y-%m-%d}"}
        letter = sheet.places.get(end)
        cell = f"{letter}{int(sheet.frame.loc[still, 'row'].iloc[0])}" if letter else None
        sheet.findings.append(Finding(OPEN, file.name, sheet.sheet, None, sheet.columns.get(end), cell, params=params))


def _moment(sheet: StagedSheet, end: str, saved: date | None, today: date) -> pd.Timestamp:
    """The latest time that is surely not after the export: the beginning of the day of saving, or the last event."""
    times = pd.concat([sheet.frame[sheet.feed.month_column], sheet.frame[end]]).dropna()
    last = times[times < pd.Timestamp(today) + pd.Timedelta(days=1)].max()
    return max(time for time in (last, pd.Timestamp(saved or "1900-01-01")) if not pd.isna(time))
