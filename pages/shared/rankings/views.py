"""The other ways to look at a ranking: places over the months, and the funnel."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from charts import numbers
from charts.bump import bump_chart
from charts.funnel import funnel_chart
from charts.ranking import ranking_chart
from metrics.analyses.funnel import funnel, has_funnel
from metrics.analyses.rank_tables import rank_history, rank_matrix
from metrics.model.metric import Metric
from pages.shared.components.charts import heading, show, unknown, whiskers
from pages.shared.components.heat_table import CROWDED, Shaded, heat_table
from pages.shared.components.peers import MOST, few, placed, unplaced
from pages.shared.components.picture_button import picture_button
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import measures

MONTHS = 12
BARS, PLACES, FUNNEL = "bars", "places", "funnel"
NEAREST, ALL = "nearest", "all"


def choose_way(view: View, metric: Metric) -> str:
    """How the ranking is drawn; the funnel only where a base says how sure a value is."""
    names = {
        BARS: view.say("Bars"),
        PLACES: view.say("Places over {months} months", months=MONTHS),
        FUNNEL: view.say("Funnel"),
    }
    options = [BARS, PLACES, *([FUNNEL] if has_funnel(view.figures, metric) else [])]
    return state.choose(view.say("View"), "chart", options, shown=names.__getitem__, buttons=True, optional=True)


def choose_who(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a ranking to show: all of them; of more than MOST at first a few, with a choice above them."""
    if len(rows) <= MOST:
        return rows
    short = few(rows, view.unit)
    names = {NEAREST: view.say("The nearest"), ALL: view.say("All")}
    who, control = state.choice(
        view.say("Units shown"), "who", list(names), shown=names.__getitem__, buttons=True, optional=True
    )
    shown = rows if who == ALL else short
    about = view.say("The first, the last, and those nearest to {unit}", unit=view.name) if who == NEAREST else ""
    heading(view.say("{shown} of {count} units", shown=len(shown), count=len(rows)), about, control)
    return shown


def chosen_view(view: View, way: str, metric: Metric, level: str, rows: pd.DataFrame) -> None:
    """The ranking in the way that `choose_way` gave."""
    if way == PLACES:
        places_view(view, metric, level)
    elif way == FUNNEL:
        funnel_view(view, metric, level)
    else:
        bars_view(view, metric, rows)


def all_places(view: View, level: str, shown: pd.DataFrame) -> None:
    """The places of the `shown` units of `level` in all metrics that rank them; nothing where there are none."""
    units = tuple(shown["unit"])
    about, cells = view.drawn(
        "heat", level, units, *sorted(state.settled().items()), make=lambda: _places_drawn(view, level, units)
    )
    if cells:
        heading(view.say("Main metrics"), about, picture_button(view, view.say("Main metrics")))
        st.html(cells)


def _places_drawn(view: View, level: str, shown: Collection[str]) -> tuple[str, str]:
    """What is shown, in words, and the table; empty where nobody is ranked."""
    codes = view.organisation.at_level(level)
    cells = rank_matrix(view.figures, codes, view.month, view.period)
    cells = cells[cells["rank"].notna() & cells["unit"].isin(list(shown))]
    units = {code: view.organisation.name(code) for code in codes if (cells["unit"] == code).any()}
    ranked = [
        one
        for one in view.metrics.values()
        if one.headline and (cells["metric"] == one.code).any() and one.better != "neither" and not one.total
    ]
    if len(units) < 2 or not ranked:
        return "", ""
    about = view.say("Each cell is the place among the peers, the stronger the colour the better")
    about += view.say("; a click opens its unit and metric") if len(units) <= CROWDED else ""
    return about, _places_table(view, cells, ranked, units)


def _places_table(view: View, cells: pd.DataFrame, metrics: Sequence[Metric], units: Mapping[str, str]) -> str:
    """Metrics as rows, units as columns, the place in each cell: the nearer to the first of its peers, the darker."""
    found = cells.drop_duplicates(["metric", "unit"]).set_index(["metric", "unit"]).to_dict("index")

    def one(metric: Metric, unit: str) -> Shaded:
        cell = found.get((metric.code, unit), {})
        rank, peers = cell.get("rank"), cell.get("peers")
        strength = 1 - (rank - 1) / max(peers - 1, 1) if numbers.known(rank) and numbers.known(peers) else None
        value = view.value(cell.get("value"), metric)
        hint = f"{units[unit]} · {metric.name.to(view.lang)} · {value} · {numbers.place(rank, peers, view.lang)}"
        return Shaded(
            numbers.decimal(rank) if numbers.known(rank) else "",
            strength,
            hint,
            view.here(unit=unit, metric=metric.code),
        )

    columns = [(name, unit == view.unit) for unit, name in units.items()]
    lines = [[one(metric, unit) for unit in units] for metric in metrics]
    return heat_table([metric.name.to(view.lang) for metric in metrics], columns, lines, view.mode)


def bars_view(view: View, metric: Metric, rows: pd.DataFrame) -> None:
    """The values side by side; `rows` as metrics.ranking gives them, or some of them."""
    if rows["peers"].max() > len(rows):
        rows = placed(rows)
    rows = unplaced(rows, view.lang)
    chart = view.drawn(
        "bars",
        metric.code,
        len(rows),
        tuple(rows["unit"]),
        make=lambda: ranking_chart(rows, metric, chosen=view.unit, lang=view.lang, mode=view.mode),
    )
    about = " · ".join(part for part in (metric.unit.to(view.lang), whiskers(view, rows)) if part)
    show(chart, metric.name.to(view.lang), about, key="bars", drill=("unit",))


def places_view(view: View, metric: Metric, level: str) -> None:
    """How the places moved over the months."""
    found = view.drawn(
        "places",
        metric.code,
        level,
        make=lambda: rank_history(view.figures, metric.code, view.month, view.period, level, months=MONTHS),
    )
    if found.empty or found["rank"].notna().sum() == 0:
        unknown(view, metric.name.to(view.lang))
        return
    chart = view.drawn(
        "bump",
        metric.code,
        level,
        make=lambda: bump_chart(found, metric, chosen=view.unit, lang=view.lang, mode=view.mode),
    )
    show(chart, view.say("Places month by month"), metric.name.to(view.lang), key="places", drill=("unit",))


def funnel_view(view: View, metric: Metric, level: str) -> None:
    """Who differs from all together by more than size explains."""
    found = funnel(view.figures, metric.code, view.month, view.period, level)
    if found.units.empty:
        unknown(view, metric.name.to(view.lang))
        return
    about = (
        view.say("No limits: the standard deviations loaded cover too few of these answers")
        if found.unjudged
        else view.say(
            "Outside the solid lines (99.8%): {flagged} of {judged}; chance alone would give {expected}. Dotted: "
            "95%. The units spread {spread} times as wide as chance; the lines allow for it",
            flagged=found.flagged,
            judged=found.judged,
            expected=numbers.decimal(found.expected_by_chance, 2),
            spread=numbers.decimal(math.sqrt(found.phi), 1),
        )
    )
    if found.units["little"].any():
        about += view.say("; hollow: too little data, not judged")
    base = metric.denominator and measures.measures(view.lang).get(metric.denominator.measure)
    chart = funnel_chart(
        found.units,
        found.curve,
        found.centre,
        metric,
        base_title=base or view.say("Base of the value"),
        chosen=view.unit,
        lang=view.lang,
        mode=view.mode,
    )
    show(chart, metric.name.to(view.lang), about, key="funnel", drill=("unit",))
