"""Where the names of events stand on a chart of months: beside their lines, never over each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charts.labels import text_width

EVENT = "sq-event"
"""A last family of the type of events' names, by which the pages' style sheet knows them: a phone has no room for them
in the chart.
"""


@dataclass(frozen=True)
class EventLabel:
    """The label of one month's events on a chart.

    place: index of the month on the axis.
    label: as much of the whole as is shown.
    whole: all of it.
    row: row of labels, 0 on top.
    leftward: whether the label ends at its line.
    phase: whether limits begin anew.
    """

    place: int
    label: str
    whole: str
    row: int
    leftward: bool
    phase: bool


def event_labels(
    events: pd.DataFrame | None, months: Sequence[str], room: float, longest: int | None = None
) -> tuple[EventLabel, ...]:
    """Labels of the events in `months`, those of one month together.

    events: month, label, new_phase.
    room: ems of type across the whole chart.
    longest: signs of a label; None = all.
    """
    if events is None or events.empty:
        return ()
    found: list[EventLabel] = []
    taken: list[list[tuple[float, float]]] = []
    inside = events[events["month"].isin(list(months))]
    for month, rows in inside.groupby("month", sort=True):
        place = list(months).index(str(month))
        whole = " · ".join(str(one) for one in rows["label"])
        label = whole if longest is None or len(whole) <= longest else whole[: longest - 1] + "…"
        wide = (1 + text_width(label)) / room * len(months)
        leftward = place + wide > len(months) - 1 and place > len(months) / 2
        start, end = (place - wide, float(place)) if leftward else (float(place), place + wide)
        row = next(
            (number for number, spans in enumerate(taken) if all(end <= low or start >= high for low, high in spans)),
            len(taken),
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((start, end))
        found.append(
            EventLabel(place, label, whole, row, leftward, bool(rows["new_phase"].fillna(False).astype(bool).any()))
        )
    return tuple(found)
