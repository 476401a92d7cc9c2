"""The customers of a snapshot: how many are still there month by month, and what became of them."""

from __future__ import annotations

from charts import numbers
from charts.cohorts import cohort_chart
from charts.waterfall import waterfall_chart
from metrics.analyses.cohorts import cohort_curves, losses
from pages.shared.components.charts import explain_missing, show_chart
from pages.shared.view import View


def cohort_block(view: View, title: str) -> None:
    """Each snapshot's customers, month by month."""
    found = view.cached("cohorts", "figures", make=lambda: cohort_curves(view.figures, view.unit, view.month))
    if found.empty:
        explain_missing(view, title)
        return
    chart = view.cached(
        "cohorts",
        make=lambda: cohort_chart(found, x_title=view.say("Months since the snapshot"), lang=view.lang, mode=view.mode),
    )
    show_chart(
        chart, title, view.say("Share of the snapshot's customers still there, their value not fallen"), key="cohorts"
    )


def retention_waterfall(view: View, title: str) -> None:
    """From the snapshot to those retained."""
    found = view.cached("losses", "figures", make=lambda: losses(view.figures, view.unit, view.month))
    if found is None:
        explain_missing(view, title)
        return
    steps = [(view.say("Snapshot"), found.snapshot), (view.say("Left"), -found.left)]
    about, end = view.say("Customers, {month}", month=view.month), view.say("Retained")
    if found.lost_are_retained:
        # The export counts those of lower value among the retained: they come off last.
        about = view.say(
            "Customers, {month}; of {count} retained some spend less",
            month=view.month,
            count=numbers.format_decimal(found.retained),
        )
        end = view.say("Retained at full value")
    steps.append((view.say("Value lost"), -found.value_lost))
    if not found.lost_are_retained and abs(found.other) >= 1:
        steps.append((view.say("Not explained"), -found.other))
    chart = view.cached("losses", make=lambda: waterfall_chart(steps, end, lang=view.lang, mode=view.mode))
    show_chart(chart, title, about, key="losses")
