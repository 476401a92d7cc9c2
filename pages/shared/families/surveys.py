"""Surveys of the same peers: one against another, how steady the halls are, the quarters passed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import numbers
from charts.scatter import scatter_chart
from metrics.analyses.series import moving_ranges
from pages.shared import view
from pages.shared.cache.results import scorecard_of
from pages.shared.components.charts import block_heading, explain_missing, show_chart
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.values import value_words


def survey_scatter(selection: Selection, across: str, up: str, title: str) -> None:
    """Two surveys of the same peers: whoever is good in one and bad in the other is worth a question."""
    if across not in view.metrics(selection) or up not in view.metrics(selection):
        return
    level = view.organisation(selection).level(selection.unit)
    sides = [view.ranking(selection, code, level).set_index("unit") for code in (across, up)]
    both = pd.DataFrame({"name": sides[0]["name"], "x": sides[0]["value"], "y": sides[1]["value"]}).dropna(
        subset=["x", "y"]
    )
    if len(both) < 2:
        explain_missing(selection, title)
        return
    x, y = view.metrics(selection)[across], view.metrics(selection)[up]
    chart = view.cached(
        selection,
        "scatter",
        across,
        up,
        make=lambda: scatter_chart(
            both.rename_axis("unit").reset_index(),
            x_title=x.name.to(selection.lang),
            y_title=y.name.to(selection.lang),
            forms=(x.format, y.format),
            chosen=selection.unit,
            lang=selection.lang,
            mode=selection.mode,
        ),
    )
    show_chart(
        chart,
        title,
        selection.say("Each point is one of the peers; dashed: their medians"),
        key=f"scatter_{across}",
        drill=("unit",),
    )


def hall_stability(selection: Selection, code: str, title: str) -> None:
    """Where the lowest units of all stand, and how far they wander from month to month."""
    levels = view.organisation(selection).levels()
    bottom = levels[-1] if levels else None
    below = view.organisation(selection).at_level(bottom, selection.unit) if bottom else []
    if code not in view.metrics(selection) or len(below) < 2:
        return
    metric = view.metrics(selection)[code]
    found = view.cached(
        selection,
        "stability",
        "figures",
        code,
        make=lambda: moving_ranges(view.figures(selection), code, below, selection.month),
    )
    found = found.rename(columns={"value": "x", "moving_range": "y"})
    if found[["x", "y"]].dropna().empty:
        explain_missing(selection, title)
        return
    chart = view.cached(
        selection,
        "stability",
        code,
        make=lambda: scatter_chart(
            found,
            x_title=metric.name.to(selection.lang),
            y_title=selection.say("Mean step from month to month"),
            forms=(metric.format, metric.format),
            chosen=selection.unit,
            lang=selection.lang,
            mode=selection.mode,
        ),
    )
    about = selection.say(
        "{count} {level}, last 13 months: to the right the better, below the steadier",
        count=len(found),
        level=labels.level_name(bottom, selection.lang),
    )
    show_chart(chart, title, about, key="stability", drill=("unit",))


def quarters_block(selection: Selection, code: str, title: str) -> None:
    """The composite of each quarter of the year, and whether it passed."""
    metric, mark = (
        view.metrics(selection).get(code),
        next((one.pass_mark for one in view.metrics(selection).values() if one.quarters_of == code), None),
    )
    if metric is None or mark is None:
        return
    year, month = int(selection.month[:4]), int(selection.month[5:])
    ends = [f"{year}-{min(last, month):02d}" for last in (3, 6, 9, 12) if last - 2 <= month]
    cards = [
        scorecard_of(selection.home, selection.version, selection.unit, end, "quarter", selection.lang).set_index(
            "metric"
        )
        for end in ends
    ]
    codes = [code, *(part.metric for part in metric.components)]
    headers = [
        Cell(selection.say("Quarter")),
        *(Cell(view.metrics(selection)[one].name.to(selection.lang), "num") for one in codes),
        Cell(selection.say("Passed"), "mid"),
    ]
    rows = []
    for number, card in enumerate(cards, start=1):
        values = card["value"].astype(float).to_dict()
        score = values[code]
        passed = (
            numbers.MISSING
            if not numbers.is_known(score)
            else selection.say("yes")
            if score >= mark
            else selection.say("no")
        )
        name = labels.span(ends[number - 1], "quarter", selection.lang)
        css = "" if not numbers.is_known(score) else "better" if score >= mark else "worse"
        shown = [Cell(value_words(selection, values[one], view.metrics(selection)[one]), "num") for one in codes]
        rows.append([Cell(name, "sq-whole"), *shown, Cell(passed, f"mid {css}")])
    block_heading(title, selection.say("Passed from {mark} on", mark=numbers.format_decimal(mark, 1)))
    st.html(html_table(headers, [RowGroup(rows)]))
