"""The customers of a snapshot: how many are still there month by month, and what became of them."""

from __future__ import annotations

from charts import numbers
from charts.cohorts import cohort_chart
from charts.waterfall import waterfall_chart
from metrics.analyses.cohorts import cohort_curves, cohort_losses
from pages.shared.components.charts import show, unknown
from pages.shared.view import View


def cohorts(view: View, title: str) -> None:
    """Each snapshot's customers, month by month."""
    found = view.drawn("cohorts", "figures", make=lambda: cohort_curves(view.figures, view.unit, view.month))
    if found.empty:
        unknown(view, title)
        return
    chart = view.drawn(
        "cohorts",
        make=lambda: cohort_chart(found, x_title=view.say("Months since the snapshot"), lang=view.lang, mode=view.mode),
    )
    show(chart, title, view.say("Share of the snapshot's customers still there, their value not fallen"), key="cohorts")


def what_became(view: View, title: str) -> None:
    """From the snapshot to those retained."""
    found = view.drawn("losses", "figures", make=lambda: cohort_losses(view.figures, view.unit, view.month))
    if found is None:
        unknown(view, title)
        return
    steps = [(view.say("Snapshot"), found.snapshot), (view.say("Left"), -found.left)]
    about, end = view.say("Customers, {month}", month=view.month), view.say("Retained")
    if found.lost_are_retained:
        # The export counts those of lower value among the retained: they come off last.
        about = view.say(
            "Customers, {month}; of {count} retained some spend less",
            month=view.month,
            count=numbers.decimal(found.retained),
        )
        end = view.say("Retained at full value")
    steps.append((view.say("Value lost"), -found.value_lost))
    if not found.lost_are_retained and abs(found.other) >= 1:
        steps.append((view.say("Not explained"), -found.other))
    chart = view.drawn("losses", make=lambda: waterfall_chart(steps, end, lang=view.lang, mode=view.mode))
    show(chart, title, about, key="losses")
