"""A row of a scorecard, ranking or trend as JSON gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metrics.cli.arguments import INTEGER_FIELDS, json_value
from metrics.model.record import COLUMNS

# What names the row, and what stands inside another field: low and high in the interval, the months together in one.
NAMES = {"metric", "family", "unit", "name"}
INSIDE = {"high", "pooled_low", "pooled_high", "pooled_base", "pooled_months"}
UNTOLD = {"monthly_target", "month_value", "error"}
FIELDS = tuple("interval" if name == "low" else name for name in COLUMNS if name not in NAMES | INSIDE | UNTOLD)


def json_record(row: Mapping[Any, Any], fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """A row for JSON: NaN is null, ranks are whole numbers, low and high are the interval."""
    out: dict[str, Any] = {}
    for name in fields:
        if name == "interval":
            low, high = json_value(row["low"]), json_value(row["high"])
            out[name] = None if low is None and high is None else [low, high]
        elif name == "met":
            met = json_value(row.get(name))
            out[name] = None if met is None else bool(met)
        elif name == "pooled":
            out[name] = _pooled(row)
        else:
            value = json_value(row.get(name))
            out[name] = int(value) if name in INTEGER_FIELDS and value is not None else value
    return out


def _pooled(row: Mapping[Any, Any]) -> dict[str, Any] | None:
    """Up to three months together, where one is too little."""
    value, low, high, base, months = (
        json_value(row.get(f"pooled{end}")) for end in ("", "_low", "_high", "_base", "_months")
    )
    interval = None if low is None and high is None else [low, high]
    return None if value is None else {"months": int(months), "value": value, "denominator": base, "interval": interval}
