"""The blocks pages are built from: a titled chart, headline figures, the table of one metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from charts import numbers
from charts.compare import compare_dots
from charts.labels import fitted
from charts.line import trend_line
from charts.months import by_month
from charts.ranking import ranking_chart
from charts.theme import alternative, with_picture
from locales import text
from metrics.model.metric import Metric
from metrics.wording.provisional import provisional_in_words
from pages.shared.components.peers import MOST, few, placed, unplaced
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.takeaways import what_it_takes
from pages.shared.components.verdict_icons import goal_css
from pages.shared.session import url_state as state
from pages.shared.session.language import current_language
from pages.shared.session.picture_names import NAMED
from pages.shared.view import View
from pages.shared.wording import labels as words

# Choices that are always made: a second click does not let them go.
FIXED = ("unit", "metric")
WHOLE = 0.999
"""Segments that make up this much of a figure are all of it: sums of amounts round."""
ROOM, HEADING = "room", 74
"""Before a room: the width and height that a block has, in pixels, and what a title and two lines below it take of
it.
"""


def heading(title: str, subtitle: str = "", control: str = "") -> None:
    """A block's title (what it says) and subtitle (what it is); at its end a `control` that the block follows, as
    HTML.
    """
    below = f'<p class="sq-sub">{escape(subtitle)}</p>' if subtitle else ""
    said = f"<h2>{escape(title)}</h2>{below}"
    st.html(f'<div class="sq sq-head"><div>{said}</div>{control}</div>' if control else f'<div class="sq">{said}</div>')


def show(
    figure: Any, title: str, subtitle: str = "", *, key: str, drill: Sequence[str] = (), control: str = ""
) -> None:
    """A chart under its title; with `drill` a click on a bar, a point or a cell makes these choices, of which its
    customdata says what;
    `control` stands beside the title.
    Before a room it is as high as there is room, and still.
    """
    heading(title, subtitle, control)
    unit, *rest = st.session_state.get(NAMED, ("",))
    config, words_ = (
        with_picture(unit, title, *rest, said=text(current_language(), "Save as a picture")),
        alternative(figure) or title,
    )
    # The style sheet knows charts of months by this name.
    key = f"months_{key}" if by_month(figure) else key
    if state.presenting() and ROOM in st.session_state:
        wide, tall = st.session_state[ROOM]
        still = fitted(figure, wide, tall - HEADING)
        st.plotly_chart(still, theme=None, config={"staticPlot": True}, key=key, alt=words_, width="content")
    elif not drill:
        st.plotly_chart(figure, theme=None, config=config, key=key, alt=words_)
    else:
        key = "_".join([key, *(state.read(name) or "" for name in drill)])
        st.plotly_chart(
            figure,
            theme=None,
            config=config,
            key=key,
            alt=words_,
            on_select=partial(_drilled, key, drill),
            selection_mode="points",
        )


def _drilled(key: str, names: Sequence[str]) -> None:
    """Chooses what was clicked; what is chosen already is let go, as far as it can be."""
    for point in st.session_state[key]["selection"]["points"][:1]:
        said = point.get("customdata")
        codes = dict(zip(names, said if isinstance(said, list) else [said], strict=False))
        chosen = {name: str(code) for name, code in codes.items() if code}
        again = [name for name in chosen if name not in FIXED and state.read(name) == chosen[name]]
        if chosen:
            state.take(**chosen | dict.fromkeys(again, ""))


def unknown(view: View, title: str) -> None:
    """In place of a chart: what is missing."""
    heading(title, view.say("No figure for {unit} in this period: not all that it takes is loaded.", unit=view.name))


def partly(view: View, code: str, parts: pd.DataFrame) -> str:
    """What to add where the segments (`parts`: numerator) do not make up the whole of a metric: of how many it is
    known.
    """
    known, total = float(parts["numerator"].sum()), view.row(code).get("numerator")
    if not numbers.known(total) or known >= total * WHOLE:
        return ""
    return view.say("; known of {known} of {total}", known=numbers.decimal(known), total=numbers.decimal(total))


def comparable(metric: Metric) -> bool:
    """Whether the parent's value is on the same scale: a total of a whole province says nothing beside a city's."""
    return metric.denominator is not None or metric.numerator is None


def trend_block(view: View, code: str, *, key: str, height: int = 280, months: int = 36) -> None:
    """One metric's line with its target and the parent's value; nothing for a metric that this version does not
    have.
    """
    if code not in view.metrics:
        return
    metric = view.metrics[code]
    frame = view.trend(code, months=months, period="month")
    if frame.empty or frame["value"].notna().sum() == 0:
        unknown(view, metric.name.to(view.lang))
        return
    figure = view.drawn(
        "trend",
        code,
        height,
        months,
        make=lambda: trend_line(
            frame,
            metric,
            name=view.name,
            lang=view.lang,
            mode=view.mode,
            average=view.average_name if view.above and comparable(metric) else None,
            height=height,
        ),
    )
    about = view.say("By month, {unit}", unit=metric.unit.to(view.lang)) + limits_are(view, frame)
    show(figure, metric.name.to(view.lang), about, key=key)


def limits_are(view: View, frame: pd.DataFrame) -> str:
    """What the thin lines of a control chart and its large dots are; empty where it has none."""
    if "centre" not in frame or frame["centre"].isna().all():
        return ""
    return view.say("; dotted: limits of chance, long dashes: mean, large dots: signals")


def trend_pairs(view: View, *codes: str, height: int = 220, months: int = 36) -> None:
    """Lines of several metrics, two side by side."""
    for start in range(0, len(codes), 2):
        for place, code in zip(st.columns(2, gap="large"), codes[start : start + 2], strict=False):
            with place:
                trend_block(view, code, key=code, height=height, months=months)


def ranking_block(
    view: View, code: str, *, key: str, title: str, level: str | None = None, within: str | None = None
) -> None:
    """One metric's ranking as a chart, with what gains the next place; of `level` inside `within` in place of the
    unit's own peers.

    A unit that has no peers, as a province, is shown by its parts.
    """
    if code not in view.metrics:
        return
    metric = view.metrics[code]
    if level is None and view.alone and (below := view.level_below()):
        level, within, title = below, view.unit, view.say("Inside the unit")
    rows = view.ranking(code, level, within)
    if rows.empty or rows["value"].notna().sum() == 0:
        unknown(view, title)
        return
    unit, control, shown = words.unit_of(metric, view.lang), "", ""
    if len(rows) > MOST or state.presenting():
        short, known = few(rows, view.unit), int(rows["value"].notna().sum())
        if len(short) < known:
            shown = view.say("{shown} of {count} units, with their places", shown=len(short), count=known)
            there = view.address("rankings", metric=code, level=level or view.organisation.level(view.unit) or "")
            control = f'<a href="{escape(there)}">{escape(view.say("Rankings"))}</a>'
            short = placed(short)
        rows = short
    rows = unplaced(rows, view.lang)
    steps = what_it_takes(view, view.row(code), metric) if level is None else ""
    chart = view.drawn(
        "ranking",
        code,
        level,
        within,
        len(rows),
        make=lambda: ranking_chart(rows, metric, chosen=view.unit, lang=view.lang, mode=view.mode),
    )
    show(
        chart,
        title,
        " · ".join(part for part in (metric.name.to(view.lang), unit, steps, shown, whiskers(view, rows)) if part),
        key=key,
        drill=("unit",),
        control="" if state.presenting() else control,
    )


def whiskers(view: View, rows: pd.DataFrame) -> str:
    """What the thin lines across a ranking's values are; empty where it has none."""
    return view.say("Whiskers: 95% intervals") if rows["low"].notna().any() else ""


