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
from pages.shared import view
from pages.shared.cache.results import cached
from pages.shared.components.charts import block_heading, explain_missing, show_chart
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.takeaways import lower_first
from pages.shared.frame.filters import UNITS, unit_name, units_by_level
from pages.shared.frame.menu import family_metrics
from pages.shared.session import controls, url_state
from pages.shared.session.selection import Selection
from pages.shared.wording.values import value_words

MOST_UNITS, MOST_METRICS = 8, 6
USUAL_UNITS, USUAL_METRICS = 6, 3
OF_FAMILY = "sq-metrics"
ACROSS = {1: 1, 2: 2, 4: 4}


def choose_units(selection: Selection) -> list[str]:
    """The units to compare, the chosen one first.

    By default with some of its peers, or all of them where they are few.
    """
    peers = [code for code in view.peers(selection) if code != selection.unit]
    if len(peers) >= USUAL_UNITS and view.parent(selection):
        peers = [
            code for code in view.organisation(selection).children(view.parent(selection)) if code != selection.unit
        ] or peers
    # The same for every selection of a version.
    names = cached(
        ("unit names", selection.home, selection.version),
        lambda: {
            code: unit_name(view.organisation(selection), code) for code in units_by_level(view.organisation(selection))
        },
    )
    others = url_state.choose_many(
        selection.say("Compared with"),
        "with",
        [code for code in names if code != selection.unit],
        _words(selection, names, selection.say("Add a unit of any level"), UNITS),
        default=peers[: USUAL_UNITS - 1],
        most=MOST_UNITS - 1,
    )
    return [selection.unit, *others]


def _words(selection: Selection, names: Mapping[str, str], hint: str, source: str) -> url_state.ManyWords:
    return url_state.ManyWords(
        names.__getitem__, hint, lambda name: selection.say("Leave out {name}", name=name), source
    )


def choose_metrics(selection: Selection, family: str) -> list[Metric]:
    """Which metrics of the family get panels."""
    metrics = {metric.code: metric for metric in family_metrics(selection, family)}
    known = [code for code in metrics if numbers.is_known(view.row(selection, code).get("value"))] or list(metrics)
    names = {code: metric.name.to(selection.lang) for code, metric in metrics.items()}
    chosen = url_state.choose_many(
        selection.say("Metrics"),
        f"panels_{family}",
        list(metrics),
        _words(selection, names, selection.say("Add a metric"), OF_FAMILY),
        default=known[:USUAL_METRICS],
        most=MOST_METRICS,
    )
    # Below its control: above, it would push it out of line.
    st.html(controls.search_options(OF_FAMILY, names, selection.say("No metric is called so")))
    return [metrics[code] for code in chosen]


def comparison_takeaway(selection: Selection, found: pd.DataFrame, metrics: Mapping[str, Metric]) -> str:
    """The difference that stands out most; or that none is more than chance explains."""
    if found["value"].notna().sum() == 0:
        return selection.say("No figures are known for these units in this period")
    if found.loc[found["unit"] == selection.unit, "value"].notna().sum() == 0:
        return selection.say(
            "No figure for {unit} in this period: not all that it takes is loaded.", unit=view.unit_name(selection)
        )
    telling = most_significant(found)
    if telling is None:
        return selection.say("No difference to {unit} is more than chance explains", unit=view.unit_name(selection))
    metric = metrics[str(telling["metric"])]
    mine = found[(found["metric"] == metric.code) & (found["unit"] == selection.unit)].iloc[0]
    values = {
        "metric": lower_first(metric.name.to(selection.lang), selection.lang),
        "unit": view.organisation(selection).name(str(telling["unit"])),
        "value": value_words(selection, telling["value"], metric),
        "own": value_words(selection, mine["value"], metric),
        "name": view.unit_name(selection),
    }
    if telling["better"] is None:
        return selection.say("Most apart is {metric}: {value} in {unit}, {own} in {name}", **values)
    if telling["better"]:
        return selection.say("{unit} is better in {metric}: {value} against {own} in {name}", **values)
    return selection.say("{name} is better in {metric}: {own} against {value} in {unit}", **values)


def units_table(selection: Selection, found: pd.DataFrame, units: Sequence[str], metrics: Mapping[str, Metric]) -> str:
    """HTML of the comparison: metrics as rows, units as columns.

    Under a value stands its difference from the first unit's, in colour where that is more than chance.
    """
    headers = [
        Cell(selection.say("Metric")),
        *(Cell(view.organisation(selection).name(code), "num sq-long") for code in units),
    ]
    lines = []
    for code, rows in found.groupby("metric", sort=False):
        metric = metrics[str(code)]
        by_unit = {
            str(row["unit"]): {str(name): value for name, value in row.items()} for row in rows.to_dict("records")
        }
        name = Cell(
            metric.name.to(selection.lang),
            note=metric.unit.to(selection.lang),
            link=selection.address("metric", metric=metric.code),
        )
        lines.append([name, *(_cell(selection, by_unit[unit], metric) for unit in units)])
    return html_table(headers, [RowGroup(lines)], css="sq-side-by-side")


