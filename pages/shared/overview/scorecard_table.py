"""The Overview's scorecard: every metric of a unit as a row of a real table.

A click anywhere on a row opens the metric.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from charts import numbers
from charts.sparkline import sparkline
from charts.svg_sprite import SvgSprite
from charts.target_bar import target_bar
from metrics.assessment.expected_paths import ExpectedPaths
from metrics.definitions import all_families
from metrics.model.metric import Metric
from metrics.model.record import Record, records_of
from metrics.wording.attainment import attainment_in_words
from metrics.wording.completeness import lacks_units, months_in_words, units_in_words
from metrics.wording.provisional import verdict_in_words
from pages.shared import view
from pages.shared.components import verdict_icons
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.takeaways import incomplete_note
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.values import change_column, change_words, rank_words, value_words

MONTHS = 13
SHOWN = ("all", "signals", "off_target")
SORTED = ("catalogue", "pressing", "attainment", "place", "change")
GROUPED = ("family", "verdict", "none")
INCOMPLETE = "*"
"""Beside a value that not all months or units stand behind; its hint says which."""


def choose_rows(selection: Selection) -> tuple[str, str, str]:
    """(shown, sorted, grouped): three choices above the table."""
    say = selection.say
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
    shown, rows = url_state.choice_control(
        say("Rows"), "rows", SHOWN, shown=names.__getitem__, buttons=True, optional=True
    )
    order, sort = url_state.choice_control(say("Sort"), "sort", SORTED, shown=names.__getitem__, optional=True)
    groups, group = url_state.choice_control(say("Group"), "group", GROUPED, shown=names.__getitem__, optional=True)
    with st.container(key="choices"):
        st.html(f'<div class="sq sq-bar">{rows}<i></i>{sort}{group}</div>')
    return shown, order, groups


def scorecard_table(
    selection: Selection, shown: str = "all", order: str = "catalogue", grouped: str = "family", most: int | None = None
) -> str:
    """The table as HTML; metrics without a value and a target are left out, and those beyond the first `most`."""
    _ = selection.say
    rows = sort_rows(
        selection,
        [
            row
            for metric in view.metrics(selection).values()
            if has_figure(row := view.row(selection, metric.code)) and passes_filter(row, shown)
        ],
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
        Cell(labels.change_column_title(selection.period, selection.lang), "num", hint=_("Against the period before")),
        Cell(_("YoY"), "num", hint=_("Against the same period a year before")),
        Cell(
            _("Last {count} months", count=MONTHS),
            "mid",
            hint=_("The band holds the months that vary as usual; the dashes are the target"),
        ),
        Cell(_("Verdict"), hint=_("What the expected path says of the last month, and how often the target was met")),
    ]
    if not rows:
        nothing = _("No metric is a signal in this month.") if shown == "signals" else _("No metric misses its target.")
        return html_table(headers, [RowGroup([[Cell(nothing, "quiet"), *(Cell() for _ in headers[1:])]])])
    control = view.expected_paths(selection)
    places = {code: place for place, code in enumerate(view.metrics(selection))}
    sprite = SvgSprite()
    groups = [
        RowGroup([scorecard_line(selection, row, control, places[row["metric"]], sprite) for row in part], title)
        for title, part in group_rows(selection, rows, grouped)
    ]
    return sprite.wrap(html_table(headers, groups, css="sq-rows"))


def shown_rows_note(selection: Selection, most: int) -> str:
    """How many of the rows the first `most` are; empty where they are all."""
    count = sum(has_figure(view.row(selection, code)) for code in view.metrics(selection))
    return (
        selection.say("{shown} of {count} metrics, the most pressing first", shown=most, count=count)
        if count > most
        else ""
    )


def has_figure(row: Record) -> bool:
    """Whether the metric is worth a line: a value now, or a target to miss."""
    return numbers.is_known(row.get("value")) or numbers.is_known(row.get("target"))


def passes_filter(row: Record, shown: str) -> bool:
    """Whether a filter lets the row pass."""
    if shown == "signals":
        return row.get("signal") == "signal"
    if shown == "off_target":
        return row["met"] == 0
    return True


def sort_rows(selection: Selection, rows: Sequence[Record], order: str) -> list[Record]:
    """`rows` in the order asked for; what is not known comes last."""
    last = float("inf")
    pressing = {
        row["metric"]: place
        for place, row in enumerate(
            (*records_of(view.attention(selection).weak_spots), *records_of(view.attention(selection).early_warnings))
        )
    }

    def key(row: Record) -> float:
        found: float | None = {
            "pressing": float(pressing.get(row["metric"], len(rows))),
            "attainment": row["attainment"],
            "place": (row["rank"] - 1) / max(row["peers"] - 1, 1)
            if numbers.is_known(row["rank"]) and row["peers"] > 1 and not row["total"]
            else None,
            "change": -abs(row[change_column(selection)]) if numbers.is_known(row[change_column(selection)]) else None,
        }.get(order, 0.0)
        return found if numbers.is_known(found) else last

    return sorted(rows, key=key)


def group_rows(selection: Selection, rows: Sequence[Record], grouped: str) -> list[tuple[str, list[Record]]]:
    """(title, rows) of each group that has rows."""
    if grouped == "none":
        return [("", list(rows))]
    if grouped == "verdict":
        titles = {
            "worse": selection.say("Signals for the worse"),
            "missed": selection.say("Short of target"),
            "better": selection.say("Signals for the better"),
            "noise": selection.say("Usual variation"),
            "little": selection.say("Too little data to judge"),
        }
        found = [(title, [row for row in rows if verdict_group(row) == code]) for code, title in titles.items()]
    else:
        found = [
            (family.name.to(selection.lang), [row for row in rows if row["family"] == family.code])
            for family in sorted(all_families(), key=lambda family: family.order)
        ]
    return [(title, part) for title, part in found if part]


def verdict_group(row: Record) -> str:
    """The verdict group of a row."""
    turn = verdict_icons.signal_css(row)
    if turn == "worse":
        return turn
    if passes_filter(row, "off_target"):
        return "missed"
    if turn == "better":
        return turn
    return "noise" if row.get("signal") in ("noise", "signal") else "little"


def scorecard_line(
    selection: Selection, row: Record, control: ExpectedPaths, place: int, sprite: SvgSprite
) -> list[Cell]:
    """One metric's cells; their pictures stand on `sprite`."""
    metric = view.metrics(selection)[row["metric"]]
    say, name = selection.say, metric.name.to(selection.lang)
    ranked = numbers.is_known(row["rank"]) and row["peers"] > 1
    lacking = units_in_words(row, selection.lang) or incomplete_note(selection, row, metric)
    why = lacking if numbers.is_known(row["value"]) else say("Not known for this unit and period")
    unplaced = (
        months_in_words(row, selection.lang)
        or (metric.total and units_in_words(row, selection.lang))
        or say("No peers to compare with")
    )
    aimed = (
        say("No target is loaded")
        if not numbers.is_known(row["target"])
        else say("Default target: none is loaded")
        if row["target_default"]
        else ""
    )
    reached = attainment_in_words(row, selection.lang, 0)
    bar = sprite.add(target_bar(row["attainment"], selection.colours, width=62), reached)
    return [
        Cell(
            name,
            "sq-name",
            link=selection.address("metric", metric=metric.code),
            hint=metric.meaning.to(selection.lang),
            note="" if metric.format in numbers.POINT_FORMATS else labels.unit_of_measure(metric, selection.lang),
        ),
        Cell(
            value_words(selection, row["value"], metric),
            "num strong",
            hint=say("reported") if row["reported"] is True else why,
            note=INCOMPLETE if lacking and numbers.is_known(row["value"]) else "",
        ),
        Cell(value_words(selection, row["target"], metric), "num quiet", hint=aimed),
        Cell(reached, f"num {verdict_icons.attainment_css(row)}", hint=verdict_icons.assurance_words(selection, row)),
        Cell(image=bar),
        Cell(
            rank_words(selection, row) or numbers.MISSING,
            "num",
            hint=(say("By size, not by quality") if metric.total else "") if ranked else unplaced,
        ),
        Cell(numbers.format_movement(row["rank_change"]) if ranked else "", "mid quiet small"),
        Cell(rank_range(row) if ranked else "", "mid quiet small"),
        Cell(change_words(selection, row["mom"], metric), "num"),
        Cell(change_words(selection, row["yoy"], metric), "num"),
        Cell(css="mid", image=sparkline_cell(selection, row, metric, control, place, sprite)),
        Cell(
            verdict_word(selection, row),
            f"sq-verdict {verdict_icons.signal_css(row) or 'quiet'}",
            hint=verdict_in_words(row, selection.lang),
            before=verdict_icons.verdict_icons(selection, row, metric, sprite),
        ),
    ]