def months_table(view: View, frame: pd.DataFrame, metric: Metric) -> None:
    """A trend as a table, newest month first."""
    st.html(view.drawn("months", metric.code, len(frame), make=lambda: _months_table(view, frame, metric)))


def _months_table(view: View, frame: pd.DataFrame, metric: Metric) -> str:
    _ = view.say
    headers = [
        Cell(_("Month") if view.period == "month" else _("To the month of")),
        *(
            Cell(title, "num sq-long" if title == view.average_name else "num")
            for title in (
                _("Value"),
                _("Target"),
                _("Attainment"),
                _("Place"),
                _("On the period before"),
                _("On the year before"),
                view.average_name,
            )
        ),
    ]
    rows: list[Sequence[Cell]] = [
        [
            Cell(row["month"], "sq-whole", note=provisional_in_words(row, view.lang)),
            Cell(view.value(row["value"], metric), "num"),
            Cell(view.value(row["target"], metric), "num quiet"),
            Cell(numbers.attainment(row["attainment"]), f"num {goal_css(row)}"),
            Cell(numbers.place(row["rank"], row["peers"], view.lang), "num"),
            Cell(view.change(row["mom"], metric), "num"),
            Cell(view.change(row["yoy"], metric), "num"),
            Cell(view.value(row["peer_average"], metric), "num quiet"),
        ]
        for row in frame.iloc[::-1].to_dict("records")
    ]
    return table(headers, [Group(rows)])


def named(mapping: Mapping[str, str], code: object) -> str:
    """The word for a code; the code itself where there is none."""
    return mapping.get(str(code), str(code))


def compare_block(view: View, codes: Sequence[str], *, title: str, key: str, subtitle: str = "") -> None:
    """Several metrics of one unit, each against the parent's value and its target."""
    known = [code for code in codes if code in view.metrics and numbers.known(view.row(code).get("value"))]
    if not known:
        unknown(view, title)
        return
    rows = view.card.loc[known]
    frame = pd.DataFrame(
        {
            "label": [view.metrics[code].name.to(view.lang) for code in known],
            "value": rows["value"].to_list(),
            "average": rows["peer_average"].to_list(),
            "target": rows["target"].to_list(),
            "low": rows["low"].to_list(),
            "high": rows["high"].to_list(),
            "form": [view.metrics[code].format for code in known],
            "decimals": [view.metrics[code].decimals for code in known],
        }
    )
    form = view.metrics[known[0]].format
    decimals = max(view.metrics[code].decimals for code in known)
    figure = view.drawn(
        "compare",
        *known,
        make=lambda: compare_dots(
            frame,
            name=view.name,
            average=view.average_name,
            form=form,
            decimals=decimals,
            lang=view.lang,
            mode=view.mode,
        ),
    )
    show(figure, title, subtitle, key=key)
