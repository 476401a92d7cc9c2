"""The Overview's scorecard: every metric of a unit as a row of a real table; a click anywhere on a row opens the
metric.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st

from charts import numbers
from charts.sparkline import sparkline
from charts.svg_sprite import Sheet
from charts.target_bar import target_bar
from metrics.assessment.control_chart import ControlCharts
from metrics.definitions import all_families
from metrics.model.metric import Metric
from metrics.statistics.attainment import misses_target
from metrics.statistics.xmr import COMMON
from metrics.wording.completeness import lacks_units, months_in_words, units_in_words
from metrics.wording.provisional import verdict_in_words
from pages.shared.components import verdict_icons as verdicts
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.takeaways import incomplete
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import labels as words

MONTHS = 13
SHOWN = ("all", "signals", "off_target")
SORTED = ("catalogue", "pressing", "attainment", "place", "change")
GROUPED = ("family", "verdict", "none")
INCOMPLETE = "*"
"""Beside a value that not all months or units stand behind; its hint says which."""
Row = dict[str, Any]


def choose_rows(view: View) -> tuple[str, str, str]:
    """(shown, sorted, grouped): three choices above the table."""
    say = view.say
    names = {
        "all": say("All metrics"),
        "signals": say("Only signals"),
        "off_target": say("Only off target"),
        "catalogue": say("Sort: by subject"),
        "pressing": say("Sort: most pressing first"),
        "attainment": say("Sort: attainment"),
        "place": say("Sort: place"),
        "change": say("Sort: largest change"),
        "family": say("Group: family"),
        "verdict": say("Group: verdict"),
        "none": say("No groups"),
    }
    shown, rows = state.choice(say("Rows"), "rows", SHOWN, shown=names.__getitem__, buttons=True, optional=True)
    order, sort = state.choice(say("Sort"), "sort", SORTED, shown=names.__getitem__, optional=True)
    groups, group = state.choice(say("Group"), "group", GROUPED, shown=names.__getitem__, optional=True)
    with st.container(key="choices"):
        st.html(f'<div class="sq sq-bar">{rows}<i></i>{sort}{group}</div>')
    return shown, order, groups


def scorecard_table(
    view: View, shown: str = "all", order: str = "catalogue", grouped: str = "family", most: int | None = None
) -> str:
    """The table as HTML; metrics without a value and a target are left out, and those beyond the first `most`."""
    _ = view.say
    rows = sorted_rows(
        view,
        [row for metric in view.metrics.values() if has(row := view.row(metric.code)) and wanted(row, shown)],
        order,
    )[:most]
    headers = [
        Cell(_("Metric")),
        Cell(_("Value"), "num"),
        Cell(_("Target"), "num"),
        Cell(_("Attainment"), "num"),
        Cell("", hint=_("The tick is 100 %")),
        Cell(_("Place"), "num"),
        Cell("", "mid", hint=_("Places gained or lost since the period before")),
        Cell(_("Range"), "mid", hint=_("The places that chance leaves open")),
        Cell(words.before(view.period, view.lang), "num", hint=_("Against the period before")),
        Cell(_("YoY"), "num", hint=_("Against the same period a year before")),
        Cell(
            _("Last {count} months", count=MONTHS),
            "mid",
            hint=_("The band holds the months that vary as usual; the dashes are the target"),
        ),
        Cell(_("Verdict"), hint=_("What the control chart says of the last month, and of the target")),
    ]
    if not rows:
        nothing = _("No metric is a signal in this month.") if shown == "signals" else _("No metric misses its target.")
        return table(headers, [Group([[Cell(nothing, "quiet"), *(Cell() for _ in headers[1:])]])])
    control = view.control()
    places = {code: place for place, code in enumerate(view.metrics)}
    sheet = Sheet()
    groups = [
        Group([line(view, row, control, places[row["metric"]], sheet) for row in part], title)
        for title, part in grouped_rows(view, rows, grouped)
    ]
    return sheet.around(table(headers, groups, css="sq-rows"))


def most_of(view: View, most: int) -> str:
    """How many of the rows the first `most` are; empty where they are all."""
    count = sum(has(view.row(code)) for code in view.metrics)
    return (
        view.say("{shown} of {count} metrics, the most pressing first", shown=most, count=count) if count > most else ""
    )


def has(row: Row) -> bool:
    """Whether the metric is worth a line: a value now, or a target to miss."""
    return numbers.known(row.get("value")) or numbers.known(row.get("target"))


def wanted(row: Row, shown: str) -> bool:
    """Whether a filter lets the row pass."""
    if shown == "signals":
        return row.get("signal") == "signal"
    if shown == "off_target":
        return numbers.known(row.get("attainment")) and misses_target(row["attainment"])
    return True


def sorted_rows(view: View, rows: Sequence[Row], order: str) -> list[Row]:
    """`rows` in the order asked for; what is not known comes last."""
    last = float("inf")
    pressing = {
        row["metric"]: place
        for place, row in enumerate(
            (*view.attention.weak_spots.to_dict("records"), *view.attention.early_warnings.to_dict("records"))
        )
    }

    def key(row: Row) -> float:
        found: float | None = {
            "pressing": float(pressing.get(row["metric"], len(rows))),
            "attainment": row["attainment"],
            "place": (row["rank"] - 1) / max(row["peers"] - 1, 1)
            if numbers.known(row["rank"]) and row["peers"] > 1 and not row["total"]
            else None,
            "change": -abs(row[view.change_name()]) if numbers.known(row[view.change_name()]) else None,
        }.get(order, 0.0)
        return found if numbers.known(found) else last

    return sorted(rows, key=key)


def grouped_rows(view: View, rows: Sequence[Row], grouped: str) -> list[tuple[str, list[Row]]]:
    """(title, rows) of each group that has rows."""
    if grouped == "none":
        return [("", list(rows))]
    if grouped == "verdict":
        titles = {
            "worse": view.say("Signals for the worse"),
            "missed": view.say("Short of target"),
            "better": view.say("Signals for the better"),
            "noise": view.say("Usual variation"),
            "little": view.say("Too little data to judge"),
        }
        found = [(title, [row for row in rows if group_of(row) == code]) for code, title in titles.items()]
    else:
        found = [
            (family.name.to(view.lang), [row for row in rows if row["family"] == family.code])
            for family in sorted(all_families(), key=lambda family: family.order)
        ]
    return [(title, part) for title, part in found if part]


def group_of(row: Row) -> str:
    """The verdict group of a row."""
    turn = verdicts.css(row)
    if turn == "worse":
        return turn
    if wanted(row, "off_target"):
        return "missed"
    if turn == "better":
        return turn
    return "noise" if row.get("signal") in ("noise", "signal") else "little"


def line(view: View, row: Row, control: ControlCharts, place: int, sheet: Sheet) -> list[Cell]:
    """One metric's cells; their pictures stand on `sheet`."""
    metric = view.metrics[row["metric"]]
    say, name = view.say, metric.name.to(view.lang)
    ranked = numbers.known(row["rank"]) and row["peers"] > 1
    lacking = units_in_words(row, view.lang) or incomplete(view, row, metric)
    why = lacking if numbers.known(row["value"]) else say("Not known for this unit and period")
    unplaced = (
        months_in_words(row, view.lang)
        or (metric.total and units_in_words(row, view.lang))
        or say("No peers to compare with")
    )
    aimed = (
        say("No target is loaded")
        if not numbers.known(row["target"])
        else say("Default target: none is loaded")
        if row["target_default"]
        else ""
    )
    reached = numbers.attainment(row["attainment"], 0)
    bar = sheet.picture(target_bar(row["attainment"], view.colours, width=62), reached)
    return [
        Cell(
            name,
            "sq-name",
            link=view.address("metric", metric=metric.code),
            hint=metric.meaning.to(view.lang),
            note="" if metric.format in numbers.POINTS else words.unit_of(metric, view.lang),
        ),
        Cell(
            view.value(row["value"], metric),
            "num strong",
            hint=say("reported") if row["reported"] is True else why,
            note=INCOMPLETE if lacking and numbers.known(row["value"]) else "",
        ),
        Cell(view.value(row["target"], metric), "num quiet", hint=aimed),
        Cell(
            numbers.attainment(row["attainment"], 0), f"num {verdicts.goal_css(row)}", hint=verdicts.assured(view, row)
        ),
        Cell(image=bar),
        Cell(
            view.place(row) or numbers.MISSING,
            "num",
            hint=(say("By size, not by quality") if metric.total else "") if ranked else unplaced,
        ),
        Cell(numbers.movement(row["rank_change"]) if ranked else "", "mid quiet small"),
        Cell(plausible(row) if ranked else "", "mid quiet small"),
        Cell(view.change(row["mom"], metric), "num"),
        Cell(view.change(row["yoy"], metric), "num"),
        Cell(css="mid", image=picture(view, row, metric, control, place, sheet)),
        Cell(
            short(view, row),
            f"sq-verdict {verdicts.css(row) or 'quiet'}",
            hint=verdict_in_words(row, view.lang),
            before=verdicts.icons(view, row, metric, sheet),
        ),
    ]


