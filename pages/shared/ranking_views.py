"""The other ways to look at a ranking: places over the months, and the funnel."""

from __future__ import annotations

import pandas as pd

from charts import numbers
from charts.bump import bump_chart
from charts.funnel import funnel_chart
from charts.ranking import ranking_chart
from metrics.funnel import funnel, has_funnel
from metrics.metric import Metric
from metrics.places import places
from pages.shared import state
from pages.shared.blocks import show, unknown
from pages.shared.view import View

MONTHS = 12
BARS, PLACES, FUNNEL = "bars", "places", "funnel"


def choose_way(view: View, metric: Metric) -> str:
    """How the ranking is drawn; the funnel only where a base says how sure a value is."""
    names = {BARS: view.say("Bars"), PLACES: view.say("Places over {months} months", months=MONTHS), FUNNEL: view.say("Funnel")}  # fmt: skip
    options = [BARS, PLACES, *([FUNNEL] if has_funnel(view.figures, metric) else [])]
    return state.choose(view.say("View"), "chart", options, shown=names.__getitem__, buttons=True, optional=True)


def chosen_view(view: View, way: str, metric: Metric, level: str, rows: pd.DataFrame) -> None:
    """The ranking in the way that `choose_way` gave."""
    if way == PLACES:
        places_view(view, metric, level)
    elif way == FUNNEL:
        funnel_view(view, metric, level)
    else:
        bars_view(view, metric, rows)


def bars_view(view: View, metric: Metric, rows: pd.DataFrame) -> None:
    """The values side by side; `rows` as metrics.ranking gives them."""
    chart = ranking_chart(rows, metric, chosen=view.unit, lang=view.lang, mode=view.mode)
    show(chart, metric.name.to(view.lang), metric.unit.to(view.lang), key="bars", drill=("unit",))


def places_view(view: View, metric: Metric, level: str) -> None:
    """How the places moved over the months."""
    found = places(view.figures, metric.code, view.month, view.period, level, months=MONTHS)
    if found.empty or found["rank"].notna().sum() == 0:
        unknown(view, metric.name.to(view.lang))
        return
    chart = bump_chart(found, metric, chosen=view.unit, lang=view.lang, mode=view.mode)
    show(chart, view.say("Places month by month"), metric.name.to(view.lang), key="places", drill=("unit",))


def funnel_view(view: View, metric: Metric, level: str) -> None:
    """Who differs from all together by more than size explains."""
    found = funnel(view.figures, metric.code, view.month, view.period, level)
    if found.units.empty:
        unknown(view, metric.name.to(view.lang))
        return
    about = view.say(
        "Outside the solid lines (99.8%): {flagged} of {judged}; chance alone would give {expected}. Dotted: 95%. Spread beyond chance: {phi} times", flagged=found.flagged,
        judged=found.judged, expected=numbers.decimal(found.expected_by_chance, 1), phi=numbers.decimal(found.phi, 1),
    )  # fmt: skip
    chart = funnel_chart(
        found.units, found.curve, found.centre, metric, base_title=view.say("Base of the value"), chosen=view.unit, lang=view.lang, mode=view.mode
    )  # fmt: skip
    show(chart, metric.name.to(view.lang), about, key="funnel", drill=("unit",))