def rank_range(row: Record) -> str:
    """The plausible places; empty where nothing is known."""
    low, high = row.get("rank_low"), row.get("rank_high")
    if not numbers.is_known(low) or not numbers.is_known(high):
        return ""
    return f"{int(low)}–{int(high)}" if low != high else f"{int(low)}"


def verdict_word(selection: Selection, row: Record) -> str:
    """One word beside the icons."""
    if row.get("provisional_until"):
        return selection.say("provisional")
    if row.get("signal") == "too_little_data":
        return selection.say("incomplete") if row["total"] and lacks_units(row) else selection.say("little data")
    turn = {
        "improving": selection.say("better"),
        "concerning": selection.say("worse"),
        "neither_high": selection.say("higher"),
        "neither_low": selection.say("lower"),
    }
    return turn.get(str(row.get("variation")), "") if row.get("signal") == "signal" else ""


def sparkline_cell(
    selection: Selection, row: Record, metric: Metric, control: ExpectedPaths, place: int, sprite: SvgSprite
) -> str:
    """The sparkline of single months with the limits as a band."""
    months = slice(-MONTHS, None)
    target = row["monthly_target"] if numbers.is_known(row["monthly_target"]) else None
    values = gaps_as_none(control.value[place, months])
    judged = row.get("signal") in ("signal", "noise")
    lower, upper = (gaps_as_none(side[place, months]) if judged else [] for side in (control.lower, control.upper))
    turn = verdict_icons.signal_css(row)
    paint = {"better": selection.colours.better, "worse": selection.colours.worse}.get(turn, "")
    label = f"{metric.name.to(selection.lang)}: {', '.join(value_words(selection, value, metric) for value in values)}"
    return sprite.add(
        sparkline(values, selection.colours, target=target, lower=lower, upper=upper, paint=paint, width=112), label
    )


def gaps_as_none(values: np.ndarray) -> list[float | None]:
    """The values with None for NaN."""
    return [None if value != value else float(value) for value in values]
