"""Where in its sheet a staged row's column stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from data.checks import CheckContext
from data.core.text import raw_text
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet


def row_findings(
    kind: Kind,
    staged: StagedSheet,
    facts: CheckContext,
    rows: pd.DataFrame,
    column: str,
    params: Iterable[Mapping[str, object]] | None = None,
) -> Iterator[Finding]:
    """One finding per row of `rows` (a part of staged.frame) at our `column`."""
    header = staged.columns.get(column, column)
    cells = staged.places
    extra = iter(params) if params is not None else None
    for number, value in zip(rows["row"], rows[column] if column in rows else [None] * len(rows), strict=True):
        letter = cells.get(column)
        yield Finding(
            kind,
            facts.file,
            staged.sheet,
            int(number),
            header,
            f"{letter}{number}" if letter else None,
            display_text(value),
            next(extra) if extra else {},
        )


def display_text(value: object) -> str:
    """A value as a finding prints it: months as 2025-11, whole numbers without decimals, missing as nothing."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d").removesuffix("-01")
    return raw_text(value)