def plausible(row: Row) -> str:
    """The plausible places; empty where nothing is known."""
    low, high = row.get("rank_low"), row.get("rank_high")
    if not numbers.known(low) or not numbers.known(high):
        return ""
    return f"{int(low)}–{int(high)}" if low != high else f"{int(low)}"


def short(view: View, row: Row) -> str:
    """One word beside the icons."""
    if row.get("provisional_until"):
        return view.say("provisional")
    if row.get("signal") == "too_little_data":
        return view.say("incomplete") if row["total"] and lacks_units(row) else view.say("little data")
    turn = {
        "improving": view.say("better"),
        "concerning": view.say("worse"),
        "neither_high": view.say("higher"),
        "neither_low": view.say("lower"),
    }
    return turn.get(str(row.get("variation")), "") if row.get("signal") == "signal" else ""


def picture(view: View, row: Row, metric: Metric, control: ControlCharts, place: int, sheet: Sheet) -> str:
    """The sparkline of single months with the limits as a band."""
    months = slice(-MONTHS, None)
    target = row["monthly_target"] if numbers.known(row["monthly_target"]) else None
    values = listed(control.value[place, months])
    judged = row.get("signal") in ("signal", "noise")
    lower, upper = (listed(side[place, months]) if judged else [] for side in (control.lower, control.upper))
    turn = verdicts.css(row) if control.point_type[place, -1:].max(initial=0) > COMMON else ""
    paint = {"better": view.colours.better, "worse": view.colours.worse}.get(turn, "")
    label = f"{metric.name.to(view.lang)}: {', '.join(view.value(value, metric) for value in values)}"
    return sheet.picture(
        sparkline(values, view.colours, target=target, lower=lower, upper=upper, paint=paint, width=112), label
    )


def listed(values: np.ndarray) -> list[float | None]:
    return [None if value != value else float(value) for value in values]
