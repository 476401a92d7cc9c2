"""Which rows of a profile's sheet are loaded: not those it leaves out, nor totals and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from data.feeds import feed_named
from data.model.feed import NUMERIC
from data.model.finding import Finding
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.profile import Profile
from data.profiles.findings import LEFT_OUT, ProfileReport
from data.profiles.indicators import MAX_TOTALS
from data.profiles.source import Source, conditions_met
from data.profiles.values import NumberColumns
from data.recognition.non_data_rows import NON_DATA_PATTERN, TotalRow, split_non_data_rows


def filter_rows(report: ProfileReport, everything: Source) -> tuple[Source, Source]:
    """The rows to load, and the total rows that are left out."""
    out = np.zeros(len(everything), dtype=bool)
    total = np.zeros(len(everything), dtype=bool)
    numbers = NumberColumns(report.profile, everything)
    figures = [*report.profile.figure_columns, *everything.header.unpivoted]
    if figures:
        # Notes below the table, blank lines with a border: nothing would be loaded of them but a unit of that name.
        out = np.logical_and.reduce([everything.blank(label) for label in figures])
    for rule in report.profile.leave_out:
        found = conditions_met(rule.when, everything, numbers)
        out |= found
        total |= found & rule.total
    if out.any():
        report.add(LEFT_OUT, count=int(out.sum()))
    notes, sums = _by_their_words(report, everything, np.flatnonzero(~out))
    report.findings.extend(notes.values())
    out[np.searchsorted(everything.numbers, list(notes))] = True
    total[np.searchsorted(everything.numbers, [number for number, _ in sums])] = True
    return everything.select(~out), everything.select(total)


def total_rows(totals: Source) -> list[TotalRow]:
    """The total rows with their numbers, as the check of a sheet's own totals takes them."""
    if len(totals) > MAX_TOTALS:
        return []
    return list(zip(totals.numbers.tolist(), totals.body.rows(np.arange(len(totals))), strict=True))


def _by_their_words(
    report: ProfileReport, source: Source, places: np.ndarray
) -> tuple[dict[int, Finding], list[TotalRow]]:
    """Rows that are totals or notes by their words with what is said of them, and the totals.

    Only rows that can be one are looked at singly.
    """
    profile, ours = report.profile, report.layout
    feed, columns = feed_named(profile.feed), source.header.columns
    texts = [label for label, place in columns.items() if _names(profile, label) or _is_text(report, place)]
    doubtful, words = np.zeros(len(source), dtype=bool), np.zeros(len(source), dtype=bool)
    for label in texts:
        column = source.texts(label)
        doubtful |= column.take([re.search(NON_DATA_PATTERN, text) is not None for text in column.texts]).astype(bool)
        words |= ~source.blank(label)
    asked = places[(doubtful | ~words)[places]]
    rows, lines = source.body.rows(asked), source.numbers[asked].tolist()
    units: list[int | None] = [columns.get(label) for label in profile.unit.columns if feed.unit_column]
    known = with_profile_names(profile, report.organisation)
    notes: dict[int, Finding] = {}
    sums: dict[int, TotalRow] = {}
    for unit in units or [None]:
        here = dict(ours.columns) if unit is None else {**ours.columns, str(feed.unit_column): unit}
        others = {place: label for label, place in columns.items() if place not in here.values()}
        _, totals, found = split_non_data_rows(rows, lines, replace(ours, columns=here, wide=others), known)
        notes |= {row: Finding(kind, report.file, report.sheet.name, row, value=value) for kind, row, value in found}
        sums |= {number: (number, row) for number, row in totals}
    return dict(sorted(notes.items())), [sums[number] for number in sorted(sums)]


def _names(profile: Profile, label: str) -> bool:
    return label in (*profile.unit.columns, profile.month.column)


def _is_text(report: ProfileReport, place: int) -> bool:
    """Whether our column at `place` holds words."""
    name = next((name for name, where in report.layout.columns.items() if where == place), None)
    return name is not None and report.layout.feed.column(name).type not in NUMERIC


def with_profile_names(profile: Profile, organisation: Organisation) -> Organisation:
    """The units and what else the profile names: 合计 is no total where the profile gives it a meaning."""
    words = sorted(set(_mentioned(profile)))
    if not words:
        return organisation
    named = pd.DataFrame({"code": words, "name": words}, columns=list(UNIT_COLUMNS)).astype("object")
    return Organisation(pd.concat([organisation.frame.astype("object"), named], ignore_index=True))


def _mentioned(profile: Profile) -> Iterator[str]:
    for unit in profile.units:
        yield from (unit.code, unit.name, *unit.aliases)
    yield from profile.unit.rename
    for translations in profile.values.values():
        yield from translations
    for indicator in profile.indicators:
        for condition in (*indicator.where, *indicator.rows):
            yield from condition.any_of
