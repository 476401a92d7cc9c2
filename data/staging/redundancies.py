"""Everything that a sheet says twice, held against what was read of it: across, ready-made, in its title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import pandas as pd

from data.model.finding import Finding
from data.model.staged import StagedSheet
from data.recognition.context import SheetContext
from data.recognition.layout import Layout
from data.recognition.non_data_rows import TotalRow
from data.staging.across_check import check_across, column_of
from data.staging.ready_made import check_ready_made, check_title


class KeptRows(Protocol):
    """The rows of a sheet that are read. numbers: their own; powers: column index -> power of ten by which it was
    multiplied.
    """

    numbers: np.ndarray
    powers: dict[int, int]

    def cells(self, place: int) -> Sequence[Any]:
        """The cells of a column."""


def check_redundancies(
    staged: StagedSheet,
    layout: Layout,
    rows: KeptRows,
    totals: Sequence[TotalRow],
    frame: pd.DataFrame,
    context: SheetContext,
) -> Iterator[Finding]:
    """Findings of what does not agree, without the file; the questions of unknown columns are left in `staged`.

    totals: the total rows. frame: the typed rows.
    """
    answers: Mapping[str, str] = staged.answers
    found: list[Finding] = []
    if layout.wide_rule:
        numbers = [*rows.numbers.tolist(), *(number for number, _ in totals)]
        below = [row for _, row in totals]
        staged.group_questions, found = check_across(
            layout,
            lambda place: [*rows.cells(place), *column_of(below, place)],
            numbers,
            staged.header_row or 1,
            answers,
        )
    if answers.get("totals") != "as_read":
        names = [question.header for question in staged.group_questions]
        found += check_ready_made(frame, layout, rows.cells, rows.numbers.tolist(), names, bool(rows.powers))
        found += check_title(frame, layout, context)
    for finding in found:
        yield replace(finding, sheet=staged.sheet)
