"""Findings of several files of one step that hold the same keys: the later one counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.feeds import feed_named
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.staged import StagedFile
from data.warehouse import claims

TAKEN_OVER = Kind(
    "same_keys_in_two_files",
    "warning",
    "{count} unit-months of {feed} are also in {other}, loaded in the same step; the figures of this file count.",
    "If both files hold parts of the same months, put them into one file, or load only the right one.",
)
OTHERWISE = Kind(
    "other_rows_in_two_files",
    "warning",
    "{count} entries of {feed} stand otherwise in {other}, loaded in the same step ({first}); those of this file "
    "count.",
    "Make the two files agree, or load only the right one.",
)
KEY = ["key_part", "key_unit"]


def report_overlaps(files: Sequence[StagedFile]) -> None:
    """Adds to each file of `files`, in the order in which they are written, what it takes over from those before."""
    if len(files) < 2:
        return
    held = [claims.claims_of(file).set_index(list(claims.KEY)) for file in files]
    for place, file in enumerate(files):
        for before in range(place):
            shared = held[place].index.intersection(held[before].index)
            for name, count in pd.Series(shared.get_level_values("feed")).value_counts().items():
                feed = feed_named(str(name))
                if feed.month_column is not None:
                    params = {"count": count, "feed": feed.title, "other": files[before].name}
                    file.findings.append(Finding(TAKEN_OVER, file.name, params=params))
    for feed in {sheet.feed.name: sheet.feed for file in files for sheet in file.sheets}.values():
        if feed.month_column is None:
            _report_differences(feed, files)


def _report_differences(feed: Feed, files: Sequence[StagedFile]) -> None:
    """Without a month the same rows may stand in every file, as units do in exports that bring their own: only what
    differs is told, of the file that counted until then.
    """
    counts: dict[tuple[str, str], tuple[set[str], str]] = {}
    for file in files:
        rows = _rows(feed, file)
        apart = [key for key, contents in rows.items() if key in counts and counts[key][0] != contents]
        if apart:
            others = ", ".join(dict.fromkeys(counts[key][1] for key in apart))
            params = {
                "count": len(apart),
                "feed": feed.title,
                "other": others,
                "first": " ".join(filter(None, apart[0])),
            }
            file.findings.append(Finding(OTHERWISE, file.name, params=params))
        counts |= {key: (contents, file.name) for key, contents in rows.items()}


def _rows(feed: Feed, file: StagedFile) -> dict[tuple[str, str], set[str]]:
    """(part, unit) -> what its rows say."""
    names = [column.name for column in feed.columns]
    found: dict[tuple[str, str], set[str]] = {}
    for sheet in (sheet for sheet in file.sheets if sheet.feed is feed and len(sheet.frame)):
        # As text every missing cell is one and the same.
        contents = sheet.frame[names].astype("object").where(sheet.frame[names].notna(), None).to_numpy().tolist()
        for part, unit, row in zip(*(sheet.frame[name] for name in KEY), map(str, contents), strict=True):
            found.setdefault((part, unit), set()).add(row)
    return found
