"""Where a unit stands: strengths, weak spots and what moved, by verdict, place and attainment."""

from __future__ import annotations

import pandas as pd

FULL = 100.0
FEW = 4


def standing(card: pd.DataFrame) -> pd.Series:
    """For each metric a number from 0 (last and short of target) to 2 (first and meeting it); NaN where neither is known."""
    rank, peers = pd.to_numeric(card["rank"]), pd.to_numeric(card["peers"])
    place = (1 - (rank - 1) / (peers - 1)).where(peers > 1)
    reached = (pd.to_numeric(card["attainment"]) >= FULL).astype(float).where(card["attainment"].notna())
    return place.fillna(reached) + reached.fillna(place)


def judged(card: pd.DataFrame) -> pd.Series:
    """What the verdict adds to a standing: a signal for the better or worse counts more than a place."""
    turn = (
        card["variation"].map({"improving": 1.0, "concerning": -1.0}).where(card["signal"] == "signal", 0.0).fillna(0.0)
    )
    capable = card["assurance"].map({"passes": 0.5, "fails": -0.5}).astype(float).fillna(0.0)
    return standing(card) + turn.astype(float) + capable


def strengths(card: pd.DataFrame, count: int = FEW) -> pd.DataFrame:
    """The best verdicts: in the first half of the peers, not short of target, and not getting worse."""
    order = judged(card)
    good = card[
        (standing(card) >= 1) & ~(pd.to_numeric(card["attainment"]) < FULL) & (card["variation"] != "concerning")
    ]
    return good.assign(order=order.loc[good.index]).sort_values(["order", "attainment"], ascending=False).head(count)


def weak_spots(card: pd.DataFrame, count: int = FEW) -> pd.DataFrame:
    """The worst verdicts: short of target, in the last third of the peers, or getting worse by a signal. Too little data is no verdict."""
    order = judged(card)
    rank, peers = pd.to_numeric(card["rank"]), pd.to_numeric(card["peers"])
    worse = (card["signal"] == "signal") & (card["variation"] == "concerning")
    short = (pd.to_numeric(card["attainment"]) < FULL) | ((peers > 2) & (rank > peers * 2 / 3))
    bad = card[(worse | short) & (card["signal"] != "too_little_data")]
    return bad.assign(order=order.loc[bad.index]).sort_values(["order", "attainment"]).head(count)


def moved(card: pd.DataFrame, count: int = FEW) -> pd.DataFrame:
    """The metrics that gained or lost most places since the period before."""
    steps = pd.to_numeric(card["rank_change"]).fillna(0)
    rows = card[steps != 0]
    order = steps.abs().loc[rows.index]
    return rows.assign(order=order).sort_values(["order", "rank"], ascending=[False, True]).head(count)


def counts(card: pd.DataFrame) -> dict[str, int]:
    """How many metrics are ranked, first, in the first three, have a target, and miss it."""
    rank, attainment = pd.to_numeric(card["rank"]), pd.to_numeric(card["attainment"])
    compared = rank.notna() & (pd.to_numeric(card["peers"]) > 1)
    return {
        "known": int(card["value"].notna().sum()), "ranked": int(compared.sum()), "first": int((compared & (rank == 1)).sum()),
        "leading": int((compared & (rank <= 3)).sum()), "targeted": int(attainment.notna().sum()), "short": int((attainment < FULL).sum()),
    }  # fmt: skip
