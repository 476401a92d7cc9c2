"""What deserves attention: a unit's strengths, weak spots and early warnings, in order.

The lists are made from verdicts, never from the bare sign of a change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from locales import text
from metrics.analyses.outlook import outlook
from metrics.analyses.scorecard import scorecard
from metrics.analyses.tendency import tendency
from metrics.engine.figures import Figures
from metrics.model.record import Warned, warnings_of
from metrics.statistics.attainment import MET_THRESHOLD, meets_target, misses_target

FALSE_ALARM_RATE = 0.016
"""How often the rules call the last of 36 months of pure noise a signal: simulated
(tests/metrics/statistics/test_false_alarms.py).
"""
MONTHS_AHEAD = 6
"""Months ahead in which a trend that would cross the target is a warning."""
WORSENING_STEPS = 4
"""Steps for the worse in a row that are a warning: chance alone shows three to every 24th metric (1 of 4!), more than
one of a unit's thirty, and four to every 120th.
"""
REASONS = ("signal", "fails", "crosses_target", "run_rate", "trend", "run")
CROSSING = ("crosses_target", "run_rate")


@dataclass(frozen=True)
class Attention:
    """Three ordered lists, the most pressing first.

    strengths, weak_spots: rows of the scorecard (record.COLUMNS).
    early_warnings: such rows with `reason`, `because` (why, in words) and `months_to_target`.
    signals: the number of metrics whose last month is a signal.
    judged: the number of metrics that could have been one.
    expected_by_chance: how many signals a unit in which nothing happens would show.
    """

    strengths: pd.DataFrame
    weak_spots: pd.DataFrame
    early_warnings: pd.DataFrame
    signals: int
    judged: int
    expected_by_chance: float


def attention(
    figures: Figures, unit: str, month: str, period: str = "month", lang: str = "en", card: pd.DataFrame | None = None
) -> Attention:
    """The lists of `unit`; `card` is its scorecard where that is at hand."""
    card = scorecard(figures, unit, month, period, lang=lang) if card is None else card.reset_index(drop=True)
    judged, signals = signal_counts(card)
    strong, weak = strengths(card), weak_spots(card)
    warned = early_warnings(figures, unit, month, card, lang)
    # What is strong is no warning because it moves, only because it will miss its target, or that of the year.
    crossing = warned["reason"].isin(CROSSING) | ~warned["metric"].isin(strong["metric"])
    warned = warned[crossing & ~warned["metric"].isin(weak["metric"])].reset_index(drop=True)
    return Attention(strong, weak, warned, signals, judged, judged * FALSE_ALARM_RATE)


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
    reached = meets_target(pd.to_numeric(card["attainment"])).astype(float).where(card["attainment"].notna())
    return place.fillna(reached) + reached.fillna(place)


def _place(card: pd.DataFrame) -> pd.Series:
    """The rank of each metric that says how good a unit is: not that of a total, nor of a month that is not over."""
    return pd.to_numeric(card["rank"]).mask(card["total"] | card["provisional_until"].notna())


def verdict_score(card: pd.DataFrame) -> pd.Series:
    """What the verdict adds to a standing: a signal for the better or worse counts more than a place."""
    turn = card["variation"].map({"improving": 1.0, "concerning": -1.0}).where(card["signal"] == "signal", 0.0)
    capable = card["assurance"].map({"passes": 0.5, "fails": -0.5}).astype(float).fillna(0.0)
    return standing_score(card) + turn.astype(float).fillna(0.0) + capable


def strengths(card: pd.DataFrame) -> pd.DataFrame:
    """The rows with the best verdicts, best first.

    In the first half of the peers (totals excepted), not short of target, not getting worse by a signal, on enough
    data, with as many months known as any peer.
    """
    order = verdict_score(card)
    rank, peers = _place(card), pd.to_numeric(card["peers"])
    ahead = ((rank <= (peers + 1) / 2) | rank.isna() | (peers < 2)) & (card["months_known"] >= card["months_expected"])
    worse = (card["signal"] == "signal") & (card["variation"] == "concerning")
    good = card[
        ahead
        & (standing_score(card) >= 1)
        & ~misses_target(pd.to_numeric(card["attainment"]))
        & ~worse
        & (card["signal"] != "too_little_data")
    ]
    return _ordered(good, order.loc[good.index], ascending=False)


def weak_spots(card: pd.DataFrame) -> pd.DataFrame:
    """The rows with the worst verdicts, worst first.

    Short of target (a fact, whatever the data), or on enough data surely in the last third of the peers.
    Surely: the best plausible rank lies in the last third too. A total's rank makes no weak spot.
    """
    order = verdict_score(card)
    peers = pd.to_numeric(card["peers"])
    best = pd.to_numeric(card["rank_low"]).fillna(pd.to_numeric(card["rank"]))
    last = (peers > 2) & (best > peers * 2 / 3) & (card["signal"] != "too_little_data") & _place(card).notna()
    bad = card[misses_target(pd.to_numeric(card["attainment"])) | last]
    return _ordered(bad, order.loc[bad.index], ascending=True)


def _ordered(rows: pd.DataFrame, order: pd.Series, ascending: bool) -> pd.DataFrame:
    found = rows.assign(order=order).sort_values(
        ["order", "attainment", "metric"], ascending=[ascending, ascending, True], na_position="last"
    )
    return found.drop(columns="order").reset_index(drop=True)


def early_warnings(figures: Figures, unit: str, month: str, card: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """Metrics that still stand well but point the wrong way, the nearest trouble first.

    Rows of the scorecard with reason, because and months_to_target. The reasons:
    signal: worse by a signal while the target is met (or none is set).
    crosses_target: the trend reaches the target within MONTHS_AHEAD months.
    run_rate: what the year still needs lies outside the process's limits.
    fails: the process cannot meet the target in a usual month.
    trend: a significant trend for the worse.
    run: worse WORSENING_STEPS times in a row and more.
    run_rate and fails are not said of what gets better by a signal, because limits lag behind an improvement.
    """
    codes = list(card["metric"])
    course = tendency(figures, unit, month, codes, lang).set_index("metric")
    ahead = outlook(figures, unit, month, codes, lang).set_index("metric")
    known = card["value"].notna() & (card["signal"] != "too_little_data")
    rows = card[known].set_index("metric", drop=False)
    rows.index.name = None
    better = pd.Series({code: figures.axes.metric(code).better for code in rows.index}, dtype="object")
    sign = better.map({"higher": 1.0, "lower": -1.0}).astype(float)
    line, slope = (course.loc[rows.index, name].astype(float) for name in ("line_now", "slope"))
    worsening = (
        (course.loc[rows.index, "direction"] != "none")
        & (sign * slope < 0)
        & course.loc[rows.index, "direction"].notna()
    )
    target = pd.to_numeric(rows["monthly_target"])
    room = sign * (line - target)
    months_to = (room / -(sign * slope)).where(worsening & (room >= 0))
    improving = (rows["signal"] == "signal") & (rows["variation"] == "improving")
    flags = {
        "signal": (rows["signal"] == "signal") & (rows["variation"] == "concerning"),
        "crosses_target": months_to <= MONTHS_AHEAD,
        "run_rate": (ahead.loc[rows.index, "reach"] == "beyond") & ~improving,
        "fails": (rows["assurance"] == "fails") & ~improving,
        "trend": worsening,
        "run": sign * course.loc[rows.index, "run"].astype(float) <= -WORSENING_STEPS,
    }
    order = {name: place for place, name in enumerate(flags)}
    reason = pd.Series(None, index=rows.index, dtype="object")
    for name in reversed(flags):
        reason = reason.where(~flags[name].fillna(False).astype(bool), name)
    found = rows.assign(reason=reason, months_to_target=months_to)[reason.notna()]
    found["because"] = pd.Series(
        [
            _because(name, row, course.loc[code], ahead.loc[code], lang)
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


def _because(reason: str, row: Warned, course: pd.Series, ahead: pd.Series, lang: str) -> str:
    """The reason in words."""
    if reason == "crosses_target":
        months = max(1, int(np.ceil(row["months_to_target"])))
        if months == 1:
            return text(lang, "at this pace the target is crossed next month")
        return text(lang, "at this pace the target is crossed in {months} months", months=months)
    if reason == "run_rate":
        return str(ahead["sentence"])
    if reason in ("trend", "run"):
        return str(course["sentence"])
    return str(row["verdict"])
