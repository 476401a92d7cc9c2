"""Surveys of the same peers: one against another, how steady the halls are, the quarters passed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import numbers
from charts.scatter import scatter_chart
from metrics.analyses.series import moving_ranges
from pages.shared.cache.results import scorecard_of
from pages.shared.components.charts import heading, show, unknown
from pages.shared.components.tables import Cell, Group, table
from pages.shared.view import View
from pages.shared.wording import labels as words


def survey_against_survey(view: View, across: str, up: str, title: str) -> None:
    """Two surveys of the same peers: whoever is good in one and bad in the other is worth a question."""
    if across not in view.metrics or up not in view.metrics:
        return
    level = view.organisation.level(view.unit)
    sides = [view.ranking(code, level).set_index("unit") for code in (across, up)]
    both = pd.DataFrame({"name": sides[0]["name"], "x": sides[0]["value"], "y": sides[1]["value"]}).dropna(
        subset=["x", "y"]
    )
    if len(both) < 2:
        unknown(view, title)
        return
    x, y = view.metrics[across], view.metrics[up]
    chart = view.drawn(
        "scatter",
        across,
        up,
        make=lambda: scatter_chart(
            both.rename_axis("unit").reset_index(),
            x_title=x.name.to(view.lang),
            y_title=y.name.to(view.lang),
            forms=(x.format, y.format),
            chosen=view.unit,
            lang=view.lang,
            mode=view.mode,
        ),
    )
    show(
        chart,
        title,
        view.say("Each point is one of the peers; dashed: their medians"),
        key=f"scatter_{across}",
        drill=("unit",),
    )


def stable_halls(view: View, code: str, title: str) -> None:
    """Where the lowest units of all stand, and how far they wander from month to month."""
    levels = view.organisation.levels()
    bottom = levels[-1] if levels else None
    below = view.organisation.at_level(bottom, view.unit) if bottom else []
    if code not in view.metrics or len(below) < 2:
        return
    metric = view.metrics[code]
    found = view.drawn("stability", "figures", code, make=lambda: moving_ranges(view.figures, code, below, view.month))
    found = found.rename(columns={"value": "x", "moving_range": "y"})
    if found[["x", "y"]].dropna().empty:
        unknown(view, title)
        return
    chart = view.drawn(
        "stability",
        code,
        make=lambda: scatter_chart(
            found,
            x_title=metric.name.to(view.lang),
            y_title=view.say("Mean step from month to month"),
            forms=(metric.format, metric.format),
            chosen=view.unit,
            lang=view.lang,
            mode=view.mode,
        ),
    )
    about = view.say(
        "{count} {level}, last 13 months: to the right the better, below the steadier",
        count=len(found),
        level=words.level(bottom, view.lang),
    )
    show(chart, title, about, key="stability", drill=("unit",))


def quarters(view: View, code: str, title: str) -> None:
    """The composite of each quarter of the year, and whether it passed."""
    metric, mark = (
        view.metrics.get(code),
        next((one.pass_mark for one in view.metrics.values() if one.quarters_of == code), None),
    )
    if metric is None or mark is None:
        return
    year, month = int(view.month[:4]), int(view.month[5:])
    ends = [f"{year}-{min(last, month):02d}" for last in (3, 6, 9, 12) if last - 2 <= month]
    cards = [
        scorecard_of(str(view.home.path), view.version, view.unit, end, "quarter", view.lang).set_index("metric")
        for end in ends
    ]
    codes = [code, *(part.metric for part in metric.components)]
    headers = [
        Cell(view.say("Quarter")),
        *(Cell(view.metrics[one].name.to(view.lang), "num") for one in codes),
        Cell(view.say("Passed"), "mid"),
    ]
    rows = []
    for number, card in enumerate(cards, start=1):
        values = card["value"].astype(float).to_dict()
        score = values[code]
        passed = numbers.MISSING if not numbers.known(score) else view.say("yes") if score >= mark else view.say("no")
        name = words.span(ends[number - 1], "quarter", view.lang)
        css = "" if not numbers.known(score) else "better" if score >= mark else "worse"
        shown = [Cell(view.value(values[one], view.metrics[one]), "num") for one in codes]
        rows.append([Cell(name, "sq-whole"), *shown, Cell(passed, f"mid {css}")])
    heading(title, view.say("Passed from {mark} on", mark=numbers.decimal(mark, 1)))
    st.html(table(headers, [Group(rows)]))
