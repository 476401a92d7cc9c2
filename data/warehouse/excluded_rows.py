"""Rows that an analyst left out of a file, and whether a batch lacks the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterable

from data.model.finding import Finding, Kind

ROWS_EXCLUDED = Kind(
    "rows_left_out", "note", "{count} rows with errors were left out by the analyst: rows {rows}.",
    "Load them once they are corrected; what they hold is not in any figure.",
)  # fmt: skip

Rows = frozenset[tuple[str, str, str]]


def excluded_rows(findings: Iterable[Finding]) -> Rows:
    """(sheet, how many, which) of the rows that a staged file lacks."""
    found = (one for one in findings if one.kind is ROWS_EXCLUDED)
    return frozenset((one.sheet, str(one.params["count"]), str(one.params["rows"])) for one in found)


def stored_excluded_rows(stored: str) -> Rows:
    """The same of a batch, by its findings as the history keeps them."""
    found = (one for one in json.loads(stored) if one["code"] == ROWS_EXCLUDED.code)
    return frozenset((one["sheet"], one["params"]["count"], one["params"]["rows"]) for one in found)
