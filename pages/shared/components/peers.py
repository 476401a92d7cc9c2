"""The other units: their lines behind a trend, and a few of a long ranking."""

from __future__ import annotations

import pandas as pd

from metrics.model.metric import Metric
from metrics.model.periods import month_number
from metrics.model.record import records_of
from metrics.wording.completeness import months_in_words
from pages.shared import view
from pages.shared.session.selection import Selection

MOST, FEW = 24, 12


def peer_lines(selection: Selection, metric: Metric, months: list[str]) -> dict[str, list[float | None]]:
    """Values on `months` of the chosen unit's peers, by name.

    Beyond 24 peers only those under the same parent, and no more than 24.
    """
    codes = view.peers(selection)
    if len(codes) > MOST and view.parent(selection):
        codes = view.organisation(selection).children(view.parent(selection))
    others = [code for code in codes[:MOST] if code != selection.unit]
    if not others or not months:
        return {}
    first = month_number(months[0])
    values = view.series(selection, [metric.code], others, month_number(selection.month) - first + 1)[0]
    shown = [month_number(month) - first for month in months]
    return {
        view.organisation(selection).name(code): [None if value != value else float(value) for value in row[shown]]
        for code, row in zip(others, values, strict=True)
        if (row == row).any()
    }


def with_rank_in_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a ranking whose names begin with their rank.

    Where some rows are left out, the order alone does not say it.
    """
    names = [
        f"{place:.0f} · {name}" if place == place else name
        for place, name in zip(rows["rank"], rows["name"], strict=True)
    ]
    return rows.assign(name=names)


def mark_unranked(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Rows of a ranking; the name of who has no place for want of months says so."""
    lacking = [months_in_words(row, lang) for row in records_of(rows)]
    return rows.assign(
        name=[f"{name} · {said}" if said else name for name, said in zip(rows["name"], lacking, strict=True)]
    )


def shorten_ranking(rows: pd.DataFrame, unit: str, most: int = FEW) -> pd.DataFrame:
    """At most `most` rows of a ranking, in its order.

    The first three, the last that is known, and those nearest to `unit`; as many of the first and the last where `unit`
    is none of them.
    """
    known = rows[rows["value"].notna()]
    if len(rows) <= most or known.empty:
        return rows
    last = len(known) - 1
    at = next((place for place, code in enumerate(known["unit"]) if code == unit), None)
    if at is None:
        return known if len(known) <= most else pd.concat([known.head(most - most // 2), known.tail(most // 2)])
    nearest = sorted(range(len(known)), key=lambda place: (2 < place < last and place != at, abs(place - at)))
    return known.iloc[sorted(nearest[:most])]
