"""What deserves attention: a unit's strengths, weak spots and early warnings, in order.

The lists are made from verdicts, never from the bare sign of a change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from locales import text
from metrics.analyses.outlook import outlook
from metrics.analyses.scorecard import scorecard
from metrics.engine.figures import Figures
from metrics.model.record import Warned, warnings_of
from metrics.statistics.attainment import MET_THRESHOLD
from metrics.statistics.false_discovery import DISCOVERY_RATE, discoveries

FALSE_ALARM_RATE = 0.07
"""How often the last of 36 months of pure noise is called a signal, nearly always a shift of the last year; a jump in
0.3 %: simulated (tests/metrics/statistics/test_path_model.py). What is listed keeps the false discovery rate.
"""
MONTHS_AHEAD = 6
"""Months ahead in which a trend that would cross the target is a warning."""
REASONS = ("signal", "crosses_target", "run_rate", "fails", "trend")
CROSSING = ("crosses_target", "run_rate")


@dataclass(frozen=True)
class Attention:
    """Three ordered lists, the most pressing first.

    strengths, weak_spots: rows of the scorecard (record.COLUMNS).
    early_warnings: such rows with `reason`, `because` (why, in words) and `months_to_target`.
    signals: the number of metrics whose last month is a signal.
    judged: the number of metrics that could have been one.
    expected_by_chance: how many signals a unit in which nothing happens would show.
    listed: the number of signals that keep the false discovery rate, of which the lists are made.
    """

    strengths: pd.DataFrame
    weak_spots: pd.DataFrame
    early_warnings: pd.DataFrame
    signals: int
    judged: int
    expected_by_chance: float
    listed: int
    discovery_rate: float = DISCOVERY_RATE


def attention(
    figures: Figures,
    unit: str,
    month: str,
    period: str = "month",
    lang: str = "en",
    card: pd.DataFrame | None = None,
    ahead: pd.DataFrame | None = None,
) -> Attention:
    """The lists of `unit`; `card` is its scorecard and `ahead` its outlook where they are at hand."""
    ahead = outlook(figures, unit, month, lang=lang) if ahead is None else ahead
    card = scorecard(figures, unit, month, period, lang=lang) if card is None else card.reset_index(drop=True)
    judged, signals = signal_counts(card)
    strong, weak = strengths(card), weak_spots(card)
    warned = early_warnings(figures, ahead, card, lang)
    # What is strong is no warning because it moves, only because it will miss its target, or that of the year.
    crossing = warned["reason"].isin(CROSSING) | ~warned["metric"].isin(strong["metric"])
    warned = warned[crossing & ~warned["metric"].isin(weak["metric"])].reset_index(drop=True)
    return Attention(strong, weak, warned, signals, judged, judged * FALSE_ALARM_RATE, int(card["listed"].sum()))


def signal_counts(rows: pd.DataFrame) -> tuple[int, int]:
    """(rows judged signal or noise, of these signals); FALSE_ALARM times the first is expected by chance alone."""
    return int(rows["signal"].isin(["signal", "noise"]).sum()), int((rows["signal"] == "signal").sum())


def standing_score(card: pd.DataFrame) -> pd.Series:
    """A score of each metric from 0 (last and short of target) to 2 (first and meeting it).

    NaN where neither rank nor attainment is known. A total's rank is left out: it says how large a unit is, not how
    good.
    """
    rank, peers = _place(card), pd.to_numeric(card["peers"])
    place = (1 - (rank - 1) / (peers - 1)).where(peers > 1)
    reached = pd.to_numeric(card["met"]).astype(float)
    return place.fillna(reached) + reached.fillna(place)


def _place(card: pd.DataFrame) -> pd.Series:
    """The rank of each metric that says how good a unit is: not that of a total, nor of a month that is not over."""
    return pd.to_numeric(card["rank"]).mask(card["total"] | card["provisional_until"].notna())


def verdict_score(card: pd.DataFrame) -> pd.Series:
    """What the verdict adds to a standing: a signal for the better or worse counts more than a place."""
    turn = card["variation"].map({"improving": 1.0, "concerning": -1.0}).where(card["listed"], 0.0)
    capable = card["assurance"].map({"passes": 0.5, "fails": -0.5}).astype(float).fillna(0.0)
    return standing_score(card) + turn.astype(float).fillna(0.0) + capable


def strengths(card: pd.DataFrame) -> pd.DataFrame:
    """The rows with the best verdicts, best first.

    Surely in the first half of the peers (the worst plausible rank lies there; totals excepted), not short of target,
    not getting worse by a signal that is listed, on enough data, with as many months known as any peer.
    """
    order = verdict_score(card)
    place, peers = _place(card), pd.to_numeric(card["peers"])
    worst = pd.to_numeric(card["rank_high"]).where(place.notna())
    ahead = ((worst <= (peers + 1) / 2) | place.isna() | (peers < 2)) & (
        card["months_known"] >= card["months_expected"]
    )
    worse = card["listed"] & (card["variation"] == "concerning")
    good = card[
        ahead
        & (standing_score(card) >= 1)
        & (pd.to_numeric(card["met"]) != 0)
        & ~worse
        & (card["signal"] != "too_little_data")
    ]
    return _ordered(good, order.loc[good.index], ascending=False)


def weak_spots(card: pd.DataFrame) -> pd.DataFrame:
    """The rows with the worst verdicts, worst first.

    Short of target where the path is so too (chosen over the card by false discovery rate; where there is no path, the
    miss alone), or on enough data surely in the last third of the peers.
    Surely: the best plausible rank lies in the last third too. A total's rank makes no weak spot.
    """
    order = verdict_score(card)
    peers = pd.to_numeric(card["peers"])
    best = pd.to_numeric(card["rank_low"]).fillna(pd.to_numeric(card["rank"]))
    last = (peers > 2) & (best > peers * 2 / 3) & (card["signal"] != "too_little_data") & _place(card).notna()
    missed = pd.to_numeric(card["met"]) == 0
    chance = misses_by_chance(card)
    short = missed & (pd.Series(discoveries(chance.to_numpy()), index=card.index) | chance.isna())
    bad = card[short | last]
    return _ordered(bad, order.loc[bad.index], ascending=True)


def misses_by_chance(card: pd.DataFrame) -> pd.Series:
    """How likely a path as far from the target is by chance where the process just meets it; NaN without a path."""
    value, target = pd.to_numeric(card["value"]), pd.to_numeric(card["target"])
    missed = pd.to_numeric(card["met"]) == 0
    # The side on which a figure misses: above the target where lower is better.
    side = np.sign(value - target) * np.where(missed, 1.0, -1.0)
    path, goal, error = (pd.to_numeric(card[name]) for name in ("expected", "monthly_target", "expected_error"))
    with np.errstate(divide="ignore", invalid="ignore"):
        away = (side * (path - goal) / error).to_numpy(dtype=float)
    return pd.Series(np.where(np.isnan(away), np.nan, stats.norm.sf(away)), index=card.index)


def _ordered(rows: pd.DataFrame, order: pd.Series, ascending: bool) -> pd.DataFrame:
    found = rows.assign(order=order).sort_values(
        ["order", "attainment", "metric"], ascending=[ascending, ascending, True], na_position="last"
    )
    return found.drop(columns="order").reset_index(drop=True)


def early_warnings(figures: Figures, ahead: pd.DataFrame, card: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """Metrics that still stand well but point the wrong way, the nearest trouble first.

    Rows of the scorecard with reason, because and months_to_target. The reasons:
    signal: worse by a jump or a fresh shift that is listed, while the target is met (or none is set).
    crosses_target: the course reaches the target within MONTHS_AHEAD months.
    run_rate: the forecast misses the year's target with a probability of 80 % and more, or it is out of reach.
    fails: the path cannot meet the target in a usual month.
    trend: a course for the worse that is listed.
    run_rate and fails are not said of what gets better.
    """
    ahead = ahead.set_index("metric")
    known = card["value"].notna() & (card["signal"] != "too_little_data")
    rows = card[known].set_index("metric", drop=False)
    rows.index.name = None
    better = pd.Series({code: figures.axes.metric(code).better for code in rows.index}, dtype="object")
    sign = better.map({"higher": 1.0, "lower": -1.0}).astype(float)
    worsening = rows["listed"] & rows["course"].isin(["rising", "falling"])
    worsening &= sign * pd.to_numeric(rows["per_month"]) < 0
    room = sign * (pd.to_numeric(rows["expected"]) - pd.to_numeric(rows["monthly_target"]))
    months_to = (room / -(sign * pd.to_numeric(rows["per_month"]))).where(worsening & (room >= 0))
    concerning = rows["listed"] & (rows["variation"] == "concerning")
    moved = rows["jump"].notna() | rows["shift_since"].notna() | ~worsening
    improving = (rows["signal"] == "signal") & (rows["variation"] == "improving")
    flags = {
        "signal": concerning & moved,
        "crosses_target": months_to <= MONTHS_AHEAD,
        "run_rate": (ahead.loc[rows.index, "reach"] == "beyond") & ~improving,
        "fails": (rows["assurance"] == "fails") & ~improving,
        "trend": worsening,
    }
    order = {name: place for place, name in enumerate(flags)}
    reason = pd.Series(None, index=rows.index, dtype="object")
    for name in reversed(flags):
        reason = reason.where(~flags[name].fillna(False).astype(bool), name)
    found = rows.assign(reason=reason, months_to_target=months_to)[reason.notna()]
    found["because"] = pd.Series(
        [
            _because(name, row, ahead.loc[code], lang)
            for code, name, row in zip(found.index, found["reason"], warnings_of(found), strict=True)
        ],
        index=found.index,
        dtype="object",
    )
    return (
        found.assign(
            order=found["reason"].map(order),
            size=-pd.to_numeric(found["attainment"]).rsub(MET_THRESHOLD).abs().fillna(np.inf),
        )
        .sort_values(
            ["order", "months_to_target", "size", "metric"], ascending=[True, True, False, True], na_position="last"
        )
        .drop(columns=["order", "size"])
        .reset_index(drop=True)
    )


def _because(reason: str, row: Warned, ahead: pd.Series, lang: str) -> str:
    """The reason in words."""
    if reason == "crosses_target":
        months = max(1, int(np.ceil(row["months_to_target"])))
        if months == 1:
            return text(lang, "at this pace the target is crossed next month")
        return text(lang, "at this pace the target is crossed in {months} months", months=months)
    if reason == "run_rate":
        return str(ahead["sentence"])
    return str(row["verdict"])
