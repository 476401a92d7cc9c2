"""What a sheet says of a profile's indicators besides what they are made of: ready-made ratios, totals across."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from data.core.cell_refs import cell_name
from data.core.text import raw_text
from data.model.feed import ReadyMade
from data.model.finding import Finding, Kind
from data.model.profile import Indicator, Profile
from data.profiles.source import Source
from data.profiles.values import NumberColumns
from data.recognition.groups import is_total
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.staging.across_check import MOST_TOLD, ROW_TOTAL, last_decimal, number, shown
from data.staging.ready_made import DIFFERS, agrees_with

NOT_HELD = Kind(
    "totals_not_held",
    "note",
    "Not held against what the profile reads: {headers}; they look like totals, but of other columns.",
    "Check them by hand, if figures of these columns are loaded.",
)
# A column is the total of others where it is so in so large a share of the rows; in the others it is wrong.
MOSTLY = 0.5


def check_indicators(profile: Profile, layout: Layout, source: Source, numbers: NumberColumns) -> Iterator[Finding]:
    """Findings, without file and sheet, of ready-made figures and totals that are not what the columns give.

    numbers: the columns in the sheet's own units.
    """
    labels = {place: label for label, place in source.header.columns.items()}
    for indicator in profile.indicators:
        known = ReadyMade((), (), scale=100.0 if indicator.scale is None else indicator.scale)
        if (
            indicator.less
            or indicator.where
            or not (isinstance(indicator.numerator, tuple) and isinstance(indicator.denominator, tuple))
        ):
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            numerator = numbers.total(indicator.numerator) * indicator.factor
            computed = known.scale * numerator / numbers.total(indicator.denominator)
        computed[~np.isfinite(computed)] = np.nan
        for place in _ready_made(indicator, layout, source):
            cells = source.body.column(place).to_list()
            agrees = agrees_with(cells, np.array([number(cell) for cell in cells]), computed, known, 0.0)
            for at in np.flatnonzero(~agrees)[:MOST_TOLD]:
                params = {"computed": f"{computed[at]:.2f}", "left_out": ""}
                yield _finding(DIFFERS, source, layout, place, int(at), raw_text(cells[at]), params)
    parts = dict.fromkeys(
        part
        for indicator in profile.indicators
        for part in (indicator.numerator, indicator.denominator)
        if isinstance(part, tuple) and len(part) > 1
    )
    totals = [place for place, label in enumerate(layout.headers) if label and place not in labels and is_total(label)]
    open_ = []
    for place in totals if parts else ():
        stated = np.array([number(cell) for cell in source.body.column(place).to_list()])
        sums = [numbers.total(part) for part in parts]
        tried = [_adds_up(stated, one, len(part)) for part, one in zip(parts, sums, strict=True)]
        best = max(range(len(sums)), key=lambda at: int(tried[at].sum()))
        filled = ~np.isnan(stated) & ~np.isnan(sums[best])
        if not filled.any() or (tried[best] & filled).sum() <= MOSTLY * filled.sum():
            open_.append(layout.headers[place])
            continue
        for at in np.flatnonzero(~tried[best])[:MOST_TOLD]:
            params = {"sum": shown(sums[best][at]), "left_out": ""}
            yield _finding(ROW_TOTAL, source, layout, place, int(at), shown(stated[at]), params)
    if open_:
        yield Finding(NOT_HELD, params={"headers": ", ".join(open_)})


def _ready_made(indicator: Indicator, layout: Layout, source: Source) -> Iterator[int]:
    """The columns that are called like an indicator, and are not read."""
    names = {normalise_header(indicator.name), normalise_header(indicator.code)}
    read = set(source.header.columns.values())
    for place, label in enumerate(layout.headers):
        if label and place not in read and normalise_header(label) in names:
            yield place


def _adds_up(stated: np.ndarray, sums: np.ndarray, parts: int) -> np.ndarray:
    """Per row whether a total is the sum, as far as rounding goes; where one is not known it is."""
    unit = min(last_decimal(stated), last_decimal(sums))
    slack = 0.5 * unit * (parts + 1) if unit < 1 else 0.0
    return np.isnan(stated) | np.isnan(sums) | (np.abs(stated - sums) <= slack + 1e-6)


def _finding(
    kind: Kind, source: Source, layout: Layout, place: int, at: int, value: str, params: dict[str, Any]
) -> Finding:
    row = int(source.numbers[at])
    return Finding(kind, "", "", row, layout.headers[place], cell_name(row, place), value, params)
