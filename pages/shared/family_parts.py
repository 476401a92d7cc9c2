"""The blocks of single families: categories by unit, surveys against each other, quarters of the halls, cohorts, units at risk."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from charts import numbers
from charts.cohorts import cohort_chart
from charts.line import trend_line
from charts.mix import mix_chart
from charts.pareto import pareto_chart
from charts.ranking import ranking_chart
from charts.scatter import scatter_chart
from charts.waterfall import waterfall_chart
from locales import Text
from metrics.attainment import missed
from metrics.cohorts import cohort_curves, losses
from metrics.metric import Metric
from metrics.scorecard import scorecard
from metrics.segments import matrix_of_segments, series_of_segments
from metrics.stability import stability
from pages.shared import state, words
from pages.shared.blocks import heading, partly, show, unknown
from pages.shared.segment_table import FINER
from pages.shared.tables import Cell, Group, table
from pages.shared.verdicts import goal_css
from pages.shared.view import View

AT_RISK = 8


def segments_pareto(view: View, code: str, kind: str, title: str, *, choose: bool = False) -> None:
    """The segments of a count with their change on the period before; with `choose` a click on a bar chooses its segment, a second lets it go."""
    parts = view.segments(code, kind)
    if parts.empty:
        unknown(view, title)
        return
    parts = parts.assign(label=[words.segment(one, view.lang) for one in parts["segment"]], value=parts["numerator"], before=parts["numerator_before"])  # fmt: skip
    span = view.span
    about = view.say("{span}; in brackets the change on the same months of the year before", span=span) if view.period == "ytd" else view.say("{span}; in brackets the change on the period before", span=span)  # fmt: skip
    about += partly(view, code, parts)
    about += view.say("; a click on a bar shows it alone") if choose else ""
    chosen = state.read(kind) if choose else None
    show(
        view.drawn(
            "pareto", code, kind, chosen, make=lambda: pareto_chart(parts, lang=view.lang, mode=view.mode, most=9, chosen=chosen)
        ),
        title,
        about,
        key=f"pareto_{kind}",
        drill=(kind,) if choose else (),
    )  # fmt: skip


def chosen_segment(view: View, code: str, kind: str) -> None:
    """The segment that was chosen, alone: month by month, and by unit; nothing where none is."""
    segment = state.read(kind)
    if not segment:
        state.forget(kind)
        return
    months = series_of_segments(view.figures, code, view.unit, view.month, kind, 36)
    mine = months[months["segment"] == segment]
    if mine.empty:
        return
    state.write(**{kind: segment})
    name, metric = words.segment(segment, view.lang), view.metrics[code]
    everything = sorted(months["month"].unique())
    counts = dict(zip(mine["month"], mine["value"], strict=True))
    frame = pd.DataFrame({"month": everything, "value": [counts.get(month) for month in everything], "target": None})
    counted = replace(metric, denominator=None, format="count", decimals=0, unit=Text("complaints", "件", "件"))
    heading(view.say("{segment} alone", segment=name))
    left, right = st.columns([3, 2], gap="large")
    with left:
        figure = trend_line(frame, counted, name=name, lang=view.lang, mode=view.mode, height=240)
        show(figure, view.say("{segment}, month by month", segment=name), view.say("Complaints received, {unit}", unit=view.name), key="chosen_months")  # fmt: skip
    with right:
        level = view.level_below()
        rows = view.ranking(code, level, view.unit if level else view.above)
        cells = matrix_of_segments(view.figures, code, list(rows["unit"]), view.month, view.period, kind)
        cells = cells[(cells["segment"] == segment) & cells["value"].notna()].assign(target=None)
        better = cells.sort_values("value", ignore_index=True)
        better = better.assign(
            name=[view.organisation.name(one) for one in better["unit"]], rank=range(1, len(better) + 1)
        )
        if len(better):
            chart = ranking_chart(
                better,
                replace(metric, decimals=max(metric.decimals, FINER)),
                chosen=view.unit,
                lang=view.lang,
                mode=view.mode,
            )
            show(chart, view.say("{segment}, by unit", segment=name), metric.unit.to(view.lang), key="chosen_units", drill=("unit",))  # fmt: skip
    tickets, all_of_them, _rest = st.columns([2, 2, 3])
    with tickets:
        st.html(f'<p class="sq"><a href="{escape(view.address("metric", metric=code, category=segment))}" target="_self" data-block="below">{escape(view.say("The complaints themselves"))}</a></p>')  # fmt: skip
    with all_of_them:
        st.button(
            view.say("Show all again"), on_click=state.forget, args=(kind,), key=f"all_{kind}", icon=":material/close:"
        )


def survey_against_survey(view: View, across: str, up: str, title: str) -> None:
    """Two surveys of the same peers: whoever is good in one and bad in the other is worth a question."""
    if across not in view.metrics or up not in view.metrics:
        return
    level = view.organisation.level(view.unit)
    sides = [view.ranking(code, level).set_index("unit") for code in (across, up)]  # fmt: skip
    both = pd.DataFrame({"name": sides[0]["name"], "x": sides[0]["value"], "y": sides[1]["value"]}).dropna(subset=["x", "y"])  # fmt: skip
    if len(both) < 2:
        unknown(view, title)
        return
    x, y = view.metrics[across], view.metrics[up]
    chart = view.drawn("scatter", across, up, make=lambda: scatter_chart(
        both.rename_axis("unit").reset_index(), x_title=x.name.to(view.lang), y_title=y.name.to(view.lang), forms=(x.format, y.format), chosen=view.unit,
        lang=view.lang, mode=view.mode,
    ))  # fmt: skip
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
    found = view.drawn("stability", "figures", code, make=lambda: stability(view.figures, code, below, view.month))
    found = found.rename(columns={"value": "x", "moving_range": "y"})
    if found[["x", "y"]].dropna().empty:
        unknown(view, title)
        return
    chart = view.drawn("stability", code, make=lambda: scatter_chart(
        found, x_title=metric.name.to(view.lang), y_title=view.say("Mean step from month to month"), forms=(metric.format, metric.format), chosen=view.unit,
        lang=view.lang, mode=view.mode,
    ))  # fmt: skip
    about = view.say("{count} {level}, last 13 months: to the right the better, below the steadier", count=len(found), level=words.level(bottom, view.lang))  # fmt: skip
    show(chart, title, about, key="stability", drill=("unit",))


def quarters(view: View, code: str, title: str) -> None:
    """The composite of each quarter of the year, and whether it passed."""
    metric, mark = view.metrics.get(code), next((one.pass_mark for one in view.metrics.values() if one.quarters_of == code), None)  # fmt: skip
    if metric is None or mark is None:
        return
    year, month = int(view.month[:4]), int(view.month[5:])
    ends = [f"{year}-{min(last, month):02d}" for last in (3, 6, 9, 12) if last - 2 <= month]
    cards = [
        scorecard(view.figures, view.unit, end, period="quarter", lang=view.lang).set_index("metric") for end in ends
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
        passed = "–" if not numbers.known(score) else view.say("yes") if score >= mark else view.say("no")
        css = "" if not numbers.known(score) else "better" if score >= mark else "worse"
        shown = [Cell(view.value(values[one], view.metrics[one]), "num") for one in codes]
        rows.append([Cell(f"{year} Q{number}"), *shown, Cell(passed, f"mid {css}")])
    heading(title, view.say("Passed from {mark} on", mark=numbers.decimal(mark, 1)))
    st.html(table(headers, [Group(rows)]))


def cohorts(view: View, title: str) -> None:
    """Each snapshot's customers, month by month."""
    found = view.drawn("cohorts", "figures", make=lambda: cohort_curves(view.figures, view.unit, view.month))
    if found.empty:
        unknown(view, title)
        return
    chart = view.drawn("cohorts", make=lambda: cohort_chart(found, x_title=view.say("Months since the snapshot"), lang=view.lang, mode=view.mode))  # fmt: skip
    show(chart, title, view.say("Share of the snapshot's customers still there"), key="cohorts")


