"""What the words of the command line mean: units, months and levels; and how an answer is written as JSON."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
import pandas as pd

from data.model.errors import NoData, WrongUsage
from metrics.engine.figures import Figures
from metrics.model.periods import number_of, window

WHOLE = frozenset(
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
        "season_years",
        "points",
        "rank_low",
        "rank_high",
    }
)
"""Fields that JSON holds as whole numbers."""


def unit_of(figures: Figures, given: str | None) -> str:
    """The unit's code from a code, name, alias or path; the top unit if none is given.

    WrongUsage if unknown or ambiguous.
    """
    organisation = figures.organisation
    if not len(organisation):
        raise NoData("No units have been loaded yet; load the units sheet first.")
    if given is None:
        return organisation.roots()[0]
    found = organisation.find(given)
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


def month_of(figures: Figures, given: str | None) -> str:
    """The month asked for, else the last with data."""
    if given is None:
        return figures.last_month
    number_of(given)
    return given


def level_of(figures: Figures, given: str | None) -> str | None:
    if given is not None and given not in figures.organisation.levels():
        raise WrongUsage(f"No level is called {given!r}; there are: {', '.join(figures.organisation.levels())}.")
    return given


def head_of(figures: Figures, words: argparse.Namespace) -> tuple[str, str, str, dict[str, Any]]:
    unit, month, period = unit_of(figures, words.unit), month_of(figures, words.month), words.period
    window(month, period)
    names = {
        "unit": unit,
        "unit_name": figures.organisation.name(unit),
        "month": month,
        "period": period,
        "version": figures.version,
    }
    return unit, month, period, names


def peers_of(figures: Figures, words: argparse.Namespace) -> tuple[str, str | None, str | None]:
    """(month, level, within) as `ranking` understands them."""
    within = unit_of(figures, words.within) if words.within else None
    level = level_of(figures, words.level) or (
        figures.organisation.level(unit_of(figures, words.unit)) if words.unit else None
    )
    return month_of(figures, words.month), level, within


def plain(value: object) -> Any:
    """A value that JSON holds; null for what is not known."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def rows_of(frame: pd.DataFrame, whole: frozenset[str] = frozenset()) -> list[dict[str, Any]]:
    """A frame's rows for JSON: NaN is null, the columns `whole` are whole numbers."""
    return [
        {
            str(name): int(value) if name in whole and value is not None else value
            for name, value in ((name, plain(value)) for name, value in row.items())
        }
        for row in frame.to_dict("records")
    ]
