"""The league table: every peer with value, target, movement and the distance to the average and to the next place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts import numbers
from metrics.model.metric import Metric
from metrics.statistics.arrays import Flags
from metrics.wording.completeness import lacks_months, months_in_words, units_in_words
from metrics.wording.provisional import provisional_in_words
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.verdict_icons import goal_css
from pages.shared.view import View
from pages.shared.wording import labels as words


def league_table(view: View, rows: pd.DataFrame, metric: Metric, narrow: bool = False) -> str:
    """`rows` of metrics.ranking as an HTML table, the chosen unit accented; every peer is listed.

    `narrow`: without interval and distances.
    """
    _ = view.say
    headers = [
        Cell(_("Place"), "num"),
        Cell("", "mid", hint=_("Places gained or lost since the period before")),
        Cell(_("Unit")),
        Cell(_("Value"), "num"),
        Cell(_("95% interval"), "mid", hint=_("Where the true value plausibly lies")),
        Cell(_("Range"), "mid", hint=_("The places that chance leaves open")),
        Cell(_("Attainment"), "num"),
        Cell(_("YoY") if view.compare == "last_year" else words.before(view.period, view.lang), "num"),
        Cell(_("To the average"), "num"),
        Cell(_("To the next place"), "num", hint=_("Cases in the numerator that would gain one place")),
    ]
    lines = [
        [
            _place(view, row),
            Cell(numbers.movement(row["rank_change"]), "mid quiet"),
            Cell(str(row["name"]), "sq-unit", link=view.address("trends", unit=str(row["unit"]), metric=metric.code)),
            Cell(
                view.value(row["value"], metric),
                "num",
                hint=provisional_in_words(row, view.lang),
                note=_("provisional") if row["provisional_until"] else "",
            ),
            Cell(_between(view.value(row["low"], metric), view.value(row["high"], metric)), "mid quiet"),
            Cell(_between(numbers.decimal(row["rank_low"]), numbers.decimal(row["rank_high"])), "mid quiet"),
            Cell(numbers.attainment(row["attainment"]), f"num {goal_css(row)}"),
            Cell(view.change(row[view.change_name()], metric), "num"),
            Cell(numbers.difference(row["gap_to_average"], metric.format, metric.decimals, view.lang), "num"),
            Cell(
                numbers.decimal(abs(row["next_gap"])) if numbers.known(row["next_gap"]) else numbers.MISSING,
                "num quiet",
            ),
        ]
        for row in rows.to_dict("records")
    ]
    if narrow:
        headers, lines = _narrowed(headers), [_narrowed(line) for line in lines]
    placed = rows["rank"].notna().to_numpy()
    groups = [_group(rows, lines, placed, view.unit)] if placed.any() else []
    if not placed.all():
        short = any(map(lacks_months, rows[~placed].to_dict("records")))
        why = (
            _("Not placed: base too small, months missing, or nothing known")
            if short
            else _("Not placed: base too small, or nothing known")
        )
        title = why if groups else ""
        groups.append(_group(rows, lines, ~placed, view.unit, title))
    return table(headers, groups, css="sq-tall" if narrow else "")


def _place(view: View, row: Mapping[Any, Any]) -> Cell:
    """The place; in place of it what is missing to have one."""
    lacking = months_in_words(row, view.lang) or (row["total"] and units_in_words(row, view.lang)) or ""
    if numbers.known(row["rank"]) or not lacking or not numbers.known(row["value"]):
        return Cell(numbers.decimal(row["rank"]), "num")
    return Cell(lacking, "small quiet")


def _group(rows: pd.DataFrame, lines: Sequence[Sequence[Cell]], which: Flags, unit: str, title: str = "") -> Group:
    held = [(line, code == unit) for line, code, here in zip(lines, rows["unit"], which, strict=True) if here]
    return Group([line for line, _ in held], title, frozenset(place for place, (_, own) in enumerate(held) if own))


def _narrowed(cells: list[Cell]) -> list[Cell]:
    return [*cells[:4], *cells[5:8]]


def _between(low: str, high: str) -> str:
    return numbers.MISSING if numbers.MISSING in (low, high) else low if low == high else f"{low} – {high}"
