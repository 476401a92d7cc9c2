"""Rows that hold a whole beside rows that hold its parts: subtotals that would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from data.core.text import raw_text
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet
from data.recognition.header_text import normalise_header
from data.recognition.non_data_rows import TOTAL_LEFT_OUT
from data.recognition.vocabulary import measured_columns

COUNTED_TWICE = Kind(
    "whole_beside_parts",
    "error",
    "The row has no “{column}”, and its {value} is the sum of the rows that have one: it would be counted twice.",
    "Take the row out, or the sheet that holds it; if it is not their total, fill in “{column}”.",
)
BESIDE = Kind(
    "rows_beside_parts",
    "warning",
    "{count} rows have no “{column}” beside rows of the same unit and month that have one; both are counted: rows "
    "{rows}.",
    "If they are totals, take them out.",
)
SUMMED_UP = Kind(
    "category_sums_up_others",
    "error",
    "The row of {value} is the sum of the unit's other rows, in {count} of {all} cases: it would be counted twice.",
    "If it is their total, take its rows out; if not, say so.",
)
SUMS_UP_ONCE = Kind(
    "category_may_sum_up", "warning", "The row of {value} is the sum of the unit's other rows; all are counted.",
    "If it is their total, take it out.",
)  # fmt: skip
DIFFERS = Kind(
    "whole_differs_from_parts",
    "error",
    "The row says {value}, but its figures are not the sum of the rows of the same unit and month: loaded together "
    "they would be counted twice.",
    "Correct its figures or those of its parts, or take the row out.",
)
# What a row of everything is called in a column that splits figures. They are names elsewhere: 总体 is a touchpoint of
# satisfaction.
EVERYTHING = frozenset(
    normalise_header(word)
    for word in (
        "总体",
        "整体",
        "全体",
        "全量",
        "总量",
        "总额",
        "总件数",
        "投诉总量",
        "总投诉量",
        "投诉总数",
        "投诉合计",
        "全部投诉",
        "所有",
        "不分类别",
        "不分渠道",
        "全部类别",
        "全类别",
        "所有类别",
        "全部分类",
        "各类别合计",
        "全渠道",
        "全部渠道",
        "所有渠道",
        "各渠道合计",
        "全部业务",
        "全业务",
        "所有业务",
        "全部功能",
        "全功能",
        "所有功能",
        "all",
        "overall",
        "everything",
        "whole",
        "all categories",
        "all channels",
        "all functions",
        "all kinds",
        "total complaints",
    )
)
# So many rows are named.
SHOWN = 20


def find_subtotals(sheets: Sequence[StagedSheet], file: str) -> None:
    """Adds findings of subtotals to the sheets of a file; sheets under a profile are as it describes them."""
    for feed in {sheet.feed.name: sheet.feed for sheet in sheets}.values():
        ours = [sheet for sheet in sheets if sheet.feed is feed and sheet.profile is None and len(sheet.frame)]
        if ours and (split := splitting_column(feed)):
            _check_categories(ours, feed, split, sorted(measured_columns(feed)), file)
        optional = [name for name in feed.key if not feed.column(name).required]
        figures = sorted(measured_columns(feed))
        if ours and optional and figures and feed.month_column in feed.key:
            for sheet, finding in _whole_row_findings(ours, feed, optional, figures, file):
                sheet.findings.append(finding)


def _whole_row_findings(
    sheets: Sequence[StagedSheet], feed: Feed, optional: Sequence[str], figures: Sequence[str], file: str
) -> Iterator[tuple[StagedSheet, Finding]]:
    keys = [name for name in feed.key if name not in optional]
    whole = [sheet.frame[list(optional)].isna().all(axis=1).to_numpy() for sheet in sheets]
    if np.concatenate(whole).all() or not np.concatenate(whole).any():
        return
    # Sheets of different sizes keep their texts in different ways.
    texts = {name: "object" for name in keys if feed.column(name).type not in ("month", "time")}
    rows = pd.concat(
        [sheet.frame[["row", *keys, *figures]].astype(texts).assign(at=at) for at, sheet in enumerate(sheets)],
        ignore_index=True,
    )
    lacking = np.concatenate(whole)
    sums = [rows[mask].groupby(keys)[list(figures)].sum(min_count=1) for mask in (lacking, ~lacking)]
    both = sums[0].join(sums[1], how="inner", rsuffix="_parts")
    there, parts = both[list(figures)].to_numpy(), both[[f"{name}_parts" for name in figures]].to_numpy()
    known = ~np.isnan(there) & ~np.isnan(parts)
    agrees = (np.isclose(there, parts) | ~known).all(axis=1) & (known & (there > 0)).any(axis=1)
    found = rows[lacking].merge(both.assign(agrees=agrees)["agrees"], left_on=keys, right_index=True)
    # One that happens to equal the others is no proof; where most do, they are their totals.
    doubled = found["agrees"] if agrees.sum() * 2 > len(agrees) else found["agrees"] & False
    for at, sheet in enumerate(sheets):
        word = sheet.columns.get(optional[0]) or feed.column(optional[0]).title.zh_Hans
        mine = found["at"] == at
        for _, one in found[mine & doubled].iterrows():
            name = next(name for name in figures if one[name] > 0)
            cell = f"{sheet.places[name]}{one['row']}" if name in sheet.places else None
            yield sheet, Finding(COUNTED_TWICE, file, sheet.sheet, int(one["row"]), word, cell, f"{one[name]:g}")
        numbers = found.loc[mine & ~doubled, "row"].tolist()
        if numbers:
            shown = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
            yield sheet, Finding(BESIDE, file, sheet.sheet, None, word, params={"count": len(numbers), "rows": shown})


def splitting_column(feed: Feed) -> str | None:
    """The one column whose open values split a unit's figures into parts that add up; None if there is none."""
    into = {name for measure in feed.measures if measure.additive for by in measure.segments for name in by}
    found = [
        name
        for name in feed.key
        if name in into
        and name not in (*feed.part, feed.month_column, feed.unit_column)
        and (feed.column(name).type == "text" or feed.column(name).open_choices)
    ]
    return found[0] if len(found) == 1 else None


