"""The parts of the page that compares units: who and what is compared, the sentence, the table, the panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from charts import numbers
from charts.small_multiples import small_multiples
from metrics.analyses.comparison import most_significant
from metrics.model.metric import Metric
from metrics.model.periods import month_name, month_number
from pages.shared.cache.results import drawn
from pages.shared.components.charts import heading, show, unknown
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.takeaways import lowered
from pages.shared.frame.filters import UNITS, in_order, unit_name
from pages.shared.frame.menu import of_family
from pages.shared.session import controls
from pages.shared.session import url_state as state
from pages.shared.view import View

MOST_UNITS, MOST_METRICS = 8, 6
USUAL_UNITS, USUAL_METRICS = 6, 3
OF_FAMILY = "sq-metrics"
ACROSS = {1: 1, 2: 2, 4: 4}


def choose_units(view: View) -> list[str]:
    """The chosen unit first, then those it is held against: by default some of its peers, or all of them where they are
    few.
    """
    peers = [code for code in view.peers() if code != view.unit]
    if len(peers) >= USUAL_UNITS and view.above:
        peers = [code for code in view.organisation.children(view.above) if code != view.unit] or peers
    # The same for every selection of a version.
    names = drawn(
        ("unit names", str(view.home.path), view.version),
        lambda: {code: unit_name(view.organisation, code) for code in in_order(view.organisation)},
    )
    others = state.choose_many(
        view.say("Compared with"),
        "with",
        [code for code in names if code != view.unit],
        default=peers[: USUAL_UNITS - 1],
        shown=names.__getitem__,
        most=MOST_UNITS - 1,
        hint=view.say("Add a unit of any level"),
        remove=lambda name: view.say("Leave out {name}", name=name),
        source=UNITS,
    )
    return [view.unit, *others]


def choose_metrics(view: View, family: str) -> list[Metric]:
    """Which metrics of the family get panels."""
    metrics = {metric.code: metric for metric in of_family(view, family)}
    known = [code for code in metrics if numbers.known(view.row(code).get("value"))] or list(metrics)
    names = {code: metric.name.to(view.lang) for code, metric in metrics.items()}
    chosen = state.choose_many(
        view.say("Metrics"),
        f"panels_{family}",
        list(metrics),
        default=known[:USUAL_METRICS],
        shown=names.__getitem__,
        most=MOST_METRICS,
        hint=view.say("Add a metric"),
        remove=lambda name: view.say("Leave out {name}", name=name),
        source=OF_FAMILY,
    )
    # Below its control: above, it would push it out of line.
    st.html(controls.supply(OF_FAMILY, names, view.say("No metric is called so")))
    return [metrics[code] for code in chosen]


def of_units(view: View, found: pd.DataFrame, metrics: Mapping[str, Metric]) -> str:
    """The difference that stands out most; or that none is more than chance explains."""
    if found["value"].notna().sum() == 0:
        return view.say("No figures are known for these units in this period")
    if found.loc[found["unit"] == view.unit, "value"].notna().sum() == 0:
        return view.say("No figure for {unit} in this period: not all that it takes is loaded.", unit=view.name)
    telling = most_significant(found)
    if telling is None:
        return view.say("No difference to {unit} is more than chance explains", unit=view.name)
    metric = metrics[str(telling["metric"])]
    mine = found[(found["metric"] == metric.code) & (found["unit"] == view.unit)].iloc[0]
    values = {
        "metric": lowered(metric.name.to(view.lang), view.lang),
        "unit": view.organisation.name(str(telling["unit"])),
        "value": view.value(telling["value"], metric),
        "own": view.value(mine["value"], metric),
        "name": view.name,
    }
    if telling["better"] is None:
        return view.say("Most apart is {metric}: {value} in {unit}, {own} in {name}", **values)
    if telling["better"]:
        return view.say("{unit} is better in {metric}: {value} against {own} in {name}", **values)
    return view.say("{name} is better in {metric}: {own} against {value} in {unit}", **values)


def units_table(view: View, found: pd.DataFrame, units: Sequence[str], metrics: Mapping[str, Metric]) -> str:
    """Metrics as rows, units as columns; under a value how far it is from the first unit's, in colour where that is
    more than chance.
    """
    headers = [Cell(view.say("Metric")), *(Cell(view.organisation.name(code), "num sq-long") for code in units)]
    lines = []
    for code, rows in found.groupby("metric", sort=False):
        metric = metrics[str(code)]
        by_unit = {
            str(row["unit"]): {str(name): value for name, value in row.items()} for row in rows.to_dict("records")
        }
        name = Cell(
            metric.name.to(view.lang), note=metric.unit.to(view.lang), link=view.address("metric", metric=metric.code)
        )
        lines.append([name, *(_cell(view, by_unit[unit], metric) for unit in units)])
    return table(headers, [Group(lines)], css="sq-side-by-side")


def _cell(view: View, row: Mapping[str, Any], metric: Metric) -> Cell:
    if not numbers.known(row["apart"]):
        return Cell(view.value(row["value"], metric), "num")
    apart = numbers.difference(row["apart"], metric.format, metric.decimals, view.lang)
    if not numbers.known(row["apart_low"]):
        return Cell(
            view.value(row["value"], metric),
            "num",
            note=apart,
            hint=view.say("Whether chance explains the difference cannot be said here"),
        )
    low, high = (
        numbers.difference(row[side], metric.format, metric.decimals, view.lang) for side in ("apart_low", "apart_high")
    )
    hint = view.say(
        "Difference {apart}, interval {low} to {high} (95% for all units compared together)",
        apart=apart,
        low=low,
        high=high,
    )
    if row["real"] is not True:
        return Cell(
            view.value(row["value"], metric), "num", note=apart, hint=f"{hint}: {view.say('chance can explain it')}"
        )
    css = "strong" if row["better"] is None else "better" if row["better"] else "worse"
    return Cell(
        view.value(row["value"], metric), f"num {css}", note=apart, hint=f"{hint}: {view.say('more than chance')}"
    )


def panels(view: View, found: pd.DataFrame, metric: Metric, months: int) -> None:
    """One metric's panels, on one scale; units without a value are named.

    `found`: metrics.side_by_side, whose units and targets they show.
    """
    asked = (metric.code, months, *found["unit"].unique())
    made = view.drawn("panels", "lines", *asked, make=lambda: _lines(view, found, metric, months))
    if not made.values:
        unknown(view, metric.name.to(view.lang))
        return
    about = view.say("{unit}; all panels on one scale", unit=metric.unit.to(view.lang))
    about += view.say("; dashed: the target") if made.targets else ""
    about += view.say("; no figures: {names}", names=", ".join(made.absent)) if made.absent else ""
    figure = view.drawn(
        "panels",
        *asked,
        make=lambda: small_multiples(
            made.values,
            made.months,
            metric,
            targets=made.targets,
            across=ACROSS.get(len(made.values), 3),
            lang=view.lang,
            mode=view.mode,
        ),
    )
    show(figure, metric.name.to(view.lang), about, key=f"panels_{metric.code}")


class Lines(NamedTuple):
    """What panels show: values of each unit by its name, the months, the targets that are known, and who has no
    figures.
    """

    values: dict[str, list[float | None]]
    months: list[str]
    targets: dict[str, float]
    absent: list[str]


def _lines(view: View, found: pd.DataFrame, metric: Metric, months: int) -> Lines:
    mine = found[found["metric"] == metric.code]
    units = [str(code) for code in mine["unit"]]
    values = view.series([metric.code], units, months)[0]
    ends = month_number(view.month)
    shown_months = [month_name(ends - back) for back in range(values.shape[-1] - 1, -1, -1)]
    names = {code: view.organisation.name(code) for code in units}
    twice = [name for name in names.values() if list(names.values()).count(name) > 1]
    shown = {code: unit_name(view.organisation, code) if name in twice else name for code, name in names.items()}
    known = {
        shown[code]: [None if one != one else float(one) for one in row]
        for code, row in zip(units, values, strict=True)
        if (row == row).any()
    }
    absent = [name for name in shown.values() if name not in known]
    goals = {shown[code]: float(goal) for code, goal in zip(units, mine["target"], strict=True)}
    targets = {name: goal for name, goal in goals.items() if numbers.known(goal) and name in known}
    return Lines(known, shown_months, targets, absent)


def explain_alone(view: View) -> None:
    """Where nobody is chosen to compare with."""
    heading(view.say("Choose units to compare {unit} with", unit=view.name))
    st.caption(view.say("Any level will do; differences are held against what chance leaves open."))
