"""Cohorts of retention: each snapshot followed month by month, and what became of the last one's customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.engine.figures import Figures
from metrics.engine.rollup import roll_up
from metrics.model.metric import Term
from metrics.model.periods import month_name, month_number
from metrics.statistics.arrays import Array

KIND = "snapshot_month"
RETAINED, BASE = "retained", "retained_base"
PARTS = ("snapshot_customers", "left_customers", "value_lost", RETAINED)


@dataclass(frozen=True)
class CohortLosses:
    """What became of a snapshot's customers, in numbers of customers.

    other: what the reported parts leave unexplained; negative where customers were counted twice.
    """

    snapshot: float
    left: float
    value_lost: float
    retained: float

    @property
    def other(self) -> float:
        return self.snapshot - self.left - self.value_lost - self.retained

    @property
    def lost_are_retained(self) -> bool:
        """Whether the export counts the customers of lower value among the retained."""
        return self.value_lost > 0 and abs(self.snapshot - self.left - self.retained) < abs(self.other)


def cohort_curves(figures: Figures, unit: str, month: str) -> pd.DataFrame:
    """How many of each snapshot's customers are still there, month by month up to `month`.

    Columns: snapshot ("YYYY-MM"), months_since, month, customers, share (per cent); the oldest snapshot first.
    Empty where no export names its snapshot.
    """
    columns = ["snapshot", "months_since", "month", "customers", "share"]
    names, kept = _rolled(figures, RETAINED, unit)
    bases = dict(zip(*_rolled(figures, BASE, unit), strict=True))
    count = max(month_number(month) - figures.axes.first_month + 1, 0)
    rows = [
        (
            name[:7],
            figures.axes.first_month + place - month_number(name[:7]),
            month_name(figures.axes.first_month + place),
            base,
            100 * held / base,
        )
        for name, line in zip(names, kept, strict=True)
        if name and name in bases
        for place, (held, base) in enumerate(zip(line[:count], bases[name][:count], strict=True))
        if base > 0 and not np.isnan(held)
    ]
    return pd.DataFrame(rows, columns=columns).sort_values(["snapshot", "months_since"], ignore_index=True)


def _rolled(figures: Figures, measure: str, unit: str) -> tuple[list[str], Array]:
    names, own = figures.segment_values(measure, KIND)
    return names, roll_up(own, figures.axes.hierarchy)[:, figures.axes.unit_index(unit)] if names else own[:, 0]


def cohort_losses(figures: Figures, unit: str, month: str) -> CohortLosses | None:
    """What became of the customers of the snapshots that `month` reports; None unless all four figures are known."""
    place = month_number(month) - figures.axes.first_month
    if not 0 <= place < len(figures.axes.months):
        return None
    terms = [Term(name) for name in PARTS]
    cells = figures.snapshot.cells([(term.measure, term.kind, term.segments) for term in terms])
    own = figures.to_array(cells["term"].to_numpy(dtype=np.intp), cells, len(terms))
    found = roll_up(own, figures.axes.hierarchy)[:, figures.axes.unit_index(unit), place]
    return None if np.isnan(found).any() else CohortLosses(*(float(value) for value in found))
