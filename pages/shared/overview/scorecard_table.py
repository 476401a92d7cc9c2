"""The Overview's scorecard: every metric of a unit as a row of a real table.

A click anywhere on a row opens the metric.
"""

from __future__ import annotations

import numpy as np

from charts import numbers
from charts.sparkline import sparkline
from charts.svg_sprite import SvgSprite
from charts.target_bar import target_bar
from metrics.analyses.outlook import probability_in_words
from metrics.assessment.expected_paths import ExpectedPaths
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.wording.attainment import attainment_in_words
from metrics.wording.completeness import lacks_units, months_in_words, units_in_words
from metrics.wording.provisional import verdict_in_words
from pages.shared import view
from pages.shared.components import verdict_icons
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.takeaways import incomplete_note
from pages.shared.overview.scorecard_rows import group_rows, has_figure, passes_filter, sort_rows
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.values import change_words, rank_words, value_words

MONTHS = 13
INCOMPLETE = "*"
"""Beside a value that not all months or units stand behind; its hint says which."""


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
        Cell(_("Full year"), "num", hint=_("The probability that the year's target is reached")),
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
        _year(selection, metric),
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


def _year(selection: Selection, metric: Metric) -> Cell:
    """The probability of the year's target; what it needs as a hint."""
    ahead = view.outlook(selection).get(metric.code)
    if ahead is None or not ahead["reach"]:
        return Cell()
    off = "worse" if ahead["reach"] == "beyond" else "quiet"
    return Cell(probability_in_words(ahead["probability"]), f"num {off}", hint=ahead["sentence"] or "")


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
