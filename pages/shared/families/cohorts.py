"""The customers of a snapshot: how many are still there month by month, and what became of them."""

from __future__ import annotations

from charts import numbers
from charts.cohorts import cohort_chart
from charts.waterfall import waterfall_chart
from metrics.analyses.cohorts import cohort_curves, cohort_losses
from pages.shared import view
from pages.shared.components.charts import explain_missing, show_chart
from pages.shared.session.selection import Selection


def cohort_block(selection: Selection, title: str) -> None:
    """Each snapshot's customers, month by month."""
    found = view.cached(
        selection,
        "cohorts",
        "figures",
        make=lambda: cohort_curves(view.figures(selection), selection.unit, selection.month),
    )
    if found.empty:
        explain_missing(selection, title)
        return
    chart = view.cached(
        selection,
        "cohorts",
        make=lambda: cohort_chart(
            found, x_title=selection.say("Months since the snapshot"), lang=selection.lang, mode=selection.mode
        ),
    )
    show_chart(
        chart,
        title,
        selection.say("Share of the snapshot's customers still there, their value not fallen"),
        key="cohorts",
    )


def retention_waterfall(selection: Selection, title: str) -> None:
    """From the snapshot to those retained."""
    found = view.cached(
        selection,
        "losses",
        "figures",
        make=lambda: cohort_losses(view.figures(selection), selection.unit, selection.month),
    )
    if found is None:
        explain_missing(selection, title)
        return
    steps = [(selection.say("Snapshot"), found.snapshot), (selection.say("Left"), -found.left)]
    about, end = selection.say("Customers, {month}", month=selection.month), selection.say("Retained")
    if found.lost_are_retained:
        # The export counts those of lower value among the retained: they come off last.
        about = selection.say(
            "Customers, {month}; of {count} retained some spend less",
            month=selection.month,
            count=numbers.format_decimal(found.retained),
        )
        end = selection.say("Retained at full value")
    steps.append((selection.say("Value lost"), -found.value_lost))
    if not found.lost_are_retained and abs(found.other) >= 1:
        steps.append((selection.say("Not explained"), -found.other))
    chart = view.cached(
        selection, "losses", make=lambda: waterfall_chart(steps, end, lang=selection.lang, mode=selection.mode)
    )
    show_chart(chart, title, about, key="losses")