def what_became(view: View, title: str) -> None:
    """From the snapshot to those retained."""
    found = view.drawn("losses", "figures", make=lambda: losses(view.figures, view.unit, view.month))
    if found is None:
        unknown(view, title)
        return
    steps = [(view.say("Snapshot"), found.snapshot), (view.say("Left"), -found.left)]
    about, end = view.say("Customers, {month}", month=view.month), view.say("Retained")
    if found.lost_are_retained:
        # The export counts those of lower value among the retained: they come off last.
        about = view.say("Customers, {month}; of {count} retained some spend less", month=view.month, count=numbers.decimal(found.retained))  # fmt: skip
        end = view.say("Retained at full value")
    steps.append((view.say("Value lost"), -found.value_lost))
    if not found.lost_are_retained and abs(found.other) >= 1:
        steps.append((view.say("Not explained"), -found.other))
    chart = view.drawn("losses", make=lambda: waterfall_chart(steps, end, lang=view.lang, mode=view.mode))
    show(chart, title, about, key="losses")


def units_at_risk(view: View, code: str, title: str) -> None:
    """The parts of the unit (else its peers) that give most cause for concern: signals for the worse first, then those below target."""
    metric, level = view.metrics[code], view.level_below()
    rows = view.ranking(code, level, view.unit if level else view.above)
    rows = rows[rows["value"].notna()]
    if rows.empty:
        unknown(view, title)
        return
    order = rows.assign(worse=rows["variation"] == "concerning", missed=missed(rows["attainment"])).sort_values(["worse", "missed", "attainment"], ascending=[False, False, True])  # fmt: skip
    risky = order[order["worse"] | order["missed"]].head(AT_RISK)
    heading(title, view.say("{count} of {total} fall short of the target or signal a change for the worse", count=int((order["worse"] | order["missed"]).sum()), total=len(rows)))  # fmt: skip
    said = risky["verdict"].map(bool).any()
    headers = [
        Cell(view.say("Unit")),
        Cell(view.say("Value"), "num"),
        Cell(view.say("Attainment"), "num"),
        Cell(view.say("Customers"), "num"),
        *([Cell(view.say("Verdict"))] if said else []),
    ]
    lines = [
        [
            Cell(str(row["name"]), "sq-unit", link=view.address("metric", unit=str(row["unit"]), metric=code)), Cell(view.value(row["value"], metric), "num"),
            Cell(numbers.attainment(row["attainment"]), f"num {goal_css(row)}"), Cell(numbers.decimal(row["denominator"]), "num quiet"), *([Cell(str(row["verdict"] or ""), "small")] if said else []),
        ]
        for row in risky.to_dict("records")
    ]  # fmt: skip
    if lines:
        st.html(table(headers, [Group(lines)]))


