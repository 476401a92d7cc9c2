"""The league table: every peer with value, target, movement and the distance to the average and to the next place."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts import numbers
from metrics.model.metric import Metric
from metrics.model.record import Record, ranked_of, records_of
from metrics.statistics.arrays import Flags
from metrics.wording.attainment import attainment_in_words
from metrics.wording.completeness import lacks_months, months_in_words, units_in_words
from metrics.wording.provisional import provisional_in_words
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.verdict_icons import attainment_css
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.values import change_column, change_words, value_words


def league_table(
    selection: Selection, rows: pd.DataFrame, metric: Metric, narrow: bool = False, estimates: bool = False
) -> str:
    """`rows` of metrics.ranking as an HTML table, the chosen unit accented; every peer is listed.

    `narrow`: without interval and distances. `estimates`: the shrunken value stands beside the value.
    """
    _ = selection.say
    headers = [
        Cell(_("Place"), "num"),
        Cell("", "mid", hint=_("Places gained or lost since the period before")),
        Cell(_("Unit")),
        Cell(_("Value"), "num"),
        Cell(_("95% interval"), "mid", hint=_("Where the true value plausibly lies")),
        Cell(_("Range"), "mid", hint=_("The places that chance leaves open")),
        Cell(_("Attainment"), "num"),
        Cell(
            _("YoY")
            if selection.compare == "last_year"
            else labels.change_column_title(selection.period, selection.lang),
            "num",
        ),
        Cell(_("To the average"), "num"),
        Cell(_("To the next place"), "num", hint=_("Cases in the numerator that would gain one place")),
    ]
    lines = [
        [
            _place(selection, row),
            Cell(numbers.format_movement(row["rank_change"]), "mid quiet"),
            Cell(
                str(row["name"]), "sq-unit", link=selection.address("trends", unit=str(row["unit"]), metric=metric.code)
            ),
            Cell(
                value_words(selection, row["value"], metric),
                "num",
                hint=provisional_in_words(row, selection.lang),
                note=_("provisional") if row["provisional_until"] else "",
            ),
            Cell(
                _between(value_words(selection, row["low"], metric), value_words(selection, row["high"], metric)),
                "mid quiet",
            ),
            Cell(
                _between(numbers.format_decimal(row["rank_low"]), numbers.format_decimal(row["rank_high"])), "mid quiet"
            ),
            Cell(attainment_in_words(row, selection.lang), f"num {attainment_css(row)}"),
            Cell(change_words(selection, row[change_column(selection)], metric), "num"),
            Cell(
                numbers.format_difference(row["gap_to_average"], metric.format, metric.decimals, selection.lang), "num"
            ),
            Cell(
                numbers.format_decimal(abs(row["next_gap"])) if numbers.is_known(row["next_gap"]) else numbers.MISSING,
                "num quiet",
            ),
        ]
        for row in ranked_of(rows)
    ]
    if estimates:
        hint = _("The value drawn towards all units together, the more so the smaller its base (empirical Bayes)")
        headers.insert(4, Cell(_("Estimate"), "num", hint=hint))
        for line, row in zip(lines, ranked_of(rows), strict=True):
            line.insert(4, Cell(value_words(selection, row["shrunken"], metric), "num"))
    if narrow:
        headers, lines = _narrowed(headers), [_narrowed(line) for line in lines]
    placed = rows["rank"].notna().to_numpy()
    groups = [_group(rows, lines, placed, selection.unit)] if placed.any() else []
    if not placed.all():
        short = any(map(lacks_months, records_of(rows[~placed])))
        why = (
            _("Not placed: base too small, months missing, or nothing known")
            if short
            else _("Not placed: base too small, or nothing known")
        )
        title = why if groups else ""
        groups.append(_group(rows, lines, ~placed, selection.unit, title))
    return html_table(headers, groups, css="sq-tall" if narrow else "")


def _place(selection: Selection, row: Record) -> Cell:
    """The place; in place of it what is missing to have one."""
    lacking = months_in_words(row, selection.lang) or (row["total"] and units_in_words(row, selection.lang)) or ""
    if numbers.is_known(row["rank"]) or not lacking or not numbers.is_known(row["value"]):
        return Cell(numbers.format_decimal(row["rank"]), "num")
    return Cell(lacking, "small quiet")


def _group(rows: pd.DataFrame, lines: Sequence[Sequence[Cell]], which: Flags, unit: str, title: str = "") -> RowGroup:
    held = [(line, code == unit) for line, code, here in zip(lines, rows["unit"], which, strict=True) if here]
    return RowGroup([line for line, _ in held], title, frozenset(place for place, (_, own) in enumerate(held) if own))


def _narrowed(cells: list[Cell]) -> list[Cell]:
    return [*cells[:4], *cells[5:8]]


def _between(low: str, high: str) -> str:
    return numbers.MISSING if numbers.MISSING in (low, high) else low if low == high else f"{low} – {high}"