def _check_categories(sheets: Sequence[StagedSheet], feed: Feed, split: str, figures: Sequence[str], file: str) -> None:
    """Leaves out rows of everything that are the sum of their parts, and says of other categories that they may be
    totals.
    """
    rows = pd.concat(
        [
            sheet.frame[["row", "key_month", "key_unit", split, *figures]]
            .astype({"key_unit": "object", split: "object"})
            .assign(at=at)
            for at, sheet in enumerate(sheets)
        ],
        ignore_index=True,
    )
    rows = rows[rows[[split, "key_month", "key_unit"]].notna().all(axis=1)]
    which, names = pd.factorize(rows[split])
    everything = np.array([normalise_header(raw_text(name)) in EVERYTHING for name in names], dtype=bool)[which]
    place = ["key_month", "key_unit"]
    parts = rows[~everything]
    if everything.any():
        sums = parts.groupby(place)[list(figures)].sum(min_count=1)
        found = rows[everything].merge(sums, left_on=place, right_index=True, suffixes=("", "_parts"))
        agrees = _agrees(found, figures, "_parts")
        for at, sheet in enumerate(sheets):
            out = found[(found["at"] == at) & agrees]
            word = sheet.columns.get(split) or feed.column(split).title.zh_Hans
            for number, name in zip(out["row"], out[split], strict=True):
                sheet.findings.append(
                    Finding(TOTAL_LEFT_OUT, file, sheet.sheet, int(number), word, value=raw_text(name))
                )
            for number, name in found.loc[(found["at"] == at) & ~agrees, ["row", split]].itertuples(index=False):
                sheet.findings.append(Finding(DIFFERS, file, sheet.sheet, int(number), word, value=raw_text(name)))
            if len(out):
                gone = sheet.frame["row"].isin(out["row"]) & sheet.frame[split].isin(out[split])
                sheet.frame = sheet.frame[~gone].reset_index(drop=True)
    _check_sums(sheets, feed, split, figures, parts, file)


def _agrees(found: pd.DataFrame, figures: Sequence[str], suffix: str) -> np.ndarray:
    """Per row whether each figure that is known of it and of its parts is their sum, and at least one is."""
    here, there = found[list(figures)].to_numpy(), found[[f"{name}{suffix}" for name in figures]].to_numpy()
    known = ~np.isnan(here) & ~np.isnan(there)
    return (np.isclose(here, there) | ~known).all(axis=1) & known.any(axis=1)


def _check_sums(
    sheets: Sequence[StagedSheet], feed: Feed, split: str, figures: Sequence[str], rows: pd.DataFrame, file: str
) -> None:
    """Categories that are the sum of at least two others of the same unit and month."""
    if not len(rows):
        return
    groups = rows.groupby(["key_month", "key_unit"])
    sums = groups[list(figures)].transform("sum") - rows[list(figures)].fillna(0)
    others = rows.join(sums.add_suffix("_parts"))
    filled = (rows[list(figures)] > 0).any(axis=1)
    # A part that is nothing is none: 5 beside 5 and 0 is no sum.
    count = filled.groupby([rows["key_month"], rows["key_unit"]]).transform("sum") - filled
    asked = others[(count >= 2) & filled]
    if not len(asked):
        return
    asked = asked.assign(agrees=_agrees(asked, figures, "_parts"))
    cases = asked.groupby(split)["agrees"].agg(["sum", "size"])
    for name, agreeing, size in cases[cases["sum"] * 2 > cases["size"]].itertuples():
        # Once can be chance.
        kind = SUMMED_UP if agreeing > 1 else SUMS_UP_ONCE
        for at, number in asked.loc[asked["agrees"] & (asked[split] == name), ["at", "row"]].itertuples(index=False):
            sheet = sheets[at]
            if kind is SUMMED_UP and sheet.answers.get("sums") == "parts":
                continue
            word = sheet.columns.get(split) or feed.column(split).title.zh_Hans
            params = {"count": int(agreeing), "all": int(size)} if kind is SUMMED_UP else {}
            sheet.findings.append(
                Finding(kind, file, sheet.sheet, int(number), word, value=raw_text(name), params=params)
            )
