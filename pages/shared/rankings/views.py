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
from metrics.analyses.funnel import funnel
from metrics.analyses.rank_tables import rank_history, rank_matrix
from metrics.assessment.peer_funnel import has_funnel
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.components.charts import block_heading, explain_missing, intervals_note, show_chart
from pages.shared.components.heat_table import CROWDED, HeatCell, heat_table
from pages.shared.components.peers import MOST, mark_unranked, shorten_ranking, with_rank_in_name
from pages.shared.components.picture_button import picture_button
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import measures
from pages.shared.wording.values import value_words

MONTHS = 12
BARS, PLACES, FUNNEL = "bars", "places", "funnel"
NEAREST, ALL = "nearest", "all"


def choose_chart(selection: Selection, metric: Metric) -> str:
    """How the ranking is drawn; the funnel only where a base says how sure a value is."""
    names = {
        BARS: selection.say("Bars"),
        PLACES: selection.say("Places over {months} months", months=MONTHS),
        FUNNEL: selection.say("Funnel"),
    }
    options = [BARS, PLACES, *([FUNNEL] if has_funnel(view.figures(selection), metric) else [])]
    return url_state.choose(
        selection.say("View"), "chart", options, shown=names.__getitem__, buttons=True, optional=True
    )


def choose_units_shown(selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a ranking to show: all of them; of more than MOST at first a few, with a choice above them."""
    if len(rows) <= MOST:
        return rows
    short = shorten_ranking(rows, selection.unit)
    names = {NEAREST: selection.say("The nearest"), ALL: selection.say("All")}
    who, control = url_state.choice_control(
        selection.say("Units shown"), "who", list(names), shown=names.__getitem__, buttons=True, optional=True
    )
    shown = rows if who == ALL else short
    about = (
        selection.say("The first, the last, and those nearest to {unit}", unit=view.unit_name(selection))
        if who == NEAREST
        else ""
    )
    block_heading(selection.say("{shown} of {count} units", shown=len(shown), count=len(rows)), about, control)
    return shown


def ranking_view(selection: Selection, way: str, metric: Metric, level: str, rows: pd.DataFrame) -> None:
    """The ranking in the way that `choose_way` gave."""
    if way == PLACES:
        bump_view(selection, metric, level)
    elif way == FUNNEL:
        funnel_view(selection, metric, level)
    else:
        bars_view(selection, metric, rows)


def rank_heat_map(selection: Selection, level: str, shown: pd.DataFrame) -> None:
    """The places of the `shown` units of `level` in all metrics that rank them; nothing where there are none."""
    units = tuple(shown["unit"])
    about, cells = view.cached(
        selection,
        "heat",
        level,
        units,
        *sorted(url_state.current_choices().items()),
        make=lambda: _places_drawn(selection, level, units),
    )
    if cells:
        block_heading(selection.say("Main metrics"), about, picture_button(selection, selection.say("Main metrics")))
        st.html(cells)


def _places_drawn(selection: Selection, level: str, shown: Collection[str]) -> tuple[str, str]:
    """What is shown, in words, and the table; empty where nobody is ranked."""
    codes = view.organisation(selection).at_level(level)
    cells = rank_matrix(view.figures(selection), codes, selection.month, selection.period)
    cells = cells[cells["rank"].notna() & cells["unit"].isin(list(shown))]
    units = {code: view.organisation(selection).name(code) for code in codes if (cells["unit"] == code).any()}
    ranked = [
        one
        for one in view.metrics(selection).values()
        if one.headline and (cells["metric"] == one.code).any() and one.better != "neither" and not one.total
    ]
    if len(units) < 2 or not ranked:
        return "", ""
    about = selection.say("Each cell is the place among the peers, the stronger the colour the better")
    about += selection.say("; a click opens its unit and metric") if len(units) <= CROWDED else ""
    return about, _places_table(selection, cells, ranked, units)


def _places_table(
    selection: Selection, cells: pd.DataFrame, metrics: Sequence[Metric], units: Mapping[str, str]
) -> str:
    """Metrics as rows, units as columns, the place in each cell: the nearer to the first of its peers, the darker."""
    found = cells.drop_duplicates(["metric", "unit"]).set_index(["metric", "unit"]).to_dict("index")

    def one(metric: Metric, unit: str) -> HeatCell:
        cell = found.get((metric.code, unit), {})
        rank, peers = cell.get("rank"), cell.get("peers")
        strength = 1 - (rank - 1) / max(peers - 1, 1) if numbers.is_known(rank) and numbers.is_known(peers) else None
        value = value_words(selection, cell.get("value"), metric)
        hint = (
            f"{units[unit]} · {metric.name.to(selection.lang)} "
            f"· {value} · {numbers.format_rank(rank, peers, selection.lang)}"
        )
        return HeatCell(
            numbers.format_decimal(rank) if numbers.is_known(rank) else "",
            strength,
            hint,
            selection.here(unit=unit, metric=metric.code),
        )

    columns = [(name, unit == selection.unit) for unit, name in units.items()]
    lines = [[one(metric, unit) for unit in units] for metric in metrics]
    return heat_table([metric.name.to(selection.lang) for metric in metrics], columns, lines, selection.mode)


def bars_view(selection: Selection, metric: Metric, rows: pd.DataFrame) -> None:
    """The values side by side; `rows` as metrics.ranking gives them, or some of them."""
    if rows["peers"].max() > len(rows):
        rows = with_rank_in_name(rows)
    rows = mark_unranked(rows, selection.lang)
    chart = view.cached(
        selection,
        "bars",
        metric.code,
        len(rows),
        tuple(rows["unit"]),
        make=lambda: ranking_chart(rows, metric, chosen=selection.unit, lang=selection.lang, mode=selection.mode),
    )
    about = " · ".join(part for part in (metric.unit.to(selection.lang), intervals_note(selection, rows)) if part)
    show_chart(chart, metric.name.to(selection.lang), about, key="bars", drill=("unit",))


def bump_view(selection: Selection, metric: Metric, level: str) -> None:
    """How the places moved over the months."""
    found = view.cached(
        selection,
        "places",
        metric.code,
        level,
        make=lambda: rank_history(
            view.figures(selection), metric.code, selection.month, selection.period, level, months=MONTHS
        ),
    )
    if found.empty or found["rank"].notna().sum() == 0:
        explain_missing(selection, metric.name.to(selection.lang))
        return
    chart = view.cached(
        selection,
        "bump",
        metric.code,
        level,
        make=lambda: bump_chart(found, metric, chosen=selection.unit, lang=selection.lang, mode=selection.mode),
    )
    show_chart(
        chart, selection.say("Places month by month"), metric.name.to(selection.lang), key="places", drill=("unit",)
    )


def funnel_view(selection: Selection, metric: Metric, level: str) -> None:
    """Who differs from all together by more than size explains."""
    found = funnel(view.figures(selection), metric.code, selection.month, selection.period, level)
    if found.units.empty:
        explain_missing(selection, metric.name.to(selection.lang))
        return
    about = (
        selection.say("No limits: the standard deviations loaded cover too few of these answers")
        if found.unjudged
        else selection.say(
            "Outside the solid lines (99.8%): {flagged} of {judged}; chance alone would give {expected}. Dotted: "
            "95%. The units spread {spread} times as wide as chance; the lines allow for it",
            flagged=found.flagged,
            judged=found.judged,
            expected=numbers.format_decimal(found.expected_by_chance, 2),
            spread=numbers.format_decimal(math.sqrt(found.phi), 1),
        )
    )
    if found.units["little"].any():
        about += selection.say("; hollow: too little data, not judged")
    base = metric.denominator and measures.measure_names(selection.lang).get(metric.denominator.measure)
    chart = funnel_chart(
        found.units,
        found.curve,
        found.centre,
        metric,
        base_title=base or selection.say("Base of the value"),
        chosen=selection.unit,
        lang=selection.lang,
        mode=selection.mode,
    )
    show_chart(chart, metric.name.to(selection.lang), about, key="funnel", drill=("unit",))
