"""The effect: whether a figure changed in a month in which something was done, beside what its peers did."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from locales import text
from metrics.assessment.expected_paths import PATH_MONTHS
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_number
from metrics.statistics.arrays import Array
from metrics.statistics.interrupted_series import FEWEST_AFTER, FEWEST_BEFORE, interrupted_series
from metrics.wording.values import change_in_words

FEWEST_PEERS = 4
"""Peers known in a month without which they are no control for it."""
BETTER, WORSE, NO_CLEAR_CHANGE, TOO_EARLY = "better", "worse", "no clear change", "too early to tell"


@dataclass(frozen=True)
class Effect:
    """The change from a month on with its 95 % interval; NaN where nothing is known.

    months: known months from then on. peers: whether the peers stood beside it as a control.
    verdict: BETTER, WORSE, NO_CLEAR_CHANGE, TOO_EARLY (under three months), or None: too few months before, a metric
    that is not to be charted, or a clear change of one that has no direction.
    """

    change: float
    low: float
    high: float
    months: int
    peers: bool
    verdict: str | None


def effect(figures: Figures, metric: str, unit: str, since: str, month: str) -> Effect:
    """What became of `metric` of `unit` from the month `since` to `month`, as far as both are among the months held."""
    row, place = figures.axes.metric_index(metric), figures.axes.unit_index(unit)
    last = min(month_number(month) - figures.axes.first_month, len(figures.axes.months) - 1)
    first = max(last - PATH_MONTHS + 1, 0)
    start = month_number(since) - figures.axes.first_month - first
    value = np.asarray(figures.complete_months[row, place, first : last + 1])
    nothing = Effect(float("nan"), float("nan"), float("nan"), 0, False, None)
    if not figures.axes.chartable[row] or start < 0:
        return nothing
    after = int((~np.isnan(value[start:])).sum())
    if after < FEWEST_AFTER:
        return Effect(float("nan"), float("nan"), float("nan"), after, False, TOO_EARLY)
    control = _control(figures, row, place, first, last)
    together = ~np.isnan(value) & ~np.isnan(control)
    with_peers = together[:start].sum() >= FEWEST_BEFORE and together[start:].sum() >= FEWEST_AFTER
    found = interrupted_series(value, start, control if with_peers else None)
    verdict = _verdict(found.low, found.high, figures.axes.metrics[row].better)
    return Effect(found.change, found.low, found.high, after, bool(with_peers), verdict)


def effect_in_words(found: Effect, metric: Metric, lang: str) -> str:
    """The change with its interval and what it is; "" where nothing can be said."""
    if found.verdict == TOO_EARLY:
        return text(lang, "too early to tell")
    if found.change != found.change:
        return ""
    change, low, high = (_signed(value, metric, lang) for value in (found.change, found.low, found.high))
    values = {"change": change, "low": low, "high": high}
    if found.verdict == BETTER:
        return text(lang, "{change} ({low} to {high}): better", **values)
    if found.verdict == WORSE:
        return text(lang, "{change} ({low} to {high}): worse", **values)
    if found.verdict == NO_CLEAR_CHANGE:
        return text(lang, "{change} ({low} to {high}): no clear change", **values)
    return text(lang, "{change} ({low} to {high})", **values)


def _signed(value: float, metric: Metric, lang: str) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "") + change_in_words(abs(value), metric, lang)


def _verdict(low: float, high: float, better: str) -> str | None:
    if low != low:
        return None
    if low <= 0 <= high:
        return NO_CLEAR_CHANGE
    return {"higher": BETTER, "lower": WORSE}.get(better) if low > 0 else {"higher": WORSE, "lower": BETTER}.get(better)


def _control(figures: Figures, row: int, unit: int, first: int, last: int) -> Array:
    """The mean of the peers, each beside its own mean, so that none that comes or goes moves it [month]."""
    peers = figures.axes.peers(figures.organisation.level(figures.axes.units[unit]))
    held = figures.complete_months[row, peers[peers != unit], first : last + 1]
    known = ~np.isnan(held)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    beside = np.where(known, held - np.where(known, held, 0.0).sum(axis=1, keepdims=True) / count, 0.0)
    number = known.sum(axis=0)
    return np.asarray(np.where(number >= FEWEST_PEERS, beside.sum(axis=0) / np.maximum(number, 1), np.nan))