def _cell(selection: Selection, row: Mapping[str, Any], metric: Metric) -> Cell:
    if not numbers.is_known(row["apart"]):
        return Cell(value_words(selection, row["value"], metric), "num")
    apart = numbers.format_difference(row["apart"], metric.format, metric.decimals, selection.lang)
    if not numbers.is_known(row["apart_low"]):
        return Cell(
            value_words(selection, row["value"], metric),
            "num",
            note=apart,
            hint=selection.say("Whether chance explains the difference cannot be said here"),
        )
    low, high = (
        numbers.format_difference(row[side], metric.format, metric.decimals, selection.lang)
        for side in ("apart_low", "apart_high")
    )
    hint = selection.say(
        "Difference {apart}, interval {low} to {high} (95% for all units compared together)",
        apart=apart,
        low=low,
        high=high,
    )
    if row["real"] is not True:
        return Cell(
            value_words(selection, row["value"], metric),
            "num",
            note=apart,
            hint=f"{hint}: {selection.say('chance can explain it')}",
        )
    css = "strong" if row["better"] is None else "better" if row["better"] else "worse"
    return Cell(
        value_words(selection, row["value"], metric),
        f"num {css}",
        note=apart,
        hint=f"{hint}: {selection.say('more than chance')}",
    )


def unit_panels(selection: Selection, found: pd.DataFrame, metric: Metric, months: int) -> None:
    """One metric's panels, on one scale; units without a value are named.

    `found`: metrics.side_by_side, whose units and targets they show.
    """
    asked = (metric.code, months, *found["unit"].unique())
    made = view.cached(selection, "panels", "lines", *asked, make=lambda: _lines(selection, found, metric, months))
    if not made.values:
        explain_missing(selection, metric.name.to(selection.lang))
        return
    about = selection.say("{unit}; all panels on one scale", unit=metric.unit.to(selection.lang))
    about += selection.say("; dashed: the target") if made.targets else ""
    about += selection.say("; no figures: {names}", names=", ".join(made.absent)) if made.absent else ""
    figure = view.cached(
        selection,
        "panels",
        *asked,
        make=lambda: small_multiples(
            made.values,
            made.months,
            metric,
            targets=made.targets,
            across=ACROSS.get(len(made.values), 3),
            lang=selection.lang,
            mode=selection.mode,
        ),
    )
    show_chart(figure, metric.name.to(selection.lang), about, key=f"panels_{metric.code}")


class PanelLines(NamedTuple):
    """The lines of one metric's panels.

    values: name of a unit -> its values by month.
    months: their months.
    targets: name of a unit -> its target, where known.
    absent: names of units without figures.
    """

    values: dict[str, list[float | None]]
    months: list[str]
    targets: dict[str, float]
    absent: list[str]


def _lines(selection: Selection, found: pd.DataFrame, metric: Metric, months: int) -> PanelLines:
    mine = found[found["metric"] == metric.code]
    units = [str(code) for code in mine["unit"]]
    values = view.series(selection, [metric.code], units, months)[0]
    ends = month_number(selection.month)
    shown_months = [month_name(ends - back) for back in range(values.shape[-1] - 1, -1, -1)]
    names = {code: view.organisation(selection).name(code) for code in units}
    twice = [name for name in names.values() if list(names.values()).count(name) > 1]
    shown = {
        code: unit_name(view.organisation(selection), code) if name in twice else name for code, name in names.items()
    }
    known = {
        shown[code]: [None if one != one else float(one) for one in row]
        for code, row in zip(units, values, strict=True)
        if (row == row).any()
    }
    absent = [name for name in shown.values() if name not in known]
    goals = {shown[code]: float(goal) for code, goal in zip(units, mine["target"], strict=True)}
    targets = {name: goal for name, goal in goals.items() if numbers.is_known(goal) and name in known}
    return PanelLines(known, shown_months, targets, absent)


def explain_alone(selection: Selection) -> None:
    """Where nobody is chosen to compare with."""
    block_heading(selection.say("Choose units to compare {unit} with", unit=view.unit_name(selection)))
    st.caption(selection.say("Any level will do; differences are held against what chance leaves open."))
