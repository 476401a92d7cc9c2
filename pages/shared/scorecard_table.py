"""The Overview's scorecard: every metric of a unit as a row of a real table, and the three short lists above it."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from charts import numbers
from charts.sparkline import as_image, sparkline
from metrics.catalogue import families
from metrics.metric import Metric
from pages.shared import words
from pages.shared.blocks import standing_of
from pages.shared.standing import moved, strengths, weak_spots
from pages.shared.tables import Cell, Group, table
from pages.shared.view import View

MONTHS = 13


def lists(view: View, card: pd.DataFrame) -> str:
    """Strengths, weak spots, and what moved, as HTML."""
    columns = (
        (view.say("Strengths"), strengths(card), view.say("None yet")),
        (view.say("Weak spots"), weak_spots(card), view.say("None: every target is met")),
        (view.say("Places gained and lost"), moved(card), view.say("No place changed")),
    )
    blocks = []
    for title, rows, nothing in columns:
        items = [item(view, row, movement=rows is columns[2][1]) for row in rows.to_dict("records")]
        blocks.append(
            f"<div><h3>{escape(title)}</h3><ol>{''.join(items) or f'<li><span>{escape(nothing)}</span></li>'}</ol></div>"
        )
    return f'<div class="sq sq-lists">{"".join(blocks)}</div>'


def item(view: View, row: dict, movement: bool) -> str:
    """One line of a list: metric, then place and attainment, or movement and place."""
    metric = view.metrics[row["metric"]]
    place = (
        numbers.place(row["rank"], row["peers"], view.lang) if numbers.known(row["rank"]) and row["peers"] > 1 else ""
    )
    reached = numbers.per_cent(row["attainment"], 0) if numbers.known(row["attainment"]) else ""
    reached = f'<span class="{standing_of(row["attainment"])}">{escape(reached)}</span>' if reached else ""
    notes = [escape(numbers.movement(row["rank_change"])), escape(place)] if movement else [escape(place), reached]
    name = escape(metric.name.to(view.lang))
    link = escape(view.address("trends", metric=metric.code))
    return f'<li><span><a href="{link}" target="_self" title="{name}">{name}</a></span><span>{" · ".join(note for note in notes if note)}</span></li>'


def scorecard_table(view: View) -> str:
    """The whole table, by family; metrics without a value and a target are left out."""
    _ = view.say
    headers = [
        Cell(_("Metric")), Cell(_("Value"), "num"), Cell(_("Target"), "num"), Cell(_("Attainment"), "num"), Cell(_("Place"), "num"),
        Cell("", "mid", hint=_("Places gained or lost since the period before")), Cell(_("Signal"), hint=_("What the control chart of the months says")),
        Cell(_("MoM"), "num", hint=_("Against the period before")),
        Cell(_("YoY"), "num", hint=_("Against the same period a year before")), Cell(_("Last {count} months", count=MONTHS), "mid"),
    ]  # fmt: skip
    groups = []
    for family in sorted(families(), key=lambda family: family.order):
        rows = [
            line(view, view.row(metric.code), metric)
            for metric in view.metrics.values()
            if metric.family == family.code and has(view.row(metric.code))
        ]
        if rows:
            groups.append(Group(rows, family.name.to(view.lang)))
    return table(headers, groups)


def has(row: dict[str, Any]) -> bool:
    """Whether the metric is worth a line: a value now, or a target to miss."""
    return numbers.known(row.get("value")) or numbers.known(row.get("target"))


def signal(view: View, row: dict[str, Any]) -> Cell:
    """What the months say, in two words; the whole verdict on hover."""
    words_of = {
        "improving": (view.say("better"), "better"), "concerning": (view.say("worse"), "worse"),
        "neither_high": (view.say("higher"), ""), "neither_low": (view.say("lower"), ""),
    }  # fmt: skip
    hint = str(row.get("verdict") or "")
    if row.get("signal") == "too_little_data":
        return Cell(view.say("too little data"), "quiet sq-nowrap", hint=hint)
    if row.get("signal") != "signal":
        return Cell("·" if row.get("signal") else "", "quiet", hint=hint)
    said, css = words_of.get(str(row.get("variation")), ("", ""))
    return Cell(said, f"{css} sq-nowrap", hint=hint)


def line(view: View, row: dict[str, Any], metric: Metric) -> list[Cell]:
    """One metric's cells."""
    name = metric.name.to(view.lang)
    months = view.series(list(view.metrics), [view.unit], MONTHS, "month")[list(view.metrics).index(metric.code), 0]
    target = row["target"] if numbers.known(row["target"]) and view.period == "month" else None
    points = [None if value != value else float(value) for value in months]
    picture = sparkline(points, view.colours, target=target, label=name)
    ranked = numbers.known(row["rank"]) and row["peers"] > 1
    why = view.say("Not known for this unit and period") if not numbers.known(row["value"]) else ""
    alone = view.say("No peers to compare with") if not ranked else ""
    return [
        Cell(
            name,
            link=view.address("trends", metric=metric.code),
            hint=metric.meaning.to(view.lang),
            note="" if metric.format == "percent" else words.unit_of(metric, view.lang),
        ),
        Cell(
            view.value(row["value"], metric),
            "num",
            hint=why,
            note=view.say("reported") if row["reported"] is True else "",
        ),
        Cell(
            view.value(row["target"], metric),
            "num quiet",
            hint="" if numbers.known(row["target"]) else view.say("No target is loaded"),
        ),
        Cell(numbers.per_cent(row["attainment"]), f"num {standing_of(row['attainment'])}"),
        Cell(numbers.place(row["rank"], row["peers"], view.lang) if ranked else numbers.MISSING, "num", hint=alone),
        Cell(numbers.movement(row["rank_change"]) if ranked else "", "mid quiet"),
        signal(view, row),
        Cell(view.change(row["mom"], metric), "num"),
        Cell(view.change(row["yoy"], metric), "num"),
        Cell(css="mid", image=as_image(picture, name)),
    ]
