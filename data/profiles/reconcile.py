"""What a sheet's columns add up to beside what a profile would load of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.model.profile import Profile
from data.model.sheet import Sheet
from data.model.staged import StagedSheet
from data.profiles.header import find_header
from data.profiles.source import source_rows
from data.profiles.values import NumberColumns


@dataclass(frozen=True)
class Reconciled:
    """One column of figures.

    label: its header.
    rows: what all its rows add up to, in the sheet.
    loaded: what is loaded of them.
    """

    label: str
    rows: float
    loaded: float

    @property
    def left_out(self) -> float:
        """What stands in the sheet and is not loaded: of rows left out, of cells that are no numbers."""
        return self.rows - self.loaded


def reconcile(profile: Profile, sheet: Sheet, staged: StagedSheet) -> Iterator[Reconciled]:
    """Each column whose figures are added up as they stand, with its sum in the sheet and the sum of what is loaded."""
    header = find_header(profile, sheet.rows)
    if header is None or header.absent or not len(staged.frame):
        return
    numbers = NumberColumns(profile, source_rows(sheet, header, profile))
    for indicator in profile.indicators:
        whole = isinstance(indicator.numerator, tuple) and not (indicator.where or indicator.rows or indicator.less)
        if whole and indicator.factor == 1 and isinstance(indicator.numerator, tuple):
            rows = staged.frame["indicator"] == indicator.code
            total = float(np.nansum(numbers.total(indicator.numerator)))
            loaded = float(staged.frame.loc[rows, "numerator"].sum())
            yield Reconciled(" + ".join(indicator.numerator), total, loaded)
    for name, label in {} if profile.unpivot else profile.columns.items():
        if staged.feed.column(name).type == "count" and name not in profile.scale:
            yield Reconciled(label, float(np.nansum(numbers(label))), float(staged.frame[name].sum()))
    if profile.unpivot is not None and profile.unpivot.value not in profile.scale:
        labels = [*profile.unpivot.columns, *header.unpivoted]
        total = float(sum(np.nansum(numbers(label)) for label in labels))
        yield Reconciled(f"{labels[0]} … {labels[-1]}", total, float(staged.frame[profile.unpivot.value].sum()))
