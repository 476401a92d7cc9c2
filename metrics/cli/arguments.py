"""What the words of the command line mean: units, months and levels; and how an answer is written as JSON."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
import pandas as pd

from data.model.errors import NoData, WrongUsage
from metrics.engine.figures import Figures
from metrics.model.periods import month_number, window

INTEGER_FIELDS = frozenset(
    {
        "rank",
        "peers",
        "rank_change",
        "next_rank",
        "months_known",
        "months_expected",
        "units_known",
        "units_expected",
        "months_left",
        "run",
        "met_months",
        "months_judged",
        "season_years",
        "points",
        "rank_low",
        "rank_high",
    }
)
"""Fields that JSON holds as whole numbers."""


def resolve_unit(figures: Figures, given: str | None, month: str | None = None) -> str:
    """The unit's code from a code, name, alias or path; the top unit if none is given. Of several units of one name
    the one that is open in `month`.

    WrongUsage if unknown or ambiguous.
    """
    organisation = figures.organisation
    if not len(organisation):
        raise NoData("No units have been loaded yet; load the units sheet first.")
    if given is None:
        return organisation.roots()[0]
    found = organisation.find(given)
    if len(found) > 1 and month is not None:
        found = organisation.open_in(found, pd.Timestamp(month)) or found
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(
            f"{organisation.name(organisation.parent(code) or code)}/{organisation.name(code)} ({code})"
            for code in found
        )
        raise WrongUsage(
            f"{given!r} can mean several units: {choices}. Give the code, or the path as in "
            f"{organisation.name(organisation.parent(found[0]) or found[0])}/{given}."
        )
    near = organisation.nearest(given)
    raise WrongUsage(f"No unit is called {given!r}" + (f"; the nearest: {', '.join(near)}." if near else "."))


def resolve_month(figures: Figures, given: str | None) -> str:
    """The month asked for, else the last with data."""
    if given is None:
        return figures.axes.last_month
    month_number(given)
    return given


def resolve_level(figures: Figures, given: str | None) -> str | None:
    """The level asked for, or None; WrongUsage if there is no such level."""
    if given is not None and given not in figures.organisation.levels():
        raise WrongUsage(f"No level is called {given!r}; there are: {', '.join(figures.organisation.levels())}.")
    return given


def request_head(figures: Figures, words: argparse.Namespace) -> tuple[str, str, str, dict[str, Any]]:
    """(unit, month, period, what every answer begins with)."""
    month, period = resolve_month(figures, words.month), words.period
    unit = resolve_unit(figures, words.unit, month)
    window(month, period)
    names = {
        "unit": unit,
        "unit_name": figures.organisation.name(unit),
        "month": month,
        "period": period,
        "version": figures.version,
    }
    return unit, month, period, names


def resolve_peers(figures: Figures, words: argparse.Namespace) -> tuple[str, str | None, str | None]:
    """(month, level, within) as `ranking` understands them."""
    within = resolve_unit(figures, words.within) if words.within else None
    level = resolve_level(figures, words.level) or (
        figures.organisation.level(resolve_unit(figures, words.unit)) if words.unit else None
    )
    return resolve_month(figures, words.month), level, within


def json_value(value: object) -> Any:
    """A value that JSON holds; null for what is not known."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def json_rows(frame: pd.DataFrame, whole: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """A frame's rows for JSON: NaN is null, the columns `whole` are whole numbers."""
    return [
        {
            str(name): int(value) if name in whole and value is not None else value
            for name, value in ((name, json_value(value)) for name, value in row.items())
        }
        for row in frame.to_dict("records")
    ]