def channel_mix(view: View, metric: Metric, own: tuple[str, ...], staffed: tuple[str, ...]) -> None:
    """The channels of a count over two years, those in which customers serve themselves in colour."""
    channels = view.drawn("mix", "figures", metric.code, make=lambda: series_of_segments(view.figures, metric.code, view.unit, view.month, "channel", 24))  # fmt: skip
    title, about = view.say("Recharges by channel"), view.say("Share of transactions, self-service channels in colour")
    if not len(channels) or not channels["value"].sum():
        unknown(view, title)
        return
    names = {code: words.segment(code, view.lang) for code in channels["segment"].unique()}
    chart = view.drawn("mix", metric.code, make=lambda: mix_chart(channels, names=names, order=(*own, *staffed), accented=own, lang=view.lang, mode=view.mode))  # fmt: skip
    show(chart, title, about, key="mix")


def functions_used(view: View, code: str, title: str) -> None:
    """The segments of a count by function, those without a share of their own by what they are a part of."""
    found = view.segments(code, "function")
    if found.empty:
        unknown(view, title)
        return
    found = found.assign(label=[words.segment(one, view.lang) for one in found["segment"]], value=found["denominator"].fillna(found["numerator"]))  # fmt: skip
    chart = view.drawn("functions", code, make=lambda: pareto_chart(found, lang=view.lang, mode=view.mode))
    show(chart, title, view.span, key="functions")
