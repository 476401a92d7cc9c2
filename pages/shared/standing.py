"""How many metrics lead, miss their target, or show a signal: the counts behind the Overview's sentence."""

from __future__ import annotations

import pandas as pd

FULL = 100.0 - 1e-9


def counts(card: pd.DataFrame) -> dict[str, int]:
    """How many metrics are known, ranked, first, in the first three, have a target, miss it, and could be judged or are signals."""
    rank, attainment = pd.to_numeric(card["rank"]), pd.to_numeric(card["attainment"])
    # The place of a total says how large a unit is, not how good.
    compared = rank.notna() & (pd.to_numeric(card["peers"]) > 1) & ~card["total"]
    return {
        "known": int(card["value"].notna().sum()), "ranked": int(compared.sum()), "first": int((compared & (rank == 1)).sum()),
        "leading": int((compared & (rank <= 3)).sum()), "targeted": int(attainment.notna().sum()), "short": int((attainment < FULL).sum()),
    }  # fmt: skip


def off_target(card: pd.DataFrame) -> pd.Series:
    """Which rows miss their target."""
    return pd.to_numeric(card["attainment"]) < FULL


def signalling(card: pd.DataFrame) -> pd.Series:
    """Which rows are a signal in their last month."""
    return card["signal"] == "signal"
